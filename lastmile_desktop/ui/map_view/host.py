"""The place of the map's page in the window: starts it late, notices when it dies, and brings it back."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import signal
import time
from collections import deque
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from lastmile_desktop.documents.map_page import MapFilesMissing, live_page
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.map_view.bridge import Bridge
from lastmile_desktop.ui.map_view.feed import message

if TYPE_CHECKING:
    from PySide6.QtWebEngineWidgets import QWebEngineView

    from lastmile_desktop.ui.map_view.web import MapPage

log = logging.getLogger(__name__)

#: Generous: a busy old machine is no dead page.
_ANSWER_WITHIN_MS = 20_000
#: More deaths than this within the time, and the person is asked instead of trying for ever.
_SILENT_RELOADS = 3
_RELOAD_MEMORY_S = 30.0

#: In this order; none of them before the window stands.
_ENGINE = (
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "PySide6.QtWebChannel",
    "lastmile_desktop.ui.map_view.web",
)

_LOADING = "The map is loading …"
_NO_ENGINE = (
    "The map cannot be shown on this computer because its web view is missing. "
    "Orders, routes, timeline and printing work without it."
)
_NO_PAGE = "The map could not be made ready. Orders, routes, timeline and printing work without it."
_STOPPED = "The map stopped working. Your plan is not affected."

_host_numbers = count(1)


class PageHost(QWidget):
    """Holds the page and its bridge. ``listening``: the page is there, and empty: fill it.

    ``plan`` gives the whole plan as JSON whenever the page asks for it.
    """

    listening = Signal()

    def __init__(self, jobs: Jobs, plan: Callable[[], bytes], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._plan = jobs, plan
        self.name = str(next(_host_numbers))
        self.bridge = Bridge(self)
        self.web: QWebEngineView | None = None
        self._page: MapPage | None = None
        self._started = self._is_listening = False
        self._awaited = 0
        self._deaths: deque[float] = deque(maxlen=_SILENT_RELOADS + 1)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(self._page_hangs)
        self._make_panels()
        self.bridge.ready.connect(self._page_listens)
        self.bridge.update_applied.connect(self._applied)
        self.bridge.page_failed.connect(lambda what: self._page_died(f"it could not draw: {what}"))

    @property
    def is_listening(self) -> bool:
        """True while messages reach the page."""
        return self._is_listening

    def push(self, kind: str, **values: Any) -> None:
        """Send a message; without a page it is dropped, for a new page is filled from scratch."""
        if self._is_listening:
            self.bridge.pushed.emit(message(kind, **values))

    def push_update(self, text: str, generation: int) -> None:
        """Send a message that the page must confirm with ``generation`` in time, or it counts as dead."""
        if self._is_listening:
            self._awaited = generation
            self.bridge.pushed.emit(text)
            if not self._silence.isActive():
                self._silence.start(_ANSWER_WITHIN_MS)

    def set_ground(self, colour: str) -> None:
        """The colour before the page has drawn anything."""
        if self._page is not None:
            self._page.setBackgroundColor(QColor(colour))

    def close_page(self) -> None:
        """End the page, because the profile must outlive it. The map stays empty after this."""
        import shiboken6

        self._is_listening = False
        self._silence.stop()
        if self._page is not None and shiboken6.isValid(self._page):
            shiboken6.delete(self._page)
        self._page = None

    # ---- start

    def showEvent(self, event: QShowEvent) -> None:
        """The first time on the screen, start the map once the window has been painted."""
        super().showEvent(event)
        if not self._started:
            self._started = True
            QTimer.singleShot(0, self._make_page_text)

    def _make_page_text(self) -> None:
        self._jobs.run(lambda _job: live_page(), lambda _page: self._load_engine(list(_ENGINE)), self._no_map)

    def _load_engine(self, modules: list[str]) -> None:
        """Load the web engine in pieces, so that the window answers in between."""
        if not modules:
            self._make_web_view()
            return
        try:
            importlib.import_module(modules.pop(0))
        except ImportError as error:
            self._no_map(error)
            return
        QTimer.singleShot(0, self, lambda: self._load_engine(modules))

    def _make_web_view(self) -> None:
        from PySide6.QtWebChannel import QWebChannel
        from PySide6.QtWebEngineWidgets import QWebEngineView

        from lastmile_desktop.ui.map_view.web import shared_web

        web = QWebEngineView(self)
        web.setAccessibleName("Map of the routes")
        web.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        shared_web().files.plans[self.name] = self._plan
        page = shared_web().new_page(web)
        channel = QWebChannel(page)
        channel.registerObject("bridge", self.bridge)
        page.setWebChannel(channel)
        page.renderProcessTerminated.connect(lambda *_how: self._page_died("its process ended"))
        web.setPage(page)
        self.web, self._page = web, page
        self._panels.addWidget(web)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close_page)
        self._load()

    def _load(self) -> None:
        from lastmile_desktop.ui.map_view.web import INDEX_URL

        self._is_listening = False
        if self._page is not None:
            self.set_ground(theme.current().map_ground)
            self._page.load(QUrl(INDEX_URL))
            self._silence.start(_ANSWER_WITHIN_MS)

    # ---- life

    def _page_listens(self) -> None:
        self._is_listening = True
        self._silence.stop()
        self.listening.emit()
        if self.web is not None:
            # A dropped file belongs to the window; the engine makes its inner widgets anew with each process.
            for widget in (self.web, *self.web.findChildren(QWidget)):
                widget.setAcceptDrops(False)
            self._panels.setCurrentWidget(self.web)

    def _applied(self, generation: int) -> None:
        if generation >= self._awaited:
            self._silence.stop()

    def _page_hangs(self) -> None:
        """A page that is stuck cannot load itself again: its process must go first."""
        process = self._page.renderProcessPid() if self._page is not None else 0
        if process > 0:
            log.warning("the map page does not answer; its process is ended")
            with contextlib.suppress(OSError):
                os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        else:
            self._page_died("it does not answer")

    def _page_died(self, why: str) -> None:
        """Load the page again and fill it; when that keeps happening, wait for the person."""
        log.warning("the map page is loaded again: %s", why)
        self._is_listening = False
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

    # ---- the panel with words, when there is no page

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
        self._panels.setCurrentWidget(self._panel)
