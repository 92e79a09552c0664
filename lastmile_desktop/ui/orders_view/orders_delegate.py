"""Paints the status with its route's colour, and edits cells without letting nonsense in."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from lastmile_desktop.pipeline.typed_values import NotUnderstoodError
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.orders_view.order_columns import COLUMNS
from lastmile_desktop.ui.orders_view.order_status import OrderStatus
from lastmile_desktop.ui.orders_view.orders_filter import OrdersFilter
from lastmile_desktop.ui.orders_view.orders_model import STATUS_ROLE, OrdersModel

Index = QModelIndex | QPersistentModelIndex
_FINISHING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_CHIP_PX = 10
_MARGIN_PX = 8


class OrdersDelegate(QStyledItemDelegate):
    """The delegate of the orders table. `said` carries a sentence about what is being typed ("" = fine)."""

    said = Signal(str)

    def __init__(self, orders: OrdersModel, shown: OrdersFilter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders, self._shown = orders, shown
        self._edited_index = QPersistentModelIndex()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), theme.ROW_HEIGHT_PX)

    # ---- painting ------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        status = index.data(STATUS_ROLE)
        if isinstance(status, OrderStatus):
            self._paint_status_cell(painter, option, index, status)
        else:
            super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(QPen(QColor(theme.current().accent), 1))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
            painter.restore()

    def _paint_status_cell(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, status: OrderStatus
    ) -> None:
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = bare.widget.style() if bare.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        painter.save()
        self._paint_status(painter, bare, status)
        painter.restore()

    def _paint_status(self, painter: QPainter, option: QStyleOptionViewItem, status: OrderStatus) -> None:
        colours = theme.current()
        rect = option.rect.adjusted(_MARGIN_PX, 0, -_MARGIN_PX, 0)
        tones = {"warning": colours.warning, "muted": colours.text_muted}
        ink = QColor(tones.get(status.tone, colours.text))
        painter.setFont(option.font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = rect.left()
        if status.vehicle_index is not None:
            chip = QRect(left, rect.center().y() - _CHIP_PX // 2 + 1, _CHIP_PX, _CHIP_PX)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.route(status.vehicle_index)))
            painter.drawRoundedRect(chip, 3, 3)
            left = chip.right() + 8
        painter.setPen(QPen(ink))
        if status.sign:
            font = painter.font()
            font.setBold(status.tone == "warning")
            painter.setFont(font)
            painter.drawText(
                QRect(left, rect.top(), 14, rect.height()), Qt.AlignmentFlag.AlignVCenter, status.sign
            )
            painter.setFont(option.font)
            left += 14 + (4 if status.vehicle_index is None else 0)
        room = QRect(left, rect.top(), rect.right() - left, rect.height())
        text = painter.fontMetrics().elidedText(status.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    # ---- editing -------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = COLUMNS[index.column()]
        self._edited_index = QPersistentModelIndex(self._shown.mapToSource(index))
        editor: QWidget
        if column.choices:
            combo = QComboBox(parent)
            combo.addItems(column.choices)
            combo.activated.connect(lambda _row: self._finish(combo))
            editor = combo
        else:
            line = QLineEdit(parent)
            line.setPlaceholderText(column.hint)
            line.textEdited.connect(lambda _text: self._judge(line))
            editor = line
        editor.setAccessibleName(column.title)
        editor.setToolTip(column.hint)
        editor.setStyleSheet(_editor_style(wrong=False))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        self.said.emit("")
        self._shown.setData(index, _typed(editor), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        wanted = max(rect.width(), 150 if isinstance(editor, QLineEdit) else 110)
        editor.setGeometry(rect.left(), rect.top(), wanted, rect.height())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab leave the cell only with a value that is understood."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(editor, QLineEdit)
            and cast("QKeyEvent", event).key() in _FINISHING_KEYS
            and self._judge(editor)
        ):
            return True
        if event.type() == QEvent.Type.KeyPress and cast("QKeyEvent", event).key() == Qt.Key.Key_Escape:
            self.said.emit("")
        return super().eventFilter(editor, event)

    def _judge(self, editor: QLineEdit) -> str:
        """Why the typed text cannot be taken, "" when it can; said and shown at the cell."""
        sentence = ""
        if self._edited_index.isValid():
            try:
                self._orders.values_for(self._edited_index, editor.text())
            except NotUnderstoodError as error:
                sentence = str(error)
        editor.setStyleSheet(_editor_style(wrong=bool(sentence)))
        self.said.emit(sentence)
        return sentence

    def _finish(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo, QStyledItemDelegate.EndEditHint.NoHint)


def _typed(editor: QWidget) -> str:
    if isinstance(editor, QComboBox):
        return editor.currentText()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def _editor_style(*, wrong: bool) -> str:
    colours = theme.current()
    line = colours.danger if wrong else colours.accent
    return (
        f"border: 2px solid {line}; border-radius: 0; padding: 0 5px; min-height: 0;"
        f" background: {colours.surface}; color: {colours.text};"
    )
