"""The plan page: work list left, map over timeline in the middle, the card at the right."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from lastmile_desktop.model import Location
from lastmile_desktop.ui.card.panel import CardPanel
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.order_actions import OrderActions
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Change, Session
from lastmile_desktop.ui.shown_day import ShownDay
from lastmile_desktop.ui.window_memory import WindowMemory
from lastmile_desktop.ui.work_list.panel import WorkListPanel

if TYPE_CHECKING:
    from lastmile_desktop.basemap.sources import TileSource
    from lastmile_desktop.ui.map_view.sketch import Sketch
    from lastmile_desktop.ui.map_view.view import MapView
    from lastmile_desktop.ui.timeline.view import TimelineView

_LIST_PX = 336
_TIMELINE_PX = 220
#: While planning, the timeline of a large day is drawn at most this share of the time.
_TIMELINE_REST = 12


class PlanPage(QWidget):
    """Everything about the plan at once. Map and timeline are made when the page is first prepared."""

    position_picked = Signal(str, float, float)
    box_drawn = Signal(object)
    placing_ended = Signal()
    map_drawn = Signal()

    def __init__(
        self,
        session: Session,
        shown: ShownDay,
        selection: Selection,
        actions: OrderActions,
        jobs: Jobs,
        memory: WindowMemory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._shown, self._selection, self._jobs = session, shown, selection, jobs
        self._memory = memory
        self.map: MapView | None = None
        self.timeline: TimelineView | None = None
        self._placing = False
        self.setObjectName("plan-page")
        self.setAccessibleName("Plan")
        self.work_list = WorkListPanel(shown, selection, actions, self)
        self.work_list.setMinimumWidth(264)
        self._map_place = _place("map-place", "Map", self)
        self._map_place.setMinimumHeight(160)
        self._timeline_place = _place("timeline-place", "Timeline", self)
        self._timeline_place.setMinimumHeight(96)
        self.middle = self._splitter("map-timeline", Qt.Orientation.Vertical)
        self.middle.addWidget(self._map_place)
        self.middle.addWidget(self._timeline_place)
        self.middle.setStretchFactor(0, 1)
        self.across = self._splitter("list-map", Qt.Orientation.Horizontal)
        self.across.addWidget(self.work_list)
        self.across.addWidget(self.middle)
        self.across.setStretchFactor(1, 1)
        self.card = CardPanel(shown, selection, actions, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.across, 1)
        row.addWidget(self.card)
        if not memory.restore_splitter(self.across):
            self.across.setSizes([_LIST_PX, 1100])
        if not memory.restore_splitter(self.middle):
            self.middle.setSizes([500, _TIMELINE_PX])
        self._ground: TileSource | None = None
        self._stale = Change(0)
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._show_stale)
        self._timeline_turn = QTimer(self, singleShot=True)
        self._timeline_turn.timeout.connect(self._show_timeline)
        self._timeline_cost_s = 0.0
        shown.changed.connect(self._show)

    def prepare(self) -> None:
        """Make map and timeline; their own heavy parts come when they are first on the screen."""
        if self.map is not None:
            return
        from lastmile_desktop.ui.map_view.view import MapView
        from lastmile_desktop.ui.timeline.view import TimelineView

        self.map = MapView(self._selection, self._jobs, self._map_place)
        self.map.position_picked.connect(self.position_picked)
        self.map.box_drawn.connect(self.box_drawn)
        self.map.drawn.connect(self.map_drawn)
        self.map.placing_ended.connect(self._placing_ended)
        self.map.set_ground(self._ground)
        self._fill(self._map_place, self.map)
        self.timeline = TimelineView(self._selection, self._jobs, self._timeline_place)
        self._fill(self._timeline_place, self.timeline)
        self._show(Change.EVERYTHING)

    def set_ground(self, source: TileSource | None) -> None:
        """What is behind the routes on the map from now on; None = nothing."""
        self._ground = source
        if self.map is not None:
            self.map.set_ground(source)

    def keep_sizes(self) -> None:
        """Remember how the page is divided."""
        self._memory.keep_splitter(self.across)
        self._memory.keep_splitter(self.middle)

    def set_timeline_visible(self, visible: bool) -> None:
        """Show or hide the timeline."""
        self._timeline_place.setVisible(visible)

    def fit(self) -> None:
        """Show everything on the map."""
        if self.map is not None:
            self.map.fit()

    def fit_selection(self) -> None:
        """Show the selection on the map."""
        if self.map is not None:
            self.map.fit_selection()

    def start_placing(self, order_key: str, label: str, at: Location | None = None) -> None:
        """Let the next click on the map be the order's position; a pin ``at`` the old one can be dragged."""
        self.prepare()
        if self.map is not None:
            self.map.start_placing(order_key, label, at)
            self._placing = True

    def start_drawing(self, sketch: Sketch) -> None:
        """Let the next drag on the map be a box."""
        self.prepare()
        if self.map is not None:
            self.map.start_drawing(sketch)
            self._placing = True

    def stop_placing(self) -> bool:
        """Give up asking for a place; False when none was asked for."""
        was_placing = self._placing
        if self.map is not None:
            self.map.stop_placing()
        return was_placing

    def _placing_ended(self) -> None:
        self._placing = False
        self.placing_ended.emit()

    def _show(self, change: Change) -> None:
        """Map and timeline follow in turns of their own, so that no turn of the window takes long."""
        self._stale |= change
        if not self._turn.isActive():
            self._turn.start(0)

    def _show_stale(self) -> None:
        change, self._stale = self._stale, Change(0)
        if self.map is None or not change & (Change.ORDERS | Change.FLEET | Change.PLAN | Change.SETTINGS):
            return
        state = self._shown.state
        self.map.show_day(state.day, state.timetable, state.assignment, self._session.travel.line)
        if not self._timeline_turn.isActive():
            rest_s = _TIMELINE_REST * self._timeline_cost_s if self._shown.is_preview else 0.0
            self._timeline_turn.start(round(1000 * rest_s))

    def _show_timeline(self) -> None:
        if self.timeline is not None:
            began_at = time.perf_counter()
            self.timeline.show_day(self._shown.state.day, self._shown.state.timetable)
            self._timeline_cost_s = time.perf_counter() - began_at

    def _splitter(self, name: str, orientation: Qt.Orientation) -> QSplitter:
        splitter = QSplitter(orientation, self)
        splitter.setObjectName(name)
        splitter.setAccessibleName("Divider")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        return splitter

    def _fill(self, place: QWidget, view: QWidget) -> None:
        layout = place.layout()
        assert layout is not None
        layout.addWidget(view)


def _place(name: str, title: str, parent: QWidget) -> QWidget:
    place = QWidget(parent)
    place.setObjectName(name)
    place.setAccessibleName(title)
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    return place
