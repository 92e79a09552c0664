"""The map's data: numbering, times, what waits, and that one change builds one route."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from lastmile_desktop.documents.map_colours import DARK, LIGHT, route_colours
from lastmile_desktop.documents.map_data import MapParts, map_document, straight_line
from lastmile_desktop.model import (
    Assignment,
    Day,
    Depot,
    Load,
    Location,
    Order,
    RouteOrders,
    RouteTimetable,
    Timetable,
    TimeWindow,
    Unassigned,
    UnassignedReason,
    Vehicle,
    Visit,
    VisitKind,
)
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.map_view.view import page_colours

PLACES = [Location(51.0 + at / 100, 3.7) for at in range(6)]


def order(number: int, **changes: object) -> Order:
    return replace(Order(f"o{number}", f"F{number}", f"Name {number}", location=PLACES[number]), **changes)


def visit(start_s: int, *keys: str, place: Location | None = None, late_s: int = 0) -> Visit:
    kind = VisitKind.DELIVERY if keys else VisitKind.BREAK
    return Visit(kind, keys, place, 600 if keys else 0, 5000, start_s, start_s, start_s + 300, late_s)


def route(vehicle_key: str, *visits: Visit) -> RouteTimetable:
    return RouteTimetable(vehicle_key, visits, 8 * 3600, 12 * 3600, 600, 5000, Load(), Load(), 0)


def day() -> Day:
    return Day(
        date=date(2026, 11, 23),
        orders=(
            order(0),
            order(1, windows=(TimeWindow(8 * 3600, 10 * 3600),)),
            order(2, location=PLACES[1], windows=(TimeWindow(9 * 3600, None),)),
            order(3),
            order(4, windows=(TimeWindow(None, 6 * 3600),)),
            order(5, location=None),
        ),
        vehicles=(
            Vehicle("v0", "Van 1", "Sofie", start_depot="d", end_depot="d"),
            Vehicle("v1", "Bike", start_depot="d", end_depot=None),
        ),
        depots=(Depot("d", "Warehouse", PLACES[5]), Depot("e", "Unknown place")),
    )


def timetable() -> Timetable:
    first = route(
        "v0",
        visit(8 * 3600, "o0", place=PLACES[0]),
        visit(9 * 3600),
        visit(10 * 3600 + 61, "o1", "o2", place=PLACES[1], late_s=61),
    )
    second = route("v1", visit(9 * 3600, "o3", place=PLACES[3]))
    left = Unassigned("o4", UnassignedReason.WINDOW, "Only before 06:00.")
    waits = Unassigned("o5", UnassignedReason.WAITING_FOR_POSITION, "No position yet.")
    return Timetable((first, second), (left, waits), "straight-line")


def test_stops_are_numbered_without_the_break_and_say_what_the_timetable_says() -> None:
    routes = map_document(day(), timetable(), assignment=Assignment(locked=frozenset({"o2"})))["routes"]
    assert [entry["id"] for entry in routes] == ["v0", "v1"]
    one, two = routes[0]["stops"]
    assert one == {
        "key": "o0", "keys": ["o0"], "id": "F0", "lat": 51.0, "lon": 3.7, "number": 1, "name": "Name 0",
        "time": "08:00", "window": "any time", "late": 0, "locked": False,
    }  # fmt: skip
    assert two["keys"] == ["o1", "o2"]
    assert (two["id"], two["name"]) == ("F1, F2", "Name 1 +1")
    assert (two["number"], two["time"], two["window"]) == (2, "10:01", "09:00–10:00")
    assert (two["late"], two["locked"]) == (2, True)


def test_ways_lead_from_the_depot_and_back_only_where_the_van_goes_back() -> None:
    van, bike = map_document(day(), timetable())["routes"]
    assert van["out"] == [[51.05, 3.7], [51.0, 3.7]]
    assert van["points"] == [[51.0, 3.7], [51.01, 3.7]]
    assert van["back"] == [[51.01, 3.7], [51.05, 3.7]]
    assert bike["back"] == []


def test_the_line_of_the_road_is_drawn_with_all_its_points() -> None:
    def by_road(start: Location, end: Location) -> tuple[Location, ...]:
        return (start, Location((start.lat + end.lat) / 2, 3.8), end)

    van = map_document(day(), timetable(), by_road)["routes"][0]
    assert van["points"] == [[51.0, 3.7], [51.005, 3.8], [51.01, 3.7]]
    assert len(van["out"]) == 3


def test_every_order_is_on_a_route_or_left_or_waits() -> None:
    document = map_document(day(), timetable())
    assert [(left["key"], left["reason"]) for left in document["unassigned"]] == [
        ("o4", "Only before 06:00.")
    ]
    assert document["waiting"] == 1
    assert [depot["key"] for depot in document["depots"]] == ["d"]
    assert document["note"] == "Straight-line estimate, no base map"


def test_before_the_first_plan_all_orders_are_left_without_a_reason() -> None:
    document = map_document(day(), None)
    assert document["routes"] == []
    assert [left["reason"] for left in document["unassigned"]] == [""] * 5


def test_an_assignment_without_times_is_drawn_in_its_order() -> None:
    chosen = Assignment((RouteOrders("v1", ("o3", "o5", "o0", "gone")),), frozenset({"o0"}))
    document = map_document(day(), None, assignment=chosen)
    stops = document["routes"][0]["stops"]
    assert [(stop["key"], stop["time"], stop["locked"]) for stop in stops] == [
        ("o3", "", False),
        ("o0", "", True),
    ]
    assert {left["key"] for left in document["unassigned"]} == {"o1", "o2", "o4"}


def test_one_changed_route_is_one_built_route() -> None:
    parts = MapParts()
    parts.update(day(), timetable(), None, straight_line)
    assert parts.built == 2
    before = dict(parts.routes)
    parts.update(day(), timetable(), None, straight_line)
    assert parts.built == 0
    changed = replace(timetable(), routes=(timetable().routes[0], route("v1", visit(9 * 3600 + 60, "o3"))))
    parts.update(day(), changed, None, straight_line)
    assert parts.built == 1
    assert parts.routes["v0"] is before["v0"]
    assert parts.routes["v1"] != before["v1"]
    assert json.loads(parts.whole)["routes"] == [json.loads(text) for text in parts.routes.values()]


def test_a_renamed_customer_or_a_new_lock_is_a_change() -> None:
    parts = MapParts()
    parts.update(day(), timetable(), None, straight_line)
    renamed = replace(day(), orders=(order(0, name="Other"), *day().orders[1:]))
    parts.update(renamed, timetable(), None, straight_line)
    assert parts.built == 1
    parts.update(renamed, timetable(), Assignment(locked=frozenset({"o3"})), straight_line)
    assert parts.built == 1


def test_window_and_exported_page_have_the_same_colours() -> None:
    for palette, colours in ((LIGHT, theme.LIGHT), (DARK, theme.DARK)):
        assert palette.as_dict() == page_colours(colours)
    for index in range(40):
        assert route_colours(index) == (theme.LIGHT.route(index), theme.DARK.route(index))
