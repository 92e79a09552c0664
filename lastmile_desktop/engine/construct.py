"""A complete plan at once: orders one by one into the cheapest place that keeps every rule.

Several orders of going through the list are tried, and the best plan is then shaken a little by taking
neighbouring strings of stops out and putting them back (ruin and recreate), which mostly serves to get the
last orders onto a tight fleet. Fast enough to be the first plan a person sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from lastmile_desktop.engine.insertion import InsertionState
from lastmile_desktop.engine.problem import FAR_S, Ints, Problem
from lastmile_desktop.engine.scoring import Routes, Scorer

#: Places tried for one order when an exact check refuses the cheapest ones.
_TRIES = 5
#: From here on a quick first plan tries only the best sequences.
_MANY_ORDERS = 500


def first_plan(
    problem: Problem,
    scorer: Scorer,
    start: Sequence[Sequence[int]] | None = None,
    locked: frozenset[int] = frozenset(),
    *,
    quick: bool = False,
    seed: int = 1,
) -> Routes:
    """The best of several insertion plans; deterministic.

    ``start`` (a plan) competes, completed with its missing orders. All plans keep the ``locked`` orders of
    ``start`` on their vehicles and in their relative order. ``quick`` tries fewer sequences.
    """
    kept = [[order for order in route if order in locked] for route in start] if start else None
    plans: list[Routes] = []
    sequences = list(_sequences(problem, seed))
    if start:
        plans.append(insert_all(problem, sequences[0], start))
    few = 3 if problem.order_count > _MANY_ORDERS else len(sequences)
    plans.extend(insert_all(problem, sequence, kept) for sequence in sequences[: few if quick else None])
    return min(plans, key=scorer.score)


def insert_all(
    problem: Problem, sequence: Sequence[int], start: Sequence[Sequence[int]] | None = None
) -> Routes:
    """Insert the orders of ``sequence`` that are not in ``start`` yet, each at its cheapest allowed place."""
    state = InsertionState(problem, start)
    placed = {order for route in state.routes for order in route}
    waiting = [order for order in sequence if order not in placed]
    for order in waiting:
        insert_cheapest(state, order)
    return [list(route) for route in state.routes]


def insert_cheapest(state: InsertionState, order: int) -> bool:
    """Insert ``order`` at its cheapest allowed place, unless that costs more than leaving it out."""
    costs = state.costs(order)
    worth = float(state.problem.penalty_cents[order]) if state.problem.optional[order] else np.inf
    for _ in range(_TRIES):
        gap = int(costs.argmin()) if len(costs) else 0
        if not len(costs) or not costs[gap] < worth:
            return False
        if state.insert(order, gap):
            return True
        costs[gap] = np.inf
    return False


def _sequences(problem: Problem, seed: int) -> Iterator[list[int]]:
    """Orders in the ways worth trying: the hard ones always come first within each."""
    depot = int(problem.start_place[0]) if problem.vehicle_count else 0
    places = problem.order_place
    away = (
        problem.distance_m[depot, places].astype(np.int64) if problem.order_count else np.zeros(0, np.int64)
    )
    hard = _hardness(problem)
    starts, ends = problem.window_table
    closing, width = ends.max(axis=1), np.minimum(ends - starts, FAR_S).clip(0).sum(axis=1)
    size = problem.demand[:, problem.load_dimensions].sum(axis=1) if problem.load_dimensions else away
    by_angle = _sweep(problem, depot)
    keys: list[Ints] = [-away, width, by_angle, closing, -size]
    for key in keys:
        yield [int(order) for order in np.lexsort((key, hard))]
    random = np.random.default_rng(seed)
    for _ in range(3):
        yield [int(order) for order in np.lexsort((random.permutation(problem.order_count), hard))]


def _hardness(problem: Problem) -> Ints:
    """Lower = first: must-be-planned before optional, high priority first, few suitable vehicles first."""
    suitable = problem.allowed.sum(axis=1).astype(np.int64)
    return np.asarray(
        np.where(problem.optional, 10**6, -np.minimum(problem.penalty_cents, 10**12) // 10**6 * 10**3)
        + suitable,
        dtype=np.int64,
    )


def _sweep(problem: Problem, depot: int) -> Ints:
    """Rank of each order by direction from the depot; by distance from a far order without positions."""
    if not problem.order_count:
        return np.zeros(0, dtype=np.int64)
    centre = problem.locations[depot]
    spots = [problem.locations[int(place)] for place in problem.order_place]
    if centre is None or any(spot is None for spot in spots):
        return problem.distance_m[int(problem.order_place[0]), problem.order_place].astype(np.int64)
    angles = [
        np.arctan2(spot.lat - centre.lat, (spot.lon - centre.lon) * np.cos(np.radians(centre.lat)))
        for spot in spots
        if spot is not None
    ]
    return np.argsort(np.argsort(np.array(angles), kind="stable"), kind="stable").astype(np.int64)


def shake(
    problem: Problem,
    scorer: Scorer,
    routes: Routes,
    *,
    seed: int,
    steps: int | None,
    go_on: Callable[[], bool],
    locked: frozenset[int] = frozenset(),
    on_best: Callable[[Routes], None] | None = None,
) -> Routes:
    """Improve ``routes`` by ruin and recreate until ``steps`` are done or ``go_on`` says no; never worse.

    Each step takes some neighbouring stops out of their routes and puts them back greedily; a step that
    makes the plan slightly dearer is accepted while the search is young (threshold falls to nothing).
    """
    random = np.random.default_rng(seed)
    state = InsertionState(problem, routes)
    best, best_score = [list(route) for route in routes], scorer.score(routes)
    here = best_score
    near = _Neighbours(problem)
    width = max(1, here.units // max(1, problem.order_count) // 20) if steps else 0
    step = 0
    while (steps is None or step < steps) and problem.order_count and go_on():
        step += 1
        before = [list(route) for route in state.routes]
        removed = near.string_removal(state.routes, random, locked)
        absent = _absent(problem, state.routes)
        state.remove(removed)
        for order in _recreate_order(problem, [*removed, *absent], random):
            insert_cheapest(state, order)
        score = scorer.score(state.routes)
        slack = int(width * -np.log(random.random()) * max(0.0, 1 - step / steps)) if steps else 0
        if score.broken <= here.broken and score.units < here.units + slack:
            here = score
            if score < best_score:
                best, best_score = [list(route) for route in state.routes], score
                if on_best is not None:
                    on_best(best)
        else:
            for vehicle, route in enumerate(before):
                if route != state.routes[vehicle]:
                    state.set_route(vehicle, route)
    return best


def _absent(problem: Problem, routes: Routes) -> list[int]:
    planned = np.zeros(problem.order_count, dtype=np.bool_)
    for route in routes:
        planned[route] = True
    return [int(order) for order in np.flatnonzero(~planned)[:20]]


def _recreate_order(problem: Problem, orders: list[int], random: np.random.Generator) -> list[int]:
    """The removed orders in a drawn sequence: at random, heavy, far or tightly timed ones first."""
    chosen = np.array(orders, dtype=np.int64)
    draw = random.integers(11)
    if draw < 4:
        return [int(order) for order in random.permutation(chosen)]
    starts, ends = problem.window_table
    if draw < 6:
        key = -problem.demand[chosen].sum(axis=1)
    elif draw < 9:
        key = (ends[chosen] - starts[chosen]).clip(0).sum(axis=1)
    else:
        key = -problem.distance_m[problem.start_place[0], problem.order_place[chosen]].astype(np.int64)
    return [int(order) for order in chosen[np.argsort(key, kind="stable")]]


class _Neighbours:
    """Which orders lie near each other, and strings of neighbouring stops to take out."""

    _LIST = 60
    _STRING = 10
    _MEAN_REMOVED = 10

    def __init__(self, problem: Problem) -> None:
        places = problem.order_place
        self._lists: dict[int, list[int]] = {}
        self._problem = problem
        self._places = places

    def of(self, order: int) -> list[int]:
        """The orders nearest to ``order``, itself first."""
        found = self._lists.get(order)
        if found is None:
            place = int(self._places[order])
            both = (
                self._problem.distance_m[place, self._places] + self._problem.distance_m[self._places, place]
            )
            both[order] = -1
            count = min(self._LIST, len(both))
            nearest = np.argpartition(both, count - 1)[:count]
            found = [int(other) for other in nearest[np.argsort(both[nearest], kind="stable")]]
            self._lists[order] = found
        return found

    def string_removal(
        self, routes: Routes, random: np.random.Generator, locked: frozenset[int]
    ) -> list[int]:
        """Strings of stops, one from each of several routes around a random order (Christiaens 2020)."""
        where = {order: vehicle for vehicle, route in enumerate(routes) for order in route}
        if not where:
            return []
        used = sum(1 for route in routes if route)
        longest = min(float(self._STRING), len(where) / used)
        strings = int(random.random() * (4 * self._MEAN_REMOVED / (1 + longest) - 1) + 1)
        removed: list[int] = []
        ruined: set[int] = set()
        for order in self.of(int(random.integers(self._problem.order_count))):
            vehicle = where.get(order)
            if vehicle is None or vehicle in ruined:
                continue
            route = routes[vehicle]
            length = int(random.random() * min(longest, len(route)) + 1)
            at = route.index(order)
            first = int(random.integers(max(0, at - length + 1), min(at, len(route) - length) + 1))
            removed.extend(stop for stop in route[first : first + length] if stop not in locked)
            ruined.add(vehicle)
            if len(ruined) >= strings:
                break
        return removed
