"""Planning as the window sees it: start, live plan, finish or discard, and what is left when it fails."""

from __future__ import annotations

import logging
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from lastmile_desktop.model import DayState, wording
from lastmile_desktop.pipeline.planning import CannotPlanError, PlanResult, ensure_plannable
from lastmile_desktop.ui.jobs import Job, Jobs
from lastmile_desktop.ui.planning.run import Discarded, Live, PlanRun, Wish
from lastmile_desktop.ui.session import Change, Notice, Session
from lastmile_desktop.ui.shown_day import ShownDay

log = logging.getLogger(__name__)


class PlanningController(QObject):
    """Runs one plan at a time. The day is untouched until the run is done."""

    started = Signal(float)
    """Emitted with the seconds that the run may take."""
    progressed = Signal(object)
    """Emitted with a `Live`."""
    finished = Signal(bool)
    """Emitted when no run is on any more; True when there is a new plan."""
    notice = Signal(object)
    result = Signal(object)
    """Emitted with the `Notice` that says what the new plan is like."""

    def __init__(self, session: Session, shown: ShownDay, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._shown, self._jobs = session, shown, jobs
        self._run: PlanRun | None = None
        self._job: Job | None = None
        session.changed.connect(self._day_changed)

    @property
    def running(self) -> bool:
        """True while a plan is searched."""
        return self._run is not None

    def plan(self, keep_plan: bool = False, seconds: float | None = None) -> None:
        """Search a plan; with ``keep_plan`` start from the one on the table."""
        if self._run is not None:
            return
        state = self._session.state
        try:
            ensure_plannable(state.day)
        except CannotPlanError as error:
            self.notice.emit(Notice(str(error), "warning"))
            return
        firm = self._session.firm
        run = PlanRun(
            state,
            seconds or state.day.settings.plan_seconds,
            keep_plan,
            lambda: firm.settings().cluster_address,
        )
        self._run = run
        self.started.emit(run.seconds)
        self._job = self._jobs.run(
            run.work,
            lambda result: self._done(run, result),
            lambda error: self._failed(run, error),
            lambda live: self._progress(run, live),
        )

    def finish_now(self) -> None:
        """Stop searching and keep the best plan so far."""
        if self._run is not None and self._run.wish is Wish.GO:
            self._run.wish = Wish.FINISH

    def discard(self) -> None:
        """Stop searching and go back to the plan from before, at once."""
        run = self._run
        if run is not None:
            run.wish = Wish.DISCARD
            self._end(False)
            self._shown.end_preview()
            kept = "The plan from before is kept." if run.state.timetable else "The day is as it was."
            self.notice.emit(Notice(f"Planning was discarded. {kept}"))

    def _progress(self, run: PlanRun, live: Live) -> None:
        if run is not self._run or run.wish is Wish.DISCARD:
            return
        if live.assignment is not None and live.timetable is not None:
            self._shown.preview(live.assignment, live.timetable)
        self.progressed.emit(live)

    def _done(self, run: PlanRun, result: PlanResult) -> None:
        if run is not self._run:
            return
        found = result.state

        def take(state: DayState) -> DayState:
            return replace(
                state,
                assignment=found.assignment,
                timetable=found.timetable,
                solve_s=found.solve_s,
                solved_by=found.solved_by,
                certified=found.certified,
            )

        if found.assignment is not None and found.timetable is not None:
            self._shown.preview(found.assignment, found.timetable)

        def taken() -> None:
            self._shown.end_preview()
            self._end(True)
            self.result.emit(_result_line(self._session.state, result.message))

        name = "Improve plan" if run.keep_plan else "Plan"
        self._session.do(name, take, after=taken)

    def _failed(self, run: PlanRun, error: Exception) -> None:
        if run is not self._run:
            return
        self._shown.end_preview()
        self._end(False)
        if isinstance(error, Discarded):
            return
        if isinstance(error, CannotPlanError) or getattr(error, "for_dispatcher", False):
            self.notice.emit(Notice(str(error), "warning"))
            return
        log.error("planning failed", exc_info=error)
        kept = "the plan from before is kept" if run.state.timetable else "the day is as it was"
        self.notice.emit(
            Notice(
                f"Planning stopped unexpectedly; {kept}. Press Plan to try again. "
                "The details are in the log folder (Help, Show log folder).",
                "danger",
            )
        )

    def _day_changed(self, change: Change) -> None:
        """A plan for a day that has changed is worth nothing: stop, and say so."""
        run = self._run
        if run is None or self._session.state.day is run.state.day or not change & ~Change.PLAN:
            return
        run.wish = Wish.DISCARD
        self._end(False)
        self._shown.end_preview()
        self.notice.emit(Notice("Planning stopped because the day was changed. Press Plan again.", "warning"))

    def _end(self, planned: bool) -> None:
        self._run, self._job = None, None
        self.finished.emit(planned)


def _result_line(state: DayState, message: str) -> Notice:
    totals = state.timetable.totals if state.timetable else None
    if totals is None:
        return Notice(message or "Planned.", "ok")
    if message:
        return Notice(message, "warning")
    figures = (
        f"{wording.count(totals.planned, 'order')} on {wording.count(totals.routes, 'route')}, "
        f"{wording.distance(totals.distance_m)}"
    )
    if totals.unassigned:
        left = wording.count(totals.unassigned, "order")
        why = "the reason is" if totals.unassigned == 1 else "the reasons are"
        return Notice(f"Planned: {figures}. {left} could not be planned; {why} in the list.", "warning")
    return Notice(f"Planned: {figures}. Every order is on a route.", "ok")
