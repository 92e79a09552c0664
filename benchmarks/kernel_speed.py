"""Steps a second of the compiled kernel with every rule switched on: ``python -m benchmarks.kernel_speed``.

A made-up day: orders around two depots, half of them with one or two windows, three loads, pickups among the
deliveries, skills, priorities and prices; a mixed fleet with breaks, limits of hours, km and stops, fixed, km
and hour prices, an open end. Speed is steps per CPU second, so that other work on the machine counts less.
"""

from __future__ import annotations

import argparse
import statistics
import time

import numpy as np

from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.problem import FAR_S, NO_LIMIT, BreakRule, Problem, Windows
from lastmile_desktop.engine.scoring import Scorer

_HOUR = 3600
_STOPS_A_VAN = 20


def rich_problem(count: int, seed: int) -> Problem:
    """A day with every rule the problem type knows."""
    random = np.random.default_rng(seed)
    vans = max(2, round(1.3 * count / _STOPS_A_VAN))
    xy = np.concatenate([[[0, 0], [9000, 4000]], random.normal(0, 12000, (count, 2))])
    metres = np.sqrt(((xy[:, None] - xy) ** 2).sum(axis=2)) * random.uniform(
        1.25, 1.4, (count + 2, count + 2)
    )
    metres = np.pad(metres, (0, 1))
    np.fill_diagonal(metres, 0)
    seconds = metres / 10
    windows: list[Windows] = []
    for draw in random.random(count):
        start = int(random.integers(8, 15)) * _HOUR
        first, second = (start, start + 2 * _HOUR), (start + 3 * _HOUR, start + 4 * _HOUR)
        windows.append(((0, FAR_S),) if draw < 0.5 else (first,) if draw < 0.8 else (first, second))
    demand = np.stack([random.integers(1, high, count) for high in (4000, 20_000, 90_000)], axis=1)
    optional = random.random(count) < 0.05
    lift, cool = random.random((2, vans)) < 0.5
    allowed = np.ones((count, vans), dtype=np.bool_)
    allowed[random.random(count) < 0.1] = lift
    allowed[random.random(count) < 0.1] &= cool
    allowed[:, 0] = True
    keys = tuple(str(number) for number in range(count))
    van_keys = tuple(f"van {number}" for number in range(vans))

    def by_van(*values: int) -> np.ndarray:
        return np.array([values[van % len(values)] for van in range(vans)], dtype=np.int64)

    nowhere, km, hour = count + 2, by_van(30, 45), by_van(2700, 3000, 2500)
    return Problem(
        locations=(None,) * (count + 3),
        duration_s=seconds.astype(np.int32),
        distance_m=metres.astype(np.int32),
        source="made up",
        order_keys=keys,
        order_ids=keys,
        order_place=np.arange(2, count + 2),
        demand=demand.astype(np.int64),
        is_pickup=random.random(count) < 0.2,
        service_s=random.integers(120, 600, count),
        windows=tuple(windows),
        penalty_cents=np.where(optional, 900, 1_000_000 * random.choice([1, 3, 9], count)),
        optional=optional,
        order_skills=(frozenset(),) * count,
        vehicle_keys=van_keys,
        vehicle_names=van_keys,
        vehicle_skills=(frozenset(),) * vans,
        start_place=by_van(0, 0, 1),
        end_place=by_van(0, 0, 1, nowhere),
        capacity=np.array([[60_000, 350_000, 1_500_000], [80_000, 500_000, NO_LIMIT]] * vans)[:vans],
        earliest_start_s=by_van(7 * _HOUR, 8 * _HOUR),
        latest_start_s=by_van(18 * _HOUR),
        earliest_end_s=by_van(0),
        latest_end_s=by_van(17 * _HOUR, 18 * _HOUR),
        breaks=tuple((BreakRule(1800, 11 * _HOUR + 1800, 13 * _HOUR),) for _ in range(vans)),
        max_stops=by_van(30, 35),
        max_distance_m=by_van(250_000),
        max_duration_s=by_van(9 * _HOUR, 10 * _HOUR),
        fixed_cents=by_van(4000, 6000),
        per_km_cents=km,
        per_hour_cents=hour,
        search_per_km_cents=km,
        search_per_hour_cents=hour,
        allowed=allowed,
    )


def main() -> int:
    """Print steps a second, size of the plan and of the search's memory."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kernel_speed", description=__doc__)
    parser.add_argument("--orders", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    problem = rich_problem(options.orders, 1)
    speeds: list[float] = []
    for seed in range(1, options.seeds + 1):
        began = time.process_time()
        kernel = Kernel(problem, seed)
        set_up = time.process_time() - began
        began, slices = time.process_time(), []
        while (spent := time.process_time() - began) < options.seconds:
            before = time.process_time()
            kernel.run_slice(spent / options.seconds)
            slices.append(time.process_time() - before)
        speeds.append(kernel.steps / spent)
        routes = kernel.best_routes
        agrees = Scorer(problem).score(routes) == kernel.best_score
        print(
            f"{options.orders} orders, seed {seed}: {speeds[-1]:,.0f} steps/s, set-up {set_up:.2f} s, "
            f"{sum(map(bool, routes))} routes, {options.orders - sum(map(len, routes))} left out, "
            f"score agrees: {agrees}, longest slice {1000 * max(slices):.0f} ms, "
            f"state {kernel.memory_bytes / 1e6:.1f} MB"
        )
    print(f"median {statistics.median(speeds):,.0f} steps/s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
