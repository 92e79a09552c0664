"""Parts of a problem that can be searched on their own: some vehicles, their routes and a few orders beside.

A part is a smaller ``Problem`` of the same type, with its own small matrices, so that every search reads it
like a day. Routes are split by recursive bisection between two far routes that are drawn anew each time, so
that the borders differ from round to round and no stop stays at one for long (the decomposition of
Taillard 1993, with borders that move).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lastmile_desktop.engine.problem import Ints, Problem
from lastmile_desktop.engine.scoring import Routes
from lastmile_desktop.engine.subproblem import subproblem


@dataclass(frozen=True)
class Region:
    """Vehicles (used and unused) with their routes, and orders on no route that belong there.

    Numbers are those of the whole problem; ``orders`` lists all of them once, by ascending number.
    """

    vehicles: tuple[int, ...]
    routes: tuple[tuple[int, ...], ...]
    orders: tuple[int, ...]

    def problem(self, whole: Problem) -> Problem:
        """The region as a problem of its own, costing what its routes cost in the whole."""
        part = subproblem(whole, self.orders, self.vehicles)
        if whole.tidy_units:
            # Which orders are near each other is the whole day's matter, not the region's.
            part.__dict__["tidy_pairs"] = self._pairs(whole.tidy_pairs)
        return part

    def _pairs(self, pairs: Ints) -> Ints:
        number = np.full(int(max(pairs.max(initial=-1), *self.orders)) + 1, -1, dtype=np.int64)
        number[list(self.orders)] = np.arange(len(self.orders))
        own = number[pairs]
        return np.asarray(own[(own >= 0).all(axis=1)])

    def start(self) -> Routes:
        """The region's routes in the numbers of its own problem."""
        number = {order: at for at, order in enumerate(self.orders)}
        return [[number[order] for order in route] for route in self.routes]

    def locked(self, locked: frozenset[int]) -> frozenset[int]:
        """Those of the locked orders that are here, in the numbers of the region's own problem."""
        return frozenset(at for at, order in enumerate(self.orders) if order in locked)

    def put_back(self, routes: Sequence[Sequence[int]], plan: Routes) -> None:
        """Write routes in the region's own numbers into a plan of the whole, in place."""
        for vehicle, route in zip(self.vehicles, routes, strict=True):
            plan[vehicle] = [self.orders[at] for at in route]


def split_plan(problem: Problem, routes: Routes, stops: int, random: np.random.Generator) -> list[Region]:
    """Regions of about ``stops`` planned orders and never fewer than two routes, if there are two.

    Every vehicle and every order is in exactly one region. Deterministic for a state of ``random``.
    """
    used = np.array([vehicle for vehicle, route in enumerate(routes) if route], dtype=np.int64)
    if not len(used):
        everything = range(problem.vehicle_count)
        return [_region(routes, list(everything), range(problem.order_count))]
    centres = np.array([_centre(problem, routes[vehicle]) for vehicle in used.tolist()], dtype=np.int64)
    apart = problem.distance_m[np.ix_(centres, centres)].astype(np.int64)
    apart += apart.T.copy()
    sizes = np.array([len(routes[vehicle]) for vehicle in used.tolist()], dtype=np.int64)
    groups = _bisect(np.arange(len(used)), apart, sizes, stops, random)
    vehicles = [used[group].tolist() for group in groups]
    _deal_out(problem, routes, vehicles, random)
    region_of = np.empty(len(used), dtype=np.int64)
    for number, group in enumerate(groups):
        region_of[group] = number
    spare = _spare_orders(problem, routes, used, centres, region_of)
    return [
        _region(routes, sorted(mine), (*(o for v in mine for o in routes[v]), *extra))
        for mine, extra in zip(vehicles, spare, strict=True)
    ]


def _region(routes: Routes, vehicles: list[int], orders: Sequence[int]) -> Region:
    return Region(tuple(vehicles), tuple(tuple(routes[v]) for v in vehicles), tuple(sorted(orders)))


