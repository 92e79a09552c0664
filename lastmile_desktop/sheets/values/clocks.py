"""A time of day as it is written: hour, minute, and what the writing leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

DAY_S = 24 * 3600
#: A bare hour up to this one may mean the afternoon: somebody has to say which.
LAST_DOUBTFUL_HOUR = 5
#: Days that Excel means by "no date": a time of its own.
ZERO_DAYS = frozenset([date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1)])
MORNING_OR_AFTERNOON = "it could mean the morning or the afternoon"


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


def clock_text(seconds: int) -> str:
    """A time of day so that it is read with certainty: 09:00, and 24:00 for the end of the day."""
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"


@dataclass(frozen=True, slots=True)
class Clock:
    """A written time. ``half`` is "a" (am), "p" (pm) or "".

    ``bare``: an hour without minutes (9, 9h). ``short``: an hour below ten without a leading zero.
    ``midnight``: the word, which opens a day or closes it.
    """

    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    bare: bool = False
    short: bool = False
    midnight: bool = False

    def seconds(self, half: str | None = None) -> int:
        """Seconds after midnight, ``half`` put in place of its own. Raises UnreadableValueError."""
        chosen = self.half if half is None else half
        hour = twelve_hour(self.hour, chosen) if chosen else self.hour
        return clock_seconds(hour, self.minute, self.second)

    @property
    def doubtful(self) -> bool:
        """True when it may as well mean the afternoon: 3, 3:30, but not 03:30, 3pm or 15."""
        return not self.half and self.short and 1 <= self.hour <= LAST_DOUBTFUL_HOUR

    @property
    def is_whole_number(self) -> bool:
        """True for a number that says nothing of a clock, such as the 23 of 23 November."""
        return self.bare and not self.half and not self.midnight
