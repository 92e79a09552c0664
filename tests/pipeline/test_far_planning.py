"""Planning with the help of a cluster: only by its address, and without it where it is not there."""

from __future__ import annotations

import subprocess
import sys

import pytest
from days import day_state

from lastmile_desktop.engine.solve import SolveParams, Stop
from lastmile_desktop.pipeline.planning import Planner

NOBODY = "tcp://127.0.0.1:9"


def planned(state, address):
    return Planner().plan(
        state,
        SolveParams(seconds=60, seed=1, iterations=1),
        on_progress=lambda _: None,
        stop=lambda: Stop.GO,
        cluster_address=address,
    )


def test_a_cluster_that_is_not_there_is_said_and_the_day_planned_here(monkeypatch):
    monkeypatch.setattr("lastmile_desktop.pipeline.far_planning.LARGE_DAY", 5)
    monkeypatch.setattr("lastmile_desktop.engine.executors.cluster._CONNECT_S", 0.5)
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    result = planned(day_state(orders=12), NOBODY)
    assert result.message.startswith(f"No cluster answers at {NOBODY}.")
    assert result.message.endswith("The day was planned on this computer.")
    assert result.state.timetable.totals.planned == 12


def test_a_small_day_is_never_sent_away():
    result = planned(day_state(orders=12), "no address at all")
    assert result.message == ""
    assert result.state.timetable.totals.planned == 12


_LARGE_DAY_OFFLINE = """
import sys
seen = []

def hook(event, arguments):
    # Pipes to child processes are made of sockets too; only such as reach out matter.
    if event.startswith("socket.") and event != "socket.__new__":
        seen.append(event)

sys.addaudithook(hook)
sys.path.insert(0, sys.argv[1])

def main():
    from days import day_state
    from lastmile_desktop.engine.solve import SolveParams, Stop
    from lastmile_desktop.pipeline import far_planning
    from lastmile_desktop.pipeline.planning import Planner

    far_planning.LARGE_DAY = 5
    params = SolveParams(seconds=60, seed=1, workers=2, iterations=1)
    Planner().plan(day_state(orders=12), params, on_progress=lambda _: None, stop=lambda: Stop.GO)
    print(seen, [name for name in ("distributed", "dask", "tornado") if name in sys.modules])

if __name__ == "__main__":
    main()
"""


def test_without_an_address_nothing_is_connected(tmp_path):
    script = tmp_path / "large_day.py"
    script.write_text(_LARGE_DAY_OFFLINE)
    folder = __file__.rpartition("test_far_planning")[0]
    done = subprocess.run(
        [sys.executable, str(script), folder], capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[] []"
