"""Measures how good a new plan is, behind the window's back, and says so until the plan changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from lastmile_desktop.ui.jobs import Job, Jobs
from lastmile_desktop.ui.session import Change, Session

if TYPE_CHECKING:
    from lastmile_desktop.pipeline.quality import Quality


class QualityMeter(QObject):
    """`measured` carries a `Quality` when one is known, None as soon as it no longer belongs to the plan."""

    measured = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._job: Job | None = None
        self._assignment: object = None
        session.changed.connect(self._day_changed)

    def plan_finished(self, planned: bool) -> None:
        """A planning run ended; measure what it brought."""
        if planned:
            self._measure()

    def _measure(self) -> None:
        from lastmile_desktop.pipeline.quality import measure_beside, measuring_seconds

        self._forget()
        state = self._session.state
        self._assignment = state.assignment
        seconds = measuring_seconds(state.solve_s)

        def work(job: Job) -> Quality:
            return measure_beside(state, seconds, should_stop=job.should_stop)

        job = self._jobs.run(work, lambda quality: self._done(job, quality), lambda _error: None)
        self._job = job

    def _done(self, job: Job, quality: Quality) -> None:
        if job is self._job:
            self.measured.emit(quality)

    def _day_changed(self, _change: Change) -> None:
        if self._assignment is not None and self._session.state.assignment is not self._assignment:
            self._forget()

    def _forget(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self._assignment = None
        self.measured.emit(None)
