"""Calling a function in a process of its own, for work that would hold up the window's thread.

Python runs one thread at a time: seconds of pure Python on a worker thread, such as 2,000 QR codes, reach
the window as stutter. Beside, in another process, they do not.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from lastmile_desktop.system.child import Child, ChildEnded

_Result = TypeVar("_Result")
_POLL_S = 0.05


class BesideStopped(Exception):
    """The caller wanted no result any more; the process is gone."""


class BesideLostError(Exception):
    """The process ended without a result; ``str(error)`` is for the log."""


def never() -> bool:
    """Go on to the end."""
    return False


def call_beside(
    function: Callable[..., _Result],
    *args: Any,
    should_stop: Callable[[], bool] = never,
    on_progress: Callable[..., None] | None = None,
    memory_mb: int | None = None,
) -> _Result:
    """``function(*args)`` in a spawned process; blocking, for worker threads.

    The function is a top-level one; arguments and result are pickled. With ``on_progress`` it is called as
    ``function(*args, on_progress=report)``, and what it reports arrives here on the calling thread. An
    exception of the function is raised here. Raises BesideStopped when ``should_stop`` says so, and
    BesideLostError when the process dies. ``memory_mb`` caps its address space where the system can.
    """
    with Child(_answer, function, args, on_progress is not None, memory_mb=memory_mb) as child:
        while True:
            message = child.receive(_POLL_S)
            if isinstance(message, ChildEnded):
                raise BesideLostError(f"exit code {message.exit_code}. {message.error}")
            if should_stop():
                raise BesideStopped
            if message is None:
                continue
            kind, value = message
            if kind == "error":
                raise value
            if kind == "result":
                result: _Result = value
                return result
            if on_progress is not None:
                on_progress(*value)


def _answer(
    connection: Connection, function: Callable[..., Any], args: tuple[Any, ...], report: bool
) -> None:
    """In the other process."""
    try:
        if report:
            result = function(*args, on_progress=lambda *values: connection.send(("progress", values)))
        else:
            result = function(*args)
    except (OSError, ValueError) as error:
        connection.send(("error", error))
    except Exception as error:
        if not getattr(error, "for_dispatcher", False):
            raise
        connection.send(("error", error))
    else:
        connection.send(("result", result))
