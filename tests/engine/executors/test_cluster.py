"""Tasks on a real Dask cluster of worker processes on this machine, one of them killed in the middle."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys

import pytest

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")

from lastmile_desktop.engine.executors import WorkLostError, WorkStopped, executor_for
from lastmile_desktop.engine.executors.cluster import ClusterExecutor, without_names
from lastmile_desktop.engine.problem import build_problem

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="kills with POSIX signals"),
    pytest.mark.filterwarnings("ignore"),  # Dask's own threads and sockets, at its end
]


@pytest.fixture(scope="module")
def cluster():
    """A scheduler and two worker processes with nannies, which start a new worker for one that is lost."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as running:
        yield running


def test_results_are_those_of_one_process_though_a_worker_is_killed(cluster, tasks, expected):
    pids, killed, done = [], [], []

    def kill_one():
        if not killed and done:
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)
        return False

    with executor_for(cluster.scheduler_address, 1) as executor:
        assert isinstance(executor, ClusterExecutor)
        assert executor.workers == 2
        pids += executor._client.run(os.getpid).values()
        results = executor.run(tasks, on_done=lambda number, _: done.append(number), stop=kill_one)
        assert results == expected
        assert killed
        assert killed[0] not in executor._client.run(os.getpid).values()
    assert sorted(done) == list(range(len(tasks)))


def test_stopping_keeps_what_is_there(cluster, tasks, expected):
    done = []
    with executor_for(cluster.scheduler_address, 1) as executor, pytest.raises(WorkStopped) as stopped:
        executor.run(tasks, on_done=lambda number, _: done.append(number), stop=lambda: bool(done))
    assert set(stopped.value.results) == set(done)
    assert all(result == expected[number] for number, result in stopped.value.results.items())


def test_a_cluster_with_another_version_is_refused(cluster):
    with pytest.raises(WorkLostError, match=r"does not have Lastmile Desktop 99\.0"):
        ClusterExecutor(cluster.scheduler_address, version="99.0")


@pytest.mark.parametrize("address", ["no such:thing", "ftp://x:1", "tcp://10.0.0.5", "a" * 50])
def test_what_is_no_address_is_a_sentence(address):
    with pytest.raises(WorkLostError, match="is not the address of a cluster"):
        executor_for(address, 1)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "127.0.0.1:9"])
def test_no_cluster_there_is_a_sentence(address, monkeypatch):
    monkeypatch.setattr("lastmile_desktop.engine.executors.cluster._CONNECT_S", 0.5)
    with pytest.raises(WorkLostError, match="No cluster answers at"):
        executor_for(address, 1)


def test_nothing_that_people_read_leaves_the_machine(town):
    orders = [town.order(f"key-secret-{n}", n, name="Miller secret", address="secret") for n in range(3)]
    problem = build_problem(town.day(orders, [town.van("secret")]), town.travel)
    assert problem.order_index
    assert problem.vehicle_index
    bare = without_names(problem)
    assert b"secret" not in pickle.dumps(bare).lower()
    assert b"secret" in pickle.dumps(problem).lower()
    assert (bare.distance_m == problem.distance_m).all()


_PLAN_OFFLINE = """
import sys
seen = []
def hook(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__",):
        seen.append(event)
sys.addaudithook(hook)

def main():
    from lastmile_desktop.engine.executors import executor_for
    with executor_for("  ", 2) as executor:
        assert executor.run([]) == []
        came = [name for name in ("distributed", "dask", "tornado") if name in sys.modules]
        print(type(executor).__name__, came, seen)

if __name__ == "__main__":
    main()
"""


def test_without_an_address_dask_is_not_even_imported():
    answer = subprocess.run(
        [sys.executable, "-c", _PLAN_OFFLINE], capture_output=True, text=True, check=True, timeout=60
    )
    assert answer.stdout.strip() == "LocalExecutor [] []"
