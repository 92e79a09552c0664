"""OR-Tools' routing model of (a part of) a problem: costs, times, loads and orders.

Every order stands in a disjunction, so that the solver always has an answer. Costs are in the units of
``Score``, exactly. ``ortools_rules`` adds who goes with whom and the goals, ``ortools_search`` searches,
``certify`` asks whether a given plan keeps the rules. All of them import ortools: solver process only.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp

from lastmile_desktop.engine.parts import Part
from lastmile_desktop.engine.problem import COST_UNITS_PER_CENT, FAR_S, NO_LIMIT, Ints, Problem
from lastmile_desktop.engine.scoring import Routes
from lastmile_desktop.engine.timing import schedule_route

UNITS_PER_KM_METRE = COST_UNITS_PER_CENT // 1000
UNITS_PER_HOUR_SECOND = COST_UNITS_PER_CENT // 3600
#: Later than every plan: a limit that does not bind, small enough for sums of it.
_NO_TIME_LIMIT_S = FAR_S


class RoutingModel:
    """The model of the vehicles and orders of ``part``; nodes are its orders, depots, then places to reload.

    ``index[k]`` is OR-Tools' index of the part's k-th order, ``local[order]`` that k, ``reloads[v]`` the
    indices of the visits at which the part's v-th vehicle may load again.
    """

    def __init__(self, problem: Problem, part: Part) -> None:
        from lastmile_desktop.engine.or_tools.routing_rules import add_rules

        self.problem, self.part = problem, part
        self.orders = part.orders
        self.count = len(self.orders)
        self._add_nodes()
        self.solver = self.model.solver()
        self.index = [self.manager.NodeToIndex(node) for node in range(self.count)]
        self.local = {order: node for node, order in enumerate(self.orders)}
        self.keep: list[Any] = []
        self._add_costs()
        self.time: Any = None
        if problem.timed or any(windows != ((0, FAR_S),) for windows in problem.windows):
            self._add_time()
        self._add_loads()
        self._add_distance()
        self._add_orders()
        self.stops = self._add_stops()
        add_rules(self)

    def per_vehicle(self, values: Ints) -> list[int]:
        """The entries of the part's vehicles."""
        return [int(values[vehicle]) for vehicle in self.part.vehicles]

    def _add_nodes(self) -> None:
        problem, vehicles = self.problem, self.part.vehicles
        depots = sorted({int(p) for v in vehicles for p in (problem.start_place[v], problem.end_place[v])})
        node_of = {place: self.count + number for number, place in enumerate(depots)}
        places = [*problem.order_place[list(self.orders)].tolist(), *depots]
        self.reload_nodes: list[list[int]] = []
        for vehicle, route in zip(vehicles, self.part.routes, strict=True):
            trips = min(int(problem.max_trips[vehicle]), max(2, len(route) + 2))
            self.reload_nodes.append(list(range(len(places), len(places) + trips - 1)))
            places += [int(problem.start_place[vehicle])] * (trips - 1)
        self.places = np.array(places, dtype=np.int64)
        self.square = np.ix_(self.places, self.places)
        self.manager = pywrapcp.RoutingIndexManager(
            len(places),
            len(vehicles),
            [node_of[int(problem.start_place[v])] for v in vehicles],
            [node_of[int(problem.end_place[v])] for v in vehicles],
        )
        self.model = pywrapcp.RoutingModel(self.manager)
        self.reloads = [[self.manager.NodeToIndex(node) for node in nodes] for nodes in self.reload_nodes]

    def _matrix(self, values: Ints) -> int:
        return int(self.model.RegisterTransitMatrix(values.tolist()))

    def _vector(self, of_orders: Ints, of_reloads: Sequence[int] | None = None) -> list[int]:
        """One value per node: the orders', 0 for depots, one per vehicle for its reloads."""
        values = [*of_orders.tolist(), *[0] * (len(self.places) - self.count)]
        for nodes, value in zip(self.reload_nodes, of_reloads or (), strict=False):
            for node in nodes:
                values[node] = int(value)
        return values

    def _add_costs(self) -> None:
        """Driving at the vehicle's price, and its price for each order where somebody else is preferred."""
        problem = self.problem
        metres = problem.distance_m[self.square].astype(np.int64)
        wishes = np.zeros((len(self.part.vehicles), len(self.places)), dtype=np.int64)
        wishes[:, : self.count] = problem.preference_cents[np.ix_(self.orders, self.part.vehicles)].T
        registered: dict[tuple[int, bytes], int] = {}
        for local, vehicle in enumerate(self.part.vehicles):
            per_km = int(problem.search_per_km_cents[vehicle])
            key = (per_km, wishes[local].tobytes())
            if key not in registered:
                wish = wishes[local] * COST_UNITS_PER_CENT
                registered[key] = self._matrix(metres * per_km * UNITS_PER_KM_METRE + wish[None, :])
            self.model.SetArcCostEvaluatorOfVehicle(registered[key], local)
            fixed = int(problem.search_fixed_cents[vehicle]) * COST_UNITS_PER_CENT
            self.model.SetFixedCostOfVehicle(fixed, local)

    def _add_time(self) -> None:
        problem = self.problem
        service = self._vector(problem.service_s[list(self.orders)], self.per_vehicle(problem.reload_s))
        drives = problem.travel_s[self.square].astype(np.int64)
        transit = self._matrix(drives + np.array(service, dtype=np.int64)[:, None])
        openings = [problem.windows[order][-1][0] for order in self.orders]
        days = self.per_vehicle(problem.latest_end_s) + self.per_vehicle(problem.earliest_start_s)
        horizon = max(days + openings)
        self.model.AddDimension(transit, horizon, horizon, False, "time")
        self.time = self.model.GetDimensionOrDie("time")
        self._add_windows(horizon)
        for local, vehicle in enumerate(self.part.vehicles):
            self._add_hours(local, vehicle, horizon)
            self._add_breaks(local, vehicle)

    def _add_windows(self, horizon: int) -> None:
        """Windows; lateness is charged behind the last one (before that OR-Tools cannot)."""
        problem = self.problem
        for node, order in enumerate(self.orders):
            windows = problem.windows[order]
            cumul = self.time.CumulVar(self.index[node])
            bound(cumul, max(0, windows[0][0]), min(windows[-1][1], horizon))
            for (_, end), (start, _) in pairwise(windows):
                cumul.RemoveInterval(end + 1, start - 1)
            price = int(problem.late_cents_per_hour[order]) * UNITS_PER_HOUR_SECOND
            due = problem.window_due[order][-1]
            if price and due < min(windows[-1][1], horizon):
                self.time.SetCumulVarSoftUpperBound(self.index[node], max(0, due), price)

    def _add_hours(self, local: int, vehicle: int, horizon: int) -> None:
        problem, time = self.problem, self.time
        start, end = self.model.Start(local), self.model.End(local)
        first, last = int(problem.earliest_start_s[vehicle]), int(problem.latest_start_s[vehicle])
        bound(time.CumulVar(start), first, last)
        bound(time.CumulVar(end), problem.earliest_end_s[vehicle], problem.latest_end_s[vehicle])
        if problem.max_duration_s[vehicle] < horizon:
            time.SetSpanUpperBoundForVehicle(int(problem.max_duration_s[vehicle]), local)
        per_hour = int(problem.search_per_hour_cents[vehicle]) * UNITS_PER_HOUR_SECOND
        time.SetSpanCostCoefficientForVehicle(per_hour, local)
        regular, overtime = int(problem.regular_end_s[vehicle]), int(problem.overtime_cents_per_hour[vehicle])
        if overtime and regular < problem.latest_end_s[vehicle]:
            time.SetCumulVarSoftUpperBound(end, regular, overtime * UNITS_PER_HOUR_SECOND)
        for index in self.reloads[local]:
            bound(time.CumulVar(index), 0, last - int(problem.reload_s[vehicle]))

    def _add_breaks(self, local: int, vehicle: int) -> None:
        """Breaks that do not overlap service.

        OR-Tools also lets them interrupt a drive, which a timetable does not (the wheel's Python side lacks
        the call that forbids it: google/or-tools issue 3788). So here they are a little too easy: in a search
        the evaluator has the last word, and ``certify`` asks CP-SAT about the routes that have any.
        """
        intervals = [
            self.solver.FixedDurationIntervalVar(
                rule.earliest_s, rule.latest_s, rule.duration_s, False, f"rest {local} {number}"
            )
            for number, rule in enumerate(self.problem.breaks[vehicle])
        ]
        if not intervals:
            return
        busy = [0] * self.model.Size()
        for index, order in zip(self.index, self.orders, strict=True):
            busy[index] = int(self.problem.service_s[order])
        for index in self.reloads[local]:
            busy[index] = int(self.problem.reload_s[vehicle])
        self.keep.append(intervals)
        self.time.SetBreakIntervalsOfVehicle(intervals, local, busy)

    def _add_loads(self) -> None:
        problem, orders = self.problem, list(self.orders)
        back = problem.is_pickup[orders]
        alone = problem.partner[orders] < 0
        for column in problem.load_dimensions:
            amounts = problem.demand[orders, column]
            limits = [
                min(limit, int(amounts.sum())) for limit in self.per_vehicle(problem.capacity[:, column])
            ]
            name = f"load {column}"
            if alone.all() and (back.all() or not back.any()):
                self._load_dimension(name, amounts, limits, from_zero=True)
                continue
            # Deliveries are all aboard at the start and only lone pickups come back: what is aboard at the
            # end of each trip equals what was collected, so that it starts with exactly its deliveries.
            self._load_dimension(name, np.where(back, amounts, -amounts), limits, from_zero=False)
            self._load_dimension(f"{name} back", np.where(back & alone, amounts, 0), limits, from_zero=True)
            aboard, returned = (self.model.GetDimensionOrDie(n) for n in (name, f"{name} back"))
            for local, limit in enumerate(limits):
                end = self.model.End(local)
                self.solver.Add(aboard.CumulVar(end) == returned.CumulVar(end))
                for index in self.reloads[local]:
                    active = self.model.ActiveVar(index)
                    left = aboard.CumulVar(index) - returned.CumulVar(index)
                    self.solver.Add(active * left == 0)
                    emptied = returned.CumulVar(index) - limit + returned.SlackVar(index)
                    self.solver.Add(active * emptied == 0)

    def _load_dimension(self, name: str, changes: Ints, limits: list[int], *, from_zero: bool) -> None:
        """A load that changes at the orders, and may become anything between trips."""
        change = self.model.RegisterUnaryTransitVector(self._vector(changes, [-limit for limit in limits]))
        slack = 2 * max(limits) if any(self.reloads) else 0
        self.model.AddDimensionWithVehicleCapacity(change, slack, limits, from_zero, name)
        if slack:
            dimension = self.model.GetDimensionOrDie(name)
            for index in (*self.index, *(self.model.Start(v) for v in range(len(self.part.vehicles)))):
                dimension.SlackVar(index).SetValue(0)

    def _add_distance(self) -> None:
        limits = self.per_vehicle(self.problem.max_distance_m)
        if min(limits) < NO_LIMIT:
            metres = self._matrix(self.problem.distance_m[self.square].astype(np.int64))
            self.model.AddDimensionWithVehicleCapacity(
                metres, 0, [min(limit, FAR_S) for limit in limits], True, "distance"
            )

    def _add_orders(self) -> None:
        problem = self.problem
        owner = {order: local for local, route in enumerate(self.part.routes) for order in route}
        for node, order in enumerate(self.orders):
            index = self.index[node]
            self.model.AddDisjunction([index], int(problem.penalty_cents[order]) * COST_UNITS_PER_CENT)
            allowed = problem.allowed[order, list(self.part.vehicles)]
            if order in self.part.locked:
                self.model.VehicleVar(index).SetValues([-1, owner[order]])
            elif not allowed.all():
                self.model.VehicleVar(index).SetValues([-1, *np.flatnonzero(allowed).tolist()])
        for local, indices in enumerate(self.reloads):
            for index in indices:
                self.model.AddDisjunction([index], 0)
                self.model.VehicleVar(index).SetValues([-1, local])

    def _add_stops(self) -> Any:
        """Orders served before: for the most stops, and for every rule of what comes before what."""
        limits = [min(limit, self.count) for limit in self.per_vehicle(self.problem.max_stops)]
        change = self.model.RegisterUnaryTransitVector(self._vector(np.ones(self.count, dtype=np.int64)))
        self.model.AddDimensionWithVehicleCapacity(change, 0, limits, True, "stops")
        return self.model.GetDimensionOrDie("stops")

    def nodes_of_plan(self) -> list[list[int]]:
        """The part's routes as OR-Tools' indices, reloads where the evaluator has them."""
        return [
            self.indices_of(local, route) if route else [] for local, route in enumerate(self.part.routes)
        ]

    def indices_of(self, local: int, route: Sequence[int]) -> list[int]:
        """One route as OR-Tools' indices, reloads where the evaluator has them."""
        trips: Routes = [list(route)]
        if self.reloads[local]:
            trips = schedule_route(self.problem, self.part.vehicles[local], route).trips
        indices = [self.index[self.local[order]] for order in trips[0]]
        for reload, trip in zip(self.reloads[local], trips[1:], strict=False):
            indices += [reload, *(self.index[self.local[order]] for order in trip)]
        return indices

    def price_of_plan(self) -> int | None:
        """What the part's routes cost in OR-Tools' timing, None when they break a rule of the model."""
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        self.model.CloseModelWithParameters(parameters)
        nodes = self.nodes_of_plan()
        for local, indices in enumerate(nodes):
            # Asked before, because OR-Tools would write about it to standard error.
            if not all(self.model.VehicleVar(index).Contains(local) for index in indices):
                return None
        solution = self.model.ReadAssignmentFromRoutes(nodes, True)
        if solution is None or self.read(solution) != [list(route) for route in self.part.routes]:
            return None
        return int(solution.ObjectiveValue())

    def read(self, solution: Any) -> Routes:
        """The routes of a solution, reloads left out: the evaluator places them."""
        routes: Routes = []
        for local in range(len(self.part.vehicles)):
            route: list[int] = []
            index = solution.Value(self.model.NextVar(self.model.Start(local)))
            while not self.model.IsEnd(index):
                node = self.manager.IndexToNode(index)
                if node < self.count:
                    route.append(self.orders[node])
                index = solution.Value(self.model.NextVar(index))
            routes.append(route)
        return routes


def bound(variable: Any, lowest: int, highest: int) -> None:
    """Limit a variable. Crossed bounds, which OR-Tools answers with an exception, become the lower one alone:
    the evaluator then finds what is wrong with the plan."""
    variable.SetRange(int(lowest), max(int(lowest), int(highest)))
