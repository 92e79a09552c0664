"""The panel below the orders: everything that the sheet's reader wants a person to know."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import Severity, SheetProblem
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.orders_view.problem_model import ProblemModel
from lastmile_desktop.ui.table_parts.cells_out import as_clipboard_text
from lastmile_desktop.ui.table_parts.table_look import make_plain

_CHOICES: tuple[tuple[str, Severity | None], ...] = (
    ("All", None),
    ("Left out", Severity.ERROR),
    ("Needs attention", Severity.ATTENTION),
    ("Remarks", Severity.INFO),
)
_MESSAGE_COLUMN = 5
_WIDTHS = (146, 110, 56, 72, 100)


class ProblemPanel(QWidget):
    """Lists remarks. `jumped` when one is chosen; `looked_at` and `add_wanted` for the two buttons."""

    jumped = Signal(object)
    looked_at = Signal(object)
    add_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        self.model = ProblemModel(self)
        self.table = self._make_table()
        self.whole_text = QLabel(self)
        self.whole_text.setTextFormat(Qt.TextFormat.PlainText)
        self.whole_text.setWordWrap(True)
        self.whole_text.setContentsMargins(12, 0, 12, 6)
        self.whole_text.hide()
        self._buttons: dict[Severity | None, QPushButton] = {}
        self.looked_at_button = QPushButton("Mark as looked at", self)
        self.looked_at_button.setToolTip(
            "Take the chosen remarks off the list; their orders count as checked"
        )
        self.add_button = QPushButton("Add this order by hand…", self)
        self.add_button.setToolTip("Type in an order whose row was left out")
        for button in (self.looked_at_button, self.add_button):
            button.setAccessibleName(button.text())
        self.looked_at_button.clicked.connect(self._mark_looked_at)
        self.add_button.clicked.connect(self._want_add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._make_bar())
        column.addWidget(self.table, 1)
        column.addWidget(self.whole_text)
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(lambda *_: self._update_buttons())
        self.model.modelReset.connect(self._update_buttons)
        self._update_buttons()

    def set_problems(self, problems: Sequence[SheetProblem]) -> None:
        """Show these remarks; hides itself when there are none."""
        self.model.set_problems(problems)
        for text, severity in _CHOICES:
            count = self.model.count(severity)
            self._buttons[severity].setText(f"{text} {count:,}")
            self._buttons[severity].setEnabled(bool(count) or severity is None)
        self.setVisible(bool(problems))

    def chosen(self) -> list[SheetProblem]:
        """The selected remarks."""
        return [self.model.problem_at(index.row()) for index in self.table.selectionModel().selectedRows()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+C copies the chosen remarks as cells; Enter goes to the order."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Copy):
                rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
                QGuiApplication.clipboard().setText(
                    as_clipboard_text([self.model.texts(row) for row in rows])
                )
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._jump(self.table.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.model)
        table.setAccessibleName("Remarks on the order sheet")
        make_plain(table)
        header = table.horizontalHeader()
        header.setStretchLastSection(True)
        for section, width in enumerate(_WIDTHS):
            table.setColumnWidth(section, width)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        table.clicked.connect(self._jump)
        table.installEventFilter(self)
        return table

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 0, 12, 0)
        bar.setSpacing(4)
        heading = QLabel("Remarks on the sheet", self)
        theme.set_role(heading, "heading")
        bar.addWidget(heading)
        bar.addSpacing(8)
        group = QButtonGroup(self)
        for text, severity in _CHOICES:
            button = QPushButton(text, self)
            button.setCheckable(True)
            button.setChecked(severity is None)
            button.setAccessibleName(f"Show remarks: {text}")
            theme.set_role(button, "quiet")
            button.clicked.connect(lambda _on, chosen=severity: self.model.set_only(chosen))
            group.addButton(button)
            self._buttons[severity] = button
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self.add_button)
        bar.addWidget(self.looked_at_button)
        return bar

    def _jump(self, index: QModelIndex) -> None:
        if index.isValid():
            self.jumped.emit(self.model.problem_at(index.row()))

    def _update_buttons(self) -> None:
        chosen = self.chosen()
        self.looked_at_button.setEnabled(bool(chosen))
        self.add_button.setVisible(len(chosen) == 1 and chosen[0].severity is Severity.ERROR)
        message = chosen[0].message if len(chosen) == 1 else ""
        room = self.table.columnWidth(_MESSAGE_COLUMN) - 2 * theme.GRID_PX
        self.whole_text.setText(message)
        self.whole_text.setVisible(self.table.fontMetrics().horizontalAdvance(message) > room)

    def _mark_looked_at(self) -> None:
        chosen = self.chosen()
        if chosen:
            self.looked_at.emit(chosen)

    def _want_add(self) -> None:
        chosen = self.chosen()
        if chosen:
            self.add_wanted.emit(chosen[0])
