"""Two windows on one day: one works, the other is told."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lastmile_desktop.store import DayFileInUseError, DayStore, read_day_file, write_day_file
from lastmile_desktop.store.instance_lock import InstanceLock

WINDOW = """
import sys
from pathlib import Path
from lastmile_desktop.store import DayFileInUseError, DayStore, Folders
sys.stdin.readline()
try:
    store = DayStore.open(Path(sys.argv[1]), folders=Folders(Path(sys.argv[2])))
except DayFileInUseError as error:
    print("told", flush=True)
else:
    print("open", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path, make_state):
    path = tmp_path / "Tag.lastmile"
    write_day_file(make_state(), path)
    return path


def test_the_second_window_is_told_and_may_open_a_copy(path, folders):
    first = DayStore.open(path, folders=folders)
    with pytest.raises(DayFileInUseError, match=r"“Tag.lastmile” is open in another window"):
        DayStore.open(path.parent / "." / path.name, folders=folders)
    copy = DayStore.open(path, folders=folders, as_copy=True)
    assert (copy.path, copy.is_saved, copy.state) == (None, False, first.state)
    with pytest.raises(DayFileInUseError):
        copy.save(path)
    assert read_day_file(path) == first.state
    assert copy.path is None
    first.close()
    copy.save(path)
    copy.close()
    DayStore.open(path, folders=folders).close()


def test_save_as_takes_the_new_file_and_frees_the_old(path, folders, tmp_path):
    first = DayStore.open(path, folders=folders)
    first.save(tmp_path / "other.lastmile")
    second = DayStore.open(path, folders=folders)
    with pytest.raises(DayFileInUseError):
        DayStore.open(tmp_path / "other.lastmile", folders=folders)
    first.close()
    second.close()


def test_a_failed_save_as_keeps_the_old_file_locked_and_the_new_one_free(path, folders, tmp_path):
    from lastmile_desktop.store import DayFileError

    first = DayStore.open(path, folders=folders)
    target = tmp_path / "gone" / "x.lastmile"
    with pytest.raises(DayFileError):
        first.save(target)
    with pytest.raises(DayFileInUseError):
        DayStore.open(path, folders=folders)
    assert len(list(folders.open_files.iterdir())) == 1
    first.close()
    assert list(folders.open_files.iterdir()) == []


def test_of_many_windows_started_at_once_one_gets_the_day(path, folders):
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", WINDOW, str(path), str(folders.root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    try:
        for window in windows:
            window.stdin.write("go\n")
            window.stdin.flush()
        answers = [window.stdout.readline().strip() for window in windows]
        assert sorted(answers) == ["open", *["told"] * 5]
        windows[answers.index("open")].kill()
        windows[answers.index("open")].wait()
        DayStore.open(path, folders=folders).close()  # the lock went with its owner
    finally:
        for window in windows:
            window.kill()
            window.communicate()


def test_a_lock_is_one_owners_until_released(tmp_path):
    first, second = InstanceLock(tmp_path / "a.lock"), InstanceLock(tmp_path / "a.lock")
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    first.release()
    assert second.acquire()
    assert not first.acquire()
    second.release()
    assert not (tmp_path / "a.lock").exists()
