"""The made-up town holds together, its houses stand apart, and the sample's customers live in it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

import pytest

from lastmile_desktop.regions.sample_town.extract import town, write_town
from lastmile_desktop.regions.sample_town.ground import degrees, in_river, inside
from lastmile_desktop.regions.sample_town.surroundings import free_grounds


@pytest.fixture(scope="module")
def whole():
    return town()


def test_it_is_a_town_and_not_a_chessboard(whole):
    network, houses = whole
    assert 6_000 < len(houses) < 12_000
    assert len({piece.street.name for piece in network.pieces}) > 300
    headings = Counter()
    for piece in network.pieces:
        (x1, y1), (x2, y2) = network.spots[piece.nodes[0]], network.spots[piece.nodes[-1]]
        headings[int(math.degrees(math.atan2(y2 - y1, x2 - x1)) % 180 // 10)] += 1
    assert len(headings) == 18
    assert max(headings.values()) < 2.5 * min(headings.values())  # on a chessboard two of them hold all


def test_every_street_can_be_reached(whole):
    network, _ = whole
    neighbours = defaultdict(set)
    for piece in network.pieces:
        first, last = piece.nodes[0], piece.nodes[-1]
        neighbours[first].add(last)
        neighbours[last].add(first)
    seen, waiting = set(), [network.pieces[0].nodes[0]]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += neighbours[node] - seen
    assert seen == set(neighbours)


def test_only_bridges_cross_the_river(whole):
    network, _ = whole
    wet = [
        piece
        for piece in network.pieces
        if not piece.bridge and any(in_river(network.spots[node]) for node in piece.nodes)
    ]
    assert wet == []
    assert len({piece.street.name for piece in network.pieces if piece.bridge}) >= 4


def test_houses_stand_on_dry_ground_of_their_own(whole):
    _, houses = whole
    addresses = Counter((house.street, house.number, house.town) for house in houses)
    assert [address for address, count in addresses.items() if count > 1] == []
    assert not any(in_river(corner) for house in houses for corner in house.outline)
    assert not any(inside(house.middle, outline) for house in houses for outline in free_grounds())
    cells = defaultdict(list)
    for house in houses:
        cells[int(house.middle[0] // 50), int(house.middle[1] // 50)].append(house.middle)
    for middles in cells.values():
        for index, one in enumerate(middles):
            assert all(math.dist(one, other) > 6 for other in middles[:index])


def test_the_samples_customers_live_there(whole):
    from lastmile_desktop.sheets.sample_addresses import ADDRESSES, DEPOT

    _, houses = whole
    known = {
        (f"{house.street} {house.number}", house.postcode, house.town): degrees(house.middle)
        for house in houses
    }
    for street, postcode, place, lat, lon in ADDRESSES:
        assert known[street, postcode, place] == pytest.approx((lat, lon), abs=2e-5)
    assert any(degrees(house.middle) == pytest.approx(DEPOT[1:], abs=2e-5) for house in houses)


def test_the_extract_is_the_same_every_time(tmp_path):
    import osmium

    counts = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.osm.pbf"
        write_town(path)
        tags = Counter()
        for thing in osmium.FileProcessor(str(path)):
            tags[type(thing).__name__] += 1
            tags.update(f"{tag.k}={tag.v}" for tag in thing.tags)
        counts.append(tags)
    assert counts[0] == counts[1]
    assert counts[0]["bridge=yes"] >= 4
