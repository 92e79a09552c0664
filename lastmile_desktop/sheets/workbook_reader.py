"""An .xlsx or .xlsm workbook -> grids of raw cells, with openpyxl.

Runs in the reader child only. openpyxl's own sheet parser is driven row by row instead of its cell model:
it keeps only cells that hold something, so a used range that reaches to XFD1048576 costs nothing, and it
still sees the formulas that were never calculated (both measured in the reference as the usual traps).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lastmile_desktop.sheets.grid import (
    MAX_CELL_CHARACTERS,
    MAX_ROWS,
    CellValue,
    Grid,
    Row,
    UnreadableCell,
    column_letter,
)
from lastmile_desktop.sheets.refusal import RefusedFileError

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

#: Columns further right than this hold stray cells, not orders.
MAX_COLUMNS = 500
#: After this many rows without any value the rest of a sheet is not looked at.
MAX_GAP_ROWS = 20_000
_TEXT_ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"])

Progress = Callable[[int, int], None]


def read_workbook(path: Path, on_progress: Progress) -> list[Grid]:
    """All visible worksheets. Raises RefusedFileError; other errors mean a damaged file."""
    import warnings

    import openpyxl

    # Why the stream: openpyxl leaves a file that it cannot read open, and Windows then keeps it locked.
    with warnings.catch_warnings(), path.open("rb") as stream:
        warnings.simplefilter("ignore")  # it warns of styles and extensions that it does not keep
        workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            return _read_sheets(workbook, path.name, on_progress)
        finally:
            workbook.close()


def _read_sheets(workbook: Workbook, file_name: str, on_progress: Progress) -> list[Grid]:
    visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if not workbook.worksheets:
        raise RefusedFileError(
            f"“{file_name}” holds no worksheets that can be read. Open it in Excel, save it as “Excel "
            "Workbook (.xlsx)” and import that."
        )
    if not visible:
        raise RefusedFileError(
            f"All sheets of “{file_name}” are hidden. Unhide the order sheet in Excel and save the file."
        )
    grids = [_read_sheet(workbook, sheet, on_progress) for sheet in visible]
    # Not the very hidden ones: those are lists behind drop-down cells, put away by the template's maker.
    hidden = [f"“{sheet.title}”" for sheet in workbook.worksheets if sheet.sheet_state == "hidden"]
    if hidden:
        one = len(hidden) == 1
        what = (
            f"Sheet {hidden[0]} is hidden and was"
            if one
            else f"Sheets {', '.join(hidden)} are hidden and were"
        )
        for grid in grids:
            grid.remarks.append((1, "hidden_sheet", f"{what} not read."))
    return grids


def _read_sheet(workbook: Any, sheet: Any, on_progress: Progress) -> Grid:
    """``workbook`` and ``sheet`` are openpyxl's read-only ones; their private parts are pinned by version."""
    from lastmile_desktop.sheets.sheet_parser import FilledCellParser

    grid = Grid(sheet.title)
    formats = _ZeroPadding(workbook)
    stray: list[str] = []
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
            row = _row(cells, formats, stray)
            if not row:
                if number - last_filled > MAX_GAP_ROWS:
                    break
                continue
            if number - last_filled > MAX_GAP_ROWS:
                stray.append(f"{column_letter(next(iter(row)))}{number}")
                break
            if len(grid.rows) >= MAX_ROWS:
                grid.truncated_after_row = last_filled
                break
            grid.rows[number] = row
            last_filled = number
            if len(grid.rows) % 500 == 0:
                on_progress(0, len(grid.rows))
        hidden = parser.hidden_rows
        stray.extend(f"row {wide}" for wide in parser.wide_rows[:3])
        grid.merges = parser.merges()
    grid.hidden_rows = frozenset(hidden)
    if stray:
        shown = ", ".join(stray[:3])
        grid.remarks.append(
            (
                1,
                "stray_cells",
                f"Far from the table there are values that were not read (for example in {shown}).",
            )
        )
    return grid


def _row(cells: list[dict[str, Any]], formats: _ZeroPadding, stray: list[str]) -> Row:
    row: Row = {}
    for cell in cells:
        value = _value(cell, formats)
        if value is None:
            continue
        if cell["column"] > MAX_COLUMNS:
            stray.append(f"{column_letter(cell['column'])}{cell['row']}")
            del stray[10:]
            continue
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
        if value.strip() in _TEXT_ERRORS:
            return UnreadableCell(value.strip())
        return value[:MAX_CELL_CHARACTERS] if value.strip() else None
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.shown(value, cell["style_id"])
    if isinstance(value, float | bool | datetime | date | time | timedelta):
        return value
    return str(value)


class _ZeroPadding:
    """Numbers that a format such as 00000 or 0% shows differently from what they are."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._widths: dict[int, int] = {}

    def shown(self, value: int, style_id: int) -> int | str:
        width = self._widths.get(style_id)
        if width is None:
            width = self._widths[style_id] = self._width(style_id)
        return str(value).zfill(width) if width > 1 and value >= 0 else value

    def _width(self, style_id: int) -> int:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        try:
            number = self._workbook._cell_styles[style_id].numFmtId  # noqa: SLF001
            custom = self._workbook._number_formats  # noqa: SLF001
            code = BUILTIN_FORMATS.get(number) or custom[number - 164]
        except (IndexError, AttributeError, TypeError):
            return 0
        code = code.split(";")[0].replace('"', "").replace("\\", "").strip()
        return len(code) if code and set(code) == {"0"} else 0
