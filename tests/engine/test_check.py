"""The checker finds each kind of lie and each broken rule, and nothing in an honest timetable."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.schedule import evaluate
from lastmile_desktop.model import (
    Break,
    Capacity,
    Depot,
    Load,
    OrderKind,
    RouteOrders,
    Unassigned,
    UnassignedReason,
    VisitKind,
)

HOUR = 3600


@pytest.fixture
def honest(town):
    """A day with everything in it, its plan and its true timetable."""
    orders = [
        town.order("a", 10, windows=[(11 * HOUR, 11 * HOUR + 600)]),
        town.order("b", 20, quantity_milli=2000, skills=frozenset({"lift"})),
        town.order("c", 30, windows=[(14 * HOUR, 15 * HOUR)], kind=OrderKind.PICKUP),
        town.order("u", 40),
    ]
    van = town.van(
        breaks=(Break(1800, 12 * HOUR, 13 * HOUR),),
        skills=frozenset({"lift"}),
        capacity=Capacity(quantity_milli=4000),
        fixed_cost_cents=500,
        cost_per_km_cents=30,
        cost_per_hour_cents=2500,
    )
    depot = Depot("d", "Depot", town.at(0), opens_s=7 * HOUR, closes_s=18 * HOUR)
    day = town.day(orders, [van], [depot])
    plan = town.plan(van="a b c")
    return day, plan, evaluate(build_problem(day, town.travel), plan)


def codes(town, day, table, plan=None):
    return {violation.code for violation in check(day, table, town.travel, plan)}


def with_route(table, **changes):
    return replace(table, routes=(replace(table.routes[0], **changes),))


def with_visit(table, number, **changes):
    visits = list(table.routes[0].visits)
    visits[number] = replace(visits[number], **changes)
    return with_route(table, visits=tuple(visits))


def test_an_honest_timetable_passes(town, honest):
    day, plan, table = honest
    assert check(day, table, town.travel, plan) == ()
    assert [visit.kind for visit in table.routes[0].visits].count(VisitKind.BREAK) == 1


@pytest.mark.parametrize(
    ("number", "field", "by", "code"),
    [
        (0, "drive_s", 60, "travel"),
        (0, "distance_m", -1, "travel"),
        (0, "arrive_s", -60, "arrival"),
        (0, "leave_s", 60, "service"),
        (0, "late_s", 5, "lateness"),
    ],
)
def test_wrong_figures_of_a_visit(town, honest, number, field, by, code):
    day, _, table = honest
    value = getattr(table.routes[0].visits[number], field)
    assert code in codes(town, day, with_visit(table, number, **{field: value + by}))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"end_s": 12 * HOUR}, "end"),
        ({"cost_cents": 1}, "cost"),
        ({"start_load": Load(9)}, "load"),
        ({"peak_load": Load(9)}, "peak_load"),
        ({"last_drive_s": 1}, "travel"),
        ({"start_s": 7 * HOUR + 1800}, "shift"),
        ({"start_s": 6 * HOUR}, "depot_hours"),
        ({"vehicle_key": "ghost"}, "unknown_vehicle"),
        ({"visits": ()}, "empty_route"),
    ],
)
def test_wrong_figures_of_a_route(town, honest, changes, code):
    day, _, table = honest
    assert code in codes(town, day, with_route(table, **changes))


def test_wrong_load_after_a_visit(town, honest):
    day, _, table = honest
    assert "load" in codes(town, day, with_visit(table, 0, load=Load()))


def test_wrong_place_and_kind(town, honest):
    day, _, table = honest
    assert "place" in codes(town, day, with_visit(table, 0, location=town.at(20)))
    assert "kind" in codes(town, day, with_visit(table, 0, kind=VisitKind.PICKUP))
    assert "no_position" in codes(town, day, with_visit(table, 0, location=None))


def test_served_before_its_window(town, honest):
    day, _, table = honest
    first = table.routes[0].visits[0]
    early = with_visit(table, 0, start_s=first.start_s - HOUR, leave_s=first.leave_s - HOUR)
    assert "window" in codes(town, day, early)


def test_missing_twice_and_unknown_orders(town, honest):
    day, _, table = honest
    assert "missing" in codes(town, day, replace(table, unassigned=()))
    twice = Unassigned("a", UnassignedReason.DROPPED, "")
    assert "duplicate" in codes(town, day, replace(table, unassigned=(*table.unassigned, twice)))
    ghost = Unassigned("ghost", UnassignedReason.DROPPED, "")
    assert "unknown_order" in codes(town, day, replace(table, unassigned=(*table.unassigned, ghost)))
    assert "duplicate" in codes(town, day, replace(table, routes=table.routes * 2))


def test_other_roads_than_said(town, honest):
    day, _, table = honest
    assert "roads" in codes(town, day, replace(table, roads="region:moon"))


def test_timetable_that_does_not_follow_the_assignment(town, honest):
    day, plan, table = honest
    other = replace(plan, routes=(RouteOrders("van", ("b", "a", "c")),))
    assert codes(town, day, table, other) == {"assignment"}
    assert codes(town, day, table, replace(plan, routes=())) == {"assignment"}


def test_a_break_left_out(town, honest):
    day, _, table = honest
    visits = [visit for visit in table.routes[0].visits if visit.kind != VisitKind.BREAK]
    assert "break_missing" in codes(town, day, with_route(table, visits=tuple(visits)))


def test_a_break_at_the_wrong_time_or_of_the_wrong_length(town, honest):
    day, _, table = honest
    number = next(i for i, v in enumerate(table.routes[0].visits) if v.kind == VisitKind.BREAK)
    rest = table.routes[0].visits[number]
    moved = with_visit(table, number, start_s=rest.start_s + 2 * HOUR, leave_s=rest.leave_s + 2 * HOUR)
    assert "break_time" in codes(town, day, moved)
    assert "break_time" in codes(town, day, with_visit(table, number, leave_s=rest.leave_s - 60))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"shift_end_s": 14 * HOUR}, "shift"),
        ({"skills": frozenset()}, "skill"),
        ({"capacity": Capacity(quantity_milli=2999)}, "capacity"),
        ({"max_stops": 2}, "max_stops"),
        ({"max_distance_m": 59_999}, "max_distance"),
        ({"max_duration_s": HOUR}, "max_duration"),
        ({"active": False}, "inactive"),
        (
            {"breaks": (Break(1800, 8 * HOUR, 8 * HOUR + 60), Break(900, 11 * HOUR, 12 * HOUR))},
            "break_missing",
        ),
    ],
)
def test_rules_of_the_vehicle(town, honest, change, code):
    """The true timetable of a plan, held against a day whose vehicle has become stricter."""
    day, _, table = honest
    stricter = replace(day, vehicles=(replace(day.vehicles[0], **change),))
    assert code in codes(town, stricter, table)


def test_an_order_for_another_day_has_no_place_on_a_route(town, honest):
    day, _, table = honest
    moved = replace(day.orders[0], delivery_date=day.date + timedelta(days=1))
    assert "other_day" in codes(town, replace(day, orders=(moved, *day.orders[1:])), table)


def test_window_depot_hours_and_roads_that_changed(town, honest):
    day, _, table = honest
    orders = (replace(day.orders[0], windows=(town.order("x", 1, windows=[(8 * HOUR, 9 * HOUR)]).windows)),)
    assert "window" in codes(town, replace(day, orders=orders + day.orders[1:]), table)
    closed = replace(day, depots=(replace(day.depots[0], closes_s=14 * HOUR),))
    assert "depot_hours" in codes(town, closed, table)
    walled = type(town.travel)(walls=frozenset({(town.at(0), town.at(10))}))
    assert "unreachable" in {violation.code for violation in check(day, table, walled)}


def test_every_violation_is_a_sentence(town, honest):
    day, _, table = honest
    stricter = replace(day, vehicles=(replace(day.vehicles[0], skills=frozenset(), max_stops=1),))
    for violation in check(stricter, table, town.travel):
        assert violation.message.endswith(".")
        assert "Van" in violation.message
