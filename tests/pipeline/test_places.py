"""Orders are placed from the region: what is sure, what needs a look, what waits, and what a person said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lastmile_desktop.model import Depot, ImportReport, Location, Order, Severity, SheetProblem, SourceCell
from lastmile_desktop.model.placing import PlaceLevel, PlaceSource
from lastmile_desktop.pipeline.importing import day_from_reports
from lastmile_desktop.pipeline.places import UNSURE, WAITING, find_places, report_with_places, with_places
from lastmile_desktop.system.beside import BesideStopped
from tests.addresses.towns import american_town, build_addresses


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(build_addresses(american_town().write(tmp_path_factory.mktemp("r") / "town.osm.pbf")))


def report_of(*addresses: str) -> ImportReport:
    orders = tuple(
        Order(f"k{row}", f"B-{row}", f"Customer {row}", address, source=SourceCell("Orders", row))
        for row, address in enumerate(addresses, start=2)
    )
    problems = tuple(
        SheetProblem("Orders", row, "", f"B-{row}", Severity.INFO, WAITING, "It waits.")
        for row, _ in enumerate(addresses, start=2)
    )
    return ImportReport("orders.xlsx", orders=orders, problems=problems)


HOUSE = "12 Whitethorn Road, Millbrook, VA 20111"
NEAR = "1213 Greenspring Valley Road, Millbrook, VA 20111"
LOST = "5 Nowhere Street, Millbrook, VA 20111"
TWICE = "3 Church Street"


def test_a_house_is_simply_there_a_street_needs_a_look_and_the_rest_waits(region: str) -> None:
    report = report_of(HOUSE, NEAR, LOST, TWICE)

    placed = report_with_places(report, find_places(report.orders, region))
    house, near, lost, twice = placed.orders

    assert house.location is not None
    assert not house.attention
    assert house.placing is not None
    assert (house.placing.level, house.placing.source) == (PlaceLevel.HOUSE, PlaceSource.REGION)
    assert near.location is not None
    assert near.attention
    assert (lost.location, lost.attention) == (None, False)
    assert twice.location is None
    said = {problem.row: problem for problem in placed.problems}
    assert set(said) == {3, 4, 5}, "nothing is said of the house"
    assert (said[3].severity, said[3].category) == (Severity.ATTENTION, UNSURE)
    assert "1213 is not in the map" in said[3].message
    assert (said[4].severity, said[4].category) == (Severity.INFO, WAITING)
    assert "Nowhere Street" in said[4].message
    assert "Millbrook" in said[5].message
    assert "Ashford" in said[5].message


def test_what_a_person_confirmed_wins_over_the_region(region: str) -> None:
    report = report_of(HOUSE, NEAR)
    door = Location(39.5, -77.5)

    def position_of(name: str, _address: str) -> Location | None:
        return door if name == "Customer 2" else None

    places = find_places(report.orders, region, position_of=position_of)
    state = with_places(day_from_reports([report], today=date(2026, 11, 23), position_of=position_of), places)

    known, looked_up = state.day.orders
    assert HOUSE not in places.answers
    assert known.location == door
    assert known.placing is not None
    assert known.placing.source is PlaceSource.CONFIRMED
    assert not known.placing.needs_a_look
    assert looked_up.placing is not None
    assert looked_up.placing.source is PlaceSource.REGION
    assert state.sheet_orders[0].location is None, "the sheet itself said nothing of a position"


def test_a_position_in_the_sheet_is_left_alone(region: str) -> None:
    order = Order("k", "B-1", "Anna", HOUSE, Location(1.0, 2.0), source=SourceCell("Orders", 2))
    report = ImportReport("orders.xlsx", orders=(order,))

    assert report_with_places(report, find_places(report.orders, region)) == report


def test_many_lines_are_looked_up_beside_with_progress_and_can_be_stopped(region: str) -> None:
    report = report_of(*[f"{2 * (n % 20) + 2} Whitethorn Road, Millbrook VA {20000 + n}" for n in range(150)])
    heard: list[tuple[int, int]] = []

    places = find_places(report.orders, region, on_progress=lambda done, total: heard.append((done, total)))

    assert len(places.answers) == 150
    assert heard[-1] == (150, 150)
    assert len(heard) > 1
    with pytest.raises(BesideStopped):
        find_places(report.orders, region, should_stop=lambda: True)


def test_a_region_that_cannot_be_used_is_said_and_nothing_is_placed(tmp_path: Path) -> None:
    report = report_of(HOUSE)

    places = find_places(report.orders, str(tmp_path / "gone.region"))

    assert "gone.region" in places.trouble
    assert report_with_places(report, places) == report
    assert find_places(report.orders, "").trouble == ""


def test_a_depot_is_placed_at_its_house_and_stops_waiting(region: str) -> None:
    waits = SheetProblem(
        "Depots", 2, "", "", Severity.INFO, WAITING, "Depot Yard has an address but no place."
    )
    report = ImportReport(
        "orders.xlsx",
        orders=report_of(HOUSE).orders,
        depots=(
            Depot("Yard", "Yard", address="100 Stevenson Road, Millbrook"),
            Depot("Far", "Far", address=NEAR),
        ),
        problems=(waits,),
    )

    placed = report_with_places(report, find_places(report.orders, region, depots=report.depots))

    assert placed.depots[0].location is not None
    assert placed.depots[1].location is None, (
        "a street is not enough for the place that all routes start from"
    )
    assert placed.problems == ()
