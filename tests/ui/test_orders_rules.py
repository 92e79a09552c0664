"""Rules of orders typed into the table and the form, set from the menu, and shown on the card."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from lastmile_desktop.model import OrderKind, RoutePosition
from lastmile_desktop.store.firm import FirmMemory
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.card.facts import order_content
from lastmile_desktop.ui.orders_view import OrdersView
from lastmile_desktop.ui.orders_view.order_menu import order_menu
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Session

sys.path.insert(0, str(Path(__file__).parent))

from orders_page import click_cell, make_state, open_editor, settle, type_into


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
    made = OrdersView(session, Selection())
    qtbot.addWidget(made)
    made.resize(1366, 640)
    session.start_day(make_state())
    settle(qtbot, session)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("setup_s", "4", {"setup_s": 240}),
        ("preferred_driver", "Ann  Lee", {"preferred_driver": "Ann Lee"}),
        ("only_vehicles", "Van 1, Ann", {"only_vehicles": {"Van 1", "Ann"}}),
        ("barred_vehicles", "Van 2", {"barred_vehicles": {"Van 2"}}),
        ("same_van", "A", {"same_van": "A"}),
        ("shipment", "T1", {"shipment": "T1"}),
        ("max_late_s", "20", {"max_late_s": 1200, "late_cents_per_hour": 6000}),
        ("late_cents_per_hour", "12.50", {"max_late_s": None, "late_cents_per_hour": 1250}),
    ],
)
def test_a_rule_is_typed_into_its_column(qtbot, view, session, field, text, expected):
    type_into(qtbot, view, "k1", field, text)
    settle(qtbot, session)
    order = session.state.day.order_by_key["k1"]
    assert {name: getattr(order, name) for name in expected} == expected
    editor = open_editor(qtbot, view, "k1", field)
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    settle(qtbot, session)
    assert session.state.day.order_by_key["k1"] == make_state().day.order_by_key["k1"]


def test_the_menu_ties_orders_together_and_frees_them(qtbot, view, session):
    click_cell(qtbot, view, "k1", "id")
    click_cell(qtbot, view, "k2", "id", Qt.KeyboardModifier.ShiftModifier)
    entries = together(view)
    assert not entries["Collect from one, bring to the other"].isEnabled(), "both are deliveries"
    entries["On the same van"].trigger()
    settle(qtbot, session)
    assert {session.state.day.order_by_key[key].same_van for key in ("k1", "k2")} == {"B-1001"}
    together(view)["B-1002 before B-1001 on a route"].trigger()
    settle(qtbot, session)
    assert session.state.day.order_by_key["k1"].after == {"k2"}
    together(view)["B-1001 before B-1002 on a route"].trigger()
    settle(qtbot, session)
    day = session.state.day
    assert (day.order_by_key["k1"].after, day.order_by_key["k2"].after) == (set(), {"k1"}), "not both ways"
    rules = {fact.label: fact.value for s in order_content(session.state, "k2").sections for fact in s.facts}
    assert (rules["Same van"], rules["After"]) == ("with B-1001", "B-1001")
    together(view)["In any order"].trigger()
    together(view)["Not tied to one van"].trigger()
    settle(qtbot, session)
    assert session.state.day.orders == make_state().day.orders


def test_a_pickup_and_a_delivery_become_a_transfer(qtbot, view, session):
    click_cell(qtbot, view, "k1", "id")
    kinds = next(action.menu() for action in order_menu(view).actions() if action.text() == "Kind")
    next(action for action in kinds.actions() if action.text() == "Pickup").trigger()
    settle(qtbot, session)
    click_cell(qtbot, view, "k2", "id", Qt.KeyboardModifier.ShiftModifier)
    together(view)["Collect from one, bring to the other"].trigger()
    settle(qtbot, session)
    first, second = (session.state.day.order_by_key[key] for key in ("k1", "k2"))
    assert first.kind is OrderKind.PICKUP
    assert first.shipment == second.shipment != ""


def test_the_form_takes_rules(qtbot, view, session):
    form = view.form
    form.start("N1", 300)
    form._inputs["name"].setText("New")
    form._inputs["preferred_driver"].setText("Ann")
    form._inputs["position"].setCurrentText("First")
    form._inputs["setup_s"].setText("3")
    with qtbot.waitSignal(form.submitted) as caught:
        form.submit()
    order = caught.args[0]
    assert (order.preferred_driver, order.position, order.setup_s) == ("Ann", RoutePosition.FIRST, 180)
    form.start("N2", 300)
    assert form._inputs["position"].currentText() == "Anywhere"


def together(view):
    """The entries of the menu's submenu, by their text."""
    menu = order_menu(view)
    submenu = next(action.menu() for action in menu.actions() if action.text() == "Together")
    return {action.text(): action for action in submenu.actions()}
