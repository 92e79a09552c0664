"""The column at the left of the timeline: which van, who drives it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from lastmile_desktop.ui import theme
from lastmile_desktop.ui.timeline.rows import Row

WIDTH_PX = 168


class RowNames(QWidget):
    """Draws the rows' names beside the chart. ``top_px`` is the height of the time axis."""

    row_clicked = Signal(int)
    scrolled = Signal(int)

    def __init__(self, top_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._top_px = top_px
        self._rows: Sequence[Row] = ()
        self._offset_px = 0
        self._bold_row = -1
        self.setFixedWidth(WIDTH_PX)
        self.setAccessibleName("Routes of the timeline")

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Take other rows."""
        self._rows = rows
        self.update()

    def scroll_to(self, offset_px: int) -> None:
        """Follow the chart's vertical scroll position."""
        self._offset_px = offset_px
        self.update()

    def set_bold_row(self, row: int) -> None:
        """Mark the selected route; -1 marks none."""
        if row != self._bold_row:
            self._bold_row = row
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as fixed, as high as it gets."""
        return QSize(WIDTH_PX, 4 * theme.ROW_HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight."""
        painter = QPainter(self)
        colours = theme.current()
        painter.fillRect(self.rect(), QColor(colours.surface))
        painter.setClipRect(QRect(0, self._top_px, self.width(), self.height() - self._top_px))
        height = theme.ROW_HEIGHT_PX
        for index, row in enumerate(self._rows):
            top = self._top_px + index * height - self._offset_px
            if self._top_px - height < top < self.height():
                self._paint_row(painter, colours, row, QRect(0, top, self.width(), height), index)
        painter.setClipping(False)
        painter.setPen(QColor(colours.border))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.drawLine(0, self._top_px - 1, self.width(), self._top_px - 1)

    def _paint_row(self, painter: QPainter, colours: theme.Colours, row: Row, box: QRect, index: int) -> None:
        if index == self._bold_row:
            painter.fillRect(box, QColor(colours.selection))
        painter.fillRect(
            QRect(0, box.top() + 5, 4, box.height() - 10), QColor(colours.route(row.colour_index))
        )
        font = QFont(self.font())
        font.setPixelSize(13)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        left, room = box.left() + 12, box.width() - 20
        driver = row.vehicle.driver
        name_room = min(metrics.horizontalAdvance(row.vehicle.name) + 1, room * 6 // 10 if driver else room)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(colours.text))
        name = metrics.elidedText(row.vehicle.name, Qt.TextElideMode.ElideRight, name_room)
        painter.drawText(QRect(left, box.top(), name_room, box.height()), align, name)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colours.text_muted))
        rest = QRect(left + name_room + 8, box.top(), room - name_room - 8, box.height())
        painter.drawText(
            rest, align, painter.fontMetrics().elidedText(driver, Qt.TextElideMode.ElideRight, rest.width())
        )
        painter.setPen(QColor(colours.border))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click selects the route."""
        at = int(event.position().y()) - self._top_px
        row = (at + self._offset_px) // theme.ROW_HEIGHT_PX
        if event.button() == Qt.MouseButton.LeftButton and at >= 0 and 0 <= row < len(self._rows):
            self.row_clicked.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the rows."""
        self.scrolled.emit(-event.angleDelta().y() // 2)
        event.accept()
