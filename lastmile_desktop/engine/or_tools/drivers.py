"""Who drives which route: the assignment problem over finished routes, proven optimal by CP-SAT.

The routes stay as they are; only who drives them changes, and only among drivers for whom a route keeps every
rule (the evaluator says so: shift, skills, capacity, depot, breaks). What counts is the price of the route
with that driver and van, wishes of customers included, then how well the driver knows the customers, then how
evenly hours are spread over the days. Each of these is a price for one driver on one route, even the
evenness: the square of a driver's hours, of which the sum is least where they are most even.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.parts import same_kind
from lastmile_desktop.engine.problem import COST_UNITS_PER_CENT, Problem
from lastmile_desktop.engine.scoring import Routes, Scorer
from lastmile_desktop.engine.timing import schedule_route


def _nothing() -> NDArray[np.int64]:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class DriverHistory:
    """What is known of the drivers from the days before; left out, it changes nothing.

    ``served`` (n, m): how often the driver of vehicle v served order i's place or area. ``hours_s`` (m,):
    seconds worked on the days that are to be even together. ``familiar_cents`` is what one known customer is
    worth, however often served beyond ``well_known`` times (less often counts in proportion);
    ``even_cents`` is what it is worth to move one hour of work from a driver with eight hours more to one
    with fewer.
    """

    served: NDArray[np.int64] = field(default_factory=_nothing)
    hours_s: NDArray[np.int64] = field(default_factory=_nothing)
    familiar_cents: int = 100
    even_cents: int = 500
    well_known: int = 5


@dataclass(frozen=True)
class DriverPlan:
    """``routes`` with their new drivers. ``proven``: no other assignment has a lower price. ``moved`` counts
    the routes that changed hands, ``known_visits`` the orders whose driver has served them before."""

    routes: Routes
    proven: bool
    moved: int
    known_visits: int


def assign_drivers(
    problem: Problem,
    routes: Sequence[Sequence[int]],
    history: DriverHistory | None = None,
    *,
    fixed: frozenset[int] = frozenset(),
    seconds: float = 2.0,
) -> DriverPlan:
    """The best drivers for ``routes`` (order indices per vehicle), each route whole.

    Routes with an order in ``fixed`` stay where they are, and so do routes that break a rule. Takes at most
    about ``seconds`` once the prices are known; without a better answer by then the routes stay as they are.
    Raises ValueError when the history's arrays do not fit the problem. Loads OR-Tools if there is a choice.
    """
    history = history or DriverHistory()
    _check(problem, history)
    plan = [list(route) for route in routes]
    prices = _Prices(problem, plan, history, fixed).table()
    used = [vehicle for vehicle, route in enumerate(plan) if route]
    chosen: dict[int, int] | None = {vehicle: vehicle for vehicle in used}
    if any(len(options) > 1 for options in prices.values()):
        chosen = _least(prices, seconds)
    proven = chosen is not None
    target = chosen or {vehicle: vehicle for vehicle in used}
    result: Routes = [[] for _ in plan]
    for vehicle in used:
        result[target[vehicle]] = plan[vehicle]
    moved = sum(target[vehicle] != vehicle for vehicle in used)
    return DriverPlan(result, proven, moved, _known_visits(history, result))


def _check(problem: Problem, history: DriverHistory) -> None:
    shape = (problem.order_count, problem.vehicle_count)
    if history.served.size and history.served.shape != shape:
        raise ValueError(f"served has shape {history.served.shape}, not {shape}")
    if history.hours_s.size and history.hours_s.shape != shape[1:]:
        raise ValueError(f"hours_s has shape {history.hours_s.shape}, not {shape[1:]}")


class _Prices:
    """Price of each used route with each vehicle that may drive it, in units of ``Score``."""

    def __init__(
        self, problem: Problem, routes: Routes, history: DriverHistory, fixed: frozenset[int]
    ) -> None:
        self._problem, self._routes, self._history, self._fixed = problem, routes, history, fixed
        self._scorer = Scorer(problem)
        self._kind = _kinds(problem)

    def table(self) -> dict[int, dict[int, int]]:
        """Vehicle of a route now -> vehicle that could drive it -> price."""
        prices: dict[int, dict[int, int]] = {}
        for vehicle, route in enumerate(self._routes):
            if not route:
                continue
            stays = bool(self._fixed.intersection(route)) or self._scorer.route(vehicle, route)[0] > 0
            others = [vehicle] if stays else range(self._problem.vehicle_count)
            prices[vehicle] = self._of_route(route, others, anyhow=stays)
        return prices

    def _of_route(self, route: list[int], vehicles: Sequence[int], *, anyhow: bool) -> dict[int, int]:
        priced: dict[int, int] = {}
        of_kind: dict[int, tuple[int, int, int]] = {}
        for vehicle in vehicles:
            if not self._problem.can_work[vehicle] and not anyhow:
                continue
            kind = self._kind[vehicle]
            if kind not in of_kind:
                times = schedule_route(self._problem, vehicle, route)
                of_kind[kind] = (*self._scorer.route(vehicle, route), times.end_s - times.start_s)
            broken, units, length_s = of_kind[kind]
            if broken and not anyhow:
                continue
            priced[vehicle] = units - self._familiar(vehicle, route) + self._uneven(vehicle, length_s)
        return priced

    def _familiar(self, vehicle: int, route: list[int]) -> int:
        history = self._history
        if not history.served.size:
            return 0
        known = np.minimum(history.served[route, vehicle], history.well_known).clip(0).sum()
        return int(known) * history.familiar_cents * COST_UNITS_PER_CENT // history.well_known

    def _uneven(self, vehicle: int, length_s: int) -> int:
        """What the square of the driver's minutes grows by: an hour from eight hours more to eight fewer is
        worth ``even_cents``."""
        history = self._history
        if not history.hours_s.size:
            return 0
        before, added = int(history.hours_s[vehicle]) // 60, length_s // 60
        growth = (before + added) ** 2 - before**2
        return growth * history.even_cents * COST_UNITS_PER_CENT // (2 * 60 * 8 * 60)


def _kinds(problem: Problem) -> list[int]:
    """The first vehicle of the same kind, for each vehicle."""
    kinds: list[int] = []
    for vehicle in range(problem.vehicle_count):
        alike = (first for first in dict.fromkeys(kinds) if same_kind(problem, first, vehicle))
        kinds.append(next(alike, vehicle))
    return kinds


def _least(prices: dict[int, dict[int, int]], seconds: float) -> dict[int, int] | None:
    """Vehicle of each route at the least total price, None when that is not known in time."""
    from lastmile_desktop.engine.or_tools.cp_sat import cp_model

    model = cp_model.CpModel()
    drives = {
        (route, vehicle): model.new_bool_var(f"{route} by {vehicle}")
        for route, options in prices.items()
        for vehicle in options
    }
    for route, options in prices.items():
        model.add_exactly_one([drives[route, vehicle] for vehicle in options])
    for taken in {vehicle for options in prices.values() for vehicle in options}:
        model.add_at_most_one([drive for (_, vehicle), drive in drives.items() if vehicle == taken])
    # To leave a route where it is costs one unit less than to move it for nothing.
    model.minimize(
        sum(
            (2 * prices[route][vehicle] + (route != vehicle)) * drive
            for (route, vehicle), drive in drives.items()
        )
    )
    for (route, vehicle), drive in drives.items():
        model.add_hint(drive, route == vehicle)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return {route: vehicle for (route, vehicle), drive in drives.items() if solver.boolean_value(drive)}


def _known_visits(history: DriverHistory, routes: Routes) -> int:
    if not history.served.size:
        return 0
    return sum(int((history.served[route, v] > 0).sum()) for v, route in enumerate(routes) if route)
