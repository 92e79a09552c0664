"""OR-Tools' verdict on a plan against the evaluator's: what one accepts the other accepts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.or_tools.certify import Verdict, certify
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import Break, Capacity, OrderKind

HOUR = 3600
GENEROUS_S = 60.0


def disturbed(plan, random):
    """Some orders of a plan moved to anywhere."""
    plan = [list(route) for route in plan]
    for _ in range(int(random.integers(1, 3))):
        source, target = (int(v) for v in random.integers(0, len(plan), 2))
        if plan[source]:
            order = plan[source].pop(int(random.integers(len(plan[source]))))
            plan[target].insert(int(random.integers(len(plan[target]) + 1)), order)
    return plan


def agree(problem, plan):
    """The certificate; its refused routes are exactly those that the evaluator finds a fault with."""
    scorer = Scorer(problem)
    faulty = {v for v, route in enumerate(plan) if route and scorer.route(v, route)[0]}
    certificate = certify(problem, plan, GENEROUS_S)
    assert set(certificate.refused) == {problem.vehicle_names[v] for v in faulty}
    assert (certificate.verdict is Verdict.REFUSED) == bool(faulty)
    assert not any("cannot drive" in text or "nobody knows" in text for text in certificate.differences)
    return certificate.verdict


def test_agrees_with_the_evaluator_on_random_plans(random_problem):
    verdicts = []
    for seed in range(40):
        random = np.random.default_rng(seed)
        shape = int(random.integers(3, 14)), int(random.integers(1, 4))
        problem = random_problem(seed, *shape, breaks=0.5, second_window=0.2)
        plan = first_plan(problem, Scorer(problem), quick=True)
        verdicts.append(agree(problem, disturbed(plan, random) if seed % 2 else plan))
    assert verdicts.count(Verdict.REFUSED) >= 5
    assert verdicts.count(Verdict.ACCEPTED) >= 20


def test_a_break_does_not_interrupt_a_drive(town):
    # An hour's drive to a door that opens at ten to eleven and wants its visit at once; the rest must begin
    # between 10:20 and 10:30, in the middle of it or far too late.
    order = town.order("a", 60, windows=[(10 * HOUR + 3000, 10 * HOUR + 3060)])
    for rest, verdict in (
        (Break(1800, 10 * HOUR + 1200, 10 * HOUR + 1800), Verdict.REFUSED),
        (Break(1800, 10 * HOUR + 1200, 12 * HOUR), Verdict.ACCEPTED),
    ):
        van = town.van(breaks=(rest,), shift_start_s=9 * HOUR + 3000)
        problem = build_problem(town.day([order], [van]), town.travel)
        assert certify(problem, [[0]], GENEROUS_S).verdict is verdict
        assert (Scorer(problem).route(0, [0])[0] > 0) == (verdict is Verdict.REFUSED)


def test_names_only_the_route_that_is_wrong(town):
    orders = [town.order(f"o{n}", n, quantity_milli=3000) for n in range(6)]
    vans = [town.van(f"v{n}", capacity=Capacity(quantity_milli=6000)) for n in range(3)]
    problem = build_problem(town.day(orders, vans), town.travel)
    certificate = certify(problem, [[0, 1], [2, 3, 4], [5]], GENEROUS_S)
    assert certificate.verdict is Verdict.REFUSED
    assert certificate.refused == ("V1",)
    assert certificate.accepted == 2
    assert certificate.sentence == "OR-Tools refuses: V1."
    assert certify(problem, [[0, 1], [2, 3], [4, 5]], GENEROUS_S).sentence == "OR-Tools accepts all 3 routes."


@pytest.mark.parametrize("skills", [frozenset(), frozenset({"lift"})])
def test_a_vehicle_without_the_skill_is_refused(town, skills, capfd):
    orders = [town.order("a", 10, skills=frozenset({"lift"}))]
    problem = build_problem(town.day(orders, [town.van(), town.van("w", skills=skills)]), town.travel)
    certificate = certify(problem, [[], [0]], GENEROUS_S)
    assert (certificate.verdict is Verdict.ACCEPTED) == bool(skills)
    assert capfd.readouterr().err == ""  # the C++ side writes where a command line's user would see it


def test_pickups_share_the_space_with_deliveries(town):
    orders = [
        town.order("a", 10, quantity_milli=3000, kind=OrderKind.PICKUP),
        town.order("b", 20, quantity_milli=3000),
    ]
    van = town.van(capacity=Capacity(quantity_milli=4000))
    problem = build_problem(town.day(orders, [van]), town.travel)
    assert certify(problem, [[1, 0]], GENEROUS_S).verdict is Verdict.ACCEPTED
    assert certify(problem, [[0, 1]], GENEROUS_S).verdict is Verdict.REFUSED


def test_what_it_cannot_say_is_said(town):
    problem = build_problem(town.day([town.order("a", 10)]), town.travel)
    rush_hour = replace(problem, traffic=((0, 100), (8 * HOUR, 150), (9 * HOUR, 100)))
    certificate = certify(rush_hour, [[0]], GENEROUS_S)
    assert certificate.verdict is Verdict.NOT_CERTIFIED
    assert certificate.sentence == "Not certified: driving times that change with the hour."


def test_without_time_nothing_is_claimed(town):
    problem = build_problem(town.day([town.order("a", 10)]), town.travel)
    certificate = certify(problem, [[0]], 0.0)
    assert certificate.verdict is Verdict.NOT_CERTIFIED
    assert certificate.accepted == 0
    assert "no time was left for 1 of 1 routes" in certificate.sentence


def test_says_where_the_times_could_be_cheaper(town):
    # The first window would be reached, but then the second order's means waiting for four hours.
    orders = [
        town.order("a", 10, windows=[(8 * HOUR, 9 * HOUR), (14 * HOUR, 16 * HOUR)]),
        town.order("b", 20, windows=[(14 * HOUR, 15 * HOUR)]),
    ]
    problem = build_problem(town.day(orders), town.travel)
    certificate = certify(problem, [[0, 1]], GENEROUS_S)
    assert certificate.verdict is Verdict.ACCEPTED
    assert len(certificate.differences) == 1
    assert "cheaper, by ending it later" in certificate.differences[0]
