"""The remarks of a reading as a list, the gravest first; and the rows that are set aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from lastmile_desktop.model import LineKind, Severity, SheetProblem
from lastmile_desktop.ui.import_view.shown_sheet import ShownSheet
from lastmile_desktop.ui.table_parts.table_look import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 2
SEVERITY_WORDS = {
    Severity.ERROR: ("✕", "Left out"),
    Severity.ATTENTION: ("!", "Needs attention"),
    Severity.INFO: ("i", "Remark"),
}
_RANK = {severity: rank for rank, severity in enumerate(Severity)}
_NO_PARENT = QModelIndex()


class DoubtModel(QAbstractListModel):
    """One row per remark of the chosen severity (None = all)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[SheetProblem, ...] = ()
        self._shown: list[SheetProblem] = []
        self._only: Severity | None = None

    def show_problems(self, problems: Sequence[SheetProblem]) -> None:
        """Show these remarks."""
        self._all = tuple(problems)
        self._choose()

    def set_only(self, severity: Severity | None) -> None:
        """Show one severity only, or all."""
        self._only = severity
        self._choose()

    def count(self, severity: Severity | None) -> int:
        """How many remarks there are of a severity (None = of any)."""
        return sum(severity in (None, problem.severity) for problem in self._all)

    def problem_at(self, line: int) -> SheetProblem:
        """The remark in a line of the list."""
        return self._shown[line]

    def line_of(self, problem: SheetProblem) -> int | None:
        """Where a remark is in the list."""
        return self._shown.index(problem) if problem in self._shown else None

    def line_at_or_after(self, row: int, column: str) -> int | None:
        """The first remark on this cell; None when there is none."""
        return next((n for n, p in enumerate(self._shown) if p.row == row and p.column in (column, "")), None)

    def _choose(self) -> None:
        self.beginResetModel()
        chosen = [problem for problem in self._all if self._only in (None, problem.severity)]
        chosen.sort(key=lambda problem: (_RANK[problem.severity], problem.sheet, problem.row, problem.column))
        self._shown = chosen
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        problem = self._shown[index.row()]
        if role == ENTRY_ROLE:
            return problem
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{place_words(problem)}: {problem.message}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{SEVERITY_WORDS[problem.severity][1]}, {place_words(problem)}: {problem.message}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(problem.message)
        return None


class AsideModel(QAbstractListModel):
    """The rows that will not enter the day though they were meant as orders."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = ShownSheet()
        self._rows: list[tuple[int, LineKind]] = []

    def show_sheet(self, sheet: ShownSheet) -> None:
        """Show the rows of a sheet that were left out or set aside."""
        self.beginResetModel()
        self._sheet = sheet
        wanted = (LineKind.LEFT_OUT, LineKind.SET_ASIDE)
        pairs = zip(sheet.preview.rows, sheet.preview.kinds, strict=True)
        self._rows = [(row, kind) for row, kind in pairs if kind in wanted]
        self.endResetModel()

    @property
    def rows(self) -> list[int]:
        """All these rows, from the top down."""
        return [row for row, _kind in self._rows]

    def row_at(self, line: int) -> tuple[int, LineKind]:
        """The row in a line of the list, and why it is there."""
        return self._rows[line]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, kind = self._rows[index.row()]
        if role == ENTRY_ROLE:
            return row, kind, self._words(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            why = "Left out" if kind is LineKind.LEFT_OUT else "Set aside"
            return f"{why}, row {row}: {self._words(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            found = self._sheet.problems.get(row, ())
            return plain_tooltip("\n".join([self._words(row), *(problem.message for problem in found)]))
        return None

    def _words(self, row: int) -> str:
        line = self._sheet.line_of.get(row)
        place = None if line is None else self._sheet.places[line]
        cells = [] if place is None else self._sheet.preview.cells(place)
        return " · ".join(" ".join(cell.split()) for cell in cells if cell.strip())


def place_words(problem: SheetProblem) -> str:
    """ "F12, B-1003": where a remark is, and about which order."""
    place = f"{problem.column}{problem.row}" if problem.column else f"Row {problem.row}"
    return f"{place}, {problem.order_id}" if problem.order_id else place
