"""What is selected, once for the whole window: choose it in one view and every other view shows it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """The selected order or route (vehicle key); at most one of the two. Emits only on real change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.order_key: str | None = None
        self.vehicle_key: str | None = None

    def select_order(self, order_key: str) -> None:
        """Select one order, on a route or not."""
        self._set(order_key, None)

    def select_vehicle(self, vehicle_key: str) -> None:
        """Select a whole route."""
        self._set(None, vehicle_key)

    def clear(self) -> None:
        """Select nothing."""
        self._set(None, None)

    def _set(self, order_key: str | None, vehicle_key: str | None) -> None:
        if (order_key, vehicle_key) != (self.order_key, self.vehicle_key):
            self.order_key, self.vehicle_key = order_key, vehicle_key
            self.changed.emit()
