"""Timetables worked out by hand, one rule at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.schedule import evaluate
from lastmile_desktop.model import Break, Depot, Load, OrderKind, UnassignedReason, VisitKind, wording

HOUR = 3600


def timed(town, day, plan):
    return evaluate(build_problem(day, town.travel), plan)


def test_two_stops_without_windows(town):
    van = town.van(cost_per_km_cents=50, fixed_cost_cents=100)
    day = town.day([town.order("a", 10), town.order("b", 20)], [van])
    route = timed(town, day, town.plan(van="a b")).routes[0]
    # 10 blocks out, 5 min, 10 blocks on, 5 min, 20 blocks back; no window forces a later start.
    assert (route.start_s, route.end_s) == (8 * HOUR, 8 * HOUR + 10 * 60 + 300 + 10 * 60 + 300 + 20 * 60)
    assert [visit.arrive_s - 8 * HOUR for visit in route.visits] == [600, 1500]
    assert (route.distance_m, route.drive_s, route.service_s, route.wait_s) == (40_000, 2400, 600, 0)
    assert route.cost_cents == 100 + 40 * 50


def test_leaves_as_late_as_possible_without_ending_later(town):
    day = town.day([town.order("a", 10, windows=[(10 * HOUR, 11 * HOUR)])])
    route = timed(town, day, town.plan(van="a")).routes[0]
    assert route.start_s == 10 * HOUR - 600
    assert route.visits[0].wait_s == 0
    assert route.end_s == 10 * HOUR + 300 + 600


def test_orders_for_another_day_wait_for_it(town):
    today = town.day([town.order("a", 10), town.order("b", 20)])
    later = replace(today.orders[1], delivery_date=today.date + timedelta(days=1))
    day = replace(today, orders=(today.orders[0], later))
    table = timed(town, day, town.plan(van="a b"))
    assert table.routes[0].order_keys == ("a",)
    (aside,) = table.unassigned
    assert (aside.order_key, aside.reason) == ("b", UnassignedReason.WINDOW)
    assert wording.calendar_day(later.delivery_date) in aside.message


def test_second_window_is_used_when_the_first_is_missed(town):
    windows = [(8 * HOUR, 8 * HOUR + 300), (14 * HOUR, 15 * HOUR)]
    day = town.day([town.order("a", 10, windows=windows)])
    visit = timed(town, day, town.plan(van="a")).routes[0].visits[0]
    assert (visit.start_s, visit.late_s) == (14 * HOUR, 0)


def test_waits_between_a_morning_and_an_afternoon_stop(town):
    orders = [
        town.order("a", 10, windows=[(8 * HOUR, 9 * HOUR)]),
        town.order("b", 20, windows=[(12 * HOUR, 13 * HOUR)]),
    ]
    route = timed(town, town.day(orders), town.plan(van="a b")).routes[0]
    assert route.visits[0].start_s == 9 * HOUR  # as late as its window allows
    assert route.visits[1].wait_s == 12 * HOUR - (9 * HOUR + 300 + 600)


def test_a_hand_edit_may_be_late_and_says_so(town):
    day = town.day([town.order("a", 10, windows=[(8 * HOUR, 8 * HOUR + 60)])])
    table = timed(town, day, town.plan(van="a"))
    assert table.routes[0].visits[0].late_s == 540
    assert table.totals.late_visits == 1


def test_break_inside_the_route_before_a_visit(town):
    rest = Break(1800, 12 * HOUR, 13 * HOUR)
    orders = [
        town.order("a", 10, windows=[(11 * HOUR, 11 * HOUR)]),
        town.order("b", 20, windows=[(14 * HOUR, 14 * HOUR)]),
    ]
    route = timed(town, town.day(orders, [town.van(breaks=(rest,))]), town.plan(van="a b")).routes[0]
    kinds = [visit.kind for visit in route.visits]
    assert kinds == [VisitKind.DELIVERY, VisitKind.BREAK, VisitKind.DELIVERY]
    assert 12 * HOUR <= route.visits[1].start_s <= 13 * HOUR
    assert route.break_s == 1800
    assert route.late_s == 0
    assert route.visits[1].location in (orders[0].location, orders[1].location)


def test_no_break_when_the_day_ends_before_it(town):
    day = town.day([town.order("a", 10)], [town.van(breaks=(Break(1800, 12 * HOUR, 13 * HOUR),))])
    assert [visit.kind for visit in timed(town, day, town.plan(van="a")).routes[0].visits] == [
        VisitKind.DELIVERY
    ]


def test_break_is_put_where_nothing_gets_late(town):
    # Resting before the tight stop would make it late; after it is still in time for the break.
    orders = [
        town.order("a", 10, windows=[(12 * HOUR, 12 * HOUR + 60)]),
        town.order("b", 20, windows=[(13 * HOUR + 1800, 16 * HOUR)]),
    ]
    van = town.van(breaks=(Break(3600, 11 * HOUR + 1800, 12 * HOUR + 1800),))
    route = timed(town, town.day(orders, [van]), town.plan(van="a b")).routes[0]
    assert route.late_s == 0
    assert [visit.kind for visit in route.visits] == [VisitKind.DELIVERY, VisitKind.BREAK, VisitKind.DELIVERY]


def test_deliveries_and_pickups_share_the_van(town):
    orders = [
        town.order("a", 10, quantity_milli=3000),
        town.order("b", 20, quantity_milli=5000, kind=OrderKind.PICKUP),
        town.order("c", 30, quantity_milli=2000),
    ]
    route = timed(town, town.day(orders), town.plan(van="a b c")).routes[0]
    assert route.start_load == Load(quantity_milli=5000)
    assert [visit.load.quantity_milli for visit in route.visits] == [2000, 7000, 5000]
    assert route.peak_load == Load(quantity_milli=7000)
    assert route.visits[1].kind == VisitKind.PICKUP


def test_open_route_ends_at_the_last_stop(town):
    day = town.day([town.order("a", 10)], [town.van(end_depot=None)])
    route = timed(town, day, town.plan(van="a")).routes[0]
    assert (route.end_s, route.last_drive_s, route.last_distance_m) == (8 * HOUR + 900, 0, 0)


def test_own_start_and_end_depots(town):
    depots = [Depot("d", "North", town.at(0)), Depot("e", "South", town.at(30))]
    day = town.day([town.order("a", 10)], [town.van(end_depot="e")], depots)
    route = timed(town, day, town.plan(van="a")).routes[0]
    assert (route.visits[0].drive_s, route.last_drive_s) == (600, 1200)


def test_depot_hours_bound_departure_and_return(town):
    depot = Depot("d", "Depot", town.at(0), opens_s=9 * HOUR, closes_s=9 * HOUR + 1200)
    problem = build_problem(town.day([town.order("a", 10)], depots=[depot]), town.travel)
    route = evaluate(problem, town.plan(van="a")).routes[0]
    assert route.start_s == 9 * HOUR
    assert int(problem.latest_end_s[0]) == 9 * HOUR + 1200


def test_hourly_price_counts_waiting_and_breaks(town):
    day = town.day([town.order("a", 30)], [town.van(cost_per_hour_cents=3600)])
    assert timed(town, day, town.plan(van="a")).routes[0].cost_cents == 30 * 60 + 300 + 30 * 60


def test_no_prices_cost_nothing(town):
    assert timed(town, town.day([town.order("a", 10)]), town.plan(van="a")).totals.cost_cents == 0


def test_every_order_is_on_a_route_or_unassigned(town):
    waiting = town.order("w", 5)
    waiting = type(waiting)(
        **{name: getattr(waiting, name) for name in waiting.__slots__} | {"location": None}
    )
    day = town.day([town.order("a", 10), town.order("b", 20), waiting])
    table = timed(town, day, town.plan(van="a"))
    assert {entry.order_key for entry in table.unassigned} == {"b", "w"}
    assert table.unassigned[-1].reason == UnassignedReason.WAITING_FOR_POSITION
    assert table.unassigned[-1].message == "W has no position on the map yet: give it one in Orders."


def test_an_order_twice_is_refused(town):
    with pytest.raises(ValueError, match="twice"):
        timed(town, town.day([town.order("a", 10)]), town.plan(van="a a"))


def test_unknown_keys_and_switched_off_vehicles_are_passed_over(town):
    day = town.day([town.order("a", 10)], [town.van(), town.van("off", active=False)])
    table = timed(town, day, town.plan(van="gone", off="a"))
    assert not table.routes
    assert [entry.order_key for entry in table.unassigned] == ["a"]


def test_vehicle_without_a_depot_position_is_named(town):
    problem = build_problem(town.day([town.order("a", 10)], depots=[Depot("d", "Barn")]), town.travel)
    assert problem.vehicle_count == 0
    assert "Barn" in evaluate(problem, town.plan()).unassigned[0].message


def test_orders_of_one_place_share_it(town):
    problem = build_problem(town.day([town.order("a", 10), town.order("b", 10)]), town.travel)
    assert len(problem.locations) == 2
    assert problem.order_place[0] == problem.order_place[1]
