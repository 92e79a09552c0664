"""Delivery dates. Whether 03/04 is in March or April is decided for a whole column, never for one cell.

    cell     := Excel date | Excel's day number | yyyymmdd | text
    text     := [weekday] day [time] | weekday | today
    day      := yyyy-mm-dd | dd.mm.yyyy | dd.mm.yy | dd.mm. | dd/mm/yyyy | mm/dd/yyyy | dd-mm-yyyy
              | dd month yyyy | month dd yyyy | dd month          (months in eight languages)

What lacks a year takes it from the sheet's other dates or its title; a weekday or "today" alone is only read
where the sheet names its day. A weekday that contradicts its date is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values.day_words import (
    DATE_NOISE,
    MONTHS,
    RELATIVE_DAYS,
    WEEKDAY_TAILS,
    WEEKDAYS,
)
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

#: Excel's day numbers of 2000 and 2099; outside of them a number is no delivery date.
_SERIALS = range(36526, 73051)
_YEARS = range(2000, 2100)
_NO_DATE = "it is not a date that can be read with certainty"
_NOTHING = frozenset(["", "-", "--", "n/a", "na", "none", "keine", "any", "flexible", "egal", "/"])
_TIME = re.compile(
    r"(?:[t ]|\s+um\s+|\s+at\s+)\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\.\d+)?"
    r"\s*(?:[ap]m|uhr|h|z|[+-]\d{2}:?\d{2})?$"
)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?")
_NUMERIC = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\.?")
_NO_YEAR = re.compile(r"(\d{1,2})([./])\s?(\d{1,2})\.?")
#: Behind "mar": a day of March, where 3/11/2026 would make it a Tuesday.
_DAY_NUMBER = re.compile(r"\d{1,2}(?:,|\s|$)")
_YEAR_WORD = re.compile(r"(?<=\d)\s*(?:r\.?|roku)$")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|ere|eme|e|o|a)\b")


@dataclass(frozen=True, slots=True)
class DateHabits:
    """How a column writes its dates.

    ``day_first`` is None when no cell tells; ``mixed``: some cells put the day first, others the month.
    ``known`` is the day that the sheet names (its title, or all its other dates), for what lacks a year.
    """

    day_first: bool | None = None
    mixed: bool = False
    known: date | None = None
    year: int | None = None


USUAL_HABITS = DateHabits(day_first=True)


def date_habits(values: Sequence[CellValue], known: date | None = None) -> DateHabits:
    """The habits of a column, from all its cells. ``known`` is a date in the sheet's title."""
    day_leads = month_leads = False
    written: set[date] = set()
    for value in values:
        if isinstance(value, date):
            written.add(date(value.year, value.month, value.day))
        elif isinstance(value, str):
            parts = _numeric_parts(value)
            day_leads = day_leads or (parts is not None and parts[0] > 12 >= parts[1])
            month_leads = month_leads or (parts is not None and parts[1] > 12 >= parts[0])
            if parts is None or max(parts[:2]) > 12:
                written.update(_certain_date(value))
    first: bool | None = None
    if day_leads != month_leads:
        first = day_leads
    elif not day_leads:
        first = _agreed_order(values, written | ({known} if known else set()))
    years = {day.year for day in written} | ({known.year} if known else set())
    if known is None and len(written) == 1:
        known = next(iter(written))
    year = next(iter(years)) if len(years) == 1 else None
    return DateHabits(first, day_leads and month_leads, known, year)


def _numeric_parts(text: str) -> tuple[int, int, int] | None:
    """The three numbers of a date whose order only the column can tell (not 23.11.2026: day first)."""
    match = _NUMERIC.fullmatch(_bare(text))
    if match is None or (match.group(2) == "." and int(match.group(3)) <= 12):
        return None
    return int(match.group(1)), int(match.group(3)), _year(match.group(4))


def _certain_date(text: str) -> list[date]:
    try:
        found = parse_date(text, DateHabits())
    except UnreadableValueError:
        return []
    return [found] if found is not None else []


