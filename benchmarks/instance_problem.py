"""An academic instance as the product's own problem type: the same arrays that a day's plan is made from."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from benchmarks.instances import (
    Instance,
    InstanceError,
    cost_per_length,
    leg_lengths,
    price_value,
    time_value,
)
from benchmarks.read_vrplib import fleet_bound
from lastmile_desktop.engine.problem import NO_LIMIT, NO_WAY_S, Problem

#: Price per kilometre that makes one unit of distance cost one cent.
_CENT_PER_METRE = 1000
#: ``exact`` is searched in thousandths; the cost that is printed is computed in floating point.
_EXACT_SCALE = 1000
#: Travel times, times of day and lengths of a leg must stay below these.
_LONGEST_LEG_S, _LATEST_S, _LONGEST_LEG_M = NO_WAY_S // 2, 4 * 10**8, 5 * 10**8
_LARGEST_LOAD = 10**8
_OPEN_UNTIL = 10**8


class _Units:
    """Whole numbers for the search. Where numbers must be rounded, times are rounded against us, so that a
    plan that is feasible in the problem is feasible in the file."""

    def __init__(self, instance: Instance, rounding: str) -> None:
        self.rounding = rounding
        self.legs = leg_lengths(instance, rounding)
        finest = _EXACT_SCALE if rounding == "exact" else 1
        longest = float(self.legs.max(initial=0.0))
        self.length_scale = _coarser(finest, longest, _LONGEST_LEG_M)
        latest = max((time_value(end, rounding) for _, end in instance.windows), default=0.0)
        self.time_scale = min(
            _coarser(finest, longest, _LONGEST_LEG_S), _coarser(finest, max(latest, 1.0), _LATEST_S)
        )

    def lengths(self) -> NDArray[np.int32]:
        return np.rint(self.legs * self.length_scale).astype(np.int32)

    def durations(self) -> NDArray[np.int32]:
        return np.ceil(self.legs * self.time_scale - 1e-9).astype(np.int32)

    def up(self, time: float) -> int:
        return math.ceil(time_value(time, self.rounding) * self.time_scale - 1e-9)

    def down(self, time: float) -> int:
        return math.floor(time_value(time, self.rounding) * self.time_scale + 1e-9)

    def length(self, value: float) -> int:
        return math.floor(time_value(value, self.rounding) * self.length_scale + 1e-9)

    def cents(self, instance: Instance, price: float) -> int:
        return round(price_value(instance, price, self.rounding) * self.length_scale)


def _coarser(scale: float, largest: float, limit: float) -> float:
    while largest * scale > limit:
        scale /= 10
    return scale


def to_problem(instance: Instance, rounding: str) -> Problem:
    """The instance as a day's problem type; the objective is distance (times a vehicle's unit cost).

    Raises InstanceError for rules that the problem type does not know.
    """
    if any(instance.release):
        raise InstanceError("release times are not supported: the planner has no goods that arrive later")
    units = _Units(instance, rounding)
    customers = instance.customers
    vehicles = offered_vehicles(instance)
    durations = _durations(instance, units)
    loads, capacities = _loads(instance)
    demand = np.zeros((len(customers), 3), dtype=np.int64)
    demand[:, 0] = [loads[node] for node in customers]
    capacity = np.full((len(vehicles), 3), NO_LIMIT, dtype=np.int64)
    capacity[:, 0] = [capacities[vehicle] for vehicle in vehicles]
    prices = _ints(_CENT_PER_METRE * cost_per_length(instance, vehicle) for vehicle in vehicles)
    fixed = _ints(
        units.cents(instance, instance.fixed_cost[vehicle]) if instance.fixed_cost else 0
        for vehicle in vehicles
    )
    depots = _ints(instance.vehicle_depot[vehicle] for vehicle in vehicles)
    first = _ints(units.up(instance.windows[d][0]) if instance.windows else 0 for d in depots.tolist())
    last = _ints(
        units.down(instance.windows[d][1]) if instance.windows else _OPEN_UNTIL for d in depots.tolist()
    )
    zeros, names = np.zeros(len(vehicles), dtype=np.int64), [str(vehicle + 1) for vehicle in vehicles]
    keys = tuple(str(instance.number[node]) for node in customers)
    return Problem(
        locations=tuple(None for _ in instance.demand),
        duration_s=durations,
        distance_m=units.lengths(),
        source=instance.name,
        order_keys=keys,
        order_ids=keys,
        order_place=_ints(customers),
        demand=demand,
        is_pickup=_is_pickup(instance),
        service_s=_ints(
            units.up(instance.service[node]) if instance.service and instance.is_timed else 0
            for node in customers
        ),
        windows=tuple(_window(instance, units, node) for node in customers),
        penalty_cents=_penalties(instance, units, fixed, prices),
        optional=np.array([instance.is_optional(node) for node in customers], dtype=np.bool_),
        order_skills=(frozenset(),) * len(customers),
        vehicle_keys=tuple(names),
        vehicle_names=tuple(f"vehicle {name}" for name in names),
        vehicle_skills=(frozenset(),) * len(vehicles),
        start_place=depots,
        end_place=depots.copy(),
        capacity=capacity,
        earliest_start_s=first,
        latest_start_s=last,
        earliest_end_s=zeros,
        latest_end_s=last.copy(),
        breaks=((),) * len(vehicles),
        max_stops=_limits(None, vehicles),
        max_distance_m=_limits([units.length(value) for value in instance.max_distance], vehicles),
        max_duration_s=_limits([units.down(value) for value in instance.max_duration], vehicles),
        fixed_cents=fixed,
        per_km_cents=prices,
        per_hour_cents=zeros,
        search_per_km_cents=prices,
        search_per_hour_cents=zeros,
        allowed=_allowed(instance, vehicles),
        partner=_partners(instance),
        max_trips=_trips(instance, vehicles),
    )


def offered_vehicles(instance: Instance) -> list[int]:
    """Vehicles that the search is offered: of alike ones no more than can be of use.

    Sets with an unlimited fleet list every kind hundreds of times. Where no time limits a route, a quarter
    more than the load needs and twelve are offered of each kind.
    """
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for vehicle in range(len(instance.capacity)):
        alike[instance.vehicle_kind(vehicle)].append(vehicle)
    loads = [instance.demand[node] for node in instance.customers]
    offered: list[int] = []
    for same in alike.values():
        useful = len(loads)
        room = instance.capacity[same[0]]
        if not instance.is_timed and room > 0 and not instance.max_distance:
            useful = fleet_bound([min(load, room) for load in loads], room)
        offered += same[:useful]
    return sorted(offered)


def _ints(values: Iterable[float]) -> NDArray[np.int64]:
    return np.array([round(value) for value in values], dtype=np.int64)


def _limits(values: list[int] | None, vehicles: list[int]) -> NDArray[np.int64]:
    """(m,) limits of the offered vehicles; NO_LIMIT where the file has none."""
    if not values:
        return np.full(len(vehicles), NO_LIMIT, dtype=np.int64)
    return _ints(min(values[vehicle], NO_LIMIT) for vehicle in vehicles)


def _durations(instance: Instance, units: _Units) -> NDArray[np.int32]:
    durations = units.durations() if instance.is_timed else np.zeros(units.legs.shape, dtype=np.int32)
    if any(instance.backhaul) and instance.kind == "VRPB":
        # Deliveries come first, and no route may begin with a pickup: those ways do not exist.
        brings = np.array(instance.backhaul) > 0
        takes = np.array(instance.demand) > 0
        durations[np.ix_(brings, takes)] = NO_WAY_S
        durations[np.ix_(np.array(instance.depots), np.flatnonzero(brings))] = NO_WAY_S
    return durations


def _loads(instance: Instance) -> tuple[list[int], list[int]]:
    """(load of each node, capacity of each vehicle) in whole units; amounts with decimals are scaled up."""
    amounts = [abs(value) for value in instance.demand]
    if instance.backhaul:
        if any(a > 0 and b > 0 for a, b in zip(instance.demand, instance.backhaul, strict=True)):
            raise InstanceError("a customer that gets and gives at once is not supported")
        amounts = [a or b for a, b in zip(amounts, instance.backhaul, strict=True)]
    largest = max([*amounts, 1.0])
    scale = 1
    while (
        scale < 10**6
        and 10 * scale * largest < _LARGEST_LOAD
        and not _whole(amounts, instance.capacity, scale)
    ):
        scale *= 10
    most = 2 * scale * (sum(amounts) + 1)
    return (
        [math.ceil(value * scale - 1e-6) for value in amounts],
        [math.floor(min(value * scale, most) + 1e-6) for value in instance.capacity],
    )


def _whole(amounts: list[float], capacity: list[float], scale: int) -> bool:
    return all(abs(value * scale - round(value * scale)) < 1e-6 for value in (*amounts, *set(capacity)))


def _is_pickup(instance: Instance) -> NDArray[np.bool_]:
    backhaul = instance.backhaul or [0.0] * len(instance.demand)
    return np.array(
        [node in instance.partner or backhaul[node] > 0 for node in instance.customers], dtype=np.bool_
    )


def _window(instance: Instance, units: _Units, node: int) -> tuple[tuple[int, int], ...]:
    if not instance.windows:
        return ((0, _OPEN_UNTIL),)
    start, end = instance.windows[node]
    return ((units.up(start), units.down(end)),)


def _penalties(
    instance: Instance, units: _Units, fixed: NDArray[np.int64], prices: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Prizes of optional customers; for the others more than a van of their own could cost."""
    dearest = int(prices.max(initial=0)) / _CENT_PER_METRE * 2 * float(units.legs.max()) * units.length_scale
    must = 10 * max(10**6, round(dearest) + int(fixed.max(initial=0)))
    return _ints(
        units.cents(instance, instance.prize[node]) if instance.is_optional(node) else must
        for node in instance.customers
    )


