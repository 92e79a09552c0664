"""What a dispatcher does with the window, for tests: drop a sheet, press buttons, read what it says."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lastmile_desktop.pipeline.sheet_diff import SheetMode
from lastmile_desktop.ui.header.header_bar import Step
from lastmile_desktop.ui.main_window import MainWindow
from lastmile_desktop.ui.sheet_diff_view.sheet_diff_view import SheetDiffView

HEAD = "Order,Name,Address,Lat,Lon,Qty\n"


def sheet(folder: Path, orders: int = 8, name: str = "orders.csv") -> Path:
    path = folder / name
    rows = [
        f"B-{n:03d},Customer {n},Street {n},{51.02 + 0.004 * n:.5f},{3.70 + 0.005 * n:.5f},1\n"
        for n in range(1, orders + 1)
    ]
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(400, 400), action, mime, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(400, 400), action, mime, left, none)
    QApplication.sendEvent(window, event)


def notices(window: MainWindow) -> str:
    return "\n".join(line.text for line in window.notices.lines)


def imported(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    drop(window, path)
    qtbot.waitUntil(lambda: bool(window.session.state.day.orders), timeout=20_000)
    qtbot.waitUntil(lambda: "ready" in notices(window), timeout=5000)


def planned(window: MainWindow, qtbot: QtBot) -> None:
    window._plan_seconds = 1
    qtbot.mouseClick(window.header.steps[Step.PLAN], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.state.timetable is not None, timeout=30_000)
    qtbot.waitUntil(lambda: not window.planning.running)


def button(window: QWidget, text: str) -> QPushButton:
    """The visible button of that name; a new line of a layout is only shown with the next events."""
    patience = time.monotonic() + 5
    while time.monotonic() < patience:
        for candidate in window.findChildren(QPushButton):
            if candidate.text() == text and candidate.isVisible():
                return candidate
        QApplication.processEvents()
    raise AssertionError(f"there is no visible button {text!r}")


def filled_step(window: MainWindow) -> Step | None:
    return next((step for step, b in window.header.steps.items() if b.property("role") == "primary"), None)


def compared(window: MainWindow, qtbot: QtBot, path: Path) -> SheetDiffView:
    """Drop a sheet on a day that has orders; gives the page of the sheet against the day."""
    drop(window, path)
    qtbot.waitUntil(lambda: isinstance(window.pages.currentWidget(), SheetDiffView), timeout=20_000)
    page = window.pages.currentWidget()
    assert isinstance(page, SheetDiffView)
    return page


def choose_mode(page: SheetDiffView, qtbot: QtBot, mode: SheetMode) -> None:
    """Say what the sheet is, by keyboard."""
    page.modes.setFocus()
    wanted = page.modes.findData(mode.value)
    while page.modes.currentIndex() != wanted:
        up = page.modes.currentIndex() > wanted
        qtbot.keyClick(page.modes, Qt.Key.Key_Up if up else Qt.Key.Key_Down)


def tick(page: SheetDiffView, qtbot: QtBot, group: str, line: int | None = None) -> None:
    """Click the box of a group, or of one of its lines."""
    item = page.table.group_item(group)
    assert item is not None
    if line is not None:
        item = item.child(line)
    assert item is not None
    page.table.scrollToItem(item)
    area = page.table.visualItemRect(item)
    qtbot.mouseClick(
        page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(area.left() + 10, area.center().y())
    )
