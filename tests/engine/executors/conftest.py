"""Small days as tasks, with a fixed number of rounds, so that every place must give the same plans."""

from __future__ import annotations

import pytest

from lastmile_desktop.engine.executors import Task
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.solve import SolveParams


@pytest.fixture(scope="session")
def tasks(town):
    made = []
    for number in range(5):
        orders = [town.order(f"o{n}", (n * 37 + number) % 41 - 20, n * 53 % 43 - 20) for n in range(30)]
        problem = build_problem(town.day(orders, [town.van("a"), town.van("b")]), town.travel)
        made.append(Task(problem, SolveParams(seconds=120, seed=number, iterations=1)))
    return made


@pytest.fixture(scope="session")
def expected(tasks):
    """What one process gives, one task after the other."""
    from lastmile_desktop.engine.executors.local import LocalExecutor

    with LocalExecutor(1) as executor:
        return executor.run(tasks)
