"""The settings: a window beside the day that can stay open; what is changed holds at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lastmile_desktop.model import DayState
from lastmile_desktop.pipeline import edits
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.field_form.field_form import FieldForm
from lastmile_desktop.ui.session import Change, Session
from lastmile_desktop.ui.settings_view.settings_fields import (
    ADDRESS_FIELDS,
    DAY_FIELDS,
    GOAL_FIELDS,
    MAP_FIELDS,
    PROGRAM_FIELDS,
    SETTINGS_GROUPS,
    WISH_FIELDS,
)
from lastmile_desktop.ui.settings_view.settings_memory import SettingsMemory

_DAY_NAMES = tuple(field.name for field in (*DAY_FIELDS, *WISH_FIELDS))
_GOAL_NAMES = tuple(field.name for field in GOAL_FIELDS)
_MAP_NAMES = tuple(field.name for field in MAP_FIELDS)
_ADDRESS_NAMES = tuple(field.name for field in ADDRESS_FIELDS)
_LABELS = {field.name: field.what for field in (*DAY_FIELDS, *GOAL_FIELDS, *WISH_FIELDS, *PROGRAM_FIELDS)}


class SettingsDialog(QDialog):
    """Changes the day's settings as undoable steps, and keeps them and the program's own for new days."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._memory = SettingsMemory.of(session)
        self._cluster = session.firm.settings().cluster_address
        self._map = {name: str(getattr(session.firm.settings(), name)) for name in _MAP_NAMES}
        self._day_parts = session.firm.settings().day_parts
        self._online = {name: str(getattr(session.firm.settings(), name)) for name in _ADDRESS_NAMES}
        self.setWindowTitle("Settings")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        self.form = FieldForm("Settings", SETTINGS_GROUPS, session.state.day.settings.currency, self)
        note = QLabel("Changes hold at once. Undo takes back what concerns the day.", self)
        note.setWordWrap(True)
        theme.set_role(note, "muted")
        self.sheets_button = QPushButton("Known sheets…", self)
        self.sheets_button.setAccessibleName("Known sheets: how their columns are read")
        self.sheets_button.setToolTip("Sheets whose columns are remembered, and how to forget them")
        self.sheets_button.setAutoDefault(False)
        self.sheets_button.clicked.connect(self._open_sheets)
        self.customers_button = QPushButton("Known customers…", self)
        self.customers_button.setAccessibleName("Known customers")
        self.customers_button.setAutoDefault(False)
        self.customers_button.clicked.connect(self._open_customers)
        self.close_button = QPushButton("Close", self)
        self.close_button.setAccessibleName("Close the settings")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 0, 16, 16)
        buttons.addWidget(self.sheets_button)
        buttons.addWidget(self.customers_button)
        buttons.addWidget(note, 1)
        buttons.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.form, 1)
        whole.addLayout(buttons)
        self.form.changed.connect(self._change)
        session.changed.connect(self._take)
        theme.watcher().changed.connect(self._show_values)
        self.resize(500, 640)
        self._show_values()

    def done(self, result: int) -> None:
        """Escape and Close take what is being typed, as leaving its field would."""
        self.form.commit()
        super().done(result)

    def _open_customers(self) -> None:
        from lastmile_desktop.ui.settings_view.known_customers import KnownCustomers

        customers = KnownCustomers(self._session, self)
        customers.setObjectName("known-customers")
        customers.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        customers.show()

    def _open_sheets(self) -> None:
        from lastmile_desktop.ui.settings_view.known_sheets import KnownSheets

        sheets = KnownSheets(self._session, self)
        sheets.setObjectName("known-sheets")
        sheets.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheets.show()

    def _take(self, change: Change) -> None:
        if change & Change.SETTINGS:
            self._show_values()

    def _show_values(self) -> None:
        settings = self._session.state.day.settings

        def value_of(name: str) -> Any:
            if name in _GOAL_NAMES:
                return getattr(settings.goals, name)
            if name in _MAP_NAMES:
                return self._map[name]
            if name in _ADDRESS_NAMES:
                return self._online[name]
            if name == "cluster_address":
                return self._cluster
            if name == "day_parts":
                return self._day_parts
            return getattr(settings, name) if name in _DAY_NAMES else theme.watcher().choice

        self.form.show_values("Settings", value_of, lambda _changes: None, currency=settings.currency)

    def _change(self, changes: dict[str, Any]) -> None:
        of_day = {name: value for name, value in changes.items() if name in _DAY_NAMES}
        goals = {name: value for name, value in changes.items() if name in _GOAL_NAMES}
        if "theme" in changes:
            theme.watcher().follow(changes["theme"])
            self._memory.keep_theme(changes["theme"])
        if "cluster_address" in changes:
            self._cluster = changes["cluster_address"]
            self._memory.keep_cluster(self._cluster)
            self._show_values()
        if "day_parts" in changes:
            self._day_parts = changes["day_parts"]
            self._memory.keep_day_parts(self._day_parts)
            self._show_values()
        of_map = {name: value for name, value in changes.items() if name in _MAP_NAMES}
        if of_map:
            self._map |= of_map
            self._memory.keep_map(dict(self._map))
            self._show_values()
        online = {name: value for name, value in changes.items() if name in _ADDRESS_NAMES}
        if online:
            self._online |= online
            self._memory.keep_online(dict(self._online))
            self._show_values()
        if not of_day and not goals:
            return
        self._memory.follow([*of_day, *(["goals"] if goals else [])])
        names = [*of_day, *goals]
        what = _LABELS[names[0]] if len(names) == 1 else "settings"

        def edit(state: DayState) -> DayState:
            settings = state.day.settings
            wanted = replace(settings, **of_day, goals=replace(settings.goals, **goals))
            return edits.change_settings(state, wanted)

        self._session.do(f"Change {what}", edit)
