"""The region at any scale: the map panel of a manifest, and the still map of the exported page."""

from __future__ import annotations

import base64
import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from lastmile_desktop.model import Location
from lastmile_desktop.regions.map_shapes import to_square

#: Pixels of the map to an inch of paper: streets and names come out a little finer than on a screen.
_PX_PER_INCH = 130.0
_UNITS_PER_INCH = 2540.0
#: A still map is at most this wide or high, and this deep in zoom: one picture in one file.
_STILL_PX = 2_400
_STILL_ZOOM = 16.0
_STILL_MARGIN = 0.14
_STILL_ASPECT = 1.6


class Box(Protocol):
    """Edges in degrees."""

    @property
    def south(self) -> float: ...
    @property
    def west(self) -> float: ...
    @property
    def north(self) -> float: ...
    @property
    def east(self) -> float: ...


@dataclass(frozen=True, slots=True)
class RegionPanel:
    """Paints a region's streets under a route on paper. Only a path: it travels to other processes."""

    region: Path
    attribution: str

    def paint(self, painter: Any, corners: Box, width: float, height: float) -> None:
        """Fill a box of ``width`` x ``height`` hundredths of a millimetre at the painter's origin.

        A region that cannot be read leaves the box as it is: the route is what matters.
        """
        from lastmile_desktop.basemap.labels import place_labels
        from lastmile_desktop.basemap.look import PAPER
        from lastmile_desktop.basemap.painter import paint_ground, paint_labels
        from lastmile_desktop.basemap.shapes import TILE_PX, Frame, features_in

        left, top = to_square(corners.north, corners.west)
        right, bottom = to_square(corners.south, corners.east)
        width_px = width / _UNITS_PER_INCH * _PX_PER_INCH
        world_px = width_px / (right - left)
        frame = Frame(
            left * world_px,
            top * world_px,
            width_px,
            (bottom - top) * world_px,
            math.log2(world_px / TILE_PX),
        )
        try:
            database = sqlite3.connect(f"{self.region.resolve().as_uri()}?mode=ro", uri=True)
        except sqlite3.Error:
            return
        try:
            painter.scale(width / frame.width_px, height / frame.height_px)
            paint_ground(painter, database, frame, PAPER)
            names = features_in(database, frame, named_only=True)
            paint_labels(
                painter, place_labels(names, frame.width_px, frame.height_px, frame.zoom, PAPER), PAPER
            )
        except sqlite3.Error:
            return
        finally:
            database.close()


@dataclass(frozen=True, slots=True)
class StillPicture:
    """A picture of the region: a ``data:`` address and its edges in degrees."""

    url: str
    south: float
    west: float
    north: float
    east: float


def still_picture(region: Path, places: Sequence[Location]) -> StillPicture | None:
    """The streets around ``places`` as one picture; None without places or when the region cannot be read.

    Needs a QGuiApplication. Takes up to a second.
    """
    from lastmile_desktop.basemap.labels import place_labels
    from lastmile_desktop.basemap.look import LIGHT
    from lastmile_desktop.basemap.shapes import TILE_PX, Frame, features_in
    from lastmile_desktop.basemap.tiles import TilePainter, png
    from lastmile_desktop.regions.map_shapes import from_square

    if not places:
        return None
    spots = [to_square(place.lat, place.lon) for place in places]
    low = [min(spot[side] for spot in spots) for side in (0, 1)]
    high = [max(spot[side] for spot in spots) for side in (0, 1)]
    span = [max(high[side] - low[side], 1e-6) for side in (0, 1)]
    # A screen is wider than high; what the routes leave free beside them shows the country around.
    tall = span[1] * (1 + 2 * _STILL_MARGIN)
    wide = max(span[0] * (1 + 2 * _STILL_MARGIN), tall * _STILL_ASPECT)
    zoom = min(_STILL_ZOOM, math.log2(_STILL_PX / max(wide, tall) / TILE_PX))
    world = TILE_PX * 2.0**zoom
    left, top = ((low[side] + high[side] - size) / 2 * world for side, size in ((0, wide), (1, tall)))
    frame = Frame(left, top, wide * world, tall * world, zoom)
    try:
        painter = TilePainter(region)
        try:
            names = features_in(painter.database, frame, named_only=True)
            labels = place_labels(names, frame.width_px, frame.height_px, zoom, LIGHT)
            content = png(painter.image(frame, LIGHT, 1.0, (labels, 0.0, 0.0)))
        finally:
            painter.close()
    except sqlite3.Error:
        return None
    north, west = from_square(left / world, top / world)
    south, east = from_square((left + frame.width_px) / world, (top + frame.height_px) / world)
    url = "data:image/png;base64," + base64.b64encode(content).decode("ascii")
    return StillPicture(url, south, west, north, east)
