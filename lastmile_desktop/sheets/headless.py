"""Orders without any heading, and headings in words that nobody here knows: the cells themselves tell."""

from __future__ import annotations

from lastmile_desktop.sheets.column_values import ColumnValues
from lastmile_desktop.sheets.columns import SURE, matcher_for
from lastmile_desktop.sheets.content_columns import recognise
from lastmile_desktop.sheets.grid import CellValue, Grid, Row
from lastmile_desktop.sheets.header import Column, Header
from lastmile_desktop.sheets.heading_lines import row_texts
from lastmile_desktop.sheets.text import heading_name
from lastmile_desktop.sheets.values.plain import as_text

_SAMPLE = 80
_LEAST_ROWS = 2
#: An address alone could be any text; this share of lines must have one.
_SHARE_WITH_PLACE = 0.6
_PLACES = ("address", "street", "coordinates", "lat")


def header_by_content(grid: Grid) -> Header | None:
    """A stand-in for the missing heading of an orders sheet; None when the cells do not look like orders."""
    rows = dict(list(grid.rows.items())[:_SAMPLE])
    heading = _unknown_heading(rows)
    if heading is not None:
        rows = {number: row for number, row in rows.items() if number > heading}
    if len(rows) < _LEAST_ROWS:
        return None
    columns = {
        number: ColumnValues([row[number] for row in rows.values() if number in row])
        for number in sorted({number for row in rows.values() for number in row})
    }
    usual = {number: values for number, values in columns.items() if len(values.known) >= 0.4 * len(rows)}
    found = recognise(usual, taken=frozenset(), everything=True)
    fields = {field: number for number, (field, _) in found.items()}
    place = next((fields[field] for field in _PLACES if field in fields), None)
    if (
        place is None
        or len(usual[place].known) < _LEAST_ROWS
        or _is_known_heading(grid, heading or next(iter(rows)))
    ):
        return None
    if not _is_a_table(usual, fields):
        return None
    if sum(place in row for row in rows.values()) < _SHARE_WITH_PLACE * len(rows):
        return None
    first = next(number for number, row in rows.items() if place in row)
    header = Header(first, first - 1, 1.0, is_missing=heading is None)
    if heading is not None:
        header.row, header.last_row = heading, heading
        header.headings = {number: as_text(value) for number, value in grid.rows[heading].items()}
        header.lines = (dict(header.headings),)
    header.by_content = tuple(sorted(found))
    for number, (field, confidence) in sorted(found.items()):
        header.columns.append(Column(number, field, "", header.headings.get(number, ""), confidence))
    return header


def _is_known_heading(grid: Grid, number: int) -> bool:
    """True when half of the first line are headings that are known well: then it names what is missing."""
    names = [heading_name(text) for text in row_texts(grid, number).values()]
    matcher = matcher_for("orders")
    known = sum(any(score >= SURE for score in matcher.candidates(name).values()) for name in names)
    return bool(names) and known >= 0.5 * len(names)


def _is_a_table(columns: dict[int, ColumnValues], fields: dict[str, int]) -> bool:
    """One column of text is a table only when it is a list of whole addresses."""
    if len(columns) > 1:
        return len(fields) > 1 or "address" in fields
    return "address" in fields and next(iter(columns.values())).share("street") >= 0.9


def _unknown_heading(rows: dict[int, Row]) -> int | None:
    """The first line that is all words where the lines below it have numbers."""
    numbers = list(rows)
    for place, number in enumerate(numbers[:5]):
        row, below = rows[number], [rows[other] for other in numbers[place + 1 :]]
        if len(row) < 2 or not below or any(_has_digit(value) for value in row.values()):
            continue
        numeric = [column for column in row if _mostly_numbers(column, below)]
        if len(numeric) >= 2 or (len(numeric) == 1 and len(row) <= 3):
            return number
    return None


def _mostly_numbers(column: int, rows: list[Row]) -> bool:
    filled = [row[column] for row in rows if column in row]
    return bool(filled) and sum(_has_digit(value) for value in filled) >= 0.7 * len(filled)


def _has_digit(value: CellValue) -> bool:
    return any(sign.isdigit() for sign in as_text(value))
