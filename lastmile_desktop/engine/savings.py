"""A plan by savings (Clarke and Wright 1964): routes are joined end to end where that saves the most.

Much better than inserting one by one when there are many orders for many similar vehicles. All joins are
judged for the fleet's most common vehicle; the routes are then given to the real vehicles, and what does not
fit is left to be inserted.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from lastmile_desktop.engine.problem import NO_WAY_S, Problem
from lastmile_desktop.engine.scoring import Routes, Scorer

#: Joins are considered with this many nearest orders of each.
_NEIGHBOURS = 30


def savings_plan(problem: Problem, scorer: Scorer) -> Routes:
    """Routes that keep every rule, perhaps with orders left out; needs an order and a vehicle."""
    vehicle = _typical_vehicle(problem)
    routes: dict[int, list[int]] = {}
    room = problem.capacity[vehicle]
    # Groups that share a vehicle are left to be inserted: here nobody knows yet who drives which route.
    for order in np.flatnonzero(problem.group < 0).tolist():
        if scorer.route(vehicle, [order])[0] == 0:
            routes[order] = [order]
    home = {order: order for order in routes}
    load = {order: problem.demand[order].copy() for order in routes}
    for first, second in _ranked_joins(problem, vehicle):
        one, other = home.get(first), home.get(second)
        if one is None or other is None or one == other:
            continue
        if routes[one][-1] != first or routes[other][0] != second:
            continue
        if (load[one] + load[other] > room).any():
            continue
        joined = routes[one] + routes[other]
        if scorer.route(vehicle, joined)[0]:
            continue
        for order in routes.pop(other):
            home[order] = one
        routes[one] = joined
        load[one] = load[one] + load.pop(other)
    return _given_out(problem, scorer, list(routes.values()))


def _typical_vehicle(problem: Problem) -> int:
    """The first vehicle of the most common place, hours and capacity."""
    kinds = [
        (
            int(problem.start_place[v]),
            int(problem.end_place[v]),
            int(problem.latest_end_s[v]) - int(problem.earliest_start_s[v]),
            *problem.capacity[v].tolist(),
        )
        for v in range(problem.vehicle_count)
    ]
    return kinds.index(Counter(kinds).most_common(1)[0][0])


def _ranked_joins(problem: Problem, vehicle: int) -> list[tuple[int, int]]:
    """Pairs (last of one route, first of the next), the largest saving first."""
    start, end = int(problem.start_place[vehicle]), int(problem.end_place[vehicle])
    per_metre = float(problem.search_per_km_cents[vehicle]) / 1000
    per_second = float(problem.search_per_hour_cents[vehicle]) / 3600
    places = problem.order_place
    count = min(_NEIGHBOURS, problem.order_count - 1)
    found: list[tuple[float, int, int]] = []
    for first in range(problem.order_count):
        place = int(places[first])
        metres = problem.distance_m[place, places].astype(np.float64)
        metres[first] = np.inf
        near = np.argpartition(metres, count)[:count] if count < len(metres) - 1 else np.arange(len(metres))
        for second in near.tolist():
            drive = int(problem.duration_s[place, places[second]])
            if second == first or drive >= NO_WAY_S:
                continue
            between = metres[second] * per_metre + drive * per_second
            home = float(problem.distance_m[place, end]) * per_metre
            home += float(problem.duration_s[place, end]) * per_second
            out = float(problem.distance_m[start, places[second]]) * per_metre
            out += float(problem.duration_s[start, places[second]]) * per_second
            found.append((between - home - out, first, second))
    return [(first, second) for _, first, second in sorted(found)]


def _given_out(problem: Problem, scorer: Scorer, routes: Routes) -> Routes:
    """The longest routes to the vehicles that can drive them for the least; the rest stays out."""
    plan: Routes = [[] for _ in range(problem.vehicle_count)]
    for route in sorted(routes, key=lambda r: (-len(r), r)):
        best: tuple[int, int] | None = None
        seen: set[tuple[int, int]] = set()
        for vehicle in range(problem.vehicle_count):
            if plan[vehicle]:
                continue
            broken, units = scorer.route(vehicle, route)
            if not broken and (best is None or units < best[0]):
                best = (units, vehicle)
            if (broken, units) in seen:
                break  # the rest is mostly alike: with many equal vehicles the first free one will do
            seen.add((broken, units))
        if best is not None:
            plan[best[1]] = route
    return plan
