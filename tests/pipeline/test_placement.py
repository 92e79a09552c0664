"""An order moved by hand goes where it does least harm, and nothing else on the route changes place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lastmile_desktop.model import (
    Assignment,
    Day,
    DayState,
    Depot,
    Location,
    Order,
    RouteOrders,
    TimeWindow,
    Vehicle,
)
from lastmile_desktop.pipeline.placement import move_where_it_fits
from lastmile_desktop.pipeline.planning import Planner


def east(key: str, steps: int, window: TimeWindow | None = None) -> Order:
    """An order ``steps`` times 700 m east of the depot."""
    return Order(key, key, location=Location(51.0, 3.7 + 0.01 * steps), windows=(window,) if window else ())


def state_of(*orders: Order, route: tuple[str, ...], other: tuple[str, ...] = ()) -> DayState:
    depot = Depot("d", "Depot", Location(51.0, 3.7))
    vans = tuple(
        Vehicle(key, key, start_depot="d", end_depot=None, cost_per_km_cents=35) for key in ("van", "other")
    )
    day = Day(date(2026, 11, 23), orders, vans, (depot,))
    assignment = Assignment((RouteOrders("van", route), RouteOrders("other", other)))
    return DayState(day, assignment)


def route_of(state: DayState, vehicle: str = "van") -> tuple[str, ...]:
    assert state.assignment is not None
    return next((r.order_keys for r in state.assignment.routes if r.vehicle_key == vehicle), ())


def test_on_the_way_comes_between_its_neighbours() -> None:
    state = state_of(east("a", 1), east("b", 2), east("c", 3), east("d", 4), route=("a", "b", "d"))
    assert route_of(move_where_it_fits(Planner(), state, ["c"], "van")) == ("a", "b", "c", "d")


def test_the_furthest_comes_last_on_an_open_route() -> None:
    state = state_of(east("a", 1), east("b", 2), east("z", 9), route=("a", "b"))
    assert route_of(move_where_it_fits(Planner(), state, ["z"], "van")) == ("a", "b", "z")


def test_being_on_time_counts_more_than_a_detour() -> None:
    early = TimeWindow(8 * 3600, 8 * 3600 + 900)
    state = state_of(east("a", 1), east("b", 2), east("far", 5, early), route=("a", "b"))
    moved = move_where_it_fits(Planner(), state, ["far"], "van")
    assert route_of(moved)[0] == "far"


def test_several_orders_from_another_route_and_an_empty_one() -> None:
    state = state_of(east("a", 1), east("b", 2), east("c", 3), route=("a", "b", "c"))
    moved = move_where_it_fits(Planner(), state, ["c", "a"], "other")
    assert route_of(moved, "other") == ("a", "c")
    assert route_of(moved) == ("b",)


def test_within_its_own_route_an_order_finds_a_better_place() -> None:
    state = state_of(east("a", 1), east("b", 2), east("c", 3), route=("c", "a", "b"))
    assert route_of(move_where_it_fits(Planner(), state, ["c"], "van")) == ("a", "b", "c")


def test_an_order_without_a_position_goes_to_the_end() -> None:
    state = state_of(east("a", 1), replace(east("x", 1), location=None), route=("a",))
    assert route_of(move_where_it_fits(Planner(), state, ["x"], "van")) == ("a", "x")
