"""Made-up instances in the style of the academic sets, so that settings are not fitted to the few at hand.

``capacity_day`` follows Uchoa et al. (2017): depot and customers placed at random, in clusters or half and
half, seven kinds of demand, a given mean number of stops a route. ``window_day`` follows Gehring and
Homberger (1999): kinds R, C and RC, type 1 with short horizons and small vehicles, type 2 with long ones,
and a share of the customers with windows around a time at which they can be reached.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from benchmarks.engine_instances import Instance

_GRID = 1000
#: Low and high demand by kind; kind 5 depends on the quarter, kind 6 is mostly small.
_DEMANDS = [(1, 1), (1, 10), (5, 10), (1, 100), (50, 100)]


def capacity_day(count: int, stops_a_route: float, seed: int) -> Instance:
    """A CVRP with ``count`` customers on a grid of 1000 by 1000."""
    random = np.random.default_rng([seed, count])
    depot = [(0, 0), (_GRID // 2, _GRID // 2), tuple(random.integers(0, _GRID + 1, 2).tolist())][seed % 3]
    clustered = [0, count // 2, count][int(random.integers(3))]
    spots = _clusters(random, clustered, _GRID, int(random.integers(3, 9)))
    spots += [tuple(point) for point in random.integers(0, _GRID + 1, (count - len(spots), 2)).tolist()]
    demand = _demands(random, spots)
    capacity = max(max(demand), math.ceil(stops_a_route * sum(demand) / count))
    vehicles = math.ceil(1.25 * sum(demand) / capacity) + 12
    return Instance(
        name=f"own-X-{count}-{stops_a_route:g}-{seed}",
        kind="CVRP",
        xy=[(float(x), float(y)) for x, y in [depot, *spots]],
        demand=[0, *demand],
        capacity=[capacity] * vehicles,
        vehicle_depot=[0] * vehicles,
        depots=[0],
        unit_cost=[1] * vehicles,
    )


def _clusters(random: np.random.Generator, count: int, grid: int, seeds: int) -> list[tuple[int, int]]:
    """Points drawn with a probability that falls exponentially with the distance to the nearest centres."""
    if not count:
        return []
    centres = random.integers(0, grid + 1, (seeds, 2))
    found: list[tuple[int, int]] = []
    while len(found) < count:
        points = random.integers(0, grid + 1, (2000, 2))
        away = np.sqrt(((points[:, None] - centres) ** 2).sum(axis=2))
        chosen = points[random.random(2000) < np.exp(-away / (0.04 * grid)).sum(axis=1)]
        found += [tuple(point) for point in chosen.tolist()]
    return found[:count]


def _demands(random: np.random.Generator, spots: list[tuple[int, int]]) -> list[int]:
    kind, count = int(random.integers(7)), len(spots)
    if kind < 5:
        low, high = _DEMANDS[kind]
        return [int(amount) for amount in random.integers(low, high + 1, count)]
    if kind == 5:
        even = [(x < _GRID / 2) == (y < _GRID / 2) for x, y in spots]
        return [int(random.integers(*((1, 51) if flag else (51, 101)))) for flag in even]
    return [
        int(random.integers(1, 11) if draw < 0.8 else random.integers(50, 101))
        for draw in random.random(count)
    ]


def window_day(count: int, kind: str, type_: int, seed: int, share: float = 0.75) -> Instance:
    """A VRPTW: ``kind`` "R", "C" or "RC", ``type_`` 1 or 2, ``share`` of customers with narrow windows."""
    random = np.random.default_rng([seed, count, type_, len(kind)])
    grid = round(math.sqrt(count / 100) * 100)
    clustered = {"R": 0, "C": count, "RC": count // 2}[kind]
    spots = _clusters(random, clustered, grid, max(3, count // 15))
    spots += [tuple(point) for point in random.integers(0, grid + 1, (count - len(spots), 2)).tolist()]
    centre = (grid // 2, grid // 2)
    service = 90.0 if kind == "C" else 10.0
    away: NDArray[np.float64] = np.hypot(*(np.array(spots) - centre).T)
    stops = {1: 10, 2: 50}[type_]
    horizon = math.ceil(2 * away.max() + stops * (service + 0.35 * grid / math.sqrt(count / 100) / 3))
    capacity = {1: 200, 2: 1000}[type_]
    demand = [int(amount) for amount in random.integers(1, 41, count)]
    windows = [(0.0, float(horizon))]
    half = horizon * (0.06 if type_ == 1 else 0.05)
    for leg, draw in zip(away, random.random(count), strict=True):
        last = math.floor(horizon - leg - service)
        middle, wide = random.uniform(leg, last), half * random.uniform(0.6, 1.4)
        begin, end = max(math.ceil(leg), math.floor(middle - wide)), min(last, math.ceil(middle + wide))
        windows.append((float(begin), float(end)) if draw < share else (0.0, float(last)))
    return Instance(
        name=f"own-{kind}{type_}-{count}-{seed}",
        kind="VRPTW",
        xy=[(float(x), float(y)) for x, y in [centre, *spots]],
        demand=[0, *demand],
        capacity=[capacity] * (count // 4),
        vehicle_depot=[0] * (count // 4),
        depots=[0],
        unit_cost=[1] * (count // 4),
        service=[0.0, *[service] * count],
        windows=windows,
    )


def own_day(name: str) -> Instance:
    """By name: "own-X-COUNT-STOPS-SEED" (stops a route) or "own-RC2-COUNT-SEED"."""
    _, kind, count, *rest = name.split("-")
    if kind == "X":
        return capacity_day(int(count), float(rest[0]), int(rest[1]))
    return window_day(int(count), kind[:-1], int(kind[-1]), int(rest[0]))
