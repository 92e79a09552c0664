"""The checker's look at one route: every visit, leg, hour, load and cent of it."""

from __future__ import annotations

import math

from lastmile_desktop.engine.checker.company import loads_aboard, shipments_of
from lastmile_desktop.engine.checker.times import drive_seconds, is_free, lateness, pair_breaks
from lastmile_desktop.model import (
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


def check_route(
    day: Day, timetable: Timetable, route: RouteTimetable, vehicle: Vehicle, travel: TravelModel
) -> list[Violation]:
    """All that is wrong with one route of ``timetable``; its vehicle and orders must be the day's."""
    return _RouteCheck(day, timetable, route, vehicle, travel).run()


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
        self, day: Day, timetable: Timetable, route: RouteTimetable, vehicle: Vehicle, travel: TravelModel
    ) -> None:
        self._shipments = shipments_of(day)[0]
        self._day, self._timetable, self._route, self._vehicle = day, timetable, route, vehicle
        self._depots = {depot.location for depot in day.depots}
        self._legs = _Legs(day, route, vehicle, travel)
        self._orders = [day.order_by_key[key] for key in route.order_keys]
        self._found: list[Violation] = []
        self._there: dict[Location, list[Order]] = {}
        for order in day.orders:
            if order.location is not None and _is_for(order, day):
                for spot in {order.location, day.doors[order.key].location}:
                    self._there.setdefault(spot, []).append(order)

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
        self._check_reloads()
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
            orders = self._orders_of(visit)
            order = orders[0] if orders else None
            if orders:
                self._check_stop(visit, orders)
            leg = (time_s, visit.drive_s, visit.distance_m)
            self._check_leg(leg, here, visit.location, order)
            self._check_setup(visit, moved=visit.location != here, order=order)
            if visit.arrive_s != time_s + visit.drive_s:
                self._report(
                    "arrival", f"is reached at {_clock(visit.arrive_s)}, which does not add up", order
                )
            if not visit.arrive_s + visit.setup_s <= visit.start_s <= visit.leave_s:
                self._report("service", "is served before the vehicle is there", order)
            here, time_s = visit.location, visit.leave_s

    def _orders_of(self, visit: Visit) -> list[Order]:
        orders = [self._day.order_by_key[key] for key in visit.order_keys]
        if (visit.kind in (VisitKind.DELIVERY, VisitKind.PICKUP)) != bool(orders):
            self._report("kind", f"has a {visit.kind} visit with {len(orders)} orders")
        return orders

    def _check_stop(self, visit: Visit, orders: list[Order]) -> None:
        """One order after the other, in one go; several only where the day makes them one stop."""
        if visit.leave_s - visit.start_s != sum(order.service_s for order in orders):
            minutes = sum(order.service_s for order in orders) // 60
            self._report("service", f"does not get its {minutes} minutes", orders[0])
        starts_s = visit.start_s
        for order in orders:
            self._check_service(visit, order, starts_s, 0 if len(orders) > 1 else visit.late_s)
            starts_s += order.service_s
        if len(orders) == 1:
            return
        doors = {self._day.doors[order.key].number for order in orders if order.key in self._day.doors}
        if len(doors) != 1 or visit.late_s:
            self._report("door", "is one stop with orders that do not belong together", orders[0])
        for order in orders[1:]:  # the windows are about the door: it opens to all of them at once
            late, wrong = lateness(order, visit.start_s, self._day.settings)
            if late or wrong:
                self._report(
                    "door", f"is part of a stop at {_clock(visit.start_s)}, outside its times", order
                )

    def _check_service(self, visit: Visit, order: Order, starts_s: int, late_s: int) -> None:
        wanted = VisitKind.PICKUP if order.kind == OrderKind.PICKUP else VisitKind.DELIVERY
        if visit.kind != wanted:
            self._report("kind", f"is a {order.kind}, but the visit is a {visit.kind}", order)
        if not _is_for(order, self._day):
            self._report("other_day", f"is for {order.delivery_date}, not for this day", order)
        door = self._day.doors.get(order.key)
        if visit.location not in (order.location, None if door is None else door.location):
            self._report("place", "is visited at another place than its own", order)
        late, wrong = lateness(order, starts_s, self._day.settings)
        if late != late_s:
            self._report("lateness", f"is {late} s late, but the timetable says {late_s} s", order)
        if wrong:
            self._report("window", f"starts at {_clock(starts_s)}, {wrong}", order)
        missing = order.skills - self._vehicle.skills
        if missing:
            self._report(
                "skill", f"needs {', '.join(sorted(missing))}, which the vehicle does not have", order
            )

    def _check_setup(self, visit: Visit, *, moved: bool, order: Order | None) -> None:
        """As long as the slowest door there asks for; counted on arrival from another place, at no depot."""
        least = most = 0
        if moved and visit.location is not None and visit.location not in self._depots:
            there = self._there.get(visit.location, [])
            planned = {key for route in self._timetable.routes for key in route.order_keys}
            least = max((o.setup_s for o in there if o.key in planned), default=0)
            most = max((o.setup_s for o in there), default=0)
        if not least <= visit.setup_s <= most:
            self._report("setup", f"has {visit.setup_s} s to find the door, not {least} s", order)

    def _check_leg(
        self,
        leg: tuple[int, int, int],
        start: Location | None,
        end: Location | None,
        order: Order | None,
    ) -> None:
        """``leg`` is what the timetable says: departure, seconds, metres."""
        leaves_s, drive_s, distance_m = leg
        if start is None or end is None:
            self._report("no_position", "is planned without a position on the map", order)
            return
        seconds, metres = self._legs.leg(start, end)
        if seconds < 0:
            self._report("unreachable", "cannot be reached: there is no road", order)
            return
        periods = self._day.settings.traffic
        real_s = drive_seconds(seconds, leaves_s, periods) if periods else seconds
        # With odd percentages the engine's rates are rounded: a second is no lie then.
        wrong = abs(real_s - drive_s) > 1 if periods else real_s != drive_s
        if wrong or metres != distance_m:
            self._report(
                "travel", f"is {real_s} s and {metres} m away, not {drive_s} s and {distance_m} m", order
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
            leg = (left_s, route.last_drive_s, route.last_distance_m)
            self._check_leg(leg, here, depot.location, None)
        arrival = left_s + route.last_drive_s
        if route.end_s != max(arrival, opens or 0):
            self._report("end", f"ends at {_clock(route.end_s)}, but is back at {_clock(arrival)}")

    def _check_hours(self) -> None:
        route, vehicle = self._route, self._vehicle
        if route.start_s < vehicle.shift_start_s:
            self._report("shift", f"leaves at {_clock(route.start_s)}, before its shift")
        over = route.end_s - vehicle.shift_end_s - vehicle.overtime_s
        if over > 0:
            ends = "its shift ends" if not vehicle.overtime_s else "all overtime it may have"
            self._report("shift", f"is back at {_clock(route.end_s)}, {_minutes(over)} after {ends}")
        start = self._day.depot_by_key[vehicle.start_depot]
        end = None if vehicle.end_depot is None else self._day.depot_by_key[vehicle.end_depot]
        too_early = start.opens_s is not None and route.start_s < start.opens_s
        too_late = start.closes_s is not None and route.start_s > start.closes_s
        if too_early or too_late:
            self._report("depot_hours", f"leaves {start.name} at {_clock(route.start_s)}, when it is closed")
        if end is not None and end.closes_s is not None and route.end_s > end.closes_s:
            self._report("depot_hours", f"is back at {end.name} at {_clock(route.end_s)}, when it is closed")
        closes_s = math.inf if end is None or end.closes_s is None else end.closes_s
        usual_s = min(vehicle.shift_end_s, closes_s)
        allowed = min(vehicle.shift_end_s + vehicle.overtime_s, closes_s) > usual_s
        overtime_s = max(0, route.end_s - usual_s) if allowed else 0
        if overtime_s != route.overtime_s:
            text = f"has {_minutes(int(overtime_s))} of overtime, not {_minutes(route.overtime_s)}"
            self._report("overtime", text)

    def _check_breaks(self) -> None:
        rests = [visit for visit in self._route.visits if visit.kind == VisitKind.BREAK]
        pairs, unused = pair_breaks(rests, self._vehicle.breaks, self._route.start_s, self._route.end_s)
        for visit, rule in zip(rests, pairs, strict=True):
            if rule is None:
                length = _minutes(visit.leave_s - visit.start_s)
                self._report(
                    "break_time", f"rests {length} at {_clock(visit.start_s)}, which no break allows"
                )
                continue
            if not rule.earliest_s <= visit.start_s <= rule.latest_s:
                self._report(
                    "break_time", f"has its break at {_clock(visit.start_s)}, outside the time for it"
                )
            late = max(0, visit.start_s - rule.latest_s)
            if late != visit.late_s:
                self._report(
                    "lateness", f"has a break {late} s late, but the timetable says {visit.late_s} s"
                )
        for rule in unused:
            if not is_free(rule, self._route.start_s, self._route.end_s):
                self._report(
                    "break_missing",
                    f"works through its break between {_clock(rule.earliest_s)} and {_clock(rule.latest_s)}",
                )

    def _check_reloads(self) -> None:
        reloads = [visit for visit in self._route.visits if visit.kind == VisitKind.RELOAD]
        vehicle = self._vehicle
        if len(reloads) >= vehicle.max_trips:
            self._report("trips", f"makes {len(reloads) + 1} trips, more than its {vehicle.max_trips}")
        depot = self._day.depot_by_key[vehicle.start_depot]
        closes_s = vehicle.shift_end_s if depot.closes_s is None else min(vehicle.shift_end_s, depot.closes_s)
        for visit in reloads:
            if visit.location != depot.location:
                self._report("reload", f"loads at {_clock(visit.start_s)} elsewhere than at {depot.name}")
            if visit.leave_s - visit.start_s != vehicle.reload_s:
                self._report("reload", f"does not load for its {_minutes(vehicle.reload_s)}")
            late = max(0, visit.leave_s - closes_s)
            if late != visit.late_s:
                self._report("lateness", f"loads {late} s late, but the timetable says {visit.late_s} s")
            if visit.leave_s > vehicle.shift_end_s:
                text = f"begins another trip at {_clock(visit.leave_s)}, after its shift ends"
                self._report("shift", text)
            elif late:
                text = f"leaves {depot.name} at {_clock(visit.leave_s)}, when it is closed"
                self._report("depot_hours", text)
        if reloads and not all(any(visit.order_keys for visit in trip) for trip in self._trips()):
            self._report("reload", "comes back to load although there is nothing to do before or behind it")

    def _trips(self) -> list[list[Visit]]:
        """Visits of each trip, the reload that begins it first."""
        trips: list[list[Visit]] = [[]]
        for visit in self._route.visits:
            if visit.kind == VisitKind.RELOAD:
                trips.append([])
            trips[-1].append(visit)
        return trips

    def _check_loads(self) -> None:
        peak = Load()
        for number, visits in enumerate(self._trips()):
            orders = [self._day.order_by_key[key] for visit in visits for key in visit.order_keys]
            loads = loads_aboard(self._shipments, orders)
            if not number and loads[0] != self._route.start_load:
                self._report("load", "does not start with the goods of its deliveries")
            served = 0
            for visit in visits:
                served += len(visit.order_keys)
                if loads[served] != visit.load:
                    self._report(
                        "load", f"carries another load at {_clock(visit.leave_s)} than the timetable says"
                    )
            for load in loads:
                peak = Load(*(max(pair) for pair in zip(peak.as_tuple, load.as_tuple, strict=True)))
            self._check_split(orders)
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

    def _check_split(self, trip: list[Order]) -> None:
        """Both halves of a shipment on one route must be on one trip."""
        for order in trip:
            shipment = self._shipments.get(order.key)
            if shipment is None or shipment.pickup != order or shipment.delivery in trip:
                continue
            if shipment.delivery in self._orders:
                self._report("shipment", "is collected on one trip and brought on another", order)

    def _check_limits(self) -> None:
        route, vehicle = self._route, self._vehicle
        stops = sum(len(visit.order_keys) for visit in route.visits)  # it is orders that are counted
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
            + vehicle.overtime_cents_per_hour * route.overtime_s * 5
        )
        if not 0 <= exact + 9000 - route.cost_cents * 18000 < 18000:
            self._report("cost", f"costs {exact / 1800000:.2f}, not {route.cost_cents / 100:.2f}")


def _is_for(order: Order, day: Day) -> bool:
    return order.delivery_date is None or order.delivery_date == day.date


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"


def _minutes(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02d} min"
