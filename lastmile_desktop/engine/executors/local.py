"""Tasks on this computer: a few child processes that are kept, and replaced when they are lost."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from types import TracebackType

from lastmile_desktop.engine.executors.task import (
    MOST_TRIES,
    Task,
    TaskResult,
    WorkLostError,
    WorkStopped,
    never,
    run_task,
)
from lastmile_desktop.system.child import Child, ChildEnded

_log = logging.getLogger(__name__)
_POLL_S = 0.02


def serve(connection: Connection) -> None:
    """In a child: tasks in, results out, until the parent lets go."""
    while True:
        connection.send(run_task(connection.recv()))


class LocalExecutor:
    """Up to ``workers`` child processes, started when they are needed."""

    def __init__(self, workers: int) -> None:
        self._most = max(1, workers)
        self._idle: list[Child] = []
        self._busy: dict[int, Child] = {}

    @property
    def workers(self) -> int:
        """How many tasks are done at once."""
        return self._most

    @property
    def process_ids(self) -> list[int]:
        """Of the children that are there, busy ones first."""
        return [child.pid for child in (*self._busy.values(), *self._idle) if child.pid is not None]

    def __enter__(self) -> LocalExecutor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in (*self._busy.values(), *self._idle):
            _end(child)
        self._busy, self._idle = {}, []

    def run(
        self,
        tasks: Sequence[Task],
        *,
        on_done: Callable[[int, TaskResult], None] = lambda number, result: None,
        stop: Callable[[], bool] = never,
    ) -> list[TaskResult]:
        """See Executor."""
        waiting, results = deque(range(len(tasks))), dict[int, TaskResult]()
        tries = [0] * len(tasks)
        while len(results) < len(tasks):
            if stop():
                self._abandon()
                raise WorkStopped(results)
            while waiting and len(self._busy) < self._most:
                number = waiting.popleft()
                tries[number] += 1
                self._busy[number] = self._hand_out(tasks[number])
            for number, child in list(self._busy.items()):
                answer = child.receive(_POLL_S / len(self._busy))
                if answer is None:
                    continue
                del self._busy[number]
                if isinstance(answer, ChildEnded):
                    _end(child)
                    self._lost(answer, tries[number])
                    waiting.appendleft(number)
                    continue
                self._idle.append(child)
                results[number] = answer
                on_done(number, answer)
        return [results[number] for number in range(len(tasks))]

    def _hand_out(self, task: Task) -> Child:
        child = self._idle.pop() if self._idle else Child(serve).__enter__()
        child.send(task)
        return child

    def _lost(self, ended: ChildEnded, tries: int) -> None:
        _log.warning("a worker ended with code %s: %s", ended.exit_code, ended.error)
        if tries >= MOST_TRIES:
            self._abandon()
            raise WorkLostError(
                "A part of the day could not be planned: the planner stopped unexpectedly again and again. "
                "The details are in the log."
            )

    def _abandon(self) -> None:
        for child in self._busy.values():
            _end(child)
        self._busy = {}


def _end(child: Child) -> None:
    child.__exit__(None, None, None)
