"""How good the plan on the table is, as a sentence for the dispatcher: measured, or said to be unknown."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lastmile_desktop.model import DayState
from lastmile_desktop.system.beside import BesideLostError, BesideStopped, call_beside, never

if TYPE_CHECKING:
    from lastmile_desktop.engine.bounds.meter import Bound
    from lastmile_desktop.engine.problem import Problem
    from lastmile_desktop.pipeline.planning import Planner

UNKNOWN = "How far this plan is from the best possible one is not known."
#: Share of the planning time that measuring may take, and its most, in seconds.
_SHARE, _MOST_S = 0.25, 6.0


@dataclass(frozen=True)
class Quality:
    """What is known of the plan's distance from the best possible one.

    ``percent``: by so much it is at most dearer than any possible plan, by what the planner minimises,
    rounded up to a tenth; None = unknown. ``sentence`` is ready to be shown. ``method`` is the bound's, ""
    when unknown; ``seconds`` is how long it took.
    """

    percent: float | None
    sentence: str
    method: str
    seconds: float


def measuring_seconds(plan_seconds: float) -> float:
    """How long measuring may take beside a plan that took ``plan_seconds``."""
    return min(_MOST_S, max(0.0, plan_seconds) * _SHARE)


def measure(
    planner: Planner, state: DayState, seconds: float, *, should_stop: Callable[[], bool] = never
) -> Quality:
    """Measure the plan of ``state`` for about ``seconds`` in a process of its own, after the plan is there.

    Blocking, for worker threads. Never fails: stopped, lost or without a plan, the quality is unknown.
    """
    from lastmile_desktop.engine.schedule import routes_of

    if state.assignment is None or seconds <= 0:
        return Quality(None, UNKNOWN, "", 0.0)
    problem = planner.problem_for(state.day)
    routes = routes_of(problem, state.assignment)
    try:
        bound = call_beside(_bound, problem, routes, seconds, should_stop=should_stop)
    except (BesideStopped, BesideLostError):
        return Quality(None, UNKNOWN, "", 0.0)
    return quality_of(bound)


def measure_beside(state: DayState, seconds: float, *, should_stop: Callable[[], bool] = never) -> Quality:
    """As ``measure``, with the problem made in the other process too: a thread that makes it of a large day
    would hold up the window."""
    if state.assignment is None or seconds <= 0:
        return Quality(None, UNKNOWN, "", 0.0)
    try:
        return call_beside(_measured, state, seconds, should_stop=should_stop)
    except (BesideStopped, BesideLostError):
        return Quality(None, UNKNOWN, "", 0.0)


def _measured(state: DayState, seconds: float) -> Quality:
    """In the other process."""
    from lastmile_desktop.engine.schedule import routes_of
    from lastmile_desktop.pipeline.planning import Planner

    assert state.assignment is not None  # asked before
    problem = Planner().problem_for(state.day)
    return quality_of(_bound(problem, routes_of(problem, state.assignment), seconds))


def quality_of(bound: Bound) -> Quality:
    """The bound in words; what it says is rounded to the cautious side."""
    gap = bound.gap_percent
    if gap is None:
        return Quality(None, UNKNOWN, "", bound.seconds)
    percent = math.ceil(gap * 10 - 1e-9) / 10
    if percent == 0:
        sentence = "No possible plan is better."
    else:
        sentence = f"At most {percent:,.1f} % above any possible plan."
    return Quality(percent, sentence, bound.method, bound.seconds)


def _bound(problem: Problem, routes: list[list[int]], seconds: float) -> Bound:
    """In the other process."""
    from lastmile_desktop.engine.bounds.meter import lower_bound

    return lower_bound(problem, routes, seconds)
