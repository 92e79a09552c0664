"""One line between the table and what is below it: a sentence, or a question about the chosen orders."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSpinBox, QWidget

from lastmile_desktop.model.wording import count
from lastmile_desktop.ui import theme

_KEPT_MS = 8000
_SIGNS = {"notice-danger": "✕", "notice-warning": "!", "notice": "✓"}


class MessageStrip(QWidget):
    """Says a sentence in place, with at most one thing to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign = QLabel(self)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.action = QPushButton(self)
        self.action.setAccessibleName("Do something about the message")
        theme.set_role(self.action, "link")
        self._act: Callable[[], None] = self.clear
        self.action.clicked.connect(self._press)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(_KEPT_MS)
        self._end.timeout.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self.action)
        self.hide()

    @property
    def text(self) -> str:
        """What is said, "" when nothing is."""
        return self._text.text() if not self.isHidden() else ""

    def refuse(self, sentence: str) -> None:
        """Say why something typed is not taken; "" takes the sentence back."""
        if sentence:
            self._show(sentence, "notice-danger")
        else:
            self.clear()

    def tell(
        self, sentence: str, action: str = "", act: Callable[[], None] | None = None, *, warn: bool = False
    ) -> None:
        """Say what happened; a warning stays until the next message, anything else goes by itself."""
        self._show(sentence, "notice-warning" if warn else "notice")
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setVisible(bool(action))
        self._act = act or self.clear
        if not warn:
            self._end.start()

    def clear(self) -> None:
        """Say nothing."""
        self._end.stop()
        self.hide()
        self._text.clear()

    def _show(self, sentence: str, role: str) -> None:
        self._end.stop()
        theme.set_role(self, role)
        self._sign.setText(_SIGNS[role])
        self._text.setText(sentence)
        self._text.setToolTip(sentence)
        self.setAccessibleName(sentence)
        self.action.hide()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _press(self) -> None:
        act = self._act
        self.clear()
        act()


class MinutesStrip(QWidget):
    """Asks for the service minutes of several orders at once. `given` carries seconds."""

    given = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "notice")
        self._label = QLabel(self)
        self.minutes = QSpinBox(self)
        self.minutes.setRange(0, 720)
        self.minutes.setSuffix(" min")
        self.minutes.setAccessibleName("Service minutes for the chosen orders")
        self.apply = QPushButton("Apply", self)
        self.apply.setAccessibleName("Give the chosen orders these service minutes")
        theme.set_role(self.apply, "primary")
        cancel = QPushButton("Cancel", self)
        cancel.setAccessibleName("Leave the service minutes as they are")
        self.apply.clicked.connect(self._give)
        cancel.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        for widget in (self._label, self.minutes, self.apply, cancel):
            row.addWidget(widget)
        row.addStretch(1)
        self.hide()

    def ask(self, orders: int, service_s: int) -> None:
        """Ask for the minutes of so many orders, beginning with ``service_s``."""
        self._label.setText(f"Service time of {count(orders, 'order')}:")
        self.minutes.setValue(round(service_s / 60))
        self.show()
        self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)
        self.minutes.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        self.hide()
        self.given.emit(self.minutes.value() * 60)
        self.closed.emit()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
