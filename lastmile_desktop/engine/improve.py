"""Rounds of improvement on the best plan, until time or the rounds are up, and a second opinion on it.

First the compiled kernel over the whole plan, where it is built and knows all rules of the day; else our own
ruin and recreate in plain Python. Then OR-Tools, from exactly the plan reached: on the whole day when it is
small, else on parts of neighbouring routes one after the other. A result counts only when the evaluator finds
it better. At last OR-Tools is asked whether it accepts the plan.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

import numpy as np

from lastmile_desktop.engine.engines import KERNEL_AND_ORTOOLS, PYTHON_AND_ORTOOLS, Engine
from lastmile_desktop.engine.or_tools.certify import Certificate, Verdict, certify, load_ahead, seconds_needed
from lastmile_desktop.engine.or_tools.drivers import assign_drivers
from lastmile_desktop.engine.parts import one_kind
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.ruin import ruin_and_recreate
from lastmile_desktop.engine.scoring import Routes
from lastmile_desktop.engine.together.parallel import improve_together

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
#: ... or, where the result must repeat, guided search by a count of the solver's looks at its limits, with a
#: time limit that does not bind. Ruin and recreate cools by the clock and heeds no count: it cannot repeat.
_PART_LOOKS = 300_000
_UNBOUND_S = 3600.0
#: At most this share of the time for OR-Tools' own first plan, a start for the slower search.
_START_SHARE, _START_ORDERS = 0.1, 300
#: Rounds of ruin and recreate for each OR-Tools round where the result must repeat.
_STEPS_PER_ROUND = 200
#: Share of the time for the compiled kernel; the rest is for OR-Tools, which finds what single moves do not,
#: and that only where rules tie orders down: elsewhere the kernel is expected to need all of it.
_KERNEL_SHARE, _KERNEL_SHARE_DENSE = 1.0, 0.92
#: Searches by OR-Tools after the kernel where the result must repeat: they take seconds each.
_SEARCHES_AFTER_KERNEL = 1
#: With less time than this left another search is not worth building a model.
_LEAST_S = 0.15
#: At most this share of the time is kept for OR-Tools' verdict on the finished plan.
_CERTIFY_SHARE = 0.1
#: For so many pairs of a route and a driver the best drivers are looked for, and at most so long.
_MOST_DRIVER_PAIRS, _DRIVERS_S = 1_000, 0.2
#: From this share of orders with a whitelist on, or any of the rules below, rules are dense.
_DENSE_WHITELISTS = 0.25


def improve(
    search: Search, problem: Problem, *, seed: int, rounds: int | None, locked: frozenset[int]
) -> None:
    """Improve the best plan of ``search``: ``rounds`` OR-Tools searches, or until its time is up."""
    kept_s = 0.0
    if rounds is None:
        needed_s = seconds_needed(problem)
        if not one_kind(problem):
            needed_s += _DRIVERS_S
        if needed_s <= _CERTIFY_SHARE * search.left_s:
            kept_s = needed_s
            threading.Thread(target=load_ahead, args=(problem,), name="load", daemon=True).start()
    search.deadline -= kept_s
    searches, reason = _improve_by_kernel(search, problem, seed=seed, rounds=rounds, locked=locked)
    if reason:
        search.searched_by = PYTHON_AND_ORTOOLS
        share = _WHOLE_SHARE_LARGE if problem.order_count > _LARGE else _WHOLE_SHARE
        start = _start_by_ortools(search, problem, rounds)
        _improve_whole(search, problem, seed, rounds, locked, share, start)
    if searches is None or searches > 0:
        _improve_parts_or_whole(search, problem, seed, searches, locked)
    if rounds is not None:
        search.iterations = rounds
    search.deadline += kept_s
    _assign_drivers(search, problem, locked, timed=rounds is None)
    _certify(search, problem, locked, asked=rounds is not None or kept_s > 0)


def _improve_by_kernel(
    search: Search, problem: Problem, *, seed: int, rounds: int | None, locked: frozenset[int]
) -> tuple[int | None, str]:
    """(OR-Tools searches that are to follow, None: until time is up; why the kernel did nothing)."""
    if search.engine is Engine.ORTOOLS:
        return rounds, "OR-Tools was asked for."
    dense = rules_dense(problem)
    search.searched_by = KERNEL_AND_ORTOOLS
    reason = improve_together(
        search,
        problem,
        seed=seed,
        rounds=rounds,
        locked=locked,
        share=_KERNEL_SHARE_DENSE if dense else _KERNEL_SHARE,
        workers=search.workers,
        frozen=search.frozen,
    )
    if reason:
        search.note = f"{reason} The slower search was used."
        return rounds, reason
    if not dense:
        return 0, ""
    return (None if rounds is None else min(rounds, _SEARCHES_AFTER_KERNEL)), ""


def _start_by_ortools(search: Search, problem: Problem, rounds: int | None) -> Routes | None:
    """A start for the slower search: from one by OR-Tools a day of some 200 orders ended four percent better
    than from insertion plans in one trial, though the start itself is worse. None: go on from the best plan.
    """
    if not search.from_scratch or problem.order_count > _START_ORDERS:
        return None
    from lastmile_desktop.engine.or_tools.routing_search import cheapest_arcs

    seconds = _UNBOUND_S if rounds is not None else _START_SHARE * search.left_s
    try:
        routes = cheapest_arcs(problem, seconds)
    except Exception:  # noqa: BLE001 - OR-Tools raises nothing more specific when a model has no way out
        _log.exception("OR-Tools refused the whole day")
        return None
    if routes is None or search.scorer.score(routes).broken:
        return None
    search.offer(routes, "improving")
    return routes


def rules_dense(problem: Problem) -> bool:
    """True where many orders may go with few vehicles, or what is best is more than the sum of the routes."""
    tied = int((~problem.allowed.all(axis=1)).sum())
    return bool(
        tied > _DENSE_WHITELISTS * problem.order_count
        or problem.even_units
        or problem.tidy_units
        or (problem.group >= 0).any()
        or (problem.partner >= 0).any()
        or problem.before
    )


def _assign_drivers(search: Search, problem: Problem, locked: frozenset[int], *, timed: bool) -> None:
    """Whole routes to the drivers who drive them at the least price, wishes of customers included."""
    used = sum(1 for route in search.best if route)
    if used * problem.vehicle_count > _MOST_DRIVER_PAIRS:
        return
    if one_kind(problem) or (timed and search.left_s < _DRIVERS_S):
        return
    plan = assign_drivers(problem, search.best, fixed=locked | search.frozen, seconds=_DRIVERS_S)
    if plan.moved:
        search.offer(plan.routes, "improving")


def _certify(search: Search, problem: Problem, locked: frozenset[int], *, asked: bool) -> None:
    """OR-Tools' verdict on the finished plan, for the outcome and the log."""
    search.flush()
    if not asked:
        search.certificate = Certificate(
            Verdict.NOT_CERTIFIED, not_checked=("the planning time was too short",)
        )
        return
    try:
        search.certificate = certify(problem, search.best, search.left_s, locked=locked, frozen=search.frozen)
    except Exception:  # noqa: BLE001 - the plan is good without a verdict, whatever happened to OR-Tools
        _log.exception("OR-Tools could not look at the plan")
        search.certificate = Certificate(Verdict.NOT_CERTIFIED, not_checked=("OR-Tools failed on this plan",))
    told = _log.warning if search.certificate.verdict is Verdict.REFUSED else _log.info
    told("%s %s", search.certificate.sentence, " ".join(search.certificate.differences))


