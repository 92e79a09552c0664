"""Where the map's picture can come from: the region, a file of tiles that the user has, or an address.

All give tiles of web maps as bytes of a picture. They are asked from worker threads and may take their time.
"""

from __future__ import annotations

import sqlite3
import threading
from http.client import HTTPMessage
from pathlib import Path
from typing import IO, Protocol
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from lastmile_desktop.basemap.tile_child import REGION_ZOOMS, serve_tiles
from lastmile_desktop.system.child import Child, ChildEnded

OSM_ATTRIBUTION = "© OpenStreetMap contributors"
_ANSWER_WITHIN_S = 20.0
_POLL_S = 0.1
_MOST_RESTARTS = 3
_LARGEST_TILE = 2_000_000
_ONLINE_TIMEOUT_S = 15.0
_TILE = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"RIFF", "image/webp"))


class MapSourceError(Exception):
    """A source cannot be used; the text says why, for the dispatcher."""

    for_dispatcher = True


class TileSource(Protocol):
    """Tiles by zoom, column and row (row 0 in the north)."""

    attribution: str
    first_zoom: int
    last_zoom: int
    #: True when light and dark tiles differ; else the page dims them in the dark.
    has_looks: bool

    def tile(self, zoom: int, x: int, y: int, look: str, scale: int) -> bytes | None:
        """The picture, or None where there is none. Blocking; several threads may ask."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


class RegionTiles:
    """Tiles painted from a region file, in a process of their own that never holds up the window."""

    has_looks = True
    first_zoom, last_zoom = REGION_ZOOMS

    def __init__(self, region: Path, attribution: str = OSM_ATTRIBUTION) -> None:
        self._region, self.attribution = region, attribution
        self._child: Child | None = None
        self._lock = threading.Lock()
        self._restarts = 0

    def tile(self, zoom: int, x: int, y: int, look: str, scale: int) -> bytes | None:
        """Paint one tile; None when the region cannot be read or the painter died over and over."""
        with self._lock:
            while self._restarts <= _MOST_RESTARTS:
                if self._child is None:
                    self._child = Child(serve_tiles, str(self._region)).__enter__()
                self._child.send((zoom, x, y, look, scale))
                answer = self._answer(self._child)
                if not isinstance(answer, ChildEnded):
                    return answer
                self._stop()
                self._restarts += 1
        return None

    def close(self) -> None:
        """End the painter."""
        with self._lock:
            self._restarts = _MOST_RESTARTS + 1
            self._stop()

    def _answer(self, child: Child) -> bytes | ChildEnded | None:
        waited_s = 0.0
        while waited_s < _ANSWER_WITHIN_S:
            answer = child.receive(_POLL_S)
            if isinstance(answer, ChildEnded):
                return answer
            if answer is not None:
                picture: bytes = answer
                return picture or None
            waited_s += _POLL_S
        return ChildEnded(-1, "it took too long")

    def _stop(self) -> None:
        if self._child is not None:
            self._child.__exit__(None, None, None)
            self._child = None


class MbTiles:
    """A file of ready-made pictures in the MBTiles format (SQLite; rows count from the south).

    Raises MapSourceError when the file is none, or holds vector tiles, which would need their own painter.
    """

    has_looks = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.local()
        try:
            facts = dict(self._database().execute("SELECT name, value FROM metadata").fetchall())
            zooms = self._database().execute("SELECT min(zoom_level), max(zoom_level) FROM tiles")
            lowest, highest = zooms.fetchone()
        except sqlite3.Error:
            raise MapSourceError(
                f"“{path.name}” cannot be used as a map: it is not an MBTiles file."
            ) from None
        if lowest is None:
            raise MapSourceError(f"“{path.name}” cannot be used as a map: it holds no tiles.")
        if facts.get("format") == "pbf":
            raise MapSourceError(
                f"“{path.name}” cannot be used as a map: it holds vector tiles. "
                "Use a file with picture tiles (PNG or JPEG)."
            )
        self.first_zoom, self.last_zoom = int(lowest), int(highest)
        self.attribution = _plain(str(facts.get("attribution") or facts.get("name") or path.stem))

    def tile(self, zoom: int, x: int, y: int, look: str, scale: int) -> bytes | None:
        """The stored picture."""
        try:
            row = self._database().execute(_TILE, (zoom, x, (1 << zoom) - 1 - y)).fetchone()
        except sqlite3.Error:
            return None
        return bytes(row[0]) if row and row[0] and picture_type(row[0]) else None

    def close(self) -> None:
        """Connections end with their threads."""

    def _database(self) -> sqlite3.Connection:
        database: sqlite3.Connection | None = getattr(self._threads, "database", None)
        if database is None:
            database = sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro", uri=True)
            self._threads.database = database
        return database


class OnlineTiles:
    """Tiles from an address with {z}, {x} and {y} in it; only when the user has set one and turned it on.

    Raises MapSourceError for an address that is none.
    """

    has_looks = False
    first_zoom, last_zoom = 0, 19

    def __init__(self, address: str, attribution: str, identification: str) -> None:
        parts = urlsplit(address.replace("{", "").replace("}", ""))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise MapSourceError("The map's address must begin with https:// and name a server.")
        if not all(mark in address for mark in ("{z}", "{x}", "{y}")):
            raise MapSourceError("The map's address must contain {z}, {x} and {y}.")
        self._address, self.attribution = address, attribution or OSM_ATTRIBUTION
        self._identification = identification
        self._opener = build_opener(_SameServer(parts.hostname))

    def tile(self, zoom: int, x: int, y: int, look: str, scale: int) -> bytes | None:
        """Fetch one picture; None when the server has none or cannot be reached."""
        address = self._address.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y))
        request = Request(address, headers={"User-Agent": self._identification})
        try:
            with self._opener.open(request, timeout=_ONLINE_TIMEOUT_S) as answer:
                content: bytes = answer.read(_LARGEST_TILE + 1)
        except (URLError, OSError, ValueError):
            return None
        return content if len(content) <= _LARGEST_TILE and picture_type(content) else None

    def close(self) -> None:
        """Nothing is held."""


class _SameServer(HTTPRedirectHandler):
    """Follows a redirection only on the server that the user named."""

    def __init__(self, host: str) -> None:
        self._host = host

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """None ends the request."""
        if urlsplit(newurl).hostname != self._host:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def picture_type(content: bytes) -> str:
    """The media type of a tile's picture; "" when it is no picture that the page may show."""
    return next((name for start, name in _PICTURES if content.startswith(start)), "")


def _plain(text: str) -> str:
    """An attribution without the HTML that such files carry."""
    import html
    import re

    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())[:200]
