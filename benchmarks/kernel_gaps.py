"""The compiled kernel alone on academic instances: a JSON line a run, and its gap to a reference.

``python -m benchmarks.kernel_gaps FOLDER [--seeds 3] [--only NAME,...] [--scale 1.0]``; FOLDER is searched
for the files by name. One process, one core; the budget is wall-clock time and includes reading and set-up.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from benchmarks.engine_instances import (
    DEFAULT_ROUNDING,
    Instance,
    plan_cost,
    plan_faults,
    read_instance,
    to_problem,
)
from lastmile_desktop.engine.kernel.chain import cycles_for
from lastmile_desktop.engine.kernel.kernel import Kernel

#: File, seconds, and the reference: best known (X, RC1_10_3), else the best that anyone here has seen.
CASES: dict[str, tuple[str, float, int]] = {
    "X-n101-k25": ("X-n101-k25.vrp", 5, 27591),
    "RC103": ("RC103.txt", 5, 12582),
    "X-n200-k36": ("X-n200-k36.vrp", 10, 58578),
    "rc1_2_3": ("rc1_2_3.txt", 10, 30014),
    "X-n439-k37": ("X-n439-k37.vrp", 30, 36391),
    "r1_4_3": ("r1_4_3.txt", 30, 77917),
    "X-n1001-k43": ("X-n1001-k43.vrp", 60, 72355),
    "RC1_10_3": ("RC1_10_3.vrp", 60, 421219),
}
#: Steps a second assumed before the first one is measured.
_USUAL_STEPS_PER_S = 100_000


def run(path: Path, seconds: float, seed: int) -> dict[str, object]:
    """One search; the plan is costed and checked from the file alone."""
    began = time.monotonic()
    busy = time.process_time()
    instance: Instance = read_instance(path)
    rounding = DEFAULT_ROUNDING[instance.kind]
    problem = to_problem(instance, rounding)
    cycles = cycles_for(problem.order_count, seconds * _USUAL_STEPS_PER_S)
    kernel = Kernel(problem, seed, cycles=cycles)
    while (elapsed := time.monotonic() - began) < seconds:
        kernel.run_slice(elapsed / seconds)
    busy = time.process_time() - busy
    routes = {
        vehicle: [order + 1 for order in route] for vehicle, route in enumerate(kernel.best_routes) if route
    }
    return {
        "instance": instance.name,
        "seed": seed,
        "seconds": round(time.monotonic() - began, 2),
        "cpu_seconds": round(busy, 2),
        "cost": plan_cost(instance, rounding, routes),
        "vehicles": len(routes),
        "faults": plan_faults(instance, rounding, routes),
        "steps": kernel.steps,
        "steps_per_cpu_s": int(kernel.steps / busy),
    }


def main() -> int:
    """Run the cases and print a line each, then the median gap of each case."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kernel_gaps", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", default=",".join(CASES))
    parser.add_argument("--scale", type=float, default=1.0, help="of the seconds")
    options = parser.parse_args()
    for name in options.only.split(","):
        file, seconds, reference = CASES[name]
        path = next(options.folder.rglob(file))
        gaps: list[float] = []
        for seed in range(1, options.seeds + 1):
            result = run(path, seconds * options.scale, seed)
            gaps.append(100 * (float(str(result["cost"])) / reference - 1))
            print(json.dumps({**result, "gap": round(gaps[-1], 2)}), flush=True)
        print(f"{name}: median gap {statistics.median(gaps):.2f} % of {len(gaps)} seeds", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
