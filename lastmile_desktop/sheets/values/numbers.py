"""Amounts with and without units: pieces, weights, volumes, money, distances."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from lastmile_desktop.sheets.grid import CellValue, UnreadableCell
from lastmile_desktop.sheets.text import UNITS, fold, word_set
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_LARGEST = Decimal(10) ** 9
_AMOUNT = re.compile(r"(?P<before>[^\d+\-.,]*?)\s*(?P<number>[+-]?\s?[\d.,'’ ]*\d)\s*(?P<after>[^\d]*)")
_CLEARLY_COMMA = re.compile(r"-?\d+,\d{1,2}|-?\d+,\d{4,}|-?\d{1,3}(?:\.\d{3})+,\d+")
_CLEARLY_POINT = re.compile(r"-?\d+\.\d{1,2}|-?\d+\.\d{4,}|-?\d{1,3}(?:,\d{3})+\.\d+")
_NOTHING = frozenset(["", "-", "--", "n/a", "na", "none", "keine", "k.a.", "unbekannt", "unknown", "nan"])
_CURRENCY_WORDS = word_set("€ eur euro $ usd £ gbp chf fr zl pln ct")
_BARE_WORDS = word_set("ca about approx circa max min each per")

GRAMS = {"kg": Decimal(1000), "g": Decimal(1), "t": Decimal(1_000_000), "lb": Decimal("453.59237")}
CUBIC_CM = {"m3": Decimal(1_000_000), "l": Decimal(1000), "ft3": Decimal("28316.846592")}
METRES = {"km": Decimal(1000), "mi": Decimal("1609.344")}


def uses_decimal_comma(texts: Iterable[str]) -> bool | None:
    """How a file writes fractions: True with a comma, False with a point, None when it does not show."""
    comma = point = 0
    for text in texts:
        number = text.strip().split(" ")[0]
        comma += bool(_CLEARLY_COMMA.fullmatch(number))
        point += bool(_CLEARLY_POINT.fullmatch(number))
    if comma == point:
        return None
    return comma > point


def parse_amount(value: CellValue, *, decimal_comma: bool | None = None) -> tuple[Decimal, str] | None:
    """A number and its unit ("" when the cell has none); None when the cell says nothing.

    Raises UnreadableValueError for anything that is not one plain amount, dates and percentages included.
    """
    if isinstance(value, datetime | date):
        raise UnreadableValueError("Excel turned it into a date")
    if isinstance(value, time | timedelta):
        raise UnreadableValueError("it is a time")
    if isinstance(value, bool | UnreadableCell):
        raise UnreadableValueError("it is not a number")
    if isinstance(value, int | float):
        return _checked(_decimal(repr(value) if isinstance(value, float) else str(value))), ""
    folded = fold(value).removeprefix("'")
    if folded in _NOTHING:
        return None
    match = _AMOUNT.fullmatch(folded)
    if match is None:
        raise UnreadableValueError("it is not one number")
    unit = _unit(match.group("before"), match.group("after"))
    return _checked(_decimal(_plain_number(match.group("number"), decimal_comma))), unit


def _unit(before: str, after: str) -> str:
    words = [word.strip(".:()") for word in f"{before} {after}".split()]
    units = [word for word in words if word and word not in _CURRENCY_WORDS and word not in _BARE_WORDS]
    if not units:
        return ""
    joined = "".join(units)
    unit = UNITS.get(joined) or (UNITS.get(units[0]) if len(units) == 1 else None)
    if unit is None:
        raise UnreadableValueError("it is not a plain number")
    return unit


def _plain_number(text: str, decimal_comma: bool | None) -> str:
    """Digits with at most one decimal point. With both signs the last one is the decimal."""
    number = re.sub(r"[ '’]", "", text)
    sign = "-" if number.startswith("-") else ""
    number = number.lstrip("+-")
    if "," in number and "." in number:
        decimal = "," if number.rfind(",") > number.rfind(".") else "."
        whole, _, fraction = number.rpartition(decimal)
        groups = re.split(r"[.,]", whole)
        if decimal in whole or not _are_thousands(groups):
            raise UnreadableValueError("its thousands and decimals are mixed up")
        return f"{sign}{''.join(groups)}.{fraction}"
    for mark, is_decimal in (
        (",", decimal_comma),
        (".", None if decimal_comma is None else not decimal_comma),
    ):
        if mark in number:
            return sign + _with_one_mark(number, mark, is_decimal)
    return sign + number


def _with_one_mark(number: str, mark: str, is_decimal: bool | None) -> str:
    groups = number.split(mark)
    if len(groups) > 2:
        if not _are_thousands(groups):
            raise UnreadableValueError("it is not one number")
        return "".join(groups)
    whole, fraction = groups
    if len(fraction) == 3 and 1 <= len(whole) <= 3 and whole != "0":
        if is_decimal is None:
            raise UnreadableValueError("it could be thousands or a fraction")
        return f"{whole}.{fraction}" if is_decimal else whole + fraction
    return f"{whole or '0'}.{fraction}"


def _are_thousands(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise UnreadableValueError("it is not a number") from error


def _checked(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise UnreadableValueError("it is not a number")
    if number < 0:
        raise UnreadableValueError("it is negative")
    if number > _LARGEST:
        raise UnreadableValueError("it is far too large")
    return number


def parse_quantity_milli(value: CellValue, *, decimal_comma: bool | None = None) -> int | None:
    """Thousandths of a piece; None for a blank. Raises UnreadableValueError."""
    amount = parse_amount(value, decimal_comma=decimal_comma)
    if amount is None:
        return None
    number, unit = amount
    if unit not in ("", "pcs"):
        raise UnreadableValueError("it is not a number of pieces")
    return round(number * 1000)


def parse_measure(
    value: CellValue, scales: dict[str, Decimal], default_unit: str, *, decimal_comma: bool | None = None
) -> int | None:
    """An amount in the smallest unit of ``scales`` (grams, cm3, metres); None for a blank.

    A unit in the cell goes before ``default_unit``. Raises UnreadableValueError.
    """
    amount = parse_amount(value, decimal_comma=decimal_comma)
    if amount is None:
        return None
    number, unit = amount
    scale = scales.get(unit or default_unit)
    if scale is None:
        raise UnreadableValueError("its unit does not fit the column")
    return round(number * scale)


def parse_cents(value: CellValue, *, decimal_comma: bool | None = None) -> int | None:
    """An amount of money in cents; None for a blank. Raises UnreadableValueError."""
    amount = parse_amount(value, decimal_comma=decimal_comma)
    if amount is None:
        return None
    number, unit = amount
    if unit not in ("", "km", "h"):
        raise UnreadableValueError("it is not an amount of money")
    return round(number * 100)
