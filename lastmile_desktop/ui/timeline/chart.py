"""The drawing of the timeline with pyqtgraph. Import this module late: pyqtgraph is slow to load.

Blocks are painted once into pictures, one for each row, and replayed at any zoom; signs, numbers and
brackets are painted in pixels on top, for the rows in sight only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPicture, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from lastmile_desktop.model import TimeWindow, wording
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.timeline.rows import Block, BlockKind, Row

AXIS_HEIGHT_PX = 26
_MARGIN_S = 900
_TICK_STEPS_S = (300, 900, 1800, 3600, 7200, 14400, 21600)
_TICK_ROOM_PX = 62
#: All numbers of a row or none look calmer than the one-figure ones only.
_NUMBER_ROOM_PX = 18
#: Share of the row's height, from top to bottom, of each kind of block.
_BAND = {
    BlockKind.SERVICE: (0.18, 0.82),
    BlockKind.BREAK: (0.18, 0.82),
    BlockKind.RELOAD: (0.18, 0.82),
    BlockKind.SETUP: (0.34, 0.66),
    BlockKind.WAIT: (0.34, 0.66),
    BlockKind.DRIVE: (0.46, 0.54),
}


class TimeAxis(pg.AxisItem):
    """Times of day, in steps that people count in."""

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        """One level of ticks with room for its labels."""
        wide = max(maxVal - minVal, 1.0)
        step = next(
            (step for step in _TICK_STEPS_S if size * step / wide >= _TICK_ROOM_PX), _TICK_STEPS_S[-1]
        )
        first = int(minVal // step)
        return [(step, [at * step for at in range(first, int(maxVal // step) + 1) if at * step >= minVal])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Clock times."""
        return [wording.clock(round(value)) for value in values]


class RoutesItem(pg.GraphicsObject):
    """All rows; x in seconds after midnight, row ``i`` from y = i to i + 1."""

    def __init__(self, axis: TimeAxis) -> None:
        super().__init__()
        self._axis = axis
        self.rows: tuple[Row, ...] = ()
        self.selected_order: str | None = None
        self.selected_row = -1
        self.windows: tuple[TimeWindow, ...] = ()
        self.now_s: float | None = None
        self._pictures: dict[Row, QPicture] = {}

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Take other rows; pictures of rows that are the same are kept."""
        self.prepareGeometryChange()
        self.rows = rows
        self._pictures = {row: self._pictures.get(row) or _picture(row) for row in rows}
        self.update()

    def recolour(self) -> None:
        """Paint the pictures again in the colours of now."""
        self._pictures = {row: _picture(row) for row in self.rows}
        self.update()

    def boundingRect(self) -> QRectF:
        """Everything, with room at both sides."""
        start, end = span_s(self.rows)
        return QRectF(start - 10 * 3600, 0, end - start + 20 * 3600, max(len(self.rows), 1))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the rows in sight."""
        colours = theme.current()
        seen = self.viewRect()
        first, last = max(int(seen.top()), 0), min(int(seen.bottom()) + 1, len(self.rows))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_ground(painter, colours, seen, first, last)
        for index in range(first, last):
            painter.save()
            painter.translate(0, index)
            painter.drawPicture(0, 0, self._pictures[self.rows[index]])
            painter.restore()
        to_pixels = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for index in range(first, last):
            self._paint_signs(painter, colours, to_pixels, seen, index)
        self._paint_now(painter, colours, to_pixels, seen)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, colours: theme.Colours, seen: QRectF, first: int, last: int
    ) -> None:
        outside = QColor(colours.window)
        for index in range(first, last):
            vehicle = self.rows[index].vehicle
            if index == self.selected_row:
                painter.fillRect(QRectF(seen.left(), index, seen.width(), 1), QColor(colours.selection))
            before = QRectF(seen.left(), index, max(vehicle.shift_start_s - seen.left(), 0.0), 1)
            after = QRectF(vehicle.shift_end_s, index, max(seen.right() - vehicle.shift_end_s, 0.0), 1)
            painter.fillRect(before, outside)
            painter.fillRect(after, outside)
        painter.setPen(_thin(colours.border))
        for _step, times in self._axis.tickValues(seen.left(), seen.right(), self._axis.width()):
            for time_s in times:
                painter.drawLine(QPointF(time_s, seen.top()), QPointF(time_s, last))
        for index in range(first, last):
            painter.drawLine(QPointF(seen.left(), index + 1), QPointF(seen.right(), index + 1))

    def _paint_signs(
        self, painter: QPainter, colours: theme.Colours, to_pixels: QTransform, seen: QRectF, index: int
    ) -> None:
        row = self.rows[index]
        font = QFont()
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        for block in row.blocks:
            if block.end_s < seen.left() or block.start_s > seen.right():
                continue
            if block.kind is BlockKind.SERVICE:
                self._paint_stop_signs(painter, colours, row, block, _pixel_box(to_pixels, index, block))
            elif block.kind is BlockKind.BREAK:
                _pause_sign(painter, colours, _pixel_box(to_pixels, index, block))
        chosen = row.stop_of(self.selected_order) if index == self.selected_row else None
        if chosen is not None:
            self._paint_windows(painter, colours, to_pixels, index)
            _outline(painter, colours, _pixel_box(to_pixels, index, chosen))

    def _paint_stop_signs(
        self, painter: QPainter, colours: theme.Colours, row: Row, block: Block, box: QRectF
    ) -> None:
        colour = QColor(colours.danger if block.late_s else colours.route(row.colour_index))
        text = f"! {block.number}" if block.late_s else str(block.number)
        if box.width() < max(painter.fontMetrics().horizontalAdvance(text) + 4, _NUMBER_ROOM_PX):
            text = "!" if block.late_s else ""
        if text:
            painter.setPen(QColor("#10151D" if _is_light(colour) else "#FFFFFF"))
            painter.drawText(box.adjusted(-6, 0, 6, 0), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_windows(
        self, painter: QPainter, colours: theme.Colours, to_pixels: QTransform, index: int
    ) -> None:
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        start, end = self.viewRect().left(), self.viewRect().right()
        for window in self.windows:
            left = to_pixels.map(QPointF(window.start_s if window.start_s is not None else start - 60, index))
            right = to_pixels.map(QPointF(window.end_s if window.end_s is not None else end + 60, index + 1))
            top, bottom = left.y() + 2.5, right.y() - 2.5
            for x, inward in ((left.x(), 5), (right.x(), -5)):
                painter.drawPolyline(
                    [
                        QPointF(x + inward, top),
                        QPointF(x, top),
                        QPointF(x, bottom),
                        QPointF(x + inward, bottom),
                    ]
                )

    def _paint_now(
        self, painter: QPainter, colours: theme.Colours, to_pixels: QTransform, seen: QRectF
    ) -> None:
        if self.now_s is None or not self.rows:
            return
        top = to_pixels.map(QPointF(self.now_s, seen.top()))
        bottom = to_pixels.map(QPointF(self.now_s, min(seen.bottom(), len(self.rows))))
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawLine(top, bottom)
        painter.setBrush(QColor(colours.accent))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(top.x(), top.y() + 4), 4, 4)


