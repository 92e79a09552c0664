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

from lastmile_desktop.store.database import connect
from lastmile_desktop.store.fields import WrongShapeError
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

    ``changed_at`` is local time; ``last_action`` the name of the last step, "" when there is none.
    """

    folder: Path
    path: Path | None
    changed_at: datetime
    last_action: str


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

    def write_note(self, saved: SavedAs) -> None:
        """Remember what it was saved as. Raises OSError."""
        path = None if saved.path is None else str(saved.path)
        text = json.dumps({"path": path, "head": saved.head, "fingerprint": saved.fingerprint})
        write_text(self._note, text)

    def read_note(self) -> SavedAs | None:
        """What it was saved as; None when there is no note (its creation was cut short)."""
        try:
            data = json.loads(self._note.read_text(encoding="utf-8"))
            path, head = data["path"], data["head"]
            return SavedAs(
                None if path is None else Path(path),
                None if head is None else int(head),
                str(data["fingerprint"]),
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            return SavedAs()  # unreadable: treat as unsaved, so that it is offered and nothing is lost

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
        names = (self._note.name, "day.db-wal", "day.db-shm", "day.db-journal", "day.db")
        for name in names:
            with contextlib.suppress(OSError):
                (self.folder / name).unlink(missing_ok=True)
        self._lock.release()
        with contextlib.suppress(OSError):
            self.folder.rmdir()


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
            if not copy.own():
                continue
            item = _examined(copy)
            if item is not None:
                found.append(item)
            copy.let_go()
    return sorted(found, key=lambda item: item.changed_at, reverse=True)


def _examined(copy: WorkingCopy) -> Recoverable | None:
    saved = copy.read_note()
    if saved is None:
        if time.time() - copy.folder.stat().st_mtime > _START_TAKES_AT_MOST_S:
            copy.remove()
        return None
    changed_at = copy.changed_at()
    try:
        connection = connect(copy.database)
        try:
            journal = Journal(connection)
        finally:
            connection.close()
    except (sqlite3.Error, WrongShapeError):
        return Recoverable(copy.folder, saved.path, changed_at, "")
    if journal.head == saved.head:
        copy.remove()
        return None
    return Recoverable(copy.folder, saved.path, changed_at, journal.done[-1].name if journal.done else "")
