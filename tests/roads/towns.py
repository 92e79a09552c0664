"""Tiny extracts and the regions made from them, for tests: streets on a grid of metres around one point."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from lastmile_desktop.model import Location
from lastmile_desktop.regions.build.driver import write_region
from lastmile_desktop.regions.build.road_pass import RoadPass
from lastmile_desktop.regions.region_file import RegionFile
from lastmile_desktop.regions.service_area import METRES_PER_DEGREE, ServiceArea
from lastmile_desktop.roads.network import RoadNetwork
from lastmile_desktop.roads.profile import VAN, RoadProfile

LAT, LON = 51.0, 4.0
_SHRINK = math.cos(math.radians(LAT))

#: id -> metres east and north of the middle.
Points = Mapping[int, tuple[float, float]]
#: Node ids and tags; the way's id is its place in the list, from 1.
WayRow = tuple[Sequence[int], Mapping[str, str]]
Member = tuple[str, int, str]


def at(east_m: float, north_m: float) -> Location:
    """A position so many metres from the middle."""
    return Location(LAT + north_m / METRES_PER_DEGREE, LON + east_m / (METRES_PER_DEGREE * _SHRINK))


def write_extract(
    path: Path,
    points: Points,
    ways: Sequence[WayRow],
    *,
    relations: Sequence[tuple[Sequence[Member], Mapping[str, str]]] = (),
    node_tags: Mapping[int, Mapping[str, str]] | None = None,
    missing: frozenset[int] = frozenset(),
    ways_first: bool = False,
) -> Path:
    """Write a ``.osm.pbf``. ``missing`` nodes are named by ways but not in the file, as after clipping."""
    import osmium
    from osmium.osm.mutable import Node, Relation, Way

    nodes = [
        Node(
            id=number,
            version=1,
            location=(at(east, north).lon, at(east, north).lat),
            tags=dict((node_tags or {}).get(number, {})),
        )
        for number, (east, north) in sorted(points.items())
        if number not in missing
    ]
    roads = [
        Way(id=k, version=1, nodes=list(refs), tags=dict(tags)) for k, (refs, tags) in enumerate(ways, 1)
    ]
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        if ways_first:
            for road in roads:
                writer.add_way(road)
        for node in nodes:
            writer.add_node(node)
        if not ways_first:
            for road in roads:
                writer.add_way(road)
        for number, (members, tags) in enumerate(relations, 1):
            writer.add_relation(Relation(id=number, version=1, members=list(members), tags=dict(tags)))
    return path


def write_roads(extract: Path, area: ServiceArea | None = None) -> RegionFile:
    """A region with its roads only, beside the extract, built in this process."""
    target = extract.with_suffix(".region")
    write_region(extract, target, area, "town", passes=(RoadPass(),))
    return RegionFile.open(target)


def network(
    folder: Path,
    points: Points,
    ways: Sequence[WayRow],
    *,
    relations: Sequence[tuple[Sequence[Member], Mapping[str, str]]] = (),
    node_tags: Mapping[int, Mapping[str, str]] | None = None,
    profile: RoadProfile = VAN,
    use_scipy: bool = False,
) -> RoadNetwork:
    """The road network of a tiny extract."""
    extract = write_extract(folder / "town.osm.pbf", points, ways, relations=relations, node_tags=node_tags)
    return RoadNetwork(write_roads(extract), profile, use_scipy=use_scipy)


def seconds(roads: RoadNetwork, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Driving time between two places given in metres."""
    return leg(roads, start, end)[0]


def leg(roads: RoadNetwork, start: tuple[float, float], end: tuple[float, float]) -> tuple[float, int]:
    """Seconds and metres between two places given in metres; seconds below 0 = no way."""
    points = [point for point in roads.snap([at(*start), at(*end)]) if point is not None]
    milliseconds, metres = roads.table(points)
    return milliseconds[0, 1] / 1000, int(metres[0, 1])
