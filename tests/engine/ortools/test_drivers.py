"""Who drives which route: wishes, familiarity, even hours; never a route that a driver could not keep."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.or_tools.drivers import DriverHistory, assign_drivers
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.timing import schedule_route
from lastmile_desktop.model import Capacity

HOUR = 3600


def two_sides(town, count=2, **more):
    """Orders east and west of the depot, in two routes."""
    orders = [town.order("e1", 10), town.order("e2", 11), town.order("w1", -10), town.order("w2", -11)]
    vans = [town.van(f"v{n}", **more) for n in range(count)]
    return build_problem(town.day(orders, vans), town.travel), [[0, 1], [2, 3], *[[] for _ in vans[2:]]]


def test_preferred_drivers_get_their_customers(town):
    orders = [town.order("e", 10, preferred_driver="Cleo"), town.order("w", -10, preferred_driver="V0")]
    vans = [town.van("v0"), town.van("v1"), replace(town.van("v2"), driver="Cleo")]
    problem = build_problem(town.day(orders, vans), town.travel)
    found = assign_drivers(problem, [[0], [1], []])
    assert found.routes == [[1], [], [0]]
    assert found.proven
    assert found.moved == 2


def test_drivers_go_where_they_are_known(town):
    problem, routes = two_sides(town)
    served = np.array([[0, 4], [0, 9], [1, 0], [0, 0]])
    found = assign_drivers(problem, routes, DriverHistory(served=served))
    assert found.routes == [[2, 3], [0, 1]]
    assert found.known_visits == 3


def test_hours_become_even_over_the_days(town):
    orders = [*(town.order(f"e{n}", 10 + n) for n in range(6)), town.order("w", -3)]
    problem = build_problem(town.day(orders, [town.van(f"v{n}") for n in range(3)]), town.travel)
    routes = [list(range(6)), [6], []]
    history = DriverHistory(hours_s=np.array([40 * HOUR, 32 * HOUR, 30 * HOUR]))
    found = assign_drivers(problem, routes, history)
    assert found.routes[2] == list(range(6))  # the long route for who has worked least
    assert found.routes[1] == [6]


def test_only_who_can_keep_the_rules(town):
    lift = frozenset({"lift"})
    orders = [town.order("a", 10, skills=lift, quantity_milli=9000), town.order("b", -10)]
    vans = [
        town.van("strong", skills=lift),
        town.van("small", skills=lift, capacity=Capacity(quantity_milli=5000)),
        town.van("plain"),
        town.van("late", skills=lift, shift_start_s=17 * HOUR - 60, shift_end_s=17 * HOUR),
    ]
    problem = build_problem(town.day(orders, vans), town.travel)
    served = np.array([[0, 9, 9, 9], [9, 0, 0, 0]])
    found = assign_drivers(problem, [[0], [], [1], []], DriverHistory(served=served))
    assert found.routes[0] == [0]  # everybody else who knows the place cannot take it there
    assert Scorer(problem).score(found.routes).broken == 0


def test_fixed_and_faulty_routes_stay(town):
    problem, routes = two_sides(town, 3)
    served = np.array([[0, 0, 9]] * 4)
    assert assign_drivers(problem, routes, DriverHistory(served=served), fixed=frozenset({1, 3})).moved == 0
    crowded, plan = two_sides(town, 2, max_stops=1)
    found = assign_drivers(crowded, plan, DriverHistory(served=np.array([[0, 9]] * 2 + [[9, 0]] * 2)))
    assert found.routes == plan


def test_nobody_moves_for_nothing(town):
    problem, routes = two_sides(town, 4)
    found = assign_drivers(problem, routes)
    assert found.moved == 0
    assert found.proven


def test_the_history_must_fit(town):
    problem, routes = two_sides(town)
    with pytest.raises(ValueError, match="served"):
        assign_drivers(problem, routes, DriverHistory(served=np.ones((2, 2), dtype=np.int64)))


@pytest.mark.parametrize("seed", range(6))
def test_is_the_best_of_all_assignments(random_problem, seed):
    problem = random_problem(seed, 9, 4)
    scorer = Scorer(problem)
    routes = first_plan(problem, scorer, quick=True)
    random = np.random.default_rng(seed)
    served = random.integers(0, 8, (problem.order_count, problem.vehicle_count))
    hours = random.integers(0, 40 * HOUR, problem.vehicle_count)
    history = DriverHistory(served=served, hours_s=hours)

    def price(plan):
        """The price of docs and docstring, worked out anew."""
        total = 0.0
        for vehicle, route in enumerate(plan):
            before_min = hours[vehicle] // 60
            after_min = before_min
            if route:
                times = schedule_route(problem, vehicle, route)
                after_min += (times.end_s - times.start_s) // 60
                total += scorer.route(vehicle, route)[1] / 18_000
                total -= sum(min(5, served[order, vehicle]) for order in route) * 100 / 5
            total += (int(after_min) ** 2 - int(before_min) ** 2) * 500 / (2 * 60 * 480)
        return total

    plans = [list(plan) for plan in itertools.permutations(routes)]
    best = min(price(plan) for plan in plans if scorer.score(plan).broken == 0)
    found = assign_drivers(problem, routes, history)
    assert scorer.score(found.routes).broken == 0
    assert price(found.routes) == pytest.approx(best, abs=0.01)
