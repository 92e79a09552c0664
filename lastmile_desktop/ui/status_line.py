"""The line at the bottom: the day's key figures, where the times come from, and whether the day is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from lastmile_desktop.documents.road_words import roads_label, roads_sentence
from lastmile_desktop.model import DayState, wording
from lastmile_desktop.pipeline.road_travel import known_note
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.card.facts import share_of_load
from lastmile_desktop.ui.icons import set_icon
from lastmile_desktop.ui.session import Change, FileStatus, Session
from lastmile_desktop.ui.shown_day import ShownDay

if TYPE_CHECKING:
    from lastmile_desktop.pipeline.quality import Quality

#: A larger figure says more about the bound than about the plan, and would only worry people.
_TELLING_PERCENT = 20.0


class StatusLine(QWidget):
    """Key figures left, truth and state right; everything is text that a screen reader finds."""

    def __init__(self, session: Session, shown: ShownDay, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._shown = session, shown
        self.setObjectName("status-line")
        self.setAccessibleName("Key figures")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "statusbar")
        self.setFixedHeight(32)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(14)
        self.figures: dict[str, QLabel] = {}
        for name in (
            "planned",
            "unassigned",
            "late",
            "broken",
            "routes",
            "distance",
            "hours",
            "load",
            "cost",
        ):
            self.figures[name] = self._label(name, row)
        self.quality = self._label("quality", row, "muted")
        self.quality.hide()
        row.addStretch(1)
        self.roads = self._label("roads", row, "muted")
        self.undo = self._undo_button(row)
        self.saved = self._label("saved", row, "muted")
        shown.changed.connect(self._show_figures)
        session.status_changed.connect(self._show_saved)
        self._show_figures(Change.EVERYTHING)
        self._show_saved()

    def _label(self, name: str, row: QHBoxLayout, role: str = "") -> QLabel:
        label = QLabel(self)
        label.setObjectName(f"figure-{name}")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(theme.tabular_font(label.font()))
        if role:
            theme.set_role(label, role)
        row.addWidget(label)
        return label

    def _undo_button(self, row: QHBoxLayout) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("status-undo")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        theme.set_role(button, "quiet")
        set_icon(button, "undo", "text_muted")
        button.clicked.connect(self._session.undo)
        row.addWidget(button)
        return button

    def show_quality(self, quality: Quality | None) -> None:
        """Say how far the plan can be from the best possible one; None = it belongs to no plan any more."""
        known = quality is not None and quality.percent is not None and quality.percent <= _TELLING_PERCENT
        text = f"at most {quality.percent:,.1f} % above the best" if quality and known else ""
        if quality is not None and quality.percent == 0:
            text = "no better plan exists"
        self.quality.setText(text)
        self.quality.setAccessibleName(text)
        self.quality.setToolTip(quality.sentence if quality is not None else "")
        self.quality.setVisible(bool(text))

    def show_undo(self, possible: bool) -> None:
        """Offer to take back the last step; not while planning."""
        name = self._session.status.undo_name
        self.undo.setVisible(name is not None)
        self.undo.setEnabled(possible)
        if name is not None:
            text = QFontMetrics(self.undo.font()).elidedText(f"Undo {name}", Qt.TextElideMode.ElideRight, 200)
            self.undo.setText(text.replace("&", "&&"))
            self.undo.setToolTip(f"Take back: {name}")
            self.undo.setAccessibleName(f"Undo {name}")

    def _show_figures(self, _change: Change) -> None:
        texts = figures(self._shown.state)
        for name, label in self.figures.items():
            text, role = texts.get(name, ("", ""))
            label.setText(text)
            label.setAccessibleName(text)
            label.setVisible(bool(text))
            if label.property("role") != role:
                theme.set_role(label, role)
        timetable = self._shown.state.timetable
        note = known_note(self._shown.state.day.settings) if timetable else ""
        self.roads.setText(("⚠ " if note else "") + roads_label(timetable) if timetable else "")
        role = "warning" if note or (timetable and timetable.estimated_legs) else "muted"
        if self.roads.property("role") != role:
            theme.set_role(self.roads, role)
        self.roads.setVisible(timetable is not None)
        self.roads.setToolTip(note or (roads_sentence(timetable) if timetable else ""))
        self._show_saved()

    def _show_saved(self) -> None:
        text, tip = saved_text(self._session.status, bool(self._session.state.day.orders))
        self.saved.setText(text)
        self.saved.setToolTip(tip)
        self.saved.setVisible(bool(text))


def figures(state: DayState) -> dict[str, tuple[str, str]]:
    """The key figures as text and role, by name; those that have nothing to say are left out."""
    orders = len(state.day.orders)
    if state.timetable is None:
        if not orders:
            return {}
        waiting = sum(1 for order in state.day.orders if order.location is None)
        shown = {"planned": (f"{wording.count(orders, 'order')}, not planned yet", "")}
        if waiting:
            shown["unassigned"] = (f"{waiting:,} without a position", "warning")
        return shown
    totals = state.timetable.totals
    load = share_of_load(state)
    broken = len(state.timetable.violations)
    shown = {
        "planned": (f"{totals.planned:,} of {orders:,} planned", ""),
        "unassigned": (
            (f"⚠ {totals.unassigned:,} unassigned", "warning") if totals.unassigned else ("0 unassigned", "")
        ),
        "late": (f"⚠ {totals.late_visits:,} late", "danger") if totals.late_visits else ("0 late", ""),
        "routes": (wording.count(totals.routes, "route"), ""),
        "distance": (wording.distance(totals.distance_m), ""),
        "hours": (wording.duration(totals.duration_s), ""),
        "cost": (wording.money(totals.cost_cents, state.day.settings.currency), ""),
    }
    if broken:
        shown["broken"] = (f"⚠ {wording.count(broken, 'rule broken', 'rules broken')}", "danger")
    if load is not None:
        shown["load"] = (f"{load} % full", "")
    return shown


def saved_text(status: FileStatus, has_orders: bool) -> tuple[str, str]:
    """Whether the day is in the user's file, and the tool tip that explains it."""
    tip = "Every change is kept at once and comes back after a crash. Save writes it to your own file."
    if status.path is None:
        return ("kept, no file yet", tip) if has_orders else ("", "")
    return ("saved", str(status.path)) if status.saved else ("kept, not saved", tip)
