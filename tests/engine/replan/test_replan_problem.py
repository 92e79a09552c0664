"""A problem made from another one is the problem that would have been made from nothing."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.replan.problem import KnownTravel, extend_problem
from lastmile_desktop.model import Depot, TravelMatrix


class Counting:
    """The town's travel, counting what it is asked."""

    def __init__(self, travel, walls=False):
        self._travel, self._walls, self.asked = travel, walls, 0
        self.source, self.line = travel.source, travel.line

    def matrix(self, locations):
        self.asked += len(locations) ** 2
        plain = self._travel.matrix(locations)
        seconds = plain.duration_s.copy()
        if self._walls:
            x = np.array([round(place.lon * 100) for place in locations])
            seconds[(x[:, None] + x[None, :]) % 7 == 3] = -1
            np.fill_diagonal(seconds, 0)
        return TravelMatrix(plain.locations, seconds, plain.distance_m, plain.source)


def same(one, other):
    for field in fields(one):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if isinstance(left, np.ndarray):
            assert left.dtype == right.dtype, field.name
            assert np.array_equal(left, right), field.name
        else:
            assert left == right, field.name


@pytest.mark.parametrize("walls", [False, True])
def test_every_kind_of_change_gives_the_same_problem(changing, walls):
    for seed in range(60):
        case = changing.draw(seed)
        travel = Counting(changing.travel, walls)
        old = build_problem(case.day, travel)
        same(extend_problem(old, case.new_day, travel), build_problem(case.new_day, travel))


def test_open_ends_and_other_depots_too(changing, town):
    case = changing.draw(3)
    travel = Counting(changing.travel)
    old = build_problem(case.day, travel)
    vans = (replace(case.day.vehicles[0], end_depot=None), *case.day.vehicles[1:])
    moved = replace(case.day, vehicles=vans, depots=(Depot("d", "Depot", town.at(9, 9)),))
    extended = extend_problem(old, moved, travel)
    same(extended, build_problem(moved, travel))
    same(extend_problem(extended, case.day, travel), old)


def test_only_the_new_place_is_asked_for(town):
    travel = Counting(town.travel)
    day = town.day([town.order(f"o{n}", n % 37, n // 37) for n in range(500)])
    old = build_problem(day, travel)
    travel.asked = 0
    extend_problem(old, replace(day, orders=day.orders[:400]), travel)
    assert travel.asked == 0
    extend_problem(old, replace(day, orders=(*day.orders, town.order("n", 50, 50))), travel)
    assert travel.asked < 0.2 * 500**2


def test_another_town_is_asked_for_whole(town):
    travel = Counting(town.travel)
    old = build_problem(town.day([town.order("a", 1)]), travel)
    other = town.day([town.order(f"o{n}", 50 + n, 50) for n in range(20)])
    same(extend_problem(old, other, travel), build_problem(other, travel))
    known = KnownTravel(old, travel)
    assert known.source == travel.source
    assert known.line(town.at(1), town.at(2)) == (town.at(1), town.at(2))
