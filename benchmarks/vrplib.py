"""Solve an academic instance with the product's own engine; prints one JSON line (see the README beside)."""

from __future__ import annotations

import time

#: When this process began, as near as a program can know: all set-up counts as part of the budget.
_BEGAN = time.monotonic() - time.process_time()

import argparse  # noqa: E402 - the clock starts first
import json  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

if TYPE_CHECKING:
    from benchmarks.engine_instances import Instance, Review
    from lastmile_desktop.model import Assignment

#: Kept free for costing, checking and printing the result.
_TELL_S = 0.02
Routes = dict[int, list[int]]


def main(arguments: list[str] | None = None) -> int:
    """Command line entry; 0 = solved, 2 = wrong usage, 3 = the file cannot be read."""
    began = _BEGAN if arguments is None else time.monotonic()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.vrplib", description=__doc__)
    parser.add_argument("instance", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rounding", choices=["euclid", "dimacs", "scaled", "exact"])
    parser.add_argument("--engine", choices=["auto", "ortools"], default="auto")
    options = parser.parse_args(arguments)
    from benchmarks.engine_instances import InstanceError, read_instance

    try:
        instance = read_instance(options.instance)
        result = run(
            instance,
            options.rounding or instance.default_rounding,
            seconds=options.seconds,
            seed=options.seed,
            workers=options.workers,
            engine=options.engine,
            began=began,
        )
    except OSError as error:
        print(f"{options.instance}: cannot be read ({error.strerror or error})", file=sys.stderr)
        return 3
    except InstanceError as error:
        print(f"{options.instance}: cannot be read as an instance ({error})", file=sys.stderr)
        return 3
    except ValueError as error:
        print(f"{options.instance}: cannot be planned ({error})", file=sys.stderr)
        return 3
    print(json.dumps(result))
    return 0


def run(
    instance: Instance,
    rounding: str,
    *,
    seconds: float,
    seed: int = 1,
    workers: int = 1,
    engine: str = "auto",
    began: float | None = None,
) -> dict[str, object]:
    """Solve and describe the result in the contract's form; ``seconds`` count from ``began`` (monotonic)."""
    from benchmarks.engine_choice import solve_params
    from benchmarks.engine_instances import Review, to_problem
    from lastmile_desktop.engine.solve import Progress, Stop, solve

    began = time.monotonic() if began is None else began
    review = Review(instance, rounding)
    problem = to_problem(instance, rounding)
    numbers = _numbering(instance)
    trace = Trace(began, review)

    def listen(progress: Progress) -> None:
        if progress.assignment is not None:
            trace.note(numbers(progress.assignment))

    left = seconds - (time.monotonic() - began) - _TELL_S
    params = solve_params(seconds=max(0.1, left), seed=seed, workers=workers, engine=engine)
    outcome = solve(problem, params, on_progress=listen, stop=lambda: Stop.GO)
    routes = numbers(outcome.assignment)
    faults = review.faults(routes)
    trace.note(routes)
    return {
        "instance": instance.name,
        "feasible": not faults,
        "cost": tidy(review.cost(routes)),
        "routes": listed(instance, routes),
        "route_vehicles": [vehicle + 1 for vehicle, _ in placed(instance, routes)],
        "vehicles": sum(1 for route in routes.values() if route),
        "seconds": round(time.monotonic() - began, 2),
        "engine": outcome.engine or _engine_name(engine),
        "rounding": rounding,
        "seed": seed,
        "workers": workers,
        "faults": faults,
        "message": outcome.message,
        "trace": trace.each_second(),
    }


class Trace:
    """The best feasible cost known over time."""

    def __init__(self, began: float, review: Review) -> None:
        self._began, self._review = began, review
        self.found: list[tuple[float, float]] = []

    def note(self, routes: Routes) -> None:
        """A plan is known now; one that breaks a rule or leaves a customer out does not count."""
        if not self._review.faults(routes):
            self.found.append((time.monotonic() - self._began, self._review.cost(routes)))

    def each_second(self) -> list[list[float]]:
        """[second, best cost]: when the first plan was there, at every whole second, and at the end."""
        if not self.found:
            return []
        first, last = self.found[0][0], self.found[-1][0]
        moments = [first, *(float(second) for second in range(int(first) + 1, int(last) + 1)), last]
        entries: list[list[float]] = []
        for moment in moments:
            best = min(cost for when, cost in self.found if when <= moment)
            entries.append([round(moment, 2), tidy(best)])
        return entries if first < last else entries[:1]


def placed(instance: Instance, routes: Routes) -> list[tuple[int, list[int]]]:
    """(vehicle, route) as printed: where vehicles differ the k-th route is the k-th vehicle's, as published
    solutions have it, with empty ones in between; else only routes with customers."""
    used = {vehicle: route for vehicle, route in routes.items() if route}
    if not instance.is_mixed:
        return sorted(used.items())
    return [(vehicle, used.get(vehicle, [])) for vehicle in range(max(used, default=-1) + 1)]


def listed(instance: Instance, routes: Routes) -> list[list[int]]:
    """The routes as printed."""
    return [route for _, route in placed(instance, routes)]


def _numbering(instance: Instance) -> Callable[[Assignment], Routes]:
    """Assignment -> vehicle index -> customer numbers; a second trip shows as the depot's number."""
    from benchmarks.engine_choice import route_stops

    def numbers(assignment: Assignment) -> Routes:
        return {
            int(route.vehicle_key) - 1: route_stops(
                route, instance.number[instance.vehicle_depot[int(route.vehicle_key) - 1]]
            )
            for route in assignment.routes
            if route.order_keys
        }

    return numbers


def _engine_name(engine: str) -> str:
    from benchmarks.engine_choice import engine_name

    return engine_name(engine)


def tidy(cost: float) -> float:
    """Whole numbers without a point, others to two decimals."""
    return int(cost) if cost == int(cost) else round(cost, 2)


if __name__ == "__main__":
    raise SystemExit(main())
