"""Does a plan speak only of orders and vehicles that the day has?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lastmile_desktop.model.day_state import DayState
from lastmile_desktop.model.plan import Assignment, Timetable


def broken_reference(state: DayState) -> str | None:
    """What the plan names that the day does not have, or plans twice; None when all is well.

    A state that breaks this would fail in every room that looks an order up, so it is neither stored nor
    opened. Locks of orders that are gone mean nothing and are let pass.
    """
    orders, vehicles = state.day.order_by_key, state.day.vehicle_by_key
    if state.assignment is not None:
        planned = [key for route in state.assignment.routes for key in route.order_keys]
        if len(set(planned)) != len(planned):
            return "the plan has an order twice"
    for key in _vehicle_keys(state.assignment, state.timetable):
        if key not in vehicles:
            return f"the plan has the vehicle {key!r}, which the day does not have"
    for key in _order_keys(state.assignment, state.timetable):
        if key not in orders:
            return f"the plan has the order {key!r}, which the day does not have"
    return None


def _vehicle_keys(assignment: Assignment | None, timetable: Timetable | None) -> Iterator[str]:
    for routes in (assignment.routes if assignment else (), timetable.routes if timetable else ()):
        for route in routes:
            yield route.vehicle_key


def _order_keys(assignment: Assignment | None, timetable: Timetable | None) -> Iterable[str]:
    if assignment is not None:
        for orders in assignment.routes:
            yield from orders.order_keys
    if timetable is not None:
        for route in timetable.routes:
            yield from route.order_keys
        for unassigned in timetable.unassigned:
            yield unassigned.order_key
