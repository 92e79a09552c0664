"""Addresses, streets, towns and postcodes of an extract, read in one pass over its nodes and ways."""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from lastmile_desktop.regions.build import address_tables
from lastmile_desktop.regions.build.address_joining import join_addresses
from lastmile_desktop.regions.build.address_relations import (
    Relations,
    Tags,
    address_tags,
    names,
    read_relations,
)
from lastmile_desktop.regions.build.interpolation import between
from lastmile_desktop.regions.build.outlines import Outline, TownFinder, closed_rings
from lastmile_desktop.regions.build.passes import Report, Source
from lastmile_desktop.regions.house_numbers import house_numbers
from lastmile_desktop.regions.street_words import words

_PLACES = words("city borough town village hamlet suburb quarter neighbourhood locality isolated_dwelling")
_NO_ROADS = words("proposed construction platform rest_area services raceway bus_stop elevator corridor")
_BATCH = 4000
#: Objects of an extract per byte, roughly: only for the share of the work that is done.
_BYTES_PER_OBJECT = 45
#: Share of the pass that reading takes, the rest is putting together.
_READING = 0.75
_METRES_PER_DEGREE = 111_195.0
#: Points of a road are kept about this far apart.
_STEP_DEGREES = 0.001


class AddressPass:
    """The addresses of the region file. See ``address_tables`` for what it fills."""

    name = "addresses"

    def run(self, source: Source, database: sqlite3.Connection, report: Report) -> dict[str, int]:
        """Create and fill the tables; counts of houses, streets, towns and postcodes."""
        report(0.0)
        address_tables.create(database)
        reading = _Reading(source, database, read_relations(str(source.path)))
        reading.read(report)
        reading.book.write(database)
        return join_addresses(
            database,
            reading.towns(),
            reading.postcodes,
            lambda share: report(_READING + share * (1 - _READING)),
        )


