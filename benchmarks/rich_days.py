"""Made-up working days like those of real firms, with every rule of the model; one seed, one day.

A bakery's vans are out before the shops open and come back for a second load, furniture takes two men and an
hour, groceries have one-hour windows and two temperatures, a pharmacy takes returns back and carries between
houses, a parcel firm has many small stops and several depots.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

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
    Vehicle,
)

_HOUR = 3600
_KM_PER_DEGREE = 111.32
#: The middle of the made-up town; nothing else is taken from any map.
_TOWN = (51.05, 3.72)
_RUSH = (TrafficPeriod(7 * _HOUR, 9 * _HOUR, 140), TrafficPeriod(16 * _HOUR, 18 * _HOUR, 130))


@dataclass
class _Town:
    """Where customers live: villages of different size around the depots, and some farms between them."""

    draw: random.Random
    radius_km: float

    def __post_init__(self) -> None:
        self._villages = [
            (self._around(0, 0, self.radius_km / 2), self.draw.uniform(0.3, 2.0)) for _ in range(7)
        ]

    def _around(self, x: float, y: float, spread: float) -> tuple[float, float]:
        return self.draw.gauss(x, spread), self.draw.gauss(y, spread)

    def home(self) -> Location:
        """Somebody's door."""
        if self.draw.random() < 0.15:
            return at_km(*self._around(0, 0, self.radius_km / 2))
        (x, y), spread = self.draw.choice(self._villages)
        return at_km(*self._around(x, y, spread))


def at_km(east: float, north: float) -> Location:
    """A place so many kilometres from the middle of the town."""
    lat = _TOWN[0] + north / _KM_PER_DEGREE
    lon = _TOWN[1] + east / (_KM_PER_DEGREE * math.cos(math.radians(_TOWN[0])))
    return Location(round(lat, 5), round(lon, 5))


def _window(start_h: float, end_h: float) -> TimeWindow:
    return TimeWindow(round(start_h * _HOUR), round(end_h * _HOUR))


def _lunch() -> tuple[Break, ...]:
    return (Break(1800, 11 * _HOUR + 1800, 13 * _HOUR + 1800),)


def _day(orders: list[Order], vehicles: list[Vehicle], depots: list[Depot], **settings: Any) -> Day:
    return Day(
        date(2026, 11, 23),
        tuple(orders),
        tuple(vehicles),
        tuple(depots),
        DaySettings(**settings),
        "made up",
    )


def bakery(count: int, seed: int) -> Day:
    """Shops and homes before the morning is over; crates go back; vans load twice; some have their driver."""
    draw = random.Random(seed)
    town = _Town(draw, 12)
    orders: list[Order] = []
    for number in range(count):
        shop = draw.random() < 0.4
        start = draw.choice([5.0, 5.5, 6.0]) if shop else draw.choice([6.0, 6.5, 7.0])
        order = Order(
            f"b{number}",
            f"B-{number}",
            location=town.home(),
            windows=(_window(start, start + (1.5 if shop else 2.5)),),
            quantity_milli=1000 * draw.randint(4, 14) if shop else 1000 * draw.randint(1, 3),
            service_s=420 if shop else 120,
            setup_s=120 if shop else 60,
            priority=Priority.HIGH if shop else Priority.NORMAL,
            preferred_driver="Anna" if draw.random() < 0.1 else "",
            late_cents_per_hour=None if shop else 1500,
            max_late_s=None if shop else 1800,
        )
        if draw.random() < 0.15:
            order = replace(
                order, kind=OrderKind.PICKUP, position=RoutePosition.ANY, windows=(_window(6, 11),)
            )
        orders.append(order)
    vans = max(4, round(count / 16))
    vehicles = [
        Vehicle(
            f"v{i}",
            f"Van {i}",
            driver=("Anna", "Bert", "Chris", "Dora")[i] if i < 4 else "",
            capacity=Capacity(quantity_milli=60_000),
            start_depot="bakery",
            end_depot="bakery",
            shift_start_s=4 * _HOUR,
            shift_end_s=11 * _HOUR,
            cost_per_km_cents=30,
            cost_per_hour_cents=2600,
            fixed_cost_cents=1500,
            max_trips=2,
            reload_s=900,
            overtime_s=_HOUR,
            overtime_cents_per_hour=1300,
        )
        for i in range(vans)
    ]
    return _day(
        orders, vehicles, [Depot("bakery", "Bakery", at_km(0.5, 0.2), opens_s=4 * _HOUR)], traffic=_RUSH
    )


