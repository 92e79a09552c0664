"""The three ways a day gets onto the table: started new, opened from a file, recovered after a crash.

Each either hands over everything that belongs to the open day, or takes back all it did and says why not.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lastmile_desktop.model.day_state import DayState
from lastmile_desktop.store.backups import file_key
from lastmile_desktop.store.database import connect, damaged, journal_changes_durably
from lastmile_desktop.store.day_file import file_bytes, fill_new_day, fingerprint_of, loaded_day
from lastmile_desktop.store.entities import Rows
from lastmile_desktop.store.errors import DayFileError, DayFileInUseError, quoted, unprepared
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.store.instance_lock import InstanceLock
from lastmile_desktop.store.journal import Journal
from lastmile_desktop.store.working_copy import Recoverable, SavedAs, WorkingCopy
from lastmile_desktop.system.atomic import write_bytes


@dataclass(slots=True)
class OpenDay:
    """What belongs to an open day. ``file_lock`` is None while the day has no file of its own."""

    folders: Folders
    copy: WorkingCopy
    connection: sqlite3.Connection
    journal: Journal
    rows: Rows
    state: DayState
    saved: SavedAs
    file_lock: InstanceLock | None


def start_new(state: DayState, folders: Folders) -> OpenDay:
    """A working copy of ``state`` without a file. Raises DayFileError and ValueError."""
    with _all_or_nothing("New day") as on_failure:
        copy = WorkingCopy.create(folders)
        on_failure.callback(copy.remove)
        connection = connect(copy.database)
        on_failure.callback(connection.close)
        rows = fill_new_day(connection, state)
        journal_changes_durably(connection)
        saved = SavedAs(head=None if state.day.orders else 0)
        copy.write_note(saved)
        return OpenDay(folders, copy, connection, Journal(connection), rows, state, saved, None)


def open_file(path: Path, folders: Folders, *, as_copy: bool) -> OpenDay:
    """A working copy of the user's file, which stays locked against other windows unless ``as_copy``.

    Raises DayFileError.
    """
    with _all_or_nothing(f"Open {path.name}") as on_failure:
        lock = None
        if not as_copy:
            lock = lock_file(folders, path)
            on_failure.callback(lock.release)
        raw = file_bytes(path)
        copy = WorkingCopy.create(folders)
        on_failure.callback(copy.remove)
        write_bytes(copy.database, raw)
        connection = connect(copy.database)
        on_failure.callback(connection.close)
        rows, state, journal = _loaded(connection, quoted(path))
        journal_changes_durably(connection)
        saved = SavedAs() if as_copy else SavedAs(path, journal.head, fingerprint_of(raw))
        copy.write_note(saved)
        return OpenDay(folders, copy, connection, journal, rows, state, saved, lock)


def take_over(item: Recoverable, folders: Folders) -> OpenDay:
    """The working copy of a program that is gone; untitled when its file is open in another window by now.

    Raises DayFileError; the working copy then stays as it is.
    """
    name = quoted(item.path) if item.path else "The unsaved day"
    with _all_or_nothing(f"Recover {name}") as on_failure:
        copy = WorkingCopy(item.folder)
        if not item.folder.is_dir():
            raise DayFileError(f"{name} was recovered or discarded already.")
        if not copy.own():
            raise DayFileInUseError(f"{name} was recovered in another window of Lastmile already.")
        on_failure.callback(copy.let_go)
        saved = copy.read_note()
        if saved is None or not copy.database.is_file():
            raise DayFileError(f"{name} was recovered or discarded already.")
        lock = None
        if saved.path is not None:
            try:
                lock = lock_file(folders, saved.path)
                on_failure.callback(lock.release)
            except DayFileInUseError:
                saved = SavedAs()
        connection = connect(copy.database)
        on_failure.callback(connection.close)
        rows, state, journal = _loaded(connection, name)
        journal_changes_durably(connection)
        copy.write_note(saved)
        return OpenDay(folders, copy, connection, journal, rows, state, saved, lock)


def lock_file(folders: Folders, path: Path) -> InstanceLock:
    """Lock one of the user's files against other windows. Raises DayFileInUseError, OSError."""
    lock = InstanceLock(folders.open_files / f"{file_key(path)}.lock")
    if lock.acquire():
        return lock
    raise DayFileInUseError(
        f"{quoted(path)} is open in another window of Lastmile; work on it there, or open a copy."
    )


def _loaded(connection: sqlite3.Connection, name: str) -> tuple[Rows, DayState, Journal]:
    rows, state = loaded_day(connection, name)
    try:
        return rows, state, Journal(connection)
    except (sqlite3.Error, ValueError) as error:
        raise damaged(name) from error


@contextlib.contextmanager
def _all_or_nothing(action: str) -> Iterator[contextlib.ExitStack]:
    """Gives a stack of what to take back, last first, when (and only when) the block fails."""
    undo = contextlib.ExitStack()
    try:
        yield undo
    except BaseException as error:
        undo.close()
        if isinstance(error, (OSError, sqlite3.Error)):
            raise unprepared(error, action) from error
        raise
