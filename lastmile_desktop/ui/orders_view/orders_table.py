"""The table of orders: columns, keys, clipboard, and a selection that is kept by order, not by row."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from lastmile_desktop.ui.orders_view.order_columns import COLUMNS
from lastmile_desktop.ui.orders_view.orders_delegate import OrdersDelegate
from lastmile_desktop.ui.orders_view.orders_filter import OrdersFilter
from lastmile_desktop.ui.orders_view.orders_model import OrdersModel
from lastmile_desktop.ui.table_parts.cells_out import as_clipboard_text
from lastmile_desktop.ui.table_parts.table_look import make_plain


class OrdersTable(QTableView):
    """Shows an OrdersFilter. `delete_wanted` on Del, `said` for a sentence about what is being typed."""

    delete_wanted = Signal()
    said = Signal(str)
    chosen_changed = Signal()
    """The current row or the selection changed by the person at the table."""

    def __init__(self, orders: OrdersModel, shown: OrdersFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._orders, self._shown = orders, shown
        self._restoring = False
        self._kept: tuple[list[str], str | None, int] = ([], None, 0)
        self.setModel(shown)
        delegate = OrdersDelegate(orders, shown, self)
        delegate.said.connect(self.said)
        self.setItemDelegate(delegate)
        self._set_up()
        shown.modelAboutToBeReset.connect(self._keep_selection)
        shown.modelReset.connect(self._restore_selection)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._announce())
        self.selectionModel().selectionChanged.connect(lambda *_: self._announce())

    def _set_up(self) -> None:
        self.setAccessibleName("Orders of the day")
        make_plain(self)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        for section, column in enumerate(COLUMNS):
            self.setColumnWidth(section, column.width)

    # ---- what is chosen ------------------------------------------------------------------------------

    def chosen_keys(self) -> list[str]:
        """Keys of the selected orders, from the top down."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._key(row) for row in rows]

    def current_key(self) -> str | None:
        """Key of the current order, None when there is none or it is not selected."""
        index = self.currentIndex()
        if not index.isValid() or not self.selectionModel().isRowSelected(index.row(), QModelIndex()):
            return None
        return self._key(index.row())

    def show_order(self, order_key: str | None, column: int | None = None) -> bool:
        """Make an order the current one; the table scrolls only when it is out of view. False = not shown."""
        row = self._orders.row_of(order_key)
        index = QModelIndex() if row is None else self._shown.mapFromSource(self._orders.index(row, 0))
        if not index.isValid():
            self.selectionModel().clear()
            return False
        at = column if column is not None else max(0, self.currentIndex().column())
        target = index.siblingAtColumn(at)
        across = self.horizontalScrollBar().value()
        self.setCurrentIndex(target)
        if column is None:
            self.horizontalScrollBar().setValue(across)
        return True

    def select_keys(self, order_keys: Collection[str]) -> None:
        """Select these orders, as far as they are shown."""
        picked = QItemSelection()
        for key in order_keys:
            row = self._orders.row_of(key)
            if row is not None:
                index = self._shown.mapFromSource(self._orders.index(row, 0))
                if index.isValid():
                    picked.select(index, index.siblingAtColumn(len(COLUMNS) - 1))
        self.selectionModel().select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def visible_rows(self) -> list[list[str]]:
        """The texts of all rows that pass the filter, in the order shown, with the headings first."""
        return self._cells(range(self._shown.rowCount()))

    def _cells(self, rows: Sequence[int]) -> list[list[str]]:
        header = self.horizontalHeader()
        sections = [header.logicalIndex(place) for place in range(len(COLUMNS))]
        sections = [section for section in sections if not header.isSectionHidden(section)]
        cells = [[COLUMNS[section].title for section in sections]]
        for row in rows:
            source = self._shown.mapToSource(self._shown.index(row, 0)).row()
            cells.append([self._orders.text(source, section) for section in sections])
        return cells

    # ---- keys and clipboard --------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Copy, paste and Del belong to the table while it has the focus, also where the window has them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard as cells; one row alone: only its current cell."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        if not rows:
            return
        cells = self._cells(rows)
        if len(rows) == 1:
            index = self._shown.mapToSource(self.currentIndex())
            cells = [[self._orders.text(index.row(), index.column())]]
        QGuiApplication.clipboard().setText(as_clipboard_text(cells))

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard as cells, with headings."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        if rows:
            QGuiApplication.clipboard().setText(as_clipboard_text(self._cells(rows)))

    def paste(self) -> None:
        """Type the clipboard's text into the current cell."""
        index = self.currentIndex()
        text = QGuiApplication.clipboard().text().strip("\r\n")
        if index.isValid() and text:
            self._shown.setData(index, text, Qt.ItemDataRole.EditRole)

    # ---- selection through a reset -------------------------------------------------------------------

    def _keep_selection(self) -> None:
        self._restoring = True
        self._kept = (self.chosen_keys(), self.current_key(), self.verticalScrollBar().value())

    def _restore_selection(self) -> None:
        keys, current, scroll = self._kept
        if current is not None:
            self.show_order(current)
        if keys != [current]:
            self.select_keys(keys)
        self.verticalScrollBar().setValue(scroll)
        self._restoring = False
        if keys and not self.chosen_keys():
            self._announce()

    def _announce(self) -> None:
        if not self._restoring:
            self.chosen_changed.emit()

    def _key(self, shown_row: int) -> str:
        return self._orders.order_at(self._shown.mapToSource(self._shown.index(shown_row, 0)).row()).key


def _is_ours(event: QKeyEvent) -> bool:
    return (
        event.matches(QKeySequence.StandardKey.Copy)
        or event.matches(QKeySequence.StandardKey.Paste)
        or event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
    )
