"""The pass that fills the map: roads, water, green, buildings and names as shapes on the web-mercator square.

Tables: ``feature`` (what it is, its name, the first zoom that shows it, its outline and, where it is seen
from afar, a coarse outline too); ``feature_box`` and ``feature_box_far``, R-trees over the boxes of all and
of those seen from afar.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, Any

from lastmile_desktop.regions.build.feature_kinds import Kind, area_kind, level_of, line_kind, place_kind
from lastmile_desktop.regions.build.passes import Report, Source
from lastmile_desktop.regions.map_shapes import (
    COARSE_ZOOM,
    UNITS,
    from_square,
    pack_rings,
    square_units,
    thinned,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TABLES = """
CREATE TABLE feature (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    level INTEGER NOT NULL,      -- 1 bridge, -1 tunnel
    name TEXT NOT NULL,
    ref TEXT NOT NULL,           -- a road's number
    min_zoom INTEGER NOT NULL,
    size REAL NOT NULL,          -- areas: square metres on the ground, lines: 0
    shape BLOB NOT NULL,         -- map_shapes.pack_rings
    coarse BLOB                  -- the same for zooms up to COARSE_ZOOM, where it differs
);
CREATE VIRTUAL TABLE feature_box USING rtree(id, min_x, max_x, min_y, max_y);
CREATE VIRTUAL TABLE feature_box_far USING rtree(id, min_x, max_x, min_y, max_y);  -- up to COARSE_ZOOM only
"""
# Half a pixel wide at the zoom up to which the coarse outlines are used.
_COARSE_STEP = UNITS // (256 << COARSE_ZOOM) // 2
_BATCH = 2_000
_AREA_TAGS = ("building", "natural", "waterway", "leisure", "amenity", "landuse", "aeroway", "highway")
_EARTH_M = 40_075_016.7


class FeaturePass:
    """What the map shows."""

    name = "features"

    def run(self, source: Source, database: sqlite3.Connection, report: Report) -> dict[str, int]:
        """Create and fill ``feature`` and ``feature_box``; counts by sort. See ``passes.Pass``."""
        import osmium

        database.executescript(_TABLES)
        rows = _Rows(database)
        # Two readings: the first collects the relations that make areas; neither tells how far it is.
        extract = osmium.FileProcessor(str(source.path)).with_areas(osmium.filter.KeyFilter(*_AREA_TAGS))
        extract = extract.with_filter(osmium.filter.EmptyTagFilter())
        counts: Counter[str] = Counter()
        for number, thing in enumerate(extract):
            if number % 20_000 == 0:
                report(1.0 - 1.0 / (1.0 + number / 200_000.0))
            sort = _take(thing, source, rows)
            if sort:
                counts[sort] += 1
        rows.flush()
        report(1.0)
        return dict(counts)


def _take(thing: Any, source: Source, rows: _Rows) -> str:
    """Store one object; what sort it was, "" when the map does not show it."""
    if thing.is_node():
        return _take_place(thing, source, rows)
    if thing.is_way():
        kind = line_kind(_tags(thing))
        if kind is None:
            return ""
        ring = _ring(thing.nodes)
        if ring is None or not _is_inside(ring, source):
            return ""
        rows.add(kind, _tags(thing), 0.0, [ring])
        return "lines"
    return _take_area(thing, source, rows) if thing.is_area() else ""


def _take_place(node: Any, source: Source, rows: _Rows) -> str:
    kind = place_kind(_tags(node))
    if kind is None or not node.location.valid():
        return ""
    lat, lon = node.location.lat, node.location.lon
    if source.area is not None and not source.area.contains(lat, lon):
        return ""
    import numpy as np

    rows.add(kind, _tags(node), 0.0, [square_units(np.array([lat]), np.array([lon]))])
    return "places"


def _take_area(area: Any, source: Source, rows: _Rows) -> str:
    tags = _tags(area)
    if area_kind(tags, 1e12) is None:
        return ""
    rings: list[NDArray[np.int32]] = []
    size_m2 = 0.0
    for outer in area.outer_rings():
        outline = _ring(outer)
        if outline is None or len(outline) < 4:
            continue
        twice = _signed_area(outline)
        rings.append(outline if twice > 0 else outline[::-1])
        size_m2 += abs(twice) / 2 * _unit_m(outline) ** 2
        holes = (_ring(inner) for inner in area.inner_rings(outer))
        # Holes turn against their outer ring, so that many areas can be filled as one path.
        rings += [
            hole if _signed_area(hole) < 0 else hole[::-1]
            for hole in holes
            if hole is not None and len(hole) >= 4
        ]
    kind = area_kind(tags, size_m2)
    if kind is None or not any(_is_inside(ring, source) for ring in rings):
        return ""
    rows.add(kind, tags, size_m2, rings)
    return "areas"


def _tags(thing: Any) -> dict[str, str]:
    return {tag.k: tag.v for tag in thing.tags}


def _ring(nodes: Any) -> NDArray[np.int32] | None:
    """The nodes as points in units; those that the extract lost are left out. None when too few are there."""
    import numpy as np

    places = [(node.lat, node.lon) for node in nodes if node.location.valid()]
    if len(places) < 2:
        return None
    degrees = np.array(places)
    return square_units(degrees[:, 0], degrees[:, 1])


def _is_inside(ring: NDArray[np.int32], source: Source) -> bool:
    """Whether the box of the outline touches the service area."""
    if source.area is None:
        return True
    import numpy as np

    area = source.area
    corners = square_units(np.array([area.north, area.south]), np.array([area.west, area.east]))
    (west, north), (east, south) = corners
    low, high = ring.min(axis=0), ring.max(axis=0)
    return bool(low[0] <= east and high[0] >= west and low[1] <= south and high[1] >= north)


def _signed_area(ring: NDArray[np.int32]) -> float:
    """Twice the area of a closed outline in units, positive when clockwise on the map (y grows southward)."""
    import numpy as np

    x, y = (ring - ring[0]).astype(np.float64).T
    return float(np.dot(x[:-1], y[1:]) - np.dot(y[:-1], x[1:]))


def _unit_m(ring: NDArray[np.int32]) -> float:
    """Length on the ground of one unit where the outline is; the square stretches away from the equator."""
    lat, _ = from_square(0.5, int(ring[0, 1]) / UNITS)
    return _EARTH_M * math.cos(math.radians(lat)) / UNITS


class _Rows:
    """Rows on their way into the tables, in batches: a whole country needs no more memory than a town."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._features: list[tuple[Any, ...]] = []
        self._boxes: list[tuple[int, float, float, float, float]] = []
        self._far_boxes: list[tuple[int, float, float, float, float]] = []
        self._next_id = 1

    def add(self, kind: Kind, tags: dict[str, str], size_m2: float, rings: list[NDArray[np.int32]]) -> None:
        """One feature; ``rings`` in units of the square."""
        import numpy as np

        coarse = None
        if kind.min_zoom <= COARSE_ZOOM:
            coarse = pack_rings([thinned(ring, _COARSE_STEP) for ring in rings])
        number, self._next_id = self._next_id, self._next_id + 1
        name, ref = tags.get("name", ""), tags.get("ref", "")
        self._features.append(
            (number, kind.name, level_of(tags), name, ref, kind.min_zoom, size_m2, pack_rings(rings), coarse)
        )
        points = rings[0] if len(rings) == 1 else np.concatenate(rings)
        low, high = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        box = (number, low[0] / UNITS, high[0] / UNITS, low[1] / UNITS, high[1] / UNITS)
        self._boxes.append(box)
        if kind.min_zoom <= COARSE_ZOOM:
            self._far_boxes.append(box)
        if len(self._features) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        self._database.executemany("INSERT INTO feature VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._features)
        self._database.executemany("INSERT INTO feature_box VALUES (?, ?, ?, ?, ?)", self._boxes)
        self._database.executemany("INSERT INTO feature_box_far VALUES (?, ?, ?, ?, ?)", self._far_boxes)
        self._features, self._boxes, self._far_boxes = [], [], []
