"""From a decision to its consequences: the only place where an arrival, a load or a cost is computed."""

from __future__ import annotations

from collections.abc import Sequence

from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.route_cost import paid_units, trip_loads
from lastmile_desktop.engine.scales import COST_UNITS_PER_CENT as COST_UNITS_PER_CENT
from lastmile_desktop.engine.timing import schedule_route
from lastmile_desktop.engine.walk import Step
from lastmile_desktop.model import (
    Assignment,
    Load,
    RouteOrders,
    RouteTimetable,
    Timetable,
    Unassigned,
    UnassignedReason,
    Visit,
    VisitKind,
)


def evaluate(problem: Problem, assignment: Assignment, *, explain: bool = True) -> Timetable:
    """The timetable that follows from ``assignment``, whatever rules it breaks.

    Every order of the problem is on a route or in ``unassigned``; with ``explain`` each of these is told the
    rule that keeps it off (this tries insertions, within a time budget), otherwise they carry a short
    placeholder. Orders and vehicles that the problem does not know (deleted, switched off, without a
    position) are passed over. Vehicles with no orders have no route. ``cost_cents`` counts the user's prices.
    Raises ValueError when an order is on two places of the plan, and BadProblem for arrays that are none.
    """
    problem = problem.admitted
    routes = routes_of(problem, assignment)
    timetables = [
        _route_timetable(problem, vehicle, orders) for vehicle, orders in enumerate(routes) if orders
    ]
    frozen = frozenset(problem.order_index[key] for key in assignment.frozen if key in problem.order_index)
    unassigned = _unassigned(problem, routes, frozen, explain=explain)
    return Timetable(tuple(timetables), unassigned, problem.source)


def routes_of(problem: Problem, assignment: Assignment) -> list[list[int]]:
    """Order indices per vehicle of the problem. Raises ValueError when an order stands twice."""
    routes: list[list[int]] = [[] for _ in range(problem.vehicle_count)]
    seen: set[str] = set()
    for route in assignment.routes:
        vehicle = problem.vehicle_index.get(route.vehicle_key)
        for key in route.order_keys:
            if key in seen:
                raise ValueError(f"order {key!r} is on the plan twice")
            seen.add(key)
            order = problem.order_index.get(key)
            if vehicle is not None and order is not None:
                routes[vehicle].append(order)
    return routes


def assignment_of(
    problem: Problem,
    routes: Sequence[Sequence[int]],
    locked: frozenset[str] = frozenset(),
    frozen: frozenset[str] = frozenset(),
) -> Assignment:
    """The assignment of order indices per vehicle; vehicles without orders are left out."""
    return Assignment(
        tuple(
            RouteOrders(problem.vehicle_keys[vehicle], tuple(problem.order_keys[order] for order in orders))
            for vehicle, orders in enumerate(routes)
            if orders
        ),
        locked,
        frozen,
    )


def _route_timetable(problem: Problem, vehicle: int, orders: Sequence[int]) -> RouteTimetable:
    times = schedule_route(problem, vehicle, orders)
    loads = [load for trip in trip_loads(problem, times.trips) for load in trip]
    visits: list[Visit] = []
    served = 0
    for step in times.steps:
        served += step.rest < 0  # a reload leaves with the load at the start of its trip
        visits.append(_visit(problem, step, Load(*loads[served])))
    return RouteTimetable(
        vehicle_key=problem.vehicle_keys[vehicle],
        visits=tuple(visits),
        start_s=times.start_s,
        end_s=times.end_s,
        last_drive_s=times.last_drive_s,
        last_distance_m=times.last_distance_m,
        start_load=Load(*loads[0]),
        peak_load=Load(*(max(column) for column in zip(*loads, strict=True))),
        cost_cents=rounded_cents(paid_units(problem, vehicle, times)),
        overtime_s=times.overtime_s,
    )


def rounded_cents(units: int) -> int:
    """Whole cents, half a cent upwards."""
    return (units + COST_UNITS_PER_CENT // 2) // COST_UNITS_PER_CENT


def _visit(problem: Problem, step: Step, load: Load) -> Visit:
    kind = VisitKind.RELOAD if step.rest < 0 else VisitKind.BREAK
    if step.order >= 0:
        kind = VisitKind.PICKUP if problem.is_pickup[step.order] else VisitKind.DELIVERY
    return Visit(
        kind=kind,
        order_keys=(problem.order_keys[step.order],) if step.order >= 0 else (),
        location=problem.locations[step.place],
        drive_s=step.drive_s,
        distance_m=step.distance_m,
        arrive_s=step.arrive_s,
        start_s=step.start_s,
        leave_s=step.leave_s,
        late_s=step.late_s,
        load=load,
        setup_s=step.setup_s,
    )


def _unassigned(
    problem: Problem, routes: list[list[int]], frozen: frozenset[int], *, explain: bool
) -> tuple[Unassigned, ...]:
    planned = {order for orders in routes for order in orders}
    left_out = [order for order in range(problem.order_count) if order not in planned]
    if explain and left_out:
        from lastmile_desktop.engine.explain.left_out import explain_left_out

        return (*explain_left_out(problem, routes, left_out, frozen=frozen), *problem.set_aside)
    plain = [
        Unassigned(
            problem.order_keys[order],
            UnassignedReason.DROPPED,
            f"{problem.order_ids[order]} is on no route yet.",
        )
        for order in left_out
    ]
    return (*plain, *problem.set_aside)
