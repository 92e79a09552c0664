"""The work list: what it shows, and that mouse, keys, drag and drop and the clipboard do what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from lastmile_desktop.model import Assignment, DayState, Location, Order, RouteOrders
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.planning import Planner
from lastmile_desktop.ui.order_actions import OrderActions
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.shown_day import ShownDay
from lastmile_desktop.ui.work_list.panel import WorkListPanel
from lastmile_desktop.ui.work_list.rows import UNASSIGNED, Group, OrderRow, groups_of, short_reason
from lastmile_desktop.ui.work_list.tree_model import WorkListModel

ROUTES = {"v1": ("o1", "o2", "o3"), "v2": ("o4", "o5")}


def with_routes(state: DayState, routes: dict[str, tuple[str, ...]]) -> DayState:
    assignment = Assignment(tuple(RouteOrders(key, orders) for key, orders in routes.items()))
    return Planner().timed(replace(state, assignment=assignment))


@dataclass
class Bench:
    session: Session
    selection: Selection
    actions: OrderActions
    panel: WorkListPanel

    def routes(self) -> dict[str, tuple[str, ...]]:
        assignment = self.session.state.assignment
        assert assignment is not None
        return {route.vehicle_key: route.order_keys for route in assignment.routes}

    def point_of(self, order_key: str) -> QPoint:
        return self.panel.tree.visualRect(self.panel.model.order_index(order_key)).center()


@pytest.fixture
def bench(
    qtbot: QtBot, own_session: Session, make_state: Callable[..., DayState], settle: Callable[[Session], None]
) -> Iterator[Bench]:
    shown = ShownDay(own_session)
    selection = Selection()
    actions = OrderActions(own_session, shown)
    panel = WorkListPanel(shown, selection, actions)
    qtbot.addWidget(panel)
    panel.resize(340, 640)
    own_session.start_day(with_routes(make_state(6), ROUTES))
    settle(own_session)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.tree.expandAll()
    return Bench(own_session, selection, actions, panel)


def shown_keys(panel: WorkListPanel) -> dict[str, list[str]]:
    return {group.key: [row.key for row in group.rows] for group in panel.model.groups}


def test_unassigned_come_first_with_a_reason_then_routes_in_the_fleets_order(bench: Bench) -> None:
    assert list(shown_keys(bench.panel).items()) == [
        (UNASSIGNED, ["o6"]),
        ("v1", ["o1", "o2", "o3"]),
        ("v2", ["o4", "o5"]),
    ]
    row = bench.panel.model.groups[0].rows[0]
    assert row.reason
    assert not row.reason.startswith("B-006")
    times = [row.time for row in bench.panel.model.groups[1].rows]
    assert times == sorted(times)
    assert all(len(text) == 5 for text in times)
    assert bench.panel.model.groups[1].load_percent == 10


def test_a_day_without_a_plan_lists_orders_that_wait_for_a_position_first(
    make_state: Callable[..., DayState],
) -> None:
    state = edits.set_position(make_state(4), "o3", None)
    first = groups_of(state)[0]
    assert [row.key for row in first.rows] == ["o3", "o1", "o2", "o4"]
    assert "position" in first.rows[0].reason
    assert not first.rows[1].reason


@pytest.mark.parametrize(
    ("message", "short"),
    [
        ("F907 cannot be planned: no vehicle has the skill crane.", "No vehicle has the skill crane."),
        ("F907 is on no route yet.", "Is on no route yet."),
        ("Nothing known.", "Nothing known."),
    ],
)
def test_reasons_leave_out_the_order_number(message: str, short: str) -> None:
    assert short_reason("F907", message) == short


def test_a_click_selects_everywhere(bench: Bench, qtbot: QtBot) -> None:
    viewport = bench.panel.tree.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=bench.point_of("o2"))
    assert bench.selection.order_key == "o2"
    route = bench.panel.tree.visualRect(bench.panel.model.group_index("v2"))
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=route.center())
    assert (bench.selection.order_key, bench.selection.vehicle_key) == (None, "v2")


def test_what_is_selected_elsewhere_is_selected_here_without_scrolling_or_opening(
    bench: Bench, settle: Callable[[Session], None], make_state: Callable[..., DayState]
) -> None:
    long = make_state(80)
    keys = [f"o{number}" for number in range(1, 81)]
    bench.session.start_day(with_routes(long, {"v1": tuple(keys[:40]), "v2": tuple(keys[40:])}))
    settle(bench.session)
    tree = bench.panel.tree
    tree.expand_keys(["v1"])
    before = tree.verticalScrollBar().value()
    bench.selection.select_order("o75")
    assert tree.selected_orders() == ["o75"]
    assert tree.verticalScrollBar().value() == before
    assert "v2" not in tree.expanded_keys()
    assert tree.painter_.selected_group == "v2"  # the closed route shows that it is inside
    bench.panel.reveal("o75")
    assert "v2" in tree.expanded_keys()
    assert tree.viewport().rect().contains(bench.point_of("o75"))


def test_del_unassigns_all_selected_orders_and_undo_brings_them_back(
    bench: Bench, qtbot: QtBot, settle: Callable[[Session], None]
) -> None:
    tree = bench.panel.tree
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=bench.point_of("o1"))
    qtbot.mouseClick(
        tree.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        bench.point_of("o4"),
    )
    assert tree.selected_orders() == ["o1", "o4"]
    qtbot.keyClick(tree, Qt.Key.Key_Delete)
    settle(bench.session)
    assert bench.routes() == {"v1": ("o2", "o3"), "v2": ("o5",)}
    assert bench.session.status.undo_name == "Unassign 2 orders"
    bench.session.undo()
    settle(bench.session)
    assert bench.routes() == ROUTES
    assert shown_keys(bench.panel)["v1"] == ["o1", "o2", "o3"]


def drop(bench: Bench, keys: list[str], at: QPoint) -> None:
    model, tree = bench.panel.model, bench.panel.tree
    mime: QMimeData = model.mimeData([model.order_index(key) for key in keys])
    event = QDropEvent(
        QPointF(at),
        Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tree.dropEvent(event)


def test_orders_are_dragged_to_another_route_a_place_in_it_and_off(
    bench: Bench, settle: Callable[[Session], None]
) -> None:
    drop(bench, ["o1"], bench.point_of("o5"))
    settle(bench.session)
    assert bench.routes() == {"v1": ("o2", "o3"), "v2": ("o4", "o1", "o5")}
    assert shown_keys(bench.panel)["v2"] == ["o4", "o1", "o5"]
    group = bench.panel.tree.visualRect(bench.panel.model.group_index("v1")).center()
    drop(bench, ["o4", "o5"], group)
    settle(bench.session)
    routes = bench.routes()  # on the route as a whole: each where it fits best
    assert sorted(routes["v1"]) == ["o2", "o3", "o4", "o5"]
    assert [key for key in routes["v1"] if key in ("o2", "o3")] == ["o2", "o3"]
    assert routes["v2"] == ("o1",)
    off = bench.panel.tree.visualRect(bench.panel.model.group_index(UNASSIGNED)).center()
    drop(bench, ["o2"], off)
    settle(bench.session)
    assert sorted(bench.routes()["v1"]) == ["o3", "o4", "o5"]
    assert "o2" in shown_keys(bench.panel)[UNASSIGNED]


def test_while_planning_nothing_can_be_dragged_or_unassigned(
    bench: Bench, qtbot: QtBot, settle: Callable[[Session], None]
) -> None:
    bench.actions.set_enabled(False)
    drop(bench, ["o1"], bench.point_of("o5"))
    bench.selection.select_order("o2")
    qtbot.keyClick(bench.panel.tree, Qt.Key.Key_Delete)
    settle(bench.session)
    assert bench.routes() == ROUTES
    menu = bench.actions.build_menu(["o2"], bench.panel)
    by_text = {action.text(): action for action in menu.actions()}
    assert not by_text["Unassign"].isEnabled()
    assert "planning" in by_text["Unassign"].toolTip()
    assert by_text["Show on map"].isEnabled()


def test_the_menu_moves_and_locks(bench: Bench, settle: Callable[[Session], None]) -> None:
    menu = bench.actions.build_menu(["o2"], bench.panel)
    entries = {action.text(): action for action in menu.actions()}
    entries["Lock to vehicle"].trigger()
    settle(bench.session)
    assignment = bench.session.state.assignment
    assert assignment is not None
    assert assignment.locked == {"o2"}
    assert bench.panel.model.groups[1].rows[1].locked
    move = bench.actions.build_menu(["o2"], bench.panel).findChild(QMenu)
    assert move is not None
    next(action for action in move.actions() if action.text().startswith("Van 2")).trigger()
    settle(bench.session)
    assert "o2" in bench.routes()["v2"]


def test_search_narrows_the_list_and_clearing_it_restores_what_was_open(bench: Bench, qtbot: QtBot) -> None:
    tree, search = bench.panel.tree, bench.panel.search
    tree.expand_keys(["v2"])
    qtbot.keyClicks(search, "STREET 1")
    qtbot.waitUntil(lambda: shown_keys(bench.panel) == {UNASSIGNED: [], "v1": ["o1"], "v2": []})
    assert "v1" in tree.expanded_keys()
    assert "1 of 6 orders match" in bench.panel._found.text()
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert bench.selection.order_key == "o1"
    search.clear()
    qtbot.waitUntil(lambda: shown_keys(bench.panel)["v1"] == ["o1", "o2", "o3"])
    assert tree.expanded_keys() == ["v2"]


def test_rows_are_copied_as_cells(bench: Bench, qtbot: QtBot) -> None:
    bench.selection.select_order("o4")
    bench.panel.tree.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:5] == ["Vehicle", "No.", "Time", "Order", "Name"]
    cells = lines[1].split("\t")
    assert len(lines) == 2
    assert (cells[0], cells[1], cells[3], cells[4]) == ("Van 2", "1", "B-004", "Customer 4")
    assert len(cells) == len(lines[0].split("\t"))


def test_keys_move_through_the_list(bench: Bench, qtbot: QtBot) -> None:
    bench.panel.tree.setFocus()
    bench.selection.select_order("o1")
    qtbot.keyClick(bench.panel.tree, Qt.Key.Key_Down)
    assert bench.selection.order_key == "o2"
    with qtbot.waitSignal(bench.panel.tree.activated_order) as asked:
        qtbot.keyClick(bench.panel.tree, Qt.Key.Key_Return)
    assert asked.args == ["o2"]


def test_every_row_is_read_out_in_words(bench: Bench) -> None:
    model = bench.panel.model
    route = model.data(model.group_index("v1"), Qt.ItemDataRole.AccessibleTextRole)
    order = model.data(model.order_index("o3"), Qt.ItemDataRole.AccessibleTextRole)
    assert "Van 1" in route
    assert "3 stops" in route
    assert "B-003" in order
    assert "09:00–17:00" in order


def test_2000_orders_follow_each_edit(
    bench: Bench, settle: Callable[[Session], None], make_state: Callable[..., DayState]
) -> None:
    """Large lists are updated by difference; how fast is measured in benchmarks/heartbeat.py."""
    keys = [f"o{number}" for number in range(1, 2001)]
    routes = {f"v{n + 1}": tuple(keys[100 * n : 100 * n + 100]) for n in range(20)}
    state = with_routes(make_state(2000, 20, pieces=200), routes)
    bench.session.start_day(state)
    settle(bench.session)
    bench.panel.tree.expandAll()
    planner = Planner()
    for key in keys[7:507:100]:
        state = planner.timed(edits.move_orders(state, [key], None))
        bench.panel.model.show(groups_of(state))
        bench.panel.tree.reselect([])
        bench.panel.tree.viewport().repaint()
        assert bench.panel.model.group_of(key) == UNASSIGNED


PLANS = st.lists(
    st.tuples(st.permutations(list(range(8))), st.integers(0, 8), st.integers(0, 8)), min_size=2, max_size=6
)


@given(plans=PLANS)
@settings(max_examples=40, deadline=None)
def test_any_change_leaves_the_model_sound(plans: list[tuple[list[int], int, int]]) -> None:
    """Qt's own model tester watches every insertion and removal; the rows are exactly the new ones."""
    orders = [Order(f"o{n}", f"B{n}", location=Location(51, 3)) for n in range(8)]
    model = WorkListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for order, first, second in plans:
        cuts = sorted((first, second))
        parts = [order[: cuts[0]], order[cuts[0] : cuts[1]], order[cuts[1] :]]
        groups = [
            Group(
                key,
                key or "Unassigned",
                "",
                0,
                tuple(OrderRow(orders[n], None, 0, False, "") for n in part),
                len(part),
            )
            for key, part in zip((UNASSIGNED, "v1", "v2"), parts, strict=True)
        ]
        model.show(groups)
        for at, part in enumerate(parts):
            parent = model.index(at, 0)
            assert [model.item(model.index(row, 0, parent)).key for row in range(model.rowCount(parent))] == [
                f"o{n}" for n in part
            ]
        assert all(model.item(model.order_index(f"o{n}")).key == f"o{n}" for n in range(8))
    assert tester.model() is model


