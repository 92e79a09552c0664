"""The one problem type that every search reads: plain arrays, made from a day or from a benchmark file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.model import (
    LOAD_DIMENSIONS,
    Day,
    Depot,
    Location,
    Order,
    OrderKind,
    Priority,
    TravelModel,
    Unassigned,
    UnassignedReason,
    Vehicle,
    wording,
)

#: Stands for "no limit" in every int64 array of limits.
NO_LIMIT = 2**50
#: A time later than any plan (seconds after midnight).
FAR_S = 10**9
#: Travel time that stands for "no way there": longer than any shift, small enough to add up in int32.
NO_WAY_S = 10**7

#: What driving is taken to cost in the search where a vehicle has neither a price per km nor per hour, so
#: that plans are sane; a timetable's cost counts the user's own prices only.
DEFAULT_PER_KM_CENTS = 30
DEFAULT_PER_HOUR_CENTS = 3000

#: How much an order that should be planned weighs when not all can be.
PRIORITY_WEIGHT = {Priority.HIGH: 9, Priority.NORMAL: 3, Priority.LOW: 1}
_LEAST_PENALTY_CENTS = 1_000_000

Ints = NDArray[np.int64]
Windows = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class BreakRule:
    """A rest: length and the range of its start, in seconds after midnight."""

    duration_s: int
    earliest_s: int
    latest_s: int


@dataclass(frozen=True)
class Problem:
    """n orders, m vehicles, p places; a route is a list of order indices. Picklable; treat as read-only.

    Places: ``duration_s`` and ``distance_m`` are int32 (p, p); a duration of NO_WAY_S or more means that
    there is no way. ``locations[i]`` is None for a place without a position; a place ``nowhere`` (if any
    vehicle has an open end) is at distance 0 from all others.

    Orders: ``order_place`` (n,), ``demand`` (n, 3) in LOAD_DIMENSIONS, ``is_pickup`` (n,), ``service_s``
    (n,), ``windows[i]`` closed intervals of service start in ascending order (always at least one),
    ``penalty_cents`` (n,) the price of leaving the order out, ``optional`` (n,) True where the user set
    that price, ``order_skills[i]``. ``set_aside`` are the orders that no search sees, with
    their reasons: no position yet, or for another day.

    Vehicles: ``start_place``/``end_place`` (m,), ``capacity`` (m, 3), the departure lies between
    ``earliest_start_s`` and ``latest_start_s``, the return between ``earliest_end_s`` and ``latest_end_s``,
    ``breaks[v]``, ``max_stops``, ``max_distance_m``, ``max_duration_s`` (NO_LIMIT = no bound), the user's
    prices ``fixed_cents``, ``per_km_cents``, ``per_hour_cents``, and what the search uses instead of the last
    two, ``search_per_km_cents`` and ``search_per_hour_cents``. ``allowed`` (n, m): the vehicle has all
    skills of the order. ``unusable`` are (name, sentence) of active vehicles that cannot be planned at all.
    """

    locations: tuple[Location | None, ...]
    duration_s: NDArray[np.int32]
    distance_m: NDArray[np.int32]
    source: str
    order_keys: tuple[str, ...]
    order_ids: tuple[str, ...]
    order_place: Ints
    demand: Ints
    is_pickup: NDArray[np.bool_]
    service_s: Ints
    windows: tuple[Windows, ...]
    penalty_cents: Ints
    optional: NDArray[np.bool_]
    order_skills: tuple[frozenset[str], ...]
    vehicle_keys: tuple[str, ...]
    vehicle_names: tuple[str, ...]
    vehicle_skills: tuple[frozenset[str], ...]
    start_place: Ints
    end_place: Ints
    capacity: Ints
    earliest_start_s: Ints
    latest_start_s: Ints
    earliest_end_s: Ints
    latest_end_s: Ints
    breaks: tuple[tuple[BreakRule, ...], ...]
    max_stops: Ints
    max_distance_m: Ints
    max_duration_s: Ints
    fixed_cents: Ints
    per_km_cents: Ints
    per_hour_cents: Ints
    search_per_km_cents: Ints
    search_per_hour_cents: Ints
    allowed: NDArray[np.bool_]
    set_aside: tuple[Unassigned, ...] = ()
    unusable: tuple[tuple[str, str], ...] = ()

    @property
    def order_count(self) -> int:
        """Number of orders with a position (n)."""
        return len(self.order_keys)

    @property
    def vehicle_count(self) -> int:
        """Number of vehicles that can be planned (m)."""
        return len(self.vehicle_keys)

    @cached_property
    def order_index(self) -> dict[str, int]:
        """Index of each order key."""
        return {key: index for index, key in enumerate(self.order_keys)}

    @cached_property
    def vehicle_index(self) -> dict[str, int]:
        """Index of each vehicle key."""
        return {key: index for index, key in enumerate(self.vehicle_keys)}

    @cached_property
    def load_dimensions(self) -> tuple[int, ...]:
        """Columns of ``demand`` that can bind at all: somebody has a limit and somebody a load."""
        return tuple(
            column
            for column in range(self.demand.shape[1])
            if self.vehicle_count
            and self.demand[:, column].any()
            and (self.capacity[:, column] < NO_LIMIT).any()
        )

    @cached_property
    def timed(self) -> bool:
        """False when time plays no role (a pure capacity problem): no travel or service takes any."""
        return bool(self.duration_s.any() or self.service_s.any() or any(self.breaks))

    @cached_property
    def can_work(self) -> NDArray[np.bool_]:
        """(m,) False where shift and depots' hours leave a vehicle no time at all."""
        last_start = np.minimum(self.latest_start_s, self.latest_end_s)
        flags: NDArray[np.bool_] = (self.earliest_start_s <= last_start) & (
            self.earliest_end_s <= self.latest_end_s
        )
        return flags

    @cached_property
    def window_table(self) -> tuple[Ints, Ints]:
        """Starts and ends of all windows, (n, w) each; missing ones start at FAR_S and end before it."""
        width = max((len(windows) for windows in self.windows), default=1)
        starts = np.full((self.order_count, width), FAR_S, dtype=np.int64)
        ends = np.full((self.order_count, width), -1, dtype=np.int64)
        for row, windows in enumerate(self.windows):
            for column, (start, end) in enumerate(windows):
                starts[row, column], ends[row, column] = start, end
        return starts, ends


