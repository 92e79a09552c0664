"""What typing into the orders table does to the day, as pure functions from one state to the next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from lastmile_desktop.model import DayState, Location, Order, Severity, SheetProblem
from lastmile_desktop.pipeline import edits
from lastmile_desktop.ui.orders_view.order_columns import Values

#: Which cell answers a remark of this category; others are about the order as a whole.
FIELD_OF_CATEGORY = {
    "bad_time": "windows",
    "bad_window": "windows",
    "bad_coords": "location",
    "missing_location": "location",
    "waiting_for_position": "location",
    "far_away": "location",
    "duplicate_id": "id",
    "missing_id": "id",
    "bad_quantity": "quantity_milli",
    "bad_weight": "weight_g",
    "bad_volume": "volume_cm3",
    "bad_duration": "service_s",
    "bad_priority": "priority",
    "bad_kind": "kind",
    "bad_phone": "phone",
}
PositionMemory = Callable[[str, str], Location | None]


def no_memory(_name: str, _address: str) -> Location | None:
    """The memory that knows nobody."""
    return None


def with_values(
    state: DayState, order_keys: Collection[str], values: Values, position_of: PositionMemory = no_memory
) -> DayState:
    """The day with new field values in some orders; what the sheet remarked about these fields is answered.

    A new address without a new position takes the position remembered for it. Without one the old position
    stays, and the order is marked for a look: the van would drive to the old door.
    """
    changed = [
        _with_address_followed(state.day.order_by_key[key], values, position_of)
        for key in order_keys
        if key in state.day.order_by_key
    ]
    if values.get("location", 0) is None:
        for order in changed:
            state = edits.set_position(state, order.key, None)
    answered = answered_problems(state, changed, values)
    return without_problems(edits.change_orders(state, changed), answered)


def _with_address_followed(order: Order, values: Values, position_of: PositionMemory) -> Order:
    after = replace(order, **values)
    if "address" not in values or "location" in values or _same(order.address, after.address):
        return after
    known = position_of(after.name, after.address)
    if known is not None:
        return replace(after, location=known)
    return after if after.location is None else replace(after, attention=True)


def address_needs_look(before: Order, after: Order) -> bool:
    """True when the address changed and the position did not."""
    return (
        not _same(before.address, after.address)
        and after.location is not None
        and after.location == before.location
    )


def problems_of(state: DayState, order: Order) -> list[SheetProblem]:
    """The remarks about one order: those of its row in the sheet."""
    if order.source is None:
        return []
    place = (order.source.sheet, order.source.row)
    return [
        problem
        for problem in state.problems
        if (problem.sheet, problem.row) == place and problem.severity is not Severity.ERROR
    ]


def answered_problems(state: DayState, orders: Iterable[Order], values: Values) -> list[SheetProblem]:
    """The remarks that new values in these fields answer."""
    return [
        problem
        for order in orders
        for problem in problems_of(state, order)
        if FIELD_OF_CATEGORY.get(problem.category) in values
    ]


def without_problems(state: DayState, gone: Collection[SheetProblem]) -> DayState:
    """The day after a person dealt with remarks; orders without any left to look at are no longer marked."""
    if not gone:
        return state
    leaving = set(gone)
    rows = {(problem.sheet, problem.row) for problem in leaving}
    left = tuple(problem for problem in state.problems if problem not in leaving)
    state = replace(state, problems=left)
    open_rows = {(problem.sheet, problem.row) for problem in left if problem.severity is Severity.ATTENTION}
    settled = [
        order.key
        for order in state.day.orders
        if order.attention
        and order.source is not None
        and (place := (order.source.sheet, order.source.row)) in rows
        and place not in open_rows
    ]
    return edits.dismiss_problems(state, settled) if settled else state


def looked_at(state: DayState, order_keys: Collection[str]) -> DayState:
    """A person has looked at these orders: their remarks go and they are no longer marked.

    A remark that the order waits for a position stays as long as it does.
    """
    orders = [order for order in state.day.orders if order.key in set(order_keys)]
    gone = {
        problem
        for order in orders
        for problem in problems_of(state, order)
        if not (problem.category == "waiting_for_position" and order.location is None)
    }
    kept = tuple(problem for problem in state.problems if problem not in gone)
    if len(kept) != len(state.problems):
        state = replace(state, problems=kept)
    marked = [order.key for order in orders if order.attention]
    return edits.dismiss_problems(state, marked) if marked else state


def _same(first: str, second: str) -> bool:
    return " ".join(first.casefold().split()) == " ".join(second.casefold().split())
