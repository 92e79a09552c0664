"""The compiled search on the neighbourhood of a change: only freed orders move, so the budget holds."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from lastmile_desktop.engine.kernel.kernel import load_kernel
from lastmile_desktop.engine.kernel.tables import KernelUnfit
from lastmile_desktop.engine.replan_moves import PlanOnTable, nearby

#: Orders freed at once where the budget has no limit, and in the run that shows where moving pays.
_FREE = 120
#: One run of the compiled search ...
_RUN_S = 0.03
#: ... and how many there are at most; making the tables for one takes as long as the run itself.
_RUNS = 8
#: It begins cool: the plan on the table is a good one.
_FROM, _FROM_INCOMPLETE = 0.6, 0.35
_SLICES = 6
#: With less time than this left a run is not worth its tables.
_LEAST_S = 0.045


def search_nearby(table: PlanOnTable, seed: int, deadline: float, steps: int | None) -> None:
    """Improve ``table`` until the deadline, or in a fixed number of runs of ``steps`` steps.

    The first run frees everything near; where its plan passes the budget, further runs free only so many
    orders as may change, first those that it moved, then others nearby. Does nothing without the kernel.
    """
    kind, _ = load_kernel()
    if kind is None or not table.problem.order_count:
        return
    random = np.random.default_rng(seed)
    wished: list[int] = []
    for run, free in enumerate(_free_sets(table, random, wished)):
        left_s = deadline - time.monotonic()
        if run >= _RUNS or (steps is None and left_s < _LEAST_S):
            return
        locked = frozenset(o for route in table.best for o in route if o not in free) | table.fixed
        try:
            chain = kind(table.problem, seed + run, table.best, locked)
        except KernelUnfit:
            return
        planned = {order for route in table.best for order in route}
        first = _FROM if planned.issuperset(table.waiting) else _FROM_INCOMPLETE
        left_s = min(_RUN_S, deadline - time.monotonic()) if steps is None else 0.0
        for part in range(_SLICES):
            progress = first + (1 - first) * part / _SLICES
            if steps is None:
                chain.run_slice(progress, seconds=max(0.001, left_s / _SLICES))
            else:
                chain.run_slice(progress, steps=max(1, steps // _SLICES))
        routes = chain.best_routes
        if not table.offer(routes) and table.scorer.score(routes) < table.scorer.score(table.best):
            changes = table.changes(routes)
            index = table.problem.order_index
            wished[:] = [index[key] for key in sorted(changes.touched) if key in index]


def _free_sets(
    table: PlanOnTable, random: np.random.Generator, wished: list[int]
) -> Iterator[frozenset[int]]:
    """Orders to free, run by run. ``wished`` is filled meanwhile with what a freer run would have moved."""
    most = _most_changes(table)
    waiting = frozenset(table.waiting)
    near = [order for order, _, _ in nearby(table, _FREE)]
    if most is None:
        yield waiting | frozenset(near)
        while True:
            drawn = random.permutation(len(near))[: max(1, len(near) // 2)]
            yield waiting | frozenset(near[number] for number in drawn)
    counted = [order for order in near if order not in waiting]
    yield waiting | frozenset(counted[:most])
    if most:
        yield waiting | frozenset(near)
    while most and counted:
        pool = [order for order in wished if order in set(counted)] or counted[: 4 * most + 8]
        drawn = random.permutation(len(pool))[:most]
        yield waiting | frozenset(pool[number] for number in drawn)


def _most_changes(table: PlanOnTable) -> int | None:
    """How many planned orders may be freed so that the budget cannot be passed; None for any number."""
    limits = [limit for limit in table.budget.limits[:2] if limit is not None]
    return max(limits) if limits else None
