"""The real window, driven as a dispatcher would: drop a sheet, plan, look, undo, save, print, close."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from lastmile_desktop.model import DayState
from lastmile_desktop.pipeline.sheet_diff import SheetMode
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.commands import all_commands
from lastmile_desktop.ui.header.header_bar import Step
from lastmile_desktop.ui.main_window import MainWindow
from lastmile_desktop.ui.notices import NoticeAction
from lastmile_desktop.ui.session import Notice, Session

sys.path.insert(0, str(Path(__file__).parent))

from window_hands import (
    HEAD,
    button,
    choose_mode,
    compared,
    drop,
    filled_step,
    imported,
    notices,
    planned,
    sheet,
)

Settle = Callable[[Session], None]


@pytest.fixture
def window(qtbot: QtBot, own_session: Session, folders: Folders) -> Iterator[MainWindow]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.install(application, "light")
    made = MainWindow(own_session, folders)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    made.prepare()
    yield made
    made.finish()
    theme.watcher().follow("system")


def test_a_dropped_sheet_becomes_a_day_and_the_next_step_is_plan(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.pages.currentWidget() is window.welcome
    assert not window.header.steps[Step.PLAN].isVisible()
    imported(window, qtbot, sheet(tmp_path))
    assert "8 orders ready" in notices(window)
    assert "No depot is known: the middle of the orders stands in, and 2 vans are sugg" in notices(window)
    assert window.pages.step is Step.PLAN
    assert filled_step(window) is Step.PLAN
    assert "orders.csv" in window.header.source.toolTip()
    assert "8 orders, not planned yet" in window.status.figures["planned"].text()
    assert window.isWindowModified()
    assert window.session.state.timetable is None  # nothing is planned without being asked for


def test_plan_look_undo_redo_and_print(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    planned(window, qtbot)
    assert filled_step(window) is Step.PRINT
    assert "8 of 8 planned" in window.status.figures["planned"].text()
    assert window.status.roads.text() == "straight-line estimate"
    key = window.session.state.timetable.routes[0].order_keys[0]
    window.selection.select_order(key)
    assert window.plan_page.card.isVisible()
    assert window.plan_page.card.content.title.startswith("Customer")
    lock = window.plan_page.card._lock
    qtbot.mouseClick(lock, Qt.MouseButton.LeftButton)
    settle(window.session)
    assert window.session.state.assignment.locked == {key}
    assert lock.text() == "Unlock"
    assert window.commands["undo"].text().startswith("&Undo Lock B-")
    window.commands["undo"].trigger()
    settle(window.session)
    assert not window.session.state.assignment.locked
    window.commands["redo"].trigger()
    settle(window.session)
    assert window.session.state.assignment.locked == {key}
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.plan_page.card.isVisible()
    qtbot.mouseClick(window.header.steps[Step.PRINT], Qt.MouseButton.LeftButton)
    assert window.pages.step is Step.PRINT


def test_a_second_sheet_is_shown_against_the_day_and_replaces_only_when_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    page = compared(window, qtbot, sheet(tmp_path, 3, "second.csv"))
    assert QApplication.activeModalWidget() is None
    assert len(window.session.state.day.orders) == 8
    choose_mode(page, qtbot, SheetMode.REPLACE)
    qtbot.mouseClick(button(page, "Take 5 changes"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.session.state.day.orders) == 3)
    settle(window.session)
    assert window.session.status.undo_name == "Take second.csv into the day"
    window.session.undo()
    settle(window.session)
    assert len(window.session.state.day.orders) == 8


def test_a_fleet_that_stands_in_is_one_click_away(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    imported(window, qtbot, sheet(tmp_path))
    qtbot.waitUntil(lambda: "No depot is known" in notices(window))
    qtbot.wait(20)  # the layout shows a new line with the next events
    qtbot.mouseClick(button(window.notices, "Open Fleet"), Qt.MouseButton.LeftButton)
    assert window.pages.step is Step.FLEET
    assert "No depot is known" not in notices(window)


def test_a_late_sheet_joins_the_planned_day(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    planned(window, qtbot)
    before = window.session.state.assignment
    late = tmp_path / "late.csv"
    late.write_text(HEAD + "Z-1,Late Anna,Ring 9,51.03,3.72,2\n", encoding="utf-8")
    page = compared(window, qtbot, late)
    qtbot.mouseClick(button(page, "Take 1 change"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.session.state.day.orders) == 9)
    settle(window.session)
    assert "late.csv: 1 order joins. Everything else stays" in notices(window)
    assert window.session.state.assignment == before
    qtbot.mouseClick(button(window.notices, "Put 1 new order on routes"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "9 of 9 planned" in window.status.figures["planned"].text(), timeout=20_000)
    settle(window.session)
    assert "1 new order put on routes; nothing else moved." in notices(window)
    window.session.undo()
    window.session.undo()
    settle(window.session)
    assert "8 of 8 planned" in window.status.figures["planned"].text()
    assert window.session.state.assignment == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.xlsx", b"PK\x03\x04 no workbook"),
        ("empty.csv", b""),
        ("poem.csv", b"roses,red\nviolets,blue\n"),
    ],
)
def test_a_useless_file_is_one_sentence_and_changes_nothing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    drop(window, path)
    qtbot.waitUntil(lambda: name in notices(window), timeout=20_000)
    text = notices(window)
    assert "Error" not in text
    assert "Traceback" not in text
    assert "log folder" not in text
    assert not window.session.state.day.orders


def test_several_files_at_once_are_refused_with_a_word(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(window, sheet(tmp_path, 2, "a.csv"), sheet(tmp_path, 2, "b.csv"))
    assert "one file at a time" in notices(window)


def test_rows_pasted_from_excel(window: MainWindow, qtbot: QtBot) -> None:
    cells = 'Order\tName\tLat\tLon\nA1\t"Smith, ""Joe"""\t51.05\t3.72\nA2\tJones\t51.06\t3.73\n'
    QGuiApplication.clipboard().setText(cells)
    qtbot.mouseClick(button(window.welcome, "Paste from Excel"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.session.state.day.orders) == 2, timeout=20_000)
    assert window.session.state.day.orders[0].name == 'Smith, "Joe"'


