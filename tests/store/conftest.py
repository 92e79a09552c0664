"""Days to store, and a data folder that is thrown away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lastmile_desktop.model import (
    Assignment,
    Break,
    Capacity,
    CellFix,
    Day,
    DaySettings,
    DayState,
    Depot,
    Load,
    Location,
    Order,
    OrderKind,
    Priority,
    RouteOrders,
    RouteTimetable,
    Severity,
    SheetProblem,
    SourceCell,
    Timetable,
    TimeWindow,
    Unassigned,
    UnassignedReason,
    Vehicle,
    Violation,
    Visit,
    VisitKind,
)
from lastmile_desktop.store import Folders


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "Anwendungsdaten 🚚")


@pytest.fixture
def make_state() -> Callable[..., DayState]:
    return planned_day


def planned_day(order_count: int = 12, vehicle_count: int = 3) -> DayState:
    """A planned day that uses every field of the model; the last order is left out."""
    depot = Depot("d1", "Lager", Location(52.5, 13.4), "Hafenstr. 1", 6 * 3600, 20 * 3600)
    orders = tuple(
        Order(
            key=f"o{number}",
            id=f"B-{1000 + number}",
            name=f"Kundin {number} Müller",
            address=f"Hauptstr. {number}, 10115 Berlin",
            location=Location(52.5 + number / 10_000, 13.4) if number % 7 else None,
            windows=(TimeWindow(8 * 3600, 12 * 3600), TimeWindow(14 * 3600, None)),
            quantity_milli=1500,
            weight_g=12_500,
            volume_cm3=None,
            phone="030 1234567",
            notes="=1+1 </script> 🔔",
            skills=frozenset({"lift", "cold"}),
            priority=Priority.HIGH,
            kind=OrderKind.PICKUP if number % 5 == 0 else OrderKind.DELIVERY,
            delivery_date=date(2026, 11, 23),
            skip_price_cents=999,
            attention=number % 2 == 0,
            source=SourceCell("Aufträge", number + 2),
        )
        for number in range(order_count)
    )
    vehicles = tuple(
        Vehicle(
            f"v{number}",
            f"Van {number}",
            "Sofie",
            Capacity(30_000, None, 8_000_000),
            "d1",
            None if number == 1 else "d1",
            breaks=(Break(1800, 11 * 3600, 13 * 3600),),
            skills=frozenset({"lift"}),
            max_stops=40,
        )
        for number in range(vehicle_count)
    )
    planned = orders[:-1]
    share = max(1, -(-len(planned) // vehicle_count))
    routes = tuple(
        RouteOrders(vehicle.key, tuple(order.key for order in planned[place * share : (place + 1) * share]))
        for place, vehicle in enumerate(vehicles)
    )
    fix = (CellFix("D", "13:00-15:00"),)
    problem = SheetProblem("Aufträge", 3, "D", "B-1001", Severity.ATTENTION, "bad_time", "Late.", "1-3", fix)
    return DayState(
        day=Day(date(2026, 11, 23), orders, vehicles, (depot,), DaySettings(seed=7), "Aufträge.xlsx"),
        assignment=Assignment(routes, frozenset({orders[0].key})),
        timetable=Timetable(
            tuple(timetable_of(route) for route in routes),
            (Unassigned(orders[-1].key, UnassignedReason.SKILL, "No vehicle has the skill cold."),),
            "straight-line",
            (Violation("late", "Too late", "v0", "o1"), Violation("late", "Too late", "v0", "o2")),
        ),
        problems=(problem, problem),
        solve_s=9.75,
    )


def timetable_of(route: RouteOrders) -> RouteTimetable:
    visits = tuple(
        Visit(
            VisitKind.DELIVERY,
            (key,),
            Location(52.5, 13.4),
            300,
            2500,
            30_000 + 600 * place,
            30_000 + 600 * place,
            30_300 + 600 * place,
            load=Load(1000 * place, 0, 5),
        )
        for place, key in enumerate(route.order_keys)
    )
    rest = Visit(VisitKind.BREAK, (), None, 0, 0, 40_000, 40_000, 41_800)
    return RouteTimetable(
        route.vehicle_key, (*visits, rest), 28_800, 45_000, 300, 2500, Load(9000), Load(9000), 4321
    )