def furniture(count: int, seed: int) -> Day:
    """Two men for heavy pieces, long visits, half-day windows, old pieces taken away, sets kept together."""
    draw = random.Random(seed)
    town = _Town(draw, 25)
    orders: list[Order] = []
    for number in range(count):
        heavy = draw.random() < 0.6
        order = Order(
            f"f{number}",
            f"F-{number}",
            location=town.home(),
            windows=(draw.choice([_window(8, 12), _window(12, 17), _window(9, 15), _window(10, 13)]),),
            quantity_milli=1000,
            weight_g=1000 * (draw.randint(60, 180) if heavy else draw.randint(5, 40)),
            volume_cm3=1000 * (draw.randint(700, 2500) if heavy else draw.randint(60, 500)),
            service_s=60 * (draw.randint(25, 60) if heavy else draw.randint(10, 20)),
            setup_s=300,
            skills=frozenset({"two men"}) if heavy else frozenset(),
            priority=draw.choice([Priority.NORMAL, Priority.NORMAL, Priority.HIGH, Priority.LOW]),
        )
        if number and draw.random() < 0.12:
            before = orders[-1]
            back = OrderKind.PICKUP if before.kind is OrderKind.DELIVERY else OrderKind.DELIVERY
            order = replace(order, kind=back, location=before.location, after=frozenset({before.key}))
            order = replace(order, windows=before.windows, skills=before.skills)
        elif number and draw.random() < 0.08:
            name = f"set {number}"
            orders[-1], order = replace(orders[-1], same_van=name), replace(order, same_van=name)
        orders.append(order)
    vehicles = []
    for i in range(max(3, round(count / 6))):
        pair = i % 3 != 2
        vehicles.append(
            Vehicle(
                f"v{i}",
                f"Truck {i}" if pair else f"Van {i}",
                capacity=Capacity(
                    weight_g=1_400_000 if pair else 700_000, volume_cm3=22_000_000 if pair else 9_000_000
                ),
                start_depot="store",
                end_depot="store",
                shift_start_s=7 * _HOUR,
                shift_end_s=17 * _HOUR,
                breaks=_lunch(),
                skills=frozenset({"two men"}) if pair else frozenset(),
                fixed_cost_cents=9000 if pair else 5000,
                cost_per_km_cents=55 if pair else 35,
                cost_per_hour_cents=6400 if pair else 3200,
                max_duration_s=10 * _HOUR,
                overtime_s=_HOUR,
                overtime_cents_per_hour=3000,
            )
        )
    return _day(orders, vehicles, [Depot("store", "Store", at_km(3, -2))])


