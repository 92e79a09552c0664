"""Searching several independent problems at once: on this computer, or on others where an address is set."""

from __future__ import annotations

from lastmile_desktop.engine.executors.task import Executor, Task, TaskResult, WorkLostError, WorkStopped

__all__ = ["Executor", "Task", "TaskResult", "WorkLostError", "WorkStopped", "executor_for"]


def executor_for(address: str, workers: int) -> Executor:
    """Processes on this computer where ``address`` is empty, else the Dask cluster whose scheduler is there.

    ``workers`` is the number of local processes. Only with an address is anything sent over a network: then
    the orders of the problems, with their positions and times, go to the machines of that cluster. Raises
    WorkLostError with a sentence when the cluster cannot be used.
    """
    if address.strip():
        from lastmile_desktop.engine.executors.cluster import ClusterExecutor

        return ClusterExecutor(address.strip())
    from lastmile_desktop.engine.executors.local import LocalExecutor

    return LocalExecutor(workers)
