"""Chains that work together: valid plans, and the same plan whatever the timing of the cores."""

from __future__ import annotations

import random
import time

import pytest

from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.solve import SolveParams, Stop, solve
from lastmile_desktop.engine.together.pace import ByClock, BySteps
from lastmile_desktop.engine.together.parallel import Team, improve_together, lacks_orders


class Limping(Kernel):
    """A chain on a core that is busy with something else now and then."""

    def run_slice(self, progress, **budget):
        time.sleep(random.random() * 0.003)
        return super().run_slice(progress, **budget)


def improved(keeper, problem, plan, kind, workers=3, seed=5, locked=frozenset()):
    kept = keeper(problem, plan)
    Team(kept, problem, kind, BySteps(12_000), seed=seed, locked=locked, workers=workers).run(6, 2)
    return kept


@pytest.fixture(scope="module")
def planned(many_routes, problem_of):
    problem = problem_of(many_routes())
    return problem, first_plan(problem, Scorer(problem), quick=True)


@pytest.fixture(scope="module")
def two_routes(many_routes, problem_of):
    """Too few routes for regions: whole-plan chains."""
    problem = problem_of(many_routes(orders=24, vans=3, holds=20_000))
    return problem, first_plan(problem, Scorer(problem), quick=True)


@pytest.mark.parametrize("case", ["planned", "two_routes"])
def test_the_timing_of_the_cores_decides_nothing(keeper, case, request):
    problem, plan = request.getfixturevalue(case)
    quick, slow = (improved(keeper, problem, plan, kind) for kind in (Kernel, Limping))
    assert quick.best == slow.best
    assert quick.best_score < Scorer(problem).score(plan)


def test_another_seed_or_number_of_workers_is_another_search(keeper, planned):
    problem, plan = planned
    plans = [
        improved(keeper, problem, plan, Kernel, workers, seed).best
        for workers, seed in ((3, 5), (3, 6), (2, 5))
    ]
    assert len({repr(one) for one in plans}) == 3


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_the_plan_keeps_every_rule(keeper, many_routes, problem_of, town, workers):
    day = many_routes()
    problem = problem_of(day)
    plan = first_plan(problem, Scorer(problem), quick=True)
    kept = improved(keeper, problem, plan, Kernel, workers)
    assignment = assignment_of(problem, kept.best)
    table = evaluate(problem, assignment)
    assert check(day, table, town.travel, assignment) == ()
    assert table.totals.planned == problem.order_count


def test_locked_orders_stay(keeper, planned):
    problem, plan = planned
    locked = frozenset(order for route in plan for order in route[1:3])
    kept = improved(keeper, problem, plan, Kernel, 2, locked=locked)
    for before, after in zip(plan, kept.best, strict=True):
        assert [o for o in after if o in locked] == [o for o in before if o in locked]
    assert kept.best != plan


def test_orders_left_out_are_found_a_place(keeper, many_routes, problem_of):
    """The plan to begin with has half of the orders: whole-plan chains complete it, then regions follow."""
    problem = problem_of(many_routes())
    whole = first_plan(problem, Scorer(problem), quick=True)
    half = [route[::2] for route in whole]
    assert lacks_orders(problem, half)
    kept = improved(keeper, problem, half, Kernel, 2)
    assert not lacks_orders(problem, kept.best)


def test_an_order_that_nobody_can_serve_is_not_waited_for(town):
    problem = build_problem(
        town.day([town.order("a", 1), town.order("far", 4_000)], [town.van()]), town.travel
    )
    assert not lacks_orders(problem, [[0]])
    assert lacks_orders(problem, [[1]])


@pytest.mark.parametrize("workers", [1, 2])
def test_by_the_clock_the_budget_is_spent_and_plans_are_shown(keeper, planned, workers, monkeypatch):
    monkeypatch.setattr("lastmile_desktop.engine.together.parallel.LARGE", 10)
    problem, plan = planned
    kept = keeper(problem, plan, seconds=1.2)
    reason = improve_together(
        kept, problem, seed=1, rounds=None, locked=frozenset(), share=1.0, workers=workers
    )
    assert reason == ""
    assert kept.offers > 1
    assert kept.best_score < Scorer(problem).score(plan)


def test_a_late_round_is_passed_over():
    pace = ByClock(0.0)
    time.sleep(0.01)
    assert pace.spent() > 1
    assert list(pace.turn(0.0, 0.5).slices(0.0, 1.0)) == []


@pytest.mark.parametrize("parts", [[(0.0, 1.0)], [(0.0, 0.25), (0.25, 0.9), (0.9, 1.0)]])
def test_counted_steps_are_all_done(parts):
    pieces = [piece for part in parts for piece in BySteps(40_000).turn(0.25, 0.75).slices(*part)]
    assert sum(piece.steps for piece in pieces) == 20_000
    assert all(0.25 <= piece.progress < 0.75 for piece in pieces)


def test_the_solver_child_repeats_with_several_workers(town, many_routes):
    problem = build_problem(many_routes(), town.travel)
    params = SolveParams(seconds=60, seed=3, workers=2, iterations=1)
    outcomes = [solve(problem, params, on_progress=lambda _: None, stop=lambda: Stop.GO) for _ in range(2)]
    assert outcomes[0].message == ""
    assert outcomes[0].assignment == outcomes[1].assignment
    assert len(outcomes[0].assignment.order_keys) == 90
