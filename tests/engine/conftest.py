"""A town of blocks where every time can be worked out by hand: one block is 60 seconds and 1000 metres."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pytest

from lastmile_desktop.model import (
    Assignment,
    Day,
    Depot,
    Goals,
    Location,
    Order,
    OrderKind,
    RouteOrders,
    RoutePosition,
    TimeWindow,
    TravelMatrix,
    Vehicle,
)

HOUR = 3600


@dataclass(frozen=True)
class GridTravel:
    """Blocks walked along the streets; ``walls`` are pairs of places without a way."""

    walls: frozenset[tuple[Location, Location]] = field(default=frozenset())
    source: str = "straight-line"

    def matrix(self, locations):
        x = np.array([round(place.lon * 100) for place in locations])
        y = np.array([round(place.lat * 100) for place in locations])
        blocks = abs(x[:, None] - x[None, :]) + abs(y[:, None] - y[None, :])
        seconds = (blocks * 60).astype(np.int32)
        for i, a in enumerate(locations):
            for j, b in enumerate(locations):
                if (a, b) in self.walls:
                    seconds[i, j] = -1
        return TravelMatrix(tuple(locations), seconds, (blocks * 1000).astype(np.int32), self.source)

    def line(self, start, end):
        return (start, end)


class Town:
    """Builders of days with short names."""

    travel = GridTravel()

    @staticmethod
    def at(x, y=0):
        return Location(y / 100, x / 100)

    def order(self, key, x, y=0, windows=(), **more):
        spans = tuple(TimeWindow(start, end) for start, end in windows)
        settings = {"service_s": 300, "quantity_milli": 1000, **more}
        return Order(key, key.upper(), location=self.at(x, y), windows=spans, **settings)

    @staticmethod
    def van(key="van", **more):
        settings = {"start_depot": "d", "end_depot": "d", "shift_start_s": 8 * HOUR, "shift_end_s": 17 * HOUR}
        return Vehicle(key, key.capitalize(), **{**settings, **more})

    def day(self, orders, vehicles=None, depots=None):
        return Day(
            date(2026, 11, 23),
            tuple(orders),
            tuple(vehicles if vehicles is not None else [self.van()]),
            tuple(depots if depots is not None else [Depot("d", "Depot", self.at(0))]),
        )

    @staticmethod
    def plan(locked=(), **routes):
        return Assignment(
            tuple(RouteOrders(vehicle, tuple(keys.split())) for vehicle, keys in routes.items()),
            frozenset(locked),
        )


@pytest.fixture(scope="session")
def town():
    return Town()


class CompanyRules:
    """Adds rules about who goes with whom to a day, at random."""

    @staticmethod
    def added(day, seed):
        """The same day with shipments, groups, positions, sequences, bans, wishes and tidy areas."""
        random = np.random.default_rng(seed)
        orders = list(day.orders)
        names = [vehicle.name for vehicle in day.vehicles]
        mixed = [int(number) for number in random.permutation(len(orders))]
        for number in range(int(random.integers(0, 4))):
            if len(mixed) >= 2:
                a, b = mixed.pop(), mixed.pop()
                orders[a] = replace(orders[a], shipment=f"s{number}", kind=OrderKind.PICKUP)
                orders[b] = replace(orders[b], shipment=f"s{number}", kind=OrderKind.DELIVERY)
        for row, order in enumerate(orders):
            draw = random.random(6)
            more = {}
            if draw[0] < 0.3:
                more["same_van"] = str(random.choice(["red", "blue"]))
            if draw[1] < 0.25:
                more["position"] = RoutePosition.FIRST if draw[1] < 0.12 else RoutePosition.LAST
            if draw[2] < 0.25:
                more["after"] = frozenset({orders[int(random.integers(len(orders)))].key})
            if draw[3] < 0.1:
                more["only_vehicles"] = frozenset(random.choice(names, size=2).tolist())
            if draw[4] < 0.1:
                more["barred_vehicles"] = frozenset({str(random.choice(names))})
            if draw[5] < 0.3:
                more["preferred_driver"] = str(random.choice(names))
            orders[row] = replace(order, **more)
        goals = Goals(tidiness=int(random.choice([0, 50, 100])))
        return replace(
            day, orders=tuple(orders), settings=replace(day.settings, goals=goals, preference_cents=900)
        )


@pytest.fixture(scope="session")
def company():
    return CompanyRules()
