"""The head of the preview's columns: the letter, what the column holds, and how sure that is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from lastmile_desktop.pipeline.sheet_choices import column_letter
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.import_view.field_words import NOT_READ, field_words
from lastmile_desktop.ui.import_view.preview_model import PreviewModel, tinted

_HEIGHT_PX = 60
_MARGIN_PX = 8
_ARROW_PX = 12


class FieldHeader(QHeaderView):
    """Painted in three lines; a click on a section is a wish to change its field."""

    def __init__(self, model: PreviewModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._preview = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(56)
        self.setMaximumSectionSize(420)
        self.setFixedHeight(_HEIGHT_PX)
        self.setAccessibleName("Columns and what they hold")
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        theme.watcher().changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEIGHT_PX)

    def wanted_width(self, column: int) -> int:
        """Pixels that the field's words need."""
        metrics = self.fontMetrics()
        words = field_words(self._preview.field(column))
        return round(1.1 * metrics.horizontalAdvance(words)) + 2 * _MARGIN_PX + _ARROW_PX

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        colours = theme.current()
        field = self._preview.field(logicalIndex)
        painter.save()
        painter.fillRect(rect, tinted(field, 0.22) if field else QColor(colours.surface_raised))
        painter.setPen(QPen(QColor(colours.border)))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if field:
            bar = QRect(rect.left(), rect.top(), rect.width() - 1, 3)
            painter.fillRect(bar, tinted(field, 1.0))
        inner = rect.adjusted(_MARGIN_PX, 5, -_MARGIN_PX, -4)
        lines = inner.height() // 3
        self._line(painter, inner, 0, lines, column_letter(logicalIndex + 1), colours.text_muted, False)
        ink = colours.text if field else colours.text_muted
        words = field_words(field) if field else NOT_READ
        self._line(painter, inner.adjusted(0, 0, -_ARROW_PX, 0), 1, lines, words, ink, bool(field))
        self._arrow(painter, QRect(inner.right() - 8, inner.top() + lines, 9, lines), colours.text_muted)
        sure = self._preview.sureness(logicalIndex)
        doubtful = sure in ("likely", "a guess")
        text = f"! {sure}" if doubtful else sure
        self._line(
            painter, inner, 2, lines, text, colours.warning if doubtful else colours.text_muted, doubtful
        )
        painter.restore()

    def _line(
        self, painter: QPainter, inner: QRect, line: int, height: int, text: str, ink: str, bold: bool
    ) -> None:
        font = QFont(self.font())
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        room = QRect(inner.left(), inner.top() + line * height, inner.width(), height)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)

    def _arrow(self, painter: QPainter, room: QRect, ink: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ink), 1.5))
        x, y = room.center().x(), room.center().y()
        painter.drawPolyline([QPoint(x - 3, y - 1), QPoint(x, y + 2), QPoint(x + 3, y - 1)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
