"""The exact model of a tiny day for CP-SAT: one circuit for each vehicle, loads, who goes with whom, goals.

Imports ortools: only for the solver process and tests. Where the rules allow more than one timetable for the
same sequence of visits the model takes the cheapest, and what it cannot say exactly (second trips, traffic by
the hour) it makes easier than it is: its optimum is never above the price of any valid plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.or_tools.cp_sat import cp_model
from lastmile_desktop.engine.or_tools.optimum_times import add_times, needs_times
from lastmile_desktop.engine.problem import COST_UNITS_PER_CENT, NO_LIMIT, NO_WAY_S, Problem
from lastmile_desktop.engine.scoring import Routes
from lastmile_desktop.model import EvenBy

_PER_KM_METRE = COST_UNITS_PER_CENT // 1000
#: Stands for the depot in arcs: (vehicle, -1, order) leaves it, (vehicle, order, -1) comes back.
DEPOT = -1


@dataclass(frozen=True)
class ChainPrice:
    """Whether a sequence of orders can be driven at all, and the least price at which (None: not known)."""

    possible: bool
    units: int | None = None


def chain_price(
    problem: Problem, vehicle: int, route: Sequence[int], seconds: float, end_by_s: int | None = None
) -> ChainPrice | None:
    """CP-SAT's timing of one route, rests between drives and visits only; None when time was too short.

    The price is in the units of ``Score``, without what evenness and tidiness add. With ``end_by_s`` the
    route must be over by then.
    """
    if not problem.can_work[vehicle]:
        return ChainPrice(possible=False)
    exact = ExactModel(problem, (vehicle, route))
    if end_by_s is not None and vehicle in exact.back:
        exact.model.add(exact.back[vehicle] <= end_by_s)
    return exact.price(seconds)


class ExactModel:
    """CP-SAT model of one problem, or of one route of it (``chain``: vehicle and orders).

    ``arc[v, i, j]``: vehicle v goes from order i to order j (or DEPOT); ``on[v, i]``: order i is on vehicle
    v; ``used[v]``; ``planned[i]``; ``length[v]`` and ``back[v]`` in
    seconds; ``cost`` are terms of the price.
    """

    def __init__(self, problem: Problem, chain: tuple[int, Sequence[int]] | None = None) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.orders: Sequence[int] = range(problem.order_count)
        self.vehicles = [int(v) for v in range(problem.vehicle_count) if problem.can_work[v]]
        self._chain: set[tuple[int, int]] | None = None
        if chain is not None:
            self.vehicles, self.orders = [chain[0]], list(chain[1])
            self._chain = set(pairwise([DEPOT, *chain[1], DEPOT]))
        self.arc: dict[tuple[int, int, int], cp_model.IntVar] = {}
        self.on: dict[tuple[int, int], cp_model.IntVar] = {}
        self.used: dict[int, cp_model.IntVar] = {}
        self.planned: dict[int, cp_model.IntVar] = {}
        self.length: dict[int, cp_model.IntVar] = {}
        self.back: dict[int, cp_model.IntVar] = {}
        self.cost: list[cp_model.LinearExprT] = []
        for vehicle in self.vehicles:
            self._add_circuit(vehicle)
        self._add_orders()
        for vehicle in self.vehicles:
            self._add_limits(vehicle)
            if problem.max_trips[vehicle] <= 1:
                self._add_loads(vehicle)
        self._add_company()
        self._add_sequence()
        if needs_times(problem):
            add_times(self)
        if chain is None:
            self._add_goals()
            self._add_symmetry()
        for order in self.orders if chain is not None else ():
            self.model.add(self.planned[order] == 1)
        self.model.minimize(sum(self.cost))

    def solve(self, hint: Sequence[Sequence[int]], seconds: float) -> tuple[int, Routes | None] | None:
        """(bound in Score.units, best plan of the model or None); None when there was no time for a bound."""
        self._hint(hint)
        solver, status = self._solved(seconds)
        if status in (cp_model.UNKNOWN, cp_model.MODEL_INVALID, cp_model.INFEASIBLE):
            return None
        return round(solver.best_objective_bound), self._read(solver)

    def price(self, seconds: float) -> ChainPrice | None:
        """The least price of the model; None when there was no time to find out."""
        solver, status = self._solved(seconds)
        if status == cp_model.INFEASIBLE:
            return ChainPrice(possible=False)
        if status == cp_model.OPTIMAL:
            return ChainPrice(possible=True, units=round(solver.objective_value))
        return ChainPrice(possible=True) if status == cp_model.FEASIBLE else None

    def _solved(self, seconds: float) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        # All of it in the linear relaxation: a hundred times faster here, because hours are found by it and
        # not second by second.
        solver.parameters.linearization_level = 2
        return solver, solver.solve(self.model)

    def on_of(self, vehicle: int) -> dict[int, cp_model.IntVar]:
        """Orders that may be on a vehicle, with their literals."""
        return {order: on for (v, order), on in self.on.items() if v == vehicle}

    def arcs_of(self, vehicle: int) -> dict[tuple[int, int], cp_model.IntVar]:
        """Arcs that a vehicle may go, with their literals."""
        return {(i, j): arc for (v, i, j), arc in self.arc.items() if v == vehicle}

    def ends_of(self, vehicle: int, i: int, j: int) -> tuple[int, int]:
        """The places that an arc leads from and to."""
        problem = self.problem
        start = int(problem.start_place[vehicle] if i == DEPOT else problem.order_place[i])
        return start, int(problem.end_place[vehicle] if j == DEPOT else problem.order_place[j])

    def shortest(self, table: NDArray[np.int32], vehicle: int, ends: tuple[int, int]) -> int:
        """Entry of a (p, p) table for an arc; the way by the depot counts for who may reload."""
        direct = int(table[ends])
        if self.problem.max_trips[vehicle] <= 1:
            return direct
        depot = int(self.problem.start_place[vehicle])
        return min(direct, int(table[ends[0], depot]) + int(table[depot, ends[1]]))

    def _add_circuit(self, vehicle: int) -> None:
        problem, model = self.problem, self.model
        used = self.used[vehicle] = model.new_bool_var(f"used {vehicle}")
        circuit: list[tuple[int, int, cp_model.LiteralT]] = [(0, 0, used.negated())]
        metres: list[cp_model.LinearExprT] = []
        allowed = [order for order in self.orders if problem.allowed[order, vehicle]]
        for i in (DEPOT, *allowed):
            for j in (DEPOT, *allowed):
                ends = self.ends_of(vehicle, i, j)
                if i == j or problem.duration_s[ends] >= NO_WAY_S or self._out_of_place(i, j):
                    continue
                if self._chain is not None and (i, j) not in self._chain:
                    continue
                arc = self.arc[vehicle, i, j] = model.new_bool_var(f"arc {vehicle} {i} {j}")
                circuit.append((i + 1, j + 1, arc))
                metres.append(self.shortest(problem.distance_m, vehicle, ends) * arc)
        for order in allowed:
            on = self.on[vehicle, order] = model.new_bool_var(f"on {vehicle} {order}")
            circuit.append((order + 1, order + 1, on.negated()))
            model.add_implication(on, used)
        model.add_circuit(circuit)
        self.cost.append(int(problem.search_fixed_cents[vehicle]) * COST_UNITS_PER_CENT * used)
        self.cost.append(sum(metres) * int(problem.search_per_km_cents[vehicle]) * _PER_KM_METRE)
        if problem.max_distance_m[vehicle] < NO_LIMIT:
            model.add(sum(metres) <= int(problem.max_distance_m[vehicle]))

    def _out_of_place(self, i: int, j: int) -> bool:
        """True for an arc into a "first" order from one that is not, or out of a "last" one likewise."""
        position = self.problem.position
        if i == DEPOT or j == DEPOT:
            return False
        return bool((position[j] == -1 and position[i] != -1) or (position[i] == 1 and position[j] != 1))

    def _add_orders(self) -> None:
        """Each order is on one route or left out for its price; wishes have a price too."""
        for order in self.orders:
            chosen = {v: self.on[v, order] for v in self.vehicles if (v, order) in self.on}
            planned = self.planned[order] = self.model.new_bool_var(f"planned {order}")
            self.model.add(sum(chosen.values()) == planned)
            price = int(self.problem.penalty_cents[order]) * COST_UNITS_PER_CENT
            self.cost.append(price - price * planned)
            for vehicle, on in chosen.items():
                wish = int(self.problem.preference_cents[order, vehicle])
                if wish:
                    self.cost.append(wish * COST_UNITS_PER_CENT * on)

    def _add_limits(self, vehicle: int) -> None:
        if self.problem.max_stops[vehicle] < self.problem.order_count:
            self.model.add(sum(self.on_of(vehicle).values()) <= int(self.problem.max_stops[vehicle]))

    def _add_loads(self, vehicle: int) -> None:
        """Deliveries are aboard from the start, pickups from their stop on, shipments between theirs."""
        problem, model, on = self.problem, self.model, self.on_of(vehicle)
        for column in problem.load_dimensions:
            amounts = [int(amount) for amount in problem.demand[:, column]]
            limit = int(problem.capacity[vehicle, column])
            if limit >= sum(amounts):
                continue
            alone = [o for o in on if problem.partner[o] < 0]
            out = sum(amounts[o] * on[o] for o in alone if not problem.is_pickup[o])
            back = sum(amounts[o] * on[o] for o in alone if problem.is_pickup[o])
            model.add(out <= limit)
            model.add(back <= limit)
            if len({bool(problem.is_pickup[o]) for o in alone}) < 2 and len(alone) == len(on):
                continue
            aboard = {o: model.new_int_var(0, limit, f"load {column} {vehicle} {o}") for o in on}
            for (i, j), arc in self.arcs_of(vehicle).items():
                if j != DEPOT:
                    change = amounts[j] if problem.is_pickup[j] else -amounts[j]
                    before = out if i == DEPOT else aboard[i]
                    model.add(aboard[j] == before + change).only_enforce_if(arc)

    def _add_company(self) -> None:
        """Shipments and groups share a vehicle; both halves of a shipment are planned or neither."""
        problem, model = self.problem, self.model
        for a, b in combinations(self.orders, 2):
            together = problem.group[a] >= 0 and problem.group[a] == problem.group[b]
            if problem.partner[a] == b:
                model.add(self.planned[a] == self.planned[b])
                together = True
            for v in self.vehicles if together else ():
                for one, other in ((a, b), (b, a)):
                    if (v, one) in self.on:
                        present: cp_model.LinearExprT = self.on.get((v, other), 0)
                        model.add(present >= self.on[v, one] + self.planned[other] - 1)

    def _add_sequence(self) -> None:
        """Ranks along the routes, where some order must come before another."""
        problem, model = self.problem, self.model
        pairs = list(problem.before)
        pairs += [(a, int(problem.partner[a])) for a in self.orders if problem.partner[a] >= 0]
        pairs = [(a, b) for a, b in pairs if problem.partner[a] != b or problem.is_pickup[a]]
        if not pairs:
            return
        count = problem.order_count
        rank = {order: model.new_int_var(0, count - 1, f"rank {order}") for order in self.orders}
        for (_, i, j), arc in self.arc.items():
            if i != DEPOT and j != DEPOT:
                model.add(rank[j] >= rank[i] + 1).only_enforce_if(arc)
        for a, b in pairs:
            for v in self.vehicles if a in rank and b in rank else ():
                if (v, a) in self.on and (v, b) in self.on:
                    model.add(rank[b] >= rank[a] + 1).only_enforce_if([self.on[v, a], self.on[v, b]])

    def _add_goals(self) -> None:
        """Even days and tidy areas."""
        problem, model = self.problem, self.model
        for a, b in problem.tidy_pairs.tolist() if problem.tidy_units else ():
            split = model.new_bool_var(f"split {a} {b}")
            for v in self.vehicles:
                here = self.on.get((v, a), 0)
                there = self.on.get((v, b), 0)
                model.add(split >= here + self.planned[b] - there - 1)
            self.cost.append(problem.tidy_units * split)
        for vehicle in self.vehicles if problem.even_units else ():
            share = problem.even_share
            most = int(share.sum())
            work: cp_model.LinearExprT = sum(int(share[o]) * on for o, on in self.on_of(vehicle).items())
            if problem.even_by is EvenBy.HOURS:
                if vehicle not in self.length:
                    continue
                most = 2 * 24 * 60
                minutes = model.new_int_var(0, most, f"minutes {vehicle}")
                # Whole minutes, however they are rounded: at least those that are over.
                model.add(60 * minutes >= self.length[vehicle] - 59)
                work = minutes
            amount = model.new_int_var(0, most, f"work {vehicle}")
            model.add(amount == work)
            square = model.new_int_var(0, most * most, f"square {vehicle}")
            model.add_multiplication_equality(square, amount, amount)
            self.cost.append(problem.even_units * square)

    def _add_symmetry(self) -> None:
        """Vehicles that are alike are used in their order, so that no plan is searched twice."""
        from lastmile_desktop.engine.parts import same_kind

        for first, second in pairwise(self.vehicles):
            if same_kind(self.problem, first, second):
                self.model.add_implication(self.used[second], self.used[first])

    def _hint(self, routes: Sequence[Sequence[int]]) -> None:
        driven = {
            (vehicle, a, b)
            for vehicle, route in enumerate(routes)
            if route
            for a, b in pairwise([DEPOT, *route, DEPOT])
        }
        for key, arc in self.arc.items():
            self.model.add_hint(arc, key in driven)

    def _read(self, solver: cp_model.CpSolver) -> Routes:
        routes: Routes = [[] for _ in range(self.problem.vehicle_count)]
        after = {(v, i): j for (v, i, j), arc in self.arc.items() if solver.boolean_value(arc)}
        for vehicle in self.vehicles:
            here = after.get((vehicle, DEPOT), DEPOT)
            while here != DEPOT:
                routes[vehicle].append(here)
                here = after[vehicle, here]
        return routes
