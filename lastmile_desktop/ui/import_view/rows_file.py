"""Asks where to save the rows that are not taken, and writes them beside the window."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from lastmile_desktop.model import wording
from lastmile_desktop.pipeline.rows_to_correct import (
    mapping_for_corrections,
    rows_to_correct,
    save_rows_to_correct,
)
from lastmile_desktop.system.beside import call_beside
from lastmile_desktop.ui.file_places import PLACES
from lastmile_desktop.ui.import_view.shown_sheet import Reading
from lastmile_desktop.ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from lastmile_desktop.ui.import_view.import_view import ImportView
    from lastmile_desktop.ui.session import Session


def ask_for_rows_file(page: ImportView, reading: Reading, session: Session, jobs: Jobs) -> None:
    """Let the person choose a file, then write; the page says how it went."""
    dialog = QFileDialog(page, "Save the rows that are not taken as")
    PLACES.prepare(dialog, session)
    dialog.setObjectName("save-rows-dialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("Excel workbook (*.xlsx)")
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(f"{Path(reading.report.file_name).stem} - rows to correct.xlsx")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: save_rows(page, reading, Path(chosen), session, jobs))
    dialog.open()


def save_rows(page: ImportView, reading: Reading, path: Path, session: Session, jobs: Jobs) -> None:
    """Write the rows of a reading that are not taken."""

    def work(job: Job) -> int:
        rows = rows_to_correct(reading.report)
        count = call_beside(save_rows_to_correct, path, rows, should_stop=job.should_stop)
        mapping = mapping_for_corrections(reading.report, rows, path.name, date.today())
        if mapping is not None:
            session.firm.remember_mapping(mapping)
        return count

    def done(count: int) -> None:
        page.say(
            f"{wording.count(count, 'row')} saved as {path.name}. Correct them there and open that workbook: "
            "its orders join the day."
        )

    def failed(error: Exception) -> None:
        why = getattr(error, "strerror", None) or "see the log folder (Help, Show log folder)"
        page.say(f"{path.name} could not be written: {why}. Close it in other programs, or choose another "
                 "place.", warn=True)  # fmt: skip

    jobs.run(work, done, failed)
