"""The map in the window: shows the day, follows the selection, and tells what was clicked."""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lastmile_desktop.basemap.sources import TileSource
from lastmile_desktop.documents.map_data import LegLine, straight_line
from lastmile_desktop.model import Assignment, Day, Location, Timetable
from lastmile_desktop.regions.service_area import ServiceArea
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.map_view.feed import MapFeed, ShownDay, Update, change_message, message
from lastmile_desktop.ui.map_view.host import PageHost
from lastmile_desktop.ui.map_view.sketch import Sketch
from lastmile_desktop.ui.selection import Selection

log = logging.getLogger(__name__)

#: At most four redraws a second while a plan improves.
_REDRAW_EVERY_MS = 250


class MapView(QWidget):
    """Shows the day's routes on a map; a click selects, here and everywhere.

    ``order_clicked``/``route_clicked`` carry keys that the shown day has; ``position_picked`` carries the
    order key given to `start_placing`, latitude and longitude; ``box_drawn`` the ServiceArea that
    `start_drawing` asked for. ``placing_ended``: neither is asked for any more. ``ready``: the page listens;
    ``drawn``: the last update is on the screen.
    """

    order_clicked = Signal(str)
    route_clicked = Signal(str)
    position_picked = Signal(str, float, float)
    box_drawn = Signal(object)
    placing_ended = Signal()
    ready = Signal()
    drawn = Signal()

    def __init__(self, selection: Selection, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection, self._jobs = selection, jobs
        self._feed = MapFeed()
        self._building = self._page_has_plan = False
        self._wanted: ShownDay | None = None
        self._day: Day | None = None
        self._plan = b""
        self._refit = True
        self._placing: tuple[str, str, Location | None] | None = None
        self._drawing: Sketch | None = None
        self._source: TileSource | None = None
        self._generation = 0
        self._last_build_s = 0.0
        self._throttle = QTimer(self)
        self._throttle.setSingleShot(True)
        self._throttle.timeout.connect(self._build)
        self._host = PageHost(jobs, lambda: self._plan, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._host)
        self._connect()

    def _connect(self) -> None:
        bridge = self._host.bridge
        bridge.order_clicked.connect(self._order_was_clicked)
        bridge.route_clicked.connect(self._route_was_clicked)
        bridge.background_clicked.connect(self._selection.clear)
        bridge.picked.connect(self._place_was_picked)
        bridge.boxed.connect(self._box_was_drawn)
        bridge.picking_cancelled.connect(self.stop_placing)
        bridge.update_drawn.connect(self._drawn)
        self._host.listening.connect(self._fill_page)
        self._selection.changed.connect(self._push_selection)
        theme.watcher().changed.connect(self._push_theme)

    # ---- what the window asks for

    def show_day(
        self,
        day: Day,
        timetable: Timetable | None,
        assignment: Assignment | None,
        line: LegLine = straight_line,
    ) -> None:
        """Show this state of the day; only what differs is drawn anew, at most four times a second.

        ``line`` gives the points of a leg and is called on a worker thread.
        """
        if self._day is None or (day.date, day.source_name) != (self._day.date, self._day.source_name):
            self._refit = True
        self._day = day
        self._wanted = ShownDay(day, timetable, assignment, line)
        self._build_soon()

    def set_ground(self, source: TileSource | None) -> None:
        """Show this picture behind the routes; None = none. It is closed when another takes its place."""
        self._source = source
        if self._host.web is not None:
            self._take_ground()

    def fit(self) -> None:
        """Show everything."""
        self._host.push("fit")

    def fit_selection(self) -> None:
        """Show what is selected."""
        self._host.push("fit_selection")

    def start_placing(self, order_key: str, label: str, at: Location | None = None) -> None:
        """Let the next click on the map be the position of this order; ``label`` names it to the person.

        With ``at``, where the order is now, a pin stands there that can be dragged to the right door.
        """
        if self._drawing is not None:
            self.stop_placing()
        self._placing = (order_key, label, at)
        self._push_placing()
        self._take_keys()

    def start_drawing(self, sketch: Sketch) -> None:
        """Let the next drag on the map be a box; Escape ends it without one."""
        self.stop_placing()
        self._drawing = sketch
        self._push_drawing()
        self._take_keys()

    def _take_keys(self) -> None:
        if self._host.web is not None:
            self._host.web.setFocus()

    def _push_placing(self) -> None:
        if self._placing is not None:
            _, label, at = self._placing
            self._host.push("placing", label=label, at=None if at is None else [at.lat, at.lon])

    def _push_drawing(self) -> None:
        if self._drawing is not None:
            self._host.push("drawing", **self._drawing.told())

    def stop_placing(self) -> None:
        """Back to selecting; says `placing_ended` when a place was being asked for."""
        if self._placing is not None:
            self._placing = None
            self._host.push("placing", label=None)
            self.placing_ended.emit()
        if self._drawing is not None:
            self._drawing = None
            self._host.push("drawing", words=None, box=None, edge=None, extent=None)
            self.placing_ended.emit()

    def grab_picture(self) -> QPixmap:
        """What the map shows now."""
        return (self._host.web or self).grab()

    @property
    def waits_for_tiles(self) -> bool:
        """True while parts of the picture behind the routes are being made."""
        if self._source is None or self._host.web is None:
            return False
        from lastmile_desktop.ui.map_view.web import shared_web

        return not shared_web().files.ground.is_idle

    @property
    def is_ready(self) -> bool:
        """True while the page listens."""
        return self._host.is_listening

    def close_page(self) -> None:
        """End the web page before the application goes; also done when it quits by itself."""
        self._host.close_page()

    # ---- building off the GUI thread

    def _build_soon(self) -> None:
        if self._building or self._throttle.isActive():
            return
        passed_ms = (time.monotonic() - self._last_build_s) * 1000
        if passed_ms < _REDRAW_EVERY_MS:
            self._throttle.start(int(_REDRAW_EVERY_MS - passed_ms))
        else:
            self._build()

    def _build(self) -> None:
        shown, self._wanted = self._wanted, None
        if shown is None:
            return
        self._building, self._last_build_s = True, time.monotonic()
        self._jobs.run(lambda _job: self._feed.update(shown), self._built, self._build_failed)

    def _built(self, update: Update) -> None:
        self._building = False
        self._plan = update.whole
        if self._host.is_listening:
            if self._refit or not self._page_has_plan or update.fetch:
                self._push_plan()
            elif update.nothing:
                self.drawn.emit()  # it is on the screen already
            else:
                self._generation += 1
                self._host.push_update(change_message(update.change, self._generation), self._generation)
        if self._wanted is not None:
            self._build_soon()

    def _build_failed(self, error: Exception) -> None:
        log.error("the map's data could not be built: %r", error)
        self._building = self._page_has_plan = False
        self._feed = MapFeed()
        if self._wanted is not None:
            self._build_soon()

    # ---- to the page

    def _fill_page(self) -> None:
        """A new page knows nothing: tell it everything."""
        self._page_has_plan = False
        self._push_theme()
        self._take_ground()
        if self._plan:
            self._push_plan()
        self._push_selection()
        if self._placing is not None:
            self._push_placing()
        self._push_drawing()
        self.ready.emit()

    def _push_plan(self) -> None:
        self._generation += 1
        text = message("plan", view=self._host.name, generation=self._generation, fit=self._refit)
        self._host.push_update(text, self._generation)
        self._page_has_plan, self._refit = True, False

    def _take_ground(self) -> None:
        """Give the source to the web's address space, and tell the page what it may ask for there."""
        from lastmile_desktop.ui.map_view.web import shared_web

        ground, source = shared_web().files.ground, self._source
        if ground.source is not source:
            ground.set_source(source)
        told = source and {
            "number": ground.number,
            "looks": source.has_looks,
            "attribution": source.attribution,
            "first_zoom": source.first_zoom,
            "last_zoom": source.last_zoom,
        }
        self._host.push("ground", source=told)

    def _push_selection(self) -> None:
        self._host.push("select", order=self._selection.order_key, vehicle=self._selection.vehicle_key)

    def _push_theme(self) -> None:
        colours = theme.current()
        self._host.set_ground(colours.map_ground)
        self._host.push("theme", scheme="dark" if colours.dark else "light", theme=page_colours(colours))

    def _drawn(self, generation: int) -> None:
        if generation >= self._generation:
            self.drawn.emit()

    # ---- from the page: ids are checked, for the page is not trusted

    def _order_was_clicked(self, order_key: str) -> None:
        if self._day is not None and order_key in self._day.order_by_key:
            self._selection.select_order(order_key)
            self.order_clicked.emit(order_key)

    def _route_was_clicked(self, vehicle_key: str) -> None:
        if self._day is not None and vehicle_key in self._day.vehicle_by_key:
            self._selection.select_vehicle(vehicle_key)
            self.route_clicked.emit(vehicle_key)

    def _place_was_picked(self, lat: float, lon: float) -> None:
        if self._placing is not None:
            order_key = self._placing[0]
            self.stop_placing()
            self.position_picked.emit(order_key, lat, lon)

    def _box_was_drawn(self, south: float, west: float, north: float, east: float) -> None:
        if self._drawing is not None:
            # The answer first: whoever waits learns what was drawn before it learns that drawing is over.
            self.box_drawn.emit(ServiceArea(south, west, north, east))
            self.stop_placing()


def page_colours(colours: theme.Colours) -> dict[str, str]:
    """The theme's colours by the names the page knows (those of documents.map_colours.MapPalette)."""
    return {
        "ground": colours.map_ground,
        "grid": colours.map_grid,
        "surface": colours.surface,
        "border": colours.border,
        "text": colours.text,
        "muted": colours.text_muted,
        "accent": colours.accent,
        "danger": colours.danger,
        "warning": colours.warning,
    }
