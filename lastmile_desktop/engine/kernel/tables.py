"""What the kernel and its twin read: a problem, a plan and its locks as flat tables of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.alone import judge_alone
from lastmile_desktop.engine.kernel.company_tables import KernelUnfit as KernelUnfit
from lastmile_desktop.engine.kernel.company_tables import (
    allowed_orders,
    company_tables,
    company_units,
    held_orders,
    split_start,
)
from lastmile_desktop.engine.kernel.hours_tables import (
    dearest_hours,
    hours_prices,
    hours_tables,
    watches_hours,
)
from lastmile_desktop.engine.kernel.nearness import nearest, nearest_in_time, ranks
from lastmile_desktop.engine.kernel.reload_tables import (
    MOST_TRIPS,
    ReloadNodes,
    reload_counts,
    reload_tables,
)
from lastmile_desktop.engine.problem import NO_LIMIT, NO_WAY_S, Ints, Problem
from lastmile_desktop.engine.schedule import COST_UNITS_PER_CENT
from lastmile_desktop.engine.scoring import Routes
from lastmile_desktop.engine.traffic import Clock

#: Stands for "never" and "no limit" in the kernel's times; all real ones are below half of it.
NEVER = 2**30
#: Stands for "no limit" of a cost or a sum.
NO_END = 2**60
#: The most breaks of one vehicle that the kernel's fixed arrays hold.
MAX_RESTS = 8
#: Nearest orders on a route beside which an order may be inserted.
NEAR_INSERT = 40
#: ... where windows tell better than the distance which orders those are.
NEAR_INSERT_TIMED = 25
#: Sums of costs must stay far below the end of 64-bit numbers.
_LARGEST_COST = 2**58
_METRE_UNITS = COST_UNITS_PER_CENT // 1000
_SECOND_UNITS = COST_UNITS_PER_CENT // 3600
_MOST_WEIGHT = 1000
_INT32_MAX = 2**31 - 1
#: Tables of prices for each leg, where vehicles differ, may take so much memory (one way).
_MOST_PRICE_BYTES = 32 * 2**20

Int32s = NDArray[np.int32]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Tables:
    """The fields of ``lm_problem`` (kernel.h) in its order and shapes, then what only Python needs.

    ``start`` are the routes to begin with, all of them feasible. ``kept`` are routes that break a rule by
    their locked orders alone: they stay as they are, their orders are excluded, and their cost and broken
    seconds are ``kept_units`` and ``kept_broken``. ``heat`` is the cost of a typical leg. All costs here are
    in multiples of ``unit`` of the scorer's units, the largest number that divides them all: so that the cost
    of a leg fits 32 bits. In the same way loads are in multiples of what divides them all.
    """

    orders: int
    vehicles: int
    places: int
    dims: int
    windows: int
    rests: int
    near: int
    near_insert: int
    beside: int
    classes: int
    timed: int
    mixed: int
    several: int
    no_way: int
    picky: int
    tight: int
    one_price: int
    priced: int
    limited: int
    spans: int
    clocked: int
    soft: int
    even: int
    real: int
    extra: int
    company: int
    pairs: int
    marks: int
    relations: int
    leg: Int32s
    leg_in: Int32s
    metres: Int32s
    metres_in: Int32s
    seconds: Int32s
    seconds_in: Int32s
    order_place: Int32s
    visit: Int32s
    demand: Int32s
    pickup: Bytes
    locked: Bytes
    excluded: Bytes
    window_start: Int32s
    window_end: Int32s
    window_count: Int32s
    penalty: Ints
    weight: Ints
    allowed: Bytes
    start_place: Int32s
    end_place: Int32s
    capacity: Int32s
    earliest_start: Int32s
    latest_start: Int32s
    earliest_end: Int32s
    latest_end: Int32s
    rest_count: Int32s
    rest_seconds: Int32s
    rest_earliest: Int32s
    rest_latest: Int32s
    max_stops: Int32s
    max_seconds: Int32s
    max_metres: Ints
    fixed_units: Ints
    metre_units: Ints
    second_units: Ints
    price_kind: Int32s
    vehicle_class: Int32s
    needs_seconds: Bytes
    exact: Bytes
    traffic_from: Int32s
    traffic_rate: Ints
    traffic_scale: Ints
    setup: Int32s
    reloads: Int32s
    due: Int32s
    late_units: Ints
    regular_end: Int32s
    over_units: Ints
    even_share: Ints
    even_units: Ints
    near_orders: Int32s
    beside_orders: Int32s
    rank: Int32s
    partner: Int32s
    mark: Int32s
    sealed: Bytes
    relation_at: Int32s
    relation: Int32s
    group: Int32s
    group_at: Int32s
    group_order: Int32s
    wish: Ints
    tidy_at: Int32s
    tidy_order: Int32s
    tidy_units: Ints
    start: Routes
    kept: dict[int, list[int]]
    kept_units: int
    kept_broken: int
    heat: int
    unit: int
    clock: Clock
    nodes: ReloadNodes | None


def build_tables(
    problem: Problem,
    start_routes: Sequence[Sequence[int]] | None,
    locked: frozenset[int],
    frozen: frozenset[int] = frozenset(),
) -> Tables:
    """Tables of ``problem`` with a plan to begin with (one list of orders a vehicle; None: from nothing).

    Locked orders of the plan stay on their vehicle and in their relative order, ``frozen`` beginnings as they
    are. Raises KernelUnfit.
    """
    _refuse_unfit(problem)
    if frozen and (problem.max_trips > 1).any():
        raise KernelUnfit("The fast search does not know frozen beginnings together with second trips yet.")
    held = held_orders(problem, locked | frozen)
    start, kept, (kept_broken, kept_units) = split_start(problem, start_routes, held)
    timed = _is_timed(problem)
    prices = _prices(problem)
    unit = int(prices.pop("unit"))
    legs = _leg_tables(problem, prices)
    near, heat = nearest(problem, prices["metre_units"], prices["second_units"], timed)
    tight = timed and has_windows(problem)
    beside = nearest_in_time(problem, prices["metre_units"], prices["second_units"]) if tight else near
    counts = reload_counts(problem, set(kept))
    fields: dict[str, Any] = dict(
        orders=problem.order_count,
        real=problem.order_count,
        reloads=_int32(counts),
        vehicles=problem.vehicle_count,
        dims=len(problem.load_dimensions),
        near=near.shape[1],
        near_insert=NEAR_INSERT_TIMED if tight else NEAR_INSERT,
        beside=beside.shape[1],
        timed=int(timed),
        mixed=int(bool(problem.is_pickup.any() and not problem.is_pickup.all())),
        no_way=int(bool((problem.duration_s >= NO_WAY_S).any())),
        tight=int(tight),
        **legs,
        **_loads(problem),
        **_order_tables(problem, start, kept, held, unit),
        **_vehicle_tables(problem, set(kept)),
        **prices,
        **hours_tables(problem, unit, _horizon(problem)),
        near_orders=near,
        beside_orders=beside,
        rank=ranks(problem),
        **company_tables(problem, start, kept, frozen, unit),
        start=start,
        kept=kept,
        kept_units=kept_units,
        kept_broken=kept_broken,
        heat=heat,
        unit=unit,
        clock=problem.clock,
        nodes=None,
    )
    return Tables(**(reload_tables(problem, counts, fields) if counts.any() else fields))


def _leg_tables(problem: Problem, prices: dict[str, Any]) -> dict[str, Any]:
    """Metres, seconds and the price of each leg by kind of price; both ways."""
    metres = _int32(problem.distance_m)
    # Set-up times count as driving, unless traffic makes only the drive longer or shorter.
    travel_s = problem.duration_s if problem.traffic else problem.travel_s
    seconds = _int32(travel_s.clip(max=NO_WAY_S))
    by_vehicle = list(zip(prices["metre_units"].tolist(), prices["second_units"].tolist(), strict=True))
    kinds = sorted(set(by_vehicle))
    longest_m, longest_s = int(problem.distance_m.max(initial=0)), _longest_s(problem)
    if max(longest_m * by_metre + longest_s * by_second for by_metre, by_second in kinds) >= _INT32_MAX:
        raise KernelUnfit("A leg costs more than the fast search can add up.")
    legs: dict[str, Any] = {"metres": metres, "metres_in": _transposed(metres)}
    same = np.array_equal(metres, seconds)
    legs["seconds"] = metres if same else seconds
    legs["seconds_in"] = legs["metres_in"] if same else _transposed(seconds)
    priced = len(kinds) == 1 or len(kinds) * metres.nbytes <= _MOST_PRICE_BYTES
    if not priced or kinds == [(1, 0)]:
        legs["leg"], legs["leg_in"] = metres, legs["metres_in"]
    else:
        legs["leg"] = np.stack([_priced(metres, seconds, *kind) for kind in kinds])
        ways_back = [_transposed(table) for table in legs["leg"]]
        both = all(back is table for back, table in zip(ways_back, legs["leg"], strict=True))
        legs["leg_in"] = legs["leg"] if both else np.stack(ways_back)
    return {
        "places": len(metres),
        "one_price": int(len(kinds) == 1),
        "priced": int(priced),
        "price_kind": np.array([kinds.index(kind) for kind in by_vehicle], dtype=np.int32),
        **legs,
    }


def _priced(metres: Int32s, seconds: Int32s, by_metre: int, by_second: int) -> Int32s:
    price = metres.astype(np.int64) * by_metre + seconds.astype(np.int64) * by_second
    return price.clip(max=_INT32_MAX).astype(np.int32)


def _longest_s(problem: Problem) -> int:
    possible = problem.travel_s[problem.travel_s < NO_WAY_S]
    return int(possible.max(initial=0))


def _loads(problem: Problem) -> dict[str, Any]:
    """Demands and capacities in multiples of what divides all demands; none is above the whole demand."""
    columns = list(problem.load_dimensions)
    demand, capacity = problem.demand[:, columns], problem.capacity[:, columns]
    step = np.array([max(1, int(np.gcd.reduce(column))) for column in demand.T], dtype=np.int64)
    demand = demand // step
    capacity = np.minimum(capacity // step, demand.sum(axis=0))
    if columns and int(capacity.max()) + int(demand.max()) > _INT32_MAX:
        raise KernelUnfit("A load is too large for the fast search to add up.")
    return {"demand": _int32(demand), "capacity": _int32(capacity)}


def _order_tables(
    problem: Problem, start: Routes, kept: dict[int, list[int]], locked: frozenset[int], unit: int
) -> dict[str, Any]:
    excluded = np.zeros(problem.order_count, dtype=np.uint8)
    for route in kept.values():
        excluded[route] = 1
    holds = np.zeros(problem.order_count, dtype=np.uint8)
    holds[[order for route in start for order in route if order in locked]] = 1
    allowed = allowed_orders(problem, kept)
    horizon = _horizon(problem)
    # Whatever begins after the last shift ends is too late in the same way.
    starts, ends = (np.minimum(times, horizon + 1) for times in problem.window_table)
    ends = np.minimum(ends, horizon)
    service = np.minimum(problem.service_s, horizon + 1)
    load = problem.demand[:, problem.load_dimensions[0]] if problem.load_dimensions else 0 * service
    step = max(1, int(np.gcd.reduce(load)))
    return {
        "windows": starts.shape[1],
        "several": int(starts.shape[1] > 1),
        "order_place": problem.order_place.astype(np.int32),
        "visit": _int32(np.stack([starts[:, 0], ends[:, 0], service, load // step], axis=1)),
        "pickup": problem.is_pickup.astype(np.uint8),
        "locked": holds,
        "excluded": excluded,
        "window_start": _int32(starts),
        "window_end": _int32(ends),
        "window_count": np.array([len(windows) for windows in problem.windows], dtype=np.int32),
        "penalty": _int64(problem.penalty_cents * COST_UNITS_PER_CENT // unit),
        "weight": _weights(problem),
        "picky": int(not allowed.all()),
        "allowed": np.ascontiguousarray(allowed, dtype=np.uint8),
    }


def _vehicle_tables(problem: Problem, kept: set[int]) -> dict[str, Any]:
    rests, horizon = max(map(len, problem.breaks)), _horizon(problem)
    vehicle_class, classes = _classes(problem, kept)
    return {
        "rests": rests,
        "classes": classes,
        "vehicle_class": vehicle_class,
        "start_place": problem.start_place.astype(np.int32),
        "end_place": problem.end_place.astype(np.int32),
        "earliest_start": _int32(problem.earliest_start_s.clip(max=horizon + 1)),
        "latest_start": _int32(problem.latest_start_s.clip(max=horizon)),
        "earliest_end": _int32(problem.earliest_end_s.clip(max=horizon + 1)),
        "latest_end": _int32(problem.latest_end_s),
        "rest_count": np.array([len(rules) for rules in problem.breaks], dtype=np.int32),
        "rest_seconds": _rest_table(problem, rests, "duration_s"),
        "rest_earliest": _rest_table(problem, rests, "earliest_s"),
        "rest_latest": _rest_table(problem, rests, "latest_s"),
        "max_stops": _int32(problem.max_stops.clip(max=NEVER)),
        "max_metres": _int64(problem.max_distance_m),
        "limited": int(
            bool((problem.max_stops < NO_LIMIT).any() or (problem.max_distance_m < NO_LIMIT).any())
        ),
    }


def _horizon(problem: Problem) -> int:
    """The last moment at which a vehicle may be back; it fits half of the kernel's times."""
    return int(problem.latest_end_s.max())


