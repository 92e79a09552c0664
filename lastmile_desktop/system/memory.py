"""How much memory a process holds, on every system, without a library.

Linux can cap a child's memory by itself; macOS ignores such a cap and Windows knows it only for jobs. So the
parent of a child that reads foreign files looks at it a few times a second, everywhere alike.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path


def resident_bytes(process_id: int) -> int | None:
    """Memory that a process holds right now; None when the system does not say (or it is gone)."""
    if sys.platform.startswith("linux"):
        return _on_linux(process_id)
    if sys.platform == "darwin":
        return _on_macos(process_id)
    if sys.platform == "win32":
        return _on_windows(process_id)
    return None


def _on_linux(process_id: int) -> int | None:
    try:
        pages = Path(f"/proc/{process_id}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return None
    import resource

    return int(pages) * resource.getpagesize()


class _TaskInfo(ctypes.Structure):
    """macOS' proc_taskinfo; only its first two numbers are used."""

    _fields_ = [
        ("virtual_size", ctypes.c_uint64),
        ("resident_size", ctypes.c_uint64),
        ("times", ctypes.c_uint64 * 4),
        ("counts", ctypes.c_int32 * 12),
    ]


_PROC_PIDTASKINFO = 4


def _on_macos(process_id: int) -> int | None:
    info = _TaskInfo()
    try:
        library = ctypes.CDLL("/usr/lib/libproc.dylib")
        size = library.proc_pidinfo(
            process_id, _PROC_PIDTASKINFO, ctypes.c_uint64(0), ctypes.byref(info), ctypes.sizeof(info)
        )
    except (OSError, AttributeError):
        return None
    return int(info.resident_size) if size == ctypes.sizeof(info) else None


class _MemoryCounters(ctypes.Structure):
    """Windows' PROCESS_MEMORY_COUNTERS."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("page_faults", ctypes.c_uint32),
        ("peak_working_set", ctypes.c_size_t),
        ("working_set", ctypes.c_size_t),
        ("quotas", ctypes.c_size_t * 4),
        ("page_file", ctypes.c_size_t),
        ("peak_page_file", ctypes.c_size_t),
    ]


_QUERY_LIMITED_INFORMATION = 0x1000


def _on_windows(process_id: int) -> int | None:
    counters = _MemoryCounters()
    counters.size = ctypes.sizeof(counters)
    try:
        kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, process_id))
        if not handle:
            return None
        try:
            known = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size)
        finally:
            kernel.CloseHandle(handle)
    except (OSError, AttributeError):
        return None
    # Not only what is in memory: what Windows has moved to the page file counts as well.
    return int(max(counters.working_set, counters.page_file)) if known else None
