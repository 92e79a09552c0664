"""An independent look at a plan: is it true, complete and allowed?

Shares no code with the search or the evaluator: everything is computed again from the day, the travel model
and the timetable's own words, so that an error there cannot hide here. Run before a plan is shown as valid
or printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from lastmile_desktop.engine.check_company import Shipment, check_company, loads_aboard, shipments_of
from lastmile_desktop.model import (
    Assignment,
    Break,
    Day,
    Load,
    Location,
    Order,
    OrderKind,
    RouteTimetable,
    Timetable,
    TravelMatrix,
    TravelModel,
    Vehicle,
    Violation,
    Visit,
    VisitKind,
)


def check(
    day: Day, timetable: Timetable, travel: TravelModel, assignment: Assignment | None = None
) -> tuple[Violation, ...]:
    """All rules that ``timetable`` breaks, each with a code and a sentence; empty = the plan is valid.

    Codes of wrong books: unknown_vehicle, unknown_order, duplicate, missing, empty_route, kind, place,
    travel, arrival, service, lateness, end, load, peak_load, cost, roads. Codes of broken rules: window,
    shift, depot_hours, break_missing, break_time, capacity, skill, max_stops, max_distance, max_duration,
    unreachable, no_position, inactive, other_day, vehicle_ban (an order is on a vehicle it must not go with),
    shipment (half, split or in the wrong sequence), same_van, position (first or last), before. With
    ``assignment``: assignment, when the timetable does not follow it.
    """
    found: list[Violation] = []
    found.extend(_check_coverage(day, timetable))
    if timetable.roads != travel.source:
        found.append(Violation("roads", f"The times come from {timetable.roads}, not from {travel.source}."))
    if assignment is not None:
        found.extend(_check_assignment(day, timetable, assignment))
    shipments = shipments_of(day)[0]
    for route in timetable.routes:
        vehicle = day.vehicle_by_key.get(route.vehicle_key)
        if vehicle is None:
            text = f"A route belongs to the unknown vehicle {route.vehicle_key}."
            found.append(Violation("unknown_vehicle", text, route.vehicle_key))
        elif all(key in day.order_by_key for key in route.order_keys):
            found.extend(_RouteCheck(day, route, vehicle, travel, shipments).run())
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


class _Legs:
    """Seconds and metres between the places of one route, from a matrix over just these."""

    def __init__(self, day: Day, route: RouteTimetable, vehicle: Vehicle, travel: TravelModel) -> None:
        keys = [key for key in (vehicle.start_depot, vehicle.end_depot) if key is not None]
        spots = [day.depot_by_key[key].location for key in keys] + [visit.location for visit in route.visits]
        places = tuple(dict.fromkeys(spot for spot in spots if spot is not None))
        self._number = {place: number for number, place in enumerate(places)}
        self._matrix: TravelMatrix = travel.matrix(places)

    def leg(self, start: Location, end: Location) -> tuple[int, int]:
        """(seconds, metres); seconds are negative when there is no way."""
        row, column = self._number[start], self._number[end]
        return int(self._matrix.duration_s[row, column]), int(self._matrix.distance_m[row, column])


class _RouteCheck:
    def __init__(
        self,
        day: Day,
        route: RouteTimetable,
        vehicle: Vehicle,
        travel: TravelModel,
        shipments: Mapping[str, Shipment],
    ) -> None:
        self._shipments = shipments
        self._day, self._route, self._vehicle = day, route, vehicle
        self._legs = _Legs(day, route, vehicle, travel)
        self._orders = [day.order_by_key[key] for key in route.order_keys]
        self._found: list[Violation] = []

    def run(self) -> list[Violation]:
        """All violations of this route."""
        if not self._orders:
            self._report("empty_route", "has a route without orders")
        if not self._vehicle.active:
            self._report("inactive", "is not in use today but has a route")
        self._check_visits()
        self._check_end()
        self._check_hours()
        self._check_breaks()
        self._check_loads()
        self._check_limits()
        self._check_cost()
        return self._found

    def _report(self, code: str, text: str, order: Order | None = None) -> None:
        subject = self._vehicle.name if order is None else f"Order {order.id} on {self._vehicle.name}"
        key = None if order is None else order.key
        self._found.append(Violation(code, f"{subject} {text}.", self._vehicle.key, key))

    def _check_visits(self) -> None:
        depot = self._day.depot_by_key[self._vehicle.start_depot]
        here, time_s = depot.location, self._route.start_s
        for visit in self._route.visits:
            order = self._order_of(visit)
            if order is not None:
                self._check_service(visit, order)
            self._check_leg(visit.drive_s, visit.distance_m, here, visit.location, order)
            if visit.arrive_s != time_s + visit.drive_s:
                self._report(
                    "arrival", f"is reached at {_clock(visit.arrive_s)}, which does not add up", order
                )
            if not visit.arrive_s <= visit.start_s <= visit.leave_s:
                self._report("service", "is served before the vehicle is there", order)
            here, time_s = visit.location, visit.leave_s

    def _order_of(self, visit: Visit) -> Order | None:
        orders = [self._day.order_by_key[key] for key in visit.order_keys]
        if (visit.kind in (VisitKind.DELIVERY, VisitKind.PICKUP)) != (len(orders) == 1):
            self._report("kind", f"has a {visit.kind} visit with {len(orders)} orders")
        return orders[0] if orders else None

    def _check_service(self, visit: Visit, order: Order) -> None:
        wanted = VisitKind.PICKUP if order.kind == OrderKind.PICKUP else VisitKind.DELIVERY
        if visit.kind != wanted:
            self._report("kind", f"is a {order.kind}, but the visit is a {visit.kind}", order)
        if not _is_for(order, self._day):
            self._report("other_day", f"is for {order.delivery_date}, not for this day", order)
        if visit.location != order.location:
            self._report("place", "is visited at another place than its own", order)
        if visit.leave_s - visit.start_s != order.service_s:
            self._report("service", f"does not get its {order.service_s // 60} minutes", order)
        late = _lateness(order, visit.start_s)
        if late != visit.late_s:
            self._report("lateness", f"is {late} s late, but the timetable says {visit.late_s} s", order)
        if late > 0:
            self._report("window", f"starts at {_clock(visit.start_s)}, {_minutes(late)} too late", order)
        elif late < 0:
            self._report("window", f"starts at {_clock(visit.start_s)}, outside its time windows", order)
        missing = order.skills - self._vehicle.skills
        if missing:
            self._report(
                "skill", f"needs {', '.join(sorted(missing))}, which the vehicle does not have", order
            )

    def _check_leg(
        self, drive_s: int, distance_m: int, start: Location | None, end: Location | None, order: Order | None
    ) -> None:
        if start is None or end is None:
            self._report("no_position", "is planned without a position on the map", order)
            return
        seconds, metres = self._legs.leg(start, end)
        if seconds < 0:
            self._report("unreachable", "cannot be reached: there is no road", order)
        elif (seconds, metres) != (drive_s, distance_m):
            self._report(
                "travel", f"is {seconds} s and {metres} m away, not {drive_s} s and {distance_m} m", order
            )

    def _check_end(self) -> None:
        route, end_key = self._route, self._vehicle.end_depot
        last = route.visits[-1] if route.visits else None
        left_s = route.start_s if last is None else last.leave_s
        if end_key is None:
            if route.last_drive_s or route.last_distance_m:
                self._report("travel", "drives back although its route is open")
            opens = None
        else:
            depot = self._day.depot_by_key[end_key]
            opens = depot.opens_s
            here = last.location if last else self._day.depot_by_key[self._vehicle.start_depot].location
            self._check_leg(route.last_drive_s, route.last_distance_m, here, depot.location, None)
        arrival = left_s + route.last_drive_s
        if route.end_s != max(arrival, opens or 0):
            self._report("end", f"ends at {_clock(route.end_s)}, but is back at {_clock(arrival)}")

    def _check_hours(self) -> None:
        route, vehicle = self._route, self._vehicle
        if route.start_s < vehicle.shift_start_s:
            self._report("shift", f"leaves at {_clock(route.start_s)}, before its shift")
        if route.end_s > vehicle.shift_end_s:
            over = route.end_s - vehicle.shift_end_s
            self._report("shift", f"is back at {_clock(route.end_s)}, {_minutes(over)} after its shift ends")
        start = self._day.depot_by_key[vehicle.start_depot]
        end = None if vehicle.end_depot is None else self._day.depot_by_key[vehicle.end_depot]
        too_early = start.opens_s is not None and route.start_s < start.opens_s
        too_late = start.closes_s is not None and route.start_s > start.closes_s
        if too_early or too_late:
            self._report("depot_hours", f"leaves {start.name} at {_clock(route.start_s)}, when it is closed")
        if end is not None and end.closes_s is not None and route.end_s > end.closes_s:
            self._report("depot_hours", f"is back at {end.name} at {_clock(route.end_s)}, when it is closed")

    def _check_breaks(self) -> None:
        rests = [visit for visit in self._route.visits if visit.kind == VisitKind.BREAK]
        open_breaks = sorted(self._vehicle.breaks, key=lambda rule: (rule.earliest_s, rule.latest_s))
        for visit in rests:
            length = visit.leave_s - visit.start_s
            fitting = [rule for rule in open_breaks if rule.duration_s == length]
            timely = [rule for rule in fitting if rule.earliest_s <= visit.start_s <= rule.latest_s]
            if not fitting:
                self._report(
                    "break_time",
                    f"rests {_minutes(length)} at {_clock(visit.start_s)}, which no break allows",
                )
                continue
            if not timely:
                self._report(
                    "break_time", f"has its break at {_clock(visit.start_s)}, outside the time for it"
                )
            late = max(0, visit.start_s - (timely or fitting)[0].latest_s)
            if late != visit.late_s:
                self._report(
                    "lateness", f"has a break {late} s late, but the timetable says {visit.late_s} s"
                )
            open_breaks.remove((timely or fitting)[0])
        for rule in open_breaks:
            if not self._free_for(rule):
                self._report(
                    "break_missing",
                    f"works through its break between {_clock(rule.earliest_s)} and {_clock(rule.latest_s)}",
                )

    def _free_for(self, rule: Break) -> bool:
        """True when the break fits in before the vehicle leaves or after it is back."""
        before = rule.earliest_s + rule.duration_s <= self._route.start_s
        return before or self._route.end_s <= rule.latest_s

    def _check_loads(self) -> None:
        loads = loads_aboard(self._shipments, self._orders)
        if loads[0] != self._route.start_load:
            self._report("load", "does not start with the goods of its deliveries")
        served = 0
        for visit in self._route.visits:
            served += len(visit.order_keys)
            if loads[served] != visit.load:
                self._report(
                    "load", f"carries another load at {_clock(visit.leave_s)} than the timetable says"
                )
        peak = Load(*(max(column) for column in zip(*(load.as_tuple for load in loads), strict=True)))
        if peak != self._route.peak_load:
            self._report("peak_load", "has another largest load than the timetable says")
        words = ("pieces", "kg", "m³")
        scales = (1000, 1000, 1_000_000)
        limits = self._vehicle.capacity.as_tuple
        for amount, limit, word, scale in zip(peak.as_tuple, limits, words, scales, strict=True):
            if limit is not None and amount > limit:
                self._report(
                    "capacity", f"carries {amount / scale:g} {word}, but holds only {limit / scale:g}"
                )

    def _check_limits(self) -> None:
        route, vehicle = self._route, self._vehicle
        stops = sum(1 for visit in route.visits if visit.order_keys)
        if vehicle.max_stops is not None and stops > vehicle.max_stops:
            self._report("max_stops", f"has {stops} stops, more than its {vehicle.max_stops}")
        metres = sum(visit.distance_m for visit in route.visits) + route.last_distance_m
        if vehicle.max_distance_m is not None and metres > vehicle.max_distance_m:
            limit = vehicle.max_distance_m / 1000
            self._report("max_distance", f"drives {metres / 1000:.1f} km, more than its {limit:.1f} km")
        length = route.end_s - route.start_s
        if vehicle.max_duration_s is not None and length > vehicle.max_duration_s:
            self._report(
                "max_duration", f"works {_minutes(length)}, more than its {_minutes(vehicle.max_duration_s)}"
            )

    def _check_cost(self) -> None:
        route, vehicle = self._route, self._vehicle
        metres = sum(visit.distance_m for visit in route.visits) + route.last_distance_m
        length = route.end_s - route.start_s
        # In 1/18000 cents everything is whole: 1000 m and 3600 s both divide it.
        exact = (
            vehicle.fixed_cost_cents * 18000
            + vehicle.cost_per_km_cents * metres * 18
            + vehicle.cost_per_hour_cents * length * 5
        )
        if not 0 <= exact + 9000 - route.cost_cents * 18000 < 18000:
            self._report("cost", f"costs {exact / 1800000:.2f}, not {route.cost_cents / 100:.2f}")


def _lateness(order: Order, start_s: int) -> int:
    """Seconds beyond the last window; 0 inside a window; negative before the first or between two."""
    if not order.windows:
        return 0
    latest: int | None = 0
    for window in order.windows:
        after = window.start_s is None or start_s >= window.start_s
        before = window.end_s is None or start_s <= window.end_s
        if after and before:
            return 0
        latest = None if window.end_s is None or latest is None else max(latest, window.end_s)
    if latest is None or start_s <= latest:
        return -1
    return start_s - latest


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"


def _minutes(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02d} min"
