"""The work behind the buttons: prepare, print and save, each on a worker thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtPrintSupport import QPrinter

from lastmile_desktop.documents.manifest.mini_map import LegLine
from lastmile_desktop.documents.manifest.page_format import PageFormat
from lastmile_desktop.documents.manifest.painter import PrintingStopped, paint_manifests
from lastmile_desktop.documents.manifest.pdf import ManifestPdf, manifest_pdf, manifest_pdf_of
from lastmile_desktop.documents.page_text import one_line
from lastmile_desktop.documents.workbook import write_plan_workbook
from lastmile_desktop.model import DayState
from lastmile_desktop.pipeline.map_ground import ground_of
from lastmile_desktop.system.atomic import write_bytes
from lastmile_desktop.system.beside import BesideStopped, call_beside
from lastmile_desktop.ui.jobs import Job

_LONGEST_NAME = 40
#: From here on the work is noticed in the window when it shares the interpreter; starting a process is not.
_MANY_STOPS = 100


class RunJob(Protocol):
    """`ui.jobs.Jobs.run`."""

    def __call__(
        self,
        work: Callable[[Job], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
        on_progress: Callable[[Any], None] | None = None,
    ) -> Job: ...


@dataclass(frozen=True, slots=True)
class PrintTask:
    """What is to come out: of which state, for whom (None = all), on which paper."""

    state: DayState
    vehicle_keys: Sequence[str] | None
    paper: PageFormat
    line: LegLine

    def prepare(self, job: Job) -> ManifestPdf | None:
        """The pages in memory; None when stopped. Many pages are made in a process of their own."""
        try:
            if self._stop_count() > _MANY_STOPS:
                return call_beside(
                    manifest_pdf_of,
                    self.state,
                    self.vehicle_keys,
                    self.paper,
                    self.line,
                    ground_of(self.state.day.settings),
                    should_stop=job.should_stop,
                    on_progress=lambda done, total: job.report((done, total)),
                )
            return manifest_pdf(
                self.state,
                vehicle_keys=self.vehicle_keys,
                page=self.paper,
                line=self.line,
                ground=ground_of(self.state.day.settings),
                should_stop=job.should_stop,
                on_progress=lambda done, total: job.report((done, total)),
            )
        except (PrintingStopped, BesideStopped):
            return None

    def save_pdf(self, job: Job, path: Path) -> int:
        """Write the pages to ``path``; gives their number, 0 when stopped. Raises OSError."""
        made = self.prepare(job)
        if made is None:
            return 0
        write_bytes(path, made.content)
        return made.page_count

    def _stop_count(self) -> int:
        timetable = self.state.timetable
        routes = () if timetable is None else timetable.routes
        chosen = self.vehicle_keys
        return sum(route.stop_count for route in routes if chosen is None or route.vehicle_key in chosen)

    def print_on(self, job: Job, printer: QPrinter) -> int:
        """Send the pages to the printer; gives their number, 0 when stopped. Raises OSError."""
        try:
            return paint_manifests(
                printer,
                self.state,
                vehicle_keys=self.vehicle_keys,
                line=self.line,
                ground=ground_of(self.state.day.settings),
                should_stop=job.should_stop,
                on_progress=lambda done, total: job.report((done, total)),
            )
        except PrintingStopped:
            printer.abort()
            return 0

    def save_workbook(self, path: Path) -> None:
        """Write the whole plan as a workbook. Raises OSError."""
        write_plan_workbook(path, self.state)

    def file_name(self, what: str, suffix: str, driver: str = "") -> str:
        """A name to suggest: "Manifests 2026-11-23.pdf"; a driver's name is cut to harmless characters."""
        kept = "".join(char for char in one_line(driver) if char.isalnum() or char in " -_")
        parts = (what, self.state.day.date.isoformat(), kept[:_LONGEST_NAME].strip())
        return " ".join(part for part in parts if part) + suffix


def failed_sentence(what: str, error: Exception, path: Path | None = None) -> str:
    """What went wrong, for a dispatcher: the file and the system's own words, never an exception's name."""
    if not isinstance(error, OSError):
        return f"{what} failed for a reason that was written to the log file. Please try again."
    reason = error.strerror or str(error)
    if path is None:
        return reason
    return f"{path.name} was not saved: {reason}. Choose another folder, or close the file if it is open."
