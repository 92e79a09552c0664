"""Small random days with many rules at once, for comparing searches, models and the evaluator."""

from __future__ import annotations

import numpy as np
import pytest

from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.model import Break, Capacity, OrderKind

HOUR = 3600


@pytest.fixture(scope="session")
def random_problem(town):
    """Makes a problem of a seed, a number of orders and a number of vehicles."""

    def make(seed, orders, vehicles, **shares):
        return _RandomDay(town, seed, **shares).problem(orders, vehicles)

    return make


class _RandomDay:
    """Orders in a town of 40 by 40 blocks; the shares say how many of them have what."""

    def __init__(self, town, seed, *, windows=0.6, second_window=0.0, breaks=0.4, pickups=0.2):
        self._town = town
        self._random = np.random.default_rng(seed)
        self._windows, self._second, self._breaks, self._pickups = windows, second_window, breaks, pickups

    def problem(self, orders, vehicles):
        day = self._town.day([self._order(n) for n in range(orders)], [self._van(n) for n in range(vehicles)])
        return build_problem(day, self._town.travel)

    def _chance(self, share):
        return self._random.random() < share

    def _between(self, low, high):
        return int(self._random.integers(low, high))

    def _spans(self):
        if not self._chance(self._windows):
            return ()
        start = self._between(8 * 60, 15 * 60) * 60
        first = (start, start + self._between(30, 180) * 60)
        return (first, (first[1] + HOUR, first[1] + 2 * HOUR)) if self._chance(self._second) else (first,)

    def _order(self, number):
        return self._town.order(
            f"o{number}",
            self._between(-20, 20),
            self._between(-20, 20),
            self._spans(),
            quantity_milli=self._between(1, 5) * 1000,
            kind=OrderKind.PICKUP if self._chance(self._pickups) else OrderKind.DELIVERY,
            skip_price_cents=self._between(500, 5000) if self._chance(0.2) else None,
            skills=frozenset({"lift"}) if self._chance(0.1) else frozenset(),
        )

    def _van(self, number):
        return self._town.van(
            f"v{number}",
            capacity=Capacity(quantity_milli=self._between(8, 16) * 1000),
            fixed_cost_cents=self._between(0, 3000) if self._chance(0.5) else 0,
            breaks=(Break(1800, 12 * HOUR, 13 * HOUR),) if self._chance(self._breaks) else (),
            cost_per_km_cents=30,
            cost_per_hour_cents=2000,
            skills=frozenset({"lift"}) if number == 0 else frozenset(),
            max_stops=self._between(2, 8) if self._chance(0.2) else None,
            max_duration_s=self._between(4, 8) * HOUR if self._chance(0.2) else None,
        )
