"""The choice of a search, through the real solver process: what ran, and what OR-Tools says of the result."""

from __future__ import annotations

import time

import pytest

from lastmile_desktop.engine.engines import KERNEL_AND_ORTOOLS, PYTHON_AND_ORTOOLS, Engine
from lastmile_desktop.engine.improve import rules_dense
from lastmile_desktop.engine.kernel.kernel import load_kernel
from lastmile_desktop.engine.or_tools.certify import Verdict
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.schedule import routes_of
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.search import Search, SearchOrder
from lastmile_desktop.engine.solve import SolveParams, Stop, solve
from lastmile_desktop.model import Capacity


class Inbox:
    """The parent's end of the pipe."""

    def __init__(self):
        self.messages = []

    def send(self, message):
        self.messages.append(message)


def spread_out(town, count=24, **more):
    orders = [town.order(f"o{n}", n * 7 % 31 - 15, n * 11 % 29 - 14, **more) for n in range(count)]
    vans = [town.van(f"v{n}", capacity=Capacity(quantity_milli=9000)) for n in range(3)]
    return build_problem(town.day(orders, vans), town.travel)


def solved(problem, **params):
    return solve(problem, SolveParams(**{"seconds": 30.0, **params}), on_progress=print, stop=lambda: Stop.GO)


def test_ortools_alone_plans_certifies_and_repeats(town):
    problem = spread_out(town)
    first, second = (solved(problem, engine="ortools", iterations=1, seed=4) for _ in range(2))
    assert first.engine == PYTHON_AND_ORTOOLS
    assert first.message == ""
    assert first.assignment == second.assignment
    assert len(first.assignment.order_keys) == 24
    assert Scorer(problem).score(routes_of(problem, first.assignment)).broken == 0
    assert first.certificate is not None
    assert first.certificate.verdict is Verdict.ACCEPTED


def test_the_kernel_is_the_usual_engine(town):
    kind, reason = load_kernel()
    if kind is None:
        pytest.skip(reason)
    found = solved(spread_out(town), iterations=1)
    assert found.engine == KERNEL_AND_ORTOOLS
    assert found.certificate is not None
    assert found.certificate.verdict is Verdict.ACCEPTED


def test_dense_rules_are_searched_and_certified_too(town):
    problem = spread_out(town, 16, same_van="x", quantity_milli=400)
    assert rules_dense(problem)
    assert not rules_dense(spread_out(town))
    found = solved(problem, iterations=1)
    assert Scorer(problem).score(routes_of(problem, found.assignment)).broken == 0
    assert found.certificate is not None
    assert found.certificate.verdict is Verdict.ACCEPTED
    assert len(found.assignment.routes) == 1  # all of the group on one vehicle


def test_with_hardly_any_time_the_certificate_says_so(town):
    inbox = Inbox()
    order = SearchOrder(0.2, 1, None, time.time(), None, frozenset(), engine=Engine.ORTOOLS)
    Search(inbox, spread_out(town), order).run()
    certificate = inbox.messages[-1].certificate
    assert certificate.verdict is Verdict.NOT_CERTIFIED
    assert "too short" in certificate.sentence


def test_an_unknown_engine_is_refused_at_once(town):
    with pytest.raises(ValueError, match="fast"):
        solved(spread_out(town), engine="fast")
