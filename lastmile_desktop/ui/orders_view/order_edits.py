"""What typing into the orders table does to the day, as pure functions from one state to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from lastmile_desktop.addresses.search import Candidate
from lastmile_desktop.model import DayState, Location, Order, Severity, SheetProblem
from lastmile_desktop.model.placing import PlaceSource, Placing
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.places import UNSURE, WAITING, FoundPlaces, PositionMemory, confirmed, placed
from lastmile_desktop.ui.orders_view.order_columns import Values

#: Which field a remark of this category is about; two categories need the words of the remark too.
_FIELD_OF_CATEGORY = {
    "bad_coords": "location",
    UNSURE: "location",
    "missing_location": "location",
    "waiting_for_position": "location",
    "duplicate_id": "id",
    "bad_priority": "priority",
    "bad_kind": "kind",
    "urgent": "windows",
    "day_part": "windows",
    "other_day": "windows",
    "window_day": "windows",
    "position_in_address": "location",
}
_FIELD_OF_WORDS = {
    "bad_time": (("service time", "service_s"), ("", "windows")),
    "bad_number": (("weight", "weight_g"), ("volume", "volume_cm3"), ("quantity", "quantity_milli")),
}


def no_memory(_name: str, _address: str) -> Location | None:
    """The memory that knows nobody."""
    return None


def field_of(problem: SheetProblem) -> str | None:
    """The order's field that a remark is about, None when it is about the order as a whole."""
    beginning = problem.message[:24].lower()
    for words, field in _FIELD_OF_WORDS.get(problem.category, ()):
        if words in beginning:
            return field
    return _FIELD_OF_CATEGORY.get(problem.category)


def with_values(
    state: DayState, order_keys: Collection[str], values: Values, position_of: PositionMemory = no_memory
) -> DayState:
    """The day with new field values in some orders; what the sheet remarked about these fields is answered.

    A position that a person gives counts as confirmed. A new address without a new position takes the one
    remembered for it. Without one the old position stays, and the order is marked for a look: the van would
    drive to the old door.
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
    if "location" in values:
        return _placed_by_person(order, after)
    if "address" not in values or _same(order.address, after.address):
        return after
    known = position_of(after.name, after.address)
    if known is not None:
        return confirmed(after, known)
    return after if after.location is None else replace(after, attention=True, placing=None)


def _placed_by_person(before: Order, after: Order) -> Order:
    if after.location is None:
        return replace(after, placing=None)
    # What was marked only for its uncertain place needs no look any more; a sheet's remarks go on their own.
    unsure = before.placing is not None and before.placing.needs_a_look
    attention = after.attention and not (unsure and after.source is None)
    found = after.placing.found if after.placing is not None and after.placing != before.placing else ""
    sure = confirmed(replace(after, attention=attention), after.location)
    return replace(sure, placing=replace(sure.placing, found=found)) if sure.placing else sure


def with_place(state: DayState, order_key: str, candidate: Candidate) -> DayState:
    """The day with an order at the place that a person picked for it."""
    chosen = with_values(state, [order_key], {"location": candidate.location})
    order = chosen.day.order_by_key[order_key]
    placing = Placing(
        candidate.level, PlaceSource.CONFIRMED, candidate.score, candidate.spread_m, candidate.text
    )
    return edits.change_orders(chosen, [replace(order, placing=placing)])


def readdressed(
    state: DayState, before: DayState, order_keys: Collection[str], places: FoundPlaces
) -> DayState:
    """The day with orders whose address is new where the region has that address.

    What a person confirmed for the new address stays. An address that is not found leaves the order where it
    was, marked for a look.
    """
    targets = []
    for key in order_keys:
        order, old = state.day.order_by_key.get(key), before.day.order_by_key.get(key)
        if order is None or old is None or _same(order.address, old.address):
            continue
        remembered = order.location != old.location
        answer = places.of(order)
        if not remembered and answer is not None and (answer.location or order.location is None):
            targets.append(replace(order, location=None, attention=old.attention))
    if not targets:
        return state
    orders, problems = placed(tuple(targets), state.problems, places)
    return edits.change_orders(replace(state, problems=problems), orders)


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


def without_orders(state: DayState, order_keys: Collection[str]) -> DayState:
    """The day without these orders, and without what was remarked about their rows."""
    gone = set(order_keys)
    theirs = {
        problem for order in state.day.orders if order.key in gone for problem in problems_of(state, order)
    }
    kept = tuple(problem for problem in state.problems if problem not in theirs)
    return edits.remove_orders(replace(state, problems=kept) if theirs else state, gone)


def open_problems(state: DayState) -> tuple[SheetProblem, ...]:
    """The remarks that still hold: no order waits for a position that memory or the map has given it."""
    placed = {
        (order.source.sheet, order.source.row)
        for order in state.day.orders
        if order.source is not None and order.location is not None
    }
    return tuple(
        problem
        for problem in state.problems
        if problem.category != WAITING or (problem.sheet, problem.row) not in placed
    )


def answered_problems(state: DayState, orders: Iterable[Order], values: Values) -> list[SheetProblem]:
    """The remarks that new values in these fields answer."""
    return [
        problem for order in orders for problem in problems_of(state, order) if field_of(problem) in values
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
        if not (problem.category == WAITING and order.location is None)
    }
    kept = tuple(problem for problem in state.problems if problem not in gone)
    if len(kept) != len(state.problems):
        state = replace(state, problems=kept)
    marked = [order.key for order in orders if order.attention]
    return edits.dismiss_problems(state, marked) if marked else state


def _same(first: str, second: str) -> bool:
    return " ".join(first.casefold().split()) == " ".join(second.casefold().split())
