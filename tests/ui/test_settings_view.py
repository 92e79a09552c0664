"""The settings dialog against a real session and the firm's real memory."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QPushButton

from lastmile_desktop.basemap.sources import MbTiles
from lastmile_desktop.model import DaySettings, EvenBy, Goals, TrafficPeriod
from lastmile_desktop.pipeline import edits
from lastmile_desktop.store.app_settings import MapPicture, Theme
from lastmile_desktop.store.firm import FirmMemory
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.map_ground import MapGround
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.settings_view import SettingsDialog


@pytest.fixture
def session(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("LASTMILE_HOME", str(tmp_path))
    folders = Folders(tmp_path)
    firm = FirmMemory(folders)
    made = Session(firm, folders)
    yield made
    made.close(discard=True)
    firm.close()


@pytest.fixture
def dialog(qtbot, session):
    choice = theme.watcher().choice
    made = SettingsDialog(session)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    theme.watcher().follow(choice)


def settle(qtbot, session: Session) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not session.busy, timeout=10_000)


def type_field(qtbot, dialog: SettingsDialog, field: str, text: str) -> None:
    entry = dialog.form.editors[field].entry
    entry.setFocus()
    entry.selectAll()
    qtbot.keyClicks(entry, text)
    qtbot.keyClick(entry, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("plan_seconds", "45", 45),
        ("drive_time_percent", "120", 120),
        ("default_service_s", "7.5", 450),
        ("currency", "chf", "CHF"),
    ],
)
def test_a_setting_holds_for_the_day_and_for_new_days_and_undo_takes_both_back(
    qtbot, session, dialog, field, text, expected
):
    before = getattr(session.state.day.settings, field)
    type_field(qtbot, dialog, field, text)
    settle(qtbot, session)
    assert getattr(session.state.day.settings, field) == expected
    assert getattr(session.firm.settings(), field) == expected
    assert dialog.isVisible(), "Enter finishes a field, not the dialog"
    session.undo()
    settle(qtbot, session)
    assert getattr(session.state.day.settings, field) == before
    assert getattr(session.firm.settings(), field) == before


def test_a_wrong_currency_gets_a_sentence_at_the_field(qtbot, session, dialog):
    before = session.state
    type_field(qtbot, dialog, "currency", "euros")
    settle(qtbot, session)
    assert "three letters" in dialog.form.editors["currency"].sentence
    assert session.state is before


def test_the_appearance_changes_at_once_and_is_kept(qtbot, session, dialog):
    session.firm.save_settings(replace(session.firm.settings(), window_layout="as it was left"))
    combo = dialog.form.editors["theme"].entry
    combo.setCurrentIndex(combo.findText("Dark"))
    combo.activated.emit(combo.currentIndex())
    settle(qtbot, session)
    assert theme.current().dark
    assert session.firm.settings().theme is Theme.DARK
    assert session.firm.settings().window_layout == "as it was left", "what others keep there stays"
    assert session.status.undo_name is None, "the program's look is no step of the day"


def test_a_theme_chosen_in_the_menu_shows_here(qtbot, session, dialog):
    theme.watcher().follow("dark")
    assert dialog.form.editors["theme"].entry.currentText() == "Dark"


def test_escape_takes_what_is_being_typed(qtbot, session, dialog):
    entry = dialog.form.editors["plan_seconds"].entry
    entry.setFocus()
    entry.selectAll()
    qtbot.keyClicks(entry, "33")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(qtbot, session)
    assert session.state.day.settings.plan_seconds == 33
    assert not dialog.isVisible()


def test_a_dialog_that_is_thrown_away_on_closing_forgets_nothing(qtbot, session):
    session.do("Another currency", lambda state: edits.change_settings(state, DaySettings(currency="GBP")))
    settle(qtbot, session)
    dialog = SettingsDialog(session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    entry = dialog.form.editors["plan_seconds"].entry
    entry.setFocus()
    entry.selectAll()
    qtbot.keyClicks(entry, "33")
    dialog.close()
    del dialog, entry
    settle(qtbot, session)
    settle(qtbot, session)
    assert session.state.day.settings.plan_seconds == 33
    assert session.firm.settings().plan_seconds == 33
    assert session.firm.settings().currency == "EUR", "only what was changed here is kept for new days"
    session.undo()
    settle(qtbot, session)
    settle(qtbot, session)
    assert session.firm.settings().plan_seconds == 20


def test_it_leaves_the_window_usable_and_names_every_control(dialog):
    assert not dialog.isModal()
    nameless = [
        type(child).__name__
        for kind in (QPushButton, QLineEdit, QComboBox, QDoubleSpinBox)
        for child in dialog.findChildren(kind)
        if not child.accessibleName() and child.objectName() != "qt_spinbox_lineedit"
    ]
    assert nameless == []


def test_the_goals_are_sliders_that_hold_for_the_day_and_new_days(qtbot, session, dialog):
    slider = dialog.form.editors["balance"].entry
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: session.state.day.settings.goals.balance == 100)
    tidy = dialog.form.editors["tidiness"].entry
    tidy.setFocus()
    qtbot.keyClick(tidy, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: session.state.day.settings.goals.tidiness == 10)
    flexible = dialog.form.editors["flexible_s"].entry
    flexible.setFocus()
    qtbot.keyClick(flexible, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: session.state.day.settings.goals.flexible_s == 300)
    settle(qtbot, session)
    settle(qtbot, session)
    assert session.firm.settings().goals == Goals(100, EvenBy.HOURS, 10, 300)
    session.undo()
    settle(qtbot, session)
    assert session.state.day.settings.goals == Goals(100, EvenBy.HOURS, 10, 0)
    assert flexible.value() == 0, "the slider follows the undo"


def test_traffic_is_typed_as_people_write_it(qtbot, session, dialog):
    type_field(qtbot, dialog, "traffic", "16:00-18:30 125, 7:00-9:00 130 %")
    settle(qtbot, session)
    periods = session.state.day.settings.traffic
    assert periods == (TrafficPeriod(25_200, 32_400, 130), TrafficPeriod(57_600, 66_600, 125))
    assert dialog.form.editors["traffic"].entry.text() == "07:00-09:00 130 %, 16:00-18:30 125 %"
    type_field(qtbot, dialog, "traffic", "7:00-9:00 130, 8:00-10:00 120")
    settle(qtbot, session)
    assert "overlap" in dialog.form.editors["traffic"].sentence
    assert session.state.day.settings.traffic == periods


def test_the_cluster_is_kept_for_the_program_and_must_look_like_an_address(qtbot, session, dialog):
    type_field(qtbot, dialog, "cluster_address", "tcp://10.0.0.5:8786")
    settle(qtbot, session)
    assert session.firm.settings().cluster_address == "tcp://10.0.0.5:8786"
    type_field(qtbot, dialog, "cluster_address", "somewhere")
    settle(qtbot, session)
    assert session.firm.settings().cluster_address == "tcp://10.0.0.5:8786"
    type_field(qtbot, dialog, "cluster_address", " ")
    settle(qtbot, session)
    assert session.firm.settings().cluster_address == ""


def test_the_settings_say_that_orders_are_sent_to_a_cluster(dialog):
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "positions and times of orders are sent there" in words
    assert "nothing leaves this computer" in dialog.form.editors["cluster_address"].entry.placeholderText()


def test_what_is_behind_the_routes_is_chosen_and_kept(qtbot, session, dialog, tmp_path):
    ground = MapGround(session, Jobs(dialog))
    heard = []
    ground.changed.connect(heard.append)
    path = tmp_path / "own.mbtiles"
    type_field(qtbot, dialog, "map_file", str(path))
    assert "cannot be used as a map" in dialog.form.editors["map_file"].sentence
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        database.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
        database.execute("INSERT INTO tiles VALUES (3, 0, 0, x'00')")
    database.close()
    type_field(qtbot, dialog, "map_file", str(path))
    combo = dialog.form.editors["map_picture"].entry
    combo.setCurrentIndex(combo.findText("My file of map tiles"))
    combo.activated.emit(combo.currentIndex())
    settle(qtbot, session)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[-1], MbTiles)
    assert session.firm.settings().map_picture is MapPicture.FILE
    assert session.status.undo_name is None
    combo.setCurrentIndex(combo.findText("Routes only"))
    combo.activated.emit(combo.currentIndex())
    settle(qtbot, session)
    assert heard[-1] is None


def test_a_server_needs_an_address_in_the_usual_form(qtbot, session, dialog):
    type_field(qtbot, dialog, "map_address", "tiles.example.com")
    assert "https://" in dialog.form.editors["map_address"].sentence
    assert session.firm.settings().map_address == ""


def test_what_morning_means_is_typed_and_kept(qtbot, session, dialog):
    type_field(qtbot, dialog, "day_parts", "8-12, 12-17")
    assert "three parts of the day" in dialog.form.editors["day_parts"].sentence
    type_field(qtbot, dialog, "day_parts", "6-10:30, 12-16, 16:30-20")
    settle(qtbot, session)
    assert session.firm.settings().day_parts == "06:00-10:30, 12:00-16:00, 16:30-20:00"
    assert session.status.undo_name is None
