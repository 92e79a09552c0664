"""The import page by mouse and keys, with real sheets, a real reader child and a real day on disk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QListView, QTableView
from pytestqt.qtbot import QtBot

from lastmile_desktop.model import LineKind, Severity
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.header.header_bar import Step
from lastmile_desktop.ui.import_view.field_words import GROUPS, field_words
from lastmile_desktop.ui.main_window import MainWindow
from lastmile_desktop.ui.session import Session

sys.path.insert(0, str(Path(__file__).parent))

from import_page import (
    HEADINGS,
    LEFT,
    ROWS,
    accept,
    choose_field,
    click_cell,
    opened,
    orders,
    popup,
    read_again,
    shown,
    type_into,
    workbook,
)
from window_hands import button, drop, notices, sheet


@pytest.fixture
def window(qtbot: QtBot, own_session: Session, folders: Folders) -> Iterator[MainWindow]:
    made = MainWindow(own_session, folders)
    qtbot.addWidget(made)
    made.resize(1366, 740)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.finish()


# ---- into the day, or not ------------------------------------------------------------------------------


def test_a_clear_sheet_is_taken_without_a_question(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    drop(window, sheet(tmp_path))
    qtbot.waitUntil(lambda: bool(window.session.state.day.orders), timeout=20_000)
    assert window.imports.page is None


def test_a_doubtful_sheet_enters_the_day_only_with_a_yes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    assert not window.session.state.day.orders
    assert page.accept.text() == "Take 7 orders"
    assert "B-4" in page.side.place.text()
    accept(window, qtbot)
    assert list(orders(window)) == [f"B-{number}" for number in range(1, 8)]
    assert orders(window)["B-3"] == "=SUM(1)"
    assert window.imports.page is None
    assert not window.pages.shows_import


def test_cancel_leaves_the_day_as_it_was(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    qtbot.mouseClick(page.cancel, LEFT)
    assert window.pages.currentWidget() is window.welcome
    assert not window.session.state.day.orders
    assert "not taken" in notices(window)


def test_the_counts_add_up_to_the_lines_of_the_sheet(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    counts = page.reading.counts
    assert counts.lines == len(ROWS) == 11
    assert counts.orders == 7
    assert counts.ignored == {LineKind.TITLE: 1, LineKind.HEADER: 1, LineKind.TOTAL: 1}
    assert page.lines.text() == "11 lines in the sheet; ignored: 1 title, 1 heading, 1 total, 1 blank"
    assert "4 lines ignored" in page.counts.text()


def test_a_page_left_half_way_is_not_forgotten(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    window.go(Step.FLEET)
    assert "messy.xlsx is not in the day yet" in notices(window)
    qtbot.mouseClick(button(window, "Go on"), LEFT)
    assert window.pages.shows_import
    assert page.isVisible()
    assert "not in the day yet" not in notices(window)


# ---- what the columns hold -----------------------------------------------------------------------------


def test_a_click_on_a_head_changes_what_a_column_holds(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    assert page.model.field(1) == "name"
    choose_field(page, qtbot, "B", "What", "Notes")
    read_again(page, qtbot)
    assert page.model.field(1) == "notes"
    assert page.model.sureness(1) == "your choice"
    choose_field(page, qtbot, "G", "Not read")
    read_again(page, qtbot)
    assert page.model.field(6) == ""
    accept(window, qtbot)
    taken = window.session.state.day.order_by_key.values()
    assert {order.notes for order in taken} >= {"Anna Möller", "Мария"}
    assert {order.quantity_milli for order in taken} == {1000}


def test_a_field_moves_to_the_column_that_was_chosen(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    choose_field(page, qtbot, "C", "Who", "Name")
    read_again(page, qtbot)
    assert (page.model.field(1), page.model.field(2)) == ("", "name")
    qtbot.mouseClick(page.undo, LEFT)
    read_again(page, qtbot)
    assert (page.model.field(1), page.model.field(2)) == ("name", "address")


def test_every_field_of_the_reader_has_words_and_a_place_in_the_menu() -> None:
    from lastmile_desktop.sheets.rule_words import ORDER_RULE_WORDS
    from lastmile_desktop.sheets.words.goods_words import GOODS_WORDS
    from lastmile_desktop.sheets.words.place_words import PLACE_WORDS
    from lastmile_desktop.sheets.words.time_words import TIME_WORDS
    from lastmile_desktop.sheets.words.who_words import WHO_WORDS

    offered = {field for group in GROUPS for field, _words in group.fields}
    known = WHO_WORDS | PLACE_WORDS | TIME_WORDS | GOODS_WORDS | ORDER_RULE_WORDS
    assert set(known) - offered == set()
    words = [words for group in GROUPS for _field, words in group.fields]
    assert len(words) == len(set(words))
    assert field_words("a_new_one") == "A new one"


def test_another_heading_row_is_chosen(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    above = ("Nr", "Kunde", "Lieferadresse", "Breite", "Länge", "Zeit", "Stück")
    rows = [*ROWS[:2], above, *ROWS[2:]]
    page = opened(window, qtbot, workbook(tmp_path, rows))
    box = page.choices.heading
    box.setFocus()
    place = box.findData(4)
    while box.currentIndex() != place:
        qtbot.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < place else Qt.Key.Key_Up)
    read_again(page, qtbot)
    assert page.model.sheet.heading_rows == range(4, 5)
    assert len(page.reading.report.orders) == 7


def test_another_sheet_is_chosen(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    other = [("Who", "Street"), ("Else", "Kaai 9"), ("Eva", "Kaai 8")]
    page = opened(window, qtbot, workbook(tmp_path, more={"Wednesday": other}))
    box = page.choices.sheet
    assert box.isVisible()
    box.setCurrentIndex(box.findData("Wednesday"))
    box.activated.emit(box.currentIndex())
    read_again(page, qtbot)
    assert [order.name for order in page.reading.report.orders] == ["Else", "Eva"]
    assert page.model.text(1, 1) == "Kaai 9"


def test_sheets_that_go_on_with_each_other_are_looked_at_one_by_one(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    other = [HEADINGS, *(("W" + str(row[0])[1:], *row[1:]) for row in ROWS[3:7])]
    page = opened(window, qtbot, workbook(tmp_path, more={"Wednesday": other}))
    assert len(page.reading.report.orders) == 11
    assert page.reading.counts.lines == len(ROWS) + len(other)
    box, before = page.choices.sheet, page.reading.options
    box.setCurrentIndex(box.findData("Wednesday"))
    box.activated.emit(box.currentIndex())
    assert page.model.sheet.name == "Wednesday"
    assert (page.reader.busy, page.reading.options) == (False, before)
    assert page.model.text(1, 0) == "W-1"
    choose_field(page, qtbot, "G", "Not read")
    read_again(page, qtbot)
    assert page.model.sheet.name == "Wednesday"
    assert len(page.reading.report.orders) == 11
    assert {order.quantity_milli for order in page.reading.report.orders} == {1000}
    qtbot.mouseClick(page.choices.only, LEFT, pos=QPoint(8, page.choices.only.height() // 2))
    read_again(page, qtbot)
    assert [order.id for order in page.reading.report.orders] == ["W-1", "W-2", "W-3", "W-4"]
    assert page.reading.counts.lines == len(other)


def test_hidden_rows_are_taken_or_left_as_the_person_says(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, workbook(tmp_path, hidden=(5, 10)))
    box = page.choices.rows
    assert box.isVisible()
    box.setCurrentIndex(box.findData(True))
    box.activated.emit(box.currentIndex())
    read_again(page, qtbot)
    assert [order.id for order in page.reading.report.orders] == ["B-1", "B-3", "B-4", "B-5", "B-6"]
    assert page.reading.counts.ignored[LineKind.HIDDEN] == 2
    assert page.reading.counts.lines == 11


def test_letters_and_separator_of_a_text_file_are_chosen(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "alt.csv"
    text = "Nr;Name;Adresse;Breitengrad;Längengrad;Zeitfenster\n1;Łódź;Hauptstr. 1, Graz;47,07;15,43;bald\n"
    path.write_bytes(text.encode("cp1250"))
    page = opened(window, qtbot, path)
    box = page.choices.encoding
    assert box.isVisible()
    box.setCurrentIndex(box.findData("cp1250"))
    box.activated.emit(box.currentIndex())
    read_again(page, qtbot)
    assert [order.name for order in page.reading.report.orders] == ["Łódź"]
    box = page.choices.delimiter
    assert box.currentData() == ";"
    box.setCurrentIndex(box.findData("|"))
    box.activated.emit(box.currentIndex())
    read_again(page, qtbot)
    assert page.model.columnCount() == 1
    assert not page.accept.isEnabled()


# ---- correcting ----------------------------------------------------------------------------------------


def test_a_corrected_cell_is_read_and_stays_through_other_choices(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = workbook(tmp_path)
    before = path.read_bytes()
    page = opened(window, qtbot, path)
    attention = page.reading.counts.attention
    type_into(page, qtbot, "F7", "13:00-15:00")
    assert page.reading.counts.attention == attention - 1
    choose_field(page, qtbot, "G", "Not read")
    read_again(page, qtbot)
    assert page.model.text(6, 5) == "13:00-15:00"
    accept(window, qtbot)
    windows = {order.id: order.windows for order in window.session.state.day.orders}
    assert [(w.start_s, w.end_s) for w in windows["B-4"]] == [(13 * 3600, 15 * 3600)]
    assert path.read_bytes() == before


def test_a_cell_is_corrected_in_the_line_above_and_restored(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    click_cell(page, qtbot, "B5")
    page.cell.text.setFocus()
    page.cell.text.selectAll()
    qtbot.keyClicks(page.cell.text, "Lucas")
    qtbot.keyClick(page.cell.text, Qt.Key.Key_Return)
    read_again(page, qtbot)
    assert "Lucas" in {order.name for order in page.reading.report.orders}
    assert page.cell.restore.isVisible()
    qtbot.mouseClick(page.cell.restore, LEFT)
    read_again(page, qtbot)
    assert "Łukasz" in {order.name for order in page.reading.report.orders}


def test_rows_set_aside_do_not_enter_the_day_and_can_come_back(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    qtbot.mouseClick(page.side.put_aside, LEFT)
    read_again(page, qtbot)
    assert [order.id for order in page.reading.report.orders] == ["B-1", "B-2", "B-3", "B-5", "B-6", "B-7"]
    assert page.reading.counts.set_aside == 1
    assert page.reading.counts.lines == 11
    qtbot.mouseClick(page.side.buttons["aside"], LEFT)
    assert page.side.aside.rows == [7]
    qtbot.mouseClick(page.side.back_all, LEFT)
    read_again(page, qtbot)
    assert len(page.reading.report.orders) == 7


def test_the_list_jumps_to_the_cell(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    click_cell(page, qtbot, "A4")
    view = page.side.list
    index = page.side.doubts.index(0)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).topLeft() + QPoint(30, 40))
    problem = page.side.doubts.problem_at(0)
    assert page.table.current_cell() == (problem.row, problem.column)
    assert page.table.hasFocus()


def test_a_suggestion_is_written_with_one_click(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """Whatever the reader suggests: the button writes it, and that remark is gone."""
    page = opened(window, qtbot, workbook(tmp_path, [*ROWS[:3], *WITH_FIX]))
    problem = next(p for p in page.reading.report.problems if p.fix)
    page.side.show_list(problem.severity)
    page.side.list.choose(page.side.doubts.line_of(problem) or 0)
    assert page.side.fix.isVisible()
    qtbot.mouseClick(page.side.fix, LEFT)
    read_again(page, qtbot)
    for fix in problem.fix:
        assert page.model.text(problem.row - 1, ord(fix.column) - 65) == fix.text
    assert not any(
        (p.row, p.category, p.found) == (problem.row, problem.category, problem.found)
        for p in page.reading.report.problems
    )


WITH_FIX = (
    ("B-1", "Anna", "Kaai 1, Gent", 51.05, 3.72, "12-9", 2),
    ("B-2", "Bert", "Kaai 2, Gent", 3.73, 51.06, "1-3", 1),
    ("B-3", "Carl", "Kaai 3, Gent", 51.07, 3.74, "8-10", 4),
    ("B-4", "Dora", "Kaai 4, Gent", 51.08, 3.75, "25:00-26:00", 4),
)


# ---- pasted, large, by keys ----------------------------------------------------------------------------


def test_pasted_rows_go_through_the_same_page(window: MainWindow, qtbot: QtBot) -> None:
    rows = ["\t".join(str(cell) for cell in row) for row in (HEADINGS, *ROWS[3:8])]
    QGuiApplication.clipboard().setText("\r\n".join(rows))
    window.files.paste()
    page = shown(window, qtbot)
    type_into(page, qtbot, "F5", "13-15h")
    accept(window, qtbot)
    assert list(orders(window)) == ["B-1", "B-2", "B-3", "B-4", "B-5"]


def test_only_lines_on_the_screen_are_taken_apart(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """A sheet of thousands of rows costs the window what its screen shows."""
    path = tmp_path / "large.csv"
    body = "".join(f"B-{n},Name {n},Street {n},51.{n % 90:02d},3.7,9-12\n" for n in range(1, 6001))
    path.write_text("Order,Name,Address,Lat,Lon,Window\n" + body + "B-0,Last,Street,51,3.7,never ever\n")
    page = opened(window, qtbot, path)
    assert page.model.rowCount() == 6002
    assert page.table.current_cell() == (6002, "F")
    assert 0 < page.model.lines_split < 400


def test_everything_can_be_done_by_keys(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    assert page.table.hasFocus()
    click_cell(page, qtbot, "B4")
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = popup(qtbot)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    read_again(page, qtbot)
    assert page.model.field(1) == ""
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    read_again(page, qtbot)
    assert page.model.field(1) == "name"
    click_cell(page, qtbot, "F7")
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.reader.busy)
    read_again(page, qtbot)
    assert page.model.text(6, 5) == ""
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(window.session.state.day.orders) == 7, timeout=20_000)


def test_focus_reaches_every_part_and_each_has_a_name(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    seen = []
    for _ in range(40):
        focus = window.focusWidget()
        if focus in seen:
            break
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    cell, choices = page.cell, page.choices
    for part in (page.table, cell.text, cell.field, choices.heading, page.side.list, page.accept):
        assert part in seen, part.accessibleName()
    kinds = (QAbstractButton, QComboBox, QLineEdit, QListView, QTableView)
    parts = [part for kind in kinds for part in page.findChildren(kind) if part.isVisible()]
    assert len(parts) > 12
    nameless = [
        part
        for part in parts
        if not part.accessibleName()
        and not part.objectName().startswith("qt_")
        and not (isinstance(part, QAbstractButton) and part.parent() is page.table)
    ]
    assert nameless == []


def test_a_heading_and_a_cell_say_what_they_are(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    role = Qt.ItemDataRole.AccessibleTextRole
    head = page.model.headerData(5, Qt.Orientation.Horizontal, role)
    assert head.startswith("Column F: Time window")
    cell = page.model.index(6, 5).data(role)
    assert cell.startswith("F7, Time window: after lunch maybe. ")
    assert page.model.headerData(10, Qt.Orientation.Vertical, role) == "Row 11: Total, ignored"
    assert page.model.sheet.worst(7, 6) is Severity.ATTENTION


def test_text_of_a_sheet_is_never_taken_for_markup(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    rows = [*ROWS[:4], ("<b>x</b>", "<img src=x onerror=y>", "Kaai 8", 51.0, 3.7, "<i>late</i>", 1)]
    page = opened(window, qtbot, workbook(tmp_path, rows, "&lt;b&gt;.xlsx"))
    assert page.title.textFormat() == Qt.TextFormat.PlainText
    tip = page.model.index(4, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip
    assert page.side.message.textFormat() == Qt.TextFormat.PlainText


def test_a_sheet_in_which_nothing_was_found_can_be_explained(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Headings that nobody knows: one sentence, and a way to say what the columns hold."""
    rows = [("Xq", "Zw", "Vv"), ("a1", "Anna", "Kaai 1, 9000 Gent"), ("a2", "Bert", "Kaai 2, 9000 Gent")]
    drop(window, workbook(tmp_path, rows, "strange.xlsx"))
    qtbot.waitUntil(lambda: "strange.xlsx" in notices(window) or window.pages.shows_import, timeout=20_000)
    if not window.pages.shows_import:
        assert not window.session.state.day.orders
        qtbot.mouseClick(button(window, "Show the sheet…"), LEFT)
    page = shown(window, qtbot)
    wanted = {
        "A": ("id", "Who", "Order number"),
        "B": ("name", "Who", "Name"),
        "C": ("address", "Where", "Addr"),
    }
    for letter, (field, *path) in wanted.items():
        if page.model.field(ord(letter) - 65) != field:
            choose_field(page, qtbot, letter, *path)
            read_again(page, qtbot)
    assert [page.model.field(column) for column in range(3)] == ["id", "name", "address"]
    accept(window, qtbot)
    assert orders(window) == {"a1": "Anna", "a2": "Bert"}


def test_a_file_that_is_gone_leaves_the_page_as_it_was(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = workbook(tmp_path)
    page = opened(window, qtbot, path)
    path.unlink()
    choose_field(page, qtbot, "G", "Not read")
    read_again(page, qtbot)
    assert "messy.xlsx" in page.message.text
    assert page.model.field(6) == "quantity"
    assert len(page.reading.report.orders) == 7
    assert not page.undo.isEnabled()
