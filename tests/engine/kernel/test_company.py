"""Who goes with whom inside the kernel: the same as its twin, the scorer and the checker say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.kernel.tables import KernelUnfit
from lastmile_desktop.engine.kernel.twin import Twin
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import OrderKind


def draw(rich, company, seed, most_orders=14):
    """A day with every rule of company on top of the others: (day, travel, problem)."""
    day, travel, _ = rich.draw(seed, most_orders=most_orders)
    day = company.added(day, seed)
    return day, travel, build_problem(day, travel)


@pytest.mark.parametrize("block", range(6))
def test_plans_are_valid_and_cost_what_the_scorer_says(rich, company, agreement, block):
    for seed in range(block * 100, block * 100 + 100):
        day, travel, problem = draw(rich, company, seed)
        kernel = Kernel(problem, seed)
        for part in range(4):
            kernel.run_slice(part / 4, steps=40)
            assert agreement.faults(problem, kernel) == [], seed
            present = Scorer(problem).score(kernel.current_routes)
            assert (present.broken, present.units) == (0, kernel.units), seed
        plan = assignment_of(problem, kernel.best_routes)
        assert check(day, evaluate(problem, plan, explain=False), travel, plan) == (), seed


@pytest.mark.parametrize("block", range(3))
def test_twin_and_kernel_take_the_same_steps(rich, company, block):
    for seed in range(10_000 + block * 20, 10_020 + block * 20):
        _, _, problem = draw(rich, company, seed)
        compare(problem, seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(10))
def test_twin_and_kernel_take_the_same_steps_on_many_days(rich, company, block):
    for seed in range(20_000 + block * 100, 20_100 + block * 100):
        _, _, problem = draw(rich, company, seed)
        compare(problem, seed)


def compare(problem, seed):
    kernel, twin = Kernel(problem, seed), Twin(problem, seed)
    for part in range(3):
        assert (kernel.units, kernel.current_routes) == (twin.units, twin.current_routes), seed
        kernel.run_slice(part / 3, steps=25)
        twin.run_slice(part / 3, steps=25)
    assert (kernel.best_score, kernel.best_routes) == (twin.best_score, twin.best_routes), seed


def test_from_a_plan_with_locks_and_frozen_beginnings(rich, company, agreement):
    for seed in range(30_000, 30_080):
        _, _, problem = draw(rich, company, seed)
        random = np.random.default_rng(seed)
        start = first_plan(problem, Scorer(problem), quick=True)
        cuts = [int(random.integers(len(route) + 1)) for route in start]
        frozen = frozenset(order for route, cut in zip(start, cuts, strict=True) for order in route[:cut])
        locked = frozenset(o for route in start for o in route if random.random() < 0.2)
        kernel = Kernel(problem, seed, start, locked, 1, frozen)
        kernel.run_slice(0.2, steps=200)
        for plan in (kernel.best_routes, kernel.current_routes):
            for before, after, cut in zip(start, plan, cuts, strict=True):
                assert after[:cut] == before[:cut], seed
                kept = [order for order in after if order in locked]
                assert kept == [order for order in before if order in locked], seed
        assert agreement.faults(problem, kernel) == [], seed
        assert kernel.best_score <= Scorer(problem).score(start), seed


def test_from_any_broken_plan(rich, company, agreement):
    # What breaks a rule is given up, or stays untouched and is counted; the score is the scorer's.
    refused = 0
    for seed in range(40_000, 40_150):
        _, _, problem = draw(rich, company, seed)
        random = np.random.default_rng(seed)
        start = [[] for _ in range(problem.vehicle_count)]
        for order in random.permutation(problem.order_count):
            if random.random() < 0.8:
                start[int(random.integers(problem.vehicle_count))].append(int(order))
        locked = frozenset(np.flatnonzero(random.random(problem.order_count) < 0.3).tolist())
        try:
            kernel = Kernel(problem, seed, start, locked)
        except KernelUnfit:
            refused += 1
            continue
        kernel.run_slice(0.2, steps=60)
        assert Scorer(problem).score(kernel.best_routes) == kernel.best_score, seed
    assert refused < 75


def test_a_shipment_is_carried_by_a_van_that_could_not_hold_it_any_longer(town):
    orders = [
        town.order(
            f"{half}{number}", 5 * number + shift, kind=kind, shipment=f"s{number}", quantity_milli=5000
        )
        for number in range(4)
        for half, shift, kind in (("p", 1, OrderKind.PICKUP), ("d", 3, OrderKind.DELIVERY))
    ]
    van = town.van("v1")
    day = town.day(orders, [replace(van, capacity=replace(van.capacity, quantity_milli=5000))])
    kernel = Kernel(build_problem(day, town.travel), 1)
    kernel.run_slice(0.5, steps=200)
    assert kernel.best_routes in ([[0, 1, 2, 3, 4, 5, 6, 7]], [[6, 7, 4, 5, 2, 3, 0, 1]])


def test_a_group_moves_as_a_whole_to_where_it_is_cheaper(town):
    orders = [town.order(f"o{x}", x, same_van="one") for x in (30, 31, 32)]
    vans = [town.van("v1", cost_per_km_cents=100), town.van("v2", cost_per_km_cents=10)]
    problem = build_problem(town.day(orders, vans), town.travel)
    kernel = Kernel(problem, 1, [[0, 1, 2], []])
    kernel.run_slice(0.2, steps=300)
    assert kernel.best_routes[0] == []
    assert sorted(kernel.best_routes[1]) == [0, 1, 2]
