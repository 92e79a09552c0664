"""Where the rules about company let one more order in: on which vehicles, and between which places there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scales import COST_UNITS_PER_CENT, Ints

_BANNED = -1


class Company:
    """Who is where in a changing plan, and what follows for one more order.

    ``where`` (n,) is the vehicle of each order, -1 for none; ``frozen`` orders that begin a route seal it up
    to there.
    """

    def __init__(self, problem: Problem, frozen: Collection[int] = ()) -> None:
        self._problem = problem
        self._frozen = frozenset(frozen)
        self.where = np.full(problem.order_count, -1, dtype=np.int64)
        self._at = np.zeros(problem.order_count, dtype=np.int64)
        self._sealed = np.zeros(problem.vehicle_count, dtype=np.int64)
        self._stops = np.zeros(problem.vehicle_count, dtype=np.int64)
        self._led = np.zeros(problem.vehicle_count, dtype=np.int64)
        self._closed = np.zeros(problem.vehicle_count, dtype=np.int64)
        self._placed_marks = bool(problem.position.any())
        self._bound = bool(
            self._frozen
            or self._placed_marks
            or len(problem.before)
            or (problem.partner >= 0).any()
            or (problem.group >= 0).any()
        )
        self._earlier: dict[int, list[int]] = {}
        self._later: dict[int, list[int]] = {}
        for earlier, later in problem.before:
            self._earlier.setdefault(later, []).append(earlier)
            self._later.setdefault(earlier, []).append(later)
        self._near = _near_lists(problem)

    def set_route(self, vehicle: int, orders: Sequence[int]) -> None:
        """Note a new route of ``vehicle``; orders that left it must have been noted nowhere else since."""
        self.where[self.where == vehicle] = -1
        if orders:
            self.where[list(orders)] = vehicle
        if not self._bound:
            return
        self._at[list(orders)] = np.arange(len(orders))
        self._stops[vehicle] = len(orders)
        self._sealed[vehicle] = _leading(order in self._frozen for order in orders)
        if self._placed_marks:
            marks = self._problem.position[list(orders)].tolist()
            self._led[vehicle] = _leading(mark == -1 for mark in marks)
            self._closed[vehicle] = len(marks) - _leading(mark == 1 for mark in reversed(marks))

    def places(self, order: int, *, half: bool = False) -> tuple[Ints, Ints] | None:
        """First and last allowed position of ``order`` on each vehicle, (m,) each; None = anywhere.

        The first lies behind the last where a vehicle is out of the question. Half a shipment may only join
        the other half; with ``half`` it is judged as if that came with it.
        """
        if not self._bound:
            return None
        first, last = self._sealed.copy(), self._stops.copy()
        mark = int(self._problem.position[order])
        if self._placed_marks:
            # Orders marked first, then all others, then those marked last.
            if mark <= 0:
                last = np.minimum(last, self._led if mark else self._closed)
            if mark >= 0:
                first = np.maximum(first, self._closed if mark else self._led)
        for earlier in self._earlier.get(order, ()):
            self._keep_behind(first, earlier)
        for later in self._later.get(order, ()):
            self._keep_before(last, later)
        partner = int(self._problem.partner[order])
        if partner >= 0 and not half:
            _only(last, {int(self.where[partner])} - {-1})
            if self._problem.is_pickup[order]:
                self._keep_before(last, partner)
            else:
                self._keep_behind(first, partner)
        group = int(self._problem.group[order])
        if group >= 0:
            homes = set(self.where[self._problem.group == group].tolist()) - {-1}
            if homes:
                _only(last, homes)
        return first, last

    def _keep_behind(self, first: Ints, other: int) -> None:
        vehicle = int(self.where[other])
        if vehicle >= 0:
            first[vehicle] = max(int(first[vehicle]), int(self._at[other]) + 1)

    def _keep_before(self, last: Ints, other: int) -> None:
        vehicle = int(self.where[other])
        if vehicle >= 0:
            last[vehicle] = min(int(last[vehicle]), int(self._at[other]))

    def cents(self, order: int) -> NDArray[np.float64] | None:
        """(m,) what wishes and tidiness add to the price of ``order`` on each vehicle; None = nothing."""
        problem = self._problem
        if not problem.has_preferences and not self._near:
            return None
        added: NDArray[np.float64] = problem.preference_cents[order].astype(np.float64)
        if self._near:
            homes = self.where[self._near[order]]
            homes = homes[homes >= 0]
            together = np.bincount(homes, minlength=problem.vehicle_count)
            added = added + (len(homes) - together) * (problem.tidy_units / COST_UNITS_PER_CENT)
        return added


def _leading(flags: Iterable[bool]) -> int:
    """How many flags are set before the first that is not."""
    count = 0
    for flag in flags:
        if not flag:
            break
        count += 1
    return count


def _only(last: Ints, vehicles: set[int]) -> None:
    others = np.ones(len(last), dtype=np.bool_)
    others[list(vehicles)] = False
    last[others] = _BANNED


def _near_lists(problem: Problem) -> list[Ints]:
    """The orders that each order should share a route with; none at all where tidiness costs nothing."""
    if not problem.tidy_units:
        return []
    pairs = problem.tidy_pairs
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    cuts = np.searchsorted(both[:, 0], np.arange(1, problem.order_count))
    return list(np.split(both[:, 1], cuts))
