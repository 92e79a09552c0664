"""What one route costs and which limits it breaks, given its times: all that depends on hours and trips."""

from __future__ import annotations

from collections.abc import Sequence

from lastmile_desktop.engine.loads import Amounts, board_loads
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scales import COST_UNITS_PER_CENT, NO_LIMIT
from lastmile_desktop.engine.walk import RouteTimes
from lastmile_desktop.model import EvenBy

#: How much a rule counts that is broken in another way than by seconds.
BROKEN_RULE = 10**6
_PER_KM_METRE = COST_UNITS_PER_CENT // 1000
_PER_HOUR_SECOND = COST_UNITS_PER_CENT // 3600


def trip_loads(problem: Problem, trips: Sequence[Sequence[int]]) -> list[list[Amounts]]:
    """What is on board at the start of each trip and after each of its orders."""
    return [board_loads(problem, trip) for trip in trips]


def paid_units(problem: Problem, vehicle: int, times: RouteTimes) -> int:
    """Money really paid for a route, in units of 1 / COST_UNITS_PER_CENT cents, exact."""
    return (
        int(problem.fixed_cents[vehicle]) * COST_UNITS_PER_CENT
        + times.distance_m * int(problem.per_km_cents[vehicle]) * _PER_KM_METRE
        + (times.end_s - times.start_s) * int(problem.per_hour_cents[vehicle]) * _PER_HOUR_SECOND
        + overtime_units(problem, vehicle, times)
    )


def overtime_units(problem: Problem, vehicle: int, times: RouteTimes) -> int:
    """Price of the overtime of a route."""
    return times.overtime_s * int(problem.overtime_cents_per_hour[vehicle]) * _PER_HOUR_SECOND


def search_units(problem: Problem, vehicle: int, times: RouteTimes) -> int:
    """What the search minimises of a route: prices, overtime, lateness and evenness."""
    length_s = times.end_s - times.start_s
    units = (
        int(problem.search_fixed_cents[vehicle]) * COST_UNITS_PER_CENT
        + times.distance_m * int(problem.search_per_km_cents[vehicle]) * _PER_KM_METRE
        + length_s * int(problem.search_per_hour_cents[vehicle]) * _PER_HOUR_SECOND
        + overtime_units(problem, vehicle, times)
    )
    if problem.has_lateness:
        units += sum(
            step.late_s * int(problem.late_cents_per_hour[step.order]) * _PER_HOUR_SECOND
            for step in times.steps
            if step.order >= 0 and step.late_s
        )
    if problem.even_units:
        orders = [step.order for step in times.steps if step.order >= 0]
        work = length_s // 60
        if problem.even_by is not EvenBy.HOURS:
            work = int(problem.even_share[orders].sum())
        units += problem.even_units * work * work
    return units


def broken_limits(problem: Problem, vehicle: int, times: RouteTimes) -> int:
    """Seconds that no price allows, and BROKEN_RULE for each limit of the route that is not kept."""
    trips = times.trips
    limits: list[int] = problem.capacity[vehicle].tolist()
    rules = times.no_way
    bound = [d for d in problem.load_dimensions if limits[d] < NO_LIMIT]
    if bound:
        loads = [load for trip in trip_loads(problem, trips) for load in trip]
        rules += sum(any(load[d] > limits[d] for load in loads) for d in bound)
    rules += sum(map(len, trips)) > int(problem.max_stops[vehicle])
    rules += times.distance_m > int(problem.max_distance_m[vehicle])
    rules += times.end_s - times.start_s > int(problem.max_duration_s[vehicle])
    return times.broken_s + rules * BROKEN_RULE
