"""calamine's values + the marks of the file = a grid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from lastmile_desktop.sheets.grid import (
    MAX_CELL_CHARACTERS,
    MAX_ROWS,
    CellValue,
    Grid,
    Row,
    UnreadableCell,
)
from lastmile_desktop.sheets.workbooks.marks import Position, SheetMarks, as_code

Progress = Callable[[int, int], None]
#: Errors as Excel writes them, in text files and pasted cells in the language of the user's Excel too.
TEXT_ERRORS = frozenset(
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#NV",
        "#BEZUG!",
        "#WERT!",
        "#ZAHL!",
        "#VALEUR!",
        "#NOM?",
        "#NOMBRE!",
        "#NUL!",
        "#N/D",
        "#RIF!",
        "#VALORE!",
        "#NOME?",
        "#NULLO!",
        "#NOMBRE?",
        "#¡REF!",
        "#¡VALOR!",
        "#¡DIV/0!",
        "#¡NUM!",
        "#¡NULO!",
        "#N/B",
        "#VERW!",
        "#WAARDE!",
        "#DEEL/0!",
        "#NAAM?",
        "#GETAL!",
        "#LEEG!",
        "#ADR!",
        "#ARG!",
        "#DZIEL/0!",
        "#NAZWA?",
        "#LICZBA!",
        "#ZERO!",
        "#VALOR!",
        "#NÚM!",
        "#NULO!",
    ]
)
_HALF_SECOND = timedelta(microseconds=500_000)
#: Beyond this a float no longer tells whole numbers apart.
_EXACT = 10**15


class UnreadableBookError(Exception):
    """calamine cannot read the workbook, or not this sheet of it."""


@contextmanager
def calamine_failures() -> Iterator[None]:
    """Turn all that calamine raises into UnreadableBookError.

    A panic of its Rust code arrives as an exception that is no Exception, so that nobody catches it by
    accident; the sheet is as unreadable as with any other error.
    """
    from python_calamine import CalamineError

    try:
        yield
    except CalamineError as error:
        raise UnreadableBookError(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableBookError("panic") from error


def fill_grid(grid: Grid, sheet: Any, marks: SheetMarks, on_progress: Progress) -> None:
    """Put the values of a ``CalamineSheet`` into the grid, with what the marks know about them."""
    start = sheet.start
    first_column = start[1] + 1 if start else 1
    special = _by_row(marks)
    # iter_rows leaves out empty columns to the left, but not the empty rows above (python-calamine 0.9).
    for number, values in enumerate(sheet.iter_rows(), start=1):
        row: Row = {}
        for column, value in enumerate(values, first_column):
            if value != "" and (cell := cell_value(value)) is not None:
                row[column] = cell
        if number in special:
            _apply(row, number, special[number], marks)
        if not row:
            continue
        if len(grid.rows) >= MAX_ROWS:
            grid.truncated_after_row = grid.last_row
            break
        grid.rows[number] = row
        if len(grid.rows) % 2000 == 0:
            on_progress(0, len(grid.rows))
    _fill_lost_rows(grid, special, marks)
    describe(grid, marks)


def describe(grid: Grid, marks: SheetMarks) -> None:
    """What the marks know about the whole sheet."""
    grid.hidden_rows = frozenset(marks.hidden_rows)
    grid.hidden_columns = frozenset(marks.hidden_columns)
    grid.merges = tuple(marks.merges)
    grid.has_filter = marks.has_filter
    grid.formats = marks.formats


def cell_value(value: Any) -> CellValue | None:
    """A value of calamine's as the program means it: whole numbers whole, times to the second, no blanks."""
    if isinstance(value, str):
        text: str = value.strip()
        if not text:
            return None
        if text[0] == "#" and text in TEXT_ERRORS:
            return UnreadableCell(text)
        return value if len(value) <= MAX_CELL_CHARACTERS else value[:MAX_CELL_CHARACTERS]
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return UnreadableCell("#NUM!")
        return int(value) if value.is_integer() and -_EXACT < value < _EXACT else value
    if isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return _to_second(value)
    if isinstance(value, date):
        # The day zero of both calendars: it is a time of day of 24:00.
        return datetime(1900, 1, 1) if value in (date(1900, 1, 1), date(1904, 1, 2)) else value
    if isinstance(value, time):
        rounded = _to_second(datetime.combine(date(1900, 1, 1), value))
        return rounded.time() if rounded.day == 1 else datetime(1900, 1, 1)
    if isinstance(value, timedelta):
        return timedelta(seconds=round(value.total_seconds()))
    return str(value) if str(value).strip() else None


def _to_second(value: datetime) -> datetime:
    if not value.microsecond:
        return value
    return (value + _HALF_SECOND).replace(microsecond=0)


def _by_row(marks: SheetMarks) -> dict[int, set[int]]:
    """Row -> columns about which the marks know more than the value says."""
    found: dict[int, set[int]] = {}
    positions: tuple[Iterable[Position], ...] = (
        marks.errors,
        marks.lost,
        marks.codes,
        marks.shown,
        marks.clocks,
    )
    for group in positions:
        for row, column in group:
            found.setdefault(row, set()).add(column)
    return found


def _apply(row: Row, number: int, columns: Iterable[int], marks: SheetMarks) -> None:
    added = False
    for column in columns:
        position = (number, column)
        added = added or column not in row
        if position in marks.errors:
            row[column] = UnreadableCell(marks.errors[position] or "#N/A")
        elif position in marks.lost:
            row[column] = UnreadableCell()
        elif position in marks.shown:
            row[column] = marks.shown[position]
        elif position in marks.codes:
            value = row.get(column)
            if isinstance(value, int) and not isinstance(value, bool):
                row[column] = as_code(value, marks.codes[position])
        elif position in marks.clocks:
            value = row.get(column)
            if isinstance(value, date) and not isinstance(value, datetime):
                row[column] = datetime.combine(value, time(0))
    if added:
        ordered = sorted(row.items())
        row.clear()
        row.update(ordered)


def _fill_lost_rows(grid: Grid, special: dict[int, set[int]], marks: SheetMarks) -> None:
    """Rows that hold nothing but errors and lost formulas lie outside the rectangle of values."""
    limit = grid.truncated_after_row
    missing = [number for number in special if number not in grid.rows and (limit is None or number <= limit)]
    for number in missing:
        row: Row = {}
        lost = [c for c in special[number] if (number, c) in marks.errors or (number, c) in marks.lost]
        _apply(row, number, lost, marks)
        if row:
            grid.rows[number] = row
    if missing:
        grid.rows = dict(sorted(grid.rows.items()))
