"""Region by region after the whole day: the same plan whatever the timing, never a worse one, locks held."""

from __future__ import annotations

import pytest

from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.together.pace import ByClock, BySteps
from lastmile_desktop.engine.together.settling import improve_alone, settle


@pytest.fixture(scope="module")
def planned(many_routes, problem_of):
    problem = problem_of(many_routes(orders=200, vans=24))
    return problem, first_plan(problem, Scorer(problem), quick=True)


def settled(keeper, planned, pace, locked=frozenset()):
    problem, plan = planned
    kept = keeper(problem, plan)
    settle(kept, problem, Kernel, pace, seed=5, locked=locked, frozen=frozenset())
    return kept


def test_counted_steps_give_the_same_better_plan(keeper, planned):
    problem, plan = planned
    one, other = (settled(keeper, planned, BySteps(20_000)) for _ in range(2))
    assert one.best == other.best
    assert one.best_score < Scorer(problem).score(plan)
    assert sorted(o for route in one.best for o in route) == sorted(o for route in plan for o in route)


def test_locked_orders_stay_where_they_are(keeper, planned):
    _, plan = planned
    locked = frozenset(order for route in plan[::3] for order in route[:2])
    kept = settled(keeper, planned, ByClock(1.0), locked)
    for before, after in zip(plan, kept.best, strict=True):
        assert [o for o in before if o in locked] == [o for o in after if o in locked]


def test_a_small_day_is_searched_as_a_whole(keeper, planned):
    problem, plan = planned
    kept = keeper(problem, plan)
    reason = improve_alone(kept, problem, seed=1, rounds=1, locked=frozenset(), share=1.0)
    assert reason == ""
    assert kept.iterations == 1
    assert kept.best_score < Scorer(problem).score(plan)
