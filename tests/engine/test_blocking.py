"""Smallest sets of rules: by hand for each rule, and for random days by relaxing every one of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastmile_desktop.engine.alone import judge_alone
from lastmile_desktop.engine.construct import insert_all
from lastmile_desktop.engine.explain.left_out import explain_left_out
from lastmile_desktop.engine.explain.rules import relaxations_for, relaxed
from lastmile_desktop.engine.explain.sets import blocking_sets
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.subproblem import subproblem
from lastmile_desktop.model import Block, BlockingRule, Break, Capacity, OrderKind, RoutePosition

HOUR = 3600
Rule = BlockingRule


def sets_of(town, orders, vans=None, routes=((),), travel=None, frozen=()):
    """The sets of the first order, which is on none of ``routes`` (keys); {rules: set} and the answer."""
    problem = build_problem(town.day(orders, vans), travel or town.travel)
    plan = [[problem.order_index[key] for key in route] for route in routes]
    possible = judge_alone(problem, [0]).possible
    stay = frozenset(problem.order_index[key] for key in frozen)
    (answer,) = blocking_sets(problem, plan, [0], possible, frozen=stay)
    return {frozenset(block.rule for block in one.rules): one for one in answer.sets}, answer


def amounts(one):
    return {block.rule: block.amount for block in one.rules}


def test_nothing_in_the_way(town):
    sets, answer = sets_of(town, [town.order("a", 10), town.order("b", 20)], routes=[["b"]])
    assert sets == {}
    assert answer.fits is not None
    assert answer.fits.position == 1


@pytest.mark.parametrize(
    ("order", "capacity", "rule", "amount"),
    [
        ({"quantity_milli": 5000}, Capacity(quantity_milli=4500), Rule.PIECES, 1500),
        ({"weight_g": 70_000}, Capacity(weight_g=60_000), Rule.WEIGHT, 40_000),
        ({"volume_cm3": 10**6}, Capacity(volume_cm3=10**6), Rule.VOLUME, 30_000),
    ],
)
def test_a_load_by_how_much(town, order, capacity, rule, amount):
    orders = [town.order("a", 10, **order), town.order("b", 20, weight_g=30_000, volume_cm3=30_000)]
    sets, _ = sets_of(town, orders, [town.van(capacity=capacity, cost_per_km_cents=50)], [["b"]])
    assert amounts(sets[frozenset({rule})]) == {rule: amount}
    # On the way to b anyway: the five minutes of service and nothing more.
    found = sets[frozenset({rule})]
    assert (found.vehicle_key, found.position, found.added_m, found.added_s) == ("van", 1, 0, 300)
    assert found.added_cents == 0


def test_a_second_trip_would_help_as_well(town):
    orders = [town.order("a", 10, quantity_milli=4000), town.order("b", -10, quantity_milli=4000)]
    van = town.van(capacity=Capacity(quantity_milli=5000), reload_s=600)
    sets, _ = sets_of(town, orders, [van], [["b"]])
    assert set(sets) == {frozenset({Rule.PIECES}), frozenset({Rule.TRIPS})}
    assert amounts(sets[frozenset({Rule.TRIPS})]) == {Rule.TRIPS: 1}
    # There and back again, loading in between, instead of straight on.
    assert sets[frozenset({Rule.TRIPS})].added_s == 20 * 60 + 300 + 600


def test_working_time_in_minutes_and_money(town):
    # b: 20 min there, 5 min, 20 min back = 45 of 50 min; a on the other side takes another 25.
    van = town.van(shift_end_s=8 * HOUR + 3000, cost_per_hour_cents=3000, cost_per_km_cents=10)
    sets, _ = sets_of(town, [town.order("a", -10), town.order("b", 20)], [van], [["b"]])
    late, soon = sets[frozenset({Rule.SHIFT_END})], sets[frozenset({Rule.SHIFT_START})]
    assert amounts(late) == {Rule.SHIFT_END: 20 * 60}
    assert amounts(soon) == {Rule.SHIFT_START: 20 * 60}
    assert (late.added_s, late.added_m, late.added_cents) == (25 * 60, 20_000, 1250 + 200)


def test_windows_by_how_many_minutes(town):
    nine = [(9 * HOUR, 9 * HOUR)]
    sets, _ = sets_of(
        town, [town.order("a", 10, windows=nine), town.order("b", 20, windows=nine)], routes=[["b"]]
    )
    # From b at 9:05 it is 10 min to a; from a after 5 min 10 min to b, so a is served 15 min before 9.
    assert amounts(sets[frozenset({Rule.WINDOW_LATER})]) == {Rule.WINDOW_LATER: 15 * 60}
    assert amounts(sets[frozenset({Rule.WINDOW_EARLIER})]) == {Rule.WINDOW_EARLIER: 15 * 60}
    others = sets[frozenset({Rule.OTHER_WINDOWS})]
    assert others.rules == (Block(Rule.OTHER_WINDOWS, 15 * 60, ("b",)),)


def test_several_windows_are_widened_on_both_sides(town):
    orders = [
        town.order("a", 10, windows=[(9 * HOUR, 9 * HOUR + 600), (12 * HOUR, 12 * HOUR + 600)]),
        town.order("b", 20, windows=[(9 * HOUR, 9 * HOUR)]),
        town.order("c", 30, windows=[(11 * HOUR + 3300, 11 * HOUR + 3300)]),
    ]
    sets, _ = sets_of(town, orders, routes=[["b", "c"]])
    # Back from b at 9:05 the van is at a at 9:15: five minutes late for the first of its windows.
    assert amounts(sets[frozenset({Rule.WINDOW_LATER})]) == {Rule.WINDOW_LATER: 5 * 60}


def test_distance_duration_and_stops(town):
    orders = [town.order("a", -10), town.order("b", 20)]
    for van, rule, amount in (
        (town.van(max_distance_m=45_000), Rule.DISTANCE, 15_000),
        (town.van(max_duration_s=HOUR), Rule.DURATION, 600),
        (town.van(max_stops=1), Rule.STOPS, 1),
    ):
        sets, _ = sets_of(town, orders, [van], [["b"]])
        assert amounts(sets[frozenset({rule})]) == {rule: amount}


def test_skill_and_choice_of_vehicles(town):
    vans = [town.van("one"), town.van("two", skills=frozenset({"lift"}))]
    order = town.order("a", 10, skills=frozenset({"lift"}), barred_vehicles=frozenset({"Two"}))
    sets, _ = sets_of(town, [order], vans, [[], []])
    assert sets[frozenset({Rule.SKILL})].vehicle_key == "one"
    assert sets[frozenset({Rule.VEHICLE})].vehicle_key == "two"


def test_a_break_is_in_the_way(town):
    # At 9:00 b must be served and the break has begun by 9:10: only without it, or later, a comes at 9:15.
    orders = [
        town.order("a", 20, windows=[(9 * HOUR + 900, 9 * HOUR + 900)]),
        town.order("b", 10, windows=[(9 * HOUR, 9 * HOUR)]),
    ]
    van = town.van(breaks=(Break(1800, 9 * HOUR - 300, 9 * HOUR + 600),))
    sets, _ = sets_of(town, orders, [van], [["b"]])
    assert amounts(sets[frozenset({Rule.BREAK})]) == {Rule.BREAK: 600}


def test_no_road(town):
    walls = frozenset({(town.at(0), town.at(10))})
    sets, _ = sets_of(town, [town.order("a", 10)], travel=type(town.travel)(walls=walls))
    assert not sets[frozenset({Rule.UNREACHABLE})].solvable


def test_a_frozen_beginning(town):
    nine, ten = [(9 * HOUR, 9 * HOUR)], [(10 * HOUR, 10 * HOUR)]
    orders = [town.order("a", 10, windows=nine), town.order("b", 20, windows=ten)]
    sets, _ = sets_of(town, orders, routes=[["b"]], frozen=["b"])
    assert frozenset({Rule.FROZEN}) in sets
    assert sets[frozenset({Rule.FROZEN})].position == 1
    assert sets_of(town, orders, routes=[["b"]])[1].fits is not None


def test_first_last_and_sequence(town):
    orders = [
        town.order("a", 10, windows=[(16 * HOUR, 16 * HOUR)], position=RoutePosition.FIRST),
        town.order("b", 20, windows=[(9 * HOUR, 9 * HOUR)]),
    ]
    sets, _ = sets_of(town, orders, routes=[["b"]])
    assert frozenset({Rule.ROUTE_POSITION}) in sets
    orders = [
        town.order("a", 10, windows=[(9 * HOUR, 9 * HOUR)], after=frozenset({"b"})),
        town.order("b", 20, windows=[(16 * HOUR, 16 * HOUR)]),
    ]
    sets, _ = sets_of(town, orders, routes=[["b"]])
    assert sets[frozenset({Rule.BEFORE})].rules == (Block(Rule.BEFORE, 0, ("b",)),)


def test_orders_that_must_share_a_vehicle(town):
    vans = [town.van("one", max_stops=1), town.van("two")]
    orders = [town.order("a", 10, same_van="x"), town.order("b", 20, same_van="x")]
    sets, _ = sets_of(town, orders, vans, [["b"], []])
    assert sets[frozenset({Rule.STOPS})].vehicle_key == "one"
    assert sets[frozenset({Rule.SAME_VAN})].rules == (Block(Rule.SAME_VAN, 0, ("b",)),)
    assert sets[frozenset({Rule.SAME_VAN})].vehicle_key == "two"


def test_a_shipment_is_tried_as_a_whole(town):
    orders = [
        town.order("a", 10, shipment="s", quantity_milli=4000),
        town.order("p", 5, shipment="s", kind=OrderKind.PICKUP, quantity_milli=4000),
        town.order("b", 20, quantity_milli=2000),
    ]
    van = town.van(capacity=Capacity(quantity_milli=5000), max_stops=2)
    # After b there is room for it, though not for one more stop.
    sets, answer = sets_of(town, orders, [van], [["b"]])
    assert answer.unit == (1, 0)
    assert amounts(sets[frozenset({Rule.STOPS})]) == {Rule.STOPS: 1}
    assert sets[frozenset({Rule.STOPS})].position == 3
    # Its pickup is on another vehicle already: it can only go there.
    sets, answer = sets_of(town, orders, [town.van("one", max_stops=1), town.van("two")], [["p"], ["b"]])
    assert answer.unit == (0,)
    assert sets[frozenset({Rule.SHIPMENT})].rules == (Block(Rule.SHIPMENT, 0, ("p",)),)
    assert sets[frozenset({Rule.STOPS})].vehicle_key == "one"


def test_two_and_three_rules_at_once(town):
    van = town.van(max_stops=1, capacity=Capacity(quantity_milli=1500), shift_end_s=8 * HOUR + 3000)
    sets, _ = sets_of(town, [town.order("a", -10), town.order("b", 20)], [van], [["b"]])
    both = {Rule.STOPS, Rule.PIECES}
    assert frozenset({*both, Rule.SHIFT_END}) in sets
    assert frozenset({*both, Rule.SHIFT_START}) in sets
    assert all(both < rules or {Rule.STOPS, Rule.TRIPS} < rules for rules in sets)


def test_every_vehicle_is_tried_and_the_fewest_rules_come_first(town):
    vans = [
        town.van("full", capacity=Capacity(quantity_milli=1000), max_stops=1),
        town.van("short", shift_end_s=8 * HOUR + 600),
    ]
    _, answer = sets_of(town, [town.order("a", 10), town.order("b", 20)], vans, [["b"], []])
    assert answer.complete
    assert answer.sets[0].vehicle_key == "short"
    assert {one.vehicle_key for one in answer.sets} == {"short", "full"}
    sizes = [len(one.rules) for one in answer.sets]
    assert sizes == sorted(sizes)


def test_without_time_there_is_a_sentence_all_the_same(town):
    orders = [town.order(f"o{n}", 10 + n) for n in range(30)]
    van = town.van(capacity=Capacity(quantity_milli=1000))
    problem = build_problem(town.day(orders, [van]), town.travel)
    told = explain_left_out(problem, [[0]], range(1, 30), budget_s=0.0)
    assert len(told) == 29
    assert all(entry.message.endswith(".") and not entry.blocked for entry in told)


def test_what_would_help_is_said(town):
    van = town.van(shift_end_s=8 * HOUR + 3000)
    problem = build_problem(town.day([town.order("a", -10), town.order("b", 20)], [van]), town.travel)
    (told,) = explain_left_out(problem, [[1]], [0])
    assert told.message == (
        "A does not fit any more: the working time of the only suitable vehicle is used up. "
        "Van could take it if it worked 20 min longer."
    )
    assert {block.rule for one in told.blocked for block in one.rules} == {Rule.SHIFT_END, Rule.SHIFT_START}


# ---- any day ----------------------------------------------------------------------------------------------


def fits(problem, route, unit, relaxations, by, frozen=0):
    """Brute force, with its own loops: does the unit fit anywhere on the route when ``by`` gives way?"""
    loose = relaxed(problem, len(route), relaxations, by)
    scorer = Scorer(loose)
    base = list(range(len(route)))
    before = scorer.route(0, base)[0] if base else 0
    first, last = len(route), len(route) + len(unit) - 1
    for at in range(len(base) + 1):
        for to in range(at, len(base) + 1) if len(unit) > 1 else [at]:
            trial = base[:at] + [first] + base[at:to] + ([last] if len(unit) > 1 else []) + base[to:]
            if scorer.route(0, trial)[0] <= before:
                return True
    return False


def without_what_is_certain(problem, count):
    return replace(
        problem,
        allowed=np.ones_like(problem.allowed),
        max_stops=np.maximum(problem.max_stops, problem.order_count),
    )


def assert_true_and_smallest(problem, routes, answer):
    """Relaxing all rules of a set by their amounts makes the unit insertable, and no proper subset does."""
    for one in answer.sets:
        if not one.solvable:
            continue
        vehicle = problem.vehicle_index[one.vehicle_key]
        route = routes[vehicle]
        part = subproblem(problem, [*route, *answer.unit], [vehicle])
        certain = {Rule.SKILL, Rule.VEHICLE, Rule.STOPS, Rule.SAME_VAN, Rule.SHIPMENT}
        barred = not part.allowed[len(route) :, 0].all()
        many = part.order_count > max(int(part.max_stops[0]), len(route))
        named = {block.rule for block in one.rules}
        assert bool(named & {Rule.SKILL, Rule.VEHICLE}) == barred
        assert (Rule.STOPS in named) == many
        part = without_what_is_certain(part, len(route))
        choices = {choice.rule: choice for choice in relaxations_for(part, len(route), 0)}
        by = {block.rule: block.amount for block in one.rules if block.rule not in certain}
        by = {
            rule: amount or (choices[rule].most if rule is Rule.BREAK else 1) for rule, amount in by.items()
        }
        assert fits(part, route, answer.unit, choices, by)
        for size in range(len(by)):
            for some in combinations(by, size):
                wide = {rule: choices[rule].most for rule in some}
                assert not fits(part, route, answer.unit, choices, wide)
        for rule, amount in by.items():
            # No amount is larger than it must be, given the others.
            if choices[rule].counted and amount < choices[rule].most:
                less = {**by, rule: amount - choices[rule].step}
                assert not fits(part, route, answer.unit, choices, less)


@st.composite
def tight_days(draw, town):
    """Few vehicles with limits of every kind, and more orders than they can take."""
    orders = []
    count = draw(st.integers(2, 9))
    for number in range(count):
        marks = sorted(draw(st.lists(st.integers(32, 60), max_size=4, unique=True)))
        orders.append(
            town.order(
                f"o{number}",
                draw(st.integers(-20, 20)),
                draw(st.integers(-20, 20)),
                windows=[(a * 900, b * 900) for a, b in zip(marks[::2], marks[1::2], strict=False)],
                service_s=draw(st.sampled_from([0, 300, 1800])),
                quantity_milli=draw(st.integers(0, 4000)),
                skills=draw(st.sampled_from([frozenset(), frozenset(), frozenset({"lift"})])),
                kind=draw(st.sampled_from(list(OrderKind))),
                same_van=draw(st.sampled_from(["", "", "", "g"])),
                position=draw(st.sampled_from([RoutePosition.ANY] * 4 + list(RoutePosition))),
                after=frozenset({f"o{number - 1}"})
                if number and draw(st.integers(0, 5)) == 0
                else frozenset(),
                setup_s=draw(st.sampled_from([0, 0, 120])),
                late_cents_per_hour=draw(st.sampled_from([None, None, 500])),
                max_late_s=draw(st.sampled_from([None, 900])),
            )
        )
    if count > 3 and draw(st.booleans()):
        orders[0] = replace(orders[0], shipment="s", kind=OrderKind.PICKUP)
        orders[1] = replace(orders[1], shipment="s", kind=OrderKind.DELIVERY)
    vans = []
    for number in range(draw(st.integers(1, 3))):
        begin = draw(st.integers(7, 9)) * HOUR
        rests = (Break(1800, begin + HOUR, begin + 2 * HOUR),) if draw(st.booleans()) else ()
        vans.append(
            town.van(
                f"v{number}",
                shift_start_s=begin,
                shift_end_s=begin + draw(st.integers(1, 6)) * HOUR,
                breaks=rests,
                capacity=Capacity(draw(st.none() | st.integers(0, 9000))),
                skills=draw(st.sampled_from([frozenset(), frozenset({"lift"})])),
                max_stops=draw(st.none() | st.integers(0, 4)),
                max_distance_m=draw(st.none() | st.integers(20_000, 120_000)),
                max_duration_s=draw(st.none() | st.integers(1, 4).map(lambda hours: hours * HOUR)),
                overtime_s=draw(st.sampled_from([0, 0, 1800])),
                max_trips=draw(st.sampled_from([1, 1, 1, 2])),
                reload_s=600,
                cost_per_km_cents=draw(st.sampled_from([0, 45])),
                cost_per_hour_cents=draw(st.sampled_from([0, 2700])),
            )
        )
    return town.day(orders, vans)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_every_set_is_true_and_smallest(town, data, seed):
    problem = build_problem(data.draw(tight_days(town)), town.travel)
    sequence = [int(order) for order in np.random.default_rng(seed).permutation(problem.order_count)]
    routes = insert_all(problem, sequence)
    planned = {order for route in routes for order in route}
    left_out = [order for order in range(problem.order_count) if order not in planned][:3]
    possible = judge_alone(problem, left_out).possible
    for answer in blocking_sets(problem, routes, left_out, possible):
        assert answer.fits is not None or answer.sets
        assert_true_and_smallest(problem, routes, answer)
        if answer.fits is not None:
            vehicle = problem.vehicle_index[answer.fits.vehicle_key]
            part = subproblem(problem, [*routes[vehicle], *answer.unit], [vehicle])
            assert fits(part, routes[vehicle], answer.unit, {}, {})
