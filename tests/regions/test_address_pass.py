"""What a region's addresses are made of: every way in which a map can say where a house is."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from lastmile_desktop.regions.build.address_pass import AddressPass
from lastmile_desktop.regions.build.passes import BuildCancelled, Source
from lastmile_desktop.regions.service_area import ServiceArea
from tests.addresses.towns import HUNDRED_M, Extract, american_town, build_addresses


def rows(path: Path, query: str) -> list[Any]:
    database = sqlite3.connect(path)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def houses(path: Path) -> dict[str, tuple[float, float]]:
    query = (
        "SELECT h.number || h.suffix || ' ' || n.name || ', ' || coalesce(t.name, ''), h.lat, h.lon "
        "FROM house h "
        "JOIN street s ON s.id = h.street_id JOIN street_name n ON n.id = s.name_id "
        "LEFT JOIN town t ON t.id = s.town_id"
    )
    return {name: (lat, lon) for name, lat, lon in rows(path, query)}


def test_houses_come_from_points_outlines_and_relations(tmp_path: Path) -> None:
    town = Extract()
    town.node((50.0, 8.0), addr__street="Am Markt", addr__housenumber="3", addr__city="Aldorf")
    town.house("5a", "Am Markt", (50.001, 8.001), addr__city="Aldorf")
    outline = town.way([(50.002, 8.0), (50.0022, 8.0), (50.0022, 8.0002), (50.002, 8.0002), (50.002, 8.0)])
    town.relation(
        [("w", outline, "outer")],
        type="multipolygon",
        building="yes",
        addr__street="Am Markt",
        addr__housenumber="7;9",
        addr__city="Aldorf",
    )
    member = town.node((50.003, 8.0), addr__housenumber="11", addr__city="Aldorf")
    town.relation([("n", member, "house")], type="associatedStreet", name="Am Markt")

    found = houses(build_addresses(town.write(tmp_path / "town.osm.pbf")))

    assert set(found) == {f"{number} Am Markt, Aldorf" for number in ("3", "5a", "7", "9", "11")}
    assert found["5a Am Markt, Aldorf"] == pytest.approx((50.001, 8.001), abs=1e-6)
    assert found["7 Am Markt, Aldorf"] == pytest.approx((50.0021, 8.0001), abs=1e-6)


def test_numbers_between_two_known_ones_follow_the_interpolated_way(tmp_path: Path) -> None:
    town = Extract()
    first = town.node((50.0, 8.0), addr__street="Long Road", addr__housenumber="2")
    corner = town.node((50.0, 8.004))
    last = town.node((50.004, 8.004), addr__street="Long Road", addr__housenumber="10")
    town.way_of([first, corner, last], addr__interpolation="even")

    path = build_addresses(town.write(tmp_path / "town.osm.pbf"))
    found = houses(path)

    assert {name.split()[0] for name in found} == {"2", "4", "6", "8", "10"}
    assert found["4 Long Road, "][0] == pytest.approx(50.0, abs=1e-6), "the first half runs east"
    assert found["8 Long Road, "][1] == pytest.approx(8.004, abs=1e-6), "the second half runs north"
    assert rows(path, "SELECT number FROM house WHERE exact = 1 ORDER BY number") == [(2,), (10,)]


def test_pieces_of_a_street_are_joined_and_streets_of_one_name_far_apart_are_not(tmp_path: Path) -> None:
    town = Extract()
    for lat in (50.0, 50.3):
        town.way([(lat, 8.0), (lat, 8.002)], highway="residential", name="Mill Lane")
        town.way([(lat, 8.0035), (lat, 8.006)], highway="tertiary", name="Mill Ln.")

    path = build_addresses(town.write(tmp_path / "town.osm.pbf"))

    assert len(rows(path, "SELECT DISTINCT grp FROM street")) == 2
    assert rows(path, "SELECT name FROM street_name") == [("Mill Lane",)]
    for lat, lon, spread in rows(path, "SELECT lat, lon, spread_m FROM street"):
        assert round(lat, 1) in (50.0, 50.3)
        assert lon == pytest.approx(8.003, abs=0.001)
        assert 150 < spread < 350


def test_a_house_without_a_town_gets_that_of_its_street_or_its_outline_or_the_nearest_place(
    tmp_path: Path,
) -> None:
    town = Extract()
    town.node((50.0, 8.0), place="village", name="Aldorf")
    town.node((50.2, 8.2), place="city", name="Neustadt", name__en="Newtown")
    corners = [(49.9, 8.9), (49.9, 9.1), (50.1, 9.1), (50.1, 8.9)]
    town.relation(
        [
            ("w", town.way([*corners[:3]]), "outer"),
            ("w", town.way([corners[2], corners[3], corners[0]]), "outer"),
        ],
        type="boundary",
        boundary="administrative",
        admin_level="8",
        name="Ringheim",
    )
    town.relation(
        [("w", town.way([(50.15, 8.15), (50.25, 8.25)]), "outer")],
        type="boundary",
        boundary="administrative",
        admin_level="8",
        name="Clipped",
    )
    town.house(1, "Near Aldorf", (50.005, 8.0))
    town.house(2, "In the city", (50.21, 8.2))
    town.house(3, "Inside", (50.0, 9.0))
    town.house(4, "Nowhere", (51.0, 8.0))
    town.house(5, "Mixed", (50.005, 8.01), addr__city="Sayso")
    town.house(7, "Mixed", (50.0051, 8.0101))

    path = build_addresses(town.write(tmp_path / "town.osm.pbf"))

    assert set(houses(path)) == {
        "1 Near Aldorf, Aldorf", "2 In the city, Neustadt", "3 Inside, Ringheim", "4 Nowhere, ",
        "5 Mixed, Sayso", "7 Mixed, Sayso",
    }  # fmt: skip
    assert ("newtown",) in rows(path, "SELECT key FROM town_name")


def test_postcodes_come_from_addresses_roads_and_outlines(tmp_path: Path) -> None:
    town = Extract()
    for step in range(20):
        town.house(step + 1, "High Street", (50.0 + step * HUNDRED_M, 8.0), addr__postcode="1000")
    town.way([(50.1, 8.0), (50.1, 8.001)], highway="residential", name="Zip Road", postal_code="1001")
    ring = [(50.2, 8.2), (50.2, 8.3), (50.3, 8.3), (50.3, 8.2), (50.2, 8.2)]
    town.relation(
        [("w", town.way(ring), "outer")], type="boundary", boundary="postal_code", postal_code="1002"
    )

    path = build_addresses(town.write(tmp_path / "town.osm.pbf"))
    found = {code: rest for code, *rest in rows(path, "SELECT code, lat, lon, spread_m FROM postcode")}

    assert set(found) == {"1000", "1001", "1002"}
    assert found["1000"][0] == pytest.approx(50.0 + 10 * HUNDRED_M, abs=HUNDRED_M)
    assert 800 < found["1000"][2] < 1100
    assert found["1002"][:2] == pytest.approx([50.25, 8.25], abs=0.02)


def test_a_service_area_clips_and_a_stop_is_obeyed(tmp_path: Path) -> None:
    extract = american_town().write(tmp_path / "town.osm.pbf")

    clipped = houses(build_addresses(extract, ServiceArea(39.15, -77.1, 39.25, -76.9)))

    assert clipped
    assert all(name.endswith("Ashford") for name in clipped)

    def stop(share: float) -> None:
        if share > 0:
            raise BuildCancelled

    database = sqlite3.connect(":memory:")
    with pytest.raises(BuildCancelled):
        AddressPass().run(Source(extract, None), database, stop)
    database.close()


def test_second_names_lead_to_the_street(tmp_path: Path) -> None:
    town = Extract()
    town.way(
        [(50.0, 8.0), (50.0, 8.002)],
        highway="residential",
        name="Rue Haute - Hoogstraat",
        old_name="Altgasse",
    )
    path = build_addresses(town.write(tmp_path / "town.osm.pbf"))

    found = dict(rows(path, "SELECT name, same_as FROM street_name"))
    first = rows(path, "SELECT id FROM street_name WHERE name LIKE 'Rue Haute -%'")[0][0]

    assert found == {
        "Rue Haute - Hoogstraat": None,
        "Rue Haute": first,
        "Hoogstraat": first,
        "Altgasse": first,
    }
