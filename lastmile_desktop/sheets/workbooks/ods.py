"""An OpenDocument sheet (.ods) -> grids, in one pass over its content.

Not by calamine: it drops line breaks within a cell ("Main 5" above "Leeds" becomes "Main 5Leeds"), gives
24:00 as the text "PT24H00M00S", and builds the whole rectangle of a sheet, which two attributes of this
format can make a million rows high. Here only cells that hold something are kept.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO
from xml.parsers import expat

from lastmile_desktop.model.sheet_layout import ImportOptions
from lastmile_desktop.sheets.grid import MAX_ROWS, CellValue, Grid, Row, UnreadableCell
from lastmile_desktop.sheets.refusal import RefusedFileError
from lastmile_desktop.sheets.workbooks.marks import MAX_CELLS, MAX_COLUMNS, SheetMarks
from lastmile_desktop.sheets.workbooks.spread import check_spread, remark_strays, too_many_cells
from lastmile_desktop.sheets.workbooks.values import cell_value, describe
from lastmile_desktop.sheets.workbooks.wanted import (
    SheetPart,
    may_refuse,
    remark_hidden_sheets,
    wanted_sheets,
)

Progress = Callable[[int, int], None]
_PIECE_BYTES = 1024 * 1024
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT, _STYLE = (f"{_OASIS}{part}:1.0}}" for part in ("office", "table", "text", "style"))
_CALC_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_DURATION = re.compile(r"-?P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_ERROR = re.compile(r"#[A-Z/0!?]+|Err:\d+|#N/A")
_PADDED = re.compile(r"0\d+")


def read_ods(path: Path, on_progress: Progress, options: ImportOptions) -> list[Grid]:
    """The visible sheets, and hidden ones that a person chose. Raises RefusedFileError."""
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as source:
        content = _Content(path.name, on_progress)
        try:
            content.read(source)
        except (expat.ExpatError, ValueError, OverflowError) as error:
            raise RefusedFileError(
                f"“{path.name}” is damaged. Open it in LibreOffice, save it again and import that."
            ) from error
    wanted = {part.name: part for part in wanted_sheets(content.parts, path.name, options)}
    grids = []
    for grid, marks in content.sheets:
        if grid.name not in wanted:
            continue
        try:
            check_spread(marks, grid.name, path.name, filled_block_only=options.filled_block_only)
        except RefusedFileError:
            if may_refuse(wanted[grid.name], options):
                raise
            continue
        describe(grid, marks)
        if not marks.is_compact:
            remark_strays(grid, marks)
            end = marks.block_end()
            grid.rows = {number: row for number, row in grid.rows.items() if number <= end}
        grids.append(grid)
    remark_hidden_sheets(grids, content.parts, options)
    return grids


class _Content:
    """expat's callbacks: one sheet, row and cell at a time."""

    def __init__(self, file_name: str, on_progress: Progress) -> None:
        self.sheets: list[tuple[Grid, SheetMarks]] = []
        self.parts: list[SheetPart] = []
        self._file_name, self._on_progress = file_name, on_progress
        self._invisible: set[str] = set()
        self._style = ""
        self._depth = self._notes = 0
        self._row_number = self._column = self._cells = 0
        self._row_attributes: dict[str, str] = {}
        self._row: Row = {}
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[list[str]] = []
        self._in_paragraph = 0
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            f"{_STYLE}style": self._start_style,
            f"{_STYLE}table-properties": self._start_table_properties,
            f"{_TABLE}table": self._start_table,
            f"{_TABLE}table-column": self._start_column,
            f"{_TABLE}table-row": self._start_row,
            f"{_TABLE}table-cell": self._start_cell,
            f"{_TABLE}covered-table-cell": self._start_cell,
            f"{_OFFICE}annotation": self._start_note,
            f"{_TEXT}p": self._start_paragraph,
            f"{_TEXT}s": lambda found: self._data(" " * min(_count(found, f"{_TEXT}c"), 100)),
            f"{_TEXT}tab": lambda found: self._data("\t"),
            f"{_TEXT}line-break": lambda found: self._data("\n"),
        }
        self._ends: dict[str, Callable[[], None]] = {
            f"{_TABLE}table": self._end_table,
            f"{_TABLE}table-row": self._end_row,
            f"{_TABLE}table-cell": self._end_cell,
            f"{_TABLE}covered-table-cell": self._end_cell,
            f"{_OFFICE}annotation": self._end_note,
            f"{_TEXT}p": self._end_paragraph,
        }

    def read(self, source: IO[bytes]) -> None:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        while piece := source.read(_PIECE_BYTES):
            parser.Parse(piece, False)
        parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        handler = self._starts.get(name)
        if handler is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        handler = self._ends.get(name)
        if handler is not None:
            handler()

    def _data(self, data: str) -> None:
        if self._in_paragraph and not self._notes:
            self._paragraphs[-1].append(data)

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get(f"{_STYLE}name", "")

    def _start_table_properties(self, attributes: dict[str, str]) -> None:
        if attributes.get(f"{_TABLE}display") == "false":
            self._invisible.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > 1:
            return  # a table within a drawing
        name = attributes.get(f"{_TABLE}name") or f"Sheet{len(self.sheets) + 1}"
        hidden = attributes.get(f"{_TABLE}style-name") in self._invisible
        self.parts.append(SheetPart(name, "", "hidden" if hidden else "visible"))
        self.sheets.append((Grid(name, is_hidden=hidden), SheetMarks()))
        self._row_number = self._column = self._cells = 0

    def _end_table(self) -> None:
        self._depth -= 1

    def _start_column(self, attributes: dict[str, str]) -> None:
        if self._depth != 1:
            return
        count = _count(attributes, f"{_TABLE}number-columns-repeated")
        if attributes.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            marks = self.sheets[-1][1]
            marks.hidden_columns.update(range(self._column + 1, self._column + min(count, 16384) + 1))
        self._column += count

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._depth == 1:
            self._row_attributes, self._row, self._column = attributes, {}, 0

    def _end_row(self) -> None:
        if self._depth != 1:
            return
        grid, marks = self.sheets[-1]
        count = _count(self._row_attributes, f"{_TABLE}number-rows-repeated")
        first = self._row_number + 1
        self._row_number += count
        if not self._row:
            return
        self._cells += len(self._row) * count
        if self._cells > MAX_CELLS:
            raise RefusedFileError(too_many_cells(self._file_name, grid.name))
        visibility = self._row_attributes.get(f"{_TABLE}visibility")
        for number in range(first, first + count):
            for column in self._row:
                marks.fill(number, column)
            if visibility in ("collapse", "filter"):
                marks.hidden_rows.add(number)
                marks.has_filter = marks.has_filter or visibility == "filter"
            self._keep(grid, number)

    def _keep(self, grid: Grid, number: int) -> None:
        if len(grid.rows) >= MAX_ROWS:
            if grid.truncated_after_row is None:
                grid.truncated_after_row = grid.last_row
            return
        row = {column: value for column, value in self._row.items() if column <= MAX_COLUMNS}
        if row:
            grid.rows[number] = row
            if len(grid.rows) % 2000 == 0:
                self._on_progress(0, len(grid.rows))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if self._depth == 1:
            self._cell, self._paragraphs = attributes, []

    def _end_cell(self) -> None:
        if self._depth != 1 or self._cell is None:
            return
        attributes, self._cell = self._cell, None
        first = self._column + 1
        count = _count(attributes, f"{_TABLE}number-columns-repeated")
        self._column += count
        text = "\n".join("".join(parts) for parts in self._paragraphs)
        value = _value(attributes, text)
        self._merge(attributes, first)
        if value is None:
            return
        for column in range(first, first + min(count, 16384)):
            self._row[column] = value
            shown = _format(attributes)
            if shown:
                self.sheets[-1][1].formats[(self._row_number + 1, column)] = shown

    def _merge(self, attributes: dict[str, str], column: int) -> None:
        columns = _count(attributes, f"{_TABLE}number-columns-spanned")
        rows = _count(attributes, f"{_TABLE}number-rows-spanned")
        if columns > 1 or rows > 1:
            row = self._row_number + 1
            self.sheets[-1][1].merges.append((row, column, row + rows - 1, column + columns - 1))

    def _start_note(self, _attributes: dict[str, str]) -> None:
        self._notes += 1

    def _end_note(self) -> None:
        self._notes -= 1

    def _start_paragraph(self, _attributes: dict[str, str]) -> None:
        self._in_paragraph += 1
        if not self._notes:
            self._paragraphs.append([])

    def _end_paragraph(self) -> None:
        self._in_paragraph -= 1


