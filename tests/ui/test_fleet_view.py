"""The Fleet page, driven by mouse and keys against a real session and the firm's real memory."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLineEdit, QPushButton, QTableView

from lastmile_desktop.model import (
    Assignment,
    Break,
    Capacity,
    Day,
    DayState,
    Depot,
    Location,
    Order,
    RouteOrders,
    Vehicle,
)
from lastmile_desktop.pipeline.default_fleet import default_fleet
from lastmile_desktop.store.firm import FirmMemory
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.field_form.fields import WrongFieldError
from lastmile_desktop.ui.fleet_view import FleetView, fleet_edits
from lastmile_desktop.ui.fleet_view.fleet_fields import VEHICLE_GROUPS
from lastmile_desktop.ui.session import Session

GENT = Location(51.05, 3.72)


def make_state() -> DayState:
    """Two vans and a bike, two depots, one order on each of the first two."""
    orders = tuple(Order(f"k{n}", f"B-{n}", location=Location(51.05 + n / 1000, 3.72)) for n in (1, 2, 3))
    depots = (Depot("d1", "Warehouse", GENT, "Dok 1, Gent"), Depot("d2", "Shop", Location(51.04, 3.73)))
    vehicles = (
        Vehicle(
            "v1",
            "Van 1",
            "Sofie",
            Capacity(40_000, 900_000),
            "d1",
            "d1",
            27000,
            61200,
            (Break(1800, 41400, 46800),),
            frozenset({"lift"}),
            4000,
            35,
            2200,
        ),
        Vehicle("v2", "Van 2", "Mehmet", Capacity(40_000), "d1", None, 27000, 61200, cost_per_km_cents=42),
        Vehicle("v3", "Bike", "Lies", Capacity(12_000), "d2", "d2", max_stops=15, active=False),
    )
    assignment = Assignment((RouteOrders("v1", ("k1",)), RouteOrders("v2", ("k2",))))
    return DayState(Day(date(2026, 11, 23), orders, vehicles, depots), assignment)


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
def view(qtbot, session):
    made = FleetView(session)
    qtbot.addWidget(made)
    made.place_requested.connect(lambda _key: None)
    made.resize(1366, 640)
    session.start_day(make_state())
    settle(qtbot, session)
    with qtbot.waitExposed(made):
        made.show()
    return made


def settle(qtbot, session: Session) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not session.busy, timeout=10_000)


def vehicle(session: Session, key: str) -> Vehicle:
    return session.state.day.vehicle_by_key[key]


def click_row(qtbot, table, row: int, column: int = 1, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    centre = table.visualRect(table.model().index(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, centre)


def type_field(qtbot, form, field: str, text: str) -> None:
    entry = form.editors[field].entry
    entry.setFocus()
    entry.selectAll()
    qtbot.keyClicks(entry, text)
    qtbot.keyClick(entry, Qt.Key.Key_Return)


# ---- today's vans ----------------------------------------------------------------------------------


def test_one_click_takes_a_van_off_today_and_its_orders_off_the_plan(qtbot, view, session):
    rect = view.vehicle_table.visualRect(view.vehicles.index(0, 0))
    qtbot.mouseClick(
        view.vehicle_table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(rect.left() + 14, rect.center().y()),
    )
    settle(qtbot, session)
    assert not vehicle(session, "v1").active
    assert session.state.assignment.order_keys == {"k2"}
    assert session.status.undo_name == "Leave Van 1 at home"
    assert view.head.text() == "1 vehicle today, of 3"


def test_space_ticks_the_chosen_van(qtbot, view, session):
    click_row(qtbot, view.vehicle_table, 2)
    qtbot.keyClick(view.vehicle_table, Qt.Key.Key_Space)
    settle(qtbot, session)
    assert vehicle(session, "v3").active


def test_what_is_changed_is_remembered_for_tomorrow_and_so_is_undo(qtbot, view, session):
    type_field(qtbot, view.vehicle_form, "driver", "Ada")
    settle(qtbot, session)
    assert session.firm.fleet().vehicles[0].driver == "Ada"
    session.undo()
    settle(qtbot, session)
    assert session.firm.fleet().vehicles[0].driver == "Sofie"
    assert session.firm.fleet().depots == make_state().day.depots


def test_opening_a_day_alone_does_not_touch_the_remembered_fleet(qtbot, view, session):
    assert session.firm.fleet().vehicles == ()


# ---- the form --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("name", "White Crafter", "White Crafter"),
        ("driver", "Ada", "Ada"),
        ("shift_start_s", "6:30", 23400),
        ("shift_end_s", "2:00 +1", 26 * 3600),
        ("skills", "Cool, crane", frozenset({"cool", "crane"})),
        ("quantity_milli", "55", 55_000),
        ("weight_g", "750.5", 750_500),
        ("volume_cm3", "8.25", 8_250_000),
        ("fixed_cost_cents", "12.5", 1250),
        ("cost_per_km_cents", "0.4", 40),
        ("max_stops", "30", 30),
        ("max_distance_m", "120", 120_000),
        ("max_duration_s", "8.5", 30_600),
        ("break_s", "45", 2700),
        ("break_earliest_s", "11:00", 39_600),
    ],
)
def test_typed_values_reach_the_vehicle(qtbot, view, session, field, text, expected):
    type_field(qtbot, view.vehicle_form, field, text)
    settle(qtbot, session)
    assert fleet_edits.value_of(vehicle(session, "v1"), field) == expected
    session.undo()
    settle(qtbot, session)
    assert vehicle(session, "v1") == make_state().day.vehicles[0]


@pytest.mark.parametrize("field", ["quantity_milli", "weight_g", "max_stops", "break_s"])
def test_an_emptied_limit_means_no_limit(qtbot, view, session, field):
    type_field(qtbot, view.vehicle_form, field, "7")
    settle(qtbot, session)
    entry = view.vehicle_form.editors[field].entry
    entry.setFocus()
    entry.selectAll()
    qtbot.keyClick(entry, Qt.Key.Key_Delete)
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert fleet_edits.value_of(vehicle(session, "v1"), field) is None
    assert entry.text() in ("no limit", "no break")


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("shift_end_s", "7:00", "starts at 07:30"),
        ("shift_start_s", "18:00", "end at 17:00"),
        ("shift_start_s", "noonish", "time of day"),
        ("break_latest_s", "10:00", "not after 10:00"),
        ("name", " ", "needs a name"),
    ],
)
def test_a_wrong_value_gets_a_sentence_at_its_field_and_changes_nothing(
    qtbot, view, session, field, text, words
):
    before = session.state
    type_field(qtbot, view.vehicle_form, field, text)
    settle(qtbot, session)
    assert words in view.vehicle_form.editors[field].sentence
    assert session.state is before
    assert view.vehicle_form.editors[field].entry.text() == text.strip() or text == " "


def test_a_shift_moves_as_a_whole(qtbot, view, session):
    type_field(qtbot, view.vehicle_form, "shift_start_s", "18:00")
    type_field(qtbot, view.vehicle_form, "shift_end_s", "23:00")
    settle(qtbot, session)
    assert (vehicle(session, "v1").shift_start_s, vehicle(session, "v1").shift_end_s) == (64800, 82800)
    assert view.vehicle_form.editors["shift_start_s"].sentence == ""


def test_a_route_that_ends_at_the_last_stop(qtbot, view, session):
    combo = view.vehicle_form.editors["end_depot"].entry
    combo.setCurrentIndex(combo.findText("the last stop"))
    combo.activated.emit(combo.currentIndex())
    settle(qtbot, session)
    assert vehicle(session, "v1").end_depot is None
    combo = view.vehicle_form.editors["start_depot"].entry
    combo.setCurrentIndex(combo.findText("Shop"))
    combo.activated.emit(combo.currentIndex())
    settle(qtbot, session)
    assert vehicle(session, "v1").start_depot == "d2"


def test_several_vehicles_change_together(qtbot, view, session):
    click_row(qtbot, view.vehicle_table, 0)
    click_row(qtbot, view.vehicle_table, 1, modifier=Qt.KeyboardModifier.ControlModifier)
    assert not view.vehicle_form.editors["name"].isEnabled()
    type_field(qtbot, view.vehicle_form, "shift_start_s", "6:00")
    settle(qtbot, session)
    assert [vehicle(session, key).shift_start_s for key in ("v1", "v2", "v3")] == [21600, 21600, 28800]
    assert session.status.undo_name == "Change shift start of 2 vehicles"


def test_choosing_another_van_shows_its_values(qtbot, view):
    click_row(qtbot, view.vehicle_table, 1)
    assert view.vehicle_form.title.text() == "Van 2"
    assert view.vehicle_form.editors["driver"].entry.text() == "Mehmet"
    assert view.vehicle_form.editors["weight_g"].entry.text() == "no limit"
    assert view.vehicle_form.editors["break_s"].entry.text() == "no break"


def test_a_double_click_goes_to_the_field(qtbot, view):
    rect = view.vehicle_table.visualRect(view.vehicles.index(1, 2))
    qtbot.mouseClick(view.vehicle_table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    qtbot.mouseDClick(view.vehicle_table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert view.vehicle_form.editors["driver"].entry.hasFocus()


def test_suggested_prices_are_labelled(qtbot, view):
    editors = view.vehicle_form.editors
    assert (editors["cost_per_km_cents"].sentence, editors["fixed_cost_cents"].sentence) == (
        "suggested price",
        "",
    )
    click_row(qtbot, view.vehicle_table, 1)
    assert editors["cost_per_km_cents"].sentence == ""


def test_scrolling_over_a_number_does_not_turn_it(qtbot, view, session):
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    before = session.state
    entry = view.vehicle_form.editors["weight_g"].entry
    view.vehicle_table.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(entry.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(entry, wheel)
    qtbot.wait(700)
    settle(qtbot, session)
    assert session.state is before


# ---- adding and removing ---------------------------------------------------------------------------


def test_add_duplicate_and_remove(qtbot, view, session):
    qtbot.mouseClick(view.add_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert [v.name for v in session.state.day.vehicles] == ["Van 1", "Van 2", "Bike", "Van 3"]
    assert view.vehicle_form.title.text() == "Van 3"
    click_row(qtbot, view.vehicle_table, 0)
    qtbot.mouseClick(view.duplicate_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    copy = session.state.day.vehicles[1]
    assert (copy.name, copy.driver, copy.capacity) == ("Van 4", "", Capacity(40_000, 900_000))
    click_row(qtbot, view.vehicle_table, 0)
    qtbot.keyClick(view.vehicle_table, Qt.Key.Key_Delete)
    settle(qtbot, session)
    assert "v1" not in session.state.day.vehicle_by_key
    assert session.state.assignment.order_keys == {"k2"}
    qtbot.mouseClick(view.message.action, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert session.state.assignment.order_keys == {"k1", "k2"}


def test_rows_are_copied_as_cells(qtbot, view):
    click_row(qtbot, view.vehicle_table, 2)
    qtbot.keyClick(view.vehicle_table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = list(csv.reader(QGuiApplication.clipboard().text().splitlines(), delimiter="\t"))
    assert rows[1][:4] == ["no", "Bike", "Lies", "12"]


def test_every_column_sorts_and_keeps_the_choice(qtbot, view):
    click_row(qtbot, view.vehicle_table, 2)
    for column in range(view.vehicles.columnCount()):
        view.vehicle_table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        view.vehicle_table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    assert view.vehicle_table.chosen_keys() == ["v3"]


# ---- depots ----------------------------------------------------------------------------------------


def test_a_depot_is_changed_in_its_form(qtbot, view, session):
    click_row(qtbot, view.depot_table, 1)
    assert view.forms.currentWidget() is view.depot_form
    type_field(qtbot, view.depot_form, "location", "51.06, 3.75")
    type_field(qtbot, view.depot_form, "opens_s", "6:00")
    type_field(qtbot, view.depot_form, "closes_s", "0:00")
    settle(qtbot, session)
    depot = session.state.day.depot_by_key["d2"]
    assert (depot.location, depot.opens_s, depot.closes_s) == (Location(51.06, 3.75), 21600, 86400)


def test_a_depot_that_closes_before_it_opens_is_refused(qtbot, view, session):
    type_field(qtbot, view.depot_form, "opens_s", "9:00")
    type_field(qtbot, view.depot_form, "closes_s", "8:00")
    settle(qtbot, session)
    assert "before it opens at 09:00" in view.depot_form.editors["closes_s"].sentence
    assert session.state.day.depots[0].closes_s is None


def test_a_depot_in_the_sea_is_refused(qtbot, view, session):
    type_field(qtbot, view.depot_form, "location", "0, 0")
    assert "sea" in view.depot_form.editors["location"].sentence


def test_removing_a_depot_moves_its_vehicles(qtbot, view, session):
    click_row(qtbot, view.depot_table, 0)
    qtbot.mouseClick(view.remove_depot_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert {(v.start_depot, v.end_depot) for v in session.state.day.vehicles} == {("d2", "d2"), ("d2", None)}
    qtbot.mouseClick(view.remove_depot_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert len(session.state.day.depots) == 1
    assert "at least one depot" in view.message.text


def test_place_on_map_names_the_depot(qtbot, view):
    click_row(qtbot, view.depot_table, 1)
    with qtbot.waitSignal(view.place_requested) as asked:
        qtbot.mouseClick(view.place_button, Qt.MouseButton.LeftButton)
    assert asked.args == ["d2"]
    view.set_depot_position("d2", Location(51.0, 3.7))


def test_a_map_that_nobody_offers_has_no_button(qtbot, session):
    alone = FleetView(session)
    qtbot.addWidget(alone)
    alone.show()
    assert not alone.place_button.isVisibleTo(alone.depot_form)


# ---- what was suggested ----------------------------------------------------------------------------


def offered_state() -> DayState:
    state = make_state()
    depot = Depot("assumed", "Depot (assumed, please move)", GENT)
    vans = tuple(default_fleet(state.day.orders, "assumed"))
    day = replace(state.day, depots=(depot,), vehicles=vans)
    return DayState(day, Assignment((RouteOrders("default-1", ("k1", "k2")),)))


def test_suggested_vans_are_named_as_such_until_they_are_kept(qtbot, view, session):
    session.start_day(offered_state())
    settle(qtbot, session)
    assert view.notice.text.startswith("These are suggested vans.")
    assert "depot is assumed" in view.notice.text
    qtbot.mouseClick(view.notice.keep_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert "suggested vans" not in view.notice.text
    kept = session.state.day.vehicles[0]
    assert session.state.timetable.route_by_vehicle[kept.key].order_keys == ("k1", "k2")
    assert session.firm.fleet().vehicles == session.state.day.vehicles


def test_moving_the_assumed_depot_makes_it_the_firms_own(qtbot, view, session):
    session.start_day(offered_state())
    settle(qtbot, session)
    view.set_depot_position("assumed", Location(51.08, 3.74))
    settle(qtbot, session)
    assert session.state.day.depots[0] == Depot("assumed", "Depot", Location(51.08, 3.74))
    assert "assumed" not in view.notice.text


def test_a_first_change_on_a_day_without_fleet_does_not_forget_the_remembered_one(qtbot, session):
    day = make_state().day
    session.firm.save_fleet(day.vehicles, day.depots)
    view = FleetView(session)
    qtbot.addWidget(view)
    view.show()
    assert "last time is remembered" in view.notice.text
    qtbot.mouseClick(view.add_depot_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    settle(qtbot, session)
    assert [v.name for v in session.state.day.vehicles] == ["Van 1", "Van 2", "Bike"]
    assert [d.name for d in session.firm.fleet().depots] == ["Warehouse", "Shop", "Depot"]
    assert len(session.firm.fleet().vehicles) == 3


def test_the_fleet_of_last_time_comes_back_by_a_click(qtbot, session):
    day = make_state().day
    session.firm.save_fleet(day.vehicles, day.depots)
    view = FleetView(session)
    qtbot.addWidget(view)
    view.show()
    qtbot.mouseClick(view.notice.recall_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert session.state.day.vehicles == day.vehicles
    assert view.notice.text == ""


def test_an_empty_fleet_leads_to_a_usable_one(qtbot, session):
    view = FleetView(session)
    qtbot.addWidget(view)
    view.show()
    assert "no depot yet" in view.notice.text
    assert not view.add_button.isEnabled()
    qtbot.mouseClick(view.add_depot_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    qtbot.mouseClick(view.add_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    (van,) = session.state.day.vehicles
    assert (van.name, van.start_depot) == ("Van 1", session.state.day.depots[0].key)


# ---- the page --------------------------------------------------------------------------------------


def test_every_control_has_an_accessible_name_and_the_page_fits(view):
    nameless = [
        type(child).__name__
        for kind in (QPushButton, QLineEdit, QComboBox, QDoubleSpinBox, QTableView)
        for child in view.findChildren(kind)
        if not child.accessibleName() and child.objectName() != "qt_spinbox_lineedit"
    ]
    assert nameless == []
    assert view.minimumSizeHint().width() <= 1366
    assert view.minimumSizeHint().height() <= 640


def test_every_field_of_the_form_is_read_and_written_back_unchanged():
    van = make_state().day.vehicles[0]
    names = [field.name for group in VEHICLE_GROUPS for field in group.fields]
    assert fleet_edits.with_changes(van, {name: fleet_edits.value_of(van, name) for name in names}) == van


def test_other_breaks_stay_when_the_first_is_changed():
    van = replace(make_state().day.vehicles[0], breaks=(Break(1800, 41400, 46800), Break(900, 54000, 57600)))
    assert fleet_edits.with_changes(van, {"break_s": None}).breaks == van.breaks[1:]
    assert fleet_edits.with_changes(van, {"break_s": 600}).breaks == (Break(600, 41400, 46800), van.breaks[1])


def test_a_break_without_times_is_refused():
    with pytest.raises(WrongFieldError, match="when the break may begin"):
        fleet_edits.with_changes(make_state().day.vehicles[0], {"break_earliest_s": None})


def test_going_to_another_van_takes_what_was_being_typed_for_the_first(qtbot, view, session):
    entry = view.vehicle_form.editors["driver"].entry
    entry.setFocus()
    entry.selectAll()
    qtbot.keyClicks(entry, "Ada")
    click_row(qtbot, view.vehicle_table, 1)
    settle(qtbot, session)
    assert [vehicle(session, key).driver for key in ("v1", "v2")] == ["Ada", "Mehmet"]
    assert entry.text() == "Mehmet"
