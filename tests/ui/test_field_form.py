"""The form of the fleet page and of the settings: what is empty and stays empty is no mistake."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from lastmile_desktop.model import Depot, Location, Vehicle
from lastmile_desktop.ui.field_form.field_form import FieldForm
from lastmile_desktop.ui.fleet_view.fleet_edits import value_of
from lastmile_desktop.ui.fleet_view.fleet_fields import VEHICLE_GROUPS


def test_empty_times_of_no_break_are_no_mistake(qtbot: QtBot) -> None:
    form = FieldForm("Van 1", VEHICLE_GROUPS, "EUR")
    qtbot.addWidget(form)
    van = Vehicle("v1", "Van 1", "Ada", start_depot="d", end_depot="d")
    depots = (Depot("d", "Depot", Location(51.05, 3.72)),)
    form.show_values("Van 1", lambda name: value_of(van, name), lambda _changes: None, depots=depots)
    entry = form.editors["driver"].entry
    assert isinstance(entry, QLineEdit)
    entry.setText("Ayse")
    with qtbot.waitSignal(form.changed) as caught:
        qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert caught.args == [{"driver": "Ayse"}]
    assert [editor.sentence for editor in form.editors.values() if editor.sentence] == []
