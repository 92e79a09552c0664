"""A child process that does one job, can be killed at any moment, and cannot take the program with it.

Used for reading workbooks and for solving: both run foreign native code that may hang, eat memory or
abort. The parent side is plain Python without Qt; call it from a worker thread.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

#: From Linux' prctl.h: the signal to get when the parent dies.
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """The child is gone. ``exit_code`` 0 = it finished; negative = killed by that signal (POSIX).

    ``error`` is the last line of its traceback for the log, "" when it ended cleanly or died hard.
    """

    exit_code: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class _Failure:
    error: str


def _child_main(
    connection: Connection, memory_mb: int | None, target: Callable[..., None], args: tuple[Any, ...]
) -> None:
    if sys.stderr is not None:
        with contextlib.suppress(Exception):
            faulthandler.enable()
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the parent, which decides
    _end_with_parent()
    if memory_mb is not None:
        _limit_memory(memory_mb)
    try:
        target(connection, *args)
    except (BrokenPipeError, EOFError, ConnectionResetError):
        return  # the parent lost interest
    except BaseException as error:  # noqa: BLE001 - the boundary: told to the parent, never raised further
        with contextlib.suppress(Exception):
            connection.send(_Failure(f"{type(error).__name__}: {error}"))
        raise SystemExit(1) from None


def _end_with_parent() -> None:
    """A parent that is killed cannot end its children: they see to it themselves.

    Linux ends us at once, even inside native code that holds the interpreter; elsewhere a thread notices
    as soon as it gets to run.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        if not parent.is_alive():
            os._exit(1)  # it was gone before the request was in

    def watch() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="end with parent", daemon=True).start()


def _limit_memory(memory_mb: int) -> None:
    """Cap the address space where the system can; elsewhere the reader's own limits must do."""
    try:
        import resource
    except ImportError:
        return
    limit = memory_mb * 1024 * 1024
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


class Child:
    """One spawned process running ``target(connection, *args)``; a context manager that leaves none behind.

    ``target`` must be a top-level function of a module without Qt imports; it sends picklable messages
    through ``connection`` and may poll it for messages sent by ``send``.
    """

    def __init__(self, target: Callable[..., None], *args: Any, memory_mb: int | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, self._far_end = context.Pipe()
        self._process = context.Process(
            target=_child_main, args=(self._far_end, memory_mb, target, args), daemon=True
        )
        self._failure = ""

    def __enter__(self) -> Child:
        self._process.start()
        self._far_end.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self._connection.close()

    @property
    def pid(self) -> int | None:
        """Process id, None before the start."""
        return self._process.pid

    def send(self, message: Any) -> None:
        """Send a picklable message to the child; a child that is gone is no error."""
        with contextlib.suppress(OSError, ValueError):
            self._connection.send(message)

    def receive(self, timeout_s: float) -> Any | ChildEnded | None:
        """The next message; None after ``timeout_s`` without one; ChildEnded once it is gone and read out."""
        try:
            if not self._connection.poll(timeout_s):
                return None
            message = self._connection.recv()
        except (EOFError, OSError):
            self._process.join(2.0)
            exit_code = self._process.exitcode
            return ChildEnded(-1 if exit_code is None else exit_code, self._failure)
        except Exception as error:  # noqa: BLE001 - a half-written message of a killed child can raise anything
            self._failure = f"{type(error).__name__}: {error}"
            self.kill()
            return ChildEnded(-1, self._failure)
        if isinstance(message, _Failure):
            self._failure = message.error
            return self.receive(timeout_s)
        return message

    def kill(self) -> None:
        """End the child now; harmless when it is gone already."""
        if self._process.is_alive():
            self._process.kill()
        if self._process.pid is not None:
            self._process.join(2.0)
