"""OR-Tools routing alone, in the simple setting that did best in our comparison: cheapest arc, then guided
local search; every stop in a disjunction, because without it there may be no plan at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from lastmile_desktop.engine.problem import NO_LIMIT, NO_WAY_S, Problem

_FAR = 2**40


def by_ortools(problem: Problem, left_s: Callable[[], float], seed: int) -> dict[int, list[int]] | None:
    """Routes (offered vehicle -> order indices), None when it found no plan. It has no seed."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    del seed
    manager, routing = _model(problem, pywrapcp)
    for order in range(problem.order_count):
        index = manager.NodeToIndex(order)
        if not problem.allowed[order].all():
            routing.VehicleVar(index).SetValues([-1, *np.flatnonzero(problem.allowed[order]).tolist()])
        other = int(problem.partner[order])
        if other < 0:
            routing.AddDisjunction([index], _penalty(problem, order))
        elif problem.is_pickup[order]:
            _add_pair(routing, manager, problem, order, other)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    parameters.time_limit.FromMilliseconds(max(10, int(1000 * left_s())))
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    routing.CloseModelWithParameters(parameters)
    parameters.time_limit.FromMilliseconds(max(10, int(1000 * left_s())))
    solution = routing.SolveWithParameters(parameters)
    if solution is None:
        return None
    routes: dict[int, list[int]] = {}
    for vehicle in range(problem.vehicle_count):
        index, orders = solution.Value(routing.NextVar(routing.Start(vehicle))), []
        while not routing.IsEnd(index):
            orders.append(manager.IndexToNode(index))
            index = solution.Value(routing.NextVar(index))
        if orders:
            routes[vehicle] = orders
    return routes


def _penalty(problem: Problem, order: int) -> int:
    return int(problem.penalty_cents[order])


def _model(problem: Problem, pywrapcp: Any) -> tuple[Any, Any]:
    """Nodes are the orders, then one for each depot."""
    depots = sorted({*problem.start_place.tolist(), *problem.end_place.tolist()})
    places = [*problem.order_place.tolist(), *depots]
    first = problem.order_count
    starts = [first + depots.index(place) for place in problem.start_place.tolist()]
    ends = [first + depots.index(place) for place in problem.end_place.tolist()]
    manager = pywrapcp.RoutingIndexManager(len(places), problem.vehicle_count, starts, ends)
    routing = pywrapcp.RoutingModel(manager)
    grid = np.ix_(places, places)
    lengths = problem.distance_m[grid].astype(np.int64)
    lengths[problem.duration_s[grid] >= NO_WAY_S] = _FAR // 1000
    by_price: dict[int, int] = {}
    for vehicle, price in enumerate(problem.search_per_km_cents.tolist()):
        if price not in by_price:
            by_price[price] = routing.RegisterTransitMatrix((lengths * price // 1000).tolist())
        routing.SetArcCostEvaluatorOfVehicle(by_price[price], vehicle)
        routing.SetFixedCostOfVehicle(int(problem.search_fixed_cents[vehicle]), vehicle)
    _add_loads(problem, routing)
    if problem.duration_s.any():
        _add_times(problem, routing, manager, grid)
    if (problem.max_distance_m < NO_LIMIT).any():
        limits = np.minimum(problem.max_distance_m, _FAR).tolist()
        transit = routing.RegisterTransitMatrix(lengths.tolist())
        routing.AddDimensionWithVehicleTransitAndCapacity([transit] * len(limits), 0, limits, True, "metres")
    return manager, routing


def _add_loads(problem: Problem, routing: Any) -> None:
    load, count = (
        problem.demand[:, 0],
        len(set(problem.start_place.tolist()) | set(problem.end_place.tolist())),
    )
    limits = np.minimum(problem.capacity[:, 0], _FAR).tolist()
    paired = problem.partner >= 0
    if paired.any():
        change = np.where(problem.is_pickup, load, -load)
        transit = routing.RegisterUnaryTransitVector([*change.tolist(), *[0] * count])
        routing.AddDimensionWithVehicleCapacity(transit, 0, limits, True, "load")
        return
    for name, sign in (("brings", ~problem.is_pickup), ("takes", problem.is_pickup)):
        if (load * sign).any():
            transit = routing.RegisterUnaryTransitVector([*(load * sign).tolist(), *[0] * count])
            routing.AddDimensionWithVehicleCapacity(transit, 0, limits, True, name)


def _add_times(problem: Problem, routing: Any, manager: Any, grid: Any) -> None:
    service = np.zeros(len(grid[0]), dtype=np.int64)
    service[: problem.order_count] = problem.service_s
    seconds = problem.duration_s[grid].astype(np.int64) + service[:, None]
    horizon = int(problem.latest_end_s.max())
    transit = routing.RegisterTransitMatrix(seconds.tolist())
    routing.AddDimension(transit, horizon, horizon, False, "time")
    dimension = routing.GetDimensionOrDie("time")
    for order, windows in enumerate(problem.windows):
        start, end = windows[0]
        if start <= min(end, horizon):
            dimension.CumulVar(manager.NodeToIndex(order)).SetRange(start, min(end, horizon))
    for vehicle in range(problem.vehicle_count):
        bounds = int(problem.earliest_start_s[vehicle]), int(problem.latest_end_s[vehicle])
        dimension.CumulVar(routing.Start(vehicle)).SetRange(*bounds)
        dimension.CumulVar(routing.End(vehicle)).SetRange(*bounds)
        if problem.max_duration_s[vehicle] < NO_LIMIT:
            dimension.SetSpanUpperBoundForVehicle(int(problem.max_duration_s[vehicle]), vehicle)


def _add_pair(routing: Any, manager: Any, problem: Problem, order: int, other: int) -> None:
    pickup, delivery = manager.NodeToIndex(order), manager.NodeToIndex(other)
    routing.AddPickupAndDelivery(pickup, delivery)
    routing.solver().Add(routing.VehicleVar(pickup) == routing.VehicleVar(delivery))
    time = routing.GetDimensionOrDie("time")
    routing.solver().Add(time.CumulVar(pickup) <= time.CumulVar(delivery))
    for index, each in ((pickup, order), (delivery, other)):
        routing.AddDisjunction([index], _penalty(problem, each))
