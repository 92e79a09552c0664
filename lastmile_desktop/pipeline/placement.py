"""Where on a route an order that is moved there by hand fits best."""

from __future__ import annotations

from collections.abc import Sequence

from lastmile_desktop.model import Assignment, DayState, RouteOrders
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.planning import Planner


def move_where_it_fits(
    planner: Planner, state: DayState, order_keys: Sequence[str], vehicle_key: str
) -> DayState:
    """Put orders on a vehicle's route, one after the other, each where it does least harm.

    Least harm: the least lateness on the route, then the lowest cost, then the shortest drive; the other
    orders keep their sequence. Tries every place with the evaluator. Raises KeyError for unknown keys.
    """
    for key in order_keys:
        before = best_neighbour(planner, state, key, vehicle_key)
        route = _route(state, vehicle_key)
        position = None if before is None else route.index(before)
        state = edits.move_orders(state, [key], vehicle_key, position)
    return state


def best_neighbour(planner: Planner, state: DayState, order_key: str, vehicle_key: str) -> str | None:
    """The order on the route that ``order_key`` is best served in front of; None = at the end."""
    from lastmile_desktop.engine.schedule import evaluate

    problem = planner.problem_for(state.day)
    others = [key for key in _route(state, vehicle_key) if key != order_key]
    best: tuple[tuple[int, int, int], int] | None = None
    for position in range(len(others), -1, -1):
        keys = (*others[:position], order_key, *others[position:])
        timetable = evaluate(problem, Assignment((RouteOrders(vehicle_key, keys),)), explain=False)
        harm = (timetable.totals.late_s, timetable.totals.cost_cents, timetable.totals.drive_s)
        if best is None or harm < best[0]:
            best = (harm, position)
    position = len(others) if best is None else best[1]
    return others[position] if position < len(others) else None


def _route(state: DayState, vehicle_key: str) -> tuple[str, ...]:
    for route in state.assignment.routes if state.assignment else ():
        if route.vehicle_key == vehicle_key:
            return route.order_keys
    return ()
