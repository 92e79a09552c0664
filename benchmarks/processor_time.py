"""Ours and PyVRP by seconds of the processor, not of the clock, for machines with other work on them.

``python -m benchmarks.processor_time FOLDER``. Ours is one compiled chain from the quick first plan, without
the part of the time that the product gives to OR-Tools at the end and without starting a process; reading and
all set-up are inside the budget of both. The others can only be stopped by the clock. Costs come from the
file alone.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from pathlib import Path

from benchmarks.engine_instances import Review, read_instance, to_problem
from benchmarks.opponents import by_pyvrp
from benchmarks.peers import find_instances, machine, usual_seconds, versions
from benchmarks.references import reference
from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.kernel.chain import Chain, cycles_for
from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Routes, Scorer
from lastmile_desktop.engine.together.pace import ByClock
from lastmile_desktop.engine.together.settling import WHOLE_SHARE, settle, settles

#: Steps a second that the number of coolings is chosen for, before any is measured.
_USUAL_STEPS_PER_S = 100_000


class Kept:
    """A search that only keeps the best plan."""

    iterations = 0
    left_s = math.inf

    def __init__(self, problem: Problem, best: Routes) -> None:
        self._scorer, self.best = Scorer(problem), best

    def offer(self, routes: Routes, phase: str) -> None:
        """Keep ``routes`` when better than the best."""
        if self._scorer.score(routes) < self._scorer.score(self.best):
            self.best = [list(route) for route in routes]

    def tick(self) -> None:
        """Nobody listens."""


def by_chain(problem: Problem, began: float, seconds: float, seed: int) -> tuple[Routes, Chain]:
    """One compiled chain until ``seconds`` of the processor since ``began`` are used, half of them in
    regions where the engine does so."""
    start = first_plan(problem, Scorer(problem), quick=True)
    whole = seconds * (WHOLE_SHARE if settles(problem, seconds * _USUAL_STEPS_PER_S) else 1.0)
    chain = Kernel(problem, seed, start, cycles=cycles_for(problem, seconds * _USUAL_STEPS_PER_S))
    first = time.process_time() - began
    while (used := time.process_time() - began) < whole:
        chain.run_slice(min(1.0, (used - first) / max(1e-3, whole - first)))
    kept, left_s = Kept(problem, chain.best_routes), seconds - (time.process_time() - began)
    if left_s > 0:
        pace = ByClock(left_s, time.process_time)
        settle(kept, problem, Kernel, pace, seed=seed, locked=frozenset(), frozen=frozenset())
    return kept.best, chain


def run(path: Path, solver: str, seconds: float, seed: int) -> tuple[float | None, float]:
    """(cost, steps per processor second) of one run; no cost where there is no feasible plan."""
    began = time.process_time()
    instance = read_instance(path)
    rounding = instance.default_rounding
    problem = to_problem(instance, rounding)
    steps = 0.0
    if solver == "pyvrp":
        found = by_pyvrp(problem, lambda: seconds - (time.process_time() - began), seed, processor=True)
        routes = [(found or {}).get(vehicle, []) for vehicle in range(problem.vehicle_count)]
    else:
        routes, chain = by_chain(problem, began, seconds, seed)
        steps = chain.steps / (time.process_time() - began)
    numbers = {
        int(problem.vehicle_keys[vehicle]) - 1: [int(problem.order_keys[order]) for order in orders]
        for vehicle, orders in enumerate(routes)
        if orders
    }
    review = Review(instance, rounding)
    return (None if review.faults(numbers) else review.cost(numbers)), steps


def main() -> int:
    """Print the table, a row as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.processor_time", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument(
        "--seconds", type=float, help="for every instance; without it by size, as in the goals"
    )
    parser.add_argument("--solvers", default="ours,pyvrp")
    options = parser.parse_args()
    solvers = options.solvers.split(",")
    print(f"{machine()}. {versions()}. Processor seconds; gap to the reference in %, median (each seed).\n")
    print(f"| instance | stops | seconds | {' | '.join(solvers)} | our steps per second |")
    print(f"|---|--:|--:|{'--:|' * len(solvers)}--:|", flush=True)
    for path in find_instances(options.folder, options.only):
        instance = read_instance(path)
        seconds = options.seconds or usual_seconds(len(instance.customers))
        known = reference(path, instance.default_rounding)
        cells, speed = [path.stem, str(len(instance.customers)), f"{seconds:g}"], 0.0
        for solver in solvers:
            runs = [run(path, solver, seconds, seed) for seed in range(1, options.seeds + 1)]
            print(path.stem, solver, runs, file=sys.stderr, flush=True)
            costs = [cost for cost, _ in runs if cost is not None]
            speed = max(speed, statistics.median(steps for _, steps in runs))
            gaps = [100 * (cost / known[0] - 1) if known else cost for cost in costs]
            each = ", ".join(f"{gap:.2f}" for gap in gaps)
            cells.append(
                f"**{statistics.median(gaps):.2f}** ({each})" if len(gaps) == len(runs) else "no plan"
            )
        print(f"| {' | '.join(cells)} | {speed:,.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
