"""The Orders page: what is typed into it reaches the day, or gets a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox

from lastmile_desktop.model import (
    Location,
    OrderKind,
    Priority,
    Severity,
    TimeWindow,
)
from lastmile_desktop.store.firm import FirmMemory
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.orders_view import OrdersView
from lastmile_desktop.ui.orders_view.order_columns import COLUMN_OF
from lastmile_desktop.ui.orders_view.order_menu import order_menu
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Session

sys.path.insert(0, str(Path(__file__).parent))

from orders_page import (
    click_cell,
    make_state,
    open_editor,
    row_of,
    settle,
    shown_ids,
    type_into,
)


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
def selection():
    return Selection()


@pytest.fixture
def view(qtbot, session, selection):
    made = OrdersView(session, selection)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    session.start_day(make_state())
    settle(qtbot, session)
    with qtbot.waitExposed(made):
        made.show()
    return made


# ---- editing in place ------------------------------------------------------------------------------


def test_a_window_is_typed_checked_stored_and_undone(qtbot, view, session):
    type_into(qtbot, view, "k1", "windows", "9-12, 14-16")
    settle(qtbot, session)
    order = session.state.day.order_by_key["k1"]
    assert order.windows == (TimeWindow(32400, 43200), TimeWindow(50400, 57600))
    assert session.status.undo_name == "Change window of B-1001"
    session.undo()
    settle(qtbot, session)
    assert session.state.day.order_by_key["k1"].windows == ()
    assert view.shown.index(row_of(view, "k1"), COLUMN_OF["windows"]).data() == "any time"


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("windows", "12-9", "ends before it starts"),
        ("windows", "soonish", "time window"),
        ("weight_g", "heavy", "weight"),
        ("weight_g", "1,250", "thousands"),
        ("service_s", "-5", "time"),
        ("location", "3.72, 51.05", "swapped"),
        ("location", "0, 0", "sea"),
        ("phone", "ask Piet", "no digit"),
        ("email", "anna at home", "e-mail"),
        ("id", "B-1002", "already"),
        ("id", " ", "number"),
    ],
)
def test_a_value_that_is_not_understood_stays_in_the_cell_with_a_sentence(
    qtbot, view, session, field, text, words
):
    before = session.state
    editor = type_into(qtbot, view, "k1", field, text)
    assert editor.isVisible(), "the cell stays open until the value is understood or given up"
    assert words in view.message.text
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    settle(qtbot, session)
    assert view.message.text == ""
    assert session.state is before


def test_leaving_a_cell_unchanged_is_no_step_to_undo(qtbot, view, session):
    before = session.status.undo_name
    editor = open_editor(qtbot, view, "k1", "windows")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert session.status.undo_name == before


@pytest.mark.parametrize(
    ("field", "text", "attribute", "expected"),
    [
        ("name", "Anna  Muller", "name", "Anna Muller"),
        ("quantity_milli", "2.5", "quantity_milli", 2500),
        ("weight_g", "12,5", "weight_g", 12500),
        ("volume_cm3", "0.35", "volume_cm3", 350_000),
        ("service_s", "7", "service_s", 420),
        ("skills", "Lift, cool", "skills", frozenset({"lift", "cool"})),
        ("phone", "+32 9 1", "phone", "+32 9 1"),
        ("email", "a@b.be", "email", "a@b.be"),
        ("notes", "Ring twice", "notes", "Ring twice"),
    ],
)
def test_typed_values_reach_the_day(qtbot, view, session, field, text, attribute, expected):
    type_into(qtbot, view, "k1", field, text)
    settle(qtbot, session)
    assert getattr(session.state.day.order_by_key["k1"], attribute) == expected


def test_a_priority_is_chosen_from_a_list(qtbot, view, session):
    editor = open_editor(qtbot, view, "k1", "priority")
    assert isinstance(editor, QComboBox)
    editor.setCurrentText("High")
    editor.activated.emit(editor.currentIndex())
    settle(qtbot, session)
    assert session.state.day.order_by_key["k1"].priority is Priority.HIGH


def test_a_pasted_position_is_remembered_for_the_customer_and_answers_the_remark(qtbot, view, session):
    QGuiApplication.clipboard().setText("51.0600, 3.7300\n")
    click_cell(qtbot, view, "k6", "location")
    qtbot.keyClick(view.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    order = session.state.day.order_by_key["k6"]
    assert order.location == Location(51.06, 3.73)
    assert session.firm.position_of(order.name, order.address) == Location(51.06, 3.73)
    assert not any(problem.category == "waiting_for_position" for problem in session.state.problems)


def test_a_position_from_the_map_is_remembered_too(qtbot, view, session):
    view.set_position("k6", Location(51.07, 3.74))
    settle(qtbot, session)
    order = session.state.day.order_by_key["k6"]
    assert order.location == Location(51.07, 3.74)
    assert session.firm.position_of(order.name, order.address) == Location(51.07, 3.74)


def test_a_position_that_is_taken_away_takes_the_order_off_its_route(qtbot, view, session):
    type_into(qtbot, view, "k1", "location", " ")
    settle(qtbot, session)
    assert session.state.day.order_by_key["k1"].location is None
    assert "k1" not in session.state.assignment.order_keys


def test_a_new_address_with_the_old_position_is_marked_for_a_look(qtbot, view, session):
    type_into(qtbot, view, "k1", "address", "Veldstraat 9, 9000 Gent")
    settle(qtbot, session)
    assert session.state.day.order_by_key["k1"].attention
    assert "position is still the old one" in view.message.text
    with qtbot.waitSignal(view.place_requested) as asked:
        qtbot.mouseClick(view.message.action, Qt.MouseButton.LeftButton)
    assert asked.args == ["k1"]


def test_a_new_address_that_is_known_brings_its_position(qtbot, view, session):
    session.firm.remember_position("Customer 1", "Veldstraat 9, 9000 Gent", Location(51.0, 3.7))
    type_into(qtbot, view, "k1", "address", "Veldstraat 9, 9000 Gent")
    settle(qtbot, session)
    order = session.state.day.order_by_key["k1"]
    assert (order.location, order.attention) == (Location(51.0, 3.7), False)


def test_correcting_the_cell_that_was_remarked_on_settles_the_order(qtbot, view, session):
    type_into(qtbot, view, "k5", "windows", "9-12")
    settle(qtbot, session)
    assert not session.state.day.order_by_key["k5"].attention
    assert [problem.severity for problem in session.state.problems] == [Severity.INFO, Severity.ERROR]


# ---- several orders --------------------------------------------------------------------------------


def test_the_menu_changes_all_selected_orders_in_one_step(qtbot, view, session):
    click_cell(qtbot, view, "k1", "id")
    click_cell(qtbot, view, "k3", "id", Qt.KeyboardModifier.ShiftModifier)
    menu = order_menu(view)
    kinds = next(action.menu() for action in menu.actions() if action.text() == "Kind")
    next(action for action in kinds.actions() if action.text() == "Pickup").trigger()
    settle(qtbot, session)
    day = session.state.day
    assert [day.order_by_key[key].kind for key in ("k1", "k2", "k3")] == [OrderKind.PICKUP] * 3
    assert day.order_by_key["k4"].kind is OrderKind.DELIVERY
    assert session.status.undo_name == "Change kind of 3 orders"
    menu.close()


def test_service_minutes_of_several_orders_are_asked_in_place(qtbot, view, session):
    click_cell(qtbot, view, "k1", "id")
    click_cell(qtbot, view, "k2", "id", Qt.KeyboardModifier.ShiftModifier)
    menu = order_menu(view)
    next(action for action in menu.actions() if action.text().startswith("Service")).trigger()
    menu.close()
    assert view.minutes.isVisible()
    view.minutes.minutes.selectAll()
    qtbot.keyClicks(view.minutes.minutes, "12")
    qtbot.keyClick(view.minutes.minutes, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert [session.state.day.order_by_key[key].service_s for key in ("k1", "k2", "k3")] == [720, 720, 300]


def test_del_deletes_and_the_message_takes_it_back(qtbot, view, session):
    click_cell(qtbot, view, "k1", "id")
    click_cell(qtbot, view, "k2", "id", Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    settle(qtbot, session)
    assert "B-1001" not in shown_ids(view)
    assert session.state.assignment.order_keys == {"k3", "k4"}
    assert view.message.text == "Deleted 2 orders."
    qtbot.mouseClick(view.message.action, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert len(shown_ids(view)) == 8
    assert session.state.assignment.order_keys == {"k1", "k2", "k3", "k4"}


def test_taking_orders_off_their_route(qtbot, view, session):
    click_cell(qtbot, view, "k1", "id")
    view.unassign_chosen()
    settle(qtbot, session)
    assert "k1" not in session.state.assignment.order_keys


# ---- a late order ----------------------------------------------------------------------------------


def fill(qtbot, view: OrdersView, **texts: str) -> None:
    for field, text in texts.items():
        entry = view.form._line(field)
        entry.selectAll()
        qtbot.keyClicks(entry, text) if text else entry.clear()


def test_a_late_order_is_added_by_keyboard(qtbot, view, session, selection):
    qtbot.mouseClick(view.add_button, Qt.MouseButton.LeftButton)
    fill(
        qtbot,
        view,
        name="Late Lena",
        address="Veldstraat 1, Gent",
        location="51.04, 3.72",
        windows="until 16",
    )
    qtbot.keyClick(view.form._line("windows"), Qt.Key.Key_Return)
    settle(qtbot, session)
    added = session.state.day.orders[-1]
    assert (added.id, added.name, added.windows) == ("PHONE-1", "Late Lena", (TimeWindow(None, 57600),))
    assert added.service_s == session.state.day.settings.default_service_s
    assert selection.order_key == added.key
    assert session.firm.position_of("Late Lena", "Veldstraat 1, Gent") == Location(51.04, 3.72)
    assert session.status.undo_name == "Add PHONE-1"
    assert not view.form.isVisible()


def test_the_form_says_at_each_field_what_is_wrong(qtbot, view, session):
    view.add_order()
    before = session.state
    fill(qtbot, view, id="B-1003", windows="late", weight_g="much")
    qtbot.mouseClick(view.form.add_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert session.state is before
    assert "already" in view.form.sentence("id")
    assert "time window" in view.form.sentence("windows")
    assert "weight" in view.form.sentence("weight_g")
    assert view.form._line("id").hasFocus()
    fill(qtbot, view, id="X-1", windows="", weight_g="")
    qtbot.mouseClick(view.form.add_button, Qt.MouseButton.LeftButton)
    assert view.form.sentence("name") == "Please write a name or an address."
    qtbot.keyClick(view.form._line("name"), Qt.Key.Key_Escape)
    assert not view.form.isVisible()


def test_a_known_customer_brings_the_position(qtbot, view, session):
    session.firm.remember_position("Rita", "Kouter 3", Location(51.02, 3.71))
    view.add_order()
    fill(qtbot, view, name="Rita", address="Kouter 3")
    view.form.submit()
    settle(qtbot, session)
    assert session.state.day.orders[-1].location == Location(51.02, 3.71)


def test_an_order_without_position_offers_the_map(qtbot, view, session):
    view.add_order()
    fill(qtbot, view, name="Nobody Knows")
    view.form.submit()
    settle(qtbot, session)
    with qtbot.waitSignal(view.place_requested) as asked:
        qtbot.mouseClick(view.message.action, Qt.MouseButton.LeftButton)
    assert asked.args == [session.state.day.orders[-1].key]


def test_a_first_order_can_be_added_to_an_empty_day(qtbot, session, selection):
    view = OrdersView(session, selection)
    qtbot.addWidget(view)
    view.show()
    qtbot.mouseClick(view.first_order_button, Qt.MouseButton.LeftButton)
    fill(qtbot, view, name="First")
    view.form.submit()
    settle(qtbot, session)
    assert [order.name for order in session.state.day.orders] == ["First"]
    assert view.pages.currentIndex() == 1
