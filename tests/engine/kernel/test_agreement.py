"""The kernel, the scorer, the evaluator and the checker mean the same by every rule and every cent."""

from __future__ import annotations

import itertools

import pytest

from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.schedule import COST_UNITS_PER_CENT, assignment_of, evaluate
from lastmile_desktop.engine.scoring import Score, Scorer


@pytest.mark.parametrize("block", range(10))
def test_plans_are_valid_and_cost_what_the_scorer_says(rich, agreement, block):
    for seed in range(block * 100, block * 100 + 100):
        day, travel, problem = rich.draw(seed)
        kernel = Kernel(problem, seed)
        for part in range(4):
            kernel.run_slice(part / 4, steps=40)
            assert agreement.faults(problem, kernel) == [], seed
        plan = assignment_of(problem, kernel.best_routes)
        assert check(day, evaluate(problem, plan, explain=False), travel, plan) == (), seed


def test_the_present_plan_is_counted_right_after_thousands_of_steps(rich):
    # Going back to the best plan counts everything anew; a drift of the running sums would show there.
    for seed in range(2000, 2040):
        _, _, problem = rich.draw(seed, most_orders=30)
        kernel = Kernel(problem, seed)
        kernel.run_slice(0.1, steps=3000)
        best = kernel.best_score.units
        kernel._load(kernel._read(best=True))
        assert kernel.units == best == Scorer(problem).score(kernel.best_routes).units


def best_by_trying_all(problem) -> Score:
    """The best score of any plan without a broken rule."""
    scorer, count = Scorer(problem), problem.order_count
    skipped = [int(units) * COST_UNITS_PER_CENT for units in problem.penalty_cents]
    best = {0: 0}  # set of planned orders -> cost of the vehicles so far
    for vehicle in range(problem.vehicle_count):
        cheapest = {0: 0}
        for size in range(1, count + 1):
            for route in itertools.permutations(range(count), size):
                broken, units = scorer.route(vehicle, route)
                orders = sum(1 << order for order in route)
                if not broken and units < cheapest.get(orders, units + 1):
                    cheapest[orders] = units
        grown = {}
        for (done, spent), (orders, units) in itertools.product(best.items(), cheapest.items()):
            if not done & orders and spent + units < grown.get(done | orders, spent + units + 1):
                grown[done | orders] = spent + units
        best = grown
    totals = (
        spent + sum(price for order, price in enumerate(skipped) if not done >> order & 1)
        for done, spent in best.items()
    )
    return Score(0, min(totals))


@pytest.mark.parametrize("seed", range(5000, 5012))
def test_small_days_are_planned_as_well_as_possible(rich, seed):
    _, _, problem = rich.draw(seed, most_orders=5)
    assert search(problem) == best_by_trying_all(problem)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(5))
def test_more_small_days_are_planned_as_well_as_possible(rich, block):
    for seed in range(6000 + block * 30, 6030 + block * 30):
        _, _, problem = rich.draw(seed, most_orders=6)
        assert search(problem) == best_by_trying_all(problem), seed


def search(problem) -> Score:
    kernel = Kernel(problem, 1)
    for part in range(40):
        kernel.run_slice(part / 40, steps=200)
    return kernel.best_score
