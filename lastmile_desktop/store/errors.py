"""What can go wrong with a day file, said in one sentence for the dispatcher."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EFBIG, *(getattr(errno, name) for name in ("EDQUOT",) if hasattr(errno, name))}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_GONE = {errno.ENOENT, errno.ENOTDIR}


class DayFileError(Exception):
    """A day file cannot be opened, recorded or saved; ``str(error)`` is the sentence to show."""

    for_dispatcher = True


class NewerDayFileError(DayFileError):
    """The file was made by a newer version of the program; it was not touched."""


class DayFileInUseError(DayFileError):
    """The file is open in another window of the program; ``open(..., as_copy=True)`` is the way on."""


class DayFileChangedError(DayFileError):
    """Someone else changed the file since it was opened; save elsewhere or with ``overwrite_changed``."""


def quoted(path: Path) -> str:
    """The file's name as it stands in a sentence."""
    return f"“{path.name}”"


def unreadable(path: Path, error: OSError) -> DayFileError:
    """Why ``path`` could not be read."""
    if error.errno in _GONE:
        return DayFileError(
            f"{quoted(path)} is not in {path.parent.absolute()}; it was moved, renamed or deleted."
        )
    if error.errno in _REFUSED:
        return DayFileError(f"{quoted(path)} cannot be opened: you have no permission to read it.")
    return DayFileError(f"{quoted(path)} cannot be read: the drive or folder does not answer.")


def unsaved(path: Path, error: OSError) -> DayFileError:
    """Why ``path`` could not be replaced; the file from before is untouched."""
    if error.errno in _FULL:
        reason = "the disk is full. Free some space or save to another place"
    elif error.errno in _REFUSED or isinstance(error.__cause__, PermissionError):
        reason = (
            "the file or its folder is write-protected or in use by another program. Save under another name"
        )
    elif error.errno in _GONE:
        reason = "its folder is gone. Save to another place"
    else:
        reason = "the drive reported an error. Save to another place"
    return DayFileError(
        f"{quoted(path)} was not saved: {reason}; your changes are kept and the file is as it was before."
    )


def unrecorded(error: sqlite3.Error | OSError, action: str) -> DayFileError:
    """Why an action could not be recorded in the working copy; it is not done."""
    return _not_done(error, action, "Save the day under another name now")


def unprepared(error: sqlite3.Error | OSError, action: str) -> DayFileError:
    """Why something could not begin that needs room in the application's data."""
    return _not_done(error, action, "Check the disk and your rights to that folder")


def _not_done(error: sqlite3.Error | OSError, action: str, advice: str) -> DayFileError:
    full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    full = full or (isinstance(error, OSError) and error.errno in _FULL)
    reason = (
        "the disk with the application's data is full. Free some space and do it again"
        if full
        else f"the application's data folder cannot be written. {advice}"
    )
    return DayFileError(f"“{action}” was not done: {reason}.")
