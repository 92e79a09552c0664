"""Orders without any heading, and headings in words that nobody here knows: the cells themselves tell."""

from __future__ import annotations

from lastmile_desktop.sheets.column_values import ColumnValues
from lastmile_desktop.sheets.content_columns import recognise
from lastmile_desktop.sheets.grid import CellValue, Grid, Row
from lastmile_desktop.sheets.header import Column, Header
from lastmile_desktop.sheets.values.plain import as_text

_SAMPLE = 80
_LEAST_ROWS = 2
#: An address alone could be any text; this share of lines must have one.
_SHARE_WITH_PLACE = 0.6
_PLACES = frozenset(["address", "street", "coordinates", "lat"])


def header_by_content(grid: Grid) -> Header | None:
    """A stand-in for the missing heading of an orders sheet; None when the cells do not look like orders."""
    rows = dict(list(grid.rows.items())[:_SAMPLE])
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
    if place is None or not _is_a_table(usual, fields):
        return None
    with_place = sum(place in row for row in rows.values())
    if with_place < _SHARE_WITH_PLACE * len(rows):
        return None
    first = next(number for number, row in rows.items() if place in row)
    unknown_heading = _is_unknown_heading(rows, first, usual)
    header = Header(first, first if unknown_heading else first - 1, 1.0, is_missing=not unknown_heading)
    if unknown_heading:
        header.headings = {number: as_text(value) for number, value in rows[first].items()}
        header.lines = (dict(header.headings),)
    header.by_content = tuple(sorted(found))
    for number, (field, confidence) in sorted(found.items()):
        heading = header.headings.get(number, "")
        header.columns.append(Column(number, field, "", heading, confidence))
    return header


def _is_a_table(columns: dict[int, ColumnValues], fields: dict[str, int]) -> bool:
    """One column of text is a table only when it is a list of whole addresses."""
    if len(columns) > 1:
        return len(fields) > 1 or "address" in fields
    return "address" in fields and next(iter(columns.values())).share("street") >= 0.9


def _is_unknown_heading(rows: dict[int, Row], first: int, columns: dict[int, ColumnValues]) -> bool:
    """True when the first line is all words where the lines below it have numbers."""
    if any(_has_digit(value) for value in rows[first].values()) or len(rows[first]) < 2:
        return False
    below = [row for number, row in rows.items() if number > first]
    numeric = [
        number
        for number in rows[first]
        if sum(_has_digit(row[number]) for row in below if number in row)
        >= 0.7 * max(1, sum(number in row for row in below))
    ]
    return len(numeric) >= 2 or (len(numeric) == 1 and len(columns) <= 3)


def _has_digit(value: CellValue) -> bool:
    return any(sign.isdigit() for sign in as_text(value))
