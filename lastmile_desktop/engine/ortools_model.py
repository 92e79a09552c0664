"""OR-Tools' routing model of (a part of) a problem. The only file that imports ortools; solver process only.

Every order stands in a disjunction, so that the solver always has an answer. Two ways to search are offered:
its own ruin-and-recreate (iterated local search, the stronger one by measurement) and guided local search.
Both start exactly at a given plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from lastmile_desktop.engine.parts import Part
from lastmile_desktop.engine.problem import FAR_S, NO_LIMIT, Ints, Problem
from lastmile_desktop.engine.scoring import Routes

#: Costs in the model are thousandths of a cent.
_COST_SCALE = 1000


@dataclass(frozen=True)
class Effort:
    """How long to search: by the clock, and by a number of solutions where the result must repeat."""

    seconds: float
    solutions: int | None = None
    ruin_recreate: bool = True


def improve_part(problem: Problem, part: Part, effort: Effort) -> Routes | None:
    """Search from the plan in ``part``: new routes of its vehicles in their order, None without a result."""
    return _RoutingModel(problem, part).search(effort)


class _RoutingModel:
    def __init__(self, problem: Problem, part: Part) -> None:
        self._problem, self._part = problem, part
        self._orders = part.orders
        vehicles = np.array(part.vehicles, dtype=np.int64)
        count = len(self._orders)
        depots: list[int] = sorted(
            {int(p) for v in vehicles for p in (problem.start_place[v], problem.end_place[v])}
        )
        node_of = {place: count + index for index, place in enumerate(depots)}
        self._places = np.concatenate(
            [problem.order_place[list(self._orders)], np.array(depots, dtype=np.int64)]
        )
        self._manager = pywrapcp.RoutingIndexManager(
            len(self._places),
            len(vehicles),
            [node_of[int(problem.start_place[v])] for v in vehicles],
            [node_of[int(problem.end_place[v])] for v in vehicles],
        )
        self._model = pywrapcp.RoutingModel(self._manager)
        self._solver = self._model.solver()
        self._square = np.ix_(self._places, self._places)
        self._index = [self._manager.NodeToIndex(node) for node in range(count)]
        self._local = {order: node for node, order in enumerate(self._orders)}
        self._keep: list[Any] = []
        self._add_costs()
        if problem.timed:
            self._add_time()
        self._add_loads()
        self._add_distance()
        self._add_orders()
        self._add_counts()

    def _per_vehicle(self, values: Ints) -> list[int]:
        return [int(values[vehicle]) for vehicle in self._part.vehicles]

    def _matrix(self, values: Ints) -> int:
        return int(self._model.RegisterTransitMatrix(values.tolist()))

    def _add_costs(self) -> None:
        problem = self._problem
        metres = problem.distance_m[self._square].astype(np.int64)
        registered: dict[int, int] = {}
        for local, vehicle in enumerate(self._part.vehicles):
            per_km = int(problem.search_per_km_cents[vehicle])
            if per_km not in registered:
                registered[per_km] = self._matrix(metres * per_km * _COST_SCALE // 1000)
            self._model.SetArcCostEvaluatorOfVehicle(registered[per_km], local)
            self._model.SetFixedCostOfVehicle(int(problem.fixed_cents[vehicle]) * _COST_SCALE, local)

    def _add_time(self) -> None:
        problem, count = self._problem, len(self._orders)
        drives = problem.duration_s[self._square].astype(np.int64)
        service = np.zeros(len(self._places), dtype=np.int64)
        service[:count] = problem.service_s[list(self._orders)]
        transit = self._matrix(drives + service[:, None])
        openings = [problem.windows[order][0][0] for order in self._orders]
        days = self._per_vehicle(problem.latest_end_s) + self._per_vehicle(problem.earliest_start_s)
        horizon = max(days + openings)
        self._model.AddDimension(transit, horizon, horizon, False, "time")
        time = self._model.GetDimensionOrDie("time")
        for node, order in enumerate(self._orders):
            windows = problem.windows[order]
            cumul = time.CumulVar(self._index[node])
            _bound(cumul, max(0, windows[0][0]), min(windows[-1][1], horizon))
            for (_, end), (start, _) in pairwise(windows):
                cumul.RemoveInterval(end + 1, start - 1)
        for local, vehicle in enumerate(self._part.vehicles):
            start, end = self._model.Start(local), self._model.End(local)
            _bound(time.CumulVar(start), problem.earliest_start_s[vehicle], problem.latest_start_s[vehicle])
            _bound(time.CumulVar(end), problem.earliest_end_s[vehicle], problem.latest_end_s[vehicle])
            if problem.max_duration_s[vehicle] < horizon:
                time.SetSpanUpperBoundForVehicle(int(problem.max_duration_s[vehicle]), local)
            per_hour = int(problem.search_per_hour_cents[vehicle])
            time.SetSpanCostCoefficientForVehicle(round(per_hour * _COST_SCALE / 3600), local)
            self._add_breaks(time, local, vehicle)

    def _add_breaks(self, time: Any, local: int, vehicle: int) -> None:
        """Breaks that do not overlap service.

        OR-Tools also lets them interrupt a drive, which a timetable does not (the wheel's Python side lacks
        the call that forbids it: google/or-tools issue 3788), so the evaluator has the last word.
        """
        intervals = [
            self._solver.FixedDurationIntervalVar(
                rule.earliest_s, rule.latest_s, rule.duration_s, False, f"rest {local} {number}"
            )
            for number, rule in enumerate(self._problem.breaks[vehicle])
        ]
        if not intervals:
            return
        busy = [0] * self._model.Size()
        for index, order in zip(self._index, self._orders, strict=True):
            busy[index] = int(self._problem.service_s[order])
        self._keep.append(intervals)
        time.SetBreakIntervalsOfVehicle(intervals, local, busy)

    def _add_loads(self) -> None:
        problem, orders = self._problem, list(self._orders)
        for column in problem.load_dimensions:
            amounts = problem.demand[orders, column]
            back = problem.is_pickup[orders]
            limits = [
                min(limit, int(amounts.sum())) for limit in self._per_vehicle(problem.capacity[:, column])
            ]
            name = f"load {column}"
            if not back.any() or back.all():
                self._load_dimension(name, amounts, limits, from_zero=True)
                continue
            # Deliveries are all aboard at the start and only pickups come back: what is aboard at the end
            # equals what was picked up, which makes the start carry exactly the deliveries.
            self._load_dimension(name, np.where(back, amounts, -amounts), limits, from_zero=False)
            self._load_dimension(f"{name} back", np.where(back, amounts, 0), limits, from_zero=True)
            aboard, returned = (self._model.GetDimensionOrDie(n) for n in (name, f"{name} back"))
            for local in range(len(self._part.vehicles)):
                end = self._model.End(local)
                self._solver.Add(aboard.CumulVar(end) == returned.CumulVar(end))

    def _load_dimension(self, name: str, changes: Ints, limits: list[int], *, from_zero: bool) -> None:
        padded = [*changes.tolist(), *[0] * (len(self._places) - len(self._orders))]
        change = self._model.RegisterUnaryTransitVector(padded)
        self._model.AddDimensionWithVehicleCapacity(change, 0, limits, from_zero, name)

    def _add_distance(self) -> None:
        limits = self._per_vehicle(self._problem.max_distance_m)
        if min(limits) < NO_LIMIT:
            far = FAR_S
            metres = self._matrix(self._problem.distance_m[self._square].astype(np.int64))
            self._model.AddDimensionWithVehicleCapacity(
                metres, 0, [min(limit, far) for limit in limits], True, "distance"
            )

    def _add_orders(self) -> None:
        problem = self._problem
        all_vehicles = list(self._part.vehicles)
        owner = {order: local for local, route in enumerate(self._part.routes) for order in route}
        for node, order in enumerate(self._orders):
            index = self._index[node]
            self._model.AddDisjunction([index], int(problem.penalty_cents[order]) * _COST_SCALE)
            allowed = problem.allowed[order, all_vehicles]
            if order in self._part.locked:
                self._model.VehicleVar(index).SetValues([-1, owner[order]])
            elif not allowed.all():
                self._model.VehicleVar(index).SetValues([-1, *np.flatnonzero(allowed).tolist()])

    def _add_counts(self) -> None:
        """Most stops a route, and the relative order of locked orders."""
        limits = [min(limit, len(self._orders)) for limit in self._per_vehicle(self._problem.max_stops)]
        chains = [[o for o in route if o in self._part.locked] for route in self._part.routes]
        if min(limits) >= len(self._orders) and not any(len(chain) > 1 for chain in chains):
            return
        ones = np.ones(len(self._orders), dtype=np.int64)
        self._load_dimension("stops", ones, limits, from_zero=True)
        stops = self._model.GetDimensionOrDie("stops")
        for chain in chains:
            for first, second in pairwise(chain):
                earlier, later = (stops.CumulVar(self._index[self._local[o]]) for o in (first, second))
                self._solver.Add(earlier < later)

    def search(self, effort: Effort) -> Routes | None:
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.time_limit.FromMilliseconds(max(1, int(effort.seconds * 1000)))
        if effort.solutions is not None:
            parameters.solution_limit = effort.solutions
        run = self._ruin_and_recreate if effort.ruin_recreate else self._guided
        solution = run(parameters)
        return None if solution is None else self._read(solution)

    def _guided(self, parameters: Any) -> Any:
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        # Closing with these parameters first: otherwise the metaheuristic is lost with a given start.
        self._model.CloseModelWithParameters(parameters)
        nodes = [[self._index[self._local[order]] for order in route] for route in self._part.routes]
        start = self._model.ReadAssignmentFromRoutes(nodes, True)
        if start is None:
            return None
        return self._model.SolveFromAssignmentWithParameters(start, parameters)

    def _ruin_and_recreate(self, parameters: Any) -> Any:
        parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.EVALUATOR_STRATEGY
        search = parameters.iterated_local_search_parameters
        ruin = search.ruin_recreate_parameters
        del ruin.ruin_strategies[:]
        strings = ruin.ruin_strategies.add().sisr
        strings.max_removed_sequence_size, strings.avg_num_removed_visits, strings.bypass_factor = (
            10,
            10,
            0.01,
        )
        ruin.recreate_strategy.heuristic = routing_enums_pb2.FirstSolutionStrategy.LOCAL_CHEAPEST_INSERTION
        search.improve_perturbed_solution = False
        heat = search.reference_solution_acceptance_strategy.simulated_annealing
        share = self._present_cost() / (len(self._orders) + len(self._part.vehicles))
        heat.automatic_temperatures = False
        heat.initial_temperature, heat.final_temperature = max(1.0, 0.1 * share), max(0.01, 0.001 * share)
        successor = self._successors()
        # An evaluator that wants the given plan's arcs rebuilds that plan exactly as the first solution; this
        # search has no other way to be given one.
        self._model.SetFirstSolutionEvaluator(lambda i, j: 0 if successor.get(i) == j else 1)
        return self._model.SolveWithIteratedLocalSearch(parameters)

    def _present_cost(self) -> float:
        """What the routes of the part drive, roughly, in the model's unit."""
        problem, total = self._problem, 0.0
        for vehicle, route in zip(self._part.vehicles, self._part.routes, strict=True):
            if route:
                places = np.concatenate(
                    [
                        [problem.start_place[vehicle]],
                        problem.order_place[list(route)],
                        [problem.end_place[vehicle]],
                    ]
                )
                drive = problem.duration_s[places[:-1], places[1:]]
                metres = problem.distance_m[places[:-1], places[1:]]
                total += (
                    float(metres.sum()) * float(problem.search_per_km_cents[vehicle]) * _COST_SCALE / 1000
                )
                total += (
                    float(drive.sum()) * float(problem.search_per_hour_cents[vehicle]) * _COST_SCALE / 3600
                )
        return total

    def _successors(self) -> dict[int, int]:
        successor: dict[int, int] = {}
        for local, route in enumerate(self._part.routes):
            nodes = [
                self._model.Start(local),
                *(self._index[self._local[o]] for o in route),
                self._model.End(local),
            ]
            successor.update(pairwise(nodes))
        for order in self._part.spare:
            index = self._index[self._local[order]]
            successor[index] = index
        return successor

    def _read(self, solution: Any) -> Routes:
        routes: Routes = []
        for local in range(len(self._part.vehicles)):
            route: list[int] = []
            index = solution.Value(self._model.NextVar(self._model.Start(local)))
            while not self._model.IsEnd(index):
                route.append(self._orders[self._manager.IndexToNode(index)])
                index = solution.Value(self._model.NextVar(index))
            routes.append(route)
        return routes


def _bound(variable: Any, lowest: int, highest: int) -> None:
    """Limit a variable. Crossed bounds, which OR-Tools answers with an exception, become the lower one alone:
    the evaluator then finds what is wrong with the plan."""
    variable.SetRange(int(lowest), max(int(lowest), int(highest)))
