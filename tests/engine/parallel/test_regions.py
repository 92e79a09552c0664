"""Regions: every order and vehicle in one of them, costing there what it costs in the whole."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.engine import subproblem as cutting
from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.together.regions import deal, split_plan
from lastmile_desktop.model import OrderKind


@pytest.fixture(scope="module")
def planned(many_routes, problem_of):
    problem = problem_of(many_routes(tidiness=70, balance=40))
    return problem, first_plan(problem, Scorer(problem), quick=True)


@pytest.mark.parametrize("stops", [10, 25, 45, 500])
def test_everything_is_in_exactly_one_region(planned, stops):
    problem, plan = planned
    borders = set()
    for seed in range(6):
        regions = split_plan(problem, plan, stops, np.random.default_rng(seed))
        assert sorted(o for region in regions for o in region.orders) == list(range(problem.order_count))
        assert sorted(v for region in regions for v in region.vehicles) == list(range(problem.vehicle_count))
        again = [[] for _ in plan]
        for region in regions:
            region.put_back(region.start(), again)
            assert sum(1 for route in region.routes if route) >= 2
        assert again == plan
        borders.add(frozenset(region.vehicles for region in regions))
    assert len(borders) > 1 or stops == 500


def test_regions_have_about_the_size_that_was_asked_for(planned):
    problem, plan = planned
    for seed in range(10):
        regions = split_plan(problem, plan, 45, np.random.default_rng(seed))
        assert len(regions) == 2
        assert all(25 <= len(region.orders) <= 65 for region in regions)


def test_neighbours_are_together(planned):
    """Routes of one region lie nearer to each other than routes drawn at random."""
    problem, plan = planned

    def spread(orders):
        places = problem.order_place[list(orders)]
        return problem.distance_m[np.ix_(places, places)].mean()

    everywhere = spread(range(problem.order_count))
    regions = [r for seed in range(8) for r in split_plan(problem, plan, 30, np.random.default_rng(seed))]
    assert np.mean([spread(region.orders) for region in regions]) < 0.9 * everywhere


def test_a_region_costs_what_its_routes_cost_in_the_whole(planned):
    problem, plan = planned
    whole, random = Scorer(problem), np.random.default_rng(3)
    for region in split_plan(problem, plan, 30, random):
        part = region.problem(problem)
        scorer = Scorer(part)
        alone = [route if vehicle in region.vehicles else [] for vehicle, route in enumerate(plan)]
        outside = set(range(problem.order_count)) - set(region.orders)
        missing = whole.score(alone).units - scorer.score(region.start()).units
        # What is left are the orders outside and the pairs of near orders that have one outside.
        left_out = int(problem.penalty_cents[list(outside)].sum()) * 18_000
        split = sum(1 for a, b in problem.tidy_pairs.tolist() if a in outside or b in outside)
        assert missing in (left_out, left_out + split * problem.tidy_units)
        for at, route in enumerate(region.start()):
            if route:
                assert scorer.route(at, route) == whole.route(region.vehicles[at], list(region.routes[at]))


def test_no_field_of_the_problem_is_forgotten(planned):
    """A new rule must say how a part of a problem gets its share of it."""
    assert {field.name for field in fields(Problem)} == cutting._KNOWN
    problem, _ = planned
    part = cutting.subproblem(problem, [5, 3, 8], [2, 0])
    rows = {"order": 3, "vehicle": 2, "place": len(part.locations)}
    for name in cutting._PER_ORDER:
        assert len(getattr(part, name)) == rows["order"], name
    for name in cutting._PER_VEHICLE:
        assert len(getattr(part, name)) == rows["vehicle"], name
    for name in cutting._PER_PLACE:
        assert len(getattr(part, name)) == rows["place"], name
    assert part.order_keys == ("o5", "o3", "o8")
    assert (
        part.distance_m[part.order_place[0], part.order_place[2]]
        == (problem.distance_m[problem.order_place[5], problem.order_place[8]])
    )


def test_what_must_share_a_vehicle_stays_together(town, problem_of):
    """Halves of a shipment and orders of one group that are on no route yet go to one region."""
    orders = [town.order(f"l{n}", -40 - n) for n in range(8)] + [
        town.order(f"r{n}", 40 + n) for n in range(8)
    ]
    orders[7] = replace(orders[7], shipment="s", kind=OrderKind.PICKUP)
    orders[15] = replace(orders[15], shipment="s")
    orders[0], orders[14] = replace(orders[0], same_van="g"), replace(orders[14], same_van="g")
    problem = problem_of(town.day(orders, [town.van(f"v{n}") for n in range(4)]))
    plan = [[0, 1, 2], [3, 4, 5, 6], [8, 9, 10], [11, 12, 13]]
    for seed in range(5):
        regions = split_plan(problem, plan, 7, np.random.default_rng(seed))
        assert len(regions) == 2
        for pair in ((7, 15), (0, 14)):
            assert sum(1 for region in regions if set(pair) <= set(region.orders)) == 1


def test_locked_orders_keep_their_lock(planned):
    problem, plan = planned
    locked = frozenset(plan[0][:2])
    regions = split_plan(problem, plan, 30, np.random.default_rng(1))
    found = {region.orders[at] for region in regions for at in region.locked(locked)}
    assert found == locked


def test_a_plan_without_routes_is_one_region(planned):
    problem, _ = planned
    (region,) = split_plan(problem, [[] for _ in range(problem.vehicle_count)], 30, np.random.default_rng(1))
    assert len(region.orders) == problem.order_count


@given(st.lists(st.integers(1, 500), min_size=1, max_size=40), st.integers(1, 9))
def test_dealing_gives_everyone_about_the_same(sizes, hands):
    dealt = deal(sizes, hands)
    assert sorted(number for hand in dealt for number in hand) == list(range(len(sizes)))
    totals = [sum(sizes[number] for number in hand) for hand in dealt]
    assert min(totals) > 0
    assert max(totals) - min(totals) <= max(sizes)
