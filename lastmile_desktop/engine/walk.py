"""Walking along one route: when the vehicle leaves, arrives, parks, waits, serves, rests, loads and returns.

The calls of the route are given here, reloads among them; ``timing`` decides where those are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lastmile_desktop.engine.problem import NO_WAY_S, BreakRule, Problem, Windows

#: Stands for coming back to the start depot to load, in a list of calls (all others are order indices).
RELOAD = -1


@dataclass(slots=True)
class Step:
    """One visit, break or reload on a route. ``order`` is -1 for a break, whose index is then ``rest``, and
    for a reload (``rest`` is -1 too).

    ``place`` is where it happens. The leg to it usually takes ``usual_s``, at this time of day ``drive_s``,
    and ``distance_m`` (all 0 when the vehicle is there already); ``setup_s`` is the time to park and find the
    door. ``late_s`` is how far ``start_s`` lies behind the end of its window as the customer has it (or
    behind the latest start of a break or reload); ``broken_s`` is that part of it which no price allows.
    """

    order: int
    rest: int
    place: int
    usual_s: int
    distance_m: int
    setup_s: int = 0
    drive_s: int = 0
    arrive_s: int = 0
    start_s: int = 0
    leave_s: int = 0
    late_s: int = 0
    broken_s: int = 0


@dataclass(slots=True)
class RouteTimes:
    """A route in time: departure, steps, return. ``overtime_s`` is how long it goes on after the shift where
    that is allowed at a price; ``excess_s`` how far the return (or the departure) lies beyond all that shift,
    overtime and depots allow. ``no_way`` counts legs that do not exist."""

    start_s: int
    end_s: int
    steps: list[Step]
    last_drive_s: int
    last_distance_m: int
    overtime_s: int
    excess_s: int
    no_way: int

    @property
    def distance_m(self) -> int:
        """Metres driven, the way back included."""
        return sum(step.distance_m for step in self.steps) + self.last_distance_m

    @property
    def broken_s(self) -> int:
        """Sum of all lateness that no price allows, breaks, reloads and the return included."""
        return sum(step.broken_s for step in self.steps) + self.excess_s

    @property
    def trips(self) -> list[list[int]]:
        """The orders of each trip, in order."""
        found: list[list[int]] = [[]]
        for step in self.steps:
            if step.order >= 0:
                found[-1].append(step.order)
            elif step.rest < 0:
                found.append([])
        return found


@dataclass(slots=True)
class _State:
    """The best way found to have taken the first k breaks by now: least broken, then earliest, then the least
    lateness that is paid for.

    ``taken`` holds (break, leg, before the drive) in order.
    """

    broken_s: int
    time_s: int
    late_price: int
    taken: tuple[tuple[int, int, bool], ...]

    def beats(self, other: _State | None) -> bool:
        return other is None or (self.broken_s, self.time_s, self.late_price) < (
            other.broken_s,
            other.time_s,
            other.late_price,
        )


@dataclass(slots=True)
class _Call:
    """What a visit or reload asks for: windows in which it may start, their ends as they should be kept, its
    length, the price of an hour late, and whether it may be late at all."""

    windows: Windows
    due: tuple[int, ...]
    service_s: int
    late_price: int
    soft: bool


def earliest_start(windows: Windows, time_s: int) -> tuple[int, int]:
    """When service can start for an arrival at ``time_s``, and by how much that is too late."""
    for start, end in windows:
        if time_s <= end:
            return max(start, time_s), 0
    return time_s, time_s - windows[-1][1]


def latest_start(windows: Windows, time_s: int) -> int | None:
    """The latest allowed start of service not after ``time_s``; None when there is none."""
    for start, end in reversed(windows):
        if start <= time_s:
            return min(end, time_s)
    return None


def lateness(windows: Windows, due: Sequence[int], start_s: int) -> int:
    """Seconds of a start behind the end, as the customer has it, of the window it began in or after."""
    for (_, end), wanted in zip(windows, due, strict=True):
        if start_s <= end:
            return max(0, start_s - wanted)
    return start_s - due[-1]


def reload_window(problem: Problem, vehicle: int) -> Windows:
    """When a reload may begin: every trip leaves while the first one may."""
    return ((0, int(problem.latest_start_s[vehicle]) - int(problem.reload_s[vehicle])),)


def walk_route(problem: Problem, vehicle: int, calls: Sequence[int]) -> RouteTimes:
    """Times of ``vehicle`` making ``calls`` (order indices and RELOAD) in this order; at least one order.

    Ends as early as possible, breaks placed with the least lateness (each before a drive or after it and the
    set-up, or outside the route when its window allows that), and then leaves as late as possible without
    ending later or being later anywhere. Never refuses: what cannot be kept is broken.
    """
    return _Walk(problem, vehicle, calls).times()


class _Walk:
    def __init__(self, problem: Problem, vehicle: int, calls: Sequence[int]) -> None:
        self._problem, self._vehicle, self._orders = problem, vehicle, calls
        self._clock = problem.clock
        self._breaks = problem.breaks[vehicle]
        self._calls = [self._call(order) for order in calls]
        self._find_legs()

    def _call(self, order: int) -> _Call:
        problem = self._problem
        if order == RELOAD:
            windows = reload_window(problem, self._vehicle)
            return _Call(windows, (windows[0][1],), int(problem.reload_s[self._vehicle]), 0, soft=False)
        price, service_s = int(problem.late_cents_per_hour[order]), int(problem.service_s[order])
        soft = bool(problem.is_soft[order])
        return _Call(problem.windows[order], problem.window_due[order], service_s, price, soft)

    def _find_legs(self) -> None:
        """Usual times, distances and set-up times of the len(calls) + 1 legs, and the places they lead to."""
        problem, depot = self._problem, int(self._problem.start_place[self._vehicle])
        places = np.empty(len(self._orders) + 2, dtype=np.int64)
        places[0], places[-1] = depot, problem.end_place[self._vehicle]
        calls = np.asarray(self._orders, dtype=np.int64)
        places[1:-1] = np.where(calls == RELOAD, depot, problem.order_place[calls])
        self._usual: list[int] = problem.duration_s[places[:-1], places[1:]].tolist()
        self._metres: list[int] = problem.distance_m[places[:-1], places[1:]].tolist()
        self._setup = [0] * len(self._usual)
        if problem.has_setup:
            self._setup = np.where(places[:-1] == places[1:], 0, problem.setup_s[places[1:]]).tolist()
        self._places: list[int] = places.tolist()

    def times(self) -> RouteTimes:
        """All times, see ``walk_route``."""
        problem, vehicle = self._problem, self._vehicle
        earliest = int(problem.earliest_start_s[vehicle])
        taken: tuple[tuple[int, int, bool], ...] = ()
        if self._breaks:
            earliest, taken = self._place_breaks()
        steps = self._steps(taken)
        home = len(self._usual) - 1
        rests_at_home = any(leg == home and not before for _, leg, before in taken)
        usual_s, last_distance = (0, 0) if rests_at_home else (self._usual[home], self._metres[home])
        end_s = self._run_forward(steps, earliest, usual_s)
        end_s = max(end_s, int(problem.earliest_end_s[vehicle]))
        limit = max(earliest, int(problem.latest_start_s[vehicle]))
        start_s = min(self._latest_departure(steps, self._clock.depart(end_s, usual_s), earliest), limit)
        arrival = self._run_forward(steps, start_s, usual_s)
        left_s = steps[-1].leave_s if steps else start_s
        allowed, regular = int(problem.latest_end_s[vehicle]), int(problem.regular_end_s[vehicle])
        excess = max(0, end_s - allowed) + max(0, start_s - int(problem.latest_start_s[vehicle]))
        overtime = max(0, end_s - regular) if regular < allowed else 0
        no_way = sum(leg >= NO_WAY_S for leg in self._usual)
        return RouteTimes(start_s, end_s, steps, arrival - left_s, last_distance, overtime, excess, no_way)

    def _place_breaks(self) -> tuple[int, tuple[tuple[int, int, bool], ...]]:
        """Earliest departure, and where each break is taken: a forward search over (leg, breaks so far)."""
        breaks, first = self._breaks, int(self._problem.earliest_start_s[self._vehicle])
        latest_first = int(self._problem.latest_start_s[self._vehicle])
        states: list[_State | None] = [None] * (len(breaks) + 1)
        departures: dict[int, int] = {}
        departure = first
        for skipped in range(len(breaks) + 1):
            # The first ``skipped`` breaks are over before the vehicle leaves.
            if skipped:
                departure = max(departure, breaks[skipped - 1].earliest_s + breaks[skipped - 1].duration_s)
                if departure > max(latest_first, first):
                    break
            departures[skipped] = departure
            states[skipped] = _State(0, departure, 0, ())
        for leg, usual_s in enumerate(self._usual):
            _rest(states, breaks, leg, before=True)
            for state in states:
                if state is not None:
                    state.time_s = self._clock.arrive(state.time_s, usual_s) + self._setup[leg]
            _rest(states, breaks, leg, before=False)
            if leg < len(self._calls):
                _serve(states, self._calls[leg])
        best = self._best_end(states)
        before_start = best[1].taken[0][0] if best[1].taken else best[0]
        return departures.get(before_start, first), best[1].taken

    def _best_end(self, states: Sequence[_State | None]) -> tuple[int, _State]:
        """The best final state with its number of breaks taken; the others must fit in after the end."""
        problem, vehicle = self._problem, self._vehicle
        ranked: list[tuple[int, int, int, int]] = []
        for count, state in enumerate(states):
            if state is None:
                continue
            end_s = max(state.time_s, int(problem.earliest_end_s[vehicle]))
            if all(rule.latest_s >= end_s for rule in self._breaks[count:]):
                broken = state.broken_s + max(0, end_s - int(problem.latest_end_s[vehicle]))
                ranked.append((broken, end_s, state.late_price, count))
        count = min(ranked)[3]  # never empty: with all breaks taken there is nothing left to fit in
        state = states[count]
        assert state is not None
        return count, state

    def _steps(self, taken: Sequence[tuple[int, int, bool]]) -> list[Step]:
        """Visits, reloads and breaks in order with their legs; the times are filled in by the passes."""
        steps: list[Step] = []
        for leg, usual_s in enumerate(self._usual):
            drive = (usual_s, self._metres[leg], self._setup[leg])
            for rest, at, before in taken:
                if at != leg:
                    continue
                if before:
                    steps.append(Step(-1, rest, self._places[leg], 0, 0))
                else:
                    steps.append(Step(-1, rest, self._places[leg + 1], *drive))
                    drive = (0, 0, 0)
            if leg < len(self._orders):
                steps.append(Step(self._orders[leg], -1, self._places[leg + 1], *drive))
        return steps

    def _run_forward(self, steps: Sequence[Step], start_s: int, last_usual_s: int) -> int:
        """Fill in all times from the departure on, each as early as possible; gives the arrival home."""
        time_s, calls = start_s, iter(self._calls)
        for step in steps:
            step.arrive_s = self._clock.arrive(time_s, step.usual_s)
            step.drive_s = step.arrive_s - time_s
            ready_s = step.arrive_s + step.setup_s
            if step.rest < 0:
                call = next(calls)
                step.start_s, step.broken_s = earliest_start(call.windows, ready_s)
                step.late_s = step.broken_s
                if call.soft:
                    step.late_s = lateness(call.windows, call.due, step.start_s)
                step.leave_s = step.start_s + call.service_s
            else:
                rule = self._breaks[step.rest]
                step.start_s = max(ready_s, rule.earliest_s)
                step.late_s = step.broken_s = max(0, step.start_s - rule.latest_s)
                step.leave_s = step.start_s + rule.duration_s
            time_s = step.leave_s
        return self._clock.arrive(time_s, last_usual_s)

    def _latest_departure(self, steps: Sequence[Step], leave_by_s: int, earliest_s: int) -> int:
        """The latest departure that still leaves the last step by ``leave_by_s`` and makes nothing later."""
        bound, calls = leave_by_s, reversed(self._calls)
        for step in reversed(steps):
            call = next(calls) if step.rest < 0 else None
            start = bound - (step.leave_s - step.start_s)
            if step.late_s:
                start = min(start, step.start_s)
            elif call is None:
                start = min(start, self._breaks[step.rest].latest_s)
            elif call.soft:
                # Only within the same window: to come between two of them could mean to be late.
                due = next(
                    d for (_, end), d in zip(call.windows, call.due, strict=True) if step.start_s <= end
                )
                start = max(min(start, due), step.start_s)
            else:
                allowed = latest_start(call.windows, start)
                start = step.start_s if allowed is None else max(allowed, step.start_s)
            bound = self._clock.depart(start - step.setup_s, step.usual_s)
        return max(bound, earliest_s)


def _rest(states: list[_State | None], breaks: Sequence[BreakRule], leg: int, *, before: bool) -> None:
    """Also consider taking the next breaks here; ``states[k]`` has the first k behind it."""
    for count, rule in enumerate(breaks):
        state = states[count]
        if state is None:
            continue
        start = max(state.time_s, rule.earliest_s)
        broken = state.broken_s + max(0, start - rule.latest_s)
        taken = (*state.taken, (count, leg, before))
        rested = _State(broken, start + rule.duration_s, state.late_price, taken)
        if rested.beats(states[count + 1]):
            states[count + 1] = rested


def _serve(states: Sequence[_State | None], call: _Call) -> None:
    for state in states:
        if state is not None:
            start, broken = earliest_start(call.windows, state.time_s)
            state.broken_s += broken
            if call.soft:
                state.late_price += lateness(call.windows, call.due, start) * call.late_price
            state.time_s = start + call.service_s
