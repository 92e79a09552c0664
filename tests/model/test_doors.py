"""Which orders are for one door."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.model import Location, Order
from lastmile_desktop.model.doors import DOOR_M, doors_of, house_number, plain_address

AT = Location(51.05, 3.72)
METRE = 1 / 111_195


def order(number: int, address: str = "", location: Location | None = AT) -> Order:
    return Order(key=f"k{number}", id=f"B-{number}", address=address, location=location)


def are_one(first: Order, second: Order) -> bool:
    doors = doors_of([first, second])
    return doors[first.key] == doors[second.key]


def test_a_few_metres_are_one_door() -> None:
    near = Location(AT.lat + 3 * METRE, AT.lon)
    far = Location(AT.lat + 9 * METRE, AT.lon)
    assert are_one(order(1), order(2, location=near))
    assert not are_one(order(1), order(2, location=far))


def test_the_door_is_where_the_first_order_is() -> None:
    near = Location(AT.lat, AT.lon + 2 * METRE)
    assert doors_of([order(1), order(2, location=near)])["k2"].location == AT


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("Hauptstr. 5, 10115 Berlin", "Hauptstraße 5, 10115  berlin", True),
        ("Hauptstr. 5, 10115 Berlin", "Hauptstr. 7, 10115 Berlin", False),
        ("Hauptstr. 5, 10115 Berlin", "Hauptstr. 5a, 10115 Berlin", False),
        ("Flat 3, 12 Main Street", "12 Main St., Flat 7", True),
        ("12 Main Street, 2nd floor", "12 main street", True),
        ("Rue de l'Église 3", "rue de l eglise 3", True),
        ("Markt", "Kirchplatz", True),  # no number speaks against one door at one spot
    ],
)
def test_house_numbers_at_one_spot(first: str, second: str, one: bool) -> None:
    assert are_one(order(1, first), order(2, second)) is one


def test_the_same_address_a_little_apart_is_one_door() -> None:
    apart = Location(AT.lat + 60 * METRE, AT.lon)
    wrong = Location(AT.lat + 400 * METRE, AT.lon)
    here = order(1, "Hauptstr. 5, 10115 Berlin")
    assert are_one(here, replace(order(2, here.address), location=apart))
    assert not are_one(here, replace(order(2, here.address), location=wrong))
    without = order(1, "Hauptstrasse, Berlin")
    assert not are_one(without, replace(order(2, without.address), location=apart))


def test_who_waits_for_a_position_has_no_door() -> None:
    assert doors_of([order(1, location=None), order(2)]).keys() == {"k2"}


@given(st.text(max_size=60))
def test_any_text_is_compared(address: str) -> None:
    once = plain_address(address)
    assert once == once.strip()
    assert " " not in house_number(address)


@given(st.lists(st.tuples(st.integers(-40, 40), st.integers(-40, 40)), min_size=1, max_size=25))
def test_nobody_is_sent_further_than_to_the_door(spots: list[tuple[int, int]]) -> None:
    squeezed = math.cos(math.radians(AT.lat))
    orders = [
        order(n, location=Location(AT.lat + north * METRE, AT.lon + east * METRE / squeezed))
        for n, (north, east) in enumerate(spots)
    ]
    doors = doors_of(orders)
    for one in orders:
        assert one.location is not None
        north = (one.location.lat - doors[one.key].location.lat) / METRE
        east = (one.location.lon - doors[one.key].location.lon) / METRE * squeezed
        assert math.hypot(north, east) <= DOOR_M * 1.001
