"""A day on the roads of a region: its times, its labels, and what happens when the file is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lastmile_desktop.documents.map_data import map_document
from lastmile_desktop.documents.plan_json import plan_document
from lastmile_desktop.documents.road_words import roads_label, roads_sentence
from lastmile_desktop.model import (
    Assignment,
    Day,
    DayState,
    Depot,
    Location,
    Order,
    RouteOrders,
    TrafficPeriod,
    UnassignedReason,
    Vehicle,
)
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.planning import Planner
from lastmile_desktop.pipeline.road_travel import travel_note
from lastmile_desktop.store.day_file import read_day_file, write_day_file
from tests.roads.towns import at, write_extract, write_roads

RING = {1: (0, 0), 2: (2000, 0), 3: (2000, 2000), 4: (0, 2000), 5: (1000, 300)}
SHORE = {21: (9000, 0), 22: (9000, 800)}
ROAD = {"highway": "residential"}
DEPOT_AT, NEAR, CORNER = at(0, 0), at(1500, 20), at(2000, 1500)
ISLAND, FAR = at(9000, 400), at(60_000, 0)


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    ways = [([1, 2, 3, 4, 1], ROAD), ([21, 22], ROAD)]
    return write_roads(write_extract(folder / "ring.osm.pbf", {**RING, **SHORE}, ways)).path


@pytest.fixture
def state(region: Path) -> DayState:
    return day(region, NEAR, CORNER)


def day(region: Path, *places: Location, **settings: Any) -> DayState:
    orders = tuple(
        Order(key=f"k{n}", id=f"B-{n}", name=f"Customer {n}", location=place)
        for n, place in enumerate(places)
    )
    van = Vehicle(key="v", name="Van", start_depot="d", end_depot="d", shift_start_s=8 * 3600)
    made = Day(
        date=date(2026, 11, 23),
        orders=orders,
        vehicles=(van,),
        depots=(Depot("d", "Depot", DEPOT_AT),),
    )
    made = replace(made, settings=replace(made.settings, region=str(region), **settings))
    route = RouteOrders("v", tuple(order.key for order in orders))
    return DayState(day=made, assignment=Assignment((route,)))


def test_a_plan_drives_on_the_roads_and_passes_the_check(state: DayState) -> None:
    timed = Planner().timed(state)
    assert timed.timetable is not None
    (route,) = timed.timetable.routes
    assert timed.timetable.roads == "region:town"
    assert timed.timetable.violations == ()
    assert [visit.distance_m for visit in route.visits] == [
        pytest.approx(1500, abs=3),
        pytest.approx(2000, abs=3),
    ]
    # 25 km/h, and nothing to turn into.
    assert route.visits[0].drive_s == pytest.approx(1500 * 3.6 / 25, abs=2)
    assert timed.timetable.estimated_legs == 0
    assert roads_label(timed.timetable) == "roads: town"
    assert roads_sentence(timed.timetable) == ""


def test_rush_hours_hold_on_roads_too(region: Path) -> None:
    usual = Planner().timed(day(region, NEAR, CORNER)).timetable
    rush = TrafficPeriod(0, 24 * 3600, 150)
    slow = Planner().timed(day(region, NEAR, CORNER, traffic=(rush,))).timetable
    assert usual is not None
    assert slow is not None
    assert slow.totals.drive_s == pytest.approx(1.5 * usual.totals.drive_s, abs=4)
    assert slow.violations == ()


def test_the_firms_percentage_and_cars_instead_of_vans(region: Path) -> None:
    usual = Planner().timed(day(region, NEAR, CORNER)).timetable
    slow = Planner().timed(day(region, NEAR, CORNER, drive_time_percent=200)).timetable
    car = Planner().timed(day(region, NEAR, CORNER, drive_as="car")).timetable
    assert usual is not None
    assert slow is not None
    assert car is not None
    assert slow.totals.drive_s == pytest.approx(2 * usual.totals.drive_s, abs=4)
    assert car.totals.drive_s == usual.totals.drive_s  # no street here is fast enough for a difference


def test_legs_beyond_the_region_are_labelled_one_by_one(region: Path, tmp_path: Path) -> None:
    timed = Planner().timed(day(region, NEAR, FAR, CORNER))
    assert timed.timetable is not None
    (route,) = timed.timetable.routes
    assert [visit.estimated for visit in route.visits] == [False, True, True]
    assert not route.last_estimated
    assert timed.timetable.estimated_legs == 2
    assert roads_label(timed.timetable) == "roads: town, 2 legs estimated"
    assert "2 legs are estimates" in roads_sentence(timed.timetable)
    document: Any = plan_document(timed)
    assert document["summary"]["roads"] == "region:town"
    assert document["summary"]["estimated_legs"] == 2
    assert [stop["estimated"] for stop in document["routes"][0]["stops"]] == [False, True, True]
    write_day_file(timed, tmp_path / "day.lastmile")
    again = read_day_file(tmp_path / "day.lastmile")
    assert again.timetable == timed.timetable
    assert again.day.settings == timed.day.settings


def test_the_map_draws_the_roads(state: DayState) -> None:
    planner = Planner()
    timed = planner.timed(state)
    document = map_document(timed.day, timed.timetable, planner.travel_for(timed.day).line)
    points = document["routes"][0]["points"]
    corner = at(2000, 0)
    assert any(abs(lat - corner.lat) < 1e-5 and abs(lon - corner.lon) < 1e-5 for lat, lon in points)


def test_an_order_without_a_way_is_named(region: Path) -> None:
    from lastmile_desktop.engine.solve import SolveParams, Stop

    planned = Planner().plan(
        replace(day(region, NEAR, ISLAND), assignment=None),
        SolveParams(seconds=5, iterations=50, workers=1),
        on_progress=lambda _progress: None,
        stop=lambda: Stop.GO,
    )
    assert planned.state.timetable is not None
    (left,) = planned.state.timetable.unassigned
    assert (left.order_key, left.reason) == ("k1", UnassignedReason.UNREACHABLE)


def test_a_region_that_is_gone_costs_nothing_but_accuracy(region: Path, tmp_path: Path) -> None:
    away = tmp_path / "away.region"
    away.write_bytes(region.read_bytes())
    state = day(away, NEAR, CORNER)
    planner = Planner()
    assert travel_note(state.day.settings) == ""
    away.rename(tmp_path / "elsewhere.region")
    timed = planner.timed(state)
    assert timed.timetable is not None
    assert timed.timetable.roads == "straight-line"
    assert timed.timetable.violations == ()
    note = travel_note(timed.day.settings)
    assert "away.region" in note
    assert "estimates" in note
    assert timed.day.settings.region == str(away)
    (tmp_path / "elsewhere.region").rename(away)
    back = planner.timed(timed)
    assert back.timetable is not None
    assert back.timetable.roads == "region:town"


def test_an_edit_asks_for_new_places_only_and_gives_the_same_times(region: Path) -> None:
    planner = Planner()
    first = planner.timed(day(region, NEAR, CORNER))
    more = edits.add_order(first, Order(key="k9", id="B-9", name="Late", location=at(500, 0)))
    grown = planner.timed(edits.move_orders(more, ["k9"], "v", 0))
    fresh = Planner().timed(grown)
    assert grown.timetable == fresh.timetable
    assert grown.timetable is not None
    assert grown.timetable.violations == ()
