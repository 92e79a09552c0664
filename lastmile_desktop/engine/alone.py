"""What each vehicle could do for one order if it had nothing else to do, for all orders at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.problem import FAR_S, NO_WAY_S, Ints, Problem

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Alone:
    """k orders against m vehicles, each order on a route of its own; all arrays are (k, m), breaks left out.

    ``skill``, ``load``, ``reach``, ``window``, ``hours``, ``distance`` are True where that rule is kept.
    ``hours`` is judged with the windows in force, ``hours_any`` without them; ``arrive_s`` is the earliest
    arrival, ``back_s`` the earliest return and ``metres`` the round trip.
    """

    skill: Flags
    load: Flags
    reach: Flags
    window: Flags
    hours: Flags
    hours_any: Flags
    distance: Flags
    arrive_s: Ints
    back_s: Ints
    metres: Ints

    @property
    def possible(self) -> Flags:
        """True where every rule is kept."""
        return self.skill & self.load & self.reach & self.window & self.hours & self.distance


def judge_alone(problem: Problem, orders: Sequence[int]) -> Alone:
    """Judge ``orders`` (k indices) against all vehicles."""
    rows = np.array(orders, dtype=np.int64)
    place = problem.order_place[rows][:, None]
    drive_in = problem.duration_s[problem.start_place[None, :], place]
    drive_out = problem.duration_s[place, problem.end_place[None, :]]
    setup = np.where(problem.start_place[None, :] == place, 0, problem.setup_s[place])
    metres = problem.distance_m[problem.start_place[None, :], place].astype(np.int64)
    metres += problem.distance_m[place, problem.end_place[None, :]]
    service = problem.service_s[rows][:, None]
    leave = np.broadcast_to(problem.earliest_start_s[None, :], drive_in.shape)
    arrive = problem.clock.arrive_all(leave, drive_in) + setup
    starts, ends = problem.window_table
    fitting = np.maximum(starts[rows][:, None, :], arrive[:, :, None])
    start = np.where(fitting <= ends[rows][:, None, :], fitting, FAR_S * 2).min(axis=2)
    window = start < FAR_S * 2
    start = np.where(window, start, arrive)
    back = problem.clock.arrive_all(start + service, drive_out)
    back_any = problem.clock.arrive_all(arrive + service, drive_out)
    fastest = min((percent for _, percent in problem.traffic), default=100)
    work = (drive_in.astype(np.int64) + drive_out) * fastest // 100 + setup + service
    return Alone(
        skill=problem.allowed[rows],
        load=np.all(problem.demand[rows][:, None, :] <= problem.capacity[None, :, :], axis=2),
        reach=(drive_in < NO_WAY_S) & (drive_out < NO_WAY_S),
        window=window,
        hours=_in_hours(problem, back, work) & problem.can_work,
        hours_any=_in_hours(problem, back_any, work) & problem.can_work,
        distance=(metres <= problem.max_distance_m) & (problem.max_stops >= 1),
        arrive_s=arrive,
        back_s=back,
        metres=metres,
    )


def _in_hours(problem: Problem, back_s: Ints, work_s: Ints) -> Flags:
    """Back in time, and not longer under way than allowed (a vehicle may leave later to wait less)."""
    flags: Flags = (back_s <= problem.latest_end_s) & (work_s <= problem.max_duration_s)
    return flags
