"""The Orders page: what it shows, by mouse and keys against a real session and a real day on disk."""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSpinBox, QTableView

from lastmile_desktop.model import (
    Day,
    DayState,
    Severity,
)
from lastmile_desktop.store.firm import FirmMemory
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.orders_view import OrdersView, order_edits
from lastmile_desktop.ui.orders_view.head_line import head_line
from lastmile_desktop.ui.orders_view.order_columns import COLUMN_OF, COLUMNS
from lastmile_desktop.ui.orders_view.order_status import OrderFilter
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.table_parts.cells_out import as_clipboard_text, as_csv

sys.path.insert(0, str(Path(__file__).parent))

from orders_page import (
    GENT,
    click_cell,
    make_order,
    make_state,
    problem,
    row_of,
    settle,
    shown_ids,
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


# ---- many orders -----------------------------------------------------------------------------------


def test_two_thousand_orders_are_shown_filtered_and_sorted(qtbot, view, session):
    orders = tuple(make_order(number, notes="Ring twice at the blue door") for number in range(2000))
    state = DayState(day=Day(date(2026, 11, 23), orders, make_state().day.vehicles, make_state().day.depots))
    session.start_day(state)
    settle(qtbot, session)
    view.model.set_state(make_state())
    view.model.set_state(state)
    assert view.shown.rowCount() == 2000
    view.shown.set_filter("customer 77", OrderFilter.ALL)
    view.table.sortByColumn(COLUMN_OF["address"], Qt.SortOrder.DescendingOrder)
    assert view.shown.rowCount() == sum("77" in f"{number} {number + 1000}" for number in range(2000))
    addresses = [view.shown.index(row, COLUMN_OF["address"]).data() for row in range(view.shown.rowCount())]
    assert addresses == sorted(addresses, reverse=True)


def test_several_selected_orders_stay_selected_through_a_change_elsewhere(qtbot, view, session):
    click_cell(qtbot, view, "k1", "id")
    click_cell(qtbot, view, "k3", "id", Qt.KeyboardModifier.ShiftModifier)
    session.do("Delete", lambda state: order_edits.edits.remove_orders(state, ["k8"]))
    settle(qtbot, session)
    assert view.table.chosen_keys() == ["k1", "k2", "k3"]


def test_a_long_remark_can_be_read_whole(qtbot, view, session):
    long = "This remark goes on. " * 20
    state = make_state()
    session.start_day(DayState(day=state.day, problems=(problem(9, Severity.ATTENTION, "x", "B-5", long),)))
    settle(qtbot, session)
    assert not view.problems.whole_text.isVisible()
    click_problem(qtbot, view, 0)
    assert view.problems.whole_text.isVisible()
    assert view.problems.whole_text.text() == long


def test_a_deleted_order_takes_its_remarks_along(qtbot, view, session):
    click_cell(qtbot, view, "k5", "id")
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    settle(qtbot, session)
    assert [entry.category for entry in session.state.problems] == ["waiting_for_position", "duplicate_id"]
    session.undo()
    settle(qtbot, session)
    assert len(session.state.problems) == 3


def test_an_order_counts_once_in_head_line_and_filters(qtbot, view, session):
    state = make_state()
    orders = (make_order(1, location=None, attention=True), make_order(2, location=None))
    session.start_day(DayState(day=Day(state.day.date, orders, state.day.vehicles, state.day.depots)))
    settle(qtbot, session)
    assert view.head.text() == "0 orders ready, 1 waits for a position, 1 needs attention"
    assert view.filter_bar.buttons[OrderFilter.WAITING].text() == "? Waiting for position 1"
