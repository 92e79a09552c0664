"""The kernel inside the search of the solver process."""

from __future__ import annotations

import time
from multiprocessing import Pipe

from lastmile_desktop.engine.kernel import improving
from lastmile_desktop.engine.kernel.improving import improve_by_kernel
from lastmile_desktop.engine.search import Found, Search, SearchOrder


def searching(problem, *, seconds=20.0, iterations=None, locked=frozenset()):
    """A search as in the solver process, and the end of the pipe where its plans come out."""
    here, there = Pipe()
    order = SearchOrder(seconds, 1, iterations, time.time(), None, locked)
    return Search(there, problem, order), here, there


def received(here):
    found = []
    while here.poll():
        found.append(here.recv())
    return found


def test_better_plans_come_out_of_the_pipe_and_the_time_is_kept(rich):
    _, _, problem = rich.draw(11, most_orders=30)
    search, here, there = searching(problem, seconds=1.2)
    began = time.monotonic()
    assert improve_by_kernel(search, problem, seed=1, rounds=None, locked=frozenset()) == ""
    assert 0.8 < time.monotonic() - began < 1.5
    search.flush()
    plans = received(here)
    assert plans
    assert all(isinstance(plan, Found) for plan in plans)
    assert plans[-1].routes == search.best
    assert search.best_score.broken == 0
    here.close()
    there.close()


def test_the_same_rounds_give_the_same_plan(rich):
    _, _, problem = rich.draw(12, most_orders=30)
    plans = []
    for _ in range(2):
        search, here, there = searching(problem, iterations=2)
        assert improve_by_kernel(search, problem, seed=3, rounds=2, locked=frozenset()) == ""
        assert search.iterations == 2
        plans.append(search.best)
        received(here)
        here.close()
        there.close()
    assert plans[0] == plans[1]


def test_locks_hold_and_the_plan_is_never_worse(rich):
    _, _, problem = rich.draw(13, most_orders=30)
    search, here, there = searching(problem)
    improve_by_kernel(search, problem, seed=1, rounds=1, locked=frozenset())
    before, score = [list(route) for route in search.best], search.best_score
    locked = frozenset(order for route in before for order in route[::2])
    improve_by_kernel(search, problem, seed=2, rounds=1, locked=locked)
    assert search.best_score <= score
    for old, new in zip(before, search.best, strict=True):
        assert [order for order in old if order in locked] == [order for order in new if order in locked]
    received(here)
    here.close()
    there.close()


def test_without_a_kernel_the_reason_is_given_and_nothing_is_done(rich, monkeypatch):
    monkeypatch.setattr(improving, "load_kernel", lambda: (None, "It is not built."))
    _, _, problem = rich.draw(14)
    search, here, there = searching(problem)
    before = [list(route) for route in search.best]
    assert improve_by_kernel(search, problem, seed=1, rounds=1, locked=frozenset()) == "It is not built."
    assert search.best == before
    assert not received(here)
    here.close()
    there.close()
