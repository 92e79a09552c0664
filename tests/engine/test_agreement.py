"""Evaluator, checker, insertion test and OR-Tools must mean the same by every rule: random small days."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.construct import first_plan, insert_all
from lastmile_desktop.engine.insertion import InsertionState
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.ruin import ruin_and_recreate
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import Break, Capacity, Depot, OrderKind, Priority

HOUR = 3600
#: What a plan that keeps all rules may not show; the rest of the codes are wrong books.
RULES = {
    "window", "shift", "depot_hours", "break_missing", "break_time", "capacity", "skill",
    "max_stops", "max_distance", "max_duration", "unreachable",
}  # fmt: skip

numbers = st.integers(0, 40)
limits = st.none() | st.integers(0, 12_000)


@st.composite
def windows(draw):
    marks = sorted(draw(st.lists(st.integers(16, 72), min_size=0, max_size=4, unique=True)))
    return [(a * 900, b * 900) for a, b in zip(marks[::2], marks[1::2], strict=False)]


@st.composite
def days(draw, town):
    orders = [
        town.order(
            f"o{number}",
            draw(numbers),
            draw(numbers),
            windows=draw(windows()),
            service_s=draw(st.sampled_from([0, 120, 900])),
            quantity_milli=draw(st.integers(0, 5000)),
            weight_g=draw(limits),
            volume_cm3=draw(limits),
            skills=draw(st.sampled_from([frozenset(), frozenset({"lift"})])),
            kind=draw(st.sampled_from(list(OrderKind))),
            priority=draw(st.sampled_from(list(Priority))),
            skip_price_cents=draw(st.sampled_from([None, None, 500])),
        )
        for number in range(draw(st.integers(1, 9)))
    ]
    depots = [
        Depot("d", "North", town.at(0), opens_s=draw(st.sampled_from([None, 7 * HOUR, 18 * HOUR]))),
        Depot("e", "South", town.at(20), closes_s=draw(st.sampled_from([None, 16 * HOUR, 5 * HOUR]))),
    ]
    vans = [draw(vehicles(town, f"v{number}")) for number in range(draw(st.integers(1, 3)))]
    return town.day(orders, vans, depots)


@st.composite
def vehicles(draw, town, key):
    begin = draw(st.integers(6, 10)) * HOUR
    rests = []
    time_s = begin
    for _ in range(draw(st.integers(0, 2))):
        earliest = time_s + draw(st.integers(0, 8)) * 900
        latest = earliest + draw(st.integers(0, 6)) * 900
        rests.append(Break(draw(st.sampled_from([900, 1800])), earliest, latest))
        time_s = latest + 1800
    return town.van(
        key,
        start_depot=draw(st.sampled_from(["d", "e"])),
        end_depot=draw(st.sampled_from(["d", "e", None])),
        shift_start_s=begin,
        shift_end_s=begin + draw(st.integers(2, 9)) * HOUR,
        breaks=tuple(rests),
        capacity=Capacity(draw(limits), draw(limits), draw(limits)),
        skills=draw(st.sampled_from([frozenset(), frozenset({"lift"})])),
        max_stops=draw(st.none() | st.integers(0, 5)),
        max_distance_m=draw(st.none() | st.integers(0, 200_000)),
        max_duration_s=draw(st.none() | st.integers(1, 6).map(lambda hours: hours * HOUR)),
        fixed_cost_cents=draw(st.sampled_from([0, 3000])),
        cost_per_km_cents=draw(st.sampled_from([0, 45])),
        cost_per_hour_cents=draw(st.sampled_from([0, 2700])),
    )


def random_routes(problem, seed):
    """Any distribution of some of the orders, whatever rules it breaks."""
    random = np.random.default_rng(seed)
    routes = [[] for _ in range(problem.vehicle_count)]
    for order in random.permutation(problem.order_count):
        if random.random() < 0.8:
            routes[int(random.integers(problem.vehicle_count))].append(int(order))
    return routes


many = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
some = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@many
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_books_are_right_whatever_the_plan(town, data, seed):
    day = data.draw(days(town))
    problem = build_problem(day, town.travel)
    for shift in range(4):
        routes = random_routes(problem, seed + shift)
        plan = assignment_of(problem, routes)
        table = evaluate(problem, plan, explain=False)
        found = {violation.code for violation in check(day, table, town.travel, plan)}
        assert found <= RULES
        # The search's score calls a plan broken exactly when the checker finds a broken rule.
        assert bool(Scorer(problem).score(routes).broken) == bool(found)


@many
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_insertion_test_never_breaks_a_rule(town, data, seed):
    day = data.draw(days(town))
    problem = build_problem(day, town.travel)
    scorer = Scorer(problem)
    routes = insert_all(
        problem, [int(o) for o in np.random.default_rng(seed).permutation(problem.order_count)]
    )
    assert scorer.score(routes).broken == 0
    # Each place that the test offers for one more order is truly free.
    left_out = sorted(set(range(problem.order_count)) - {order for route in routes for order in route})
    state = InsertionState(problem, routes)
    for order in left_out[:2]:
        for gap in np.flatnonzero(np.isfinite(state.costs(order))):
            vehicle, position = int(state.vehicle[gap]), int(state.position[gap])
            if problem.max_duration_s[vehicle] > 24 * HOUR:
                route = state.routes[vehicle]
                assert scorer.route(vehicle, [*route[:position], order, *route[position:]])[0] == 0


@some
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_search_keeps_every_rule_and_never_worsens(town, data, seed):
    day = data.draw(days(town))
    problem = build_problem(day, town.travel)
    scorer = Scorer(problem)
    start = first_plan(problem, scorer, seed=seed)
    better = ruin_and_recreate(problem, scorer, start, seed=seed, progress=lambda step: step / 20)
    assert scorer.score(better) <= scorer.score(start)
    plan = assignment_of(problem, better)
    assert check(day, evaluate(problem, plan), town.travel, plan) == ()


@some
@given(data=st.data(), seed=st.integers(0, 10**6), guided=st.booleans())
def test_what_ortools_finds_is_valid(town, data, seed, guided):
    from lastmile_desktop.engine.or_tools.routing_search import Effort, improve_part
    from lastmile_desktop.engine.parts import Part, fits_horizon

    day = data.draw(days(town))
    problem = build_problem(day, town.travel)
    scorer = Scorer(problem)
    start = first_plan(problem, scorer, seed=seed)
    planned = {order for route in start for order in route}
    spare = tuple(o for o in range(problem.order_count) if o not in planned and fits_horizon(problem, o))
    vehicles = [vehicle for vehicle in range(problem.vehicle_count) if problem.can_work[vehicle]]
    assume(vehicles)
    part = Part(tuple(vehicles), tuple(tuple(start[vehicle]) for vehicle in vehicles), spare)
    routes = improve_part(problem, part, Effort(0.2, 20, ruin_recreate=not guided))
    if routes is not None and not any(problem.breaks):
        # With breaks the evaluator has the last word: OR-Tools may let one interrupt a drive.
        assert all(scorer.route(v, r)[0] == 0 for v, r in zip(vehicles, routes, strict=True) if r)
