"""The tables of the plan's workbook: which columns each has, and what stands in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lastmile_desktop.documents.visit_facts import common_windows, distinct, total_load
from lastmile_desktop.model import Day, Load, Order, RouteTimetable, Vehicle, Visit, VisitKind, wording

_DAY_MIN = 24 * 60
_LINE_PT, _TALLEST_ROW_PT = 13.5, 409.0
_VISIT_WORDS = {
    VisitKind.DELIVERY: "Deliver",
    VisitKind.PICKUP: "Pick up",
    VisitKind.BREAK: "Break",
    VisitKind.RELOAD: "Reload",
}
_REASON_WORDS = {
    "skill": "Skill", "capacity": "Too much to carry", "window": "Time window", "shift": "Working hours",
    "distance": "Too far", "unreachable": "No way there", "waiting_for_position": "No position yet",
    "dropped": "Left out",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: heading, width in characters, the format of its cells, and its value for a row."""

    title: str
    width: float
    style: str
    value: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit of a route sheet; ``number`` is None for a break or a reload."""

    number: int | None
    visit: Visit
    orders: tuple[Order, ...]

    def joined(self, of: Callable[[Order], str], separator: str = ", ") -> str:
        return separator.join(distinct(self.orders, of))

    @property
    def name(self) -> str:
        names = self.joined(lambda order: order.name)
        return names if self.orders else _VISIT_WORDS[self.visit.kind]


def used_columns(columns: list[Column], rows: Sequence[object]) -> list[Column]:
    """The columns without weight and volume when no row has any: paper is narrow."""
    return [
        column
        for column in columns
        if column.style != "decimal" or any(column.value(row) is not None for row in rows)
    ]


def stop_columns() -> list[Column]:
    """Columns of a route sheet; its rows are `VisitRow`."""
    return [
        Column("Stop", 6, "count", lambda row: row.number),
        Column("Arrive", 8, "clock", lambda row: excel_time(row.visit.arrive_s)),
        Column("Start", 8, "clock", lambda row: excel_time(row.visit.start_s)),
        Column("Leave", 8, "clock", lambda row: excel_time(row.visit.leave_s)),
        Column("Time window", 15, "text", lambda row: _window_text(row.orders)),
        Column("Order", 14, "text", lambda row: row.joined(lambda order: order.id)),
        Column("What", 10, "text", lambda row: _VISIT_WORDS[row.visit.kind]),
        Column("Name", 28, "text", lambda row: row.name),
        Column("Address", 36, "text", lambda row: row.joined(lambda order: order.address)),
        Column("Phone", 16, "text", lambda row: row.joined(lambda order: order.phone)),
        Column("Pieces", 8, "count", lambda row: _amount(row.orders, "quantity_milli", 1000)),
        Column("kg", 9, "decimal", lambda row: _amount(row.orders, "weight_g", 1000)),
        Column("m³", 8, "decimal", lambda row: _amount(row.orders, "volume_cm3", 1_000_000)),
        Column("Notes", 36, "text", lambda row: row.joined(lambda order: order.notes, "\n")),
        Column("Done", 8, "text", lambda row: ""),
    ]


def summary_columns(day: Day) -> list[Column]:
    """Columns of the routes' summary; a row is a `RouteTimetable`."""

    def goods(route: RouteTimetable) -> Load:
        return total_load(day.order_by_key[key] for key in route.order_keys)

    def van(route: RouteTimetable) -> Vehicle:
        return day.vehicle_by_key[route.vehicle_key]

    return [
        Column("Vehicle", 24, "text", lambda route: van(route).name),
        Column("Driver", 22, "text", lambda route: van(route).driver),
        Column("Stops", 8, "count", lambda route: route.stop_count),
        Column("Orders", 8, "count", lambda route: len(route.order_keys)),
        Column("Start", 8, "clock", lambda route: excel_time(route.start_s)),
        Column("End", 8, "clock", lambda route: excel_time(route.end_s)),
        Column("km", 9, "km", lambda route: route.distance_m / 1000),
        Column("Driving", 9, "span", lambda route: excel_time(route.drive_s)),
        Column("Service", 9, "span", lambda route: excel_time(route.service_s)),
        Column("Waiting", 9, "span", lambda route: excel_time(route.wait_s)),
        Column("Late", 9, "span", lambda route: excel_time(route.late_s)),
        Column("Pieces", 9, "count", lambda route: goods(route).quantity_milli / 1000),
        Column("kg", 9, "decimal", lambda route: goods(route).weight_g / 1000 or None),
        Column("m³", 9, "decimal", lambda route: goods(route).volume_cm3 / 1_000_000 or None),
        Column(f"Cost, {day.settings.currency}", 12, "money", lambda route: route.cost_cents / 100),
    ]


def unassigned_columns() -> list[Column]:
    """Columns of the orders on no route; a row is (Order, Unassigned)."""
    return [
        Column("Order", 14, "text", lambda row: row[0].id),
        Column("Name", 28, "text", lambda row: row[0].name),
        Column("Address", 34, "text", lambda row: row[0].address),
        Column("Phone", 16, "text", lambda row: row[0].phone),
        Column("Time window", 14, "text", lambda row: _window_text([row[0]])),
        Column("Pieces", 8, "count", lambda row: row[0].quantity_milli / 1000),
        Column("kg", 9, "decimal", lambda row: _amount([row[0]], "weight_g", 1000)),
        Column("Reason", 18, "text", lambda row: _REASON_WORDS[str(row[1].reason)]),
        Column("Why, and what to do", 60, "text", lambda row: row[1].message),
        Column("Notes", 40, "text", lambda row: row[0].notes),
    ]


def row_height(columns: Sequence[Column], values: Sequence[object]) -> float:
    """Height in points for the cell with most lines; not every program fits rows to wrapped text itself."""
    lines = 1
    for column, value in zip(columns, values, strict=True):
        if isinstance(value, str):
            room = max(1, int(column.width * 0.9) - 1)
            lines = max(lines, sum(math.ceil(len(part) / room) or 1 for part in value.split("\n")))
    return min(_TALLEST_ROW_PT, lines * _LINE_PT + 5)


def excel_time(seconds: int) -> float:
    """A time as Excel has it, in days, to the nearest minute: Excel cuts seconds off, the paper rounds."""
    return (seconds + 30) // 60 / _DAY_MIN


def _window_text(orders: Sequence[Order]) -> str:
    return wording.windows(common_windows(orders))


def _amount(orders: Iterable[Order], field: str, unit: int) -> float | None:
    """The orders' total in ``field``; None when no order says anything about it."""
    values = [value for order in orders if (value := getattr(order, field)) is not None]
    return sum(values) / unit if values else None
