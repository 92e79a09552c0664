"""The sheet as the user knows it: raw cells under column letters, split only when they are shown."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from lastmile_desktop.model import ImportOptions, LineKind, Severity
from lastmile_desktop.pipeline.sheet_choices import column_letter, column_number
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.import_view.field_words import confidence_words, field_tint, field_words
from lastmile_desktop.ui.import_view.shown_sheet import ShownSheet
from lastmile_desktop.ui.table_parts.table_look import LEFT, plain_tooltip

Index = QModelIndex | QPersistentModelIndex
SEVERITY_ROLE = Qt.ItemDataRole.UserRole + 1
_NO_PARENT = QModelIndex()
_NO_OPTIONS = ImportOptions()
_TINT = 0.10
_HEADING_TINT = 0.22
KIND_WORDS: dict[LineKind | None, str] = {
    LineKind.ORDER: "Order",
    LineKind.ITEM: "One more line of an order",
    LineKind.LEFT_OUT: "Left out",
    LineKind.SET_ASIDE: "Set aside by you",
    LineKind.TITLE: "Title, ignored",
    LineKind.HEADER: "Heading",
    LineKind.REPEATED_HEADER: "Heading again, ignored",
    LineKind.SECTION: "Heading of a group, ignored",
    LineKind.TOTAL: "Total, ignored",
    LineKind.NOTE: "No order, ignored",
    LineKind.HIDDEN: "Hidden, ignored",
    None: "Blank",
}
_READ = frozenset([LineKind.ORDER, LineKind.ITEM, LineKind.LEFT_OUT])
_SIGNS = {Severity.ERROR: "✕", Severity.ATTENTION: "!", Severity.INFO: ""}


class PreviewModel(QAbstractTableModel):
    """Shows a `ShownSheet`. `corrected` asks for a cell to be read as another text."""

    corrected = Signal(int, str, str)
    """Row, column letter, text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = ShownSheet()
        self._changed: dict[tuple[int, int], str] = {}
        self._expected: dict[tuple[int, int], str] = {}
        self._chosen = False
        self._found: dict[str, ShownSheet] = {}
        self._cells = lru_cache(maxsize=400)(self._split)

    def show_sheet(self, sheet: ShownSheet, options: ImportOptions = _NO_OPTIONS) -> None:
        """Show a sheet; the selection stays when its lines are the same."""
        same = sheet.name == self.sheet.name and sheet.rows == self.sheet.rows
        same = same and sheet.preview.column_count == self.sheet.preview.column_count
        if not same:
            self.beginResetModel()
        self.sheet = sheet
        self._expected.clear()
        self._chosen = options.layout_of(sheet.name) is not None
        if not self._chosen:
            self._found[sheet.name] = sheet
        self._changed = {
            (cell.row, column_number(cell.column)): cell.text
            for cell in options.overrides
            if cell.sheet == sheet.name
        }
        self._cells.cache_clear()
        if not same:
            self.endResetModel()
        elif self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    # ---- what it holds -------------------------------------------------------------------------------

    def text(self, line: int, column: int) -> str:
        """The text of a cell by its line and column as shown (from 0)."""
        expected = self._expected.get((self.sheet.rows[line], column + 1))
        if expected is not None:
            return expected
        cells = self._cells(line)
        return cells[column] if column < len(cells) else ""

    def field(self, column: int) -> str:
        """The field that a column (from 0) holds, "" when it is not read."""
        return self.sheet.fields.get(column + 1, "")

    def sureness(self, column: int) -> str:
        """How sure that is, in words."""
        field = self.field(column)
        if not field:
            return ""
        found = self._found.get(self.sheet.name, self.sheet)
        if self._chosen and found.fields.get(column + 1) != field:
            return "your choice"
        if found.summary is not None and found.summary.known:
            return "as before"
        return confidence_words(found.confidence.get(column + 1))

    @property
    def lines_split(self) -> int:
        """How many lines had to be taken apart since the sheet was shown."""
        return self._cells.cache_info().misses

    def _split(self, line: int) -> list[str]:
        place = self.sheet.places[line]
        return [] if place is None else self.sheet.preview.cells(place)

    # ---- Qt's questions ------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self.sheet.preview.column_count

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.sheet.kind(index.row()) in (*_READ, None):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            return self._column_head(section, role)
        return self._row_head(section, role) if section < len(self.sheet.rows) else None

    def _column_head(self, column: int, role: int) -> Any:
        letter, words, sure = (
            column_letter(column + 1),
            field_words(self.field(column)),
            self.sureness(column),
        )
        if role == Qt.ItemDataRole.DisplayRole:
            return letter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Column {letter}: {words}{f', {sure}' if sure else ''}"
        if role == Qt.ItemDataRole.ToolTipRole:
            how = f" ({sure})" if sure else ""
            return f"Column {letter} holds: {words}{how}. Click to change it (Alt+Down)."
        return None

    def _row_head(self, line: int, role: int) -> Any:
        row = self.sheet.rows[line]
        worst = self.sheet.worst(row)
        if role == Qt.ItemDataRole.DisplayRole:
            sign = _SIGNS.get(worst, "") if worst else ""
            if self.sheet.kind(line) is LineKind.SET_ASIDE:
                sign = "–"
            return f"{sign} {row}" if sign else str(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Row {row}: {self._row_words(line)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._row_words(line)
        if role == Qt.ItemDataRole.ForegroundRole and worst in (Severity.ERROR, Severity.ATTENTION):
            colours = theme.current()
            return QColor(colours.danger if worst is Severity.ERROR else colours.warning)
        return None

    def _row_words(self, line: int) -> str:
        words = KIND_WORDS[self.sheet.kind(line)]
        if self.sheet.rows[line] in self.sheet.preview.hidden_rows:
            words += " (hidden in the workbook)"
        return words

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self.text(line, column).split())
        if role == Qt.ItemDataRole.EditRole:
            return self.text(line, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(line, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(line, column)
        if role == Qt.ItemDataRole.FontRole:
            return self._font(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._accessible(line, column)
        if role == SEVERITY_ROLE:
            return self.sheet.worst(self.sheet.rows[line], column + 1)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text = str(value)
        if text != self.text(index.row(), index.column()):
            row = self.sheet.rows[index.row()]
            self._expected[row, index.column() + 1] = text  # until the sheet was read again
            self.dataChanged.emit(index, index)
            self.corrected.emit(row, column_letter(index.column() + 1), text)
        return True

    # ---- how a cell looks ----------------------------------------------------------------------------

    def _ground(self, line: int, column: int) -> QColor | None:
        colours = theme.current()
        row, kind = self.sheet.rows[line], self.sheet.kind(line)
        worst = self.sheet.worst(row, column + 1)
        if worst is Severity.ERROR or (kind is LineKind.LEFT_OUT and worst is None and column == 0):
            return QColor(colours.danger_soft)
        if worst is Severity.ATTENTION:
            return QColor(colours.warning_soft)
        field = self.field(column)
        if row in self.sheet.heading_rows and field:
            return tinted(field, _HEADING_TINT)
        if kind in _READ and field:
            return tinted(field, _TINT)
        return None

    def _ink(self, line: int, column: int) -> QColor | None:
        colours = theme.current()
        if self._is_corrected(line, column):
            return QColor(colours.accent)
        kind = self.sheet.kind(line)
        quiet = kind not in (*_READ, LineKind.HEADER) or not self.field(column)
        return QColor(colours.text_muted) if quiet else None

    def _font(self, line: int, column: int) -> QFont | None:
        kind = self.sheet.kind(line)
        if kind is LineKind.HEADER or self._is_corrected(line, column):
            font = theme.tabular_font()
            font.setBold(True)
            return font
        if kind is LineKind.SET_ASIDE:
            font = theme.tabular_font()
            font.setStrikeOut(True)
            return font
        return None

    def _is_corrected(self, line: int, column: int) -> bool:
        cell = (self.sheet.rows[line], column + 1)
        return cell in self._changed or cell in self._expected

    def _messages(self, line: int, column: int) -> list[str]:
        letter = column_letter(column + 1)
        found = self.sheet.problems.get(self.sheet.rows[line], ())
        return [problem.message for problem in found if problem.column in (letter, "")]

    def _tooltip(self, line: int, column: int) -> str | None:
        parts = [self.text(line, column), *self._messages(line, column)]
        if self._is_corrected(line, column):
            parts.append("You changed this cell; the file itself stays as it is.")
        elif self.sheet.kind(line) not in (LineKind.ORDER, LineKind.HEADER, None):
            parts.append(self._row_words(line))
        return plain_tooltip("\n".join(part for part in parts if part)) or None

    def _accessible(self, line: int, column: int) -> str:
        head = f"{column_letter(column + 1)}{self.sheet.rows[line]}"
        field = self.field(column)
        text = self.text(line, column) or "blank"
        said = " ".join(self._messages(line, column))
        return f"{head}, {field_words(field) if field else 'not read'}: {text}. {said}".strip()


def tinted(field: str, strength: float) -> QColor:
    """The ground of a column that holds this field; ``strength`` 1 is the full colour."""
    colours = theme.current()
    full, ground = QColor(colours.route(field_tint(field))), QColor(colours.surface)

    def mixed(of_full: int, of_ground: int) -> int:
        return round(strength * of_full + (1 - strength) * of_ground)

    return QColor(
        mixed(full.red(), ground.red()),
        mixed(full.green(), ground.green()),
        mixed(full.blue(), ground.blue()),
    )
