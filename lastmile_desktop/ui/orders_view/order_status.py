"""Where an order stands: on a route, unassigned, without a position, or waiting for a person to look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from lastmile_desktop.model import DayState, Order


class OrderFilter(Enum):
    """The quick filters. Planned and unassigned part the orders; the other two are in either of them.

    An order that needs attention and has no position counts once, as the status and the head line say it.
    """

    ALL = auto()
    ATTENTION = auto()
    WAITING = auto()
    UNASSIGNED = auto()
    PLANNED = auto()


@dataclass(frozen=True, slots=True)
class OrderStatus:
    """What the status cell says. ``sign`` never stands alone: ``text`` says the same in words.

    ``vehicle_index`` is the place of the route's vehicle in the fleet (its colour), None when on no route.
    ``tone`` is "", "warning" or "muted"; ``why`` is a longer sentence, "" when there is nothing to add.
    """

    sign: str
    text: str
    vehicle_index: int | None = None
    tone: str = ""
    why: str = ""


class StatusBook:
    """Looks up the status of every order of one state."""

    def __init__(self, state: DayState) -> None:
        self._vehicles = {vehicle.key: (i, vehicle.name) for i, vehicle in enumerate(state.day.vehicles)}
        self._place = _places(state)
        unassigned = state.timetable.unassigned if state.timetable is not None else ()
        self._reasons: Mapping[str, str] = {entry.order_key: entry.message for entry in unassigned}
        self._remarks: dict[tuple[str, int], str] = {}
        for problem in state.problems:
            self._remarks.setdefault((problem.sheet, problem.row), problem.message)

    def status(self, order: Order) -> OrderStatus:
        """The status of one order of the state."""
        place = self._place.get(order.key)
        why = self._reasons.get(order.key, "")
        if place is None:
            if order.attention:
                return OrderStatus("!", "Needs attention", None, "warning", self._remark(order) or why)
            if order.location is None:
                return OrderStatus("?", "Waits for a position", None, "warning", why)
            return OrderStatus("○", "Unassigned", None, "muted", why)
        index, name = self._vehicles[place[0]]
        if order.attention:
            return OrderStatus("!", f"Needs attention, {name}", index, "warning", self._remark(order))
        return OrderStatus("", f"{name}, stop {place[1]}", index)

    def route_name(self, order: Order) -> str:
        """Name of the vehicle whose route has the order, "" when none has."""
        place = self._place.get(order.key)
        return "" if place is None else self._vehicles[place[0]][1]

    def sort_key(self, order: Order) -> tuple[int, int, int]:
        """What needs a person first, then the unassigned, then route by route in driving order."""
        place = self._place.get(order.key)
        route, stop = (-1, 0) if place is None else (self._vehicles[place[0]][0], place[1])
        first = 0 if order.attention else 1 if order.location is None else 2
        return first, route, stop

    def accepts(self, order: Order, chosen: OrderFilter) -> bool:
        """True when the order belongs to the quick filter."""
        if chosen is OrderFilter.ATTENTION:
            return order.attention
        if chosen is OrderFilter.WAITING:
            return order.location is None and not order.attention
        if chosen is OrderFilter.UNASSIGNED:
            return order.key not in self._place
        if chosen is OrderFilter.PLANNED:
            return order.key in self._place
        return True

    def is_planned(self, order: Order) -> bool:
        """True when the order is on a route."""
        return order.key in self._place

    def _remark(self, order: Order) -> str:
        if order.source is None:
            return ""
        return self._remarks.get((order.source.sheet, order.source.row), "")


def _places(state: DayState) -> dict[str, tuple[str, int]]:
    """Vehicle and stop number of every planned order; orders at one door share a number."""
    places: dict[str, tuple[str, int]] = {}
    known = state.day.vehicle_by_key
    if state.timetable is not None:
        for route in state.timetable.routes:
            stops = (visit for visit in route.visits if visit.order_keys)
            for number, visit in enumerate(stops, start=1):
                places.update((key, (route.vehicle_key, number)) for key in visit.order_keys)
    elif state.assignment is not None:
        for listed in state.assignment.routes:
            places.update((key, (listed.vehicle_key, n)) for n, key in enumerate(listed.order_keys, start=1))
    return {key: place for key, place in places.items() if place[0] in known}
