"""The table of what the engine must reach, measured: ``python -m benchmarks.goals FOLDER [--only ROW,...]``.

Each class runs as the issue says: median of three seeds, one core unless said, all set-up within the budget.
FOLDER holds the instances, searched by name. Every plan is costed and checked from the file alone.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engine_instances import Instance, Review, read_instance, to_problem
from benchmarks.peers import OURS, find_instances, machine, run_one
from benchmarks.references import reference


@dataclass(frozen=True)
class Setting:
    """How classes are measured: one-core ones on ``core``; ``long_s``: our own long run of 5,000 stops."""

    folder: Path
    seeds: int = 3
    core: int = 0
    long_s: float = 1200.0

    def path(self, name: str) -> Path | None:
        """The file of an instance, None where it is not there."""
        return next(iter(find_instances(self.folder, name)), None)


@dataclass(frozen=True)
class Goal:
    """A class of the table: how it is measured, what is wanted, and what would be better still."""

    name: str
    budget: str
    goal: float
    stretch: float | None
    unit: str
    measure: Callable[[Setting], tuple[float, str]]


def _gaps(at: Setting, names: tuple[str, ...], seconds: float) -> tuple[float, str]:
    """(worst median gap in % of the class, each instance's median and seeds)."""
    medians, said = [], []
    for name in names:
        path = at.path(name)
        if path is None:
            said.append(f"{name} not there")
            continue
        instance = read_instance(path)
        review = Review(instance, instance.default_rounding)
        known = reference(path, instance.default_rounding)
        assert known is not None
        results = [run_one(OURS, path, review, seconds, seed, at.core) for seed in range(1, at.seeds + 1)]
        gaps = [100 * (one.cost / known[0] - 1) if one.cost is not None else float("inf") for one in results]
        medians.append(statistics.median(gaps))
        share = statistics.median(one.cpu for one in results)
        said.append(f"{name} {medians[-1]:.2f} ({', '.join(f'{gap:.2f}' for gap in gaps)}; core {share:.2f})")
    if not medians:
        return float("inf"), "; ".join(said)
    return max(medians), "; ".join(said)


def _there(at: Setting, name: str) -> Path:
    path = at.path(name)
    if path is None:
        raise SystemExit(f"{at.folder} has no {name}")
    return path


def _first_plan(at: Setting) -> tuple[float, str]:
    """Seconds until a complete plan under 5 % off is known, 1,000 stops; the worse of two instances."""
    from benchmarks.vrplib import run

    worst, said = 0.0, []
    for name in ("X-n1001-k43", "RC1_10_3"):
        path = _there(at, name)
        instance = read_instance(path)
        known = reference(path, instance.default_rounding)
        assert known is not None
        moments = []
        for seed in range(1, at.seeds + 1):
            moment = float("inf")
            for seconds in (1.0, 2.0, 4.0, 8.0):
                result = run(instance, instance.default_rounding, seconds=seconds, seed=seed)
                if result["feasible"] and float(str(result["cost"])) <= 1.05 * known[0]:
                    moment = seconds
                    break
            moments.append(moment)
        worst = max(worst, statistics.median(moments))
        said.append(f"{name} {moments}")
    return worst, "budgets of 1, 2, 4, 8 s tried: " + "; ".join(said)


def tight(instance: Instance, vehicles: int) -> Instance:
    """The instance with so many of its vehicles."""
    instance.capacity = instance.capacity[:vehicles]
    instance.vehicle_depot = instance.vehicle_depot[:vehicles]
    instance.unit_cost = instance.unit_cost[:vehicles]
    return instance


def _left_out(at: Setting, seconds: float) -> tuple[float, str]:
    """Orders left out where a full plan exists: rc1_2_1 with 18 vehicles, rc1_4_1 with 37."""
    from benchmarks.vrplib import run

    worst, said = 0.0, []
    for name, vehicles in (("rc1_2_1", 18), ("rc1_4_1", 37)):
        missing = []
        for seed in range(1, at.seeds + 1):
            instance = tight(read_instance(_there(at, name)), vehicles)
            result = run(instance, "dimacs", seconds=seconds, seed=seed)
            routes = result["routes"]
            assert isinstance(routes, list)
            missing.append(len(instance.customers) - sum(map(len, routes)))
        worst = max(worst, statistics.median(missing))
        said.append(f"{name} with {vehicles}: {missing}")
    return worst, "; ".join(said)


def _one_changed(at: Setting) -> tuple[float, str]:
    """Seconds until there is a plan after one order of RC1_10_3 changed."""
    from benchmarks.engine_choice import solve_params
    from benchmarks.growth import one_changed
    from lastmile_desktop.engine.solve import Stop, solve

    problem = to_problem(read_instance(_there(at, "RC1_10_3")), "dimacs")
    params = solve_params(seconds=10.0)
    plan = solve(problem, params, on_progress=lambda progress: None, stop=lambda: Stop.GO).assignment
    took = [one_changed(problem, plan) for _ in range(at.seeds)]
    return statistics.median(took), f"medians of 9 changes: {', '.join(f'{each:.3f}' for each in took)}"


def _five_thousand(at: Setting) -> tuple[float, str]:
    """% above our own long run on a made-up instance of 5,000 stops, two cores."""
    from benchmarks.made_up import windows_instance
    from benchmarks.vrplib import run

    instance = windows_instance(5000)
    long_cost = float(str(run(instance, "dimacs", seconds=at.long_s, seed=1, workers=2)["cost"]))
    costs = [
        float(str(run(instance, "dimacs", seconds=120, seed=seed, workers=2)["cost"]))
        for seed in range(1, at.seeds + 1)
    ]
    gaps = [100 * (cost / long_cost - 1) for cost in costs]
    return statistics.median(
        gaps
    ), f"long run of {at.long_s:g} s: {long_cost:.0f}; {', '.join(f'{g:.2f}' for g in gaps)}"


def _steps(at: Setting) -> tuple[float, str]:
    """Steps per CPU second, every rule that the compiled search has, 400 stops."""
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.kernel_speed", "--seeds", str(at.seeds)],
        capture_output=True,
        text=True,
        check=True,
    )
    last = answer.stdout.strip().splitlines()[-1]
    number = next(word for word in last.split() if word.replace(",", "").isdigit())
    return float(number.replace(",", "")), last


