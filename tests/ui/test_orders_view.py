"""The Orders page, driven by mouse and keys against a real session and a real day on disk."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSpinBox, QTableView, QWidget

from lastmile_desktop.model import (
    Assignment,
    Day,
    DayState,
    Depot,
    Location,
    Order,
    OrderKind,
    Priority,
    RouteOrders,
    Severity,
    SheetProblem,
    SourceCell,
    TimeWindow,
    Vehicle,
)
from lastmile_desktop.store.firm import FirmMemory
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.orders_view import OrdersView, order_edits
from lastmile_desktop.ui.orders_view.head_line import head_line
from lastmile_desktop.ui.orders_view.order_columns import COLUMN_OF, COLUMNS
from lastmile_desktop.ui.orders_view.order_menu import order_menu
from lastmile_desktop.ui.orders_view.order_status import OrderFilter
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.table_parts.cells_out import as_clipboard_text, as_csv

GENT = Location(51.05, 3.72)


def make_order(number: int, **values: object) -> Order:
    given: dict[str, object] = {
        "key": f"k{number}",
        "id": f"B-{1000 + number}",
        "name": f"Customer {number}",
        "address": f"Korte Meer {number}, 9000 Gent",
        "location": Location(51.05 + number / 5000, 3.72 + number / 7000),
        "source": SourceCell("Orders", number + 4),
    }
    return Order(**{**given, **values})  # type: ignore[arg-type]


def problem(
    row: int, severity: Severity, category: str, order_id: str = "", message: str = "A remark."
) -> SheetProblem:
    return SheetProblem("Orders", row, "C", order_id, severity, category, message)


def make_state() -> DayState:
    """Eight orders: 1 to 4 on two vans, 5 needs attention, 6 waits, 7 has markup, 8 is plain."""
    orders = [make_order(number) for number in range(1, 9)]
    orders[4] = make_order(5, attention=True)
    orders[5] = make_order(6, location=None)
    orders[6] = make_order(7, name='<b>=HYPERLINK("http://x")</b>', phone="+32 475 12 34 56", notes="=1+1")
    vehicles = tuple(Vehicle(key=f"v{n}", name=f"Van {n}", start_depot="d", end_depot="d") for n in (1, 2))
    problems = (
        problem(9, Severity.ATTENTION, "bad_time", "B-1005", "The time “25:00” cannot be used."),
        problem(10, Severity.INFO, "waiting_for_position", "B-1006", "It waits for a position."),
        problem(20, Severity.ERROR, "duplicate_id", "B-1001", "Row 20 is left out: B-1001 is there already."),
    )
    day = Day(date(2026, 11, 23), tuple(orders), vehicles, (Depot("d", "Depot", GENT),))
    routes = (RouteOrders("v1", ("k1", "k2")), RouteOrders("v2", ("k3", "k4")))
    return DayState(day=day, assignment=Assignment(routes), problems=problems)


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


def settle(qtbot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.busy, timeout=10_000)


def row_of(view: OrdersView, order_key: str) -> int:
    index = view.shown.mapFromSource(view.model.index(view.model.row_of(order_key), 0))
    assert index.isValid()
    return index.row()


def shown_ids(view: OrdersView) -> list[str]:
    return [view.shown.index(row, COLUMN_OF["id"]).data() for row in range(view.shown.rowCount())]


def click_cell(qtbot, view: OrdersView, order_key: str, field: str, modifier=Qt.KeyboardModifier.NoModifier):
    index = view.shown.index(row_of(view, order_key), COLUMN_OF[field])
    view.table.scrollTo(index)
    centre = view.table.visualRect(index).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, modifier, centre)
    return index


def open_editor(qtbot, view: OrdersView, order_key: str, field: str) -> QWidget:
    click_cell(qtbot, view, order_key, field)
    qtbot.keyClick(view.table, Qt.Key.Key_F2)
    editors = [
        child
        for child in view.table.viewport().findChildren(QWidget)
        if isinstance(child, QLineEdit | QComboBox)
        and child.isVisible()
        and child.parent() is view.table.viewport()
    ]
    assert len(editors) == 1
    return editors[0]


def type_into(qtbot, view: OrdersView, order_key: str, field: str, text: str) -> QWidget:
    editor = open_editor(qtbot, view, order_key, field)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the delegate closes the cell after the key, not within it
    return editor


# ---- what is shown ---------------------------------------------------------------------------------


def test_every_order_has_a_sign_and_a_word_for_where_it_stands(view):
    texts = {view.model.order_at(row).key: view.model.text(row, 0) for row in range(view.model.rowCount())}
    assert texts["k2"] == "Van 1, stop 2"
    assert texts["k5"] == "Needs attention"
    assert texts["k6"] == "Waits for a position"
    assert texts["k8"] == "Unassigned"
    status = {order.key: view.model.book.status(order) for order in view._session.state.day.orders}
    assert [status[key].sign for key in ("k2", "k5", "k6", "k8")] == ["", "!", "?", "○"]
    assert [status[key].vehicle_index for key in ("k2", "k3", "k8")] == [0, 1, None]


def test_the_head_line_counts_every_order_once(view):
    assert view.head.text() == "6 orders ready, 1 waits for a position, 1 needs attention, 1 left out"
    assert head_line(DayState(Day(date(2026, 1, 1)))) == "0 orders ready"


def test_planned_and_unassigned_part_the_orders(view):
    counts = {chosen: button.text() for chosen, button in view.filter_bar.buttons.items()}
    assert counts[OrderFilter.ALL] == "All 8"
    assert counts[OrderFilter.PLANNED] == "Planned 4"
    assert counts[OrderFilter.UNASSIGNED] == "○ Unassigned 4"
    assert counts[OrderFilter.ATTENTION] == "! Needs attention 1"
    assert counts[OrderFilter.WAITING] == "? Waiting for position 1"


def test_no_text_of_a_sheet_is_taken_for_markup(view):
    index = view.shown.index(row_of(view, "k7"), COLUMN_OF["name"])
    assert index.data() == '<b>=HYPERLINK("http://x")</b>'
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_day_without_orders_says_what_to_do(qtbot, session, selection):
    view = OrdersView(session, selection)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show()
    assert view.pages.currentIndex() == 0
    with qtbot.waitSignal(view.open_requested):
        qtbot.mouseClick(view.open_button, Qt.MouseButton.LeftButton)


def test_every_control_has_an_accessible_name(view):
    view.add_order()
    nameless = [
        f"{type(child).__name__} {child.objectName()}"
        for kind in (QPushButton, QLineEdit, QComboBox, QSpinBox, QTableView)
        for child in view.findChildren(kind)
        if not child.accessibleName() and child.objectName() != "qt_spinbox_lineedit"
    ]
    assert nameless == []


def test_nothing_is_wider_than_the_page_at_1366(view):
    view.add_order()
    assert view.minimumSizeHint().width() <= 1366
    assert view.minimumSizeHint().height() <= 640


# ---- filtering and sorting -------------------------------------------------------------------------


def test_the_filter_box_finds_every_word_anywhere(qtbot, view):
    qtbot.keyClicks(view.filter_bar.box, "meer b-1003 CUSTOMER")
    qtbot.waitUntil(lambda: shown_ids(view) == ["B-1003"], timeout=2000)
    view.filter_bar.box.setText("475")
    qtbot.waitUntil(lambda: shown_ids(view) == ["B-1007"], timeout=2000)
    view.filter_bar.box.setText("van")
    qtbot.waitUntil(lambda: len(shown_ids(view)) == 4, timeout=2000)


def test_a_quick_filter_shows_its_orders_at_once(qtbot, view):
    qtbot.mouseClick(view.filter_bar.buttons[OrderFilter.WAITING], Qt.MouseButton.LeftButton)
    assert shown_ids(view) == ["B-1006"]
    view.show_filter(OrderFilter.ATTENTION)
    assert shown_ids(view) == ["B-1005"]


def test_a_header_click_sorts_and_keeps_what_is_selected(qtbot, view, selection):
    click_cell(qtbot, view, "k3", "id")
    view.table.sortByColumn(COLUMN_OF["id"], Qt.SortOrder.DescendingOrder)
    assert shown_ids(view)[0] == "B-1008"
    assert view.table.chosen_keys() == ["k3"]
    assert selection.order_key == "k3"
    view.table.sortByColumn(COLUMN_OF["status"], Qt.SortOrder.AscendingOrder)
    assert shown_ids(view)[:2] == ["B-1005", "B-1006"], "what needs a person comes first"


@pytest.mark.parametrize("column", range(len(COLUMNS)))
def test_every_column_sorts_both_ways(view, column):
    view.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    up = shown_ids(view)
    view.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    assert sorted(up) == sorted(shown_ids(view))


# ---- selection -------------------------------------------------------------------------------------


def test_a_click_selects_everywhere_and_back(qtbot, view, selection):
    click_cell(qtbot, view, "k4", "name")
    assert selection.order_key == "k4"
    selection.select_order("k2")
    assert view.table.chosen_keys() == ["k2"]
    selection.select_vehicle("v1")
    assert view.table.chosen_keys() == []


def test_selecting_elsewhere_does_not_scroll_a_row_that_is_in_view(qtbot, view, session, selection):
    many = make_state()
    orders = tuple(make_order(number) for number in range(1, 200))
    session.start_day(DayState(day=Day(many.day.date, orders, many.day.vehicles, many.day.depots)))
    settle(qtbot, session)
    view.table.horizontalScrollBar().setValue(200)
    view.table.verticalScrollBar().setValue(50)
    selection.select_order("k53")
    assert view.table.verticalScrollBar().value() == 50
    assert view.table.horizontalScrollBar().value() == 200
    selection.select_order("k190")
    assert view.table.verticalScrollBar().value() > 50


def test_an_edit_elsewhere_keeps_selection_and_scroll(qtbot, view, session, selection):
    click_cell(qtbot, view, "k3", "id")
    session.do("Delete", lambda state: order_edits.edits.remove_orders(state, ["k1"]))
    settle(qtbot, session)
    assert view.table.chosen_keys() == ["k3"]
    assert selection.order_key == "k3"


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


# ---- clipboard and file ----------------------------------------------------------------------------


def test_rows_are_copied_as_cells_and_no_cell_becomes_a_formula(qtbot, view):
    click_cell(qtbot, view, "k7", "id")
    click_cell(qtbot, view, "k8", "id", Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = list(csv.reader(QGuiApplication.clipboard().text().splitlines(), delimiter="\t"))
    assert rows[0][:3] == ["Status", "Order", "Name"]
    assert rows[1][COLUMN_OF["notes"]] == "'=1+1"
    assert rows[1][COLUMN_OF["phone"]] == "+32 475 12 34 56"
    assert [row[1] for row in rows[1:]] == ["B-1007", "B-1008"]


def test_one_row_copies_its_current_cell(qtbot, view):
    click_cell(qtbot, view, "k2", "address")
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Korte Meer 2, 9000 Gent"


def test_the_export_holds_the_rows_shown(qtbot, view, session, tmp_path: Path):
    view.show_filter(OrderFilter.UNASSIGNED)
    target = tmp_path / "orders.csv"
    before = session.status.undo_name
    view.export(target)
    settle(qtbot, session)
    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == ["B-1005", "B-1006", "B-1007", "B-1008"]
    assert rows[3][COLUMN_OF["phone"]] == "'+32 475 12 34 56"
    assert view.message.text == "Exported 4 orders to orders.csv."
    assert session.status.undo_name == before, "an export is no step to undo"


def test_an_export_that_cannot_be_written_says_so(qtbot, view, session, tmp_path: Path):
    (tmp_path / "taken").write_text("a file, not a folder")
    with qtbot.waitSignal(session.notice) as said:
        view.export(tmp_path / "taken" / "orders.csv")
    settle(qtbot, session)
    assert said.args[0].kind == "danger"


@pytest.mark.parametrize("cell", ["=1+1", "+1-2", "-2+3", "@SUM(A1)", "\t=1", " =1", "=cmd|' /C calc'!A0"])
def test_cells_that_look_like_formulas_are_made_text(cell):
    assert as_csv([[cell]]).decode("utf-8-sig").lstrip('"').startswith("'")
    assert as_clipboard_text([[cell]]).lstrip('"').startswith("'")


def test_numbers_stay_numbers():
    assert as_csv([["-3.5", "12"]]).decode("utf-8-sig").strip() == "-3.5,12"


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


# ---- remarks ---------------------------------------------------------------------------------------


def click_problem(qtbot, view: OrdersView, row: int) -> None:
    table = view.problems.table
    centre = table.visualRect(view.problems.model.index(row, 5)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(centre))


def test_the_gravest_remark_comes_first_and_a_click_goes_to_the_cell(qtbot, view, selection):
    model = view.problems.model
    assert [model.problem_at(row).severity for row in range(3)] == list(Severity)
    assert model.index(0, 0).data() == "✕  Left out"
    view.show_filter(OrderFilter.PLANNED)
    click_problem(qtbot, view, 1)
    assert selection.order_key == "k5"
    assert view.table.currentIndex().column() == COLUMN_OF["windows"]
    assert shown_ids(view) == [f"B-{1000 + number}" for number in range(1, 9)], "a filter must not hide it"


def test_remarks_are_filtered_by_severity(qtbot, view):
    qtbot.mouseClick(view.problems._buttons[Severity.INFO], Qt.MouseButton.LeftButton)
    assert [view.problems.model.problem_at(0).category] == ["waiting_for_position"]
    assert view.problems.model.rowCount() == 1


def test_looked_at_takes_the_remark_away_and_can_be_undone(qtbot, view, session):
    click_problem(qtbot, view, 1)
    qtbot.mouseClick(view.problems.looked_at_button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert not session.state.day.order_by_key["k5"].attention
    assert view.problems.model.rowCount() == 2
    session.undo()
    settle(qtbot, session)
    assert session.state.day.order_by_key["k5"].attention
    assert view.problems.model.rowCount() == 3


def test_a_left_out_row_can_be_added_by_hand(qtbot, view):
    click_problem(qtbot, view, 0)
    assert view.problems.add_button.isVisible()
    qtbot.mouseClick(view.problems.add_button, Qt.MouseButton.LeftButton)
    assert view.form.isVisible()
    assert "Row 20 is left out" in view.form.why.text()
    assert view.form._line("id").text() == "PHONE-1", "the number that is taken is not offered"


def test_a_remark_about_waiting_goes_when_memory_knew_the_position():
    state = make_state()
    placed = order_edits.edits.set_position(state, "k6", GENT)
    assert len(order_edits.open_problems(state)) == 3
    assert [p.category for p in order_edits.open_problems(placed)] == ["bad_time", "duplicate_id"]


@pytest.mark.parametrize(
    ("category", "message", "field"),
    [
        ("bad_time", "The time “25:00” cannot be used: x.", "windows"),
        ("bad_time", "The service time “x” cannot be used", "service_s"),
        ("bad_time", "A service time of 20 hours cannot be right.", "service_s"),
        ("bad_number", "The weight “x” cannot be used", "weight_g"),
        ("bad_number", "The price “x” cannot be used", None),
        ("formula", "The formula in this cell was never calculated", None),
    ],
)
def test_remarks_lead_to_their_field(category, message, field):
    assert order_edits.field_of(problem(5, Severity.ATTENTION, category, message=message)) == field


def test_an_order_with_two_remarks_is_settled_by_the_second():
    state = make_state()
    both = (*state.problems, problem(9, Severity.ATTENTION, "bad_number", message="The weight “x” …"))
    state = DayState(day=state.day, problems=both)
    once = order_edits.with_values(state, ["k5"], {"windows": ()})
    assert once.day.order_by_key["k5"].attention
    twice = order_edits.with_values(once, ["k5"], {"weight_g": 5})
    assert not twice.day.order_by_key["k5"].attention


# ---- speed -----------------------------------------------------------------------------------------


def test_two_thousand_orders_are_shown_and_filtered_without_a_pause(qtbot, view, session):
    orders = tuple(make_order(number, notes="Ring twice at the blue door") for number in range(2000))
    state = DayState(day=Day(date(2026, 11, 23), orders, make_state().day.vehicles, make_state().day.depots))
    session.start_day(state)
    settle(qtbot, session)
    started = time.perf_counter()
    view.model.set_state(make_state())
    view.model.set_state(state)
    set_s = time.perf_counter() - started
    started = time.perf_counter()
    view.shown.set_filter("customer 77", OrderFilter.ALL)
    filter_s = time.perf_counter() - started
    started = time.perf_counter()
    view.table.sortByColumn(COLUMN_OF["address"], Qt.SortOrder.DescendingOrder)
    sort_s = time.perf_counter() - started
    print(f"set {set_s * 1000:.0f} ms, filter {filter_s * 1000:.0f} ms, sort {sort_s * 1000:.0f} ms")
    assert view.shown.rowCount() == sum("77" in f"{number} {number + 1000}" for number in range(2000))
    assert set_s < 0.5  # ten times the goal: eight people share this machine's two cores
    assert filter_s < 0.5
    assert sort_s < 0.5
