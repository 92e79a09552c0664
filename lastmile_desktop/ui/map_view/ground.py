"""The picture behind the routes: takes the page's wishes for tiles, lets workers fetch them, keeps them.

The page asks our own address space (``lastmile://app/tiles/...``) whatever the source is, so that it stays
shut in even when the user lets the program fetch tiles from a server.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob

from lastmile_desktop.basemap.sources import TileSource, picture_type

log = logging.getLogger(__name__)

_KEPT_TILES = 800
_KEPT_BYTES = 64 * 1024 * 1024
#: A page shows some forty tiles; older wishes than these are of a place that was left.
_MOST_WAITING = 160
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class TileKey:
    """One tile of one source; ``ground`` counts the sources, so that a late tile of the last one is known."""

    ground: int
    look: str
    zoom: int
    x: int
    y: int
    scale: int


class TileGround(QObject):
    """Answers the page's requests for tiles. One for the application; lives on the window's thread."""

    #: (key, picture): from a worker; b"" when there is none.
    _fetched = Signal(object, bytes)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: TileSource | None = None
        self._number = 0
        self._kept: OrderedDict[TileKey, bytes] = OrderedDict()
        self._kept_bytes = 0
        self._jobs: dict[TileKey, list[QWebEngineUrlRequestJob]] = {}
        self._wishes: OrderedDict[TileKey, None] = OrderedDict()
        self._change = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._fetched.connect(self._answer)

    @property
    def number(self) -> int:
        """Which source it is, for the addresses of its tiles."""
        return self._number

    @property
    def is_idle(self) -> bool:
        """True while the page waits for no tile."""
        return not self._jobs

    @property
    def source(self) -> TileSource | None:
        """Where the tiles come from now; None = there is no picture."""
        return self._source

    def set_source(self, source: TileSource | None) -> None:
        """Take tiles from ``source`` from now on."""
        old, self._source = self._source, source
        self._number += 1
        self._kept.clear()
        self._kept_bytes = 0
        with self._change:
            self._wishes.clear()
        for key in list(self._jobs):
            self._answer(key, b"")
        if old is not None:
            # Ending a painter waits for its process; nobody waits for the thread.
            threading.Thread(target=old.close, name="close map source", daemon=True).start()

    def close(self) -> None:
        """End the workers and the source."""
        self.set_source(None)
        with self._change:
            self._closed = True
            self._change.notify_all()

    def request(self, job: QWebEngineUrlRequestJob, path: str) -> None:
        """Answer ``tiles/NUMBER/LOOK/ZOOM/X/Y@SCALE.png`` now or later."""
        key = tile_key(path)
        if key is None or self._source is None or key.ground != self._number:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        if key in self._kept:
            self._kept.move_to_end(key)
            _reply(job, self._kept[key])
            return
        waiting = self._jobs.setdefault(key, [])
        waiting.append(job)
        # The page drops its wish when the person moves on; the job is gone then.
        job.destroyed.connect(lambda: self._forget(key, job))
        self._wish(key)

    def _wish(self, key: TileKey) -> None:
        with self._change:
            self._wishes[key] = None
            self._wishes.move_to_end(key)
            dropped = [self._wishes.popitem(last=False)[0] for _ in range(len(self._wishes) - _MOST_WAITING)]
            self._change.notify()
        for old in dropped:
            self._answer(old, b"")
        while len(self._threads) < _WORKERS:
            thread = threading.Thread(target=self._work, name=f"map tiles {len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _forget(self, key: TileKey, job: QWebEngineUrlRequestJob) -> None:
        waiting = [one for one in self._jobs.get(key, []) if one is not job]
        if waiting:
            self._jobs[key] = waiting
            return
        self._jobs.pop(key, None)
        with self._change:
            self._wishes.pop(key, None)

    def _work(self) -> None:
        """On a worker: the newest wish first, because that is where the person looks."""
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closed or bool(self._wishes))
                if self._closed:
                    return
                key, _ = self._wishes.popitem()
                source = self._source
            picture = None
            if source is not None and key.ground == self._number:
                try:
                    picture = source.tile(key.zoom, key.x, key.y, key.look, key.scale)
                except Exception:
                    log.exception("a tile could not be made: %s", key)
            self._fetched.emit(key, picture or b"")

    def _answer(self, key: TileKey, picture: bytes) -> None:
        """On the window's thread: keep the tile and give it to whoever still waits for it."""
        jobs = self._jobs.pop(key, [])
        if picture and key.ground == self._number:
            self._keep(key, picture)
        for job in jobs:
            if not shiboken6.isValid(job):
                continue
            if picture:
                _reply(job, picture)
            else:
                job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    def _keep(self, key: TileKey, picture: bytes) -> None:
        self._kept_bytes += len(picture) - len(self._kept.pop(key, b""))
        self._kept[key] = picture
        while len(self._kept) > _KEPT_TILES or self._kept_bytes > _KEPT_BYTES:
            _, old = self._kept.popitem(last=False)
            self._kept_bytes -= len(old)


def tile_key(path: str) -> TileKey | None:
    """The tile that an address names; None for anything else. The page is not trusted."""
    parts = path.split("/")
    if len(parts) != 6 or parts[0] != "tiles" or parts[2] not in ("light", "dark") or len(path) > 80:
        return None
    row, _, rest = parts[5].partition("@")
    numbers = (parts[1], parts[3], parts[4], row)
    if rest not in ("1.png", "2.png") or not all(one.isascii() and one.isdigit() for one in numbers):
        return None
    ground, zoom, x, y = (int(one) for one in numbers)
    if zoom > 24 or x >= 1 << zoom or y >= 1 << zoom:
        return None
    return TileKey(ground, parts[2], zoom, x, y, int(rest[0]))


def _reply(job: QWebEngineUrlRequestJob, picture: bytes) -> None:
    buffer = QBuffer(job)
    buffer.setData(QByteArray(picture))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(QByteArray(picture_type(picture).encode()), buffer)