class _Reading:
    """What one pass over nodes and ways finds; houses and roads go to the staging tables as they come."""

    def __init__(self, source: Source, database: sqlite3.Connection, relations: Relations) -> None:
        self._source, self._database, self._relations = source, database, relations
        self._area = source.area
        self.book = address_tables.NameBook()
        self._houses: list[tuple[Any, ...]] = []
        self._roads: list[tuple[Any, ...]] = []
        self._ends: dict[int, tuple[Tags, float, float]] = {}  # address nodes, for interpolated ways
        self._spans: list[tuple[str, list[tuple[int, float, float]]]] = []
        self._places: list[tuple[Tags, str, float, float]] = []
        self._lines: dict[int, list[tuple[float, float]]] = {}  # ways of boundaries
        self.postcodes: list[tuple[str, float, float, int]] = []

    def read(self, report: Report) -> None:
        import osmium

        nodes = osmium.filter.KeyFilter("addr:housenumber", "place")
        nodes.enable_for(osmium.osm.NODE)
        entities = osmium.osm.NODE | osmium.osm.WAY
        processor = osmium.FileProcessor(str(self._source.path), entities).with_locations().with_filter(nodes)
        expected = max(1.0, self._source.path.stat().st_size / _BYTES_PER_OBJECT)
        for count, found in enumerate(processor):
            if isinstance(found, osmium.osm.Node):
                self._take_node(found)
            elif isinstance(found, osmium.osm.Way):
                self._take_way(found)
            if count % 2048 == 0:
                report(_READING * min(1.0, count / expected))
                self._flush(_BATCH)
        self._take_spans()
        self._flush(0)

    def towns(self) -> TownFinder:
        """Where towns are, once everything is read."""
        cities = {tags["name"] for tags, kind, _, _ in self._places if kind in ("city", "town")}
        finder = TownFinder()
        for boundary in self._relations.boundaries:
            lines = [self._lines[way] for way in boundary.ways if way in self._lines]
            rings = closed_rings(lines) if len(lines) == len(boundary.ways) else None
            self._take_boundary(finder, boundary.tags, lines, rings, cities)
        for tags, kind, lat, lon in self._places:
            finder.places.append((tags["name"], kind, lat, lon))
            finder.other_names.setdefault(tags["name"], set()).update(tags.values())
        return finder

    def _take_boundary(
        self,
        finder: TownFinder,
        tags: Tags,
        lines: list[list[tuple[float, float]]],
        rings: list[list[tuple[float, float]]] | None,
        cities: set[str],
    ) -> None:
        if not lines:
            return
        outline = Outline(tags.get("name", ""), rings or lines)
        if "postcode" in tags:
            if rings:
                self.postcodes.append((tags["postcode"], *outline.middle, outline.radius_m))
            return
        level = int(tags["level"])
        if level < 7 and outline.name not in cities and tags["place"] not in ("city", "town"):
            return  # a county or a state, not a town
        if rings:
            finder.outlines.append((level, outline))
        finder.other_names.setdefault(outline.name, set()).update(
            value for key, value in tags.items() if key.startswith("name")
        )
        if outline.name not in {name for name, _, _, _ in finder.places} and rings is not None:
            finder.places.append((outline.name, tags["place"] or "town", *outline.middle))

    # ---- nodes and ways ---------------------------------------------------------------------------------

    def _take_node(self, node: Any) -> None:
        lat, lon = node.lat, node.lon
        if self._area is not None and not self._area.contains(lat, lon):
            return
        tags = node.tags
        place = tags.get("place")
        if place in _PLACES and tags.get("name"):
            self._places.append((names(tags), place, lat, lon))
        if tags.get("addr:housenumber"):
            address = {**self._relations.street_of.get(("n", node.id), {}), **address_tags(tags)}
            self._ends[node.id] = (address, lat, lon)
            self._take_house(address, lat, lon)

    def _take_way(self, way: Any) -> None:
        tags, number = way.tags, way.id
        highway = tags.get("highway")
        if highway is not None:
            if highway not in _NO_ROADS:
                self._take_road(way)
        elif tags.get("addr:housenumber") or number in self._relations.building_tags:
            address = {
                **self._relations.street_of.get(("w", number), {}),
                **self._relations.building_tags.get(number, {}),
                **address_tags(tags),
            }
            middle = _middle(way)
            if middle is not None:
                self._take_house(address, *middle)
        if "addr:interpolation" in tags:
            line = [(node.ref, node.lat, node.lon) for node in way.nodes if node.location.valid()]
            self._spans.append((tags["addr:interpolation"], line))
        if number in self._relations.boundary_ways:
            self._lines[number] = list(_points(way))

    def _take_house(self, address: Tags, lat: float, lon: float, exact: int = 1) -> None:
        if self._area is not None and not self._area.contains(lat, lon):
            return
        street = address.get("addr:street") or address.get("addr:place")
        numbers = house_numbers(address.get("addr:housenumber", ""))
        name_id = self.book.id_of(street) if street else None
        if name_id is None or not numbers:
            return
        town = address.get("addr:city") or address.get("addr:place") or ""
        postcode, state = address.get("addr:postcode", "").split(";")[0], address.get("addr:state", "")
        for number, suffix in numbers:
            self._houses.append((name_id, number, suffix, town, postcode.strip(), state, exact, lat, lon))

    def _take_road(self, way: Any) -> None:
        tags = way.tags
        if not tags.get("name"):
            return
        points = [point for point in _points(way) if self._area is None or self._area.contains(*point)]
        called = names(tags)
        name_id = self.book.id_of(called["name"]) if points else None
        if name_id is None:
            return
        for other in list(called.values())[1:]:
            self.book.also_called(name_id, other)
        postcode = tags.get("postal_code") or tags.get("addr:postcode") or tags.get("tiger:zip_left") or ""
        kept = _thinned(points)
        lats, lons = array("d", (lat for lat, _ in kept)), array("d", (lon for _, lon in kept))
        self._roads.append(
            (name_id, postcode.split(";")[0].split(":")[0].strip(), lats.tobytes(), lons.tobytes())
        )

    def _take_spans(self) -> None:
        """Ways along which house numbers count up between the address nodes at their ends."""
        for kind, line in self._spans:
            known = [place for place, (node, _, _) in enumerate(line) if node in self._ends]
            for start, end in pairwise(known):
                first, last = self._ends[line[start][0]], self._ends[line[end][0]]
                points = [(lat, lon) for _, lat, lon in line[start : end + 1]]
                for address, lat, lon in between(kind, first, last, points):
                    self._take_house(address, lat, lon, exact=0)

    def _flush(self, least: int) -> None:
        if len(self._houses) > least:
            self._database.executemany(
                "INSERT INTO found_house VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._houses
            )
            self._houses.clear()
        if len(self._roads) > least:
            self._database.executemany("INSERT INTO found_road VALUES (?, ?, ?, ?)", self._roads)
            self._roads.clear()


def _points(way: Any) -> Iterator[tuple[float, float]]:
    """The way's points that the extract has; clipped ones lack some."""
    for node in way.nodes:
        location = node.location
        if location.valid():
            yield location.lat, location.lon


def _middle(way: Any) -> tuple[float, float] | None:
    """The mean of the corners."""
    corners = list(_points(way))
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if not corners:
        return None
    count = len(corners)
    return math.fsum(lat for lat, _ in corners) / count, math.fsum(lon for _, lon in corners) / count


def _thinned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points some 100 m apart: long straight pieces get points between, dense ones lose some."""
    kept = [points[0]]
    for lat, lon in points[1:]:
        before_lat, before_lon = kept[-1]
        far = max(abs(lat - before_lat), abs(lon - before_lon))
        if far < _STEP_DEGREES:
            continue
        steps = math.ceil(far / (2 * _STEP_DEGREES))
        kept += [
            (before_lat + (lat - before_lat) * i / steps, before_lon + (lon - before_lon) * i / steps)
            for i in range(1, steps + 1)
        ]
    if kept[-1] != points[-1]:
        kept.append(points[-1])
    return kept