def _centre(problem: Problem, route: Sequence[int]) -> int:
    """The place of the order that is nearest to all others of its route."""
    places = problem.order_place[list(route)]
    legs = problem.distance_m[np.ix_(places, places)].astype(np.int64)
    return int(places[int((legs.sum(axis=0) + legs.sum(axis=1)).argmin())])


def _bisect(group: Ints, apart: Ints, sizes: Ints, stops: int, random: np.random.Generator) -> list[Ints]:
    """Split a group of routes in two nearly equal halves until each has about ``stops`` stops."""
    total = int(sizes[group].sum())
    if len(group) < 4 or total < 1.5 * stops:
        return [group]
    one = int(group[random.integers(len(group))])
    other = int(group[int(apart[one, group].argmax())])
    nearer = group[np.argsort(apart[one, group] - apart[other, group], kind="stable")]
    parts = max(2, round(total / stops))
    share = total * (parts // 2) / parts
    cut = int(np.searchsorted(np.cumsum(sizes[nearer]), share)) + 1
    cut = min(max(cut, 2), len(group) - 2)
    halves = nearer[:cut], nearer[cut:]
    return [part for half in halves for part in _bisect(half, apart, sizes, stops, random)]


def _deal_out(
    problem: Problem, routes: Routes, vehicles: list[list[int]], random: np.random.Generator
) -> None:
    """Give the unused vehicles to the regions in turn, those of one kind to as many regions as possible."""
    unused = [v for v in range(problem.vehicle_count) if not routes[v]]
    turn = int(random.integers(len(vehicles)))
    alike = {v: (int(problem.start_place[v]), problem.capacity[v].tolist(), v) for v in unused}
    for vehicle in sorted(unused, key=alike.__getitem__):
        vehicles[turn % len(vehicles)].append(vehicle)
        turn += 1


def _spare_orders(
    problem: Problem, routes: Routes, used: Ints, centres: Ints, region_of: Ints
) -> list[list[int]]:
    """Orders on no route, for each region those that are nearest to one of its routes.

    What must share a vehicle goes to one region: where a planned one of them is, else to that of the first.
    """
    planned = np.zeros(problem.order_count, dtype=np.bool_)
    where: dict[tuple[str, int], int] = {}
    for vehicle, region in zip(used.tolist(), region_of.tolist(), strict=True):
        planned[routes[vehicle]] = True
        for order in routes[vehicle]:
            for bond in _bonds(problem, order):
                where.setdefault(bond, region)
    spare: list[list[int]] = [[] for _ in range(int(region_of.max()) + 1)]
    for order in np.flatnonzero(~planned).tolist():
        place, bonds = int(problem.order_place[order]), _bonds(problem, order)
        legs = problem.distance_m[centres, place].astype(np.int64) + problem.distance_m[place, centres]
        region = next((where[bond] for bond in bonds if bond in where), int(region_of[int(legs.argmin())]))
        spare[region].append(order)
        for bond in bonds:
            where.setdefault(bond, region)
    return spare


def _bonds(problem: Problem, order: int) -> list[tuple[str, int]]:
    """What ties an order to others on its vehicle: its shipment and its group."""
    partner, group = int(problem.partner[order]), int(problem.group[order])
    shipment = [("shipment", min(order, partner))] if partner >= 0 else []
    return shipment + ([("group", group)] if group >= 0 else [])


def deal(sizes: Sequence[int], hands: int) -> list[list[int]]:
    """Numbers of the items for each of up to ``hands`` workers, so that all have nearly the same total size.

    Largest first to whoever has least (Graham 1969); no hand is empty.
    """
    dealt: list[list[int]] = [[] for _ in range(min(hands, len(sizes)))]
    totals = [0] * len(dealt)
    for number in sorted(range(len(sizes)), key=lambda item: (-sizes[item], item)):
        least = totals.index(min(totals))
        dealt[least].append(number)
        totals[least] += sizes[number]
    return dealt
