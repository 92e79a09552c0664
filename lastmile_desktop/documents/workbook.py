"""The plan as a workbook: a summary, a sheet per driver, and the orders that are on no route."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lastmile_desktop.documents import page_text
from lastmile_desktop.documents.sheet_names import SheetNames
from lastmile_desktop.documents.visit_facts import (
    NOT_PLANNED_YET,
    common_windows,
    distinct,
    left_out,
    numbered,
    orders_of,
)
from lastmile_desktop.model import (
    Day,
    DayState,
    Order,
    RouteTimetable,
    Vehicle,
    Visit,
    VisitKind,
    wording,
)
from lastmile_desktop.system.atomic import replaced_file

#: A cell holds no more; XlsxWriter would leave a longer text out altogether.
_LONGEST_CELL = 32_767
_DAY_S = 86_400
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
class _Column:
    """A table column: heading, width in characters, the format of its cells, and its value for a row."""

    title: str
    width: float
    style: str
    value: Callable[[Any], object]


def write_plan_workbook(path: Path, state: DayState) -> None:
    """Write Summary, one sheet per driver and Unassigned as .xlsx; the file is replaced whole or not at all.

    Every text of the day is stored as text, whatever it begins with. Raises OSError naming the file when
    it cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with replaced_file(path) as temporary:
        workbook = xlsxwriter.Workbook(str(temporary), options)
        workbook.set_properties(
            {"title": f"Delivery plan {state.day.date.isoformat()}", "comments": "Made with Lastmile Desktop"}
        )
        _Plan(workbook, state).write()
        try:
            workbook.close()
        except FileCreateError as error:
            raise OSError(f"{path} could not be written: {error}") from error


class _Plan:
    """Writes one state into an open workbook."""

    def __init__(self, workbook: Any, state: DayState) -> None:
        self._workbook, self._day = workbook, state.day
        self._timetable = state.timetable or NOT_PLANNED_YET
        self._left_out = left_out(state)
        self._formats = _formats(workbook)
        self._names = SheetNames()

    def write(self) -> None:
        routes = [route for route in self._timetable.routes if route.stop_count]
        self._summary(routes)
        for route in routes:
            self._route(route)
        self._unassigned()

    def _summary(self, routes: Sequence[RouteTimetable]) -> None:
        day, totals = self._day, self._timetable.totals
        sheet = self._sheet("Summary")
        figures: list[tuple[str, object, str]] = [
            ("Orders", totals.planned + len(self._left_out), "figure"),
            ("Planned", totals.planned, "figure"),
            ("Unassigned", len(self._left_out), "figure"),
            ("Routes", totals.routes, "figure"),
            ("Distance, km", totals.distance_m / 1000, "figure_km"),
            ("Driving, h:mm", totals.drive_s / _DAY_S, "figure_span"),
            ("Service, h:mm", totals.service_s / _DAY_S, "figure_span"),
            ("Waiting, h:mm", totals.wait_s / _DAY_S, "figure_span"),
            ("Late, h:mm", totals.late_s / _DAY_S, "figure_span"),
            (f"Cost, {day.settings.currency}", totals.cost_cents / 100, "figure_money"),
        ]
        self._text(sheet, 0, 0, f"Delivery plan, {page_text.long_date(day.date)}", "title")
        self._text(sheet, 1, 0, self._remark(), "remark")
        for row, (label, value, style) in enumerate(figures, start=3):
            self._text(sheet, row, 0, label, "label")
            self._cell(sheet, row, 1, value, style)
        self._table(sheet, 3 + len(figures) + 1, _summary_columns(day), routes, freeze=False)

    def _remark(self) -> str:
        parts = [f"From {self._day.source_name}."] if self._day.source_name else []
        if self._timetable.roads == "straight-line":
            parts.append("Times and distances are estimates from straight lines, not from roads.")
        return " ".join(parts)

    def _route(self, route: RouteTimetable) -> None:
        vehicle = self._day.vehicle_by_key[route.vehicle_key]
        sheet = self._sheet(f"{vehicle.name} {vehicle.driver}".strip() or "Route")
        title = ", ".join(part for part in (vehicle.name, vehicle.driver) if part)
        self._text(sheet, 0, 0, f"{title}, {page_text.long_date(self._day.date)}", "title")
        self._text(sheet, 1, 0, _route_line(route), "remark")
        rows = [_Row(number, visit, orders_of(visit, self._day)) for number, visit in numbered(route)]
        self._table(sheet, 3, _stop_columns(), rows)

    def _unassigned(self) -> None:
        sheet = self._sheet("Unassigned")
        self._text(sheet, 0, 0, f"On no route, {page_text.long_date(self._day.date)}", "title")
        known = self._day.order_by_key
        rows = [(known[one.order_key], one) for one in self._left_out]
        if not rows:
            self._text(sheet, 1, 0, "Every order is planned.", "remark")
        self._table(sheet, 3, _unassigned_columns(), rows)

    def _sheet(self, wanted: str) -> Any:
        sheet = self._workbook.add_worksheet(self._names.take(wanted))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")  # codes only: a text of the day could hold codes itself
        return sheet

    def _table(
        self, sheet: Any, top: int, columns: Sequence[_Column], rows: Sequence[object], freeze: bool = True
    ) -> None:
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            self._text(sheet, top, index, column.title, "head_right" if column.style != "text" else "head")
        sheet.set_row(top, 24)
        for at, row in enumerate(rows, start=top + 1):
            for index, column in enumerate(columns):
                self._cell(sheet, at, index, column.value(row), column.style)
        if rows:
            sheet.autofilter(top, 0, top + len(rows), len(columns) - 1)
        if freeze:
            sheet.freeze_panes(top + 1, 0)
            sheet.repeat_rows(top)

    def _cell(self, sheet: Any, row: int, column: int, value: object, style: str) -> None:
        if value is None or value == "":
            sheet.write_blank(row, column, None, self._formats[style])
        elif isinstance(value, str):
            self._text(sheet, row, column, value, style)
        else:
            sheet.write_number(row, column, value, self._formats[self._next_day(style, value)])

    def _next_day(self, style: str, value: object) -> str:
        """A clock time beyond midnight says so: Excel alone would show 25:10 as 01:10."""
        return "clock_next" if style == "clock" and isinstance(value, float) and value >= 1 else style

    def _text(self, sheet: Any, row: int, column: int, text: str, style: str) -> None:
        shown = page_text.printable(text)
        if len(shown) > _LONGEST_CELL:
            shown = shown[: _LONGEST_CELL - 1] + "…"
        sheet.write_string(row, column, shown, self._formats[style])


