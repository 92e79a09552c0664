"""Days with timetables made by hand, for the tests and benchmarks of map and timeline."""

from __future__ import annotations

import math
import random
from datetime import date

from lastmile_desktop.model import (
    Assignment,
    Break,
    Day,
    Depot,
    Load,
    Location,
    Order,
    RouteOrders,
    RouteTimetable,
    Timetable,
    TimeWindow,
    Unassigned,
    UnassignedReason,
    Vehicle,
    Visit,
    VisitKind,
)

DEPOT = Location(51.0870, 3.7320)
DRIVERS = ("Sofie", "Mehmet", "Koen", "Lies", "Ania", "Bram")
NAMES = ("Lambert", "Peeters", "Bakkerij De Zon", "Apotheek Sint-Pieters", "Van den Broeck", "Café Kafka")


def metres(start: Location, end: Location) -> int:
    """Length of the straight line."""
    north = (end.lat - start.lat) * 111_320
    east = (end.lon - start.lon) * 111_320 * math.cos(math.radians(start.lat))
    return round(math.hypot(north, east))


def make_day(
    routes: int = 4, stops: int = 29, left: int = 4, seed: int = 7, name: str = ""
) -> tuple[Day, Timetable, Assignment]:
    """A day around Ghent: ``routes`` vans with ``stops`` stops each, ``left`` orders on no route.

    ``name`` replaces every text that comes from a sheet.
    """
    chance = random.Random(seed)
    orders = [_order(chance, number, routes, name) for number in range(routes * stops + left)]
    vehicles = tuple(
        Vehicle(
            key=f"v{index}",
            name=name or f"Van {index + 1}",
            driver=name or DRIVERS[index % len(DRIVERS)],
            start_depot="d",
            end_depot="d",
            shift_start_s=7 * 3600,
            shift_end_s=17 * 3600,
            breaks=(Break(1800, 11 * 3600, 13 * 3600),),
        )
        for index in range(routes)
    )
    planned = orders[: routes * stops]
    by_route = [_sorted_round(planned[index::routes]) for index in range(routes)]
    day = Day(
        date=date(2026, 11, 23),
        orders=tuple(orders),
        vehicles=vehicles,
        depots=(Depot("d", name or "Warehouse Gent", DEPOT),),
        source_name=name or "orders.xlsx",
    )
    timetable = Timetable(
        routes=tuple(timed_route(vehicle, mine) for vehicle, mine in zip(vehicles, by_route, strict=True)),
        unassigned=tuple(
            Unassigned(
                order.key, UnassignedReason.WINDOW, name or "Only before 06:45; no van is there earlier."
            )
            for order in orders[routes * stops :]
        ),
        roads="straight-line",
    )
    assignment = Assignment(
        tuple(
            RouteOrders(v.key, tuple(o.key for o in mine)) for v, mine in zip(vehicles, by_route, strict=True)
        ),
        frozenset(order.key for order in by_route[0][3:6]) if by_route else frozenset(),
    )
    return day, timetable, assignment


def _order(chance: random.Random, number: int, routes: int, name: str) -> Order:
    sector = 2 * math.pi * (number % routes) / routes
    angle = sector + chance.uniform(-0.7, 0.7) * math.pi / max(routes, 2) * 1.6
    away = 0.012 + 0.085 * math.sqrt(chance.random())
    window = TimeWindow(chance.choice((7, 8, 9, 12)) * 3600, chance.choice((13, 15, 17)) * 3600)
    return Order(
        key=f"o{number}",
        id=name or f"F{900 + number}",
        name=name or f"{NAMES[number % len(NAMES)]} {number}",
        address=name or f"Veldstraat {number}, 9000 Gent",
        location=Location(51.045 + away * math.sin(angle), 3.73 + 1.55 * away * math.cos(angle)),
        windows=() if number % 4 == 0 else (window,),
        notes=name,
        service_s=300,
    )


def _sorted_round(orders: list[Order]) -> list[Order]:
    """A tour that looks like one: always on to the nearest."""
    left, tour, here = list(orders), [], DEPOT
    while left:
        nearest = min(left, key=lambda order: metres(here, order.location or DEPOT))
        left.remove(nearest)
        tour.append(nearest)
        here = nearest.location or DEPOT
    return tour


def timed_route(vehicle: Vehicle, orders: list[Order]) -> RouteTimetable:
    """A plausible timetable at 30 km/h with a break about noon; windows that are missed are late."""
    now, here, visits, rested = vehicle.shift_start_s, DEPOT, [], False
    for order in orders:
        if not rested and now > 11 * 3600:
            visits.append(Visit(VisitKind.BREAK, (), None, 0, 0, now, now, now + 1800))
            now, rested = now + 1800, True
        place = order.location or DEPOT
        length = metres(here, place)
        arrive = now + round(length / 8.3)
        start = max([arrive, *[window.start_s or 0 for window in order.windows[:1]]])
        late = max([0, *[start - (window.end_s or start) for window in order.windows[:1]]])
        visits.append(
            Visit(
                VisitKind.DELIVERY, (order.key,), place, arrive - now, length,
                arrive, start, start + order.service_s, late,
            )
        )  # fmt: skip
        now, here = start + order.service_s, place
    back = metres(here, DEPOT)
    return RouteTimetable(
        vehicle.key, tuple(visits), vehicle.shift_start_s, now + round(back / 8.3), round(back / 8.3), back,
        Load(), Load(), 0,
    )  # fmt: skip
