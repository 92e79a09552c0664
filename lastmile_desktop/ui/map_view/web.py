"""The web engine, shut in: one profile that keeps nothing, and pages that can reach our own files only.

Four locks, each enough alone for most attacks: the page's content security policy, the interceptor, the
refused navigation, and a handler that answers a fixed list of names. Import this module late: it loads the
web engine.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QFile, QIODevice, QObject, QUrl, QUrlQuery
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)

from lastmile_desktop.documents.map_page import LIVE_FILES, ORIGIN, live_page
from lastmile_desktop.system.resources import resource_path
from lastmile_desktop.ui.map_view.ground import TileGround
from lastmile_desktop.ui.map_view.scheme import SCHEME, register_scheme

log = logging.getLogger(__name__)

INDEX_URL = f"{ORIGIN}/index.html"
_HOST = "app"
_TYPES = {"js": b"text/javascript", "css": b"text/css", "html": b"text/html", "json": b"application/json"}


class AppFiles(QWebEngineUrlSchemeHandler):
    """Answers ``lastmile://app/...``: the page, a fixed list of files, and the plan of each map view."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.plans: dict[str, Callable[[], bytes]] = {}
        self.ground = TileGround(self)

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer one request of the page, or refuse it."""
        url = job.requestUrl()
        name = url.path().lstrip("/")
        if name.startswith("tiles/") and url.host() == _HOST and job.requestMethod() == b"GET":
            self.ground.request(job, name)
            return
        content = self._content(name, url) if url.host() == _HOST and job.requestMethod() == b"GET" else None
        if content is None:
            log.warning("the map page asked for something it may not have: %s", url.toString())
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        # The buffer belongs to the job, so that it lives exactly as long as it is read.
        buffer = QBuffer(job)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(_TYPES[name.rpartition(".")[2]]), buffer)

    def _content(self, name: str, url: QUrl) -> bytes | None:
        if name == "index.html":
            return live_page().encode("utf-8")
        if name == "qwebchannel.js":
            return _qt_resource(":/qtwebchannel/qwebchannel.js")
        if name == "plan.json":
            plan = self.plans.get(QUrlQuery(url).queryItemValue("view"))
            return plan() if plan else None
        return _web_file(name) if name in LIVE_FILES else None


class Blocker(QWebEngineUrlRequestInterceptor):
    """Refuses every request that is not ours, and remembers what it refused."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.blocked_urls: deque[str] = deque(maxlen=1000)

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Let our own scheme through, nothing else."""
        if not is_ours(info.requestUrl()):
            self.blocked_urls.append(info.requestUrl().toString())
            log.warning("a request of the map page was refused: %s", info.requestUrl().toString()[:200])
            info.block(True)


class MapPage(QWebEnginePage):
    """A page that stays where it is: no navigation, no new windows, no downloads, no dialogs."""

    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        type: QWebEnginePage.NavigationType,
        isMainFrame: bool,
    ) -> bool:
        """Only the map page itself, only as the whole page."""
        address = QUrl(url)
        accepted = isMainFrame and is_ours(address) and address.path() == "/index.html"
        if not accepted:
            shared_web().blocker.blocked_urls.append(address.toString())
        return accepted

    def createWindow(self, type: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        """No window is ever opened."""
        return None  # type: ignore[return-value]  # Qt's documented way to refuse

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        """Errors of the page belong in the log."""
        if level == QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel:
            log.warning("map page, line %d: %s", lineNumber, message[:500])

    def javaScriptAlert(self, securityOrigin: QUrl | str, msg: str) -> None:
        """Nothing pops up."""

    def javaScriptConfirm(self, securityOrigin: QUrl | str, msg: str) -> bool:
        """Nothing pops up."""
        return False


class SharedWeb(QObject):
    """The profile with its locks; one for the life of the application, because pages must go before it."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        register_scheme()
        self.profile = QWebEngineProfile(self)  # without a name: off the record
        self.files = AppFiles(self)
        self.blocker = Blocker(self)
        self.profile.installUrlSchemeHandler(SCHEME.encode(), self.files)
        self.profile.setUrlRequestInterceptor(self.blocker)
        self.profile.downloadRequested.connect(_refuse_download)
        self.profile.setSpellCheckEnabled(False)
        _harden(self.profile.settings())

    def new_page(self, parent: QObject) -> MapPage:
        """A page in this profile."""
        page = MapPage(self.profile, parent)
        page.newWindowRequested.connect(_refuse_window)
        page.permissionRequested.connect(lambda permission: permission.deny())
        return page


@cache
def shared_web() -> SharedWeb:
    """The one of the application."""
    return SharedWeb(QCoreApplication.instance())


def is_ours(url: QUrl) -> bool:
    """True for addresses in our own scheme and host."""
    return url.scheme() == SCHEME and url.host() == _HOST


def _harden(settings: QWebEngineSettings) -> None:
    attribute = QWebEngineSettings.WebAttribute
    for off in (
        attribute.LocalContentCanAccessFileUrls,
        attribute.LocalContentCanAccessRemoteUrls,
        attribute.JavascriptCanOpenWindows,
        attribute.JavascriptCanAccessClipboard,
        attribute.JavascriptCanPaste,
        attribute.LocalStorageEnabled,
        attribute.PluginsEnabled,
        attribute.PdfViewerEnabled,
        attribute.NavigateOnDropEnabled,
        attribute.HyperlinkAuditingEnabled,
        attribute.FullScreenSupportEnabled,
        attribute.ScreenCaptureEnabled,
        attribute.AutoLoadIconsForPage,
        attribute.DnsPrefetchEnabled,
        attribute.ErrorPageEnabled,
        attribute.AllowRunningInsecureContent,
        attribute.AllowGeolocationOnInsecureOrigins,
        attribute.WebGLEnabled,
    ):
        settings.setAttribute(off, False)
    settings.setUnknownUrlSchemePolicy(QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes)


def _refuse_download(download: QWebEngineDownloadRequest) -> None:
    download.cancel()


def _refuse_window(request: QWebEngineNewWindowRequest) -> None:
    shared_web().blocker.blocked_urls.append(request.requestedUrl().toString())


@cache
def _qt_resource(name: str) -> bytes | None:
    file = QFile(name)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        return None
    return bytes(file.readAll().data())


@cache
def _web_file(name: str) -> bytes | None:
    root = resource_path("web").resolve()
    path = root.joinpath(*name.split("/")).resolve()
    return path.read_bytes() if path.is_relative_to(root) and path.is_file() else None
