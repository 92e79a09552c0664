"""The reason and the sentence for each kind of order that is left out."""

from __future__ import annotations

import time

import pytest

from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.schedule import evaluate
from lastmile_desktop.model import Assignment, Capacity, Depot
from lastmile_desktop.model import UnassignedReason as Reason

HOUR = 3600


def reason(town, order, vehicle=None, plan=None, others=(), travel=None):
    day = town.day([order, *others], [vehicle or town.van()])
    table = evaluate(build_problem(day, travel or town.travel), plan or Assignment())
    entry = next(entry for entry in table.unassigned if entry.order_key == order.key)
    return entry.reason, entry.message


def test_skill(town):
    order = town.order("f907", 10, skills=frozenset({"crane"}))
    assert reason(town, order) == (
        Reason.SKILL,
        "F907 cannot be planned: no vehicle has the skill crane. "
        "Add it to a vehicle, or remove it from the order.",
    )


def test_skills_that_no_vehicle_has_together(town):
    order = town.order("a", 10, skills=frozenset({"crane", "lift"}))
    day = town.day(
        [order],
        [town.van("v1", skills=frozenset({"crane"})), town.van("v2", skills=frozenset({"lift"}))],
    )
    entry = evaluate(build_problem(day, town.travel), Assignment()).unassigned[0]
    assert entry.reason == Reason.SKILL
    assert "crane and lift together" in entry.message


def test_vehicles_that_are_not_in_use(town):
    code, text = reason(town, town.order("a", 10, only_vehicles=frozenset({"Truck"})))
    assert code == Reason.SKILL
    assert "the vehicles and drivers it may go with are none of those in use." in text


def test_window(town):
    order = town.order("f894", 20, windows=[(6 * HOUR, 6 * HOUR + 2700)])
    code, text = reason(town, order)
    assert code == Reason.WINDOW
    assert "only between 06:00 and 06:45; the earliest any vehicle can be there is 08:20" in text
    code, text = reason(town, town.order("g", 20, windows=[(None, 6 * HOUR + 2700)]))
    assert "only before 06:45" in text


def test_window_too_late_in_the_day_is_the_shift(town):
    code, text = reason(town, town.order("a", 20, windows=[(16 * HOUR + 3000, None)]))
    assert code == Reason.SHIFT
    assert "Van would be back at 17:15, 15 min after its day ends" in text


def test_shift_and_duration(town):
    assert reason(town, town.order("a", 10, service_s=9 * HOUR))[0] == Reason.SHIFT
    code, text = reason(town, town.order("a", 40), town.van(max_duration_s=HOUR))
    assert code == Reason.SHIFT
    assert "longer than Van may be under way" in text


def test_capacity_alone(town):
    order = town.order("a", 10, weight_g=900_000)
    code, text = reason(town, order, town.van(capacity=Capacity(weight_g=500_000)))
    assert code == Reason.CAPACITY
    assert "it has 900 kg, and the largest suitable vehicle holds 500" in text


def test_distance(town):
    code, text = reason(town, town.order("a", 40), town.van(max_distance_m=50_000))
    assert code == Reason.DISTANCE
    assert "there and back are 80.0 km, and Van may drive 50.0 km" in text


def test_unreachable(town):
    walls = frozenset({(town.at(0), town.at(10))})
    assert reason(town, town.order("a", 10), travel=type(town.travel)(walls=walls))[0] == Reason.UNREACHABLE


def test_full_vehicle(town):
    van = town.van(capacity=Capacity(quantity_milli=1500))
    code, text = reason(town, town.order("a", 10), van, town.plan(van="b"), [town.order("b", 20)])
    assert code == Reason.CAPACITY
    assert "full" in text


def test_full_day(town):
    van = town.van(shift_end_s=8 * HOUR + 3300)
    code, text = reason(town, town.order("a", 0, 20), van, town.plan(van="b"), [town.order("b", 20)])
    assert code == Reason.SHIFT
    assert "working time" in text


def test_most_stops_and_kilometres(town):
    others = [town.order("b", 20)]
    assert (
        reason(town, town.order("a", 10), town.van(max_stops=1), town.plan(van="b"), others)[0]
        == Reason.CAPACITY
    )
    van = town.van(max_distance_m=45_000)
    code, _ = reason(town, town.order("a", 0, 20), van, town.plan(van="b"), others)
    assert code == Reason.DISTANCE


def test_several_limits_at_once_are_named_and_no_other(town):
    """A full van with its most stops and plenty of hours was said to have no working time left."""
    van = town.van(max_stops=1, capacity=Capacity(quantity_milli=1500))
    code, text = reason(town, town.order("a", 10), van, town.plan(van="b"), [town.order("b", 20)])
    assert code == Reason.CAPACITY
    assert "(its room and its number of stops)" in text
    assert "working time" not in text


def test_window_taken_by_other_stops(town):
    eleven = [(11 * HOUR, 11 * HOUR + 60)]
    others = [town.order("b", 30, windows=eleven)]
    order = town.order("a", 0, 30, windows=eleven)
    code, text = reason(town, order, None, town.plan(van="b"), others)
    assert code == Reason.WINDOW
    assert "no route has room then. Van could take it with a time window that ends 1 h 04 later." in text


def test_could_be_planned(town):
    code, text = reason(town, town.order("a", 10), None, town.plan(van="b"), [town.order("b", 20)])
    assert code == Reason.DROPPED
    assert "Van could take it as order 1 of its route" in text


def test_optional_order_that_does_not_pay(town):
    van = town.van(cost_per_km_cents=100)
    code, text = reason(town, town.order("a", 40, skip_price_cents=500), van)
    assert code == Reason.DROPPED
    assert "would cost more than its price of 5.00" in text


def test_no_vehicle_today(town):
    _, text = reason(town, town.order("a", 10), town.van(active=False))
    assert "no vehicle is in use today" in text


def test_two_rules_at_once_name_one_of_them(town):
    # The only van that has the skill is too small.
    small = town.van("small", skills=frozenset({"lift"}), capacity=Capacity(quantity_milli=500))
    day = town.day([town.order("a", 10, skills=frozenset({"lift"}))], [small, town.van("big")])
    entry = evaluate(build_problem(day, town.travel), Assignment()).unassigned[0]
    assert entry.reason in (Reason.SKILL, Reason.CAPACITY)


@pytest.mark.parametrize("explain", [True, False])
def test_two_thousand_orders_are_explained_quickly(town, explain):
    orders = [town.order(f"o{n}", n % 50 + 1, n // 50 + 1) for n in range(2000)]
    vans = [town.van(f"v{n}") for n in range(22)]
    problem = build_problem(town.day(orders, vans), town.travel)
    began = time.monotonic()
    table = evaluate(problem, Assignment(), explain=explain)
    # About 0.7 s on a quiet core; the bound leaves room for a busy machine.
    assert time.monotonic() - began < 4
    assert len(table.unassigned) == 2000
    assert all(entry.message.endswith(".") for entry in table.unassigned)


def test_depot_is_named_when_nothing_can_start(town):
    day = town.day([town.order("a", 10)], depots=[Depot("d", "Barn")])
    entry = evaluate(build_problem(day, town.travel), Assignment()).unassigned[0]
    assert entry.message == "Van cannot be planned: its depot Barn has no position on the map."
