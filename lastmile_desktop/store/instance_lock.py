"""A lock between running programs that ends with its owner, however the owner ends.

The system's own file lock is used instead of a process number in a file: a number can be taken again by
another program after a crash, a lock cannot outlive its process.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

#: Windows locks bytes so that nobody can read them; this one lies beyond any content.
_LOCKED_BYTE = 1 << 30


class InstanceLock:
    """Held from ``acquire`` until ``release`` or the end of the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    @property
    def is_held(self) -> bool:
        """True while this object holds the lock."""
        return self._handle is not None

    def acquire(self) -> bool:
        """Take the lock; False when another program, or another object here, holds it. Raises OSError."""
        if self._handle is not None:
            return True
        while True:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            if not _lock(handle):
                os.close(handle)
                return False
            if self._is_still_at_its_path(handle):
                self._handle = handle
                return True
            os.close(handle)  # the owner before removed the file between our open and our lock

    def release(self, *, remove: bool = True) -> None:
        """Let go, and remove the lock file unless told to leave it; harmless when not held."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if remove and sys.platform != "win32":
            with contextlib.suppress(OSError):
                self._path.unlink()
        os.close(handle)
        if remove and sys.platform == "win32":
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _is_still_at_its_path(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), os.stat(self._path))
        except OSError:
            return False


def _lock(handle: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