def grocer(count: int, seed: int) -> Day:
    """One-hour windows all day, cold and ambient goods, electric vans and bikes, optional extras."""
    draw = random.Random(seed)
    town = _Town(draw, 8)
    orders: list[Order] = []
    for number in range(count):
        start = draw.choice([9, 10, 11, 14, 15, 16, 17, 18, 19])
        cold = draw.random() < 0.5
        second = draw.random() < 0.1
        orders.append(
            Order(
                f"g{number}",
                f"G-{number}",
                location=town.home(),
                windows=(_window(start, start + 1), *((_window(20, 21),) if second and start < 18 else ())),
                quantity_milli=1000 * draw.randint(1, 5),
                weight_g=1000 * draw.randint(4, 35),
                volume_cm3=1000 * draw.randint(15, 120),
                service_s=60 * draw.randint(3, 7),
                setup_s=60,
                skills=frozenset({"cold"}) if cold else frozenset(),
                skip_price_cents=1500 if draw.random() < 0.03 else None,
                late_cents_per_hour=3000 if draw.random() < 0.3 else None,
                max_late_s=900,
                barred_vehicles=frozenset({"Bike 0"}) if draw.random() < 0.03 else frozenset(),
            )
        )
    vehicles = []
    for i in range(max(4, round(count / 11))):
        bike, early = i % 5 == 4, i % 2 == 0
        vehicles.append(
            Vehicle(
                f"v{i}",
                f"Bike {i // 5}" if bike else f"Van {i}",
                capacity=Capacity(20_000, 120_000, 500_000) if bike else Capacity(80_000, 700_000, 3_000_000),
                start_depot="market",
                end_depot="market",
                shift_start_s=(8 if early else 13) * _HOUR,
                shift_end_s=(17 if early else 22) * _HOUR,
                breaks=(Break(1800, (12 if early else 17) * _HOUR, (14 if early else 19) * _HOUR),),
                skills=frozenset() if bike else frozenset({"cold"}),
                fixed_cost_cents=500 if bike else 3000,
                cost_per_km_cents=5 if bike else 22,
                cost_per_hour_cents=2000 if bike else 2400,
                max_distance_m=60_000 if bike else 180_000,
                max_trips=3 if bike else 2,
                reload_s=900,
            )
        )
    return _day(orders, vehicles, [Depot("market", "Market", at_km(-1, 1))], traffic=_RUSH)


def pharmacy(count: int, seed: int) -> Day:
    """Deliveries and returns, carriage between houses, two branches, urgent orders first."""
    draw = random.Random(seed)
    town = _Town(draw, 18)
    houses = [town.home() for _ in range(6)]
    orders: list[Order] = []
    while len(orders) < count:
        number = len(orders)
        kind = draw.random()
        order = Order(
            f"p{number}",
            f"P-{number}",
            location=town.home(),
            windows=(draw.choice([_window(8, 10), _window(8, 13), _window(13, 18), _window(9, 18)]),),
            quantity_milli=1000 * draw.randint(1, 6),
            service_s=60 * draw.randint(2, 6),
            setup_s=90,
            priority=Priority.HIGH if draw.random() < 0.15 else Priority.NORMAL,
        )
        if kind < 0.15:
            orders.append(replace(order, kind=OrderKind.PICKUP, windows=(_window(9, 18),)))
        elif kind < 0.30 and number + 1 < count:
            name, start = f"carriage {number}", draw.randint(8, 14)
            windows = (_window(start, start + 2),), (_window(start, start + 4),)
            common: dict[str, Any] = {"shipment": name, "quantity_milli": 2000}
            collect = replace(
                order, kind=OrderKind.PICKUP, location=draw.choice(houses), windows=windows[0], **common
            )
            orders.append(collect)
            bring = replace(order, key=f"p{number + 1}", id=f"P-{number + 1}", windows=windows[1], **common)
            orders.append(bring)
        elif kind < 0.4:
            orders.append(replace(order, position=RoutePosition.FIRST, windows=(_window(8, 18),)))
        else:
            orders.append(order)
    vehicles = [
        Vehicle(
            f"v{i}",
            f"Car {i}",
            driver=f"Driver {i}",
            capacity=Capacity(quantity_milli=50_000),
            start_depot=("north", "south")[i % 2],
            end_depot=("north", "south")[i % 2],
            shift_start_s=7 * _HOUR + 1800,
            shift_end_s=18 * _HOUR,
            breaks=_lunch(),
            cost_per_km_cents=32,
            cost_per_hour_cents=2500,
            fixed_cost_cents=2000,
            max_duration_s=9 * _HOUR,
        )
        for i in range(max(3, round(count / 13)))
    ]
    depots = [Depot("north", "Branch north", at_km(2, 6)), Depot("south", "Branch south", at_km(-3, -5))]
    return _day(orders, vehicles, depots, traffic=_RUSH)


