"""What is painted where, and that tiles fit together."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from lastmile_desktop.basemap.labels import Label, _discs, place_labels
from lastmile_desktop.basemap.look import DARK, LIGHT, LOOKS
from lastmile_desktop.basemap.shapes import TILE_PX, Feature, Frame
from lastmile_desktop.basemap.tiles import TilePainter
from lastmile_desktop.regions.map_shapes import to_square


def colour_at(painter: TilePainter, lat: float, lon: float, zoom: int, look: str = "light") -> str:
    x, y = (side * (1 << zoom) for side in to_square(lat, lon))
    image = QImage.fromData(painter.tile(zoom, int(x), int(y), look=look))
    return QColor(image.pixel(int(x % 1 * TILE_PX), int(y % 1 * TILE_PX))).name().upper()


@pytest.fixture
def painter(town, map_of):
    painter = TilePainter(map_of(town))
    yield painter
    painter.close()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_colour_tells_what_is_there(painter, look):
    colours = LOOKS[look]
    assert colour_at(painter, 50.002, 8.002, 16, look) == colours.areas["water"]
    assert colour_at(painter, 50.0043, 8.0043, 16, look) == colours.ground  # the island
    assert colour_at(painter, 50.008, 8.015, 16, look) == colours.road_fill["motorway"]
    assert colour_at(painter, 50.01275, 8.0015, 17, look) == colours.areas["building"]
    assert colour_at(painter, 50.008, 8.025, 16, look) == colours.ground


def test_a_street_is_not_shown_from_afar(painter):
    assert colour_at(painter, 50.012, 8.0191, 16) == LIGHT.road_fill["street"]
    assert colour_at(painter, 50.012, 8.0191, 10) == LIGHT.ground


def test_tiles_make_one_picture(painter):
    zoom = 15
    x, y = (int(side * (1 << zoom)) // 2 * 2 for side in to_square(50.012, 8.010))
    corner = (x % 4 * float(TILE_PX), y % 4 * float(TILE_PX))
    painter._tile_labels(zoom, x, y, "light")
    labels = painter._labels[zoom, x // 4, y // 4, "light"]
    assert {label.text for label in labels} >= {"Obertal"}
    whole = painter.image(
        Frame(x * TILE_PX, y * TILE_PX, 2 * TILE_PX, 2 * TILE_PX, zoom),
        LIGHT,
        1,
        (labels, *corner),
    )
    for across in (0, 1):
        for down in (0, 1):
            tile = QImage.fromData(painter.tile(zoom, x + across, y + down))
            part = whole.copy(across * TILE_PX, down * TILE_PX, TILE_PX, TILE_PX)
            difference = np.abs(pixels(tile).astype(int) - pixels(part).astype(int))
            assert difference.max() <= 3


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return (
        np.frombuffer(image.constBits(), dtype=np.uint8)
        .reshape(image.height(), image.width(), 4)[:, :, :3]
        .copy()
    )


def test_fine_screens_get_twice_the_pixels(painter):
    image = QImage.fromData(painter.tile(14, 8555, 5544, scale=2))
    assert (image.width(), image.height()) == (512, 512)


@pytest.mark.parametrize("tile", [(3, 8, 0), (3, 0, -1), (19, 0, 0), (-1, 0, 0)])
def test_there_is_no_such_tile(painter, tile):
    with pytest.raises(ValueError, match="there is no tile"):
        painter.tile(*tile)


def test_a_tile_without_anything_is_ground(painter):
    image = QImage.fromData(painter.tile(12, 5, 5, look="dark"))
    assert {QColor(image.pixel(at, at)).name().upper() for at in range(0, 256, 15)} == {DARK.ground}


def test_a_file_that_is_no_region_says_so(tmp_path):
    path = tmp_path / "x.region"
    path.write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(sqlite3.Error):
        TilePainter(path).tile(10, 500, 300)


def streets(count: int) -> list[Feature]:
    found = []
    for number in range(count):
        points = np.array([[20.0, 15.0 * number], [700.0, 15.0 * number + 60]])
        found.append(Feature("street", 0, f"Street {number % 7}", "", 0.0, np.array([2]), points))
    return found


def test_names_neither_cover_each_other_nor_leave_their_block():
    labels = place_labels(streets(60), 1024, 900, 16, LIGHT)
    assert len(labels) > 10
    discs = [list(_discs(label)) for label in labels]
    for index, one in enumerate(discs):
        assert all(r <= x <= 1024 - r and r <= y <= 900 - r for x, y, r in one)
        for other in discs[:index]:
            assert all(np.hypot(x - a, y - b) >= r + s for x, y, r in one for a, b, s in other)


def test_a_name_is_written_along_its_street_and_upright():
    line = np.array([[500.0, 500.0], [100.0, 300.0]])  # drawn from right to left
    (label,) = place_labels(
        [Feature("street", 0, "Ringstraße", "", 0.0, np.array([2]), line)], 1024, 1024, 16, LIGHT
    )
    assert label.angle == pytest.approx(26.565, abs=0.01)
    assert (label.x, label.y) == (300.0, 400.0)
    assert isinstance(label, Label)


def test_pieces_of_a_street_are_named_once():
    pieces = [np.array([[100.0 * n, 200.0], [100.0 * (n + 1), 200.0]]) for n in range(3)]
    features = [Feature("street", 0, "Am Anger", "", 0.0, np.array([2]), line) for line in pieces]
    labels = place_labels(features, 1024, 1024, 16, LIGHT)
    assert [label.text for label in labels] == ["Am Anger"]
    assert labels[0].x == pytest.approx(150.0)
