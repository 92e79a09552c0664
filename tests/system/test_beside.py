"""A call in another process gives what the call would have given here, or says that it did not."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest

from lastmile_desktop.system.beside import BesideLostError, BesideStopped, call_beside


class SheetError(Exception):
    for_dispatcher = True


def pid_and_sum(*numbers: int) -> tuple[int, int]:
    return os.getpid(), sum(numbers)


def counts(upto: int, on_progress: Callable[[int, int], None]) -> str:
    for number in range(upto):
        on_progress(number, upto)
    return "counted"


def refuses(kind: str) -> None:
    if kind == "disk":
        raise OSError(28, "No space left on device", "plan.pdf")
    if kind == "sentence":
        raise SheetError("The sheet is full.")
    raise RuntimeError("a mistake of ours")


def dies() -> None:
    os._exit(3)


def sleeps() -> None:
    time.sleep(600)


def test_the_result_comes_from_another_process() -> None:
    pid, total = call_beside(pid_and_sum, 1, 2, 3)
    assert total == 6
    assert pid != os.getpid()


def test_progress_arrives_in_order() -> None:
    heard: list[tuple[int, int]] = []
    assert call_beside(counts, 3, on_progress=lambda *step: heard.append(step)) == "counted"
    assert heard == [(0, 3), (1, 3), (2, 3)]


def test_what_the_system_or_the_program_says_is_raised_here() -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        call_beside(refuses, "disk")
    assert caught.value.filename == "plan.pdf"
    with pytest.raises(SheetError, match="The sheet is full"):
        call_beside(refuses, "sentence")


def test_a_mistake_or_a_death_is_lost_work() -> None:
    with pytest.raises(BesideLostError, match="RuntimeError"):
        call_beside(refuses, "other")
    with pytest.raises(BesideLostError, match="exit code 3"):
        call_beside(dies)


def test_it_can_be_stopped_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(BesideStopped):
        call_beside(sleeps, should_stop=lambda: time.monotonic() - began > 0.8)
    assert time.monotonic() - began < 5
