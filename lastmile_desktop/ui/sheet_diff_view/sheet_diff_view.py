"""The page of a sheet on a day that has orders: what it would change, ticked group by group."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import DayState
from lastmile_desktop.pipeline.sheet_diff import SheetDiff, SheetMode, compare_sheet
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.jobs import Job, Jobs
from lastmile_desktop.ui.sheet_diff_view import diff_words
from lastmile_desktop.ui.sheet_diff_view.diff_tree import DiffTree


class SheetDiffView(QWidget):
    """Shows a sheet against the day; nothing happens to the day before it is accepted."""

    accepted = Signal(object, object)
    """The `SheetMode` and the keys of the ticked orders."""
    new_day_wanted = Signal()
    cancelled = Signal()
    shown = Signal()
    """A comparison that was made on a worker stands on the page."""

    def __init__(
        self,
        state_now: Callable[[], DayState],
        diff: SheetDiff,
        compared_with: DayState,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        """``state_now`` gives the day whenever it is asked; ``diff`` was made for ``compared_with``."""
        super().__init__(parent)
        report = diff.report
        self.setObjectName("sheet-diff-page")
        self.setAccessibleName(f"{report.file_name} against the day")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        self._state_now, self._report = state_now, report
        self._state, self._jobs = compared_with, jobs
        self._comparing: Job | None = None
        self._closed = False
        self.diff: SheetDiff = diff
        self.table = DiffTree(self)
        self._lay_out()
        self._fill_modes()
        self._show(self.diff)
        self.follow()

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self._report.file_name

    def stop(self) -> None:
        """The page is closed: what is still being compared is for nobody."""
        self._closed = True
        self._comparing = None

    def follow(self, _change: object = None) -> None:
        """The day has changed meanwhile: compare again and keep the ticks of what is still there."""
        if self._closed:
            return
        state = self._state_now()
        if state.day.orders is self._state.day.orders and state.sheet_orders is self._state.sheet_orders:
            self._state = state
            return
        self._compare(SheetMode(self.modes.currentData()))

    def _compare(self, mode: SheetMode) -> None:
        """Compare on a worker; meanwhile nothing can be taken. Ticks stay as long as the mode does."""
        state, report = self._state_now(), self._report

        def done(diff: SheetDiff) -> None:
            if self._comparing is not job:
                return
            self._comparing = None
            self._state = state
            before, kept, same = self.diff.usual_choice, self.table.chosen, diff.mode is self.diff.mode
            self._show(diff, (diff.usual_choice - before) | (kept & _all_keys(diff)) if same else None)
            self.shown.emit()
            self.follow()  # the day may have changed, or been undone, once more

        def failed(_error: Exception) -> None:
            if self._comparing is job:
                self._comparing = None
                self.will.setText("The sheet could not be compared with the day. Cancel and try again.")

        self.accept.setEnabled(False)
        self.will.setText("Comparing…")
        job = self._jobs.run(lambda _: compare_sheet(state, report, mode), done, failed)
        self._comparing = job

    def _lay_out(self) -> None:
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_role(self.title, "title")
        self.explain = QLabel("Nothing happens to the day before you take it. Your own changes stay.", self)
        self.explain.setWordWrap(True)
        theme.set_role(self.explain, "muted")
        words = QVBoxLayout()
        words.setContentsMargins(12, 10, 12, 4)
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.explain)
        self.modes = QComboBox(self)
        self.modes.setAccessibleName("What this sheet is")
        self.modes.setMinimumWidth(420)
        label = QLabel("This sheet is", self)
        label.setBuddy(self.modes)
        choice = QHBoxLayout()
        choice.setContentsMargins(12, 4, 12, 8)
        choice.setSpacing(theme.GRID_PX)
        choice.addWidget(label)
        choice.addWidget(self.modes)
        choice.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(words)
        whole.addLayout(choice)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._foot())
        self.modes.activated.connect(self._choose_mode)
        self.table.choice_changed.connect(self._show_choice)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._accept)

    def _foot(self) -> QWidget:
        foot = QWidget(self)
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(foot, "statusbar")
        self.will = QLabel(foot)
        self.will.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_role(self.will, "heading")
        self.new_day = self._button("New day instead", "Leave this day and start another one with the sheet")
        self.cancel = self._button("Cancel", "Leave the day as it is")
        self.accept = self._button("Take it", "Change the day as ticked, as one step to undo (Ctrl+Return)")
        theme.set_role(self.accept, "primary")
        self.new_day.clicked.connect(self.new_day_wanted)
        self.cancel.clicked.connect(self.cancelled)
        self.accept.clicked.connect(self._accept)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(theme.GRID_PX)
        row.addWidget(self.will, 1)
        for button in (self.new_day, self.cancel, self.accept):
            row.addWidget(button)
        return foot

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        return button

    def _fill_modes(self) -> None:
        for mode in (SheetMode.UPDATE, SheetMode.ADD, SheetMode.REPLACE):
            self.modes.addItem(diff_words.mode_words(self.diff, mode), mode.value)
        self.modes.setCurrentIndex(self.modes.findData(self.diff.mode.value))

    def _choose_mode(self, _index: int) -> None:
        mode = SheetMode(self.modes.currentData())
        if mode is not self.diff.mode or self._comparing is not None:
            self._compare(mode)

    def _show(self, diff: SheetDiff, chosen: frozenset[str] | None = None) -> None:
        self.diff = diff
        self.title.setText(f"{diff.report.file_name} against the day: {diff_words.head_line(diff)}")
        groups = diff_words.groups_of(diff, self._state)
        self.table.show_groups(groups, diff.usual_choice if chosen is None else chosen)
        self._show_choice()

    def _show_choice(self) -> None:
        if self._comparing is not None:
            return
        text = diff_words.choice_line(self.diff, self.table.chosen)
        self.will.setText(text)
        self.will.setToolTip(text)
        self.will.setAccessibleName(f"What will happen: {text}")
        count = len(self.table.chosen & _all_keys(self.diff))
        self.accept.setText(
            f"Take {count:,} {'change' if count == 1 else 'changes'}" if count else "Take nothing"
        )
        self.accept.setAccessibleName(self.accept.text())
        self.accept.setEnabled(True)

    def _accept(self) -> None:
        if self._comparing is not None or not self.accept.isEnabled():
            return
        self.accepted.emit(self.diff.mode, self.table.chosen)


def _all_keys(diff: SheetDiff) -> frozenset[str]:
    orders = [*diff.new, *diff.gone, *diff.left_out_before, *(one.order for one in diff.unclear)]
    return frozenset([*(order.key for order in orders), *(one.key for one in diff.changed)])
