"""The day and its file, as the File menu sees them: new, open, save, copy, recent, recover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from lastmile_desktop.pipeline import edits
from lastmile_desktop.store.working_copy import Recoverable
from lastmile_desktop.ui.drop import DAY_SUFFIX, OPEN_FILTER, SAVE_FILTER, is_day_file
from lastmile_desktop.ui.file_places import PLACES
from lastmile_desktop.ui.import_flow import ImportFlow, day_settings
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.session import Session


class DayFiles(QObject):
    """Opens and saves; dialogs never block the window."""

    recent_changed = Signal(list)
    """Emitted with ``(path, is missing)`` pairs, newest first."""
    recoverable_changed = Signal(list)

    def __init__(self, session: Session, jobs: Jobs, imports: ImportFlow, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._jobs, self._imports, self._window = session, jobs, imports, window
        self._recoverable: list[Recoverable] = []
        session.status_changed.connect(self.refresh_recent)
        session.day_replaced.connect(self.refresh_recent)

    def new_day(self) -> None:
        """An empty day for tomorrow's first sheet, with the fleet that the firm keeps."""
        fleet = self._session.firm.fleet()
        state = edits.empty_state(date.today(), day_settings(self._session.firm))
        if fleet.depots:
            state = edits.change_fleet(state, fleet.vehicles, fleet.depots)
        self._session.start_day(state)

    def choose(self) -> None:
        """Ask for a file to open."""
        dialog = QFileDialog(self._window, "Open an order sheet or a saved day")
        PLACES.prepare(dialog, self._session)
        dialog.setObjectName("open-dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(OPEN_FILTER.split(";;"))
        self._show(dialog, self.open)

    def open(self, path: Path, then_plan: bool = False) -> None:
        """Open a saved day, or read an order sheet."""
        if is_day_file(path):
            self._session.open_day(path)
        else:
            self._imports.read(path, then_plan)

    def paste(self) -> None:
        """Take the rows on the clipboard."""
        self._imports.read_pasted(QGuiApplication.clipboard().text())

    def save(self) -> None:
        """Save to the day's file; ask for one when it has none."""
        if self._session.status.path is None:
            self.save_as()
        else:
            self._session.save()

    def save_as(self) -> None:
        """Ask for a file and save there."""
        dialog = QFileDialog(self._window, "Save the day as")
        PLACES.prepare(dialog, self._session)
        dialog.setObjectName("save-dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(SAVE_FILTER)
        dialog.setDefaultSuffix(DAY_SUFFIX.lstrip("."))
        dialog.selectFile(f"{self._session.state.day.date:%Y-%m-%d}{DAY_SUFFIX}")
        self._show(dialog, lambda path: self._session.save(path))

    def copy_to_new_day(self) -> None:
        """The same orders, fleet and plan on the next date, as a day of its own."""
        state = self._session.state
        following = state.day.date + timedelta(days=1)
        copied = replace(edits.change_date(state, following), problems=())
        self._session.start_day(copied, f"Copy of {state.day.date:%d %B %Y}")

    def change_date(self, day: date) -> None:
        """The same work on another date."""
        if day != self._session.state.day.date:
            shown = QDate(day.year, day.month, day.day)
            text = QLocale().toString(shown, QLocale.FormatType.ShortFormat)
            self._session.do(f"Change the date to {text}", lambda state: edits.change_date(state, day))

    # ---- recent and recovered -----------------------------------------------------------------------

    def refresh_recent(self) -> None:
        """Look at the recent files on a worker: asking a network drive may take long."""

        def work(_job: object) -> list[tuple[Path, bool]]:
            return [(item.path, item.is_missing) for item in self._session.firm.recent()]

        self._jobs.run(work, self.recent_changed.emit, lambda _error: None)

    def look_for_recoverable(self) -> None:
        """Look for days that an earlier session left behind."""
        self._session.recoverable(self._found)

    def recover(self, item: Recoverable) -> None:
        """Bring a left day back."""
        self._forget(item)
        self._session.recover(item)

    def discard(self, item: Recoverable) -> None:
        """Throw a left day away."""
        from lastmile_desktop.store.day_store import DayStore

        self._forget(item)
        self._jobs.run(lambda _job: DayStore.discard(item), lambda _done: None, lambda _error: None)

    def _found(self, items: list[Recoverable]) -> None:
        self._recoverable = list(items)
        self.recoverable_changed.emit(self._recoverable)

    def _forget(self, item: Recoverable) -> None:
        self._found([other for other in self._recoverable if other != item])

    def _show(self, dialog: QFileDialog, then: Callable[[Path], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()
