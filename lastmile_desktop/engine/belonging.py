"""Who goes with whom and in which sequence: what a plan breaks of that, and what wishes and tidiness cost.

Shipments, orders of one van, first and last, before and after, preferred drivers, tidy areas: docs/rules.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scales import COST_UNITS_PER_CENT, Ints


class Belonging:
    """These rules of one problem, ready for scoring many plans."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._partner: list[int] = problem.partner.tolist()
        self._position: list[int] = problem.position.tolist()
        self._pickup: list[bool] = problem.is_pickup.tolist()
        self._earlier: dict[int, list[int]] = defaultdict(list)
        for earlier, later in problem.before:
            self._earlier[later].append(earlier)
        related = (problem.partner >= 0) | (problem.position != 0)
        related[[order for pair in problem.before for order in pair]] = True
        self._related = frozenset(np.flatnonzero(related).tolist())
        self._grouped = np.flatnonzero(problem.group >= 0)
        self._near = problem.tidy_pairs if problem.tidy_units else np.zeros((0, 2), dtype=np.int64)

    def broken_on_route(self, orders: Sequence[int]) -> int:
        """Number of broken rules about the company and the sequence of one route's orders."""
        if self._related.isdisjoint(orders):
            return 0
        at = {order: place for place, order in enumerate(orders)}
        broken = self._out_of_position(orders)
        for order in orders:
            if order not in self._related:
                continue
            partner = self._partner[order]
            if partner >= 0:
                other = at.get(partner, -1)
                # A half alone counts; of two in the wrong sequence the pickup does.
                broken += other < 0 or (self._pickup[order] and other < at[order])
            broken += sum(at.get(earlier, -1) > at[order] for earlier in self._earlier.get(order, ()))
        return broken

    def _out_of_position(self, orders: Sequence[int]) -> int:
        """Orders marked first behind one that is not, and orders marked last before one that is not."""
        marks = [self._position[order] for order in orders]
        led = next((place for place, mark in enumerate(marks) if mark != -1), len(marks))
        closed = next((place for place, mark in enumerate(reversed(marks)) if mark != 1), len(marks))
        return marks[led:].count(-1) + marks[: len(marks) - closed].count(1)

    def wishes_units(self, vehicle: int, orders: Sequence[int]) -> int:
        """Price of the wishes for other drivers than ``vehicle``'s, in cost units."""
        problem = self._problem
        if not problem.has_preferences:
            return 0
        return int(problem.preference_cents[list(orders), vehicle].sum()) * COST_UNITS_PER_CENT

    def of_plan(self, vehicle_of: Ints) -> tuple[int, int]:
        """(broken rules, cost units) that only the whole plan shows; ``vehicle_of`` (n,) is -1 for left out.

        Each vehicle too many for a group of one van is a broken rule; near orders on different routes cost.
        """
        broken = units = 0
        if len(self._grouped):
            vehicles, groups = vehicle_of[self._grouped], self._problem.group[self._grouped]
            vehicles, groups = vehicles[vehicles >= 0], groups[vehicles >= 0]
            pairs = np.unique(groups * self._problem.vehicle_count + vehicles)
            broken = len(pairs) - len(np.unique(groups))
        if len(self._near):
            one, other = vehicle_of[self._near[:, 0]], vehicle_of[self._near[:, 1]]
            apart = int(((one != other) & (one >= 0) & (other >= 0)).sum())
            units = apart * self._problem.tidy_units
        return broken, units
