"""Orders of one door in the window: one stop in the list and on the card, and a setting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from lastmile_desktop.model import Assignment, DayState, RouteOrders
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.planning import Planner
from lastmile_desktop.ui.card.facts import order_content
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.settings_view import SettingsDialog
from lastmile_desktop.ui.work_list.rows import groups_of
from lastmile_desktop.ui.work_list.tree_model import group_text

MakeState = Callable[..., DayState]
Settle = Callable[[Session], None]


def shared(make_state: MakeState) -> DayState:
    """Orders o1 and o2 are for one door, one after the other."""
    state = make_state(4, 1)
    there = replace(state.day.orders[1], location=state.day.orders[0].location, address="Street 1, Ghent")
    state = edits.change_orders(state, [there])
    routes = (RouteOrders("v1", ("o1", "o2", "o3", "o4")),)
    return Planner().timed(replace(state, assignment=Assignment(routes)))


def test_the_list_says_same_stop(make_state: MakeState) -> None:
    route = groups_of(shared(make_state))[1]
    assert [(row.number, row.same_stop) for row in route.rows] == [
        (1, False),
        (1, True),
        (2, False),
        (3, False),
    ]
    assert route.size == "3 stops, 4 orders"
    assert "3 stops, 4 orders" in group_text(route)
    off = shared(make_state)
    off = Planner().timed(edits.change_settings(off, replace(off.day.settings, same_door=False)))
    assert groups_of(off)[1].size == "4 stops"


def test_the_card_names_the_others(make_state: MakeState) -> None:
    content = order_content(shared(make_state), "o1")
    facts = {fact.label: fact.value for section in content.sections for fact in section.facts}
    assert facts["Stop"] == "1, together with B-002"


def test_the_setting_is_kept_and_undone(
    qtbot: QtBot, own_session: Session, make_state: MakeState, settle: Settle
) -> None:
    own_session.start_day(shared(make_state))
    settle(own_session)
    dialog = SettingsDialog(own_session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.form.changed.emit({"same_door": False})
    settle(own_session)
    qtbot.waitUntil(lambda: not own_session.firm.settings().same_door)
    assert own_session.state.timetable is not None
    assert own_session.state.timetable.routes[0].stop_count == 4
    own_session.undo()
    settle(own_session)
    assert own_session.state.timetable.routes[0].stop_count == 3
