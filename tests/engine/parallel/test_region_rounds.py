"""A large day as tasks: the same plan on local processes and on a cluster, kept when workers are lost."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.executors.local import LocalExecutor
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.schedule import evaluate
from lastmile_desktop.engine.solve import SolveDiscarded, SolveParams, Stop
from lastmile_desktop.engine.together.region_rounds import solve_in_regions

FIXED = SolveParams(seconds=120, seed=2, iterations=1)


@pytest.fixture(scope="module")
def day(many_routes):
    return many_routes()


@pytest.fixture
def solved(town, day):
    problem = build_problem(day, town.travel)

    def run(executor, params=FIXED, stop=lambda: Stop.GO, seen=None):
        return solve_in_regions(
            problem,
            params,
            executor,
            on_progress=(seen if seen is not None else []).append,
            stop=stop,
        )

    return run


def test_the_plan_is_valid_and_repeats(town, day, solved):
    seen = []
    with LocalExecutor(2) as executor:
        first = solved(executor, seen=seen)
        assert solved(executor).assignment == first.assignment
    table = evaluate(build_problem(day, town.travel), first.assignment)
    assert check(day, table, town.travel, first.assignment) == ()
    assert table.totals.planned == 90
    assert first.message == ""
    assert [one.cost_cents for one in seen] == sorted((one.cost_cents for one in seen), reverse=True)


@pytest.mark.skipif(sys.platform == "win32", reason="kills with POSIX signals")
@pytest.mark.filterwarnings("ignore")  # Dask's own threads and sockets, at its end
def test_a_cluster_gives_the_same_plan_though_a_worker_is_killed(solved):
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    from distributed import LocalCluster

    from lastmile_desktop.engine.executors import executor_for

    with LocalExecutor(2) as executor:
        expected = solved(executor).assignment
    killed = []
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        executor_for(cluster.scheduler_address, 1) as executor,
    ):
        pids = list(executor._client.run(os.getpid).values())
        tasks_run = executor.run

        class KillsOne:
            workers = executor.workers

            def run(self, tasks, **how):
                if not killed:
                    killed.append(pids[0])
                    os.kill(pids[0], signal.SIGKILL)
                return tasks_run(tasks, **how)

        assert solved(KillsOne()).assignment == expected
    assert killed


def test_finishing_keeps_the_best_and_discarding_raises(solved):
    params = SolveParams(seconds=60, seed=1)
    with LocalExecutor(2) as executor:
        seen = []
        outcome = solved(executor, params, lambda: Stop.FINISH if seen else Stop.GO, seen)
        assert outcome.stopped
        assert len(outcome.assignment.order_keys) == 90
        busy = lambda: Stop.DISCARD if executor.process_ids else Stop.GO  # noqa: E731
        with pytest.raises(SolveDiscarded):
            solved(executor, SolveParams(seconds=20, seed=1), busy)


@pytest.mark.skipif(sys.platform == "win32", reason="kills with POSIX signals")
def test_lost_workers_cost_only_a_message(solved):
    def kill_all():
        for pid in executor.process_ids:
            os.kill(pid, signal.SIGKILL)
        return Stop.GO

    with LocalExecutor(1) as executor:
        outcome = solved(executor, stop=kill_all)
    assert "The best plan so far is kept." in outcome.message
    assert len(outcome.assignment.order_keys) == 90
