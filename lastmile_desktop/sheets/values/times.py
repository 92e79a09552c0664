"""Times of day and durations in single cells."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from lastmile_desktop.sheets.grid import CellValue, UnreadableCell
from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

DAY_S = 24 * 3600
#: A bare hour up to this one may mean the afternoon: somebody has to say which.
LAST_DOUBTFUL_HOUR = 5

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:(?P<sep>[:.h]|\s?h\s?)(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?:uhr|h|hrs?|o'?clock|uur|u)?\.?"
)
_MILITARY = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})(?:\s*(?:h|hrs?|uhr))?")
_NAMED = {
    "noon": 12 * 3600,
    "midday": 12 * 3600,
    "mittag": 12 * 3600,
    "mittags": 12 * 3600,
    "midi": 12 * 3600,
    "mediodia": 12 * 3600,
    "mezzogiorno": 12 * 3600,
    "midnight": 0,
    "mitternacht": 0,
    "minuit": 0,
}
_NOTHING = frozenset(
    ["", "-", "--", "n/a", "none", "any", "anytime", "any time", "egal", "offen", "keine", "?"]
)


def is_time(value: CellValue) -> bool:
    """True when the cell can be read as a time of day."""
    try:
        return parse_time(value) is not None
    except UnreadableValueError:
        return False


def parse_time(value: CellValue, *, as_end: bool = False) -> int | None:
    """Seconds after midnight of a From / To cell; None when it says "no limit".

    Reads Excel times, date-times (their time), day fractions, ``[h]:mm`` durations, whole hours, HHMM numbers
    and text. As the end of a window 0:00 means the end of the day. Raises UnreadableValueError.
    """
    seconds = _seconds_of(value)
    if seconds is None:
        return None
    if not 0 <= seconds <= DAY_S:
        raise UnreadableValueError("it lies outside the day")
    if as_end and seconds == 0:
        return DAY_S
    return seconds


def _seconds_of(value: CellValue) -> int | None:
    if isinstance(value, datetime):
        if value.date() <= date(1900, 1, 1) and value.time() == time(0):
            return DAY_S  # Excel's 24:00
        return _of_time(value.time())
    if isinstance(value, time):
        return _of_time(value)
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    if isinstance(value, bool | date | UnreadableCell):
        raise UnreadableValueError("it is not a time")
    if isinstance(value, int | float):
        return _of_number(value)
    return _of_text(value)


def _of_time(value: time) -> int:
    return value.hour * 3600 + value.minute * 60 + value.second


def _of_number(value: int | float) -> int:
    if 0 < value < 1:
        return round(value * DAY_S / 60) * 60  # an Excel time that lost its format
    if float(value).is_integer():
        whole = int(value)
        if 1 <= whole <= LAST_DOUBTFUL_HOUR:
            raise UnreadableValueError("it could mean the morning or the afternoon")
        if 0 <= whole <= 24:
            return whole * 3600
        if 100 <= whole <= 2400 and whole % 100 < 60:
            return whole // 100 * 3600 + whole % 100 * 60
    raise UnreadableValueError("it is not a time of day")


def _of_text(text: str) -> int | None:
    folded = fold(text)
    if folded in _NOTHING:
        return None
    if folded in _NAMED:
        return _NAMED[folded]
    moment = re.fullmatch(r"\d{4}-\d\d-\d\d[t ](\d{1,2}:\d{2}(?::\d{2})?)", folded)
    if moment:
        folded = moment.group(1)
    military = _MILITARY.fullmatch(folded)
    if military and len(military.group("hour") + military.group("minute")) >= 3:
        return clock_seconds(int(military.group("hour")), int(military.group("minute")))
    clock = _CLOCK.fullmatch(folded)
    if clock is None:
        raise UnreadableValueError("it is not a time of day")
    hour, minute = int(clock.group("hour")), int(clock.group("minute") or 0)
    half = clock.group("half")
    if half:
        hour = twelve_hour(hour, half[0])
    elif clock.group("minute") is None and 1 <= hour <= LAST_DOUBTFUL_HOUR and len(clock.group("hour")) == 1:
        raise UnreadableValueError("it could mean the morning or the afternoon")
    return clock_seconds(hour, minute, int(clock.group("second") or 0))


def twelve_hour(hour: int, half: str) -> int:
    """The hour of the day of ``hour`` a.m. or p.m. (``half`` is "a" or "p"). Raises UnreadableValueError."""
    if not 1 <= hour <= 12:
        if half == "p" and 13 <= hour <= 23:
            return hour  # "14:00 pm" says the same thing twice
        raise UnreadableValueError("it is not a time of day")
    return hour % 12 + (12 if half == "p" else 0)


def clock_seconds(hour: int, minute: int, second: int = 0) -> int:
    """Seconds after midnight. Raises UnreadableValueError for a clock that no wall has."""
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        raise UnreadableValueError("there is no such time of day")
    return hour * 3600 + minute * 60 + second


_DURATION = re.compile(
    r"(?:(?P<h>\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|hours?|std|stunden?)\.?)?\s*"
    r"(?:(?P<m>\d+(?:[.,]\d+)?)\s*(?:m|min|mins|minutes?|minuten|minuti|minutos|'|’)?\.?)?\s*"
    r"(?:(?P<s>\d+)\s*(?:s|sec|secs|seconds?|sek|\")\.?)?"
)
_SECONDS_ONLY = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:s|sec|secs|seconds?|sek|sekunden|\")\.?")
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")
_COLON = re.compile(r"(\d+):(\d{2})(?::(\d{2}))?")
_UNIT_S = {"": 60, "min": 60, "s": 1, "h": 3600}


def parse_duration(value: CellValue, unit: str = "") -> int | None:
    """Seconds of a duration cell; None when it says nothing. A bare number counts in ``unit`` (minutes).

    Raises UnreadableValueError, also for a negative duration.
    """
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return _of_time(value)
    if isinstance(value, timedelta):
        return _non_negative(value.total_seconds())
    if isinstance(value, bool | date | UnreadableCell):
        raise UnreadableValueError("it is not a duration")
    if isinstance(value, int | float):
        if 0 < value < 1 and unit == "":
            return round(value * DAY_S)  # an Excel duration that lost its format: 0:05 = 0.00347
        return _non_negative(value * _UNIT_S.get(unit, 60))
    return _duration_of_text(fold(value), unit)


def _duration_of_text(folded: str, unit: str) -> int | None:
    if folded in _NOTHING:
        return None
    if _PLAIN.fullmatch(folded):
        return _non_negative(float(folded.replace(",", ".")) * _UNIT_S.get(unit, 60))
    colon = _COLON.fullmatch(folded)
    if colon:
        hours, minutes, seconds = (int(part or 0) for part in colon.groups())
        if minutes < 60 and seconds < 60:
            return hours * 3600 + minutes * 60 + seconds
    only_seconds = _SECONDS_ONLY.fullmatch(folded)
    if only_seconds:
        return round(float(only_seconds.group(1).replace(",", ".")))
    parts = _DURATION.fullmatch(folded)
    if parts and any(parts.groups()):
        amounts = [float((part or "0").replace(",", ".")) for part in parts.group("h", "m", "s")]
        return round(amounts[0] * 3600 + amounts[1] * 60 + amounts[2])
    raise UnreadableValueError("it is not a duration")


def _non_negative(seconds: float) -> int:
    if seconds < 0:
        raise UnreadableValueError("a duration cannot be negative")
    if not seconds < 1e9:  # not a number, or endless
        raise UnreadableValueError("it is not a duration")
    return round(seconds)
