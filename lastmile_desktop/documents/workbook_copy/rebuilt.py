"""A new workbook for sheets that cannot be extended (.csv, .ods, .xls): their columns, then the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from lastmile_desktop.documents import page_text
from lastmile_desktop.documents.sheet_names import SheetNames
from lastmile_desktop.documents.workbook_copy.copy import CopyMade, OrderRows, refuse_same_file
from lastmile_desktop.documents.workbook_copy.order_sheet import HEADINGS
from lastmile_desktop.documents.workbook_copy.plan_sheets import PlanSheet, plan_sheets
from lastmile_desktop.documents.workbook_copy.xml_edit import column_letter
from lastmile_desktop.documents.workbook_tables import row_height
from lastmile_desktop.model import DayState
from lastmile_desktop.system.atomic import replaced_file

_LONGEST_CELL = 32_767
_WIDEST, _NARROWEST = 48, 9


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet of the user's file: row number -> column number -> value, both from 1."""

    name: str
    rows: Mapping[int, Mapping[int, object]]


def write_rebuilt_copy(
    source: Path, target: Path, state: DayState, sheets: Sequence[SheetCells], order_rows: Sequence[OrderRows]
) -> CopyMade:
    """A new .xlsx with the values of ``sheets``, the three columns and the plan; whole or not at all.

    Texts stay texts, whatever they begin with. Raises SameFileError and OSError.
    """
    import xlsxwriter

    refuse_same_file(source, target)
    beside = {rows.sheet: rows for rows in order_rows}
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with replaced_file(target) as temporary:
        workbook = xlsxwriter.Workbook(str(temporary), options)
        writer = _Writer(workbook)
        columns = {}
        for sheet in sheets:
            first = writer.cells(sheet, beside.get(sheet.name))
            if sheet.name in beside:
                columns[sheet.name] = column_letter(first)
        names = [writer.table(one) for one in plan_sheets(state)]
        workbook.close()
    return CopyMade(tuple(names), columns)


class _Writer:
    def __init__(self, workbook: Any) -> None:
        self._workbook, self._names = workbook, SheetNames()
        formats = {
            "text": {"num_format": "@", "valign": "top", "text_wrap": True},
            "plain": {"valign": "top"},
            "head": {"bold": True, "num_format": "@"}, "head_right": {"bold": True, "align": "right"},
            "title": {"bold": True, "font_size": 16}, "remark": {"font_color": "#5A6676"},
            "count": {"valign": "top"}, "decimal": {"num_format": "#,##0.0##", "valign": "top"},
            "km": {"num_format": "#,##0.0", "valign": "top"},
            "money": {"num_format": "#,##0.00", "valign": "top"},
            "span": {"num_format": "[h]:mm", "valign": "top"},
            "clock": {"num_format": "hh:mm", "valign": "top"},
            "clock_next": {"num_format": 'hh:mm" +1"', "valign": "top"},
            "date": {"num_format": "yyyy-mm-dd", "valign": "top"},
            "moment": {"num_format": "yyyy-mm-dd hh:mm", "valign": "top"},
        }  # fmt: skip
        self._formats = {name: workbook.add_format(look) for name, look in formats.items()}

    def cells(self, sheet: SheetCells, beside: OrderRows | None) -> int:
        """Write their cells, and the plan's columns behind them; gives the number of the first of these."""
        page = self._workbook.add_worksheet(self._names.take(sheet.name))
        widths: dict[int, int] = {}
        for row, values in sheet.rows.items():
            for column, value in values.items():
                head = beside is not None and row == beside.header_row
                self._value(page, row - 1, column - 1, value, "head" if head else "text")
                widths[column] = max(widths.get(column, _NARROWEST), min(_WIDEST, len(str(value)) + 2))
        first = max(widths, default=0) + 1
        if beside is not None:
            if beside.header_row:
                for n, heading in enumerate(HEADINGS):
                    page.write_string(beside.header_row - 1, first - 1 + n, heading, self._formats["head"])
            for row, planned in beside.planned.items():
                for n, (value, style) in enumerate(
                    ((planned.route, "text"), (planned.stop, "count"), (planned.arrival, "clock"))
                ):
                    self._value(page, row - 1, first - 1 + n, value, style)
            widths |= {first: 24, first + 1: 13, first + 2: 15}
        for column, width in widths.items():
            page.set_column(column - 1, column - 1, width)
        return first

    def table(self, one: PlanSheet) -> str:
        """Write a sheet of the plan; gives its name."""
        name = self._names.take(one.name)
        page = self._workbook.add_worksheet(name)
        page.hide_gridlines(2)
        page.write_string(0, 0, one.title, self._formats["title"])
        page.write_string(1, 0, one.remark, self._formats["remark"])
        for index, column in enumerate(one.columns):
            page.set_column(index, index, column.width)
            style = "head" if column.style == "text" else "head_right"
            page.write_string(3, index, column.title, self._formats[style])
        for at, row in enumerate(one.rows, start=4):
            values = [column.value(row) for column in one.columns]
            page.set_row(at, row_height(one.columns, values))
            for index, (column, value) in enumerate(zip(one.columns, values, strict=True)):
                self._value(page, at, index, value, column.style)
        if one.rows:
            page.autofilter(3, 0, 3 + len(one.rows), len(one.columns) - 1)
        page.freeze_panes(4, 0)
        return name

    def _value(self, page: Any, row: int, column: int, value: object, style: str) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            page.write_boolean(row, column, value)
        elif isinstance(value, (int, float)):
            late = style == "clock" and value >= 1
            page.write_number(row, column, value, self._formats["clock_next" if late else _number(style)])
        elif isinstance(value, datetime):
            page.write_datetime(row, column, value.replace(tzinfo=None), self._formats["moment"])
        elif isinstance(value, date):
            page.write_datetime(row, column, value, self._formats["date"])
        elif isinstance(value, time):
            page.write_datetime(row, column, value, self._formats["clock"])
        elif isinstance(value, timedelta):
            page.write_datetime(row, column, value, self._formats["span"])
        else:
            shown = page_text.printable(str(value))
            if len(shown) > _LONGEST_CELL:
                shown = shown[: _LONGEST_CELL - 1] + "…"
            page.write_string(row, column, shown, self._formats["head" if style == "head" else "text"])


def _number(style: str) -> str:
    return "plain" if style in ("text", "head") else style
