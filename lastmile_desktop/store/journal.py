"""The journal of a day: every action with what it changed, in the same transaction as the change itself."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lastmile_desktop.store.codec import from_json, to_json
from lastmile_desktop.store.database import write_rows
from lastmile_desktop.store.entities import Change, read_changes, write_changes
from lastmile_desktop.store.fields import WrongShapeError

#: Steps that can be undone; older ones are dropped from the journal.
KEPT_STEPS = 250
#: One step's changes, unpacked: planning 20,000 orders again is some 15 MB.
_LARGEST_STEP_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Step:
    """One recorded action: ``at`` is local time with offset; ``undone`` = it can be redone."""

    id: int
    name: str
    at: datetime
    undone: bool


class Journal:
    """The steps in a day's database. Each method that changes anything is one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Raises sqlite3.Error, and WrongShapeError when the journal is not readable."""
        self._connection = connection
        row = connection.execute("SELECT value FROM info WHERE name = 'journal_base'").fetchone()
        try:
            self._base = int(row[0]) if row else 0
            steps = [
                Step(number, name, datetime.fromisoformat(at), bool(undone))
                for number, name, at, undone in connection.execute(
                    "SELECT id, name, at, undone FROM journal ORDER BY id"
                )
            ]
        except ValueError as error:
            raise WrongShapeError("the journal is not readable") from error
        self.done = [step for step in steps if not step.undone]
        self.undone = [step for step in steps if step.undone]
        if self.done and self.undone and self.done[-1].id > self.undone[0].id:
            raise WrongShapeError("the journal is out of order")

    @property
    def head(self) -> int:
        """A number that stands for the state reached: equal numbers, equal states. Never used again."""
        return self.done[-1].id if self.done else self._base

    def record(self, name: str, changes: list[Change]) -> None:
        """Do ``changes`` as the step ``name``; steps that were undone are gone for good.

        Raises sqlite3.Error, and TypeError or ValueError for content that cannot be stored; then nothing
        was done.
        """
        packed = zlib.compress(to_json(write_changes(changes)).encode("ascii"), 1)
        now = datetime.now().astimezone().replace(microsecond=0)
        dropped = self.done[: max(0, len(self.done) + 1 - KEPT_STEPS)]
        with transaction(self._connection):
            self._connection.execute("DELETE FROM journal WHERE undone = 1")
            cursor = self._connection.execute(
                "INSERT INTO journal (name, at, undone, changes) VALUES (?, ?, 0, ?)",
                (name, now.isoformat(), packed),
            )
            write_rows(self._connection, changes)
            if dropped:
                self._connection.execute("DELETE FROM journal WHERE id <= ?", (dropped[-1].id,))
                self._connection.execute(
                    "INSERT INTO info (name, value) VALUES ('journal_base', ?) "
                    "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    (str(dropped[-1].id),),
                )
        if dropped:
            self._base = dropped[-1].id
        self.done = [*self.done[len(dropped) :], Step(cursor.lastrowid or 0, name, now, undone=False)]
        self.undone = []

    def changes_of(self, step: Step) -> list[Change]:
        """What ``step`` changed. Raises sqlite3.Error and WrongShapeError."""
        (packed,) = self._connection.execute(
            "SELECT changes FROM journal WHERE id = ?", (step.id,)
        ).fetchone() or (b"",)
        return read_changes(_unpacked(packed))

    def take_back(self, changes: list[Change]) -> None:
        """Mark the last done step undone while making ``changes``. Raises sqlite3.Error."""
        step = self.done[-1]
        self._move(step, changes, undone=True)
        self.done.pop()
        self.undone.insert(0, Step(step.id, step.name, step.at, undone=True))

    def do_again(self, changes: list[Change]) -> None:
        """Mark the first undone step done while making ``changes``. Raises sqlite3.Error."""
        step = self.undone[0]
        self._move(step, changes, undone=False)
        self.undone.pop(0)
        self.done.append(Step(step.id, step.name, step.at, undone=False))

    def _move(self, step: Step, changes: list[Change], *, undone: bool) -> None:
        with transaction(self._connection):
            write_rows(self._connection, changes)
            self._connection.execute("UPDATE journal SET undone = ? WHERE id = ?", (int(undone), step.id))


def _unpacked(packed: bytes) -> Any:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(packed, _LARGEST_STEP_BYTES)
    except zlib.error as error:
        raise WrongShapeError("a recorded step is not readable") from error
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise WrongShapeError("a recorded step is not whole")
    return from_json(text)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have rolled back by itself
            connection.execute("ROLLBACK")
        raise
