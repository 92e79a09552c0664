"""The sheets whose columns are remembered: what each is read as, and how to forget it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import DayState, wording
from lastmile_desktop.store.mappings import RememberedMapping
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.import_view.field_words import field_words
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.table_parts.table_look import plain_tooltip

_FINGERPRINT = Qt.ItemDataRole.UserRole
_HEADINGS_SHOWN = 7


class KnownSheets(QDialog):
    """A list that stays open beside the day; a forgotten sheet is asked about again."""

    changed = Signal(int)
    """How many sheets are known now."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Known sheets")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        words = QLabel(
            "Sheets with these headings are read as you accepted them, whatever the file is called.", self
        )
        words.setWordWrap(True)
        theme.set_role(words, "muted")
        self.list = QListWidget(self)
        self.list.setAccessibleName("Known sheets")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.forget = QPushButton("Forget", self)
        self.forget.setAccessibleName("Forget the chosen sheets")
        self.forget.setAutoDefault(False)
        self.forget.clicked.connect(self._forget)
        close = QPushButton("Close", self)
        close.setAccessibleName("Close the known sheets")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GRID_PX)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.resize(560, 420)
        self.show_sheets(session.firm.mappings())

    def show_sheets(self, mappings: Sequence[RememberedMapping]) -> None:
        """List these."""
        self.list.clear()
        for mapping in mappings:
            item = QListWidgetItem(sheet_words(mapping))
            item.setData(_FINGERPRINT, mapping.layout.fingerprint)
            item.setToolTip(plain_tooltip(column_words(mapping)))
            self.list.addItem(item)
        if not mappings:
            nothing = QListWidgetItem("No sheet is known yet.")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self._show_buttons()
        self.changed.emit(len(mappings))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._forget()
        else:
            super().keyPressEvent(event)

    def _show_buttons(self) -> None:
        self.forget.setEnabled(bool(self.list.selectedItems()))

    def _forget(self) -> None:
        firm = self._session.firm
        chosen = [str(item.data(_FINGERPRINT)) for item in self.list.selectedItems()]
        left: list[RememberedMapping] = []

        def work(state: DayState) -> DayState:
            for fingerprint in chosen:
                firm.forget_mapping(fingerprint)
            left.extend(firm.mappings())
            return state

        if chosen:
            self._session.do("Forget the columns", work, after=lambda: self.show_sheets(left))


def sheet_words(mapping: RememberedMapping) -> str:
    """Two lines that tell a person which sheet this is."""
    headings = ", ".join(mapping.headings[:_HEADINGS_SHOWN]) or "no headings"
    if len(mapping.headings) > _HEADINGS_SHOWN:
        headings += " …"
    columns = wording.count(len(mapping.layout.columns), "column")
    seen = f"{mapping.file_name}, {wording.calendar_day(mapping.used_on)}" if mapping.file_name else ""
    return f"{headings}\n{columns} read; last time {seen}" if seen else f"{headings}\n{columns} read"


def column_words(mapping: RememberedMapping) -> str:
    """What each column is read as, a line each."""
    lines = [f"{letter}: {field_words(field)}" for letter, field in mapping.layout.columns]
    if mapping.layout.visible_only:
        lines.append("Hidden rows are not taken.")
    return "\n".join(lines)
