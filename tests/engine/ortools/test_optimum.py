"""Exact optima against trying everything, and the compiled search against exact optima."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest

from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.kernel.kernel import load_kernel
from lastmile_desktop.engine.kernel.tables import KernelUnfit
from lastmile_desktop.engine.or_tools.optimum import MOST_ORDERS, prove, small_enough
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.scoring import Scorer


def every_plan(problem):
    """All plans of a problem of a few orders: each vehicle a sequence of a subset, the rest left out."""
    sequences = [
        tuple(sequence)
        for size in range(problem.order_count + 1)
        for sequence in itertools.permutations(range(problem.order_count), size)
    ]

    def extend(vehicles, taken):
        if not vehicles:
            yield []
            return
        for sequence in sequences:
            if not taken & set(sequence):
                for rest in extend(vehicles - 1, taken | set(sequence)):
                    yield [list(sequence), *rest]

    return extend(problem.vehicle_count, set())


@pytest.mark.parametrize("seed", range(12))
def test_is_the_best_of_all_plans(random_problem, seed):
    problem = random_problem(seed, 4, 1 + seed % 2)
    scorer = Scorer(problem)
    best = min(score.units for plan in every_plan(problem) if not (score := scorer.score(plan)).broken)
    optimum = prove(problem, [[] for _ in range(problem.vehicle_count)], 20.0)
    assert optimum is not None
    assert scorer.score(optimum.routes).broken == 0
    assert optimum.bound_units <= best <= optimum.units
    if optimum.proven:
        assert optimum.units == best


def kernel_plan(problem, steps=8_000):
    kind, reason = load_kernel()
    if kind is None:
        pytest.skip(reason)
    scorer = Scorer(problem)
    start = first_plan(problem, scorer, quick=True)
    try:
        chain = kind(problem, 1, start, frozenset(), 1)
    except KernelUnfit as unfit:
        pytest.skip(str(unfit))
    for part in range(10):
        chain.run_slice(part / 10, steps=steps // 10)
    return min([chain.best_routes, start], key=scorer.score)


def compare_kernel(problem, seconds):
    """True when the proof was complete; the kernel's plan must then be the optimum; never below a bound."""
    plan = kernel_plan(problem)
    score = Scorer(problem).score(plan)
    optimum = prove(problem, plan, seconds)
    assert optimum is not None
    assert score.broken == 0
    assert score.units >= optimum.bound_units
    if optimum.proven:
        assert score.units == optimum.units
    return optimum.proven


def test_the_kernel_finds_the_optimum_of_small_days(random_problem):
    proven = [
        compare_kernel(random_problem(100 + seed, 4 + seed % 3, 1 + seed % 2), 4.0) for seed in range(12)
    ]
    assert sum(proven) >= 9  # a proof that mostly fails would compare nothing


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_kernel_finds_the_optimum_of_many_small_days(random_problem):
    proven = [
        compare_kernel(random_problem(1000 + seed, 4 + seed % 5, 1 + seed % 3), 6.0) for seed in range(300)
    ]
    assert sum(proven) >= 200


def test_nothing_is_claimed_of_a_large_day(town):
    orders = [town.order(f"o{n}", n) for n in range(MOST_ORDERS + 1)]
    problem = build_problem(town.day(orders), town.travel)
    assert not small_enough(problem)
    assert prove(problem, [list(range(MOST_ORDERS + 1))], 5.0) is None


def test_a_plan_that_is_not_the_best_is_replaced(town):
    problem = build_problem(town.day([town.order(f"o{x}", x) for x in range(1, 6)]), town.travel)
    optimum = prove(problem, [[0, 3, 1, 4, 2]], 10.0)
    assert optimum is not None
    assert optimum.proven
    assert optimum.units < Scorer(problem).score([[0, 3, 1, 4, 2]]).units
    assert optimum.gap == 0.0


def test_pandas_is_neither_loaded_nor_hidden():
    # It is not shipped; what needs it elsewhere must still find the real one.
    program = (
        "import sys; import lastmile_desktop.engine.or_tools.optimum_model; "
        "assert 'pandas' not in sys.modules; import pandas; pandas.DataFrame({'a': [1]})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr
