"""First plans: complete, valid, quick, the same each time."""

from __future__ import annotations

import time

from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.savings import savings_plan
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import Capacity, Priority

HOUR = 3600


def city(town, count, vans, **van):
    orders = [town.order(f"o{n}", n * 37 % 61 - 30, n * 53 % 59 - 30, service_s=120) for n in range(count)]
    return build_problem(town.day(orders, [town.van(f"v{n}", **van) for n in range(vans)]), town.travel)


def test_savings_joins_what_lies_together(town):
    orders = [town.order("a", 30), town.order("b", 31), town.order("c", -30), town.order("d", -31)]
    vans = [town.van(key, capacity=Capacity(quantity_milli=2000)) for key in ("v1", "v2")]
    problem = build_problem(town.day(orders, vans), town.travel)
    assert sorted(map(sorted, savings_plan(problem, Scorer(problem)))) == [[0, 1], [2, 3]]


def test_two_thousand_orders_are_planned_at_once(town):
    problem = city(town, 2000, 30, shift_end_s=18 * HOUR)
    scorer = Scorer(problem)
    began = time.monotonic()
    routes = first_plan(problem, scorer, quick=True)
    # About 2 s on a quiet core; the bound leaves room for a busy machine.
    assert time.monotonic() - began < 10
    assert scorer.score(routes).broken == 0
    assert sum(map(len, routes)) == 2000


def test_the_same_plan_each_time(town):
    problem = city(town, 80, 4)
    assert first_plan(problem, Scorer(problem)) == first_plan(problem, Scorer(problem))


def test_when_not_all_fit_the_important_ones_do(town):
    orders = [
        town.order(f"o{n}", 10 + n, priority=Priority.HIGH if n in (3, 7) else Priority.LOW)
        for n in range(10)
    ]
    problem = build_problem(town.day(orders, [town.van(max_stops=2)]), town.travel)
    assert sorted(first_plan(problem, Scorer(problem))[0]) == [3, 7]
