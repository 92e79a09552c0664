"""Columns named after the days of the week, and names of days wherever they stand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.words.line_words import WEEKDAYS

_LEAST_DAYS = 3


@cache
def _weeks() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(form.split()) for week in WEEKDAYS for form in week.split("|"))


@cache
def day_names() -> frozenset[str]:
    """All full names of days, folded."""
    return frozenset(word for week in _weeks() for word in week if len(word) >= 5)


def weekday_columns(headings: Mapping[int, str]) -> tuple[int, ...]:
    """The columns headed by days of one language's week, when there are at least three different ones."""
    words = {column: fold(text).strip(". :") for column, text in headings.items()}
    best: tuple[int, ...] = ()
    for week in _weeks():
        columns = tuple(column for column, word in words.items() if word in week)
        if len({words[column] for column in columns}) >= _LEAST_DAYS and len(columns) > len(best):
            best = columns
    return best


def is_day_name(text: str) -> bool:
    """True for "Monday", "Di" or "jeudi 26.11." as the name of a worksheet or of a group of rows."""
    first = fold(text).replace(".", " ").replace(",", " ").replace("_", " ").replace("-", " ").split()
    return bool(first) and (
        first[0] in day_names() or any(first[0] in week for week in _weeks() if len(week[0]) > 1)
    )
