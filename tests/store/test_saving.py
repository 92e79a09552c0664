"""Saving replaces the user's file whole or leaves it as it was, and says why."""

from __future__ import annotations

import dataclasses
import json
import os
import sqlite3
import subprocess
import sys
import threading

import pytest

from lastmile_desktop.store import (
    DayFileChangedError,
    DayFileError,
    DayStore,
    backups_of,
    read_day_file,
    write_day_file,
)

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def store(folders, make_state):
    store = DayStore.new(make_state(), folders=folders)
    yield store
    store.close(discard=True)


def edit(store: DayStore, number: int) -> None:
    store.commit(f"edit {number}", dataclasses.replace(store.state, solve_s=float(number)))


@pytest.mark.parametrize(
    "name", ["Tag.lastmile", "Tag 🚚 – 東京 'ä\" #%.lastmile", "x" * 200 + ".lastmile", "Tag"]
)
def test_the_saved_file_is_one_whole_closed_database(store, tmp_path, make_state, name):
    edit(store, 1)
    path = tmp_path / "Touren" / name
    path.parent.mkdir()
    store.save(path)
    assert [entry.name for entry in path.parent.iterdir()] == [name]
    assert store.path == path
    assert store.is_saved
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    assert read_day_file(path) == dataclasses.replace(make_state(), solve_s=1.0)
    edit(store, 2)
    assert not store.is_saved
    assert read_day_file(path).solve_s == 1.0
    store.undo()
    assert store.is_saved


def test_the_day_knows_its_file_and_history_when_opened_again(store, tmp_path, folders):
    edit(store, 1)
    store.save(tmp_path / "a.lastmile")
    store.close()
    again = DayStore.open(tmp_path / "a.lastmile", folders=folders)
    assert (again.path, again.is_saved, again.undo_name) == (tmp_path / "a.lastmile", True, "edit 1")
    again.close()


def test_a_day_without_a_file_asks_for_one(store):
    with pytest.raises(DayFileError, match="choose where to save it"):
        store.save()


def test_save_as_goes_on_with_the_new_file(store, tmp_path):
    store.save(tmp_path / "a.lastmile")
    edit(store, 1)
    store.save(tmp_path / "b.lastmile")
    edit(store, 2)
    store.save()
    assert read_day_file(tmp_path / "a.lastmile").solve_s == 9.75
    assert read_day_file(tmp_path / "b.lastmile").solve_s == 2.0


def test_the_last_five_saves_are_kept(store, tmp_path, folders):
    path = tmp_path / "Montag.lastmile"
    for number in range(8):
        edit(store, number)
        store.save(path)
    kept = backups_of(folders, path)
    assert [read_day_file(backup).solve_s for backup in kept] == [7.0, 6.0, 5.0, 4.0, 3.0]
    assert backups_of(folders, tmp_path / "other.lastmile") == []
    restored = DayStore.open(kept[2], folders=folders, as_copy=True)
    assert (restored.state.solve_s, restored.path, restored.is_saved) == (5.0, None, False)
    restored.close(discard=True)


def test_someone_elses_changes_are_not_overwritten_unasked(store, tmp_path, make_state):
    path = tmp_path / "shared.lastmile"
    store.save(path)
    theirs = dataclasses.replace(make_state(), solve_s=77.0)
    write_day_file(theirs, path)
    edit(store, 1)
    with pytest.raises(DayFileChangedError, match="changed by someone else"):
        store.save()
    assert read_day_file(path) == theirs
    assert not store.is_saved
    store.save(tmp_path / "mine.lastmile")
    store.save(path)  # a deliberate choice of that name
    assert read_day_file(path).solve_s == 1.0
    write_day_file(theirs, path)
    store.save(overwrite_changed=True)
    assert read_day_file(path).solve_s == 1.0


def test_a_file_that_was_deleted_is_simply_written_again(store, tmp_path):
    path = tmp_path / "a.lastmile"
    store.save(path)
    path.unlink()
    store.save()
    assert read_day_file(path) == store.state


def test_a_folder_that_is_gone_is_not_made_again(store, tmp_path):
    target = tmp_path / "stick" / "a.lastmile"
    with pytest.raises(DayFileError, match=r"“a.lastmile” was not saved: its folder is gone"):
        store.save(target)
    assert not target.parent.exists()
    assert store.path is None
    with pytest.raises(DayFileError, match="is a folder"):
        store.save(tmp_path)


@pytest.mark.skipif(AS_ROOT or os.name == "nt", reason="root may write everywhere; Windows folders differ")
def test_a_write_protected_place_is_respected(store, tmp_path, make_state):
    path = tmp_path / "locked" / "a.lastmile"
    path.parent.mkdir()
    write_day_file(make_state(), path)
    before = path.read_bytes()
    for protected, mode in ((path, 0o444), (path.parent, 0o555)):
        protected.chmod(mode)
        with pytest.raises(DayFileError, match="write-protected"):
            store.save(path)
        protected.chmod(0o755)
        assert path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_stays_a_link(store, tmp_path):
    real, link = tmp_path / "real.lastmile", tmp_path / "link.lastmile"
    store.save(real)
    link.symlink_to(real)
    edit(store, 5)
    store.save(link)
    assert link.is_symlink()
    assert read_day_file(real).solve_s == 5.0


