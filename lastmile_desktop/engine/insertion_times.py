"""The moments between which something can be put into each gap of a route."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lastmile_desktop.engine.problem import FAR_S, BreakRule, Ints, Problem
from lastmile_desktop.engine.walk import RELOAD, earliest_start, latest_start, reload_window


class Chain:
    """One route with its reloads as a chain of calls; legs lead to each call and home.

    ``calls`` are order indices and RELOAD. Of each leg: ``positions`` says how many orders come before it,
    ``places`` (one more than legs) where it begins and ends, ``free`` when the vehicle can set out at the
    earliest, and ``due`` by when something put in there must have it ready at the end of the leg,
    ``due_rested`` the same with the leg's breaks taken in between. ``rests`` are the breaks of each leg.
    """

    def __init__(self, problem: Problem, vehicle: int, trips: Sequence[Sequence[int]]) -> None:
        self._problem, self._clock, self._rules = problem, problem.clock, problem.breaks[vehicle]
        self._earliest, self._latest_end = (
            int(problem.earliest_start_s[vehicle]),
            int(problem.latest_end_s[vehicle]),
        )
        self.calls = (
            [call for trip in trips for call in (RELOAD, *trip)][1:] if len(trips) > 1 else [*trips[0]]
        )
        calls = np.array(self.calls, dtype=np.int64)
        depot = int(problem.start_place[vehicle])
        self.places: Ints = np.empty(len(calls) + 2, dtype=np.int64)
        self.places[0], self.places[-1] = depot, problem.end_place[vehicle]
        self.places[1:-1] = np.where(calls == RELOAD, depot, problem.order_place[calls])
        self.positions = np.concatenate([[0], np.cumsum(calls != RELOAD)]).astype(np.int64)
        before, after = self.places[:-1], self.places[1:]
        self._usual: list[int] = problem.duration_s[before, after].tolist()
        self._setup: list[int] = np.where(before == after, 0, problem.setup_s[after]).tolist()
        reload_s, window = int(problem.reload_s[vehicle]), reload_window(problem, vehicle)
        self._services = [reload_s if call == RELOAD else int(problem.service_s[call]) for call in self.calls]
        self._windows = [window if call == RELOAD else problem.windows[call] for call in self.calls]
        self.rests = self._resting_legs()
        self.free = self._forward()
        self.due, self.due_rested = self._backward()

    def _ready(self, leg: int, time_s: int) -> int:
        """When a vehicle that sets out at ``time_s`` has found the door at the end of the leg."""
        return self._clock.arrive(time_s, self._usual[leg]) + self._setup[leg]

    def _resting_legs(self) -> dict[int, list[int]]:
        """On which leg each break is taken (on arrival): the first leg that arrives when it may begin.

        A break that the vehicle can have before it starts is on none. All others are planned into the route
        even where they could be had after its end, because the route is still to grow.
        """
        rules = self._rules
        legs: dict[int, list[int]] = {}
        if not rules:
            return legs
        time_s = self._earliest
        number = sum(rule.earliest_s + rule.duration_s <= time_s for rule in rules)
        for leg in range(len(self._usual)):
            time_s = self._ready(leg, time_s)
            while number < len(rules) and self._rests_here(leg, rules[number], time_s):
                time_s = max(time_s, rules[number].earliest_s) + rules[number].duration_s
                legs.setdefault(leg, []).append(number)
                number += 1
            if leg < len(self.calls):
                time_s = earliest_start(self._windows[leg], time_s)[0] + self._services[leg]
        return legs

    def _rests_here(self, leg: int, rule: BreakRule, time_s: int) -> bool:
        """True when the next arrival would be too late for the break, or nothing is lost by resting now."""
        if leg == len(self.calls):
            return True
        start, _ = earliest_start(self._windows[leg], time_s)
        if rule.earliest_s <= time_s or max(time_s, rule.earliest_s) + rule.duration_s <= start:
            return True
        return self._ready(leg + 1, start + self._services[leg]) > rule.latest_s

    def _forward(self) -> list[int]:
        time_s = self._earliest
        free = [time_s]
        for leg in range(len(self.calls)):
            time_s = self._ready(leg, time_s)
            for number in self.rests.get(leg, ()):
                time_s = max(time_s, self._rules[number].earliest_s) + self._rules[number].duration_s
            time_s = earliest_start(self._windows[leg], time_s)[0] + self._services[leg]
            free.append(time_s)
        return free

    def _backward(self) -> tuple[list[int], list[int]]:
        count = len(self.calls)
        due, due_rested = [0] * (count + 1), [0] * (count + 1)
        bound = self._latest_end
        for leg in range(count, -1, -1):
            if leg < count:
                leave = self._clock.depart(bound - self._setup[leg + 1], self._usual[leg + 1])
                allowed = latest_start(self._windows[leg], leave - self._services[leg])
                # Where the route is late already, an insertion must at least not make it later.
                bound = self.free[leg + 1] - self._services[leg] if allowed is None else allowed
            due[leg] = bound
            for number in reversed(self.rests.get(leg, ())):
                rule = self._rules[number]
                bound = min(bound - rule.duration_s, rule.latest_s)
            due_rested[leg] = bound
        return due, due_rested


def joined_breaks(rules: Sequence[BreakRule]) -> tuple[int, int, int]:
    """Several breaks in a row as one: earliest start, latest arrival before it (-1 = impossible), length."""
    length = sum(rule.duration_s for rule in rules)
    earliest, latest, before, over = 0, FAR_S, 0, 0
    for rule in rules:
        # ``over``: when the breaks so far are over at the earliest, whenever the vehicle arrives.
        start = max(over, rule.earliest_s)
        if start > rule.latest_s:
            return 0, -1, length
        latest = min(latest, rule.latest_s - before)
        earliest = max(earliest, start - before)
        before += rule.duration_s
        over = start + rule.duration_s
    return earliest, latest, length
