"""Rounds of improvement on the best plan, until time or the rounds are up.

First our own ruin and recreate over the whole plan: in the compiled kernel where it is built and fits the
day, else in plain Python. Then OR-Tools, from exactly the plan reached: on the whole day when it is small,
else on parts of neighbouring routes one after the other. A result counts only when the evaluator finds it
better.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

import numpy as np

from lastmile_desktop.engine.parallel import improve_together
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.ruin import ruin_and_recreate

if TYPE_CHECKING:
    from lastmile_desktop.engine.search import Search

_log = logging.getLogger(__name__)
#: Share of the time for ruin and recreate over the whole plan; the larger the day, the more of its work is
#: there (measured), because OR-Tools sees only one part at a time.
_WHOLE_SHARE = 0.3
_WHOLE_SHARE_LARGE = 0.6
_LARGE = 600
#: One search by OR-Tools, by the clock ...
_PART_S = 2.0
#: ... or, where the result must repeat, by solutions, with a time limit that does not bind. Annealing cools
#: by the clock too, so its limit must be out of sight; guided search only stops there when it is stuck.
_PART_SOLUTIONS = 400
_UNBOUND_S = 3600.0
_STUCK_S = 10.0
#: Rounds of ruin and recreate for each OR-Tools round where the result must repeat.
_STEPS_PER_ROUND = 200
#: Share of the time for the compiled kernel; the rest is for OR-Tools, which finds what single moves do not.
_KERNEL_SHARE = 0.85
#: Searches by OR-Tools after the kernel where the result must repeat: they take seconds each.
_SEARCHES_AFTER_KERNEL = 1
#: With less time than this left another search is not worth building a model.
_LEAST_S = 0.15


def improve(
    search: Search, problem: Problem, *, seed: int, rounds: int | None, locked: frozenset[int]
) -> None:
    """Improve the best plan of ``search``: ``rounds`` OR-Tools searches, or until its time is up."""
    searches = rounds
    reason = improve_together(
        search, problem, seed=seed, rounds=rounds, locked=locked, share=_KERNEL_SHARE, workers=search.workers
    )
    if reason:
        search.note = f"{reason} The slower search was used."
        share = _WHOLE_SHARE_LARGE if problem.order_count > _LARGE else _WHOLE_SHARE
        _improve_whole(search, problem, seed, rounds, locked, share)
    elif rounds is not None:
        searches = min(rounds, _SEARCHES_AFTER_KERNEL)
    if rounds is None and search.left_s < _LEAST_S:
        return
    try:
        _improve_parts(search, problem, seed, searches, locked)
    except Exception:  # noqa: BLE001 - OR-Tools raises nothing more specific when a model has no way out
        _log.exception("OR-Tools refused a part of the plan")
        _improve_whole(search, problem, seed + 1, rounds, locked, 1.0)
    if rounds is not None:
        search.iterations = rounds


def _improve_whole(
    search: Search,
    problem: Problem,
    seed: int,
    rounds: int | None,
    locked: frozenset[int],
    share: float,
) -> None:
    began, time_s = time.monotonic(), max(search.left_s, 1e-3)

    def by_clock(_: int) -> float:
        search.tick()
        return (time.monotonic() - began) / (time_s * share)

    def by_steps(step: int) -> float:
        search.tick()
        return step / (_STEPS_PER_ROUND * rounds) if rounds else 1.0

    ruin_and_recreate(
        problem,
        search.scorer,
        search.best,
        seed=seed,
        progress=by_clock if rounds is None else by_steps,
        locked=locked,
        on_best=lambda routes: search.offer(routes, "improving"),
    )


def _improve_parts(
    search: Search, problem: Problem, seed: int, rounds: int | None, locked: frozenset[int]
) -> None:
    # Imported here and not above, so that the first plan does not wait for OR-Tools to load.
    from lastmile_desktop.engine.ortools_search import Effort, improve_part
    from lastmile_desktop.engine.parts import pick_part

    random = np.random.default_rng(seed)
    visits = np.zeros(problem.order_count, dtype=np.int64)
    search.flush()
    done = 0
    while done != rounds and (rounds is not None or search.left_s > _LEAST_S):
        part = pick_part(problem, search.best, random, visits, locked)
        # Every other search of the same orders is guided local search: the two get stuck in different plans.
        guided = int(visits[list(part.orders)].min(initial=1)) % 2 == 0
        if rounds is None:
            effort = Effort(min(_PART_S, search.left_s), None, ruin_recreate=not guided)
        else:
            effort = Effort(_STUCK_S if guided else _UNBOUND_S, _PART_SOLUTIONS, not guided)
        routes = improve_part(problem, part, effort)
        done += 1
        search.iterations += 1
        if routes is None:
            continue
        plan = [list(route) for route in search.best]
        for vehicle, route in zip(part.vehicles, routes, strict=True):
            plan[vehicle] = route
        if part.keeps_locks(routes):
            search.offer(plan, "improving")
