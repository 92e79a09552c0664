"""A quick lower bound for days of any size: every order has one predecessor and one successor.

The assignment relaxation of vehicle routing (Laporte, Mercure, Nobert 1986): subtours are allowed, loads and
times only rule out single legs, and there are no more departures than vehicles. Where capacity asks for a
number of routes, so many must leave; a plan with fewer leaves orders out and pays for that.
"""

from __future__ import annotations

import numpy as np

from lastmile_desktop.engine.bounds.pricing import possible_legs
from lastmile_desktop.engine.bounds.relaxed import FAR_COST, Kind, Relaxed
from lastmile_desktop.engine.problem import Ints

#: With more orders than this the dense assignment takes too long and too much memory.
MOST_ORDERS = 1500


def bound_by_assignment(relaxed: Relaxed) -> int | None:
    """Units that no plan goes below; None when nothing can be said (too many orders, or no solution)."""
    n = len(relaxed.price)
    if n > MOST_ORDERS:
        return None
    if not n or not relaxed.kinds:
        return int(relaxed.price.sum())
    vehicles = sum(kind.count for kind in relaxed.kinds)
    must_leave = min(_least_routes(relaxed.kinds), vehicles)
    copies = min(vehicles, n)
    # More copies than orders are never used; with those that must leave above, nothing else is feasible.
    bound = _assign(relaxed, copies, min(must_leave, copies))
    free = _assign(relaxed, copies, 0) if must_leave else bound
    if bound is None or free is None:
        return None
    # A plan of fewer routes leaves out at least one order that brings something.
    return max(free, min(bound, int(relaxed.price.min())))


def _least_routes(kinds: tuple[Kind, ...]) -> int:
    """Routes that all orders together need for what they bring; 0 where that is not known."""
    needed = 0
    first = kinds[0].brings
    if first is None or any(k.brings is None or not np.array_equal(k.brings, first) for k in kinds):
        return 0
    rooms = sorted((kind.most_amount for kind in kinds for _ in range(kind.count)), reverse=True)
    left = int(first.sum())
    while left > 0 and needed < len(rooms):
        left -= rooms[needed]
        needed += 1
    return needed


def _assign(relaxed: Relaxed, copies: int, must_leave: int) -> int | None:
    from ortools.graph.python import linear_sum_assignment

    n = len(relaxed.price)
    cost = np.full((n + copies, n + copies), FAR_COST, dtype=np.int64)
    for kind in relaxed.kinds:
        legs = np.full((n, n), FAR_COST, dtype=np.int64)
        arcs = possible_legs(relaxed, kind)
        legs[arcs] = kind.cost[arcs]
        cost[:n, :n] = np.minimum(cost[:n, :n], legs)
        cost[:n, n:] = np.minimum(cost[:n, n:], kind.end_cost[:, None])
        cost[n:, :n] = np.minimum(cost[n:, :n], kind.start_cost[None, :])
    alone = np.arange(n)
    cost[alone, alone] = relaxed.price
    cost[n + must_leave :, n:] = 0
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    left, right = np.nonzero(cost < FAR_COST)
    solver.add_arcs_with_cost(left.astype(np.int32), right.astype(np.int32), _scaled(cost[left, right]))
    if solver.solve() != solver.OPTIMAL:
        return None
    return int(solver.optimal_cost()) * _SCALE


#: The solver multiplies costs by the number of nodes: they are counted in this many units, rounded down.
_SCALE = 18_000


def _scaled(cost: Ints) -> Ints:
    scaled: Ints = cost // _SCALE
    return scaled
