"""The context menu of the orders table: what can be done to all selected orders at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from lastmile_desktop.ui.orders_view.order_columns import COLUMNS, KIND_WORDS, PRIORITY_WORDS
from lastmile_desktop.ui.orders_view.rule_columns import POSITION_WORDS
from lastmile_desktop.ui.orders_view.rule_menu import add_rule_menu

if TYPE_CHECKING:
    from lastmile_desktop.ui.orders_view.orders_view import OrdersView


def order_menu(view: OrdersView) -> QMenu:
    """A menu for the orders that are selected now; it goes away when it closes."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    keys = view.table.chosen_keys()
    orders = [view.model.order_at(row) for key in keys if (row := view.model.row_of(key)) is not None]
    current = view.table.currentIndex()
    column = COLUMNS[max(0, current.column())]
    edit = _add(menu, f"Edit {column.noun}", lambda: view.table.edit(current), "F2")
    edit.setEnabled(column.parse is not None)
    _add(menu, "Copy", view.table.copy, QKeySequence(QKeySequence.StandardKey.Copy))
    _add(menu, "Copy rows with headings", view.table.copy_rows)
    paste = _add(menu, "Paste into cell", view.table.paste, QKeySequence(QKeySequence.StandardKey.Paste))
    paste.setEnabled(column.parse is not None)
    menu.addSeparator()
    for title, field, words in (
        ("Priority", "priority", PRIORITY_WORDS),
        ("Kind", "kind", KIND_WORDS),
        ("Place on the route", "position", POSITION_WORDS),
    ):
        choices = menu.addMenu(title)
        held = {getattr(order, field) for order in orders}
        for value, word in words.items():
            action = _add(choices, word, partial(view.change_chosen, field, {field: value}))
            action.setCheckable(True)
            action.setChecked(held == {value})
    first_service_s = orders[0].service_s if orders else 0
    _add(menu, "Service minutes…", lambda: view.minutes.ask(len(keys), first_service_s))
    add_rule_menu(view, menu, orders)
    menu.addSeparator()
    find = _add(menu, "Find address…", lambda: view.find_requested.emit(keys[0]))
    find.setEnabled(len(keys) == 1)
    place = _add(menu, "Place on map", lambda: view.place_requested.emit(keys[0]))
    place.setEnabled(len(keys) == 1)
    off = _add(menu, "Take off the route", view.unassign_chosen)
    off.setEnabled(any(view.model.book.is_planned(order) for order in orders))
    looked = _add(menu, "Mark as looked at", view.mark_looked_at)
    looked.setEnabled(any(order.attention for order in orders))
    menu.addSeparator()
    word = "order" if len(keys) == 1 else f"{len(keys):,} orders"
    _add(menu, f"Delete {word}", view.delete_chosen, QKeySequence(QKeySequence.StandardKey.Delete))
    return menu


def _add(menu: QMenu, text: str, run: Callable[[], None], keys: QKeySequence | str | None = None) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda: run())
    if keys is not None:
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown here, handled by the table
    return action
