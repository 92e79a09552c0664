"""The plan on the table while it is changed: putting orders in, and moving single ones, within the budget."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.insertion import InsertionState
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.replan.changes import ChangeBudget, Changes, count_changes, snapshot
from lastmile_desktop.engine.schedule import COST_UNITS_PER_CENT
from lastmile_desktop.engine.scoring import Routes, Scorer
from lastmile_desktop.engine.timing import schedule_route
from lastmile_desktop.model import Timetable

#: Cheapest places by estimate that are looked at exactly: for an order that must get in, and for one that
#: moves.
_EXACT_PLACES, _MOVE_PLACES = 12, 3
#: Places that are looked at when the cheapest ones pass the budget.
_BUDGET_PLACES = 150
#: Orders nearest to a change that may make room or move.
_NEARBY = 40


class PlanOnTable:
    """The best plan so far and what it is measured against. ``best`` are order indices per vehicle.

    ``waiting``: orders that want a place (new, changed, or their vehicle is gone), the hardest first.
    ``apart``: keys of the orders that do not count as changes. ``fixed``: orders that no move touches.
    ``head[v]``: stops at the start of a route that nothing may be put in front of. ``forced``: changes that
    there are even if nothing is planned anew; the budget makes room for them. ``held_by_budget``: orders that
    would fit if more were allowed to change.
    """

    def __init__(
        self,
        problem: Problem,
        before: Timetable,
        changed: frozenset[str],
        locked: frozenset[str],
        frozen: frozenset[str],
        budget: ChangeBudget,
    ) -> None:
        self.problem, self.scorer = problem, Scorer(problem)
        self._before = snapshot(before)
        self._starts: dict[tuple[int, ...], list[tuple[str, int]]] = {}
        self.best: Routes = [[] for _ in range(problem.vehicle_count)]
        index, keys, placed = problem.order_index, problem.order_keys, set[str]()
        own_vehicle: dict[int, int] = {}
        for key, stops in self._before.items():
            vehicle = problem.vehicle_index.get(key)
            for order_key, _ in stops:
                if order_key in placed:
                    raise ValueError(f"order {order_key!r} is on the plan twice")
                order = index.get(order_key)
                if vehicle is None or order is None:
                    continue
                if order_key in changed and order_key not in frozen:
                    own_vehicle[order] = vehicle
                    continue
                placed.add(order_key)
                self.best[vehicle].append(order)
        self.fixed = frozenset(index[key] for key in (locked | frozen) & placed)
        #: Locked orders that changed themselves get a new place on their own vehicle only.
        self.bound = {order: v for order, v in own_vehicle.items() if problem.order_keys[order] in locked}
        self.locked_keys = locked & frozenset(index)
        self.frozen_keys = frozen & placed
        still = frozenset(index[key] for key in frozen & placed)
        self.head = np.array([_leading(route, still) for route in self.best], dtype=np.int64)
        self.waiting = _hardest_first(problem, [index[key] for key in index if key not in placed])
        known = {key for stops in self._before.values() for key, _ in stops}
        self.apart = frozenset(changed) | (known - placed) | (frozenset(index) - known)
        self.start = [list(route) for route in self.best]
        self.budget = budget
        self.forced = self._all_changes()
        shifts = self.forced.shift_s
        self._forced_on = {
            vehicle: {keys[order]: shifts[keys[order]] for order in route if keys[order] in shifts}
            for vehicle, route in enumerate(self.start)
            if any(keys[order] in shifts for order in route)
        }
        self.budget = budget.widened(self.forced)
        self.best_rank = self._rank(self.best, self.forced)
        self.held_by_budget: set[int] = set()
        self.state = InsertionState(problem, self.best)

    def changes(self, routes: Sequence[Sequence[int]]) -> Changes:
        """What ``routes`` change in the plan on the table.

        Only routes that differ from the beginning are compared; the others have the forced shifts alone.
        """
        keys = self.problem.vehicle_keys
        differing = [v for v, orders in enumerate(routes) if orders != self.start[v]]
        before = {keys[v]: self._before.get(keys[v], ()) for v in differing}
        after = {keys[v]: self._timed(v, routes[v]) for v in differing if routes[v]}
        found = count_changes(before, after, self.apart, self.budget.shift_s)
        if not self._forced_on:
            return found
        still = [self._forced_on[v] for v in self._forced_on.keys() - set(differing)]
        shifts = {**found.shift_s, **{key: shift for each in still for key, shift in each.items()}}
        shifted = tuple(sorted(key for key, shift in shifts.items() if abs(shift) > self.budget.shift_s))
        return Changes(found.other_vehicle, found.moved, shifted, shifts)

    def _all_changes(self) -> Changes:
        after = {
            self.problem.vehicle_keys[vehicle]: self._timed(vehicle, orders)
            for vehicle, orders in enumerate(self.start)
            if orders
        }
        return count_changes(self._before, after, self.apart, self.budget.shift_s)

    def _timed(self, vehicle: int, orders: Sequence[int]) -> list[tuple[str, int]]:
        key = (vehicle, *orders)
        found = self._starts.get(key)
        if found is None:
            steps = schedule_route(self.problem, vehicle, orders).steps
            keys = self.problem.order_keys
            found = self._starts[key] = [
                (keys[step.order], step.start_s) for step in steps if step.order >= 0
            ]
        return found

    def keeps_heads(self, routes: Sequence[Sequence[int]]) -> bool:
        """True when the frozen beginnings of all routes are as they were."""
        return all(
            list(routes[vehicle][:count]) == self.start[vehicle][:count]
            for vehicle, count in enumerate(self.head.tolist())
            if count
        )

    def offer(self, routes: Routes) -> bool:
        """Take ``routes`` when they are better than the best plan and within the budget."""
        score = self.scorer.score(routes)
        if (score.broken, score.units) >= self.best_rank or not self.keeps_heads(routes):
            return False
        changes = self.changes(routes)
        rank = self._rank(routes, changes)
        if rank >= self.best_rank or not self.budget.allows(changes):
            return False
        for vehicle, orders in enumerate(routes):
            if orders != self.state.routes[vehicle]:
                self.state.set_route(vehicle, orders)
        self.best, self.best_rank = [list(route) for route in routes], rank
        return True

    def with_routes(self, changed: dict[int, list[int]]) -> Routes:
        """The best plan with some routes replaced."""
        return [changed.get(vehicle, orders) for vehicle, orders in enumerate(self.best)]

    def movable(self, order: int) -> bool:
        """True when the search may move ``order``."""
        return order not in self.fixed

    def _rank(self, routes: Sequence[Sequence[int]], changes: Changes) -> tuple[int, int]:
        """Broken rules first, then the price of all, each change at what it must save at least."""
        score = self.scorer.score(routes)
        price = self.budget.least_saving_cents * COST_UNITS_PER_CENT * len(changes.touched)
        return score.broken, score.units + price


def insert_waiting(table: PlanOnTable) -> None:
    """Put every waiting order in at its cheapest place; where none is free, move one order out of the way."""
    for order in table.waiting:
        inside = _best_insertion(table, order)
        if inside is not None and table.offer(inside):
            continue
        ejected = _best_ejection(table, order)
        taken = ejected is not None and table.offer(ejected)
        if not taken and (inside is not None or ejected is not None):
            table.held_by_budget.add(order)


def mend_routes(table: PlanOnTable) -> None:
    """Take orders off routes that are late or otherwise break a rule now, the most harmful first.

    Each goes where it fits elsewhere, or stays out when that still leaves less broken.
    """
    for vehicle in range(table.problem.vehicle_count):
        while table.best[vehicle] and table.scorer.route(vehicle, table.best[vehicle])[0]:
            route = table.best[vehicle]
            tries = [order for order in route if table.movable(order)]
            tries.sort(
                key=lambda order: (
                    table.scorer.route(vehicle, _without(route, order))[0] if len(route) > 1 else 0
                )
            )
            if not any(_take_off(table, vehicle, order) for order in tries):
                break


def _broken_without(table: PlanOnTable, vehicle: int, order: int) -> int:
    rest = _without(table.best[vehicle], order)
    return table.scorer.route(vehicle, rest)[0] if rest else 0


def _take_off(table: PlanOnTable, vehicle: int, order: int) -> bool:
    rest = _without(table.best[vehicle], order)
    table.state.set_route(vehicle, rest)
    places = [
        (to, position)
        for to, position in _places(table, order, _MOVE_PLACES)
        if to != vehicle or position != table.best[vehicle].index(order)
    ]
    plans = [table.with_routes(_put(table, {vehicle: rest}, order, place)) for place in places]
    plans.append(table.with_routes({vehicle: rest}))
    plans.sort(key=table.scorer.score)
    taken = any(table.offer(plan) for plan in plans)
    table.state.set_route(vehicle, table.best[vehicle])
    return taken


def relocate(table: PlanOnTable, deadline: float | None) -> None:
    """Move single orders near the change to better places, the best move first, while that pays.

    A steepest descent over relocations (Savelsbergh 1992), restricted to the neighbourhood of the change.
    """
    while True:
        near = nearby(table, _NEARBY)
        plans: list[tuple[tuple[int, int], Routes]] = []
        for order, vehicle, position in near:
            if deadline is not None and time.monotonic() > deadline:
                return
            plans.extend(_moves(table, order, vehicle, position))
        plans.sort(key=lambda plan: plan[0])
        if not any(table.offer(routes) for _, routes in plans):
            return


def _moves(
    table: PlanOnTable, order: int, vehicle: int, position: int
) -> Iterator[tuple[tuple[int, int], Routes]]:
    rest = _without(table.best[vehicle], order)
    table.state.set_route(vehicle, rest)
    for to, at in _places(table, order, _MOVE_PLACES + 1):
        if (to, at) == (vehicle, position):
            continue
        routes = table.with_routes(_put(table, {vehicle: rest}, order, (to, at)))
        score = table.scorer.score(routes)
        if (score.broken, score.units) < table.best_rank:
            yield (score.broken, score.units), routes
    table.state.set_route(vehicle, table.best[vehicle])


def nearby(table: PlanOnTable, count: int) -> list[tuple[int, int, int]]:
    """Orders on routes that may be moved, nearest to the waiting ones: (order, vehicle, position).

    Without waiting orders: those nearest to the gaps that the change has left, else all.
    """
    where = {
        order: (vehicle, position)
        for vehicle, route in enumerate(table.best)
        for position, order in enumerate(route)
        if table.movable(order) and order not in table.bound
    }
    orders = np.array(sorted(where), dtype=np.int64)
    if not len(orders):
        return []
    away = _distance_to(table, orders, _focus(table))
    chosen = orders[np.argsort(away, kind="stable")][:count]
    return [(int(order), *where[int(order)]) for order in chosen]


def _focus(table: PlanOnTable) -> list[int]:
    """Places where something changed: of waiting orders, else of the orders whose time has shifted most."""
    problem = table.problem
    if table.waiting:
        return [int(problem.order_place[order]) for order in table.waiting]
    shifts = table.forced.shift_s
    most = sorted(shifts, key=lambda key: -abs(shifts[key]))[:3]
    return [int(problem.order_place[problem.order_index[key]]) for key in most if key in problem.order_index]


def _distance_to(table: PlanOnTable, orders: NDArray[np.int64], focus: Sequence[int]) -> NDArray[np.int64]:
    problem = table.problem
    if not focus:
        return np.zeros(len(orders), dtype=np.int64)
    places, spots = problem.order_place[orders], np.array(sorted(set(focus)), dtype=np.int64)
    legs = (
        problem.distance_m[np.ix_(spots, places)].astype(np.int64)
        + problem.distance_m[np.ix_(places, spots)].T
    )
    seconds = problem.duration_s[np.ix_(spots, places)].astype(np.int64)
    away: NDArray[np.int64] = (legs + 10 * seconds).min(axis=0)
    return away


def _best_insertion(table: PlanOnTable, order: int) -> Routes | None:
    """The best plan with ``order`` in, of those within the budget; else the best of the others."""
    plans: list[Routes] = []
    for number, place in enumerate(_places(table, order, _BUDGET_PLACES)):
        routes = table.with_routes(_put(table, {}, order, place))
        plans.append(routes)
        # The cheapest places are compared exactly; of the rest the first that passes no limit will do.
        if number + 1 >= _EXACT_PLACES and any(table.budget.allows(table.changes(plan)) for plan in plans):
            break
        if number + 1 > _EXACT_PLACES:
            plans = plans[:_EXACT_PLACES]
    return _choose(table, plans)


def _best_ejection(table: PlanOnTable, order: int) -> Routes | None:
    """One order makes room for ``order`` and goes elsewhere: the best such plan, as ``_best_insertion``."""
    return _choose(table, _ejections(table, order))


def _ejections(table: PlanOnTable, order: int) -> Iterator[Routes]:
    only = table.bound.get(order)
    for other, vehicle, _ in nearby(table, _NEARBY):
        if (only is not None and vehicle != only) or other in table.waiting:
            continue
        rest = _without(table.best[vehicle], other)
        table.state.set_route(vehicle, rest)
        inside = [place for place in _places(table, order, _EXACT_PLACES) if place[0] == vehicle][:1]
        for place in inside:
            filled = _put(table, {vehicle: rest}, order, place)
            table.state.set_route(vehicle, filled[vehicle])
            for goal in _places(table, other, 2):
                yield table.with_routes(_put(table, filled, other, goal))
        table.state.set_route(vehicle, table.best[vehicle])


def _choose(table: PlanOnTable, plans: Iterable[Routes]) -> Routes | None:
    """The best plan by score that is within the budget, else the best at all; None when none is better."""
    broken, units = table.best_rank
    ranked: list[tuple[tuple[int, int], Routes]] = []
    for routes in plans:
        score = table.scorer.score(routes)
        if (score.broken, score.units) < (broken, units):
            ranked.append(((score.broken, score.units), routes))
    ranked.sort(key=lambda plan: plan[0])
    for _, routes in ranked:
        if table.budget.allows(table.changes(routes)):
            return routes
    return ranked[0][1] if ranked else None


def _places(table: PlanOnTable, order: int, count: int) -> list[tuple[int, int]]:
    """The cheapest (vehicle, position) for ``order`` by estimate, frozen beginnings left alone."""
    state = table.state
    costs = state.costs(order)
    vehicle, position = state.vehicle[: len(costs)], state.position[: len(costs)]
    costs = np.where(position < table.head[vehicle], np.inf, costs)
    only = table.bound.get(order)
    if only is not None:
        costs = np.where(vehicle == only, costs, np.inf)
    number = min(count, int(np.isfinite(costs).sum()))
    gaps = np.argsort(costs, kind="stable")[:number]
    return list(dict.fromkeys((int(vehicle[gap]), int(position[gap])) for gap in gaps))


def _put(
    table: PlanOnTable, routes: dict[int, list[int]], order: int, place: tuple[int, int]
) -> dict[int, list[int]]:
    vehicle, position = place
    route = routes.get(vehicle, table.best[vehicle])
    return {**routes, vehicle: [*route[:position], order, *route[position:]]}


def _without(route: Sequence[int], order: int) -> list[int]:
    return [other for other in route if other != order]


def _leading(route: Sequence[int], frozen: frozenset[int]) -> int:
    count = 0
    while count < len(route) and route[count] in frozen:
        count += 1
    return count


def _hardest_first(problem: Problem, orders: Sequence[int]) -> list[int]:
    """What matters most first, then what fewest vehicles can serve, then the remotest."""
    if not problem.vehicle_count:
        return list(orders)
    depot = int(problem.start_place[0])

    def key(order: int) -> tuple[int, int, int]:
        away = int(problem.distance_m[depot, int(problem.order_place[order])])
        return -int(problem.penalty_cents[order]), int(problem.allowed[order].sum()), -away

    return sorted(orders, key=key)
