"""A complete plan at once: orders one by one into the cheapest place that keeps every rule.

Several orders of going through the list are tried, and a plan by savings is completed. Fast enough to be
the first plan a person sees.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from lastmile_desktop.engine.insertion import InsertionState
from lastmile_desktop.engine.pairs import insert_pair
from lastmile_desktop.engine.problem import FAR_S, Ints, Problem
from lastmile_desktop.engine.savings import savings_plan
from lastmile_desktop.engine.scoring import Routes, Scorer

#: Places tried for one order when an exact check refuses the cheapest ones.
_TRIES = 5
#: From here on a quick first plan tries only the best sequences.
_MANY_ORDERS = 500
#: From here on it tries only the one by direction, the best of them for many routes (and savings).
_VERY_MANY_ORDERS = 2_000


def first_plan(
    problem: Problem,
    scorer: Scorer,
    start: Sequence[Sequence[int]] | None = None,
    locked: frozenset[int] = frozenset(),
    *,
    quick: bool = False,
    seed: int = 1,
    frozen: frozenset[int] = frozenset(),
) -> Routes:
    """The best of several insertion plans and one by savings; deterministic.

    ``start`` (a plan) competes, completed with its missing orders. All plans keep the ``locked`` orders of
    ``start`` on their vehicles and in their relative order, and its ``frozen`` beginnings as they are.
    ``quick`` tries fewer sequences.
    """
    held = locked | frozen
    kept = [[order for order in route if order in held] for route in start] if start else None
    plans: list[Routes] = []
    sequences = list(_sequences(problem, seed))
    if start:
        plans.append(insert_all(problem, sequences[0], start, frozen))
    if kept is None and problem.order_count > 1 and problem.vehicle_count:
        plans.append(insert_all(problem, sequences[0], savings_plan(problem, scorer)))
    if quick:
        sequences = _quick(problem, sequences)
    plans.extend(insert_all(problem, sequence, kept, frozen) for sequence in sequences)
    return min(plans, key=scorer.score)


def _quick(problem: Problem, sequences: list[list[int]]) -> list[list[int]]:
    """The sequences worth the time for a first plan."""
    if (problem.max_trips > 1).any():  # where to load again makes each try dear: let the search decide
        return sequences[:1]
    if problem.order_count > _VERY_MANY_ORDERS:
        return sequences[2:3]
    return sequences[:3] if problem.order_count > _MANY_ORDERS else sequences


def insert_all(
    problem: Problem,
    sequence: Sequence[int],
    start: Sequence[Sequence[int]] | None = None,
    frozen: Collection[int] = (),
) -> Routes:
    """Insert the orders of ``sequence`` that are not in ``start`` yet, each at its cheapest allowed place."""
    state = InsertionState(problem, start, frozen)
    placed = {order for route in state.routes for order in route}
    waiting = [order for order in sequence if order not in placed]
    for order in waiting:
        insert_cheapest(state, order)
    return [list(route) for route in state.routes]


def insert_cheapest(state: InsertionState, order: int) -> bool:
    """Insert ``order`` at its cheapest allowed place, unless that costs more than leaving it out.

    A shipment goes in as a whole; what is on a route already stays there.
    """
    if state.company.where[order] >= 0:
        return True
    partner = int(state.problem.partner[order])
    if partner >= 0 and state.company.where[partner] < 0:
        return insert_pair(state, order)
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
        row: Ints = problem.distance_m[int(problem.order_place[0]), problem.order_place].astype(np.int64)
        return row
    angles = [
        np.arctan2(spot.lat - centre.lat, (spot.lon - centre.lon) * np.cos(np.radians(centre.lat)))
        for spot in spots
        if spot is not None
    ]
    ranks: Ints = np.argsort(np.argsort(np.array(angles), kind="stable"), kind="stable").astype(np.int64)
    return ranks
