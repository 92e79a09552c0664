"""First plans, insertions and the fallback search keep every rule about who goes with whom."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.construct import first_plan, insert_all
from lastmile_desktop.engine.insertion import InsertionState
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.ruin import ruin_and_recreate
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import Capacity, OrderKind

many = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def random_day(town, company, seed):
    """A day of up to 14 orders and 3 vans with some limits, windows and all rules of company."""
    random = np.random.default_rng(seed)
    orders = [
        town.order(
            f"o{number}",
            int(random.integers(0, 40)),
            int(random.integers(0, 40)),
            windows=[(8 * 3600, int(random.integers(9, 16)) * 3600)] if random.random() < 0.3 else (),
            quantity_milli=int(random.integers(0, 5000)),
            kind=OrderKind.PICKUP if random.random() < 0.3 else OrderKind.DELIVERY,
            skip_price_cents=3000 if random.random() < 0.15 else None,
        )
        for number in range(int(random.integers(1, 15)))
    ]
    vans = [
        town.van(
            f"v{number}",
            capacity=Capacity(int(random.integers(5000, 20_000)) if random.random() < 0.6 else None),
            max_stops=int(random.integers(2, 8)) if random.random() < 0.3 else None,
            max_duration_s=int(random.integers(2, 6)) * 3600 if random.random() < 0.3 else None,
        )
        for number in range(int(random.integers(1, 4)))
    ]
    return company.added(town.day(orders, vans), seed + 1)


def random_routes(problem, seed):
    random = np.random.default_rng(seed)
    routes = [[] for _ in range(problem.vehicle_count)]
    for order in random.permutation(problem.order_count):
        if random.random() < 0.8:
            routes[int(random.integers(problem.vehicle_count))].append(int(order))
    return routes


@many
@given(seed=st.integers(0, 10**6))
def test_scorer_and_checker_agree_on_any_plan(town, company, seed):
    day = random_day(town, company, seed)
    problem = build_problem(day, town.travel)
    for shift in range(4):
        routes = random_routes(problem, seed + shift)
        plan = assignment_of(problem, routes)
        found = check(day, evaluate(problem, plan, explain=False), town.travel, plan)
        books = {"load", "peak_load", "cost", "assignment", "missing", "duplicate", "unknown_order"}
        assert not books & {violation.code for violation in found}
        assert bool(Scorer(problem).score(routes).broken) == bool(found)


@many
@given(seed=st.integers(0, 10**6))
def test_first_plan_and_search_keep_the_rules(town, company, seed):
    day = random_day(town, company, seed)
    problem = build_problem(day, town.travel)
    scorer = Scorer(problem)
    start = first_plan(problem, scorer, seed=seed)
    better = ruin_and_recreate(problem, scorer, start, seed=seed, progress=lambda step: step / 15)
    assert scorer.score(better) <= scorer.score(start)
    for routes in (start, better):
        plan = assignment_of(problem, routes)
        assert check(day, evaluate(problem, plan, explain=False), town.travel, plan) == ()


@many
@given(seed=st.integers(0, 10**6))
def test_each_place_that_is_offered_is_free(town, company, seed):
    problem = build_problem(random_day(town, company, seed), town.travel)
    scorer, random = Scorer(problem), np.random.default_rng(seed)
    routes = insert_all(problem, [int(order) for order in random.permutation(problem.order_count)[:9]])
    assert scorer.score(routes).broken == 0
    state = InsertionState(problem, routes)
    for order in np.flatnonzero(state.company.where < 0).tolist():
        for gap in np.flatnonzero(np.isfinite(state.costs(order))):
            vehicle, position = int(state.vehicle[gap]), int(state.position[gap])
            if problem.max_duration_s[vehicle] > 24 * 3600:
                plan = [list(route) for route in routes]
                plan[vehicle].insert(position, order)
                assert scorer.score(plan).broken == 0


@many
@given(seed=st.integers(0, 10**6))
def test_frozen_beginnings_stay_as_they_are(town, company, seed):
    problem = build_problem(random_day(town, company, seed), town.travel)
    scorer, random = Scorer(problem), np.random.default_rng(seed)
    start = first_plan(problem, scorer, seed=seed)
    cuts = [int(random.integers(len(route) + 1)) for route in start]
    frozen = frozenset(order for route, cut in zip(start, cuts, strict=True) for order in route[:cut])
    again = first_plan(problem, scorer, start, frozen, frozen=frozen, quick=True)
    better = ruin_and_recreate(
        problem, scorer, again, seed=seed, progress=lambda step: step / 15, frozen=frozen
    )
    for plan in (again, better):
        for before, after, cut in zip(start, plan, cuts, strict=True):
            assert after[:cut] == before[:cut]


def test_a_hand_moved_half_is_reported_and_the_next_plan_mends_it(town):
    from lastmile_desktop.engine.solve import SolveParams, Stop
    from lastmile_desktop.model import DayState
    from lastmile_desktop.pipeline.edits import move_orders, set_frozen, set_locked
    from lastmile_desktop.pipeline.planning import Planner

    day = town.day(
        [
            town.order("p", 3, kind=OrderKind.PICKUP, shipment="S"),
            town.order("d", 6, shipment="S"),
            town.order("x", 2),
            town.order("y", 9),
        ],
        [town.van("v1"), town.van("v2")],
    )
    planner = Planner(town.travel)
    state = planner.timed(DayState(day=day, assignment=town.plan(v1="x p d", v2="y")))
    assert state.timetable.violations == ()
    moved = planner.timed(move_orders(state, ["d"], "v2", 0))
    assert [one.code for one in moved.timetable.violations] == ["shipment"]
    locked = set_locked(moved, ["d"], True)
    params = SolveParams(seconds=20, iterations=1)
    result = planner.plan(locked, params, on_progress=lambda _: None, stop=lambda: Stop.GO)
    assert result.state.timetable.violations == ()
    routes = {route.vehicle_key: route.order_keys for route in result.state.assignment.routes}
    assert {"p", "d"} <= set(routes["v2"])
    frozen = set_frozen(result.state, "v2", 1)
    assert frozen.assignment.frozen == {routes["v2"][0]}


@pytest.mark.parametrize("cut", [0, 1, 2])
def test_no_place_within_a_frozen_beginning(town, cut):
    problem = build_problem(town.day([town.order(f"o{x}", x) for x in range(1, 5)]), town.travel)
    state = InsertionState(problem, [[0, 1, 2]], frozen=range(cut))
    free = np.flatnonzero(np.isfinite(state.costs(3)))
    assert sorted(set(state.position[free].tolist())) == list(range(cut, 4))


@pytest.mark.parametrize("engine", ["auto", "ortools"])
def test_planning_again_leaves_frozen_beginnings_alone(town, engine):
    from lastmile_desktop.engine.solve import SolveParams, Stop, solve
    from lastmile_desktop.model import Assignment

    orders = [town.order(f"o{x}", x) for x in (30, 5, 20, 10, 25, 15)]
    problem = build_problem(town.day(orders, [town.van("v1"), town.van("v2")]), town.travel)
    start = town.plan(v1="o30 o5 o20 o10")
    start = Assignment(start.routes, start.locked, frozenset({"o30", "o5"}))
    outcome = solve(
        problem,
        SolveParams(seconds=60, iterations=1, engine=engine),
        start=start,
        on_progress=lambda _: None,
        stop=lambda: Stop.GO,
    )
    routes = {route.vehicle_key: route.order_keys for route in outcome.assignment.routes}
    assert routes["v1"][:2] == ("o30", "o5")
    assert outcome.assignment.frozen == {"o30", "o5"}
    assert len(outcome.assignment.order_keys) == 6
