"""Exact optima of tiny days, by CP-SAT: what no plan whatever can beat.

One circuit for each vehicle with optional orders (the "multiple circuit" formulation of the vehicle routing
problem, Toth and Vigo 2014, chapter 1, with times as in the two-index flow model for windows). Times are free
within the rules, so the model's least price is a lower bound even where our own timetable leaves a little on
the table; a plan whose price equals the bound is optimal. Heavy: call it in the solver process or in tests.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Routes, Scorer

#: More orders than this are not tried: the proof would take minutes.
MOST_ORDERS = 12
#: More arcs (orders squared times vehicles) than this are not tried either.
_MOST_ARCS = 4_000


@dataclass(frozen=True)
class Optimum:
    """The best plan known and how good any plan could be.

    ``routes`` is valid (the evaluator says so) and costs ``units`` (``Score.units``); no valid plan costs
    less than ``bound_units``. ``proven``: nothing is between the two.
    """

    routes: Routes
    units: int
    bound_units: int

    @property
    def proven(self) -> bool:
        """True when the plan is known to be optimal."""
        return self.units <= self.bound_units

    @property
    def gap(self) -> float:
        """How much dearer than any possible plan this one is at most, as a fraction."""
        return max(0.0, self.units / self.bound_units - 1.0) if self.bound_units > 0 else float("inf")


def prove(problem: Problem, routes: Sequence[Sequence[int]], seconds: float) -> Optimum | None:
    """Look for the optimum from ``routes`` (order indices per vehicle) for at most ``seconds``.

    None when the day is too large for it, when no time was left, or when neither ``routes`` nor anything
    found is a valid plan.
    """
    deadline = time.monotonic() + seconds
    if not small_enough(problem) or seconds <= 0:
        return None
    from lastmile_desktop.engine.or_tools.optimum_model import ExactModel

    scorer = Scorer(problem)
    model = ExactModel(problem)
    found = model.solve(routes, max(0.01, deadline - time.monotonic()))
    if found is None:
        return None
    bound_units, plan = found
    best: tuple[int, Routes] | None = None
    for candidate in ([list(route) for route in routes], plan):
        if candidate is None:
            continue
        score = scorer.score(candidate)
        if score.broken == 0 and (best is None or score.units < best[0]):
            best = score.units, candidate
    if best is None:
        return None
    return Optimum(best[1], best[0], bound_units)


def small_enough(problem: Problem) -> bool:
    """True when ``prove`` will try: a handful of orders and vehicles."""
    orders, vehicles = problem.order_count, problem.vehicle_count
    return 0 < orders <= MOST_ORDERS and vehicles > 0 and orders * orders * vehicles <= _MOST_ARCS
