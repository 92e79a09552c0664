"""What holds for the whole sheet: which one, where its heading is, which rows, and how a text file is cut."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from lastmile_desktop.model import SheetKind, SheetSummary
from lastmile_desktop.pipeline.sheet_choices import order_sheet_names
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.import_view.flow_layout import FlowLayout
from lastmile_desktop.ui.import_view.shown_sheet import Reading

_HEADINGS_OFFERED = 40
_ENCODINGS = (
    ("utf-8", "Unicode (UTF-8)"),
    ("utf-16", "Unicode (UTF-16)"),
    ("cp1252", "Western European"),
    ("cp1250", "Central European"),
    ("cp1251", "Cyrillic"),
    ("cp1253", "Greek"),
    ("cp1254", "Turkish"),
    ("mac_roman", "Western, older Macs"),
)
_DELIMITERS = ((",", "Comma  ,"), (";", "Semicolon  ;"), ("\t", "Tab"), ("|", "Bar  |"))
_DATES = (("", "Dates as recognised"), ("dmy", "Day before month"), ("mdy", "Month before day"))
_KINDS = {SheetKind.ORDERS: "", SheetKind.VEHICLES: " (vehicles)", SheetKind.DEPOTS: " (depots)"}


class ChoiceBar(QWidget):
    """Shows only the choices that this file has. Each signal carries what was chosen."""

    sheet_chosen = Signal(str)
    only_chosen = Signal(bool)
    heading_chosen = Signal(object)
    visible_chosen = Signal(bool)
    encoding_chosen = Signal(str)
    delimiter_chosen = Signal(str)
    dates_chosen = Signal(str)
    same_door_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Choices for the whole sheet")
        flow = FlowLayout(self, 12, 4, theme.GRID_PX)
        self.sheet = self._box(flow, "Sheet", "Sheet with the orders", 130)
        self.only = QCheckBox("Only this sheet", self)
        self.only.setAccessibleName("Take orders from this sheet only")
        flow.addWidget(self.only)
        self.heading = self._box(flow, "Heading", "Row of the heading", 250)
        self.rows = self._box(flow, "Rows", "Which rows to take", 170)
        self.encoding = self._box(flow, "Letters", "Letters of the file (encoding)", 150)
        self.delimiter = self._box(flow, "Columns parted by", "Sign between the columns", 110)
        self.dates = self._box(flow, "Dates", "How dates are written", 150)
        self.same_door = QCheckBox("Orders for one door are one stop", self)
        self.same_door.setAccessibleName("Orders for one door are one stop")
        self.same_door.setToolTip(
            "Several orders for the same name and address are delivered in one stop, with one time to park."
        )
        flow.addWidget(self.same_door)
        self.sheet.activated.connect(lambda _place: self.sheet_chosen.emit(self.sheet.currentData()))
        self.only.clicked.connect(self.only_chosen)
        self.heading.activated.connect(lambda _place: self.heading_chosen.emit(self.heading.currentData()))
        self.rows.activated.connect(lambda _place: self.visible_chosen.emit(self.rows.currentData()))
        self.encoding.activated.connect(lambda _place: self.encoding_chosen.emit(self.encoding.currentData()))
        self.delimiter.activated.connect(
            lambda _place: self.delimiter_chosen.emit(self.delimiter.currentData())
        )
        self.dates.activated.connect(lambda _place: self.dates_chosen.emit(self.dates.currentData()))
        self.same_door.clicked.connect(self.same_door_chosen)

    def show_reading(self, reading: Reading) -> None:
        """Show what holds now, and which other choices the file has."""
        sheets = [(sheet.name, _sheet_words(sheet)) for sheet in reading.report.sheets]
        sheets = list(dict(sheets).items())  # a sheet with several tables is one sheet
        _offer(self.sheet, sheets, reading.sheet.name, len(sheets) > 1)
        several = len(order_sheet_names(reading.report)) > 1
        self.only.setVisible(several or bool(reading.options.orders_sheet))
        self.only.setChecked(bool(reading.options.orders_sheet))
        self._show_heading(reading)
        hidden = len(reading.sheet.preview.hidden_rows)
        layout = reading.sheet.summary.layout if reading.sheet.summary else None
        visible = layout.visible_only if layout is not None else reading.options.visible_only
        rows = [(False, f"All, also {hidden:,} hidden"), (True, f"Only visible, not {hidden:,} hidden")]
        _offer(self.rows, rows, visible, hidden > 0)
        report = reading.report
        is_text = bool(report.encoding or report.delimiter)
        encoding = report.encoding.lower().replace("_", "-").removesuffix("-sig")
        _offer(self.encoding, _ENCODINGS, _known(encoding, _ENCODINGS), is_text)
        _offer(self.delimiter, _DELIMITERS, report.delimiter, is_text)
        has_dates = "date" in reading.sheet.fields.values()
        _offer(self.dates, _DATES, reading.options.date_order, has_dates)
        self.same_door.setChecked(reading.options.same_door)

    def _show_heading(self, reading: Reading) -> None:
        sheet = reading.sheet
        heading = sheet.heading_rows[0] if sheet.heading_rows else None
        rows = list(sheet.preview.rows[:_HEADINGS_OFFERED])
        if heading is not None and heading not in rows:
            rows.append(heading)
        choices: list[tuple[Any, str]] = [(None, "No heading")]
        for row in rows:
            text = " · ".join(part for column in range(1, 9) if (part := sheet.text(row, column).strip()))
            choices.append((row, f"Row {row}   {' '.join(text.split())[:48]}"))
        _offer(self.heading, choices, heading, bool(rows))
        if heading is not None and self.heading.currentIndex() >= 0:
            self.heading.setToolTip(self.heading.currentText())

    def _box(self, flow: FlowLayout, title: str, name: str, width: int) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setFixedWidth(width)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        box.view().setMinimumWidth(max(width, 260))
        label = QLabel(title, self)
        theme.set_role(label, "muted")
        label.setBuddy(box)
        flow.addPair(label, box)
        return box


def _offer(box: QComboBox, choices: Any, chosen: object, possible: bool) -> None:
    """Fill a box; it and its label are hidden when there is nothing to choose."""
    box.clear()
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(next((place for place, (value, _) in enumerate(choices) if value == chosen), -1))
    pair = box.parentWidget()
    if pair is not None:
        pair.setVisible(possible)


def _sheet_words(sheet: SheetSummary) -> str:
    return sheet.name + _KINDS.get(sheet.kind, "") + (" (hidden)" if sheet.hidden_sheet else "")


def _known(encoding: str, choices: tuple[tuple[str, str], ...]) -> str:
    import codecs

    try:
        wanted = codecs.lookup(encoding).name
    except LookupError:
        return ""
    for name, _words in choices:
        known = codecs.lookup(name).name
        if wanted == known or (wanted.startswith("utf-16") and name == "utf-16"):
            return name
    return "cp1252" if wanted in ("iso8859-1", "ascii") else ""
