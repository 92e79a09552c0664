"""The one door for background work: run a function on a worker thread, hear of it on the GUI thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)


class Job:
    """One running piece of work. ``should_stop`` is asked by the work, ``cancel`` set by the window.

    Not a Qt object on purpose: one that is deleted on the GUI thread as soon as its last signal arrives can
    be gone while the worker is still inside that signal's emission.
    """

    def __init__(self, tell: Callable[[_News], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; what it has so far is up to the work."""
        self._stop.set()

    def should_stop(self) -> bool:
        """True once somebody asked the work to stop; safe from any thread."""
        return self._stop.is_set()

    def report(self, value: object) -> None:
        """Tell the GUI thread how far the work is; safe from any thread."""
        self._tell(_News(self, progress=value))


@dataclass(frozen=True, slots=True)
class _News:
    """What a worker has to say: how far it is, or (``ended``) its result or error."""

    job: Job
    progress: object = None
    ended: bool = False
    result: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Listeners:
    on_done: Callable[[Any], None]
    on_error: Callable[[Exception], None]
    on_progress: Callable[[Any], None] | None


class Jobs(QObject):
    """Runs functions on worker threads and calls back on the GUI thread."""

    _told = Signal(object)

    def __init__(self, parent: QObject | None = None, workers: int = 4) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="lastmile")
        self._running: dict[Job, _Listeners] = {}
        self._closed = False
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)

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
        job = Job(self._told.emit)
        if self._closed:
            return job  # a last wish of a view that is being closed
        self._running[job] = _Listeners(on_done, on_error, on_progress)
        self._pool.submit(_work_through, job, work, self._told.emit)
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

    @Slot(object)
    def _hear(self, news: _News) -> None:
        listeners = self._running.get(news.job)
        if listeners is None:
            return
        if not news.ended:
            if listeners.on_progress is not None and not self._closed:
                listeners.on_progress(news.progress)
            return
        del self._running[news.job]
        if self._closed:
            return
        if news.error is None:
            listeners.on_done(news.result)
        else:
            listeners.on_error(news.error)


def _work_through(job: Job, work: Callable[[Job], Any], tell: Callable[[_News], None]) -> None:
    try:
        news = _News(job, ended=True, result=work(job))
    except Exception as error:  # the boundary: handed to on_error on the GUI thread
        log.exception("background work failed")
        news = _News(job, ended=True, error=error)
    tell(news)
