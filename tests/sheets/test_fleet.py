"""Vehicle and depot sheets."""

from __future__ import annotations

from datetime import time

import pytest

from lastmile_desktop.model import Break, Capacity, Location

ORDERS = [("Address", "Lat", "Lon"), ("Main 1", 51.05, 3.72)]


def test_a_full_vehicle(import_rows) -> None:
    """Every field of a vehicle, in German."""
    cells = {
        "Fahrzeug": "Transporter 1",
        "Fahrer": "Uwe",
        "Kapazität (Kisten)": 80,
        "Max. Gewicht (kg)": "1.200,5",
        "Laderaum (m3)": 9.5,
        "Schichtbeginn": time(7),
        "Schichtende": "16:30",
        "Pause (min)": 45,
        "Merkmale": "Kühlung, Hebebühne",
        "Fixkosten": "45 €",
        "Kosten pro km": "0,32",
        "Stundensatz": 21,
        "Max. Stopps": 25,
        "Max. km": 180,
        "Max. Stunden": 9,
    }
    vehicle = import_rows(ORDERS, Fahrzeuge=[list(cells), list(cells.values())]).vehicles[0]
    assert (vehicle.name, vehicle.driver) == ("Transporter 1", "Uwe")
    assert vehicle.capacity == Capacity(80_000, 1_200_500, 9_500_000)
    assert (vehicle.shift_start_s, vehicle.shift_end_s) == (7 * 3600, 16 * 3600 + 1800)
    assert vehicle.breaks == (Break(2700, 12 * 3600, 14 * 3600 - 2700),)
    assert vehicle.skills == {"kühlung", "hebebühne"}
    assert (vehicle.fixed_cost_cents, vehicle.cost_per_km_cents, vehicle.cost_per_hour_cents) == (
        4500,
        32,
        2100,
    )
    assert (vehicle.max_stops, vehicle.max_distance_m, vehicle.max_duration_s) == (25, 180_000, 9 * 3600)
    assert (vehicle.start_depot, vehicle.end_depot) == ("", "")


def test_start_and_end_are_times_or_places(import_rows) -> None:
    """The values of Start and End decide; places name depots, positions make their own."""
    depots = [("Name", "Lat", "Lon"), ("Hub North", 51.1, 3.7), ("Hub South", 50.9, 3.7)]
    head = ("Vehicle", "Capacity", "Shift start", "Shift end", "Start", "End")
    vehicles = [
        head,
        ("V1", 5, "08:00", "17:00", "Hub South", "open"),
        ("V2", 5, "08:00", "17:00", "51.2, 3.6", "hub north"),
        ("V3", 5, "08:00", "17:00", "The Moon", None),
    ]
    report = import_rows(ORDERS, Vehicles=vehicles, Depots=depots)
    v1, v2, v3 = report.vehicles
    assert (v1.start_depot, v1.end_depot) == ("Hub South", None)
    assert (v2.start_depot, v2.end_depot) == ("Start of V2", "Hub North")
    assert (v3.start_depot, v3.end_depot) == ("", "")
    assert report.depots[2].location == Location(51.2, 3.6)
    assert [(p.category, p.order_id) for p in report.problems] == [("unknown_depot", "V3")]


def test_doubtful_vehicles_are_kept(import_rows, categories) -> None:
    """No capacity, a backward shift, a name used twice, nonsense: each one sentence."""
    rows = [
        ("Vehicle", "Capacity", "Start", "End"),
        ("V1", None, "08:00", "17:00"),
        ("V2", 10, "17:00", "08:00"),
        ("V2", 10, "08:00", "17:00"),
        ("V4", "lots", "08:00", "17:00"),
        ("Total", 20, None, None),
    ]
    report = import_rows(ORDERS, Vehicles=rows)
    assert [vehicle.key for vehicle in report.vehicles] == ["V1", "V2", "V2 (2)", "V4"]
    assert categories(report) == [
        (2, "attention", "missing_capacity"),
        (3, "attention", "bad_time"),
        (4, "attention", "duplicate_id"),
        (5, "attention", "bad_number"),
    ]
    assert report.vehicles[0].capacity == Capacity()
    assert report.vehicles[1].shift_end_s == 17 * 3600


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("30", None, None), Break(1800, 43200, 50400 - 1800)),
        ((30, time(10), time(12)), Break(1800, 36000, 43200 - 1800)),
        (("12:00-12:45", None, None), Break(2700, 43200, 43200)),
        ((time(0, 30), None, None), Break(1800, 43200, 48600)),
    ],
)
def test_breaks(import_rows, cells: tuple[object, ...], expected: Break) -> None:
    """Minutes, a period, or both."""
    rows = [
        ("Vehicle", "Capacity", "Start", "End", "Break", "Break from", "Break to"),
        ("V1", 5, time(8), time(17), *cells),
    ]
    assert import_rows(ORDERS, Vehicles=rows).vehicles[0].breaks == (expected,)


def test_break_of_a_night_shift_lies_within_it(import_rows) -> None:
    """A shift without noon gets its break in the middle."""
    rows = [("Vehicle", "Capacity", "Start", "End", "Break (min)"), ("V1", 5, time(3), time(9), 30)]
    rest = import_rows(ORDERS, Vehicles=rows).vehicles[0].breaks[0]
    assert 3 * 3600 <= rest.earliest_s <= rest.latest_s <= 9 * 3600 - 1800


def test_pounds_and_miles(import_rows) -> None:
    """American units."""
    rows = [("Van", "Boxes", "Max lb", "Max miles", "Start", "End"), ("V1", 80, 2400, 100, time(7), time(16))]
    vehicle = import_rows(ORDERS, Vehicles=rows).vehicles[0]
    assert vehicle.capacity.weight_g == 1_088_622
    assert vehicle.max_distance_m == 160_934


def test_depot_at_zero_and_depot_without_position(import_rows, categories) -> None:
    """0, 0 is no place; an address waits for a position."""
    report = import_rows(
        ORDERS,
        Depot=[("Name", "Address", "Lat", "Lon"), ("Hub", "Main 1", 0, 0), ("Yard", "Main 2", None, None)],
    )
    assert [depot.location for depot in report.depots] == [None, None]
    assert categories(report) == [(2, "attention", "bad_coords"), (3, "info", "waiting_for_position")]


def test_a_vehicle_file_alone(csv_file, read) -> None:
    """A fleet kept in its own CSV file is recognised by its headings."""
    report = read(
        csv_file("Fahrzeug;Fahrer;Kapazität;Von;Bis\nBus 1;Uwe;40;07:00;16:00\n", name="fuhrpark.csv")
    )
    assert report.ok
    assert report.orders == ()
    assert [(v.name, v.shift_start_s) for v in report.vehicles] == [("Bus 1", 7 * 3600)]
