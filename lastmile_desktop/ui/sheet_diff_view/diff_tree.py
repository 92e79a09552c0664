"""The groups of orders with their ticks; long groups make their lines when they are opened."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from lastmile_desktop.ui import theme
from lastmile_desktop.ui.sheet_diff_view.diff_words import DiffGroup, DiffLine
from lastmile_desktop.ui.table_parts.table_look import plain_tooltip

_TITLES = ("Order", "Customer", "Address", "What is different")
_WIDTHS = (240, 200, 280)
_KEY = int(Qt.ItemDataRole.UserRole)
_ROLE = _KEY + 1
#: Groups of more lines than this are closed at first, and made when they are opened.
_OPEN_UP_TO = 200
_NEVER_OPEN = ("unchanged", "kept", "left_out_before")


class DiffTree(QTreeWidget):
    """Orders by group. ``chosen`` are the keys that are ticked."""

    choice_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What the sheet changes")
        self.setColumnCount(len(_TITLES))
        self.setHeaderLabels(_TITLES)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setRootIsDecorated(True)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.setFont(theme.tabular_font(self.font()))
        header = self.header()
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(len(_TITLES) - 1, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._groups: dict[str, DiffGroup] = {}
        self._chosen: set[str] = set()
        self._filling = False
        self.itemChanged.connect(self._take_tick)
        self.itemExpanded.connect(self._make_lines)
        theme.watcher().changed.connect(self._paint)

    @property
    def chosen(self) -> frozenset[str]:
        """Keys of the ticked orders."""
        return frozenset(self._chosen)

    def show_groups(self, groups: Sequence[DiffGroup], chosen: Collection[str]) -> None:
        """Show these groups with these orders ticked."""
        self._filling = True
        self.clear()
        self._groups = {group.name: group for group in groups}
        self._chosen = set(chosen)
        for group in groups:
            item = QTreeWidgetItem(self, [f"{group.title} ({len(group.lines):,})"])
            item.setData(0, _KEY, group.name)
            item.setText(3, group.hint)
            item.setData(3, _ROLE, "muted")
            font = item.font(0)
            font.setBold(True)
            item.setFont(0, font)
            item.setSizeHint(0, QSize(0, theme.ROW_HEIGHT_PX))
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            if group.can_tick:
                item.setCheckState(0, self._state_of(group))
        self._filling = False
        for item in self._group_items():
            group = self._groups[item.data(0, _KEY)]
            item.setExpanded(group.name not in _NEVER_OPEN and len(group.lines) <= _OPEN_UP_TO)
        self._paint()
        for item in self._group_items()[:1]:
            self.setCurrentItem(item)

    def group_item(self, name: str) -> QTreeWidgetItem | None:
        """The line of a group."""
        return next((item for item in self._group_items() if item.data(0, _KEY) == name), None)

    def _group_items(self) -> list[QTreeWidgetItem]:
        items = (self.topLevelItem(at) for at in range(self.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _state_of(self, group: DiffGroup) -> Qt.CheckState:
        ticked = sum(line.key in self._chosen for line in group.lines)
        if ticked == len(group.lines):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if ticked else Qt.CheckState.Unchecked

    def _make_lines(self, item: QTreeWidgetItem) -> None:
        if item.parent() is not None or item.childCount():
            return
        group = self._groups[item.data(0, _KEY)]
        self._filling = True
        item.addChildren([self._line(line, group) for line in group.lines])
        if group.name == "changed" and len(group.lines) <= _OPEN_UP_TO:
            for line, below in zip(group.lines, _children(item), strict=True):
                below.setExpanded(bool(line.details))
        self._filling = False
        self._paint(item)

    def _line(self, line: DiffLine, group: DiffGroup) -> QTreeWidgetItem:
        order = line.order
        texts = [order.id, " ".join(order.name.split()), " ".join(order.address.split()), line.text]
        item = QTreeWidgetItem(texts)
        for column, text in enumerate(texts):
            item.setToolTip(column, plain_tooltip(text))
        item.setData(3, _ROLE, line.role)
        if group.can_tick:
            item.setData(0, _KEY, line.key)
            item.setCheckState(0, _tick_of(line.key in self._chosen))
        for detail in line.details:
            below = QTreeWidgetItem(["", "", "", detail])
            below.setToolTip(3, plain_tooltip(detail))
            item.addChild(below)
        return item

    def _take_tick(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != 0 or item.data(0, Qt.ItemDataRole.CheckStateRole) is None:
            return
        wanted, parent = item.checkState(0) == Qt.CheckState.Checked, item.parent()
        self._filling = True
        if parent is None:
            self._tick_group(item, wanted)
        else:
            # Several selected lines follow the one that was ticked.
            selected = [one for one in self.selectedItems() if one.parent() is parent]
            for one in selected if item in selected else [item]:
                self._tick(one, wanted)
            parent.setCheckState(0, self._state_of(self._groups[parent.data(0, _KEY)]))
        self._filling = False
        self.choice_changed.emit()

    def _tick_group(self, item: QTreeWidgetItem, wanted: bool) -> None:
        keys = {line.key for line in self._groups[item.data(0, _KEY)].lines}
        self._chosen = self._chosen | keys if wanted else self._chosen - keys
        for one in _children(item):
            one.setCheckState(0, _tick_of(wanted))

    def _tick(self, item: QTreeWidgetItem, wanted: bool) -> None:
        key = item.data(0, _KEY)
        if key:
            (self._chosen.add if wanted else self._chosen.discard)(key)
            item.setCheckState(0, _tick_of(wanted))

    def _paint(self, only: QTreeWidgetItem | None = None) -> None:
        """Colours by what they mean; a sign is never colour alone, the words say it too."""
        colours, was = theme.current(), self._filling
        tones = {"warning": colours.warning, "danger": colours.danger, "muted": colours.text_muted}
        self._filling = True
        for item in [only] if only is not None else self._group_items():
            lines = _children(item)
            for one in [item, *lines]:
                tone = tones.get(one.data(3, _ROLE) or "")
                if tone is not None:
                    one.setForeground(3, QColor(tone))
            for below in [detail for one in lines for detail in _children(one)]:
                below.setForeground(3, QColor(colours.text_muted))
        self._filling = was


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (item.child(at) for at in range(item.childCount()))
    return [one for one in found if one is not None]


def _tick_of(wanted: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked
