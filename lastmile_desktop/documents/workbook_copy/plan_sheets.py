"""The plan as sheets for the user's own workbook: every stop, the routes, and who is on none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from lastmile_desktop.documents import page_text
from lastmile_desktop.documents.visit_facts import NOT_PLANNED_YET, left_out, numbered, orders_of
from lastmile_desktop.documents.workbook_copy.order_sheet import PlannedRow
from lastmile_desktop.documents.workbook_tables import (
    Column,
    VisitRow,
    excel_time,
    stop_columns,
    summary_columns,
    unassigned_columns,
    used_columns,
)
from lastmile_desktop.model import DayState, RouteTimetable
from lastmile_desktop.model.sheet_layout import PLAN_SHEET_MARK

#: What stands beside an order that is on no route.
NOT_PLANNED = "not planned"


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """One sheet to write: the name it wants, what stands above the table, and the table."""

    name: str
    title: str
    remark: str
    columns: list[Column]
    rows: list[Any]


def plan_sheets(state: DayState) -> list[PlanSheet]:
    """Plan, Routes and Not planned, from the same timetable as every other paper."""
    day, timetable = state.day, state.timetable or NOT_PLANNED_YET
    routes = [route for route in timetable.routes if route.stop_count]
    stops = [
        (route, VisitRow(number, visit, orders_of(visit, day)))
        for route in routes
        for number, visit in numbered(route)
    ]
    date = page_text.long_date(day.date)
    estimate = timetable.roads == "straight-line"
    remark = "Times and distances are estimates from straight lines, not from roads." if estimate else ""

    def van(row: tuple[RouteTimetable, VisitRow]) -> str:
        vehicle = day.vehicle_by_key[row[0].vehicle_key]
        return _route_name(vehicle.name, vehicle.driver)

    columns = [Column("Route", 24, "text", van)]
    columns += [
        Column(column.title, column.width, column.style, _of_second(column.value))
        for column in stop_columns()
        if column.title != "Done"
    ]
    known, title = day.order_by_key, PLAN_SHEET_MARK
    missing = [(known[one.order_key], one) for one in left_out(state)]
    return [
        PlanSheet("Plan", f"{title}, {date}", remark, used_columns(columns, stops), stops),
        PlanSheet("Routes", f"{title}, routes, {date}", remark, used_columns(_routes(state), routes), routes),
        PlanSheet(
            "Not planned",
            f"{title}, on no route, {date}",
            "" if missing else "Every order is planned.",
            used_columns(unassigned_columns(), missing),
            missing,
        ),
    ]


def planned_rows(state: DayState) -> dict[str, PlannedRow]:
    """For each order key what stands beside its row."""
    day, timetable = state.day, state.timetable or NOT_PLANNED_YET
    found = {order.key: PlannedRow(NOT_PLANNED) for order in day.orders}
    for route in timetable.routes:
        vehicle = day.vehicle_by_key[route.vehicle_key]
        name = _route_name(vehicle.name, vehicle.driver)
        for number, visit in numbered(route):
            for key in visit.order_keys:
                found[key] = PlannedRow(name, number, excel_time(visit.arrive_s))
    return found


def _routes(state: DayState) -> list[Column]:
    """The summary of the routes in words that no sheet of vehicles has: the copy may be imported again."""
    day = state.day
    other = {
        "Start": "Leaves",
        "End": "Back",
        "Pieces": "Pieces loaded",
        "kg": "kg loaded",
        "m³": "m³ loaded",
    }

    def van(route: RouteTimetable) -> str:
        vehicle = day.vehicle_by_key[route.vehicle_key]
        return _route_name(vehicle.name, vehicle.driver)

    rest = [column for column in summary_columns(day) if column.title not in ("Vehicle", "Driver")]
    renamed = [replace(column, title=other.get(column.title, column.title)) for column in rest]
    return [Column("Route", 28, "text", van), *renamed]


def _route_name(vehicle: str, driver: str) -> str:
    return ", ".join(part for part in (vehicle, driver) if part.strip())


def _of_second(value: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda row: value(row[1])
