"""The day's orders as a table that sorts itself; it asks for edits but never makes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from lastmile_desktop.model import DayState, Location, Order
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.typed_values import NotUnderstoodError
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.orders_view.order_columns import COLUMN_OF, COLUMNS, Column, Values
from lastmile_desktop.ui.orders_view.order_status import StatusBook
from lastmile_desktop.ui.orders_view.place_words import place_tip
from lastmile_desktop.ui.table_parts.table_look import LEFT, RIGHT, plain_tooltip

Index = QModelIndex | QPersistentModelIndex
STATUS_ROLE = Qt.ItemDataRole.UserRole + 1
_NO_PARENT = QModelIndex()


class OrdersModel(QAbstractTableModel):
    """One row per order. `edited` asks for a change; `refused` says why a typed value was not taken."""

    edited = Signal(str, object, object)
    """Order key, Column, and the new values of the order's fields."""
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Order] = []
        self._row_of: dict[str, int] = {}
        self._book = StatusBook(edits.empty_state(date.min))
        self._search_keys: dict[str, str] = {}
        self._near: Location | None = None
        self._sorted_by: tuple[int, bool] | None = None

    # ---- what it holds -------------------------------------------------------------------------------

    def set_state(self, state: DayState) -> None:
        """Show another state; rows keep their places as long as the orders are the same ones."""
        orders = state.day.orders
        self._near = _middle(orders)
        book = StatusBook(state)
        if len(orders) == len(self._rows) and all(order.key in self._row_of for order in orders):
            self._replace_in_place(state, book)
            return
        self.beginResetModel()
        self._book = book
        self._search_keys = {}
        self._rows = list(orders)
        if self._sorted_by is not None:
            self._rows = self._in_order(*self._sorted_by)
        self._number_rows()
        self.endResetModel()

    def _replace_in_place(self, state: DayState, book: StatusBook) -> None:
        by_key = state.day.order_by_key
        changed = [row for row, order in enumerate(self._rows) if by_key[order.key] is not order]
        self._book = book
        for row in changed:
            self._rows[row] = by_key[self._rows[row].key]
        self._search_keys = {}
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))
        if changed:
            self.dataChanged.emit(self.index(changed[0], 1), self.index(changed[-1], len(COLUMNS) - 1))

    @property
    def book(self) -> StatusBook:
        """Where every order stands."""
        return self._book

    @property
    def near(self) -> Location | None:
        """The middle of the day's positions, None when there is none."""
        return self._near

    def order_at(self, row: int) -> Order:
        """The order in a row."""
        return self._rows[row]

    def row_of(self, order_key: str | None) -> int | None:
        """The row of an order, None when it is not in the table."""
        return None if order_key is None else self._row_of.get(order_key)

    def text(self, row: int, column: int) -> str:
        """What a cell shows, as text."""
        order = self._rows[row]
        if column == 0:
            return self._book.status(order).text
        return COLUMNS[column].text(order)

    def search_key(self, row: int) -> str:
        """Everything of an order that the filter box searches, folded; made once per order."""
        order = self._rows[row]
        key = self._search_keys.get(order.key)
        if key is None:
            words = (order.id, order.name, order.address, order.phone, order.email, order.notes)
            skills = " ".join(order.skills)
            key = "\n".join((*words, skills, self._book.route_name(order))).casefold()
            self._search_keys[order.key] = key
        return key

    # ---- Qt's questions ------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.hint or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.numeric else LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and COLUMNS[index.column()].parse is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column).replace("\n", " ")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if COLUMNS[column].numeric else LEFT
        if role == STATUS_ROLE and column == 0:
            return self._book.status(self._rows[row])
        if role == Qt.ItemDataRole.EditRole:
            order = self._rows[row]
            return "" if column == COLUMN_OF["windows"] and not order.windows else self.text(row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._foreground(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLUMNS[column].title}: {self.text(row, column)}"
        return None

    def _foreground(self, row: int, column: int) -> QColor | None:
        order = self._rows[row]
        if column == COLUMN_OF["placing"]:
            placing = order.placing
            unsure = order.location is None or (placing is not None and placing.needs_a_look)
            return QColor(theme.current().warning) if unsure else QColor(theme.current().text_muted)
        quiet = (column == COLUMN_OF["windows"] and not order.windows) or column == COLUMN_OF["source"]
        return QColor(theme.current().text_muted) if quiet else None

    def _tooltip(self, row: int, column: int) -> str | None:
        if column == 0:
            status = self._book.status(self._rows[row])
            return plain_tooltip(f"{status.text}. {status.why}" if status.why else status.text)
        if column == COLUMN_OF["placing"]:
            return plain_tooltip(place_tip(self._rows[row].placing) or self.text(row, column))
        return plain_tooltip(self.text(row, column)) or None

    # ---- editing -------------------------------------------------------------------------------------

    def values_for(self, index: Index, text: str) -> Values:
        """The new values of the order's fields that ``text`` means in a cell.

        Raises NotUnderstoodError with a sentence when it cannot be taken.
        """
        return self.values_of(COLUMNS[index.column()], text, self._rows[index.row()].key)

    def values_of(self, column: Column, text: str, order_key: str | None = None) -> Values:
        """As `values_for`, for an order that may not be in the table yet (key None)."""
        if column.parse is None:
            raise NotUnderstoodError(f"{column.title} cannot be changed here.")
        values = column.parse(text, self._near)
        if column.field == "id":
            self._refuse_taken_number(values["id"], order_key)
        return values

    def _refuse_taken_number(self, number: str, order_key: str | None) -> None:
        if any(order.id == number and order.key != order_key for order in self._rows):
            raise NotUnderstoodError(f"There is an order {number} already. Give this one another number.")

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if str(value) == self.data(index, Qt.ItemDataRole.EditRole):
            return True  # looked at, not changed: no step to undo
        try:
            values = self.values_for(index, str(value))
        except NotUnderstoodError as error:
            self.refused.emit(str(error))
            return False
        self.edited.emit(self._rows[index.row()].key, COLUMNS[index.column()], values)
        return True

    # ---- sorting -------------------------------------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows themselves (a sorting proxy asks for every cell again and again)."""
        if not 0 <= column < len(COLUMNS):
            return
        self._sorted_by = (column, order == Qt.SortOrder.DescendingOrder)
        self.layoutAboutToBeChanged.emit()  # with arguments PySide 6.11.3 crashes
        before = self.persistentIndexList()
        keys = [self._rows[index.row()].key for index in before]
        self._rows = self._in_order(*self._sorted_by)
        self._number_rows()
        after = [
            self.index(self._row_of[key], index.column()) for key, index in zip(keys, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _in_order(self, column: int, descending: bool) -> list[Order]:
        key = self._book.sort_key if column == 0 else COLUMNS[column].sort_key
        return sorted(self._rows, key=key, reverse=descending)

    def _number_rows(self) -> None:
        self._row_of = {order.key: row for row, order in enumerate(self._rows)}


def _middle(orders: Sequence[Order]) -> Location | None:
    """The median of the positions: not moved by a few wrong ones."""
    placed = [order.location for order in orders if order.location is not None]
    if not placed:
        return None
    lats = sorted(location.lat for location in placed)
    lons = sorted(location.lon for location in placed)
    return Location(lats[len(lats) // 2], lons[len(lons) // 2])
