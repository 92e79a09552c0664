"""Who goes with whom: shipments, orders of one van, first and last, before, bans, wishes and tidy areas."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.schedule import COST_UNITS_PER_CENT, evaluate, routes_of
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.subproblem import subproblem
from lastmile_desktop.model import Capacity, DaySettings, Goals, Load, OrderKind, RoutePosition

PICKUP = OrderKind.PICKUP


class Judge:
    """What checker and scorer say about a plan of a day."""

    def __init__(self, town):
        self._town = town

    def codes(self, day, **routes):
        plan = self._town.plan(**routes)
        problem = build_problem(day, self._town.travel)
        table = evaluate(problem, plan, explain=False)
        found = check(day, table, self._town.travel, plan)
        broken = Scorer(problem).score(routes_of(problem, plan)).broken
        assert bool(found) == bool(broken), found
        return sorted({violation.code for violation in found})

    def units(self, day, **routes):
        problem = build_problem(day, self._town.travel)
        return Scorer(problem).score(routes_of(problem, self._town.plan(**routes))).units


@pytest.fixture
def judge(town):
    return Judge(town)


def two_vans(town, **more):
    return [town.van("v1", driver="Anna", **more), town.van("v2", driver="Bert Berg", **more)]


def test_a_shipment_goes_on_one_vehicle_pickup_first_both_or_none(town, judge):
    day = town.day(
        [
            town.order("p", 3, kind=PICKUP, shipment="S"),
            town.order("d", 6, shipment="S"),
            town.order("x", 2),
        ],
        two_vans(town),
    )
    assert judge.codes(day, v1="x p d") == judge.codes(day, v1="p x d") == judge.codes(day, v1="x") == []
    for routes in ({"v1": "x d p"}, {"v1": "p", "v2": "x d"}, {"v1": "p x"}, {"v1": "x d"}):
        assert judge.codes(day, **routes) == ["shipment"], routes


def test_goods_of_a_shipment_are_on_board_between_its_orders_only(town, judge):
    day = town.day(
        [
            town.order("p", 3, kind=PICKUP, shipment="S", quantity_milli=4000),
            town.order("d", 6, shipment="S", quantity_milli=1000),
            town.order("x", 2, quantity_milli=3000),
            town.order("y", 5, quantity_milli=3000, kind=PICKUP),
        ],
        [town.van("v1", capacity=Capacity(quantity_milli=6000))],
    )
    problem = build_problem(day, town.travel)
    table = evaluate(problem, town.plan(v1="x p d y")).routes[0]
    assert table.start_load == Load(3000)
    assert [visit.load.quantity_milli for visit in table.visits] == [0, 4000, 0, 3000]
    assert judge.codes(day, v1="x p d y") == []
    assert judge.codes(day, v1="p x d y") == judge.codes(day, v1="x p y d") == ["capacity"]


def test_half_a_shipment_is_set_aside_and_its_plan_is_still_followed(town, judge):
    whole = [town.order("p", 3, kind=PICKUP, shipment="S"), town.order("d", 6, shipment="S")]
    day = town.day([whole[0], replace(whole[1], location=None), town.order("x", 2)], two_vans(town))
    table = evaluate(build_problem(day, town.travel), town.plan(v1="x p"))
    left_out = {entry.order_key: entry.message for entry in table.unassigned}
    assert "exactly one pickup and one delivery" in left_out["p"]
    assert check(day, table, town.travel, town.plan(v1="x p")) == ()


def test_orders_of_one_van_share_it_however_its_name_is_typed(town, judge):
    day = town.day(
        [town.order("a", 1, same_van="Smith"), town.order("b", 2, same_van=" smith "), town.order("c", 3)],
        two_vans(town),
    )
    assert judge.codes(day, v1="a b", v2="c") == judge.codes(day, v1="a", v2="c") == []
    assert judge.codes(day, v1="a", v2="b c") == ["same_van"]


def test_first_and_last_on_the_route(town, judge):
    day = town.day(
        [
            town.order("f", 1, position=RoutePosition.FIRST),
            town.order("g", 2, position=RoutePosition.FIRST),
            town.order("x", 3),
            town.order("l", 4, position=RoutePosition.LAST),
        ]
    )
    assert judge.codes(day, van="f g x l") == judge.codes(day, van="g f l") == judge.codes(day, van="l") == []
    for keys in ("f x g l", "f g l x", "l f", "x f"):
        assert judge.codes(day, van=keys) == ["position"], keys


def test_before_counts_within_a_route(town, judge):
    day = town.day([town.order("a", 1, after=frozenset({"b"})), town.order("b", 2)], two_vans(town))
    assert judge.codes(day, v1="b a") == judge.codes(day, v1="a", v2="b") == judge.codes(day, v1="a") == []
    assert judge.codes(day, v1="a b") == ["before"]


def test_only_and_never_name_vehicles_or_drivers(town, judge):
    day = town.day(
        [
            town.order("a", 1, only_vehicles=frozenset({"BERT  berg"})),
            town.order("b", 2, barred_vehicles=frozenset({"anna", "V3"})),
            town.order("c", 3, only_vehicles=frozenset({"Nobody"})),
        ],
        two_vans(town),
    )
    assert judge.codes(day, v2="a b") == []
    for routes in ({"v1": "a"}, {"v1": "b"}, {"v1": "c"}, {"v2": "c"}):
        assert judge.codes(day, **routes) == ["vehicle_ban"], routes


def test_sentences_name_the_orders_and_the_vehicles(town):
    day = town.day(
        [
            town.order("p", 3, kind=PICKUP, shipment="S"),
            town.order("d", 6, shipment="S"),
            town.order("a", 1, only_vehicles=frozenset({"Bert Berg"})),
        ],
        two_vans(town),
    )
    plan = town.plan(v1="a p", v2="d")
    found = check(day, evaluate(build_problem(day, town.travel), plan), town.travel, plan)
    assert {(one.code, one.message, one.vehicle_key, one.order_key) for one in found} == {
        ("vehicle_ban", "Order A is on V1, but may only go with Bert Berg.", "v1", "a"),
        ("shipment", "P is on V1 and D on V2, but both are shipment S and need one vehicle.", "v2", "d"),
    }


def test_a_wish_for_a_driver_has_its_price(town, judge):
    day = town.day([town.order("a", 1, preferred_driver="anna")], two_vans(town))
    day = replace(day, settings=replace(day.settings, preference_cents=700))
    assert judge.units(day, v2="a") - judge.units(day, v1="a") == 700 * COST_UNITS_PER_CENT
    nobody = replace(day, orders=(town.order("a", 1, preferred_driver="Zoe"),))
    assert judge.units(nobody, v2="a") == judge.units(nobody, v1="a")


def test_near_orders_on_different_routes_cost_where_areas_shall_be_tidy(town, judge):
    orders = [town.order(f"o{x}", x) for x in (10, 11, 12, 50, 51, 52)]
    day = replace(town.day(orders, two_vans(town)), settings=DaySettings(goals=Goals(tidiness=100)))
    problem = build_problem(day, town.travel)
    plain = replace(problem, tidy_units=0)
    for keys in ({"v1": "o10 o11", "v2": "o12 o51 o52"}, {"v1": "o10 o11 o12", "v2": "o50 o51 o52"}):
        routes = routes_of(problem, town.plan(**keys))
        home = {order: vehicle for vehicle, route in enumerate(routes) for order in route}
        apart = sum(home[a] != home[b] for a, b in problem.tidy_pairs.tolist() if a in home and b in home)
        extra = Scorer(problem).score(routes).units - Scorer(plain).score(routes).units
        assert extra == apart * problem.tidy_units > 0


def test_a_part_of_a_problem_numbers_its_groups_anew(town):
    names = ("one", "two", "one", "two", "two")
    orders = [town.order(f"o{x}", x, same_van=name) for x, name in enumerate(names)]
    problem = build_problem(town.day([*orders, town.order("free", 9)], two_vans(town)), town.travel)
    part = subproblem(problem, [4, 5, 1], [0])
    assert part.group.tolist() == [0, -1, 0]
    assert part.admitted.order_count == 3
