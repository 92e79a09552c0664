"""Messy sheets, and how a person works with the page that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from window_hands import drop

from lastmile_desktop.pipeline.sheet_choices import column_number
from lastmile_desktop.ui.import_view.import_view import ImportView
from lastmile_desktop.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
HEADINGS = ("Order", "Name", "Address", "Lat", "Lon", "Window", "Pcs")
#: Row 7 has a time that nobody understands, row 9 a position that cannot be, row 11 is the total.
ROWS: tuple[tuple[object, ...], ...] = (
    ("Bakery Vale, Tuesday",),
    (),
    HEADINGS,
    ("B-1", "Anna Möller", "Kaai 1, Gent", 51.05, 3.72, "9-12", 2),
    ("B-2", "Łukasz", "Kaai 2, Gent", 51.06, 3.73, "10:00-13:00", 1),
    ("B-3", "=SUM(1)", "Kaai 3, Gent", 51.07, 3.74, "", 4),
    ("B-4", "東京 Tea", "Kaai 4, Gent", 51.04, 3.71, "after lunch maybe", 3),
    ("B-5", "Мария", "Kaai 5, Gent", 51.03, 3.70, "8-10", 1),
    ("B-6", "Zoë", "Kaai 6, Gent", 951.03, 3.70, "8-10", 1),
    ("B-7", "Bob", "Kaai 7, Gent", 51.02, 3.75, "8-10", 5),
    ("Total", None, None, None, None, None, 17),
)


def workbook(
    folder: Path,
    rows: Sequence[Sequence[object]] = ROWS,
    name: str = "messy.xlsx",
    hidden: Sequence[int] = (),
    more: dict[str, Sequence[Sequence[object]]] | None = None,
) -> Path:
    path = folder / name
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tuesday"
    for title, lines in {"Tuesday": rows, **(more or {})}.items():
        page = sheet if title == "Tuesday" else book.create_sheet(title)
        for line, cells in enumerate(lines, 1):
            for column, cell in enumerate(cells, 1):
                if cell is not None:
                    written = page.cell(line, column, cell)  # type: ignore[arg-type]
                    if isinstance(cell, str):
                        written.data_type = "s"
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    book.save(path)
    return path


def opened(window: MainWindow, qtbot: QtBot, path: Path) -> ImportView:
    """The page that a dropped sheet opens."""
    drop(window, path)
    return shown(window, qtbot)


def shown(window: MainWindow, qtbot: QtBot) -> ImportView:
    qtbot.waitUntil(lambda: window.pages.shows_import, timeout=20_000)
    page = window.imports.page
    assert isinstance(page, ImportView)
    qtbot.waitUntil(page.isVisible)
    return page


def read_again(page: ImportView, qtbot: QtBot) -> None:
    """Wait for the reading that a choice asked for."""
    qtbot.waitUntil(lambda: not page.reader.busy, timeout=20_000)


def head_of(page: ImportView, letter: str) -> QPoint:
    header = page.table.horizontalHeader()
    column = column_number(letter) - 1
    page.table.scrollTo(page.model.index(0, column))
    return QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)


def choose_field(page: ImportView, qtbot: QtBot, letter: str, *path: str) -> None:
    """Click a column's head, then an entry of the menu (and of its submenu)."""
    header = page.table.horizontalHeader()
    qtbot.mouseClick(header.viewport(), LEFT, pos=head_of(page, letter))
    menu = popup(qtbot)
    for words in path:
        action = next(action for action in menu.actions() if action.text().startswith(words))
        if action.menu() is not None:
            menu.setActiveAction(action)
            below = action.menu()
            assert isinstance(below, QMenu)
            qtbot.waitUntil(below.isVisible)
            menu = below
        else:
            qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def popup(qtbot: QtBot) -> QMenu:
    """The menu that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def click_cell(page: ImportView, qtbot: QtBot, name: str) -> None:
    letter = name.rstrip("0123456789")
    index = page.model.index(page.model.sheet.line_of[int(name[len(letter) :])], column_number(letter) - 1)
    page.table.scrollTo(index)
    at = page.table.visualRect(index).center()
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=at)
    assert page.cell.name.text() == name


def type_into(page: ImportView, qtbot: QtBot, name: str, text: str) -> None:
    """Change a cell in the grid, as in a spreadsheet, and wait for the new reading."""
    click_cell(page, qtbot, name)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    editor = next(e for e in page.table.viewport().findChildren(QLineEdit) if e.isVisible())
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.reader.busy)
    read_again(page, qtbot)


def orders(window: MainWindow) -> dict[str, str]:
    return {order.id: order.name for order in window.session.state.day.orders}


def accept(window: MainWindow, qtbot: QtBot) -> None:
    page = window.imports.page
    assert isinstance(page, ImportView)
    qtbot.mouseClick(page.accept, LEFT)
    qtbot.waitUntil(lambda: bool(window.session.state.day.orders), timeout=20_000)
    qtbot.waitUntil(lambda: not window.session.busy and not window.jobs.busy, timeout=20_000)
