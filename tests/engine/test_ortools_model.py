"""Each rule in OR-Tools' model: the obvious plan is refused, the allowed one is found."""

from __future__ import annotations

import pytest

from lastmile_desktop.engine.or_tools.routing_search import Effort, improve_part
from lastmile_desktop.engine.parts import Part
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import Break, Capacity, OrderKind

HOUR = 3600
both = pytest.mark.parametrize("ruin_recreate", [True, False])


def improved(problem, routes, *, spare=(), locked=(), ruin_recreate=True, solutions=60):
    part = Part(
        tuple(range(problem.vehicle_count)), tuple(map(tuple, routes)), tuple(spare), frozenset(locked)
    )
    found = improve_part(problem, part, Effort(1.0, solutions, ruin_recreate))
    assert found is not None
    assert Scorer(problem).score(found).broken == 0
    return found


@both
def test_sorts_out_a_tangled_route(town, ruin_recreate):
    problem = build_problem(town.day([town.order(f"o{x}", x) for x in range(1, 9)]), town.travel)
    route = improved(problem, [[0, 4, 1, 5, 2, 6, 3, 7]], ruin_recreate=ruin_recreate)[0]
    assert Scorer(problem).cost_cents([route]) == Scorer(problem).cost_cents([list(range(8))])


@both
def test_starts_exactly_at_the_given_plan(town, ruin_recreate):
    problem = build_problem(town.day([town.order(f"o{x}", x, x % 3) for x in range(1, 9)]), town.travel)
    tangled = [[0, 4, 1, 5, 2, 6, 3, 7]]
    assert improved(problem, tangled, ruin_recreate=ruin_recreate, solutions=1) == tangled


@both
def test_places_a_spare_order(town, ruin_recreate):
    problem = build_problem(town.day([town.order("a", 10), town.order("b", 20)]), town.travel)
    assert sorted(improved(problem, [[0]], spare=[1], ruin_recreate=ruin_recreate)[0]) == [0, 1]


@both
def test_capacity_with_pickups_and_deliveries(town, ruin_recreate):
    orders = [
        town.order("a", 10, quantity_milli=3000, kind=OrderKind.PICKUP),
        town.order("b", 20, quantity_milli=3000),
    ]
    van = town.van(capacity=Capacity(quantity_milli=4000))
    problem = build_problem(town.day(orders, [van]), town.travel)
    # The pickup is nearer, but its goods only fit in once the delivery is out.
    assert improved(problem, [[1, 0]], ruin_recreate=ruin_recreate) == [[1, 0]]
    assert improved(problem, [[]], spare=[0, 1], ruin_recreate=ruin_recreate) == [[1, 0]]


@both
def test_skills_and_stop_limits(town, ruin_recreate):
    lift = frozenset({"lift"})
    orders = [town.order("a", 10, skills=lift), town.order("b", 11), town.order("c", 12)]
    vans = [town.van("plain"), town.van("lifter", skills=lift, max_stops=1)]
    problem = build_problem(town.day(orders, vans), town.travel)
    found = improved(problem, [[], []], spare=[0, 1, 2], ruin_recreate=ruin_recreate)
    assert found[1] == [0]
    assert sorted(found[0]) == [1, 2]


@both
def test_several_windows_and_a_break(town, ruin_recreate):
    orders = [
        town.order("a", 10, windows=[(8 * HOUR, 8 * HOUR + 60), (15 * HOUR, 16 * HOUR)]),
        town.order("b", 20, windows=[(9 * HOUR, 10 * HOUR)]),
    ]
    problem = build_problem(
        town.day(orders, [town.van(breaks=(Break(1800, 12 * HOUR, 13 * HOUR),))]), town.travel
    )
    assert improved(problem, [[1]], spare=[0], ruin_recreate=ruin_recreate) == [[1, 0]]


@both
def test_distance_and_duration_limits(town, ruin_recreate):
    orders = [town.order("a", 20), town.order("b", 0, 20)]
    for limit in ({"max_distance_m": 45_000}, {"max_duration_s": 50 * 60}):
        problem = build_problem(town.day(orders, [town.van(**limit)]), town.travel)
        assert len(improved(problem, [[0]], spare=[1], ruin_recreate=ruin_recreate)[0]) == 1


@both
def test_optional_order_is_dropped_when_it_does_not_pay(town, ruin_recreate):
    orders = [town.order("a", 10), town.order("b", 10, 40, skip_price_cents=100)]
    problem = build_problem(town.day(orders, [town.van(cost_per_km_cents=100)]), town.travel)
    assert improved(problem, [[0, 1]], ruin_recreate=ruin_recreate) == [[0]]


@both
def test_locked_orders_keep_vehicle_and_sequence(town, ruin_recreate):
    orders = [town.order(f"o{x}", x) for x in range(1, 7)]
    problem = build_problem(town.day(orders, [town.van("v1"), town.van("v2")]), town.travel)
    # Locked in a silly sequence on purpose.
    found = improved(problem, [[4, 1], [0, 2, 3, 5]], locked=[4, 1], ruin_recreate=ruin_recreate)
    assert [order for order in found[0] if order in (4, 1)] == [4, 1]


@both
def test_open_routes_do_not_pay_for_the_way_back(town, ruin_recreate):
    orders = [town.order("a", 10), town.order("b", -10), town.order("c", 30)]
    problem = build_problem(town.day(orders, [town.van(end_depot=None)]), town.travel)
    assert improved(problem, [[2, 0, 1]], ruin_recreate=ruin_recreate) == [[1, 0, 2]]


def test_same_solution_limit_same_plan(town):
    orders = [town.order(f"o{n}", n * 7 % 31, n * 11 % 29) for n in range(30)]
    problem = build_problem(town.day(orders, [town.van("v1"), town.van("v2")]), town.travel)
    start = [list(range(15)), list(range(15, 30))]
    first = improved(problem, start, solutions=100)
    assert improved(problem, start, solutions=100) == first
