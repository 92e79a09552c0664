"""The remarks of the import as a table: how grave, where in the sheet, which order, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from lastmile_desktop.model import Severity, SheetProblem
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.table_parts.table_look import LEFT, RIGHT, plain_tooltip

Index = QModelIndex | QPersistentModelIndex
SEVERITY_WORDS = {
    Severity.ERROR: ("✕", "Left out"),
    Severity.ATTENTION: ("!", "Needs attention"),
    Severity.INFO: ("i", "Remark"),
}
_RANK = {Severity.ERROR: 0, Severity.ATTENTION: 1, Severity.INFO: 2}
TITLES = ("Severity", "Sheet", "Row", "Column", "Order", "What it is and what to do")
_ROW_COLUMN = 2
_NO_PARENT = QModelIndex()


class ProblemModel(QAbstractTableModel):
    """One row per remark; the gravest first, then as in the sheet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[SheetProblem, ...] = ()
        self._shown: list[SheetProblem] = []
        self._only: Severity | None = None
        self._sorted_by: tuple[int, bool] = (0, False)

    def set_problems(self, problems: Sequence[SheetProblem]) -> None:
        """Show these remarks."""
        if tuple(problems) != self._all:
            self._all = tuple(problems)
            self._choose()

    def set_only(self, severity: Severity | None) -> None:
        """Show one severity only, or all (None)."""
        self._only = severity
        self._choose()

    def count(self, severity: Severity | None) -> int:
        """How many remarks there are of a severity (None = of any)."""
        return sum(1 for problem in self._all if severity in (None, problem.severity))

    def problem_at(self, row: int) -> SheetProblem:
        """The remark in a row."""
        return self._shown[row]

    def texts(self, row: int) -> list[str]:
        """The cells of a row."""
        problem = self._shown[row]
        word = SEVERITY_WORDS[problem.severity][1]
        row_text = str(problem.row) if problem.row > 0 else ""
        return [word, problem.sheet, row_text, problem.column, problem.order_id, problem.message]

    def _choose(self) -> None:
        self.beginResetModel()
        chosen = [problem for problem in self._all if self._only in (None, problem.severity)]
        column, descending = self._sorted_by
        chosen.sort(key=_SORT_KEYS[column], reverse=descending)
        self._shown = chosen
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(TITLES):
            self._sorted_by = (column, order == Qt.SortOrder.DescendingOrder)
            self._choose()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.DisplayRole:
            text = self.texts(index.row())[column].replace("\n", " ")
            return f"{SEVERITY_WORDS[self._shown[index.row()].severity][0]}  {text}" if column == 0 else text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.texts(index.row())[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._shown[index.row()].message)
        if role == Qt.ItemDataRole.ForegroundRole and column == 0:
            colours = theme.current()
            tones = {Severity.ERROR: colours.danger, Severity.ATTENTION: colours.warning}
            return QColor(tones.get(self._shown[index.row()].severity, colours.text_muted))
        return None


def _alignment(column: int) -> int:
    return RIGHT if column == _ROW_COLUMN else LEFT


_SORT_KEYS = (
    lambda problem: (_RANK[problem.severity], problem.sheet, problem.row),
    lambda problem: (problem.sheet.casefold(), problem.row),
    lambda problem: (problem.row, problem.sheet.casefold()),
    lambda problem: (problem.column, problem.row),
    lambda problem: (problem.order_id.casefold(), problem.row),
    lambda problem: (problem.message.casefold(), problem.row),
)
