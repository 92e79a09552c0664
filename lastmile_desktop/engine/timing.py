"""The times of one route: when the vehicle leaves, arrives, waits, serves, rests and returns.

Used by ``schedule.evaluate`` (what everyone sees) and by the search's scoring, so both mean the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lastmile_desktop.engine.problem import BreakRule, Problem, Windows


@dataclass(slots=True)
class Step:
    """One visit or break on a route. ``order`` is -1 for a break, whose index is then ``rest``.

    ``place`` is where it happens. The leg to it takes ``drive_s`` and ``distance_m`` (0 when the vehicle is
    there already). ``late_s`` is how far ``start_s`` lies beyond the last window (or the latest start of
    the break).
    """

    order: int
    rest: int
    place: int
    drive_s: int
    distance_m: int
    arrive_s: int
    start_s: int
    leave_s: int
    late_s: int = 0


@dataclass(slots=True)
class RouteTimes:
    """A route in time: departure, steps, return. ``overtime_s`` is how far the return (or the departure)
    lies beyond what the shift and the depots allow."""

    start_s: int
    end_s: int
    steps: list[Step]
    last_drive_s: int
    last_distance_m: int
    overtime_s: int

    @property
    def distance_m(self) -> int:
        """Metres driven, the way back included."""
        return sum(step.distance_m for step in self.steps) + self.last_distance_m

    @property
    def late_s(self) -> int:
        """Sum of all lateness, breaks included."""
        return sum(step.late_s for step in self.steps)


@dataclass(slots=True)
class _State:
    """The best way found to have taken the first k breaks by now: least lateness, then earliest.

    ``taken`` holds (break, leg, before the drive) in order.
    """

    late_s: int
    time_s: int
    taken: tuple[tuple[int, int, bool], ...]

    def beats(self, other: _State | None) -> bool:
        return other is None or (self.late_s, self.time_s) < (other.late_s, other.time_s)


def earliest_start(windows: Windows, time_s: int) -> tuple[int, int]:
    """When service can start for an arrival at ``time_s``, and by how much that is late."""
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


def schedule_route(problem: Problem, vehicle: int, orders: Sequence[int]) -> RouteTimes:
    """Times of ``vehicle`` serving ``orders`` in this order (at least one).

    Ends as early as possible, breaks placed with the least lateness (each before or after any drive, or
    outside the route when its window allows that), and then leaves as late as possible without ending
    later. Never refuses: what cannot be kept is late or overtime.
    """
    drives, distances, places = _legs(problem, vehicle, orders)
    breaks = problem.breaks[vehicle]
    earliest = int(problem.earliest_start_s[vehicle])
    taken: tuple[tuple[int, int, bool], ...] = ()
    if breaks:
        earliest, taken = _place_breaks(problem, vehicle, orders, drives)
    steps = _steps(problem, orders, drives, distances, places, taken, breaks)
    end_s = _run_forward(problem, breaks, steps, earliest, drives[-1] - _driven_for_breaks(taken, drives))
    end_s = max(end_s, int(problem.earliest_end_s[vehicle]))
    last_drive = drives[-1] - _driven_for_breaks(taken, drives)
    last_distance = distances[-1] if last_drive == drives[-1] else 0
    limit = max(earliest, int(problem.latest_start_s[vehicle]))
    start_s = min(_latest_departure(problem, breaks, steps, end_s - last_drive, earliest), limit)
    _run_forward(problem, breaks, steps, start_s, last_drive)
    overtime = max(0, end_s - int(problem.latest_end_s[vehicle]))
    overtime += max(0, start_s - int(problem.latest_start_s[vehicle]))
    return RouteTimes(start_s, end_s, steps, last_drive, last_distance, overtime)


def _legs(problem: Problem, vehicle: int, orders: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """Drive times and distances of the len(orders) + 1 legs, and the places they lead to."""
    places = np.empty(len(orders) + 2, dtype=np.int64)
    places[0], places[-1] = problem.start_place[vehicle], problem.end_place[vehicle]
    places[1:-1] = problem.order_place[list(orders)]
    drives: list[int] = problem.duration_s[places[:-1], places[1:]].tolist()
    distances: list[int] = problem.distance_m[places[:-1], places[1:]].tolist()
    return drives, distances, places.tolist()


def _place_breaks(
    problem: Problem, vehicle: int, orders: Sequence[int], drives: Sequence[int]
) -> tuple[int, tuple[tuple[int, int, bool], ...]]:
    """Earliest departure, and where each break is taken: a forward search over (leg, breaks taken so far)."""
    breaks = problem.breaks[vehicle]
    first = int(problem.earliest_start_s[vehicle])
    latest_first = int(problem.latest_start_s[vehicle])
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
        states[skipped] = _State(0, departure, ())
    for leg, drive in enumerate(drives):
        _rest(states, breaks, leg, before=True)
        for state in states:
            if state is not None:
                state.time_s += drive
        _rest(states, breaks, leg, before=False)
        if leg < len(orders):
            _serve(states, problem.windows[orders[leg]], int(problem.service_s[orders[leg]]))
    best = _best_end(problem, vehicle, states)
    before_start = best[1].taken[0][0] if best[1].taken else best[0]
    return departures.get(before_start, first), best[1].taken


def _best_end(problem: Problem, vehicle: int, states: Sequence[_State | None]) -> tuple[int, _State]:
    """The best final state with its number of breaks taken; breaks not taken must fit in after the end."""
    breaks = problem.breaks[vehicle]
    ranked: list[tuple[int, int, int]] = []
    for count, state in enumerate(states):
        if state is None:
            continue
        end_s = max(state.time_s, int(problem.earliest_end_s[vehicle]))
        if all(rule.latest_s >= end_s for rule in breaks[count:]):
            late = state.late_s + max(0, end_s - int(problem.latest_end_s[vehicle]))
            ranked.append((late, end_s, count))
    count = min(ranked)[2]  # never empty: with all breaks taken there is nothing left to fit in
    state = states[count]
    assert state is not None
    return count, state


def _rest(states: list[_State | None], breaks: Sequence[BreakRule], leg: int, *, before: bool) -> None:
    """Also consider taking the next breaks here; ``states[k]`` has the first k behind it."""
    for count, rule in enumerate(breaks):
        state = states[count]
        if state is None:
            continue
        start = max(state.time_s, rule.earliest_s)
        late = state.late_s + max(0, start - rule.latest_s)
        rested = _State(late, start + rule.duration_s, (*state.taken, (count, leg, before)))
        if rested.beats(states[count + 1]):
            states[count + 1] = rested


def _serve(states: Sequence[_State | None], windows: Windows, service_s: int) -> None:
    for state in states:
        if state is not None:
            start, late = earliest_start(windows, state.time_s)
            state.late_s += late
            state.time_s = start + service_s


def _driven_for_breaks(taken: Sequence[tuple[int, int, bool]], drives: Sequence[int]) -> int:
    """The drive home, when it leads to a break at the end (then the last leg itself is 0)."""
    last = len(drives) - 1
    return drives[last] if any(leg == last and not before for _, leg, before in taken) else 0


def _steps(
    problem: Problem,
    orders: Sequence[int],
    drives: Sequence[int],
    distances: Sequence[int],
    places: Sequence[int],
    taken: Sequence[tuple[int, int, bool]],
    breaks: Sequence[BreakRule],
) -> list[Step]:
    """Visits and breaks in order with their legs; the times are filled in by the passes."""
    steps: list[Step] = []
    for leg in range(len(drives)):
        drive, distance = drives[leg], distances[leg]
        for rest, at, before in taken:
            if at != leg:
                continue
            if before:
                steps.append(Step(-1, rest, places[leg], 0, 0, 0, 0, 0))
            else:
                steps.append(Step(-1, rest, places[leg + 1], drive, distance, 0, 0, 0))
                drive = distance = 0
        if leg < len(orders):
            steps.append(Step(orders[leg], -1, places[leg + 1], drive, distance, 0, 0, 0))
    return steps


def _run_forward(
    problem: Problem, breaks: Sequence[BreakRule], steps: Sequence[Step], start_s: int, last_drive_s: int
) -> int:
    """Fill in all times from the departure on, each as early as possible; gives the arrival at the end."""
    time_s = start_s
    for step in steps:
        step.arrive_s = time_s + step.drive_s
        if step.order >= 0:
            step.start_s, step.late_s = earliest_start(problem.windows[step.order], step.arrive_s)
            step.leave_s = step.start_s + int(problem.service_s[step.order])
        else:
            rule = breaks[step.rest]
            step.start_s = max(step.arrive_s, rule.earliest_s)
            step.late_s = max(0, step.start_s - rule.latest_s)
            step.leave_s = step.start_s + rule.duration_s
        time_s = step.leave_s
    return time_s + last_drive_s


def _latest_departure(
    problem: Problem, breaks: Sequence[BreakRule], steps: Sequence[Step], leave_by_s: int, earliest_s: int
) -> int:
    """The latest departure that still leaves the last step by ``leave_by_s`` and makes nothing later."""
    bound = leave_by_s
    for step in reversed(steps):
        start = bound - (step.leave_s - step.start_s)
        if step.late_s:
            start = min(start, step.start_s)
        elif step.order >= 0:
            allowed = latest_start(problem.windows[step.order], start)
            start = step.start_s if allowed is None else max(allowed, step.start_s)
        else:
            start = min(start, breaks[step.rest].latest_s)
        bound = start - step.drive_s
    return max(bound, earliest_s)
