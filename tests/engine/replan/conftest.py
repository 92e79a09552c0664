"""Small random days with a plan, and one thing that changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.kernel.build import build
from lastmile_desktop.engine.problem import Problem, build_problem
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import Assignment, Break, Capacity, Day, OrderKind, Timetable, TimeWindow

HOUR = 3600


@dataclass
class Changed:
    """A day with a plan, and the day after a change."""

    day: Day
    plan: Assignment
    before: Timetable
    new_day: Day
    problem: Problem
    changed: frozenset[str]
    what: str


class ChangingDays:
    KINDS = ("add", "remove", "window", "load", "place", "lost", "late", "add many")

    def __init__(self, town):
        self._town = town
        self.travel = town.travel

    def draw(self, seed):
        random = np.random.default_rng(seed)
        town = self._town
        count = int(random.integers(5, 26))
        vans = [
            town.van(
                f"v{number}",
                capacity=Capacity(quantity_milli=int(random.integers(6, 20)) * 1000),
                cost_per_km_cents=50,
                cost_per_hour_cents=int(random.choice([0, 2400])),
                fixed_cost_cents=int(random.choice([0, 4000])),
                breaks=(Break(1800, 12 * HOUR, 13 * HOUR),) if random.random() < 0.3 else (),
                max_stops=10 if random.random() < 0.2 else None,
                skills=frozenset({"lift"}) if number == 0 else frozenset(),
            )
            for number in range(int(random.integers(2, 5)))
        ]
        day = town.day([self.order(random, number) for number in range(count)], vans)
        problem = build_problem(day, self.travel)
        routes = first_plan(problem, Scorer(problem), quick=True)
        plan = assignment_of(problem, routes)
        before = evaluate(problem, plan, explain=False)
        what = str(random.choice(self.KINDS))
        new_day, changed = self.change(random, day, what)
        return Changed(
            day, plan, before, new_day, build_problem(new_day, self.travel), frozenset(changed), what
        )

    def order(self, random, number):
        start = int(random.integers(8, 15)) * HOUR
        windows = [(start, start + int(random.integers(1, 5)) * HOUR)] if random.random() < 0.5 else []
        return self._town.order(
            f"o{number}",
            int(random.integers(0, 30)),
            int(random.integers(0, 30)),
            windows=windows,
            quantity_milli=int(random.integers(0, 4)) * 1000,
            skills=frozenset({"lift"}) if random.random() < 0.1 else frozenset(),
            kind=OrderKind.PICKUP if random.random() < 0.2 else OrderKind.DELIVERY,
        )

    def change(self, random, day, what):
        """(the day after the change, keys of changed orders)."""
        number = int(random.integers(len(day.orders)))
        order = day.orders[number]
        if what == "add":
            return replace(day, orders=(*day.orders, self.order(random, 100))), ()
        if what == "add many":
            new = [self.order(random, 100 + more) for more in range(4)]
            return replace(day, orders=(*day.orders, *new)), ()
        if what == "remove":
            return replace(day, orders=tuple(o for o in day.orders if o is not order)), ()
        if what == "lost":
            vans = tuple(replace(v, active=v.key != "v1") for v in day.vehicles)
            return replace(day, vehicles=vans), ()
        if what == "late":
            vans = tuple(replace(v, shift_start_s=11 * HOUR) if v.key == "v1" else v for v in day.vehicles)
            return replace(day, vehicles=vans), ()
        if what == "window":
            new = replace(order, windows=(TimeWindow(9 * HOUR, 11 * HOUR),))
        elif what == "load":
            new = replace(order, quantity_milli=order.quantity_milli + 3000)
        else:
            new = replace(order, location=self._town.at(int(random.integers(30)), int(random.integers(30))))
        orders = tuple(new if o is order else o for o in day.orders)
        return replace(day, orders=orders), (order.key,)


@pytest.fixture(scope="session")
def changing(town):
    build()
    return ChangingDays(town)