def test_an_order_taken_off_its_route_stays_selected(
    qtbot: QtBot, bench: Bench, settle: Callable[[Session], None]
) -> None:
    qtbot.mouseClick(bench.panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=bench.point_of("o2"))
    qtbot.keyClick(bench.panel.tree, Qt.Key.Key_Delete)
    settle(bench.session)
    assert bench.routes()["v1"] == ("o1", "o3")
    assert bench.selection.order_key == "o2"
    assert bench.panel.tree.selected_orders() == ["o2"]
    bench.session.undo()
    settle(bench.session)
    assert bench.selection.order_key == "o2"


def test_a_moved_order_does_not_scroll_the_list_away(
    qtbot: QtBot, bench: Bench, make_state: Callable[..., DayState], settle: Callable[[Session], None]
) -> None:
    keys = tuple(f"o{number}" for number in range(1, 61))
    bench.session.start_day(with_routes(make_state(60), {"v1": keys[:30], "v2": keys[30:]}))
    settle(bench.session)
    bench.panel.tree.expandAll()
    qtbot.mouseClick(bench.panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=bench.point_of("o2"))
    before = bench.panel.tree.verticalScrollBar().value()
    bench.actions.move(["o2"], "v2")
    settle(bench.session)
    assert "o2" in bench.routes()["v2"]
    assert bench.panel.tree.verticalScrollBar().value() == before


def test_the_beginning_of_a_route_is_kept_and_freed_by_the_menu(
    bench: Bench, settle: Callable[[Session], None]
) -> None:
    def trigger(key: str, text: str) -> None:
        menu = bench.actions.build_menu([key], bench.panel)
        next(action for action in menu.actions() if action.text() == text).trigger()
        settle(bench.session)

    trigger("o2", "Keep the route up to here")
    assignment = bench.session.state.assignment
    assert assignment is not None
    assert assignment.frozen == {"o1", "o2"}
    assert [row.locked for row in bench.panel.model.groups[1].rows[:3]] == [True, True, False]
    trigger("o2", "Free the beginning of the route")
    assert bench.session.state.assignment is not None
    assert not bench.session.state.assignment.frozen
