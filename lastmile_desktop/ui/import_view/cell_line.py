"""The line above the grid: which cell this is, its whole text to change, and what its column holds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from lastmile_desktop.ui import theme
from lastmile_desktop.ui.import_view.field_menu import choose_in, fill_with_fields


class CellLine(QWidget):
    """As a spreadsheet has it, plus the field of the column, for people without a mouse."""

    typed = Signal(str)
    field_chosen = Signal(str)
    restore_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLabel(self)
        self.name.setFixedWidth(56)
        self.name.setAccessibleName("Cell")
        theme.set_role(self.name, "heading")
        self.text = QLineEdit(self)
        self.text.setAccessibleName("Text of the cell")
        self.text.setPlaceholderText("blank")
        self.restore = QPushButton("As in the file", self)
        self.restore.setAccessibleName("Read this cell as it stands in the file again")
        theme.set_role(self.restore, "link")
        label = QLabel("Column holds", self)
        theme.set_role(label, "muted")
        self.field = QComboBox(self)
        self.field.setAccessibleName("What the column holds")
        self.field.setMinimumWidth(190)
        self.field.setMaxVisibleItems(30)
        label.setBuddy(self.field)
        fill_with_fields(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(theme.GRID_PX)
        row.addWidget(self.name)
        row.addWidget(self.text, 1)
        row.addWidget(self.restore)
        row.addSpacing(theme.GRID_PX)
        row.addWidget(label)
        row.addWidget(self.field)
        self._shown = ""
        self.text.returnPressed.connect(self._take)
        self.text.editingFinished.connect(self._take)
        self.restore.clicked.connect(self.restore_wanted)
        self.field.activated.connect(lambda _place: self.field_chosen.emit(str(self.field.currentData())))
        self.show_cell("", "", "", False, False)

    def show_cell(self, name: str, text: str, field: str, editable: bool, corrected: bool) -> None:
        """Show a cell: its name ("F12"), its text and its column's field; "" as the name for none."""
        self._shown = text
        self.name.setText(name or "–")
        if self.text.text() != text:
            self.text.setText(text)
            self.text.setCursorPosition(0)
        self.text.setEnabled(bool(name) and editable)
        self.text.setAccessibleName(f"Text of cell {name}" if name else "Text of the cell")
        self.restore.setVisible(corrected)
        self.field.setEnabled(bool(name))
        letters = name.rstrip("0123456789")
        self.field.setAccessibleName(f"What column {letters} holds" if letters else "What the column holds")
        choose_in(self.field, field)

    def _take(self) -> None:
        text = self.text.text()
        if text != self._shown:
            self._shown = text
            self.typed.emit(text)