def build_problem(day: Day, travel: TravelModel) -> Problem:
    """The planning problem of ``day``: its active vehicles, and every order of that date with a position.

    An active vehicle whose depot has no position is listed in ``unusable``, with a sentence.
    """
    orders = [order for order in day.orders if _set_aside(order, day) is None]
    vehicles, unusable = _usable_vehicles(day)
    places: dict[Location, int] = {}
    order_place = [_place(places, order.location) for order in orders]
    start_place = [_place(places, day.depot_by_key[v.start_depot].location) for v in vehicles]
    end_place = [
        -1 if v.end_depot is None else _place(places, day.depot_by_key[v.end_depot].location)
        for v in vehicles
    ]
    locations: tuple[Location | None, ...] = tuple(places)
    matrix = travel.matrix(tuple(places))
    duration_s = np.where(matrix.duration_s < 0, NO_WAY_S, matrix.duration_s).astype(np.int32)
    distance_m = np.maximum(matrix.distance_m, 0).astype(np.int32)
    if -1 in end_place:
        nowhere = len(locations)
        locations = (*locations, None)
        duration_s, distance_m = np.pad(duration_s, (0, 1)), np.pad(distance_m, (0, 1))
        end_place = [nowhere if place == -1 else place for place in end_place]
    prices = _search_prices(vehicles)
    return Problem(
        locations=locations,
        duration_s=duration_s,
        distance_m=distance_m,
        source=matrix.source,
        order_keys=tuple(order.key for order in orders),
        order_ids=tuple(order.id for order in orders),
        order_place=_ints(order_place),
        demand=_table(order.load.as_tuple for order in orders),
        is_pickup=np.array([order.kind == OrderKind.PICKUP for order in orders], dtype=np.bool_),
        service_s=_ints(order.service_s for order in orders),
        windows=tuple(_windows(order) for order in orders),
        penalty_cents=_penalties(orders, vehicles, duration_s, distance_m),
        optional=np.array([order.skip_price_cents is not None for order in orders], dtype=np.bool_),
        order_skills=tuple(order.skills for order in orders),
        vehicle_keys=tuple(v.key for v in vehicles),
        vehicle_names=tuple(v.name for v in vehicles),
        vehicle_skills=tuple(v.skills for v in vehicles),
        start_place=_ints(start_place),
        end_place=_ints(end_place),
        capacity=_table(map(_limit, v.capacity.as_tuple) for v in vehicles),
        **_working_hours(day, vehicles),
        breaks=tuple(_breaks(v) for v in vehicles),
        max_stops=_ints(_limit(v.max_stops) for v in vehicles),
        max_distance_m=_ints(_limit(v.max_distance_m) for v in vehicles),
        max_duration_s=_ints(_limit(v.max_duration_s) for v in vehicles),
        fixed_cents=_ints(v.fixed_cost_cents for v in vehicles),
        per_km_cents=_ints(v.cost_per_km_cents for v in vehicles),
        per_hour_cents=_ints(v.cost_per_hour_cents for v in vehicles),
        search_per_km_cents=_ints(per_km for per_km, _ in prices),
        search_per_hour_cents=_ints(per_hour for _, per_hour in prices),
        allowed=_allowed(orders, vehicles),
        set_aside=tuple(aside for order in day.orders if (aside := _set_aside(order, day)) is not None),
        unusable=tuple(unusable),
    )


