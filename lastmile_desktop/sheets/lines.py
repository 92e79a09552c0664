"""Which lines of a sheet are no records: blanks, totals, repeated headings, tour headings, legends."""

from __future__ import annotations

from functools import cache

from lastmile_desktop.sheets.grid import Row, UnreadableCell
from lastmile_desktop.sheets.rows import Table
from lastmile_desktop.sheets.text import heading_name
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.words import line_words

_PLACE = ("address", "street", "coordinates", "lat", "lon", "postcode", "town")
_WHO = ("id", "name", "first_name", "last_name", "contact", "phone", "email")


@cache
def _sum_words() -> frozenset[tuple[str, ...]]:
    return frozenset(heading_name(word).full for word in line_words.SUM_WORDS.split("|"))


def is_no_record(table: Table, row: Row) -> bool:
    """True for a repeated heading or a line of sums."""
    return is_repeated_heading(table, row) or is_total(table, row)


def is_repeated_heading(table: Table, row: Row) -> bool:
    """True when the row says again what the heading says."""
    headings = table.header.headings
    allowed = 0.4 * len(row)
    for number, value in row.items():
        if not isinstance(value, str) or not _same_heading(value, headings.get(number, "")):
            allowed -= 1
            if allowed < 0:
                return False
    return len(row) >= 2


def _same_heading(text: str, heading: str) -> bool:
    return abs(len(text) - len(heading)) <= 10 and heading_name(text) == heading_name(heading)


def is_total(table: Table, row: Row) -> bool:
    """True for a line of sums: a sum word, or only numbers, and no place."""
    if _any_field(table, row, _PLACE):
        return False
    texts = [as_text(value) for value in row.values()]
    for text in texts:
        words = heading_name(text).full
        if any(words[:size] in _sum_words() for size in (1, 2)):
            return True
    if _any_field(table, row, _WHO):
        return False
    return all(
        isinstance(value, UnreadableCell) or not any(sign.isalpha() for sign in as_text(value))
        for value in row.values()
    )


def is_heading_or_legend(table: Table, row: Row) -> bool:
    """True for a lone text among the orders ("Tour North", "red = urgent"): no place and nothing else."""
    if _any_field(table, row, _PLACE):
        return False
    mapped = [column.number for column in table.header.columns if column.number in row]
    return len(mapped) <= 1


def _any_field(table: Table, row: Row, fields: tuple[str, ...]) -> bool:
    return any(
        column.number in row
        and (isinstance(row[column.number], UnreadableCell) or as_text(row[column.number]) != "")
        for field in fields
        for column in table.columns.get(field, ())
    )
