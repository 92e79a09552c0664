"""What a driver's papers say."""

from __future__ import annotations

from dataclasses import replace

from lastmile_desktop.documents.manifest.compose import manifests, navigation_link, not_planned
from lastmile_desktop.documents.manifest.content import ESTIMATE_REMARK, RowKind
from lastmile_desktop.model import Location, OrderKind, Priority, RouteTimetable, TimeWindow, VisitKind
from tests.documents import factories


def test_head_and_figures_of_a_route() -> None:
    manifest = manifests(factories.planned_day(1, 6))[0]
    assert (manifest.title, manifest.subtitle) == ("Sofie Lambert", "Van 1")
    assert manifest.date == "Monday 23 November 2026"
    assert manifest.places == "From and back to Depot Gent, Dok Noord 7, 9000 Gent"
    assert dict(manifest.figures) == {
        "Stops": "6",
        "Pieces": "21",
        "Weight": "25 kg",
        "Volume": "0.08 m³",
        "Distance": "30.3 km",
        "Driving": "46 min",
        "Start": "08:00",
        "End": "09:46",
        "Whole day": "1 h 46",
    }


def test_estimates_are_called_estimates_and_roads_are_not() -> None:
    van, one = factories.vehicle(1), factories.order(1)
    route = factories.route(van, [[one]])
    assert manifests(factories.state_of([route], [van], [one]))[0].remark == ESTIMATE_REMARK
    on_roads = factories.state_of([route], [van], [one], roads="region:Gent")
    assert manifests(on_roads)[0].remark == ""


def test_rows_in_driving_order_with_the_break_unnumbered() -> None:
    rows = manifests(factories.planned_day(1, 4, break_after=2))[0].rows
    assert [(row.kind, row.number) for row in rows] == [
        (RowKind.LINE, None),
        (RowKind.STOP, 1),
        (RowKind.STOP, 2),
        (RowKind.PAUSE, None),
        (RowKind.STOP, 3),
        (RowKind.STOP, 4),
        (RowKind.LINE, None),
    ]
    first, pause, last = rows[1], rows[3], rows[6]
    assert (first.time, first.title, first.address) == ("08:06", "Anna Müller", "Hauptstr. 5, 10115 Berlin")
    assert first.windows == ("09:00–12:30",)
    assert first.load == ("1 pcs", "12.5 kg", "0.04 m³") or first.load[0].startswith("1 ")
    assert (pause.title, pause.timing) == ("Break", ("until 08:52 (30 min)",))
    assert (last.time, last.title) == ("09:24", "Back at Depot Gent")
    assert rows[2].windows == ("any time",)


def test_an_open_route_and_another_end_are_said() -> None:
    open_route = manifests(factories.one_route_day([factories.order(1)], end_depot=None))[0]
    assert open_route.places.endswith("the day ends at the last stop")
    assert open_route.rows[-1].title == "End of the day at the last stop"
    assert [number for number, _ in open_route.drawing.points] == [None, 1]


def test_waiting_lateness_priority_pickup_and_skills_are_said() -> None:
    one = factories.order(
        1, kind=OrderKind.PICKUP, priority=Priority.HIGH, skills=frozenset({"lift", "crane"})
    )
    van = factories.vehicle(1)
    visit = factories.visit([one], 30_000, load=one.load, wait_s=900, late_s=720)
    route = replace(factories.route(van, [[one]]), visits=(visit,))
    row = manifests(factories.state_of([route], [van], [one]))[0].rows[1]
    assert row.timing == ("start 08:35", "12 min late")
    assert row.remarks == ("PICK UP", "Priority", "Needs crane, lift")


def test_one_door_with_two_orders_is_one_row() -> None:
    first = factories.order(
        1, notes="Side door", windows=(TimeWindow(32_400, 43_200),), kind=OrderKind.PICKUP
    )
    second = factories.order(2, name=first.name, address=first.address, notes="", phone=first.phone)
    van = factories.vehicle(1)
    row = manifests(factories.state_of([factories.route(van, [[first, second]])], [van], [first, second]))[
        0
    ].rows[1]
    assert row.title == "Zażółć Gęślą Jaźń Sp. z o.o."
    assert row.order_ids == "B-1001 (2 pcs), B-1002 (3 pcs)"
    assert row.notes == "B-1001: Side door"
    assert row.windows == ("09:00–12:00",)
    assert row.remarks == ("2 orders, one stop", "PICK UP B-1001, deliver the rest")
    assert row.load[0].startswith("5 ")


def test_the_loading_list_is_the_reverse_of_the_route_without_pickups() -> None:
    orders = [factories.order(number) for number in range(5)]
    orders[2] = replace(orders[2], kind=OrderKind.PICKUP)
    (loading,) = manifests(factories.one_route_day(orders))[0].loading
    assert [line.number for line in loading.lines] == [5, 4, 2, 1]
    assert loading.total[0].startswith("12 ")


def test_each_trip_between_reloads_has_its_own_loading_list() -> None:
    orders = [factories.order(number) for number in range(4)]
    van = factories.vehicle(1)
    route: RouteTimetable = factories.route(van, [[one] for one in orders])
    reload_visit = factories.pause(VisitKind.RELOAD, route.visits[1].leave_s, 900, Location(51.05, 3.71))
    visits = (*route.visits[:2], reload_visit, *route.visits[2:])
    manifest = manifests(factories.state_of([replace(route, visits=visits)], [van], orders))[0]
    assert [[line.number for line in one.lines] for one in manifest.loading] == [[2, 1], [4, 3]]
    assert [one.title for one in manifest.loading] == [
        "Loading list, trip 1 of 2",
        "Loading list, trip 2 of 2",
    ]
    assert [number for number, _ in manifest.drawing.points] == [None, 1, 2, None, 3, 4, None]


def test_empty_routes_and_unknown_vehicles_give_no_manifest() -> None:
    state = factories.planned_day(2, 3)
    idle = replace(factories.route(factories.vehicle(2), []), vehicle_key="v2")
    assert state.timetable is not None
    timetable = replace(state.timetable, routes=(state.timetable.routes[0], idle))
    state = replace(state, timetable=timetable)
    assert [one.vehicle_key for one in manifests(state)] == ["v1"]
    assert manifests(state, ["v2", "nobody"]) == []
    assert manifests(replace(state, timetable=None)) == []
    assert [one.order_id for one in not_planned(state).orders][:2] == ["F907", "F908"]
    assert len(not_planned(state).orders) == 5  # the three that the idle van should have had are not lost


def test_the_link_has_six_decimals_and_a_dot() -> None:
    assert navigation_link(Location(52.5, -0.00001234)) == (
        "https://www.google.com/maps/dir/?api=1"
        "&destination=52.500000,-0.000012&travelmode=driving&dir_action=navigate"
    )
