"""The only way between the page and the program: ids go in, JSON goes out."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal, Slot


class Bridge(QObject):
    """What the page may call. It takes ids and numbers only; whoever listens checks ids against the day."""

    pushed = Signal(str)

    ready = Signal()
    order_clicked = Signal(str)
    route_clicked = Signal(str)
    background_clicked = Signal()
    picked = Signal(float, float)
    boxed = Signal(float, float, float, float)
    picking_cancelled = Signal()
    update_applied = Signal(int)
    update_drawn = Signal(int)
    page_failed = Signal(str)

    @Slot()
    def page_ready(self) -> None:
        """The page listens to `pushed` from now on."""
        self.ready.emit()

    @Slot(str)
    def clicked(self, order_key: str) -> None:
        """A stop was clicked."""
        self.order_clicked.emit(order_key)

    @Slot(str)
    def route_clicked_on(self, vehicle_key: str) -> None:
        """A route's line was clicked."""
        self.route_clicked.emit(vehicle_key)

    @Slot()
    def nothing_clicked(self) -> None:
        """The ground was clicked."""
        self.background_clicked.emit()

    @Slot(float, float)
    def map_clicked(self, lat: float, lon: float) -> None:
        """A place was picked; numbers that are no place on earth are dropped."""
        if math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180:
            self.picked.emit(lat, lon)

    @Slot(float, float, float, float)
    def box_drawn(self, south: float, west: float, north: float, east: float) -> None:
        """A box was drawn; numbers that are no box on earth are dropped."""
        if (
            all(math.isfinite(number) for number in (south, west, north, east))
            and -90 <= south < north <= 90
            and -180 <= west < east <= 180
        ):
            self.boxed.emit(south, west, north, east)

    @Slot()
    def placing_cancelled(self) -> None:
        """Escape was pressed while a place or a box was asked for."""
        self.picking_cancelled.emit()

    @Slot(int)
    def applied(self, generation: int) -> None:
        """The page has taken in the update with this number."""
        self.update_applied.emit(generation)

    @Slot(int)
    def drawn(self, generation: int) -> None:
        """The update with this number is on the screen."""
        self.update_drawn.emit(generation)

    @Slot(str)
    def failed(self, what: str) -> None:
        """The page could not take in a message."""
        self.page_failed.emit(what[:500])
