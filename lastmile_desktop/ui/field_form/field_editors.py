"""One editor for each kind of field; each tells when a value is finished, and takes a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import Depot
from lastmile_desktop.pipeline.typed_values import NotUnderstoodError
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.field_form.fields import Field, FieldKind

#: Arrow clicks in a row are one change, and one step to undo.
_SETTLE_MS = 500


class LimitSpin(QDoubleSpinBox):
    """A number with a unit whose lowest value is no number ("no limit"); an empty field means the same."""

    def __init__(self, field: Field, unit: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._none_text = field.none_text
        self._is_money = field.per_unit == 100
        self.setDecimals(field.decimals)
        self.setSingleStep(field.step)
        self.setRange(-field.step if field.none_text else field.least, field.most)
        self.setSuffix(unit)
        self.setSpecialValueText(field.none_text)
        self.setGroupSeparatorShown(False)
        self.lineEdit().setTextMargins(6, 0, 0, 0)  # the style sheet's padding does not reach inside
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """An empty field is a finished entry where "no limit" is one."""
        if self._none_text and not self._number(text):
            return QValidator.State.Acceptable, text, position
        return super().validate(text, position)

    def valueFromText(self, text: str) -> float:
        if self._none_text and not self._number(text):
            return self.minimum()
        return super().valueFromText(text)

    def textFromValue(self, value: float) -> str:
        """Without needless decimals, except for money: 900 kg, 12.5 kg, 40.00 EUR."""
        text = f"{value:.{self.decimals()}f}"
        text = text.rstrip("0").rstrip(".") if "." in text and not self._is_money else text
        return text.replace(".", self.locale().decimalPoint())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the form must not turn the numbers in it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _number(self, text: str) -> str:
        return text.removesuffix(self.suffix().strip()).strip().removesuffix(self._none_text)


class CalmCombo(QComboBox):
    """A list that the wheel changes only while it has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the form must not change the choice."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CalmSlider(QSlider):
    """A slider between two ends; the wheel moves it only while it has the focus."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(field.least, field.most)
        self.setSingleStep(int(field.step))
        self.setPageStep(4 * int(field.step))
        self.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.setTickInterval(max(1, (field.most - field.least) // 4))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the form must not move the slider."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class FieldEditor(QWidget):
    """The editor of one field with a line for remarks below it. `finished` when a value is complete."""

    finished = Signal(str)

    def __init__(self, field: Field, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self._shown: Any = None
        self._choices: list[Any] = [value for value, _text in field.choices]
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._finish)
        self.entry = self._make_entry(field, currency)
        self.entry.setAccessibleName(field.label)
        self.entry.setToolTip(field.hint)
        self.remark = QLabel(self)
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setWordWrap(True)
        self.remark.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.entry)
        if field.kind is FieldKind.SLIDER:
            column.addLayout(self._make_ends(field))
        column.addWidget(self.remark)
        self.setFocusProxy(self.entry)

    def _make_ends(self, field: Field) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        for text in field.ends:
            if row.count():
                row.addStretch(1)
            label = QLabel(text, self)
            theme.set_role(label, "muted")
            row.addWidget(label)
        return row

    def _make_entry(self, field: Field, currency: str) -> QLineEdit | LimitSpin | CalmCombo | CalmSlider:
        if field.kind is FieldKind.SLIDER:
            slider = CalmSlider(field, self)
            slider.valueChanged.connect(lambda _value: self._settle.start())
            slider.sliderReleased.connect(self._finish)
            return slider
        if field.kind in (FieldKind.LIMIT, FieldKind.AMOUNT):
            spin = LimitSpin(field, field.unit.format(currency=currency), self)
            spin.valueChanged.connect(lambda _value: self._settle.start())
            spin.editingFinished.connect(self._finish)
            return spin
        if field.kind in (FieldKind.CHOICE, FieldKind.DEPOT, FieldKind.DEPOT_OR_OPEN):
            combo = CalmCombo(self)
            combo.addItems([text for _value, text in field.choices])
            combo.activated.connect(lambda _row: self._finish())
            return combo
        line = QLineEdit(self)
        line.setPlaceholderText(field.hint)
        line.editingFinished.connect(self._finish)
        return line

    # ---- the value -----------------------------------------------------------------------------------

    def show_value(self, value: Any, currency: str = "") -> None:
        """Show a value. What is being typed right now is left alone while the value behind it is the same."""
        if self._is_being_typed() and value == self._shown:
            return
        self._shown = value
        self._settle.stop()
        with QSignalBlocker(self.entry):
            if isinstance(self.entry, LimitSpin):
                if currency:
                    self.entry.setSuffix(self.field.unit.format(currency=currency))
                shown = self.entry.minimum() if value is None else value / self.field.per_unit
                self.entry.setValue(shown)
            elif isinstance(self.entry, CalmSlider):
                self.entry.setValue(value // self.field.per_unit)
            elif isinstance(self.entry, CalmCombo):
                self.entry.setCurrentIndex(self._choices.index(value) if value in self._choices else -1)
            else:
                self.entry.setText("" if value is None else self.field.text(value))
        self.say("")

    def set_depots(self, depots: Sequence[Depot]) -> None:
        """Offer these depots."""
        if not isinstance(self.entry, CalmCombo) or self.field.kind is FieldKind.CHOICE:
            return
        names = [depot.name for depot in depots]
        keys: list[Any] = [depot.key for depot in depots]
        if self.field.kind is FieldKind.DEPOT_OR_OPEN:
            names.append(self.field.none_text)
            keys.append(None)
        self._choices = keys
        with QSignalBlocker(self.entry):
            self.entry.clear()
            self.entry.addItems(names)

    def value(self) -> Any:
        """The value in the editor. Raises NotUnderstoodError with a sentence."""
        if isinstance(self.entry, LimitSpin):
            if self.field.none_text and self.entry.value() < 0:
                return None
            return round(self.entry.value() * self.field.per_unit)
        if isinstance(self.entry, CalmSlider):
            return self.entry.value() * self.field.per_unit
        if isinstance(self.entry, CalmCombo):
            row = self.entry.currentIndex()
            return self._choices[row] if row >= 0 else self._shown
        text = self.entry.text()
        if self._shown is None and not text.strip():
            return None  # empty before and after: nothing to understand
        if self._shown is not None and text == self.field.text(self._shown):
            return self._shown  # looked at, not changed: seconds that are not shown are not lost
        return self.field.read(text)

    def is_changed(self) -> bool:
        """True when the editor holds something else than was shown, understood or not."""
        try:
            return bool(self.value() != self._shown)
        except NotUnderstoodError:
            return True

    def say(self, sentence: str, role: str = "danger") -> None:
        """Say something below the field, "" for nothing; also to those who cannot see it."""
        theme.set_role(self.remark, role)
        self.remark.setText(sentence)
        self.remark.setVisible(bool(sentence))
        self.entry.setAccessibleDescription(sentence)

    @property
    def sentence(self) -> str:
        """What is said below the field."""
        return self.remark.text()

    def _is_being_typed(self) -> bool:
        return self.entry.hasFocus() and self.is_changed()

    def _finish(self) -> None:
        self._settle.stop()
        self.finished.emit(self.field.name)
