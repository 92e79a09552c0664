"""Writing what leaves the program, on a worker, with a result line that opens the folder."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from lastmile_desktop.model import DayState, TravelModel
from lastmile_desktop.pipeline.outputs import write_all, write_map, write_pdf, write_workbook
from lastmile_desktop.system.beside import BesideStopped, call_beside
from lastmile_desktop.ui.file_places import PLACES
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.notices import NoticeAction, NoticeStrip
from lastmile_desktop.ui.session import Notice, Session

log = logging.getLogger(__name__)

Writer = Callable[[Path, DayState, TravelModel], object]


class ExportFlow(QObject):
    """One method for each thing that can be written; each asks where to, then writes without blocking."""

    def __init__(self, session: Session, jobs: Jobs, notices: NoticeStrip, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._jobs, self._notices, self._window = session, jobs, notices, window

    def all_outputs(self) -> None:
        """Everything into one folder."""
        if self._is_planned():
            dialog = QFileDialog(self._window, "Choose a folder for all outputs")
            PLACES.prepare(dialog, self._session)
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            self._open(dialog, self.write_all_to)

    def pdf(self) -> None:
        """The manifests."""
        self._ask_file("Save the manifests as", "manifests.pdf", "PDF (*.pdf)", write_pdf)

    def workbook(self) -> None:
        """The plan as a workbook."""
        self._ask_file("Save the workbook as", "plan.xlsx", "Excel workbook (*.xlsx)", write_workbook)

    def map_page(self) -> None:
        """The map as a page that opens in any browser."""
        self._ask_file("Save the map as", "map.html", "Web page (*.html)", write_map)

    def write_all_to(self, folder: Path) -> None:
        """Write every output into ``folder``."""
        self._write(folder, write_all, f"All outputs were written to {folder}.", folder)

    def write_pdf_to(self, path: Path) -> None:
        """Write the manifests."""
        self._write(path, write_pdf, f"{path.name} was written.", path.parent)

    def _ask_file(self, title: str, name: str, kind: str, writer: Writer) -> None:
        if self._is_planned():
            dialog = QFileDialog(self._window, title)
            PLACES.prepare(dialog, self._session)
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilter(kind)
            dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
            dialog.selectFile(f"{self._session.state.day.date:%Y-%m-%d} {name}")
            self._open(
                dialog, lambda path: self._write(path, writer, f"{path.name} was written.", path.parent)
            )

    def _open(self, dialog: QFileDialog, then: Callable[[Path], None]) -> None:
        from PySide6.QtCore import Qt

        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def _is_planned(self) -> bool:
        planned = self._session.state.timetable is not None
        if not planned:
            text = "There is nothing to write yet: plan the day first (F5)."
            self._notices.show_notice(Notice(text, "warning"))
        return planned

    def _write(self, target: Path, writer: Writer, done_text: str, folder: Path) -> None:
        state, travel = self._session.state, self._session.travel
        line = self._notices.begin_work(f"Writing {target.name}")

        def done(_result: object) -> None:
            self._notices.end_work(line)
            show = NoticeAction("Show folder", lambda: show_folder(folder))
            self._notices.show_notice(Notice(done_text, "ok"), [show])

        def failed(error: Exception) -> None:
            self._notices.end_work(line)
            if isinstance(error, BesideStopped):
                self._notices.show_notice(Notice(f"Writing {target.name} was stopped."))
                return
            log.error("export failed", exc_info=error)
            self._notices.show_notice(Notice(failure_text(target, error), "danger"))

        job = self._jobs.run(
            lambda job: call_beside(writer, target, state, travel, should_stop=job.should_stop), done, failed
        )
        line.cancel.clicked.connect(job.cancel)


def show_folder(folder: Path) -> None:
    """Open a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def failure_text(target: Path, error: Exception) -> str:
    """Why a file could not be written, for the dispatcher."""
    if getattr(error, "for_dispatcher", False):
        return str(error)
    if isinstance(error, OSError):
        why = error.strerror or str(error)
        return (
            f"{target.name} could not be written: {why}. Choose another place, or close it in other programs."
        )
    return f"{target.name} could not be written. The details are in the log folder (Help, Show log folder)."
