"""The compiled kernel alone on academic instances: a JSON line a run, and its gap to a reference.

``python -m benchmarks.kernel_gaps FOLDER [--seeds 3] [--only NAME,...] [--scale 1.0] [--cpu]``; FOLDER is
searched for the files by name. One process, one core; the budget includes reading and set-up, by the clock or
(``--cpu``, for a machine that others use too) in seconds of the processor. Instances named ``own-...`` are
made up (kernel_instances).
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.engine_instances import (
    DEFAULT_ROUNDING,
    Instance,
    plan_cost,
    plan_faults,
    read_instance,
    to_problem,
)
from benchmarks.kernel_instances import own_day
from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.kernel.chain import cycles_for
from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Scorer

#: File, seconds, and the reference: best known (X, RC1_10_3), else the best that anyone here has seen.
CASES: dict[str, tuple[str, float, int]] = {
    "X-n101-k25": ("X-n101-k25.vrp", 5, 27591),
    "RC103": ("RC103.txt", 5, 12580),
    "cvrp-0-rj-0": ("cvrp-0-rj-0.json", 10, 701503),
    "X-n200-k36": ("X-n200-k36.vrp", 10, 58578),
    "rc1_2_3": ("rc1_2_3.txt", 10, 30014),
    "X-n439-k37": ("X-n439-k37.vrp", 30, 36391),
    "r1_4_3": ("r1_4_3.txt", 30, 77917),
    "X-n1001-k43": ("X-n1001-k43.vrp", 60, 72355),
    "RC1_10_3": ("RC1_10_3.vrp", 60, 421219),
}
#: Made up; the reference is the best that any run of one session found, in up to 30 s: a weak one.
OWN_CASES = {
    "own-RC1-100-2": (5.0, 15841),
    "own-RC2-200-1": (10.0, 28329),
    "own-X-200-16-3": (10.0, 26529),
    "own-RC2-400-1": (30.0, 62742),
}
#: Steps a second assumed before the first one is measured.
_USUAL_STEPS_PER_S = 100_000


def _parcels(path: Path) -> tuple[Instance, Problem]:
    """A day of loggibud (JSON): great-circle distances times 1.4, vans for the load and five more."""
    day = json.loads(path.read_text(encoding="utf-8"))
    points = [day["origin"], *(delivery["point"] for delivery in day["deliveries"])]
    sizes = [0, *(int(delivery["size"]) for delivery in day["deliveries"])]
    capacity = int(day["vehicle_capacity"])
    vans = -(-sum(sizes) // capacity) + 5
    instance = Instance(
        name=day["name"],
        kind="CVRP",
        xy=[(float(point["lng"]), float(point["lat"])) for point in points],
        demand=[float(size) for size in sizes],
        capacity=[float(capacity)] * vans,
        vehicle_depot=[0] * vans,
        depots=[0],
        unit_cost=[1] * vans,
    )
    lng, lat = np.radians(np.array(instance.xy)).T
    part = np.sin((lat[:, None] - lat) / 2) ** 2
    part += np.cos(lat[:, None]) * np.cos(lat) * np.sin((lng[:, None] - lng) / 2) ** 2
    metres = np.rint(1.4 * 2 * 6_371_000 * np.arcsin(np.sqrt(part))).astype(np.int32)
    return instance, replace(to_problem(instance, "euclid"), distance_m=metres)


def _load(path: Path) -> tuple[Instance, Problem, str]:
    if path.name in OWN_CASES:
        instance = own_day(path.name)
        rounding = DEFAULT_ROUNDING[instance.kind]
        return instance, to_problem(instance, rounding), rounding
    if path.suffix == ".json":
        return *_parcels(path), "metres"
    instance = read_instance(path)
    rounding = DEFAULT_ROUNDING[instance.kind]
    return instance, to_problem(instance, rounding), rounding


def _judge(
    instance: Instance, problem: Problem, rounding: str, routes: dict[int, list[int]]
) -> tuple[float, list[str]]:
    """Cost and faults of a plan, from the file; for parcels from the matrix and the scorer."""
    if rounding != "metres":
        return plan_cost(instance, rounding, routes), plan_faults(instance, rounding, routes)
    metres, faults = 0, []
    served = sorted(number for numbers in routes.values() for number in numbers)
    if served != list(range(1, problem.order_count + 1)):
        faults.append("not every parcel is delivered exactly once")
    for numbers in routes.values():
        metres += sum(int(problem.distance_m[a, b]) for a, b in pairwise([0, *numbers, 0]))
        if sum(instance.demand[number] for number in numbers) > instance.capacity[0]:
            faults.append("a van is overloaded")
    return metres, faults


def run(path: Path, seconds: float, seed: int, clock: Callable[[], float]) -> dict[str, object]:
    """One search of ``seconds`` by ``clock``; the plan is costed and checked from the file alone."""
    began, busy = clock(), time.process_time()
    instance, problem, rounding = _load(path)
    cycles = cycles_for(problem, seconds * _USUAL_STEPS_PER_S)
    start = first_plan(problem, Scorer(problem), quick=True)
    kernel = Kernel(problem, seed, start, cycles=cycles)
    while (elapsed := clock() - began) < seconds:
        kernel.run_slice(elapsed / seconds)
    busy = time.process_time() - busy
    routes = {
        vehicle: [order + 1 for order in route] for vehicle, route in enumerate(kernel.best_routes) if route
    }
    cost, faults = _judge(instance, problem, rounding, routes)
    return {
        "instance": instance.name,
        "seed": seed,
        "seconds": round(clock() - began, 2),
        "cpu_seconds": round(busy, 2),
        "cost": cost,
        "vehicles": len(routes),
        "faults": faults,
        "steps": kernel.steps,
        "steps_per_cpu_s": int(kernel.steps / busy),
    }


def main() -> int:
    """Run the cases and print a line each, then the median gap of each case."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kernel_gaps", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", default=",".join(CASES))
    parser.add_argument("--cpu", action="store_true", help="seconds of the processor, not of the clock")
    parser.add_argument("--scale", type=float, default=1.0, help="of the seconds")
    options = parser.parse_args()
    for name in options.only.split(","):
        if name in OWN_CASES:
            path, (seconds, reference) = Path(name), OWN_CASES[name]
        else:
            file, seconds, reference = CASES[name]
            path = next(options.folder.rglob(file))
        gaps: list[float] = []
        for seed in range(1, options.seeds + 1):
            clock = time.process_time if options.cpu else time.monotonic
            result = run(path, seconds * options.scale, seed, clock)
            gaps.append(100 * (float(str(result["cost"])) / reference - 1))
            print(json.dumps({**result, "gap": round(gaps[-1], 2)}), flush=True)
        print(f"{name}: median gap {statistics.median(gaps):.2f} % of {len(gaps)} seeds", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
