"""What if there were more or fewer vans: the same day, planned with each number of them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lastmile_desktop.model import Assignment, Day, TravelModel, Vehicle
from lastmile_desktop.pipeline.planning import Planner, ensure_plannable

if TYPE_CHECKING:
    from lastmile_desktop.engine.executors import Executor, TaskResult
    from lastmile_desktop.engine.solve import SolveParams


@dataclass(frozen=True)
class WhatIf:
    """The day planned with ``vehicles`` vehicles. ``cost_cents`` counts the user's prices.

    ``day`` and ``assignment`` are the plan itself, to look at or to take over.
    """

    vehicles: int
    routes: int
    planned: int
    unassigned: int
    cost_cents: int
    distance_m: int
    duration_s: int
    day: Day
    assignment: Assignment


def plan_with_fleets(
    day: Day,
    counts: Sequence[int],
    params: SolveParams,
    executor: Executor,
    *,
    travel: TravelModel | None = None,
    on_done: Callable[[WhatIf], None] = lambda found: None,
    stop: Callable[[], bool] = lambda: False,
) -> list[WhatIf]:
    """One plan for each number of vehicles in ``counts``, in that order; blocking.

    Every plan is a task of its own for ``executor`` and gets the whole of ``params``. When ``stop`` says so,
    those that are ready are given. Raises CannotPlanError, WorkLostError, and ValueError for a count below 1.
    """
    from lastmile_desktop.engine.executors import Task, WorkStopped
    from lastmile_desktop.engine.schedule import assignment_of, evaluate

    ensure_plannable(day)
    days = [with_vehicles(day, count) for count in counts]
    problems = [Planner(travel).problem_for(one) for one in days]
    found: dict[int, WhatIf] = {}

    def take(number: int, result: TaskResult) -> None:
        assignment = assignment_of(problems[number], result.routes)
        totals = evaluate(problems[number], assignment, explain=False).totals
        found[number] = WhatIf(
            vehicles=counts[number],
            routes=totals.routes,
            planned=totals.planned,
            unassigned=totals.unassigned,
            cost_cents=totals.cost_cents,
            distance_m=totals.distance_m,
            duration_s=totals.duration_s,
            day=days[number],
            assignment=assignment,
        )
        on_done(found[number])

    with contextlib.suppress(WorkStopped):
        executor.run([Task(problem, params) for problem in problems], on_done=take, stop=stop)
    return [found[number] for number in sorted(found)]


def with_vehicles(day: Day, count: int) -> Day:
    """The day with the first ``count`` of its vehicles in use, and copies of the last where there are fewer.

    Raises ValueError for a count below 1 or a day without a vehicle in use.
    """
    used = [vehicle for vehicle in day.vehicles if vehicle.active]
    if count < 1 or not used:
        raise ValueError("a day is planned with at least one vehicle")
    fleet = [*used[:count], *_copies(used[-1], count - len(used), {vehicle.key for vehicle in day.vehicles})]
    return replace(day, vehicles=tuple(fleet))


def _copies(vehicle: Vehicle, count: int, taken: set[str]) -> list[Vehicle]:
    copies: list[Vehicle] = []
    number = 0
    while len(copies) < count:
        number += 1
        key = f"{vehicle.key}+{number}"
        if key not in taken:
            copies.append(replace(vehicle, key=key, name=f"{vehicle.name} (extra {len(copies) + 1})"))
    return copies
