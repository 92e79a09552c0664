"""Our engine beside PyVRP, VROOM and plain OR-Tools on the instances of a folder.

``python -m benchmarks.peers FOLDER``. Same seconds (set-up included) and one core each, one after the other,
solver by solver on each instance, so that a slow moment of the machine hits all of them. Every plan is costed
and checked from the file alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.engine_instances import Instance, InstanceError, Review, read_instance
from benchmarks.references import reference

OURS = "ours"
SOLVERS = (OURS, "pyvrp", "vroom", "ortools")
#: VROOM and OR-Tools have no seed: running them again gives the same plan but for the clock.
_SEEDLESS = ("vroom", "ortools")
_PACKAGES = {"pyvrp": "pyvrp", "vroom": "pyvroom", "ortools": "ortools"}
#: A solver that has not answered after so many times its budget (and so many seconds) is ended.
_PATIENCE, _PATIENCE_S = 2.0, 20.0


@dataclass(frozen=True)
class Result:
    """One run. ``cost`` is None where there is no feasible plan; ``note`` then says why. ``cpu`` is the
    share of a core that the run got: below 1 other work was on it.
    """

    cost: float | None
    seconds: float
    note: str = ""
    cpu: float = 1.0


def usual_seconds(customers: int) -> float:
    """The budget of the size class that the instance belongs to."""
    return next(
        (seconds for size, seconds in ((120, 5.0), (300, 10.0), (600, 30.0)) if customers <= size), 60.0
    )


def find_instances(folder: Path, only: str = "") -> list[Path]:
    """Instance files below ``folder``, by name; ``only``: names without ending, separated by commas."""
    wanted = set(only.split(",")) - {""}
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".vrp", ".txt", ".json"))
    return [path for path in files if not wanted or path.stem in wanted]


def run_one(solver: str, path: Path, review: Review, seconds: float, seed: int, core: int) -> Result:
    """Run one solver in a process of its own, on one core where the system can do that."""
    options = ["--seconds", str(seconds), "--seed", str(seed), "--rounding", review.rounding]
    module = (
        ["benchmarks.vrplib", str(path)] if solver == OURS else ["benchmarks.opponents", solver, str(path)]
    )
    began, busy = time.monotonic(), _children_cpu_s()
    try:
        answer = subprocess.run(
            [sys.executable, "-m", *module, *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE * seconds + _PATIENCE_S,
            preexec_fn=(lambda: os.sched_setaffinity(0, {core}))
            if hasattr(os, "sched_setaffinity")
            else None,
        )
    except subprocess.TimeoutExpired:
        return Result(None, time.monotonic() - began, "did not end")
    took = time.monotonic() - began
    cpu = (_children_cpu_s() - busy) / took
    if answer.returncode:
        last = (answer.stderr.strip().splitlines() or ["no answer"])[-1]
        return Result(None, took, last[:100])
    told = json.loads(answer.stdout.splitlines()[-1])
    if solver == OURS:
        routes = {v - 1: route for v, route in zip(told["route_vehicles"], told["routes"], strict=True)}
    else:
        routes = {int(vehicle) - 1: route for vehicle, route in told["routes"].items()}
    faults = review.faults(routes)
    if faults:
        return Result(None, took, "no plan" if not any(routes.values()) else faults[0], cpu)
    return Result(review.cost(routes), took, "", cpu)


def _children_cpu_s() -> float:
    """Processor seconds of all processes that were started and have ended."""
    times = os.times()
    return times.children_user + times.children_system


def compare(
    path: Path, instance: Instance, seconds: float, solvers: list[str], seeds: int, core: int
) -> dict[str, list[Result]]:
    """All solvers on one instance, seed by seed."""
    review = Review(instance, instance.default_rounding)
    results: dict[str, list[Result]] = {solver: [] for solver in solvers}
    for seed in range(1, seeds + 1):
        for solver in solvers:
            if seed > 1 and solver in _SEEDLESS:
                continue
            results[solver].append(run_one(solver, path, review, seconds, seed, core))
            print(f"{path.stem} {solver} seed {seed}: {results[solver][-1]}", file=sys.stderr, flush=True)
    return results


def table_row(
    path: Path, instance: Instance, seconds: float, results: dict[str, list[Result]], solvers: list[str]
) -> str:
    """Reference, then each solver's median gap and the gaps of its seeds."""
    known = reference(path, instance.default_rounding)
    costs = [one.cost for runs in results.values() for one in runs if one.cost is not None]
    base, source = known or (min(costs, default=0.0), "best of this run")
    cells = [path.stem, instance.kind, str(len(instance.customers)), f"{seconds:g}", f"{base:.0f} ({source})"]
    for solver in solvers:
        runs = results[solver]
        gaps = [100 * (one.cost / base - 1) if base else 0.0 for one in runs if one.cost is not None]
        if len(gaps) < len(runs):
            gone = next(one.note for one in runs if one.cost is None)
            cells.append(f"{len(gaps)} of {len(runs)} ({gone})")
        else:
            each = f" ({', '.join(f'{gap:.2f}' for gap in gaps)})" if len(gaps) > 1 else ""
            cells.append(f"**{statistics.median(gaps):.2f}**{each}")
    everything = [one for runs in results.values() for one in runs]
    cells.append(f"{max((one.seconds for one in everything), default=0):.1f}")
    shares = {solver: [one.cpu for one in results[solver] if one.cost is not None] for solver in solvers}
    cells.append(", ".join(f"{statistics.median(found):.2f}" if found else "-" for found in shares.values()))
    return "| " + " | ".join(cells) + " |"


def machine() -> str:
    """The machine and the load on it, in a line."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), model)
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}{load}"


def versions() -> str:
    """Versions of the opponents that are installed."""
    found = []
    for package in _PACKAGES.values():
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not installed")
    return ", ".join(found)


def heading(solvers: list[str], seeds: int) -> list[str]:
    """What stands above the table."""
    return [
        f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC. {machine()}. {versions()}.",
        f"One core and the same seconds each, set-up included; {seeds} seeds (one for VROOM and OR-Tools,",
        "which have none). Gap to the reference in %: median (each seed). `longest`: the longest run,",
        "`core`: the share of a core that each got (median), less than 1 where other work was on it.",
        "",
        f"| instance | kind | stops | seconds | reference | {' | '.join(solvers)} | longest | core |",
        f"|---|---|--:|--:|--:|{'--:|' * len(solvers)}--:|--:|",
    ]


def main() -> int:
    """Print the table, and write it to --out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--seconds", type=float, help="for every instance; without it by size, as in the goals"
    )
    parser.add_argument("--only", default="", help="names, separated by commas")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--solvers", default=",".join(SOLVERS))
    parser.add_argument("--core", type=int, default=0, help="the core that all run on")
    parser.add_argument("--out", type=Path, help="a file that gets the table too")
    options = parser.parse_args()
    solvers = [name for name in options.solvers.split(",") if name in SOLVERS]
    lines = heading(solvers, options.seeds)
    print("\n".join(lines), flush=True)
    for path in find_instances(options.folder, options.only):
        try:
            instance = read_instance(path)
        except InstanceError as error:
            print(f"{path.name}: left out ({error})", file=sys.stderr)
            continue
        seconds = options.seconds or usual_seconds(len(instance.customers))
        results = compare(path, instance, seconds, solvers, options.seeds, options.core)
        lines.append(table_row(path, instance, seconds, results, solvers))
        print(lines[-1], flush=True)
        if options.out:
            options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
