"""Re-planning: every change gives a plan that keeps the rules and the budget, counted by trying out."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.replan.changes import ChangeBudget
from lastmile_desktop.engine.replan.replan import replan
from lastmile_desktop.engine.schedule import evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.model import Capacity, UnassignedReason

HOUR = 3600
STEPS = 240


def departures(before, after, apart, shift_s):
    """(other vehicle, moved, shifted) by definition: tries all subsets of a route for the longest sequence
    that stayed (routes of these tests are short), falling back to dynamic programming for long ones."""
    was = {k: (r.vehicle_key, v.start_s) for r in before.routes for v in r.visits for k in v.order_keys}
    now = {k: (r.vehicle_key, v.start_s) for r in after.routes for v in r.visits for k in v.order_keys}
    counted = [key for key in was if key not in apart]
    other = sum(key not in now or now[key][0] != was[key][0] for key in counted)
    shifted = sum(key in now and abs(now[key][1] - was[key][1]) > shift_s for key in counted)
    moved = 0
    for route in after.routes:
        stayed = [k for k in route.order_keys if k in counted and was[k][0] == route.vehicle_key]
        old = next((r for r in before.routes if r.vehicle_key == route.vehicle_key), None)
        rank = {key: n for n, key in enumerate(old.order_keys)} if old else {}
        moved += len(stayed) - longest_rising([rank[key] for key in stayed])
    return other, moved, shifted


def longest_rising(numbers):
    best = [1] * len(numbers)
    for i, j in combinations(range(len(numbers)), 2):
        if numbers[i] < numbers[j]:
            best[j] = max(best[j], *(best[h] + 1 for h in range(j) if numbers[h] < numbers[j]))
    return max(best, default=0)


def apart_of(case):
    here = {order.key for order in case.new_day.orders}
    usable = {vehicle.key for vehicle in case.new_day.vehicles if vehicle.active}
    lost = {k for r in case.before.routes if r.vehicle_key not in usable for k in r.order_keys}
    return lost | set(case.changed) | {o.key for o in case.day.orders if o.key not in here}


@pytest.mark.parametrize("block", range(4))
def test_every_change_keeps_the_rules_and_the_budget(changing, block):
    for seed in range(100 * block, 100 * block + 45):
        case = changing.draw(seed)
        count = int(np.random.default_rng(seed).choice([0, 1, 2, 5]))
        budget = ChangeBudget.at_most(count) if seed % 5 else ChangeBudget()
        result = replan(
            case.problem, case.before, changed=case.changed, budget=budget, seconds=60, steps=STEPS, seed=seed
        )
        apart = apart_of(case)
        counts = departures(case.before, result.timetable, apart, budget.shift_s)
        assert counts == result.changes.counts, (seed, case.what)
        if seed % 5:
            forced = (0, 0, len(result.forced.shifted))
            assert all(n <= max(count, f) for n, f in zip(counts, forced, strict=True)), (seed, case.what)
        planned = [key for route in result.assignment.routes for key in route.order_keys]
        out = [left.order_key for left in result.left_out]
        assert sorted([*planned, *out]) == sorted(case.problem.order_keys), (seed, case.what)
        assert all(left.message for left in result.left_out)
        if not result.broken:
            violations = check(case.new_day, result.timetable, changing.travel, result.assignment)
            assert not violations, (seed, case.what, violations)
        again = evaluate(case.problem, result.assignment, explain=False)
        assert again.routes == result.timetable.routes


def test_the_same_steps_give_the_same_plan(changing):
    for seed in range(6):
        case = changing.draw(seed)
        plans = [
            replan(case.problem, case.before, changed=case.changed, seconds=60, steps=STEPS).assignment
            for _ in range(2)
        ]
        assert plans[0] == plans[1]


def test_more_freedom_never_costs_more(changing):
    worse = 0
    for seed in range(500, 530):
        case = changing.draw(seed)
        score = {}
        for name, budget in (("none", ChangeBudget.at_most(0)), ("free", ChangeBudget())):
            result = replan(
                case.problem, case.before, changed=case.changed, budget=budget, seconds=60, steps=2000
            )
            score[name] = Scorer(case.problem).score(result.routes)
        worse += score["free"] > score["none"]
    assert worse == 0


def test_locked_and_frozen_orders_stay(changing):
    for seed in range(200, 240):
        case = changing.draw(seed)
        route = max(case.before.routes, key=lambda r: len(r.order_keys))
        gone = apart_of(case)
        frozen = []
        for key in route.order_keys[: 1 + seed % 3]:
            if key in gone:
                break
            frozen.append(key)
        rest = [key for key in route.order_keys if key not in gone and key not in frozen]
        locked = rest[:: 1 + seed % 2]
        if not any(v.key == route.vehicle_key and v.active for v in case.new_day.vehicles):
            continue
        result = replan(
            case.problem, case.before, changed=case.changed, seconds=60, steps=STEPS,
            locked=locked, frozen=frozen,
        )  # fmt: skip
        now = next(r for r in result.assignment.routes if r.vehicle_key == route.vehicle_key).order_keys
        assert list(now[: len(frozen)]) == frozen
        assert [key for key in now if key in locked] == locked


def test_a_locked_order_that_changes_stays_on_its_vehicle(town):
    vans = [town.van(f"v{n}", cost_per_km_cents=50) for n in range(2)]
    orders = [town.order(f"o{n}", 8, n) for n in range(4)] + [town.order(f"p{n}", 0, 8 + n) for n in range(4)]
    day = town.day(orders, vans)
    before = evaluate(build_problem(day, town.travel), town.plan(v0="o0 o1 o2 o3", v1="p0 p1 p2 p3"))
    moved = replace(orders[1], location=town.at(0, 10))
    new_day = replace(day, orders=(orders[0], moved, *orders[2:]))
    problem = build_problem(new_day, town.travel)
    free = replan(problem, before, changed={"o1"}, seconds=60, steps=2000)
    held = replan(problem, before, changed={"o1"}, locked={"o1"}, seconds=60, steps=2000)
    on = {name: {r.vehicle_key: r.order_keys for r in x.assignment.routes} for name, x in
          (("free", free), ("held", held))}  # fmt: skip
    assert "o1" in on["free"]["v1"]
    assert "o1" in on["held"]["v0"]


def test_room_is_made_by_moving_one_order(town):
    """Both vans are full but for one piece each; only a swap makes room for a new order of two pieces."""
    vans = [
        town.van(f"v{n}", capacity=Capacity(quantity_milli=4000), cost_per_km_cents=50, cost_per_hour_cents=0)
        for n in range(2)
    ]
    orders = [
        town.order("a", 5, quantity_milli=2000),
        town.order("b", 6, quantity_milli=1000),
        town.order("c", 5, 5, quantity_milli=3000),
    ]
    day = town.day(orders, vans)
    problem = build_problem(day, town.travel)
    before = evaluate(problem, town.plan(v0="a b", v1="c"))
    new_day = replace(day, orders=(*orders, town.order("n", 4, quantity_milli=2000)))
    new = build_problem(new_day, town.travel)
    held = replan(new, before, budget=ChangeBudget.at_most(0), seconds=60, steps=STEPS)
    assert [left.order_key for left in held.left_out] == ["n"]
    assert held.left_out[0].reason is UnassignedReason.DROPPED
    assert "allow more changes" in held.left_out[0].message
    assert not held.changes.touched
    placed = replan(new, before, budget=ChangeBudget(1, 1), seconds=60, steps=STEPS)
    assert not placed.left_out
    assert placed.placed == ("n",)
    assert placed.changes.other_vehicle == ("b",)
    assert placed.broken == 0


def test_a_late_van_gives_away_what_it_cannot_make(town):
    vans = [town.van(f"v{n}", cost_per_km_cents=50, cost_per_hour_cents=0) for n in range(2)]
    orders = [town.order(f"o{n}", 3 + n, windows=[(8 * HOUR, 9 * HOUR)]) for n in range(3)]
    orders += [town.order(f"p{n}", 0, 3 + n) for n in range(3)]
    day = town.day(orders, vans)
    before = evaluate(build_problem(day, town.travel), town.plan(v0="o0 o1 o2 p0", v1="p1 p2"))
    late = replace(day, vehicles=(replace(vans[0], shift_start_s=10 * HOUR), vans[1]))
    problem = build_problem(late, town.travel)
    result = replan(problem, before, seconds=60, steps=STEPS)
    assert result.broken == 0
    assert not result.left_out
    assert {"o0", "o1", "o2"} <= set(result.changes.other_vehicle)
    kept = replan(problem, before, budget=ChangeBudget(other_vehicle=1), seconds=60, steps=STEPS)
    assert kept.broken > 0
    assert len(kept.changes.other_vehicle) <= 1


def test_a_lost_van_is_not_counted_against_the_budget(town):
    vans = [town.van(f"v{n}", cost_per_km_cents=50) for n in range(2)]
    orders = [town.order(f"o{n}", n, 2) for n in range(8)]
    day = town.day(orders, vans)
    before = evaluate(build_problem(day, town.travel), town.plan(v0="o0 o1 o2 o3", v1="o4 o5 o6 o7"))
    lost = replace(day, vehicles=(vans[0], replace(vans[1], active=False)))
    budget = ChangeBudget(0, 0, None)
    result = replan(build_problem(lost, town.travel), before, budget=budget, seconds=60, steps=STEPS)
    assert not result.left_out
    assert result.changes.counts[:2] == (0, 0)
    assert sorted(result.placed) == ["o4", "o5", "o6", "o7"]


def test_an_order_twice_on_the_table_is_refused(town):
    day = town.day([town.order("a", 1)], [town.van("v0"), town.van("v1")])
    problem = build_problem(day, town.travel)
    one = evaluate(problem, town.plan(v0="a"))
    twice = replace(one, routes=(one.routes[0], replace(one.routes[0], vehicle_key="v1")))
    with pytest.raises(ValueError, match="twice"):
        replan(problem, twice)


def test_a_day_without_vehicles_or_orders(town):
    day = town.day([town.order("a", 1)], [town.van("v0")])
    before = evaluate(build_problem(day, town.travel), town.plan(v0="a"))
    empty = replan(build_problem(replace(day, orders=()), town.travel), before)
    assert empty.assignment.routes == ()
    nobody = replan(build_problem(replace(day, vehicles=()), town.travel), before)
    assert [left.order_key for left in nobody.left_out] == ["a"]
