"""Days with hand-made timetables: documents are tested without an engine."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from lastmile_desktop.model import (
    Assignment,
    Break,
    Capacity,
    Day,
    DayState,
    Depot,
    Load,
    Location,
    Order,
    OrderKind,
    Priority,
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

HOUR = 3600
NAMES = (
    "Anna Müller",
    "Zażółć Gęślą Jaźń Sp. z o.o.",
    "Ελληνικό Φαρμακείο Αθηνών",
    "北京小吃店",
    "مخبز الزيتون",
    "Café Sjövägen",
    "Bäckerei Großmann & Söhne GmbH, Filiale Süd am alten Markt 7",
)
ADDRESSES = (
    "Hauptstr. 5, 10115 Berlin",
    "ul. Świętokrzyska 12, 00-044 Warszawa",
    "Ακαδημίας 12, 10671 Αθήνα",
    "朝阳区建国路 88 号",
    "شارع الحمرا 12، بيروت",
)
NOTES = (
    "",
    "",
    "Ring twice, the bell of the side door is broken. Leave with the neighbour at number 7 if nobody opens.",
    "Cold goods",
    "Call before: the gate is closed until nine, and the dog is not as friendly as the owner says.",
)


def order(number: int, **changes: object) -> Order:
    """One order near Ghent; every seventh has a window, every fifth is heavy."""
    dice = random.Random(number)
    base = Order(
        key=f"o{number}",
        id=f"B-{1000 + number}",
        name=NAMES[number % len(NAMES)],
        address=ADDRESSES[number % len(ADDRESSES)],
        location=Location(51.05 + dice.gauss(0, 0.03), 3.72 + dice.gauss(0, 0.05)),
        windows=() if number % 3 else (TimeWindow(9 * HOUR, 12 * HOUR + 1800),),
        quantity_milli=1000 * (1 + number % 6),
        weight_g=None if number % 5 else 12_500,
        volume_cm3=None if number % 4 else 40_000,
        phone=f"+32 9 555 {number % 100:02d} {number // 100:02d}",
        notes=NOTES[number % len(NOTES)],
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def vehicle(number: int, **changes: object) -> Vehicle:
    """Van ``number`` (from 1) with a named driver, from and to the only depot."""
    drivers = ("Sofie Lambert", "Mehmet Yıldız", "Koen", "Łukasz Wiśniewski", "", "Νίκος")
    base = Vehicle(
        key=f"v{number}",
        name=f"Van {number}",
        driver=drivers[(number - 1) % len(drivers)],
        capacity=Capacity(200_000, 900_000),
        start_depot="d",
        end_depot="d",
        breaks=(Break(1800, 12 * HOUR, 14 * HOUR),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def visit(orders: Sequence[Order], arrive_s: int, *, load: Load, wait_s: int = 0, late_s: int = 0) -> Visit:
    """A visit that serves ``orders`` at the first one's position, reached after 6 minutes and 4.2 km."""
    kind = VisitKind.PICKUP if orders[0].kind is OrderKind.PICKUP else VisitKind.DELIVERY
    start_s = arrive_s + wait_s
    return Visit(
        kind=kind,
        order_keys=tuple(one.key for one in orders),
        location=orders[0].location,
        drive_s=360,
        distance_m=4200,
        arrive_s=arrive_s,
        start_s=start_s,
        leave_s=start_s + sum(one.service_s for one in orders),
        late_s=late_s,
        load=load,
    )


def pause(kind: VisitKind, arrive_s: int, duration_s: int, location: Location | None = None) -> Visit:
    """A break (no place) or a reload (at the depot)."""
    return Visit(kind, (), location, 0, 0, arrive_s, arrive_s, arrive_s + duration_s)


def route(
    one: Vehicle,
    groups: Sequence[Sequence[Order]],
    *,
    start_s: int = 8 * HOUR,
    break_after: int | None = None,
) -> RouteTimetable:
    """A route that visits each group of orders in turn, with a break after stop ``break_after``."""
    on_board = Load()
    for each in itertools.chain.from_iterable(groups):
        on_board += each.load
    start_load, now_s = on_board, start_s
    visits: list[Visit] = []
    for index, group in enumerate(groups, start=1):
        for each in group:
            on_board -= each.load
        now_s += 360
        visits.append(visit(group, now_s, load=on_board))
        now_s = visits[-1].leave_s
        if index == break_after:
            visits.append(pause(VisitKind.BREAK, now_s, 1800))
            now_s += 1800
    return RouteTimetable(
        one.key, tuple(visits), start_s, now_s + 600, 600, 5100, start_load, start_load, 8_450
    )


def state_of(
    routes: Sequence[RouteTimetable],
    vehicles: Sequence[Vehicle],
    orders: Sequence[Order],
    *,
    unassigned: Sequence[Unassigned] = (),
    locked: frozenset[str] = frozenset(),
    roads: str = "straight-line",
) -> DayState:
    """A whole state of 23 November 2026 from hand-made routes."""
    depot = Depot("d", "Depot Gent", Location(51.0543, 3.7174), "Dok Noord 7, 9000 Gent")
    day = Day(date(2026, 11, 23), tuple(orders), tuple(vehicles), (depot,), source_name="GV orders.xlsx")
    assignment = Assignment(tuple(RouteOrders(one.vehicle_key, one.order_keys) for one in routes), locked)
    return DayState(day, assignment, Timetable(tuple(routes), tuple(unassigned), roads), solve_s=9.81)


def planned_day(vehicles: int = 2, stops: int = 6, *, break_after: int | None = 3) -> DayState:
    """A plain day: every van has ``stops`` stops of one order each; two orders are left over."""
    vans = [vehicle(number + 1) for number in range(vehicles)]
    orders = [order(number) for number in range(vehicles * stops)]
    routes = [
        route(van, [[one] for one in orders[index * stops : (index + 1) * stops]], break_after=break_after)
        for index, van in enumerate(vans)
    ]
    left = [
        order(9001, id="F907", priority=Priority.HIGH, skills=frozenset({"crane"})),
        order(9002, id="F908", location=None),
    ]
    reasons = (
        Unassigned("o9001", UnassignedReason.SKILL, "No vehicle has the skill crane."),
        Unassigned(
            "o9002", UnassignedReason.WAITING_FOR_POSITION, "The address has no position on the map yet."
        ),
    )
    return state_of(routes, vans, [*orders, *left], unassigned=reasons)


def one_route_day(orders: Sequence[Order], **vehicle_changes: object) -> DayState:
    """One van that visits each of ``orders`` in turn."""
    van = vehicle(1, **vehicle_changes)
    return state_of([route(van, [[one] for one in orders])], [van], orders)


big_day = partial(planned_day, 20, 30, break_after=15)
