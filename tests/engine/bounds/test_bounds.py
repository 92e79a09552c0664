"""No bound is ever above the best plan there is."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace

import numpy as np
import pytest

from lastmile_desktop.engine.bounds.assignment import bound_by_assignment
from lastmile_desktop.engine.bounds.columns import bound_by_columns, reduction
from lastmile_desktop.engine.bounds.meter import Bound, lower_bound
from lastmile_desktop.engine.bounds.pricing import LabelPricing, WalkPricing, load_pricing
from lastmile_desktop.engine.bounds.relaxed import relax
from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.problem import COST_UNITS_PER_CENT, build_problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import Capacity

BLOCKS = 6
PER_BLOCK = 45


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_bound_is_above_the_best_of_all_plans(ruled, best_price, block):
    for seed in range(block * 1000, block * 1000 + PER_BLOCK):
        _, problem = ruled.draw(seed, most_orders=4 if seed % 9 else 5)
        best = best_price(problem)
        relaxed = relax(problem)
        quick = bound_by_assignment(relaxed)
        assert quick is None or quick <= best, (seed, quick, best)
        start = first_plan(problem, Scorer(problem), quick=True)
        by_routes = bound_by_columns(relaxed, start, time.monotonic() + 2)
        assert by_routes.units is None or by_routes.units <= best, (seed, by_routes, best)


@pytest.mark.parametrize("block", range(3))
def test_any_prices_whatever_give_a_bound(ruled, best_price, block):
    """The bound does not depend on good prices: at random ones it holds too, with either pricing."""
    library = load_pricing()
    assert library is not None
    for seed in range(7000 + 100 * block, 7000 + 100 * block + 40):
        _, problem = ruled.draw(seed)
        relaxed = relax(problem)
        if not relaxed.kinds:
            continue
        best, random = best_price(problem), np.random.default_rng(seed)
        pricings = {"labels": [LabelPricing(library, relaxed, kind, neighbours=1) for kind in relaxed.kinds]}
        with contextlib.suppress(ValueError):
            pricings["walks"] = [WalkPricing(library, relaxed, kind) for kind in relaxed.kinds]
        for _ in range(4):
            top = 10 ** int(random.integers(5, 9))
            prices = np.minimum(random.integers(0, top, problem.order_count), relaxed.price)
            for name, several in pricings.items():
                priced = [pricing.run(prices) for pricing in several]
                if all(each.proved for each in priced):
                    bound = int(prices.sum()) + reduction(relaxed.kinds, priced)
                    assert bound <= best, (seed, name, bound, best)


def test_the_bound_of_a_plain_day_is_near_its_best_plan(town, best_price):
    """A bound that is always right may still be worthless: on plain days it must be close."""
    gaps = []
    for seed in range(12):
        random = np.random.default_rng(seed)
        orders = [
            town.order(f"o{n}", *map(int, random.integers(0, 15, 2)), quantity_milli=2000) for n in range(6)
        ]
        vans = [
            town.van(
                f"v{n}",
                capacity=Capacity(quantity_milli=6000),
                cost_per_km_cents=50,
                cost_per_hour_cents=2000,
            )
            for n in range(2)
        ]
        problem = build_problem(town.day(orders, vans), town.travel)
        best = best_price(problem)
        start = first_plan(problem, Scorer(problem))
        found = bound_by_columns(relax(problem), start, time.monotonic() + 10)
        assert found.units is not None
        gaps.append(best / found.units - 1)
    assert np.median(gaps) < 0.02, gaps


def test_the_meter_takes_the_best_it_can_get(ruled, real_best):
    methods = set()
    for seed in range(9000, 9040):
        _, problem = ruled.draw(seed)
        start = first_plan(problem, Scorer(problem), quick=True)
        bound = lower_bound(problem, start, 3.0)
        methods.add(bound.method)
        if bound.units is not None:
            assert bound.units <= real_best(problem), seed
    assert methods & {"assignment", "routes", "optimum"}


def test_what_is_not_known_is_called_unknown():
    cent = COST_UNITS_PER_CENT
    assert Bound(None, "", 0.1, 100 * cent, 0).gap_percent is None
    assert Bound(100 * cent, "routes", 0.1, 104 * cent, 0).gap_percent == pytest.approx(4.0)
    assert Bound(100 * cent, "routes", 0.1, 104 * cent, 60).gap_percent is None
    assert Bound(10 * cent, "assignment", 0.1, 104 * cent, 0).gap_percent is None
    # An order is left out at 1000 cents, and the bound knows that it must be.
    assert Bound(1100 * cent, "routes", 0.1, 1110 * cent, 0, 1000 * cent).gap_percent == pytest.approx(10.0)
    assert Bound(900 * cent, "routes", 0.1, 1110 * cent, 0, 1000 * cent).gap_percent is None


def test_a_proved_plan_has_no_gap(town):
    orders = [town.order(f"o{n}", 2 * n, 0) for n in range(5)]
    problem = build_problem(town.day(orders, [town.van(cost_per_km_cents=50)]), town.travel)
    start = first_plan(problem, Scorer(problem))
    bound = lower_bound(problem, start, 20.0)
    assert bound.gap_percent == pytest.approx(0.0, abs=0.1)


def test_it_stops_when_it_is_told(town):
    random = np.random.default_rng(1)
    orders = [town.order(f"o{n}", *map(int, random.integers(0, 40, 2))) for n in range(40)]
    problem = build_problem(town.day(orders, [town.van(f"v{n}") for n in range(4)]), town.travel)
    start = first_plan(problem, Scorer(problem), quick=True)
    asked = []
    bound = lower_bound(problem, start, 600.0, go_on=lambda: len(asked) < 5 and not asked.append(1))
    assert len(asked) == 5
    assert bound.units is not None


def test_days_without_vehicles_or_orders(town):
    day = town.day([town.order("a", 3)])
    nobody = build_problem(replace(day, vehicles=()), town.travel)
    bound = lower_bound(nobody, [], 1.0)
    assert bound.units == int(nobody.penalty_cents.sum()) * COST_UNITS_PER_CENT
    empty = build_problem(replace(day, orders=()), town.travel)
    assert lower_bound(empty, [[]], 1.0).units == 0
