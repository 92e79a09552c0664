"""Beside the grid: the remarks, the chosen one in full with its fix, and the rows that are set aside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QGridLayout,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import LineKind, Severity, SheetProblem
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.import_view.doubt_delegate import DoubtDelegate, fix_words
from lastmile_desktop.ui.import_view.doubt_model import AsideModel, DoubtModel, place_words
from lastmile_desktop.ui.import_view.shown_sheet import Reading

_WIDTH_PX = 368
_ASIDE = "aside"
_WAITING = "waiting_for_position"
_TITLES = {
    Severity.ERROR: "Left out",
    Severity.ATTENTION: "Attention",
    Severity.INFO: "Remarks",
    _ASIDE: "Not taken",
}
_EMPTY = {
    Severity.ERROR: "No row was left out.",
    Severity.ATTENTION: "Nothing needs attention.",
    Severity.INFO: "There are no remarks.",
}


class SidePanel(QWidget):
    """Lists and a card. Wishes are signals: a fix, a jump, rows to set aside, to take back or to save."""

    jumped = Signal(int, str)
    """Row and column letter."""
    fixed = Signal(list)
    """The remarks whose suggestion is to be written."""
    aside_wanted = Signal(list)
    back_wanted = Signal(list)
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        self.setMinimumWidth(300)
        self._sheet = ""
        self.doubts, self.aside = DoubtModel(self), AsideModel(self)
        self.buttons: dict[str, QPushButton] = {}
        self.list = _EntryList(self.doubts, "Remarks on the sheet", self)
        self.aside_list = _EntryList(self.aside, "Rows that are not taken", self)
        self._delegate = DoubtDelegate(self)
        self._delegate.fix_pressed.connect(lambda problem: self.fixed.emit([problem]))
        for view in (self.list, self.aside_list):
            view.setItemDelegate(self._delegate)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self._doubts_page())
        self.pages.addWidget(self._aside_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._switches())
        column.addWidget(self.pages, 1)
        self.list.chosen.connect(self._show_chosen)
        self.list.pressed_on.connect(self._jump)
        self.aside_list.pressed_on.connect(self._jump_to_row)
        self.aside_list.chosen.connect(self._show_aside)
        self.show_list(Severity.ATTENTION)

    # ---- making it -----------------------------------------------------------------------------------

    def _switches(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(8, 8, 8, 6)
        grid.setSpacing(4)
        group = QButtonGroup(self)
        for place, (name, title) in enumerate(_TITLES.items()):
            button = QPushButton(title, self)
            button.setCheckable(True)
            theme.set_role(button, "quiet")
            button.clicked.connect(lambda _on, chosen=name: self.show_list(chosen))
            group.addButton(button)
            self.buttons[name] = button
            grid.addWidget(button, 0, place)
        return grid

    def _doubts_page(self) -> QWidget:
        page = QWidget(self)
        self.card = QWidget(page)
        self.card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self.card, "statusbar")
        self.place = QLabel(self.card)
        theme.set_role(self.place, "heading")
        self.message = QLabel(self.card)
        self.found = QLabel(self.card)
        theme.set_role(self.found, "muted")
        for label in (self.message, self.found):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fix = _button("", self.card, lambda: self._fix_chosen(alike=False))
        self.fix_all = _button("", self.card, lambda: self._fix_chosen(alike=True))
        self.put_aside = _button("Set this row aside", self.card, self._put_aside)
        self.go = _button("Go to the cell", self.card, lambda: self._jump(self.list.currentIndex()))
        buttons = QGridLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.fix, 0, 0, 1, 2)
        buttons.addWidget(self.fix_all, 1, 0, 1, 2)
        buttons.addWidget(self.go, 2, 0)
        buttons.addWidget(self.put_aside, 2, 1)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(12, 10, 12, 12)
        inside.setSpacing(6)
        for part in (self.place, self.message, self.found):
            inside.addWidget(part)
        inside.addLayout(buttons)
        self.nothing = QLabel(page)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self.nothing, "muted")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.card)
        return page

    def _aside_page(self) -> QWidget:
        page = QWidget(self)
        self.aside_words = QLabel(page)
        self.aside_words.setWordWrap(True)
        self.aside_words.setContentsMargins(12, 4, 12, 8)
        theme.set_role(self.aside_words, "muted")
        self.back = _button("Take the row back", page, self._take_back)
        self.back_all = _button("Take all back", page, lambda: self.back_wanted.emit(self._taken_out()))
        self.save = _button("Save these rows as a workbook…", page, self.save_wanted.emit)
        grid = QGridLayout()
        grid.setContentsMargins(12, 8, 12, 12)
        grid.setSpacing(6)
        grid.addWidget(self.back, 0, 0)
        grid.addWidget(self.back_all, 0, 1)
        grid.addWidget(self.save, 1, 0, 1, 2)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.aside_words)
        column.addWidget(self.aside_list, 1)
        column.addLayout(grid)
        return page

    # ---- what is shown -------------------------------------------------------------------------------

    def show_reading(self, reading: Reading, first: bool) -> None:
        """Show another reading; on the ``first`` one the gravest list that has entries is opened."""
        self._sheet = reading.sheet.name
        before, aside_before = self.list.currentIndex().row(), self.aside_list.currentIndex().row()
        # Why not those that wait: most sheets have addresses only, and their number stands below the sheet.
        told = [p for p in reading.report.problems if p.category != _WAITING]
        self.doubts.show_problems(told)
        self.aside.show_sheet(reading.sheet)
        self.aside_list.choose(min(max(0, aside_before), self.aside.rowCount() - 1))
        for name, title in _TITLES.items():
            count = len(self.aside.rows) if name == _ASIDE else self.doubts.count(Severity(name))
            self.buttons[name].setText(f"{title} {count:,}")
            self.buttons[name].setAccessibleName(f"{title}: {count:,}")
        if first:
            filled = (severity for severity in Severity if self.doubts.count(severity))
            self.show_list(next(filled, Severity.ATTENTION))
        else:
            self.list.choose(min(max(0, before), self.doubts.rowCount() - 1))
            self._show_chosen()
        self._show_aside()

    def show_list(self, name: str) -> None:
        """Open one of the lists by its severity, or the rows that are not taken."""
        self.buttons[name].setChecked(True)
        self.pages.setCurrentIndex(1 if name == _ASIDE else 0)
        if name != _ASIDE:
            self.doubts.set_only(Severity(name))
            self.nothing.setText(_EMPTY[Severity(name)])
            self.list.choose(0)
            self._show_chosen()

    def follow_cell(self, row: int, letter: str) -> None:
        """The person went to a cell: choose its remark, if the open list has one."""
        chosen = self.chosen()
        if chosen is not None and (chosen.row, chosen.column) == (row, letter):
            return
        line = self.doubts.line_at_or_after(row, letter)
        if line is not None:
            self.list.choose(line)

    def chosen(self) -> SheetProblem | None:
        """The remark that is chosen."""
        index = self.list.currentIndex()
        return self.doubts.problem_at(index.row()) if index.isValid() else None

    def _show_chosen(self) -> None:
        problem = self.chosen()
        has_any = self.doubts.rowCount() > 0
        self.list.setVisible(has_any)
        self.nothing.setVisible(not has_any)
        self.card.setVisible(problem is not None)
        if problem is None:
            return
        here = problem.sheet == self._sheet
        self.place.setText(place_words(problem) if here else f"{problem.sheet}, {place_words(problem)}")
        self.message.setText(problem.message)
        self.found.setText(f"It says: {problem.found}" if problem.found else "")
        self.found.setVisible(bool(problem.found))
        words = fix_words(problem) if problem.fix else ""
        alike = len(self._alike(problem))
        for button, text, shown in (
            (self.fix, words, bool(problem.fix) and here),
            (self.fix_all, f"The same in all {alike:,} such cells", alike > 1 and here),
        ):
            button.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, _WIDTH_PX - 70))
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.setVisible(shown)
        self.go.setEnabled(here)
        self.put_aside.setVisible(here and problem.severity is Severity.ATTENTION)

    def _alike(self, problem: SheetProblem) -> list[SheetProblem]:
        """All remarks of the list that say the same about the same text, with the same fix."""
        if not problem.fix:
            return []
        mark = (problem.sheet, problem.category, problem.found, problem.column, problem.fix)
        lines = (self.doubts.problem_at(line) for line in range(self.doubts.rowCount()))
        return [p for p in lines if (p.sheet, p.category, p.found, p.column, p.fix) == mark]

    def _show_aside(self) -> None:
        rows, out = self.aside.rows, self._taken_out()
        self.aside_words.setText(
            "Save them as a workbook, correct them there, and open that workbook: its orders join the day."
            if rows
            else "All rows that were meant as orders are taken."
        )
        index = self.aside_list.currentIndex()
        chosen = self.aside.row_at(index.row())[1] if index.isValid() else None
        self.back.setEnabled(chosen is LineKind.SET_ASIDE)
        self.back_all.setEnabled(bool(out))
        self.save.setEnabled(bool(rows))

    def _taken_out(self) -> list[int]:
        entries = (self.aside.row_at(line) for line in range(self.aside.rowCount()))
        return [row for row, kind in entries if kind is LineKind.SET_ASIDE]

    # ---- what is wished ------------------------------------------------------------------------------

    def _jump(self, index: QModelIndex) -> None:
        if index.isValid():
            problem = self.doubts.problem_at(index.row())
            if problem.sheet == self._sheet:
                self.jumped.emit(problem.row, problem.column)

    def _jump_to_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.jumped.emit(self.aside.row_at(index.row())[0], "")

    def _fix_chosen(self, *, alike: bool) -> None:
        problem = self.chosen()
        if problem is not None and problem.fix:
            self.fixed.emit(self._alike(problem) if alike else [problem])

    def _put_aside(self) -> None:
        problem = self.chosen()
        if problem is not None:
            self.aside_wanted.emit([problem.row])

    def _take_back(self) -> None:
        index = self.aside_list.currentIndex()
        if index.isValid():
            self.back_wanted.emit([self.aside.row_at(index.row())[0]])


class _EntryList(QListView):
    """A list whose entries are chosen by moving and gone to by a click or Enter."""

    chosen = Signal()
    pressed_on = Signal(QModelIndex)

    def __init__(self, model: QAbstractItemModel, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self.clicked.connect(self.pressed_on)

    def choose(self, line: int) -> None:
        """Make an entry the current one."""
        index = self.model().index(line, 0)
        self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed_on.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _button(text: str, parent: QWidget, run: Callable[[], None], role: str = "") -> QPushButton:
    button = QPushButton(text, parent)
    button.setAccessibleName(text)
    if role:
        theme.set_role(button, role)
    button.clicked.connect(lambda: run())
    return button
