"""A small made-up place as an extract, and the map tables made from it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from lastmile_desktop.regions.build.feature_pass import FeaturePass
from lastmile_desktop.regions.build.passes import Source


class Drawing:
    """Objects of an extract, named by what they are; nodes get their numbers by themselves."""

    def __init__(self) -> None:
        self.nodes: list[tuple[int, float, float, dict[str, str]]] = []
        self.ways: list[tuple[int, list[int], dict[str, str]]] = []
        self.relations: list[tuple[int, list[tuple[str, int, str]], dict[str, str]]] = []

    def node(self, lat: float, lon: float, **tags: str) -> int:
        self.nodes.append((len(self.nodes) + 1, lat, lon, tags))
        return len(self.nodes)

    def way(self, places: list[tuple[float, float]], **tags: str) -> int:
        numbers = [self.node(*place) for place in places]
        if len(places) > 3 and places[0] == places[-1]:
            numbers[-1] = numbers[0]
        self.ways.append((len(self.ways) + 1, numbers, tags))
        return len(self.ways)

    def box(self, south: float, west: float, north: float, east: float, **tags: str) -> int:
        corners = [(south, west), (south, east), (north, east), (north, west), (south, west)]
        return self.way(corners, **tags)

    def area_of(self, outer: int, inner: int, **tags: str) -> None:
        members = [("w", outer, "outer"), ("w", inner, "inner")]
        self.relations.append((len(self.relations) + 1, members, {"type": "multipolygon", **tags}))

    def write(self, path: Path) -> Path:
        import osmium
        from osmium.osm import mutable

        with osmium.SimpleWriter(str(path), overwrite=True) as writer:
            for number, lat, lon, tags in self.nodes:
                writer.add_node(mutable.Node(id=number, location=(lon, lat), tags=tags))
            for number, nodes, tags in self.ways:
                writer.add_way(mutable.Way(id=number, nodes=nodes, tags=tags))
            for number, members, tags in self.relations:
                writer.add_relation(mutable.Relation(id=number, members=members, tags=tags))
        return path


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
def map_of(tmp_path: Path):
    """The map tables of a drawing, as the path of a database."""

    def make(drawing: Drawing, area=None) -> Path:
        extract = drawing.write(tmp_path / "place.osm.pbf")
        path = tmp_path / "place.region"
        path.unlink(missing_ok=True)
        database = sqlite3.connect(path)
        try:
            FeaturePass().run(Source(extract, area), database, lambda _share: None)
            database.commit()
        finally:
            database.close()
        return path

    return make


@pytest.fixture
def town(drawing: Drawing) -> Drawing:
    """A lake with an island, a street over a motorway, houses, and a name."""
    outer = drawing.box(50.000, 8.000, 50.010, 8.010)
    island = drawing.box(50.004, 8.004, 50.006, 8.006)
    drawing.area_of(outer, island, natural="water", name="Weiher")
    drawing.way([(50.012, 8.000), (50.012, 8.020)], highway="residential", name="Lange Straße")
    drawing.way([(50.005, 8.015), (50.020, 8.015)], highway="motorway", ref="A 9")
    for number in range(6):
        west = 8.001 + number * 0.002
        drawing.box(50.0125, west, 50.0130, west + 0.001, building="yes")
    drawing.node(50.015, 8.010, place="village", name="Obertal")
    return drawing


@pytest.fixture(autouse=True)
def _fonts(qapp: QApplication) -> QApplication:
    return qapp
