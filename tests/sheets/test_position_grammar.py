"""Positions: written from the truth in many forms, read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.sheets.values.coordinates import parse_coordinate, parse_pair, uses_o_for_west
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_FORMS = {
    "plain": "{lat:.6f}, {lon:.6f}",
    "comma": "{lat:.6f};{lon:.6f}",
    "four groups": "{lat:.6f},{lon:.6f}",
    "named": "lat: {lat:.6f}, lon: {lon:.6f}",
    "link": "https://maps.example/?q={lat:.6f},{lon:.6f}&z=17",
    "pin": "https://maps.example/place/X/@1.0,2.0,17z/data=!3d{lat:.6f}!4d{lon:.6f}",
    "hash": "https://maps.example/#map=17/{lat:.6f}/{lon:.6f}",
    "point": "POINT({lon:.6f} {lat:.6f})",
    "geo": "geo:{lat:.6f},{lon:.6f}",
}


@given(st.floats(-89, 89), st.floats(-179, 179), st.sampled_from(sorted(_FORMS)))
def test_positions_in_one_cell(lat: float, lon: float, form: str) -> None:
    """Both coordinates in one cell, as people and maps write them."""
    text = _FORMS[form].format(lat=lat, lon=lon)
    if form in ("comma", "four groups"):
        text = text.replace(".", ",")
    assert parse_pair(text) == pytest.approx((lat, lon), abs=2e-6)


@given(st.floats(0, 89), st.floats(0, 179), st.booleans(), st.booleans(), st.integers(0, 3))
def test_degrees_minutes_seconds(lat: float, lon: float, south: bool, west: bool, quotes: int) -> None:
    """Any quote signs; the letter of the side gives the sign."""
    minute, second = (("'", '"'), ("′", "″"), ("’", "”"), ("'", "''"))[quotes]

    def spoken(degrees: float, letter: str) -> str:
        whole = round(degrees * 360000)
        return f"{whole // 360000}°{whole // 6000 % 60}{minute}{whole % 6000 / 100:.2f}{second}{letter}"

    text = f"{spoken(lat, 'S' if south else 'N')} {spoken(lon, 'W' if west else 'E')}"
    expected = (-lat if south else lat, -lon if west else lon)
    assert parse_pair(text) == pytest.approx(expected, abs=1e-5)


def test_the_letter_o() -> None:
    """O is east or west: the column tells, else somebody is asked."""
    assert uses_o_for_west(["3,7 E", "1,2 O"]) is True
    assert uses_o_for_west(["3,7 W", "1,2 O"]) is False
    assert uses_o_for_west(["1,2 O"]) is None
    assert parse_coordinate("1,2 O", west_is_o=True) == -1.2
    with pytest.raises(UnreadableValueError):
        parse_coordinate("1,2 O")


@given(st.floats(-80, 80), st.floats(-179, 179))
def test_plus_codes(lat: float, lon: float) -> None:
    """A full plus code names a square that holds the position."""
    digits = "23456789CFGHJMPQRVWX"
    north, east = int((lat + 90) * 8000), int((lon + 180) * 8000)  # in the smallest squares
    code = ""
    for _ in range(5):
        code = digits[north % 20] + digits[east % 20] + code
        north, east = north // 20, east // 20
    assert parse_pair(f"{code[:8]}+{code[8:]}") == pytest.approx((lat, lon), abs=1.3e-4)


@pytest.mark.parametrize(
    "text", ["51,3", "51.5", "12345", "GV4C+XV London", "https://maps.example/abc", "a, b"]
)
def test_no_positions(text: str) -> None:
    """One number, a short code, a link without a position."""
    with pytest.raises(UnreadableValueError):
        parse_pair(text)
