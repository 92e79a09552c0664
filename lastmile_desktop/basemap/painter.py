"""Paints a piece of the region: ground, areas, water, buildings, roads, names; for screen and paper alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from lastmile_desktop.basemap.labels import Label, label_font, text_width
from lastmile_desktop.basemap.look import CASED_FROM_PX, ROAD_ORDER, Look, road_width_px
from lastmile_desktop.basemap.shapes import Feature, Frame, by_kind, features_in, path_of

#: Wide enough for the widest road whose middle lies outside the frame.
_MARGIN_PX = 24.0

Groups = dict[tuple[str, int], list[Feature]]


def paint_ground(painter: QPainter, database: sqlite3.Connection, frame: Frame, look: Look) -> None:
    """Paint everything but the names, with the frame's upper left corner at the painter's origin.

    Raises sqlite3.Error when the region cannot be read.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, frame.width_px, frame.height_px), QColor(look.ground))
    groups = by_kind([_moved(one) for one in features_in(database, frame.grown(_MARGIN_PX))])
    _areas(painter, groups, frame.zoom, look)
    _water_lines(painter, groups, frame.zoom, look)
    for level in (-1, 0, 1):
        _ways(painter, groups, level, frame.zoom, look)


def paint_labels(
    painter: QPainter, labels: Sequence[Label], look: Look, dx: float = 0.0, dy: float = 0.0
) -> None:
    """Write the names, moved by (``dx``, ``dy``) pixels, each with a halo that keeps it readable."""
    halo = QPen(
        QColor(look.halo), 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for label in labels:
        painter.save()
        painter.translate(label.x + dx, label.y + dy)
        painter.rotate(label.angle)
        path = QPainterPath()
        left = -text_width(label.text, label.size_px, label.bold) / 2
        path.addText(QPointF(left, label.size_px * 0.35), label_font(label.size_px, label.bold), label.text)
        painter.strokePath(path, halo)
        painter.fillPath(path, QColor(label.colour))
        painter.restore()


def _moved(feature: Feature) -> Feature:
    """Points of the grown frame as points of the frame itself."""
    feature.points.__isub__(_MARGIN_PX)
    return feature


def _areas(painter: QPainter, groups: Groups, zoom: float, look: Look) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for kind, colour in look.areas.items():
        shapes = [one for level in (-1, 0, 1) for one in groups.get((kind, level), ())]
        if not shapes:
            continue
        # The large ones first, so that a lake's island or a wood's clearing of the same kind stays.
        path = path_of(sorted(shapes, key=lambda one: -one.size_m2))
        painter.fillPath(path, QColor(colour))
        if kind == "building" and zoom >= 16.5:
            painter.strokePath(path, QPen(QColor(look.building_edge), 0.8))


def _water_lines(painter: QPainter, groups: Groups, zoom: float, look: Look) -> None:
    # A river has the colour of its area, so that its middle line does not show there.
    for kind, width, colour in (("stream", 1.4, look.water_line), ("river", 4.5, look.areas["water"])):
        for level in (0, 1):
            path = path_of(groups.get((kind, level), ()))
            painter.strokePath(path, _pen(colour, max(0.8, width * 1.3 ** (zoom - 15))))


def _ways(painter: QPainter, groups: Groups, level: int, zoom: float, look: Look) -> None:
    """Paths, roads and rails of one level: first all casings, then all fills, so that crossings are open."""
    roads = [
        (kind, path_of(groups[kind, level]), road_width_px(kind, zoom))
        for kind in ROAD_ORDER
        if (kind, level) in groups
    ]
    _small_ways(painter, groups, level, zoom, look)
    flat = Qt.PenCapStyle.FlatCap if level == 1 else Qt.PenCapStyle.RoundCap
    for kind, path, width in roads:
        if width >= CASED_FROM_PX:
            edge = 1.6 if width > 4 else 1.1
            pen = _pen(look.road_casing[kind], width + (edge + 1.0 if level == 1 else edge), flat)
            if level == -1:
                pen.setDashPattern([3.0, 2.0])
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.strokePath(path, pen)
    for kind, path, width in roads:
        thin = width < CASED_FROM_PX and kind in ("service", "pedestrian", "street", "tertiary")
        painter.strokePath(path, _pen(look.thin_road if thin else look.road_fill[kind], width))
    _rails(painter, groups, level, zoom, look)


def _small_ways(painter: QPainter, groups: Groups, level: int, zoom: float, look: Look) -> None:
    for kind, dashes in (("path", [2.0, 2.0]), ("track", [5.0, 2.0])):
        if (kind, level) in groups:
            pen = _pen(look.path, 1.0 if zoom < 17 else 1.6, Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(dashes)
            painter.strokePath(path_of(groups[kind, level]), pen)


def _rails(painter: QPainter, groups: Groups, level: int, zoom: float, look: Look) -> None:
    for kind, width in (("tram", 1.0), ("rail", 2.0)):
        if (kind, level) not in groups:
            continue
        path = path_of(groups[kind, level])
        width *= 1.0 if zoom < 15 else 1.4
        painter.strokePath(path, _pen(look.rail, width))
        if kind == "rail" and zoom >= 13:
            sleepers = _pen(look.ground, width * 0.6, Qt.PenCapStyle.FlatCap)
            sleepers.setDashPattern([6.0, 6.0])
            painter.strokePath(path, sleepers)


def _pen(colour: str, width: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)
