"""Small made-up towns as extracts, and the region files with their addresses."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import osmium

from lastmile_desktop.regions.build.address_pass import AddressPass
from lastmile_desktop.regions.build.passes import Source
from lastmile_desktop.regions.region_file import RegionInfo, write_info
from lastmile_desktop.regions.service_area import ServiceArea

#: About this many degrees of latitude are a hundred metres.
HUNDRED_M = 0.0009

Tags = Mapping[str, str]
Point = tuple[float, float]


@dataclass
class Extract:
    """Collects objects, then writes them as an extract: nodes, ways, relations, with rising numbers."""

    nodes: list[tuple[int, Tags, Point]] = field(default_factory=list)
    ways: list[tuple[int, Tags, list[int]]] = field(default_factory=list)
    relations: list[tuple[Tags, list[tuple[str, int, str]]]] = field(default_factory=list)
    corners: list[int] = field(default_factory=list)  # where the streets begin
    _numbers: Iterable[int] = field(default_factory=lambda: itertools.count(1))

    def node(self, point: Point, **tags: str) -> int:
        number = next(iter(self._numbers))
        self.nodes.append((number, _keys(tags), point))
        return number

    def way(self, points: Sequence[Point], **tags: str) -> int:
        return self.way_of([self.node(point) for point in points], **tags)

    def way_of(self, nodes: list[int], **tags: str) -> int:
        self.ways.append((len(self.ways) + 1, _keys(tags), nodes))
        return len(self.ways)

    def relation(self, members: list[tuple[str, int, str]], **tags: str) -> None:
        self.relations.append((_keys(tags), members))

    def street(self, name: str, start: Point, houses: Sequence[int | str], **tags: str) -> None:
        """A road to the east from ``start`` with a house every 20 m, as outlines on its north side."""
        lat, lon = start
        length = max(2, len(houses)) * 0.0003
        nodes = [self.node(start), self.node((lat, lon + length))]
        self.corners.append(nodes[0])
        self.way_of(nodes, highway="residential", name=name)
        for place, number in enumerate(houses):
            self.house(number, name, (lat + 0.0002, lon + place * 0.0003), **tags)

    def house(self, number: int | str, street: str, at: Point, **tags: str) -> None:
        lat, lon = at
        corners = [
            (lat - 0.00005, lon - 0.00005),
            (lat + 0.00005, lon - 0.00005),
            (lat + 0.00005, lon + 0.00005),
        ]
        nodes = [self.node(corner) for corner in [*corners, (lat - 0.00005, lon + 0.00005)]]
        address = {"addr__street": street, "addr__housenumber": str(number), **tags}
        self.way_of([*nodes, nodes[0]], building="yes", **address)

    def write(self, path: Path) -> Path:
        with osmium.SimpleWriter(str(path), overwrite=True) as writer:
            for number, tags, (lat, lon) in self.nodes:
                writer.add_node(osmium.osm.mutable.Node(id=number, location=(lon, lat), tags=dict(tags)))
            for number, tags, nodes in self.ways:
                writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=dict(tags)))
            for number, (tags, members) in enumerate(self.relations, start=1):
                writer.add_relation(osmium.osm.mutable.Relation(id=number, members=members, tags=dict(tags)))
        return path


def _keys(tags: Mapping[str, str]) -> dict[str, str]:
    """Colons cannot be written in keyword arguments; two underscores stand for one."""
    return {key.replace("__", ":"): value for key, value in tags.items()}


def build_addresses(extract: Path, area: ServiceArea | None = None) -> Path:
    """A region file beside the extract that holds nothing but addresses."""
    path = extract.with_name(extract.name.partition(".")[0] + ".region")
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    try:
        counts = AddressPass().run(Source(extract, area), database, lambda _share: None)
        made = "2026-11-22T08:00:00+00:00"
        write_info(database, RegionInfo(path.stem, made, extract.name, "", area, None, {"addresses": counts}))
    finally:
        database.close()
    return path


def american_town() -> Extract:
    """Two towns side by side, Millbrook (20111) and Ashford (20222), with traps on purpose."""
    town = Extract()
    here = {"addr__city": "Millbrook", "addr__postcode": "20111", "addr__state": "VA"}
    there = {"addr__city": "Ashford", "addr__postcode": "20222", "addr__state": "VA"}
    even = [2 * n for n in range(1, 21)]
    for row, name in enumerate(
        ["Whitethorn Road", "Oak Lane", "Oat Lane", "5th Street", "6th Street", "Saint Marys Avenue"]
    ):
        town.street(name, (39.0 + row * 3 * HUNDRED_M, -77.0), even, **here)
    town.street("Greenspring Valley Road", (39.03, -77.0), [1201, 1203, 1205, 1221, 1223], **here)
    town.street("North Calder Street", (39.04, -77.0), [10, 12, 14], **here)
    town.street("South Calder Street", (39.041, -77.0), [10, 12, 14], **here)
    town.street("Maryland Avenue", (39.045, -77.0), [8, 10, 12], **here)
    town.street("Stevenson Road", (39.05, -77.0), [100, 102, 104], **here)
    town.street("Church Street", (39.055, -77.0), [1, 3, 5], **here)
    town.street("Church Street", (39.2, -77.0), [1, 3, 5], **there)
    town.street("Foundry Court", (39.205, -77.0), [1, 3, 5, "7A"], **there)
    town.way_of(town.corners, highway="secondary", name="Old Turnpike")
    town.node((39.02, -77.0), place="town", name="Millbrook")
    town.node((39.2, -77.0), place="town", name="Ashford")
    return town


def european_town() -> Extract:
    """Villages of seven countries, far apart, with names in their languages."""
    town = Extract()

    def place(name: str, postcode: str, lat: float, *streets: tuple[str, list[int | str]]) -> None:
        town.node((lat, 10.0), place="village", name=name)
        for row, (street, houses) in enumerate(streets):
            start = (lat + row * 3 * HUNDRED_M, 10.0)
            town.street(street, start, houses, addr__city=name, addr__postcode=postcode)

    place("Aldorf", "50111", 50.0, ("Hauptstraße", [1, 3, 5, "5a", 7]), ("Karl-Friedrich-Straße", [2, 4]),
          ("Müllerweg", [1, 3]), ("Straße des 17. Juni", [10, 20]), ("Am Markt", [3, 5, 7]))  # fmt: skip
    place("Bellerive", "75111", 48.0, ("Rue de la Fontaine", [10, 12, "12bis"]),
          ("Avenue du Général Leclerc", [2, 4]), ("Place de l’Église", [1, 2]))  # fmt: skip
    place(
        "Lipowo",
        "00-111",
        52.0,
        ("Długa", [2, 4, "6/8"]),
        ("3 Maja", [3, 5]),
        ("Aleja Jana Pawła II", [1, 3]),
    )
    place("Vega", "28111", 40.0, ("Calle Mayor", [3, 5]), ("Avenida de la Constitución", [2, 4]))
    place("Montalto", "20999", 45.0, ("Viale Roma", [10, "12a"]), ("Piazza del Duomo", [1, 2]))
    place("Waterdam", "1011 AB", 53.0, ("Kerkstraat", [6, 8, 10]))
    place("Pontal", "1100-053", 38.0, ("Rua Augusta", [23, 25]))
    return town
