"""Solve an academic instance with the product's own engine; prints one JSON line (see the README beside)."""

from __future__ import annotations

import argparse
import json
import sys
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
from lastmile_desktop.engine.solve import Progress, SolveParams, Stop, solve
from lastmile_desktop.model import Assignment


def main(arguments: list[str] | None = None) -> int:
    """Command line entry; 0 = solved, 3 = the file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.vrplib", description=__doc__)
    parser.add_argument("instance", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rounding", choices=["euclid", "dimacs", "scaled", "exact"])
    options = parser.parse_args(arguments)
    try:
        instance = read_instance(options.instance)
    except (OSError, ValueError, KeyError, IndexError, StopIteration) as error:
        print(f"{options.instance}: cannot be read as an instance ({error})", file=sys.stderr)
        return 3
    rounding = options.rounding or DEFAULT_ROUNDING.get(instance.kind)
    if rounding is None:
        print(f"{options.instance}: problems of type {instance.kind} are not supported", file=sys.stderr)
        return 3
    params = SolveParams(seconds=options.seconds, seed=options.seed, workers=options.workers)
    print(json.dumps(run(instance, rounding, params)))
    return 0


def run(instance: Instance, rounding: str, params: SolveParams) -> dict[str, object]:
    """Solve and describe the result in the contract's form. The time budget includes building the arrays."""
    began = time.monotonic()
    problem = to_problem(instance, rounding)
    trace: list[tuple[float, float]] = []

    def listen(progress: Progress) -> None:
        if progress.assignment is not None and not progress.unassigned:
            cost = plan_cost(instance, rounding, _numbers(progress.assignment))
            trace.append((time.monotonic() - began, cost))

    left = params.seconds - (time.monotonic() - began)
    budget = SolveParams(max(0.1, left), params.seed, params.workers, params.iterations)
    outcome = solve(problem, budget, on_progress=listen, stop=lambda: Stop.GO)
    seconds = time.monotonic() - began
    routes = _numbers(outcome.assignment)
    faults = plan_faults(instance, rounding, routes)
    cost = plan_cost(instance, rounding, routes)
    if not faults:
        trace.append((seconds, cost))
    return {
        "instance": instance.name,
        "feasible": not faults,
        "cost": _tidy(cost),
        "routes": [routes[vehicle] for vehicle in sorted(routes)],
        "route_vehicles": [vehicle + 1 for vehicle in sorted(routes)],
        "vehicles": len(routes),
        "seconds": round(seconds, 2),
        "engine": "insertion + ruin and recreate + OR-Tools 9.15 parts",
        "rounding": rounding,
        "faults": faults,
        "message": outcome.message,
        "trace": _each_second(trace),
    }


def _numbers(assignment: Assignment) -> dict[int, list[int]]:
    """Vehicle index -> customer numbers."""
    return {
        int(route.vehicle_key) - 1: [int(key) for key in route.order_keys]
        for route in assignment.routes
        if route.order_keys
    }


def _each_second(trace: list[tuple[float, float]]) -> list[list[float]]:
    """The best cost known at each whole second, and at the first and last plan."""
    best: list[list[float]] = []
    lowest = float("inf")
    for seconds, cost in trace:
        lowest = min(lowest, cost)
        entry = [round(seconds, 1), _tidy(lowest)]
        if best and len(best) > 1 and int(best[-1][0]) == int(seconds):
            best[-1] = entry
        else:
            best.append(entry)
    return best


def _tidy(cost: float) -> float:
    return int(cost) if cost == int(cost) else round(cost, 2)


if __name__ == "__main__":
    raise SystemExit(main())
