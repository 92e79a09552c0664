"""Which orders are shown: a quick filter and the words of the filter box, on precomputed keys."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from lastmile_desktop.ui.orders_view.order_status import OrderFilter
from lastmile_desktop.ui.orders_view.orders_model import OrdersModel


class OrdersFilter(QSortFilterProxyModel):
    """Filters only; sorting is passed on to the model, which does it many times faster."""

    def __init__(self, orders: OrdersModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders = orders
        self._words: tuple[str, ...] = ()
        self._chosen = OrderFilter.ALL
        self.setSourceModel(orders)

    @property
    def chosen(self) -> OrderFilter:
        """The quick filter that holds."""
        return self._chosen

    def set_filter(self, text: str, chosen: OrderFilter) -> None:
        """Show the orders of ``chosen`` that contain every word of ``text``."""
        words = tuple(text.casefold().split())
        if (words, chosen) == (self._words, self._chosen):
            return
        self.beginFilterChange()
        self._words, self._chosen = words, chosen
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex) -> bool:
        orders = self._orders
        if not orders.book.accepts(orders.order_at(source_row), self._chosen):
            return False
        if not self._words:
            return True
        key = orders.search_key(source_row)
        return all(word in key for word in self._words)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._orders.sort(column, order)
