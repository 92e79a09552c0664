"""Orders for one door are one stop, with one set-up time, everywhere; and can be kept apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from days import day_state, order
from hypothesis import given, settings
from hypothesis import strategies as st

from lastmile_desktop.documents.manifest.compose import manifests
from lastmile_desktop.documents.map_data import map_document
from lastmile_desktop.documents.plan_json import plan_document
from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.replan.changes import ChangeBudget
from lastmile_desktop.model import (
    Assignment,
    Break,
    Capacity,
    DayState,
    Location,
    Order,
    OrderKind,
    RouteOrders,
    RouteTimetable,
    TimeWindow,
    TrafficPeriod,
)
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.planning import Planner
from lastmile_desktop.pipeline.replanning import replan_day
from lastmile_desktop.pipeline.same_door import apart_stops, joined_stops, shared_doors

SPOT = Location(51.05, 3.73)
BESIDE = Location(51.050018, 3.73)  # two metres on


def shared(second: Order | None = None, first: Order | None = None) -> DayState:
    """One van: k1, then k2 and k3 at one door, then k4."""
    state = day_state(4, 1, {"v1": [1, 2, 3, 4]})
    usual = {"setup_s": 120, "windows": (), "service_s": 300}
    changed = [
        replace(state.day.orders[1], location=SPOT, **usual),
        replace(state.day.orders[2], location=BESIDE, **usual),
    ]
    changed[0] = first or changed[0]
    changed[1] = second or changed[1]
    return edits.change_orders(state, changed)


def timed(state: DayState) -> DayState:
    return Planner().timed(state)


def route_of(state: DayState) -> RouteTimetable:
    assert state.timetable is not None
    return state.timetable.routes[0]


def keys(state: DayState) -> list[tuple[str, ...]]:
    return [visit.order_keys for visit in route_of(state).visits if visit.order_keys]


def test_one_stop_with_one_setup_time_and_both_services() -> None:
    state = timed(shared())
    assert keys(state) == [("k1",), ("k2", "k3"), ("k4",)]
    stop = route_of(state).visits[1]
    assert (stop.setup_s, stop.service_s) == (120, 600)
    assert state.timetable is not None
    assert state.timetable.violations == ()
    assert state.timetable.totals.planned == 4
    assert len(shared_doors(state.day)) == 1


def test_papers_and_map_say_the_same() -> None:
    state = timed(shared())
    stops = plan_document(state)["routes"][0]["stops"]  # type: ignore[index]
    assert [stop["order_ids"] for stop in stops] == [["B-1"], ["B-2", "B-3"], ["B-4"]]
    rows = [row for row in manifests(state)[0].rows if row.number is not None]
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[1].order_ids == "B-2 (1 pc), B-3 (1 pc)"
    drawn = map_document(state.day, state.timetable)["routes"][0]["stops"]
    assert [stop["keys"] for stop in drawn] == [["k1"], ["k2", "k3"], ["k4"]]


def test_turned_off_each_order_is_a_stop_and_parks_again() -> None:
    state = shared()
    off = timed(edits.change_settings(state, replace(state.day.settings, same_door=False)))
    assert keys(off) == [("k1",), ("k2",), ("k3",), ("k4",)]
    assert [visit.setup_s for visit in route_of(off).visits] == [0, 120, 120, 0]
    assert off.timetable is not None
    assert off.timetable.violations == ()


@pytest.mark.parametrize(
    "other",
    [
        {"kind": OrderKind.PICKUP},
        {"windows": (TimeWindow(15 * 3600, 16 * 3600),)},
        {"location": Location(51.0502, 3.73)},
    ],
)
def test_what_cannot_be_done_in_one_go_stays_apart(other: dict[str, object]) -> None:
    plain = shared().day.orders[2]
    state = timed(shared(second=replace(plain, **other)))  # type: ignore[arg-type]
    assert keys(state) == [("k1",), ("k2",), ("k3",), ("k4",)]
    assert state.timetable is not None
    assert state.timetable.violations == ()


def test_a_window_that_opens_during_the_first_service_is_a_visit_of_its_own() -> None:
    opens = route_of(timed(shared())).visits[1].start_s + 200
    plain = shared().day.orders[2]
    state = timed(shared(second=replace(plain, windows=(TimeWindow(opens, opens + 3600),))))
    assert keys(state) == [("k1",), ("k2",), ("k3",), ("k4",)]


def test_late_orders_stay_apart_so_that_each_says_how_late_it_is() -> None:
    plain = shared().day.orders[2]
    state = timed(shared(second=replace(plain, windows=(TimeWindow(None, 8 * 3600 + 1),))))
    assert ("k2", "k3") not in keys(state)


def test_a_plan_with_a_stop_of_two_doors_is_found_out() -> None:
    state = timed(shared())
    assert state.timetable is not None
    moved = edits.set_position(state, "k3", Location(51.08, 3.73))
    codes = {one.code for one in check(moved.day, state.timetable, Planner().travel_for(moved.day))}
    assert {"door", "place"} <= codes


def test_the_checker_counts_both_services() -> None:
    state = timed(shared())
    assert state.timetable is not None
    longer = edits.change_orders(state, [replace(state.day.orders[2], service_s=900)])
    codes = {one.code for one in check(longer.day, state.timetable, Planner().travel_for(longer.day))}
    assert "service" in codes


def test_taking_stops_apart_is_the_inverse() -> None:
    state = timed(shared())
    assert state.timetable is not None
    apart = apart_stops(state.day, state.timetable)
    assert [visit.order_keys for visit in apart.routes[0].visits] == [("k1",), ("k2",), ("k3",), ("k4",)]
    assert joined_stops(state.day, apart) == state.timetable


def test_a_late_order_does_not_seem_to_shift_who_shares_a_door() -> None:
    planner = Planner()
    before = planner.timed(shared())
    after = edits.add_order(before, order(9, location=before.day.depots[0].location))
    found = replan_day(planner, before, after, ChangeBudget(0, 0), seconds=0)
    assert found.placed == ("k9",)
    shifts = {key: found.shift_s.get(key, 0) for key in ("k2", "k3")}
    assert len(set(shifts.values())) == 1


def test_planning_brings_them_together() -> None:
    from lastmile_desktop.engine.solve import SolveParams, Stop

    state = replace(shared(), assignment=None)
    result = Planner().plan(
        state, SolveParams(seconds=20, iterations=200), on_progress=lambda _p: None, stop=lambda: Stop.GO
    )
    assert any(set(stop) == {"k2", "k3"} for stop in keys(result.state))


#: What the checker says when a timetable does not add up, whatever rules the plan breaks.
BOOKS = {
    "duplicate", "missing", "kind", "place", "door", "travel", "arrival", "setup", "service", "lateness",
    "end", "load", "peak_load", "cost", "assignment", "reload",
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_joined_the_books_are_right(data: st.DataObject) -> None:
    """Few doors, many orders: windows, set-up, pickups, breaks, second trips and traffic in any mixture."""
    spots = [SPOT, BESIDE, Location(51.06, 3.74), Location(51.0600001, 3.74)]
    hour = st.integers(8, 16)
    made = []
    for number in range(1, data.draw(st.integers(2, 9)) + 1):
        start = data.draw(hour) * 3600
        windows = data.draw(
            st.sampled_from([(), (TimeWindow(start, start + 5400),), (TimeWindow(None, start),)])
        )
        made.append(
            order(
                number,
                location=data.draw(st.sampled_from(spots)),
                address=data.draw(st.sampled_from(["", "Weg 1", "Weg 2", "Weg 1, Flat 3"])),
                windows=windows,
                service_s=data.draw(st.sampled_from([0, 60, 600])),
                setup_s=data.draw(st.sampled_from([0, 90, 240])),
                kind=data.draw(st.sampled_from([OrderKind.DELIVERY, OrderKind.DELIVERY, OrderKind.PICKUP])),
                late_cents_per_hour=data.draw(st.sampled_from([None, 1000])),
            )
        )
    state = day_state(0, 2)
    vans = tuple(
        replace(
            van,
            breaks=data.draw(st.sampled_from([(), (Break(1800, 10 * 3600, 12 * 3600),)])),
            max_trips=data.draw(st.integers(1, 2)),
            reload_s=300,
            capacity=Capacity(quantity_milli=3000),
        )
        for van in state.day.vehicles
    )
    traffic = data.draw(st.sampled_from([(), (TrafficPeriod(9 * 3600, 11 * 3600, 150),)]))
    day = replace(
        state.day,
        orders=tuple(made),
        vehicles=vans,
        settings=replace(state.day.settings, traffic=traffic, same_door=data.draw(st.booleans())),
    )
    sequence = data.draw(st.permutations([one.key for one in made]))
    cut = data.draw(st.integers(0, len(made)))
    routes = tuple(
        RouteOrders(key, tuple(keys))
        for key, keys in (("v1", sequence[:cut]), ("v2", sequence[cut:]))
        if keys
    )
    planned = timed(replace(state, day=day, assignment=Assignment(routes)))
    assert planned.timetable is not None
    assert {one.code for one in planned.timetable.violations} & BOOKS == set()
    planned_keys = [key for route in planned.timetable.routes for key in route.order_keys]
    assert planned_keys == [key for route in routes for key in route.order_keys]
    apart = apart_stops(day, planned.timetable)
    assert [v.start_s for r in joined_stops(day, apart).routes for v in r.visits] == [
        v.start_s for r in planned.timetable.routes for v in r.visits
    ]
