"""A day with all kinds of orders, and how a person works with the Orders page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from lastmile_desktop.model import (
    Assignment,
    Day,
    DayState,
    Depot,
    Location,
    Order,
    RouteOrders,
    Severity,
    SheetProblem,
    SourceCell,
    Vehicle,
)
from lastmile_desktop.ui.orders_view import OrdersView
from lastmile_desktop.ui.orders_view.order_columns import COLUMN_OF
from lastmile_desktop.ui.session import Session

GENT = Location(51.05, 3.72)


def make_order(number: int, **values: object) -> Order:
    given: dict[str, object] = {
        "key": f"k{number}",
        "id": f"B-{1000 + number}",
        "name": f"Customer {number}",
        "address": f"Korte Meer {number}, 9000 Gent",
        "location": Location(51.05 + number / 5000, 3.72 + number / 7000),
        "source": SourceCell("Orders", number + 4),
    }
    return Order(**{**given, **values})  # type: ignore[arg-type]


def problem(
    row: int, severity: Severity, category: str, order_id: str = "", message: str = "A remark."
) -> SheetProblem:
    return SheetProblem("Orders", row, "C", order_id, severity, category, message)


def make_state() -> DayState:
    """Eight orders: 1 to 4 on two vans, 5 needs attention, 6 waits, 7 has markup, 8 is plain."""
    orders = [make_order(number) for number in range(1, 9)]
    orders[4] = make_order(5, attention=True)
    orders[5] = make_order(6, location=None)
    orders[6] = make_order(7, name='<b>=HYPERLINK("http://x")</b>', phone="+32 475 12 34 56", notes="=1+1")
    vehicles = tuple(Vehicle(key=f"v{n}", name=f"Van {n}", start_depot="d", end_depot="d") for n in (1, 2))
    problems = (
        problem(9, Severity.ATTENTION, "bad_time", "B-1005", "The time “25:00” cannot be used."),
        problem(10, Severity.INFO, "waiting_for_position", "B-1006", "It waits for a position."),
        problem(20, Severity.ERROR, "duplicate_id", "B-1001", "Row 20 is left out: B-1001 is there already."),
    )
    day = Day(date(2026, 11, 23), tuple(orders), vehicles, (Depot("d", "Depot", GENT),))
    routes = (RouteOrders("v1", ("k1", "k2")), RouteOrders("v2", ("k3", "k4")))
    return DayState(day=day, assignment=Assignment(routes), problems=problems)


def settle(qtbot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.busy, timeout=10_000)


def row_of(view: OrdersView, order_key: str) -> int:
    index = view.shown.mapFromSource(view.model.index(view.model.row_of(order_key), 0))
    assert index.isValid()
    return index.row()


def shown_ids(view: OrdersView) -> list[str]:
    return [view.shown.index(row, COLUMN_OF["id"]).data() for row in range(view.shown.rowCount())]


def click_cell(qtbot, view: OrdersView, order_key: str, field: str, modifier=Qt.KeyboardModifier.NoModifier):
    index = view.shown.index(row_of(view, order_key), COLUMN_OF[field])
    view.table.scrollTo(index)
    centre = view.table.visualRect(index).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, modifier, centre)
    return index


def open_editor(qtbot, view: OrdersView, order_key: str, field: str) -> QWidget:
    click_cell(qtbot, view, order_key, field)
    qtbot.keyClick(view.table, Qt.Key.Key_F2)
    editors = [
        child
        for child in view.table.viewport().findChildren(QWidget)
        if isinstance(child, QLineEdit | QComboBox)
        and child.isVisible()
        and child.parent() is view.table.viewport()
    ]
    assert len(editors) == 1
    return editors[0]


def type_into(qtbot, view: OrdersView, order_key: str, field: str, text: str) -> QWidget:
    editor = open_editor(qtbot, view, order_key, field)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the delegate closes the cell after the key, not within it
    return editor
