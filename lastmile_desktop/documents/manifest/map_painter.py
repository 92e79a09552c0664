"""Draws a laid-out route: lines with their direction, numbered stops, depots, grid and scale bar."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from lastmile_desktop.documents.manifest.mini_map import (
    BADGE_RADIUS,
    DEPOT_RADIUS,
    Badge,
    Leg,
    MiniMap,
    Point,
)
from lastmile_desktop.documents.manifest.typography import Align, Style, text_block

_LINE = QColor("#1F5FBF")
_EMPTY_LINE = QColor("#8A93A0")
_INK = QColor("#111111")
_PAPER = QColor("#FFFFFF")
_GROUND = QColor("#F7F8FA")
_GRID = QColor("#E3E7EC")
_FRAME = QColor("#B8BEC6")
_ARROW_LENGTH = 260.0
_SHORTEST_WITH_ARROW = 900.0


def draw_mini_map(painter: QPainter, drawing: MiniMap) -> None:
    """Draw with the upper left corner of the box at the painter's origin."""
    frame = QRectF(0, 0, drawing.width, drawing.height)
    painter.save()
    painter.setClipRect(frame)
    painter.fillRect(frame, _GROUND)
    if drawing.ground is None:
        _grid(painter, drawing)
    else:
        painter.save()
        drawing.ground.paint(painter, drawing.corners, drawing.width, drawing.height)
        painter.restore()
    for leg in drawing.legs:
        _line(painter, leg.points, QPen(_PAPER, 130.0))
    for leg in sorted(drawing.legs, key=lambda leg: not leg.empty):
        _leg(painter, leg)
    _leaders(painter, drawing.badges)
    for depot in drawing.depots:
        _house(painter, depot, DEPOT_RADIUS)
    for badge in drawing.badges:
        _badge(painter, badge)
    _legend(painter, drawing)
    _north(painter, drawing)
    if drawing.ground is not None and drawing.ground.attribution:
        _credit(painter, drawing, drawing.ground.attribution)
    painter.restore()
    painter.setPen(QPen(_FRAME, 14.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame)


def _grid(painter: QPainter, drawing: MiniMap) -> None:
    step = drawing.scale_length
    painter.setPen(QPen(_GRID, 10.0))
    x = drawing.grid_origin[0] % step
    while x < drawing.width:
        painter.drawLine(QPointF(x, 0), QPointF(x, drawing.height))
        x += step
    y = drawing.grid_origin[1] % step
    while y < drawing.height:
        painter.drawLine(QPointF(0, y), QPointF(drawing.width, y))
        y += step


def _line(painter: QPainter, points: Sequence[Point], pen: QPen) -> None:
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))


def _leg(painter: QPainter, leg: Leg) -> None:
    colour = _EMPTY_LINE if leg.empty else _LINE
    _line(painter, leg.points, QPen(colour, 45.0 if leg.empty else 60.0))
    arrow = _arrow(leg.points)
    if arrow is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(arrow)


def _arrow(points: Sequence[Point]) -> QPolygonF | None:
    """An arrow head at the middle of the line; None when the line is too short for one."""
    lengths = [math.dist(first, second) for first, second in itertools.pairwise(points)]
    if sum(lengths) < _SHORTEST_WITH_ARROW:
        return None
    rest = sum(lengths) / 2
    for (first, second), length in zip(itertools.pairwise(points), lengths, strict=True):
        if rest <= length and length > 0:
            ux, uy = (second[0] - first[0]) / length, (second[1] - first[1]) / length
            tip = rest + _ARROW_LENGTH / 2
            x, y = first[0] + ux * tip, first[1] + uy * tip
            back, side = _ARROW_LENGTH, _ARROW_LENGTH * 0.42
            return QPolygonF(
                [
                    QPointF(x, y),
                    QPointF(x - ux * back - uy * side, y - uy * back + ux * side),
                    QPointF(x - ux * back + uy * side, y - uy * back - ux * side),
                ]
            )
        rest -= length
    return None


def _leaders(painter: QPainter, badges: Sequence[Badge]) -> None:
    for badge in badges:
        if badge.centre != badge.spot:
            painter.setPen(QPen(_INK, 18.0))
            painter.drawLine(QPointF(*badge.spot), QPointF(*badge.centre))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_INK)
            painter.drawEllipse(QPointF(*badge.spot), 60.0, 60.0)


def _badge(painter: QPainter, badge: Badge) -> None:
    painter.setPen(QPen(_PAPER, 30.0))
    painter.setBrush(_INK)
    painter.drawEllipse(QPointF(*badge.centre), BADGE_RADIUS, BADGE_RADIUS)
    painter.setPen(_PAPER)
    width = 2 * BADGE_RADIUS
    style = Style.BADGE if badge.number < 100 else Style.SMALL_BADGE
    text = text_block(str(badge.number), style, width, Align.CENTRE, 1)
    text.draw(painter, badge.centre[0] - width / 2, badge.centre[1] - text.height / 2)


def _house(painter: QPainter, centre: Point, radius: float) -> None:
    x, y = centre
    path = QPainterPath(QPointF(x, y - radius * 1.1))
    for dx, dy in ((1.1, -0.1), (0.8, -0.1), (0.8, 0.9), (-0.8, 0.9), (-0.8, -0.1), (-1.1, -0.1)):
        path.lineTo(x + dx * radius, y + dy * radius)
    path.closeSubpath()
    painter.setPen(QPen(_PAPER, 50.0))
    painter.setBrush(_INK)
    painter.drawPath(path)
    painter.fillRect(QRectF(x - radius * 0.28, y + radius * 0.2, radius * 0.56, radius * 0.7), _PAPER)


def _legend(painter: QPainter, drawing: MiniMap) -> None:
    """Scale bar at the lower left, on a patch of paper so that lines do not cross it."""
    left, bottom = 250.0, drawing.height - 250.0
    caption = text_block(drawing.scale_text, Style.CAPTION, 3000, Align.LEFT, 1)
    patch_width = max(drawing.scale_length, caption.natural_width) + 240
    painter.fillRect(QRectF(left - 120, bottom - 480, patch_width, 600), _PAPER)
    painter.setPen(QPen(_INK, 28.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    right = left + drawing.scale_length
    painter.drawLine(QPointF(left, bottom), QPointF(right, bottom))
    for x in (left, right):
        painter.drawLine(QPointF(x, bottom - 110), QPointF(x, bottom))
    caption.draw(painter, left, bottom - 460)


def _credit(painter: QPainter, drawing: MiniMap, attribution: str) -> None:
    """Who made the map, at the lower right: its licence asks for it on paper too."""
    caption = text_block(attribution, Style.CAPTION, drawing.width / 2, Align.RIGHT, 1)
    width = min(caption.natural_width, drawing.width / 2)
    painter.fillRect(QRectF(drawing.width - width - 220, drawing.height - 370, width + 220, 370), _PAPER)
    painter.setPen(_INK)
    caption.draw(painter, drawing.width / 2 - 110, drawing.height - 340)


def _north(painter: QPainter, drawing: MiniMap) -> None:
    x, y = drawing.width - 350.0, 300.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_INK)
    points = (QPointF(x, y - 130), QPointF(x + 110, y + 170), QPointF(x, y + 100), QPointF(x - 110, y + 170))
    painter.drawPolygon(QPolygonF(list(points)))
    painter.setPen(_INK)
    text_block("N", Style.CAPTION, 400, Align.CENTRE, 1).draw(painter, x - 200, y + 190)