def _prices(problem: Problem) -> dict[str, Any]:
    """Prices, the unit that they are counted in, the duration limit, and whose duration must be known."""
    # A limit that the shift keeps anyway is none.
    shift_s = problem.latest_end_s - problem.earliest_start_s
    limited = problem.max_duration_s < np.minimum(NO_LIMIT, shift_s)
    metre_units = problem.search_per_km_cents * _METRE_UNITS
    second_units = problem.search_per_hour_cents * _SECOND_UNITS
    several = any(len(windows) > 1 for windows in problem.windows)
    walks = np.array([several or bool(rules) for rules in problem.breaks], dtype=np.bool_)
    needs_seconds = (second_units > 0) | limited | (watches_hours(problem) > 0)
    walks |= bool(problem.is_soft.any() or problem.traffic)
    cents = np.concatenate([problem.search_fixed_cents, problem.penalty_cents]) * COST_UNITS_PER_CENT
    unit = max(
        1,
        int(
            np.gcd.reduce(
                np.concatenate(
                    [cents, metre_units, second_units, hours_prices(problem), *company_units(problem)]
                )
            )
        ),
    )
    return {
        "unit": unit,
        "max_seconds": _int32(np.where(limited, problem.max_duration_s, NEVER)),
        "fixed_units": _int64(problem.search_fixed_cents * COST_UNITS_PER_CENT // unit),
        "metre_units": _int64(metre_units // unit),
        "second_units": _int64(second_units // unit),
        "spans": int(bool(needs_seconds.any())),
        "needs_seconds": needs_seconds.astype(np.uint8),
        "exact": (needs_seconds & walks).astype(np.uint8),
    }


def _refuse_unfit(problem: Problem) -> None:
    if not problem.order_count or not problem.vehicle_count:
        raise KernelUnfit("There is nothing to search: no orders or no vehicles.")
    if min(int(problem.max_trips.max()), problem.order_count) > MOST_TRIPS:
        raise KernelUnfit(f"A vehicle has more than {MOST_TRIPS} trips, more than the fast search can plan.")
    if max(map(len, problem.breaks)) > MAX_RESTS:
        raise KernelUnfit(f"A vehicle has more than {MAX_RESTS} breaks, more than the fast search can plan.")
    legs = problem.order_count + 2 * problem.vehicle_count
    wishes, tidy = company_units(problem)
    longest_s = int(problem.travel_s.max()) + int(problem.service_s.max()) + 10**9
    dearest = (
        int(problem.penalty_cents.astype(object).sum())
        + problem.vehicle_count * int(problem.search_fixed_cents.max())
    ) * COST_UNITS_PER_CENT
    dearest += int(wishes.max(initial=0)) * legs + int(tidy[0]) * (
        1 + len(problem.tidy_pairs) if tidy[0] else 0
    )
    dearest += legs * int(problem.distance_m.max()) * int(problem.search_per_km_cents.max()) * _METRE_UNITS
    dearest += legs * longest_s * int(problem.search_per_hour_cents.max()) * _SECOND_UNITS
    dearest += dearest_hours(problem, 2 * int(problem.latest_end_s.max()) + 1)
    smallest = min(int(problem.distance_m.min()), int(problem.duration_s.min()), int(problem.demand.min()))
    if dearest > _LARGEST_COST or smallest < 0 or int(problem.demand.max()) > NO_LIMIT:
        raise KernelUnfit("A price, distance or load is too large for the fast search to add up.")
    last = max(int(problem.latest_end_s.max()), int(problem.earliest_start_s.max()))
    if (
        last > NEVER // 2
        or min(int(problem.earliest_start_s.min()), int(problem.latest_end_s.min())) < -last - 1
    ):
        raise KernelUnfit("A shift ends later than the fast search can count.")


def _is_timed(problem: Problem) -> bool:
    """False only where every moment of a plan is the vehicle's earliest start, so that no time can matter."""
    if problem.timed or not problem.vehicle_count or problem.has_setup or watches_hours(problem).any():
        return True
    earliest, latest = int(problem.earliest_start_s.min()), int(problem.earliest_start_s.max())
    open_all_day = all(windows[0][0] <= earliest and windows[0][1] >= latest for windows in problem.windows)
    home = (problem.earliest_end_s <= problem.earliest_start_s) & (
        problem.latest_end_s >= problem.earliest_start_s
    )
    return not (open_all_day and bool(home.all()))


def has_windows(problem: Problem) -> bool:
    """True when some window is narrower than the day."""
    starts, ends = problem.window_table
    late_opening = starts[:, 0] > problem.earliest_start_s.min()
    return bool((late_opening | (ends.max(axis=1) < problem.latest_end_s.max())).any())


def _classes(problem: Problem, kept: set[int]) -> tuple[Int32s, int]:
    """Class of each vehicle (same in everything that matters), -1 where it may not be used."""
    classes: dict[tuple[object, ...], int] = {}
    columns = (
        problem.start_place, problem.end_place, problem.earliest_start_s, problem.latest_start_s,
        problem.earliest_end_s, problem.latest_end_s, problem.max_stops, problem.max_distance_m,
        problem.max_duration_s, problem.search_fixed_cents, problem.search_per_km_cents,
        problem.search_per_hour_cents, problem.regular_end_s, problem.overtime_cents_per_hour,
        problem.max_trips, problem.reload_s,
    )  # fmt: skip
    numbers = np.full(problem.vehicle_count, -1, dtype=np.int32)
    for vehicle in range(problem.vehicle_count):
        if vehicle in kept or problem.earliest_start_s[vehicle] > problem.latest_start_s[vehicle]:
            continue
        kind = (
            *(int(column[vehicle]) for column in columns),
            *problem.capacity[vehicle].tolist(),
            problem.breaks[vehicle],
            problem.allowed[:, vehicle].tobytes(),
            problem.preference_cents[:, vehicle].tobytes(),
        )
        numbers[vehicle] = classes.setdefault(kind, len(classes))
    return numbers, len(classes)


def _weights(problem: Problem) -> Ints:
    """How much an order's absence counts in the chase for a complete plan: by priority; nothing for orders
    that have a price of their own, or that no vehicle could serve even alone."""
    possible = judge_alone(problem, range(problem.order_count)).possible.any(axis=1)
    must = ~problem.optional & possible
    weights = np.zeros(problem.order_count, dtype=np.int64)
    if must.any():
        least = max(1, int(problem.penalty_cents[must].min()))
        weights[must] = (problem.penalty_cents[must] // least).clip(1, _MOST_WEIGHT)
    return weights


def _rest_table(problem: Problem, rests: int, name: str) -> Int32s:
    table = np.zeros((problem.vehicle_count, rests), dtype=np.int32)
    for vehicle, rules in enumerate(problem.breaks):
        table[vehicle, : len(rules)] = [min(getattr(rule, name), NEVER // 2) for rule in rules]
    return table


def _transposed(matrix: Int32s) -> Int32s:
    """The matrix itself when it is the same both ways: a second copy of 2,000 places takes 16 MB."""
    return matrix if np.array_equal(matrix, matrix.T) else np.ascontiguousarray(matrix.T)


def _int32(values: NDArray[np.int64] | NDArray[np.int32]) -> Int32s:
    return np.ascontiguousarray(values, dtype=np.int32)


def _int64(values: NDArray[np.int64]) -> Ints:
    return np.ascontiguousarray(values, dtype=np.int64)
