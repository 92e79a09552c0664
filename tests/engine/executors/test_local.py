"""Tasks in child processes: results in order, lost workers replaced, nothing left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from dataclasses import replace

import pytest

from lastmile_desktop.engine.executors import WorkLostError, WorkStopped, executor_for
from lastmile_desktop.engine.executors.local import LocalExecutor
from lastmile_desktop.engine.scoring import Scorer

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def test_results_come_in_order_and_are_those_of_one_process(tasks, expected):
    heard = {}
    with LocalExecutor(2) as executor:
        assert executor.workers == 2
        results = executor.run(tasks, on_done=heard.__setitem__)
        assert len(executor.process_ids) == 2
        again = executor.run(tasks[:1])
    assert results == expected
    assert again == expected[:1]
    assert heard == dict(enumerate(expected))
    assert not multiprocessing.active_children()
    for task, result in zip(tasks, results, strict=True):
        assert Scorer(task.problem).score(result.routes) == result.score
        assert sum(map(len, result.routes)) == 30


@posix
def test_the_task_of_a_killed_worker_is_done_again(tasks, expected):
    killed = []

    def kill_one():
        if len(killed) < 2 and executor.process_ids:
            killed.append(executor.process_ids[0])
            os.kill(killed[-1], signal.SIGKILL)
        return False

    with LocalExecutor(2) as executor:
        assert executor.run(tasks, stop=kill_one) == expected
        assert len(killed) == 2
        assert not set(killed) & set(executor.process_ids)


@posix
def test_a_task_that_kills_every_worker_is_given_up_with_a_sentence(tasks):
    def kill_all():
        for pid in executor.process_ids:
            os.kill(pid, signal.SIGKILL)
        return False

    with LocalExecutor(1) as executor, pytest.raises(WorkLostError, match="again and again"):
        executor.run(tasks[:1], stop=kill_all)


def test_stopping_keeps_what_is_there_and_ends_the_rest(tasks, expected):
    done = []
    endless = replace(tasks[1], params=replace(tasks[1].params, seconds=600, iterations=None))
    with LocalExecutor(2) as executor:
        with pytest.raises(WorkStopped) as stopped:
            executor.run(
                [tasks[0], endless], on_done=lambda number, _: done.append(number), stop=lambda: bool(done)
            )
        assert stopped.value.results == {0: expected[0]}
        assert len(executor.process_ids) == 1


def test_no_tasks_no_processes():
    with executor_for("", 3) as executor:
        assert executor.run([]) == []
        assert not multiprocessing.active_children()
