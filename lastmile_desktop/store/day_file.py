"""The user's ``.lastmile`` file: one whole, closed database, read in one go and replaced in one go."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from lastmile_desktop.model.day_state import DayState
from lastmile_desktop.store.database import (
    LARGEST_FILE_BYTES,
    check_database,
    check_header,
    connect,
    create_schema,
    damaged,
    read_rows,
    write_rows,
)
from lastmile_desktop.store.entities import Rows, changes_between, rows_of, state_of
from lastmile_desktop.store.errors import DayFileError, quoted, unreadable, unsaved
from lastmile_desktop.store.fields import WrongShapeError
from lastmile_desktop.store.journal import transaction
from lastmile_desktop.store.references import broken_reference
from lastmile_desktop.system.atomic import write_bytes

#: Where a database says whether it is in write-ahead mode (1 = no, 2 = yes).
_MODE_BYTES = slice(18, 20)


def read_day_file(path: Path) -> DayState:
    """The day in a file, without opening it for work: no working copy, no lock, nothing written.

    Raises DayFileError with one sentence for anything that is not a whole day file of a known version.
    """
    raw = file_bytes(path)
    connection = connect(":memory:")
    try:
        _fill(connection, raw, quoted(path))
        return loaded_day(connection, quoted(path))[1]
    finally:
        connection.close()


def write_day_file(state: DayState, path: Path) -> None:
    """Replace ``path`` by a day file that holds ``state`` and no history (nothing deleted or undone).

    Raises DayFileError when the file cannot be replaced; the old one is then untouched. Raises ValueError
    for a plan that names orders or vehicles that the day does not have.
    """
    replace_day_file(path, day_file_bytes(state))


def day_file_bytes(state: DayState) -> bytes:
    """A whole day file that holds ``state`` and no history. Raises ValueError as ``write_day_file``."""
    connection = connect(":memory:")
    try:
        fill_new_day(connection, state)
        return whole_file(connection)
    finally:
        connection.close()


def file_bytes(path: Path) -> bytes:
    """The file's content once its first bytes are those of a day file we can read. Raises DayFileError."""
    try:
        if path.is_dir():
            raise DayFileError(f"{quoted(path)} is a folder, not a saved day.")
        size = path.stat().st_size
        if not path.is_file() or size > LARGEST_FILE_BYTES:
            raise DayFileError(f"{quoted(path)} is too large to be a saved day.")
        raw = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise DayFileError(f"{quoted(path)} is not a possible file name.") from error
    check_header(raw, quoted(path))
    return raw


def fingerprint_of(raw: bytes) -> str:
    """Equal for equal contents; tells whether someone else changed a file."""
    return hashlib.sha256(raw).hexdigest()


def fill_new_day(connection: sqlite3.Connection, state: DayState) -> Rows:
    """Make an empty database the day file of ``state``. Raises sqlite3.Error, TypeError, ValueError."""
    broken = broken_reference(state)
    if broken:
        raise ValueError(broken)
    rows = rows_of(state)
    with transaction(connection):
        create_schema(connection)
        write_rows(connection, changes_between({kind: {} for kind in rows}, None, state))
    return rows


def loaded_day(connection: sqlite3.Connection, name: str) -> tuple[Rows, DayState]:
    """Check a database through and through and read the day in it. Raises DayFileError."""
    check_database(connection, name)
    try:
        rows = read_rows(connection)
        state = state_of(rows)
    except (sqlite3.Error, ValueError) as error:
        raise damaged(name) from error
    broken = broken_reference(state)
    if broken:
        raise damaged(name) from WrongShapeError(broken)
    return rows, state


def whole_file(connection: sqlite3.Connection) -> bytes:
    """The database, log included, as the bytes of one closed file, checked before anyone relies on it.

    Taken in memory, so that a day can still be saved elsewhere when the application's own disk is full.
    Raises sqlite3.Error, and DayFileError when the bytes are no sound day file.
    """
    raw = bytearray(connection.serialize())
    raw[_MODE_BYTES] = (
        b"\x01\x01"  # SQLite's documented way to take a serialized copy out of write-ahead mode
    )
    content = bytes(raw)
    check_header(content, "The working copy")
    copy = connect(":memory:")
    try:
        _fill(copy, content, "The working copy")
        check_database(copy, "The working copy")
    finally:
        copy.close()
    return content


def replace_day_file(path: Path, raw: bytes) -> None:
    """Replace ``path`` whole and flushed, or leave it as it is and raise DayFileError."""
    target = Path(path).resolve()  # a link stays a link
    try:
        if not target.parent.is_dir():  # a stick pulled out: do not make a folder in its place
            raise FileNotFoundError(2, "no such folder", str(target.parent))
        if target.is_dir():
            raise DayFileError(f"{quoted(path)} is a folder; choose another name.")
        if target.exists():
            with target.open("rb+"):  # replacing would go round a write protection
                pass
        write_bytes(target, raw)
    except OSError as error:
        raise unsaved(path, error) from error


def _fill(connection: sqlite3.Connection, raw: bytes, name: str) -> None:
    try:
        connection.deserialize(raw)
    except sqlite3.Error as error:
        raise damaged(name) from error
