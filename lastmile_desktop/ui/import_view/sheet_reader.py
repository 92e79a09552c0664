"""Reads the sheet again, beside the window, whenever the person chose or corrected something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lastmile_desktop.model import ImportOptions
from lastmile_desktop.pipeline.importing import import_file
from lastmile_desktop.ui.import_view.shown_sheet import Reading, reading_of
from lastmile_desktop.ui.jobs import Job, Jobs

#: From options to options, given what the last reading found.
Step = Callable[[ImportOptions, Reading], ImportOptions]
_KEPT_STEPS = 200


class SheetReader(QObject):
    """Holds one file with what was chosen about it. Steps that come while it reads wait for their turn."""

    read = Signal(object)
    """A new `Reading`."""
    busy_changed = Signal(bool)
    progressed = Signal(int, int)
    """Rows done, and rows in all (0 while that is unknown)."""
    failed = Signal(str)
    """Why the file could not be read again; the last reading stays."""

    def __init__(self, jobs: Jobs, path: Path, reading: Reading, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self.path, self.reading = jobs, path, reading
        self._wanted = reading.options
        self._view = ""
        self._waiting: list[Step] = []
        self._undo: list[ImportOptions] = []
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """True while the file is being read."""
        return self._job is not None

    @property
    def can_undo(self) -> bool:
        """True when a step can be taken back."""
        return bool(self._undo)

    def change(self, step: Step) -> None:
        """Take a step and read again; nothing is read when it changes nothing."""
        self._waiting.append(step)
        if not self.busy:
            self._take_steps()

    def look_at(self, sheet: str) -> None:
        """Show another of the sheets that orders were read from; nothing is read again for it."""
        self._view = sheet
        if not self.busy:
            self.reading = reading_of(self.reading.options, self.reading.report, sheet)
            self.read.emit(self.reading)

    def undo(self) -> None:
        """Take the last step back."""
        if self._undo and not self.busy:
            self._read(self._undo.pop())

    def stop(self) -> None:
        """Read no more."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _take_steps(self) -> None:
        options = self._wanted
        for step in self._waiting:
            options = step(options, self.reading)
        self._waiting.clear()
        if options != self._wanted:
            self._undo.append(self._wanted)
            del self._undo[:-_KEPT_STEPS]
            self._read(options)

    def _read(self, options: ImportOptions) -> None:
        before, self._wanted = self._wanted, options
        path, view = self.path, self._view

        def work(job: Job) -> Reading:
            report = import_file(
                path,
                options=options,
                should_stop=job.should_stop,
                on_progress=lambda done, total: job.report((done, total)),
            )
            return reading_of(options, report, view)

        def done(reading: Reading) -> None:
            if self._job is not job:
                return
            self._job = None
            if not reading.report.ok and not reading.sheet.rows:
                refuse(reading.report.message)
                return
            self.reading = reading
            self.busy_changed.emit(False)
            self.read.emit(reading)
            if self._waiting and not self.busy:
                self._take_steps()

        def refuse(why: str) -> None:
            """The last reading stays, and what was chosen since is given up."""
            self._job, self._wanted = None, before
            if self._undo and self._undo[-1] == before:
                self._undo.pop()
            self._waiting.clear()
            self.busy_changed.emit(False)
            self.read.emit(self.reading)
            self.failed.emit(why)

        def failed(error: Exception) -> None:
            if self._job is job:
                told = getattr(error, "for_dispatcher", False)
                refuse(str(error) if told else "The file could not be read again.")

        job = self._jobs.run(work, done, failed, lambda at: self.progressed.emit(*at))
        self._job = job
        self.busy_changed.emit(True)