def _allowed(instance: Instance, vehicles: list[int]) -> NDArray[np.bool_]:
    allowed = np.ones((len(instance.customers), len(vehicles)), dtype=np.bool_)
    if instance.allowed:
        for column, vehicle in enumerate(vehicles):
            allowed[:, column] = [node in instance.allowed[vehicle] for node in instance.customers]
    return allowed


def _partners(instance: Instance) -> NDArray[np.int64]:
    order = {node: index for index, node in enumerate(instance.customers)}
    partner = np.full(len(order), -1, dtype=np.int64)
    for pickup, delivery in instance.partner.items():
        partner[order[pickup]], partner[order[delivery]] = order[delivery], order[pickup]
    return partner


def _trips(instance: Instance, vehicles: list[int]) -> NDArray[np.int64]:
    """(m,) most trips; the problem type lets a vehicle load again at its own depot only."""
    if not any(instance.reload_depots):
        return np.ones(len(vehicles), dtype=np.int64)
    trips = []
    for vehicle in vehicles:
        if set(instance.reload_depots[vehicle]) - {instance.vehicle_depot[vehicle]}:
            raise InstanceError("loading again at another depot is not supported")
        most = instance.max_reloads[vehicle] if instance.max_reloads else len(instance.customers)
        trips.append(1 + most if instance.reload_depots[vehicle] else 1)
    return _ints(trips)
