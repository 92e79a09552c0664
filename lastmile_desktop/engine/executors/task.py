"""One independent piece of searching, what comes out of it, and who can do such pieces."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol

from lastmile_desktop.engine.engines import Engine
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Routes, Score
from lastmile_desktop.engine.solve import SolveParams

#: How often a task may lose its worker before it is given up.
MOST_TRIES = 4


@dataclass(frozen=True)
class Task:
    """A problem to search: picklable, and complete, so that it can be done again anywhere.

    ``start`` are order indices per vehicle to begin with, ``locked`` order indices that keep their place,
    ``frozen`` those that begin their route with nothing between. With
    ``params.iterations`` the result is the same wherever it is computed.
    """

    problem: Problem
    params: SolveParams
    start: tuple[tuple[int, ...], ...] | None = None
    locked: frozenset[int] = frozenset()
    frozen: frozenset[int] = frozenset()


@dataclass(frozen=True)
class TaskResult:
    """The best plan found, as order indices per vehicle; ``note`` is "" or a sentence for the user."""

    routes: Routes
    score: Score
    iterations: int
    note: str = ""


class WorkStopped(Exception):
    """The caller wanted no more; ``results`` are those that were there, by the number of their task."""

    def __init__(self, results: dict[int, TaskResult]) -> None:
        super().__init__()
        self.results = results


class WorkLostError(Exception):
    """Tasks cannot be done; the message is a sentence for the dispatcher."""

    for_dispatcher = True


def never() -> bool:
    """Go on to the end."""
    return False


class Executor(Protocol):
    """Does tasks on several workers. A context manager: leaving it ends the workers, or lets go of them."""

    @property
    def workers(self) -> int:
        """How many tasks are done at once."""

    def run(
        self,
        tasks: Sequence[Task],
        *,
        on_done: Callable[[int, TaskResult], None] = ...,
        stop: Callable[[], bool] = ...,
    ) -> list[TaskResult]:
        """All results, in the order of the tasks; blocking.

        ``on_done(number, result)`` hears of each as it comes and ``stop`` is asked several times a second,
        both on the calling thread. The task of a worker that is lost is done again by another. Raises
        WorkStopped when ``stop`` says so, and WorkLostError when no worker can do a task.
        """

    def __enter__(self) -> Executor: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class _Unheard:
    """Stands for the window, where nobody watches the search."""

    def send(self, message: Any) -> None:
        """Nobody listens."""


def run_task(task: Task) -> TaskResult:
    """Do one task here and now; called in the worker's process."""
    from lastmile_desktop.engine.search import Search, SearchOrder

    params = task.params
    order = SearchOrder(
        seconds=params.seconds,
        seed=params.seed,
        iterations=params.iterations,
        called_at=time.time(),
        start=task.start,
        locked=task.locked,
        frozen=task.frozen,
        workers=params.workers,
        engine=Engine(params.engine),
    )
    search = Search(_Unheard(), task.problem, order)
    search.run()
    return TaskResult(search.best, search.scorer.score(search.best), search.iterations, search.note)