def _agreed_order(values: Iterable[CellValue], written: set[date]) -> bool | None:
    """The order under which doubtful dates fall on days that the sheet also names beyond doubt."""
    by_day = by_month = False
    named = {(day.year, day.month, day.day) for day in written}  # a doubtful one may be no date: 45/23
    for value in values:
        parts = _numeric_parts(value) if isinstance(value, str) else None
        if parts is None or parts[0] == parts[1]:
            continue
        first, second, year = parts
        by_day = by_day or (year, second, first) in named
        by_month = by_month or (year, first, second) in named
    return by_day if by_day != by_month else None


def is_slashed(value: CellValue) -> bool:
    """True for a date text whose order of day and month only the column can tell."""
    parts = _numeric_parts(value) if isinstance(value, str) else None
    return parts is not None and parts[0] != parts[1]


def parse_date(value: CellValue, habits: DateHabits = USUAL_HABITS) -> date | None:
    """The date in a cell, None for a blank. Raises UnreadableValueError."""
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, bool):
        raise UnreadableValueError("it is not a date")
    if isinstance(value, int | float):
        return _of_number(value)
    if not isinstance(value, str):
        raise UnreadableValueError("it is not a date")
    return _of_text(value, habits)


def has_time_of_day(value: CellValue) -> bool:
    """True when a time other than midnight stands beside the date."""
    if isinstance(value, datetime):
        return bool(value.hour or value.minute)
    if not isinstance(value, str) or ":" not in value:
        return False
    found = _TIME.search(fold(value))
    return found is not None and any(sign in "123456789" for sign in found.group().split("+")[0])


def _plausible(day: date) -> date:
    if day.year not in _YEARS:
        raise UnreadableValueError("its year cannot be right")
    return day


def _of_number(value: float) -> date:
    if not 0 < value < 1e8:
        raise UnreadableValueError("it is not a date")
    if float(value).is_integer() and value > 20_000_000:
        return _compact(str(int(value)))
    if int(value) in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(value))
    raise UnreadableValueError("it is not a date")


