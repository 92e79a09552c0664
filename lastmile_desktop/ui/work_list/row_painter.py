"""How the rows of the work list are drawn: dense, aligned, the same figures as on map and paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from lastmile_desktop.model import wording
from lastmile_desktop.ui import icons, theme
from lastmile_desktop.ui.work_list.rows import UNASSIGNED, Group, OrderRow
from lastmile_desktop.ui.work_list.tree_model import ITEM_ROLE

GROUP_HEIGHT_PX = 48
REASON_HEIGHT_PX = 44
CHEVRON_PX = 24
_MARGIN = 8
_SIGN_PX = 14

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class RowPainter(QStyledItemDelegate):
    """Draws groups with load bar and times, orders with number, time, name, signs and load."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.selected_group: str | None = None
        self.expanded: Callable[[QModelIndex | QPersistentModelIndex], bool] = lambda _index: False
        font = theme.tabular_font(parent.font())
        self._font = font
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small = QFont(font)
        if font.pixelSize() > 0:
            self._small.setPixelSize(max(12, font.pixelSize() - 1))
        else:
            self._small.setPointSizeF(max(9.0, font.pointSizeF() - 0.5))
        self._group_size = QSize(200, GROUP_HEIGHT_PX)
        self._reason_size = QSize(200, REASON_HEIGHT_PX)
        self._row_size = QSize(200, theme.ROW_HEIGHT_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        item = index.data(ITEM_ROLE)
        if isinstance(item, Group):
            return self._group_size
        return self._reason_size if isinstance(item, OrderRow) and item.reason else self._row_size

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        item = index.data(ITEM_ROLE)
        colours = theme.current()
        box = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(box, QColor(colours.selection))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(colours.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(colours.surface_hover))
        if isinstance(item, Group):
            self._paint_group(painter, box, item, self.expanded(index), colours)
        elif isinstance(item, OrderRow):
            self._paint_order(painter, box, item, _colour_of(index, colours), colours)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(QPen(QColor(colours.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
        painter.restore()

    def _paint_group(
        self, painter: QPainter, box: QRectF, group: Group, is_open: bool, colours: theme.Colours
    ) -> None:
        painter.setPen(QColor(colours.border))
        painter.drawLine(box.bottomLeft() + QPointF(0, -0.5), box.bottomRight() + QPointF(0, -0.5))
        if group.key == self.selected_group:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(colours.accent))
        chevron = _sign("down" if is_open else "right", colours.text_muted, painter)
        painter.drawPixmap(QPointF(box.left() + 7, box.center().y() - _SIGN_PX / 2), chevron)
        left = box.left() + CHEVRON_PX + 2
        top = QRectF(left, box.top() + 5, box.right() - left - _MARGIN, 20)
        bottom = QRectF(left, box.top() + 24, box.right() - left - _MARGIN, 18)
        if group.key == UNASSIGNED:
            self._paint_unassigned(painter, top, bottom, group, colours)
        else:
            self._paint_route(painter, top, bottom, group, colours)

    def _paint_unassigned(
        self, painter: QPainter, top: QRectF, bottom: QRectF, group: Group, colours: theme.Colours
    ) -> None:
        needs_a_look = group.planned and group.total > 0
        colour = colours.warning if needs_a_look else colours.text
        if needs_a_look:
            painter.drawPixmap(
                QPointF(top.left(), top.center().y() - _SIGN_PX / 2), _sign("warning", colour, painter)
            )
        elif group.planned:
            painter.drawPixmap(
                QPointF(top.left(), top.center().y() - _SIGN_PX / 2), _sign("ok", colours.ok, painter)
            )
        shift = 20 if group.planned else 0
        self._text(painter, top.adjusted(shift, 0, -40, 0), group.title, self._bold, colour)
        self._text(painter, top, str(group.total), self._bold, colour, _RIGHT)
        if not group.planned:
            line = "Press Plan to put them on routes" if group.total else "No orders yet"
        else:
            line = "Select one to see what can be done" if group.total else "Every order is on a route"
        self._text(painter, bottom.adjusted(shift, 0, 0, 0), line, self._small, colours.text_muted)

    def _paint_route(
        self, painter: QPainter, top: QRectF, bottom: QRectF, group: Group, colours: theme.Colours
    ) -> None:
        chip = QRectF(top.left(), top.center().y() - 6, 12, 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.route(group.colour)))
        painter.drawRoundedRect(chip, 3, 3)
        count = group.size if group.total else "not used"
        count_width = QFontMetrics(self._font).horizontalAdvance(count)
        signs = self._signs(group.late, False, False, group.broken, colours)
        right = top.right() - count_width
        self._text(
            painter, top, count, self._font, colours.text if group.total else colours.text_muted, _RIGHT
        )
        for name, colour in signs:
            right -= _SIGN_PX + 4
            painter.drawPixmap(QPointF(right, top.center().y() - _SIGN_PX / 2), _sign(name, colour, painter))
        names = QRectF(top.left() + 20, top.top(), right - top.left() - 26, top.height())
        metrics = QFontMetrics(self._bold)
        title = metrics.elidedText(group.title, Qt.TextElideMode.ElideRight, int(names.width()))
        self._text(painter, names, title, self._bold, colours.text)
        used = metrics.horizontalAdvance(title) + 8
        if group.driver and names.width() - used > 24:
            self._text(painter, names.adjusted(used, 0, 0, 0), group.driver, self._font, colours.text_muted)
        if group.total:
            self._paint_load(painter, bottom.adjusted(20, 0, 0, 0), group, colours)
            self._text(painter, bottom, group.times, self._small, colours.text_muted, _RIGHT)

    def _paint_load(self, painter: QPainter, line: QRectF, group: Group, colours: theme.Colours) -> None:
        if group.load_percent is None:
            return
        width = max(40.0, min(110.0, line.width() - 150))
        bar = QRectF(line.left(), line.center().y() - 2.5, width, 5)
        over = group.load_percent > 100
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.border))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        fill = QRectF(bar.left(), bar.top(), max(5.0, width * min(100, group.load_percent) / 100), 5)
        painter.setBrush(QColor(colours.danger if over else colours.text_muted))
        painter.drawRoundedRect(fill, 2.5, 2.5)
        text = f"{group.load_percent} %" + (" overloaded" if over else "")
        self._text(
            painter,
            QRectF(bar.right() + 8, line.top(), 110, line.height()),
            text,
            self._small,
            colours.danger if over else colours.text_muted,
        )

    def _paint_order(
        self, painter: QPainter, box: QRectF, row: OrderRow, colour: QColor, colours: theme.Colours
    ) -> None:
        line = QRectF(
            box.left() + CHEVRON_PX + 2,
            box.top() + (3 if row.reason else 0),
            box.width(),
            theme.ROW_HEIGHT_PX - 4,
        )
        if not row.reason:
            line.setHeight(box.height())
        line.setRight(box.right() - _MARGIN)
        left = line.left()
        if row.same_stop:
            self._text(
                painter,
                QRectF(left, line.top(), 74, line.height()),
                "same stop",
                self._small,
                colours.text_muted,
            )
            left += 78
        elif row.number:
            self._paint_number(painter, QRectF(left, line.center().y() - 9, 24, 18), row.number, colour)
            left += 32
            late = colours.danger if row.late_s else colours.text_muted
            self._text(painter, QRectF(left, line.top(), 40, line.height()), row.time, self._font, late)
            left += 46
        else:
            painter.setPen(QPen(QColor(colours.text_muted), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(left + 6, line.center().y()), 4, 4)
            left += 20
        load = wording.load(row.order.load)
        metrics = QFontMetrics(self._small)
        width = min(metrics.horizontalAdvance(load), int(line.width() * 0.36))
        load = metrics.elidedText(load, Qt.TextElideMode.ElideRight, width + 1)
        self._text(painter, line, load, self._small, colours.text_muted, _RIGHT)
        right = line.right() - width - 6
        for name, sign_colour in self._signs(
            int(row.late_s > 0), row.locked, row.order.attention, 0, colours
        ):
            right -= _SIGN_PX + 2
            painter.drawPixmap(
                QPointF(right, line.center().y() - _SIGN_PX / 2), _sign(name, sign_colour, painter)
            )
        self._text(
            painter,
            QRectF(left, line.top(), right - left - 4, line.height()),
            row.title,
            self._font,
            colours.text,
        )
        if row.reason:
            below = QRectF(left, line.bottom() - 3, box.right() - _MARGIN - left, 16)
            self._text(painter, below, row.reason, self._small, colours.warning)

    def _paint_number(self, painter: QPainter, chip: QRectF, number: int, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(chip, 9, 9)
        self._text(painter, chip, str(number), self._small, _readable_on(colour), _CENTRE)

    def _signs(
        self, late: int, locked: bool, attention: bool, broken: int, colours: theme.Colours
    ) -> list[tuple[str, str]]:
        signs = []
        if broken:
            signs.append(("danger", colours.danger))
        if late:
            signs.append(("clock", colours.danger))
        if locked:
            signs.append(("lock", colours.text_muted))
        if attention:
            signs.append(("warning", colours.warning))
        return signs

    def _text(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        font: QFont,
        colour: str,
        alignment: Qt.AlignmentFlag = _LEFT,
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
        painter.drawText(box, int(alignment) | Qt.TextFlag.TextSingleLine, fitting)


def _colour_of(index: QModelIndex | QPersistentModelIndex, colours: theme.Colours) -> QColor:
    group = index.parent().data(ITEM_ROLE)
    return QColor(
        colours.route(group.colour) if isinstance(group, Group) and group.colour >= 0 else colours.text_muted
    )


def _readable_on(colour: QColor) -> str:
    return "#FFFFFF" if colour.lightnessF() < 0.5 and _luminance(colour) < 0.3 else "#10151D"


def _luminance(colour: QColor) -> float:
    return 0.2126 * colour.redF() ** 2.2 + 0.7152 * colour.greenF() ** 2.2 + 0.0722 * colour.blueF() ** 2.2


@lru_cache(maxsize=256)
def _sign_pixmap(name: str, colour: str, scale: float) -> QPixmap:
    return icons.pixmap(name, colour, _SIGN_PX, scale)


def _sign(name: str, colour: str, painter: QPainter) -> QPixmap:
    return _sign_pixmap(name, colour, painter.device().devicePixelRatioF())
