"""Locks, slices, determinism, memory, and days that need every vehicle."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.kernel.tables import KernelUnfit
from lastmile_desktop.engine.problem import NO_LIMIT, BreakRule, build_problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import Capacity


def searched(problem, seed=1, slices=10, steps=100, **more):
    kernel = Kernel(problem, seed, **more)
    for part in range(slices):
        kernel.run_slice(part / slices, steps=steps)
    return kernel


def scattered(town, count, seed, **vans):
    """Orders over a large town, and vans that together hold them."""
    random = np.random.default_rng(seed)
    orders = [
        town.order(f"o{i}", int(random.integers(-60, 60)), int(random.integers(-60, 60)), service_s=60)
        for i in range(count)
    ]
    settings = {"shift_end_s": 20 * 3600, **vans}
    return build_problem(town.day(orders, [town.van(f"v{i}", **settings) for i in range(8)]), town.travel)


def test_locked_orders_stay_on_their_vehicle_and_in_their_order(rich):
    kept = 0
    for seed in range(60):
        _, _, problem = rich.draw(seed)
        start = Kernel(problem, 1).best_routes
        locked = frozenset(order for route in start for order in route[::2])
        found = searched(problem, seed, start_routes=start, locked=locked).best_routes
        for before, after in zip(start, found, strict=True):
            mine = [order for order in before if order in locked]
            assert mine == [order for order in after if order in locked]
            kept += len(mine)
    assert kept > 50


def test_a_route_that_its_locked_orders_break_is_left_alone(town):
    late = town.order("late", 10, windows=[(8 * 3600, 8 * 3600 + 60)])
    orders = [town.order("a", 3), late, town.order("b", -3)]
    problem = build_problem(town.day(orders, [town.van("one"), town.van("two")]), town.travel)
    start, locked = [[0, 1], [2]], frozenset({1})
    kernel = searched(problem, start_routes=start, locked=locked)
    assert kernel.best_routes[0] == [0, 1]
    assert kernel.best_score == Scorer(problem).score(kernel.best_routes)
    assert kernel.best_score.broken == Scorer(problem).score(start).broken > 0


def test_a_route_that_a_free_order_breaks_is_mended(town):
    late = town.order("late", 10, windows=[(8 * 3600, 8 * 3600 + 60)])
    problem = build_problem(town.day([town.order("a", 3), late]), town.travel)
    kernel = searched(problem, start_routes=[[0, 1]], locked=frozenset({0}))
    assert kernel.best_routes == [[0]]
    assert kernel.best_score.broken == 0


def test_never_worse_than_the_plan_it_starts_from(rich):
    for seed in range(60):
        _, _, problem = rich.draw(seed)
        good = searched(problem, seed)
        assert Kernel(problem, 2, good.best_routes).best_score <= good.best_score


def test_same_seed_and_steps_give_the_same_plan_however_they_are_sliced(town):
    problem = scattered(town, 80, 3)
    whole, parts = Kernel(problem, 5), Kernel(problem, 5)
    whole.run_slice(0.2, steps=600)
    for _ in range(6):
        parts.run_slice(0.2, steps=100)
    assert whole.best_routes == parts.best_routes
    assert whole.units == parts.units
    assert whole.steps == parts.steps == 600
    other = Kernel(problem, 6)
    other.run_slice(0.2, steps=600)
    assert other.units != whole.units


def test_longer_search_gives_better_plans(town):
    problem = scattered(town, 100, 4)
    short, long = searched(problem, slices=10, steps=5), searched(problem, slices=100, steps=200)
    first = Kernel(problem, 1).best_score.units
    assert long.best_score.units < short.best_score.units < first


def test_a_slice_by_the_clock_ends_in_time_and_leaves_the_lock_to_others(town):
    problem = scattered(town, 300, 5)
    kernel, ticks, done = Kernel(problem, 1), [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    for _ in range(8):
        kernel.run_slice(0.1, seconds=0.05)
    thread.start()
    # A slice 100 times as long as those the product uses would be noticed by the other thread.
    began = time.process_time()
    kernel.run_slice(0.1, seconds=0.2)
    took = time.process_time() - began
    done.set()
    thread.join()
    assert took < 0.6
    assert len(ticks) > 5


def test_no_memory_is_taken_while_searching(town):
    problem = scattered(town, 200, 6)
    kernel = Kernel(problem, 1)
    before = kernel._arena.nbytes
    edge = kernel._arena[-1:].copy()
    kernel.run_slice(0.1, steps=20_000)
    assert kernel._arena.nbytes == before < 2_000_000
    assert (kernel._arena[-1:] == edge).all()
    resident = _resident_kb()
    for _ in range(20):
        kernel.run_slice(0.5, steps=5_000)
    if resident:
        assert _resident_kb() - resident < 2_000


def _resident_kb():
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    except OSError:
        return 0


def tight_day(town, seed, vans=5, stops=8):
    """Loads that fit only if every van is packed full: each van's stops add up to its capacity exactly."""
    random = np.random.default_rng(seed)
    orders = []
    for _ in range(vans):
        cuts = np.sort(random.choice(np.arange(1, 40), stops - 1, replace=False))
        for size in np.diff([0, *cuts, 40]):
            number = len(orders)
            x, y = random.integers(-30, 30, size=2)
            orders.append(
                town.order(f"o{number}", int(x), int(y), service_s=60, quantity_milli=int(size) * 1000)
            )
    fleet = [town.van(f"v{i}", capacity=Capacity(40_000, None, None)) for i in range(vans)]
    return build_problem(town.day(orders, fleet), town.travel)


@pytest.mark.parametrize("seed", range(4))
def test_no_order_is_left_out_where_a_complete_plan_exists(town, seed):
    problem = tight_day(town, seed)
    kernel = searched(problem, slices=50, steps=2000)
    assert sum(map(len, kernel.best_routes)) == problem.order_count


def test_fewer_vans_when_a_van_costs_much(town):
    problem = scattered(town, 40, 7, fixed_cost_cents=100_000)
    cheap = scattered(town, 40, 7, fixed_cost_cents=0)
    used = [sum(map(bool, searched(p, slices=20, steps=200).best_routes)) for p in (problem, cheap)]
    assert used[0] <= used[1]
    assert used[0] == 1 or Scorer(problem).score(searched(problem).best_routes).broken == 0


def test_what_the_kernel_cannot_hold_is_said(town):
    problem = build_problem(town.day([town.order("a", 1)]), town.travel)
    many = tuple(BreakRule(60, 36_000 + 600 * i, 36_060 + 600 * i) for i in range(9))
    with pytest.raises(KernelUnfit, match="breaks"):
        Kernel(replace(problem, breaks=(many,)), 1)
    with pytest.raises(KernelUnfit, match="too large"):
        Kernel(replace(problem, penalty_cents=np.array([NO_LIMIT])), 1)
    with pytest.raises(KernelUnfit, match="nothing to search"):
        Kernel(build_problem(town.day([]), town.travel), 1)


def test_a_single_order_and_orders_at_the_same_door(town):
    one = build_problem(town.day([town.order("a", 2)]), town.travel)
    assert searched(one).best_routes == [[0]]
    door = build_problem(town.day([town.order(f"o{i}", 2) for i in range(5)]), town.travel)
    assert sorted(searched(door).best_routes[0]) == [0, 1, 2, 3, 4]
