"""Single lines that are no records: totals, repeated headings, headings of tours, feet of pages."""

from __future__ import annotations

import re
from functools import cache

from lastmile_desktop.sheets.grid import CellValue, Row, UnreadableCell
from lastmile_desktop.sheets.rows import Table
from lastmile_desktop.sheets.text import fold, heading_name
from lastmile_desktop.sheets.values.dates import find_date
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.weekdays import is_day_name
from lastmile_desktop.sheets.words import line_words

PLACE_FIELDS = ("address", "street", "coordinates", "lat", "lon", "postcode", "town")
WHO_FIELDS = ("id", "name", "first_name", "last_name", "contact", "company", "phone", "email")
_LONGEST_TITLE = 80


@cache
def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(heading_name(word).full for word in text.split("|") if word.strip())


@cache
def _sum_signs() -> re.Pattern[str]:
    """Finds a part of a sum word: quick, and right about every text that it does not find it in."""
    longest = {max(phrase, key=len) for phrase in _phrases(line_words.SUM_WORDS) if phrase}
    return re.compile("|".join(map(re.escape, sorted(longest))))


@cache
def _first_words(text: str) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _phrases(text) if len(phrase) == 1)


def is_no_record(table: Table, row: Row) -> bool:
    """True for a repeated heading or a line of sums."""
    return is_repeated_heading(table, row) or is_total(table, row)


def is_repeated_heading(table: Table, row: Row) -> bool:
    """True when the row says again what the heading, or one of its lines, says."""
    header = table.header
    if len(row) < 2 or header.is_missing:
        return False
    return any(_repeats(row, line) for line in (header.headings, *header.lines))


def _repeats(row: Row, headings: dict[int, str]) -> bool:
    allowed = 0.4 * len(row)
    for number, value in row.items():
        if not isinstance(value, str) or not _same_heading(value, headings.get(number, "")):
            allowed -= 1
            if allowed < 0:
                return False
    return True


def _same_heading(text: str, heading: str) -> bool:
    # Asked of every cell of the sheet: most are told apart by their first letter.
    return text[:1].lower() == heading[:1].lower() and heading_name(text) == heading_name(heading)


def is_total(table: Table, row: Row) -> bool:
    """True for a line of sums: a sum word, or only numbers, and no place beside it."""
    words = [number for number, value in row.items() if isinstance(value, str) and _is_sum(value)]
    places = {column.number for field in PLACE_FIELDS for column in table.columns.get(field, ())}
    words = [number for number in words if number not in places or not _has_digit(as_text(row[number]))]
    if words:
        rest = {number: value for number, value in row.items() if number not in words}
        return not has_any(table, rest, PLACE_FIELDS) and not _has_name(table, rest)
    if has_any(table, row, PLACE_FIELDS) or has_any(table, row, WHO_FIELDS):
        return False
    return is_only_numbers(row)


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _has_name(table: Table, row: Row) -> bool:
    """A sum may say how many customers there are; a name is a name."""
    named = ("name", "first_name", "last_name", "company")
    return any(
        any(sign.isalpha() for sign in as_text(row.get(column.number)))
        for field in named
        for column in table.columns.get(field, ())
    )


def is_only_numbers(row: Row) -> bool:
    """True when no cell holds a letter."""
    return all(
        isinstance(value, UnreadableCell) or not any(sign.isalpha() for sign in as_text(value))
        for value in row.values()
    )


def _is_sum(text: str) -> bool:
    if len(text) > _LONGEST_TITLE:
        return False
    if text.strip() in ("Σ", "∑", "Σ:", "∑:"):
        return True
    if text.isascii() and not _sum_signs().search(text.lower()):
        return False  # most texts of most sheets
    words = heading_name(text).full
    known = _phrases(line_words.SUM_WORDS)
    return any(words[:size] in known for size in (1, 2)) or (len(words) > 1 and words[-1:] in known)


def is_section(text: str) -> bool:
    """True for a text that heads a group of rows: "Tour 1", "Vormittag", "Monday 23.11.", "Fahrer: Meier"."""
    folded = fold(text)
    if not folded or len(folded) > _LONGEST_TITLE:
        return False
    words = [word.strip(".:,-()") for word in folded.replace("_", " ").replace("-", " ").split()]
    words = [word for word in words if word]
    if not words:
        return True
    known = _first_words(line_words.SECTION_WORDS)
    return words[0] in known or folded.endswith(":") or is_day_name(folded) or find_date(text) is not None


def is_footer(text: str) -> bool:
    """True for the foot of a page: "Page 1 of 3", "Gedruckt am 22.11.", "Signature:"."""
    words = heading_name(text).full
    known = _phrases(line_words.FOOTER_WORDS)
    return any(words[:size] in known for size in (1, 2, 3))


def has_any(table: Table, row: Row, fields: tuple[str, ...]) -> bool:
    """True when one of the fields' cells holds something."""
    return any(
        column.number in row and _holds(row[column.number])
        for field in fields
        for column in table.columns.get(field, ())
    )


def _holds(value: CellValue) -> bool:
    return isinstance(value, UnreadableCell) or as_text(value) != ""
