"""The picture behind the routes, in the real page: a region's, a file's, or an allowed server's."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

sys.path.insert(0, str(Path(__file__).parent))

from map_factories import DEPOT, make_day
from web_pages import evaluate, pause, wait_for

from lastmile_desktop.basemap.look import DARK, LIGHT
from lastmile_desktop.basemap.sources import MapSourceError, MbTiles, OnlineTiles, RegionTiles
from lastmile_desktop.regions.build.feature_pass import FeaturePass
from lastmile_desktop.regions.build.passes import Source
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.map_view.ground import TileKey, tile_key
from lastmile_desktop.ui.map_view.scheme import prepare_web_engine
from lastmile_desktop.ui.map_view.view import MapView
from lastmile_desktop.ui.selection import Selection

prepare_web_engine()


def picture(colour: str) -> bytes:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(content.data())


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """One lake, larger than anything that the map will show."""
    import osmium
    from osmium.osm import mutable

    extract, path = tmp_path / "lake.osm.pbf", tmp_path / "lake.region"
    corners = [(DEPOT.lat - 1, DEPOT.lon - 1), (DEPOT.lat - 1, DEPOT.lon + 1), (DEPOT.lat + 1, DEPOT.lon + 1)]
    corners.append((DEPOT.lat + 1, DEPOT.lon - 1))
    with osmium.SimpleWriter(str(extract)) as writer:
        for number, (lat, lon) in enumerate(corners, 1):
            writer.add_node(mutable.Node(id=number, location=(lon, lat)))
        writer.add_way(mutable.Way(id=1, nodes=[1, 2, 3, 4, 1], tags={"natural": "water"}))
    with sqlite3.connect(path) as database:
        FeaturePass().run(Source(extract, None), database, lambda _share: None)
    return path


@pytest.fixture
def tiles_file(tmp_path: Path) -> Path:
    path = tmp_path / "own.mbtiles"
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE metadata (name TEXT, value TEXT);"
            "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);"
        )
        facts = [("format", "png"), ("attribution", '<a href="x">© Land &amp; See</a>')]
        database.executemany("INSERT INTO metadata VALUES (?, ?)", facts)
        database.execute("INSERT INTO tiles VALUES (1, 0, 0, ?)", (picture("#102030"),))  # the south-west
    return path


@pytest.fixture
def view(qapp) -> Iterator[MapView]:
    view = MapView(Selection(), Jobs())
    view.resize(700, 500)
    view.show()
    wait_for(lambda: view.is_ready, "the map page listens")
    drawn = []
    view.drawn.connect(lambda: drawn.append(1))
    view.show_day(*make_day(2, 3))
    wait_for(lambda: bool(drawn), "the map is drawn")
    yield view
    view.set_ground(None)
    view.close_page()
    view.close()


def wait_for_colour(view: MapView, colour: str) -> None:
    def corner() -> str:
        return view.grab_picture().toImage().pixelColor(30, 250).name().upper()

    wait_for(lambda: corner() == colour, f"the picture has {colour}")


def test_the_region_is_the_ground_light_and_dark(view, region):
    view.set_ground(RegionTiles(region))
    wait_for_colour(view, LIGHT.areas["water"])
    assert evaluate(view._host._page, "document.querySelector('.lm-credit').textContent") == (
        "© OpenStreetMap contributors"
    )
    before = theme.watcher().choice
    try:
        theme.watcher().follow("dark")
        wait_for_colour(view, DARK.areas["water"])
    finally:
        theme.watcher().follow(before)
    view.set_ground(None)
    wait_for(
        lambda: evaluate(view._host._page, "document.querySelectorAll('.lm-tile').length") == 0, "no tiles"
    )
    assert evaluate(view._host._page, "document.querySelector('.lm-credit').textContent") == ""


def test_a_painter_that_dies_is_started_again(region):
    tiles = RegionTiles(region)
    try:
        first = tiles.tile(12, 2090, 1370, "light", 1)
        assert first is not None
        assert tiles._child is not None
        tiles._child.kill()
        assert tiles.tile(12, 2090, 1370, "light", 1) == first
    finally:
        tiles.close()
    assert tiles.tile(12, 2090, 1370, "light", 1) is None


def test_own_tiles_are_shown_with_their_credit(view, tiles_file):
    source = MbTiles(tiles_file)
    assert (source.first_zoom, source.last_zoom, source.attribution) == (1, 1, "© Land & See")
    assert source.tile(1, 0, 1, "light", 1) == picture("#102030")
    assert source.tile(1, 0, 0, "light", 1) is None
    view.set_ground(source)
    wait_for(
        lambda: (
            evaluate(view._host._page, "document.querySelector('.lm-credit').textContent") == "© Land & See"
        ),
        "the credit",
    )


def test_files_that_are_no_map_are_said(tmp_path, tiles_file):
    text = tmp_path / "text.mbtiles"
    text.write_text("hello " * 500)
    with pytest.raises(MapSourceError, match=r"“text.mbtiles” cannot be used .* not an MBTiles file"):
        MbTiles(text)
    with sqlite3.connect(tiles_file) as database:
        database.execute("UPDATE metadata SET value = 'pbf' WHERE name = 'format'")
    with pytest.raises(MapSourceError, match="vector tiles"):
        MbTiles(tiles_file)
    with sqlite3.connect(tiles_file) as database:
        database.execute("DELETE FROM tiles")
    with pytest.raises(MapSourceError, match="holds no tiles"):
        MbTiles(tiles_file)


class Tiles(BaseHTTPRequestHandler):
    """A server of one colour that remembers who asked, and sends some elsewhere."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["User-Agent"]))
        if self.path.startswith("/away"):
            self.send_response(302)
            self.send_header("Location", "http://localhost:1/x.png")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>" if self.path.startswith("/html") else picture("#A0B0C0"))

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    asked: list[tuple[str, str]] = []
    handler = type("Handler", (Tiles,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


def test_a_server_is_asked_only_once_it_is_chosen(view, server):
    address, asked = server
    pause(200)
    assert asked == []
    view.set_ground(OnlineTiles(address + "/{z}/{x}/{y}.png", "© Somebody", "Lastmile Desktop test"))
    wait_for_colour(view, "#A0B0C0")
    assert {agent for _, agent in asked} == {"Lastmile Desktop test"}
    view.set_ground(None)
    pause(200)
    count = len(asked)
    view.fit()
    pause(300)
    assert len(asked) == count


def test_what_a_server_sends_is_not_trusted(server):
    address, _ = server
    assert OnlineTiles(address + "/html/{z}/{x}/{y}", "", "t").tile(1, 0, 0, "light", 1) is None
    assert OnlineTiles(address + "/away/{z}/{x}/{y}", "", "t").tile(1, 0, 0, "light", 1) is None


@pytest.mark.parametrize(
    "address", ["", "file:///etc/{z}/{x}/{y}", "https://", "https://tiles.example/{z}/{x}.png"]
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(MapSourceError, match="address must"):
        OnlineTiles(address, "", "t")


@pytest.mark.parametrize(
    "path",
    ["tiles/1/light/3/8/0@1.png", "tiles/1/light/3/-1/0@1.png", "tiles/1/pink/3/1/0@1.png",
     "tiles/1/light/3/1/0@3.png", "tiles/1/light/3/1/0.png", "tiles/../../etc/passwd",
     "tiles/1/light/²/1/0@1.png", "tiles/1/light/99/1/0@1.png"],
)  # fmt: skip
def test_the_page_may_ask_for_tiles_only(path):
    assert tile_key(path) is None
    assert tile_key("tiles/7/dark/3/1/2@2.png") == TileKey(7, "dark", 3, 1, 2, 2)
