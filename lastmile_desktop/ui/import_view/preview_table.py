"""The grid with the sheet's cells: move and type as in a spreadsheet, choose a column's field at its head."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from lastmile_desktop.model import LineKind, Severity
from lastmile_desktop.pipeline.sheet_choices import column_letter, column_number
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.import_view.field_header import FieldHeader
from lastmile_desktop.ui.import_view.field_menu import field_menu
from lastmile_desktop.ui.import_view.preview_model import SEVERITY_ROLE, Index, PreviewModel
from lastmile_desktop.ui.table_parts.cells_out import as_clipboard_text

_LOOK = (
    "QTableView::item { padding: 0 5px; border: none; }"
    " QAbstractScrollArea::corner { background: transparent; border: none; }"
)
_NARROWEST_PX, _WIDEST_PX = 64, 280
_MEASURED_LINES = 60


class PreviewTable(QTableView):
    """Shows a `PreviewModel`. Every wish of the person is a signal; nothing is changed here."""

    field_chosen = Signal(str, str)
    """Column letter, field."""
    heading_chosen = Signal(object)
    """Row of the heading, None for a sheet without one."""
    aside_wanted = Signal(list)
    back_wanted = Signal(list)
    moved = Signal()
    """Another cell is the current one."""

    def __init__(self, model: PreviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = model
        self.setAccessibleName("The sheet as it is in the file")
        self.setHorizontalHeader(FieldHeader(model, self))
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(self))
        self._set_up()
        self.horizontalHeader().sectionClicked.connect(self.open_field_menu)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_row_menu)
        model.modelReset.connect(self._fit_columns)
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def _set_up(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFont(theme.tabular_font(self.font()))
        self.setStyleSheet(_LOOK)
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(theme.ROW_HEIGHT_PX)
        rows.setDefaultSectionSize(theme.ROW_HEIGHT_PX)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        rows.setHighlightSections(True)
        rows.setAccessibleName("Rows as the sheet counts them")
        rows.setFont(theme.tabular_font(rows.font()))

    def _fit_columns(self) -> None:
        """As wide as the first lines need; nobody's later widths are touched by a new reading."""
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        measured = range(min(_MEASURED_LINES, self._preview.rowCount()))
        lines = [line for line in measured if self._preview.sheet.kind(line) is not LineKind.TITLE]
        for column in range(self._preview.columnCount()):
            texts = (self._preview.text(line, column)[:60] for line in lines)
            wanted = max((metrics.horizontalAdvance(text) for text in texts), default=0) + 20
            head = header.wanted_width(column) if isinstance(header, FieldHeader) else 0
            self.setColumnWidth(column, min(_WIDEST_PX, max(_NARROWEST_PX, wanted, head)))

    def grow_to_heads(self) -> None:
        """What a column holds must be readable; columns only ever become wider by this."""
        header = self.horizontalHeader()
        for column in range(self._preview.columnCount()):
            wanted = header.wanted_width(column) if isinstance(header, FieldHeader) else 0
            if self.columnWidth(column) < min(_WIDEST_PX, wanted):
                self.setColumnWidth(column, min(_WIDEST_PX, wanted))

    # ---- where the person is -------------------------------------------------------------------------

    def show_cell(self, row: int, letter: str = "") -> bool:
        """Make a cell of the sheet the current one and bring it into view; False when it is not shown."""
        line = self._preview.sheet.line_of.get(row)
        if line is None:
            return False
        column = column_number(letter) - 1 if letter else max(0, self.currentIndex().column())
        index = self._preview.index(line, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return index.isValid()

    def current_cell(self) -> tuple[int, str] | None:
        """Row and column letter of the current cell."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        return self._preview.sheet.rows[index.row()], column_letter(index.column() + 1)

    def selected_rows(self) -> list[int]:
        """Rows of the sheet with a selected cell, from the top down."""
        lines = {index.row() for index in self.selectedIndexes()}
        return [self._preview.sheet.rows[line] for line in sorted(lines)]

    # ---- menus ---------------------------------------------------------------------------------------

    def open_field_menu(self, column: int) -> None:
        """Ask what a column (from 0) holds, below its head."""
        if not 0 <= column < self._preview.columnCount():
            return
        letter = column_letter(column + 1)
        menu = field_menu(
            self._preview.field(column), lambda field: self.field_chosen.emit(letter, field), self
        )
        header = self.horizontalHeader()
        at = QPoint(header.sectionViewportPosition(column), header.height())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(header.mapToGlobal(at))

    def _open_row_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        menu = self.row_menu(index.row())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def row_menu(self, line: int) -> QMenu:
        """What can be done with the rows that are selected."""
        menu = QMenu(self)
        menu.setAccessibleName("Row")
        rows, row = self.selected_rows(), self._preview.sheet.rows[line]
        aside = [number for number in rows if self._kind(number) is LineKind.SET_ASIDE]
        orders = [number for number in rows if self._kind(number) in (LineKind.ORDER, LineKind.LEFT_OUT)]

        def add(text: str, run: Callable[[], None], possible: bool = True) -> None:
            action = menu.addAction(text)
            action.setEnabled(possible)
            action.triggered.connect(run)

        what = "this row" if len(rows) <= 1 else f"these {len(rows):,} rows"
        add("Change the cell", lambda: self.edit(self.currentIndex()))
        add("Copy", self.copy)
        menu.addSeparator()
        add(f"Set {what} aside", lambda: self.aside_wanted.emit(orders), bool(orders))
        add(f"Take {what} back", lambda: self.back_wanted.emit(aside), bool(aside))
        menu.addSeparator()
        add(f"The heading is in row {row}", lambda: self.heading_chosen.emit(row))
        return menu

    def _kind(self, row: int) -> LineKind | None:
        return self._preview.sheet.kind(self._preview.sheet.line_of[row])

    # ---- keys ----------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Copy, paste, Del and undo belong to the cells while they have the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Undo) or (enter and control):
            event.ignore()  # for the page
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._type(QGuiApplication.clipboard().text().strip("\r\n"))
        elif event.key() == Qt.Key.Key_Delete:
            self._type("")
        elif event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_field_menu(self.currentIndex().column())
        elif event.key() == Qt.Key.Key_Menu:
            self._open_row_menu(self.visualRect(self.currentIndex()).center())
        elif enter and self.state() != QAbstractItemView.State.EditingState:
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as a block."""
        chosen = {(index.row(), index.column()) for index in self.selectedIndexes()}
        if chosen:
            columns = range(min(c for _, c in chosen), max(c for _, c in chosen) + 1)
            lines = sorted({line for line, _ in chosen})
            cells = [
                [self._preview.text(line, column) if (line, column) in chosen else "" for column in columns]
                for line in lines
            ]
            QGuiApplication.clipboard().setText(as_clipboard_text(cells))

    def _type(self, text: str) -> None:
        index = self.currentIndex()
        if index.isValid() and self._preview.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self._preview.setData(index, text)


class _CellDelegate(QStyledItemDelegate):
    """Adds the frame of the current cell and a corner on those with a remark; the editor looks like one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:  # a style sheet for items makes Qt forget it
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)
        colours = theme.current()
        painter.save()
        severity = index.data(SEVERITY_ROLE)
        if severity in (Severity.ERROR, Severity.ATTENTION):
            corner = option.rect.topRight()
            ink = QColor(colours.danger if severity is Severity.ERROR else colours.warning)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawPolygon(
                QPolygon([corner + QPoint(-7, 0), corner + QPoint(1, 0), corner + QPoint(1, 8)])
            )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        colours = theme.current()
        editor.setStyleSheet(
            f"border: 2px solid {colours.accent}; border-radius: 0; padding: 0 4px; min-height: 0;"
            f" background: {colours.surface}; color: {colours.text};"
        )
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        editor.setGeometry(rect.left(), rect.top(), max(rect.width(), 160), rect.height())


def _is_ours(event: QKeyEvent) -> bool:
    keys = QKeySequence.StandardKey
    return (
        event.matches(keys.Copy)
        or event.matches(keys.Paste)
        or event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
    )
