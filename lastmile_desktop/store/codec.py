"""How each noun of the model is written in a day file (format 1) and read back.

A new field with a default needs a line here and nothing else: older files lack it and get the default.
A field that changes its meaning or goes away needs a new SCHEMA_VERSION and a migration.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from lastmile_desktop.model.blocking import Block, BlockingRule, BlockingSet
from lastmile_desktop.model.day import DaySettings
from lastmile_desktop.model.fleet import Break, Vehicle
from lastmile_desktop.model.goals import EvenBy, Goals, TrafficPeriod
from lastmile_desktop.model.import_report import CellFix, Severity, SheetProblem
from lastmile_desktop.model.load import Capacity, Load
from lastmile_desktop.model.location import Depot, Location
from lastmile_desktop.model.order import Order, OrderKind, Priority, RoutePosition, SourceCell, TimeWindow
from lastmile_desktop.model.placing import PlaceLevel, PlaceSource, Placing
from lastmile_desktop.model.plan import (
    RouteOrders,
    RouteTimetable,
    Unassigned,
    UnassignedReason,
    Violation,
    Visit,
    VisitKind,
)
from lastmile_desktop.store.fields import (
    DATE,
    FLAG,
    NUMBER,
    TEXT,
    WHOLE,
    Record,
    WrongShapeError,
    choice,
    many,
    optional,
    set_of_texts,
)

USUAL_SETTINGS = DaySettings()


@dataclass(frozen=True, slots=True)
class DayHead:
    """What a day has apart from its lists."""

    date: date
    source_name: str = ""
    settings: DaySettings = USUAL_SETTINGS
    solve_s: float = 0.0
    skipped_lines: int = 0


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What an assignment has apart from its routes."""

    locked: frozenset[str] = frozenset()
    frozen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TimetableHead:
    """What a timetable has apart from its lists."""

    roads: str


LOCATION = Record(Location, lat=NUMBER, lon=NUMBER)
WINDOW = Record(TimeWindow, start_s=optional(WHOLE), end_s=optional(WHOLE))
SOURCE = Record(SourceCell, sheet=TEXT, row=WHOLE, file=TEXT)
LOAD = Record(Load, quantity_milli=WHOLE, weight_g=WHOLE, volume_cm3=WHOLE)
CAPACITY = Record(
    Capacity, quantity_milli=optional(WHOLE), weight_g=optional(WHOLE), volume_cm3=optional(WHOLE)
)
BREAK = Record(Break, duration_s=WHOLE, earliest_s=WHOLE, latest_s=WHOLE)

