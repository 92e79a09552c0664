"""Amounts with and without units: pieces, weights, volumes, money, distances.

    cell     := number | text
    text     := nothing | [about] [unit] amount [unit] | amount unit (amount smaller-unit)*
    amount   := [+ -] digits [mark digits]* | fraction | number fraction | a counting word up to twelve
    mark     := decimal point or comma; thousands: point, comma, apostrophe, any space
    fraction := ½ ¼ ¾ ⅓ ⅔ ⅛

With two kinds of marks the last one is the decimal. One mark before exactly three digits (1.250) is decided
by the other cells of the column, else refused with both readings open. Ranges, dates that Excel made of them,
percentages, negatives and unknown words are refused, with a fix where one reading is likely.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from lastmile_desktop.sheets.grid import CellValue, UnreadableCell
from lastmile_desktop.sheets.text import UNITS, fold, word_set
from lastmile_desktop.sheets.values.number_words import NUMBER_WORDS
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_LARGEST = Decimal(10) ** 9
_AMOUNT = re.compile(
    r"(?P<before>[^\d+\-.,]*?)\s*(?P<number>[+-]?\s?[\d.,'’ ]*\d)\s*"
    r"(?P<after>[^\d]*(?:m|ft)\s?\^?3\W*|[^\d]*)"
)
_PART = re.compile(r"([\d.,'’]*\d)\s*([a-z]+[23]?)\.?\s*(?:,|and|und|et|y|e|en|i|\+)?\s*")
_RANGE = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:-|to|bis|a|tot|do|or|oder|ou|o|of|lub)\s*(\d+(?:[.,]\d+)?)\s*(.*)"
)
_CLEARLY_COMMA = re.compile(
    r"-?\d+,\d{1,2}|-?\d+,\d{4,}|-?0,\d+|-?\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"
)
_CLEARLY_POINT = re.compile(
    r"-?\d+\.\d{1,2}|-?\d+\.\d{4,}|-?0\.\d+|-?\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"
)
_FIRST_NUMBER = re.compile(r"-?\d[\d.,]*\d|\d")
_NOTHING = word_set(
    "- -- --- n/a na n.a. none keine keiner kein k.a. unbekannt unknown nan null nil inconnu desconocido "
    "sconosciuto onbekend nieznana nieznany desconhecido brak nvt n.v.t."
)
_CURRENCY_WORDS = word_set("€ eur euro $ usd £ gbp chf fr zl pln ct")
_BARE_WORDS = word_set(
    "ca circa about approx approximately around etwa env environ aprox ok okolo ongeveer ~ each brutto netto "
    "gross net brut lordo bruto total gesamt nur only"
)
_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333333", "⅔": "0.666667", "⅛": "0.125"}
_WITH_FRACTION = re.compile(r"(\d*)\s*([½¼¾⅓⅔⅛])")
_ABOUT = re.compile(
    r"^(?:~|ca\.|circa|about|approx\.?|approximately|around|etwa|env\.|environ|aprox\.?|ongeveer|okolo|ok\.)\s*(?=\d)"
)
#: "1/2 kg" is half a kilogram; a bare "1/2" is perhaps the first of two.
_SHARE = re.compile(r"^(?:(\d+)\s+)?([123])/([234])(?=\s*[a-z])")
_DIGIT_BEHIND_FRACTION = re.compile(r"[½¼¾⅓⅔⅛]\s*[\d.,]")
_SPACED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?")
_UNKNOWN_WORDS = "it is not a plain number"
_TWO_READINGS = "it could be thousands or a fraction"

GRAMS = {
    "kg": Decimal(1000),
    "g": Decimal(1),
    "t": Decimal(1_000_000),
    "lb": Decimal("453.59237"),
    "oz": Decimal("28.349523125"),
    "mg": Decimal("0.001"),
}
CUBIC_CM = {
    "m3": Decimal(1_000_000),
    "l": Decimal(1000),
    "dm3": Decimal(1000),
    "cm3": Decimal(1),
    "ml": Decimal(1),
    "ft3": Decimal("28316.846592"),
}
METRES = {"km": Decimal(1000), "mi": Decimal("1609.344")}
_SCALES = (GRAMS, CUBIC_CM, METRES)


def uses_decimal_comma(texts: Iterable[str]) -> bool | None:
    """How cells write fractions: True with a comma, False with a point, None when they do not show it.

    Cells of both kinds show nothing: then nobody can tell what 1.250 is.
    """
    comma = point = 0
    for text in texts:
        number = _FIRST_NUMBER.search(text)
        if number:
            comma += bool(_CLEARLY_COMMA.fullmatch(number.group()))
            point += bool(_CLEARLY_POINT.fullmatch(number.group()))
    return None if bool(comma) == bool(point) else comma > 0


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
    return _of_text(value, decimal_comma)


@lru_cache(maxsize=8192)
def _of_text(text: str, decimal_comma: bool | None) -> tuple[Decimal, str] | None:
    if _has_raised_digit(text) or _DIGIT_BEHIND_FRACTION.search(text):
        raise UnreadableValueError("it is not one number")
    folded = fold(_WITH_FRACTION.sub(_written_out, text)).removeprefix("'").strip()
    if folded == "" or folded in _NOTHING:
        return None
    folded = _SHARE.sub(_share, _ABOUT.sub("", folded))
    if "%" in folded:
        raise UnreadableValueError("it is a percentage")
    words = folded.split()
    if words[0] in NUMBER_WORDS and len(words) <= 2:
        return Decimal(NUMBER_WORDS[words[0]]), _unit("", " ".join(words[1:]))
    together = _of_parts(folded, decimal_comma)
    if together is not None:
        return together
    match = _AMOUNT.fullmatch(folded)
    if match is None:
        raise UnreadableValueError("it is not one number", _likely(folded))
    if "(" in match.group("before") and ")" in match.group("after"):
        raise UnreadableValueError("in brackets it could be negative", match.group("number").strip())
    number = _decimal(_plain_number(match.group("number"), decimal_comma))
    if number < 0:
        raise UnreadableValueError("it is negative", folded.replace("-", "", 1).strip())
    try:
        unit = _unit(match.group("before"), match.group("after"))
    except UnreadableValueError as error:
        error.fix = match.group("number").strip() if not match.group("before").strip() else ""
        raise
    return _checked(number), unit


def _has_raised_digit(text: str) -> bool:
    """True for 5² and 9³⁰; m³ is a unit."""
    return any(
        not sign.isdecimal() and sign.isdigit() and text[place - 1 : place].isdigit()
        for place, sign in enumerate(text)
    )


def _written_out(match: re.Match[str]) -> str:
    whole, fraction = match.group(1), _FRACTIONS[match.group(2)]
    return f"{whole or '0'}{fraction[1:]}"


def _share(match: re.Match[str]) -> str:
    return f"{Decimal(match.group(1) or 0) + Decimal(match.group(2)) / Decimal(match.group(3)):.6f}"


def _of_parts(folded: str, decimal_comma: bool | None) -> tuple[Decimal, str] | None:
    """ "12 lb 8 oz" as one amount in its first unit; None for anything else."""
    total, first, last, place = Decimal(0), "", Decimal(0), 0
    count = 0
    while place < len(folded):
        part = _PART.match(folded, place)
        unit = UNITS.get(part.group(2), "") if part else ""
        scales = next((scales for scales in _SCALES if unit in scales), None)
        if part is None or scales is None or (first and first not in scales):
            return None
        scale = scales[unit]
        if first and scale >= last:
            return None
        first = first or unit
        total += _decimal(_plain_number(part.group(1), decimal_comma)) * scale / scales[first]
        last, place, count = scale, part.end(), count + 1
    return (_checked(total), first) if count > 1 else None


def _likely(folded: str) -> str:
    """What was probably meant: the upper end of a range."""
    spread = _RANGE.fullmatch(folded)
    if not spread or "-" in spread.group(3):
        return ""
    low, high = (float(part.replace(",", ".")) for part in spread.group(1, 2))
    return f"{spread.group(2)} {spread.group(3)}".strip() if low < high else ""


def _unit(before: str, after: str) -> str:
    words = [word.strip(".:(") for word in before.split()] + [word.strip(".()") for word in after.split()]
    if before.strip() in (":", ",") or after.strip(". ") in (":", ","):
        raise UnreadableValueError(_UNKNOWN_WORDS)
    units = [word for word in words if word and word not in _CURRENCY_WORDS and word not in _BARE_WORDS]
    if not units:
        return ""
    joined = "".join(units)
    unit = UNITS.get(joined) or (UNITS.get(units[0]) if len(units) == 1 else None)
    if unit is None:
        raise UnreadableValueError(_UNKNOWN_WORDS)
    return unit


def _plain_number(text: str, decimal_comma: bool | None) -> str:
    """Digits with at most one decimal point. With both signs the last one is the decimal."""
    number = text.strip()
    sign = "-" if number.startswith("-") else ""
    number = number.lstrip("+- ")
    if re.search(r"[ '’]", number):
        if not _SPACED.fullmatch(number):
            raise UnreadableValueError("it is not one number")
        number = re.sub(r"[ '’]", "", number)
        whole, mark, fraction = number.replace(",", ".").partition(".")
        return f"{sign}{whole}{mark}{fraction}"
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
    if len(fraction) == 3 and 1 <= len(whole) <= 3 and whole.lstrip("0"):
        if is_decimal is None:
            raise UnreadableValueError(_TWO_READINGS)
        return f"{whole}.{fraction}" if is_decimal else whole + fraction
    return f"{whole or '0'}.{fraction}"


def _are_thousands(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(unicodedata.normalize("NFKC", text))
    except InvalidOperation as error:
        raise UnreadableValueError("it is not a number") from error


def _checked(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise UnreadableValueError("it is not a number")
    if number < 0:
        raise UnreadableValueError("it is negative", f"{-number:f}" if number > -_LARGEST else "")
    if number > _LARGEST:
        raise UnreadableValueError("it is far too large")
    return abs(number)  # not "-0"


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
    try:
        amount = parse_amount(value, decimal_comma=decimal_comma)
    except UnreadableValueError as error:
        if error.fix.isdecimal() and str(error) == _UNKNOWN_WORDS:
            error.fix = ""  # 5 Pfund is not 5 kg
        raise
    if amount is None:
        return None
    number, unit = amount
    scale = scales.get(unit or default_unit)
    if scale is None:
        raise UnreadableValueError("its unit does not fit the column")
    return round(number * scale)


def parse_cents(value: CellValue, *, decimal_comma: bool | None = None) -> int | None:
    """An amount of money in cents; None for a blank. Raises UnreadableValueError."""
    if isinstance(value, str):
        value = re.sub(r"[.,]\s?[-–—]+\s*(?=$|[^\d])", "", value)  # 12,- is twelve
    amount = parse_amount(value, decimal_comma=decimal_comma)
    if amount is None:
        return None
    number, unit = amount
    if unit not in ("", "km", "h"):
        raise UnreadableValueError("it is not an amount of money")
    return round(number * 100)
