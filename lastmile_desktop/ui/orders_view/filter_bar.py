"""The filter box and the quick filters with their counts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QWidget

from lastmile_desktop.ui import theme
from lastmile_desktop.ui.orders_view.order_status import OrderFilter

_DEBOUNCE_MS = 150
_WORDS = {
    OrderFilter.ALL: ("All", "", "Every order of the day"),
    OrderFilter.ATTENTION: ("Needs attention", "! ", "Orders that a person should look at"),
    OrderFilter.WAITING: (
        "Waiting for position",
        "? ",
        "Orders that cannot be planned before they have a position",
    ),
    OrderFilter.UNASSIGNED: ("Unassigned", "○ ", "Orders that are on no route"),
    OrderFilter.PLANNED: ("Planned", "", "Orders that are on a route"),
}


class FilterBar(QWidget):
    """`changed` carries the text and the quick filter, 150 ms after the last key or at once for a button."""

    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QLineEdit(self)
        self.box.setPlaceholderText("Filter: name, address, order, phone, van…")
        self.box.setAccessibleName("Filter the orders")
        self.box.setToolTip("Shows the orders that contain every word typed here")
        self.box.setClearButtonEnabled(True)
        self.box.setFixedWidth(300)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_DEBOUNCE_MS)
        self._wait.timeout.connect(self._announce)
        self.box.textChanged.connect(lambda _text: self._wait.start())
        self.buttons: dict[OrderFilter, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(self.box)
        row.addSpacing(theme.GRID_PX)
        for chosen, (text, _sign, tip) in _WORDS.items():
            button = QPushButton(text, self)
            button.setCheckable(True)
            button.setToolTip(tip)
            button.setAccessibleName(f"Show: {text}")
            theme.set_role(button, "quiet")
            button.clicked.connect(self._announce)
            self._group.addButton(button)
            self.buttons[chosen] = button
            row.addWidget(button)
        row.addStretch(1)
        self.buttons[OrderFilter.ALL].setChecked(True)

    @property
    def chosen(self) -> OrderFilter:
        """The quick filter that is pressed."""
        return next(chosen for chosen, button in self.buttons.items() if button.isChecked())

    def set_counts(self, counts: Mapping[OrderFilter, int]) -> None:
        """Show how many orders each quick filter has."""
        for chosen, (text, sign, tip) in _WORDS.items():
            number = counts[chosen]
            button = self.buttons[chosen]
            button.setText(f"{sign if number else ''}{text} {number:,}")
            button.setAccessibleName(f"Show: {text}, {number}")
            button.setToolTip(tip)

    def choose(self, chosen: OrderFilter) -> None:
        """Press a quick filter."""
        self.buttons[chosen].setChecked(True)
        self._announce()

    def reset(self) -> None:
        """Show all orders again."""
        self.box.clear()
        self.choose(OrderFilter.ALL)

    def focus_box(self) -> None:
        """Put the cursor into the filter box."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def _announce(self) -> None:
        self._wait.stop()
        self.changed.emit(self.box.text(), self.chosen)
