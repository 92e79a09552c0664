"""What a bound is allowed to know of a problem: costs that no plan can go below, and limits none can exceed.

Every number here errs on the cheap side: waiting, breaks, overtime, lateness, evenness and tidiness cost
nothing (none of them can be negative), traffic is as fast as it ever gets, a van that may reload has room
for all its trips at once, and many kinds of vans are taken for one that has the best of each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.problem import FAR_S, NO_LIMIT, NO_WAY_S, Ints, Problem
from lastmile_desktop.engine.schedule import COST_UNITS_PER_CENT

#: Stands for "not possible" among costs, in units.
FAR_COST = 2**60
#: More kinds of vehicles than this are taken together.
_MOST_KINDS = 4
_METRE_UNITS = COST_UNITS_PER_CENT // 1000
_SECOND_UNITS = COST_UNITS_PER_CENT // 3600
_NO_TIME = 2**29
_NO_AMOUNT = 2**29

Int32s = NDArray[np.int32]


@dataclass(frozen=True)
class Kind:
    """Vehicles that are taken for the same. n orders; costs are in units, all of them lower bounds.

    ``count`` vehicles. ``start_cost`` (n,) of leaving for an order first, fixed price and service there
    included; ``cost`` (n, n) of going from one to the next; ``end_cost`` (n,) of going home. FAR_COST: never.
    ``start_time`` (n,) is the earliest arrival, ``time`` (n, n) what passes between two starts of service,
    ``end_time`` (n,) what passes until the return at least, which is not after ``latest_end``, straight or by
    way of other orders. The further resource
    (load, stops, metres or hours, whichever is scarcest): ``start_amount``, ``amount``, ``end_amount`` of the
    same shapes, together not above ``most_amount``. ``brings`` (n,) where it is something that each order
    brings, whatever the way to it, else None.
    """

    count: int
    start_cost: Ints
    cost: Ints
    end_cost: Ints
    start_time: Ints
    time: Ints
    end_time: Ints
    latest_end: int
    start_amount: Ints
    amount: Ints
    end_amount: Ints
    most_amount: int
    brings: Ints | None


@dataclass(frozen=True)
class Relaxed:
    """``kinds`` of vehicles; ``open`` and ``close`` (n,) of each order; ``price`` (n,) of leaving it out."""

    kinds: tuple[Kind, ...]
    open: Ints
    close: Ints
    price: Ints


def relax(problem: Problem) -> Relaxed:
    """Costs and limits that every plan of ``problem`` without a broken rule keeps."""
    starts, ends = problem.window_table
    groups = _groups(problem)
    return Relaxed(
        kinds=tuple(_kind(problem, members) for members in groups),
        open=starts.min(axis=1) if problem.order_count else starts.sum(axis=1),
        close=np.minimum(ends.max(axis=1), _NO_TIME) if problem.order_count else ends.sum(axis=1),
        price=problem.penalty_cents.astype(np.int64) * COST_UNITS_PER_CENT,
    )


def _groups(problem: Problem) -> list[list[int]]:
    """Vehicles that can work, those that are alike together; all in one group where there are many kinds."""
    columns = (
        problem.start_place, problem.end_place, problem.earliest_start_s, problem.latest_end_s,
        problem.max_stops, problem.max_distance_m, problem.max_duration_s, problem.search_fixed_cents,
        problem.search_per_km_cents, problem.search_per_hour_cents, problem.max_trips,
    )  # fmt: skip
    alike: dict[tuple[object, ...], list[int]] = {}
    for vehicle in np.flatnonzero(problem.can_work).tolist():
        key = (
            *(int(column[vehicle]) for column in columns),
            *problem.capacity[vehicle].tolist(),
            problem.allowed[:, vehicle].tobytes(),
            problem.preference_cents[:, vehicle].tobytes(),
        )
        alike.setdefault(key, []).append(vehicle)
    groups = list(alike.values())
    return groups if len(groups) <= _MOST_KINDS else [[v for group in groups for v in group]]


def _kind(problem: Problem, members: list[int]) -> Kind:
    """The best of each of ``members``."""
    vehicles = np.array(members, dtype=np.int64)
    places, service = problem.order_place, problem.service_s
    km = int(problem.search_per_km_cents[vehicles].min()) * _METRE_UNITS
    hour = int(problem.search_per_hour_cents[vehicles].min()) * _SECOND_UNITS
    metres, seconds, setup = _legs(problem, vehicles)
    n = problem.order_count
    order_rows = np.ix_(places, places)
    leg_s, leg_m = seconds[order_rows].astype(np.int64), metres[order_rows].astype(np.int64)
    possible: NDArray[np.bool_] = leg_s < NO_WAY_S
    np.fill_diagonal(possible, False)
    arrive_s = leg_s + np.where(places[:, None] != places[None, :], setup[places][None, :], 0)
    wish = _wishes(problem, vehicles)
    cost = leg_m * km + (arrive_s + service[None, :]) * hour + wish[None, :]
    can: NDArray[np.bool_] = np.any(problem.allowed[:, vehicles], axis=1)
    possible &= can[None, :] & can[:, None]
    first_s, first_m = _from_start(problem, vehicles, seconds, metres)
    first_s = first_s + np.minimum(setup[places], np.where(_at_start(problem, vehicles), 0, FAR_S))
    home_s, home_m = _to_end(problem, vehicles, seconds, metres)
    fixed = int(problem.search_fixed_cents[vehicles].min()) * COST_UNITS_PER_CENT
    start_cost = first_m * km + (first_s + service) * hour + wish + fixed
    amounts = _scarcest(problem, vehicles, arrive_s, first_s, home_s, leg_m, first_m, home_m)
    return Kind(
        count=len(members),
        start_cost=np.where(can & (first_s < NO_WAY_S), start_cost, FAR_COST),
        cost=np.where(possible, cost, FAR_COST),
        end_cost=np.where(home_s < NO_WAY_S, home_m * km + home_s * hour, FAR_COST),
        start_time=np.minimum(int(problem.earliest_start_s[vehicles].min()) + first_s, _NO_TIME),
        time=np.minimum(service[:, None] + arrive_s, _NO_TIME),
        end_time=_whichever_way(np.minimum(service + home_s, _NO_TIME), service[:, None] + arrive_s),
        latest_end=min(int(problem.latest_end_s[vehicles].max()), _NO_TIME),
        start_amount=amounts[0] if n else np.zeros(0, dtype=np.int64),
        amount=amounts[1],
        end_amount=_whichever_way(amounts[2], amounts[1]),
        most_amount=amounts[3],
        brings=amounts[0] if amounts[4] else None,
    )


def _whichever_way(straight: Ints, legs: Ints) -> Ints:
    """(n,) what getting home takes at least, past other orders where that is less than straight home."""
    least = straight
    for _ in range(len(straight)):
        shorter: Ints = np.minimum(least, (legs + least[None, :]).min(axis=1))
        if np.array_equal(shorter, least):
            break
        least = shorter
    return least


def _legs(problem: Problem, vehicles: Ints) -> tuple[Ints, Ints, Ints]:
    """(metres, seconds, set-up) between places at their best: the lightest traffic, and by way of the start
    where a vehicle may reload and that is shorter."""
    seconds = problem.duration_s.astype(np.int64)
    metres = problem.distance_m.astype(np.int64)
    if problem.traffic:
        percent = min(100, min(percent for _, percent in problem.traffic))
        quick = np.maximum(seconds * percent // 100 - len(problem.traffic), 0)
        seconds = np.where(seconds >= NO_WAY_S, seconds, quick)
    if (problem.max_trips[vehicles] > 1).any():
        for start in np.unique(problem.start_place[vehicles]).tolist():
            around_s = seconds[:, start, None] + seconds[None, start, :]
            around_m = metres[:, start, None] + metres[None, start, :]
            seconds, metres = np.minimum(seconds, around_s), np.minimum(metres, around_m)
    return metres, seconds, problem.setup_s.astype(np.int64)


def _wishes(problem: Problem, vehicles: Ints) -> Ints:
    """(n,) units that even the best liked of the vehicles costs for each order."""
    table = np.where(problem.allowed[:, vehicles], problem.preference_cents[:, vehicles], NO_LIMIT)
    least = table.min(axis=1)
    wishes: Ints = np.where(least < NO_LIMIT, least, 0) * COST_UNITS_PER_CENT
    return wishes


def _at_start(problem: Problem, vehicles: Ints) -> NDArray[np.bool_]:
    """(n,) True where some vehicle starts at the order's own place: then there may be no set-up."""
    at: NDArray[np.bool_] = np.isin(problem.order_place, problem.start_place[vehicles])
    return at


