"""Two searches of OR-Tools' own over a part of the plan, both from exactly the plan given.

Iterated local search by ruin and recreate (the stronger one by measurement where orders are free to go
anywhere) and guided local search (the stronger one where rules tie them down).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from lastmile_desktop.engine.or_tools.routing_model import (
    UNITS_PER_HOUR_SECOND,
    UNITS_PER_KM_METRE,
    RoutingModel,
)
from lastmile_desktop.engine.parts import Part, fits_horizon
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Routes

#: The clock is looked at and the caller's question asked once in so many looks of the solver.
_ASK_EVERY = 2_000


@dataclass(frozen=True)
class Effort:
    """How long to search: by the clock, and by numbers of solutions and of the solver's own looks at its
    limits where the result must repeat (both are counted, so the machine's speed changes nothing).

    Ruin and recreate heeds only the clock and the solutions (OR-Tools 9.15: its loop goes on after a
    CustomLimit, CancelSearch and FinishCurrentSearch, and its annealing cools by the clock), so only guided
    search can repeat or be stopped: give the other one seconds that can be waited for.
    """

    seconds: float
    solutions: int | None = None
    ruin_recreate: bool = True
    looks: int | None = None


def never() -> bool:
    """Go on searching."""
    return False


def improve_part(
    problem: Problem, part: Part, effort: Effort, stop: Callable[[], bool] = never
) -> Routes | None:
    """Search from the plan in ``part``: new routes of its vehicles in their order, None without a result.

    ``stop`` is asked many times a second; when True guided search ends with the best plan so far.
    """
    return _Search(RoutingModel(problem, part), effort, stop).run()


def cheapest_arcs(problem: Problem, seconds: float) -> Routes | None:
    """OR-Tools' first plan by PATH_CHEAPEST_ARC: from each stop on to the cheapest next; None without one.

    Worth little as a plan, much as a start: searches get stuck later from it than from insertion plans.
    """
    vehicles = tuple(range(problem.vehicle_count))
    orders = tuple(o for o in range(problem.order_count) if fits_horizon(problem, o))
    routing = RoutingModel(problem, Part(vehicles, tuple(() for _ in vehicles), orders))
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    parameters.solution_limit = 1
    parameters.time_limit.FromMilliseconds(max(1, int(seconds * 1000)))
    routing.model.CloseModelWithParameters(parameters)
    solution = routing.model.SolveWithParameters(parameters)
    return None if solution is None else routing.read(solution)


class _Search:
    def __init__(self, routing: RoutingModel, effort: Effort, stop: Callable[[], bool]) -> None:
        self._routing, self._model = routing, routing.model
        self._effort, self._stop = effort, stop
        self._looks = 0

    def run(self) -> Routes | None:
        """Search; the routes of the best solution."""
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.time_limit.FromMilliseconds(max(1, int(self._effort.seconds * 1000)))
        if self._effort.solutions is not None:
            parameters.solution_limit = self._effort.solutions
        run = self._ruin_and_recreate if self._effort.ruin_recreate else self._guided
        solution = run(parameters)
        return None if solution is None else self._routing.read(solution)

    def _look(self) -> bool:
        self._looks += 1
        if self._effort.looks is not None and self._looks >= self._effort.looks:
            return True
        return self._looks % _ASK_EVERY == 0 and self._stop()

    def _add_limit(self) -> None:
        # The object must live as long as the search does.
        self._limit = self._routing.solver.CustomLimit(self._look)
        self._model.AddSearchMonitor(self._limit)

    def _guided(self, parameters: Any) -> Any:
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        # Closing with these parameters first: otherwise the metaheuristic is lost with a given start.
        self._model.CloseModelWithParameters(parameters)
        self._add_limit()
        start = self._model.ReadAssignmentFromRoutes(self._routing.nodes_of_plan(), True)
        if start is None:
            return None
        return self._model.SolveFromAssignmentWithParameters(start, parameters)

    def _ruin_and_recreate(self, parameters: Any) -> Any:
        parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.EVALUATOR_STRATEGY
        search = parameters.iterated_local_search_parameters
        ruin = search.ruin_recreate_parameters
        del ruin.ruin_strategies[:]
        strings = ruin.ruin_strategies.add().sisr
        strings.max_removed_sequence_size, strings.avg_num_removed_visits = 10, 10
        strings.bypass_factor = 0.01
        ruin.recreate_strategy.heuristic = routing_enums_pb2.FirstSolutionStrategy.LOCAL_CHEAPEST_INSERTION
        search.improve_perturbed_solution = False
        heat = search.reference_solution_acceptance_strategy.simulated_annealing
        share = self._present_cost() / (self._routing.count + len(self._routing.part.vehicles))
        heat.automatic_temperatures = False
        heat.initial_temperature, heat.final_temperature = max(1.0, 0.1 * share), max(0.01, 0.001 * share)
        successor = self._successors()
        # An evaluator that wants the given plan's arcs rebuilds that plan exactly as the first solution; this
        # search has no other way to be given one.
        self._model.SetFirstSolutionEvaluator(lambda i, j: 0 if successor.get(i) == j else 1)
        return self._model.SolveWithIteratedLocalSearch(parameters)

    def _present_cost(self) -> float:
        """What the routes of the part drive, roughly, in the model's unit."""
        problem, total = self._routing.problem, 0.0
        for vehicle, route in zip(self._routing.part.vehicles, self._routing.part.routes, strict=True):
            if not route:
                continue
            stops = problem.order_place[list(route)]
            places = np.concatenate([[problem.start_place[vehicle]], stops, [problem.end_place[vehicle]]])
            drive_s = float(problem.travel_s[places[:-1], places[1:]].sum())
            metres = float(problem.distance_m[places[:-1], places[1:]].sum())
            total += metres * float(problem.search_per_km_cents[vehicle]) * UNITS_PER_KM_METRE
            total += drive_s * float(problem.search_per_hour_cents[vehicle]) * UNITS_PER_HOUR_SECOND
        return total

    def _successors(self) -> dict[int, int]:
        successor: dict[int, int] = {}
        for local, indices in enumerate(self._routing.nodes_of_plan()):
            successor.update(pairwise([self._model.Start(local), *indices, self._model.End(local)]))
        left_out = set(range(self._model.Size())) - set(successor)
        return successor | {index: index for index in left_out if not self._model.IsStart(index)}
