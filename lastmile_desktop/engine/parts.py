"""Choosing a part of the plan: neighbouring routes that are searched together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from lastmile_desktop.engine.problem import NO_WAY_S, Ints, Problem
from lastmile_desktop.engine.scoring import Routes

#: Stops that a part should have, and the most it may have (two routes are always taken).
_WANTED, _MOST = 100, 150
#: A day of up to so many planned orders is searched as one part.
_WHOLE = 150
#: The most vehicles without orders that are offered to a part.
_EMPTY = 12
#: Unassigned orders that are offered to a part.
_SPARE = 10
#: From so many random stops the least often visited one becomes the centre.
_DRAWN = 8


@dataclass(frozen=True)
class Part:
    """Some vehicles with their routes, and orders on no route that may join them.

    ``locked`` orders stay on their vehicle and in their sequence; the ``frozen`` ones that a route begins
    with stay as they are. Both may name orders that are not in the part.
    """

    vehicles: tuple[int, ...]
    routes: tuple[tuple[int, ...], ...]
    spare: tuple[int, ...] = ()
    locked: frozenset[int] = frozenset()
    frozen: frozenset[int] = frozenset()

    @property
    def orders(self) -> tuple[int, ...]:
        """All orders of the part."""
        return (*(order for route in self.routes for order in route), *self.spare)

    def keeps_locks(self, routes: Routes) -> bool:
        """True when ``routes`` keep every locked order on its vehicle and in its place among the locked, and
        every frozen beginning as it was."""
        beginnings = all(
            list(before[: frozen_length(before, self.frozen)])
            == list(after[: frozen_length(before, self.frozen)])
            for before, after in zip(self.routes, routes, strict=True)
        )
        return beginnings and all(
            [order for order in before if order in self.locked]
            == [order for order in after if order in self.locked]
            for before, after in zip(self.routes, routes, strict=True)
        )


def frozen_length(route: Sequence[int], frozen: frozenset[int]) -> int:
    """How many orders the frozen beginning of a route has."""
    return next((place for place, order in enumerate(route) if order not in frozen), len(route))


def frozen_beginnings(routes: Sequence[Sequence[int]], frozen: frozenset[int]) -> dict[int, list[int]]:
    """The frozen beginning of each vehicle's route that has one."""
    cuts = {vehicle: frozen_length(route, frozen) for vehicle, route in enumerate(routes)}
    return {vehicle: list(routes[vehicle][:cut]) for vehicle, cut in cuts.items() if cut}


def pick_part(
    problem: Problem,
    routes: Routes,
    random: np.random.Generator,
    visits: Ints,
    locked: frozenset[int],
    frozen: frozenset[int] = frozenset(),
) -> Part:
    """Routes around a stop that was seldom in a part, plus empty vehicles and some unassigned orders.

    ``visits`` (n,) counts how often each order was in a part; it is updated.
    """
    where = {order: vehicle for vehicle, route in enumerate(routes) for order in route}
    left_out = [o for o in range(problem.order_count) if o not in where and fits_horizon(problem, o)]
    drawn = random.integers(problem.order_count, size=_DRAWN)
    centre = int(min(drawn, key=lambda order: visits[order]))
    chosen = _around(problem, routes, where, centre)
    chosen += _empty_vehicles(problem, routes, chosen)
    spare = _free_to_join(problem, _nearest(problem, centre, left_out)[:_SPARE], where, chosen)
    part = Part(tuple(chosen), tuple(tuple(routes[v]) for v in chosen), tuple(spare), locked, frozen)
    visits[list(part.orders)] += 1
    return part


def _free_to_join(
    problem: Problem, spare: Sequence[int], where: dict[int, int], chosen: Sequence[int]
) -> list[int]:
    """Those of ``spare`` whose company (shipment, group) is not on a route that is not in the part."""
    elsewhere = {int(problem.group[o]) for o, v in where.items() if v not in chosen} - {-1}
    free = [order for order in spare if int(problem.group[order]) not in elsewhere]
    return [order for order in free if problem.partner[order] < 0 or int(problem.partner[order]) in free]


def _around(problem: Problem, routes: Routes, where: dict[int, int], centre: int) -> list[int]:
    """Vehicles of the stops nearest to ``centre`` until the part is full."""
    chosen: list[int] = []
    size = 0
    if len(where) <= _WHOLE:
        return [v for v, route in enumerate(routes) if route and problem.can_work[v]]
    for order in _nearest(problem, centre, range(problem.order_count)):
        vehicle = where.get(order)
        if vehicle is None or vehicle in chosen or not problem.can_work[vehicle]:
            continue
        length = len(routes[vehicle])
        if len(chosen) >= 2 and size + length > _MOST:
            continue
        chosen.append(vehicle)
        size += length
        if size >= _WANTED and len(chosen) >= 2:
            break
    return chosen


def _empty_vehicles(problem: Problem, routes: Routes, chosen: Sequence[int]) -> list[int]:
    """One unused vehicle of each kind, so that a route may be opened or moved to another kind of vehicle."""
    by_kind: dict[tuple[object, ...], int] = {}
    for vehicle, route in enumerate(routes):
        if not route and vehicle not in chosen and problem.can_work[vehicle]:
            by_kind.setdefault(_kind(problem, vehicle), vehicle)
    return list(by_kind.values())[:_EMPTY]


def _nearest(problem: Problem, centre: int, orders: Iterable[int]) -> list[int]:
    numbers = np.array(list(orders), dtype=np.int64)
    if not len(numbers):
        return []
    place, places = int(problem.order_place[centre]), problem.order_place[numbers]
    both = problem.distance_m[place, places].astype(np.int64) + problem.distance_m[places, place]
    return [int(order) for order in numbers[np.argsort(both, kind="stable")]]


def one_kind(problem: Problem) -> bool:
    """True when all vehicles can stand in for each other."""
    return all(same_kind(problem, 0, vehicle) for vehicle in range(problem.vehicle_count))


def same_kind(problem: Problem, first: int, second: int) -> bool:
    """True when two vehicles can stand in for each other in any plan."""
    return _kind(problem, first) == _kind(problem, second)


def _kind(problem: Problem, vehicle: int) -> tuple[object, ...]:
    """Vehicles of the same kind can stand in for each other."""
    columns = (
        problem.start_place, problem.end_place, problem.earliest_start_s, problem.latest_start_s,
        problem.earliest_end_s, problem.latest_end_s, problem.max_stops, problem.max_distance_m,
        problem.max_duration_s, problem.search_fixed_cents, problem.search_per_km_cents,
        problem.search_per_hour_cents, problem.regular_end_s, problem.overtime_cents_per_hour,
        problem.max_trips, problem.reload_s,
    )  # fmt: skip
    tables = (problem.allowed[:, vehicle].tobytes(), problem.preference_cents[:, vehicle].tobytes())
    numbers = (*(int(column[vehicle]) for column in columns), *problem.capacity[vehicle].tolist())
    return (*numbers, problem.breaks[vehicle], *tables)


def fits_horizon(problem: Problem, order: int) -> bool:
    """False for an order that no vehicle can serve for its windows or its remoteness: kept out of models."""
    place = int(problem.order_place[order])
    if not problem.allowed[order].any():
        return False
    drive_in = problem.duration_s[problem.start_place, place].astype(np.int64)
    drive_out = problem.duration_s[place, problem.end_place].astype(np.int64)
    if not ((drive_in < NO_WAY_S) & (drive_out < NO_WAY_S)).any():
        return False
    return problem.windows[order][0][0] <= int(problem.latest_end_s.max())
