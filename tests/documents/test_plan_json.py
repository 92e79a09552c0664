"""`plan.json` says exactly what the contract promises, and loses no order."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.documents.plan_json import plan_document
from lastmile_desktop.model import (
    Block,
    BlockingRule,
    BlockingSet,
    DayState,
    Load,
    Timetable,
    TimeWindow,
    Unassigned,
    UnassignedReason,
    Violation,
    VisitKind,
)
from tests.documents import factories

SUMMARY_KEYS = {
    "orders", "planned", "unassigned", "routes", "distance_m", "drive_s", "service_s", "wait_s", "late_s",
    "cost", "currency", "solve_s", "seed", "engine", "certified", "roads",
}  # fmt: skip
ROUTE_KEYS = {
    "vehicle", "driver", "depot_start", "depot_end", "start_s", "end_s", "distance_m", "drive_s", "load",
    "stops",
}  # fmt: skip
STOP_KEYS = {
    "order_ids", "kind", "name", "lat", "lon", "arrive_s", "start_s", "leave_s", "windows", "locked",
}  # fmt: skip


def read_back(state: DayState, **options: int) -> dict:
    return json.loads(json.dumps(plan_document(state, **options), allow_nan=False))


def test_has_every_key_of_the_contract() -> None:
    document = read_back(factories.planned_day(), seed=7)
    assert document["version"] == 1
    assert document["date"] == "2026-11-23"
    assert set(document["summary"]) >= SUMMARY_KEYS
    assert document["summary"]["seed"] == 7
    for route in document["routes"]:
        assert set(route) >= ROUTE_KEYS
        assert set(route["load"]) >= {"quantity", "weight_kg"}
        for stop in route["stops"]:
            assert set(stop) >= STOP_KEYS
    assert all(set(one) >= {"order_id", "reason", "message"} for one in document["unassigned"])
    assert {one["reason"] for one in document["unassigned"]} <= {str(reason) for reason in UnassignedReason}
    assert document["check"] == {"ok": True, "violations": []}


def test_figures_are_those_of_the_timetable() -> None:
    state = factories.planned_day(vehicles=2, stops=6)
    document = read_back(state)
    assert document["summary"]["orders"] == 14
    assert document["summary"]["planned"] == 12
    assert document["summary"]["cost"] == 169.0
    assert document["summary"]["distance_m"] == sum(route["distance_m"] for route in document["routes"])
    first = document["routes"][0]
    assert (first["vehicle"], first["driver"], first["depot_start"]) == (
        "Van 1",
        "Sofie Lambert",
        "Depot Gent",
    )
    assert first["stops"][0]["windows"] == [[540, 750]]
    assert first["stops"][1]["windows"] == []
    assert first["stops"][3] == {
        "order_ids": [], "kind": "break", "name": "", "address": "", "lat": None, "lon": None,
        "arrive_s": 30780, "start_s": 30780, "leave_s": 32580, "late_s": 0, "windows": [], "locked": False,
        "estimated": False, "access_estimated": False,
    }  # fmt: skip


@given(st.integers(0, 4), st.integers(0, 5), st.integers(1, 3))
def test_every_order_is_said_exactly_once(vehicles: int, stops: int, doors: int) -> None:
    vans = [factories.vehicle(number + 1) for number in range(vehicles)]
    orders = [factories.order(number) for number in range(vehicles * stops * doors + 2)]
    routes, rest = [], list(orders)
    for van in vans:
        groups = [[rest.pop() for _ in range(doors)] for _ in range(stops)]
        routes.append(factories.route(van, groups))
    state = factories.state_of(routes, vans, orders)  # what is left is named by no one: it must not vanish
    document = read_back(state)
    said = [key for route in document["routes"] for stop in route["stops"] for key in stop["order_ids"]]
    said += [one["order_id"] for one in document["unassigned"]]
    assert sorted(said) == sorted(one.id for one in orders)
    assert document["summary"]["orders"] == len(orders)
    assert document["summary"]["unassigned"] == len(document["unassigned"])
    assert document["summary"]["routes"] == len(document["routes"])


def test_a_day_without_a_plan_has_all_orders_unassigned() -> None:
    state = replace(factories.planned_day(), assignment=None, timetable=None)
    document = read_back(state)
    assert document["routes"] == []
    assert len(document["unassigned"]) == 14
    waiting = [one for one in document["unassigned"] if one["reason"] == "waiting_for_position"]
    assert [one["order_id"] for one in waiting] == ["F908"]


def test_violations_make_the_check_fail_and_name_vehicle_and_order() -> None:
    state = factories.planned_day()
    assert state.timetable is not None
    wrong = Violation("window", "B-1001 is served after 12:30.", "v1", "o1")
    broken = Timetable(state.timetable.routes, state.timetable.unassigned, "straight-line", (wrong,))
    document = read_back(replace(state, timetable=broken))
    assert document["check"]["ok"] is False
    assert document["check"]["violations"] == [
        {
            "code": "window",
            "message": "B-1001 is served after 12:30.",
            "vehicle": "Van 1",
            "order_id": "B-1001",
        }
    ]


def test_locks_open_routes_and_open_windows() -> None:
    first = factories.order(1, windows=(TimeWindow(None, 36_000), TimeWindow(50_430, None)))
    state = factories.one_route_day([first, factories.order(2)], end_depot=None)
    assert state.assignment is not None
    state = replace(state, assignment=replace(state.assignment, locked=frozenset({"o1"})))
    route = read_back(state)["routes"][0]
    assert route["depot_end"] is None
    assert [stop["locked"] for stop in route["stops"]] == [True, False]
    assert route["stops"][0]["windows"] == [[None, 600], [840.5, None]]


def test_a_door_with_two_orders_gives_the_windows_both_can_take() -> None:
    early = factories.order(1, windows=(TimeWindow(28_800, 43_200), TimeWindow(50_400, 61_200)))
    late = factories.order(2, windows=(TimeWindow(36_000, 54_000),))
    van = factories.vehicle(1)
    state = factories.state_of([factories.route(van, [[early, late]])], [van], [early, late])
    stop = read_back(state)["routes"][0]["stops"][0]
    assert stop["order_ids"] == ["B-1001", "B-1002"]
    assert stop["windows"] == [[600, 720], [840, 900]]
    assert stop["name"] == "Zażółć Gęślą Jaźń Sp. z o.o., Ελληνικό Φαρμακείο Αθηνών"


def test_reload_visits_have_their_kind_and_loads_are_whole_units() -> None:
    van = factories.vehicle(1)
    one = factories.order(1, quantity_milli=2500, weight_g=12_500)
    route = factories.route(van, [[one]])
    reload_visit = factories.pause(VisitKind.RELOAD, route.end_s, 600, one.location)
    route = replace(route, visits=(*route.visits, reload_visit), peak_load=Load(3000, 12_500, 0))
    document = read_back(factories.state_of([route], [van], [one]))["routes"][0]
    assert document["stops"][-1]["kind"] == "reload"
    assert document["load"]["quantity"] == 3
    assert isinstance(document["load"]["quantity"], int)
    assert document["load"]["weight_kg"] == 12.5


def test_what_would_have_to_give_way_is_told_with_amounts_and_names() -> None:
    state = factories.planned_day()
    assert state.timetable is not None
    vehicle, order, other = state.day.vehicles[0], state.day.orders[-1], state.day.orders[0]
    rules = (
        Block(BlockingRule.SHIFT_END, 1200),
        Block(BlockingRule.OTHER_WINDOWS, 300, (other.key,)),
    )
    blocked = (BlockingSet(vehicle.key, rules, 3, 840, 1500, 20_000),)
    entry = Unassigned(order.key, UnassignedReason.SHIFT, "It is late.", blocked)
    timetable = Timetable(state.timetable.routes, (entry,), "straight-line")
    document = read_back(replace(state, timetable=timetable))
    (told,) = [one for one in document["unassigned"] if one["order_id"] == order.id]
    assert told["blocked_by"] == [
        {
            "vehicle": vehicle.name,
            "rules": [
                {"rule": "shift_end", "amount": 1200, "order_ids": []},
                {"rule": "other_windows", "amount": 300, "order_ids": [other.id]},
            ],
            "solvable": True,
            "position": 3,
            "added_cost": 8.4,
            "added_s": 1500,
            "added_m": 20_000,
        }
    ]
