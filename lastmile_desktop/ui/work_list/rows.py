"""What the work list shows, as plain values: groups of order rows made from a state. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lastmile_desktop.model import (
    Capacity,
    DayState,
    Load,
    Order,
    RouteTimetable,
    Unassigned,
    Vehicle,
    Visit,
    wording,
)

#: The group of the orders on no route.
UNASSIGNED = ""
_WAITS = "Waits for a position: place it on the map."


class OrderRow(NamedTuple):
    """One order in the list. ``number`` is its place on the route (0 = on no route)."""

    order: Order
    visit: Visit | None
    number: int
    locked: bool
    reason: str

    @property
    def key(self) -> str:
        """The order's key."""
        return self.order.key

    @property
    def title(self) -> str:
        """What people call the order: its customer, else its number."""
        return self.order.name or self.order.id

    @property
    def time(self) -> str:
        """Planned start of service."""
        return "" if self.visit is None else wording.clock(self.visit.start_s)

    @property
    def same_stop(self) -> bool:
        """True for an order that is served at the stop of the row above, at one door."""
        return self.visit is not None and self.visit.order_keys[:1] != (self.order.key,)

    @property
    def late_s(self) -> int:
        """How far the start lies beyond the window."""
        return 0 if self.visit is None else self.visit.late_s

    @property
    def cells(self) -> tuple[str, ...]:
        """The row for the clipboard."""
        return (
            str(self.number or ""),
            self.time,
            self.order.id,
            self.order.name,
            self.order.address,
            wording.windows(self.order.windows),
            wording.load(self.order.load),
            self.order.phone,
            self.reason,
        )


#: Column titles of `OrderRow.cells` after the vehicle's name.
CELL_TITLES = (
    "Vehicle", "No.", "Time", "Order", "Name", "Address", "Window", "Load", "Phone", "Why unassigned",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """A route, or (key "") the orders on no route. ``colour`` is the vehicle's place in the fleet."""

    key: str
    title: str
    driver: str
    colour: int
    rows: tuple[OrderRow, ...]
    total: int
    load_percent: int | None = None
    times: str = ""
    late: int = 0
    broken: int = 0
    planned: bool = True
    stops: int = 0

    @property
    def size(self) -> str:
        """How much it is: "27 stops", "25 stops, 27 orders" where doors are shared, "3 orders"."""
        if self.key == UNASSIGNED or not self.stops:
            return wording.count(self.total, "stop" if self.key != UNASSIGNED else "order")
        stops = wording.count(self.stops, "stop")
        return stops if self.stops == self.total else f"{stops}, {wording.count(self.total, 'order')}"


def groups_of(
    state: DayState, needle: str = "", search_texts: Mapping[str, str] | None = None
) -> list[Group]:
    """Unassigned first, then every vehicle in use in the fleet's order.

    ``needle`` (casefolded) keeps only orders whose text in ``search_texts`` holds it.
    """
    day, timetable = state.day, state.timetable
    locked = state.assignment.locked | state.assignment.frozen if state.assignment else frozenset()
    texts = search_texts or {}

    def wanted(rows: list[OrderRow]) -> tuple[OrderRow, ...]:
        return tuple(row for row in rows if needle in texts.get(row.order.key, "")) if needle else tuple(rows)

    left_out = unassigned_rows(state)
    groups = [
        Group(
            UNASSIGNED,
            "Unassigned" if timetable else "Not planned yet",
            "",
            -1,
            wanted(left_out),
            len(left_out),
            planned=timetable is not None,
        )
    ]
    routes = timetable.route_by_vehicle if timetable else {}
    broken: dict[str | None, int] = {}
    for violation in timetable.violations if timetable else ():
        broken[violation.vehicle_key] = broken.get(violation.vehicle_key, 0) + 1
    for index, vehicle in enumerate(day.vehicles):
        route = routes.get(vehicle.key)
        if vehicle.active or route is not None:
            rows = [] if route is None else _route_rows(route, day.order_by_key, locked)
            groups.append(
                _route_group(vehicle, index, route, wanted(rows), len(rows), broken.get(vehicle.key, 0))
            )
    return groups


def unassigned_rows(state: DayState) -> list[OrderRow]:
    """Rows of the orders on no route; those that wait for a position first before planning."""
    orders = state.day.order_by_key
    if state.timetable is not None:
        return [
            OrderRow(order, None, 0, False, short_reason(order.id, item.message))
            for item in state.timetable.unassigned
            if (order := orders.get(item.order_key)) is not None
        ]
    return [
        OrderRow(order, None, 0, False, "" if order.location else _WAITS)
        for order in sorted(state.day.orders, key=lambda order: order.location is not None)
    ]


def short_reason(order_id: str, message: str) -> str:
    """The reason without the order's number, which the row shows already."""
    text = message.removeprefix(f"{order_id} ").removeprefix("cannot be planned: ")
    return text[:1].upper() + text[1:]


def search_texts(orders: Sequence[Order]) -> dict[str, str]:
    """For each order key the casefolded text that the search looks in."""
    return {
        order.key: " ".join(
            (order.id, order.name, order.address, order.phone, order.notes, *order.skills)
        ).casefold()
        for order in orders
    }


def load_percent(load: Load, capacity: Capacity) -> int | None:
    """How full the fullest dimension is; None when no limit is known."""
    shares = [
        100 * amount / limit if limit else (100.0 if amount else 0.0)
        for amount, limit in zip(load.as_tuple, capacity.as_tuple, strict=True)
        if limit is not None
    ]
    return round(max(shares)) if shares else None


def unassigned_of(state: DayState, order_key: str) -> Unassigned | None:
    """Why an order is on no route, if it is on none."""
    for item in state.timetable.unassigned if state.timetable else ():
        if item.order_key == order_key:
            return item
    return None


def _route_rows(route: RouteTimetable, orders: Mapping[str, Order], locked: frozenset[str]) -> list[OrderRow]:
    rows = []
    number = 0
    for visit in route.visits:
        if visit.order_keys:
            number += 1
        rows += [
            OrderRow(orders[key], visit, number, key in locked, "")
            for key in visit.order_keys
            if key in orders
        ]
    return rows


def _route_group(
    vehicle: Vehicle,
    index: int,
    route: RouteTimetable | None,
    rows: tuple[OrderRow, ...],
    total: int,
    broken: int,
) -> Group:
    if route is None or not total:
        return Group(vehicle.key, vehicle.name, vehicle.driver, index, rows, 0, broken=broken)
    return Group(
        vehicle.key,
        vehicle.name,
        vehicle.driver,
        index,
        rows,
        total,
        load_percent=load_percent(route.peak_load, vehicle.capacity),
        times=f"{wording.clock(route.start_s)}–{wording.clock(route.end_s)}",
        late=sum(1 for visit in route.visits if visit.late_s > 0),
        broken=broken,
        stops=route.stop_count,
    )
