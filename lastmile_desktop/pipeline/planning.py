"""Plan a day, or work out anew what follows from a plan changed by hand: always timed, always checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lastmile_desktop.model import Assignment, Day, DayState, Timetable, TravelModel
from lastmile_desktop.pipeline.road_travel import travel_of, with_estimates_marked
from lastmile_desktop.pipeline.same_door import joined_stops

if TYPE_CHECKING:
    from lastmile_desktop.engine.problem import Problem
    from lastmile_desktop.engine.solve import Progress, SolveParams, Stop


class CannotPlanError(Exception):
    """No plan can be made; the message says why in one sentence for the dispatcher."""

    for_dispatcher = True


@dataclass(frozen=True)
class PlanResult:
    """The day with its plan, and what the planner has to say ("" or one sentence)."""

    state: DayState
    message: str
    iterations: int


class Planner:
    """Times, checks and plans days; keeps the travel matrix of the last day, which is dear to build.

    Not for use by several threads at once.
    """

    def __init__(self, travel: TravelModel | None = None) -> None:
        self._travel = travel
        self._day: Day | None = None
        self._problem: Problem | None = None
        self._asked: TravelModel | None = None

    def travel_for(self, day: Day) -> TravelModel:
        """The travel model that holds for a day. Raises CannotPlanError for settings that give no times."""
        if self._travel is not None:
            return self._travel
        _ensure_times(day)
        return travel_of(day.settings)

    def problem_for(self, day: Day) -> Problem:
        """The day as arrays; made anew when the day has changed, but travel only for places that are new."""
        travel = self.travel_for(day)
        if self._problem is None or travel != self._asked:
            from lastmile_desktop.engine.problem import build_problem

            self._problem, self._day, self._asked = build_problem(day, travel), day, travel
        elif self._day is not day:
            from lastmile_desktop.engine.replan.problem import extend_problem

            self._problem, self._day = extend_problem(self._problem, day, travel), day
        return self._problem

    def timed(self, state: DayState) -> DayState:
        """The state with the timetable of its assignment, checked. Without an assignment: as it is."""
        if state.assignment is None:
            self.prepare(state)
            return replace(state, timetable=None)
        return replace(state, timetable=self.timetable(state.day, state.assignment))

    def timetable(self, day: Day, assignment: Assignment, *, explain: bool = True) -> Timetable:
        """Evaluate an assignment and run the independent checker over what came out."""
        from lastmile_desktop.engine.checker.check import check
        from lastmile_desktop.engine.schedule import evaluate

        timetable = joined_stops(day, evaluate(self.problem_for(day), assignment, explain=explain))
        travel = self.travel_for(day)
        violations = check(day, timetable, travel, assignment)
        return with_estimates_marked(day, replace(timetable, violations=violations), travel)

    def prepare(self, state: DayState) -> None:
        """Open what the day's roads need and work out its lines, so that nobody waits for them later."""
        if not state.day.settings.region:
            return
        travel = self._travel or travel_of(state.day.settings)
        if state.timetable is not None:
            with_estimates_marked(state.day, state.timetable, travel)

    def plan(
        self,
        state: DayState,
        params: SolveParams,
        *,
        on_progress: Callable[[Progress], None],
        stop: Callable[[], Stop],
        keep_plan: bool = False,
        cluster_address: str = "",
    ) -> PlanResult:
        """Search a plan for the day; blocking. ``keep_plan`` starts from the plan on the table.

        With ``cluster_address`` (a Dask scheduler) a large day is planned on the machines of that cluster:
        its positions, times and amounts are sent there. Raises CannotPlanError with the reason, or
        ``engine.solve.SolveDiscarded``.
        """
        from lastmile_desktop.pipeline.far_planning import solve_anywhere

        ensure_plannable(state.day)
        problem = self._admitted(state.day)
        start = state.assignment if keep_plan or _has_locks(state) else None
        outcome = solve_anywhere(
            problem, params, cluster_address, start=start, on_progress=on_progress, stop=stop
        )
        planned = replace(
            state,
            assignment=outcome.assignment,
            timetable=self.timetable(state.day, outcome.assignment),
            solve_s=outcome.elapsed_s,
            solved_by=outcome.engine,
            certified=outcome.certificate.sentence if outcome.certificate is not None else "",
        )
        return PlanResult(planned, outcome.message, outcome.iterations)

    def _admitted(self, day: Day) -> Problem:
        """The problem, with at least one vehicle. Raises CannotPlanError."""
        from lastmile_desktop.engine.admit import BadTravel
        from lastmile_desktop.engine.admit_arrays import BadProblem

        try:
            problem = self.problem_for(day).admitted
        except (BadTravel, BadProblem) as error:
            raise CannotPlanError(str(error)) from error
        if not problem.vehicle_count:
            raise CannotPlanError(problem.unusable[0][1])
        return problem


def _ensure_times(day: Day) -> None:
    from lastmile_desktop.engine.admit import settings_fault

    fault = settings_fault(day.settings)
    if fault is not None:
        raise CannotPlanError(fault)


def ensure_plannable(day: Day) -> None:
    """Raise CannotPlanError, with what to do about it, when no plan at all can be made of this day."""
    if not day.orders:
        raise CannotPlanError("There are no orders to plan. Open an order sheet first.")
    if not any(depot.location for depot in day.depots):
        raise CannotPlanError(
            "No depot has a position. Add a sheet called Depot with a latitude and a longitude, "
            "or set the depot in Fleet."
        )
    if not any(vehicle.active for vehicle in day.vehicles):
        raise CannotPlanError(
            "No vehicle is in use today. Add a sheet called Vehicles, or tick one in Fleet."
        )
    if not any(order.location for order in day.orders):
        count = len(day.orders)
        who = "The only order waits" if count == 1 else f"All {count:,} orders wait"
        raise CannotPlanError(
            f"{who} for a position: the sheet has addresses but no coordinates. "
            "Add columns Latitude and Longitude, or place the orders on the map."
        )


def _has_locks(state: DayState) -> bool:
    return state.assignment is not None and bool(state.assignment.locked or state.assignment.frozen)
