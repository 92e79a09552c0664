"""Days with several routes, and a search that only keeps the best plan."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import Capacity, DaySettings, Goals

HOUR = 3600


class Keeper:
    """What chains offer their plans to."""

    def __init__(self, problem, plan, seconds=math.inf):
        self.scorer = Scorer(problem)
        self.best = plan
        self.best_score = self.scorer.score(plan)
        self.iterations = 0
        self.left_s = seconds
        self.offers = 0

    def offer(self, routes, phase):
        self.offers += 1
        score = self.scorer.score(routes)
        if score < self.best_score:
            self.best, self.best_score = [list(route) for route in routes], score

    def tick(self):
        pass


@pytest.fixture(scope="session")
def keeper():
    return Keeper


@pytest.fixture(scope="session")
def many_routes(town):
    """90 orders in villages, a third with windows, two kinds of van, tidy areas wanted."""

    def make(orders=90, vans=14, holds=8_000, seed=1, **goals):
        random = np.random.default_rng(seed)
        villages = random.integers(-60, 60, (9, 2))
        made = []
        for number in range(orders):
            x, y = villages[number % 9] + random.integers(-6, 7, 2)
            opens = int(random.integers(8, 14)) * HOUR
            windows = [(opens, opens + 3 * HOUR)] if number % 3 == 0 else ()
            made.append(town.order(f"o{number}", int(x), int(y), windows=windows, weight_g=500))
        fleet = [
            town.van(
                f"v{number}",
                capacity=Capacity(holds + 2_000 * (number % 2)),
                fixed_cost_cents=1_000,
                cost_per_km_cents=30,
                cost_per_hour_cents=2_000,
            )
            for number in range(vans)
        ]
        day = town.day(made, fleet)
        settings = DaySettings(goals=Goals(**goals))
        return type(day)(day.date, day.orders, day.vehicles, day.depots, settings)

    return make


@pytest.fixture(scope="session")
def problem_of(town):
    return lambda day: build_problem(day, town.travel)
