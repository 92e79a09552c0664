"""Set-up, soft windows, overtime, traffic, second trips and evenness: by hand, and on random days."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.construct import first_plan, insert_all
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.route_cost import broken_limits, search_units
from lastmile_desktop.engine.ruin import ruin_and_recreate
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.timing import schedule_route
from lastmile_desktop.engine.traffic import Clock
from lastmile_desktop.engine.walk import RELOAD, walk_route
from lastmile_desktop.model import (
    Break,
    Capacity,
    Depot,
    EvenBy,
    Goals,
    Load,
    OrderKind,
    TrafficPeriod,
    VisitKind,
)

HOUR = 3600
#: What a plan that keeps all rules may not show; the rest of the codes are wrong books.
RULES = {
    "window", "shift", "depot_hours", "break_missing", "break_time", "capacity", "skill", "max_stops",
    "max_distance", "max_duration", "unreachable", "vehicle_ban", "shipment", "same_van", "position",
    "before",
}  # fmt: skip


def with_settings(day, **changes):
    return replace(day, settings=replace(day.settings, **changes))


def timed(town, day, plan):
    """The timetable, once the checker has found nothing wrong with its books."""
    table = evaluate(build_problem(day, town.travel), plan, explain=False)
    assert {violation.code for violation in check(day, table, town.travel, plan)} <= RULES
    return table.routes[0]


def codes(town, day, plan):
    table = evaluate(build_problem(day, town.travel), plan, explain=False)
    return {violation.code for violation in check(day, table, town.travel, plan)}


def test_the_door_is_looked_for_once_and_before_the_window(town):
    orders = [
        town.order("a", 10, setup_s=120, windows=[(9 * HOUR, 10 * HOUR)]),
        town.order("b", 10, setup_s=180),
        town.order("c", 20),
    ]
    route = timed(town, town.day(orders), town.plan(van="a b c"))
    assert [visit.setup_s for visit in route.visits] == [180, 0, 0]
    # Leaves so that driving (600 s) and the longest set-up there end when the window opens.
    assert route.start_s == 9 * HOUR - 780
    assert route.visits[0].wait_s == 0
    assert route.end_s == 9 * HOUR + 300 + 300 + 600 + 300 + 1200


def test_nobody_looks_for_the_door_of_the_depot(town):
    orders = [town.order("a", 0, setup_s=120), town.order("b", 10, setup_s=60)]
    route = timed(town, town.day(orders), town.plan(van="b a"))
    assert [visit.setup_s for visit in route.visits] == [60, 0]


def test_a_soft_window_is_missed_at_a_price_but_not_more_than_allowed(town):
    late = {"late_cents_per_hour": 1800, "max_late_s": 600}
    orders = [town.order("a", 10, windows=[(8 * HOUR, 8 * HOUR + 60)], **late)]
    day = town.day(orders, [town.van(cost_per_hour_cents=3600)])
    plan = town.plan(van="a")
    route = timed(town, day, plan)
    assert route.visits[0].late_s == 540
    assert codes(town, day, plan) == set()
    # The price of lateness is the search's business; the cost shown is money really paid.
    assert route.cost_cents == 600 + 300 + 600
    scorer = Scorer(build_problem(day, town.travel))
    assert scorer.score([[0]]) == replace(scorer.score([[0]]), broken=0, units=(1500 + 270) * 18000)
    strict = replace(day, orders=(replace(orders[0], max_late_s=539),))
    assert codes(town, strict, plan) == {"window"}
    assert Scorer(build_problem(strict, town.travel)).score([[0]]).broken == 1


def test_flexible_times_soften_windows_without_a_price(town):
    orders = [
        town.order("a", 10, windows=[(8 * HOUR, 8 * HOUR + 60)]),
        town.order("b", 10, windows=[(8 * HOUR, 8 * HOUR + 60)], late_cents_per_hour=100, max_late_s=0),
    ]
    day = with_settings(town.day(orders), goals=Goals(flexible_s=900))
    assert codes(town, day, town.plan(van="a")) == set()
    assert codes(town, day, town.plan(van="b")) == {"window"}


def test_lateness_belongs_to_the_window_behind_it_and_waiting_to_the_next(town):
    windows = [(8 * HOUR, 8 * HOUR + 300), (9 * HOUR, 10 * HOUR)]
    soft = town.order("a", 10, windows=windows, late_cents_per_hour=100, max_late_s=400)
    visit = timed(town, town.day([soft]), town.plan(van="a")).visits[0]
    assert (visit.start_s, visit.late_s) == (8 * HOUR + 600, 300)
    far = replace(soft, location=town.at(20))
    visit = timed(town, town.day([far]), town.plan(van="a")).visits[0]
    assert (visit.start_s, visit.late_s) == (9 * HOUR, 0)


def test_leaving_later_makes_nobody_later_between_two_soft_windows(town):
    orders = [
        town.order("a", 10, windows=[(8 * HOUR, 9 * HOUR), (12 * HOUR, 13 * HOUR)], late_cents_per_hour=100),
        town.order("b", 20, windows=[(14 * HOUR, 15 * HOUR)]),
    ]
    route = timed(town, town.day(orders), town.plan(van="a b"))
    assert route.visits[0].start_s == 9 * HOUR
    assert route.late_s == 0


def test_overtime_is_paid_on_top_and_has_an_end(town):
    van = town.van(
        shift_end_s=8 * HOUR + 1200,
        overtime_s=600,
        overtime_cents_per_hour=7200,
        cost_per_hour_cents=3600,
    )
    plan = town.plan(van="a")
    day = town.day([town.order("a", 10)], [van])
    route = timed(town, day, plan)
    assert (route.end_s - route.start_s, route.overtime_s) == (1500, 300)
    assert route.cost_cents == 1500 + 600
    assert codes(town, day, plan) == set()
    assert codes(town, town.day([town.order("a", 16)], [van]), plan) == {"shift"}
    closed = [Depot("d", "Depot", town.at(0), closes_s=8 * HOUR + 1300)]
    assert codes(town, town.day([town.order("a", 10)], [van], closed), plan) == {"depot_hours"}


def test_a_drive_over_the_end_of_the_rush_pays_each_part_at_its_rate(town):
    rush = (TrafficPeriod(8 * HOUR, 8 * HOUR + 600, 200),)
    day = with_settings(town.day([town.order("a", 20, windows=[(8 * HOUR, 9 * HOUR)])]), traffic=rush)
    route = timed(town, day, town.plan(van="a"))
    # 1200 s as usual: 600 s of rush are worth 300 s, then 900 s as usual. Back: no traffic.
    assert route.visits[0].drive_s == 1500
    assert route.last_drive_s == 1200
    # Waiting for the rush to end would arrive later: the day ends as early as possible.
    assert route.start_s == 8 * HOUR


def test_leaves_after_the_rush_where_that_costs_no_time(town):
    rush = (TrafficPeriod(8 * HOUR, 9 * HOUR, 300),)
    day = with_settings(town.day([town.order("a", 10, windows=[(10 * HOUR, 11 * HOUR)])]), traffic=rush)
    route = timed(town, day, town.plan(van="a"))
    assert (route.start_s, route.visits[0].drive_s) == (10 * HOUR - 600, 600)


percents = st.integers(10, 1000)
steps = st.lists(st.tuples(st.integers(1, 80_000), percents), max_size=6, unique_by=lambda step: step[0])


@settings(max_examples=300, deadline=None)
@given(first=percents, later=steps, time_s=st.integers(-5000, 90_000), usual_s=st.integers(0, 20_000))
def test_who_leaves_later_never_arrives_earlier(first, later, time_s, usual_s):
    clock = Clock([(0, first), *sorted(later)])
    arrival = clock.arrive(time_s, usual_s)
    assert arrival <= clock.arrive(time_s + 1, usual_s)
    assert clock.arrive_all(np.array([time_s]), np.array([usual_s], dtype=np.int32)).tolist() == [arrival]
    # The latest departure for that arrival is not before this one, arrives in time, and cannot wait longer.
    latest = clock.depart(arrival, usual_s)
    assert latest >= time_s
    assert clock.arrive(latest, usual_s) <= arrival < clock.arrive(latest + 1, usual_s)


@settings(max_examples=200, deadline=None)
@given(time_s=st.integers(0, 90_000), usual_s=st.integers(0, 20_000), data=st.data())
def test_usual_percentages_are_exact(time_s, usual_s, data):
    marks = sorted(data.draw(st.sets(st.integers(1, 80_000), max_size=4)))
    rates = [
        data.draw(st.sampled_from([50, 80, 90, 100, 110, 120, 130, 150, 200])) for _ in range(len(marks) + 1)
    ]
    clock = Clock(list(zip([0, *marks], rates, strict=True)))
    left, now = Fraction(usual_s), Fraction(time_s)
    for mark, percent in zip([*marks, 10**9], rates, strict=True):
        if now < mark:
            part = min(left, (mark - now) * 100 / percent)
            left, now = left - part, now + part * percent / 100
    assert clock.arrive(time_s, usual_s) == -(-now.numerator // now.denominator)


def small_van(town, **more):
    return town.van(capacity=Capacity(quantity_milli=2000), max_trips=2, reload_s=600, **more)


def test_comes_back_to_load_where_the_load_demands_it(town):
    orders = [town.order(key, x) for key, x in (("a", 10), ("b", 20), ("c", 30))]
    day = town.day(orders, [small_van(town, cost_per_km_cents=50)])
    route = timed(town, day, town.plan(van="a b c"))
    kinds = [visit.kind for visit in route.visits]
    # Behind a: 10 blocks back and 20 out instead of 10; behind b it would be 20 and 30 instead of 10.
    assert kinds == [VisitKind.DELIVERY, VisitKind.RELOAD, VisitKind.DELIVERY, VisitKind.DELIVERY]
    reload = route.visits[1]
    assert (reload.location, reload.drive_s, reload.service_s) == (town.at(0), 600, 600)
    assert route.start_load == Load(quantity_milli=1000)
    assert [visit.load.quantity_milli for visit in route.visits] == [0, 2000, 1000, 0]
    assert route.peak_load == Load(quantity_milli=2000)
    assert (route.distance_m, route.reload_s) == (80_000, 600)
    assert codes(town, day, town.plan(van="a b c")) == set()


def test_one_trip_too_few_is_a_broken_load(town):
    orders = [town.order(f"o{number}", 10 + number, quantity_milli=1500) for number in range(3)]
    day = town.day(orders, [small_van(town)])
    plan = town.plan(van="o0 o1 o2")
    assert codes(town, day, plan) == {"capacity"}
    more = replace(day, vehicles=(replace(day.vehicles[0], max_trips=3),))
    assert codes(town, more, plan) == set()


def test_what_was_collected_is_unloaded_at_a_reload(town):
    orders = [
        town.order("a", 10, quantity_milli=2000, kind=OrderKind.PICKUP),
        town.order("b", 20, quantity_milli=2000, kind=OrderKind.PICKUP),
        town.order("c", 30, quantity_milli=2000),
    ]
    day = town.day(orders, [small_van(town)])
    route = timed(town, day, town.plan(van="c a b"))
    assert [visit.kind for visit in route.visits].count(VisitKind.RELOAD) == 1
    # c's goods are gone when a is collected; b needs the room again.
    assert [visit.load.quantity_milli for visit in route.visits] == [0, 2000, 0, 2000]


def test_an_open_route_reloads_at_its_start(town):
    orders = [town.order("a", 10, quantity_milli=2000), town.order("b", 20, quantity_milli=2000)]
    route = timed(town, town.day(orders, [small_van(town, end_depot=None)]), town.plan(van="a b"))
    assert route.visits[1].location == town.at(0)
    assert (route.visits[-1].order_keys, route.last_distance_m) == (("b",), 0)


def test_a_trip_does_not_begin_after_the_depot_has_closed(town):
    orders = [town.order("a", 30, quantity_milli=2000), town.order("b", 5, quantity_milli=2000)]
    depot = [Depot("d", "Depot", town.at(0), closes_s=8 * HOUR + 4500)]
    day = town.day(orders, [small_van(town, end_depot=None)], depot)
    # Back at 9:05 (30 + 5 + 30 minutes), loaded at 9:15: the depot closes at that minute.
    assert codes(town, day, town.plan(van="a b")) == set()
    earlier = replace(day, depots=(replace(depot[0], closes_s=8 * HOUR + 4499),))
    found = codes(town, earlier, town.plan(van="a b"))
    assert found
    assert found <= {"capacity", "depot_hours"}


def test_a_shipment_is_never_split_by_a_reload(town):
    goods = {"quantity_milli": 1000, "shipment": "s"}
    orders = [
        town.order("p", 10, kind=OrderKind.PICKUP, **goods),
        town.order("a", 5, quantity_milli=1000),
        town.order("q", 30, **goods),
        town.order("b", 40, quantity_milli=2000),
    ]
    route = timed(town, town.day(orders, [small_van(town)]), town.plan(van="p a q b"))
    kinds = [visit.kind for visit in route.visits]
    assert kinds.index(VisitKind.RELOAD) == 3


@pytest.mark.parametrize(("even_by", "work"), [(EvenBy.HOURS, 25), (EvenBy.STOPS, 1)])
def test_evenness_costs_the_square_of_the_work(town, even_by, work):
    day = with_settings(town.day([town.order("a", 10)]), goals=Goals(balance=50, even_by=even_by))
    problem = build_problem(day, town.travel)
    without = build_problem(town.day([town.order("a", 10)]), town.travel)
    extra = Scorer(problem).score([[0]]).units - Scorer(without).score([[0]]).units
    assert extra == problem.even_units * work * work > 0


def test_few_vans_make_a_van_dearer_for_the_search_only(town):
    day = with_settings(town.day([town.order("a", 10)]), goals=Goals(balance=-100))
    problem = build_problem(day, town.travel)
    without = Scorer(build_problem(town.day([town.order("a", 10)]), town.travel)).score([[0]])
    assert Scorer(problem).score([[0]]).units > without.units
    assert timed(town, day, town.plan(van="a")).cost_cents == 0


@st.composite
def rule_days(draw, town, *, plain=False):
    """Small days with every rule of this file; ``plain``: hard single windows, no traffic and no breaks."""
    orders = []
    for number in range(draw(st.integers(2, 8))):
        marks = sorted(draw(st.sets(st.integers(16, 72), max_size=2 if plain else 4)))
        windows = [(a * 900, b * 900) for a, b in zip(marks[::2], marks[1::2], strict=False)]
        soft = {} if plain else {
            "late_cents_per_hour": draw(st.sampled_from([None, None, 0, 1200])),
            "max_late_s": draw(st.sampled_from([None, 600, 7200])),
        }  # fmt: skip
        orders.append(
            town.order(
                f"o{number}",
                draw(st.integers(0, 20)),
                draw(st.integers(0, 2)),
                windows=windows,
                service_s=draw(st.sampled_from([0, 120, 900])),
                setup_s=draw(st.sampled_from([0, 0, 90, 240])),
                quantity_milli=draw(st.integers(0, 3000)),
                kind=draw(st.sampled_from(list(OrderKind))),
                **soft,
            )
        )
    vans = []
    for number in range(draw(st.integers(1, 2))):
        begin = draw(st.integers(6, 9)) * HOUR
        rests = ()
        if not plain and draw(st.booleans()):
            rests = (
                Break(1800, begin + 2 * HOUR, begin + 3 * HOUR),
                Break(900, begin + 4 * HOUR, begin + 5 * HOUR),
            )
        vans.append(
            town.van(
                f"v{number}",
                start_depot=draw(st.sampled_from(["d", "e"])),
                end_depot=draw(st.sampled_from(["d", "e", None])),
                shift_start_s=begin,
                shift_end_s=begin + draw(st.integers(2, 9)) * HOUR,
                overtime_s=draw(st.sampled_from([0, 0, 1800, 7200])),
                overtime_cents_per_hour=draw(st.sampled_from([0, 5000])),
                breaks=rests,
                capacity=Capacity(draw(st.none() | st.integers(2000, 9000))),
                max_trips=draw(st.integers(1, 4)),
                reload_s=draw(st.sampled_from([0, 900])),
                max_duration_s=draw(st.none() | st.integers(1, 6).map(lambda hours: hours * HOUR)),
                max_distance_m=draw(st.none() | st.integers(0, 200_000)),
                fixed_cost_cents=3000,
                cost_per_km_cents=draw(st.sampled_from([0, 45])),
                cost_per_hour_cents=draw(st.sampled_from([0, 2700])),
            )
        )
    depots = [
        Depot("d", "North", town.at(0), opens_s=draw(st.sampled_from([None, 7 * HOUR]))),
        Depot("e", "South", town.at(12), closes_s=draw(st.sampled_from([None, 14 * HOUR]))),
    ]
    goals = Goals(
        balance=draw(st.sampled_from([-100, 0, 0, 60])),
        even_by=draw(st.sampled_from(list(EvenBy))),
        flexible_s=0 if plain else draw(st.sampled_from([0, 0, 900])),
    )
    traffic = ()
    if not plain and draw(st.booleans()):
        traffic = (TrafficPeriod(7 * HOUR, 9 * HOUR, 160), TrafficPeriod(10 * HOUR, 11 * HOUR, 85))
    return with_settings(town.day(orders, vans, depots), goals=goals, traffic=traffic)


def random_routes(problem, seed):
    random = np.random.default_rng(seed)
    routes = [[] for _ in range(problem.vehicle_count)]
    for order in random.permutation(problem.order_count):
        if random.random() < 0.8:
            routes[int(random.integers(problem.vehicle_count))].append(int(order))
    return routes


@settings(max_examples=150, deadline=None)
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_books_are_right_and_the_score_agrees_with_the_checker(town, data, seed):
    day = data.draw(rule_days(town))
    problem = build_problem(day, town.travel)
    for shift in range(3):
        routes = random_routes(problem, seed + shift)
        plan = assignment_of(problem, routes)
        table = evaluate(problem, plan, explain=False)
        found = {violation.code for violation in check(day, table, town.travel, plan)}
        assert found <= RULES
        assert bool(Scorer(problem).score(routes).broken) == bool(found)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_first_plans_and_the_fallback_search_keep_these_rules(town, data, seed):
    day = data.draw(rule_days(town))
    problem = build_problem(day, town.travel)
    scorer = Scorer(problem)
    start = first_plan(problem, scorer, seed=seed)
    better = ruin_and_recreate(problem, scorer, start, seed=seed, progress=lambda step: step / 15)
    assert scorer.score(better) <= scorer.score(start)
    plan = assignment_of(problem, better)
    assert check(day, evaluate(problem, plan), town.travel, plan) == ()


def test_an_insertion_may_begin_another_trip(town):
    orders = [town.order(key, x, quantity_milli=2000) for key, x in (("a", 10), ("b", 20))]
    problem = build_problem(town.day(orders, [small_van(town)]), town.travel)
    assert sorted(insert_all(problem, [0, 1])[0]) == [0, 1]


@settings(max_examples=150, deadline=None)
@given(data=st.data(), plain=st.booleans())
def test_reloads_are_where_they_cost_least(town, data, plain):
    """Against all places there are: never better, and on days without what needs a guess just as good."""
    day = data.draw(rule_days(town, plain=plain))
    problem = build_problem(day, town.travel)
    for vehicle in range(problem.vehicle_count):
        orders = list(range(problem.order_count))
        everywhere = []
        for count in range(min(int(problem.max_trips[vehicle]), len(orders))):
            for places in combinations(range(1, len(orders)), count):
                calls = []
                for position, order in enumerate(orders):
                    calls += [RELOAD, order] if position in places else [order]
                everywhere.append(worth(problem, vehicle, walk_route(problem, vehicle, calls)))
        found = worth(problem, vehicle, schedule_route(problem, vehicle, orders))
        assert found >= min(everywhere)
        if plain and not min(everywhere)[0]:
            assert found == min(everywhere)


def worth(problem, vehicle, times):
    return broken_limits(problem, vehicle, times), search_units(problem, vehicle, times)