def _set_aside(order: Order, day: Day) -> Unassigned | None:
    """Why an order cannot even be searched for, None when it can."""
    if order.delivery_date is not None and order.delivery_date != day.date:
        text = (
            f"{order.id} is for {wording.calendar_day(order.delivery_date)}: "
            "it can be planned when the day shown is that one."
        )
        return Unassigned(order.key, UnassignedReason.WINDOW, text)
    if order.location is None:
        text = f"{order.id} has no position on the map yet: give it one in Orders."
        return Unassigned(order.key, UnassignedReason.WAITING_FOR_POSITION, text)
    return None


def _usable_vehicles(day: Day) -> tuple[list[Vehicle], list[tuple[str, str]]]:
    usable: list[Vehicle] = []
    unusable: list[tuple[str, str]] = []
    for vehicle in day.vehicles:
        if not vehicle.active:
            continue
        keys = [key for key in (vehicle.start_depot, vehicle.end_depot) if key is not None]
        lost: list[Depot] = [day.depot_by_key[key] for key in keys if day.depot_by_key[key].location is None]
        if lost:
            sentence = (
                f"{vehicle.name} cannot be planned: its depot {lost[0].name} has no position on the map."
            )
            unusable.append((vehicle.name, sentence))
        else:
            usable.append(vehicle)
    return usable, unusable


def _place(places: dict[Location, int], location: Location | None) -> int:
    assert location is not None  # callers pass only what has a position
    return places.setdefault(location, len(places))


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _table(rows: Iterable[Iterable[int]]) -> Ints:
    """Rows of one value per load dimension; shape (rows, 3) even when there are none."""
    return np.array([list(row) for row in rows], dtype=np.int64).reshape(-1, len(LOAD_DIMENSIONS))


def _limit(value: int | None) -> int:
    return NO_LIMIT if value is None else value


def _windows(order: Order) -> Windows:
    """Closed intervals, ascending; windows that touch or overlap are joined."""
    raw = sorted(
        (0 if w.start_s is None else w.start_s, FAR_S if w.end_s is None else w.end_s) for w in order.windows
    )
    joined: list[tuple[int, int]] = []
    for start, end in raw or [(0, FAR_S)]:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _breaks(vehicle: Vehicle) -> tuple[BreakRule, ...]:
    rules = [BreakRule(b.duration_s, b.earliest_s, b.latest_s) for b in vehicle.breaks]
    return tuple(sorted(rules, key=lambda rule: (rule.earliest_s, rule.latest_s)))


def _working_hours(day: Day, vehicles: Sequence[Vehicle]) -> dict[str, Ints]:
    """Range of departure and return: the shift, narrowed by the depots' opening hours."""
    rows: list[tuple[int, int, int, int]] = []
    for vehicle in vehicles:
        start = day.depot_by_key[vehicle.start_depot]
        end = None if vehicle.end_depot is None else day.depot_by_key[vehicle.end_depot]
        rows.append(
            (
                max(vehicle.shift_start_s, start.opens_s or 0),
                min(vehicle.shift_end_s, FAR_S if start.closes_s is None else start.closes_s),
                0 if end is None or end.opens_s is None else end.opens_s,
                min(vehicle.shift_end_s, FAR_S if end is None or end.closes_s is None else end.closes_s),
            )
        )
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    names = ("earliest_start_s", "latest_start_s", "earliest_end_s", "latest_end_s")
    return {name: table[:, column].copy() for column, name in enumerate(names)}


def _search_prices(vehicles: Sequence[Vehicle]) -> list[tuple[int, int]]:
    return [
        (v.cost_per_km_cents, v.cost_per_hour_cents)
        if v.cost_per_km_cents or v.cost_per_hour_cents
        else (DEFAULT_PER_KM_CENTS, DEFAULT_PER_HOUR_CENTS)
        for v in vehicles
    ]


def _penalties(
    orders: Sequence[Order],
    vehicles: Sequence[Vehicle],
    duration_s: NDArray[np.int32],
    distance_m: NDArray[np.int32],
) -> Ints:
    """Cents for leaving each order out: the user's price, or more than any detour for it could cost."""
    base = _LEAST_PENALTY_CENTS
    if vehicles and distance_m.size:
        km = 2 * int(distance_m.max()) / 1000
        hours = 2 * int(duration_s[duration_s < NO_WAY_S].max()) / 3600 + 24
        prices = _search_prices(vehicles)
        dearest = max(per_km * km + per_hour * hours for per_km, per_hour in prices)
        base = max(base, int(dearest) + max(v.fixed_cost_cents for v in vehicles))
    return _ints(
        base * PRIORITY_WEIGHT[order.priority] if order.skip_price_cents is None else order.skip_price_cents
        for order in orders
    )


def _allowed(orders: Sequence[Order], vehicles: Sequence[Vehicle]) -> NDArray[np.bool_]:
    allowed = np.ones((len(orders), len(vehicles)), dtype=np.bool_)
    for row, order in enumerate(orders):
        if order.skills:
            allowed[row] = [order.skills <= vehicle.skills for vehicle in vehicles]
    return allowed
