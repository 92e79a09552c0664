"""The day on the table: owns it, its file and its plan, and says what changed. Views only read it.

Every change of the day runs on one worker thread, in order: edit, time, check, write to the journal. The
GUI thread hears of the finished state by signal, so that no edit ever waits for the disk or the clock.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import Flag, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from lastmile_desktop.model import DayState, Location, TravelModel
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.planning import Planner

if TYPE_CHECKING:
    from lastmile_desktop.store.day_store import DayStore
    from lastmile_desktop.store.firm import FirmMemory
    from lastmile_desktop.store.folders import Folders
    from lastmile_desktop.store.working_copy import Recoverable

log = logging.getLogger(__name__)

Edit = Callable[[DayState], DayState]


class Change(Flag):
    """What is different from the state before."""

    ORDERS = auto()
    FLEET = auto()
    PLAN = auto()
    SETTINGS = auto()
    PROBLEMS = auto()
    EVERYTHING = ORDERS | FLEET | PLAN | SETTINGS | PROBLEMS


@dataclass(frozen=True)
class Notice:
    """One line for the dispatcher, shown in place. ``kind`` is "info", "ok", "warning" or "danger"."""

    text: str
    kind: str = "info"


@dataclass(frozen=True)
class FileStatus:
    """Where the day is kept: the user's file (None = not saved yet), and what can be undone."""

    path: Path | None = None
    saved: bool = True
    undo_name: str | None = None
    redo_name: str | None = None


@dataclass(frozen=True)
class _Done:
    """What the worker hands to the GUI thread."""

    state: DayState | None = None
    status: FileStatus | None = None
    notice: Notice | None = None
    after: Callable[[], None] | None = None
    new_day: bool = False


