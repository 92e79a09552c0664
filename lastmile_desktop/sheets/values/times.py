"""Times of day in single cells (From, To, the start of a shift).

    cell := Excel time | date-time (its time) | fraction of a day 0-1 | [h]:mm duration | whole hours 0-24
          | HHMM number | text
    text := [FROM | LATER | BEFORE word] clock | NOON | MIDNIGHT | "no limit"

The words are those of ``window_words``. A bare hour from 1 to 5 is refused: morning or afternoon?
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from lastmile_desktop.sheets.grid import CellValue, UnreadableCell
from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values.clocks import (
    DAY_S,
    LAST_DOUBTFUL_HOUR,
    MORNING_OR_AFTERNOON,
    ZERO_DAYS,
    Clock,
    clock_text,
)
from lastmile_desktop.sheets.values.durations import parse_duration
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.window_tokens import DayMonth, Token, Word, tokens_of
from lastmile_desktop.sheets.values.window_words import NO_LIMIT, Role

__all__ = ["DAY_S", "LAST_DOUBTFUL_HOUR", "cell_date", "is_time", "parse_duration", "parse_time"]

_NO_TIME = "it is not a time of day"
_OPENING = (Role.FROM, Role.LATER)
_CLOSING = (Role.BEFORE,)


def is_time(value: CellValue) -> bool:
    """True when the cell can be read as a time of day."""
    try:
        return parse_time(value) is not None
    except UnreadableValueError:
        return False


def cell_date(value: CellValue) -> date | None:
    """The day that a date-time in a From or To cell names, None where it names none."""
    if isinstance(value, datetime):
        return None if value.date() in ZERO_DAYS else value.date()
    if isinstance(value, str) and len(value) >= 12 and any(sign.isdigit() for sign in value):
        for token in _tokens(value):
            if isinstance(token, DayMonth) and token.year is not None:
                try:
                    return date(token.year, token.month, token.day)
                except ValueError:
                    return None
    return None


def parse_time(value: CellValue, *, as_end: bool = False, in_doubt: bool = False) -> int | None:
    """Seconds after midnight of a From / To cell; None when it says "no limit".

    As the end of a window 0:00 means the end of the day. ``in_doubt``: the texts of the column do not tell
    whether 2:00 is at night, so it is refused. Raises UnreadableValueError.
    """
    seconds = _seconds_of(value, as_end, in_doubt)
    if seconds is None:
        return None
    if not 0 <= seconds <= DAY_S:
        raise UnreadableValueError("it lies outside the day")
    if as_end and seconds == 0:
        return DAY_S
    return seconds


def _seconds_of(value: CellValue, as_end: bool, in_doubt: bool) -> int | None:
    if isinstance(value, datetime):
        if value.date() == date(1900, 1, 1) and value.time() == time(0):
            return DAY_S  # Excel's 24:00
        return _of_time(value.time())
    if isinstance(value, time):
        return _of_time(value)
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    if isinstance(value, bool | date | UnreadableCell):
        raise UnreadableValueError(_NO_TIME)
    if isinstance(value, int | float):
        return _of_number(value)
    return _of_text(value, as_end, in_doubt)


def _of_time(value: time) -> int:
    return value.hour * 3600 + value.minute * 60 + value.second


def _of_number(value: int | float) -> int:
    if 0 < value < 1:
        return round(value * DAY_S / 60) * 60  # an Excel time that lost its format
    if float(value).is_integer():
        whole = int(value)
        if 1 <= whole <= LAST_DOUBTFUL_HOUR:
            raise UnreadableValueError(MORNING_OR_AFTERNOON, clock_text((whole + 12) * 3600))
        if 0 <= whole <= 24:
            return whole * 3600
        if 100 <= whole <= 2400 and whole % 100 < 60:
            return whole // 100 * 3600 + whole % 100 * 60
    fix = ""
    if 6 <= value < 24:  # 9.5 and 9.3 were probably half past nine
        minutes = {15: 15, 25: 15, 30: 30, 50: 30, 45: 45, 75: 45}.get(round(value % 1 * 100))
        fix = clock_text(int(value) * 3600 + minutes * 60) if minutes else ""
    raise UnreadableValueError(_NO_TIME, fix)


@lru_cache(maxsize=4096)
def _of_text(text: str, as_end: bool, in_doubt: bool) -> int | None:
    folded = fold(text).removeprefix("'")
    if folded == "" or folded in NO_LIMIT:
        return None
    if not any(sign.isdigit() for sign in folded) and len(folded) > 30:
        raise UnreadableValueError(_NO_TIME)
    fraction = _fraction(folded)
    if fraction is not None:
        return fraction
    clock = _clock_of(list(_tokens(folded)), as_end)
    if clock is None:
        raise UnreadableValueError(_NO_TIME)
    if clock.midnight:
        return DAY_S if as_end else 0
    if clock.doubtful and (clock.bare or in_doubt):
        raise UnreadableValueError(MORNING_OR_AFTERNOON, clock_text(clock.seconds("p")))
    return clock.seconds()


def _fraction(folded: str) -> int | None:
    """0.375 or 0,375: a time of Excel in a text file."""
    if folded.startswith(("0.", "0,")) and folded[2:].isdigit() and len(folded) > 4:
        return _of_number(float(folded.replace(",", ".")))
    return None


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    try:
        return tuple(tokens_of(fold(text))[0])
    except UnreadableValueError:
        return ()


def _clock_of(tokens: list[Token], as_end: bool) -> Clock | None:
    """The one clock of a cell, behind a date or a word that says the same as the column."""
    if tokens and isinstance(tokens[0], DayMonth):
        tokens = tokens[1:]
    wanted, contrary = (_CLOSING, _OPENING) if as_end else (_OPENING, _CLOSING)
    while len(tokens) > 1:
        first = tokens[0]
        if not isinstance(first, Word) or not first.can(*wanted, Role.ARTICLE):
            break
        if first.can(*contrary) and not first.can(*wanted):
            return None  # "until 9" in a From cell
        tokens = tokens[1:]
    if len(tokens) == 2 and isinstance(tokens[0], Clock) and isinstance(tokens[1], Word):
        behind = tokens[1]
        if behind.can(Role.NOON, Role.MIDNIGHT) and tokens[0].hour == 12:
            tokens = tokens[1:]
        elif behind.can(Role.LATEST if as_end else Role.ONWARDS):
            tokens = tokens[:1]
    if len(tokens) != 1:
        return None
    token = tokens[0]
    if isinstance(token, Clock):
        return token
    if isinstance(token, Word) and token.can(Role.NOON):
        return Clock(12)
    if isinstance(token, Word) and token.can(Role.MIDNIGHT):
        return Clock(24, midnight=True)
    return None
