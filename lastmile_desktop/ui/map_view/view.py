"""The map in the window: starts the web engine after the window stands, feeds it, and brings it back."""

from __future__ import annotations

import logging
import time
from collections import deque
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QPixmap, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from lastmile_desktop.documents.map_data import LegLine, straight_line
from lastmile_desktop.documents.map_page import MapFilesMissing, live_page
from lastmile_desktop.model import Assignment, Day, Timetable
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.map_view.bridge import Bridge
from lastmile_desktop.ui.map_view.feed import MapFeed, ShownDay, Update, change_message, message
from lastmile_desktop.ui.selection import Selection

if TYPE_CHECKING:
    from PySide6.QtWebEngineWidgets import QWebEngineView

    from lastmile_desktop.ui.map_view.web import MapPage

log = logging.getLogger(__name__)

#: At most four redraws a second while a plan improves.
_REDRAW_EVERY_MS = 250
#: Generous: a busy old machine is no dead page.
_ANSWER_WITHIN_MS = 20_000
#: More deaths than this within the time, and the person is asked instead of trying for ever.
_SILENT_RELOADS = 3
_RELOAD_MEMORY_S = 30.0

_LOADING = "The map is loading …"
_NO_ENGINE = (
    "The map cannot be shown on this computer because its web view is missing. "
    "Orders, routes, timeline and printing work without it."
)
_NO_PAGE = "The map could not be made ready. Orders, routes, timeline and printing work without it."
_STOPPED = "The map stopped working. Your plan is not affected."

_view_numbers = count(1)


