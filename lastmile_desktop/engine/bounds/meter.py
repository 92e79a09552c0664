"""The quality meter: how far above the best possible plan a plan can be at most, or that nobody knows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Scorer

#: More orders than this are not priced by routes: it would take minutes to say anything.
MOST_ORDERS = 300
#: A plan at most so much above its bound (percent) has as good as reached it: nothing more is tried.
_CLOSE_PERCENT = 0.05
#: A gap above this says nothing to anybody, and is called unknown.
MOST_PERCENT = 100.0


@dataclass(frozen=True)
class Bound:
    """No plan of the problem that keeps its rules has a ``Score.units`` below ``units``; None: not known.

    ``method`` is "optimum" (the exact model of tiny days), "routes" (set-partitioning relaxation),
    "assignment", or "" when nothing is known. ``seconds`` is how long it took. ``plan_units`` and
    ``plan_broken`` are the score of the plan in question, ``left_out_units`` its price of orders left out.
    """

    units: int | None
    method: str
    seconds: float
    plan_units: int
    plan_broken: int
    left_out_units: int = 0

    @property
    def gap_percent(self) -> float | None:
        """The plan is at most so many percent dearer than any possible plan; None = unknown.

        Where orders are left out and the bound knows that it must be so, what is compared is the rest of the
        price. A plan that breaks rules is not compared.
        """
        if self.units is None or self.plan_broken:
            return None
        possible = self.units - self.left_out_units
        if possible <= 0:
            return 0.0 if self.plan_units <= self.units else None
        percent = 100.0 * max(0, self.plan_units - self.units) / possible
        return percent if percent <= MOST_PERCENT else None


def lower_bound(
    problem: Problem,
    routes: Sequence[Sequence[int]],
    seconds: float,
    *,
    go_on: Callable[[], bool] = lambda: True,
) -> Bound:
    """The best lower bound to be had in about ``seconds`` for the plan ``routes`` (orders per vehicle).

    First the assignment relaxation, which takes a moment; tiny days are solved to optimality; then the
    set-partitioning relaxation for the rest of the time. ``go_on`` is asked about once a second; False ends
    the work with what is known. Heavy (OR-Tools): call it in the solver process or another child.
    """
    began = time.monotonic()
    score = Scorer(problem).score(routes)
    planned = {order for route in routes for order in route}
    out = sum(int(problem.penalty_cents[o]) for o in range(problem.order_count) if o not in planned)
    units, method = _best_known(problem, routes, began + seconds, go_on, score.units)
    from lastmile_desktop.engine.schedule import COST_UNITS_PER_CENT

    return Bound(
        units=units,
        method=method,
        seconds=time.monotonic() - began,
        plan_units=score.units,
        plan_broken=score.broken,
        left_out_units=out * COST_UNITS_PER_CENT,
    )


def _best_known(
    problem: Problem,
    routes: Sequence[Sequence[int]],
    deadline: float,
    go_on: Callable[[], bool],
    plan_units: int,
) -> tuple[int | None, str]:
    from lastmile_desktop.engine.bounds.assignment import bound_by_assignment
    from lastmile_desktop.engine.bounds.relaxed import relax

    relaxed = relax(problem)
    found: list[tuple[int, str]] = []
    quick = bound_by_assignment(relaxed)
    if quick is not None:
        found.append((quick, "assignment"))
    if not _is_close(found, plan_units) and go_on():
        proved = _optimum(problem, routes, (deadline - time.monotonic()) / 2)
        if proved is not None:
            found.append((proved, "optimum"))
    if not _is_close(found, plan_units) and problem.order_count <= MOST_ORDERS and go_on():
        from lastmile_desktop.engine.bounds.columns import bound_by_columns

        by_routes = bound_by_columns(relaxed, routes, deadline, go_on=go_on).units
        if by_routes is not None:
            found.append((by_routes, "routes"))
    # Nothing costs less than nothing: a negative bound is none.
    known = [each for each in found if each[0] > 0 or plan_units == 0]
    return max(known) if known else (None, "")


def _is_close(found: list[tuple[int, str]], plan_units: int) -> bool:
    best = max((units for units, _ in found), default=0)
    return plan_units - best <= _CLOSE_PERCENT / 100 * best


def _optimum(problem: Problem, routes: Sequence[Sequence[int]], seconds: float) -> int | None:
    from lastmile_desktop.engine.or_tools.optimum import prove, small_enough

    if seconds <= 0 or not small_enough(problem):
        return None
    optimum = prove(problem, routes, seconds)
    return None if optimum is None else optimum.bound_units
