"""The one door for background work: run a function on a worker thread, hear of it on the GUI thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)


class Job(QObject):
    """One running piece of work. ``should_stop`` is asked by the work, ``cancel`` set by the window."""

    progress = Signal(object)
    delivered = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; what it has so far is up to the work."""
        self._stop.set()

    def should_stop(self) -> bool:
        """True once somebody asked the work to stop; safe from any thread."""
        return self._stop.is_set()

    def report(self, value: object) -> None:
        """Tell the GUI thread how far the work is; safe from any thread."""
        self.progress.emit(value)


class Jobs(QObject):
    """Runs functions on worker threads and calls back on the GUI thread."""

    def __init__(self, parent: QObject | None = None, workers: int = 4) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="lastmile")
        self._running: set[Job] = set()
        self._closed = False

    def run(
        self,
        work: Callable[[Job], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
        on_progress: Callable[[Any], None] | None = None,
    ) -> Job:
        """Start ``work(job)``; exactly one of ``on_done(result)`` and ``on_error(exception)`` follows.

        After `close` nothing is started.
        """
        job = Job(self)
        if self._closed:
            return job  # a last wish of a view that is being closed
        self._running.add(job)
        if on_progress is not None:
            job.progress.connect(on_progress, Qt.ConnectionType.QueuedConnection)
        delivery = _Delivery(job, on_done, on_error, self._finished)
        job.delivered.connect(delivery.deliver, Qt.ConnectionType.QueuedConnection)
        self._pool.submit(_work_through, job, work)
        return job

    @property
    def busy(self) -> bool:
        """True while any work runs."""
        return bool(self._running)

    def close(self) -> None:
        """Ask all work to stop and wait for it; nothing is called back any more."""
        self._closed = True
        for job in self._running:
            job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _finished(self, job: Job) -> bool:
        self._running.discard(job)
        if self._closed:
            return False  # its owner is on its way out and takes it along; a second deletion would crash
        job.deleteLater()
        return True


class _Delivery(QObject):
    """Lives on the GUI thread, so that a queued signal runs the callbacks there."""

    def __init__(
        self,
        job: Job,
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
        finished: Callable[[Job], bool],
    ) -> None:
        super().__init__(job)
        self._job, self._on_done, self._on_error, self._finished = job, on_done, on_error, finished

    @Slot(object)
    def deliver(self, outcome: tuple[Any, Exception | None]) -> None:
        result, error = outcome
        if not self._finished(self._job):
            return
        if error is None:
            self._on_done(result)
        else:
            self._on_error(error)


def _work_through(job: Job, work: Callable[[Job], Any]) -> None:
    try:
        outcome: tuple[Any, Exception | None] = (work(job), None)
    except Exception as error:  # the boundary: handed to on_error on the GUI thread
        log.exception("background work failed")
        outcome = (None, error)
    job.delivered.emit(outcome)