class TimeBox(pg.ViewBox):
    """Wheel zooms in time, dragging moves in time (and rows), a click is told. No menu."""

    clicked = Signal(float, float)
    scrolled = Signal(int)
    moved_by_hand = Signal()

    def __init__(self) -> None:
        super().__init__(enableMenu=False, invertY=True)
        self.setMouseEnabled(x=True, y=False)
        self.disableAutoRange()
        self.setDefaultPadding(0)

    def wheelEvent(self, ev: Any, axis: int | None = None) -> None:
        """With Shift the wheel scrolls the rows."""
        if ev.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.scrolled.emit(-int(ev.delta()) // 2)
            ev.accept()
        else:
            self.moved_by_hand.emit()
            super().wheelEvent(ev, axis=0)

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        """Left drag moves; the rows follow the hand up and down."""
        if ev.button() != Qt.MouseButton.LeftButton:
            ev.ignore()
            return
        self.moved_by_hand.emit()
        self.scrolled.emit(-round(ev.pos().y() - ev.lastPos().y()))
        super().mouseDragEvent(ev, axis=0)

    def mouseClickEvent(self, ev: Any) -> None:
        """Tell the time and row under a left click."""
        if ev.button() == Qt.MouseButton.LeftButton:
            at = self.mapToView(ev.pos())
            self.clicked.emit(at.x(), at.y())
        ev.accept()


def span_s(rows: Sequence[Row]) -> tuple[int, int]:
    """First and last second worth showing."""
    start = min((row.start_s for row in rows), default=7 * 3600)
    end = max((row.end_s for row in rows), default=18 * 3600)
    return start - _MARGIN_S, end + _MARGIN_S


def _picture(row: Row) -> QPicture:
    colours = theme.current()
    route = QColor(colours.route(row.colour_index))
    soft = QColor(route)
    soft.setAlpha(70)
    rest = QColor(colours.text_muted)
    rest.setAlpha(110)
    brushes = {
        BlockKind.SERVICE: QBrush(route),
        BlockKind.DRIVE: QBrush(route),
        BlockKind.SETUP: QBrush(route),
        BlockKind.WAIT: QBrush(soft, Qt.BrushStyle.SolidPattern),
        BlockKind.BREAK: QBrush(rest),
        BlockKind.RELOAD: QBrush(QColor(colours.text_muted)),
    }
    late = QBrush(QColor(colours.danger))
    picture = QPicture()
    painter = QPainter(picture)
    painter.setPen(Qt.PenStyle.NoPen)
    for block in row.blocks:
        top, bottom = _BAND[block.kind]
        box = QRectF(block.start_s, top, block.end_s - block.start_s, bottom - top)
        painter.fillRect(box, late if block.late_s else brushes[block.kind])
    # A gap in the ground's colour, a pixel wide at any zoom, keeps neighbours apart.
    painter.setPen(_thin(colours.surface))
    for block in row.stops:
        top, bottom = _BAND[block.kind]
        painter.drawLine(QPointF(block.end_s, top), QPointF(block.end_s, bottom))
    painter.end()
    return picture


def _pixel_box(to_pixels: QTransform, index: int, block: Block) -> QRectF:
    top, bottom = _BAND[block.kind]
    return to_pixels.mapRect(QRectF(block.start_s, index + top, block.end_s - block.start_s, bottom - top))


def _outline(painter: QPainter, colours: theme.Colours, box: QRectF) -> None:
    wide = box.adjusted(-3, -3, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.surface), 4))
    painter.drawRoundedRect(wide, 3, 3)
    painter.setPen(QPen(QColor(colours.text), 2))
    painter.drawRoundedRect(wide, 3, 3)


def _pause_sign(painter: QPainter, colours: theme.Colours, box: QRectF) -> None:
    if box.width() >= 10:
        middle = box.center()
        for x in (middle.x() - 3.5, middle.x() + 1):
            painter.fillRect(QRectF(x, middle.y() - 4, 2.5, 8), QColor(colours.surface))


def _thin(colour: str) -> QPen:
    pen = QPen(QColor(colour), 1)
    pen.setCosmetic(True)
    return pen


def _is_light(colour: QColor) -> bool:
    return 0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue() > 150
