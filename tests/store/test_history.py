"""Undoing everything leads to the start, redoing everything to the end, over crashes and reopening too."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lastmile_desktop.model import Assignment, DayState, Depot, Order, RouteOrders, Vehicle
from lastmile_desktop.store import DayFileError, DayStore, Folders
from lastmile_desktop.store.journal import KEPT_STEPS

KEYS = st.sampled_from("abcdefg")


def an_empty_day() -> DayState:
    from datetime import date

    from lastmile_desktop.model import Day

    depots = (Depot("d", "Depot"),)
    fleet = (Vehicle("v", "Van", start_depot="d", end_depot="d"),)
    return DayState(Day(date(2026, 11, 23), (), fleet, depots))


def with_orders(state: DayState, orders: list[Order]) -> DayState:
    """The state with these orders; those that are gone leave the plan too."""
    keys = {order.key for order in orders}
    assignment = state.assignment and Assignment(
        tuple(
            RouteOrders(route.vehicle_key, tuple(key for key in route.order_keys if key in keys))
            for route in state.assignment.routes
        ),
        state.assignment.locked,
    )
    return dataclasses.replace(
        state, day=dataclasses.replace(state.day, orders=tuple(orders)), assignment=assignment
    )


class OneDay(RuleBasedStateMachine):
    """A list of states and a place in it is all that the store must be like."""

    @initialize()
    def start(self):
        self.root = Path(tempfile.mkdtemp(prefix="day-"))
        self.folders = Folders(self.root / "data")
        self.states: list[DayState] = [an_empty_day()]
        self.names: list[str] = []
        self.place = 0
        self.saved: DayState | None = None
        self.history_in_file: tuple[list[DayState], list[str], int] = ([], [], 0)
        self.store = DayStore.new(self.states[0], folders=self.folders)

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close(discard=True)
            shutil.rmtree(self.root)

    def act(self, name: str, state: DayState) -> None:
        before = self.states[self.place]
        self.store.commit(name, state)
        if state != before:
            self.states[self.place + 1 :] = [state]
            self.names[self.place :] = [name]
            self.place += 1

    @property
    def orders(self) -> list[Order]:
        return list(self.states[self.place].day.orders)

    @rule(key=KEYS, place=st.integers(0, 9), notes=st.text(max_size=5))
    def put_order(self, key, place, notes):
        orders = [order for order in self.orders if order.key != key]
        orders.insert(place, Order(key, f"B-{key}", notes=notes))
        self.act(f"Put {key}", with_orders(self.states[self.place], orders))

    @rule(key=KEYS)
    def remove_order(self, key):
        orders = [order for order in self.orders if order.key != key]
        self.act(f"Remove {key}", with_orders(self.states[self.place], orders))

    @rule(data=st.data())
    def plan(self, data):
        keys = tuple(data.draw(st.permutations([order.key for order in self.orders])))
        locked = frozenset(keys[:1])
        state = dataclasses.replace(
            self.states[self.place], assignment=Assignment((RouteOrders("v", keys),), locked), solve_s=1.5
        )
        self.act("Plan", state)

    @rule()
    def drop_plan(self):
        self.act("Drop plan", dataclasses.replace(self.states[self.place], assignment=None))

    @rule()
    def undo(self):
        self.place = max(0, self.place - 1)
        assert self.store.undo() == self.states[self.place]

    @rule()
    def redo(self):
        self.place = min(len(self.states) - 1, self.place + 1)
        assert self.store.redo() == self.states[self.place]

    @rule()
    def undo_all_and_redo_all(self):
        while self.store.undo_name:
            self.store.undo()
        assert self.store.state == self.states[0]
        while self.store.redo_name:
            self.store.redo()
        assert self.store.state == self.states[-1]
        self.place = len(self.states) - 1

    @rule()
    def save(self):
        self.store.save(self.root / "tag.lastmile")
        self.saved = self.states[self.place]
        self.history_in_file = (list(self.states), list(self.names), self.place)
        assert self.store.is_saved

    @precondition(lambda self: self.saved is not None)
    @rule()
    def save_close_and_open(self):
        self.save()
        self.store.close()
        assert not list(self.folders.working_copies.iterdir())
        self.store = DayStore.open(self.root / "tag.lastmile", folders=self.folders)
        assert self.store.is_saved

    @rule()
    def leave_and_recover(self):
        was_saved = self.store.is_saved
        self.store.close()
        items = DayStore.recoverable(self.folders)
        if was_saved:
            assert items == []
            if self.saved is None:  # untitled and without orders: nothing that could be lost
                self.states, self.names, self.place = [self.states[self.place]], [], 0
                self.store = DayStore.new(self.states[0], folders=self.folders)
            else:
                # Undone back to what the file holds: what could be redone was never saved.
                states, names, self.place = self.history_in_file
                self.states, self.names = list(states), list(names)
                self.store = DayStore.open(self.root / "tag.lastmile", folders=self.folders)
        else:
            (item,) = items
            assert item.last_action == (self.names[self.place - 1] if self.place else "")
            self.store = DayStore.recover(item, folders=self.folders)
            assert not self.store.is_saved

    @invariant()
    def is_as_it_should_be(self):
        if not hasattr(self, "store"):
            return
        assert self.store.state == self.states[self.place]
        assert self.store.undo_name == (self.names[self.place - 1] if self.place else None)
        assert self.store.redo_name == (self.names[self.place] if self.place < len(self.names) else None)
        if self.saved is not None and self.store.is_saved:
            assert self.saved == self.states[self.place]


TestOneDay = OneDay.TestCase
TestOneDay.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.slow
class TestOneDayLong(OneDay.TestCase):
    settings = settings(
        max_examples=400, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
    )


def numbered(state: DayState, number: int) -> DayState:
    return dataclasses.replace(state, solve_s=float(number))


def test_the_last_steps_are_kept_and_older_ones_dropped(folders, tmp_path):
    store = DayStore.new(an_empty_day(), folders=folders)
    store.save(tmp_path / "tag.lastmile")
    for number in range(1, KEPT_STEPS + 31):
        store.commit(f"step {number}", numbered(store.state, number))
    assert len(store.steps) == KEPT_STEPS >= 200
    while store.undo_name:
        store.undo()
    assert store.state.solve_s == 30.0
    assert not store.is_saved  # the file holds the state before step 1, which cannot be reached any more
    store.close()
    (item,) = DayStore.recoverable(folders)
    store = DayStore.recover(item, folders=folders)
    assert not store.is_saved
    assert len(store.steps) == KEPT_STEPS
    store.close(discard=True)


def test_an_equal_state_is_no_step(folders, make_state):
    store = DayStore.new(make_state(), folders=folders)
    store.commit("Nothing", make_state())
    assert store.undo_name is None
    store.close(discard=True)


def test_the_journal_says_what_was_done_and_when(folders, make_state):
    store = DayStore.new(make_state(), folders=folders)
    store.commit("Lock B-1001", numbered(store.state, 1))
    store.commit("Move B-1002", numbered(store.state, 2))
    store.undo()
    assert [(step.name, step.undone) for step in store.steps] == [
        ("Lock B-1001", False),
        ("Move B-1002", True),
    ]
    assert all(step.at.tzinfo is not None for step in store.steps)
    store.close(discard=True)


@pytest.mark.parametrize("where", ["assignment", "timetable", "unassigned", "twice", "vehicle"])
def test_a_plan_that_names_what_the_day_lacks_is_not_recorded(folders, make_state, where):
    state = make_state()
    store = DayStore.new(state, folders=folders)
    plan, times = state.assignment, state.timetable
    broken = {
        "assignment": {"assignment": Assignment((RouteOrders("v0", ("ghost",)),))},
        "twice": {"assignment": Assignment((RouteOrders("v0", ("o1", "o1")),))},
        "vehicle": {"assignment": Assignment((*plan.routes, RouteOrders("ghost", ())))},
        "timetable": {
            "timetable": dataclasses.replace(
                times,
                routes=tuple(
                    dataclasses.replace(
                        route, visits=(dataclasses.replace(route.visits[0], order_keys=("ghost",)),)
                    )
                    for route in times.routes[:1]
                ),
            )
        },
        "unassigned": {
            "timetable": dataclasses.replace(
                times, unassigned=(dataclasses.replace(times.unassigned[0], order_key="ghost"),)
            )
        },
    }[where]
    with pytest.raises(ValueError, match="the plan has"):
        store.commit("Break it", dataclasses.replace(state, **broken))
    assert store.state == state
    assert store.undo_name is None
    store.close(discard=True)


def test_content_that_cannot_be_stored_changes_nothing(folders, make_state):
    state = make_state()
    store = DayStore.new(state, folders=folders)
    with pytest.raises(ValueError, match="not a number"):
        store.commit("Broken", numbered(state, float("nan")))
    store.commit("Fine", numbered(state, 2))
    assert store.undo() == state
    store.close(discard=True)


def test_a_full_disk_refuses_the_action_and_says_so(folders, make_state):
    state = make_state(60)
    store = DayStore.new(state, folders=folders)
    connection = store._opened.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    notes = tuple(dataclasses.replace(order, notes="x" * 3000) for order in state.day.orders)
    bigger = dataclasses.replace(state, day=dataclasses.replace(state.day, orders=notes))
    with pytest.raises(DayFileError, match=r"“Write notes” was not done: the disk .* is full"):
        store.commit("Write notes", bigger)
    assert store.state == state
    assert store.undo_name is None
    connection.execute("PRAGMA max_page_count=1000000")
    store.commit("Write notes", bigger)
    assert store.undo() == state
    store.close(discard=True)
