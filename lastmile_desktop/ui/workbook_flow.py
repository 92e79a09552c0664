"""Workbooks for people: the plan in a copy of their own order sheet, and a template to start from."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from lastmile_desktop.model import ImportOptions
from lastmile_desktop.pipeline.importing import import_file
from lastmile_desktop.pipeline.into_workbook import NotTheSheetError, copy_name, write_into_copy
from lastmile_desktop.pipeline.sheet_diff import files_of
from lastmile_desktop.system.beside import BesideStopped, call_beside
from lastmile_desktop.ui.export_flow import failure_text, show_folder
from lastmile_desktop.ui.file_places import PLACES
from lastmile_desktop.ui.jobs import Job, Jobs
from lastmile_desktop.ui.notices import NoticeAction, NoticeStrip
from lastmile_desktop.ui.session import Notice, Session

log = logging.getLogger(__name__)
_SHEETS = "Order sheets (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt)"


class WorkbookFlow(QObject):
    """Asks where to, then writes without blocking; the person's own sheet is only ever read."""

    def __init__(self, session: Session, jobs: Jobs, notices: NoticeStrip, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._jobs, self._notices, self._window = session, jobs, notices, window

    def into_sheet(self) -> None:
        """The plan into a copy of the sheet that the orders came from; asks for it when it is not there."""
        if self._session.state.timetable is None:
            text = "There is nothing to write yet: plan the day first (F5)."
            self._notices.show_notice(Notice(text, "warning"))
            return
        # A network drive that does not answer must not hold up the window.
        self._jobs.run(
            lambda _job: self.known_sheet(), self._ask_source, lambda _error: self._ask_source(None)
        )

    def _ask_source(self, known: Path | None) -> None:
        if known is not None:
            self._ask_copy(known)
            return
        dialog = QFileDialog(self._window, "Which sheet did the orders come from?")
        PLACES.prepare(dialog, self._session)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_SHEETS)
        self._open(dialog, self._ask_copy)

    def known_sheet(self) -> Path | None:
        """The sheet that most of the day's orders came from, if it was used lately and is still there."""
        files = list(files_of(self._session.state))
        recent = self._session.firm.recent()
        for name in files[:1]:
            for file in recent:
                if file.path.name == name and not file.is_missing:
                    return file.path
        return None

    def write_into(self, source: Path, target: Path) -> None:
        """Write the copy of ``source`` to ``target``."""
        state, firm = self._session.state, self._session.firm

        def work(job: Job) -> str:
            options = ImportOptions(remembered=tuple(mapping.layout for mapping in firm.mappings()))
            report = import_file(source, options=options, should_stop=job.should_stop)
            if not report.ok:
                raise NotTheSheetError(report.message)
            return call_beside(
                write_into_copy, target, state, source, report, options, should_stop=job.should_stop
            )

        self._run(target, work)

    def template(self, language: str) -> None:
        """An empty order sheet with headings in this language."""
        dialog = QFileDialog(self._window, "Save the template as")
        self._prepare_save(dialog, "Orders template.xlsx", "Excel workbook (*.xlsx)")
        self._open(dialog, lambda path: self.write_template_to(path, language))

    def write_template_to(self, path: Path, language: str) -> None:
        """Write the template."""

        def work(_job: Job) -> str:
            from lastmile_desktop.documents.template.workbook import write_template

            write_template(path, language)
            return f"{path.name} was written. Fill in a line for each order, then drop it here."

        self._run(path, work)

    def _ask_copy(self, source: Path) -> None:
        dialog = QFileDialog(self._window, f"Save the copy of {source.name} as")
        kind = (
            "Excel workbook with macros (*.xlsm)"
            if source.suffix.lower() == ".xlsm"
            else "Excel workbook (*.xlsx)"
        )
        self._prepare_save(dialog, copy_name(source), kind)
        self._open(dialog, lambda target: self.write_into(source, target))

    def _prepare_save(self, dialog: QFileDialog, name: str, kind: str) -> None:
        PLACES.prepare(dialog, self._session)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(kind)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)

    def _open(self, dialog: QFileDialog, then: Callable[[Path], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def _run(self, target: Path, work: Callable[[Job], str]) -> None:
        line = self._notices.begin_work(f"Writing {target.name}")

        def done(text: str) -> None:
            self._notices.end_work(line)
            show = NoticeAction("Show folder", lambda: show_folder(target.parent))
            kind = "warning" if "cannot be extended" in text else "ok"
            self._notices.show_notice(Notice(text, kind), [show])

        def failed(error: Exception) -> None:
            self._notices.end_work(line)
            if isinstance(error, BesideStopped):
                self._notices.show_notice(Notice(f"Writing {target.name} was stopped."))
                return
            log.error("writing a workbook failed", exc_info=error)
            self._notices.show_notice(Notice(failure_text(target, error), "danger"))

        job = self._jobs.run(work, done, failed)
        line.cancelled.connect(job.cancel)
