"""The first thing a person sees: where to put the order sheet, the sample, recent and recovered days."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from lastmile_desktop.store.working_copy import Recoverable
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.icons import pixmap, set_icon

_WIDTH_PX = 640


class DropArea(QWidget):
    """A large area that says what to do; a click opens the file dialog. Drops reach the window itself."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop-area")
        self.setAccessibleName("Drop your order sheet here")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(208)
        theme.set_role(self, "drop")
        self._sign = QLabel(self)
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = QLabel("Drop your order sheet here", self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self._words, "title")
        below = QLabel(
            "Excel (.xlsx, .xlsm) or CSV, as you have it. A saved day (.lastmile) works too.", self
        )
        below.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(below, "muted")
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        for part in (self._sign, self._words, below):
            column.addWidget(part)
        column.addStretch(1)
        theme.watcher().changed.connect(self._paint_sign)
        self._paint_sign()

    def set_active(self, active: bool) -> None:
        """Show that a file hovers over the window."""
        theme.set_role(self, "drop-active" if active else "drop")
        self._words.setText("Let go to open it" if active else "Drop your order sheet here")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def _paint_sign(self) -> None:
        self._sign.setPixmap(pixmap("drop", theme.current().accent, 48, self.devicePixelRatioF()))


class WelcomePage(QWidget):
    """Drop area, three ways to begin, days to recover, recent days."""

    open_requested = Signal()
    paste_requested = Signal()
    sample_requested = Signal()
    recent_requested = Signal(object)
    recover_requested = Signal(object)
    discard_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAccessibleName("Welcome")
        self.drop_area = DropArea(self)
        self.drop_area.clicked.connect(self.open_requested)
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(self.drop_area)
        column.addLayout(self._buttons())
        self._recovered = QVBoxLayout()
        self._recovered.setSpacing(8)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column.addLayout(self._recovered)
        column.addLayout(self._recent)
        column.addStretch(3)
        inner = QWidget(self)
        inner.setMaximumWidth(_WIDTH_PX)
        inner.setLayout(column)
        middle = QWidget(self)
        middle.setAccessibleName("Welcome")
        row = QHBoxLayout(middle)
        row.setContentsMargins(24, 24, 24, 24)
        row.addStretch(1)
        row.addWidget(inner, 20)
        row.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setObjectName("welcome-scroll")
        scroll.setAccessibleName("Welcome")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for name, text, icon, tip, signal in (
            ("open", "Open…", "open", "Open an order sheet or a saved day (Ctrl+O)", self.open_requested),
            (
                "paste",
                "Paste from Excel",
                "paste",
                "Take the rows that you copied in Excel",
                self.paste_requested,
            ),
            (
                "sample",
                "Try the sample day",
                "sample",
                "A made-up day of a city courier, planned in a moment",
                self.sample_requested,
            ),
        ):
            button = QPushButton(text, self)
            button.setObjectName(f"welcome-{name}")
            button.setAccessibleName(text.rstrip("…"))
            button.setToolTip(tip)
            if name == "open":
                theme.set_role(button, "primary")
            set_icon(button, icon, "accent_text" if name == "open" else "text")
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_recent(self, paths: Sequence[tuple[Path, bool]]) -> None:
        """List the recent files; ``True`` beside a path = it is not there any more."""
        _empty(self._recent)
        if paths:
            heading = QLabel("Recent")
            theme.set_role(heading, "heading")
            self._recent.addWidget(heading)
        for path, missing in paths[:6]:
            self._recent.addWidget(self._recent_line(path, missing))

    def show_recoverable(self, items: Sequence[Recoverable]) -> None:
        """Offer the days that an earlier session left behind."""
        _empty(self._recovered)
        for item in items:
            self._recovered.addWidget(self._recovered_line(item))

    def _recent_line(self, path: Path, missing: bool) -> QPushButton:
        folder = str(path.parent)
        text = f"{path.name}   —   {folder}"
        button = QPushButton()
        metrics = QFontMetrics(button.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, _WIDTH_PX - 140)
        button.setText(shown.replace("&", "&&") + ("   (not there any more)" if missing else ""))
        button.setObjectName("recent-file")
        button.setToolTip(str(path))
        button.setAccessibleName(f"Open {path.name}")
        button.setEnabled(not missing)
        theme.set_role(button, "link")
        button.clicked.connect(lambda: self.recent_requested.emit(path))
        return button

    def _recovered_line(self, item: Recoverable) -> QWidget:
        line = QWidget()
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(line, "notice-warning")
        unsaved = f"{item.source} (never saved)" if item.source else "a day without a file"
        name = item.path.name if item.path else unsaved
        text = f"Recovered: {name}, up to {item.changed_at:%H:%M:%S on %d %B}"
        if item.last_action:
            text += f" (last step: {item.last_action})"
        words = QLabel(text)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(line)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(words, 1)
        for title, role, signal in (
            ("Open", "primary", self.recover_requested),
            ("Discard", "", self.discard_requested),
        ):
            button = QPushButton(title)
            button.setObjectName(f"recovered-{title.lower()}")
            button.setAccessibleName(f"{title} the recovered day {name}")
            if role:
                theme.set_role(button, role)
            button.clicked.connect(lambda _=False, send=signal: send.emit(item))
            row.addWidget(button)
        return line


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
