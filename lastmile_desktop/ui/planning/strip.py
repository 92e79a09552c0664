"""The strip below the header while planning: time, figures, cost curve, and the two ways to stop."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from lastmile_desktop.model import wording
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.icons import set_icon
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.planning.controller import PlanningController
from lastmile_desktop.ui.planning.run import Live
from lastmile_desktop.ui.session import Session

if TYPE_CHECKING:
    from lastmile_desktop.ui.timeline.cost_curve import CostCurve

_TICK_MS = 250


class PlanningStrip(QWidget):
    """Visible only while a plan is searched."""

    def __init__(
        self, controller: PlanningController, session: Session, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._controller, self._session = controller, session
        self._seconds, self._began_at = 1.0, 0.0
        self._cost = ""
        self.setObjectName("planning-strip")
        self.setAccessibleName("Planning in progress")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "header")
        self.setFixedHeight(112)
        self._curve: CostCurve | None = None
        self._lay_out()
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._show_time)
        controller.started.connect(self._started)
        controller.progressed.connect(self._progressed)
        controller.finished.connect(self._finished)
        self.hide()

    def _lay_out(self) -> None:
        self.words = QLabel(self)
        self.words.setObjectName("planning-words")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_role(self.words, "heading")
        self.clock = QLabel(self)
        self.clock.setObjectName("planning-clock")
        self.clock.setFont(theme.tabular_font(self.clock.font()))
        theme.set_role(self.clock, "muted")
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName("Planning time used")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.finish = QPushButton("Finish now", self)
        self.finish.setObjectName("finish-now")
        self.finish.setAccessibleName("Finish now")
        self.finish.setToolTip("Stop searching and keep the best plan found so far (Ctrl+Return)")
        theme.set_role(self.finish, "primary")
        set_icon(self.finish, "finish", "accent_text")
        self.finish.clicked.connect(self._finish)
        self.discard = QPushButton("Discard", self)
        self.discard.setObjectName("discard-plan")
        self.discard.setAccessibleName("Discard")
        self.discard.setToolTip("Stop searching and go back to the plan from before (Esc)")
        set_icon(self.discard, "discard")
        self.discard.clicked.connect(self._controller.discard)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addStretch(1)
        lines.addWidget(self.words)
        lines.addWidget(self.bar)
        lines.addWidget(self.clock)
        lines.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 14, 4)
        self._row.setSpacing(12)
        self._row.addLayout(lines, 1)
        self._row.addWidget(self.finish)
        self._row.addWidget(self.discard)

    def prepare(self) -> None:
        """Make the cost curve; it loads the plotting library by itself when it is first on the screen."""
        if self._curve is None:
            from lastmile_desktop.ui.timeline.cost_curve import CostCurve

            self._curve = CostCurve(self._jobs, self._session.state.day.settings.currency, self)
            self._curve.setFixedSize(360, 102)
            self._row.insertWidget(1, self._curve)

    def _started(self, seconds: float) -> None:
        self.prepare()
        if self._curve is not None:
            self._curve.clear()
        self._seconds, self._began_at, self._cost = seconds, time.monotonic(), ""
        self.words.setText("Looking for a first plan…")
        self.finish.setEnabled(True)
        self.finish.setText("Finish now")
        self._show_time()
        self._tick.start()
        self.show()

    def _progressed(self, live: Live) -> None:
        if self._curve is not None:
            self._curve.add(live.elapsed_s, live.cost_cents / 100)
        orders = len(self._session.state.day.orders)
        parts = [f"{orders - live.unassigned:,} of {wording.count(orders, 'order')} planned"]
        if live.timetable is not None:
            self._cost = wording.money(
                live.timetable.totals.cost_cents, self._session.state.day.settings.currency
            )
        if self._cost:
            parts.append(self._cost)
        self.words.setText(" · ".join(parts))

    def _show_time(self) -> None:
        elapsed_s = time.monotonic() - self._began_at
        left_s = max(0.0, self._seconds - elapsed_s)
        self.bar.setValue(min(1000, round(1000 * elapsed_s / self._seconds)))
        text = f"{elapsed_s:.0f} s so far, at most {left_s:.0f} s to go"
        if left_s <= 0:
            text = f"{elapsed_s:.0f} s, finishing"
        self.clock.setText(text)

    def _finish(self) -> None:
        self.finish.setEnabled(False)
        self.finish.setText("Finishing…")
        self._controller.finish_now()

    def _finished(self, _planned: bool) -> None:
        self._tick.stop()
        self.hide()
