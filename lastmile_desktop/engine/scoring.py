"""One number for how good a plan is: what every search minimises and every comparison uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lastmile_desktop.engine.belonging import Belonging
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.route_cost import BROKEN_RULE, broken_limits, search_units
from lastmile_desktop.engine.schedule import COST_UNITS_PER_CENT, rounded_cents
from lastmile_desktop.engine.timing import schedule_route

Routes = list[list[int]]


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """Compared in this order: what breaks a rule, then the price of all (cost and orders left out).

    ``broken`` adds up seconds late and over time, and counts other broken rules heavily; 0 = valid.
    ``units`` is the cost of driving with the search's prices, of overtime, lateness and uneven work, of
    wishes not met and of untidy areas, plus the penalties of the orders left out, in 1 / COST_UNITS_PER_CENT
    cents.
    """

    broken: int
    units: int


_CACHED_ROUTES = 50_000


class Scorer:
    """Scores plans of one problem; remembers routes, as most stay the same from one plan to the next."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._belonging = Belonging(problem)
        self._known: dict[tuple[int, ...], tuple[int, int]] = {}

    def score(self, routes: Sequence[Sequence[int]]) -> Score:
        """Score of a whole plan: one list of order indices for each vehicle."""
        broken = units = 0
        vehicle_of = np.full(self.problem.order_count, -1, dtype=np.int64)
        for vehicle, orders in enumerate(routes):
            if orders:
                route_broken, route_units = self.route(vehicle, orders)
                broken += route_broken
                units += route_units
                vehicle_of[list(orders)] = vehicle
        plan_broken, plan_units = self._belonging.of_plan(vehicle_of)
        left_out = int(self.problem.penalty_cents[vehicle_of < 0].sum())
        units += plan_units + left_out * COST_UNITS_PER_CENT
        return Score(broken + plan_broken * BROKEN_RULE, units)

    def cost_cents(self, routes: Sequence[Sequence[int]]) -> int:
        """Cost of driving with the search's prices, without penalties: what the progress curve shows."""
        return rounded_cents(sum(self.route(v, orders)[1] for v, orders in enumerate(routes) if orders))

    def route(self, vehicle: int, orders: Sequence[int]) -> tuple[int, int]:
        """(broken, units) of one route with at least one order."""
        key = (vehicle, *orders)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _CACHED_ROUTES:
                self._known.clear()
            found = self._known[key] = self._compute(vehicle, orders)
        return found

    def _compute(self, vehicle: int, orders: Sequence[int]) -> tuple[int, int]:
        problem = self.problem
        times = schedule_route(problem, vehicle, orders)
        units = search_units(problem, vehicle, times) + self._belonging.wishes_units(vehicle, orders)
        rules = self._belonging.broken_on_route(orders)
        rules += int((~problem.allowed[list(orders), vehicle]).sum())
        return broken_limits(problem, vehicle, times) + rules * BROKEN_RULE, units
