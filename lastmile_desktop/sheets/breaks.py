"""A vehicle's break: how long, when, and where in the shift it can lie."""

from __future__ import annotations

from lastmile_desktop.model import Break
from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.values.durations import parse_duration
from lastmile_desktop.sheets.values.times import parse_time
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.windows import parse_windows

#: When a sheet says how long the break is but not when, it lies within this period.
DEFAULT_BREAK_WINDOW_S = (12 * 3600, 14 * 3600)
#: When a sheet says when the break is but not how long.
DEFAULT_BREAK_S = 30 * 60


def end_time(value: CellValue) -> int | None:
    """The end of a period. Raises UnreadableValueError."""
    return parse_time(value, as_end=True)


def period(value: CellValue) -> tuple[int | None, int | None] | None:
    """Start and end of a period in one cell. Raises UnreadableValueError."""
    if not isinstance(value, str):
        raise UnreadableValueError("it names one time, not a period")
    windows = parse_windows(value).windows
    if len(windows) > 1:
        raise UnreadableValueError("only one period can be used")
    return (windows[0].start_s, windows[0].end_s) if windows else None


def break_cell(value: CellValue) -> tuple[int | None, tuple[int | None, int | None] | None]:
    """Minutes ("30", "30 min", 0:30) or the period itself ("12:00-12:30")."""
    if isinstance(value, str) and ("-" in value or "–" in value) and len(value.strip()) > 2:
        found = period(value)
        if found is not None and found[0] is not None and found[1] is not None:
            return found[1] - found[0], found
        raise UnreadableValueError("it is not a break")
    duration = parse_duration(value)
    if duration is not None and duration > 4 * 3600:
        raise UnreadableValueError("it is longer than four hours")
    return duration, None


def placed_break(
    duration: int, window: tuple[int | None, int | None] | None, shift_start: int, shift_end: int
) -> Break:
    """The break within its period and within the shift; the middle of the shift when noon is outside it."""
    first, last = window if window is not None else DEFAULT_BREAK_WINDOW_S
    earliest = max(shift_start, shift_start if first is None else first)
    latest = min(shift_end, shift_end if last is None else last) - duration
    if window is None and (latest < earliest):
        middle = (shift_start + shift_end - duration) // 2
        earliest, latest = max(shift_start, middle - 1800), min(shift_end - duration, middle + 1800)
    earliest = min(earliest, shift_end - duration)
    return Break(duration, earliest, max(earliest, latest))
