"""How cost, time and memory grow with the work, from 50 to 5,000 stops: ``python -m benchmarks.growth``.

For each size, one made-up instance with windows: seconds until the first complete plan; the cost after an
effort in proportion to the stops, as a ratio to a run five times as long; the solver's peak memory above what
its modules take (OR-Tools, which it loads late, is counted), with and without the matrices; and the time for
one changed order on the plan found.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.engine_choice import solve_params
from benchmarks.engine_instances import to_problem
from benchmarks.made_up import windows_instance
from benchmarks.peers import machine
from benchmarks.vrplib import run
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.model import Assignment

SIZES = (50, 100, 200, 500, 1000, 2000, 5000)
_ROUNDING = "dimacs"
_LONG = 5
_CHANGES = 9


def seconds_for(count: int, per_1000: float) -> float:
    """The effort in proportion to the stops, but long enough to start at all."""
    return max(2.0, per_1000 * count / 1000)


def first_and_cost(count: int, seconds: float, seed: int, workers: int) -> tuple[float, float]:
    """(seconds to the first complete plan, cost at the end) of one run."""
    result = run(windows_instance(count), _ROUNDING, seconds=seconds, seed=seed, workers=workers)
    trace = result["trace"]
    assert isinstance(trace, list)
    if not trace or not result["feasible"]:
        raise RuntimeError(f"no complete plan of {count} stops in {seconds:g} s: {result['faults']}")
    return float(trace[0][0]), float(str(result["cost"]))


def one_changed(problem: Problem, assignment: Assignment) -> float:
    """Median seconds until there is a plan after the window of one order has moved."""
    from lastmile_desktop.engine.replan.replan import replan
    from lastmile_desktop.engine.schedule import evaluate

    before = evaluate(problem, assignment, explain=False)
    took = []
    for turn in range(_CHANGES):
        order = turn * problem.order_count // _CHANGES
        (start, end), *_ = problem.windows[order]
        windows = list(problem.windows)
        windows[order] = ((max(0, start - (end - start)), end),)
        changed = replace(problem, windows=tuple(windows), window_due=())
        began = time.monotonic()
        replan(changed, before, changed=[problem.order_keys[order]], seed=turn + 1)
        took.append(time.monotonic() - began)
    return statistics.median(took)


def changed_order(count: int, seconds: float, seed: int) -> float:
    """Plan, then change one order."""
    from lastmile_desktop.engine.solve import Stop, solve

    problem = to_problem(windows_instance(count), _ROUNDING)
    params = solve_params(seconds=seconds, seed=seed)
    outcome = solve(problem, params, on_progress=lambda progress: None, stop=lambda: Stop.GO)
    return one_changed(problem, outcome.assignment)


class ChildWatch(threading.Thread):
    """The highest resident memory of any child process while it runs, in MB; 0.0 on other systems than Linux.

    ``resource.getrusage`` would do elsewhere, but it counts what the parent had at the moment of the start.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_mb = 0.0
        self._over = threading.Event()

    def __enter__(self) -> ChildWatch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        """Look ten times a second."""
        while not self._over.wait(0.1):
            for table in Path("/proc/self/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    for child in table.read_text().split():
                        self.peak_mb = max(self.peak_mb, _high_water_mb(child))


def _high_water_mb(process: str) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return 0.0


def bare_mb() -> float:
    """Memory of a process that has loaded the solver's own modules and done nothing yet."""
    code = "import time, lastmile_desktop.engine.improve; time.sleep(1.5)"
    with ChildWatch() as watch:
        subprocess.run([sys.executable, "-c", code], check=True)
    return watch.peak_mb


def row(count: int, per_1000: float, seed: int, workers: int, bare: float) -> dict[str, object]:
    """One size."""
    effort = seconds_for(count, per_1000)
    with ChildWatch() as watch:
        first, cost = first_and_cost(count, effort, seed, workers)
    _, long_cost = first_and_cost(count, _LONG * effort, seed, workers)
    matrices = 8 * (count + 1) ** 2 / 2**20
    above = watch.peak_mb - bare
    return {
        "stops": count,
        "effort_s": effort,
        "first_complete_s": round(first, 2),
        "cost": cost,
        "long_cost": long_cost,
        "ratio": round(cost / long_cost, 4),
        "cost_per_stop": round(cost / count, 1),
        "above_bare_mb": round(above, 1),
        "matrices_mb": round(matrices, 1),
        "above_matrices_mb": round(above - matrices, 1),
        "one_changed_s": round(changed_order(count, effort, seed), 3),
    }


def main() -> int:
    """Print a JSON line for each size, then the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--per-1000", type=float, default=12.0, help="seconds of effort for 1,000 stops")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    bare = bare_mb()
    rows = []
    for count in map(int, options.sizes.split(",")):
        rows.append(row(count, options.per_1000, options.seed, options.workers, bare))
        print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
    print(f"{machine()}. {options.workers} core(s). The solver's modules alone: {bare:.0f} MB.\n")
    print(f"| {' | '.join(rows[0])} |")
    print(f"|{'--:|' * len(rows[0])}")
    for each in rows:
        print(f"| {' | '.join(str(value) for value in each.values())} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
