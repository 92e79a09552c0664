"""One planning run on a worker thread: asks the planner, reports four times a second, hears the two stops."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from lastmile_desktop.model import Assignment, DayState, Timetable
from lastmile_desktop.pipeline.planning import Planner, PlanResult
from lastmile_desktop.system.cores import search_workers

if TYPE_CHECKING:
    from lastmile_desktop.engine.solve import Progress, Stop
    from lastmile_desktop.ui.jobs import Job

#: The views are drawn at most this often while planning.
SHOW_EVERY_S = 0.25
#: Timing a live plan may take at most this share of the worker's time.
_SHARE = 4


class Wish(Enum):
    """What the person wants of a run."""

    GO = "go"
    FINISH = "finish"
    DISCARD = "discard"


@dataclass(frozen=True)
class Live:
    """How far a run is. ``timetable`` is None when only the figures have changed since the last report."""

    elapsed_s: float
    cost_cents: int
    unassigned: int
    assignment: Assignment | None = None
    timetable: Timetable | None = None


class Discarded(Exception):
    """The person threw the run away."""


class PlanRun:
    """The run's own planner and wish. ``wish`` is set on the GUI thread and read by the worker.

    ``cluster_address`` is asked on the worker, as it reads the program's settings.
    """

    def __init__(
        self,
        state: DayState,
        seconds: float,
        keep_plan: bool,
        cluster_address: Callable[[], str] = lambda: "",
    ) -> None:
        self.state, self.seconds, self.keep_plan = state, seconds, keep_plan
        self.wish = Wish.GO
        self._cluster_address = cluster_address
        self._planner = Planner()
        self._shown_at = 0.0
        self._timing_s = 0.0
        self._cost: int | None = None

    def work(self, job: Job) -> PlanResult:
        """Plan; blocking. Raises CannotPlanError, Discarded, or whatever made the search fail."""
        from lastmile_desktop.engine.solve import SolveDiscarded, SolveParams, Stop

        def stop() -> Stop:
            if self.wish is Wish.DISCARD or job.should_stop():
                return Stop.DISCARD
            return Stop.FINISH if self.wish is Wish.FINISH else Stop.GO

        params = SolveParams(
            seconds=self.seconds, seed=self.state.day.settings.seed, workers=search_workers()
        )
        try:
            return self._planner.plan(
                self.state,
                params,
                on_progress=lambda progress: self._report(job, progress),
                stop=stop,
                keep_plan=self.keep_plan,
                cluster_address=self._cluster_address(),
            )
        except SolveDiscarded as error:
            raise Discarded from error

    def _report(self, job: Job, progress: Progress) -> None:
        now = time.monotonic()
        wait_s = max(SHOW_EVERY_S, _SHARE * self._timing_s)
        if self.wish is not Wish.GO or now - self._shown_at < wait_s:
            return
        self._shown_at = now
        assignment, timetable = None, None
        if progress.assignment is not None and progress.cost_cents != self._cost:
            self._cost = progress.cost_cents
            assignment = progress.assignment
            timetable = self._planner.timetable(self.state.day, assignment, explain=False)
            self._timing_s = time.monotonic() - now
        job.report(Live(progress.elapsed_s, progress.cost_cents, progress.unassigned, assignment, timetable))
