"""The estimate: known distances, order of magnitude, monotone and symmetric."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.model import Location
from lastmile_desktop.roads.estimate import StraightLineTravel

GHENT, ANTWERP = Location(51.0543, 3.7174), Location(51.2194, 4.4025)
places = st.builds(Location, st.floats(-80, 80), st.floats(-179, 179))


def northward(metres):
    """A place that many metres north of the origin of the equator."""
    return Location(float(np.degrees(metres / 6_371_008.8)), 0.0)


def test_ghent_to_antwerp():
    matrix = StraightLineTravel().matrix([GHENT, ANTWERP])
    # 51.2 km as the crow flies, times the widest band's 1.40; the law gives just under an hour.
    assert matrix.distance_m[0, 1] == pytest.approx(1.40 * 51_200, rel=0.01)
    assert matrix.duration_s[0, 1] == pytest.approx(1.45 * 51_200**0.72, rel=0.01)
    assert matrix.source == "straight-line"


def test_same_place_is_nothing():
    matrix = StraightLineTravel().matrix([GHENT, Location(GHENT.lat, GHENT.lon), ANTWERP])
    assert matrix.duration_s[0, 1] == 0
    assert matrix.distance_m[0, 1] == 0
    assert matrix.duration_s.dtype == np.int32
    assert not matrix.duration_s.diagonal().any()


def test_distance_and_time_grow_with_the_distance():
    line = [northward(metres) for metres in range(0, 60_000, 37)]
    matrix = StraightLineTravel().matrix(line)
    assert (np.diff(matrix.distance_m[0]) > 0).all()
    assert (np.diff(matrix.duration_s[0]) >= 0).all()
    assert np.diff(matrix.distance_m[0]).max() < 37 * 1.8  # no jump between two bands


@pytest.mark.parametrize(("metres", "factor"), [(300, 1.655), (1414, 1.64), (7071, 1.485), (40_000, 1.40)])
def test_circuity_bands(metres, factor):
    matrix = StraightLineTravel().matrix([northward(0), northward(metres)])
    assert matrix.distance_m[0, 1] == pytest.approx(metres * factor, abs=2)


def test_own_experience_scales_times_only():
    plain = StraightLineTravel().matrix([GHENT, ANTWERP])
    slow = StraightLineTravel(drive_time_percent=150).matrix([GHENT, ANTWERP])
    assert slow.duration_s[0, 1] == pytest.approx(1.5 * plain.duration_s[0, 1], abs=1)
    assert slow.distance_m[0, 1] == plain.distance_m[0, 1]
    with pytest.raises(ValueError, match="greater than 0"):
        StraightLineTravel(drive_time_percent=0)


def test_line_is_straight():
    assert StraightLineTravel().line(GHENT, ANTWERP) == (GHENT, ANTWERP)


def test_no_places():
    assert StraightLineTravel().matrix([]).duration_s.shape == (0, 0)


@given(st.lists(places, min_size=1, max_size=6))
def test_symmetric_and_never_negative(spots):
    matrix = StraightLineTravel().matrix(spots)
    assert (matrix.duration_s == matrix.duration_s.T).all()
    assert (matrix.distance_m == matrix.distance_m.T).all()
    assert (matrix.duration_s >= 0).all()
