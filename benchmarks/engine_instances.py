"""Academic instances as the product's own problem type: VRPLIB files and Solomon's text format."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from lastmile_desktop.engine.problem import NO_LIMIT, Problem

#: Price per kilometre that makes one unit of distance cost one cent.
_CENT_PER_METRE = 1000
#: ``exact`` distances are searched in thousandths; the cost that is printed is computed in floating point.
_EXACT_SCALE = 1000
DEFAULT_ROUNDING = {"CVRP": "euclid", "VRPTW": "dimacs", "MDVRPTW": "scaled", "HFVRP": "exact"}


@dataclass
class Instance:
    """A parsed file. Nodes are 0-based, depots among them; customer k of a route is ``customers[k - 1]``."""

    name: str
    kind: str
    xy: list[tuple[float, float]]
    demand: list[int]
    capacity: list[int]
    vehicle_depot: list[int]
    depots: list[int]
    unit_cost: list[int]
    service: list[float] = field(default_factory=list)
    windows: list[tuple[float, float]] = field(default_factory=list)
    max_duration: float | None = None

    @property
    def customers(self) -> list[int]:
        """Nodes that are no depots, in the file's order."""
        return [node for node in range(len(self.xy)) if node not in self.depots]


def read_instance(path: Path) -> Instance:
    """Parse a VRPLIB or Solomon file. Raises ValueError naming what is not understood."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return _read_vrplib(text) if "_SECTION" in text else _read_solomon(text)


def _read_solomon(text: str) -> Instance:
    lines = [line.split() for line in text.splitlines() if line.strip()]
    vehicles, capacity = next(
        (int(words[0]), int(words[1])) for words in lines if len(words) == 2 and words[0].isdigit()
    )
    rows = [[float(word) for word in words] for words in lines if len(words) == 7 and words[0].isdigit()]
    if not rows:
        raise ValueError("the file has no customer table")
    return Instance(
        name=lines[0][0],
        kind="VRPTW",
        xy=[(row[1], row[2]) for row in rows],
        demand=[int(row[3]) for row in rows],
        capacity=[capacity] * vehicles,
        vehicle_depot=[0] * vehicles,
        depots=[0],
        unit_cost=[100] * vehicles,
        service=[row[6] for row in rows],
        windows=[(row[4], row[5]) for row in rows],
    )


def _read_vrplib(text: str) -> Instance:
    head, sections = _split_vrplib(text)
    kind = head.get("TYPE", "CVRP").split()[0]
    if head.get("EDGE_WEIGHT_TYPE") != "EUC_2D":
        raise ValueError(f"distances of type {head.get('EDGE_WEIGHT_TYPE')} are not understood")
    known = {"NODE_COORD", "DEMAND", "DEPOT", "SERVICE_TIME", "TIME_WINDOW", "VEHICLES_DEPOT", "CAPACITY"}
    unknown = set(sections) - known - {"VEHICLES_UNIT_DISTANCE_COST"}
    if unknown:
        raise ValueError(f"sections not understood: {', '.join(sorted(unknown))}")
    number = {int(row[0]): index for index, row in enumerate(sections["NODE_COORD"])}
    demand = [int(row[1]) for row in sections["DEMAND"]]
    depots = [number[int(row[0])] for row in sections["DEPOT"] if int(row[0]) > 0]
    vehicles = int(head["VEHICLES"]) if "VEHICLES" in head else _fleet_bound(demand, int(head["CAPACITY"]))
    count = len(demand)
    service = [float(row[1]) for row in sections.get("SERVICE_TIME", [])]
    if not service and "SERVICE_TIME" in head:
        service = [0.0 if node in depots else float(head["SERVICE_TIME"]) for node in range(count)]
    duration = head.get("VEHICLES_MAX_DURATION")
    return Instance(
        name=head.get("NAME", ""),
        kind=kind,
        xy=[(float(row[1]), float(row[2])) for row in sections["NODE_COORD"]],
        demand=demand,
        capacity=[int(row[1]) for row in sections.get("CAPACITY", [])] or [int(head["CAPACITY"])] * vehicles,
        vehicle_depot=[number[int(row[1])] for row in sections.get("VEHICLES_DEPOT", [])]
        or [depots[0]] * vehicles,
        depots=depots,
        unit_cost=[int(row[1]) for row in sections.get("VEHICLES_UNIT_DISTANCE_COST", [])]
        or [100] * vehicles,
        service=service,
        windows=[(float(row[1]), float(row[2])) for row in sections.get("TIME_WINDOW", [])],
        max_duration=None if duration is None else float(duration),
    )


def _split_vrplib(text: str) -> tuple[dict[str, str], dict[str, list[list[str]]]]:
    head: dict[str, str] = {}
    sections: dict[str, list[list[str]]] = {}
    current: list[list[str]] | None = None
    for line in text.splitlines():
        words = line.split()
        if not words or words[0] in ("EOF", "-1"):
            continue
        if words[0].endswith("_SECTION"):
            current = sections.setdefault(words[0].removesuffix("_SECTION"), [])
        elif ":" in line and current is None:
            key, _, value = line.partition(":")
            head[key.strip()] = value.strip()
        elif current is not None:
            current.append(words)
    return head, sections


def _fleet_bound(demand: list[int], capacity: int) -> int:
    """The set leaves the number of vehicles free; a generous bound over what the load needs."""
    return math.ceil(1.25 * sum(demand) / capacity) + 12


def exact_distances(instance: Instance) -> np.ndarray:
    """Euclidean distances, float64 (nodes, nodes)."""
    xy = np.array(instance.xy, dtype=np.float64)
    distances: np.ndarray = np.sqrt(((xy[:, None, :] - xy[None, :, :]) ** 2).sum(axis=2))
    return distances


def rounded_distances(instance: Instance, rounding: str) -> tuple[np.ndarray, int]:
    """(integer distances int32, factor for all times) in the convention asked for."""
    exact = exact_distances(instance)
    if rounding == "euclid":
        return np.floor(exact + 0.5).astype(np.int32), 1
    if rounding == "dimacs":
        return np.floor(10 * exact).astype(np.int32), 10
    scale = 1000 if rounding == "scaled" else _EXACT_SCALE
    return np.rint(scale * exact).astype(np.int32), scale


def to_problem(instance: Instance, rounding: str) -> Problem:
    """The instance as a day's problem type; the objective is distance (times a vehicle's unit cost)."""
    distance, factor = rounded_distances(instance, rounding)
    customers, vehicles = instance.customers, len(instance.capacity)
    timed = bool(instance.windows) or instance.max_duration is not None
    duration = distance if timed else np.zeros_like(distance)
    windows = [(int(a * factor), int(b * factor)) for a, b in instance.windows]
    depot_hours = [windows[d] if windows else (0, 10**8) for d in instance.vehicle_depot]
    prices = [_CENT_PER_METRE * cost // 100 for cost in instance.unit_cost]
    demand = np.zeros((len(customers), 3), dtype=np.int64)
    demand[:, 0] = [instance.demand[node] for node in customers]
    capacity = np.full((vehicles, 3), NO_LIMIT, dtype=np.int64)
    capacity[:, 0] = instance.capacity
    zeros, limits = np.zeros(vehicles, dtype=np.int64), np.full(vehicles, NO_LIMIT, dtype=np.int64)
    longest = limits if instance.max_duration is None else limits * 0 + int(instance.max_duration * factor)
    depots = np.array(instance.vehicle_depot, dtype=np.int64)
    first = np.array([hours[0] for hours in depot_hours], dtype=np.int64)
    last = np.array([hours[1] for hours in depot_hours], dtype=np.int64)
    service = [
        int(instance.service[node] * factor) if instance.service and timed else 0 for node in customers
    ]
    return Problem(
        locations=tuple(None for _ in instance.xy),
        duration_s=duration,
        distance_m=distance,
        source=instance.name,
        order_keys=tuple(str(number) for number in range(1, len(customers) + 1)),
        order_ids=tuple(str(number) for number in range(1, len(customers) + 1)),
        order_place=np.array(customers, dtype=np.int64),
        demand=demand,
        is_pickup=np.zeros(len(customers), dtype=np.bool_),
        service_s=np.array(service, dtype=np.int64),
        windows=tuple((windows[node] if windows else (0, 10**8),) for node in customers),
        penalty_cents=np.full(len(customers), 10 * max(10**6, int(distance.max())), dtype=np.int64),
        optional=np.zeros(len(customers), dtype=np.bool_),
        order_skills=(frozenset(),) * len(customers),
        vehicle_keys=tuple(str(number) for number in range(1, vehicles + 1)),
        vehicle_names=tuple(f"vehicle {number}" for number in range(1, vehicles + 1)),
        vehicle_skills=(frozenset(),) * vehicles,
        start_place=depots,
        end_place=depots.copy(),
        capacity=capacity,
        earliest_start_s=first,
        latest_start_s=last,
        earliest_end_s=zeros,
        latest_end_s=last.copy(),
        breaks=((),) * vehicles,
        max_stops=limits,
        max_distance_m=limits,
        max_duration_s=longest,
        fixed_cents=zeros,
        per_km_cents=np.array(prices, dtype=np.int64),
        per_hour_cents=zeros,
        search_per_km_cents=np.array(prices, dtype=np.int64),
        search_per_hour_cents=zeros,
        allowed=np.ones((len(customers), vehicles), dtype=np.bool_),
    )


def plan_cost(instance: Instance, rounding: str, routes: dict[int, list[int]]) -> float:
    """Cost of ``routes`` (vehicle index -> customer numbers), computed from the file alone."""
    distance = exact_distances(instance) if rounding == "exact" else rounded_distances(instance, rounding)[0]
    customers, total = instance.customers, 0.0
    for vehicle, numbers in routes.items():
        depot = instance.vehicle_depot[vehicle]
        nodes = [depot, *(customers[number - 1] for number in numbers), depot]
        length = sum(float(distance[a, b]) for a, b in pairwise(nodes))
        total += length * instance.unit_cost[vehicle] / 100
    return total


def plan_faults(instance: Instance, rounding: str, routes: dict[int, list[int]]) -> list[str]:
    """What is wrong with ``routes``, computed from the file alone; empty = feasible."""
    distance, factor = rounded_distances(instance, rounding)
    customers, faults = instance.customers, []
    served = sorted(number for numbers in routes.values() for number in numbers)
    if served != list(range(1, len(customers) + 1)):
        faults.append("not every customer is served exactly once")
    for vehicle, numbers in routes.items():
        nodes = [customers[number - 1] for number in numbers]
        if sum(instance.demand[node] for node in nodes) > instance.capacity[vehicle]:
            faults.append(f"vehicle {vehicle + 1} is overloaded")
        if instance.windows and _is_late(instance, distance, factor, vehicle, nodes):
            faults.append(f"vehicle {vehicle + 1} is late or too long under way")
    return faults


def _is_late(instance: Instance, distance: np.ndarray, factor: int, vehicle: int, nodes: list[int]) -> bool:
    """Earliest schedule against the windows, and the shortest duration against its limit."""
    depot = instance.vehicle_depot[vehicle]
    windows = [(a * factor, b * factor) for a, b in instance.windows]
    time = windows[depot][0]
    # The shortest duration, by joining one stop after the other: waiting is only forced where the next stop
    # opens later than the latest departure so far would reach it.
    duration, latest_departure, here = 0.0, windows[depot][1], depot
    for node in [*nodes, depot]:
        stay = instance.service[here] * factor if instance.service and here != depot else 0
        leg = stay + float(distance[here, node])
        time = max(time + leg, windows[node][0])
        if time > windows[node][1]:
            return True
        reach = duration + leg
        duration = reach + max(0.0, windows[node][0] - reach - latest_departure)
        latest_departure = min(latest_departure, windows[node][1] - reach)
        here = node
    return instance.max_duration is not None and duration > instance.max_duration * factor
