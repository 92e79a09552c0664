"""The travel model on a region: tables, lines, labels, and what happens beyond its border."""

from __future__ import annotations

import pickle
import random
import sqlite3
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lastmile_desktop.model import Location
from lastmile_desktop.regions.errors import RegionError
from lastmile_desktop.regions.region_file import RegionFile
from lastmile_desktop.roads import Access, RegionTravel, StraightLineTravel
from lastmile_desktop.roads.network import RoadNetwork
from lastmile_desktop.roads.profile import VAN
from tests.roads.towns import at, write_extract, write_roads

FAR = at(60_000, 0)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> RegionFile:
    """A bent grid of 6 x 6 crossings with some one-ways, a closed zone, forbidden turns and an island."""
    dice = random.Random(7)
    side = 6
    points = {
        1 + row * side + column: (column * 200 + dice.uniform(-40, 40), row * 200 + dice.uniform(-40, 40))
        for row in range(side)
        for column in range(side)
    }
    ways = []
    for row in range(side):
        across = [1 + row * side + column for column in range(side)]
        along = [1 + column * side + row for column in range(side)]
        kind = "secondary" if row == 3 else "residential"
        ways += [
            (across[:3], {"highway": kind, **({"oneway": "yes"} if row == 1 else {})}),
            (across[2:], {"highway": kind}),
            (along, {"highway": kind, **({"access": "destination"} if row == 5 else {})}),
        ]
    points |= {101: (1200, 500), 102: (1300, 500), 103: (1300, 600)}
    ways.append(([101, 102, 103, 101], {"highway": "service"}))
    bans = [
        (
            [("w", 1, "from"), ("n", 3, "via"), ("w", 9, "to")],
            {"type": "restriction", "restriction": "no_left_turn"},
        )
    ]
    folder = tmp_path_factory.mktemp("town")
    return write_roads(write_extract(folder / "grid.osm.pbf", points, ways, relations=bans))


def places(count: int, seed: int = 1) -> list[Location]:
    dice = random.Random(seed)
    return [at(dice.uniform(-50, 1350), dice.uniform(-50, 1050)) for _ in range(count)]


def test_with_and_without_the_hierarchy_the_answers_are_the_same(town: RegionFile) -> None:
    fast, slow = RoadNetwork(town, VAN), RoadNetwork(town, VAN, use_scipy=True)
    points = [point for point in fast.snap(places(25)) if point is not None]
    for one, other in zip(fast.table(points), slow.table(points), strict=True):
        assert (one == other).all()
    for start, end in pairwise(points):
        one, other = fast.line(start, end), slow.line(start, end)
        assert one is not None
        assert other is not None
        assert (one[0], one[-1]) == (other[0], other[-1])


def test_a_part_of_the_places_gives_a_part_of_the_table(town: RegionFile) -> None:
    travel = RegionTravel.open(town.path)
    many = places(20, seed=3)
    whole = travel.matrix(many)
    alone = RoadNetwork(town, VAN)
    points = [point for point in alone.snap(many[4:9]) if point is not None]
    milliseconds, metres = alone.table(points)
    assert (travel.matrix(many[4:9]).duration_s == whole.duration_s[4:9, 4:9]).all()
    assert (np.rint(milliseconds / 1000) == whole.duration_s[4:9, 4:9]).all()
    assert (metres == whole.distance_m[4:9, 4:9]).all()


def test_a_table_that_grows_is_the_same_as_one_searched_at_once(town: RegionFile) -> None:
    travel, many = RegionTravel.open(town.path), places(24, seed=9)
    for count in (12, 17, 18, 24):  # each time fewer than half are new
        grown = travel.matrix(many[:count])
    points = [point for point in RoadNetwork(town, VAN).snap(many) if point is not None]
    milliseconds, metres = RoadNetwork(town, VAN).table(points)
    assert (grown.duration_s == np.rint(milliseconds / 1000)).all()
    assert (grown.distance_m == metres).all()


def test_the_line_is_as_long_as_the_table_says(town: RegionFile) -> None:
    travel = RegionTravel.open(town.path)
    many = places(12, seed=5)
    table = travel.matrix(many)
    for i in range(11):
        line = travel.line(many[i], many[i + 1])
        assert (line[0], line[-1]) == (many[i], many[i + 1])
        on_road = line[1:-1]
        length = sum(metres_between(a, b) for a, b in pairwise(on_road))
        gaps = (point.gap_m for point in travel.network().snap(many[i : i + 2]) if point is not None)
        off_road = sum(max(gap - 50, 0) for gap in gaps)  # what lies beyond the verge counts too
        assert length == pytest.approx(table.distance_m[i, i + 1] - off_road, abs=5 + 0.01 * length)


def metres_between(a: Location, b: Location) -> float:
    """On a plane, for short steps."""
    east = (b.lon - a.lon) * np.cos(np.radians(a.lat))
    return float(np.hypot(east, b.lat - a.lat) * 111_195)


def test_the_triangle_inequality_holds_but_for_rounding(town: RegionFile) -> None:
    time = RegionTravel.open(town.path).matrix(
        [at(x, y) for x, y in ((0, 0), (400, 400), (800, 200), (200, 800))]
    )
    seconds = time.duration_s
    for i in range(4):
        for j in range(4):
            assert (seconds[i, j] <= seconds[i] + seconds[:, j] + 2).all()


