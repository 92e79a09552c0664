"""The region on paper and in the exported page: at the right place, and absent when it cannot be read."""

from __future__ import annotations

import base64

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from lastmile_desktop.basemap.look import LIGHT, PAPER
from lastmile_desktop.basemap.panel import RegionPanel, still_picture
from lastmile_desktop.documents.manifest.mini_map import Corners
from lastmile_desktop.model import Location


def painted(panel: RegionPanel, corners: Corners) -> QImage:
    """A box of 60 x 40 mm at ten dots to the millimetre."""
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF00FF"))
    painter = QPainter(image)
    painter.scale(0.1, 0.1)
    panel.paint(painter, corners, 6000.0, 4000.0)
    painter.end()
    return image


def test_a_place_is_where_the_corners_say(town, map_of):
    corners = Corners(50.0, 8.0, 50.02, 8.045)
    image = painted(RegionPanel(map_of(town), "© me"), corners)
    x, y = round(600 * (8.002 - 8.0) / 0.045), round(400 * (50.02 - 50.002) / 0.02)
    assert QColor(image.pixel(x, y)).name().upper() == PAPER.areas["water"]
    assert QColor(image.pixel(590, 20)).name().upper() == PAPER.ground


def test_a_region_that_is_gone_leaves_the_paper_as_it_was(tmp_path):
    image = painted(RegionPanel(tmp_path / "gone.region", ""), Corners(50.0, 8.0, 50.02, 8.045))
    assert QColor(image.pixel(300, 200)).name() == "#ff00ff"
    assert not (tmp_path / "gone.region").exists()


def test_the_still_picture_holds_all_places_and_knows_its_edges(town, map_of):
    places = [Location(50.002, 8.002), Location(50.009, 8.009)]
    made = still_picture(map_of(town), places)
    assert made is not None
    assert made.south < 50.002 < 50.009 < made.north
    assert made.west < 8.002 < 8.009 < made.east
    image = QImage.fromData(base64.b64decode(made.url.partition(",")[2]))
    assert max(image.width(), image.height()) <= 2_401
    x = round(image.width() * (8.002 - made.west) / (made.east - made.west))
    y = round(image.height() * (made.north - 50.002) / (made.north - made.south))
    assert QColor(image.pixel(x, y)).name().upper() == LIGHT.areas["water"]


@pytest.mark.parametrize("places", [[], [Location(50.0, 8.0)]])
def test_no_picture_without_places_or_region(tmp_path, places):
    (tmp_path / "bad.region").write_bytes(b"nothing" * 1000)
    assert still_picture(tmp_path / "bad.region", places) is None