def test_save_as_writes_the_day_and_takes_the_star_away(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    window.commands["save"].trigger()
    dialog = window.findChild(QFileDialog, "save-dialog")
    target = tmp_path / "monday.lastmile"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    qtbot.waitUntil(lambda: target.exists())
    settle(window.session)
    qtbot.waitUntil(lambda: not window.isWindowModified())
    assert window.windowTitle().startswith("monday")
    assert "Saved to monday.lastmile" in notices(window)
    window.commands["new"].trigger()
    settle(window.session)
    assert window.pages.currentWidget() is window.welcome
    drop(window, target)
    qtbot.waitUntil(lambda: len(window.session.state.day.orders) == 8, timeout=20_000)


def test_the_date_moves_by_a_click_and_back_by_undo(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    before = window.session.state.day.date
    qtbot.mouseClick(window.header.date.forward, Qt.MouseButton.LeftButton)
    settle(window.session)
    assert (window.session.state.day.date - before).days == 1
    window.session.undo()
    settle(window.session)
    assert window.session.state.day.date == before


def test_copy_to_new_day_keeps_orders_and_plan(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    planned(window, qtbot)
    before = window.session.state
    window.commands["copy-day"].trigger()
    settle(window.session)
    after = window.session.state
    assert (after.day.date - before.day.date).days == 1
    assert after.assignment == before.assignment
    assert window.session.status.path is None


def test_places_are_reached_by_keys_and_pages_are_made_when_needed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    assert set(window.pages._made) == {Step.PLAN}
    for key, step in (
        (Qt.Key.Key_1, Step.ORDERS),
        (Qt.Key.Key_2, Step.FLEET),
        (Qt.Key.Key_4, Step.PRINT),
        (Qt.Key.Key_3, Step.PLAN),
    ):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.pages.step is step
        assert window.header.steps[step].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.plan_page.work_list.search.hasFocus()


def test_while_planning_everything_is_readable_and_nothing_changes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    imported(window, qtbot, sheet(tmp_path, 30))
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.shown.is_preview, timeout=20_000)
    assert not window.header.steps[Step.PLAN].isEnabled()
    assert not window.commands["undo"].isEnabled()
    key = window.shown.state.timetable.routes[0].order_keys[0]
    window.selection.select_order(key)
    assert window.plan_page.card.isVisible()
    assert not window.plan_page.card._unassign.isEnabled()
    assert "planning" in window.plan_page.card._unassign.toolTip()
    drop(window, sheet(tmp_path, 2, "late.csv"))
    assert "stop planning first" in notices(window)
    window.go(Step.ORDERS)
    assert window.planning.running
    qtbot.keyClick(window, Qt.Key.Key_Escape)  # Discard
    assert not window.planning.running
    assert window.session.state.timetable is None
    assert "discarded" in notices(window)


def test_every_command_does_something_has_a_tip_and_its_own_key(window: MainWindow) -> None:
    keys: dict[str, list[str]] = {}
    for _menu, command in all_commands():
        action = window.commands[command.name]
        assert action.receivers(SIGNAL("triggered(bool)")) > 0, command.name
        assert command.tip, command.name
        for shortcut in action.shortcuts():
            keys.setdefault(shortcut.toString(), []).append(command.name)
    assert {key: names for key, names in keys.items() if len(names) > 1} == {
        "Esc": ["select-none", "discard"]
    }
    assert not (window.commands["select-none"].isEnabled() and window.commands["discard"].isEnabled())


def test_every_control_has_a_name_for_screen_readers(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    planned(window, qtbot)
    window.selection.select_order(window.session.state.timetable.routes[0].order_keys[0])
    shell = [window.header, window.strip, window.notices, window.status, window.welcome]
    shell += [window.plan_page.work_list, window.plan_page.card]
    nameless = [
        f"{type(widget).__name__} {widget.objectName()} in {widget.parent()}"
        for part in shell
        for widget in (part, *part.findChildren(QWidget))
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(widget.parent(), QAbstractScrollArea)  # the inside of a named list
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_nothing_is_cut_at_1366_by_768(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    imported(window, qtbot, sheet(tmp_path))
    planned(window, qtbot)
    window.selection.select_order(window.session.state.timetable.routes[0].order_keys[0])
    qtbot.wait(50)
    assert (window.width(), window.height()) == (1366, 768)
    cut = []
    for part in (window.header, window.status, window.plan_page.card._buttons):
        for widget in part.findChildren(QWidget):
            if widget.isVisible() and widget is not window.header.source:
                wanted = widget.minimumSizeHint().width()
                if wanted > widget.width() or not part.rect().contains(widget.mapTo(part, QPoint(0, 0))):
                    cut.append(f"{type(widget).__name__} {widget.objectName()} {widget.width()} of {wanted}")
    assert cut == []
    assert window.plan_page.map.height() > 250


def test_the_shortcut_list_names_every_key(window: MainWindow, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QTextBrowser

    window.commands["shortcuts"].trigger()
    text = window.findChild(QTextBrowser).toPlainText()
    for _menu, command in all_commands():
        if window.commands[command.name].shortcuts():
            assert re.sub("[&…]", "", command.text) in text
    assert QApplication.activeModalWidget() is None


def test_an_unexpected_error_is_a_sentence_not_a_traceback(window: MainWindow) -> None:
    window.say_surprise("Something went wrong in the program; the day on the table is kept.")
    line = window.notices.lines[0]
    assert line.notice.kind == "danger"
    assert line.accessibleName().startswith("Problem:")


def test_the_theme_follows_the_choice_and_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.themes["dark"].trigger()
    assert theme.current().dark
    qtbot.waitUntil(lambda: window.session.firm.settings().theme.value == "dark")
    window.commands.themes["light"].trigger()
    assert not theme.current().dark
    qtbot.waitUntil(lambda: window.session.firm.settings().theme.value == "light")


def test_without_saving_the_day_is_offered_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, folders: Folders
) -> None:
    from lastmile_desktop.store.day_store import DayStore

    imported(window, qtbot, sheet(tmp_path))
    window.close()
    assert QApplication.activeModalWidget() is None
    window.finish()
    left = DayStore.recoverable(folders)
    assert len(left) == 1
    assert "orders.csv" in left[0].last_action
    assert left[0].source == "orders.csv"


def test_undoing_the_import_comes_back_to_the_welcome_page(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle, make_state: Callable[..., DayState]
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    window.session.undo()
    settle(window.session)
    assert window.pages.currentWidget() is window.welcome
    window.session.redo()
    settle(window.session)
    assert window.pages.step is Step.PLAN


def test_an_order_is_placed_on_the_map_and_escape_gives_up(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    key = window.session.state.day.orders[2].key
    window.selection.select_order(key)
    qtbot.mouseClick(window.plan_page.card._place, Qt.MouseButton.LeftButton)
    window.commands["select-none"].trigger()
    assert window.selection.order_key == key
    assert not window.plan_page.stop_placing()
    qtbot.mouseClick(window.plan_page.card._place, Qt.MouseButton.LeftButton)
    window.plan_page.map.stop_placing()
    window.plan_page.map.position_picked.emit(key, 51.111, 3.777)
    settle(window.session)
    order = window.session.state.day.order_by_key[key]
    assert (order.location.lat, order.location.lon) == (51.111, 3.777)
    assert window.session.firm.position_of(order.name, order.address) == order.location
    assert window.session.status.undo_name == "Place B-003 Customer 3"


def test_a_pressed_message_leaves_no_other_button_focused(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    window.notices.show_notice(Notice("Something to look at.", "warning"), [NoticeAction("Look", int)])
    qtbot.wait(20)  # the layout shows a new line with the next events
    pressed = button(window.notices, "Look")
    pressed.setFocus()
    date_before = window.session.state.day.date
    qtbot.keyClick(pressed, Qt.Key.Key_Space)
    assert "Something to look at" not in notices(window)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
    settle(window.session)
    assert window.session.state.day.date == date_before  # the focus did not slip to the date's arrow


def test_the_plans_figures_go_when_they_are_no_longer_true(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    imported(window, qtbot, sheet(tmp_path))
    planned(window, qtbot)
    qtbot.waitUntil(lambda: "Planned: 8 orders" in notices(window))
    window.actions_.unassign([window.session.state.day.orders[0].key])
    settle(window.session)
    assert "7 of 8 planned" in window.status.figures["planned"].text()
    assert "Planned: 8 orders" not in notices(window)


def test_the_window_fits_a_small_laptop_at_125_percent(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.resize(1092, 560)  # 1366 x 768 at 125 %, less the title and the task bar
    assert (window.width(), window.height()) == (1092, 560)
    imported(window, qtbot, sheet(tmp_path))
    qtbot.wait(20)
    assert (window.width(), window.height()) == (1092, 560)  # no page asks for more
    for step in Step:
        window.go(step)
        qtbot.wait(20)
        assert window.height() == 560
        assert window.status.geometry().bottom() <= window.centralWidget().height()


def test_dialogs_begin_where_the_day_is_kept_not_where_the_program_started(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    from lastmile_desktop.ui.file_places import PLACES

    monkeypatch.setattr(PLACES, "last", None)
    imported(window, qtbot, sheet(tmp_path))
    assert PLACES.folder(window.session) != Path.cwd()
    kept = tmp_path / "days"
    kept.mkdir()
    window.session.save(kept / "monday.lastmile")
    settle(window.session)
    window.commands["save-as"].trigger()
    dialog = window.findChild(QFileDialog, "save-dialog")
    assert dialog is not None
    assert Path(dialog.directory().absolutePath()) == kept
    dialog.reject()


def test_tab_goes_through_the_list_as_the_eye_does(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    imported(window, qtbot, sheet(tmp_path))
    panel = window.plan_page.work_list
    panel.search.setFocus()
    qtbot.keyClick(panel.search, Qt.Key.Key_Tab)
    assert panel._fold.hasFocus()
    qtbot.keyClick(panel._fold, Qt.Key.Key_Tab)
    assert panel.tree.hasFocus()