def _improve_parts_or_whole(
    search: Search, problem: Problem, seed: int, searches: int | None, locked: frozenset[int]
) -> None:
    if searches is None and search.left_s < _LEAST_S:
        return
    try:
        _improve_parts(search, problem, seed, searches, locked)
    except Exception:  # noqa: BLE001 - OR-Tools raises nothing more specific when a model has no way out
        _log.exception("OR-Tools refused a part of the plan")
        _improve_whole(search, problem, seed + 1, searches, locked, 1.0)


def _improve_whole(
    search: Search,
    problem: Problem,
    seed: int,
    rounds: int | None,
    locked: frozenset[int],
    share: float,
    start: Routes | None = None,
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
        search.best if start is None else start,
        seed=seed,
        progress=by_clock if rounds is None else by_steps,
        locked=locked,
        frozen=search.frozen,
        on_best=lambda routes: search.offer(routes, "improving"),
    )


def _improve_parts(
    search: Search, problem: Problem, seed: int, rounds: int | None, locked: frozenset[int]
) -> None:
    # Imported here and not above, so that the first plan does not wait for OR-Tools to load.
    from lastmile_desktop.engine.or_tools.routing_search import Effort, improve_part
    from lastmile_desktop.engine.parts import pick_part

    def out_of_time() -> bool:
        search.tick()
        return rounds is None and search.left_s <= 0

    only_guided = rules_dense(problem) or bool((problem.max_trips > 1).any())
    random = np.random.default_rng(seed)
    visits = np.zeros(problem.order_count, dtype=np.int64)
    search.flush()
    done = 0
    while done != rounds and (rounds is not None or search.left_s > _LEAST_S):
        part = pick_part(problem, search.best, random, visits, locked, search.frozen)
        # Every other search of the same orders is guided local search: the two get stuck in different plans.
        # Where rules are dense ruin and recreate finds little, and it does not find second trips at all.
        guided = only_guided or int(visits[list(part.orders)].min(initial=1)) % 2 == 0
        if rounds is None:
            effort = Effort(min(_PART_S, search.left_s), None, ruin_recreate=not guided)
        else:
            effort = Effort(_UNBOUND_S, None, ruin_recreate=False, looks=_PART_LOOKS)
        routes = improve_part(problem, part, effort, out_of_time)
        done += 1
        search.iterations += 1
        if routes is None:
            continue
        plan = [list(route) for route in search.best]
        for vehicle, route in zip(part.vehicles, routes, strict=True):
            plan[vehicle] = route
        if part.keeps_locks(routes):
            search.offer(plan, "improving")