class MapView(QWidget):
    """Shows the day's routes on a map; a click selects, here and everywhere.

    ``order_clicked``/``route_clicked`` carry keys that the shown day has; ``position_picked`` carries the
    order key given to `start_placing`, latitude and longitude. ``ready``: the page listens;
    ``drawn``: the last update is on the screen.
    """

    order_clicked = Signal(str)
    route_clicked = Signal(str)
    position_picked = Signal(str, float, float)
    placing_ended = Signal()
    ready = Signal()
    drawn = Signal()

    def __init__(self, selection: Selection, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection, self._jobs = selection, jobs
        self._feed = MapFeed()
        self._name = str(next(_view_numbers))
        self._web: QWebEngineView | None = None
        self._page: MapPage | None = None
        self._started = self._page_ready = self._page_has_plan = self._building = False
        self._wanted: ShownDay | None = None
        self._day: Day | None = None
        self._plan = b""
        self._refit = True
        self._placing: tuple[str, str] | None = None
        self._generation = 0
        self._deaths: deque[float] = deque(maxlen=_SILENT_RELOADS + 1)
        self._last_build_s = 0.0
        self._throttle = self._single_shot(self._build)
        self._silence = self._single_shot(self._no_answer)
        self._bridge = self._make_bridge()
        self._make_panels()
        selection.changed.connect(self._push_selection)
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

    def fit(self) -> None:
        """Show everything."""
        self._push("fit")

    def fit_selection(self) -> None:
        """Show what is selected."""
        self._push("fit_selection")

    def start_placing(self, order_key: str, label: str) -> None:
        """Let the next click on the map be the position of this order; ``label`` names it to the person."""
        self._placing = (order_key, label)
        self._push("placing", label=label)
        if self._web is not None:
            self._web.setFocus()

    def stop_placing(self) -> None:
        """Back to selecting; says `placing_ended` when a place was being asked for."""
        if self._placing is not None:
            self._placing = None
            self._push("placing", label=None)
            self.placing_ended.emit()

    def grab_picture(self) -> QPixmap:
        """What the map shows now."""
        return self._web.grab() if self._web is not None else self.grab()

    @property
    def is_ready(self) -> bool:
        """True while the page listens."""
        return self._page_ready

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
        if self._page_ready:
            if self._refit or not self._page_has_plan or update.fetch:
                self._push_plan()
            elif not update.nothing:
                self._generation += 1
                self._send(change_message(update.change, self._generation))
                self._expect_answer()
        if self._wanted is not None:
            self._build_soon()

    def _build_failed(self, error: Exception) -> None:
        self._building = False
        self._feed = MapFeed()
        log.error("the map's data could not be built: %r", error)
        if self._wanted is not None:
            self._build_soon()

    # ---- talking to the page

    def _push(self, kind: str, **values: Any) -> None:
        if self._page_ready:
            self._send(message(kind, **values))

    def _send(self, text: str) -> None:
        self._bridge.pushed.emit(text)

    def _push_plan(self) -> None:
        self._generation += 1
        self._push("plan", view=self._name, generation=self._generation, fit=self._refit)
        self._page_has_plan, self._refit = True, False
        self._expect_answer()

    def _push_selection(self) -> None:
        self._push("select", order=self._selection.order_key, vehicle=self._selection.vehicle_key)

    def _push_theme(self) -> None:
        colours = theme.current()
        if self._page is not None:
            self._page.setBackgroundColor(QColor(colours.map_ground))
        self._push("theme", scheme="dark" if colours.dark else "light", theme=page_colours(colours))

    def _expect_answer(self) -> None:
        if not self._silence.isActive():
            self._silence.start(_ANSWER_WITHIN_MS)

    def _applied(self, generation: int) -> None:
        if generation >= self._generation:
            self._silence.stop()

    def _drawn(self, generation: int) -> None:
        if generation >= self._generation:
            self.drawn.emit()

    # ---- hearing from the page: ids are checked, for the page is not trusted

    def _make_bridge(self) -> Bridge:
        bridge = Bridge(self)
        bridge.ready.connect(self._listening)
        bridge.order_clicked.connect(self._order_was_clicked)
        bridge.route_clicked.connect(self._route_was_clicked)
        bridge.background_clicked.connect(self._selection.clear)
        bridge.picked.connect(self._place_was_picked)
        bridge.picking_cancelled.connect(self.stop_placing)
        bridge.update_applied.connect(self._applied)
        bridge.update_drawn.connect(self._drawn)
        bridge.page_failed.connect(self._page_failed)
        return bridge

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

    def _listening(self) -> None:
        self._page_ready = True
        self._silence.stop()
        self._push_theme()
        if self._plan:
            self._push_plan()
        self._push_selection()
        if self._placing is not None:
            self._push("placing", label=self._placing[1])
        self._show_panel(self._web)
        self.ready.emit()

    # ---- start, end and return of the page

    def showEvent(self, event: QShowEvent) -> None:
        """The first time on the screen, start the map once the window has been painted."""
        super().showEvent(event)
        if not self._started:
            self._started = True
            QTimer.singleShot(0, self._make_page_text)

    def _make_page_text(self) -> None:
        self._jobs.run(lambda _job: live_page(), lambda _page: self._make_web_view(), self._no_map)

    def _make_web_view(self) -> None:
        try:
            from PySide6.QtWebChannel import QWebChannel
            from PySide6.QtWebEngineWidgets import QWebEngineView

            from lastmile_desktop.ui.map_view.web import shared_web
        except ImportError as error:
            self._no_map(error)
            return
        web = QWebEngineView(self)
        web.setAccessibleName("Map of the routes")
        web.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        web.setAcceptDrops(False)  # a dropped file belongs to the window
        shared_web().files.plans[self._name] = lambda: self._plan
        page = shared_web().new_page(web)
        channel = QWebChannel(page)
        channel.registerObject("bridge", self._bridge)
        page.setWebChannel(channel)
        page.renderProcessTerminated.connect(lambda *_how: self._page_died("its process ended"))
        page.loadFinished.connect(self._loaded)
        web.setPage(page)
        self._web, self._page = web, page
        self._panels.addWidget(web)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close_page)
        self._load()

    def close_page(self) -> None:
        """End the page; the profile must outlive it. The map stays empty after this."""
        import shiboken6

        self._page_ready = False
        self._silence.stop()
        if self._page is not None and shiboken6.isValid(self._page):
            shiboken6.delete(self._page)
        self._page = None

    def _load(self) -> None:
        from lastmile_desktop.ui.map_view.web import INDEX_URL

        self._page_ready = self._page_has_plan = False
        if self._page is not None:
            self._push_theme()
            self._page.load(QUrl(INDEX_URL))
            self._silence.start(_ANSWER_WITHIN_MS)

    def _loaded(self, well: bool) -> None:
        if not well and self._page is not None:
            log.warning("the map page did not load")

    def _no_answer(self) -> None:
        self._page_died("it does not answer")

    def _page_failed(self, what: str) -> None:
        self._page_died(f"it could not draw: {what}")

    def _page_died(self, why: str) -> None:
        """Load the page again and fill it; when that keeps happening, wait for the person."""
        log.warning("the map page is loaded again: %s", why)
        self._page_ready = False
        self._silence.stop()
        now = time.monotonic()
        self._deaths.append(now)
        if sum(1 for death in self._deaths if now - death < _RELOAD_MEMORY_S) > _SILENT_RELOADS:
            self._say(_STOPPED, can_reload=True)
        else:
            QTimer.singleShot(0, self._load)

    def _reload_asked(self) -> None:
        self._deaths.clear()
        self._say(_LOADING, can_reload=False)
        self._load()

    def _no_map(self, error: Exception) -> None:
        log.error("the map cannot be shown: %r", error)
        if isinstance(error, MapFilesMissing):
            self._say(str(error), can_reload=False)
        else:
            self._say(_NO_ENGINE if isinstance(error, ImportError) else _NO_PAGE, can_reload=False)

    # ---- panels

    def _make_panels(self) -> None:
        self._panels = QStackedLayout(self)
        self._panels.setContentsMargins(0, 0, 0, 0)
        self._panel = QWidget(self)
        box = QVBoxLayout(self._panel)
        box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.setSpacing(theme.GRID_PX * 2)
        self._words = QLabel(_LOADING, self._panel)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self._words.setMinimumWidth(320)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_role(self._words, "muted")
        self._reload = QPushButton("Reload map", self._panel)
        self._reload.clicked.connect(self._reload_asked)
        self._reload.hide()
        box.addWidget(self._words)
        box.addWidget(self._reload, alignment=Qt.AlignmentFlag.AlignCenter)
        self._panels.addWidget(self._panel)

    def _say(self, words: str, can_reload: bool) -> None:
        self._words.setText(words)
        self._reload.setVisible(can_reload)
        self._show_panel(self._panel)

    def _show_panel(self, panel: QWidget | None) -> None:
        if panel is not None:
            self._panels.setCurrentWidget(panel)

    def _single_shot(self, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer


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
