"""The folder of one open day in the application's data: database, what it was saved as, its owner's lock."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lastmile_desktop.store.codec import from_json
from lastmile_desktop.store.database import connect
from lastmile_desktop.store.day_file import fingerprint_of
from lastmile_desktop.store.entities import read_row
from lastmile_desktop.store.folders import Folders, private_folder
from lastmile_desktop.store.instance_lock import InstanceLock
from lastmile_desktop.store.journal import Journal
from lastmile_desktop.system.atomic import write_text

_LOCK_NAME = "owner.lock"
#: A folder without its note belongs to a start that is under way, or to one that was cut short long ago.
_START_TAKES_AT_MOST_S = 3600


@dataclass(frozen=True, slots=True)
class SavedAs:
    """What the working copy was last saved as (or opened from).

    ``head`` is the journal's head then (None = never saved); ``fingerprint`` that of the file.
    """

    path: Path | None = None
    head: int | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Recoverable:
    """A day with unsaved changes whose program is gone. ``path`` is the user's file, None = never saved.

    ``changed_at`` is local time; ``last_action`` the name of the last step, "" when there is none;
    ``source`` the names of the sheets it came from, "" when there is none or it cannot be read.
    """

    folder: Path
    path: Path | None
    changed_at: datetime
    last_action: str
    source: str = ""


class WorkingCopy:
    """A working folder that this program owns until ``let_go`` or ``remove``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "day.db"
        self._note = folder / "saved-as.json"
        self._lock = InstanceLock(folder / _LOCK_NAME)

    @classmethod
    def create(cls, folders: Folders) -> WorkingCopy:
        """A new, empty one, owned. Raises OSError."""
        copy = cls(private_folder(folders.working_copies / uuid.uuid4().hex))
        copy.own()
        return copy

    def own(self) -> bool:
        """Take it over; False when a running program has it. Raises OSError."""
        return self._lock.acquire()

    def write_note(self, saved: SavedAs, about_to_be: SavedAs | None = None) -> None:
        """Remember what it was saved as, and what a save under way will make of that. Raises OSError."""
        write_text(self._note, json.dumps([_note_of(saved), about_to_be and _note_of(about_to_be)]))

    def read_note(self) -> SavedAs | None:
        """What it was saved as; None when there is no note (its creation was cut short).

        A program that was killed between replacing the user's file and noting it did save: the file tells.
        """
        try:
            saved, about_to_be = map(_read_note, json.loads(self._note.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            return SavedAs()  # unreadable: treat as unsaved, so that it is offered and nothing is lost
        if about_to_be is not None and about_to_be.path is not None:
            with contextlib.suppress(OSError):
                if fingerprint_of(about_to_be.path.read_bytes()) == about_to_be.fingerprint:
                    return about_to_be
        return saved or SavedAs()

    @property
    def has_note(self) -> bool:
        """True once its creation is complete."""
        return self._note.exists()

    @property
    def start_was_cut_short(self) -> bool:
        """True when it has no note and has not been touched for an hour. Raises OSError."""
        return not self.has_note and time.time() - self.folder.stat().st_mtime > _START_TAKES_AT_MOST_S

    def changed_at(self) -> datetime:
        """When anything in it last changed (local time)."""
        stamps = [0.0]
        for name in ("day.db", "day.db-wal"):
            with contextlib.suppress(OSError):
                stamps.append((self.folder / name).stat().st_mtime)
        return datetime.fromtimestamp(max(stamps))

    def let_go(self) -> None:
        """Give up ownership and leave everything for later."""
        self._lock.release()

    def remove(self) -> None:
        """Delete it; what cannot be deleted now is deleted at a later start."""
        # The note goes first: what is left of a copy without one is never offered as a damaged day.
        with contextlib.suppress(OSError):
            self._note.unlink(missing_ok=True)
            for entry in self.folder.iterdir():
                if entry.name != _LOCK_NAME:  # ours until the end, and Windows deletes no open file
                    entry.unlink(missing_ok=True)
        self._lock.release()
        with contextlib.suppress(OSError):
            self.folder.rmdir()


def _note_of(saved: SavedAs) -> dict[str, str | int | None]:
    path = None if saved.path is None else str(saved.path)
    return {"path": path, "head": saved.head, "fingerprint": saved.fingerprint}


def _read_note(data: Any) -> SavedAs | None:
    if data is None:
        return None
    path, head = data["path"], data["head"]
    return SavedAs(
        None if path is None else Path(path), None if head is None else int(head), str(data["fingerprint"])
    )


def leftovers(folders: Folders) -> list[Recoverable]:
    """Unsaved days whose program is gone, newest first; copies with nothing unsaved are cleared away.

    Raises OSError when the data folder cannot be read.
    """
    found: list[Recoverable] = []
    for folder in folders.working_copies.iterdir():
        if not folder.is_dir():
            continue
        copy = WorkingCopy(folder)
        with contextlib.suppress(OSError):
            cut_short = copy.start_was_cut_short
            if not (copy.has_note or cut_short) or not copy.own():
                continue  # being started, or open
            if cut_short:
                copy.remove()
            item = _examined(copy)
            if item is not None:
                found.append(item)
            copy.let_go()
    return sorted(found, key=lambda item: item.changed_at, reverse=True)


def _examined(copy: WorkingCopy) -> Recoverable | None:
    saved = copy.read_note()
    if saved is None:
        return None
    changed_at = copy.changed_at()
    try:
        connection = connect(copy.database)
        try:
            journal = Journal(connection)
            source = _source_name(connection)
        finally:
            connection.close()
    except (sqlite3.Error, ValueError):
        return Recoverable(copy.folder, saved.path, changed_at, "")
    if journal.head == saved.head:
        copy.remove()
        return None
    last_action = journal.done[-1].name if journal.done else ""
    return Recoverable(copy.folder, saved.path, changed_at, last_action, source)


def _source_name(connection: sqlite3.Connection) -> str:
    """Raises sqlite3.Error, or ValueError for a day that is not readable."""
    row = connection.execute("SELECT position, content FROM entity WHERE kind = 'day'").fetchone()
    if row is None:
        return ""
    return str(read_row("day", row[0], from_json(row[1])).value.source_name)
