"""The route drawing: everything inside its frame, numbers readable, the scale true."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.documents.manifest.content import RouteDrawing
from lastmile_desktop.documents.manifest.mini_map import BADGE_RADIUS, mini_map
from lastmile_desktop.model import Location

WIDTH, HEIGHT = 19_000.0, 7_800.0
PLACES = st.builds(Location, st.floats(-90, 90), st.floats(-180, 180))
NEAR = st.builds(Location, st.floats(51.0, 51.2), st.floats(3.6, 3.9))


def drawing(stops: list[Location], depot: Location | None = None) -> RouteDrawing:
    points = [(index, place) for index, place in enumerate(stops, start=1)]
    ends = [(None, depot)] if depot else []
    return RouteDrawing((*ends, *points, *ends))


@given(st.lists(PLACES, min_size=1, max_size=8), PLACES)
def test_everything_stays_inside_the_frame(stops: list[Location], depot: Location) -> None:
    picture = mini_map(drawing(stops, depot), WIDTH, HEIGHT)
    marks = [point for leg in picture.legs for point in leg.points]
    marks += [badge.centre for badge in picture.badges] + [badge.spot for badge in picture.badges]
    marks += picture.depots
    for x, y in marks:
        assert -1e-6 <= x <= WIDTH + 1e-6
        assert -1e-6 <= y <= HEIGHT + 1e-6
    assert 0 < picture.scale_length <= WIDTH / 5
    assert [badge.number for badge in picture.badges] == list(range(1, len(stops) + 1))


@given(st.lists(NEAR, min_size=2, max_size=30))
def test_numbers_do_not_cover_each_other(stops: list[Location]) -> None:
    centres = [badge.centre for badge in mini_map(drawing(stops), WIDTH, HEIGHT).badges]
    for index, one in enumerate(centres):
        for other in centres[:index]:
            assert math.dist(one, other) > 2 * BADGE_RADIUS


def test_twenty_stops_in_one_house_stand_around_it() -> None:
    picture = mini_map(drawing([Location(51.05, 3.72)] * 20, Location(51.05, 3.72)), WIDTH, HEIGHT)
    assert len({badge.centre for badge in picture.badges}) == 20
    assert len({badge.spot for badge in picture.badges}) == 1


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    west, east = Location(51.0, 3.60), Location(51.0, 3.80)
    picture = mini_map(drawing([west, east]), WIDTH, HEIGHT)
    real_m = 0.2 * math.cos(math.radians(51.0)) * 111_320
    drawn = math.dist(picture.badges[0].spot, picture.badges[1].spot)
    said_m = float(picture.scale_text.split()[0]) * (1000 if "km" in picture.scale_text else 1)
    assert picture.scale_length / drawn == pytest.approx(said_m / real_m, rel=0.005)


def test_a_route_across_the_date_line_is_not_torn() -> None:
    picture = mini_map(drawing([Location(-17.0, 179.9), Location(-17.0, -179.9)]), WIDTH, HEIGHT)
    first, second = (badge.spot for badge in picture.badges)
    assert second[0] > first[0]
    assert "km" in picture.scale_text
    assert float(picture.scale_text.split()[0]) <= 20


def test_north_is_up_and_the_given_line_is_drawn() -> None:
    south, north = Location(51.0, 3.7), Location(51.1, 3.7)
    corner = Location(51.05, 3.8)
    picture = mini_map(drawing([south, north]), WIDTH, HEIGHT, lambda start, end: (start, corner, end))
    assert picture.badges[1].spot[1] < picture.badges[0].spot[1]
    (leg,) = picture.legs
    assert len(leg.points) >= 3
    assert max(x for x, _ in leg.points) > picture.badges[0].spot[0] + 500
    assert not leg.empty


def test_ways_without_goods_to_a_depot_are_marked() -> None:
    depot = Location(51.0, 3.6)
    picture = mini_map(drawing([Location(51.1, 3.7), Location(51.1, 3.8)], depot), WIDTH, HEIGHT)
    assert [leg.empty for leg in picture.legs] == [True, False, True]
    assert len(picture.depots) == 1
