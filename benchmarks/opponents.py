"""Other solvers on the same instance, for comparison only: ``python -m benchmarks.opponents NAME FILE ...``.

Each takes exactly the whole numbers that our own search gets, runs on one thread, and hands back routes that
the reviewer of ``instance_review`` costs. The time limit counts from the start of the process.
"""

from __future__ import annotations

import time

#: As near as a program can know when its process began.
_BEGAN = time.monotonic() - time.process_time()

import argparse  # noqa: E402 - the clock starts first
import json  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from datetime import timedelta  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from benchmarks.engine_instances import InstanceError, read_instance, to_problem  # noqa: E402
from lastmile_desktop.engine.problem import NO_LIMIT, NO_WAY_S, Problem  # noqa: E402

#: Index of the offered vehicle -> order indices.
Routes = dict[int, list[int]]
#: seconds left -> routes, None when it found no plan; wrong usage of a rule raises Unsupported.
Solver = Callable[[Problem, Callable[[], float], int], Routes | None]
_VROOM_LEVEL = 5
#: Kept free for reading a result out.
_TELL_S = 0.05


class UnsupportedError(Exception):
    """The solver, or what we know of its interface, has no such rule."""


def _kind(problem: Problem, vehicle: int) -> tuple[object, ...]:
    """Everything about a vehicle but its number."""
    arrays = (
        problem.start_place,
        problem.end_place,
        problem.capacity[:, 0],
        problem.earliest_start_s,
        problem.latest_end_s,
        problem.max_distance_m,
        problem.max_duration_s,
        problem.search_fixed_cents,
        problem.search_per_km_cents,
        problem.max_trips,
    )
    return (*(int(array[vehicle]) for array in arrays), problem.allowed[:, vehicle].tobytes())


def _same_kinds(problem: Problem) -> list[list[int]]:
    kinds: dict[tuple[object, ...], list[int]] = {}
    for vehicle in range(problem.vehicle_count):
        kinds.setdefault(_kind(problem, vehicle), []).append(vehicle)
    return list(kinds.values())


