"""The made-up days are days of the product, the same each time, and use the rules they say they use."""

from __future__ import annotations

import pytest

from benchmarks.rich_days import DAYS, make_day
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.roads.estimate import StraightLineTravel


@pytest.mark.parametrize("name", DAYS)
def test_a_day_is_whole_and_repeats(name):
    day = make_day(name)
    assert day == make_day(name)
    assert len(day.orders) == DAYS[name][1]
    problem = build_problem(day, StraightLineTravel())
    assert problem.order_count == len(day.orders)
    assert problem.set_aside == ()
    assert problem.unusable == ()


def test_together_they_use_every_rule():
    days = [make_day(name) for name in DAYS]
    orders = [order for day in days for order in day.orders]
    vehicles = [vehicle for day in days for vehicle in day.vehicles]
    for rule in ("shipment", "same_van", "after", "preferred_driver", "barred_vehicles", "setup_s", "skills"):
        assert any(getattr(order, rule) for order in orders), rule
    for rule in ("breaks", "max_stops", "max_distance_m", "max_duration_s", "overtime_s", "reload_s"):
        assert any(getattr(vehicle, rule) for vehicle in vehicles), rule
    assert any(vehicle.end_depot is None for vehicle in vehicles)
    assert any(day.settings.traffic for day in days)
    assert any(len(day.depots) > 2 for day in days)


def test_basic_days_have_none_of_the_new_rules():
    for name in DAYS:
        problem = build_problem(make_day(name, all_rules=False), StraightLineTravel())
        assert not problem.setup_s.any()
        assert (problem.partner < 0).all()
        assert (problem.max_trips == 1).all()
        assert problem.traffic == ()
