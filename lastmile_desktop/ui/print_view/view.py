"""The print view: drivers on the left, their pages as they come out on the right, the ways out on top."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lastmile_desktop.documents.manifest.mini_map import LegLine, straight_line
from lastmile_desktop.documents.manifest.page_format import A4, LETTER, PageFormat
from lastmile_desktop.documents.manifest.pdf import ManifestPdf, page_layout
from lastmile_desktop.documents.page_text import long_date
from lastmile_desktop.model import DayState, wording
from lastmile_desktop.ui.jobs import Job
from lastmile_desktop.ui.print_view.dialogs import PrintDialogs, SystemDialogs
from lastmile_desktop.ui.print_view.driver_list import DriverList, driver_entries
from lastmile_desktop.ui.print_view.jobs_out import PrintTask, RunJob, failed_sentence
from lastmile_desktop.ui.print_view.preview import PreviewPane
from lastmile_desktop.ui.print_view.top_bar import TopBar

PAPERS = (A4, LETTER)
NO_PRINTER = "No printer is set up on this computer. Save as PDF instead."
NOTHING_PLANNED = ("Nothing to print yet", "Plan the day first. Each driver's pages then appear here.")
BEING_PREPARED = ("The pages are being prepared", "Each driver's pages appear here in a moment.")
#: Edits come in bursts; the pages are prepared when the hands rest.
_REST_MS = 150


class PrintView(QWidget):
    """Shows what will be printed for one driver or all, prints it, and saves it as PDF or workbook.

    ``run_job`` is `Jobs.run`: all painting happens on its threads. Pages are prepared only while the view
    is visible.
    """

    paper_changed = Signal(str)
    """Emitted with "A4" or "Letter" when the person chose another paper."""

    def __init__(
        self, run_job: RunJob, dialogs: PrintDialogs | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._run_job = run_job
        self._dialogs: PrintDialogs = dialogs or SystemDialogs()
        self._state: DayState | None = None
        self._line: LegLine = straight_line
        self._paper = _usual_paper()
        self._job: Job | None = None
        self._export: Job | None = None
        self._stale = True
        self._can_print = False
        self.bar = TopBar([paper.name for paper in PAPERS], self._paper.name, self)
        self.drivers = DriverList(self)
        self.preview = PreviewPane(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._prepare)
        self.setFocusProxy(self.drivers)
        self._arrange()
        self._connect()
        self.set_state(None, straight_line)

    def _arrange(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.drivers)
        body.addWidget(self.preview, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addLayout(body, 1)

    def _connect(self) -> None:
        self.drivers.chosen.connect(self._choice_changed)
        self.bar.print_requested.connect(self.print_pages)
        self.bar.pdf_requested.connect(self.save_pdf)
        self.bar.workbook_requested.connect(self.save_workbook)
        self.bar.paper_chosen.connect(self._paper_chosen)
        self.bar.whole_page_toggled.connect(self.preview.fit)
        self.bar.stop_requested.connect(self._stop_export)

    # ---- what is shown --------------------------------------------------------------------------------

    @property
    def paper(self) -> str:
        """Name of the paper, "A4" or "Letter"."""
        return self._paper.name

    def set_paper(self, name: str) -> None:
        """Take the paper with this name; an unknown name changes nothing."""
        known = {paper.name: paper for paper in PAPERS}
        if name in known and known[name] != self._paper:
            self._paper = known[name]
            self.bar.set_paper(name)
            self.drivers.forget_page_counts()
            self._refresh()

    def set_state(self, state: DayState | None, line: LegLine) -> None:
        """Show the pages of ``state``; ``line`` gives the points to draw for a leg (any thread)."""
        self._state, self._line = state, line
        self.drivers.set_entries(driver_entries(state))
        self.drivers.setVisible(self.drivers.count() > 0)
        self._refresh()

    def choose_driver(self, vehicle_key: str | None) -> None:
        """Show one vehicle's pages; None = all."""
        self.drivers.choose(vehicle_key)

    def showEvent(self, event: QShowEvent) -> None:
        """Prepare the pages that changed while the view was hidden, and look for printers again."""
        super().showEvent(event)
        QTimer.singleShot(0, self._look_for_printers)
        if self._stale:
            self._timer.start(0)

    def _refresh(self) -> None:
        self._stale = True
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._show_heading(None)
        if not self.drivers.count():
            self._timer.stop()
            self.preview.set_progress(None)
            self.preview.show_message(*NOTHING_PLANNED)
        elif self.isVisible():
            self._timer.start(_REST_MS)

    def _choice_changed(self) -> None:
        self._refresh()
        self._timer.start(0)  # a click wants its pages now

    def _paper_chosen(self, name: str) -> None:
        self.set_paper(name)
        self.paper_changed.emit(name)

    def _task(self) -> PrintTask | None:
        """What the buttons act on: the choice on the left, of the newest state."""
        if self._state is None or not self.drivers.count():
            return None
        key = self.drivers.vehicle_key
        return PrintTask(self._state, None if key is None else [key], self._paper, self._line)

    def _prepare(self) -> None:
        task = self._task()
        if task is None or not self.isVisible():
            return
        self._stale = False
        self.preview.set_progress((0, 0))
        if not self.preview.shows_pages:
            self.preview.show_message(*BEING_PREPARED)
        job: Job | None = None

        def if_newest(then: Callable[[Any], None]) -> Callable[[Any], None]:
            def taken(value: Any) -> None:
                if job is self._job:
                    then(value)

            return taken

        job = self._run_job(
            task.prepare,
            if_newest(self._prepared),
            if_newest(self._not_prepared),
            if_newest(self.preview.set_progress),
        )
        self._job = job

    def _prepared(self, made: ManifestPdf | None) -> None:
        self._job = None
        self.preview.set_progress(None)
        if made is None:
            return
        counts: dict[str | None, int] = {key: pages for key, pages in made.parts if key is not None}
        if self.drivers.vehicle_key is None:
            counts[None] = made.page_count
        self.drivers.add_page_counts(counts)
        self._show_heading(made.page_count)
        self.preview.show_pdf(made.content)

    def _not_prepared(self, error: Exception) -> None:
        self._job = None
        self.preview.set_progress(None)
        self.preview.show_message("The pages could not be prepared", failed_sentence("Preparing", error))

    def _show_heading(self, pages: int | None) -> None:
        details = []
        if self._state is not None and self.drivers.count():
            details.append(long_date(self._state.day.date))
        if pages is not None:
            details.append(wording.count(pages, "page"))
        self.bar.show_details(" · ".join(details))
        self._show_buttons()

    def _look_for_printers(self) -> None:
        self._can_print = bool(self._dialogs.printer_names())
        self.bar.show_hint("" if self._can_print else NO_PRINTER)
        self._show_buttons()

    def _show_buttons(self) -> None:
        ready = self.drivers.count() > 0 and self._export is None
        self.bar.enable(printing=ready and self._can_print, saving=ready)

    # ---- the ways out ---------------------------------------------------------------------------------

    def print_pages(self) -> None:
        """Ask for a printer and send it the chosen pages."""
        task = self._task()
        if task is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(self._paper))
        printer.setDocName(task.file_name("Manifests", "", self.drivers.title))
        if self._dialogs.choose_printer(printer, self):
            self._start("Printing", lambda job: task.print_on(job, printer), _printed)

    def save_pdf(self) -> None:
        """Ask where, and write the chosen pages as PDF."""
        task = self._task()
        if task is None:
            return
        name = task.file_name("Manifests", ".pdf", self.drivers.title)
        path = self._dialogs.choose_file(self, "Save manifests as PDF", name, "PDF documents (*.pdf)")
        if path is not None:
            self._start("Saving", lambda job: task.save_pdf(job, path), lambda n: _saved(path, n), path)

    def save_workbook(self) -> None:
        """Ask where, and write the whole plan as a workbook."""
        task = self._task()
        if task is None:
            return
        name = task.file_name("Plan", ".xlsx")
        path = self._dialogs.choose_file(self, "Save plan as workbook", name, "Excel workbooks (*.xlsx)")
        if path is not None:
            self._start("Saving", lambda job: task.save_workbook(path), lambda _: _saved(path), path)

    def _start(
        self, what: str, work: Callable[[Job], Any], said: Callable[[Any], str], path: Path | None = None
    ) -> None:
        def end(text: str, role: str) -> None:
            self._export = None
            self.bar.show_result(text, role)
            self._show_buttons()

        self.bar.show_running(f"{what}...")
        self._export = self._run_job(
            work,
            lambda result: end(said(result), "ok"),
            lambda error: end(failed_sentence(what, error, path), "danger"),
            lambda done_of: self.bar.show_running(f"{what} page {done_of[0]} of {done_of[1]}..."),
        )
        self._show_buttons()

    def _stop_export(self) -> None:
        if self._export is not None:
            self._export.cancel()


def _usual_paper() -> PageFormat:
    """Letter where people measure in inches, A4 elsewhere."""
    metric = QLocale.system().measurementSystem() == QLocale.MeasurementSystem.MetricSystem
    return A4 if metric else LETTER


def _printed(pages: int) -> str:
    return f"{wording.count(pages, 'page')} sent to the printer." if pages else "Printing was stopped."


def _saved(path: Path, pages: int | None = None) -> str:
    if pages == 0:
        return f"Saving was stopped. {path.name} is as it was."
    return f"Saved {wording.count(pages, 'page')} to {path}." if pages else f"Saved {path}."
