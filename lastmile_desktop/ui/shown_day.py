"""What the views show: the day on the table, or, while planning, the plan that is being found."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from lastmile_desktop.model import Assignment, DayState, Timetable
from lastmile_desktop.ui.session import Change, Session


class ShownDay(QObject):
    """Stands between session and views, so that a plan in the making is shown but never stored."""

    changed = Signal(object)
    """Emitted with a `Change` after `state` was replaced."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._preview: tuple[Assignment, Timetable] | None = None
        self.state: DayState = session.state
        session.changed.connect(self._take)

    @property
    def is_preview(self) -> bool:
        """True while a plan in the making is shown."""
        return self._preview is not None

    def preview(self, assignment: Assignment, timetable: Timetable) -> None:
        """Show a plan of the day that nobody has taken yet."""
        self._preview = (assignment, timetable)
        self._show(Change.PLAN)

    def end_preview(self) -> None:
        """Show the day as it is."""
        if self._preview is not None:
            self._preview = None
            self._show(Change.PLAN)

    def forget_preview(self) -> None:
        """As `end_preview`, when the session is about to announce the plan that was taken."""
        self._preview = None

    def _take(self, change: Change) -> None:
        if change & ~Change.PLAN:
            self._preview = None
        self._show(change)

    def _show(self, change: Change) -> None:
        state = self._session.state
        if self._preview is not None:
            assignment, timetable = self._preview
            state = replace(state, assignment=assignment, timetable=timetable)
        self.state = state
        self.changed.emit(change)
