"""Values that make no sense are refused where they are made."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.model import (
    Break,
    Capacity,
    Day,
    Depot,
    Load,
    Location,
    Order,
    TimeWindow,
    Vehicle,
    wording,
)


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (-90.1, 0), (0, 181), (math.nan, 0), (0, math.inf)])
def test_a_position_lies_on_the_earth(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="between"):
        Location(lat, lon)


def test_times_do_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        TimeWindow(600, 599)
    with pytest.raises(ValueError, match="before it starts"):
        Vehicle(key="v", name="Van", shift_start_s=10, shift_end_s=9)
    with pytest.raises(ValueError, match="latest"):
        Break(1800, 100, 99)
    TimeWindow(None, 5), TimeWindow(5, None), TimeWindow(5, 5)


def test_limits_and_prices_are_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        Capacity(weight_g=-1)
    with pytest.raises(ValueError, match="negative"):
        Vehicle(key="v", name="Van", max_stops=-1)


def test_keys_are_unique_and_depots_known() -> None:
    with pytest.raises(ValueError, match="two orders share"):
        Day(date(2026, 1, 1), orders=(Order("a", "1"), Order("a", "2")))
    with pytest.raises(ValueError, match="unknown depot"):
        Day(date(2026, 1, 1), vehicles=(Vehicle("v", "Van", start_depot="x"),), depots=(Depot("y", "Y"),))


loads = st.builds(Load, *(st.integers(0, 10**9) for _ in range(3)))


@given(loads, loads)
def test_loads_add_and_subtract_like_numbers(first: Load, second: Load) -> None:
    assert first + second - second == first
    assert (first + second).as_tuple == tuple(
        a + b for a, b in zip(first.as_tuple, second.as_tuple, strict=True)
    )
    assert Capacity(*(first + second).as_tuple).holds(first)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (wording.clock(0), "00:00"),
        (wording.clock(7 * 3600 + 29 * 60 + 31), "07:30"),
        (wording.clock(25 * 3600), "01:00 +1"),
        (wording.duration(45 * 60), "45 min"),
        (wording.duration(9 * 3600 + 12 * 60), "9 h 12"),
        (wording.duration(-90), "-2 min"),
        (wording.distance(420), "0.4 km"),
        (wording.distance(213_400), "213 km"),
        (wording.pieces(2500), "2.5"),
        (wording.pieces(3000), "3"),
        (wording.weight(12_500), "12.5 kg"),
        (wording.weight(10_000), "10 kg"),
        (wording.weight(1_310_000), "1,310 kg"),
        (wording.load(Load(3000, 12_500, 350_000)), "3 pcs, 12.5 kg, 0.35 m³"),
        (wording.load(Load(1000, 20, 4000)), "1 pc, 0.02 kg, 0.004 m³"),
        (wording.pieces(1_500_000_000), "1,500,000"),
        (wording.load(Load()), ""),
        (wording.windows((TimeWindow(32400, 43200), TimeWindow(50400, None))), "09:00–12:00, from 14:00"),
        (wording.windows((TimeWindow(None, 11 * 3600),)), "until 11:00"),
        (wording.windows(()), ""),
        (wording.money(81_240, "EUR"), "812.40 EUR"),
        (wording.count(1, "order"), "1 order"),
        (wording.count(1200, "order"), "1,200 orders"),
    ],
)  # fmt: skip
def test_wording(text: str, expected: str) -> None:
    assert text == expected


@given(st.integers(0, 3 * 86400))
def test_a_clock_time_is_right_to_the_nearest_minute(time_s: int) -> None:
    text, _, days = wording.clock(time_s).partition(" +")
    hours, minutes = text.split(":")
    shown_s = int(days or 0) * 86400 + int(hours) * 3600 + int(minutes) * 60
    assert abs(shown_s - time_s) <= 30
