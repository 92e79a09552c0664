"""The second half of a search over a large day: region by region, each annealed several times.

One annealing of the whole day ends in a random valley everywhere. In a small region several coolings from the
same plan, the best of them kept and composed of each other's routes, find better ones with the same number of
steps (the decomposition of POPMUSIC, Taillard and Voss 2002). No region's plan ever gets worse.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from lastmile_desktop.engine.kernel.chain import Chain
from lastmile_desktop.engine.kernel.improving import STEPS_PER_ROUND, Improvable, improve_by_kernel
from lastmile_desktop.engine.kernel.kernel import load_kernel
from lastmile_desktop.engine.kernel.tables import has_windows
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.together.pace import ByClock, BySteps, Pace, Turn
from lastmile_desktop.engine.together.regions import split_plan

#: From so many orders on it pays; at 400 it did not (measured).
_SETTLE_ORDERS = 800
#: Share of the budget for annealing the whole day before.
WHOLE_SHARE = 0.5
_REGION_STOPS, _ROUNDS = 120, 2
#: ... for each region; with three, plans are composed of their routes.
_COOLINGS, _COOLINGS_TIGHT = 2, 3
#: With fewer steps for each order the whole day has not come to rest before.
_LEAST_STEPS = 2_000
#: Steps a second that a budget in seconds is taken for.
_USUAL_STEPS_PER_S = 100_000


def improve_alone(
    search: Improvable,
    problem: Problem,
    *,
    seed: int,
    rounds: int | None,
    locked: frozenset[int],
    share: float,
    frozen: frozenset[int] = frozenset(),
) -> str:
    """``improve_by_kernel`` with one chain; of a large day the second half goes into regions.

    With ``rounds`` no clock decides anything. "" when done, else the sentence that says why nothing was.
    """
    budget_s = max(0.0, search.left_s) * share
    steps = budget_s * _USUAL_STEPS_PER_S if rounds is None else rounds * STEPS_PER_ROUND
    whole = WHOLE_SHARE if settles(problem, steps) else 1.0
    first = None if rounds is None else round(rounds * whole)
    reason = improve_by_kernel(
        search, problem, seed=seed, rounds=first, locked=locked, share=share * whole, frozen=frozen
    )
    if reason or whole == 1.0:
        return reason
    kind, reason = load_kernel()
    if kind is None:
        return reason
    pace: Pace = ByClock(budget_s * (1 - whole))
    if rounds is not None and first is not None:
        pace = BySteps((rounds - first) * STEPS_PER_ROUND)
    settle(search, problem, kind, pace, seed=seed, locked=locked, frozen=frozen)
    search.iterations = rounds or search.iterations
    return ""


def settles(problem: Problem, steps: float) -> bool:
    """True where the second half of ``steps`` steps is better spent in regions."""
    large = problem.order_count >= _SETTLE_ORDERS and steps >= _LEAST_STEPS * problem.order_count
    return large and not problem.tidy_units


def settle(
    search: Improvable,
    problem: Problem,
    kind: type[Chain],
    pace: Pace,
    *,
    seed: int,
    locked: frozenset[int],
    frozen: frozenset[int],
) -> None:
    """Improve the best plan of ``search`` in regions, one after the other."""
    random = np.random.default_rng([seed, _ROUNDS])
    coolings = _COOLINGS_TIGHT if has_windows(problem) else _COOLINGS
    for begin, end in pairwise(np.linspace(0.0, 1.0, _ROUNDS + 1).tolist()):
        plan = [list(route) for route in search.best]
        regions = split_plan(problem, plan, _REGION_STOPS, random)
        ends = np.cumsum([0, *(len(region.orders) for region in regions)]) / problem.order_count
        turn = pace.turn(begin, end)
        for region, (first, last) in zip(regions, pairwise(ends.tolist()), strict=True):
            start, held = region.start(), region.locked(locked)
            chain = kind(
                region.problem(problem),
                int(random.integers(2**31)),
                start,
                held,
                coolings,
                region.locked(frozen),
            )
            _anneal(search, chain, turn, (begin, end), (first, last))
            region.put_back(chain.best_routes, plan)
            search.offer(plan, "improving")


def _anneal(
    search: Improvable, chain: Chain, turn: Turn, share: tuple[float, float], part: tuple[float, float]
) -> None:
    begin, end = share
    for piece in turn.slices(*part):
        chain.run_slice((piece.progress - begin) / (end - begin), steps=piece.steps, seconds=piece.seconds)
        search.tick()
