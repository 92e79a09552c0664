"""The list of drivers beside the pages: all of them, or one."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from lastmile_desktop.documents.page_text import one_line
from lastmile_desktop.model import DayState, wording
from lastmile_desktop.ui import theme

_KEY = Qt.ItemDataRole.UserRole
_DETAIL = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class DriverEntry:
    """A route that can be printed."""

    vehicle_key: str
    title: str
    detail: str


def driver_entries(state: DayState | None) -> list[DriverEntry]:
    """The routes with a stop, in the timetable's order."""
    if state is None or state.timetable is None:
        return []
    entries = []
    for route in state.timetable.routes:
        if route.stop_count:
            vehicle = state.day.vehicle_by_key[route.vehicle_key]
            name, driver = one_line(vehicle.name), one_line(vehicle.driver)
            stops = wording.count(route.stop_count, "stop")
            detail = f"{name} · {stops}" if driver else stops
            entries.append(DriverEntry(route.vehicle_key, driver or name, detail))
    return entries


class DriverList(QListWidget):
    """First "All drivers", then one line per route; each says how many pages it has once that is known."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Drivers")
        self.setFixedWidth(32 * theme.GRID_PX)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_TwoLines(self))
        self._entries: list[DriverEntry] = []
        self._counts: dict[str | None, int] = {}
        self.currentItemChanged.connect(lambda *_: self.chosen.emit())

    @property
    def title(self) -> str:
        """The chosen driver's name; "" for all."""
        return next((one.title for one in self._entries if one.vehicle_key == self.vehicle_key), "")

    @property
    def vehicle_key(self) -> str | None:
        """The chosen vehicle; None = all."""
        item = self.currentItem()
        key = item.data(_KEY) if item is not None else None
        return key if isinstance(key, str) else None

    def choose(self, vehicle_key: str | None) -> None:
        """Choose a vehicle; one that has no route chooses all."""
        rows = [entry.vehicle_key for entry in self._entries]
        self.setCurrentRow(rows.index(vehicle_key) + 1 if vehicle_key in rows else 0)

    def set_entries(self, entries: list[DriverEntry]) -> None:
        """Show these drivers; the choice stays when its vehicle is still there. Emits nothing."""
        before = self.vehicle_key
        was_blocked = self.blockSignals(True)
        self._entries = entries
        self.clear()
        if entries:
            self._add(None)
        for entry in entries:
            self._add(entry.vehicle_key)
        self.forget_page_counts()
        if entries:
            self.choose(before)
        self.blockSignals(was_blocked)

    def forget_page_counts(self) -> None:
        """The pages are not counted any more: another day, or another paper."""
        self._counts.clear()
        self.add_page_counts({})

    def add_page_counts(self, counts: Mapping[str | None, int]) -> None:
        """Say how many pages these vehicles have; the key None stands for all pages together."""
        self._counts |= counts
        if not self._entries:
            return
        drivers = wording.count(len(self._entries), "driver")
        self._say(0, "All drivers", drivers, self._counts.get(None))
        for row, entry in enumerate(self._entries, start=1):
            self._say(row, entry.title, entry.detail, self._counts.get(entry.vehicle_key))

    def lines(self) -> list[str]:
        """What the list says, one text per line."""
        return [f"{item.text()} · {item.data(_DETAIL)}" for item in map(self.item, range(self.count()))]

    def _add(self, vehicle_key: str | None) -> None:
        item = QListWidgetItem(self)
        item.setData(_KEY, vehicle_key)
        item.setSizeHint(QSize(0, 2 * theme.ROW_HEIGHT_PX))

    def _say(self, row: int, title: str, detail: str, pages: int | None) -> None:
        if pages is not None:
            detail = f"{detail} · {wording.count(pages, 'page')}"
        self.item(row).setText(title)
        self.item(row).setData(_DETAIL, detail)
        self.item(row).setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {detail}")
        self.item(row).setToolTip(
            f"<span>{html.escape(title)}</span>"
        )  # Qt takes tags in tool tips for markup


class _TwoLines(QStyledItemDelegate):
    """A driver's name, and below it in grey what there is to print."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = theme.current()
        painter.save()
        area: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(colours.selection))
            painter.fillRect(area.x(), area.y(), 3, area.height(), QColor(colours.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(colours.surface_hover))
        base: QFont = option.font
        bold = QFont(base)
        bold.setWeight(QFont.Weight.DemiBold)
        inner = area.adjusted(2 * theme.GRID_PX, theme.GRID_PX, -theme.GRID_PX, -theme.GRID_PX)
        above = QRect(inner.x(), inner.y(), inner.width(), inner.height() // 2)
        below = above.translated(0, above.height())
        _line(painter, above, index.data(), bold, colours.text)
        _line(painter, below, index.data(_DETAIL), base, colours.text_muted)
        painter.restore()


def _line(painter: QPainter, area: QRect, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
