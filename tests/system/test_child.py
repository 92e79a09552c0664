"""A child process may finish, fail, hang or die; the parent always learns which, and leaves none behind."""

from __future__ import annotations

import os
import signal
import sys
import time
from multiprocessing.connection import Connection
from typing import Any

import pytest

from lastmile_desktop.system.child import Child, ChildEnded


def counts(connection: Connection, upto: int) -> None:
    for number in range(upto):
        connection.send(number)


def echoes(connection: Connection) -> None:
    connection.send(connection.recv() * 2)


def fails(_connection: Connection) -> None:
    raise ValueError("a bad cell")


def hangs(connection: Connection) -> None:
    connection.send("started")
    time.sleep(600)


def eats_memory(connection: Connection) -> None:
    connection.send(len(bytearray(3 * 1024**3)))


def drain(child: Child, timeout_s: float = 20.0) -> list[Any]:
    messages: list[Any] = []
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        message = child.receive(0.2)
        if message is not None:
            messages.append(message)
        if isinstance(message, ChildEnded):
            return messages
    raise AssertionError(f"the child did not end; so far {messages}")


def test_all_messages_arrive_in_order_and_then_the_end() -> None:
    with Child(counts, 3) as child:
        assert drain(child) == [0, 1, 2, ChildEnded(0)]


def test_the_parent_can_send_too() -> None:
    with Child(echoes) as child:
        child.send(21)
        assert drain(child)[0] == 42


def test_an_exception_in_the_child_becomes_a_line_not_a_traceback() -> None:
    with Child(fails) as child:
        (ended,) = drain(child)
    assert ended == ChildEnded(1, "ValueError: a bad cell")


def test_a_hanging_child_is_killed_on_the_way_out() -> None:
    with Child(hangs) as child:
        while child.receive(0.2) != "started":
            pass
        pid = child.pid
        assert pid is not None
        begun = time.monotonic()
    assert time.monotonic() - begun < 2.0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_child_that_is_killed_from_outside_is_reported() -> None:
    with Child(hangs) as child:
        while child.receive(0.2) != "started":
            pass
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        assert drain(child)[-1] == ChildEnded(-signal.SIGKILL)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="address space limits are kept on Linux")
def test_the_memory_cap_holds() -> None:
    with Child(eats_memory, memory_mb=512) as child:
        (ended,) = drain(child)
    assert isinstance(ended, ChildEnded)
    assert ended.exit_code != 0
