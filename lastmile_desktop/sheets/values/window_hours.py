"""The times of a window as seconds: morning or afternoon, said once for both or not at all.

1-3pm = 13-15    11-1pm = 11-13    9am-5 = 9-17    2-4 in the afternoon = 14-16
1-3, 1:30-3, after 6 = asked, with the afternoon as the fix
"""

from __future__ import annotations

from lastmile_desktop.sheets.values.clocks import (
    DAY_S,
    LAST_DOUBTFUL_HOUR,
    MORNING_OR_AFTERNOON,
    Clock,
    clock_text,
)
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.window_words import Role

#: "after 6" and "after 7" are mostly said of the evening; "ab 7" and "from 7" are not.
_LAST_DOUBTFUL_AFTER = 7


def one_side(
    clock: Clock, part: Role | None, *, as_written: bool, as_end: bool = False, later: bool = False
) -> int:
    """The only time of a window, in seconds after midnight. Raises UnreadableValueError.

    ``part`` is the part of the day beside it, ``later``: behind "after" rather than "from".
    """
    clock = _in_part(clock, part)
    if clock.midnight:
        return DAY_S if as_end else 0
    after = later and part is None and not clock.half and clock.bare and clock.short
    open_hour = clock.doubtful and not (as_written and not clock.bare)
    if open_hour or (after and 1 <= clock.hour <= _LAST_DOUBTFUL_AFTER):
        afternoon = clock_text(clock.seconds("p"))
        raise UnreadableValueError(MORNING_OR_AFTERNOON, f"{'until' if as_end else 'from'} {afternoon}")
    return clock.seconds() or (DAY_S if as_end else 0)


def both_sides(start: Clock, end: Clock, part: Role | None, *, as_written: bool) -> tuple[int, int]:
    """Start and end in seconds after midnight. Raises UnreadableValueError.

    A half-day said once holds for both where that makes sense.
    """
    start, end = _in_part(start, part), _in_part(end, part)
    start_s, end_s = _seconds_of_both(start, end, as_written)
    if end_s <= start_s:
        reason = "it ends before it starts" if end_s < start_s else "it has no length"
        raise UnreadableValueError(reason, _probably(start, end))
    return start_s, end_s


def _seconds_of_both(start: Clock, end: Clock, as_written: bool) -> tuple[int, int]:
    end_s = DAY_S if end.midnight else end.seconds()
    if start.midnight:
        return 0, end_s
    if end.half and not start.half and 1 <= start.hour <= 12:
        same = start.seconds(end.half)
        if same < end_s:
            return same, end_s
        start_s = start.seconds("a" if end.half == "p" else "p")
        if start.hour <= LAST_DOUBTFUL_HOUR or start.hour == end.hour:
            raise UnreadableValueError(MORNING_OR_AFTERNOON)
        return start_s, end_s
    start_s = start.seconds()
    if start.half and not end.half:
        if end_s <= start_s and 1 <= end.hour < 12:
            end_s += DAY_S // 2
        return start_s, end_s
    if not (as_written and not start.bare):
        _refuse_doubt(start, end)
    return start_s, end_s or DAY_S


def _refuse_doubt(start: Clock, end: Clock) -> None:
    """1-3, 1:30-3 and 5-9 may be in the afternoon; 05:00-09:00, 5-12 and 3-15 are not."""
    if not start.doubtful or end.half or end.midnight:
        return
    if end.hour <= 11 and (end.short or end.hour >= 10):
        raise UnreadableValueError(MORNING_OR_AFTERNOON, _probably(start, end))


def _in_part(clock: Clock, part: Role | None) -> Clock:
    """A clock beside "afternoon" or "evening" counts from noon."""
    if part is None or clock.half or clock.midnight or not 1 <= clock.hour <= 12:
        return clock
    half = "a" if part is Role.MORNING and clock.hour < 12 else "p"
    return Clock(clock.hour, clock.minute, clock.second, half)


def _probably(start: Clock, end: Clock) -> str:
    """The window that was probably meant by 1-3 or 9-5, "" where nothing is likely."""
    try:
        start_s, end_s = start.seconds(), DAY_S if end.midnight else end.seconds()
    except UnreadableValueError:
        return ""
    noon = DAY_S // 2
    if not start.half and start.doubtful and end_s <= noon:
        start_s, end_s = start_s + noon, end_s + noon
    elif not end.half and end_s <= start_s and 1 <= end.hour < 12 and end_s + noon > start_s:
        end_s += noon
    elif not end.half and end_s < start_s and end_s <= 6 * 3600 and start_s >= 16 * 3600:
        end_s = DAY_S
    elif end.half == "a" and end.hour == 12 and not start.half and start_s < noon:
        end_s = noon
    return f"{clock_text(start_s)}-{clock_text(end_s)}" if start_s < end_s <= DAY_S else ""
