"""The compiled search on the neighbourhood of a change: only freed orders move, so the budget holds."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from lastmile_desktop.engine.kernel.kernel import load_kernel
from lastmile_desktop.engine.kernel.tables import KernelUnfit
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.replan.moves import PlanOnTable, nearby
from lastmile_desktop.engine.scoring import Routes
from lastmile_desktop.engine.subproblem import subproblem

#: Orders freed at once where the budget has no limit, and in the run that shows where moving pays.
_FREE = 120
#: Orders of the part of a day that is searched, and unused vehicles in it.
_PART, _UNUSED = 220, 6
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
        part = _part(table)
        locked = frozenset(o for v in part.vehicles for o in table.best[v] if o not in free) | table.fixed
        try:
            chain = kind(part.problem, seed + run, part.inside(table.best), part.numbers(locked))
        except KernelUnfit:
            return
        planned = {order for route in table.best for order in route}
        first = _FROM if planned.issuperset(table.waiting) else _FROM_INCOMPLETE
        left_s = min(_RUN_S, deadline - time.monotonic()) if steps is None else 0.0
        for slice_number in range(_SLICES):
            progress = first + (1 - first) * slice_number / _SLICES
            if steps is None:
                chain.run_slice(progress, seconds=max(0.001, left_s / _SLICES))
            else:
                chain.run_slice(progress, steps=max(1, steps // _SLICES))
        routes = part.put_back(table.best, chain.best_routes)
        if not table.offer(routes) and table.scorer.score(routes) < table.scorer.score(table.best):
            changes = table.changes(routes)
            index = table.problem.order_index
            wished[:] = [index[key] for key in sorted(changes.touched) if key in index]


@dataclass(frozen=True)
class _Part:
    """Some routes with their orders as a problem of their own; the waiting orders are in it too."""

    problem: Problem
    vehicles: list[int]
    orders: list[int]

    def numbers(self, orders: Collection[int]) -> frozenset[int]:
        """Those of ``orders`` that are in the part, as it numbers them."""
        return frozenset(number for number, order in enumerate(self.orders) if order in orders)

    def inside(self, routes: Routes) -> Routes:
        """The part's routes, as it numbers them."""
        number = {order: number for number, order in enumerate(self.orders)}
        return [[number[order] for order in routes[vehicle]] for vehicle in self.vehicles]

    def put_back(self, routes: Routes, found: Routes) -> Routes:
        """The whole plan with the part's routes replaced by ``found``."""
        whole = [list(route) for route in routes]
        for vehicle, route in zip(self.vehicles, found, strict=True):
            whole[vehicle] = [self.orders[number] for number in route]
        return whole


def _part(table: PlanOnTable) -> _Part:
    """The routes around the change, nearest first, until there are enough orders; and some unused vehicles.

    Making the search's tables for a whole day of 1,000 orders takes longer than all the rest.
    """
    problem, where = table.problem, {o: v for v, route in enumerate(table.best) for o in route}
    wanted = [where[order] for order in table.waiting if order in where]
    wanted += [vehicle for _, vehicle, _ in nearby(table, problem.order_count)]
    vehicles: list[int] = []
    size = 0
    for vehicle in dict.fromkeys(wanted):
        if size > _PART:
            break
        vehicles.append(vehicle)
        size += len(table.best[vehicle])
    unused = [v for v, route in enumerate(table.best) if not route and problem.can_work[v]]
    vehicles += unused[:_UNUSED]
    orders = [order for vehicle in vehicles for order in table.best[vehicle]]
    orders += [order for order in table.waiting if order not in where]
    return _Part(subproblem(problem, orders, vehicles), vehicles, orders)


def _free_sets(
    table: PlanOnTable, random: np.random.Generator, wished: list[int]
) -> Iterator[frozenset[int]]:
    """Orders to free, run by run. ``wished`` is filled meanwhile with what a freer run would have moved."""
    most = _most_changes(table)
    waiting = frozenset(table.waiting) - table.bound.keys()
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
