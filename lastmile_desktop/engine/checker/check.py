"""An independent look at a plan: is it true, complete and allowed?

Shares no code with the search or the evaluator: everything is computed again from the day, the travel model
and the timetable's own words, so that an error there cannot hide here. Run before a plan is shown as valid
or printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lastmile_desktop.engine.checker.company import check_company, shipments_of
from lastmile_desktop.engine.checker.route import check_route
from lastmile_desktop.model import (
    Assignment,
    Day,
    Order,
    Timetable,
    TravelModel,
    Vehicle,
    Violation,
)


def check(
    day: Day, timetable: Timetable, travel: TravelModel, assignment: Assignment | None = None
) -> tuple[Violation, ...]:
    """All rules that ``timetable`` breaks, each with a code and a sentence; empty = the plan is valid.

    Codes of wrong books: unknown_vehicle, unknown_order, duplicate, missing, empty_route, kind, place, door
    (one stop with orders that are for several doors or times), travel, arrival, setup, service, lateness,
    reload (not at the start depot, of another length, or with nothing to do before or behind it), end,
    overtime, load, peak_load, cost, roads. Codes of broken rules: window, shift, depot_hours,
    break_missing, break_time, capacity, trips (loads more often than it may), skill, max_stops,
    max_distance, max_duration, unreachable, no_position, inactive, other_day, vehicle_ban (an order is on a
    vehicle it must not go with), shipment (half, split, by a reload too, or in the wrong sequence),
    same_van, position (first or last), before. With ``assignment``: assignment, when the timetable does not
    follow it.
    """
    found: list[Violation] = []
    found.extend(_check_coverage(day, timetable))
    if timetable.roads != travel.source:
        found.append(Violation("roads", f"The times come from {timetable.roads}, not from {travel.source}."))
    if assignment is not None:
        found.extend(_check_assignment(day, timetable, assignment))
    for route in timetable.routes:
        vehicle = day.vehicle_by_key.get(route.vehicle_key)
        if vehicle is None:
            text = f"A route belongs to the unknown vehicle {route.vehicle_key}."
            found.append(Violation("unknown_vehicle", text, route.vehicle_key))
        elif all(key in day.order_by_key for key in route.order_keys):
            found.extend(check_route(day, timetable, route, vehicle, travel))
    found.extend(check_company(day, timetable))
    return tuple(found)


def _check_coverage(day: Day, timetable: Timetable) -> Iterator[Violation]:
    planned = Counter(key for route in timetable.routes for key in route.order_keys)
    named = planned + Counter(entry.order_key for entry in timetable.unassigned)
    for key, count in named.items():
        order = day.order_by_key.get(key)
        if order is None:
            yield Violation("unknown_order", f"The plan names the unknown order {key}.", None, key)
        elif count > 1:
            yield Violation("duplicate", f"Order {order.id} is in the plan {count} times.", None, key)
    for order in day.orders:
        if order.key not in named:
            text = f"Order {order.id} is neither on a route nor among the unassigned orders."
            yield Violation("missing", text, None, order.key)
    vehicles = Counter(route.vehicle_key for route in timetable.routes)
    for key, count in vehicles.items():
        if count > 1:
            yield Violation("duplicate", f"Vehicle {_vehicle_name(day, key)} has {count} routes.", key)


def _check_assignment(day: Day, timetable: Timetable, assignment: Assignment) -> Iterator[Violation]:
    """The timetable's routes are the assignment's, apart from orders and vehicles that cannot be planned."""
    driven = {route.vehicle_key: route.order_keys for route in timetable.routes}
    stray = shipments_of(day)[1]
    for route in assignment.routes:
        vehicle = day.vehicle_by_key.get(route.vehicle_key)
        if vehicle is None or not vehicle.active or not _has_places(day, vehicle):
            continue
        decided = tuple(
            key
            for key in route.order_keys
            if key in day.order_by_key
            and key not in stray
            and day.order_by_key[key].location is not None
            and _is_for(day.order_by_key[key], day)
        )
        if driven.pop(route.vehicle_key, ()) != decided:
            text = f"The timetable of {vehicle.name} does not follow its list of orders."
            yield Violation("assignment", text, vehicle.key)
    for key in driven:
        yield Violation("assignment", f"{_vehicle_name(day, key)} has a route that nobody decided.", key)


def _is_for(order: Order, day: Day) -> bool:
    return order.delivery_date is None or order.delivery_date == day.date


def _has_places(day: Day, vehicle: Vehicle) -> bool:
    keys = [key for key in (vehicle.start_depot, vehicle.end_depot) if key is not None]
    return all(day.depot_by_key[key].location is not None for key in keys)


def _vehicle_name(day: Day, key: str) -> str:
    vehicle = day.vehicle_by_key.get(key)
    return key if vehicle is None else vehicle.name
