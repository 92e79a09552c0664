"""Tasks on other machines: a Dask cluster whose scheduler's address somebody has put into the settings.

Dask is an optional extra ("cluster") and imported here only. It sends the tasks to the machines of the
cluster: positions, times, amounts and rules, under meaningless keys. Names, addresses, telephone and order
numbers stay here. What comes back is unpickled, which can run code: only an own cluster should be named.
"""

from __future__ import annotations

import copy
import importlib
import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any

from lastmile_desktop import __version__
from lastmile_desktop.engine.executors.task import (
    MOST_TRIES,
    Task,
    TaskResult,
    WorkLostError,
    WorkStopped,
    never,
    run_task,
)
from lastmile_desktop.engine.problem import Problem

_log = logging.getLogger(__name__)
_POLL_S = 0.05
_CONNECT_S = 10.0
_ADDRESS = re.compile(r"((tcp|tls)://)?([\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")


def program_version() -> str:
    """The version of this program where it is called: every machine must have the same."""
    return __version__


def without_names(problem: Problem) -> Problem:
    """The problem without what only people read, and with running numbers for keys."""
    bare = copy.copy(problem)  # and not dataclasses.replace, which would forget what was worked out already
    numbers = {
        "order_keys": tuple(f"o{number}" for number in range(problem.order_count)),
        "order_ids": ("",) * problem.order_count,
        "vehicle_keys": tuple(f"v{number}" for number in range(problem.vehicle_count)),
        "vehicle_names": ("",) * problem.vehicle_count,
        "set_aside": (),
        "unusable": (),
    }
    for name, value in numbers.items():
        object.__setattr__(bare, name, value)
    for name in ("order_index", "vehicle_index"):
        bare.__dict__.pop(name, None)
    return bare


class ClusterExecutor:
    """A connection to the scheduler at ``address``, such as tcp://10.0.0.5:8786.

    All machines there must have this ``version`` of the program. Raises WorkLostError.
    """

    def __init__(self, address: str, version: str = __version__) -> None:
        self._address, self._version = address, version
        if not _ADDRESS.fullmatch(address):
            raise WorkLostError(
                f"{address} is not the address of a cluster. It looks like tcp://10.0.0.5:8786 or "
                "tls://planning.example:8786."
            )
        try:
            dask: Any = importlib.import_module("dask")
            distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            raise WorkLostError(
                "Planning on other machines needs the package 'distributed', which is not installed here: "
                "install the extra 'cluster', or clear the cluster's address."
            ) from error
        # A day's matrices are what a task is about; that they are large is no news.
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "10GB"})
        try:
            self._client: Any = distributed.Client(
                address, timeout=_CONNECT_S, set_as_default=False, name="lastmile-desktop"
            )
        except Exception as error:
            # Sockets, names, certificates and Dask's own checks all fail in ways of their own.
            _log.warning("no connection to the cluster: %s", error)
            raise WorkLostError(
                f"No cluster answers at {address}. Check that its scheduler runs and that the address is "
                "right, or clear the address to plan on this computer."
            ) from error
        try:
            self._check_workers()
        except BaseException:
            self._client.close()
            raise

    @property
    def workers(self) -> int:
        """How many tasks are done at once: the threads of all workers."""
        return max(1, sum(int(threads) for threads in self._client.nthreads().values()))

    def __enter__(self) -> ClusterExecutor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def run(
        self,
        tasks: Sequence[Task],
        *,
        on_done: Callable[[int, TaskResult], None] = lambda number, result: None,
        stop: Callable[[], bool] = never,
    ) -> list[TaskResult]:
        """See Executor. A worker that is searching when ``stop`` says so ends that task before it is free."""
        waiting = {number: self._submit(task) for number, task in enumerate(tasks)}
        tries, results = [1] * len(tasks), dict[int, TaskResult]()
        try:
            while waiting:
                if stop():
                    raise WorkStopped(results)
                for number in [number for number, future in waiting.items() if future.status != "pending"]:
                    future = waiting.pop(number)
                    if future.status == "finished":
                        results[number] = future.result()
                        on_done(number, results[number])
                        continue
                    self._lost(future, tries[number])
                    tries[number] += 1
                    waiting[number] = self._submit(tasks[number])
                time.sleep(_POLL_S)
        finally:
            if waiting:
                self._client.cancel(list(waiting.values()), force=True)
        return [results[number] for number in range(len(tasks))]

    def _submit(self, task: Task) -> Any:
        # The task travels with the call and not as data of one worker: so it outlives any worker.
        return self._client.submit(run_task, replace(task, problem=without_names(task.problem)), pure=False)

    def _lost(self, future: Any, tries: int) -> None:
        _log.warning("a task of the cluster is %s", future.status)
        if self._client.status != "running":
            raise WorkLostError(
                f"The connection to the cluster at {self._address} was lost. Plan again when it is back, or "
                "clear its address to plan on this computer."
            )
        if tries >= MOST_TRIES:
            reason = future.exception() if future.status == "error" else future.status
            _log.error("a task failed on the cluster", exc_info=reason if future.status == "error" else None)
            raise WorkLostError(
                f"The machines of the cluster at {self._address} could not plan a part of the day "
                "in several tries. The details are in the log."
            )

    def _check_workers(self) -> None:
        answers = self._client.run(program_version, on_error="return")
        if not answers:
            raise WorkLostError(
                f"The cluster at {self._address} has no machine that works for it. Start workers there, or "
                "clear the address to plan on this computer."
            )
        others = sorted(worker for worker, version in answers.items() if version != self._version)
        if others:
            raise WorkLostError(
                f"The machine {others[0]} of the cluster does not have Lastmile Desktop {self._version}: "
                "install the same version on all of them, or clear the cluster's address."
            )
