"""Paints an entry of the side list: what it is and where, and beneath it two lines of the sentence."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from lastmile_desktop.model import LineKind, Severity, SheetProblem
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.import_view.doubt_model import ENTRY_ROLE, SEVERITY_WORDS, Index, place_words

_HEIGHT_PX = 66
_MARGIN_PX = 12
_SIGN_PX = 20
_LINES = 2


class DoubtDelegate(QStyledItemDelegate):
    """`fix_pressed` when the suggestion at the right of an entry is clicked."""

    fix_pressed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pressed: SheetProblem | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _HEIGHT_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY_ROLE)
        colours = theme.current()
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = bare.widget.style() if bare.widget else QApplication.style()
        painter.save()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        painter.setPen(QPen(QColor(colours.border)))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if isinstance(entry, SheetProblem):
            sign, _word = SEVERITY_WORDS[entry.severity]
            tones = {Severity.ERROR: colours.danger, Severity.ATTENTION: colours.warning}
            self._paint(painter, option, sign, tones.get(entry.severity, colours.text_muted),
                        place_words(entry), entry.message)  # fmt: skip
            if entry.fix:
                self._paint_fix(painter, option, entry)
        elif entry is not None:
            row, kind, words = entry
            left_out = kind is LineKind.LEFT_OUT
            sign, tone = ("✕", colours.danger) if left_out else ("–", colours.text_muted)
            head = f"Row {row}, {'left out' if left_out else 'set aside by you'}"
            self._paint(painter, option, sign, tone, head, words)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _paint(
        self, painter: QPainter, option: QStyleOptionViewItem, sign: str, tone: str, head: str, words: str
    ) -> None:
        colours = theme.current()
        rect = option.rect.adjusted(_MARGIN_PX, 6, -_MARGIN_PX, -5)
        line = painter.fontMetrics().height()
        font = QFont(option.font)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(tone))
        painter.drawText(QRect(rect.left(), rect.top(), _SIGN_PX, line), Qt.AlignmentFlag.AlignLeft, sign)
        painter.setPen(QColor(colours.text))
        left = rect.left() + _SIGN_PX
        painter.drawText(QRect(left, rect.top(), rect.right() - left, line), Qt.AlignmentFlag.AlignLeft, head)
        painter.setFont(option.font)
        painter.setPen(QColor(colours.text_muted if sign in ("–", "i") else colours.text))
        room = QRect(left, rect.top() + line + 1, rect.right() - left, _LINES * line + 2)
        # Why less than two widths: words that wrap leave some room at the end of the first line.
        fitting = round((_LINES - 0.2) * room.width())
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, fitting)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), shown)

    def _paint_fix(self, painter: QPainter, option: QStyleOptionViewItem, problem: SheetProblem) -> None:
        font = QFont(option.font)
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.current().accent))
        room = self._fix_room(option)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(fix_words(problem), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), text)

    def _fix_room(self, option: QStyleOptionViewItem) -> QRect:
        rect = option.rect.adjusted(_MARGIN_PX, 6, -_MARGIN_PX, -5)
        width = rect.width() // 2
        return QRect(rect.right() - width, rect.top(), width, option.fontMetrics.height() + 2)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, SheetProblem) and entry.fix and event.type() in _BUTTON_EVENTS:
            mouse = cast("QMouseEvent", event)
            text_width = option.fontMetrics.horizontalAdvance(fix_words(entry))
            room = self._fix_room(option)
            inside = room.adjusted(max(0, room.width() - text_width - 4), -4, 4, 4)
            if mouse.button() == Qt.MouseButton.LeftButton and inside.contains(mouse.position().toPoint()):
                if event.type() == QEvent.Type.MouseButtonRelease and self._pressed is entry:
                    self.fix_pressed.emit(entry)
                self._pressed = entry if event.type() == QEvent.Type.MouseButtonPress else None
                return True
        return super().editorEvent(event, model, option, index)


_BUTTON_EVENTS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)


def fix_words(problem: SheetProblem) -> str:
    """What the suggestion writes, for a button: "Write 09:00-12:00"."""
    texts = ", ".join(fix.text or "nothing" for fix in problem.fix)
    return f"Write {texts}"
