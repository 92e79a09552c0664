"""What a dispatcher does to orders by hand, offered by list, card, menu and keys alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from lastmile_desktop.model import DayState, Order, RouteOrders, wording
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.placement import move_where_it_fits
from lastmile_desktop.ui.icons import set_icon
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.shown_day import ShownDay

if TYPE_CHECKING:
    from lastmile_desktop.store.customers import Customer

NO_EDITS_WHILE_PLANNING = "Not while planning: press Finish now or Discard first."


class OrderActions(QObject):
    """Turns wishes about orders into named edits of the session. Does nothing while ``enabled`` is False."""

    place_requested = Signal(str)
    find_requested = Signal(str)
    edit_requested = Signal(str)
    map_requested = Signal(str)
    list_requested = Signal(str)
    enabled_changed = Signal(bool)
    customers_changed = Signal()

    def __init__(self, session: Session, shown: ShownDay, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown = shown
        self._enabled = True

    @property
    def enabled(self) -> bool:
        """False while planning."""
        return self._enabled

    def set_enabled(self, enabled: bool) -> None:
        """Allow or forbid changes."""
        if enabled != self._enabled:
            self._enabled = enabled
            self.enabled_changed.emit(enabled)

    def customer_of(self, key: str) -> Customer | None:
        """What is remembered of the order's customer, None when that is nothing."""
        order = self._shown.state.day.order_by_key.get(key)
        return None if order is None else self._session.firm.customers.known(order.name, order.address)

    def forget_customer(self, key: str) -> None:
        """Drop what is remembered of the order's customer; the order itself keeps its values."""
        order = self._shown.state.day.order_by_key[key]
        firm = self._session.firm

        def work(state: DayState) -> DayState:
            firm.customers.forget(order.name, order.address)
            return state

        self._session.do("Forget the customer", work, after=self.customers_changed.emit)

    def unassign(self, keys: Sequence[str]) -> None:
        """Take orders off their routes."""
        on_routes = [key for key in keys if key in self.planned_keys()]
        if on_routes:
            self._do(f"Unassign {self._what(on_routes)}", lambda s: edits.move_orders(s, on_routes, None))

    def move(self, keys: Sequence[str], vehicle_key: str | None, before: str | None = None) -> None:
        """Put orders on a route, in front of the order ``before`` (None = where they fit best)."""
        if vehicle_key is None:
            self.unassign(keys)
            return
        known = [key for key in keys if key in self._shown.state.day.order_by_key]
        if not known or known == [before]:
            return
        name = self._shown.state.day.vehicle_by_key[vehicle_key].name

        planner = self._session.planner  # used by the edit only, on the session's own worker

        def edit(state: DayState) -> DayState:
            if before is None:
                return move_where_it_fits(planner, state, known, vehicle_key)
            return edits.move_orders(state, known, vehicle_key, _position(state, vehicle_key, before))

        self._do(f"Move {self._what(known)} to {name}", edit)

    def set_locked(self, keys: Sequence[str], locked: bool) -> None:
        """Lock orders to their vehicle, or free them."""
        verb = "Lock" if locked else "Unlock"
        self._do(f"{verb} {self._what(keys)}", lambda s: edits.set_locked(s, keys, locked))

    def toggle_lock(self, keys: Sequence[str]) -> None:
        """Lock, or free when all are locked."""
        on_routes = [key for key in keys if key in self.planned_keys()]
        if on_routes:
            self.set_locked(on_routes, not self.all_locked(on_routes))

    def keep_beginning(self, key: str) -> None:
        """Keep the route up to this order as it is when planning; again at its last kept order frees it."""
        route = self._route_of(key)
        if route is None:
            return
        count = 0 if self.ends_beginning(key) else route.order_keys.index(key) + 1
        order = order_name(self._shown.state.day.order_by_key[key])
        name = f"Keep the route up to {order}" if count else "Free the beginning of the route"
        self._do(name, lambda s: edits.set_frozen(s, route.vehicle_key, count))

    def ends_beginning(self, key: str) -> bool:
        """True for the last order of a route's beginning that stays as it is."""
        route, assignment = self._route_of(key), self._shown.state.assignment
        if route is None or assignment is None or key not in assignment.frozen:
            return False
        after = route.order_keys[route.order_keys.index(key) + 1 :]
        return not after or after[0] not in assignment.frozen

    def _route_of(self, key: str) -> RouteOrders | None:
        assignment = self._shown.state.assignment
        routes = assignment.routes if assignment else ()
        return next((route for route in routes if key in route.order_keys), None)

    def planned_keys(self) -> frozenset[str]:
        """Keys of the orders on routes."""
        assignment = self._shown.state.assignment
        return assignment.order_keys if assignment else frozenset()

    def all_locked(self, keys: Sequence[str]) -> bool:
        """True when every one of the orders is locked."""
        assignment = self._shown.state.assignment
        return assignment is not None and set(keys) <= assignment.locked

    def fill_move_menu(self, menu: QMenu, keys: Sequence[str]) -> None:
        """One entry for each vehicle in use."""
        for vehicle in self._shown.state.day.vehicles:
            if vehicle.active:
                text = f"{vehicle.name}  {vehicle.driver}".strip().replace("&", "&&")
                action = menu.addAction(text)
                action.triggered.connect(lambda _=False, key=vehicle.key: self.move(keys, key))

    def build_menu(self, keys: Sequence[str], parent: QWidget) -> QMenu:
        """The context menu of these orders."""
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        planned = [key for key in keys if key in self.planned_keys()]
        self._add(menu, "Unassign", "remove", lambda: self.unassign(keys), bool(planned))
        move = menu.addMenu("Move to route")
        self.fill_move_menu(move, keys)
        move.setEnabled(self._enabled and not move.isEmpty())
        locked = bool(planned) and self.all_locked(planned)
        text = "Unlock from vehicle" if locked else "Lock to vehicle"
        self._add(menu, text, "unlock" if locked else "lock", lambda: self.toggle_lock(keys), bool(planned))
        if len(keys) == 1:
            kept = self.ends_beginning(keys[0])
            text = "Free the beginning of the route" if kept else "Keep the route up to here"
            self._add(menu, text, "lock", lambda: self.keep_beginning(keys[0]), bool(planned))
        menu.addSeparator()
        if len(keys) == 1:
            key = keys[0]
            self._add(menu, "Show on map", "pin", lambda: self.map_requested.emit(key), True, changes=False)
            self._add(menu, "Find address…", "pin", lambda: self.find_requested.emit(key), True)
            self._add(menu, "Place on map…", "pin", lambda: self.place_requested.emit(key), True)
            self._add(menu, "Edit order", "edit", lambda: self.edit_requested.emit(key), True, changes=False)
        return menu

    def _add(
        self, menu: QMenu, text: str, icon: str, run: Callable[[], None], possible: bool, changes: bool = True
    ) -> None:
        action = menu.addAction(text)
        set_icon(action, icon, "text_muted")
        action.setEnabled(possible and (self._enabled or not changes))
        if changes and not self._enabled:
            action.setToolTip(NO_EDITS_WHILE_PLANNING)
        action.triggered.connect(lambda _=False: run())

    def _do(self, name: str, edit: Callable[[DayState], DayState]) -> None:
        if self._enabled:
            self._session.do(name, edit)

    def _what(self, keys: Sequence[str]) -> str:
        if len(keys) == 1:
            return order_name(self._shown.state.day.order_by_key[keys[0]])
        return wording.count(len(keys), "order")


def order_name(order: Order) -> str:
    """How an order is called in a sentence: its number, and its customer."""
    return f"{order.id} {order.name}".strip()


def _position(state: DayState, vehicle_key: str, before: str | None) -> int | None:
    for route in state.assignment.routes if state.assignment and before else ():
        if route.vehicle_key == vehicle_key and before in route.order_keys:
            return route.order_keys.index(before)
    return None
