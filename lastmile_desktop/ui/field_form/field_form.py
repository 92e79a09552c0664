"""A form made from declared fields: it shows one thing's values and hands over what a person changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from lastmile_desktop.model import Depot
from lastmile_desktop.pipeline.typed_values import NotUnderstoodError
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.field_form.field_editors import FieldEditor
from lastmile_desktop.ui.field_form.fields import Field, Group, WrongFieldError

#: Tries changed values; raises WrongFieldError when they do not go together.
Check = Callable[[dict[str, Any]], None]


class FieldForm(QWidget):
    """`changed` carries all field values that a person changed and that go together."""

    changed = Signal(object)

    def __init__(
        self, title: str, groups: Sequence[Group], currency: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        self._check: Check = lambda _changes: None
        self.editors: dict[str, FieldEditor] = {}
        self.title = QLabel(title, self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        theme.set_role(self.title, "heading")
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        theme.set_role(self.note, "muted")
        self.note.hide()
        self.inner = QWidget(self)
        theme.set_role(self.inner, "panel")
        self.column = QVBoxLayout(self.inner)
        self.column.setContentsMargins(0, 0, theme.GRID_PX, theme.GRID_PX)
        self.column.setSpacing(theme.GRID_PX)
        for group in groups:
            self._add_group(group, currency)
        self.column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 8, 8)
        whole.setSpacing(theme.GRID_PX)
        whole.addWidget(self.title)
        whole.addWidget(self.note)
        whole.addWidget(self._area, 1)

    def _add_group(self, group: Group, currency: str) -> None:
        if group.title:
            heading = QLabel(group.title, self.inner)
            theme.set_role(heading, "muted")
            heading.setStyleSheet("font-weight: 600;")
            heading.setContentsMargins(0, 6, 0, 0)
            self.column.addWidget(heading)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(6)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in group.fields:
            form.addRow(self._make_label(field), self._make_editor(field, currency))
            form.labelForField(self.editors[field.name]).setBuddy(self.editors[field.name].entry)  # type: ignore[attr-defined]
        self.column.addLayout(form)

    def _make_label(self, field: Field) -> QLabel:
        label = QLabel(field.label, self.inner)
        label.setFixedWidth(84)
        label.setContentsMargins(0, 3, 0, 0)
        return label

    def _make_editor(self, field: Field, currency: str) -> FieldEditor:
        editor = FieldEditor(field, currency, self.inner)
        editor.finished.connect(self._take)
        self.editors[field.name] = editor
        return editor

    # ---- showing and taking --------------------------------------------------------------------------

    def show_values(
        self,
        title: str,
        value_of: Callable[[str], Any],
        check: Check,
        *,
        depots: Sequence[Depot] = (),
        currency: str = "",
    ) -> None:
        """Show the values of one thing; ``check`` is asked before changed values are handed over."""
        self.title.setText(title)
        self._check = check
        for name, editor in self.editors.items():
            editor.set_depots(depots)
            editor.show_value(value_of(name), currency)

    def commit(self) -> None:
        """Hand over what is being typed, as if the person had left the field."""
        self._take("")

    def _take(self, _name: str) -> None:
        changes: dict[str, Any] = {}
        for name, editor in self.editors.items():
            if not editor.is_changed():
                if editor.remark.property("role") == "danger":
                    editor.say("")
                continue
            try:
                changes[name] = editor.value()
            except NotUnderstoodError as error:
                editor.say(str(error))
        if not changes:
            return
        try:
            self._check(changes)
        except WrongFieldError as error:
            self.editors[error.field].say(str(error))
            return
        for name in changes:
            self.editors[name].say("")
        self.changed.emit(changes)
