"""A small problem with a known result: does this kernel compute here what it computes everywhere?"""

from __future__ import annotations

import numpy as np

from lastmile_desktop.engine.kernel.chain import Chain
from lastmile_desktop.engine.problem import FAR_S, NO_LIMIT, BreakRule, Ints, Problem, Windows

_STEPS = 300


def self_test(kind: type[Chain]) -> None:
    """Raises AssertionError, with a reason, when ``kind`` does not give the known result."""
    chain = kind(small_problem(), 7)
    for part in range(10):
        chain.run_slice(part / 10, steps=_STEPS // 10)
    found = (chain.best_routes, chain.best_score.broken, chain.best_score.units)
    if found != KNOWN:
        raise AssertionError(f"found {found[2]} for {found[0]}")


def small_problem() -> Problem:
    """Ten orders around a depot for three vans: windows, a break, two loads, pickups, a skill, a limit."""
    x = np.array([0, 3, 9, 4, -5, -8, 2, 7, -2, -6, 1])
    y = np.array([0, 8, 2, -7, 5, -3, 1, 7, -9, 8, 4])
    blocks = (abs(x[:, None] - x) + abs(y[:, None] - y)).astype(np.int32)
    count, vans, hour = len(x) - 1, 3, 3600

    def ints(*values: int) -> Ints:
        return np.array(values, dtype=np.int64)

    demand = np.zeros((count, 3), dtype=np.int64)
    demand[:, 0], demand[:, 1] = 1000, 500 * np.arange(1, count + 1)
    windows: list[Windows] = [((0, FAR_S),) for _ in range(count)]
    windows[1] = ((9 * hour, 10 * hour), (13 * hour, 14 * hour))
    windows[4] = ((8 * hour, 9 * hour),)
    windows[8] = ((10 * hour, 12 * hour),)
    allowed = np.ones((count, vans), dtype=np.bool_)
    allowed[6] = [True, False, False]
    keys = tuple(str(number) for number in range(count))
    return Problem(
        locations=(None,) * (count + 1),
        duration_s=blocks * 120,
        distance_m=blocks * 1000,
        source="self-test",
        order_keys=keys,
        order_ids=keys,
        order_place=np.arange(1, count + 1),
        demand=demand,
        is_pickup=np.arange(count) % 4 == 3,
        service_s=np.full(count, 600, dtype=np.int64),
        windows=tuple(windows),
        penalty_cents=np.full(count, 3_000_000, dtype=np.int64),
        optional=np.zeros(count, dtype=np.bool_),
        order_skills=(frozenset(),) * count,
        vehicle_keys=("a", "b", "c"),
        vehicle_names=("a", "b", "c"),
        vehicle_skills=(frozenset(),) * vans,
        start_place=ints(0, 0, 0),
        end_place=ints(0, 0, 0),
        capacity=np.array([[5000, 20000, NO_LIMIT]] * vans, dtype=np.int64),
        earliest_start_s=ints(8 * hour, 8 * hour, 9 * hour),
        latest_start_s=ints(17 * hour, 17 * hour, 17 * hour),
        earliest_end_s=ints(0, 0, 0),
        latest_end_s=ints(17 * hour, 17 * hour, 17 * hour),
        breaks=((BreakRule(1800, 11 * hour, 12 * hour),), (), ()),
        max_stops=ints(NO_LIMIT, 4, NO_LIMIT),
        max_distance_m=ints(NO_LIMIT, NO_LIMIT, 60_000),
        max_duration_s=ints(NO_LIMIT, 6 * hour, NO_LIMIT),
        fixed_cents=ints(5000, 5000, 4000),
        per_km_cents=ints(30, 30, 35),
        per_hour_cents=ints(3000, 3000, 2800),
        search_per_km_cents=ints(30, 30, 35),
        search_per_hour_cents=ints(3000, 3000, 2800),
        allowed=allowed,
    )


#: Routes, broken and units after the test's steps.
KNOWN: tuple[list[list[int]], int, int] = ([[4, 7, 2, 1, 6, 9], [], [5, 0, 8, 3]], 0, 482580000)