def test_places_beyond_the_region_are_estimated_leg_by_leg(town: RegionFile) -> None:
    travel = RegionTravel.open(town.path, 120)
    inside = [at(0, 0), at(400, 400)]
    table = travel.matrix([*inside, FAR])
    estimate = StraightLineTravel(120).matrix([*inside, FAR])
    assert table.estimated is not None
    assert table.estimated.tolist() == [[False, False, True], [False, False, True], [True, True, False]]
    assert (table.duration_s[2] == estimate.duration_s[2]).all()
    assert table.duration_s[0, 1] != estimate.duration_s[0, 1]
    assert table.source == "region:town"
    assert travel.is_estimated(inside[0], FAR)
    assert not travel.is_estimated(*inside)
    assert travel.line(inside[0], FAR) == (inside[0], FAR)
    assert [travel.access(place) for place in (*inside, FAR)] == [
        Access.ROAD,
        Access.ROAD,
        Access.NOT_COVERED,
    ]
    assert travel.access(at(1280, 520)) == Access.ESTIMATED


def test_the_firms_percentage_scales_times_only(town: RegionFile) -> None:
    many = places(6)
    plain, slow = RegionTravel.open(town.path).matrix(many), RegionTravel.open(town.path, 150).matrix(many)
    assert (slow.distance_m == plain.distance_m).all()
    assert np.allclose(slow.duration_s, plain.duration_s * 1.5, atol=1.5)


def test_the_same_place_twice_is_no_way_apart(town: RegionFile) -> None:
    table = RegionTravel.open(town.path).matrix([at(0, 300), at(0, 300), at(500, 500)])
    assert table.duration_s[0, 1] == table.distance_m[0, 1] == 0
    assert (table.duration_s[0] == table.duration_s[1]).all()
    assert RegionTravel.open(town.path).matrix([]).duration_s.shape == (0, 0)


def test_it_is_a_value_that_travels_to_other_processes(town: RegionFile) -> None:
    travel = RegionTravel.open(town.path, 110)
    copy = pickle.loads(pickle.dumps(travel))
    assert copy == travel
    assert copy != RegionTravel.open(town.path, 111)
    assert (copy.matrix(places(4)).duration_s == travel.matrix(places(4)).duration_s).all()
    with pytest.raises(ValueError, match="greater than 0"):
        RegionTravel.open(town.path, 0)


def test_a_damaged_region_is_said(town: RegionFile, tmp_path: Path) -> None:
    broken = tmp_path / "broken.region"
    whole = town.path.read_bytes()
    broken.write_bytes(whole[:16_384] + b"\xaa" * (len(whole) - 20_480) + whole[-4_096:])
    with pytest.raises(RegionError, match=r"broken\.region"):
        RegionTravel.open(broken)


ROAD = {"highway": "residential"}


@pytest.mark.parametrize(
    ("ways", "near", "far"),
    [
        ([([1, 2], {"highway": "motorway"})], Access.NOT_COVERED, Access.NOT_COVERED),
        ([([1, 2], {**ROAD, "oneway": "yes"})], Access.NOT_COVERED, Access.NOT_COVERED),
        ([([1, 2], {"route": "ferry"}), ([4, 5], ROAD)], Access.NOT_COVERED, Access.ROAD),
        ([([1, 2, 1], ROAD)], Access.ROAD, Access.NOT_COVERED),
        ([([1, 1, 2, 2], ROAD)], Access.ROAD, Access.NOT_COVERED),
        ([([1, 2], {**ROAD, "access": "private"}), ([4, 5], ROAD)], Access.ROAD, Access.ROAD),
    ],
)
def test_regions_with_hardly_anything_in_them(
    tmp_path: Path, ways: list[tuple[list[int], dict[str, str]]], near: Access, far: Access
) -> None:
    points = {1: (0, 0), 2: (500, 0), 4: (9000, 9000), 5: (9100, 9000)}
    travel = RegionTravel.open(write_roads(write_extract(tmp_path / "t.osm.pbf", points, ways)).path)
    asked = [at(10, 10), at(400, 10), at(9050, 9000)]
    assert (travel.access(asked[0]), travel.access(asked[2])) == (near, far)
    table = travel.matrix(asked)
    assert table.duration_s.shape == (3, 3)
    assert (table.duration_s.diagonal() == 0).all()
    assert travel.line(asked[0], asked[1])[0] == asked[0]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("arc_head", [10_000]),
        ("arc_street", [-7]),
        ("order", [0, 0, 0]),
        ("street_last", [-1]),
        ("arc_tail_ms", [-5]),
    ],
)
def test_numbers_that_lead_nowhere_are_damage_and_not_the_end(
    town: RegionFile, tmp_path: Path, name: str, values: list[int]
) -> None:
    copy = tmp_path / "copy.region"
    copy.write_bytes(town.path.read_bytes())
    database = sqlite3.connect(copy)
    (dtype, data) = database.execute("SELECT dtype, data FROM road_arrays WHERE name = ?", (name,)).fetchone()
    wrong = np.frombuffer(data, dtype=dtype).copy()
    wrong[: len(values)] = values
    database.execute("UPDATE road_arrays SET data = ? WHERE name = ?", (wrong.tobytes(), name))
    database.commit()
    database.close()
    with pytest.raises(RegionError, match="damaged"):
        RegionTravel.open(copy)
