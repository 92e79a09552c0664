"""What a visit is about when it serves several orders at one door: names, windows and loads together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lastmile_desktop.model import (
    Day,
    DayState,
    Load,
    Order,
    RouteTimetable,
    Timetable,
    TimeWindow,
    Unassigned,
    UnassignedReason,
    Visit,
)

#: Where a side of a window is open; no shift of a day reaches this far.
_NEVER_S = 10**9

#: Stands for the timetable of a day that nobody has planned.
NOT_PLANNED_YET = Timetable(routes=(), unassigned=(), roads="straight-line")


def orders_of(visit: Visit, day: Day) -> tuple[Order, ...]:
    """The orders that the visit serves, in its own order. Raises KeyError for an order the day lacks."""
    return tuple(day.order_by_key[key] for key in visit.order_keys)


def distinct(orders: Iterable[Order], of: Callable[[Order], str]) -> tuple[str, ...]:
    """The different non-empty texts of ``orders``, in the order of first appearance."""
    return tuple(dict.fromkeys(text for text in map(of, orders) if text.strip()))


def common_windows(orders: Sequence[Order]) -> tuple[TimeWindow, ...]:
    """The windows in which all ``orders`` of one visit can be served; () = any time.

    When the orders' windows have nothing in common, all of them are given: the driver must see each.
    """
    common: tuple[TimeWindow, ...] = ()
    for order in orders:
        if not order.windows:
            continue
        if not common:
            common = order.windows
            continue
        common = tuple(_overlaps(common, order.windows))
        if not common:
            return tuple(dict.fromkeys(window for each in orders for window in each.windows))
    return common


def _overlaps(first: Sequence[TimeWindow], second: Sequence[TimeWindow]) -> Iterable[TimeWindow]:
    for one in first:
        for other in second:
            start = max(one.start_s or 0, other.start_s or 0)
            end = min(_end(one), _end(other))
            if start <= end:
                open_start = one.start_s is None and other.start_s is None
                yield TimeWindow(None if open_start else start, None if end == _NEVER_S else end)


def _end(window: TimeWindow) -> int:
    return _NEVER_S if window.end_s is None else window.end_s


def total_load(orders: Iterable[Order]) -> Load:
    """The goods of all ``orders`` together, deliveries and pickups alike."""
    total = Load()
    for order in orders:
        total += order.load
    return total


def numbered(route: RouteTimetable) -> list[tuple[int | None, Visit]]:
    """The route's visits with their stop numbers from 1; breaks and reloads have none."""
    result: list[tuple[int | None, Visit]] = []
    stop = 0
    for visit in route.visits:
        if visit.order_keys:
            stop += 1
            result.append((stop, visit))
        else:
            result.append((None, visit))
    return result


def left_out(state: DayState) -> list[Unassigned]:
    """Every order of the day that is on no route, each with its reason.

    First those of the timetable, then orders that it does not know at all: they came in after it was made,
    or nothing was planned yet. So no order is ever missing from what leaves the program.
    """
    timetable = state.timetable or NOT_PLANNED_YET
    named = {one.order_key for one in timetable.unassigned}
    named.update(key for route in timetable.routes for key in route.order_keys)
    unknown = (order for order in state.day.orders if order.key not in named)
    return [*timetable.unassigned, *map(_unplanned, unknown)]


def _unplanned(order: Order) -> Unassigned:
    if order.location is None:
        return Unassigned(
            order.key,
            UnassignedReason.WAITING_FOR_POSITION,
            "The address has no position on the map yet. Place it, then plan again.",
        )
    return Unassigned(
        order.key, UnassignedReason.DROPPED, "The day was not planned since this order came in. Plan again."
    )
