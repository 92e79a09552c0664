"""Rules of OR-Tools' routing model beyond times and loads: company, sequence, goals."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from ortools.constraint_solver import pywrapcp

from lastmile_desktop.model import EvenBy

if TYPE_CHECKING:
    from lastmile_desktop.engine.or_tools.routing_model import RoutingModel


def add_rules(routing: RoutingModel) -> None:
    """Add everything of this module to ``routing``."""
    _add_shipments(routing)
    _add_groups(routing)
    _add_positions(routing)
    _add_precedences(routing)
    _add_locks(routing)
    _add_evenness(routing)
    _add_tidiness(routing)


def _add_shipments(routing: RoutingModel) -> None:
    """Both halves on one vehicle, the pickup first, or neither planned."""
    problem, model, solver = routing.problem, routing.model, routing.solver
    for order in routing.orders:
        partner = int(problem.partner[order])
        if partner < 0:
            continue
        here = routing.index[routing.local[order]]
        if partner not in routing.local:
            model.ActiveVar(here).SetValue(0)
        elif problem.is_pickup[order]:
            there = routing.index[routing.local[partner]]
            model.AddPickupAndDelivery(here, there)
            solver.Add(model.VehicleVar(here) == model.VehicleVar(there))
            # Not while both are left out, where the ranks mean nothing.
            late = routing.stops.CumulVar(here) - routing.stops.CumulVar(there) + 1
            solver.Add(model.ActiveVar(here) * late <= 0)


def _add_groups(routing: RoutingModel) -> None:
    """All planned orders of a group on one vehicle."""
    problem, model, solver = routing.problem, routing.model, routing.solver
    members: dict[int, list[int]] = {}
    for order in routing.orders:
        if problem.group[order] >= 0:
            members.setdefault(int(problem.group[order]), []).append(routing.index[routing.local[order]])
    for indices in members.values():
        for number, here in enumerate(indices):
            for there in indices[number + 1 :]:
                apart = model.VehicleVar(here) != model.VehicleVar(there)
                solver.Add(model.ActiveVar(here) + model.ActiveVar(there) + apart <= 2)


def _add_positions(routing: RoutingModel) -> None:
    """No way into a "first" order from one that is not, none out of a "last" one to another."""
    position = routing.problem.position
    if not position[list(routing.orders)].any():
        return
    for order in routing.orders:
        following = routing.model.NextVar(routing.index[routing.local[order]])
        for other in routing.orders:
            too_early = position[order] != -1 and position[other] == -1
            if other != order and (too_early or (position[order] == 1 and position[other] != 1)):
                following.RemoveValue(routing.index[routing.local[other]])
                if any(routing.reloads):  # a visit to the depot between the two would hide their sequence
                    _precede(routing, other, order)


def _add_precedences(routing: RoutingModel) -> None:
    for first, second in routing.problem.before:
        if first in routing.local and second in routing.local:
            _precede(routing, first, second)


def _precede(routing: RoutingModel, first: int, second: int) -> None:
    """Where both orders are on one route, ``first`` comes first."""
    model = routing.model
    here, there = (routing.index[routing.local[order]] for order in (first, second))
    together = model.ActiveVar(here) * (model.VehicleVar(here) == model.VehicleVar(there))
    late = routing.stops.CumulVar(here) - routing.stops.CumulVar(there) + 1
    routing.solver.Add(together * late <= 0)


def _add_locks(routing: RoutingModel) -> None:
    """Locked orders keep their sequence, and a frozen beginning stays as it is."""
    part, model = routing.part, routing.model
    for local, route in enumerate(part.routes):
        chain = [order for order in route if order in part.locked]
        for first, second in pairwise(chain):
            earlier, later = (
                routing.stops.CumulVar(routing.index[routing.local[o]]) for o in (first, second)
            )
            routing.solver.Add(earlier < later)
        frozen = 0
        while frozen < len(route) and route[frozen] in part.frozen:
            frozen += 1
        indices = routing.indices_of(local, route) if frozen else []
        last = indices.index(routing.index[routing.local[route[frozen - 1]]]) if frozen else -1
        for here, there in pairwise([model.Start(local), *indices[: last + 1]]):
            model.NextVar(here).SetValue(there)


def _add_evenness(routing: RoutingModel) -> None:
    """A price on the square of each vehicle's stops, load or hours."""
    problem, vehicles = routing.problem, range(len(routing.part.vehicles))
    if not problem.even_units:
        return
    if problem.even_by is not EvenBy.HOURS:
        shares = problem.even_share[list(routing.orders)]
        padded = [*shares.tolist(), *[0] * (len(routing.places) - routing.count)]
        change = routing.model.RegisterUnaryTransitVector(padded)
        routing.model.AddDimension(change, 0, max(1, int(shares.sum())), True, "work")
        work = routing.model.GetDimensionOrDie("work")
        for local in vehicles:
            work.SetQuadraticCostSoftSpanUpperBoundForVehicle(
                pywrapcp.BoundCost(0, problem.even_units), local
            )
        return
    if routing.time is None:
        return
    a_second = problem.even_units / 3600
    for local in vehicles:
        if a_second >= 1:
            price = pywrapcp.BoundCost(0, round(a_second))
            routing.time.SetQuadraticCostSoftSpanUpperBoundForVehicle(price, local)
        else:
            # A price below one unit cannot be said squared: the slope at the usual length, from there on.
            usual_s = _usual_length_s(routing)
            price = pywrapcp.BoundCost(usual_s, max(1, round(2 * usual_s * a_second)))
            routing.time.SetSoftSpanUpperBoundForVehicle(price, local)


def _usual_length_s(routing: RoutingModel) -> int:
    problem, orders = routing.problem, list(routing.orders)
    legs = problem.travel_s[np.ix_(problem.order_place[orders], problem.order_place[orders])]
    work = int(problem.service_s[orders].sum()) + len(orders) * int(np.median(legs)) // 2
    return work // max(1, sum(1 for route in routing.part.routes if route))


def _add_tidiness(routing: RoutingModel) -> None:
    """A price for each pair of near orders on different routes."""
    problem = routing.problem
    if not problem.tidy_units:
        return
    for first, second in problem.tidy_pairs.tolist():
        if first in routing.local and second in routing.local:
            indices = [routing.index[routing.local[order]] for order in (first, second)]
            routing.model.AddSoftSameVehicleConstraint(indices, problem.tidy_units)
