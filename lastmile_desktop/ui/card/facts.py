"""What the card says about an order or a route, as plain values worded for the dispatcher. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import starmap
from typing import TYPE_CHECKING

from lastmile_desktop.model import (
    Capacity,
    DayState,
    Load,
    Order,
    OrderKind,
    Priority,
    RouteTimetable,
    SheetProblem,
    Vehicle,
    Visit,
    wording,
)
from lastmile_desktop.pipeline.customers import remembered_values
from lastmile_desktop.pipeline.rule_lines import order_rule_lines, vehicle_rule_lines
from lastmile_desktop.ui.orders_view.place_words import place_tip
from lastmile_desktop.ui.work_list.rows import load_percent, unassigned_of

if TYPE_CHECKING:
    from lastmile_desktop.store.customers import Customer


@dataclass(frozen=True)
class Fact:
    """A line of the card. ``role`` is "" or one of the style sheet ("danger", "warning", "ok", "muted")."""

    label: str
    value: str
    role: str = ""


@dataclass(frozen=True)
class Section:
    """Lines that belong together under a title."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class CardContent:
    """All that a card shows. ``alerts`` are sentences with their kind ("danger", "warning")."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    alerts: tuple[tuple[str, str], ...] = ()
    colour: int = -1


_NO_POSITION = (
    "This order cannot be planned without a position. Place it on the map, or add coordinates to the sheet."
)


def order_content(state: DayState, key: str, customer: Customer | None = None) -> CardContent:
    """The card of an order; ``customer`` is what is remembered of them. Raises KeyError."""
    order = state.day.order_by_key[key]
    vehicle, number, visit = _visit_of(state, key)
    sections = [
        Section("Plan", tuple(_plan_facts(state, order, vehicle, number, visit))),
        Section("Customer", (*_customer_facts(order), *_remembered_facts(order, customer))),
        Section("Goods", tuple(_goods_facts(order))),
        Section("Rules", tuple(starmap(Fact, order_rule_lines(state.day, order)))),
        Section("Source", tuple(_source_facts(state, order))),
    ]
    index = state.day.vehicles.index(vehicle) if vehicle else -1
    return CardContent(
        title=order.name or order.id,
        subtitle=order.id if order.name else "",
        sections=tuple(section for section in sections if section.facts),
        alerts=tuple(_order_alerts(state, order, visit)),
        colour=index,
    )


def route_content(state: DayState, vehicle_key: str) -> CardContent:
    """The card of a vehicle's route. Raises KeyError for an unknown key."""
    vehicle = state.day.vehicle_by_key[vehicle_key]
    route = state.timetable.route_by_vehicle.get(vehicle_key) if state.timetable else None
    currency = state.day.settings.currency
    sections = []
    if route is not None and route.stop_count:
        sections.append(Section("Day", tuple(_route_facts(route, currency))))
        sections.append(Section("Load", tuple(_load_facts(route.peak_load, vehicle.capacity))))
    sections.append(Section("Vehicle", tuple(_vehicle_facts(state, vehicle))))
    alerts = [
        ("danger", violation.message)
        for violation in (state.timetable.violations if state.timetable else ())
        if violation.vehicle_key == vehicle_key
    ]
    stops = wording.count(route.stop_count, "stop") if route and route.stop_count else "No stops today"
    return CardContent(
        title=vehicle.name,
        subtitle=" · ".join(part for part in (vehicle.driver, stops) if part),
        sections=tuple(section for section in sections if section.facts),
        alerts=tuple(alerts),
        colour=state.day.vehicles.index(vehicle),
    )


def problems_of(state: DayState, order: Order) -> list[SheetProblem]:
    """Remarks of the import about the order's own row."""
    if order.source is None:
        return []
    return [p for p in state.problems if (p.sheet, p.row) == (order.source.sheet, order.source.row)]


def _visit_of(state: DayState, key: str) -> tuple[Vehicle | None, int, Visit | None]:
    for route in state.timetable.routes if state.timetable else ():
        number = 0
        for visit in route.visits:
            number += bool(visit.order_keys)
            if key in visit.order_keys:
                return state.day.vehicle_by_key.get(route.vehicle_key), number, visit
    return None, 0, None


