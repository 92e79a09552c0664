"""The work list as a Qt model: two levels, changed row by row so that 2,000 orders stay fluid."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, overload

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from lastmile_desktop.model import wording
from lastmile_desktop.ui.work_list.rows import Group, OrderRow

#: Order keys as a JSON list, for drag and drop inside the window.
ORDERS_MIME = "application/x-lastmile-orders"
#: Gives the `Group` or `OrderRow` of an index.
ITEM_ROLE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex
_TOP = 0


class WorkListModel(QAbstractItemModel):
    """Groups at the top, their orders below. `show` compares with what is there and changes only that."""

    dropped = Signal(list, str, object)
    """Orders dropped: their keys, the group's key, and the order key they go before (None = none)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[Group] = []
        self._ids: dict[str, int] = {}
        self._at: dict[int, int] = {}
        self._place: dict[str, tuple[str, int]] = {}
        self.movable = True

    # ---- content ------------------------------------------------------------------------------------

    @property
    def groups(self) -> list[Group]:
        """What is shown."""
        return self._groups

    def show(self, groups: Sequence[Group], anew: bool = False) -> None:
        """Show these groups; ``anew`` without comparing, which is quicker when most rows come or go."""
        if anew or [group.key for group in groups] != [group.key for group in self._groups]:
            self._reset(groups)
        else:
            for position, group in enumerate(groups):
                self._replace(position, group)
        self._place = {
            row.order.key: (group.key, at) for group in self._groups for at, row in enumerate(group.rows)
        }

    def _reset(self, groups: Sequence[Group]) -> None:
        self.beginResetModel()
        self._groups = list(groups)
        for group in groups:
            self._ids.setdefault(group.key, len(self._ids) + 1)
        self._at = {self._ids[group.key]: position for position, group in enumerate(groups)}
        self.endResetModel()

    def _replace(self, position: int, new: Group) -> None:
        old = self._groups[position]
        if new == old:
            return
        parent = self.index(position, 0)
        before, after = old.rows, new.rows
        if before == after:
            self._groups[position] = new
        elif len(before) == len(after):
            self._groups[position] = new
            self.dataChanged.emit(self.index(0, 0, parent), self.index(len(after) - 1, 0, parent))
        else:
            self._splice(position, new, parent)
        self.dataChanged.emit(parent, parent)

    def _splice(self, position: int, new: Group, parent: QModelIndex) -> None:
        """Take out and put in only the rows between the first and the last difference, by order."""
        before = [row.order.key for row in self._groups[position].rows]
        after = [row.order.key for row in new.rows]
        head = 0
        while head < min(len(before), len(after)) and before[head] == after[head]:
            head += 1
        tail = 0
        while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
            tail += 1
        kept = self._groups[position].rows
        if len(before) - tail > head:
            self.beginRemoveRows(parent, head, len(before) - tail - 1)
            self._groups[position] = _with_rows(new, kept[:head] + kept[len(before) - tail :])
            self.endRemoveRows()
        if len(after) - tail > head:
            self.beginInsertRows(parent, head, len(after) - tail - 1)
            self._groups[position] = new
            self.endInsertRows()
        self._groups[position] = new
        if new.rows:
            self.dataChanged.emit(self.index(0, 0, parent), self.index(len(new.rows) - 1, 0, parent))

    def order_index(self, order_key: str) -> QModelIndex:
        """Where an order is; invalid when it is not in the list (or filtered out)."""
        place = self._place.get(order_key)
        if place is None:
            return QModelIndex()
        return self.index(place[1], 0, self.group_index(place[0]))

    def group_index(self, key: str) -> QModelIndex:
        """Where a vehicle's route (or "" = unassigned) is; invalid when it is not in the list."""
        at = self._at.get(self._ids.get(key, -1))
        return QModelIndex() if at is None else self.index(at, 0)

    def group_of(self, order_key: str) -> str | None:
        """The group an order is in."""
        place = self._place.get(order_key)
        return None if place is None else place[0]

    def item(self, index: Index) -> Group | OrderRow | None:
        """What an index shows."""
        if not index.isValid():
            return None
        if index.internalId() == _TOP:
            return self._groups[index.row()]
        return self._groups[self._at[index.internalId()]].rows[index.row()]

    # ---- Qt's questions -----------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not parent.isValid():
            return self.createIndex(row, column, _TOP) if 0 <= row < len(self._groups) else QModelIndex()
        if parent.internalId() != _TOP or not 0 <= row < len(self._groups[parent.row()].rows):
            return QModelIndex()
        return self.createIndex(row, column, self._ids[self._groups[parent.row()].key])

    @overload
    def parent(self) -> QObject: ...

    @overload
    def parent(self, child: Index, /) -> QModelIndex: ...

    def parent(self, child: Index | None = None) -> Any:
        if child is None:
            return super().parent()
        if not child.isValid() or child.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(self._at[child.internalId()], 0, _TOP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        return len(self._groups[parent.row()].rows) if parent.internalId() == _TOP else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.item(index)
        if item is None:
            return None
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return group_text(item) if isinstance(item, Group) else order_text(item)
        if role == Qt.ItemDataRole.ToolTipRole:
            return None if isinstance(item, Group) else item.reason or order_text(item)
        return None

    # ---- drag and drop ------------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.movable:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
            if index.internalId() != _TOP:
                flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [ORDERS_MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = [item for item in map(self.item, indexes) if isinstance(item, OrderRow)]
        mime = QMimeData()
        mime.setData(ORDERS_MIME, json.dumps([row.order.key for row in rows]).encode())
        mime.setText("\n".join("\t".join(row.cells) for row in rows))
        return mime

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return self.movable and data.hasFormat(ORDERS_MIME) and parent.isValid()

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Say what was dropped where. Always False: the rows move when the day has changed, not before."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        keys = json.loads(data.data(ORDERS_MIME).toStdString())
        if parent.internalId() != _TOP:
            group, at = self._groups[self._at[parent.internalId()]], parent.row()
        else:
            group, at = self._groups[parent.row()], row
        before = group.rows[at].order.key if 0 <= at < len(group.rows) else None
        self.dropped.emit(keys, group.key, before)
        return False


def group_text(group: Group) -> str:
    """A group in words, for tool tips and screen readers."""
    parts = [group.title, group.driver, group.size, group.times]
    if group.load_percent is not None:
        parts.append(f"{group.load_percent} % full")
    if group.late:
        parts.append(f"{group.late} late")
    if group.broken:
        parts.append(wording.count(group.broken, "rule broken", "rules broken"))
    return ", ".join(part for part in parts if part)


def order_text(row: OrderRow) -> str:
    """An order in words, for tool tips and screen readers."""
    order = row.order
    parts = [
        row.time,
        f"stop {row.number}" if row.number else "",
        order.id,
        order.name,
        order.address,
        wording.windows(order.windows),
        wording.load(order.load),
        f"late by {wording.duration(row.late_s)}" if row.late_s else "",
        "locked to its vehicle" if row.locked else "",
        "needs attention" if order.attention else "",
        row.reason,
    ]
    return ", ".join(part for part in parts if part)


def _with_rows(group: Group, rows: tuple[OrderRow, ...]) -> Group:
    from dataclasses import replace

    return replace(group, rows=rows)
