"""The tree of the work list: mouse, keys, drag and drop, clipboard; selection by key, not by row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from lastmile_desktop.ui import theme
from lastmile_desktop.ui.order_actions import OrderActions
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.work_list.row_painter import CHEVRON_PX, RowPainter
from lastmile_desktop.ui.work_list.rows import CELL_TITLES, UNASSIGNED, Group, OrderRow
from lastmile_desktop.ui.work_list.tree_model import ORDERS_MIME, WorkListModel

#: Scrolling by pixels makes Qt measure every open row at each change; above this many it goes by rows.
_MOST_BY_PIXEL = 300
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class WorkTree(QTreeView):
    """Shows a `WorkListModel`; tells the window's `Selection` what a person chose here."""

    activated_order = Signal(str)

    def __init__(
        self, model: WorkListModel, selection: Selection, actions: OrderActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self._selection, self._actions = selection, actions
        self._own_change = False
        self.setObjectName("work-tree")
        self.setAccessibleName("Work list: unassigned orders and routes")
        model.rowsAboutToBeRemoved.connect(self._hold)  # before the view and its selection hear of it
        self.setModel(model)
        model.rowsRemoved.connect(self._let_go)
        self.painter_ = RowPainter(self)
        self.painter_.expanded = self.isExpanded
        self.setItemDelegate(self.painter_)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(500)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(self._open)
        selection.changed.connect(self.take_selection)
        theme.watcher().changed.connect(self.viewport().update)

    # ---- selection ----------------------------------------------------------------------------------

    def selected_orders(self) -> list[str]:
        """Keys of the selected orders, in the list's order; a selected route stands for none."""
        indexes = sorted(
            self.selectionModel().selectedIndexes(), key=lambda index: (index.parent().row(), index.row())
        )
        return [item.order.key for item in map(self.rows.item, indexes) if isinstance(item, OrderRow)]

    def take_selection(self) -> None:
        """Show what is selected elsewhere, without scrolling or opening anything."""
        if self._own_change:
            return
        key = self._selection.order_key
        if key is not None and key in self.selected_orders():
            self._mark_group()
            return
        self._select_keys([key] if key is not None else [])
        self._mark_group()

    def reselect(self, keys: Sequence[str]) -> None:
        """After the rows have changed: the same orders are selected, wherever they are now."""
        chosen = self._selection.order_key
        if chosen is not None and chosen not in keys:
            keys = [chosen]
        self._select_keys(keys)
        self._mark_group()

    def reveal(self, order_key: str) -> None:
        """Open the order's group and scroll to it: only when a person asks."""
        index = self.rows.order_index(order_key)
        if index.isValid():
            self.expand(index.parent())
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _select_keys(self, keys: Sequence[str]) -> None:
        chosen = QItemSelection()
        current = QModelIndex()
        for key in keys:
            index = self.rows.order_index(key)
            if index.isValid():
                chosen.select(index, index)
                current = index
        if self._selection.vehicle_key is not None and not keys:
            current = self.rows.group_index(self._selection.vehicle_key)
            chosen.select(current, current)
        self._own_change = True
        bar = self.verticalScrollBar()
        place = bar.value()
        auto_scroll = self.hasAutoScroll()
        self.setAutoScroll(False)
        self.selectionModel().select(chosen, _SELECT)
        if current.isValid():
            self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.setAutoScroll(auto_scroll)
        bar.setValue(place)
        self._own_change = False

    def _mark_group(self) -> None:
        """A closed route shows that the selected order is inside."""
        key = self._selection.order_key
        self.painter_.selected_group = self.rows.group_of(key) if key is not None else None
        self.viewport().update()

    def _tell(self) -> None:
        if self._own_change:
            return
        item = self.rows.item(self.currentIndex())
        chosen = self.selectionModel().selectedIndexes()
        if self.currentIndex() not in chosen:
            item = self.rows.item(chosen[-1]) if chosen else None
        self._own_change = True
        if isinstance(item, OrderRow):
            self._selection.select_order(item.order.key)
        elif isinstance(item, Group) and item.key != UNASSIGNED:
            self._selection.select_vehicle(item.key)
        else:
            self._selection.clear()
        self._own_change = False
        self._mark_group()

    def _hold(self) -> None:
        """Rows that go take neither the window's selection with them nor the list to another place."""
        self._own_change = True
        self.setAutoScroll(False)

    def _let_go(self) -> None:
        self._own_change = False
        self.setAutoScroll(True)

    def fit_scrolling(self, orders: int) -> None:
        """Scroll by pixels on a usual day, by rows on a very long one."""
        modes = QAbstractItemView.ScrollMode
        mode = modes.ScrollPerPixel if orders <= _MOST_BY_PIXEL else modes.ScrollPerItem
        if mode != self.verticalScrollMode():
            self.setVerticalScrollMode(mode)

    # ---- mouse and keys -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        on_group = isinstance(self.rows.item(index), Group)
        if on_group and event.button() == Qt.MouseButton.LeftButton:
            is_unassigned = self.rows.groups[index.row()].key == UNASSIGNED
            if event.position().x() < CHEVRON_PX + 2 or is_unassigned:
                self.setExpanded(index, not self.isExpanded(index))
                if not is_unassigned:
                    return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._actions.unassign(self.selected_orders())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keys = self.selected_orders()
        if keys:
            menu = self._actions.build_menu(keys, self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def _open(self, index: QModelIndex) -> None:
        item = self.rows.item(index)
        if isinstance(item, OrderRow):
            self.activated_order.emit(item.order.key)
        elif isinstance(item, Group):
            self.setExpanded(index, not self.isExpanded(index))

    def copy(self) -> None:
        """Put the selected rows (or a selected route's) on the clipboard as cells with a title row."""
        lines = ["\t".join(CELL_TITLES)]
        for group in self.rows.groups:
            index = self.rows.group_index(group.key)
            whole = self.selectionModel().isSelected(index)
            for at, row in enumerate(group.rows):
                if whole or self.selectionModel().isSelected(self.rows.index(at, 0, index)):
                    vehicle = "" if group.key == UNASSIGNED else group.title
                    lines.append(
                        "\t".join(
                            cell.replace("\t", " ").replace("\n", " ") for cell in (vehicle, *row.cells)
                        )
                    )
        if len(lines) > 1:
            QGuiApplication.clipboard().setText("\n".join(lines) + "\n")

    def expanded_keys(self) -> list[str]:
        """Keys of the open groups."""
        return [g.key for g in self.rows.groups if self.isExpanded(self.rows.group_index(g.key))]

    def expand_keys(self, keys: Sequence[str]) -> None:
        """Open exactly these groups."""
        wanted = set(keys)
        with QSignalBlocker(self):
            for group in self.rows.groups:
                self.setExpanded(self.rows.group_index(group.key), group.key in wanted)


__all__ = ["ORDERS_MIME", "WorkTree"]