def _travel(problem: Problem) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(distances, durations); ways that do not exist are very long."""
    far = int(problem.distance_m.max(initial=1)) * 1000
    lengths = np.where(problem.duration_s >= NO_WAY_S, far, problem.distance_m).astype(np.int64)
    return lengths, problem.duration_s.astype(np.int64)


def by_pyvrp(
    problem: Problem, left_s: Callable[[], float], seed: int, *, processor: bool = False
) -> Routes | None:
    """PyVRP: iterated local search, its own defaults. ``processor``: ask ``left_s`` in every iteration."""
    import pyvrp
    from pyvrp.stop import MaxRuntime

    if (problem.max_trips > 1).any():
        raise UnsupportedError("second trips")
    lengths, durations = _travel(problem)
    price = int(
        np.gcd.reduce([*problem.search_per_km_cents.tolist(), *(1000 * problem.search_fixed_cents).tolist()])
    )
    places = sorted(set(problem.start_place.tolist()))
    paired = problem.partner >= 0
    single = np.flatnonzero(~paired).tolist()
    pickups = np.flatnonzero(paired & problem.is_pickup).tolist()
    clients = [_pyvrp_client(problem, order, price) for order in single]
    shipments = [_pyvrp_shipment(problem, order) for order in pickups]
    kinds = _same_kinds(problem)
    profiles: list[bytes] = []
    vehicle_types = []
    for same in kinds:
        first = same[0]
        allowed = problem.allowed[:, first].tobytes()
        if allowed not in profiles:
            profiles.append(allowed)
        vehicle_types.append(_pyvrp_vehicle(problem, same, price, places, profiles.index(allowed)))
    matrices: list[Any] = []
    travel: list[Any] = [durations] * len(profiles)
    for profile in profiles:
        barred = problem.order_place[~np.frombuffer(profile, dtype=np.bool_)]
        matrix = lengths.copy()
        matrix[:, barred] = matrix[barred, :] = int(lengths.max()) * 1000
        np.fill_diagonal(matrix, 0)
        matrices.append(matrix)
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(float(place), 0.0) for place in range(len(problem.locations))],
        clients=clients,
        depots=[pyvrp.Depot(place) for place in places],
        vehicle_types=vehicle_types,
        distance_matrices=matrices,
        duration_matrices=travel,
        shipments=shipments,
    )
    stop: Any = (lambda cost: left_s() <= 0) if processor else MaxRuntime(max(0.01, left_s()))
    result = pyvrp.solve(data, stop, seed=seed, collect_stats=False, display=False)
    if not result.best.is_feasible():
        return None
    deliveries = [int(problem.partner[order]) for order in pickups]
    unused = [list(same) for same in kinds]
    routes: Routes = {}
    for route in result.best.routes():
        orders = []
        for visit in route.schedule():
            if visit.is_client():
                orders.append(single[visit.idx])
            elif visit.is_pickup():
                orders.append(pickups[visit.idx])
            elif visit.is_delivery():
                orders.append(deliveries[visit.idx])
        routes[unused[route.vehicle_type()].pop(0)] = orders
    return routes


def _pyvrp_client(problem: Problem, order: int, price: int) -> Any:
    import pyvrp

    load, (start, end) = int(problem.demand[order, 0]), problem.windows[order][0]
    optional = bool(problem.optional[order])
    return pyvrp.Client(
        int(problem.order_place[order]),
        delivery=[0 if problem.is_pickup[order] else load],
        pickup=[load if problem.is_pickup[order] else 0],
        service_duration=int(problem.service_s[order]),
        tw_early=start,
        tw_late=max(start, end),
        prize=int(problem.penalty_cents[order]) * 1000 // price if optional else 0,
        required=not optional,
    )


def _pyvrp_shipment(problem: Problem, order: int) -> Any:
    import pyvrp

    other = int(problem.partner[order])
    (early, late), (other_early, other_late) = problem.windows[order][0], problem.windows[other][0]
    return pyvrp.Shipment(
        int(problem.order_place[order]),
        int(problem.order_place[other]),
        pickup_tw_early=early,
        pickup_tw_late=late,
        pickup_service_duration=int(problem.service_s[order]),
        delivery_tw_early=other_early,
        delivery_tw_late=other_late,
        delivery_service_duration=int(problem.service_s[other]),
        amount=[int(problem.demand[order, 0])],
    )


def _pyvrp_vehicle(problem: Problem, same: list[int], price: int, places: list[int], profile: int) -> Any:
    import pyvrp

    vehicle = same[0]
    limits: dict[str, Any] = {}
    for name, array in (("max_distance", problem.max_distance_m), ("shift_duration", problem.max_duration_s)):
        if array[vehicle] < NO_LIMIT:
            limits[name] = int(array[vehicle])
    return pyvrp.VehicleType(
        len(same),
        [min(int(problem.capacity[vehicle, 0]), int(problem.demand[:, 0].sum()) + 1)],
        start_depot=places.index(int(problem.start_place[vehicle])),
        end_depot=places.index(int(problem.end_place[vehicle])),
        fixed_cost=int(problem.search_fixed_cents[vehicle]) * 1000 // price,
        tw_early=int(problem.earliest_start_s[vehicle]),
        tw_late=int(problem.latest_end_s[vehicle]),
        unit_distance_cost=int(problem.search_per_km_cents[vehicle]) // price,
        profile=profile,
        **limits,
    )


def by_vroom(problem: Problem, left_s: Callable[[], float], seed: int) -> Routes | None:
    """VROOM at its highest level; it has no seed."""
    import vroom

    del seed
    if (problem.max_duration_s < NO_LIMIT).any() or (problem.max_trips > 1).any():
        raise UnsupportedError("longest duration or second trips")
    lengths, durations = _travel(problem)
    given, unit = vroom.Input(), int(np.gcd.reduce(problem.search_per_km_cents))
    for price in sorted(set(problem.search_per_km_cents.tolist())):
        costs = lengths * (price // unit)
        if costs.max() >= 2**31:
            raise UnsupportedError("costs of this size")
        given.set_durations_matrix(str(price), durations.astype(np.uint32))
        given.set_costs_matrix(str(price), costs.astype(np.uint32))
    needed, skills = _skills(problem)
    for vehicle in range(problem.vehicle_count):
        given.add_vehicle(
            vroom.Vehicle(
                vehicle,
                start=int(problem.start_place[vehicle]),
                end=int(problem.end_place[vehicle]),
                profile=str(int(problem.search_per_km_cents[vehicle])),
                capacity=[min(int(problem.capacity[vehicle, 0]), 2**40)],
                time_window=vroom.TimeWindow(
                    int(problem.earliest_start_s[vehicle]), int(problem.latest_end_s[vehicle])
                ),
                skills=skills[vehicle],
                costs=vroom.VehicleCosts(fixed=int(problem.search_fixed_cents[vehicle]) * 1000 // unit),
            )
        )
    for order in range(problem.order_count):
        _vroom_job(given, problem, order, needed[order])
    timeout = timedelta(seconds=max(0.01, left_s()))
    try:
        table = given.solve(exploration_level=_VROOM_LEVEL, nb_threads=1, timeout=timeout).routes
    except Exception as error:  # noqa: BLE001 - its exceptions have no public class
        raise UnsupportedError(str(error)) from None
    routes: Routes = {}
    for vehicle, kind, number in zip(table["vehicle_id"], table["type"], table["id"], strict=True):
        if kind in ("job", "pickup", "delivery"):
            routes.setdefault(int(vehicle), []).append(int(number))
    return routes


def _vroom_job(given: Any, problem: Problem, order: int, skills: set[int]) -> None:
    import vroom

    load = [int(problem.demand[order, 0])]

    def step(number: int) -> dict[str, object]:
        start, end = problem.windows[number][0]
        return {
            "id": number,
            "location": int(problem.order_place[number]),
            "default_service": int(problem.service_s[number]),
            "time_windows": [vroom.TimeWindow(start, end)],
        }

    other = int(problem.partner[order])
    if other >= 0:
        if problem.is_pickup[order]:
            pair = vroom.ShipmentStep(**step(order)), vroom.ShipmentStep(**step(other))
            given.add_shipment(*pair, amount=vroom.Amount(load), skills=skills)
        return
    side = "pickup" if problem.is_pickup[order] else "delivery"
    given.add_job(vroom.Job(**step(order), skills=skills, **{side: load}))


def _skills(problem: Problem) -> tuple[list[set[int]], list[set[int]]]:
    """(skills that each order needs, skills of each vehicle), one for every distinct set of vehicles."""
    patterns: dict[bytes, int] = {}
    needed = [
        set() if row.all() else {patterns.setdefault(row.tobytes(), len(patterns))} for row in problem.allowed
    ]
    skills: list[set[int]] = [set() for _ in range(problem.vehicle_count)]
    for pattern, number in patterns.items():
        for vehicle in np.flatnonzero(np.frombuffer(pattern, dtype=np.bool_)).tolist():
            skills[vehicle].add(number)
    return needed, skills


def main() -> int:
    """Solve one file with one solver; prints a JSON line with its routes as customer numbers."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.opponents", description=__doc__)
    parser.add_argument("solver", choices=["pyvrp", "vroom", "ortools"])
    parser.add_argument("instance", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounding")
    options = parser.parse_args()
    from benchmarks.plain_ortools import by_ortools

    solvers: dict[str, Solver] = {"pyvrp": by_pyvrp, "vroom": by_vroom, "ortools": by_ortools}
    try:
        instance = read_instance(options.instance)
        problem = to_problem(instance, options.rounding or instance.default_rounding)
        routes = solvers[options.solver](
            problem, lambda: options.seconds - (time.monotonic() - _BEGAN) - _TELL_S, options.seed
        )
    except (InstanceError, UnsupportedError, ImportError) as error:
        print(f"{options.solver}: {error}", file=sys.stderr)
        return 3
    named = {
        problem.vehicle_keys[vehicle]: [int(problem.order_keys[order]) for order in orders]
        for vehicle, orders in (routes or {}).items()
        if orders
    }
    print(json.dumps({"routes": named, "seconds": round(time.monotonic() - _BEGAN, 2)}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
