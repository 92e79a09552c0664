"""Random days and problems in which some values cannot be true; each seed gives the same one again."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from lastmile_desktop.engine.problem import BreakRule, build_problem
from lastmile_desktop.model import (
    Break,
    Capacity,
    Day,
    DaySettings,
    Depot,
    Goals,
    Location,
    Order,
    OrderKind,
    Priority,
    RoutePosition,
    TimeWindow,
    TrafficPeriod,
    TravelMatrix,
    Vehicle,
)

HOUR = 3600
TODAY = date(2026, 11, 23)
#: Numbers that were seen in sheets, or that a sum or a cast could trip over.
ODD = (
    -1, 0, 1, -(2**31), 2**31 - 1, 2**31, 2**32 + 5, -(2**63), 2**63 - 1, 2**63, 2**100, 10**9, 10**12, 2**50,
    math.nan, math.inf, -math.inf, 1.5, None,
)  # fmt: skip
ORDER_FIELDS = (
    "quantity_milli", "weight_g", "volume_cm3", "service_s", "setup_s", "skip_price_cents",
    "late_cents_per_hour", "max_late_s",
)  # fmt: skip
VEHICLE_FIELDS = (
    "shift_start_s", "shift_end_s", "fixed_cost_cents", "cost_per_km_cents", "cost_per_hour_cents",
    "max_stops", "max_distance_m", "max_duration_s", "overtime_s", "overtime_cents_per_hour", "max_trips",
    "reload_s",
)  # fmt: skip


@dataclass(frozen=True)
class OddTravel:
    """A town of blocks in which some legs, chosen by their two places, have times or lengths of any kind."""

    seed: int
    share: float
    source: str = "straight-line"

    def matrix(self, locations):
        x = np.array([place.lon * 100 for place in locations])
        y = np.array([place.lat * 100 for place in locations])
        blocks = np.rint(abs(x[:, None] - x[None, :]) + abs(y[:, None] - y[None, :]))
        seconds, metres = blocks * 60, blocks * 1000
        if self.share:
            for i, a in enumerate(locations):
                for j, b in enumerate(locations):
                    self._spoil(seconds, metres, (i, j), (a.lat, a.lon, b.lat, b.lon))
            return TravelMatrix(tuple(locations), seconds, metres, self.source)
        return TravelMatrix(tuple(locations), seconds.astype(np.int32), metres.astype(np.int32), self.source)

    def _spoil(self, seconds, metres, cell, places):
        mark = [abs(round(value * 1000)) for value in places]
        random = np.random.default_rng([self.seed, *mark])
        if cell[0] != cell[1] and random.random() < self.share:
            odd = (math.nan, math.inf, -5.0, 3e9, 1e300)[int(random.integers(5))]
            (seconds if random.random() < 0.6 else metres)[cell] = odd

    def line(self, start, end):
        return (start, end)


def malformed_day(seed):
    """(day, travel): mostly valid, with up to four values that are not; some days are wholly valid."""
    random = np.random.default_rng([seed, 1])
    day = _valid_day(random)
    travel = OddTravel(seed, float(random.choice([0, 0, 0.05, 0.5])))
    for _ in range(int(random.integers(0, 5))):
        day = _spoiled(random, day)
    return day, travel


def malformed_problem(seed):
    """A problem of a valid day in which some entries of its arrays are replaced by anything of their type."""
    random = np.random.default_rng([seed, 2])
    problem = build_problem(_valid_day(random), OddTravel(seed, 0))
    arrays = [name for name, value in vars(problem).items() if isinstance(value, np.ndarray) and value.size]
    for _ in range(int(random.integers(1, 4))):
        name = str(random.choice(sorted(arrays)))
        values = getattr(problem, name).copy()
        if random.random() < 0.06:
            problem = replace(problem, **{name: _reshaped(random, values)})
            break
        cell = tuple(int(random.integers(size)) for size in values.shape)
        values[cell] = _odd_entry(random, values.dtype)
        problem = replace(problem, **{name: values})
    if random.random() < 0.2:
        problem = _with_odd_tuples(random, problem)
    return problem


def _odd_entry(random, dtype):
    if dtype == np.bool_:
        return bool(random.integers(2))
    if dtype.kind == "f":
        return math.nan
    largest = np.iinfo(dtype)
    choices = (-1, -2, largest.min, largest.max, largest.max // 2, 99, 10**7, 0)
    return choices[int(random.integers(len(choices)))]


def _reshaped(random, values):
    return (values[:-1], values.astype(np.float64), values[..., None], values.reshape(-1)[:0])[
        int(random.integers(4))
    ]


def _with_odd_tuples(random, problem):
    count, vehicles = problem.order_count, problem.vehicle_count
    odd_windows = ((), ((5, 1),), ((0, 2**62),), ((0, 9), (3, 7)), ((-(2**62), 0),))
    windows = list(problem.windows)
    due = list(problem.window_due)
    at = int(random.integers(count))
    windows[at] = odd_windows[int(random.integers(len(odd_windows)))]
    due[at] = tuple(end for _, end in windows[at])
    breaks = list(problem.breaks)
    odd_breaks = (BreakRule(-5, 0, 9), BreakRule(60, 9, 1), BreakRule(2**62, 0, 9), BreakRule(60, 0, 2**62))
    breaks[int(random.integers(vehicles))] = (odd_breaks[int(random.integers(4))],)
    changes = (
        {"windows": tuple(windows), "window_due": tuple(due)},
        {"breaks": tuple(breaks)},
        {"breaks": tuple(breaks[:-1])},
        {"before": ((0, count),)},
        {"before": ((0, 0),)},
        {"order_keys": (problem.order_keys[0],) * count},
        {"traffic": ((0, 0),)},
        {"traffic": ((50, 100), (20, 90))},
        {"even_units": 2**70},
    )
    return replace(problem, **changes[int(random.integers(len(changes)))])


def _spoiled(random, day):
    """The day with one value more that cannot be true; as it was where the model itself refuses it."""
    kind = int(random.integers(6))
    try:
        if kind <= 1 and day.orders:
            return _with_odd_order(random, day)
        if kind == 2 and day.vehicles:
            return _with_odd_vehicle(random, day)
        if kind == 3 and random.random() < 0.3:
            return _with_less(random, day)
        if kind == 4 and day.depots:
            at = int(random.integers(len(day.depots)))
            hours = {str(random.choice(["opens_s", "closes_s"])): _odd(random)}
            place = {"location": _place(random, anywhere=True)}
            return _changed(day, "depots", at, hours if random.random() < 0.7 else place)
        percent = (0, -5, 10, 1000, 10**9)[int(random.integers(5))]
        return replace(day, settings=replace(day.settings, drive_time_percent=percent))
    except (ValueError, TypeError):
        return day


def _with_odd_order(random, day):
    at = int(random.integers(len(day.orders)))
    if random.random() < 0.7:
        return _changed(day, "orders", at, {str(random.choice(ORDER_FIELDS)): _odd(random)})
    changes = (
        {"location": None},
        {"location": _place(random, anywhere=True)},
        {"location": Location(math.nan, 0) if random.random() < 0.5 else day.orders[0].location},
        {"windows": (TimeWindow(_odd(random), _odd(random)),)},
        {"delivery_date": TODAY + timedelta(days=1)},
        {"id": day.orders[0].id},
        {"id": ""},
        {"shipment": "s"},
        {"same_van": "x"},
        {"only_vehicles": frozenset({"nobody"})},
        {"after": frozenset({day.orders[at].key, "unknown"})},
        {"position": RoutePosition.FIRST, "after": frozenset({order.key for order in day.orders})},
    )
    return _changed(day, "orders", at, changes[int(random.integers(len(changes)))])


def _with_odd_vehicle(random, day):
    at = int(random.integers(len(day.vehicles)))
    if random.random() < 0.7:
        return _changed(day, "vehicles", at, {str(random.choice(VEHICLE_FIELDS)): _odd(random)})
    changes = (
        {"capacity": Capacity(_odd(random), _odd(random), _odd(random))},
        {"breaks": (Break(_odd(random), 10 * HOUR, 12 * HOUR),)},
        {"breaks": (Break(1800, _odd(random), _odd(random)),)},
        {"breaks": tuple(Break(60, HOUR * (8 + n), HOUR * (9 + n)) for n in range(12))},
        {"active": False},
        {"end_depot": None},
        {"name": day.vehicles[0].name},
        {"shift_end_s": day.vehicles[at].shift_start_s},
    )
    return _changed(day, "vehicles", at, changes[int(random.integers(len(changes)))])


def _with_less(random, day):
    """Without vehicles, depots with a place, or orders; or with a key twice, which the model refuses."""
    choices = (
        {"vehicles": ()},
        {"orders": ()},
        {"orders": (*day.orders, *day.orders[:1])},
        {"depots": tuple(replace(depot, location=None) for depot in day.depots)},
        {"vehicles": tuple(replace(vehicle, active=False) for vehicle in day.vehicles)},
    )
    return replace(day, **choices[int(random.integers(len(choices)))])


def _changed(day, what, at, values):
    items = list(getattr(day, what))
    items[at] = replace(items[at], **values)
    return replace(day, **{what: tuple(items)})


def _odd(random):
    return ODD[int(random.integers(len(ODD)))]


def _place(random, *, anywhere=False):
    if anywhere:
        return Location(float(random.choice([-90, 90, 0])), float(random.choice([-180, 180, 0])))
    return Location(int(random.integers(0, 40)) / 100, int(random.integers(0, 40)) / 100)


def _valid_day(random):
    depots = [Depot("d", "North", Location(0, 0)), Depot("e", "South", Location(0.2, 0.1))]
    orders = [_order(random, number) for number in range(int(random.integers(1, 10)))]
    if len(orders) > 2 and random.random() < 0.2:
        orders[0] = replace(orders[0], shipment="s", kind=OrderKind.PICKUP)
        orders[1] = replace(orders[1], shipment="s", kind=OrderKind.DELIVERY)
    vans = [_van(random, number) for number in range(int(random.integers(1, 4)))]
    settings = DaySettings()
    if random.random() < 0.2:
        goals = Goals(int(random.integers(-100, 101)), tidiness=int(random.integers(0, 101)))
        settings = DaySettings(traffic=(TrafficPeriod(7 * HOUR, 9 * HOUR, 150),), goals=goals)
    return Day(TODAY, tuple(orders), tuple(vans), tuple(depots), settings)


def _order(random, number):
    marks = sorted({int(mark) * 900 for mark in random.integers(24, 72, size=random.integers(0, 5))})
    windows = tuple(TimeWindow(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False))
    return Order(
        f"o{number}",
        f"B-{number}",
        location=_place(random),
        windows=windows,
        service_s=int(random.choice([0, 120, 900])),
        quantity_milli=int(random.integers(0, 5000)),
        weight_g=None if random.random() < 0.5 else int(random.integers(0, 12_000)),
        skills=frozenset({"lift"}) if random.random() < 0.2 else frozenset(),
        kind=OrderKind.PICKUP if random.random() < 0.2 else OrderKind.DELIVERY,
        priority=list(Priority)[int(random.integers(3))],
        skip_price_cents=500 if random.random() < 0.2 else None,
        setup_s=60 if random.random() < 0.2 else 0,
        late_cents_per_hour=600 if random.random() < 0.1 else None,
        same_van="g" if random.random() < 0.1 else "",
    )


def _van(random, number):
    begin = int(random.integers(6, 10)) * HOUR
    return Vehicle(
        f"v{number}",
        f"Van {number}",
        start_depot=str(random.choice(["d", "e"])),
        end_depot=[None, "d", "e"][int(random.integers(3))],
        shift_start_s=begin,
        shift_end_s=begin + int(random.integers(2, 11)) * HOUR,
        breaks=(Break(1800, begin + HOUR, begin + 2 * HOUR),) if random.random() < 0.3 else (),
        capacity=Capacity(int(random.integers(0, 30_000)) if random.random() < 0.5 else None),
        skills=frozenset({"lift"}) if random.random() < 0.5 else frozenset(),
        max_stops=int(random.integers(0, 7)) if random.random() < 0.3 else None,
        max_distance_m=int(random.integers(0, 300_000)) if random.random() < 0.3 else None,
        max_duration_s=int(random.integers(1, 7)) * HOUR if random.random() < 0.3 else None,
        cost_per_km_cents=int(random.choice([0, 45])),
        cost_per_hour_cents=int(random.choice([0, 2700])),
        max_trips=2 if random.random() < 0.1 else 1,
        overtime_s=1800 if random.random() < 0.1 else 0,
    )
