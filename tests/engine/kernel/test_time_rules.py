"""Set-up, soft windows, overtime, traffic, evenness in the kernel: as its twin, the scorer, the checker."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.kernel.twin import Twin
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import EvenBy, Goals, TrafficPeriod

HOUR = 3600
RULES = ("setup", "soft", "overtime", "even", "traffic")


def with_rules(rich, seed, rules, most_orders=12):
    """A random day with some of the rules of time and cost."""
    random = np.random.default_rng(seed)
    day, travel, _ = rich.draw(seed, most_orders)
    orders, vans, settings = day.orders, day.vehicles, day.settings
    if "setup" in rules:
        orders = tuple(replace(order, setup_s=int(random.choice([0, 90, 240]))) for order in orders)
    if "soft" in rules:
        orders = tuple(
            replace(
                order,
                late_cents_per_hour=[None, 0, 900, 6000][int(random.integers(4))],
                max_late_s=[None, 600, 7200][int(random.integers(3))],
            )
            for order in orders
        )
    goals = {"flexible_s": int(random.choice([0, 900]))} if "soft" in rules else {}
    if "overtime" in rules:
        vans = tuple(
            replace(van, overtime_s=int(random.choice([0, 3600, 9000])), overtime_cents_per_hour=4000)
            for van in vans
        )
    if "even" in rules:
        goals |= {"balance": int(random.choice([-100, 40, 100])), "even_by": list(EvenBy)[seed % 3]}
    if "traffic" in rules:
        rush = (TrafficPeriod(7 * HOUR, 9 * HOUR, 160), TrafficPeriod(10 * HOUR, 11 * HOUR, 85))
        settings = replace(settings, traffic=rush[: int(random.integers(1, 3))])
    day = replace(day, orders=orders, vehicles=vans, settings=replace(settings, goals=Goals(**goals)))
    return day, travel, build_problem(day, travel)


def assert_agreement(day, travel, problem, kernel, seed):
    assert Scorer(problem).score(kernel.best_routes) == kernel.best_score, seed
    plan = assignment_of(problem, kernel.best_routes)
    assert check(day, evaluate(problem, plan, explain=False), travel, plan) == (), seed


@pytest.mark.parametrize("rules", [*((rule,) for rule in RULES), RULES], ids="+".join)
def test_plans_are_valid_and_cost_what_the_scorer_says(rich, rules):
    for seed in range(100):
        day, travel, problem = with_rules(rich, seed, rules)
        kernel = Kernel(problem, seed)
        for part in range(3):
            kernel.run_slice(part / 3, steps=40)
            assert_agreement(day, travel, problem, kernel, seed)


@pytest.mark.parametrize("rules", [*((rule,) for rule in RULES), RULES], ids="+".join)
def test_same_routes_as_the_twin(rich, rules):
    for seed in range(300, 330):
        _, _, problem = with_rules(rich, seed, rules)
        kernel, twin = Kernel(problem, seed), Twin(problem, seed)
        for part in range(3):
            kernel.run_slice(part / 3, steps=15)
            twin.run_slice(part / 3, steps=15)
            assert kernel.units == twin.units, (seed, part)
            assert kernel.best_routes == twin.best_routes, (seed, part)


def test_the_present_plan_is_counted_right_after_thousands_of_steps(rich):
    for seed in range(2000, 2020):
        _, _, problem = with_rules(rich, seed, RULES, most_orders=30)
        kernel = Kernel(problem, seed)
        kernel.run_slice(0.1, steps=3000)
        best = kernel.best_score.units
        kernel._load(kernel._read(best=True))
        assert kernel.units == best == Scorer(problem).score(kernel.best_routes).units


@pytest.mark.slow
@pytest.mark.parametrize("block", range(5))
def test_thousands_of_days_with_all_rules(rich, block):
    for seed in range(block * 1000, block * 1000 + 1000):
        day, travel, problem = with_rules(rich, seed, RULES[: seed % 5 + 1])
        kernel = Kernel(problem, seed)
        kernel.run_slice(0.3, steps=60)
        assert_agreement(day, travel, problem, kernel, seed)
