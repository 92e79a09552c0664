"""A program killed at any moment loses at most the action in flight, and the next start offers the rest."""

from __future__ import annotations

import dataclasses
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lastmile_desktop.store import DayFileError, DayStore, Folders, read_day_file, write_day_file

EDITOR = """
import dataclasses, sys
from pathlib import Path
from lastmile_desktop.model import Assignment, RouteOrders
from lastmile_desktop.store import DayStore, Folders

path, folders, number = Path(sys.argv[1]), Folders(Path(sys.argv[2])), int(sys.argv[3])
items = DayStore.recoverable(folders)
store = DayStore.recover(items[0], folders=folders) if items else DayStore.open(path, folders=folders)

def say(text):
    sys.stdout.write(text + "\\n")
    sys.stdout.flush()

say("ready")
while True:
    number += 1
    state = store.state
    orders = tuple(dataclasses.replace(order, notes=str(number)) for order in state.day.orders)
    keys = [order.key for order in orders]
    shift = number % len(keys)
    new = dataclasses.replace(
        state,
        day=dataclasses.replace(state.day, orders=orders),
        assignment=Assignment((RouteOrders("v0", tuple(keys[shift:] + keys[:shift])),)),
        timetable=None,
        solve_s=float(number),
    )
    store.commit(f"edit {number}", new)
    say(f"did {number}")
    if number % 7 == 0:
        store.undo()
        store.redo()
    if number % 5 == 0:
        store.save()
        say(f"saved {number}")
"""


def numbers_in(state) -> set[str]:
    """Every part of a state that an edit of the child's touches, as the number of that edit."""
    assert state.assignment is not None
    count = len(state.day.orders)
    number = int(state.solve_s)
    keys = [order.key for order in state.day.orders]
    shift = number % count
    assert list(state.assignment.routes[0].order_keys) == keys[shift:] + keys[:shift]
    return {*(order.notes for order in state.day.orders), str(number)}


