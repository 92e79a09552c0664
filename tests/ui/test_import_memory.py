"""What is not taken comes back corrected; what was accepted is known again; both through the real window."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from lastmile_desktop.pipeline.sheet_diff import SheetMode
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.main_window import MainWindow
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.sheet_diff_view.sheet_diff_view import SheetDiffView

sys.path.insert(0, str(Path(__file__).parent))

from import_page import HEADINGS, LEFT, ROWS, accept, choose_field, opened, orders, read_again, workbook
from window_hands import drop


@pytest.fixture
def window(qtbot: QtBot, own_session: Session, folders: Folders) -> Iterator[MainWindow]:
    made = MainWindow(own_session, folders)
    qtbot.addWidget(made)
    made.resize(1366, 740)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.finish()


# ---- rows to correct -----------------------------------------------------------------------------------


def test_rows_that_are_not_taken_become_a_workbook_and_come_back_corrected(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    qtbot.mouseClick(page.side.put_aside, LEFT)
    read_again(page, qtbot)
    qtbot.mouseClick(page.side.buttons["aside"], LEFT)
    qtbot.mouseClick(page.side.save, LEFT)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    target = tmp_path / "to correct.xlsx"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    qtbot.waitUntil(lambda: "1 row saved" in page.message.text, timeout=20_000)
    accept(window, qtbot)
    assert len(orders(window)) == 6

    book = load_workbook(target)
    saved = book.active
    assert saved is not None
    assert [cell.value for cell in saved[1]] == [*HEADINGS, "Problem"]
    assert [cell.value for cell in saved[2]][:3] == ["B-4", "東京 Tea", "Kaai 4, Gent"]
    assert {cell.data_type for row in saved.iter_rows() for cell in row if cell.value is not None} == {"s"}
    saved["F2"] = "13:00-15:00"
    book.save(target)

    drop(window, target)
    qtbot.waitUntil(lambda: window.pages.shows_import, timeout=20_000)
    against_the_day = window.imports.page
    assert isinstance(against_the_day, SheetDiffView)  # nothing is doubtful any more
    assert against_the_day.diff.mode is SheetMode.ADD
    qtbot.mouseClick(against_the_day.accept, LEFT)
    qtbot.waitUntil(lambda: len(orders(window)) == 7, timeout=20_000)
    windows = {order.id: order.windows for order in window.session.state.day.orders}
    assert [(w.start_s, w.end_s) for w in windows["B-4"]] == [(13 * 3600, 15 * 3600)]


# ---- memory --------------------------------------------------------------------------------------------


def test_the_next_sheet_with_these_headings_is_read_as_accepted(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    choose_field(page, qtbot, "B", "What", "Notes")
    read_again(page, qtbot)
    assert page.remember.isChecked()
    accept(window, qtbot)
    assert [m.file_name for m in window.session.firm.mappings()] == ["messy.xlsx"]

    window.files.new_day()
    qtbot.waitUntil(lambda: not window.session.state.day.orders and not window.session.busy)
    clear = [("Bakery Vale, Wednesday",), *ROWS[2:5], ROWS[7]]
    drop(window, workbook(tmp_path, clear, "next.xlsx"))
    qtbot.waitUntil(lambda: bool(window.session.state.day.orders), timeout=20_000)
    assert window.imports.page is None
    assert {order.notes for order in window.session.state.day.orders} == {"Anna Möller", "Łukasz", "Мария"}
    assert [m.file_name for m in window.session.firm.mappings()] == ["next.xlsx"]


def test_nothing_is_remembered_against_the_persons_will(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot, workbook(tmp_path))
    qtbot.mouseClick(page.remember, LEFT, pos=QPoint(8, page.remember.height() // 2))
    assert not page.remember.isChecked()
    accept(window, qtbot)
    assert window.session.firm.mappings() == []


def test_known_sheets_are_listed_and_forgotten_in_the_settings(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    from lastmile_desktop.ui.settings_view import SettingsDialog
    from lastmile_desktop.ui.settings_view.known_sheets import KnownSheets

    opened(window, qtbot, workbook(tmp_path))
    accept(window, qtbot)
    dialog = SettingsDialog(window.session, window)
    dialog.show()
    qtbot.mouseClick(dialog.sheets_button, LEFT)
    known = dialog.findChild(KnownSheets)
    assert known is not None
    assert known.list.count() == 1
    assert "Order, Name, Address" in known.list.item(0).text()
    assert "messy.xlsx" in known.list.item(0).text()
    qtbot.mouseClick(known.list.viewport(), LEFT, pos=known.list.visualItemRect(known.list.item(0)).center())
    qtbot.mouseClick(known.forget, LEFT)
    qtbot.waitUntil(lambda: "No sheet is known" in known.list.item(0).text())
    assert window.session.firm.mappings() == []
