"""Which rules one insertion breaks, and by how much: one walk along the route instead of many trials.

The evaluator never refuses: it says how late, how full and how long a route is. Relaxing a rule that only
bounds such an amount changes nothing else, so what is over its bound is exactly what would have to give way.
``ACTIVE`` rules are different: without them the vehicle would move at other times. Everything found here is
tried out by the caller before it is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lastmile_desktop.engine.belonging import Belonging
from lastmile_desktop.engine.explain.rules import LOADS
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.route_cost import search_units, trip_loads
from lastmile_desktop.engine.timing import RouteTimes, schedule_route
from lastmile_desktop.model import BlockingRule

ACTIVE = (BlockingRule.WINDOW_EARLIER, BlockingRule.SHIFT_START, BlockingRule.BREAK, BlockingRule.TRIPS)
#: Amounts in seconds by which something is too late; to start earlier by less cannot mend them.
_LATE = (
    BlockingRule.WINDOW_LATER,
    BlockingRule.OTHER_WINDOWS,
    BlockingRule.SHIFT_END,
    BlockingRule.BREAK,
)


@dataclass(frozen=True, slots=True)
class Measured:
    """``over``: what each rule would have to give way by; ``units`` is the cost in the search's units.

    ``mendable`` False: something is wrong that no amount mends.
    """

    over: dict[BlockingRule, int]
    units: int
    mendable: bool

    @property
    def late_s(self) -> int:
        """The most that anything is too late."""
        return max((amount for rule, amount in self.over.items() if rule in _LATE), default=0)


class Company:
    """The rules about company and sequence of one problem, each kind apart."""

    def __init__(self, problem: Problem) -> None:
        self._all = Belonging(problem)
        any_position = np.zeros_like(problem.position)
        alone = np.full_like(problem.partner, -1)
        self._kinds = {
            BlockingRule.ROUTE_POSITION: Belonging(replace(problem, before=(), partner=alone)),
            BlockingRule.BEFORE: Belonging(replace(problem, position=any_position, partner=alone)),
        }

    def over(self, orders: Sequence[int]) -> tuple[dict[BlockingRule, int], bool]:
        """(rules broken by the sequence of one route, whether others are as well)."""
        broken = self._all.broken_on_route(orders)
        if not broken:
            return {}, False
        counts = {rule: kind.broken_on_route(orders) for rule, kind in self._kinds.items()}
        return {rule: 1 for rule, count in counts.items() if count}, broken > sum(counts.values())


def measure(problem: Problem, company: Company, orders: Sequence[int], count: int) -> Measured:
    """The route ``orders`` on the one vehicle of ``problem``; those from ``count`` on were inserted."""
    times = schedule_route(problem, 0, orders)
    over: dict[BlockingRule, int] = {}
    late_elsewhere = 0
    for step in times.steps:
        if not step.broken_s:
            continue
        if step.order >= count:
            _raise(over, BlockingRule.WINDOW_LATER, step.broken_s)
        elif step.order >= 0:
            _raise(over, BlockingRule.OTHER_WINDOWS, step.broken_s)
        elif step.rest >= 0:
            _raise(over, BlockingRule.BREAK, step.broken_s)
        else:
            late_elsewhere += step.broken_s
    if times.excess_s:
        over[BlockingRule.SHIFT_END] = max(
            times.end_s - int(problem.latest_end_s[0]), times.start_s - int(problem.latest_start_s[0])
        )
    _measure_limits(problem, times, over)
    _measure_loads(problem, times, over)
    out_of_sequence, apart = company.over(orders)
    over |= out_of_sequence
    mendable = not times.no_way and not late_elsewhere and not apart
    return Measured(over, search_units(problem, 0, times), mendable)


def _measure_limits(problem: Problem, times: RouteTimes, over: dict[BlockingRule, int]) -> None:
    metres = times.distance_m - int(problem.max_distance_m[0])
    seconds = times.end_s - times.start_s - int(problem.max_duration_s[0])
    if metres > 0:
        over[BlockingRule.DISTANCE] = metres
    if seconds > 0:
        over[BlockingRule.DURATION] = seconds


def _measure_loads(problem: Problem, times: RouteTimes, over: dict[BlockingRule, int]) -> None:
    limits: list[int] = problem.capacity[0].tolist()
    if not problem.load_dimensions:
        return
    loads = [load for trip in trip_loads(problem, times.trips) for load in trip]
    for column in problem.load_dimensions:
        excess = max(load[column] for load in loads) - limits[column]
        if excess > 0:
            over[LOADS[column]] = excess


def _raise(over: dict[BlockingRule, int], rule: BlockingRule, amount: int) -> None:
    over[rule] = max(over.get(rule, 0), amount)