@dataclass(frozen=True, slots=True)
class _Row:
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


def _stop_columns() -> list[_Column]:
    return [
        _Column("Stop", 6, "count", lambda row: row.number),
        _Column("Arrive", 8, "clock", lambda row: row.visit.arrive_s / _DAY_S),
        _Column("Start", 8, "clock", lambda row: row.visit.start_s / _DAY_S),
        _Column("Leave", 8, "clock", lambda row: row.visit.leave_s / _DAY_S),
        _Column("Time window", 14, "text", lambda row: _window_text(row.orders)),
        _Column("Order", 14, "text", lambda row: row.joined(lambda order: order.id)),
        _Column("What", 9, "text", lambda row: _VISIT_WORDS[row.visit.kind]),
        _Column("Name", 28, "text", lambda row: row.name),
        _Column("Address", 34, "text", lambda row: row.joined(lambda order: order.address)),
        _Column("Phone", 16, "text", lambda row: row.joined(lambda order: order.phone)),
        _Column("Pieces", 8, "count", lambda row: _amount(row.orders, "quantity_milli", 1000)),
        _Column("kg", 9, "decimal", lambda row: _amount(row.orders, "weight_g", 1000)),
        _Column("m³", 8, "decimal", lambda row: _amount(row.orders, "volume_cm3", 1_000_000)),
        _Column("Notes", 40, "text", lambda row: row.joined(lambda order: order.notes, "\n")),
        _Column("Done", 8, "text", lambda row: ""),
    ]


