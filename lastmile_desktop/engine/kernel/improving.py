"""The compiled kernel as one improver of a running search: slices of it, and its best plans offered on."""

from __future__ import annotations

import time
from typing import Protocol

from lastmile_desktop.engine.kernel.chain import HURRY_STEPS, QUICK_ORDERS, cycles_for
from lastmile_desktop.engine.kernel.kernel import load_kernel
from lastmile_desktop.engine.kernel.tables import KernelUnfit
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Routes

#: Steps of one round where the result must repeat; a round is then about as long as a slice or two.
STEPS_PER_ROUND = 10_000
_SLICES_PER_ROUND = 10
#: Steps a second that a budget in seconds is taken for, to choose the number of cycles.
_USUAL_STEPS_PER_S = 100_000
#: Reading and scoring a plan takes longer than finding it: better ones are offered this often.
_OFFER_EVERY_S = 0.2


class Improvable(Protocol):
    """What is needed of ``search.Search``."""

    best: Routes
    iterations: int

    @property
    def left_s(self) -> float:
        """Seconds left for searching."""

    def offer(self, routes: Routes, phase: str) -> None:
        """Keep ``routes`` when better than the best."""

    def tick(self) -> None:
        """Send what is due."""


def improve_by_kernel(
    search: Improvable,
    problem: Problem,
    *,
    seed: int,
    rounds: int | None,
    locked: frozenset[int],
    share: float = 1.0,
    frozen: frozenset[int] = frozenset(),
) -> str:
    """Improve the best plan of ``search`` for ``share`` of the time left, or ``rounds`` rounds of exactly
    STEPS_PER_ROUND steps. "" when done; else nothing was done, and the sentence says why.
    """
    kind, reason = load_kernel()
    if kind is None:
        return reason
    if rounds is None:
        steps = max(0.0, search.left_s) * share * _USUAL_STEPS_PER_S
    else:
        steps = rounds * STEPS_PER_ROUND
    try:
        chain = kind(problem, seed, search.best, locked, cycles_for(problem, steps), frozen)
    except KernelUnfit as error:
        return str(error)
    if problem.order_count >= QUICK_ORDERS and steps < HURRY_STEPS * problem.order_count:
        chain.hurry()
    search.offer(chain.best_routes, "improving")
    if rounds is None:
        chain.prepare_composing(search.left_s * share)
        began, budget_s, offered_at, unsent = time.monotonic(), max(search.left_s * share, 1e-3), 0.0, False
        while (elapsed_s := time.monotonic() - began) < budget_s:
            unsent |= chain.run_slice(elapsed_s / budget_s, seconds=min(0.05, budget_s - elapsed_s))
            if unsent and elapsed_s - offered_at >= _OFFER_EVERY_S:
                search.offer(chain.best_routes, "improving")
                offered_at, unsent = elapsed_s, False
            search.tick()
    else:
        slices = rounds * _SLICES_PER_ROUND
        for part in range(slices):
            better = chain.run_slice(part / slices, steps=STEPS_PER_ROUND // _SLICES_PER_ROUND)
            search.iterations = (part + 1) // _SLICES_PER_ROUND
            if better:
                search.offer(chain.best_routes, "improving")
            search.tick()
    search.offer(chain.best_routes, "improving")
    return ""
