"""Worksheets of an .xlsx -> grids of raw cells, with openpyxl, where calamine cannot read them.

Runs in the reader child only: for sheets whose values lie too far apart to be read as one rectangle, and
for those of which calamine dislikes a cell. openpyxl's own sheet parser is driven row by row instead of its
cell model: it keeps only cells that hold something, so a used range that reaches to XFD1048576 costs
nothing, and it still sees the formulas that were never calculated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from lastmile_desktop.sheets.grid import (
    MAX_CELL_CHARACTERS,
    MAX_ROWS,
    CellValue,
    Grid,
    Row,
    UnreadableCell,
)
from lastmile_desktop.sheets.workbooks.marks import MAX_COLUMNS, MAX_GAP_ROWS, as_code, is_code_format
from lastmile_desktop.sheets.workbooks.values import TEXT_ERRORS

Progress = Callable[[int, int], None]


def read_sheets(path: Path, names: Sequence[str], on_progress: Progress) -> dict[str, Grid]:
    """Worksheets by name. Raises RefusedFileError; other errors mean a damaged file."""
    import warnings

    import openpyxl

    # Why the stream: openpyxl leaves a file that it cannot read open, and Windows then keeps it locked.
    with warnings.catch_warnings(), path.open("rb") as stream:
        warnings.simplefilter("ignore")  # it warns of styles and extensions that it does not keep
        workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            return {name: _read_sheet(workbook, workbook[name], on_progress) for name in names}
        finally:
            workbook.close()


def _read_sheet(workbook: Any, sheet: Any, on_progress: Progress) -> Grid:
    """``workbook`` and ``sheet`` are openpyxl's read-only ones; their private parts are pinned by version."""
    from lastmile_desktop.sheets.sheet_parser import FilledCellParser

    grid = Grid(sheet.title)
    formats = _ZeroPadding(workbook)
    hidden: list[int] = []
    last_filled = 0
    with sheet._get_source() as source:  # noqa: SLF001
        parser = FilledCellParser(
            source,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,  # noqa: SLF001
            timedelta_formats=workbook._timedelta_formats,  # noqa: SLF001
        )
        for number, cells in parser.rows():
            row = _row(cells, formats)
            if not row:
                if number - last_filled > MAX_GAP_ROWS:
                    break
                continue
            if number - last_filled > MAX_GAP_ROWS:
                break
            if len(grid.rows) >= MAX_ROWS:
                grid.truncated_after_row = last_filled
                break
            grid.rows[number] = row
            last_filled = number
            if len(grid.rows) % 500 == 0:
                on_progress(0, len(grid.rows))
        hidden = parser.hidden_rows
        grid.merges = parser.merges()
    grid.hidden_rows = frozenset(hidden)
    return grid


def _row(cells: list[dict[str, Any]], formats: _ZeroPadding) -> Row:
    row: Row = {}
    for cell in cells:
        value = _value(cell, formats)
        if value is not None and cell["column"] <= MAX_COLUMNS:
            row[cell["column"]] = value
    return row


def _value(cell: dict[str, Any], formats: _ZeroPadding) -> CellValue | None:
    value, kind = cell["value"], cell["data_type"]
    if kind == "lost":
        return UnreadableCell()
    if value is None:
        return None
    if kind == "e":
        return UnreadableCell(str(value))
    if isinstance(value, str):
        if value.strip() in TEXT_ERRORS:
            return UnreadableCell(value.strip())
        return value[:MAX_CELL_CHARACTERS] if value.strip() else None
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.shown(value, cell["style_id"])
    if isinstance(value, float | bool | datetime | date | time | timedelta):
        return value
    return str(value)


class _ZeroPadding:
    """Numbers that a format such as 00000 shows differently from what they are."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._codes: dict[int, str] = {}

    def shown(self, value: int, style_id: int) -> int | str:
        code = self._codes.get(style_id)
        if code is None:
            code = self._codes[style_id] = self._code(style_id)
        return as_code(value, code) if code and value >= 0 else value

    def _code(self, style_id: int) -> str:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        try:
            number = self._workbook._cell_styles[style_id].numFmtId  # noqa: SLF001
            custom = self._workbook._number_formats  # noqa: SLF001
            code = BUILTIN_FORMATS.get(number) or custom[number - 164]
        except (IndexError, AttributeError, TypeError):
            return ""
        return code if is_code_format(code.split(";")[0]) else ""
