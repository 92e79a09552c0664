"""Shipments in the insertion test: a pickup and its delivery go into a route together or not at all."""

from __future__ import annotations

import numpy as np

from lastmile_desktop.engine.insertion import InsertionState
from lastmile_desktop.engine.scales import COST_UNITS_PER_CENT, NO_WAY_S

#: Pairs of places that are scored exactly, the cheapest first, before a shipment is said not to fit.
_SCORED = 60
#: So many of the cheapest that fit compete: the order by single prices is only nearly that of pairs.
_COMPETING = 4


def insert_pair(state: InsertionState, order: int) -> bool:
    """Insert the shipment of ``order``, both halves on no route yet; False and nothing changed if that breaks
    a rule everywhere, or costs more than leaving it out."""
    problem, scorer = state.problem, state.scorer
    pickup, delivery = order, int(problem.partner[order])
    if not problem.is_pickup[order]:
        pickup, delivery = delivery, pickup
    halves = [pickup, delivery]
    worth = np.inf
    if problem.optional[halves].all():
        worth = float(problem.penalty_cents[halves].sum()) * COST_UNITS_PER_CENT
    extra = _company_units(state, halves)
    best: tuple[float, int, list[int]] | None = None
    found = 0
    for vehicle, first, second in _ranked_places(state, pickup, delivery):
        route = state.routes[vehicle]
        with_both = [*route[:first], pickup, *route[first:second], delivery, *route[second:]]
        broken, units = scorer.route(vehicle, with_both)
        broken_now, units_now = scorer.route(vehicle, route) if route else (0, 0)
        if broken > broken_now:
            continue
        added = units - units_now + extra[vehicle]
        if added < worth and (best is None or added < best[0]):
            best = (added, vehicle, with_both)
        found += 1
        if found == _COMPETING:
            break
    if best is None:
        return False
    state.set_route(best[1], best[2])
    return True


def _company_units(state: InsertionState, halves: list[int]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What tidiness adds on each vehicle; wishes are in the score of the route already."""
    units = np.zeros(state.problem.vehicle_count)
    for half in halves:
        cents = state.company.cents(half)
        if cents is not None:
            units += (cents - state.problem.preference_cents[half]) * COST_UNITS_PER_CENT
    return units


def _ranked_places(state: InsertionState, pickup: int, delivery: int) -> list[tuple[int, int, int]]:
    """(vehicle, position of the pickup, position of the delivery in the route as it is), by rough price."""
    problem = state.problem
    one, other = state.costs(pickup, half=True), state.costs(delivery, half=True)
    metres, drive = problem.distance_m, problem.duration_s
    from_p, to_d = int(problem.order_place[pickup]), int(problem.order_place[delivery])
    places: list[tuple[float, int, int, int]] = []
    for vehicle in np.unique(state.vehicle[: len(one)][np.isfinite(one)]).tolist():
        route = state.routes[vehicle]
        rough_p, rough_d = np.full(len(route) + 1, np.inf), np.full(len(route) + 1, np.inf)
        for rough, costs in ((rough_p, one), (rough_d, other)):
            rows = np.flatnonzero((state.vehicle[: len(costs)] == vehicle) & np.isfinite(costs))
            np.minimum.at(rough, state.position[rows], costs[rows])
        pairs = rough_p[:, None] + rough_d[None, :]
        pairs[np.tril_indices(len(route) + 1)] = np.inf
        # Both in one gap: the leg from the pickup to the delivery replaces one end of each detour.
        ends = [problem.start_place[vehicle], *problem.order_place[route], problem.end_place[vehicle]]
        spots = np.array(ends, dtype=np.int64)
        left, right = spots[:-1], spots[1:]
        far = metres[left, from_p] + metres[from_p, to_d] + metres[to_d, right] - metres[left, right]
        long = drive[left, from_p] + drive[from_p, to_d] + drive[to_d, right] - drive[left, right]
        together = far * state.per_metre[vehicle] + long * state.per_second[vehicle]
        if not route:
            together = together + float(problem.search_fixed_cents[vehicle])
        both = np.isfinite(rough_p) & np.isfinite(rough_d) & (long < NO_WAY_S)
        np.fill_diagonal(pairs, np.where(both, together, np.inf))
        firsts, seconds = np.nonzero(np.isfinite(pairs))
        places.extend(
            zip(pairs[firsts, seconds].tolist(), [vehicle] * len(firsts), firsts.tolist(), seconds.tolist(),
                strict=True)
        )  # fmt: skip
    places.sort()
    return [place[1:] for place in places[:_SCORED]]
