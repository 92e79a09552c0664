"""Columns that hold rules: who may bring an order, what belongs together, overtime and second trips."""

from __future__ import annotations

import pytest

from lastmile_desktop.model import OrderKind, RoutePosition
from lastmile_desktop.sheets.report_json import report_to_json

PLACE = {"Order": "A1", "Address": "Main 1", "Lat": 51.05, "Lon": 3.72}


def order_of(import_rows, **cells):
    row = PLACE | cells
    report = import_rows([list(row), list(row.values())])
    return report.orders[0], report


def test_every_rule_in_english(import_rows) -> None:
    order, report = order_of(
        import_rows,
        **{
            "Set-up time (min)": 4,
            "Price per hour late": "12,50",
            "Max late": 20,
            "Only driver": "Ann; Bob",
            "Never vehicle": "Van 3",
            "Preferred driver": " Ann  Lee ",
            "Same van": 7,
            "First / last": "First",
        },
    )
    assert order.setup_s == 240
    assert (order.late_cents_per_hour, order.max_late_s) == (1250, 1200)
    assert order.only_vehicles == {"Ann", "Bob"}
    assert order.barred_vehicles == {"Van 3"}
    assert (order.preferred_driver, order.same_van) == ("Ann Lee", "7")
    assert order.position is RoutePosition.FIRST
    assert not order.attention
    assert not [p for p in report.problems if p.category != "waiting_for_position"]


@pytest.mark.parametrize(
    ("heading", "value", "field", "expected"),
    [
        ("Parkzeit", "3 min", "setup_s", 180),
        ("Wunschfahrer", "Uwe", "preferred_driver", "Uwe"),
        ("nur Fahrer", "Uwe, Kai", "only_vehicles", {"Uwe", "Kai"}),
        ("ausgeschlossene Fahrer", "Kai", "barred_vehicles", {"Kai"}),
        ("gleiches Fahrzeug", "B", "same_van", "B"),
        ("zuerst/zuletzt", "zuletzt", "position", RoutePosition.LAST),
        ("chauffeur préféré", "Luc", "preferred_driver", "Luc"),
        ("conductor preferido", "Ana", "preferred_driver", "Ana"),
        ("vaste chauffeur", "Piet", "preferred_driver", "Piet"),
        ("preferowany kierowca", "Jan", "preferred_driver", "Jan"),
    ],
)
def test_in_other_languages(import_rows, heading, value, field, expected) -> None:
    order, _ = order_of(import_rows, **{heading: value})
    assert getattr(order, field) == expected


def test_lateness_needs_no_price_and_no_limit(import_rows) -> None:
    """A limit alone costs the usual price, a price alone allows any lateness, zero minutes are strict."""
    assert order_of(import_rows, **{"Max late": 15})[0].late_cents_per_hour == 6000
    priced = order_of(import_rows, **{"Late price": 30})[0]
    assert (priced.late_cents_per_hour, priced.max_late_s) == (3000, None)
    assert order_of(import_rows, **{"Max late": 0, "Late price": 30})[0].late_cents_per_hour is None


@pytest.mark.parametrize(
    ("heading", "value", "column"),
    [("Set-up time", "long", "E"), ("Late price", "a lot", "E"), ("First last", "middle", "E")],
)
def test_what_cannot_be_read_is_said_and_changes_nothing(import_rows, heading, value, column) -> None:
    order, report = order_of(import_rows, **{heading: value})
    assert order.attention
    assert [(p.column, p.row) for p in report.problems if p.severity == "attention"] == [(column, 2)]
    assert (order.setup_s, order.late_cents_per_hour, order.position) == (0, None, RoutePosition.ANY)


def test_after_another_order(import_rows) -> None:
    report = import_rows(
        [
            ("Order", "Address", "Lat", "Lon", "After order"),
            ("K1", "Main 1", 51.05, 3.72, ""),
            ("K2", "Main 2", 51.06, 3.72, "k1"),
            ("K3", "Main 3", 51.07, 3.72, "K9"),
        ]
    )
    first, second, third = report.orders
    assert second.after == {first.key}
    assert not third.after
    assert third.attention
    assert [p.message for p in report.problems if p.category == "unknown_order"] == [
        "This order is to come after “K9”, which is not in this sheet. That part of the rule is left out."
    ]


def test_pairs_are_one_pickup_and_one_delivery(import_rows) -> None:
    rows = [
        ("Order", "Address", "Lat", "Lon", "Type", "Transfer"),
        ("K1", "Main 1", 51.05, 3.72, "pickup", "T1"),
        ("K2", "Main 2", 51.06, 3.72, "delivery", "T1"),
        ("K3", "Main 3", 51.07, 3.72, "delivery", "T2"),
    ]
    report = import_rows(rows)
    assert [(o.shipment, o.kind) for o in report.orders][:2] == [
        ("T1", OrderKind.PICKUP),
        ("T1", OrderKind.DELIVERY),
    ]
    assert [o.attention for o in report.orders] == [False, False, True]
    assert [p.row for p in report.problems if p.category == "broken_pair"] == [4]


def test_a_shipment_number_is_still_an_order_number(import_rows) -> None:
    """The everyday heading says which order it is, not which two belong together."""
    report = import_rows([("Shipment", "Address", "Lat", "Lon"), ("S1", "Main 1", 51.05, 3.72)])
    assert (report.orders[0].id, report.orders[0].shipment) == ("S1", "")


@pytest.mark.parametrize(
    ("overtime", "expected_s"), [(1, 3600), ("1,5", 5400), (30, 1800), ("45 min", 2700), ("", 0)]
)
def test_overtime_trips_and_reload(import_rows, overtime, expected_s) -> None:
    vehicle = import_rows(
        [list(PLACE), list(PLACE.values())],
        Vehicles=[
            ("Vehicle", "Capacity", "Overtime", "Overtime price", "Trips", "Loading time"),
            ("Van 1", 30, overtime, 35, 3, 20),
        ],
    ).vehicles[0]
    assert (vehicle.overtime_s, vehicle.overtime_cents_per_hour) == (expected_s, 3500)
    assert (vehicle.max_trips, vehicle.reload_s) == (3, 1200)


def test_an_impossible_number_of_trips_is_said(import_rows) -> None:
    report = import_rows(
        [list(PLACE), list(PLACE.values())], Vehicles=[("Vehicle", "Capacity", "Trips"), ("Van 1", 30, 0)]
    )
    assert report.vehicles[0].max_trips == 1
    assert "Van 1 cannot make 0 trips. It makes one trip." in [p.message for p in report.problems]


def test_rules_are_reported_only_where_there_are_any(import_rows) -> None:
    _, report = order_of(import_rows, **{"Preferred driver": "Ann"})
    assert report_to_json(report)["orders"][0]["rules"] == {"preferred_driver": "Ann"}
    _, plain = order_of(import_rows)
    assert report_to_json(plain)["orders"][0]["rules"] == {}