def kill_while_editing(rounds: int, tmp_path: Path, make_state, seed: int) -> tuple[int, int]:
    """Gives the number of edits acknowledged and of days recovered; asserts after each kill."""
    dice = random.Random(seed)
    path, folders = tmp_path / "Tag.lastmile", Folders(tmp_path / "data")
    write_day_file(make_state(), path)
    did = saved = recovered = 0
    for round_number in range(rounds):
        child = subprocess.Popen(
            [sys.executable, "-c", EDITOR, str(path), str(folders.root), str(did)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        assert child.stderr is not None
        ready = child.stdout.readline()
        assert ready == "ready\n", child.stderr.read()
        time.sleep(dice.uniform(0, 0.12))
        child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        said, errors = child.communicate(timeout=30)
        assert errors == ""
        for line in said.split("\n")[:-1]:
            if line.startswith("did "):
                did = int(line[4:])
            elif line.startswith("saved "):
                saved = int(line[6:])
        what = f"seed {seed}, round {round_number}"
        in_file = read_day_file(path)
        if saved or in_file.timetable is None:
            (number,) = numbers_in(in_file)
            assert saved <= int(number) <= did + 1, what
        leftovers = [entry for entry in tmp_path.iterdir() if entry.suffix not in (".lastmile", "")]
        assert leftovers == [], what
        items = DayStore.recoverable(folders)
        if items:
            recovered += 1
            (item,) = items
            assert item.path == path, what
            store = DayStore.recover(item, folders=folders)
            (number,) = numbers_in(store.state)
            # One less only while the child was between its undo and redo, which it had not acknowledged.
            in_flight = store.redo_name is not None
            assert did - in_flight <= int(number) <= did + 1, what
            did = int(number)
            assert item.last_action == f"edit {number}"
            store.close()
        else:
            if in_file.timetable is None:
                # One less: undone by the child, back to what the file holds, and killed before its redo.
                # What the file holds may be newer than the last save that a child lived to tell of.
                undone = did % 7 == 0 and in_file.solve_s == did - 1
                assert did - undone <= int(in_file.solve_s) <= did + 1, what
                did = int(in_file.solve_s)
            assert list(folders.working_copies.iterdir()) == [], what
    return did, recovered


def test_killed_in_the_middle_of_editing_and_saving(tmp_path, make_state):
    did, recovered = kill_while_editing(30, tmp_path, make_state, seed=random.randrange(10**6))
    assert did > 30
    assert recovered >= 5


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_two_hundred_times(tmp_path, make_state):
    did, recovered = kill_while_editing(200, tmp_path, make_state, seed=random.randrange(10**6))
    assert did > 200
    assert recovered >= 50


def leave_unsaved(folders: Folders, state, path: Path | None = None, solve_s: float = 1.0) -> None:
    store = DayStore.open(path, folders=folders) if path else DayStore.new(state, folders=folders)
    store.commit("Move B-1001 to Van 2", dataclasses.replace(store.state, solve_s=solve_s))
    store.close()


def test_what_can_be_recovered_is_described(folders, make_state, tmp_path):
    path = tmp_path / "Tag.lastmile"
    write_day_file(make_state(), path)
    leave_unsaved(folders, None, path)
    leave_unsaved(folders, make_state())
    items = DayStore.recoverable(folders)
    assert {item.path for item in items} == {path, None}
    assert {item.last_action for item in items} == {"Move B-1001 to Van 2"}
    assert all(abs(item.changed_at.timestamp() - time.time()) < 60 for item in items)


def test_a_recovered_day_goes_on_where_it_was(folders, make_state, tmp_path):
    path = tmp_path / "Tag.lastmile"
    write_day_file(make_state(), path)
    leave_unsaved(folders, None, path)
    (item,) = DayStore.recoverable(folders)
    store = DayStore.recover(item, folders=folders)
    assert (store.path, store.is_saved, store.undo_name) == (path, False, "Move B-1001 to Van 2")
    assert store.undo() == make_state()
    assert store.is_saved  # undone back to what the file holds
    store.redo()
    store.save()
    assert read_day_file(path).solve_s == 1.0
    store.close()
    assert DayStore.recoverable(folders) == []
    assert list(folders.working_copies.iterdir()) == []


def test_a_new_day_without_orders_leaves_nothing_to_recover(folders, make_state):
    state = make_state()
    empty = dataclasses.replace(
        state, day=dataclasses.replace(state.day, orders=()), assignment=None, timetable=None
    )
    DayStore.new(empty, folders=folders).close()
    assert DayStore.recoverable(folders) == []
    DayStore.new(state, folders=folders).close()
    assert [item.last_action for item in DayStore.recoverable(folders)] == [""]


def test_discarding(folders, make_state):
    leave_unsaved(folders, make_state())
    (item,) = DayStore.recoverable(folders)
    DayStore.discard(item)
    assert DayStore.recoverable(folders) == []
    assert list(folders.working_copies.iterdir()) == []
    DayStore.discard(item)
    with pytest.raises(DayFileError, match="recovered or discarded already"):
        DayStore.recover(item, folders=folders)


def test_a_running_days_copy_is_neither_offered_nor_discarded(folders, make_state):
    leave_unsaved(folders, make_state())
    (item,) = DayStore.recoverable(folders)
    store = DayStore.recover(item, folders=folders)
    assert DayStore.recoverable(folders) == []
    DayStore.discard(item)
    with pytest.raises(DayFileError, match="recovered in another window"):
        DayStore.recover(item, folders=folders)
    store.commit("Still there", dataclasses.replace(store.state, solve_s=3.0))
    store.close(discard=True)


def test_the_file_is_open_elsewhere_by_now(folders, make_state, tmp_path):
    path = tmp_path / "Tag.lastmile"
    write_day_file(make_state(), path)
    leave_unsaved(folders, None, path, solve_s=5.0)
    other = DayStore.open(path, folders=folders)
    (item,) = DayStore.recoverable(folders)
    store = DayStore.recover(item, folders=folders)
    assert (store.path, store.state.solve_s, store.is_saved) == (None, 5.0, False)
    store.save(tmp_path / "gerettet.lastmile")
    store.close()
    other.close()
    assert read_day_file(path).solve_s == 9.75


def test_a_damaged_copy_is_offered_and_says_so(folders, make_state):
    leave_unsaved(folders, make_state())
    (item,) = DayStore.recoverable(folders)
    (item.folder / "day.db").write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    (item,) = DayStore.recoverable(folders)
    with pytest.raises(DayFileError, match="The unsaved day is damaged"):
        DayStore.recover(item, folders=folders)
    assert DayStore.recoverable(folders) == [item]
    DayStore.discard(item)
    assert DayStore.recoverable(folders) == []


@pytest.mark.parametrize(
    "note", ["", "{", "[]", '[{"path": 5}, null]', '[{"path": null, "head": "x", "fingerprint": 1}, 0]']
)
def test_a_damaged_note_loses_nothing(folders, make_state, note):
    leave_unsaved(folders, make_state())
    (item,) = DayStore.recoverable(folders)
    (item.folder / "saved-as.json").write_text(note)
    (item,) = DayStore.recoverable(folders)
    store = DayStore.recover(item, folders=folders)
    assert store.state.solve_s == 1.0
    store.close(discard=True)


def test_killed_after_the_save_and_before_the_note_of_it(folders, make_state, tmp_path):
    path = tmp_path / "Tag.lastmile"
    write_day_file(make_state(), path)
    leave_unsaved(folders, None, path)
    (item,) = DayStore.recoverable(folders)
    store = DayStore.recover(item, folders=folders)
    before = store._opened.saved
    store.save()
    saved = store._opened.saved
    store.commit("One more", dataclasses.replace(store.state, solve_s=2.0))
    store._opened.copy.write_note(before, about_to_be=saved)  # as it stands at that moment
    store.close()
    (item,) = DayStore.recoverable(folders)
    store = DayStore.recover(item, folders=folders)
    store.undo()
    assert store.is_saved
    store.redo()
    store.save()  # the file is our own save, not someone else's change
    store.close()
    assert read_day_file(path).solve_s == 2.0


def test_a_start_under_way_is_left_alone_and_an_old_half_start_cleared(folders):
    import os

    young, old = folders.working_copies / "young", folders.working_copies / "old"
    for folder in (young, old):
        folder.mkdir()
        (folder / "day.db").write_bytes(b"half")
    os.utime(old, (1, 1))
    assert DayStore.recoverable(folders) == []
    assert young.is_dir()
    assert not old.exists()


def test_a_data_folder_that_cannot_be_used_is_said(tmp_path, make_state):
    (tmp_path / "file").write_text("in the way")
    folders = Folders(tmp_path / "file")
    assert DayStore.recoverable(folders) == []
    with pytest.raises(DayFileError, match=r"“New day” was not done: the application's data folder"):
        DayStore.new(make_state(), folders=folders)