def goals() -> list[Goal]:
    """The table of the issue."""

    def gap(*names: str, seconds: float) -> Callable[[Setting], tuple[float, str]]:
        return lambda at: _gaps(at, names, seconds)

    small = gap("X-n200-k36", "rc1_2_3", "cvrp-0-rj-0", seconds=10)
    return [
        Goal("100 stops, windows", "5 s", 0.1, 0.0, "%", gap("RC103", seconds=5)),
        Goal("200 to 220 stops", "10 s", 0.3, 0.1, "%", small),
        Goal("400 to 440 stops", "30 s", 0.5, 0.2, "%", gap("X-n439-k37", "r1_4_3", seconds=30)),
        Goal("1,000 stops, capacity", "60 s", 0.6, 0.3, "%", gap("X-n1001-k43", seconds=60)),
        Goal("1,000 stops, windows", "60 s", 0.9, 0.5, "%", gap("RC1_10_3", seconds=60)),
        Goal("first plan under 5 %, 1,000 stops", "-", 2, 1, "s", _first_plan),
        Goal("tight fleet", "30 s", 0, None, "left out", lambda at: _left_out(at, 30)),
        Goal(
            "tight fleet, stretch",
            "10 s",
            0,
            None,
            "left out",
            lambda at: _left_out(at, 10),
        ),
        Goal("one order changed, 1,000 stops", "-", 0.3, 0.1, "s", _one_changed),
        Goal(
            "5,000 stops, windows, two cores",
            "120 s",
            3,
            None,
            "%",
            _five_thousand,
        ),
        Goal("steps a second, all rules, 400 stops", "-", 60_000, 150_000, "steps/s", _steps),
    ]


def verdict(goal: Goal, reached: float) -> str:
    """Yes, no, or yes with the stretch."""
    more_is_better = goal.unit == "steps/s"

    def met(wanted: float) -> bool:
        return reached >= wanted if more_is_better else reached <= wanted + 1e-9

    if not met(goal.goal):
        return "no"
    return "yes, stretch too" if goal.stretch is not None and met(goal.stretch) else "yes"


def main() -> int:
    """Print the table, a row as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.goals", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", default="", help="numbers of rows, from 1, separated by commas")
    parser.add_argument("--core", type=int, default=0, help="the core of one-core classes")
    parser.add_argument(
        "--long", type=float, default=1200.0, help="seconds of our own long run of 5,000 stops"
    )
    options = parser.parse_args()
    at = Setting(options.folder, options.seeds, options.core, options.long)
    wanted = {int(number) for number in options.only.split(",") if number}
    print(f"{machine()}. Median of {options.seeds} seeds; the worst instance of a class counts.\n")
    print(
        "| | class | budget | goal | stretch | reached | met | each |\n|--:|---|--:|--:|--:|--:|---|---|",
        flush=True,
    )
    for number, goal in enumerate(goals(), start=1):
        if wanted and number not in wanted:
            continue
        reached, said = goal.measure(at)
        cells: list[object] = [
            number,
            goal.name,
            goal.budget,
            goal.goal,
            "" if goal.stretch is None else goal.stretch,
        ]
        cells += [f"{reached:,.2f} {goal.unit}", verdict(goal, reached), said]
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
