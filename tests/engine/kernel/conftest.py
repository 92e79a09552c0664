"""Random small days with every rule, and the compiled kernel."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lastmile_desktop.engine.kernel.build import build
from lastmile_desktop.engine.problem import FAR_S, NO_LIMIT, build_problem
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import Break, Capacity, Depot, OrderKind, Priority, TravelMatrix

HOUR = 3600


class CrookedTravel:
    """Blocks of the town, but each leg is longer or shorter by chance: not the same both ways, and sometimes
    longer than a way around."""

    source = "straight-line"

    def __init__(self, seed, town):
        self._seed, self._town = seed, town

    def matrix(self, locations):
        plain = self._town.travel.matrix(locations)
        seconds, metres = plain.duration_s.copy(), plain.distance_m.copy()
        for i, a in enumerate(locations):
            for j, b in enumerate(locations):
                if i != j:
                    # By place and not by number: the checker asks for other lists of places.
                    mark = (round(a.lat * 100), round(a.lon * 100), round(b.lat * 100), round(b.lon * 100))
                    random = np.random.default_rng([self._seed, *mark])
                    seconds[i, j] = seconds[i, j] * random.integers(50, 200) // 100
                    metres[i, j] = metres[i, j] * random.integers(50, 200) // 100
                    if random.random() < 0.02:
                        seconds[i, j] = -1
        return TravelMatrix(tuple(locations), seconds, metres, self.source)


class RichDays:
    """Draws days: ``draw(seed)`` is (day, travel, problem)."""

    def __init__(self, town):
        self._town = town

    def draw(self, seed, most_orders=12):
        random = np.random.default_rng(seed)
        town = self._town
        orders = [self._order(random, number) for number in range(int(random.integers(1, most_orders + 1)))]
        depots = [
            Depot("d", "North", town.at(0), opens_s=self._maybe(random, 7 * HOUR)),
            Depot("e", "South", town.at(20), closes_s=self._maybe(random, 16 * HOUR)),
        ]
        vans = [self._van(random, number) for number in range(int(random.integers(1, 5)))]
        day = town.day(orders, vans, depots)
        travel = CrookedTravel(seed, town) if random.random() < 0.4 else town.travel
        return day, travel, build_problem(day, travel)

    @staticmethod
    def with_fewer_rules(problem, kind):
        """The same day for a search that need not know everything: "capacity", "windows" or "hours"."""
        count, vans = problem.order_count, problem.vehicle_count
        duration_s = problem.duration_s.clip(max=4 * HOUR)
        zeros, open_end = np.zeros(vans, dtype=np.int64), np.full(vans, NO_LIMIT)
        plain = {
            "duration_s": duration_s,
            "windows": tuple(windows[:1] for windows in problem.windows),
            "window_due": (),
            "breaks": ((),) * vans,
            "is_pickup": np.zeros(count, dtype=np.bool_),
            "search_per_km_cents": zeros + 45,
            "search_per_hour_cents": zeros + 2700,
        }
        if kind == "hours":
            return replace(problem, **plain)
        plain |= {
            "demand": problem.demand * [1, 0, 0],
            "allowed": np.ones((count, vans), dtype=np.bool_),
            "search_per_hour_cents": zeros,
            "max_stops": open_end,
            "max_distance_m": open_end,
            "max_duration_s": open_end,
        }
        if kind == "windows":
            return replace(problem, **plain)
        plain |= {
            "duration_s": duration_s * 0,
            "service_s": problem.service_s * 0,
            "windows": (((0, FAR_S),),) * count,
            "window_due": (),
            "earliest_start_s": zeros,
            "latest_start_s": zeros + HOUR,
            "earliest_end_s": zeros,
            "latest_end_s": zeros + HOUR,
        }
        return replace(problem, **plain)

    @staticmethod
    def _maybe(random, value):
        return value if random.random() < 0.4 else None

    def _order(self, random, number):
        marks = sorted({int(mark) * 900 for mark in random.integers(24, 72, size=random.integers(0, 5))})
        return self._town.order(
            f"o{number}",
            int(random.integers(0, 40)),
            int(random.integers(0, 40)),
            windows=list(zip(marks[::2], marks[1::2], strict=False)),
            service_s=int(random.choice([0, 120, 900])),
            quantity_milli=int(random.integers(0, 5000)),
            weight_g=self._maybe(random, int(random.integers(0, 12_000))),
            volume_cm3=self._maybe(random, int(random.integers(0, 12_000))),
            skills=frozenset({"lift"}) if random.random() < 0.2 else frozenset(),
            kind=OrderKind.PICKUP if random.random() < 0.3 else OrderKind.DELIVERY,
            priority=Priority(random.choice([str(p.value) for p in Priority])),
            skip_price_cents=int(random.choice([500, 3000])) if random.random() < 0.2 else None,
        )

    def _van(self, random, number):
        begin = int(random.integers(6, 10)) * HOUR
        rests, time_s = [], begin
        for _ in range(int(random.integers(0, 3))):
            earliest = time_s + int(random.integers(0, 9)) * 900
            latest = earliest + int(random.integers(0, 7)) * 900
            rests.append(Break(int(random.choice([900, 1800])), earliest, latest))
            time_s = latest + 1800
        hours = self._maybe(random, int(random.integers(2, 7)))
        return self._town.van(
            f"v{number}",
            start_depot=str(random.choice(["d", "e"])),
            end_depot=[None, "d", "e"][int(random.integers(3))],
            shift_start_s=begin,
            shift_end_s=begin + int(random.integers(2, 11)) * HOUR,
            breaks=tuple(rests),
            capacity=Capacity(*(self._maybe(random, int(random.integers(0, 30_000))) for _ in range(3))),
            skills=frozenset({"lift"}) if random.random() < 0.5 else frozenset(),
            max_stops=self._maybe(random, int(random.integers(0, 7))),
            max_distance_m=self._maybe(random, int(random.integers(0, 300_000))),
            max_duration_s=None if hours is None else hours * HOUR,
            fixed_cost_cents=int(random.choice([0, 3000])),
            cost_per_km_cents=int(random.choice([0, 45])),
            cost_per_hour_cents=int(random.choice([0, 2700])),
        )


class Agreement:
    """What everyone else says about a plan of the kernel."""

    @staticmethod
    def faults(problem, chain):
        """Differences between the kernel's score and the scorer's, and what the evaluator finds late."""
        score, routes = chain.best_score, chain.best_routes
        found = []
        if Scorer(problem).score(routes) != score:
            found.append(f"{score} is {Scorer(problem).score(routes)} for {routes}")
        placed = [order for route in routes for order in route]
        if len(set(placed)) < len(placed):
            found.append(f"an order is planned twice: {routes}")
        table = evaluate(problem, assignment_of(problem, routes), explain=False)
        if not score.broken and any(visit.late_s for route in table.routes for visit in route.visits):
            found.append(f"late: {routes}")
        return found


@pytest.fixture(scope="session")
def rich(town):
    return RichDays(town)


@pytest.fixture(scope="session")
def agreement():
    return Agreement()


@pytest.fixture(scope="session", autouse=True)
def library():
    """The compiled kernel; where it cannot be built these tests must fail, not be skipped."""
    return build()
