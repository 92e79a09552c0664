"""What the values of a column look like: how many of them are times, amounts, places, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lastmile_desktop.sheets.grid import CellValue, UnreadableCell
from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values import choices, numbers
from lastmile_desktop.sheets.values.coordinates import is_pair, looks_geographic, parse_coordinate
from lastmile_desktop.sheets.values.dates import parse_date
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.values.times import is_time, parse_duration
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.windows import parse_windows

_POSTCODE = re.compile(
    r"(?:[a-z]{1,2}-)?\d{3,6}(?:-\d{3,4})?|\d{2}-\d{3}|\d{3} \d{2}|\d{4} ?[a-z]{2}"
    r"|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d|[a-z]\d{2} ?[a-z\d]{4}"
)
_HOUSE_NUMBER = re.compile(r"\d{1,5}\s?[a-z]{0,3}(?:\s?[-/+]\s?\d{0,5}\s?[a-z]?)*\.?")
_STREET = re.compile(r"[^\W\d_].*\d|\d+\S*[ ,]+.*[^\W\d_]{2}")
_WHOLE_ADDRESS = re.compile(
    r"[^\W\d_]{2}.*\d.*[,\n;].*[^\W\d_]{2}|\d.*[^\W\d_]{2}.*[,\n;].*[^\W\d_]{2}", re.DOTALL
)
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d.*|.*\d\d:\d\d:\d\d [+-]\d{4}")
_GOODS = re.compile(r"\b\d+\s?[x×*]\s?[^\W\d_]{2}|[^\W\d_]{3}\s?[x×*]\s?\d+\b", re.IGNORECASE)
_MEASURE_UNITS = frozenset(numbers.GRAMS)


def _readable(parse: Callable[[CellValue], object]) -> Callable[[CellValue], bool]:
    def test(value: CellValue) -> bool:
        try:
            return parse(value) is not None
        except UnreadableValueError:
            return False

    return test


def _is_period(value: CellValue) -> bool:
    """True for a period or an open side ("9-12", "ab 14 Uhr"), as text."""
    if not isinstance(value, str) or not any(sign.isdigit() for sign in value):
        return False
    try:
        return bool(parse_windows(value).windows)
    except UnreadableValueError:
        return False


def _is_clock(value: CellValue) -> bool:
    """True for a time of day that looks like one: 09:00, 9 am, an Excel time; not the bare number 12."""
    if isinstance(value, str):
        return not value.strip().isdigit() and any(sign.isdigit() for sign in value) and is_time(value)
    return not isinstance(value, int | float) and is_time(value)


def _is_weight(value: CellValue) -> bool:
    if not isinstance(value, str):
        return False
    try:
        amount = numbers.parse_amount(value)
    except UnreadableValueError:
        return False
    return amount is not None and amount[1] in _MEASURE_UNITS


def _is_phone(value: CellValue) -> bool:
    text = as_text(value)
    return sum(sign.isdigit() for sign in text) >= 6 and not any(sign.isalpha() for sign in text)


def _is_date(value: CellValue) -> bool:
    return not isinstance(value, int | float | bool) and _readable(parse_date)(value)


def _is_hash_number(value: CellValue) -> bool:
    text = as_text(value)
    return text.startswith("#") and any(sign.isdigit() for sign in text)


_TESTS: dict[str, Callable[[CellValue], bool]] = {
    "time": is_time,
    "clock": _is_clock,
    "period": _is_period,
    "date": _is_date,
    "amount": _readable(numbers.parse_amount),
    "weight": _is_weight,
    "duration": _readable(parse_duration),
    "coordinate": _readable(parse_coordinate),
    "geographic": looks_geographic,
    "fraction": lambda value: isinstance(value, float) and not value.is_integer() and abs(value) <= 180,
    "goods": lambda value: isinstance(value, str) and _GOODS.search(value) is not None,
    "pair": is_pair,
    "phone": _is_phone,
    "email": lambda value: "@" in as_text(value),
    "postcode": lambda value: _POSTCODE.fullmatch(fold(as_text(value).removeprefix("'"))) is not None,
    "house_number": lambda value: _HOUSE_NUMBER.fullmatch(fold(as_text(value))) is not None,
    "street": lambda value: isinstance(value, str) and _STREET.search(value) is not None,
    "whole_address": lambda value: isinstance(value, str) and _WHOLE_ADDRESS.search(value) is not None,
    "timestamp": lambda value: isinstance(value, str) and _TIMESTAMP.fullmatch(value.strip()) is not None,
    "zero_first": lambda value: isinstance(value, str) and value[:1] == "0" and value.isdigit(),
    "letters": lambda value: any(sign.isalpha() for sign in as_text(value)),
    "digits": lambda value: any(sign.isdigit() for sign in as_text(value)),
    "kind": choices.is_kind,
    "hash": _is_hash_number,
    "small": lambda value: re.fullmatch(r"[1-9]\d?|1\d\d|200", as_text(value)) is not None,
}


class ColumnValues:
    """The values of one column below a heading; shares are worked out when they are asked for."""

    def __init__(self, values: Sequence[CellValue]) -> None:
        self.known = [value for value in values if not isinstance(value, UnreadableCell)]
        self._shares: dict[str, float] = {}

    def __bool__(self) -> bool:
        return bool(self.known)

    def share(self, test: str) -> float:
        """The share of values (0 to 1) that pass a test of this module; 0 for an empty column."""
        if test not in self._shares:
            check = _TESTS[test]
            passed = sum(1 for value in self.known if check(value))
            self._shares[test] = passed / len(self.known) if self.known else 0.0
        return self._shares[test]

    @property
    def are_minutes(self) -> bool:
        """True for whole numbers up to a day's minutes, some of which no clock shows: 1440 beside 480."""
        whole = [value for value in self.known if isinstance(value, int) and not isinstance(value, bool)]
        if len(whole) < len(self.known) or len(whole) < 2 or not 100 <= max(whole) <= 1440:
            return False
        return any(value >= 100 and value % 100 >= 60 for value in whole)

    @property
    def distinct(self) -> float:
        """The share of different values."""
        return len({as_text(value) for value in self.known}) / len(self.known) if self.known else 0.0

    @property
    def mean_length(self) -> float:
        """The average number of signs."""
        return sum(len(as_text(value)) for value in self.known) / len(self.known) if self.known else 0.0
