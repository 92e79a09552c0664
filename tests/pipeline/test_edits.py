"""What a dispatcher does by hand changes what it says, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from days import DEPOT, day_state, order
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.model import DayState
from lastmile_desktop.pipeline import edits


def routes(state: DayState) -> dict[str, list[str]]:
    assert state.assignment is not None
    return {route.vehicle_key: list(route.order_keys) for route in state.assignment.routes}


def test_an_order_moves_to_the_place_it_is_dropped_at() -> None:
    state = day_state(routes={"v1": [1, 2, 3], "v2": [4, 5]})
    moved = edits.move_orders(state, ["k2"], "v2", 1)
    assert routes(moved) == {"v1": ["k1", "k3"], "v2": ["k4", "k2", "k5"]}


def test_moving_down_within_a_route_counts_places_as_they_stood_before() -> None:
    state = day_state(routes={"v1": [1, 2, 3, 4]})
    assert routes(edits.move_orders(state, ["k1"], "v1", 3)) == {"v1": ["k2", "k3", "k1", "k4"]}


def test_several_orders_move_together_in_the_order_they_were_picked() -> None:
    state = day_state(routes={"v1": [1, 2, 3], "v2": [4]})
    assert routes(edits.move_orders(state, ["k3", "k1"], "v2", 0)) == {"v1": ["k2"], "v2": ["k3", "k1", "k4"]}


def test_an_order_taken_off_its_route_loses_its_lock() -> None:
    state = edits.set_locked(day_state(routes={"v1": [1, 2]}), ["k1"], locked=True)
    off = edits.move_orders(state, ["k1"], None)
    assert off.assignment is not None
    assert off.assignment.locked == frozenset()
    assert routes(off) == {"v1": ["k2"]}


def test_only_orders_on_a_route_can_be_locked() -> None:
    state = edits.set_locked(day_state(routes={"v1": [1]}), ["k1", "k2"], locked=True)
    assert state.assignment is not None
    assert state.assignment.locked == {"k1"}


def test_reordering_a_route_cannot_lose_an_order() -> None:
    state = day_state(routes={"v1": [1, 2]})
    assert routes(edits.set_route_order(state, "v1", ["k2", "k1"])) == {"v1": ["k2", "k1"]}
    with pytest.raises(ValueError, match="reordered"):
        edits.set_route_order(state, "v1", ["k2"])


def test_removed_orders_leave_their_routes() -> None:
    state = edits.remove_orders(day_state(routes={"v1": [1, 2], "v2": [3]}), ["k3", "k1"])
    assert routes(state) == {"v1": ["k2"]}
    assert "k1" not in state.day.order_by_key


def test_orders_of_a_vehicle_that_stays_home_are_unassigned() -> None:
    state = day_state(routes={"v1": [1], "v2": [2]})
    home = [replace(van, active=van.key != "v2") for van in state.day.vehicles]
    assert routes(edits.change_fleet(state, home, [DEPOT])) == {"v1": ["k1"]}


def test_taking_a_position_away_takes_the_order_off_its_route() -> None:
    state = edits.set_position(day_state(routes={"v1": [1, 2]}), "k1", None)
    assert routes(state) == {"v1": ["k2"]}
    assert state.day.order_by_key["k1"].location is None


def test_a_new_date_takes_the_orders_of_the_old_one_along() -> None:
    state = day_state()
    dated = edits.change_orders(state, [replace(state.day.orders[0], delivery_date=state.day.date)])
    moved = edits.change_date(dated, date(2026, 12, 1))
    assert moved.day.orders[0].delivery_date == date(2026, 12, 1)
    assert moved.day.orders[1].delivery_date is None


def test_a_date_that_the_sheet_has_orders_for_brings_those_forward() -> None:
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    state = day_state(orders=3, routes={"v1": [1, 3]})
    first, second, anytime = state.day.orders
    dated = edits.change_orders(
        state, [replace(first, delivery_date=monday), replace(second, delivery_date=tuesday)]
    )
    shown = edits.change_date(dated, tuesday)
    assert [order.delivery_date for order in shown.day.orders] == [monday, tuesday, None]
    assert routes(shown) == {"v1": [anytime.key]}


def test_an_unknown_order_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        edits.move_orders(day_state(routes={"v1": [1]}), ["nobody"], "v1")
    with pytest.raises(ValueError, match="share the key"):
        edits.add_order(day_state(), order(1))


@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(1, 6), min_size=1, max_size=3, unique=True),
            st.sampled_from(["v1", "v2", None]),
            st.one_of(st.none(), st.integers(0, 7)),
        ),
        max_size=12,
    )
)
def test_no_sequence_of_moves_loses_or_doubles_an_order(
    moves: list[tuple[list[int], str | None, int | None]],
) -> None:
    state = day_state(routes={"v1": [1, 2, 3], "v2": [4]})
    on_routes = {"k1", "k2", "k3", "k4"}
    for numbers, target, position in moves:
        keys = [f"k{number}" for number in numbers]
        state = edits.move_orders(state, keys, target, position)
        on_routes = on_routes | set(keys) if target else on_routes - set(keys)
        placed = [key for keys_ in routes(state).values() for key in keys_]
        assert sorted(placed) == sorted(on_routes)
        if target is not None:
            assert set(keys) <= set(routes(state)[target])
