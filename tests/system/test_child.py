"""A child process may finish, fail, hang or die; the parent always learns which, and leaves none behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
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


_PARENT = """
import sys, time
sys.path.insert(0, sys.argv[1])
from test_child import spins
from lastmile_desktop.system.child import Child
if __name__ == "__main__":
    with Child(spins) as child:
        while child.receive(0.2) != "started":
            pass
        print(child.pid, flush=True)
        time.sleep(600)
"""


def spins(connection: Connection) -> None:
    connection.send("started")
    while True:
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_child_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT, encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script), str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    raise AssertionError("the child went on without its parent")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="address space limits are kept on Linux")
def test_the_memory_cap_holds() -> None:
    with Child(eats_memory, memory_mb=512) as child:
        (ended,) = drain(child)
    assert isinstance(ended, ChildEnded)
    assert ended.exit_code != 0
