"""Order numbers, phone numbers, postcodes, house numbers: text always, never arithmetic.

    cell := text (an Excel apostrophe dropped) | whole number (10001.0 is 10001)

Refused: what Excel has shortened to 1.5E+10 (its digits are gone) and what it turned into a date (3-4).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.values.plain import as_code
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_SHORTENED = re.compile(r"'?\d(?:[.,]\d+)?[eE]\+\d{1,3}")
#: Excel keeps fifteen digits and writes zeros for the rest.
_LOST_DIGITS_FROM = 10**15


def parse_code(value: CellValue) -> str | None:
    """The code as text, None for a blank. Raises UnreadableValueError."""
    if isinstance(value, datetime | date):
        raise UnreadableValueError("Excel turned it into a date", _before_excel(value))
    if isinstance(value, time | timedelta):
        raise UnreadableValueError("Excel turned it into a time", as_code(value))
    if isinstance(value, str) and _SHORTENED.fullmatch(value.strip()):
        raise UnreadableValueError("Excel has shortened it and its last digits are lost")
    return as_code(value) or None


def has_lost_digits(value: CellValue | None) -> bool:
    """True for a number with more digits than Excel keeps."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) >= _LOST_DIGITS_FROM
        and value % 10 == 0
    )


def _before_excel(value: date) -> str:
    """What was probably typed: 3-4 became the 3rd of April or the 4th of March; the smaller comes first."""
    low, high = sorted((value.day, value.month))
    return f"{low}-{high}" if low != high else ""
