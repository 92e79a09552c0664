"""Orders that a vehicle serves one after the other at one door are one stop of the timetable.

The search plans orders; they share the place and so its set-up time. Only what comes out is put together,
so that every search, lock and explanation stays about orders (docs/decisions/0011).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lastmile_desktop.model import Day, Order, Timetable, Visit


def joined_stops(day: Day, timetable: Timetable) -> Timetable:
    """The timetable with one visit for the orders of one door that follow each other without a pause.

    Joined is what the driver can do in one go: the same door, both brought or both collected, nobody late,
    and no waiting in between, the whole stop beginning within the windows of each order. What is not so
    stays a visit of its own.
    """
    if not day.settings.same_door:
        return timetable
    routes = tuple(
        replace(route, visits=joined)
        if len(joined := _joined(day, route.visits)) < len(route.visits)
        else route
        for route in timetable.routes
    )
    same = all(new is old for new, old in zip(routes, timetable.routes, strict=True))
    return timetable if same else replace(timetable, routes=routes)


def apart_stops(day: Day, timetable: Timetable) -> Timetable:
    """The inverse of ``joined_stops``: one visit for each order (its load is that after the whole stop)."""
    routes = tuple(
        replace(route, visits=tuple(one for visit in route.visits for one in _apart(day, visit)))
        if any(len(visit.order_keys) > 1 for visit in route.visits)
        else route
        for route in timetable.routes
    )
    return replace(timetable, routes=routes)


def shared_doors(day: Day) -> dict[int, tuple[Order, ...]]:
    """The doors of the day that more than one order is for, with these orders."""
    doors: dict[int, list[Order]] = {}
    for order in day.orders:
        if order.key in day.doors:
            doors.setdefault(day.doors[order.key].number, []).append(order)
    return {number: tuple(orders) for number, orders in doors.items() if len(orders) > 1}


def _joined(day: Day, visits: Iterable[Visit]) -> tuple[Visit, ...]:
    joined: list[Visit] = []
    for visit in visits:
        if joined and _is_one_stop(day, joined[-1], visit):
            before = joined[-1]
            keys = (*before.order_keys, *visit.order_keys)
            joined[-1] = replace(before, order_keys=keys, leave_s=visit.leave_s, load=visit.load)
        else:
            joined.append(visit)
    return tuple(joined)


def _is_one_stop(day: Day, before: Visit, visit: Visit) -> bool:
    if not before.order_keys or not visit.order_keys or before.kind != visit.kind:
        return False
    in_one_go = visit.start_s == before.leave_s and not (
        visit.drive_s or visit.distance_m or visit.setup_s or visit.late_s or before.late_s
    )
    doors = {day.doors[key].number for key in (*before.order_keys, *visit.order_keys) if key in day.doors}
    return (
        in_one_go
        and len(doors) == 1
        and all(_is_open(day.order_by_key[key], before.start_s) for key in visit.order_keys)
    )


def _is_open(order: Order, time_s: int) -> bool:
    return not order.windows or any(
        (window.start_s is None or window.start_s <= time_s)
        and (window.end_s is None or time_s <= window.end_s)
        for window in order.windows
    )


def _apart(day: Day, visit: Visit) -> Iterable[Visit]:
    if len(visit.order_keys) < 2:
        yield visit
        return
    time_s = visit.start_s
    for number, key in enumerate(visit.order_keys):
        leave_s = time_s + day.order_by_key[key].service_s
        if number:
            yield Visit(visit.kind, (key,), visit.location, 0, 0, time_s, time_s, leave_s, load=visit.load)
        else:
            yield replace(visit, order_keys=(key,), leave_s=leave_s)
        time_s = leave_s
