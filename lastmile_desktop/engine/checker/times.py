"""The checker's own view of time: traffic, windows that may be missed, and which rest is which break.

Written from ``docs/rules.md`` alone: shares no code with the search or the evaluator.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from lastmile_desktop.model import Break, DaySettings, Order, TrafficPeriod, Visit


def drive_seconds(usual_s: int, leaves_s: int, periods: Sequence[TrafficPeriod]) -> int:
    """Seconds of a drive that usually takes ``usual_s``, begun at ``leaves_s``, rounded up.

    Goes from one change of the traffic to the next and takes off what is driven until there.
    """
    changes = sorted({moment for period in periods for moment in (period.start_s, period.end_s)})
    left, now = Fraction(usual_s), leaves_s
    for change in [moment for moment in changes if moment > leaves_s]:
        share = Fraction(_percent_at(now, periods), 100)
        if left * share <= change - now:
            break
        left -= (change - now) / share
        now = change
    return math.ceil(now + left * Fraction(_percent_at(now, periods), 100)) - leaves_s


def _percent_at(moment_s: int, periods: Sequence[TrafficPeriod]) -> int:
    """Percent of the usual time that driving takes; before the day as at its beginning."""
    now = max(0, moment_s)
    return next((period.percent for period in periods if period.start_s <= now < period.end_s), 100)


def lateness(order: Order, start_s: int, settings: DaySettings) -> tuple[int, str]:
    """(seconds behind the end of the window that a service begins in or after, what is wrong with that).

    The second is "" where the start is within a window or as late as is allowed.
    """
    spans = joined_windows(order)
    if not spans:
        return 0, ""
    begun = [span for span in spans if span[0] <= start_s]
    if not begun:
        return 0, "outside its time windows"
    late = max(0, start_s - begun[-1][1])
    allowed = _allowed_lateness(order, settings)
    if late <= allowed:
        return int(late), ""
    if begun[-1] != spans[-1]:
        return int(late), "outside its time windows"
    minutes = math.ceil((late - allowed) / 60)
    return int(late), f"{minutes} min too late"


def _allowed_lateness(order: Order, settings: DaySettings) -> float:
    """By how much the end of a window may be missed: the order's own allowance, else that of the goals."""
    if order.late_cents_per_hour is None:
        return settings.goals.flexible_s
    return math.inf if order.max_late_s is None else order.max_late_s


def joined_windows(order: Order) -> list[tuple[float, float]]:
    """The order's windows in ascending order; those that touch or overlap are one."""
    spans = sorted(
        (
            -math.inf if window.start_s is None else window.start_s,
            math.inf if window.end_s is None else window.end_s,
        )
        for window in order.windows
    )
    joined: list[tuple[float, float]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def pair_breaks(
    rests: Sequence[Visit], rules: Sequence[Break], start_s: int, end_s: int
) -> tuple[list[Break | None], list[Break]]:
    """(the break that each of ``rests`` is, None where it can be none; the breaks that are none of them).

    Of all ways to pair them that of the fewest faults: rests at the wrong time or late by another figure than
    they say, and breaks without a rest that do not fit in before ``start_s`` or after ``end_s`` either.
    """

    @cache
    def fewest(number: int, open_rules: frozenset[int]) -> tuple[int, tuple[int, ...]]:
        if number == len(rests):
            return sum(not is_free(rules[rule], start_s, end_s) for rule in open_rules), ()
        rest = rests[number]
        ways: list[tuple[int, tuple[int, ...]]] = []
        for rule in sorted(open_rules):
            if rules[rule].duration_s == rest.leave_s - rest.start_s:
                faults, others = fewest(number + 1, open_rules - {rule})
                ways.append((faults + _faults(rest, rules[rule]), (rule, *others)))
        if not ways:
            faults, others = fewest(number + 1, open_rules)
            return faults + len(rests), (-1, *others)
        return min(ways)

    chosen = fewest(0, frozenset(range(len(rules))))[1]
    unused = [rule for number, rule in enumerate(rules) if number not in chosen]
    return [None if number < 0 else rules[number] for number in chosen], unused


def _faults(rest: Visit, rule: Break) -> int:
    in_time = rule.earliest_s <= rest.start_s <= rule.latest_s
    return (not in_time) + (rest.late_s != max(0, rest.start_s - rule.latest_s))


def is_free(rule: Break, start_s: int, end_s: int) -> bool:
    """True when the break fits in before the vehicle leaves or after it is back."""
    return rule.earliest_s + rule.duration_s <= start_s or end_s <= rule.latest_s
