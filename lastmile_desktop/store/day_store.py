"""One open day: a journalled working copy in the application's data, and the user's file behind it."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from lastmile_desktop.model.day_state import DayState
from lastmile_desktop.store.backups import file_key, keep_backup
from lastmile_desktop.store.day_file import day_file_bytes, fingerprint_of, replace_day_file, whole_file
from lastmile_desktop.store.entities import Change, changes_between, rows_after, state_of
from lastmile_desktop.store.errors import (
    DayFileChangedError,
    DayFileError,
    quoted,
    unprepared,
    unrecorded,
    unsaved,
)
from lastmile_desktop.store.fields import WrongShapeError
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.store.instance_lock import InstanceLock
from lastmile_desktop.store.journal import Step
from lastmile_desktop.store.open_day import OpenDay, lock_file, open_file, start_new, take_over
from lastmile_desktop.store.references import broken_reference
from lastmile_desktop.store.working_copy import Recoverable, SavedAs, WorkingCopy, leftovers

_log = logging.getLogger(__name__)


class DayStore:
    """The open day. An action is on disk when ``commit`` returns; the user's file changes only in ``save``.

    Methods may be called from any thread; ``save`` may run in a worker while edits go on, and then saves the
    state it started with. Make one with ``new``, ``open`` or ``recover``.
    """

    def __init__(self, opened: OpenDay) -> None:
        """Takes over everything that was opened; use ``new``, ``open`` or ``recover``."""
        self._opened = opened
        self._guard = threading.RLock()
        self._saving = threading.Lock()

    @classmethod
    def new(cls, state: DayState, *, folders: Folders) -> DayStore:
        """An untitled day. One without orders counts as saved until its first change.

        Raises DayFileError when the data folder cannot be written, ValueError for a plan that names what the
        day does not have.
        """
        return cls(start_new(state, folders))

    @classmethod
    def open(cls, path: Path, *, folders: Folders, as_copy: bool = False) -> DayStore:
        """Open the user's file for work; it is read once and not touched until ``save``.

        ``as_copy`` opens what it holds as an untitled, unsaved day (for a file that is open elsewhere, and
        for backups). Raises DayFileError: not a day file, damaged, missing; NewerDayFileError;
        DayFileInUseError when another window has it.
        """
        return cls(open_file(Path(path).absolute(), folders, as_copy=as_copy))

    @classmethod
    def recoverable(cls, folders: Folders) -> list[Recoverable]:
        """Days with unsaved changes whose program is gone, newest first. Offer them at the start.

        Working copies with nothing unsaved are cleared away. An unreadable data folder gives none.
        """
        try:
            return leftovers(folders)
        except OSError:
            return []

    @classmethod
    def recover(cls, item: Recoverable, *, folders: Folders) -> DayStore:
        """Take over a left working copy, its undo steps included. It stays unsaved.

        When the user's file is open in another window by now, the day comes back untitled. Raises
        DayFileInUseError when another window recovered it first, DayFileError when it is damaged.
        """
        return cls(take_over(item, folders))

    @classmethod
    def discard(cls, item: Recoverable) -> None:
        """Delete a left working copy; one that a running program took over is left alone."""
        copy = WorkingCopy(item.folder)
        with contextlib.suppress(OSError):
            if item.folder.is_dir() and copy.own():
                copy.remove()

    @property
    def state(self) -> DayState:
        """The day as it is now."""
        return self._opened.state

    @property
    def path(self) -> Path | None:
        """The user's file, None while it has none."""
        return self._opened.saved.path

    @property
    def is_saved(self) -> bool:
        """True when the user's file holds this very state (also after undoing back to it)."""
        return self._opened.journal.head == self._opened.saved.head

    @property
    def undo_name(self) -> str | None:
        """The action that ``undo`` would take back, None when there is none."""
        done = self._opened.journal.done
        return done[-1].name if done else None

    @property
    def redo_name(self) -> str | None:
        """The action that ``redo`` would do again, None when there is none."""
        undone = self._opened.journal.undone
        return undone[0].name if undone else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The journal, oldest first: what was done to this day, and when."""
        return (*self._opened.journal.done, *self._opened.journal.undone)

    def commit(self, name: str, new_state: DayState) -> None:
        """Make ``new_state`` the day's state as the undoable action ``name``; it is on disk on return.

        A state equal to the present one records nothing. Raises DayFileError when it cannot be recorded
        (full disk) and ValueError for a plan that names what the day does not have; then nothing changed.
        """
        with self._guard:
            changes = changes_between(self._opened.rows, self._opened.state, new_state)
            if changes:
                broken = broken_reference(new_state)
                if broken:
                    raise ValueError(broken)
                try:
                    self._opened.journal.record(name, changes)
                except (sqlite3.Error, OSError) as error:
                    raise unrecorded(error, name) from error
                self._opened.rows = rows_after(self._opened.rows, changes)
            self._opened.state = new_state

    def undo(self) -> DayState:
        """Take the last action back and return the state; nothing to undo changes nothing.

        Raises DayFileError when it cannot be recorded or its record is damaged.
        """
        with self._guard:
            if self._opened.journal.done:
                step = self._opened.journal.done[-1]
                self._step_to(step, lambda change: change.reversed, self._opened.journal.take_back, "Undo")
            return self._opened.state

    def redo(self) -> DayState:
        """Do the last undone action again and return the state; nothing to redo changes nothing.

        Raises DayFileError as ``undo``.
        """
        with self._guard:
            if self._opened.journal.undone:
                step = self._opened.journal.undone[0]
                self._step_to(step, lambda change: change, self._opened.journal.do_again, "Redo")
            return self._opened.state

    def _step_to(
        self,
        step: Step,
        direction: Callable[[Change], Change],
        record: Callable[[list[Change]], None],
        what: str,
    ) -> None:
        try:
            changes = [direction(change) for change in self._opened.journal.changes_of(step)]
            rows = rows_after(self._opened.rows, changes)
            state = state_of(rows, self._opened.state)
            broken = broken_reference(state)
            if broken:
                raise WrongShapeError(broken)
            record(changes)
        except WrongShapeError as error:
            raise DayFileError(f"“{step.name}”: {what} is not possible, its record is damaged.") from error
        except (sqlite3.Error, OSError) as error:
            raise unrecorded(error, f"{what}: {step.name}") from error
        self._opened.rows, self._opened.state = rows, state

    def save(self, path: Path | None = None, *, overwrite_changed: bool = False) -> None:
        """Replace the user's file (or ``path``, which becomes it) whole, flushed and checked.

        When the working copy cannot be read any more, the day is saved as it stands, without its undo steps.
        Raises DayFileChangedError when someone else changed it since (unless ``overwrite_changed``),
        DayFileInUseError when another window has ``path`` open, DayFileError when it cannot be written; the
        old file is then untouched and the day stays unsaved.
        """
        with self._saving:
            target = self.path if path is None else Path(path).absolute()
            if target is None:
                raise DayFileError("This day has no file yet; choose where to save it.")
            is_same = self.path is not None and file_key(target) == file_key(self.path)
            lock = self._opened.file_lock if is_same else self._lock_of(target)
            try:
                if is_same and not overwrite_changed:
                    self._refuse_if_changed(target)
                with self._guard:
                    head, raw = self._opened.journal.head, self._whole_file()
                saved = SavedAs(target, head, fingerprint_of(raw))
                with contextlib.suppress(OSError):
                    self._opened.copy.write_note(self._opened.saved, about_to_be=saved)
                replace_day_file(target, raw)
            except BaseException:
                if lock is not None and not is_same:
                    lock.release()
                raise
            keep_backup(self._opened.folders, target, raw)
            self._take_file(saved, lock)

    def _lock_of(self, target: Path) -> InstanceLock:
        try:
            return lock_file(self._opened.folders, target)
        except OSError as error:
            raise unprepared(error, f"Save {target.name}") from error

    def _whole_file(self) -> bytes:
        try:
            return whole_file(self._opened.connection)
        except (sqlite3.Error, DayFileError) as error:
            # The data folder fails: the day is still here, and saving it elsewhere is what the user was told.
            _log.warning("saved without history, the working copy is not readable: %s", error)
            return day_file_bytes(self._opened.state)

    def _refuse_if_changed(self, target: Path) -> None:
        try:
            there = fingerprint_of(target.read_bytes())
        except FileNotFoundError:
            return
        except OSError as error:  # it may hold someone's changes: not the moment to write over it
            raise unsaved(target, error) from error
        if there != self._opened.saved.fingerprint:
            raise DayFileChangedError(
                f"{quoted(target)} was changed by someone else since you opened it. Save under another name "
                "to keep both, or replace it with your version."
            )

    def _take_file(self, saved: SavedAs, lock: InstanceLock | None) -> None:
        with self._guard:
            if self._opened.file_lock is not None and self._opened.file_lock is not lock:
                self._opened.file_lock.release()
            self._opened.file_lock = lock
            self._opened.saved = saved
            with contextlib.suppress(OSError):  # worst case: a saved day is offered for recovery once
                self._opened.copy.write_note(saved)

    def close(self, *, discard: bool = False) -> None:
        """End the work. The working copy goes when all is saved or ``discard`` is set; else it stays and is
        offered at the next start. Harmless when closed already.
        """
        with self._guard:
            with contextlib.suppress(sqlite3.Error):
                self._opened.connection.close()
            if discard or self.is_saved:
                self._opened.copy.remove()
            else:
                self._opened.copy.let_go()
            if self._opened.file_lock is not None:
                self._opened.file_lock.release()