def _count(attributes: dict[str, str], name: str) -> int:
    """A number of repetitions; 1 where there is none. Raises ValueError for nonsense."""
    text = attributes.get(name)
    if text is None:
        return 1
    count = int(text)
    if not 1 <= count <= 2**31:
        raise ValueError(name)
    return count


def _format(attributes: dict[str, str]) -> str:
    kind = attributes.get(f"{_OFFICE}value-type")
    if kind == "percentage":
        return "0%"
    return f"[${attributes.get(_OFFICE + 'currency', '')}] 0.00" if kind == "currency" else ""


def _value(attributes: dict[str, str], text: str) -> CellValue | None:
    """A cell's value; None for a blank one. Raises ValueError for one that cannot be."""
    kind = attributes.get(f"{_OFFICE}value-type", "")
    is_formula = f"{_TABLE}formula" in attributes
    if attributes.get(_CALC_TYPE) == "error" or (is_formula and _ERROR.fullmatch(text.strip())):
        return UnreadableCell(text.strip() or "#N/A")
    if is_formula and not kind and not text.strip():
        return UnreadableCell()
    if kind in ("float", "percentage", "currency"):
        if kind == "float" and _PADDED.fullmatch(text.strip()):
            return text.strip()  # a code that its format shows with leading zeros
        return cell_value(float(attributes.get(f"{_OFFICE}value", "")))
    if kind == "date":
        return _date(attributes.get(f"{_OFFICE}date-value", ""))
    if kind == "time":
        return _time(attributes.get(f"{_OFFICE}time-value", ""))
    if kind == "boolean":
        return attributes.get(f"{_OFFICE}boolean-value") == "true"
    return cell_value(attributes.get(f"{_OFFICE}string-value") or text)


def _date(text: str) -> CellValue:
    if "T" not in text:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(re.sub(r"[.,]\d+", "", text))
    return moment.replace(tzinfo=None)


def _time(text: str) -> CellValue:
    parts = _DURATION.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    days, hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if text.startswith("-"):
        return -length
    return length if length >= timedelta(days=1) else (datetime.min + length).time()
