"""Rules between the selected orders: on one van, one before the other, collected here and brought there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from lastmile_desktop.model import Order, OrderKind

if TYPE_CHECKING:
    from lastmile_desktop.ui.orders_view.orders_view import OrdersView


def add_rule_menu(view: OrdersView, menu: QMenu, orders: Sequence[Order]) -> None:
    """Add "Together" for two or more orders; what is not possible for these is greyed out."""
    together = menu.addMenu("Together")
    together.setEnabled(bool(orders))
    several = len(orders) > 1
    label = next((order.same_van for order in orders if order.same_van), orders[0].id if orders else "")
    _add(together, "On the same van", partial(view.change_chosen, "same_van", {"same_van": label}), several)
    _add(
        together,
        "Not tied to one van",
        partial(view.change_chosen, "same_van", {"same_van": ""}),
        any(order.same_van for order in orders),
    )
    together.addSeparator()
    for first, second in [(orders[0], orders[1]), (orders[1], orders[0])] if len(orders) == 2 else []:
        text = f"{first.id} before {second.id} on a route".replace("&", "&&")
        _add(together, text, partial(view.changes.order_after, second, first), first.key not in second.after)
    _add(together, "In any order", partial(view.changes.in_any_order, orders), any(o.after for o in orders))
    together.addSeparator()
    kinds = sorted(order.kind for order in orders)
    pair = kinds == [OrderKind.DELIVERY, OrderKind.PICKUP]
    shipment = {"shipment": orders[0].id if orders else ""}
    _add(
        together,
        "Collect from one, bring to the other",
        partial(view.change_chosen, "shipment", shipment),
        pair,
    )
    _add(
        together,
        "No transfer",
        partial(view.change_chosen, "shipment", {"shipment": ""}),
        any(order.shipment for order in orders),
    )


def _add(menu: QMenu, text: str, run: Callable[[], None], possible: bool) -> None:
    action = menu.addAction(text)
    action.setEnabled(possible)
    action.triggered.connect(lambda _=False: run())