def _apart_at_door(state: DayState, order: Order, visit: Visit) -> list[str]:
    """Numbers of the other planned orders for this door that are not at this stop."""
    doors, planned = state.day.doors, state.assignment.order_keys if state.assignment else frozenset()
    here = doors.get(order.key)
    return [
        other.id
        for other in state.day.orders
        if here is not None
        and other.key in planned
        and other.key not in visit.order_keys
        and doors.get(other.key) == here
    ][:5]


def _plan_facts(
    state: DayState, order: Order, vehicle: Vehicle | None, number: int, visit: Visit | None
) -> Iterable[Fact]:
    yield Fact("Window", wording.windows(order.windows) or "any time")
    if vehicle is None or visit is None:
        if state.timetable is not None:
            yield Fact("Vehicle", "unassigned", "warning")
        return
    locked = state.assignment is not None and order.key in state.assignment.locked
    kept = state.assignment is not None and order.key in state.assignment.frozen
    name = " · ".join(part for part in (vehicle.name, vehicle.driver) if part)
    yield Fact("Vehicle", name + (" (locked)" if locked else " (kept as it is)" if kept else ""))
    others = [state.day.order_by_key[key].id for key in visit.order_keys if key != order.key]
    yield Fact("Stop", f"{number}, together with {', '.join(others)}" if others else f"{number}")
    apart = _apart_at_door(state, order, visit)
    if apart:
        yield Fact("Same door", f"{', '.join(apart)} at another time or with another van", "muted")
    yield Fact("Arrival", wording.clock(visit.arrive_s))
    if visit.wait_s >= 60:
        yield Fact("Waits", wording.duration(visit.wait_s))
    yield Fact("Start", wording.clock(visit.start_s), "danger" if visit.late_s else "")
    if visit.late_s:
        yield Fact("Late by", wording.duration(visit.late_s), "danger")
    yield Fact("Leaves", wording.clock(visit.leave_s))
    yield Fact("Way here", f"{wording.distance(visit.distance_m)}, {wording.duration(visit.drive_s)}")


def _customer_facts(order: Order) -> Iterable[Fact]:
    yield from _given(
        ("Address", order.address), ("Phone", order.phone), ("E-mail", order.email), ("Notes", order.notes)
    )
    if order.location is None:
        yield Fact("Position", "not known yet", "warning")
    else:
        yield Fact("Position", f"{order.location.lat:.5f}, {order.location.lon:.5f}", "muted")
    if order.placing is not None:
        yield Fact("Place", place_tip(order.placing), "warning" if order.placing.needs_a_look else "muted")


def _remembered_facts(order: Order, customer: Customer | None) -> Iterable[Fact]:
    lines = [f"{what} (since {since})" for what, since in remembered_values(order, customer)]
    if lines:
        yield Fact("Remembered", "\n".join(lines), "muted")


def _goods_facts(order: Order) -> Iterable[Fact]:
    if order.kind == OrderKind.PICKUP:
        yield Fact("Kind", "pickup")
    yield Fact("Load", wording.load(order.load) or "none")
    yield Fact("Service", wording.duration(order.service_s))
    if order.skills:
        yield Fact("Needs", ", ".join(sorted(order.skills)))
    if order.priority != Priority.NORMAL:
        yield Fact("Priority", order.priority.value, "warning" if order.priority == Priority.HIGH else "")


def _source_facts(state: DayState, order: Order) -> Iterable[Fact]:
    if order.source is not None:
        yield Fact("Row", f"{order.source.sheet}, row {order.source.row}", "muted")