def _compact(digits: str) -> date:
    """20261123. Raises UnreadableValueError."""
    try:
        return _plausible(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
    except ValueError as error:
        raise UnreadableValueError(_NO_DATE) from error


@lru_cache(maxsize=4096)
def _of_text(text: str, habits: DateHabits) -> date | None:
    folded = fold(text).removeprefix("'")
    if folded in _NOTHING:
        return None
    if folded.isdecimal() and len(folded) in (5, 8):
        return _of_number(int(folded)) if len(folded) == 5 else _compact(folded)
    weekday, rest = _split_weekday(folded)
    if not rest:
        return _of_weekday(weekday, habits)
    if rest in RELATIVE_DAYS:
        if RELATIVE_DAYS[rest] == 0 and habits.known is not None:
            return habits.known
        raise UnreadableValueError("it depends on the day it was written")
    try:
        found = _from_text(_bare(rest), habits)
    except ValueError as error:
        if isinstance(error, UnreadableValueError):
            raise
        raise UnreadableValueError("there is no such date") from error
    if found is None:
        raise UnreadableValueError(_NO_DATE)
    if weekday is not None and found.weekday() != weekday:
        raise UnreadableValueError("its weekday and its date do not fit together")
    return _plausible(found)


def _of_weekday(weekday: int | None, habits: DateHabits) -> date:
    if habits.known is not None and habits.known.weekday() == weekday:
        return habits.known
    raise UnreadableValueError("it names a weekday but no date")


def weekday_of(value: CellValue) -> int | None:
    """The weekday (0 = Monday) of a cell that says nothing else, None for other cells."""
    if not isinstance(value, str) or len(value) > 20:
        return None
    weekday, rest = _split_weekday(fold(value))
    return weekday if not rest else None


def _split_weekday(folded: str) -> tuple[int | None, str]:
    words = re.split(r"[\s,.]+", folded, maxsplit=1)
    name, *behind = words
    if "-" in name and name.split("-")[1] in WEEKDAY_TAILS:
        name = name.split("-")[0]
    rest = behind[0].strip(" ,.") if behind else ""
    if name in WEEKDAYS and not (name in MONTHS and _DAY_NUMBER.match(rest)):
        if rest in WEEKDAY_TAILS:
            rest = ""
        return WEEKDAYS[name], rest
    return None, folded


def _bare(text: str) -> str:
    """A folded date without its weekday and time of day."""
    folded = fold(text).removeprefix("'")
    _, rest = _split_weekday(folded)
    return _YEAR_WORD.sub("", _TIME.sub("", rest or folded)).strip(" ,")


def _from_text(text: str, habits: DateHabits) -> date | None:
    iso = _ISO.fullmatch(text)
    if iso:
        return date(int(iso.group(1)), int(iso.group(3)), int(iso.group(4)))
    numeric = _NUMERIC.fullmatch(text)
    if numeric:
        return _of_numeric(numeric, habits)
    short = _NO_YEAR.fullmatch(text)
    if short:
        return _without_year(short, habits)
    return _of_words(text, habits)


def _of_numeric(match: re.Match[str], habits: DateHabits) -> date:
    first, second, year = int(match.group(1)), int(match.group(3)), _year(match.group(4))
    if match.group(2) == "." and second <= 12:
        return date(year, second, first)
    if second > 12 >= first:
        return date(year, first, second)
    if first > 12 or first == second:
        return date(year, second, first)
    if habits.mixed:
        raise UnreadableValueError("some dates of this column put the day first and some the month")
    day, month = (first, second) if habits.day_first in (True, None) else (second, first)
    return date(year, month, day)


def _without_year(match: re.Match[str], habits: DateHabits) -> date:
    if habits.year is None:
        raise UnreadableValueError("its year is missing")
    return _of_numeric(
        _full(f"{match.group(1)}{match.group(2)}{match.group(3)}{match.group(2)}{habits.year}"), habits
    )


def _full(text: str) -> re.Match[str]:
    match = _NUMERIC.fullmatch(text)
    if match is None:
        raise UnreadableValueError(_NO_DATE)
    return match


def _of_words(text: str, habits: DateHabits) -> date | None:
    """23 November 2026, November 23rd 2026, 23 de noviembre, 23-Nov-26."""
    words = [
        word
        for word in re.split(r"[\s,./'-]+", _ORDINAL.sub("", text))
        if word and (word not in DATE_NOISE or word in MONTHS)
    ]
    numbers = [word for word in words if word.isdecimal()]
    names = [word for word in words if not word.isdecimal()]
    if len(names) != 1 or names[0] not in MONTHS or not 1 <= len(numbers) <= 2 or len(words) > 3:
        return None
    if len(numbers) == 2 and words.index(names[0]) == 2:
        return None
    if len(numbers[0]) > 2:
        return None
    if len(numbers) == 1:
        if habits.year is None:
            raise UnreadableValueError("its year is missing")
        return date(habits.year, MONTHS[names[0]], int(numbers[0]))
    if len(numbers[1]) not in (2, 4):
        return None
    return date(_year(numbers[1]), MONTHS[names[0]], int(numbers[0]))


def find_date(text: str) -> date | None:
    """An unmistakable date within a title such as "Deliveries Thursday 18.09.2025"; None without one."""
    folded = _ORDINAL.sub("", fold(text))
    for pattern in (
        r"\d{4}-\d{1,2}-\d{1,2}",
        r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}",
        r"\d{1,2}\.? (?:de |di )?[a-z]{3,}\.? (?:de |di )?\d{4}",
        r"[a-z]{3,}\.? \d{1,2},? \d{4}",
        r"\d{1,2}/\d{1,2}/\d{4}",
    ):
        for match in re.finditer(pattern, folded):
            numeric = _numeric_parts(match.group())
            if numeric is not None and max(numeric[:2]) <= 12 and numeric[0] != numeric[1]:
                continue  # 03/04/2026 in a title tells nobody which month
            try:
                found = _from_text(match.group(), USUAL_HABITS)
            except ValueError:
                continue
            if found is not None and found.year in _YEARS:
                return found
    return None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)
