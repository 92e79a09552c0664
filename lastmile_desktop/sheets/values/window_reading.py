"""What a window text says, and how windows are put together and written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lastmile_desktop.model import TimeWindow
from lastmile_desktop.sheets.values.clocks import DAY_S, clock_text
from lastmile_desktop.sheets.values.window_tokens import DayMonth
from lastmile_desktop.sheets.values.window_words import Role


@dataclass(frozen=True, slots=True)
class DayParts:
    """What a part of the day means in seconds after midnight, unless the cell says it in hours."""

    morning: tuple[int, int] = (8 * 3600, 12 * 3600)
    afternoon: tuple[int, int] = (12 * 3600, 17 * 3600)
    evening: tuple[int, int] = (17 * 3600, 21 * 3600)

    def of(self, role: Role) -> tuple[int, int]:
        """The hours of MORNING, AFTERNOON or EVENING."""
        return {Role.MORNING: self.morning, Role.AFTERNOON: self.afternoon, Role.EVENING: self.evening}[role]


USUAL_DAY_PARTS = DayParts()


@dataclass(frozen=True, slots=True)
class WindowHabits:
    """What the other cells of the column show: their languages, and that a short hour is meant as written.

    ``as_written``: the column counts 24 hours, so 2:00 is at night. ``parts`` says what morning means.
    """

    languages: frozenset[str] = frozenset()
    as_written: bool = False
    parts: DayParts = USUAL_DAY_PARTS


USUAL_HABITS = WindowHabits()


@dataclass(frozen=True, slots=True)
class DayWindows:
    """Windows for certain days only: weekdays (0 = Monday) or dates."""

    weekdays: frozenset[int]
    dates: tuple[DayMonth, ...]
    windows: tuple[TimeWindow, ...]

    def is_for(self, day: date) -> bool:
        """True when the windows count on that day."""
        return day.weekday() in self.weekdays or any(
            (found.day, found.month) == (day.day, day.month) and found.year in (None, day.year)
            for found in self.dates
        )


@dataclass(frozen=True, slots=True)
class WindowReading:
    """What a window text says. ``parts`` are words such as "morning" with the hours they were turned into.

    ``for_days`` is filled, and ``windows`` empty, when the text names days.
    """

    windows: tuple[TimeWindow, ...] = ()
    urgent: bool = False
    parts: tuple[tuple[str, int, int], ...] = ()
    for_days: tuple[DayWindows, ...] = ()


def written(windows: Sequence[TimeWindow]) -> str:
    """Windows as text that is read back as the same windows, and by any dispatcher."""
    return "; ".join(
        f"{clock_text(window.start_s)}-{clock_text(window.end_s)}"
        if window.start_s is not None and window.end_s is not None
        else f"from {clock_text(window.start_s)}"
        if window.start_s is not None
        else f"until {clock_text(window.end_s or DAY_S)}"
        for window in windows
    )


def merged(windows: Sequence[TimeWindow]) -> tuple[TimeWindow, ...]:
    """Windows in ascending order; those that overlap or touch become one; () when the day has no limit."""
    spans = sorted((w.start_s or 0, DAY_S if w.end_s is None else w.end_s) for w in windows)
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    open_start = any(w.start_s is None for w in windows)
    open_end = any(w.end_s is None for w in windows)
    result = []
    for number, (start, end) in enumerate(joined):
        first_open = open_start and number == 0 and start == 0
        last_open = open_end and number == len(joined) - 1 and end == DAY_S
        if (first_open or start == 0) and (last_open or end >= DAY_S - 60):
            return ()
        result.append(TimeWindow(None if first_open else start, None if last_open else end))
    return tuple(result)
