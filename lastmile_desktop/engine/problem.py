"""The one problem type that every search reads: plain arrays, made from a day or from a benchmark file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine import rules
from lastmile_desktop.engine.admit import MOST_TRIPS, admit_travel, order_faults, vehicle_fault
from lastmile_desktop.engine.prices import DEFAULT_PER_HOUR_CENTS as DEFAULT_PER_HOUR_CENTS
from lastmile_desktop.engine.prices import DEFAULT_PER_KM_CENTS as DEFAULT_PER_KM_CENTS
from lastmile_desktop.engine.prices import PRIORITY_WEIGHT as PRIORITY_WEIGHT
from lastmile_desktop.engine.prices import (
    even_units,
    penalties,
    search_prices,
    setup_times,
    tidy_units,
    van_cents,
)
from lastmile_desktop.engine.scales import COST_UNITS_PER_CENT as COST_UNITS_PER_CENT
from lastmile_desktop.engine.scales import FAR_S as FAR_S
from lastmile_desktop.engine.scales import NO_LIMIT as NO_LIMIT
from lastmile_desktop.engine.scales import NO_WAY_S as NO_WAY_S
from lastmile_desktop.engine.scales import Ints as Ints
from lastmile_desktop.engine.scales import Windows as Windows
from lastmile_desktop.engine.traffic import Clock
from lastmile_desktop.model import (
    LOAD_DIMENSIONS,
    Day,
    Depot,
    EvenBy,
    Location,
    Order,
    OrderKind,
    TravelModel,
    Unassigned,
    UnassignedReason,
    Vehicle,
    wording,
)

#: To so many of its nearest an order should be on the same route where areas are to be tidy.
_TIDY_NEAREST = 4


def _unset() -> Ints:
    """Stands for "what leaves everything as it is" until ``Problem`` knows the sizes."""
    return np.zeros(0, dtype=np.int64)


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
    skills of the order and is not kept from it. ``unusable`` are (name, sentence) of active vehicles that
    cannot be planned at all.

    Rules (docs/rules.md); left out, they change nothing. Places: ``setup_s`` (p,) time to park and find the
    door on arrival from another place. Orders: ``windows`` are when service may start at all and
    ``window_due[i]`` their ends as the customer has them; between the two it is late, at
    ``late_cents_per_hour`` (n,). ``preference_cents`` (n, m) is what a vehicle costs the search for an order
    on top. ``partner`` (n,) the other half of a shipment, ``group`` (n,) orders that share a vehicle (-1:
    none), ``position`` (n,) -1 first, 1 last on the route, ``before`` pairs (earlier, later) within a route.
    Vehicles: after ``regular_end_s`` (m,) it is overtime at ``overtime_cents_per_hour`` (m,) on top, until
    ``latest_end_s``; ``max_trips`` (m,) and ``reload_s`` (m,) for coming back to the start place to load.
    ``search_fixed_cents`` (m,) is ``fixed_cents`` plus what the goals add to a van. All: ``traffic`` are
    ascending (from second, percent of driving time) steps; ``even_units`` times the square of each vehicle's
    work (``even_by``; orders add ``even_share`` (n,), hours are whole minutes) and ``tidy_units`` for each of
    ``tidy_pairs`` that is split between two routes are added to the search's cost.
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
    setup_s: Ints = field(default_factory=_unset)
    window_due: tuple[tuple[int, ...], ...] = ()
    late_cents_per_hour: Ints = field(default_factory=_unset)
    preference_cents: Ints = field(default_factory=_unset)
    partner: Ints = field(default_factory=_unset)
    group: Ints = field(default_factory=_unset)
    position: Ints = field(default_factory=_unset)
    before: tuple[tuple[int, int], ...] = ()
    regular_end_s: Ints = field(default_factory=_unset)
    overtime_cents_per_hour: Ints = field(default_factory=_unset)
    max_trips: Ints = field(default_factory=_unset)
    reload_s: Ints = field(default_factory=_unset)
    search_fixed_cents: Ints = field(default_factory=_unset)
    traffic: tuple[tuple[int, int], ...] = ()
    even_by: EvenBy = EvenBy.HOURS
    even_share: Ints = field(default_factory=_unset)
    even_units: int = 0
    tidy_units: int = 0

    def __post_init__(self) -> None:
        orders, vehicles = self.order_count, self.vehicle_count
        # Who puts other windows in makes hard ones.
        dues = self.window_due or ((),) * len(self.windows)
        due = tuple(
            row if len(row) == len(windows) else tuple(end for _, end in windows)
            for windows, row in zip(self.windows, dues, strict=False)
        )
        object.__setattr__(self, "window_due", due)
        usual = {
            "setup_s": np.zeros(len(self.locations), dtype=np.int64),
            "late_cents_per_hour": np.zeros(orders, dtype=np.int64),
            "preference_cents": np.zeros((orders, vehicles), dtype=np.int64),
            "partner": np.full(orders, -1, dtype=np.int64),
            "group": np.full(orders, -1, dtype=np.int64),
            "position": np.zeros(orders, dtype=np.int64),
            "regular_end_s": self.latest_end_s,
            "overtime_cents_per_hour": np.zeros(vehicles, dtype=np.int64),
            "max_trips": np.ones(vehicles, dtype=np.int64),
            "reload_s": np.zeros(vehicles, dtype=np.int64),
            "search_fixed_cents": self.fixed_cents,
            "even_share": np.zeros(orders, dtype=np.int64),
        }
        for name, values in usual.items():
            if getattr(self, name).size == 0:
                object.__setattr__(self, name, values)
        if not all(
            isinstance(places, np.ndarray) and places.ndim == 1 and places.dtype.kind in "iu"
            for places in (self.setup_s, self.start_place, self.end_place)
        ):
            return  # what is wrong with it, ``admitted`` says
        depots = np.concatenate([self.start_place, self.end_place])
        depots = depots[(depots >= 0) & (depots < len(self.setup_s))]
        if self.setup_s[depots].any():  # nobody looks for the door of the own depot
            object.__setattr__(self, "setup_s", self.setup_s.copy())
            self.setup_s[depots] = 0

    @property
    def order_count(self) -> int:
        """Number of orders with a position (n)."""
        return len(self.order_keys)

    @property
    def vehicle_count(self) -> int:
        """Number of vehicles that can be planned (m)."""
        return len(self.vehicle_keys)

    @cached_property
    def admitted(self) -> Problem:
        """This problem without what cannot be planned (engine/admit_arrays.py); itself when all can.

        Raises ``admit_arrays.BadProblem`` when the arrays are no problem at all.
        """
        from lastmile_desktop.engine.admit_arrays import admit

        return admit(self)

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
    def travel_s(self) -> NDArray[np.int32]:
        """(p, p) driving time plus set-up time on arrival; ``duration_s`` itself where nothing has one."""
        if not self.setup_s.any():
            return self.duration_s
        table = self.duration_s + self.setup_s.astype(np.int32)[None, :]
        table[self.duration_s >= NO_WAY_S] = NO_WAY_S
        np.fill_diagonal(table, self.duration_s.diagonal())
        return table

    @cached_property
    def tidy_pairs(self) -> Ints:
        """(k, 2) pairs of orders, the smaller index first, of which one is among the other's nearest."""
        count, places = self.order_count, self.order_place
        width = min(_TIDY_NEAREST, count - 1)
        if width < 1:
            return np.zeros((0, 2), dtype=np.int64)
        pairs = np.empty((count, width, 2), dtype=np.int64)
        for order in range(count):
            metres = self.distance_m[places[order], places].astype(np.int64)
            metres[order] = NO_LIMIT
            pairs[order, :, 0], pairs[order, :, 1] = order, np.argsort(metres, kind="stable")[:width]
        both: Ints = np.unique(np.sort(pairs.reshape(-1, 2), axis=1), axis=0)
        return both

    @cached_property
    def has_preferences(self) -> bool:
        """True when some vehicle costs more than another for some order."""
        return bool(self.preference_cents.any())

    @cached_property
    def has_setup(self) -> bool:
        """True when some place takes time to park and find the door."""
        return bool(self.setup_s.any())

    @cached_property
    def clock(self) -> Clock:
        """How long drives take at each time of the day."""
        return Clock(self.traffic)

    @cached_property
    def is_soft(self) -> NDArray[np.bool_]:
        """(n,) True where an order's service may start after the end of a window."""
        late = [
            any(end != wanted for (_, end), wanted in zip(windows, due, strict=True))
            for windows, due in zip(self.windows, self.window_due, strict=True)
        ]
        return np.array(late, dtype=np.bool_)

    @cached_property
    def has_lateness(self) -> bool:
        """True when some window may be missed at a price."""
        return bool(self.late_cents_per_hour.any())

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

    Active vehicles whose depot has no position or whose values cannot be true (engine/admit.py) are listed in
    ``unusable``, such orders in ``set_aside``. Raises ``admit.BadTravel`` for tables of another size.
    """
    aside = _all_set_aside(day)
    orders = [order for order in day.orders if order.key not in aside]
    vehicles, unusable = _usable_vehicles(day)
    places: dict[Location, int] = {}
    order_place = [_place(places, day.doors[order.key].location) for order in orders]
    start_place = [_place(places, day.depot_by_key[v.start_depot].location) for v in vehicles]
    end_place = [
        -1 if v.end_depot is None else _place(places, day.depot_by_key[v.end_depot].location)
        for v in vehicles
    ]
    locations: tuple[Location | None, ...] = tuple(places)
    matrix = travel.matrix(tuple(places))
    duration_s, distance_m = admit_travel(matrix, len(places))
    if -1 in end_place:
        nowhere = len(locations)
        locations = (*locations, None)
        duration_s, distance_m = np.pad(duration_s, (0, 1)), np.pad(distance_m, (0, 1))
        end_place = [nowhere if place == -1 else place for place in end_place]
    prices, goals = search_prices(vehicles), day.settings.goals
    soft = [rules.soft_windows(order, goals.flexible_s) for order in orders]
    demand = rules.shipment_loads(orders, _table(order.load.as_tuple for order in orders))
    for_each_van = van_cents(day)
    return Problem(
        locations=locations,
        duration_s=duration_s,
        distance_m=distance_m,
        source=matrix.source,
        order_keys=tuple(order.key for order in orders),
        order_ids=tuple(order.id for order in orders),
        order_place=_ints(order_place),
        demand=demand,
        is_pickup=np.array([order.kind == OrderKind.PICKUP for order in orders], dtype=np.bool_),
        service_s=_ints(order.service_s for order in orders),
        windows=tuple(windows for windows, _, _ in soft),
        penalty_cents=penalties(orders, vehicles, duration_s, distance_m, for_each_van),
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
        allowed=rules.allowed_vehicles(orders, vehicles),
        set_aside=tuple(aside[order.key] for order in day.orders if order.key in aside),
        unusable=tuple(unusable),
        setup_s=setup_times(day, orders, {depot.location for depot in day.depots}, locations),
        window_due=tuple(due for _, due, _ in soft),
        late_cents_per_hour=_ints(price for _, _, price in soft),
        preference_cents=rules.preferences(orders, vehicles, day.settings.preference_cents),
        partner=rules.partners(orders),
        group=rules.groups(orders),
        position=rules.positions(orders),
        before=rules.precedences(orders),
        overtime_cents_per_hour=_ints(v.overtime_cents_per_hour for v in vehicles),
        max_trips=_ints(min(v.max_trips, MOST_TRIPS) for v in vehicles),
        reload_s=_ints(v.reload_s for v in vehicles),
        search_fixed_cents=_ints(v.fixed_cost_cents + for_each_van for v in vehicles),
        traffic=rules.traffic(day),
        even_by=goals.even_by,
        even_share=rules.even_shares(orders, demand, len(vehicles), goals.even_by),
        even_units=even_units(day, orders, vehicles, duration_s),
        tidy_units=tidy_units(day, vehicles, distance_m),
    )


def _all_set_aside(day: Day) -> dict[str, Unassigned]:
    """Order key -> why it cannot even be searched for."""
    aside = dict(order_faults(day))
    aside |= {order.key: why for order in day.orders if (why := _set_aside(order, day)) is not None}
    rest = [order for order in day.orders if order.key not in aside]
    for key, text in rules.broken_shipments(rest).items():
        aside[key] = Unassigned(key, UnassignedReason.DROPPED, text)
    return aside


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
        fault = vehicle_fault(vehicle, day.depot_by_key)
        if fault is not None:
            unusable.append((vehicle.name, fault))
        elif lost:
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
    return NO_LIMIT if value is None else min(value, NO_LIMIT)


def _breaks(vehicle: Vehicle) -> tuple[BreakRule, ...]:
    rules = [BreakRule(b.duration_s, b.earliest_s, b.latest_s) for b in vehicle.breaks]
    return tuple(sorted(rules, key=lambda rule: (rule.earliest_s, rule.latest_s)))


def _working_hours(day: Day, vehicles: Sequence[Vehicle]) -> dict[str, Ints]:
    """Range of departure and return: the shift with its overtime, narrowed by the depots' opening hours."""
    rows: list[tuple[int, int, int, int, int]] = []
    for vehicle in vehicles:
        start = day.depot_by_key[vehicle.start_depot]
        end = None if vehicle.end_depot is None else day.depot_by_key[vehicle.end_depot]
        closes_s = FAR_S if end is None or end.closes_s is None else end.closes_s
        rows.append(
            (
                max(vehicle.shift_start_s, start.opens_s or 0),
                min(vehicle.shift_end_s, FAR_S if start.closes_s is None else start.closes_s),
                0 if end is None or end.opens_s is None else end.opens_s,
                min(vehicle.shift_end_s + vehicle.overtime_s, closes_s),
                min(vehicle.shift_end_s, closes_s),
            )
        )
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    names = ("earliest_start_s", "latest_start_s", "earliest_end_s", "latest_end_s", "regular_end_s")
    return {name: table[:, column].copy() for column, name in enumerate(names)}
