"""The plan as a workbook: a summary, a sheet per driver, and the orders that are on no route."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lastmile_desktop.documents import page_text
from lastmile_desktop.documents.road_words import roads_sentence
from lastmile_desktop.documents.sheet_names import SheetNames
from lastmile_desktop.documents.visit_facts import (
    NOT_PLANNED_YET,
    left_out,
    numbered,
    orders_of,
    total_load,
)
from lastmile_desktop.documents.workbook_tables import (
    Column,
    VisitRow,
    excel_time,
    row_height,
    stop_columns,
    summary_columns,
    unassigned_columns,
    used_columns,
)
from lastmile_desktop.model import (
    Day,
    DayState,
    RouteTimetable,
    wording,
)
from lastmile_desktop.system.atomic import replaced_file

#: A cell holds no more; XlsxWriter would leave a longer text out altogether.
_LONGEST_CELL = 32_767


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
            ("Driving, h:mm", excel_time(totals.drive_s), "figure_span"),
            ("Service, h:mm", excel_time(totals.service_s), "figure_span"),
            ("Waiting, h:mm", excel_time(totals.wait_s), "figure_span"),
            ("Late, h:mm", excel_time(totals.late_s), "figure_span"),
            (f"Cost, {day.settings.currency}", totals.cost_cents / 100, "figure_money"),
        ]
        self._text(sheet, 0, 0, f"Delivery plan, {page_text.long_date(day.date)}", "title")
        self._text(sheet, 1, 0, self._remark(), "remark")
        for row, (label, value, style) in enumerate(figures, start=3):
            self._text(sheet, row, 0, label, "label")
            self._cell(sheet, row, 1, value, style)
        columns = used_columns(summary_columns(day), routes)
        self._table(sheet, 3 + len(figures) + 1, columns, routes, freeze=False)

    def _remark(self) -> str:
        parts = [f"From {self._day.source_name}."] if self._day.source_name else []
        parts.append(roads_sentence(self._timetable))
        return " ".join(part for part in parts if part)

    def _route(self, route: RouteTimetable) -> None:
        vehicle = self._day.vehicle_by_key[route.vehicle_key]
        sheet = self._sheet(f"{vehicle.name} {vehicle.driver}".strip() or "Route")
        title = ", ".join(part for part in (vehicle.name, vehicle.driver) if part)
        self._text(sheet, 0, 0, f"{title}, {page_text.long_date(self._day.date)}", "title")
        self._text(sheet, 1, 0, _route_line(self._day, route), "remark")
        rows = [VisitRow(number, visit, orders_of(visit, self._day)) for number, visit in numbered(route)]
        self._table(sheet, 3, used_columns(stop_columns(), rows), rows)

    def _unassigned(self) -> None:
        sheet = self._sheet("Unassigned")
        self._text(sheet, 0, 0, f"On no route, {page_text.long_date(self._day.date)}", "title")
        known = self._day.order_by_key
        rows = [(known[one.order_key], one) for one in self._left_out]
        if not rows:
            self._text(sheet, 1, 0, "Every order is planned.", "remark")
        self._table(sheet, 3, unassigned_columns(), rows)

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
        self, sheet: Any, top: int, columns: Sequence[Column], rows: Sequence[object], freeze: bool = True
    ) -> None:
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            self._text(sheet, top, index, column.title, "head_right" if column.style != "text" else "head")
        sheet.set_row(top, 24)
        for at, row in enumerate(rows, start=top + 1):
            values = [column.value(row) for column in columns]
            sheet.set_row(at, row_height(columns, values))
            for index, (column, value) in enumerate(zip(columns, values, strict=True)):
                self._cell(sheet, at, index, value, column.style)
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


def _route_line(day: Day, route: RouteTimetable) -> str:
    goods = total_load(day.order_by_key[key] for key in route.order_keys)
    return " · ".join(
        (
            wording.count(route.stop_count, "stop"),
            wording.load(goods),
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
        "head": {**head, "indent": 1},
        "head_right": {**head, "align": "right"},
        "text": {**body, "text_wrap": True, "num_format": "@", "align": "left", "indent": 1},
        "figure": {**plain, "num_format": "#,##0"},
        "figure_km": {**plain, "num_format": "#,##0.0"},
        "figure_span": {**plain, "num_format": "[h]:mm"},
        "figure_money": {**plain, "num_format": "#,##0.00"},
    }
    for name, number_format in number_formats.items():
        styles[name] = {**body, "align": "right", "num_format": number_format}
    return {name: workbook.add_format(properties) for name, properties in styles.items()}
