"""Every rule of docs/rules.md in OR-Tools' routing model: on random rich days it accepts what the evaluator
accepts, and in tiny days a search by it finds the plan that the rule asks for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.or_tools.certify import Verdict, certify
from lastmile_desktop.engine.or_tools.optimum import prove
from lastmile_desktop.engine.or_tools.routing_model import RoutingModel
from lastmile_desktop.engine.or_tools.routing_search import Effort, improve_part
from lastmile_desktop.engine.parts import Part
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import (
    Break,
    Capacity,
    EvenBy,
    Goals,
    OrderKind,
    RoutePosition,
)

HOUR = 3600
SECONDS = 60.0
both = pytest.mark.parametrize("ruin_recreate", [True, False])


class RichDay:
    """A random day on which every rule that OR-Tools can express may bind."""

    def __init__(self, town, seed):
        self._town, self._random = town, np.random.default_rng(seed)

    def _chance(self, share):
        return bool(self._random.random() < share)

    def _between(self, low, high):
        return int(self._random.integers(low, high))

    def _order(self, number):
        start = self._between(8 * 60, 13 * 60) * 60
        more = {}
        if self._chance(0.3):
            more |= {"late_cents_per_hour": self._between(100, 3000), "max_late_s": 1800}
        if number and self._chance(0.2):
            more["after"] = frozenset({f"o{self._between(0, number)}"})
        if self._chance(0.3):
            more["same_van"] = f"group {self._between(0, 2)}"
        if self._chance(0.2):
            more["position"] = RoutePosition.FIRST if self._chance(0.5) else RoutePosition.LAST
        return self._town.order(
            f"o{number}",
            self._between(-15, 15),
            self._between(-15, 15),
            [(start, start + self._between(60, 240) * 60)] if self._chance(0.4) else (),
            quantity_milli=self._between(1, 5) * 1000,
            kind=OrderKind.PICKUP if self._chance(0.2) else OrderKind.DELIVERY,
            setup_s=self._between(0, 4) * 60,
            **more,
        )

    def _shipment(self, number):
        amount = self._between(1, 4) * 1000
        for kind in (OrderKind.PICKUP, OrderKind.DELIVERY):
            yield self._town.order(
                f"s{number} {kind}",
                self._between(-15, 15),
                self._between(-15, 15),
                quantity_milli=amount,
                kind=kind,
                shipment=f"s{number}",
            )

    def _van(self, number):
        trips = 2 if self._chance(0.3) else 1
        return self._town.van(
            f"v{number}",
            capacity=Capacity(quantity_milli=self._between(6, 14) * 1000),
            breaks=(Break(1800, 12 * HOUR, 13 * HOUR),) if trips == 1 and self._chance(0.3) else (),
            shift_end_s=15 * HOUR,
            overtime_s=HOUR,
            overtime_cents_per_hour=1000,
            max_trips=trips,
            reload_s=600,
            cost_per_km_cents=30,
            cost_per_hour_cents=2000,
        )

    def problem(self):
        orders = [self._order(number) for number in range(self._between(4, 9))]
        for number in range(self._between(0, 3)):
            orders += self._shipment(number)
        vans = [self._van(number) for number in range(self._between(2, 4))]
        return build_problem(self._town.day(orders, vans), self._town.travel)


def shuffled(problem, plan, random):
    """Some orders moved to anywhere, so that every kind of rule gets broken now and then."""
    plan = [list(route) for route in plan]
    for _ in range(int(random.integers(0, 3))):
        source, target = (int(v) for v in random.integers(0, len(plan), 2))
        if plan[source]:
            order = plan[source].pop(int(random.integers(len(plan[source]))))
            plan[target].insert(int(random.integers(len(plan[target]) + 1)), order)
    return plan


def verdicts_agree(town, seed):
    """OR-Tools' verdict, which must be the evaluator's."""
    problem = RichDay(town, seed).problem()
    scorer = Scorer(problem)
    plan = shuffled(problem, first_plan(problem, scorer, quick=True), np.random.default_rng(seed))
    certificate = certify(problem, plan, SECONDS)
    broken = scorer.score(plan).broken
    assert (certificate.verdict is Verdict.REFUSED) == (broken > 0), (seed, certificate, broken)
    assert not any("cannot drive" in text for text in certificate.differences), (seed, certificate)
    return certificate.verdict


def test_accepts_what_the_evaluator_accepts(town):
    found = [verdicts_agree(town, seed) for seed in range(60)]
    assert found.count(Verdict.REFUSED) >= 10
    assert found.count(Verdict.ACCEPTED) >= 20


@pytest.mark.slow
def test_accepts_what_the_evaluator_accepts_on_many_days(town):
    for seed in range(100, 700):
        verdicts_agree(town, seed)


def improved(problem, routes, *, spare=(), locked=(), frozen=(), ruin_recreate=True):
    """What OR-Tools makes of a plan: valid, and not worse by the evaluator's price."""
    part = Part(
        tuple(range(problem.vehicle_count)),
        tuple(map(tuple, routes)),
        tuple(spare),
        frozenset(locked),
        frozenset(frozen),
    )
    found = improve_part(problem, part, Effort(1.0, 60, ruin_recreate))
    assert found is not None
    scorer = Scorer(problem)
    assert scorer.score(found).broken == 0
    assert scorer.score(found) <= scorer.score(routes)
    return found


