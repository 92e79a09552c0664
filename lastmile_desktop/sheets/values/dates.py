"""Delivery dates. Whether 03/04 is in March or April is decided for a whole column, never for one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?: .*)?")
_NAMED = re.compile(
    r"(\d{1,2})\.?\s*([a-z]+)\.?,?\s*(\d{4})|([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
)
_WEEKDAY = re.compile(r"^(?:mo|tu|we|th|fr|sa|su|di|mi|do|so)[a-z]*[.,]?\s+")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio januari styczen janeiro",
            "feb february februar fevrier febrero febbraio februari luty fevereiro",
            "mar march marz mars marzo maart marzec marco",
            "apr april avril abril aprile kwiecien",
            "may mai mayo maggio mei maj maio",
            "jun june juni juin junio giugno czerwiec junho",
            "jul july juli juillet julio luglio lipiec julho",
            "aug august aout agosto augustus sierpien",
            "sep sept september septembre septiembre settembre wrzesien setembro",
            "oct okt october oktober octobre octubre ottobre pazdziernik outubro",
            "nov november novembre noviembre listopad novembro",
            "dec dez december dezember decembre diciembre dicembre grudzien dezembro",
        ),
        start=1,
    )
    for name in names.split()
}


def day_comes_first(values: Iterable[CellValue]) -> bool | None:
    """Whether a column writes day/month (True) or month/day (False); None when no cell settles it."""
    for value in values:
        match = _SLASHED.fullmatch(_without_weekday(value)) if isinstance(value, str) else None
        if match:
            if int(match.group(1)) > 12:
                return True
            if int(match.group(2)) > 12:
                return False
    return None


def is_slashed(value: CellValue) -> bool:
    """True for a date text whose order of day and month only the column can tell."""
    return isinstance(value, str) and _SLASHED.fullmatch(_without_weekday(value)) is not None


def parse_date(value: CellValue, *, day_first: bool = True) -> date | None:
    """The date in a cell, None for a blank. Raises UnreadableValueError."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise UnreadableValueError("it is not a date")
    text = _without_weekday(value)
    if text in ("", "-"):
        return None
    try:
        found = _from_text(text, day_first)
    except ValueError as error:
        raise UnreadableValueError("there is no such date") from error
    if found is None:
        raise UnreadableValueError("it is not a date that can be read with certainty")
    return found


def find_date(text: str) -> date | None:
    """An unmistakable date within a title such as "Deliveries Thursday 18.09.2025"; None without one."""
    folded = fold(text)
    for pattern in (
        r"\d{4}-\d{1,2}-\d{1,2}",
        r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}",
        r"\d{1,2}\.? [a-z]{3,} \d{4}",
    ):
        match = re.search(pattern, folded)
        if match:
            try:
                return _from_text(match.group(), day_first=True)
            except ValueError:
                continue
    return None


def _without_weekday(text: str) -> str:
    return _WEEKDAY.sub("", fold(text))


def _from_text(text: str, day_first: bool) -> date | None:
    iso = _ISO.fullmatch(text)
    if iso:
        return date(int(iso.group(1)), int(iso.group(2)), int(iso.group(3)))
    dotted = _DOTTED.fullmatch(text)
    if dotted:
        return date(_year(dotted.group(3)), int(dotted.group(2)), int(dotted.group(1)))
    slashed = _SLASHED.fullmatch(text)
    if slashed:
        first, second = int(slashed.group(1)), int(slashed.group(2))
        day, month = (first, second) if day_first else (second, first)
        return date(_year(slashed.group(3)), month, day)
    named = _NAMED.fullmatch(text)
    if named:
        day_text, month_name, year_text = (
            named.group(1, 2, 3) if named.group(1) else (named.group(5), named.group(4), named.group(6))
        )
        if month_name in _MONTHS:
            return date(int(year_text), _MONTHS[month_name], int(day_text))
    return None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)
