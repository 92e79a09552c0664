"""A table of vehicles or depots: read only but for the tick, corrected in the form beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QIcon, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from lastmile_desktop.model import Day, Depot, Vehicle
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.fleet_view.fleet_edits import suggested_price, value_of
from lastmile_desktop.ui.fleet_view.vehicle_columns import FleetColumn
from lastmile_desktop.ui.table_parts.cells_out import as_clipboard_text
from lastmile_desktop.ui.table_parts.table_look import LEFT, RIGHT, make_plain, plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_CHIP_PX = 12


class FleetModel(QAbstractTableModel):
    """One row per vehicle or depot; `ticked` asks to use a vehicle today or not."""

    ticked = Signal(str, bool)

    def __init__(self, columns: Sequence[FleetColumn], day: Day, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._day = day
        self._rows: list[Vehicle | Depot] = []
        self._sorted_by: tuple[int, bool] | None = None

    def set_rows(self, rows: Sequence[Vehicle] | Sequence[Depot], day: Day) -> None:
        """Show these; rows keep their places while they are the same ones."""
        fresh: dict[str, Vehicle | Depot] = {row.key: row for row in rows}
        self._day = day
        if fresh.keys() == {row.key for row in self._rows}:
            self._rows = [fresh[row.key] for row in self._rows]
            if self._rows:
                self.dataChanged.emit(
                    self.index(0, 0), self.index(len(self._rows) - 1, len(self._columns) - 1)
                )
            return
        self.beginResetModel()
        self._rows = list(fresh.values())
        if self._sorted_by is not None:
            self._rows = self._in_order(*self._sorted_by)
        self.endResetModel()

    def key_at(self, row: int) -> str:
        """Key of the vehicle or depot in a row."""
        return self._rows[row].key

    def row_of(self, key: str) -> int:
        """The row of a key, -1 when it is not there."""
        return next((row for row, item in enumerate(self._rows) if item.key == key), -1)

    def column(self, section: int) -> FleetColumn:
        """How a column is declared."""
        return self._columns[section]

    def texts(self, row: int) -> list[str]:
        """The cells of a row as text; the tick as a word."""
        item = self._rows[row]
        cells = [column.text(item, self._day) for column in self._columns]
        if isinstance(item, Vehicle):
            cells[0] = "yes" if item.active else "no"
        return cells

    def titles(self) -> list[str]:
        """The headings."""
        return [column.title for column in self._columns]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self._columns[section].numeric else LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0 and index.isValid() and isinstance(self._rows[index.row()], Vehicle):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item, column = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(item, self._day)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.numeric else LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(item, column)
        if isinstance(item, Vehicle):
            return self._of_vehicle(item, index.column(), role)
        no_position = column.field == "location" and item.location is None
        if role == Qt.ItemDataRole.ForegroundRole and no_position:
            return QBrush(QColor(theme.current().warning))
        return None

    def _of_vehicle(self, vehicle: Vehicle, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and column == 0:
            return Qt.CheckState.Checked if vehicle.active else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            return f"{vehicle.name} is {'used' if vehicle.active else 'not used'} today"
        if role == Qt.ItemDataRole.DecorationRole and column == 1:
            return _chip(theme.current().route(self._day.vehicles.index(vehicle)), vehicle.active)
        if role == Qt.ItemDataRole.ForegroundRole:
            field = self._columns[column].field
            if not vehicle.active or suggested_price(field, value_of(vehicle, field)):
                return QBrush(QColor(theme.current().text_muted))
        return None

    def _tooltip(self, item: Vehicle | Depot, column: FleetColumn) -> str | None:
        if isinstance(item, Vehicle) and suggested_price(column.field, value_of(item, column.field)):
            return "A suggested price. Change it to yours in the form."
        return plain_tooltip(column.text(item, self._day)) or None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.ticked.emit(self.key_at(index.row()), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._columns):
            return
        self._sorted_by = (column, order == Qt.SortOrder.DescendingOrder)
        self.layoutAboutToBeChanged.emit()  # with arguments PySide 6.11.3 crashes
        before = self.persistentIndexList()
        keys = [self.key_at(index.row()) for index in before]
        self._rows = self._in_order(*self._sorted_by)
        after = [self.index(self.row_of(key), old.column()) for key, old in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _in_order(self, column: int, descending: bool) -> list[Vehicle | Depot]:
        key = self._columns[column].sort_key
        return sorted(self._rows, key=lambda item: key(item, self._day), reverse=descending)


class FleetTable(QTableView):
    """Shows a FleetModel. `chosen_changed` when the current row changes, `field_wanted` on a double click."""

    chosen_changed = Signal()
    field_wanted = Signal(str)
    delete_wanted = Signal()

    def __init__(self, model: FleetModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._kept: list[str] = []
        self.setModel(model)
        self.setAccessibleName(name)
        make_plain(self)
        for section in range(model.columnCount()):
            self.setColumnWidth(section, model.column(section).width)
            if model.column(section).field == "address":
                self.horizontalHeader().setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._want_field)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    def chosen_keys(self) -> list[str]:
        """Keys of the selected rows, from the top down."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.key_at(row) for row in rows]

    def choose(self, key: str) -> None:
        """Select one row and show it."""
        row = self._model.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row, max(0, self.currentIndex().column())))

    def event(self, event: QEvent) -> bool:
        """Copy and Del belong to the table while it has the focus, also where the window has them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            deletes = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if deletes or event.matches(QKeySequence.StandardKey.Copy):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted(index.row() for index in self.selectionModel().selectedRows())
            cells = [self._model.titles(), *(self._model.texts(row) for row in rows)]
            QGuiApplication.clipboard().setText(as_clipboard_text(cells))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._want_field(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._toggle(self.currentIndex().siblingAtColumn(0))
        else:
            super().keyPressEvent(event)

    def _toggle(self, index: QModelIndex) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is not None:
            checked = Qt.CheckState(state) == Qt.CheckState.Checked
            wanted = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
            self._model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)

    def _want_field(self, index: QModelIndex) -> None:
        if index.isValid():
            self.field_wanted.emit(self._model.column(index.column()).field)

    def _keep(self) -> None:
        self._kept = self.chosen_keys()

    def _restore(self) -> None:
        for key in self._kept[:1]:
            self.choose(key)


def _chip(colour: str, active: bool) -> QIcon:
    """The route's colour; hollow for a vehicle that stays at home."""
    image = QPixmap(_CHIP_PX, _CHIP_PX)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colour))
    painter.setBrush(QColor(colour) if active else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(1, 1, _CHIP_PX - 3, _CHIP_PX - 3, 3, 3)
    painter.end()
    return QIcon(image)
