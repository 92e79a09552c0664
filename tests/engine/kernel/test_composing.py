"""Plans put together from the routes of several coolings."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from lastmile_desktop.engine.kernel.composing import Seen, can_compose, choose_routes
from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.kernel.tables import build_tables
from lastmile_desktop.engine.scoring import Scorer

CYCLES, STEPS = 6, 200


def seen_of(routes):
    """``routes``: (units, kind, orders)."""
    begin = np.concatenate([[0], np.cumsum([len(orders) for _, _, orders in routes])])
    return Seen(
        np.array([units for units, _, _ in routes], dtype=np.int64),
        np.array([kind for _, kind, _ in routes], dtype=np.int64),
        begin.astype(np.int64),
        np.array([order for _, _, orders in routes for order in orders], dtype=np.int32),
    )


def cheapest(tables, routes):
    """Units of the best choice, by trying all of them."""
    best = int(tables.penalty.sum())
    for size in range(1, tables.vehicles + 1):
        for some in combinations(routes, size):
            orders = [order for _, _, route in some for order in route]
            kinds = [kind for _, kind, _ in some]
            room = all(kinds.count(kind) <= int((tables.vehicle_class == kind).sum()) for kind in set(kinds))
            if room and len(orders) == len(set(orders)):
                out = sum(int(tables.penalty[o]) for o in range(tables.orders) if o not in orders)
                best = min(best, sum(units for units, _, _ in some) + out)
    return best


@pytest.mark.parametrize("seed", range(12))
def test_the_best_choice_of_routes_is_found(rich, seed):
    problem = rich.draw(900 + seed, most_orders=9)[2]
    tables = build_tables(problem, None, frozenset())
    random = np.random.default_rng(seed)
    kinds = np.unique(tables.vehicle_class[tables.vehicle_class >= 0]).tolist()
    if not kinds or tables.orders < 3:
        pytest.skip("a day with nothing to choose")
    price = int(tables.penalty.min())
    routes = []
    for _ in range(14):
        size = int(random.integers(1, min(5, tables.orders) + 1))
        orders = random.permutation(tables.orders)[:size].tolist()
        routes.append(
            (int(random.integers(1, max(2, price))), kinds[int(random.integers(len(kinds)))], orders)
        )
    least = cheapest(tables, routes)
    seen = seen_of(routes)
    chosen = choose_routes(tables, seen, int(tables.penalty.sum()) + 1, None)
    assert chosen is not None
    orders = [order for number in chosen for order in routes[number][2]]
    assert len(orders) == len(set(orders))
    out = sum(int(tables.penalty[o]) for o in range(tables.orders) if o not in orders)
    assert sum(routes[number][0] for number in chosen) + out == least
    # What is not better than the plan at hand is no answer.
    assert choose_routes(tables, seen, least, None) is None


def test_plans_with_compositions_are_valid_and_cost_what_the_scorer_says(rich, agreement):
    composed = 0
    for seed in range(40):
        problem = rich.draw(seed, most_orders=25)[2]
        kernel = Kernel(problem, seed, cycles=CYCLES)
        for part in range(4 * CYCLES):
            kernel.run_slice(part / (4 * CYCLES), steps=STEPS)
        assert agreement.faults(problem, kernel) == [], seed
        assert Scorer(problem).score(kernel.best_routes) == kernel.best_score
        composed += can_compose(kernel.tables)
    assert composed > 20


def test_every_route_seen_keeps_the_rules_and_costs_what_it_is_said_to(rich):
    looked = 0
    for seed in range(20):
        problem = rich.draw(seed, most_orders=25)[2]
        kernel = Kernel(problem, seed, cycles=CYCLES)
        if kernel._composer is None:
            continue
        for part in range(4 * CYCLES):
            kernel.run_slice(part / (4 * CYCLES), steps=STEPS)
        seen, scorer, tables = kernel._composer._pool.read(), Scorer(problem), kernel.tables
        for route in range(len(seen.units)):
            orders = seen.orders[seen.begin[route] : seen.begin[route + 1]].tolist()
            plan = [[] for _ in range(problem.vehicle_count)]
            plan[int(np.flatnonzero(tables.vehicle_class == seen.kind[route])[0])] = orders
            score = scorer.score(plan)
            left_out = [o for o in range(problem.order_count) if o not in orders and not tables.excluded[o]]
            out = sum(int(tables.penalty[order]) for order in left_out)
            assert score.broken == tables.kept_broken == 0 or tables.kept
            if not tables.kept:
                assert score.units == (int(seen.units[route]) + out) * tables.unit, (seed, route)
            looked += 1
    assert looked > 50


def test_the_same_steps_give_the_same_plan(rich):
    problem = rich.draw(3, most_orders=25)[2]
    plans = []
    for _ in range(2):
        kernel = Kernel(problem, 5, cycles=CYCLES)
        for part in range(4 * CYCLES):
            kernel.run_slice(part / (4 * CYCLES), steps=STEPS)
        plans.append(kernel.best_routes)
    assert plans[0] == plans[1]
