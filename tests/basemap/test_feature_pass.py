"""What the pass takes from an extract, as what, and where."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.regions import map_shapes
from lastmile_desktop.regions.build.feature_kinds import area_kind, line_kind
from lastmile_desktop.regions.service_area import ServiceArea


def rows(path, what="kind, name, level, min_zoom"):
    with sqlite3.connect(path) as database:
        return database.execute(f"SELECT {what} FROM feature ORDER BY id").fetchall()


def test_everything_of_the_town_is_there(town, map_of):
    kinds = sorted(kind for (kind,) in rows(map_of(town), "kind"))
    assert kinds == ["building"] * 6 + ["motorway", "street", "village", "water"]


def test_an_island_is_a_hole_that_turns_the_other_way(town, map_of):
    blob = next(blob for blob, kind in rows(map_of(town), "shape, kind") if kind == "water")
    lengths, points = map_shapes.unpack_rings(blob)
    assert list(lengths) == [5, 5]
    turns = []
    for ring in (points[:5].astype(float), points[5:].astype(float)):
        x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
        turns.append(np.sign(np.dot(x[:-1], y[1:]) - np.dot(y[:-1], x[1:])))
    assert turns == [1, -1]


def test_what_lies_outside_the_service_area_is_not_read(town, map_of):
    path = map_of(town, ServiceArea(50.0115, 8.000, 50.0118, 8.012))
    assert rows(path, "kind") == []
    path = map_of(town, ServiceArea(50.002, 8.002, 50.003, 8.003))  # wholly inside the lake
    assert rows(path, "kind") == [("water",)]


def test_only_what_is_seen_from_afar_is_in_the_far_index(town, map_of):
    with sqlite3.connect(map_of(town)) as database:
        far = database.execute(
            "SELECT f.kind FROM feature_box_far b JOIN feature f ON f.id = b.id ORDER BY f.kind"
        ).fetchall()
    assert far == [("motorway",), ("village",), ("water",)]


def test_bridges_and_tunnels_have_a_level(drawing, map_of):
    line = [(50.0, 8.0), (50.0, 8.01)]
    drawing.way(line, highway="primary", bridge="viaduct")
    drawing.way(line, highway="primary", tunnel="yes")
    drawing.way(line, highway="primary", bridge="no")
    assert [level for (level,) in rows(map_of(drawing), "level")] == [1, -1, 0]


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "construction"}, None),
        ({"highway": "residential", "area": "yes"}, None),
        ({"highway": "service", "service": "driveway"}, ("service", 16)),
        ({"railway": "rail", "service": "siding"}, ("rail", 13)),
        ({"railway": "abandoned"}, None),
        ({"barrier": "fence"}, None),
    ],
)
def test_lines(tags, kind):
    found = line_kind(tags)
    assert (found and (found.name, found.min_zoom)) == kind


def test_small_areas_are_shown_later_than_large_ones():
    zooms = [area_kind({"natural": "wood"}, size).min_zoom for size in (3e7, 3e6, 3e5, 3e4, 3e3)]
    assert zooms == sorted(zooms)
    assert len(set(zooms)) == 5
    assert area_kind({"building": "no"}, 100.0) is None


@given(st.floats(-85, 85), st.floats(-180, 180))
def test_degrees_survive_the_square(lat, lon):
    x, y = map_shapes.to_square(lat, lon)
    again = map_shapes.from_square(x, y)
    assert again == pytest.approx((lat, lon), abs=1e-9)
    ((ux, uy),) = map_shapes.square_units(np.array([lat]), np.array([lon]))
    assert abs(ux / map_shapes.UNITS - x) < 1e-9
    assert abs(uy / map_shapes.UNITS - y) < 1e-9


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=2, max_size=60))
def test_thinning_keeps_the_ends_and_drops_only_what_cannot_be_seen(points):
    ring = np.array(points, dtype=np.int32)
    kept = map_shapes.thinned(ring, 1000)
    assert (kept[0] == ring[0]).all()
    assert (kept[-1] == ring[-1]).all()
    cells = {tuple(cell) for cell in (kept // 1000).tolist()}
    assert {tuple(cell) for cell in (ring // 1000).tolist()} == cells


def test_packed_outlines_come_back():
    rings = [np.array([[1, 2], [3, 4]], dtype=np.int32), np.array([[5, 6]], dtype=np.int32)]
    lengths, points = map_shapes.unpack_rings(map_shapes.pack_rings(rings))
    assert list(lengths) == [2, 1]
    assert points.tolist() == [[1, 2], [3, 4], [5, 6]]