def test_a_plain_file_has_no_history(store, tmp_path, folders, make_state):
    secret = dataclasses.replace(make_state(), problems=())
    orders = (
        *secret.day.orders,
        dataclasses.replace(secret.day.orders[0], key="x", name="Geheimrat Schmitz"),
    )
    store.commit("Add", dataclasses.replace(secret, day=dataclasses.replace(secret.day, orders=orders)))
    store.undo()
    path = tmp_path / "share.lastmile"
    write_day_file(store.state, path)
    assert b"Geheimrat" not in path.read_bytes()
    opened = DayStore.open(path, folders=folders)
    assert opened.undo_name is opened.redo_name is None
    opened.close()


def test_saving_in_a_worker_while_edits_go_on(store, tmp_path):
    path = tmp_path / "a.lastmile"
    failures: list[Exception] = []

    def save_often() -> None:
        try:
            for _ in range(15):
                store.save(path)
        except (DayFileError, sqlite3.Error) as error:
            failures.append(error)

    worker = threading.Thread(target=save_often)
    worker.start()
    number = 0
    while worker.is_alive():
        number += 1
        edit(store, number)
    worker.join()
    assert not failures
    assert number > 3
    assert 0 <= read_day_file(path).solve_s <= number
    assert store.is_saved == (read_day_file(path) == store.state)
    store.save()
    assert read_day_file(path) == store.state


def test_a_day_can_still_be_saved_when_its_working_copy_is_ruined(store, tmp_path, folders):
    edit(store, 1)
    (copy,) = folders.working_copies.iterdir()
    store._opened.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store._opened.connection.execute("PRAGMA shrink_memory")
    (copy / "day.db").write_bytes(b"\x07" * (copy / "day.db").stat().st_size)
    with pytest.raises(DayFileError, match="Save the day under another name now"):
        edit(store, 2)
    store.save(tmp_path / "rescued.lastmile")
    assert read_day_file(tmp_path / "rescued.lastmile") == store.state
    assert store.state.solve_s == 1.0


FULL_DISK = """
import dataclasses, hashlib, json, resource, signal, sys
from pathlib import Path
from lastmile_desktop.store import DayFileError, DayStore, Folders, backups_of, read_day_file

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path, root = Path(sys.argv[1]), Path(sys.argv[2])
folders = Folders(root)
store = DayStore.open(path, folders=folders)
start = store.state
digest = lambda: hashlib.sha256(path.read_bytes()).hexdigest()
no_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
long_notes = tuple(dataclasses.replace(order, notes="n" * 4000) for order in start.day.orders)
store.commit("Notes", dataclasses.replace(start, day=dataclasses.replace(start.day, orders=long_notes)))
size = len(path.read_bytes())
result = {"refused": [], "saved": 0, "bad": []}
for limit in [*range(0, 160_000, 4096)]:
    before = digest()
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, no_limit[1]))
    try:
        store.save()
        outcome = ""
    except DayFileError as error:
        outcome = str(error)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, no_limit)
    if outcome:
        result["refused"].append(outcome)
        if digest() != before or store.is_saved:
            result["bad"].append(f"limit {limit}: old file changed")
    else:
        result["saved"] += 1
        if read_day_file(path) != store.state:
            result["bad"].append(f"limit {limit}: saved file is not the day")
    if [entry.name for entry in path.parent.iterdir()] != [path.name]:
        result["bad"].append(f"limit {limit}: left-over files")
# Recording on a full disk: refused and not half done, and usable again afterwards.
refused = 0
for number in range(40):
    state = store.state
    resource.setrlimit(resource.RLIMIT_FSIZE, (number * 4096, no_limit[1]))
    notes = tuple(dataclasses.replace(order, notes=str(number) * 4000) for order in state.day.orders)
    wanted = dataclasses.replace(state, day=dataclasses.replace(state.day, orders=notes))
    try:
        store.commit(f"edit {number}", wanted)
    except DayFileError:
        refused += 1
        wanted = state
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, no_limit)
    if store.state != wanted:
        result["bad"].append(f"edit {number}: state is neither before nor after")
result["refused_edits"] = refused
store.commit("at last", dataclasses.replace(store.state, solve_s=1234.5))
store.save()
if read_day_file(path) != store.state:
    result["bad"].append("the last save is not the day")
end = store.state
while store.undo_name:
    store.undo()
if store.state != start:
    result["bad"].append("undoing all does not lead to the start")
while store.redo_name:
    store.redo()
if store.state != end:
    result["bad"].append("redoing all does not lead to the end")
store.close(discard=True)
print(json.dumps(result))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a POSIX thing")
def test_a_disk_that_fills_up_at_any_byte(tmp_path, make_state):
    """A file size limit stands in for the full disk: the same short write and error, no mount needed."""
    path = tmp_path / "touren" / "a.lastmile"
    path.parent.mkdir()
    write_day_file(make_state(8), path)
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path), str(tmp_path / "data")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    result = json.loads(run.stdout)
    assert result["bad"] == []
    assert len(result["refused"]) >= 10
    assert result["saved"] >= 5
    assert result["refused_edits"] >= 5
    assert set(result["refused"]) == {
        "“a.lastmile” was not saved: the disk is full. Free some space or save to another place; "
        "your changes are kept and the file is as it was before."
    }
