"""Planning from the window's side: live, finished early, thrown away, interrupted by a change, impossible."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lastmile_desktop.model import DayState
from lastmile_desktop.pipeline import edits
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.planning.controller import PlanningController
from lastmile_desktop.ui.planning.run import Live
from lastmile_desktop.ui.planning.strip import PlanningStrip
from lastmile_desktop.ui.session import Notice, Session
from lastmile_desktop.ui.shown_day import ShownDay


@dataclass
class Bench:
    session: Session
    shown: ShownDay
    planning: PlanningController
    strip: PlanningStrip
    notices: list[Notice] = field(default_factory=list)
    lives: list[Live] = field(default_factory=list)
    ends: list[bool] = field(default_factory=list)


@pytest.fixture
def bench(
    qtbot: QtBot, own_session: Session, make_state: Callable[..., DayState], settle: Callable[[Session], None]
) -> Iterator[Bench]:
    jobs = Jobs()
    shown = ShownDay(own_session)
    planning = PlanningController(own_session, shown, jobs)
    strip = PlanningStrip(planning, own_session, jobs)
    qtbot.addWidget(strip)
    made = Bench(own_session, shown, planning, strip)
    planning.notice.connect(made.notices.append)
    planning.result.connect(made.notices.append)
    planning.progressed.connect(made.lives.append)
    planning.finished.connect(made.ends.append)
    own_session.start_day(make_state(24, 3))
    settle(own_session)
    yield made
    planning.discard()
    jobs.close()


def wait_for_a_live_plan(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bench.shown.is_preview, timeout=20_000)


def test_a_plan_is_found_in_its_time_and_can_be_undone(
    bench: Bench, qtbot: QtBot, settle: Callable[[Session], None]
) -> None:
    began_at = time.monotonic()
    bench.planning.plan(seconds=2)
    assert bench.strip.isVisible()
    qtbot.waitUntil(lambda: bench.ends == [True], timeout=20_000)
    assert time.monotonic() - began_at < 6
    timetable = bench.session.state.timetable
    assert timetable is not None
    assert timetable.totals.planned == 24
    assert not timetable.violations
    assert not bench.shown.is_preview
    assert not bench.strip.isVisible()
    assert "24 orders" in bench.notices[-1].text
    bench.session.undo()
    settle(bench.session)
    assert bench.session.state.timetable is None


def test_the_live_plan_is_shown_but_not_stored(bench: Bench, qtbot: QtBot) -> None:
    bench.planning.plan(seconds=30)
    wait_for_a_live_plan(bench, qtbot)
    assert bench.session.state.timetable is None
    assert bench.shown.state.timetable is not None
    assert "of 24 orders planned" in bench.strip.words.text()
    assert "to go" in bench.strip.clock.text()


def test_finish_now_keeps_the_best(bench: Bench, qtbot: QtBot) -> None:
    bench.planning.plan(seconds=60)
    wait_for_a_live_plan(bench, qtbot)
    pressed_at = time.monotonic()
    qtbot.mouseClick(bench.strip.finish, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bench.ends == [True], timeout=15_000)
    assert time.monotonic() - pressed_at < 5
    assert bench.session.state.timetable is not None


def test_discard_goes_back_to_the_plan_from_before(
    bench: Bench, qtbot: QtBot, settle: Callable[[Session], None]
) -> None:
    bench.session.do("Move B-001", lambda state: edits.move_orders(state, ["o1"], "v2"))
    settle(bench.session)
    before = bench.session.state
    bench.planning.plan(seconds=60)
    wait_for_a_live_plan(bench, qtbot)
    pressed_at = time.monotonic()
    qtbot.mouseClick(bench.strip.discard, Qt.MouseButton.LeftButton)
    assert time.monotonic() - pressed_at < 0.5
    assert not bench.planning.running
    assert bench.session.state is before
    assert bench.shown.state is before
    assert "from before is kept" in bench.notices[-1].text
    qtbot.wait(1500)  # what still arrives from the run is dropped
    assert bench.session.state is before
    assert not bench.shown.is_preview


def test_a_change_of_the_day_ends_the_search_with_a_word(
    bench: Bench, qtbot: QtBot, settle: Callable[[Session], None]
) -> None:
    bench.planning.plan(seconds=60)
    wait_for_a_live_plan(bench, qtbot)
    bench.session.do("Remove B-001", lambda state: edits.remove_orders(state, ["o1"]))
    settle(bench.session)
    assert bench.ends == [False]
    assert "the day was changed" in bench.notices[-1].text
    assert bench.session.state.timetable is None
    assert not bench.shown.is_preview


def test_improving_starts_from_the_plan_on_the_table(bench: Bench, qtbot: QtBot) -> None:
    bench.planning.plan(seconds=1)
    qtbot.waitUntil(lambda: bench.ends == [True], timeout=20_000)
    first = bench.session.state.timetable
    assert first is not None
    bench.planning.plan(keep_plan=True, seconds=1)
    qtbot.waitUntil(lambda: bench.ends == [True, True], timeout=20_000)
    second = bench.session.state.timetable
    assert second is not None
    assert second.totals.unassigned <= first.totals.unassigned
    assert second.totals.cost_cents <= first.totals.cost_cents
    assert bench.session.status.undo_name == "Improve plan"


def test_locked_orders_stay_on_their_vehicle(
    bench: Bench, qtbot: QtBot, settle: Callable[[Session], None]
) -> None:
    def lock(state: DayState) -> DayState:
        return edits.set_locked(edits.move_orders(state, ["o1"], "v3"), ["o1"], True)

    bench.session.do("Lock B-001", lock)
    settle(bench.session)
    bench.planning.plan(seconds=1)
    qtbot.waitUntil(lambda: bench.ends == [True], timeout=20_000)
    assignment = bench.session.state.assignment
    assert assignment is not None
    assert "o1" in next(r.order_keys for r in assignment.routes if r.vehicle_key == "v3")


def test_without_a_vehicle_the_sentence_says_what_to_do(
    bench: Bench, settle: Callable[[Session], None]
) -> None:
    def park(state: DayState) -> DayState:
        resting = [replace(vehicle, active=False) for vehicle in state.day.vehicles]
        return edits.change_fleet(state, resting, state.day.depots)

    bench.session.do("Park", park)
    settle(bench.session)
    bench.planning.plan()
    assert not bench.planning.running
    assert bench.notices[-1].kind == "warning"
    assert "tick one in Fleet" in bench.notices[-1].text


def test_a_second_press_changes_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.planning.plan(seconds=30)
    run = bench.planning._run
    bench.planning.plan(seconds=30)
    assert bench.planning._run is run