def _order_alerts(state: DayState, order: Order, visit: Visit | None) -> Iterable[tuple[str, str]]:
    unassigned = unassigned_of(state, order.key)
    if unassigned is not None:
        yield "warning", unassigned.message
    elif order.location is None:
        yield "warning", _NO_POSITION
    if visit is not None and visit.late_s:
        windows = wording.windows(order.windows)
        yield (
            "danger",
            (
                f"Late by {wording.duration(visit.late_s)}: the start is planned for "
                f"{wording.clock(visit.start_s)}, the customer asked for {windows}."
            ),
        )
    for violation in state.timetable.violations if state.timetable else ():
        if violation.order_key == order.key:
            yield "danger", violation.message
    for problem in problems_of(state, order):
        where = f"row {problem.row}" + (f", column {problem.column}" if problem.column else "")
        yield "warning", f"{problem.message} ({problem.sheet}, {where})"


def _route_facts(route: RouteTimetable, currency: str) -> Iterable[Fact]:
    yield Fact("Starts", wording.clock(route.start_s))
    yield Fact("Ends", wording.clock(route.end_s))
    yield Fact("Length", wording.duration(route.duration_s))
    yield Fact("Distance", wording.distance(route.distance_m))
    yield Fact("Driving", wording.duration(route.drive_s))
    yield Fact("Service", wording.duration(route.service_s))
    if route.wait_s >= 60:
        yield Fact("Waiting", wording.duration(route.wait_s))
    if route.break_s:
        yield Fact("Break", wording.duration(route.break_s))
    if route.reload_s:
        yield Fact("Loading again", wording.duration(route.reload_s))
    if route.overtime_s:
        yield Fact("Overtime", wording.duration(route.overtime_s), "warning")
    yield Fact("Cost", wording.money(route.cost_cents, currency))
    if route.late_s:
        yield Fact("Late", wording.duration(route.late_s), "danger")


def _load_facts(load: Load, capacity: Capacity) -> Iterable[Fact]:
    rows = (
        ("Pieces", wording.pieces, load.quantity_milli, capacity.quantity_milli),
        ("Weight", wording.weight, load.weight_g, capacity.weight_g),
        ("Volume", wording.volume, load.volume_cm3, capacity.volume_cm3),
    )
    for label, write, amount, limit in rows:
        if limit is not None:
            share = f" ({round(100 * amount / limit)} %)" if limit else ""
            role = "danger" if amount > limit else ""
            yield Fact(label, f"{write(amount)} of {write(limit)}{share}", role)
        elif amount:
            yield Fact(label, write(amount))


def _vehicle_facts(state: DayState, vehicle: Vehicle) -> Iterable[Fact]:
    depots = state.day.depot_by_key
    start = depots.get(vehicle.start_depot)
    end = depots.get(vehicle.end_depot) if vehicle.end_depot is not None else None
    yield Fact("Shift", f"{wording.clock(vehicle.shift_start_s)}–{wording.clock(vehicle.shift_end_s)}")
    if start is not None:
        yield Fact("From", start.name)
        yield Fact("To", end.name if end is not None else "ends at the last stop")
    if vehicle.skills:
        yield Fact("Skills", ", ".join(sorted(vehicle.skills)))
    yield from starmap(Fact, vehicle_rule_lines(state.day, vehicle))
    if vehicle.max_stops is not None:
        yield Fact("Most stops", f"{vehicle.max_stops}")
    if vehicle.max_distance_m is not None:
        yield Fact("Most km", wording.distance(vehicle.max_distance_m))
    if vehicle.max_duration_s is not None:
        yield Fact("Most hours", wording.duration(vehicle.max_duration_s))


def _given(*pairs: tuple[str, str]) -> Iterable[Fact]:
    return (Fact(label, value) for label, value in pairs if value.strip())


def share_of_load(state: DayState) -> int | None:
    """How full the vehicles on the road are together, in the fullest dimension; None without capacities."""
    load, limits = Load(), [0, 0, 0]
    bound = [True, True, True]
    for route in state.timetable.routes if state.timetable else ():
        vehicle = state.day.vehicle_by_key.get(route.vehicle_key)
        if vehicle is None or not route.stop_count:
            continue
        load = load + route.peak_load
        for at, limit in enumerate(vehicle.capacity.as_tuple):
            bound[at] &= limit is not None
            limits[at] += limit or 0
    known = [limit if bound[at] and limit else None for at, limit in enumerate(limits)]
    return load_percent(load, Capacity(*known))
