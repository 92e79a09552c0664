"""Messages in place: a strip of lines under the header, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.ui import theme
from lastmile_desktop.ui.icons import pixmap, set_icon
from lastmile_desktop.ui.session import Notice

_KEPT_S = 8
_MOST = 3
_ROLES = {"warning": "notice-warning", "danger": "notice-danger"}
_SIGNS = {
    "info": ("info", "accent"),
    "ok": ("ok", "ok"),
    "warning": ("warning", "warning"),
    "danger": ("danger", "danger"),
}
_WORDS = {"info": "Note", "ok": "Done", "warning": "Please check", "danger": "Problem"}


@dataclass(frozen=True)
class NoticeAction:
    """A button in a notice; the notice goes when it is pressed. ``primary`` = what most people want."""

    text: str
    run: Callable[[], None]
    primary: bool = False


class NoticeLine(QWidget):
    """One message with its sign, its buttons and a way to close it."""

    closed = Signal()

    def __init__(self, notice: Notice, actions: Sequence[NoticeAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(f"{_WORDS[notice.kind]}: {notice.text}")
        theme.set_role(self, _ROLES.get(notice.kind, "notice"))
        self._sign = QLabel(self)
        self._sign.setAccessibleName(_WORDS[notice.kind])
        self._text = QLabel(notice.text, self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 6, 3)
        row.setSpacing(theme.GRID_PX)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        for action in actions:
            row.addWidget(self._button(action))
        close = QToolButton(self)
        close.setToolTip("Close this message")
        close.setAccessibleName("Close this message")
        theme.set_role(close, "quiet")
        set_icon(close, "close", "text_muted")
        close.clicked.connect(self.closed)
        row.addWidget(close)
        theme.watcher().changed.connect(self._paint_sign)
        self._paint_sign()

    @property
    def text(self) -> str:
        """What the message says."""
        return self.notice.text

    def _button(self, action: NoticeAction) -> QPushButton:
        button = QPushButton(action.text, self)
        button.setAccessibleName(action.text)
        if action.primary:
            theme.set_role(button, "primary")

        def press() -> None:
            self.closed.emit()
            action.run()

        button.clicked.connect(press)
        return button

    def _paint_sign(self) -> None:
        name, role = _SIGNS[self.notice.kind]
        colour = getattr(theme.current(), role)
        self._sign.setPixmap(pixmap(name, colour, 16, self.devicePixelRatioF()))


class ProgressLine(QWidget):
    """A long piece of work in a line: what is done, how far, and Cancel."""

    cancelled = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(text)
        theme.set_role(self, "notice")
        self._text = QLabel(text, self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName("Progress")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setFixedWidth(200)
        self.cancel = QPushButton("Cancel", self)
        self.cancel.setAccessibleName("Cancel")
        self.cancel.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 6, 3)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is; a ``total`` of 0 means that nobody knows."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _ask(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel.setText("Cancelling…")
        self.cancelled.emit()


class NoticeStrip(QWidget):
    """The newest message on top, at most three; what went well goes away by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self.setAccessibleName("Messages")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 12, 6)
        self._column.setSpacing(6)
        self._lines: dict[str, NoticeLine] = {}
        self._work: list[ProgressLine] = []
        self.hide()

    @property
    def lines(self) -> list[NoticeLine]:
        """The messages shown, newest first."""
        return list(reversed(self._lines.values()))

    def show_notice(self, notice: Notice, actions: Sequence[NoticeAction] = (), key: str = "") -> None:
        """Show a message; one with the same ``key`` (or text) before it is replaced."""
        name = key or notice.text
        self.drop(name)
        line = NoticeLine(notice, actions, self)
        line.closed.connect(lambda: self.drop(name, line))
        self._lines[name] = line
        self._column.insertWidget(0, line)
        for old in list(self._lines)[: max(0, len(self._lines) - _MOST)]:
            self.drop(old)
        if notice.kind in ("ok", "info") and not actions:
            QTimer.singleShot(_KEPT_S * 1000, line, lambda: self.drop(name, line))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(line, QAccessible.Event.Alert))

    def drop(self, key: str, only: NoticeLine | None = None) -> None:
        """Take a message away; nothing happens when it is gone (or replaced by another than ``only``)."""
        line = self._lines.get(key)
        if line is None or (only is not None and line is not only):
            return
        del self._lines[key]
        self._column.removeWidget(line)
        _let_focus_go(line)
        line.hide()
        line.deleteLater()
        self._show_if_needed()

    def drop_good_news(self) -> None:
        """Take away what went well: something new begins."""
        for key, line in list(self._lines.items()):
            if line.notice.kind in ("ok", "info"):
                self.drop(key)

    def clear(self) -> None:
        """Take all messages away; work that goes on stays."""
        for key in list(self._lines):
            self.drop(key)

    def begin_work(self, text: str) -> ProgressLine:
        """Show a piece of work until `end_work`."""
        line = ProgressLine(text, self)
        self._work.append(line)
        self._column.insertWidget(0, line)
        self.show()
        return line

    def end_work(self, line: ProgressLine) -> None:
        """The work is over."""
        if line in self._work:
            self._work.remove(line)
            self._column.removeWidget(line)
            _let_focus_go(line)
            line.hide()
            line.deleteLater()
            self._show_if_needed()

    def _show_if_needed(self) -> None:
        self.setVisible(bool(self._lines or self._work))


def _let_focus_go(line: QWidget) -> None:
    """Else Qt hands the focus of a hidden button to the next one: Space would then change the date."""
    focus = line.focusWidget()
    if focus is not None and focus.hasFocus():
        focus.clearFocus()
