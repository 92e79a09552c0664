"""Rules that can give way: a problem of one vehicle in, the same with one rule relaxed by an amount out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lastmile_desktop.engine.problem import FAR_S, NO_LIMIT, Problem, Windows
from lastmile_desktop.model import BlockingRule

#: (problem of one vehicle, its number of orders on the route, amount) -> the problem with the rule relaxed.
#: The orders from that number on are those that are to be inserted.
_Apply = Callable[[Problem, int, int], Problem]

_MINUTE = 60
_LATER_S = 7 * 86_400
#: A break that had to be this much later is left out instead.
_BREAK_S = 12 * 3600
_MORE_METRES, _METRES_STEP = 2**21, 100
#: One more trip is something to offer; a second one more is another fleet.
_MORE_TRIPS = 1
LOADS = (BlockingRule.PIECES, BlockingRule.WEIGHT, BlockingRule.VOLUME)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """How ``rule`` gives way: by multiples of ``step`` up to ``most``; both are 1 for a rule that is kept or
    not."""

    rule: BlockingRule
    apply: _Apply
    step: int = 1
    most: int = 1

    @property
    def counted(self) -> bool:
        """False for a rule that has no amount."""
        return self.rule not in _KEPT_OR_NOT


_KEPT_OR_NOT = {
    BlockingRule.ROUTE_POSITION,
    BlockingRule.BEFORE,
    BlockingRule.FROZEN,
}


def relaxed(
    problem: Problem,
    count: int,
    relaxations: Mapping[BlockingRule, Relaxation],
    by: Mapping[BlockingRule, int],
) -> Problem:
    """``problem`` with every rule of ``by`` relaxed by its amount (0 = not at all)."""
    for rule, amount in by.items():
        if amount:
            problem = relaxations[rule].apply(problem, count, amount)
    return problem


def relaxations_for(problem: Problem, count: int, frozen: int) -> list[Relaxation]:
    """The rules that could possibly stand in the way on the one vehicle of ``problem``.

    Those that do so wherever the order stands (skills, the number of stops) are not among them.
    """
    found = [*_load_rules(problem), *_hour_rules(problem, count)]
    if problem.max_distance_m[0] < NO_LIMIT:
        most = _MORE_METRES * _METRES_STEP
        found.append(Relaxation(BlockingRule.DISTANCE, _more("max_distance_m"), _METRES_STEP, most))
    if problem.position.any():
        found.append(Relaxation(BlockingRule.ROUTE_POSITION, _any_position))
    if problem.before:
        found.append(Relaxation(BlockingRule.BEFORE, _any_sequence))
    if frozen:
        found.append(Relaxation(BlockingRule.FROZEN, lambda problem, _count, _amount: problem))
    return found


def _load_rules(problem: Problem) -> list[Relaxation]:
    total = problem.demand.sum(axis=0)
    full = [d for d in range(len(LOADS)) if total[d] > problem.capacity[0, d]]
    found = [Relaxation(LOADS[d], _more_room(d), 1, int(total[d])) for d in full]
    if full:
        found.append(Relaxation(BlockingRule.TRIPS, _more_trips, 1, _MORE_TRIPS))
    return found


def _hour_rules(problem: Problem, count: int) -> list[Relaxation]:
    found: list[Relaxation] = []
    if any(windows[-1][1] < FAR_S for windows in problem.windows[count:]):
        found.append(Relaxation(BlockingRule.WINDOW_LATER, _window_later, _MINUTE, _LATER_S))
    if any(windows[0][0] > 0 for windows in problem.windows[count:]):
        found.append(Relaxation(BlockingRule.WINDOW_EARLIER, _window_earlier, _MINUTE, _LATER_S))
    if problem.latest_end_s[0] < FAR_S:
        found.append(Relaxation(BlockingRule.SHIFT_END, _longer, _MINUTE, _LATER_S))
    if problem.max_duration_s[0] < NO_LIMIT:
        found.append(Relaxation(BlockingRule.DURATION, _more("max_duration_s"), _MINUTE, _LATER_S))
    if any(windows[-1][1] < FAR_S for windows in problem.windows[:count]):
        found.append(Relaxation(BlockingRule.OTHER_WINDOWS, _others_later, _MINUTE, _LATER_S))
    if problem.breaks[0]:
        found.append(Relaxation(BlockingRule.BREAK, _later_break, _MINUTE, _BREAK_S))
    if problem.earliest_start_s[0] >= _MINUTE:
        most = int(problem.earliest_start_s[0]) // _MINUTE * _MINUTE
        found.append(Relaxation(BlockingRule.SHIFT_START, _sooner, _MINUTE, most))
    return found


def _more_room(column: int) -> _Apply:
    def apply(problem: Problem, _count: int, amount: int) -> Problem:
        capacity = problem.capacity.copy()
        capacity[0, column] = min(int(capacity[0, column]) + amount, NO_LIMIT)
        return replace(problem, capacity=capacity)

    return apply


def _more(name: str) -> _Apply:
    def apply(problem: Problem, _count: int, amount: int) -> Problem:
        changes: dict[str, Any] = {name: getattr(problem, name) + amount}
        return replace(problem, **changes)

    return apply


def _more_trips(problem: Problem, _count: int, amount: int) -> Problem:
    return replace(problem, max_trips=problem.max_trips + amount)


def _longer(problem: Problem, _count: int, amount: int) -> Problem:
    return replace(
        problem,
        latest_start_s=problem.latest_start_s + amount,
        latest_end_s=problem.latest_end_s + amount,
        regular_end_s=problem.regular_end_s + amount,
    )


def _sooner(problem: Problem, _count: int, amount: int) -> Problem:
    return replace(problem, earliest_start_s=problem.earliest_start_s - amount)


def _window_later(problem: Problem, count: int, amount: int) -> Problem:
    windows = [later_windows(windows, amount) for windows in problem.windows[count:]]
    return replace(problem, windows=(*problem.windows[:count], *windows))


def _others_later(problem: Problem, count: int, amount: int) -> Problem:
    windows = [later_windows(windows, amount) for windows in problem.windows[:count]]
    return replace(problem, windows=(*windows, *problem.windows[count:]))


def _window_earlier(problem: Problem, count: int, amount: int) -> Problem:
    windows = [earlier_windows(windows, amount) for windows in problem.windows[count:]]
    return replace(problem, windows=(*problem.windows[:count], *windows))


def later_windows(windows: Windows, amount: int) -> Windows:
    """Each window open so much longer, the last moment before the next one at most."""
    until = [*(start - 1 for start, _ in windows[1:]), FAR_S]
    return tuple(
        (start, max(end, min(end + amount, last))) for (start, end), last in zip(windows, until, strict=True)
    )


def earlier_windows(windows: Windows, amount: int) -> Windows:
    """Each window open so much sooner, the first moment after the one before at most, or midnight."""
    since = [0, *(end + 1 for _, end in windows[:-1])]
    return tuple(
        (min(start, max(start - amount, first)), end)
        for (start, end), first in zip(windows, since, strict=True)
    )


def _later_break(problem: Problem, _count: int, amount: int) -> Problem:
    if amount >= _BREAK_S:
        return replace(problem, breaks=((),))
    rests = tuple(replace(rest, latest_s=rest.latest_s + amount) for rest in problem.breaks[0])
    return replace(problem, breaks=(rests,))


def _any_position(problem: Problem, _count: int, _amount: int) -> Problem:
    return replace(problem, position=np.zeros_like(problem.position))


def _any_sequence(problem: Problem, count: int, _amount: int) -> Problem:
    kept = tuple(pair for pair in problem.before if max(pair) < count)
    return replace(problem, before=kept)
