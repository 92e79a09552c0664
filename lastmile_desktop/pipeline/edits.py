"""What a dispatcher does to a day by hand, as pure functions from one state to the next.

None of them computes a time: the caller lets ``Planner.timed`` work out what follows. Unknown keys raise
KeyError: they are a mistake of the program, not of the user.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from lastmile_desktop.model import (
    Assignment,
    Day,
    DaySettings,
    DayState,
    Depot,
    Location,
    Order,
    RouteOrders,
    Vehicle,
)


def move_orders(
    state: DayState, order_keys: Sequence[str], vehicle_key: str | None, position: int | None = None
) -> DayState:
    """Put orders on a vehicle's route at ``position`` (None = at the end), or off all routes (vehicle None).

    ``position`` counts in the route as it stands before the move. Moved orders lose no lock.
    """
    moving = set(order_keys)
    for key in order_keys:
        _ = state.day.order_by_key[key]
    routes: dict[str, list[str]] = {vehicle.key: [] for vehicle in state.day.vehicles}
    if state.assignment is not None:
        routes.update({route.vehicle_key: list(route.order_keys) for route in state.assignment.routes})
    if vehicle_key is not None:
        target = routes[vehicle_key]
        at = len(target) if position is None else max(0, min(position, len(target)))
        head = [key for key in target[:at] if key not in moving]
        tail = [key for key in target[at:] if key not in moving]
        routes[vehicle_key] = head + list(order_keys) + tail
    for key, keys in routes.items():
        if key != vehicle_key:
            routes[key] = [order_key for order_key in keys if order_key not in moving]
    before = state.assignment or Assignment()
    if vehicle_key is None:
        before = replace(before, locked=before.locked - moving)
    # What a person moves by hand is no longer the beginning that was to stay as it is.
    before = replace(before, frozen=before.frozen - moving)
    return replace(state, assignment=_assignment(routes, before))


def set_locked(state: DayState, order_keys: Collection[str], locked: bool) -> DayState:
    """Lock orders to their vehicle for the next planning, or free them. Orders on no route stay free."""
    if state.assignment is None:
        return state
    on_routes = state.assignment.order_keys & frozenset(order_keys)
    before = state.assignment.locked
    return replace(
        state,
        assignment=replace(state.assignment, locked=before | on_routes if locked else before - on_routes),
    )


def set_frozen(state: DayState, vehicle_key: str, count: int) -> DayState:
    """Keep the first ``count`` orders of a route as they are when planning (0 frees the whole route)."""
    if state.assignment is None:
        return state
    keys = next((r.order_keys for r in state.assignment.routes if r.vehicle_key == vehicle_key), ())
    frozen = state.assignment.frozen - frozenset(keys) | frozenset(keys[:count])
    return replace(state, assignment=replace(state.assignment, frozen=frozen))


def set_route_order(state: DayState, vehicle_key: str, order_keys: Sequence[str]) -> DayState:
    """Drive a route's orders in another order. Raises ValueError unless they are the same orders."""
    if state.assignment is None:
        return state
    routes = {route.vehicle_key: list(route.order_keys) for route in state.assignment.routes}
    if sorted(routes[vehicle_key]) != sorted(order_keys):
        raise ValueError("a route can only be reordered, not given other orders")
    routes[vehicle_key] = list(order_keys)
    return replace(state, assignment=_assignment(routes, state.assignment))


def change_orders(state: DayState, changed: Sequence[Order]) -> DayState:
    """Replace orders by changed ones with the same keys."""
    new = {order.key: order for order in changed}
    for key in new:
        _ = state.day.order_by_key[key]
    orders = tuple(new.get(order.key, order) for order in state.day.orders)
    return replace(state, day=replace(state.day, orders=orders))


def add_order(state: DayState, order: Order) -> DayState:
    """The day with one more order, on no route yet. Raises ValueError when the key is taken."""
    return replace(state, day=replace(state.day, orders=(*state.day.orders, order)))


def remove_orders(state: DayState, order_keys: Collection[str]) -> DayState:
    """The day without these orders, on no route any more."""
    gone = frozenset(order_keys)
    orders = tuple(order for order in state.day.orders if order.key not in gone)
    trimmed = replace(state, day=replace(state.day, orders=orders))
    return _without_orders(trimmed, gone)


def set_position(state: DayState, order_key: str, location: Location | None) -> DayState:
    """Give an order its position on the map (or take it away, which also takes it off its route)."""
    order = state.day.order_by_key[order_key]
    moved = change_orders(state, [replace(order, location=location)])
    return _without_orders(moved, frozenset((order_key,))) if location is None else moved


def change_fleet(state: DayState, vehicles: Sequence[Vehicle], depots: Sequence[Depot]) -> DayState:
    """The day with another fleet; orders of vehicles that are gone or not used today are unassigned."""
    day = replace(state.day, vehicles=tuple(vehicles), depots=tuple(depots))
    if state.assignment is None:
        return replace(state, day=day)
    usable = {vehicle.key for vehicle in vehicles if vehicle.active}
    routes = {
        route.vehicle_key: list(route.order_keys)
        for route in state.assignment.routes
        if route.vehicle_key in usable
    }
    assignment = _assignment(routes, state.assignment)
    return replace(state, day=day, assignment=assignment)


def change_settings(state: DayState, settings: DaySettings) -> DayState:
    """The day under other settings."""
    return replace(state, day=replace(state.day, settings=settings))


def change_date(state: DayState, new_date: date) -> DayState:
    """Another date for the day.

    When the sheet had orders for that date too, they become the ones to plan and the others wait for their
    own day. Otherwise it is the same work on another date: orders that were for the old one move along.
    """
    if not any(order.delivery_date == new_date for order in state.day.orders):
        orders = tuple(
            replace(order, delivery_date=new_date) if order.delivery_date == state.day.date else order
            for order in state.day.orders
        )
        return replace(state, day=replace(state.day, date=new_date, orders=orders))
    elsewhere = frozenset(
        order.key for order in state.day.orders if order.delivery_date not in (None, new_date)
    )
    return _without_orders(replace(state, day=replace(state.day, date=new_date)), elsewhere)


def clear_plan(state: DayState) -> DayState:
    """The day without its plan."""
    return replace(state, assignment=None, timetable=None, solve_s=0.0, solved_by="", certified="")


def dismiss_problems(state: DayState, order_keys: Collection[str]) -> DayState:
    """A person has looked at these orders: no longer marked as needing attention."""
    seen = frozenset(order_keys)
    looked_at = [
        replace(order, attention=False) for order in state.day.orders if order.key in seen and order.attention
    ]
    return change_orders(state, looked_at)


def empty_state(today: date, settings: DaySettings | None = None) -> DayState:
    """A day with nothing in it."""
    return DayState(day=Day(date=today, settings=settings or DaySettings()))


def _without_orders(state: DayState, gone: frozenset[str]) -> DayState:
    if state.assignment is None:
        return state
    routes = {
        route.vehicle_key: [key for key in route.order_keys if key not in gone]
        for route in state.assignment.routes
    }
    return replace(state, assignment=_assignment(routes, state.assignment))


def _assignment(routes: dict[str, list[str]], before: Assignment) -> Assignment:
    """Empty routes are left out; a lock on an order that is on no route means nothing."""
    kept = tuple(RouteOrders(key, tuple(keys)) for key, keys in routes.items() if keys)
    on_routes = frozenset(key for route in kept for key in route.order_keys)
    return Assignment(kept, before.locked & on_routes, before.frozen & on_routes)
