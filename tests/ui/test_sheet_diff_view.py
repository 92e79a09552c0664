"""The same sheet again in the window: seen, ticked, taken as one step, and nothing else moves."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lastmile_desktop.model import DayState, Location
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.sheet_diff import SheetMode
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.header.header_bar import Step
from lastmile_desktop.ui.main_window import MainWindow
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.sheet_diff_view.sheet_diff_view import SheetDiffView

sys.path.insert(0, str(Path(__file__).parent))

from window_hands import HEAD, button, choose_mode, compared, imported, notices, planned, sheet, tick

Settle = Callable[[Session], None]
SPOT = Location(51.06, 3.75)


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


def newer(path: Path) -> Path:
    """B-002 is gone, B-003 wants more, B-009 is new; all else as before."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [
        f"{line[:-2]},4" if line.startswith("B-003") else line
        for line in lines
        if not line.startswith("B-002")
    ]
    path.write_text("\n".join([*kept, "B-009,New,Street 9,51.05,3.74,1"]) + "\n", encoding="utf-8")
    return path


def orders_of(state: DayState) -> dict[str, str]:
    return {order.id: order.key for order in state.day.orders}


def test_a_newer_version_is_taken_as_one_step(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    path = sheet(tmp_path)
    imported(window, qtbot, path)
    planned(window, qtbot)
    keys = orders_of(window.session.state)
    window.session.do("Move", lambda state: edits.set_position(state, keys["B-005"], SPOT))
    window.session.do("Lock", lambda state: edits.set_locked(state, [keys["B-004"]], True))
    settle(window.session)
    before = window.session.state
    page = compared(window, qtbot, newer(path))
    assert "1 new, 1 changed, 1 gone, 6 as before" in page.title.text()
    assert page.will.text().startswith("1 order joins, 1 order changes, 1 order goes.")
    assert window.session.state is before
    qtbot.mouseClick(button(page, "Take 3 changes"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.state is not before)
    settle(window.session)
    after = window.session.state
    assert "B-002" not in orders_of(after)
    assert after.day.order_by_key[keys["B-003"]].quantity_milli == 4000
    assert after.day.order_by_key[keys["B-005"]].location == SPOT
    assert before.assignment is not None
    assert after.assignment is not None
    assert after.assignment.locked == before.assignment.locked == {keys["B-004"]}
    for route in after.assignment.routes:
        old = next(r for r in before.assignment.routes if r.vehicle_key == route.vehicle_key)
        assert route.order_keys == tuple(key for key in old.order_keys if key != keys["B-002"])
    assert window.session.status.undo_name == "Take orders.csv into the day"
    window.session.undo()
    settle(window.session)
    assert orders_of(window.session.state) == orders_of(before)
    assert window.session.state.assignment == before.assignment


def test_groups_and_lines_can_be_left_out(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    path = sheet(tmp_path)
    imported(window, qtbot, path)
    page = compared(window, qtbot, newer(path))
    tick(page, qtbot, "gone")
    tick(page, qtbot, "new", 0)
    assert page.will.text().startswith("1 order changes.")
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not isinstance(window.pages.currentWidget(), SheetDiffView))
    settle(window.session)
    assert set(orders_of(window.session.state)) == {f"B-{n:03d}" for n in range(1, 9)}
    again = compared(window, qtbot, path)
    assert "1 gone, 1 taken out before, 7 as before" in again.title.text()
    assert again.table.chosen == frozenset()


def test_cancel_leaves_everything_and_another_page_may_be_looked_at(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    path = sheet(tmp_path)
    imported(window, qtbot, path)
    page = compared(window, qtbot, newer(path))
    qtbot.mouseClick(window.header.steps[Step.ORDERS], Qt.MouseButton.LeftButton)
    assert "orders.csv is not in the day yet" in notices(window)
    first = window.session.state.day.orders[1]
    window.session.do("Delete", lambda state: edits.remove_orders(state, [first.key]))
    settle(window.session)
    qtbot.mouseClick(button(window.notices, "Go on"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.diff.gone == () and page.accept.isEnabled())
    before = window.session.state
    qtbot.mouseClick(button(page, "Cancel"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not isinstance(window.pages.currentWidget(), SheetDiffView))
    assert window.session.state is before
    assert "was not taken" in notices(window)


def test_what_the_sheet_is_can_be_said(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    path = sheet(tmp_path)
    imported(window, qtbot, path)
    page = compared(window, qtbot, newer(path))
    choose_mode(page, qtbot, SheetMode.ADD)
    assert not page.accept.isEnabled()  # nothing is taken before the comparison stands there
    qtbot.waitUntil(lambda: page.diff.mode is SheetMode.ADD and page.accept.isEnabled())
    assert page.diff.gone == ()
    choose_mode(page, qtbot, SheetMode.REPLACE)
    qtbot.waitUntil(lambda: page.diff.mode is SheetMode.REPLACE and page.accept.isEnabled())
    assert len(page.diff.gone) == 1
    qtbot.mouseClick(button(page, "New day instead"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "B-009" in orders_of(window.session.state), timeout=20_000)
    settle(window.session)
    assert len(window.session.state.day.orders) == 8


def test_text_of_the_sheet_is_shown_as_text(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    imported(window, qtbot, sheet(tmp_path))
    bad = tmp_path / "bad.csv"
    bad.write_text(HEAD + 'Z-1,<b>Anna</b> & Co,"<img src=x onerror=1>",51.03,3.72,2\n', encoding="utf-8")
    page = compared(window, qtbot, bad)
    group = page.table.group_item("new")
    assert group is not None
    line = group.child(0)
    assert line is not None
    assert line.text(1) == "<b>Anna</b> & Co"
    assert "<img" not in line.toolTip(2)
