"""Tiles of the region for a web map, as PNG."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter

from lastmile_desktop.basemap.labels import Label, place_labels
from lastmile_desktop.basemap.look import LOOKS, Look
from lastmile_desktop.basemap.painter import paint_ground, paint_labels
from lastmile_desktop.basemap.shapes import TILE_PX, Frame, features_in
from lastmile_desktop.basemap.tile_child import REGION_ZOOMS

#: Tiles along the side of a block of names.
_BLOCK = 4
_BLOCKS_KEPT = 48


class TilePainter:
    """Paints tiles of one region file; one thread at a time. Raises sqlite3.Error when it cannot be read."""

    def __init__(self, region: Path) -> None:
        self.database = sqlite3.connect(f"{region.resolve().as_uri()}?mode=ro", uri=True)
        self._labels: OrderedDict[tuple[int, int, int, str], list[Label]] = OrderedDict()

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def tile(self, zoom: int, x: int, y: int, *, look: str = "light", scale: int = 1) -> bytes:
        """The tile as PNG; ``scale`` 2 for fine screens. Raises ValueError when there is none."""
        if not (
            0 <= zoom <= REGION_ZOOMS[1] and 0 <= x < 1 << zoom and 0 <= y < 1 << zoom and scale in (1, 2)
        ):
            raise ValueError(f"there is no tile {zoom}/{x}/{y}@{scale}")
        image = self.image(Frame.of_tile(zoom, x, y), LOOKS[look], scale, self._tile_labels(zoom, x, y, look))
        return png(image)

    def image(
        self, frame: Frame, look: Look, scale: float, labels: tuple[list[Label], float, float]
    ) -> QImage:
        """A piece of the map; ``labels`` are those of a block with the frame's corner at (dx, dy) in it."""
        image = QImage(
            round(frame.width_px * scale), round(frame.height_px * scale), QImage.Format.Format_RGB32
        )
        painter = QPainter(image)
        try:
            painter.scale(scale, scale)
            paint_ground(painter, self.database, frame, look)
            names, dx, dy = labels
            paint_labels(painter, names, look, -dx, -dy)
        finally:
            painter.end()
        return image

    def _tile_labels(self, zoom: int, x: int, y: int, look: str) -> tuple[list[Label], float, float]:
        """The names near a tile, and where the tile's corner is in their block."""
        key = (zoom, x // _BLOCK, y // _BLOCK, look)
        dx, dy = x % _BLOCK * TILE_PX, y % _BLOCK * TILE_PX
        if key not in self._labels:
            side = _BLOCK * TILE_PX
            block = Frame(key[1] * side, key[2] * side, side, side, zoom)
            features = features_in(self.database, block, named_only=True)
            self._labels[key] = place_labels(features, side, side, zoom, LOOKS[look])
            if len(self._labels) > _BLOCKS_KEPT:
                self._labels.popitem(last=False)
        self._labels.move_to_end(key)
        near = [
            one
            for one in self._labels[key]
            if -200 < one.x - dx < TILE_PX + 200 and -200 < one.y - dy < TILE_PX + 200
        ]
        return near, float(dx), float(dy)


def png(image: QImage) -> bytes:
    """The picture as a PNG file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 60)  # type: ignore[call-overload]  # its stub asks for bytes
    return bytes(content.data())