def parcels(count: int, seed: int) -> Day:
    """Many small stops, few windows, three depots, a mixed fleet that ends its day at the last door."""
    draw = random.Random(seed)
    town = _Town(draw, 30)
    orders = [
        Order(
            f"q{number}",
            f"Q-{number}",
            location=town.home(),
            windows=(draw.choice([_window(8, 12), _window(13, 18)]),) if draw.random() < 0.2 else (),
            quantity_milli=1000 * draw.randint(1, 4),
            weight_g=draw.randint(300, 25_000),
            volume_cm3=draw.randint(1000, 180_000),
            service_s=draw.randint(60, 200),
            setup_s=45,
            kind=OrderKind.PICKUP if draw.random() < 0.1 else OrderKind.DELIVERY,
        )
        for number in range(count)
    ]
    depots = [
        Depot("a", "Hub east", at_km(12, 3)),
        Depot("b", "Hub west", at_km(-11, -4)),
        Depot("c", "Hub south", at_km(1, -13)),
    ]
    vehicles = []
    for i in range(max(4, round(count / 45))):
        large, hub = i % 3 == 0, "abc"[i % 3]
        vehicles.append(
            Vehicle(
                f"v{i}",
                f"Van {i}",
                capacity=Capacity(220_000, 1_400_000, 16_000_000)
                if large
                else Capacity(140_000, 800_000, 8_000_000),
                start_depot=hub,
                end_depot=None if i % 4 == 3 else hub,
                shift_start_s=7 * _HOUR,
                shift_end_s=18 * _HOUR,
                breaks=_lunch(),
                fixed_cost_cents=6000 if large else 4000,
                cost_per_km_cents=42 if large else 30,
                cost_per_hour_cents=2700,
                max_stops=130,
                max_duration_s=10 * _HOUR,
            )
        )
    return _day(orders, vehicles, depots, goals=Goals())


Maker = Callable[[int, int], Day]
#: Name -> (maker, orders, seed): the set that ``benchmarks.rich`` runs.
DAYS: dict[str, tuple[Maker, int, int]] = {
    "bakery-60": (bakery, 60, 11),
    "furniture-50": (furniture, 50, 12),
    "pharmacy-120": (pharmacy, 120, 13),
    "grocer-200": (grocer, 200, 14),
    "bakery-250": (bakery, 250, 15),
    "parcels-500": (parcels, 500, 16),
}
#: Rules that came with the second version of the engine, with what leaves everything as it is.
_NEW_ORDER_RULES: dict[str, Any] = {
    "setup_s": 0,
    "late_cents_per_hour": None,
    "max_late_s": None,
    "only_vehicles": frozenset(),
    "barred_vehicles": frozenset(),
    "preferred_driver": "",
    "shipment": "",
    "same_van": "",
    "position": RoutePosition.ANY,
    "after": frozenset(),
}
_NEW_VEHICLE_RULES: dict[str, Any] = {
    "overtime_s": 0,
    "overtime_cents_per_hour": 0,
    "max_trips": 1,
    "reload_s": 0,
}


def make_day(name: str, *, all_rules: bool = True) -> Day:
    """A day of the set. Without ``all_rules`` only with windows, loads, skills, breaks, limits and prices."""
    maker, count, seed = DAYS[name]
    day = maker(count, seed)
    if all_rules:
        return day
    orders = [replace(order, **_NEW_ORDER_RULES) for order in day.orders]
    vehicles = [replace(vehicle, **_NEW_VEHICLE_RULES) for vehicle in day.vehicles]
    settings = replace(day.settings, traffic=(), goals=Goals())
    return replace(day, orders=tuple(orders), vehicles=tuple(vehicles), settings=settings)
