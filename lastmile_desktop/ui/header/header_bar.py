"""The bar above the pages: whose day this is, and the four steps; the next one is the filled button."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from lastmile_desktop.model import DayState, wording
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.header.date_switch import DateSwitch
from lastmile_desktop.ui.icons import pixmap, set_icon


class Step(StrEnum):
    """The four places of a day."""

    ORDERS = "Orders"
    FLEET = "Fleet"
    PLAN = "Plan"
    PRINT = "Print"


_ICONS = {Step.ORDERS: "orders", Step.FLEET: "fleet", Step.PLAN: "plan", Step.PRINT: "print"}
_TIPS = {
    Step.ORDERS: "The order sheet with what needs attention (Ctrl+1)",
    Step.FLEET: "Today's vehicles, drivers and depots (Ctrl+2)",
    Step.PLAN: "Plan the day; map, routes and timeline (F5)",
    Step.PRINT: "The drivers' manifests (Ctrl+4)",
}


class HeaderBar(QWidget):
    """Day, source and steps. `step_chosen` when a step is pressed."""

    step_chosen = Signal(object)

    def __init__(self, plan_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAccessibleName("Day and steps")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "header")
        self.setFixedHeight(theme.HEADER_HEIGHT_PX)
        self._source_text = ""
        self._next = Step.ORDERS
        self.mark = QLabel(self)
        self.mark.setPixmap(pixmap("lastmile", "#000000", 28, 2.0))
        self.mark.setAccessibleName("Lastmile")
        self.wordmark = QLabel("Lastmile", self)
        theme.set_role(self.wordmark, "heading")
        self.date = DateSwitch(self)
        self.source = QLabel(self)
        self.source.setObjectName("source")
        self.source.setTextFormat(Qt.TextFormat.PlainText)
        self.source.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_role(self.source, "muted")
        self.steps: dict[Step, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self.mark)
        row.addWidget(self.wordmark)
        row.addSpacing(12)
        row.addWidget(self.date)
        row.addSpacing(4)
        row.addWidget(self.source, 1)
        for step in Step:
            row.addWidget(self._step_button(step))
            if step is Step.PLAN:
                row.addWidget(self._menu_button(plan_menu))
        self.show_day(None)

    def show_day(self, state: DayState | None) -> None:
        """Show date, source and order count; None = no day yet."""
        for part in (self.date, *self.steps.values(), self.plan_more):
            part.setVisible(state is not None)
        if state is None:
            self._source_text = ""
            self._elide()
            return
        self.date.show_date(state.day.date)
        count = wording.count(len(state.day.orders), "order")
        self._source_text = " · ".join(part for part in (state.day.source_name, count) if part)
        self._elide()

    def show_page(self, step: Step | None, next_step: Step | None) -> None:
        """Mark the place that is open and fill the step that comes next."""
        self._group.setExclusive(False)
        for name, button in self.steps.items():
            button.setChecked(name is step)
            role = "primary" if name is next_step else "quiet"
            if button.property("role") != role:
                theme.set_role(button, role)
                set_icon(button, _ICONS[name], "accent_text" if role == "primary" else "text_muted")
        self._group.setExclusive(step is not None)

    def set_planning(self, planning: bool) -> None:
        """While planning the Plan button rests; the strip below has the two ways to stop."""
        self.steps[Step.PLAN].setEnabled(not planning)
        self.plan_more.setEnabled(not planning)
        self.steps[Step.PLAN].setText("Planning…" if planning else Step.PLAN.value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = QFontMetrics(self.source.font())
        width = max(0, self.source.width() - 2)
        self.source.setText(metrics.elidedText(self._source_text, Qt.TextElideMode.ElideMiddle, width))
        self.source.setToolTip(self._source_text)
        self.source.setAccessibleName(self._source_text)

    def _step_button(self, step: Step) -> QPushButton:
        button = QPushButton(step.value, self)
        button.setObjectName(f"step-{step.value.lower()}")
        button.setAccessibleName(step.value)
        button.setToolTip(_TIPS[step])
        button.setCheckable(True)
        button.setIconSize(QSize(16, 16))
        theme.set_role(button, "quiet")
        set_icon(button, _ICONS[step], "text_muted")
        button.clicked.connect(lambda: self.step_chosen.emit(step))
        self._group.addButton(button)
        self.steps[step] = button
        return button

    def _menu_button(self, menu: QMenu) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("plan-more")
        button.setToolTip("Improve the plan, planning time")
        button.setAccessibleName("More about planning")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(menu)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        theme.set_role(button, "quiet")
        set_icon(button, "down", "text_muted")
        self.plan_more = button
        return button
