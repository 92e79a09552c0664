"""The region's shapes in a piece of the map as painter paths: one path for all that is painted alike.

Thousands of Qt objects a tile would take longer to make than to paint, so the points stay in arrays and go
into Qt in the form in which it stores paths (the stream format of QPainterPath).
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

from lastmile_desktop.regions.map_shapes import COARSE_ZOOM, UNITS, unpack_rings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TILE_PX = 256


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of the map: its upper left corner in pixels of the whole world at ``zoom``, and its size.

    ``zoom`` need not be whole: paper has its own scale.
    """

    left_px: float
    top_px: float
    width_px: float
    height_px: float
    zoom: float

    @property
    def world_px(self) -> float:
        """Width of the whole world in pixels."""
        return float(TILE_PX * 2.0**self.zoom)

    @classmethod
    def of_tile(cls, zoom: int, x: int, y: int) -> Frame:
        """The tile of a web map."""
        return cls(x * TILE_PX, y * TILE_PX, TILE_PX, TILE_PX, zoom)

    def grown(self, margin_px: float) -> Frame:
        """The same with a margin on all sides."""
        return Frame(
            self.left_px - margin_px,
            self.top_px - margin_px,
            self.width_px + 2 * margin_px,
            self.height_px + 2 * margin_px,
            self.zoom,
        )


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing of the map; ``points`` (n, 2) in pixels of the frame, ``lengths`` those of its outlines."""

    kind: str
    level: int
    name: str
    ref: str
    size_m2: float
    lengths: NDArray[np.uint32]
    points: NDArray[np.float64]


_QUERY = """
SELECT f.kind, f.level, f.name, f.ref, f.size, {shape}
FROM {boxes} AS b JOIN feature AS f ON f.id = b.id
WHERE b.max_x >= ? AND b.min_x <= ? AND b.max_y >= ? AND b.min_y <= ? AND f.min_zoom <= ? {more}
"""


def features_in(database: sqlite3.Connection, frame: Frame, *, named_only: bool = False) -> list[Feature]:
    """What the map shows in the frame at its zoom, in no order. Raises sqlite3.Error."""
    is_far = frame.zoom < COARSE_ZOOM + 0.5
    query = _QUERY.format(
        shape="coalesce(f.coarse, f.shape)" if is_far else "f.shape",
        boxes="feature_box_far" if is_far else "feature_box",
        more="AND f.name <> ''" if named_only else "",
    )
    world = frame.world_px
    box = (
        frame.left_px / world,
        (frame.left_px + frame.width_px) / world,
        frame.top_px / world,
        (frame.top_px + frame.height_px) / world,
    )
    found = []
    scale = world / UNITS
    for kind, level, name, ref, size, blob in database.execute(query, (*box, int(frame.zoom + 0.5))):
        lengths, units = unpack_rings(blob)
        points: NDArray[np.float64] = units.astype("float64") * scale
        points -= (frame.left_px, frame.top_px)
        found.append(Feature(kind, level, name, ref, size, lengths, points))
    return found


def by_kind(features: Sequence[Feature]) -> dict[tuple[str, int], list[Feature]]:
    """Features that are painted alike: of one kind and level."""
    groups: dict[tuple[str, int], list[Feature]] = defaultdict(list)
    for feature in features:
        groups[feature.kind, feature.level].append(feature)
    return groups


def path_of(features: Sequence[Feature]) -> QPainterPath:
    """All outlines of the features as one path that fills by winding: holes turn against their outer ring."""
    import numpy as np

    path = QPainterPath()
    if not features:
        return path
    points = np.concatenate([feature.points for feature in features])
    lengths = np.concatenate([feature.lengths for feature in features]).astype(np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    elements = np.empty(len(points), dtype=[("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
    elements["kind"] = 1
    elements["kind"][starts] = 0
    elements["x"], elements["y"] = points[:, 0], points[:, 1]
    head = np.array([len(points)], dtype=">i4").tobytes()
    tail = np.array([starts[-1], 1], dtype=">i4").tobytes()  # where the last outline starts; winding
    stream = QDataStream(QByteArray(head + elements.tobytes() + tail))
    stream >> path
    return path