def _summary_columns(day: Day) -> list[_Column]:
    def van(route: RouteTimetable) -> Vehicle:
        return day.vehicle_by_key[route.vehicle_key]

    return [
        _Column("Vehicle", 24, "text", lambda route: van(route).name),
        _Column("Driver", 22, "text", lambda route: van(route).driver),
        _Column("Stops", 8, "count", lambda route: route.stop_count),
        _Column("Orders", 8, "count", lambda route: len(route.order_keys)),
        _Column("Start", 8, "clock", lambda route: route.start_s / _DAY_S),
        _Column("End", 8, "clock", lambda route: route.end_s / _DAY_S),
        _Column("km", 9, "km", lambda route: route.distance_m / 1000),
        _Column("Driving", 9, "span", lambda route: route.drive_s / _DAY_S),
        _Column("Service", 9, "span", lambda route: route.service_s / _DAY_S),
        _Column("Waiting", 9, "span", lambda route: route.wait_s / _DAY_S),
        _Column("Late", 9, "span", lambda route: route.late_s / _DAY_S),
        _Column("Pieces", 9, "count", lambda route: route.peak_load.quantity_milli / 1000),
        _Column("kg", 9, "decimal", lambda route: route.peak_load.weight_g / 1000),
        _Column("m³", 9, "decimal", lambda route: route.peak_load.volume_cm3 / 1_000_000),
        _Column(f"Cost, {day.settings.currency}", 12, "money", lambda route: route.cost_cents / 100),
    ]


def _unassigned_columns() -> list[_Column]:
    return [
        _Column("Order", 14, "text", lambda row: row[0].id),
        _Column("Name", 28, "text", lambda row: row[0].name),
        _Column("Address", 34, "text", lambda row: row[0].address),
        _Column("Phone", 16, "text", lambda row: row[0].phone),
        _Column("Time window", 14, "text", lambda row: _window_text([row[0]])),
        _Column("Pieces", 8, "count", lambda row: row[0].quantity_milli / 1000),
        _Column("kg", 9, "decimal", lambda row: _amount([row[0]], "weight_g", 1000)),
        _Column("Reason", 18, "text", lambda row: _REASON_WORDS[str(row[1].reason)]),
        _Column("Why, and what to do", 60, "text", lambda row: row[1].message),
        _Column("Notes", 40, "text", lambda row: row[0].notes),
    ]


def _window_text(orders: Sequence[Order]) -> str:
    return wording.windows(common_windows(orders))


def _amount(orders: Iterable[Order], field: str, unit: int) -> float | None:
    """The orders' total in ``field``; None when no order says anything about it."""
    values = [value for order in orders if (value := getattr(order, field)) is not None]
    return sum(values) / unit if values else None


def _route_line(route: RouteTimetable) -> str:
    return " · ".join(
        (
            wording.count(route.stop_count, "stop"),
            wording.load(route.peak_load),
            wording.distance(route.distance_m),
            f"{wording.clock(route.start_s)} to {wording.clock(route.end_s)}",
            f"{wording.duration(route.drive_s)} driving",
        )
    )


def _formats(workbook: Any) -> dict[str, Any]:
    body = {"font_name": "Calibri", "font_size": 10, "valign": "top", "bottom": 1, "bottom_color": "#D9DEE5"}
    head = {"bold": True, "font_size": 10, "valign": "vcenter", "bottom": 2, "bg_color": "#EEF1F4"}
    plain = {"font_name": "Calibri", "font_size": 11, "align": "right"}
    number_formats = {
        "count": "General", "decimal": "#,##0.0##", "km": "#,##0.0", "money": "#,##0.00", "span": "[h]:mm",
        "clock": "hh:mm", "clock_next": 'hh:mm" +1"',
    }  # fmt: skip
    styles: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 16},
        "remark": {"font_size": 10, "font_color": "#5A6676"},
        "label": {"font_size": 11, "font_color": "#5A6676"},
        "head": head,
        "head_right": {**head, "align": "right"},
        "text": {**body, "text_wrap": True, "num_format": "@"},
        "figure": {**plain, "num_format": "#,##0"},
        "figure_km": {**plain, "num_format": "#,##0.0"},
        "figure_span": {**plain, "num_format": "[h]:mm"},
        "figure_money": {**plain, "num_format": "#,##0.00"},
    }
    for name, number_format in number_formats.items():
        styles[name] = {**body, "align": "right", "num_format": number_format}
    return {name: workbook.add_format(properties) for name, properties in styles.items()}
