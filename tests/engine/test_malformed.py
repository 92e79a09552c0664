"""A thousand malformed problems: no crash, no plan that the checker refuses, no silence about any order."""

from __future__ import annotations

import pytest

from lastmile_desktop.engine.admit import BadTravel, settings_fault
from lastmile_desktop.engine.admit_arrays import BadProblem
from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.kernel.build import build
from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.kernel.tables import KernelUnfit
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.solve import SolveParams, Stop, solve
from lastmile_desktop.model import Unassigned
from tests.engine.malformed import malformed_day, malformed_problem

_SLICES, _STEPS = 4, 15


@pytest.fixture(scope="module", autouse=True)
def library():
    """The compiled kernel; where it cannot be built these tests must fail, not be skipped."""
    return build()


def quick_plan(problem, seed):
    """Routes as the search makes them, in this process: the kernel where it can, else insertion."""
    if not problem.order_count or not problem.vehicle_count:
        return [[] for _ in range(problem.vehicle_count)], "nothing"
    start = first_plan(problem, Scorer(problem), quick=True)
    try:
        chain = Kernel(problem, seed, start)
    except KernelUnfit:
        return start, "insertion"
    for part in range(_SLICES):
        chain.run_slice(part / _SLICES, steps=_STEPS)
    return chain.best_routes, "kernel"


def told(unassigned, ids):
    """Keys of the orders left out, each with a sentence that names it (or the vehicle that is missing)."""
    for entry in unassigned:
        assert isinstance(entry, Unassigned)
        assert entry.message.endswith(".")
        assert ids[entry.order_key] in entry.message or "cannot be planned" in entry.message, entry
    return [entry.order_key for entry in unassigned]


def assert_day_is_answered(day, travel, problem, plan):
    """Each order once, on a route or told; nothing for the checker to refuse."""
    table = evaluate(problem, plan)
    assert check(day, table, travel, plan) == ()
    ids = {order.key: order.id for order in day.orders}
    named = [key for route in table.routes for key in route.order_keys] + told(table.unassigned, ids)
    assert sorted(named) == sorted(ids)
    for name, sentence in problem.unusable:
        assert name in sentence
        assert sentence.endswith(".")


def test_seven_hundred_malformed_days():
    seen = {"kernel": 0, "insertion": 0, "nothing": 0}
    aside = lost = 0
    for seed in range(700):
        day, travel = malformed_day(seed)
        fault = settings_fault(day.settings)
        assert fault is None or fault.endswith(".")
        problem = build_problem(day, travel)
        assert problem.admitted is problem
        routes, by = quick_plan(problem, seed)
        seen[by] += 1
        aside += len(problem.set_aside)
        lost += len(problem.unusable)
        assert_day_is_answered(day, travel, problem, assignment_of(problem, routes))
    # What the days were meant to contain.
    assert min(aside, lost) > 100
    assert seen["kernel"] > 250
    assert seen["nothing"] > 30


def test_three_hundred_malformed_sets_of_arrays():
    refused = changed = 0
    for seed in range(300):
        problem = malformed_problem(seed)
        try:
            admitted = problem.admitted
        except BadProblem:
            refused += 1  # in a sentence: test_arrays_that_are_no_problem_...
            continue
        changed += admitted is not problem
        assert admitted.admitted is admitted
        routes, _ = quick_plan(admitted, seed)
        assert Scorer(admitted).score(routes).broken == 0
        table = evaluate(problem, assignment_of(admitted, routes))
        ids = dict(zip(problem.order_keys, problem.order_ids, strict=True))
        named = [key for route in table.routes for key in route.order_keys]
        named += told(table.unassigned, ids)
        assert sorted(named) == sorted(problem.order_keys)
    assert refused > 20
    assert changed > 80


def search(problem, seconds):
    return solve(problem, SolveParams(seconds, seed=1), on_progress=lambda _: None, stop=lambda: Stop.GO)


@pytest.mark.parametrize("seeds", [range(4), pytest.param(range(4, 40), marks=pytest.mark.slow)])
@pytest.mark.timeout(600)
def test_malformed_days_through_the_solver_process(seeds):
    for seed in seeds:
        day, travel = malformed_day(seed)
        problem = build_problem(day, travel)
        outcome = search(problem, 0.7)
        assert "unexpectedly" not in outcome.message, f"seed {seed}: {outcome.message}"
        assert_day_is_answered(day, travel, problem, outcome.assignment)


def test_arrays_that_are_no_problem_never_reach_the_solver_process():
    refused = 0
    for seed in range(60):
        problem = malformed_problem(seed)
        try:
            problem.admitted  # noqa: B018  (computed on first use)
        except BadProblem:
            refused += 1
            with pytest.raises(BadProblem, match=r"\.$"):
                search(problem, 0.1)
    assert refused > 3


def test_travel_for_other_places_is_refused_before_anything_else():
    day, _ = malformed_day(0)

    class Short:
        source = "straight-line"

        def matrix(self, locations):
            from tests.engine.malformed import OddTravel

            return OddTravel(0, 0.0).matrix(locations[:-1])

    with pytest.raises(BadTravel, match=r"\.$"):
        build_problem(day, Short())