def price_of(problem, routes):
    part = Part(tuple(range(problem.vehicle_count)), tuple(map(tuple, routes)))
    return RoutingModel(problem, part).price_of_plan()


@both
def test_lateness_is_paid_where_a_detour_costs_more(town, ruin_recreate):
    for price, expected in ((100, [0, 1]), (60_000, [1, 0])):
        orders = [
            town.order("near", 10),
            town.order(
                "far",
                20,
                windows=[(8 * HOUR, 8 * HOUR + 1300)],
                late_cents_per_hour=price,
                max_late_s=2 * HOUR,
            ),
        ]
        problem = build_problem(town.day(orders, [town.van(end_depot=None)]), town.travel)
        assert improved(problem, [[0, 1]], ruin_recreate=ruin_recreate) == [expected]


def test_overtime_wishes_and_set_up_have_the_evaluators_price(town):
    orders = [
        town.order("a", 100, setup_s=600, preferred_driver="v1"),
        town.order("b", 100, setup_s=300),
        town.order("c", 101, setup_s=120),
    ]
    van = {"shift_end_s": 8 * HOUR + 13_000, "overtime_s": HOUR, "overtime_cents_per_hour": 2000}
    problem = build_problem(town.day(orders, [town.van("v0", **van), town.van("v1", **van)]), town.travel)
    for plan in ([[0, 1, 2], []], [[1, 2], [0]], [[], [1, 0, 2]]):
        assert Scorer(problem).score(plan).broken == 0
        assert price_of(problem, plan) == Scorer(problem).score(plan).units


@both
def test_a_preferred_driver_gets_the_order(town, ruin_recreate):
    orders = [town.order("a", 10, preferred_driver="v1"), town.order("b", 11)]
    problem = build_problem(town.day(orders, [town.van("v0"), town.van("v1")]), town.travel)
    assert improved(problem, [[0, 1], []], ruin_recreate=ruin_recreate)[1] in ([0, 1], [1, 0])


@both
def test_a_shipment_is_collected_first_and_not_split(town, ruin_recreate):
    orders = [
        town.order("to", 10, shipment="s"),
        town.order("from", 20, kind=OrderKind.PICKUP, shipment="s"),
    ]
    vans = [town.van("v0", end_depot=None, capacity=Capacity(quantity_milli=1000)), town.van("v1")]
    problem = build_problem(town.day(orders, vans), town.travel)
    found = improved(problem, [[], []], spare=[0, 1], ruin_recreate=ruin_recreate)
    assert found in ([[1, 0], []], [[], [1, 0]])
    assert certify(problem, [[0, 1], []], SECONDS).verdict is Verdict.REFUSED
    assert certify(problem, [[1], [0]], SECONDS).verdict is Verdict.REFUSED