def _from_start(problem: Problem, vehicles: Ints, seconds: Ints, metres: Ints) -> tuple[Ints, Ints]:
    rows = np.ix_(np.unique(problem.start_place[vehicles]), problem.order_place)
    return seconds[rows].min(axis=0), metres[rows].min(axis=0)


def _to_end(problem: Problem, vehicles: Ints, seconds: Ints, metres: Ints) -> tuple[Ints, Ints]:
    rows = np.ix_(problem.order_place, np.unique(problem.end_place[vehicles]))
    return seconds[rows].min(axis=1), metres[rows].min(axis=1)


def _scarcest(
    problem: Problem,
    vehicles: Ints,
    arrive_s: Ints,
    first_s: Ints,
    home_s: Ints,
    leg_m: Ints,
    first_m: Ints,
    home_m: Ints,
) -> tuple[Ints, Ints, Ints, int, bool]:
    """(from the start, between, to the end, limit, brought by the orders) of the resource of which most is
    asked for."""
    n, count = problem.order_count, len(vehicles)
    service = problem.service_s
    zeros, alone = np.zeros(n, np.int64), np.eye(n, dtype=np.bool_)
    ones = np.ones(n, dtype=np.int64)
    nearest_s = np.where(alone, NO_LIMIT, arrive_s).min(axis=1, initial=NO_LIMIT)
    nearest_m = np.where(alone, NO_LIMIT, leg_m).min(axis=1, initial=NO_LIMIT)
    work, far = np.minimum(nearest_s, first_s) + service, np.minimum(nearest_m, first_m)
    stops, hours, metres = (
        int(column[vehicles].max())
        for column in (problem.max_stops, problem.max_duration_s, problem.max_distance_m)
    )
    brought = [*_loads(problem, vehicles), (ones, stops)]
    candidates: list[tuple[float, Ints, Ints, Ints, int, bool]] = [
        (float(each.sum()), each, np.broadcast_to(each, (n, n)), zeros, limit, True)
        for each, limit in brought
    ]
    candidates += [
        (float(work.sum()), first_s + service, arrive_s + service[None, :], home_s, hours, False),
        (float(far.sum()), first_m, leg_m, home_m, metres, False),
    ]
    best, most, brings, asked = (zeros, np.zeros((n, n), np.int64), zeros), _NO_AMOUNT, False, 0.0
    for total, start, between, end, limit, by_order in candidates:
        if limit < NO_LIMIT and total / (max(1, limit) * count) > asked:
            asked = total / (max(1, limit) * count)
            best, most, brings = (start, between, end), limit, by_order
    return (*_in_32_bits(*best, most), brings)


def _loads(problem: Problem, vehicles: Ints) -> list[tuple[Ints, int]]:
    """(what each order takes of the room at the start, or at the end; the largest room for all trips).

    The goods of a shipment are on board only for a while, so they take no part.
    """
    alone = problem.partner < 0
    found: list[tuple[Ints, int]] = []
    for column in problem.load_dimensions:
        rooms = problem.capacity[vehicles, column] * problem.max_trips[vehicles]
        if (problem.capacity[vehicles, column] >= NO_LIMIT).any():
            continue
        for pickup in (False, True):
            demand = np.where(alone & (problem.is_pickup == pickup), problem.demand[:, column], 0)
            found.append((demand.astype(np.int64), int(rooms.max())))
    return found


def _in_32_bits(start: Ints, between: Ints, end: Ints, limit: int) -> tuple[Ints, Ints, Ints, int]:
    """Scaled so that a sum of two fits; what is asked for is rounded down and the limit up."""
    scale = limit // _NO_AMOUNT + 1
    return (
        np.minimum(start // scale, _NO_AMOUNT),
        np.minimum(between // scale, _NO_AMOUNT),
        np.minimum(end // scale, _NO_AMOUNT),
        -(-limit // scale) if scale > 1 else limit,
    )