PLACING = Record(
    Placing,
    level=choice(PlaceLevel),
    source=choice(PlaceSource),
    score=WHOLE,
    spread_m=WHOLE,
    found=TEXT,
    reason=TEXT,
)
ORDER = Record(
    Order,
    key=TEXT,
    id=TEXT,
    name=TEXT,
    address=TEXT,
    location=optional(LOCATION.field),
    windows=many(WINDOW.field),
    quantity_milli=WHOLE,
    weight_g=optional(WHOLE),
    volume_cm3=optional(WHOLE),
    service_s=WHOLE,
    phone=TEXT,
    email=TEXT,
    notes=TEXT,
    skills=set_of_texts(),
    priority=choice(Priority),
    kind=choice(OrderKind),
    delivery_date=optional(DATE),
    skip_price_cents=optional(WHOLE),
    attention=FLAG,
    source=optional(SOURCE.field),
    setup_s=WHOLE,
    late_cents_per_hour=optional(WHOLE),
    max_late_s=optional(WHOLE),
    only_vehicles=set_of_texts(),
    barred_vehicles=set_of_texts(),
    preferred_driver=TEXT,
    shipment=TEXT,
    same_van=TEXT,
    position=choice(RoutePosition),
    after=set_of_texts(),
    assumed=set_of_texts(),
    placing=optional(PLACING.field),
)
VEHICLE = Record(
    Vehicle,
    key=TEXT,
    name=TEXT,
    driver=TEXT,
    capacity=CAPACITY.field,
    start_depot=TEXT,
    end_depot=optional(TEXT),
    shift_start_s=WHOLE,
    shift_end_s=WHOLE,
    breaks=many(BREAK.field),
    skills=set_of_texts(),
    fixed_cost_cents=WHOLE,
    cost_per_km_cents=WHOLE,
    cost_per_hour_cents=WHOLE,
    max_stops=optional(WHOLE),
    max_distance_m=optional(WHOLE),
    max_duration_s=optional(WHOLE),
    active=FLAG,
    overtime_s=WHOLE,
    overtime_cents_per_hour=WHOLE,
    max_trips=WHOLE,
    reload_s=WHOLE,
)
DEPOT = Record(
    Depot,
    key=TEXT,
    name=TEXT,
    location=optional(LOCATION.field),
    address=TEXT,
    opens_s=optional(WHOLE),
    closes_s=optional(WHOLE),
)
CELL_FIX = Record(CellFix, column=TEXT, text=TEXT)
PROBLEM = Record(
    SheetProblem,
    sheet=TEXT,
    row=WHOLE,
    column=TEXT,
    order_id=TEXT,
    severity=choice(Severity),
    category=TEXT,
    message=TEXT,
    found=TEXT,
    fix=many(CELL_FIX.field),
)
GOALS = Record(Goals, balance=WHOLE, even_by=choice(EvenBy), tidiness=WHOLE, flexible_s=WHOLE)
TRAFFIC = Record(TrafficPeriod, start_s=WHOLE, end_s=WHOLE, percent=WHOLE)
SETTINGS = Record(
    DaySettings,
    currency=TEXT,
    default_service_s=WHOLE,
    drive_time_percent=WHOLE,
    plan_seconds=WHOLE,
    seed=WHOLE,
    traffic=many(TRAFFIC.field),
    goals=GOALS.field,
    preference_cents=WHOLE,
    same_door=FLAG,
    region=TEXT,
    drive_as=TEXT,
    ferries=FLAG,
)
DAY_HEAD = Record(
    DayHead,
    date=DATE,
    source_name=TEXT,
    settings=SETTINGS.field,
    solve_s=NUMBER,
    skipped_lines=WHOLE,
)
PLAN_HEAD = Record(PlanHead, locked=set_of_texts(), frozen=set_of_texts())
TIMETABLE_HEAD = Record(TimetableHead, roads=TEXT)
ROUTE = Record(RouteOrders, vehicle_key=TEXT, order_keys=many(TEXT))
VISIT = Record(
    Visit,
    kind=choice(VisitKind),
    order_keys=many(TEXT),
    location=optional(LOCATION.field),
    drive_s=WHOLE,
    distance_m=WHOLE,
    arrive_s=WHOLE,
    start_s=WHOLE,
    leave_s=WHOLE,
    late_s=WHOLE,
    load=LOAD.field,
    setup_s=WHOLE,
    estimated=FLAG,
    access_estimated=FLAG,
)
ROUTE_TIMETABLE = Record(
    RouteTimetable,
    vehicle_key=TEXT,
    visits=many(VISIT.field),
    start_s=WHOLE,
    end_s=WHOLE,
    last_drive_s=WHOLE,
    last_distance_m=WHOLE,
    start_load=LOAD.field,
    peak_load=LOAD.field,
    cost_cents=WHOLE,
    overtime_s=WHOLE,
    last_estimated=FLAG,
)
BLOCK = Record(Block, rule=choice(BlockingRule), amount=WHOLE, order_keys=many(TEXT))
BLOCKING_SET = Record(
    BlockingSet,
    vehicle_key=optional(TEXT),
    rules=many(BLOCK.field),
    position=WHOLE,
    added_cents=WHOLE,
    added_s=WHOLE,
    added_m=WHOLE,
    solvable=FLAG,
)
UNASSIGNED = Record(
    Unassigned,
    order_key=TEXT,
    reason=choice(UnassignedReason),
    message=TEXT,
    blocked=many(BLOCKING_SET.field),
)
VIOLATION = Record(Violation, code=TEXT, message=TEXT, vehicle_key=optional(TEXT), order_key=optional(TEXT))


def to_json(value: Any) -> str:
    """Compact JSON; everything outside ASCII is escaped, so that no odd character can be refused later."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def from_json(text: str | bytes) -> Any:
    """The inverse of ``to_json``. Raises WrongShapeError for anything that is not plain JSON."""

    def refuse(word: str) -> Any:
        raise WrongShapeError(f"{word} is not a number")

    try:
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise WrongShapeError("is not readable") from error
