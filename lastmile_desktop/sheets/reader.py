"""The door to this room: reads a file in a supervised child, so that no file can hurt the program."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from lastmile_desktop.model import ImportReport
from lastmile_desktop.model.sheet_layout import ImportOptions
from lastmile_desktop.sheets.child_reader import AS_FOUND, ReadFault, ReadProgress, read_in_child
from lastmile_desktop.sheets.refusal import ReadCancelled
from lastmile_desktop.sheets.report_parts import PartsTogether, ReportPart
from lastmile_desktop.system.child import Child, ChildEnded
from lastmile_desktop.system.memory import resident_bytes

_POLL_S = 0.05
#: What the reader may hold. Address space is more: libraries and reserved pages count there as well.
MEMORY_MB = 400
_ADDRESS_SPACE_MB = 500
TOO_LARGE = (
    "is too large to read safely, or it is damaged. Open it in Excel, keep only the order sheet and save it "
    "again."
)
_log = logging.getLogger(__name__)


def never() -> bool:
    """The ``should_stop`` of a caller that never stops."""
    return False


def read_sheet(
    path: Path,
    *,
    options: ImportOptions = AS_FOUND,
    should_stop: Callable[[], bool] = never,
    on_progress: Callable[[int, int], None] | None = None,
    timeout_s: float = 60.0,
    memory_mb: int = MEMORY_MB,
) -> ImportReport:
    """Read an order sheet (.xlsx, .xlsm, .csv); blocks, so call it from a worker thread.

    ``options`` say what a person chose about the file; without them the reader finds out by itself.

    ``on_progress(done, total)`` counts rows; ``total`` is 0 while it is unknown. Never raises for a bad
    file: the report then has status "error" and one sentence that names the file. Raises ReadCancelled
    within a fraction of a second after ``should_stop`` says yes.
    """
    path = Path(path)
    deadline = time.monotonic() + timeout_s
    parts = PartsTogether()
    with Child(read_in_child, str(path), options, memory_mb=memory_mb + _ADDRESS_SPACE_MB) as child:
        while True:
            if should_stop():
                raise ReadCancelled(str(path))
            if _holds_too_much(child.pid, memory_mb):
                return _refused(path, TOO_LARGE)
            if time.monotonic() > deadline:
                return _refused(
                    path,
                    f"took longer than {timeout_s:.0f} seconds to read, so reading was stopped. Is it "
                    "far larger than a day's orders?",
                )
            message = child.receive(_POLL_S)
            if isinstance(message, ImportReport):
                return parts.whole(message)
            if isinstance(message, ReportPart):
                parts.add(message)
            if isinstance(message, ReadProgress) and on_progress is not None:
                on_progress(message.done, message.total)
            if isinstance(message, ReadFault):
                _log.error("reader child: %s", message.text)
            if isinstance(message, ChildEnded):
                _log.warning("reader child ended: exit %s %s", message.exit_code, message.error)
                return _refused(path, _reason(message))


def _holds_too_much(process_id: int | None, memory_mb: int) -> bool:
    """Linux' cap counts address space and the other systems have none: what the child holds is watched."""
    held = None if process_id is None else resident_bytes(process_id)
    return held is not None and held > memory_mb * 1024 * 1024


def _reason(ended: ChildEnded) -> str:
    if "MemoryError" in ended.error or ended.exit_code < 0:
        return TOO_LARGE
    return "could not be read. Open it in Excel, save it again as .xlsx and import that."


def _refused(path: Path, what: str) -> ImportReport:
    return ImportReport(path.name, status="error", message=f"“{path.name}” {what}")
