"""How many processor cores there are: hardware threads of one core do not search twice as much."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from functools import cache
from pathlib import Path

#: From Windows' LOGICAL_PROCESSOR_RELATIONSHIP.
_RELATION_CORE = 0


def search_workers() -> int:
    """How many searches to run at once so that one core is left for everything else; at least 1."""
    return max(1, physical_cores() - 1)


@cache
def physical_cores() -> int:
    """Cores that this process may use; half of the hardware threads where the system does not say."""
    logical = _usable_threads()
    found = 0
    with contextlib.suppress(OSError, ValueError, AttributeError):
        if sys.platform.startswith("linux"):
            found = linux_cores(Path("/sys/devices/system/cpu"), os.sched_getaffinity(0))
        elif sys.platform == "darwin":
            found = _mac_cores()
        elif sys.platform == "win32":
            found = _windows_cores()
    return max(1, min(found or (logical + 1) // 2, logical))


def _usable_threads() -> int:
    with contextlib.suppress(AttributeError, OSError):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def linux_cores(folder: Path, threads: set[int]) -> int:
    """Cores that ``threads`` belong to, by the system's own lists below ``folder``. Raises OSError."""
    return len(
        {
            (folder / f"cpu{thread}" / "topology" / "thread_siblings_list")
            .read_text(encoding="ascii")
            .strip()
            for thread in threads
        }
    )


def _mac_cores() -> int:
    count, size = ctypes.c_int(0), ctypes.c_size_t(ctypes.sizeof(ctypes.c_int))
    system = ctypes.CDLL(None)
    failed = system.sysctlbyname(b"hw.physicalcpu", ctypes.byref(count), ctypes.byref(size), None, 0)
    return 0 if failed else count.value


def _windows_cores() -> int:
    class Entry(ctypes.Structure):
        """SYSTEM_LOGICAL_PROCESSOR_INFORMATION."""

        _fields_ = (
            ("mask", ctypes.c_size_t),
            ("relation", ctypes.c_int),
            ("more", ctypes.c_ulonglong * 2),
        )

    ask = getattr(ctypes, "windll").kernel32.GetLogicalProcessorInformation  # noqa: B009 - Windows only
    size = ctypes.c_ulong(0)
    ask(None, ctypes.byref(size))
    entries = (Entry * (size.value // ctypes.sizeof(Entry)))()
    if not ask(entries, ctypes.byref(size)):
        return 0
    return sum(1 for entry in entries if entry.relation == _RELATION_CORE)
