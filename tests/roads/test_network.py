"""Driving on tiny towns whose answers can be worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from lastmile_desktop.roads.profile import CAR, VAN, RoadProfile
from tests.roads.towns import at, leg, network, seconds

RESIDENTIAL = {"highway": "residential"}
#: 25 km/h, the usual speed of a residential street, in metres a second.
PACE = 25 / 3.6

#: A square of four streets, 400 m wide: 1 south-west, 2 south-east, 3 north-east, 4 north-west.
SQUARE = {1: (0, 0), 2: (400, 0), 3: (400, 400), 4: (0, 400)}


def test_along_one_street_both_ways(tmp_path: Path) -> None:
    roads = network(tmp_path, SQUARE, [([1, 2], RESIDENTIAL)])
    there = leg(roads, (100, 0), (300, 0))
    assert there[0] == pytest.approx(200 / PACE, abs=0.1)
    assert there[1] == pytest.approx(200, abs=1)
    assert leg(roads, (300, 0), (100, 0)) == there


def test_a_place_beside_the_road_begins_at_its_foot(tmp_path: Path) -> None:
    roads = network(tmp_path, SQUARE, [([1, 2], RESIDENTIAL)])
    assert leg(roads, (100, 30), (300, -40)) == leg(roads, (100, 0), (300, 0))
    (point,) = roads.snap([at(100, 30)])
    assert point is not None
    assert point.gap_m == pytest.approx(30, abs=0.1)


def test_a_place_far_off_the_road_takes_its_time(tmp_path: Path) -> None:
    roads = network(tmp_path, SQUARE, [([1, 2], RESIDENTIAL)])
    assert seconds(roads, (100, 450), (300, 0)) == pytest.approx(200 / PACE + 400 * 0.36, abs=0.5)


def test_one_way_street_is_driven_round(tmp_path: Path) -> None:
    ways = [([1, 2], {**RESIDENTIAL, "oneway": "yes"}), ([2, 3, 4, 1], RESIDENTIAL)]
    roads = network(tmp_path, SQUARE, ways)
    assert leg(roads, (100, 0), (300, 0))[1] == pytest.approx(200, abs=1)
    assert leg(roads, (300, 0), (100, 0))[1] == pytest.approx(100 + 1200 + 100, abs=3)


def test_one_way_against_its_points(tmp_path: Path) -> None:
    ways = [([1, 2], {**RESIDENTIAL, "oneway": "-1"}), ([2, 3, 4, 1], RESIDENTIAL)]
    roads = network(tmp_path, SQUARE, ways)
    assert leg(roads, (300, 0), (100, 0))[1] == pytest.approx(200, abs=1)
    assert leg(roads, (100, 0), (300, 0))[1] == pytest.approx(1400, abs=3)


def test_a_roundabout_goes_round_in_one_direction(tmp_path: Path) -> None:
    circle = {10 + k: (30 * math.cos(k * math.pi / 4), 30 * math.sin(k * math.pi / 4)) for k in range(8)}
    points = {**circle, 1: (300, 0), 2: (-300, 0)}
    ways = [
        ([*range(10, 18), 10], {**RESIDENTIAL, "junction": "roundabout"}),
        ([10, 1], RESIDENTIAL),
        ([14, 2], RESIDENTIAL),
    ]
    roads = network(tmp_path, points, ways)
    east, south = circle[10], circle[16]
    assert leg(roads, (200, 0), (-200, 0))[1] == pytest.approx(170 + 170 + 92, abs=3)
    # From the east a quarter to the south leads three quarters round.
    assert leg(roads, east, south)[1] == pytest.approx(1.5 * 92, abs=4)
    assert leg(roads, south, east)[1] == pytest.approx(0.5 * 92, abs=4)


def test_limits_in_miles_and_by_country(tmp_path: Path) -> None:
    for text, kmh in (("30 mph", 0.8 * 48), ("50", 40), ("DE:urban", 40), ("70;50", 56), ("fast", 25)):
        roads = network(tmp_path, SQUARE, [([1, 2], {**RESIDENTIAL, "maxspeed": text})])
        assert seconds(roads, (0, 0), (400, 0)) == pytest.approx(400 / (kmh / 3.6), rel=0.01), text


def test_a_van_is_slower_than_a_car_on_fast_roads_only(tmp_path: Path) -> None:
    fast, slow = {"highway": "motorway", "oneway": "no", "maxspeed": "130"}, {"highway": "residential"}
    for tags, same in ((fast, False), (slow, True)):
        times = [
            seconds(network(tmp_path, SQUARE, [([1, 2], tags)], profile=p), (0, 0), (400, 0))
            for p in (CAR, VAN)
        ]
        assert bool(times[0] == times[1]) is same
        assert times[0] <= times[1]


def test_forbidden_turn_leads_round(tmp_path: Path) -> None:
    points = {**SQUARE, 5: (400, -400), 6: (0, -400)}
    ways = [
        ([1, 2], RESIDENTIAL),
        ([2, 3], RESIDENTIAL),
        ([3, 4, 1], RESIDENTIAL),
        ([2, 5, 6, 1], RESIDENTIAL),
    ]
    free = network(tmp_path, points, ways)
    assert leg(free, (200, 0), (400, 200))[1] == pytest.approx(400, abs=2)
    no_left = [
        (
            [("w", 1, "from"), ("n", 2, "via"), ("w", 2, "to")],
            {"type": "restriction", "restriction": "no_left_turn"},
        )
    ]
    banned = network(tmp_path, points, ways, relations=no_left)
    # Back to node 1 (there is no turning round in a street), and round the northern block.
    assert leg(banned, (200, 0), (400, 200))[1] == pytest.approx(200 + 400 + 400 + 200, abs=4)
    # Whoever comes from the south may still go north.
    assert leg(banned, (400, -200), (400, 200))[1] == pytest.approx(400, abs=2)


def test_only_straight_on_forbids_the_rest(tmp_path: Path) -> None:
    points = {1: (0, 0), 2: (400, 0), 3: (800, 0), 4: (400, 400), 5: (800, 400)}
    ways = [
        ([1, 2], {**RESIDENTIAL, "oneway": "yes"}),
        ([2, 3], RESIDENTIAL),
        ([2, 4], RESIDENTIAL),
        ([3, 5, 4], RESIDENTIAL),
    ]
    only = [
        (
            [("w", 1, "from"), ("n", 2, "via"), ("w", 2, "to")],
            {"type": "restriction", "restriction": "only_straight_on"},
        )
    ]
    roads = network(tmp_path, points, [*ways, ([4, 1], RESIDENTIAL)], relations=only)
    assert leg(roads, (200, 0), (400, 200))[1] == pytest.approx(200 + 400 + 400 + 400 + 200, abs=4)


def test_a_restriction_over_a_street_between(tmp_path: Path) -> None:
    # A dual carriageway: east on the south side, west on the north side, one link between them.
    points = {1: (0, 0), 2: (400, 0), 3: (800, 0), 4: (800, 40), 5: (400, 40), 6: (0, 40)}
    one = {**RESIDENTIAL, "oneway": "yes"}
    ways = [
        ([1, 2], one),
        ([2, 3], one),
        ([3, 4], RESIDENTIAL),
        ([4, 5], one),
        ([5, 6], one),
        ([2, 5], RESIDENTIAL),
        ([6, 1], RESIDENTIAL),
    ]
    free = network(tmp_path, points, ways)
    assert leg(free, (200, 0), (200, 40))[1] == pytest.approx(200 + 40 + 200, abs=3)
    rule = [
        (
            [("w", 1, "from"), ("w", 6, "via"), ("w", 5, "to")],
            {"type": "restriction", "restriction": "no_u_turn"},
        )
    ]
    banned = network(tmp_path, points, ways, relations=rule)
    assert leg(banned, (200, 0), (200, 40))[1] == pytest.approx(200 + 400 + 40 + 400 + 200, abs=6)


def test_restrictions_with_an_exception_for_cars_do_not_count(tmp_path: Path) -> None:
    ways = [([1, 2], RESIDENTIAL), ([2, 3], RESIDENTIAL), ([3, 4, 1], RESIDENTIAL)]
    tags = {"type": "restriction", "restriction": "no_left_turn", "except": "bus;motorcar"}
    roads = network(
        tmp_path, SQUARE, ways, relations=[([("w", 1, "from"), ("n", 2, "via"), ("w", 2, "to")], tags)]
    )
    assert leg(roads, (200, 0), (400, 200))[1] == pytest.approx(400, abs=2)


def test_turning_off_costs_time_and_going_straight_does_not(tmp_path: Path) -> None:
    points = {1: (0, 0), 2: (400, 0), 3: (800, 0), 4: (400, 400), 5: (400, -400)}
    roads = network(tmp_path, points, [([1, 2, 3], RESIDENTIAL), ([4, 2, 5], RESIDENTIAL)])
    straight, turned = seconds(roads, (0, 0), (800, 0)), seconds(roads, (0, 0), (400, 400))
    assert straight == pytest.approx(800 / PACE, abs=0.2)
    assert 1.0 < turned - 800 / PACE < 8.0


def test_signals_and_signs_cost_time_on_the_way(tmp_path: Path) -> None:
    points = {6: (-200, 0), 1: (0, 0), 2: (200, 0), 3: (390, 0), 4: (400, 0), 5: (600, 0)}
    ways = [([6, 1], RESIDENTIAL), ([1, 2, 3, 4], RESIDENTIAL), ([4, 5], RESIDENTIAL)]
    plain = seconds(network(tmp_path, points, ways), (-100, 0), (500, 0))
    signs = {2: {"highway": "traffic_signals"}, 3: {"highway": "stop"}}
    roads = network(tmp_path, points, ways, node_tags=signs)
    assert seconds(roads, (-100, 0), (500, 0)) == pytest.approx(plain + 4, abs=0.1)
    # The stop sign stands at the eastern end: it is for those who drive east.
    assert seconds(roads, (500, 0), (-100, 0)) == pytest.approx(plain + 2, abs=0.1)


def test_a_bollard_closes_the_road_and_a_gate_does_not(tmp_path: Path) -> None:
    points = {**SQUARE, 7: (200, 0)}
    ways = [([1, 7, 2], RESIDENTIAL), ([2, 3, 4, 1], RESIDENTIAL)]
    shut = network(tmp_path, points, ways, node_tags={7: {"barrier": "bollard"}})
    assert leg(shut, (100, 0), (300, 0))[1] == pytest.approx(1400, abs=3)
    gate = network(tmp_path, points, ways, node_tags={7: {"barrier": "gate"}})
    assert leg(gate, (100, 0), (300, 0))[1] == pytest.approx(200, abs=3)


def test_streets_for_their_own_places_only_keep_through_traffic_out(tmp_path: Path) -> None:
    ways = [([1, 2], {**RESIDENTIAL, "access": "destination"}), ([2, 3, 4, 1], RESIDENTIAL)]
    roads = network(tmp_path, SQUARE, ways)
    assert leg(roads, (0, 10), (400, 10))[1] == pytest.approx(1200 - 20, abs=4)
    # A customer in there is reached as by any street, from both sides.
    assert seconds(roads, (0, 200), (100, 0)) == pytest.approx(300 / PACE, abs=8)
    assert seconds(roads, (100, 0), (0, 200)) == pytest.approx(300 / PACE, abs=8)
    assert seconds(roads, (100, 0), (300, 0)) == pytest.approx(200 / PACE, abs=1)


def test_an_island_is_joined_by_one_slow_guess(tmp_path: Path) -> None:
    points = {**SQUARE, 8: (600, 100), 9: (600, 300), 10: (700, 200)}
    ways = [([1, 2, 3, 4, 1], RESIDENTIAL), ([8, 9], RESIDENTIAL), ([9, 10, 8], RESIDENTIAL)]
    roads = network(tmp_path, points, ways)
    main, island = roads.snap([at(200, 0), at(600, 200)])
    assert main is not None
    assert island is not None
    assert (roads.on_island(main), roads.on_island(island)) == (False, True)
    there = seconds(roads, (400, 0), (600, 200))
    assert there > (200 + 100) / PACE
    assert seconds(roads, (600, 200), (400, 0)) == pytest.approx(there, abs=1)


def test_an_island_far_off_is_out_of_reach(tmp_path: Path) -> None:
    points = {**SQUARE, 8: (9000, 100), 9: (9000, 300)}
    roads = network(tmp_path, points, [([1, 2, 3, 4, 1], RESIDENTIAL), ([8, 9], RESIDENTIAL)])
    assert seconds(roads, (200, 0), (9000, 200)) < 0
    assert seconds(roads, (9000, 100), (9000, 300)) == pytest.approx(200 / PACE, abs=0.2)


def test_ferries_only_if_asked(tmp_path: Path) -> None:
    points = {**SQUARE, 8: (9000, 0), 9: (9400, 0)}
    ways = [
        ([1, 2, 3, 4, 1], RESIDENTIAL),
        ([2, 8], {"route": "ferry", "duration": "00:30"}),
        ([8, 9], RESIDENTIAL),
    ]
    assert seconds(network(tmp_path, points, ways), (400, 0), (9200, 0)) < 0
    roads = network(tmp_path, points, ways, profile=RoadProfile("van", 95, ferries=True))
    assert seconds(roads, (400, 0), (9200, 0)) == pytest.approx(1800 + 200 / PACE, rel=0.05)


def test_a_street_one_can_only_enter_serves_nobody(tmp_path: Path) -> None:
    points = {**SQUARE, 8: (600, 0)}
    ways = [([1, 2, 3, 4, 1], RESIDENTIAL), ([2, 8], {**RESIDENTIAL, "oneway": "yes"})]
    roads = network(tmp_path, points, ways)
    (point,) = roads.snap([at(590, 5)])
    assert point is not None
    assert point.gap_m > 180
    assert seconds(roads, (590, 5), (0, 200)) > 0


def test_the_line_follows_the_roads(tmp_path: Path) -> None:
    roads = network(tmp_path, SQUARE, [([1, 2, 3, 4], RESIDENTIAL)])
    start, end = roads.snap([at(100, 0), at(200, 400)])
    assert start is not None
    assert end is not None
    line = roads.line(start, end)
    assert line is not None
    corners = [at(100, 0), at(400, 0), at(400, 400), at(200, 400)]
    assert [(round(p.lat, 5), round(p.lon, 5)) for p in line] == [
        (round(p.lat, 5), round(p.lon, 5)) for p in corners
    ]
    back = roads.line(end, start)
    assert back == line[::-1]


def test_names_of_streets_come_along(tmp_path: Path) -> None:
    roads = network(tmp_path, SQUARE, [([1, 2], {**RESIDENTIAL, "name": "Kerkstraat"})])
    assert "Kerkstraat" in roads.names.values()


def test_a_house_by_the_motorway_is_not_served_from_it(tmp_path: Path) -> None:
    points = {1: (0, 0), 2: (2000, 0), 3: (0, 120), 4: (2000, 120)}
    motorway = {"highway": "motorway", "oneway": "no"}
    ways = [([1, 2], motorway), ([3, 4], RESIDENTIAL), ([1, 3], RESIDENTIAL), ([2, 4], RESIDENTIAL)]
    (house,) = network(tmp_path, points, ways).snap([at(1000, 30)])
    assert house is not None
    assert house.gap_m == pytest.approx(90, abs=1)
    (lonely,) = network(tmp_path, points, ways[:1]).snap([at(1000, 30)])
    assert lonely is not None
    assert lonely.gap_m == pytest.approx(30, abs=1)
