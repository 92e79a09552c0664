"""Late orders and changed ones get their place, and the rest of the plan stays within the budget."""

from __future__ import annotations

from dataclasses import replace

import pytest
from days import day_state, order

from lastmile_desktop.engine.replan.changes import ChangeBudget
from lastmile_desktop.model import DayState, Location
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.planning import Planner
from lastmile_desktop.pipeline.replanning import changed_orders, fit_in, replan_day

STEPS = 200


def planned(routes: dict[str, list[int]], orders: int = 8) -> tuple[Planner, DayState]:
    planner = Planner()
    return planner, planner.timed(day_state(orders, 2, routes))


def test_a_late_order_gets_a_place_and_nothing_else_changes() -> None:
    planner, before = planned({"v1": [1, 2, 3, 4], "v2": [5, 6, 7, 8]})
    after = edits.add_order(before, order(9, location=Location(51.02, 3.73)))
    found = replan_day(planner, before, after, ChangeBudget(0, 0), steps=STEPS)
    assert found.placed == ("k9",)
    assert (found.other_vehicle, found.moved) == ((), ())
    assert found.state.assignment is not None
    assert found.state.assignment.order_keys == {f"k{n}" for n in range(1, 10)}
    assert found.state.timetable is not None
    assert not found.state.timetable.violations
    assert found.sentence.startswith("1 order placed")
    for route in found.state.assignment.routes:
        rest = [key for key in route.order_keys if key != "k9"]
        assert rest == sorted(rest)


def test_an_order_moved_on_the_map_is_placed_anew() -> None:
    planner, before = planned({"v1": [1, 2, 3, 4], "v2": [5, 6, 7, 8]})
    after = edits.set_position(before, "k1", Location(51.031, 3.71))
    assert changed_orders(before, after) == {"k1"}
    found = replan_day(planner, before, after, ChangeBudget.at_most(0, 10**6), steps=STEPS)
    assert found.placed == ("k1",)
    assert found.other_vehicle == ()


def test_notes_and_names_do_not_change_a_plan() -> None:
    _, before = planned({"v1": [1, 2, 3, 4], "v2": [5, 6, 7, 8]})
    other = edits.change_orders(before, [replace(before.day.orders[0], notes="ring twice", phone="1")])
    assert changed_orders(before, other) == frozenset()


def test_locks_and_frozen_beginnings_hold() -> None:
    planner, before = planned({"v1": [1, 2, 3, 4], "v2": [5, 6, 7, 8]})
    assert before.assignment is not None
    kept = replace(before.assignment, locked=frozenset({"k6"}), frozen=frozenset({"k1", "k2"}))
    before = planner.timed(replace(before, assignment=kept))
    after = edits.add_order(before, order(9, location=before.day.depots[0].location))
    found = replan_day(planner, before, after, steps=STEPS)
    assert found.state.assignment is not None
    routes = {route.vehicle_key: route.order_keys for route in found.state.assignment.routes}
    assert routes["v1"][:2] == ("k1", "k2")
    assert "k6" in routes["v2"]
    assert (found.state.assignment.locked, found.state.assignment.frozen) == (kept.locked, kept.frozen)


def test_only_the_orders_asked_for_are_fitted_in() -> None:
    planner, state = planned({"v1": [1, 2, 3], "v2": [5, 6]})
    after = fit_in(planner, state, ["k7"])
    assert after.assignment is not None
    assert after.assignment.order_keys == {"k1", "k2", "k3", "k5", "k6", "k7"}
    with pytest.raises(KeyError):
        fit_in(planner, state, ["nobody"])


def test_without_a_plan_there_is_nothing_to_change() -> None:
    state = day_state(3, 1)
    with pytest.raises(ValueError, match="no plan"):
        replan_day(Planner(), state, state)