class Session(QObject):
    """Holds the current `DayState`; change it only through `do`, `undo`, `redo` and the file methods."""

    changed = Signal(object)
    """Emitted with a `Change` after `state` was replaced."""
    day_replaced = Signal()
    """Emitted (before `changed`) when another day is on the table: views drop what they remember."""
    status_changed = Signal()
    notice = Signal(object)
    _finished = Signal(object)

    def __init__(self, firm: FirmMemory, folders: Folders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.firm = firm
        self.state = edits.empty_state(date.today())
        self.status = FileStatus()
        self.planner = Planner()
        self._folders = folders
        self._store: DayStore | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="session")
        self._finished.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._pending = 0
        self._closed = False

    @property
    def busy(self) -> bool:
        """True while an edit is on its way."""
        return self._pending > 0

    def line(self, start: Location, end: Location) -> tuple[Location, ...]:
        """The points to draw for a leg."""
        return self.travel.line(start, end)

    @property
    def travel(self) -> TravelModel:
        """Where the day's travel times come from."""
        return self.planner.travel_for(self.state.day)

    # ---- changing the day ---------------------------------------------------------------------------

    def do(self, name: str, edit: Edit, after: Callable[[], None] | None = None) -> None:
        """Apply a named, undoable edit to the newest state; ``after`` runs on the GUI thread afterwards."""

        def work() -> _Done:
            store = self._open_store()
            new_state = edit(store.state)
            if new_state is store.state:
                return _Done(after=after)
            if new_state.timetable is None or new_state.timetable is store.state.timetable:
                new_state = self.planner.timed(new_state)
            store.commit(name, new_state)
            return _Done(new_state, _status(store), after=after)

        self._submit(work, f"{name} did not work.")

    def undo(self) -> None:
        """Take back the last edit."""
        self._step(lambda store: store.undo() if store.undo_name else None)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._step(lambda store: store.redo() if store.redo_name else None)

    def _step(self, step: Callable[[DayStore], DayState | None]) -> None:
        def work() -> _Done:
            store = self._open_store()
            state = step(store)
            return _Done(state, _status(store))

        self._submit(work, "That step cannot be taken.")

    # ---- files --------------------------------------------------------------------------------------

    def start_day(self, state: DayState, name: str = "New day") -> None:
        """Put a new, unsaved day on the table; the one before stays recoverable until saved or discarded."""

        def work() -> _Done:
            from lastmile_desktop.store.day_store import DayStore

            self._close_store()
            self._store = DayStore.new(edits.empty_state(state.day.date), folders=self._folders)
            timed = self.planner.timed(state)
            self._store.commit(name, timed)
            return _Done(timed, _status(self._store), new_day=True)

        self._submit(work, "The new day could not be started.")

    def open_day(self, path: Path) -> None:
        """Open a saved day file."""

        def work() -> _Done:
            from lastmile_desktop.store.day_store import DayStore

            opened = DayStore.open(path, folders=self._folders)
            self._prepare(opened.state)
            self._close_store()
            self._store = opened
            self.firm.add_recent(path)
            return _Done(opened.state, _status(opened), new_day=True)

        self._submit(work, f"{path.name} could not be opened.")

    def save(self, path: Path | None = None, after: Callable[[], None] | None = None) -> None:
        """Save to the user's file (a new one when ``path`` is given)."""

        def work() -> _Done:
            store = self._open_store()
            store.save(path)
            if store.path is not None:
                self.firm.add_recent(store.path)
            name = store.path.name if store.path else ""
            return _Done(status=_status(store), notice=Notice(f"Saved to {name}.", "ok"), after=after)

        target = path or self.status.path
        self._submit(work, f"{target.name if target else 'The day'} could not be saved.")

    def recoverable(self, deliver: Callable[[list[Recoverable]], None]) -> None:
        """Look for days of a session that ended without closing; ``deliver`` is called on the GUI thread."""
        found: list[Recoverable] = []

        def work() -> _Done:
            from lastmile_desktop.store.day_store import DayStore

            found.extend(DayStore.recoverable(self._folders))
            return _Done(after=lambda: deliver(found))

        self._submit(work, "Earlier days could not be looked for.")

    def recover(self, item: Recoverable) -> None:
        """Bring back a day that an earlier session left behind."""

        def work() -> _Done:
            from lastmile_desktop.store.day_store import DayStore

            recovered = DayStore.recover(item, folders=self._folders)
            self._prepare(recovered.state)
            self._close_store()
            self._store = recovered
            return _Done(recovered.state, _status(recovered), new_day=True)

        self._submit(work, "The earlier day could not be brought back.")

    def close(self, discard: bool = False) -> None:
        """Finish what is under way and let go of the working copy; blocking; harmless when closed.

        ``discard`` throws unsaved changes away; else they are offered for recovery next time.
        """
        if self._closed:
            return
        self._closed = True
        self._worker.submit(self._close_store, discard)
        self._worker.shutdown(wait=True)

    # ---- the worker's side --------------------------------------------------------------------------

    def _open_store(self) -> DayStore:
        if self._store is None:
            from lastmile_desktop.store.day_store import DayStore

            self._store = DayStore.new(self.state, folders=self._folders)
        return self._store

    def _prepare(self, state: DayState) -> None:
        """Roads and lines of a day that was planned before; without them it is shown all the same."""
        try:
            self.planner.prepare(state)
        except Exception:
            log.exception("the roads of the day could not be prepared")

    def _close_store(self, discard: bool = False) -> None:
        if self._store is not None:
            self._store.close(discard=discard)
            self._store = None

    def _submit(self, work: Callable[[], _Done], failure: str) -> None:
        if self._closed:
            return
        self._pending += 1

        def run() -> None:
            try:
                done = work()
            except OSError as error:
                log.exception("session work failed")
                done = _Done(notice=Notice(f"{failure} {_plain(error)}", "danger"))
            except Exception as error:
                log.exception("session work failed")
                done = _Done(notice=Notice(_sentence(error, failure), "danger"))
            self._finished.emit(done)

        self._worker.submit(run)

    @Slot(object)
    def _take(self, done: _Done) -> None:
        self._pending -= 1
        if self._closed:
            return
        if done.status is not None and done.status != self.status:
            self.status = done.status
            self.status_changed.emit()
        if done.state is not None:
            before, self.state = self.state, done.state
            if done.new_day:
                self.day_replaced.emit()
            self.changed.emit(Change.EVERYTHING if done.new_day else difference(before, done.state))
        if done.notice is not None:
            self.notice.emit(done.notice)
        if done.after is not None:
            done.after()


def difference(before: DayState, after: DayState) -> Change:
    """What of ``after`` is new against ``before``, by identity: edits keep what they do not touch."""
    change = Change(0)
    if before.day.orders is not after.day.orders:
        change |= Change.ORDERS
    if before.day.vehicles is not after.day.vehicles or before.day.depots is not after.day.depots:
        change |= Change.FLEET
    if before.timetable is not after.timetable or before.assignment is not after.assignment:
        change |= Change.PLAN
    if before.day.settings is not after.day.settings or before.day.date != after.day.date:
        change |= Change.SETTINGS
    if before.problems is not after.problems:
        change |= Change.PROBLEMS
    return change


def _status(store: DayStore) -> FileStatus:
    return FileStatus(store.path, store.is_saved, store.undo_name, store.redo_name)


def _plain(error: OSError) -> str:
    return f"{error.strerror}." if error.strerror else str(error)


def _sentence(error: Exception, failure: str) -> str:
    """Errors that word themselves for the dispatcher say so; anything else only says what failed."""
    if getattr(error, "for_dispatcher", False):
        return str(error)
    return f"{failure} The details are in the log folder (Help, Show log folder)."
