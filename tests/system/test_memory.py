"""How much memory a process holds."""

from __future__ import annotations

import os

from lastmile_desktop.system.memory import resident_bytes

MEGABYTE = 1024 * 1024


def test_this_process_holds_something_and_more_when_it_takes_more() -> None:
    before = resident_bytes(os.getpid())
    assert before is not None
    assert 5 * MEGABYTE < before < 5000 * MEGABYTE
    taken = bytearray(os.urandom(1) * (64 * MEGABYTE))
    after = resident_bytes(os.getpid())
    assert after is not None
    assert after > before + 50 * MEGABYTE
    assert len(taken) == 64 * MEGABYTE


def test_a_process_that_is_gone_holds_nothing_that_is_known() -> None:
    assert resident_bytes(2**22 + 7) is None
