"""Days with all rules: what our engine and OR-Tools make of them in the same time.

``python -m benchmarks.rich``. Cost is what the search minimises (money, wishes and lateness at their prices,
orders left out at theirs), by the engine's one measure for both. Violations are counted by the independent
checker over the timetable that a user would see. Steps are the compiled search's own, alone, on one core.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.engine_choice import solve_params
from benchmarks.peers import machine
from benchmarks.rich_days import DAYS, make_day
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.model import Day

_STEPS_FOR_S = 2.0


@dataclass(frozen=True)
class Made:
    """One plan: cost in currency, orders left out, violations found, seconds by the clock."""

    cost: float
    left_out: int
    violations: tuple[str, ...]
    seconds: float
    message: str = ""


def plan_day(day: Day, engine: str, seconds: float, seed: int) -> Made:
    """Plan through the product's own path; every plan is timed and checked."""
    from lastmile_desktop.engine.schedule import routes_of
    from lastmile_desktop.engine.scoring import Scorer
    from lastmile_desktop.engine.solve import Stop
    from lastmile_desktop.model import DayState
    from lastmile_desktop.pipeline.planning import Planner

    planner = Planner()
    params = solve_params(seconds=seconds, seed=seed, engine=engine)
    began = time.monotonic()
    result = planner.plan(DayState(day), params, on_progress=lambda progress: None, stop=lambda: Stop.GO)
    took = time.monotonic() - began
    state = result.state
    assert state.assignment is not None
    assert state.timetable is not None
    problem = planner.problem_for(day)
    score = Scorer(problem).score(routes_of(problem, state.assignment))
    codes = [violation.code for violation in state.timetable.violations]
    if score.broken:
        codes.append("score")
    return Made(score.units / 1_800_000, len(state.timetable.unassigned), tuple(codes), took, result.message)


def steps_per_cpu_second(problem: Problem, seed: int) -> str:
    """Of one compiled chain; "-" with the reason where it does not take this day."""
    from lastmile_desktop.engine.kernel.kernel import load_kernel
    from lastmile_desktop.engine.kernel.tables import KernelUnfit

    kind, reason = load_kernel()
    if kind is None:
        return f"- ({reason})"
    try:
        chain = kind(problem, seed)
    except KernelUnfit as error:
        return f"- ({error})"
    began = time.process_time()
    while (spent := time.process_time() - began) < _STEPS_FOR_S:
        chain.run_slice(spent / _STEPS_FOR_S)
    return f"{chain.steps / spent:,.0f}"


def row(name: str, day: Day, seconds: float, seeds: int, engines: Sequence[str]) -> str:
    """A table row: the median run by cost of each engine, and the worst of its other columns."""
    from lastmile_desktop.pipeline.planning import Planner

    cells = [name, str(len(day.orders)), str(len(day.vehicles))]
    for engine in engines:
        try:
            runs = sorted(
                (plan_day(day, engine, seconds, seed) for seed in range(1, seeds + 1)), key=lambda r: r.cost
            )
        except ValueError as error:
            cells += [f"- ({error})", "", ""]
            continue
        wrong = sorted({code for one in runs for code in one.violations})
        said = next((f" ({one.message})" for one in runs if one.message), "")
        cells.append(f"{runs[len(runs) // 2].cost:.2f}{said}")
        cells.append(str(max(one.left_out for one in runs)))
        cells.append(f"{max(len(one.violations) for one in runs)} {', '.join(wrong)}".strip())
    cells.append(steps_per_cpu_second(Planner().problem_for(day), 1))
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rich", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", default=",".join(DAYS))
    parser.add_argument("--engines", default="auto,ortools")
    parser.add_argument("--rules", choices=["all", "basic"], default="all")
    options = parser.parse_args()
    engines = options.engines.split(",")
    print(f"{machine()}. {options.seconds:g} s each, {options.seeds} seeds, {options.rules} rules.\n")
    titles = [title for engine in engines for title in (f"cost ({engine})", "left out", "violations")]
    print(f"| day | orders | vehicles | {' | '.join(titles)} | steps per CPU s |")
    print(f"|---|--:|--:|{'--:|' * len(titles)}--:|", flush=True)
    for name in options.only.split(","):
        day = make_day(name, all_rules=options.rules == "all")
        print(row(name, day, options.seconds, options.seeds, engines), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
