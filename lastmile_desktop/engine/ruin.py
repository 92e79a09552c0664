"""Ruin and recreate: take neighbouring strings of stops out, put them back greedily, accept like annealing.

After Christiaens and Vanden Berghe, "Slack induction by string removals" (Transportation Science 2020), in
plain Python over the vectorised insertion test: about as many steps a second as OR-Tools' own version, for
the whole plan instead of a part, and with every rule a day can have.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from lastmile_desktop.engine.construct import insert_cheapest
from lastmile_desktop.engine.insertion import InsertionState
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.schedule import COST_UNITS_PER_CENT
from lastmile_desktop.engine.scoring import Routes, Scorer

#: Start and end temperature, in shares of the mean cost per stop (measured on days and academic instances).
_HOT, _COLD = 0.1, 0.001
#: Orders on no route that are tried again in each step.
_ABSENT_TRIED = 20
#: How often a removed order takes all orders of its van along.
_WHOLE_GROUP = 0.5


def ruin_and_recreate(
    problem: Problem,
    scorer: Scorer,
    routes: Routes,
    *,
    seed: int,
    progress: Callable[[int], float],
    locked: frozenset[int] = frozenset(),
    on_best: Callable[[Routes], None] | None = None,
    frozen: frozenset[int] = frozenset(),
) -> Routes:
    """Improve ``routes``; never worse. Orders in ``locked`` are not moved, and nothing joins the
    ``frozen`` beginnings of routes.

    ``progress(step)`` says how much of the search is done before each step, from 0 (hot) to 1 (stop). With a
    progress that only looks at the step the result is the same each time. ``on_best`` hears each better plan.
    """
    random = np.random.default_rng(seed)
    state = InsertionState(problem, routes, frozen)
    held = locked | frozen
    here = best_score = scorer.score(routes)
    best = [list(route) for route in routes]
    near = _Neighbours(problem)
    stops = sum(map(len, routes)) + problem.vehicle_count
    heat = scorer.cost_cents(routes) * COST_UNITS_PER_CENT / max(1, stops)
    step = 0
    while problem.order_count and (done := progress(step)) < 1.0:
        step += 1
        before = [list(route) for route in state.routes]
        absent = _absent(problem, state.routes)
        removed = _with_company(problem, near.strings(state.routes, random, held), random, held)
        state.remove(removed)
        for order in _sequence(problem, [*removed, *absent], random):
            insert_cheapest(state, order)
        score = scorer.score(state.routes)
        temperature = heat * _HOT * (_COLD / _HOT) ** done
        limit = here.units - temperature * math.log(1.0 - random.random())
        if score.broken <= here.broken and score.units < limit:
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


def _with_company(
    problem: Problem, removed: list[int], random: np.random.Generator, held: frozenset[int]
) -> list[int]:
    """Also the other halves of shipments, and now and then whole groups, which could not move otherwise."""
    taken = dict.fromkeys(removed)
    for order in removed:
        partner, group = int(problem.partner[order]), int(problem.group[order])
        if partner >= 0 and partner not in held:
            taken[partner] = None
        if group >= 0 and random.random() < _WHOLE_GROUP:
            taken.update(dict.fromkeys(np.flatnonzero(problem.group == group).tolist()))
    return [order for order in taken if order not in held]


def _absent(problem: Problem, routes: Routes) -> list[int]:
    """Some orders on no route."""
    if sum(map(len, routes)) == problem.order_count:
        return []
    planned = np.zeros(problem.order_count, dtype=np.bool_)
    for route in routes:
        planned[route] = True
    return [int(order) for order in np.flatnonzero(~planned)[:_ABSENT_TRIED]]


def _sequence(problem: Problem, orders: list[int], random: np.random.Generator) -> list[int]:
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

    def strings(self, routes: Routes, random: np.random.Generator, locked: frozenset[int]) -> list[int]:
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
