"""The form for an order that comes in by phone; its fields are columns of the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import Order
from lastmile_desktop.pipeline.typed_values import NotUnderstoodError, amount_text
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.orders_view.order_columns import COLUMN_OF, COLUMNS, Column
from lastmile_desktop.ui.orders_view.orders_model import OrdersModel

#: The rows of the form; two short fields share one.
_ROWS: tuple[tuple[str, ...], ...] = (
    ("id",),
    ("name",),
    ("address",),
    ("location",),
    ("windows",),
    ("quantity_milli", "service_s"),
    ("weight_g", "volume_cm3"),
    ("phone",),
    ("email",),
    ("skills",),
    ("priority", "kind"),
    ("setup_s", "position"),
    ("preferred_driver",),
    ("only_vehicles",),
    ("barred_vehicles",),
    ("same_van", "shipment"),
    ("notes",),
)
_FIELDS = tuple(field for row in _ROWS for field in row)
_DEFAULTS = {"priority": "Normal", "kind": "Delivery", "position": "Anywhere"}
_LABELS = {"weight_g": "Weight kg", "volume_cm3": "m³", "service_s": "Minutes"}
_WIDTH_PX = 380


class OrderForm(QWidget):
    """Asks for one order; `submitted` carries it. Wrong values get a sentence below their field."""

    submitted = Signal(object)
    cancelled = Signal()

    def __init__(self, orders: OrdersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._orders = orders
        self._inputs: dict[str, QLineEdit | QComboBox] = {}
        self._errors: dict[str, QLabel] = {}
        self.setFixedWidth(_WIDTH_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        title = QLabel("Add an order", self)
        theme.set_role(title, "heading")
        self.why = QLabel(self)
        self.why.setTextFormat(Qt.TextFormat.PlainText)
        self.why.setWordWrap(True)
        theme.set_role(self.why, "muted")
        self.add_button = QPushButton("Add order", self)
        theme.set_role(self.add_button, "primary")
        self.add_button.setAccessibleName("Add this order to the day")
        self.cancel_button = QPushButton("Cancel", self)
        self.cancel_button.setAccessibleName("Close the form without adding an order")
        self.add_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.cancelled)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        buttons.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(theme.GRID_PX)
        column.addWidget(title)
        column.addWidget(self.why)
        column.addWidget(self._make_fields(), 1)
        column.addLayout(buttons)

    def start(self, number: str, service_s: int, why: str = "") -> None:
        """Begin an order with this number; ``why`` is a sentence to keep in view, "" for none."""
        for field, entry in self._inputs.items():
            if isinstance(entry, QLineEdit):
                entry.clear()
            else:
                entry.setCurrentText(_DEFAULTS[field])
            self._say(field, "")
        self._line("id").setText(number)
        self._line("quantity_milli").setText("1")
        self._line("service_s").setText(amount_text(service_s, 60))
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self._line("name").setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Hand the order over, or say at each field what is wrong and go to the first of them."""
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for field in _FIELDS:
            read = self._read(field)
            if read is None:
                wrong.append(field)
            else:
                values.update(read)
        if not wrong and not values["name"] and not values["address"]:
            self._say("name", "Please write a name or an address.")
            wrong = ["name"]
        if wrong:
            self._inputs[wrong[0]].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.submitted.emit(Order(key=f"added-{uuid4().hex}", **values))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

    def sentence(self, field: str) -> str:
        """What is said below a field, "" when it is fine."""
        return self._errors[field].text()

    def _make_fields(self) -> QScrollArea:
        inner = QWidget(self)
        theme.set_role(inner, "panel")
        form = QFormLayout(inner)
        form.setContentsMargins(0, 0, theme.GRID_PX, 0)
        form.setVerticalSpacing(6)
        form.setHorizontalSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for row in _ROWS:
            boxes = [self._make_entry(COLUMNS[COLUMN_OF[field]], inner) for field in row]
            line = QHBoxLayout()
            line.setSpacing(theme.GRID_PX)
            for field, box in zip(row, boxes, strict=True):
                if field != row[0]:
                    label = self._make_label(field, inner)
                    label.setContentsMargins(0, 6, 0, 0)
                    line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(box, 1)
            form.addRow(self._make_label(row[0], inner), line)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    def _make_label(self, field: str, parent: QWidget) -> QLabel:
        label = QLabel(_LABELS.get(field, COLUMNS[COLUMN_OF[field]].title), parent)
        label.setBuddy(self._inputs[field])
        label.setContentsMargins(0, 3, 0, 0)
        return label

    def _make_entry(self, column: Column, parent: QWidget) -> QWidget:
        entry: QLineEdit | QComboBox
        if column.choices:
            entry = QComboBox(parent)
            entry.addItems(column.choices)
        else:
            entry = QLineEdit(parent)
            entry.setPlaceholderText("" if column.numeric else column.hint)
            entry.editingFinished.connect(lambda: self._read(column.field))
        entry.setAccessibleName(column.title)
        entry.setToolTip(column.hint)
        error = QLabel(parent)
        error.setTextFormat(Qt.TextFormat.PlainText)
        error.setWordWrap(True)
        error.hide()
        theme.set_role(error, "danger")
        self._inputs[column.field], self._errors[column.field] = entry, error
        box = QWidget(parent)
        stack = QVBoxLayout(box)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(2)
        stack.addWidget(entry)
        stack.addWidget(error)
        return box

    def _read(self, field: str) -> Mapping[str, Any] | None:
        entry = self._inputs[field]
        text = entry.currentText() if isinstance(entry, QComboBox) else entry.text()
        try:
            values = self._orders.values_of(COLUMNS[COLUMN_OF[field]], text)
        except NotUnderstoodError as error:
            self._say(field, str(error))
            return None
        self._say(field, "")
        return values

    def _say(self, field: str, sentence: str) -> None:
        label = self._errors[field]
        label.setText(sentence)
        label.setVisible(bool(sentence))
        self._inputs[field].setAccessibleDescription(sentence)

    def _line(self, field: str) -> QLineEdit:
        entry = self._inputs[field]
        assert isinstance(entry, QLineEdit)
        return entry
