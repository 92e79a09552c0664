"""Tiny random days with every rule, and the price of their best plan, found by trying all of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, combinations_with_replacement, pairwise, permutations

import numpy as np
import pytest

from lastmile_desktop.engine.bounds.build import build
from lastmile_desktop.engine.problem import COST_UNITS_PER_CENT, build_problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import (
    Break,
    Capacity,
    DaySettings,
    Depot,
    Goals,
    OrderKind,
    RoutePosition,
    TrafficPeriod,
    TravelMatrix,
)

HOUR = 3600


class CrookedTravel:
    """The town's travel, each leg longer or shorter by chance: often longer than a way around."""

    source = "straight-line"

    def __init__(self, seed, town):
        self._seed, self._town = seed, town

    def matrix(self, locations):
        plain = self._town.travel.matrix(locations)
        random = np.random.default_rng(self._seed)
        size = plain.duration_s.shape
        seconds = plain.duration_s * random.integers(20, 200, size) // 100
        metres = plain.distance_m * random.integers(20, 200, size) // 100
        seconds[(random.random(size) < 0.05) & ~np.eye(len(locations), dtype=bool)] = -1
        return TravelMatrix(tuple(locations), seconds.astype(np.int32), metres.astype(np.int32), self.source)


class RuledDays:
    def __init__(self, town):
        self._town = town

    def draw(self, seed, most_orders=4):
        random = np.random.default_rng(seed)
        town, count = self._town, int(random.integers(1, most_orders + 1))
        orders = [self._order(random, number) for number in range(count)]
        if count > 1 and random.random() < 0.25:
            orders[0] = replace(orders[0], kind=OrderKind.PICKUP, shipment="s")
            orders[1] = replace(orders[1], kind=OrderKind.DELIVERY, shipment="s")
        if count > 2 and random.random() < 0.3:
            orders[1:3] = [replace(order, same_van="g") for order in orders[1:3]]
        vans = [self._van(random, number) for number in range(int(random.integers(1, 4)))]
        if random.random() < 0.5:
            vans = [replace(vans[0], key=v.key, name=v.name) for v in vans]
        depots = [Depot("d", "North", town.at(0)), Depot("e", "South", town.at(12))]
        settings = DaySettings(
            traffic=(TrafficPeriod(8 * HOUR, 10 * HOUR, int(random.choice([60, 150]))),)
            if random.random() < 0.3
            else (),
            goals=Goals(
                balance=int(random.integers(-100, 101)),
                tidiness=int(random.integers(0, 101)),
                flexible_s=int(random.choice([0, 1800])),
            )
            if random.random() < 0.3
            else Goals(),
        )
        day = replace(town.day(orders, vans, depots), settings=settings)
        travel = CrookedTravel(seed, town) if random.random() < 0.5 else town.travel
        return day, build_problem(day, travel)

    def _order(self, random, number):
        marks = sorted({int(mark) * 900 for mark in random.integers(28, 64, size=random.integers(0, 5))})
        return self._town.order(
            f"o{number}",
            int(random.integers(0, 14)),
            int(random.integers(0, 14)),
            windows=list(zip(marks[::2], marks[1::2], strict=False)),
            service_s=int(random.choice([0, 120, 900])),
            setup_s=int(random.choice([0, 0, 240])),
            quantity_milli=int(random.integers(0, 4000)),
            weight_g=int(random.integers(0, 9000)) if random.random() < 0.4 else None,
            skills=frozenset({"lift"}) if random.random() < 0.15 else frozenset(),
            kind=OrderKind.PICKUP if random.random() < 0.3 else OrderKind.DELIVERY,
            skip_price_cents=int(random.choice([100, 900, 3000])) if random.random() < 0.3 else None,
            late_cents_per_hour=600 if random.random() < 0.2 else None,
            preferred_driver="v0" if random.random() < 0.2 else "",
            barred_vehicles=frozenset({"v1"}) if random.random() < 0.15 else frozenset(),
            position=RoutePosition.FIRST if random.random() < 0.1 else RoutePosition.ANY,
        )

    def _van(self, random, number):
        begin = int(random.integers(7, 10)) * HOUR

        def maybe(chance, value):
            return value if random.random() < chance else None

        return self._town.van(
            f"v{number}",
            start_depot=str(random.choice(["d", "e"])),
            end_depot=[None, "d", "e"][int(random.integers(3))],
            shift_start_s=begin,
            shift_end_s=begin + int(random.integers(1, 10)) * HOUR,
            overtime_s=int(random.choice([0, HOUR])),
            overtime_cents_per_hour=900,
            breaks=(Break(1800, 12 * HOUR, 13 * HOUR),) if random.random() < 0.3 else (),
            capacity=Capacity(maybe(0.6, int(random.integers(0, 9000))), maybe(0.3, 12_000)),
            skills=frozenset({"lift"}) if random.random() < 0.5 else frozenset(),
            max_stops=maybe(0.2, int(random.integers(1, 4))),
            max_distance_m=maybe(0.2, int(random.integers(5_000, 80_000))),
            max_duration_s=maybe(0.2, int(random.integers(1, 5)) * HOUR),
            max_trips=int(random.choice([1, 1, 3])),
            reload_s=int(random.choice([0, 600])),
            fixed_cost_cents=int(random.choice([0, 2000])),
            cost_per_km_cents=int(random.choice([0, 45])),
            cost_per_hour_cents=int(random.choice([0, 2700])),
        )


def cheapest(problem):
    """Units of the best plan route by route: what even and tidy plans cost on top is left out, and so are
    rules between routes, so it is never above the price of a real plan."""
    scorer, everything = Scorer(problem), range(problem.order_count)
    best = {frozenset(): 0}
    for vehicle in range(problem.vehicle_count):
        routes = {frozenset(): 0}
        for size in range(1, problem.order_count + 1):
            for chosen in combinations(everything, size):
                for sequence in permutations(chosen):
                    broken, units = scorer.route(vehicle, sequence)
                    if not broken:
                        key = frozenset(chosen)
                        routes[key] = min(units, routes.get(key, units))
        together = {}
        for had, paid in best.items():
            for more, units in routes.items():
                if not had & more:
                    key = had | more
                    together[key] = min(paid + units, together.get(key, paid + units))
        best = together
    out = {o: int(problem.penalty_cents[o]) * COST_UNITS_PER_CENT for o in everything}
    return min(units + sum(out[o] for o in everything if o not in key) for key, units in best.items())


def best_of_all(problem):
    """Units of the best plan of all: every plan there is, by the full score."""
    scorer, vehicles = Scorer(problem), problem.vehicle_count
    best = None
    for size in range(problem.order_count + 1):
        for sequence in permutations(range(problem.order_count), size):
            for cuts in combinations_with_replacement(range(size + 1), max(0, vehicles - 1)):
                marks = [0, *cuts, size]
                plan = [list(sequence[a:b]) for a, b in pairwise(marks)][:vehicles]
                if sum(map(len, plan)) == size:
                    score = scorer.score(plan)
                    if not score.broken and (best is None or score.units < best):
                        best = score.units
    return best


@pytest.fixture(scope="session")
def ruled(town):
    build()
    return RuledDays(town)


@pytest.fixture(scope="session")
def best_price():
    return cheapest


@pytest.fixture(scope="session")
def real_best():
    return best_of_all
