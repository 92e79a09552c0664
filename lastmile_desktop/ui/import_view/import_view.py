"""The import page: the sheet as the user knows it, what was understood, and nothing taken before a yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import ImportOptions, SheetProblem, SheetSummary, wording
from lastmile_desktop.pipeline import sheet_choices
from lastmile_desktop.pipeline.sheet_choices import column_number
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.import_view import page_words
from lastmile_desktop.ui.import_view.cell_line import CellLine
from lastmile_desktop.ui.import_view.choice_bar import ChoiceBar
from lastmile_desktop.ui.import_view.preview_model import PreviewModel
from lastmile_desktop.ui.import_view.preview_table import PreviewTable
from lastmile_desktop.ui.import_view.sheet_reader import SheetReader
from lastmile_desktop.ui.import_view.shown_sheet import Reading
from lastmile_desktop.ui.import_view.side_panel import SidePanel
from lastmile_desktop.ui.table_parts.message_strip import MessageStrip

_BUSY_AFTER_MS = 150


class ImportView(QWidget):
    """One file on its way into the day. It asks its `SheetReader` for another reading with every choice."""

    accepted = Signal(object, bool)
    """The `Reading` to take, and whether its columns are to be remembered."""
    cancelled = Signal()
    save_rows_wanted = Signal(object)
    """The `Reading` whose rows that are not taken are to be saved."""

    def __init__(self, reader: SheetReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import-page")
        self.setAccessibleName(f"Check {reader.path.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        self.reader = reader
        self.model = PreviewModel(self)
        self.choices = ChoiceBar(self)
        self.cell = CellLine(self)
        self.table = PreviewTable(self.model, self)
        self.side = SidePanel(self)
        self.message = MessageStrip(self)
        self._lay_out()
        self._connect()
        self._begun = False
        self._show(reader.reading, first=True)

    @property
    def reading(self) -> Reading:
        """What is shown."""
        return self.reader.reading

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.reader.path.name

    def stop(self) -> None:
        """Nobody wants another reading."""
        self.reader.stop()

    # ---- making it -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.title = QLabel(f"Check {self.reader.path.name} before it enters the day", self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_role(self.title, "title")
        self.why = QLabel(self)
        self.why.setTextFormat(Qt.TextFormat.PlainText)
        self.why.setWordWrap(True)
        self.busy = QProgressBar(self)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(4)
        self.busy.setAccessibleName("Reading the sheet again")
        kept = self.busy.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(kept)
        self.busy.hide()
        self._busy_soon = QTimer(self)
        self._busy_soon.setSingleShot(True)
        self._busy_soon.setInterval(_BUSY_AFTER_MS)
        self._busy_soon.timeout.connect(self.busy.show)
        words = QVBoxLayout()
        words.setContentsMargins(12, 10, 12, 2)
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.why)
        grid = QWidget(self)
        inside = QVBoxLayout(grid)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.cell)
        inside.addWidget(self.table, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(grid)
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([1000, 368])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(words)
        whole.addWidget(self.choices)
        whole.addWidget(self.busy)
        whole.addWidget(self.splitter, 1)
        whole.addWidget(self.message)
        whole.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QWidget(self)
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(foot, "statusbar")
        self.counts = QLabel(foot)
        self.counts.setAccessibleName("What will be taken")
        self.counts.setWordWrap(True)
        self.counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_role(self.counts, "heading")
        self.lines = QLabel(foot)
        self.lines.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_role(self.lines, "muted")
        sums = QVBoxLayout()
        sums.setSpacing(0)
        sums.addWidget(self.counts)
        sums.addWidget(self.lines)
        self.remember = QCheckBox("Remember the columns", foot)
        self.remember.setAccessibleName(self.remember.text())
        self.undo = self._button("Undo", "Take the last choice on this page back", self.reader.undo)
        self.cancel = self._button("Cancel", "Leave the day as it is", self.cancelled.emit)
        self.accept = self._button("Take the orders", "Take the orders (Ctrl+Return)", self._accept)
        theme.set_role(self.accept, "primary")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(theme.GRID_PX)
        row.addLayout(sums, 1)
        row.addWidget(self.remember)
        row.addSpacing(theme.GRID_PX)
        for button in (self.undo, self.cancel, self.accept):
            row.addWidget(button)
        return foot

    def _button(self, text: str, tip: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: run())
        return button

    def _connect(self) -> None:
        self.reader.read.connect(self._show)
        self.reader.busy_changed.connect(self._set_busy)
        self.reader.progressed.connect(self._show_progress)
        self.reader.failed.connect(self.message.refuse)
        table, side, choices = self.table, self.side, self.choices
        self.model.corrected.connect(self._correct)
        table.moved.connect(self._follow)
        table.field_chosen.connect(self._choose_field)
        for heading in (table.heading_chosen, choices.heading_chosen):
            heading.connect(self._choose_heading)
        for part in (table, side):
            part.aside_wanted.connect(self._set_aside)
            part.back_wanted.connect(self._take_back)
        side.jumped.connect(self._jump)
        side.fixed.connect(self._fix)
        side.save_wanted.connect(lambda: self.save_rows_wanted.emit(self.reading))
        self.cell.typed.connect(self._type)
        self.cell.field_chosen.connect(self._choose_field_here)
        self.cell.restore_wanted.connect(self._restore_cell)
        choices.sheet_chosen.connect(self._choose_sheet)
        choices.only_chosen.connect(self._take_only)
        choices.visible_chosen.connect(
            lambda only: self._change(
                lambda options, sheet: sheet_choices.with_visible_only(options, sheet, only)
            )
        )
        choices.encoding_chosen.connect(lambda value: self._set(encoding=value))
        choices.delimiter_chosen.connect(lambda value: self._set(delimiter=value))
        choices.dates_chosen.connect(lambda value: self._set(date_order=value))
        choices.same_door_chosen.connect(lambda value: self._set(same_door=value))
        theme.watcher().changed.connect(self.table.viewport().update)

    def event(self, event: QEvent) -> bool:
        """Undo belongs to this page while it has the focus, not to the day behind it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_accept(event):
            self._accept()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._undo()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True  # only now is it known which lines fit on the screen
            self.table.show_cell(*self._first_cell())

    # ---- showing -------------------------------------------------------------------------------------

    def _show(self, reading: Reading, first: bool = False) -> None:
        self.model.show_sheet(reading.sheet, reading.options)
        self.table.grow_to_heads()
        self.choices.show_reading(reading)
        self.side.show_reading(reading, first)
        self.why.setText(page_words.why_shown(reading))
        theme.set_role(self.why, "danger" if not reading.report.ok else "muted")
        counts = page_words.count_words(reading.counts)
        self.counts.setText(counts)
        self.counts.setToolTip(counts)
        self.counts.setAccessibleName(f"What will be taken: {counts}")
        self.lines.setText(page_words.lines_words(reading.counts))
        self.lines.setToolTip(self.lines.text())
        layout = reading.sheet.summary.layout if reading.sheet.summary else None
        known = layout is not None and bool(layout.fingerprint)
        self.remember.setEnabled(known)
        self.remember.setToolTip(
            "Sheets with these headings are read this way from now on, whatever the file is called."
            if known
            else "A sheet without headings cannot be known again."
        )
        if first:
            self.remember.setChecked(known)
        if self._begun and not self.table.currentIndex().isValid():
            self.table.show_cell(*self._first_cell())  # another sheet
        self._follow()
        self._show_buttons()

    def _show_buttons(self) -> None:
        orders = len(self.reading.report.orders)
        ready = bool(orders) and not self.reader.busy
        self.accept.setText(f"Take {wording.count(orders, 'order')}" if orders else "Take the orders")
        self.accept.setAccessibleName(self.accept.text())
        self.accept.setEnabled(ready)
        self.undo.setEnabled(self.reader.can_undo and not self.reader.busy)

    def _set_busy(self, busy: bool) -> None:
        if busy:
            self.busy.setRange(0, 0)
            self._busy_soon.start()
        else:
            self._busy_soon.stop()
            self.busy.hide()
        self._show_buttons()

    def _show_progress(self, done: int, total: int) -> None:
        self.busy.setRange(0, total)
        self.busy.setValue(done)

    def say(self, sentence: str, *, warn: bool = False) -> None:
        """A line below the sheet."""
        self.message.tell(sentence, warn=warn)

    def _first_cell(self) -> tuple[int, str]:
        """Where to begin: the first remark of the open list, else the heading, else the first row."""
        problem, sheet = self.side.chosen(), self.reading.sheet
        if problem is not None and problem.sheet == sheet.name and problem.row in sheet.line_of:
            return problem.row, problem.column or "A"
        heading = sheet.heading_rows[0] if sheet.heading_rows else None
        return heading if heading is not None else (sheet.rows[0] if sheet.rows else 1), "A"

    def _follow(self) -> None:
        """Keep the line above the grid, and the list beside it, with the current cell."""
        cell, sheet = self.table.current_cell(), self.reading.sheet
        if cell is None:
            self.cell.show_cell("", "", "", False, False)
            return
        row, letter = cell
        number = column_number(letter)
        overrides = self.reading.options.overrides
        corrected = any((o.sheet, o.row, o.column) == (sheet.name, row, letter) for o in overrides)
        index = self.table.currentIndex()
        editable = bool(self.model.flags(index) & Qt.ItemFlag.ItemIsEditable)
        text = self.model.text(index.row(), index.column())
        self.cell.show_cell(f"{letter}{row}", text, sheet.fields.get(number, ""), editable, corrected)
        self.side.follow_cell(row, letter)

    # ---- choosing ------------------------------------------------------------------------------------

    def _change(self, step: Callable[[ImportOptions, SheetSummary], ImportOptions]) -> None:
        def take(options: ImportOptions, reading: Reading) -> ImportOptions:
            sheet = reading.sheet.summary
            return options if sheet is None else step(options, sheet)

        self.message.clear()
        self.reader.change(take)

    def _set(self, **values: object) -> None:
        self.reader.change(lambda options, _reading: replace(options, **values))  # type: ignore[arg-type]

    def _choose_sheet(self, name: str) -> None:
        """A sheet that is read already is only looked at; another one is read instead."""
        if name in sheet_choices.order_sheet_names(self.reading.report):
            self.reader.look_at(name)
        else:
            self._change(lambda options, _sheet: sheet_choices.with_orders_sheet(options, name))

    def _take_only(self, only: bool) -> None:
        name = self.reading.sheet.name if only else ""
        self._change(lambda options, _sheet: sheet_choices.with_orders_sheet(options, name))

    def _choose_field(self, letter: str, field: str) -> None:
        held = self.reading.sheet.fields.get(column_number(letter), "")
        if held != field:
            self.message.clear()
            self.reader.change(lambda options, reading: _with_field(options, reading, letter, field))

    def _choose_field_here(self, field: str) -> None:
        cell = self.table.current_cell()
        if cell is not None:
            self._choose_field(cell[1], field)

    def _choose_heading(self, row: int | None) -> None:
        self._change(lambda options, sheet: sheet_choices.with_header_row(options, sheet, row))

    # ---- correcting ----------------------------------------------------------------------------------

    def _correct(self, row: int, letter: str, text: str) -> None:
        self._change(lambda options, sheet: sheet_choices.with_cell(options, sheet.name, row, letter, text))

    def _type(self, text: str) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.model.setData(index, text)

    def _restore_cell(self) -> None:
        cell = self.table.current_cell()
        if cell is not None:
            row, letter = cell
            self._change(lambda options, sheet: sheet_choices.without_cell(options, sheet.name, row, letter))
            self.table.setFocus()

    def _fix(self, problems: list[SheetProblem]) -> None:
        def step(options: ImportOptions, _sheet: SheetSummary) -> ImportOptions:
            for problem in problems:
                for fix in problem.fix:
                    options = sheet_choices.with_cell(
                        options, problem.sheet, problem.row, fix.column, fix.text
                    )
            return options

        self._change(step)

    def _set_aside(self, rows: list[int]) -> None:
        self._change(lambda options, sheet: sheet_choices.with_rows_aside(options, sheet.name, rows))

    def _take_back(self, rows: list[int]) -> None:
        self._change(lambda options, sheet: sheet_choices.with_rows_back(options, sheet.name, rows))

    # ---- going places --------------------------------------------------------------------------------

    def _jump(self, row: int, letter: str) -> None:
        if self.table.show_cell(row, letter):
            self.table.setFocus()
        else:
            self.say(f"Row {row} is blank in the sheet.")

    def _accept(self) -> None:
        if self.accept.isEnabled():
            self.accepted.emit(self.reading, self.remember.isEnabled() and self.remember.isChecked())

    def _undo(self) -> None:
        if self.undo.isEnabled():
            self.reader.undo()


def _with_field(options: ImportOptions, reading: Reading, letter: str, field: str) -> ImportOptions:
    sheet = reading.sheet.summary
    if sheet is None:
        return options
    return sheet_choices.with_field_in_all(options, reading.report, sheet, letter, field)


def _is_accept(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _is_ours(event: QKeyEvent) -> bool:
    return _is_accept(event) or event.matches(QKeySequence.StandardKey.Undo)
