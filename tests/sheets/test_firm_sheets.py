"""Sheets as small firms send them: what a second reader, who did not write the importer, tripped over."""

from __future__ import annotations

import openpyxl
import pytest

from lastmile_desktop.model import Severity


def test_breite_and_laenge_with_a_trailing_zero_and_a_lost_point_are_still_a_position(import_rows) -> None:
    """One damaged number in the column took the latitude from every order of the sheet."""
    report = import_rows(
        [
            ("Nr", "Kunde", "Ort", "Breite", "Länge"),
            ("1", "Alt", "Graz", "47,0707", "15,4395"),
            ("2", "Neu", "Graz", "47,0710", "15,4400"),
            ("3", "Mitte", "Graz", "470707", "154395"),
            ("4", "Ost", "Graz", "47,08", "15,44"),
        ]
    )
    places = [order.location for order in report.orders]
    assert places[0] is not None
    assert (places[0].lat, places[0].lon) == (47.0707, 15.4395)
    assert all(places[i] is not None for i in (1, 3))
    assert report.orders[2].attention or places[2] is not None


@pytest.mark.parametrize("text", ["N48.2 E16.36", "N 48,2 E 16,36", "E16.36 N48.2", "48.2N 16.36E"])
def test_the_hemisphere_may_stand_before_the_number(import_rows, text: str) -> None:
    report = import_rows(
        [("Order", "Address", "GPS"), ("1", "Ring 1", text), ("2", "Ring 2", "48.21, 16.37")]
    )
    place = report.orders[0].location
    assert place is not None
    assert (place.lat, place.lon) == (48.2, 16.36)


def test_words_of_fishmongers_and_drinks_firms(import_rows) -> None:
    report = import_rows([("Drop #", "Site", "Address", "Kästen"), ("D-01", "Crab Pot", "3 Quay St", 4)])
    assert [(o.id, o.name, o.quantity_milli) for o in report.orders] == [("D-01", "Crab Pot", 4000)]


def test_fruehestens_opens_a_window(import_rows) -> None:
    report = import_rows([("Nr", "Adresse", "Zeitfenster"), ("1", "Weg 1", "frühestens 10 Uhr")])
    (window,) = report.orders[0].windows
    assert (window.start_s, window.end_s) == (36000, None)


def test_a_second_vehicle_sheet_is_said_and_a_hidden_sheet_too(tmp_path, read) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Order", "Name", "Address"])
    book.active.append(["1", "A", "1 High St"])
    for title in ("Vans", "Trucks"):
        sheet = book.create_sheet(title)
        sheet.append(["Vehicle", "Capacity", "Start", "End"])
        sheet.append([f"{title} 1", 10, "08:00", "16:00"])
    book.create_sheet("Old orders").append(["Order", "Name", "Address"])
    book["Old orders"].sheet_state = "hidden"
    book.create_sheet("Lists").sheet_state = "veryHidden"
    book.save(tmp_path / "fleet.xlsx")
    report = read(tmp_path / "fleet.xlsx")
    assert [vehicle.name for vehicle in report.vehicles] == ["Vans 1"]
    said = {problem.category: problem for problem in report.problems}
    assert said["other_sheet"].severity is Severity.ATTENTION
    assert "Trucks" in said["other_sheet"].message
    hidden = [problem.message for problem in report.problems if problem.category == "hidden_sheet"]
    assert hidden == ["Sheet “Old orders” is hidden and was not read."]


def test_home_is_the_own_start_and_a_borrowed_start_is_said(import_rows) -> None:
    """Without a depot sheet another vehicle's own start became "the first depot" of all, in silence."""
    report = import_rows(
        [("Order", "Address"), ("1", "x")],
        Fleet=[
            ("Vehicle", "Capacity", "Shift start", "Shift end", "Start", "End"),
            ("V1", 9, "08:00", "16:00", "Depot", "open"),
            ("V2", 9, "08:00", "16:00", "51.01, 3.71", "home"),
        ],
    )
    assert report.vehicles[1].end_depot == report.vehicles[1].start_depot == "Start of V2"
    (said,) = [problem.message for problem in report.problems if problem.category == "unknown_depot"]
    assert "V1 start at “Start of V2”" in said