@both
def test_a_group_shares_a_van(town, ruin_recreate):
    orders = [town.order("a", 20, same_van="x"), town.order("b", -20, same_van="x"), town.order("c", -21)]
    vans = [town.van("v0", max_stops=2), town.van("v1", max_stops=2)]
    problem = build_problem(town.day(orders, vans), town.travel)
    found = improved(problem, [[0, 1], []], spare=[2], ruin_recreate=ruin_recreate)
    assert sorted(map(sorted, found)) == [[0, 1], [2]]
    assert certify(problem, [[0], [1, 2]], SECONDS).verdict is Verdict.REFUSED


@both
def test_first_last_and_before(town, ruin_recreate):
    orders = [
        town.order("a", 10, position=RoutePosition.LAST),
        town.order("b", 20),
        town.order("c", 30, position=RoutePosition.FIRST),
        town.order("d", 15, after=frozenset({"b"})),
    ]
    problem = build_problem(town.day(orders), town.travel)
    assert improved(problem, [[2, 1, 3, 0]], ruin_recreate=ruin_recreate) == [[2, 1, 3, 0]]
    for wrong in ([0, 1, 3, 2], [2, 3, 1, 0], [1, 2, 3, 0]):
        assert certify(problem, [wrong], SECONDS).verdict is Verdict.REFUSED


def test_a_second_trip_serves_what_one_load_cannot(town):
    orders = [town.order(f"o{n}", 5 + n, quantity_milli=3000) for n in range(4)]
    orders.append(town.order("back", 7, quantity_milli=3000, kind=OrderKind.PICKUP))
    for trips, planned in ((1, 3), (2, 5)):
        van = town.van(capacity=Capacity(quantity_milli=6000), max_trips=trips, reload_s=600)
        problem = build_problem(town.day(orders, [van]), town.travel)
        # Only guided search inserts a visit to the depot that is of no use before the orders after it.
        found = improved(problem, [[0]], spare=[1, 2, 3, 4], ruin_recreate=False)
        assert len(found[0]) == planned
        assert certify(problem, found, SECONDS).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("even_by", list(EvenBy))
def test_even_days(town, even_by):
    day = town.day([town.order(f"o{n}", 10 + n) for n in range(8)], [town.van("v0"), town.van("v1")])
    even = replace(day, settings=replace(day.settings, goals=Goals(balance=100, even_by=even_by)))
    together = [list(range(8)), []]
    assert improved(build_problem(day, town.travel), together, ruin_recreate=False) == together
    found = improved(build_problem(even, town.travel), together, ruin_recreate=False)
    assert min(map(len, found)) >= 3


def test_tidy_areas(town):
    # One street: the cheapest is anything in sequence, the tidiest keeps neighbours together.
    orders = [town.order(f"o{n}", 20 + n % 2, n // 2) for n in range(8)]
    vans = [town.van("v0", max_stops=4), town.van("v1", max_stops=4)]
    day = town.day(orders, vans)
    tidy = build_problem(replace(day, settings=replace(day.settings, goals=Goals(tidiness=100))), town.travel)
    mixed = [[0, 2, 4, 6], [1, 3, 5, 7]]
    before, after = Scorer(tidy).score(mixed), Scorer(tidy).score(improved(tidy, mixed, ruin_recreate=False))
    assert after < before
    assert price_of(tidy, mixed) == before.units  # the price of each split pair is the evaluator's


@both
def test_a_frozen_beginning_stays(town, ruin_recreate):
    orders = [town.order(f"o{n}", n + 1) for n in range(5)]
    problem = build_problem(town.day(orders), town.travel)
    found = improved(problem, [[3, 1, 4, 0, 2]], locked=[3, 1], frozen=[3, 1], ruin_recreate=ruin_recreate)
    assert found[0][:2] == [3, 1]
    assert sorted(found[0]) == [0, 1, 2, 3, 4]


def bound_holds(town, seed):
    """True when there was a bound; it is never above a plan that some search found."""
    problem = RichDay(town, seed).problem()
    scorer = Scorer(problem)
    plan = first_plan(problem, scorer)
    optimum = prove(problem, plan, 2.0)
    if optimum is None or scorer.score(plan).broken:
        return False
    assert optimum.bound_units <= optimum.units <= scorer.score(plan).units, seed
    assert scorer.score(optimum.routes).broken == 0
    return True


def test_no_plan_of_a_rich_day_is_below_its_bound(town):
    assert sum(bound_holds(town, seed) for seed in range(5)) >= 1
