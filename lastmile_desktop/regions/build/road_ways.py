"""Reading the roads of an extract into flat arrays, clipped to the service area while they are read."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lastmile_desktop.regions.build.extract import LARGE_EXTRACT_BYTES
from lastmile_desktop.regions.build.passes import Report, Source
from lastmile_desktop.regions.build.road_tags import RoadFacts, closes_road, road_facts
from lastmile_desktop.regions.road_codes import DEGREE_UNITS
from lastmile_desktop.regions.service_area import ServiceArea

#: Delays at points of a road, in milliseconds, measured as the mean over red and green. Of a signal that
#: spans a wide junction a driver passes two nodes, each with its share.
SIGNAL_MS = 2_000
STOP_SIGN_MS = 2_000
GIVE_WAY_MS = 1_000
CROSSING_MS = 300
_DELAYS = {
    "traffic_signals": SIGNAL_MS,
    "stop": STOP_SIGN_MS,
    "give_way": GIVE_WAY_MS,
    "crossing": CROSSING_MS,
    "mini_roundabout": GIVE_WAY_MS,
}

#: A sign with no direction of its own is for those who drive to the nearer end of its street.
_SIGNS = frozenset(("stop", "give_way"))
NEARER_END = 2

_WAYS_BETWEEN_REPORTS = 500


@dataclass
class Ways:
    """All pieces of roads inside the area, one after the other.

    ``refs``, ``xs``, ``ys``: node ids and positions (ten-millionths of a degree, x = longitude) of all
    points; piece k has the points ``starts[k]`` up to ``starts[k + 1]`` and comes from the way
    ``way_ids[k]`` with ``facts[k]``. ``delays``: node id -> (ms, direction: 1 along the way, -1 against it,
    0 both, NEARER_END).
    ``closed``: ids of nodes where no car gets through. ``has_positions``: some road had points at known
    places, inside or not.
    """

    refs: array[int] = field(default_factory=lambda: array("q"))
    xs: array[int] = field(default_factory=lambda: array("i"))
    ys: array[int] = field(default_factory=lambda: array("i"))
    starts: array[int] = field(default_factory=lambda: array("q", [0]))
    way_ids: array[int] = field(default_factory=lambda: array("q"))
    facts: list[RoadFacts] = field(default_factory=list)
    delays: dict[int, tuple[int, int]] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    has_positions: bool = False


def read_ways(source: Source, total_roads: int, report: Report) -> Ways:
    """Read nodes and ways once. Raises RuntimeError when the extract cannot be read."""
    import osmium

    ways = Ways()
    inside = _box_test(source.area)
    with TemporaryDirectory(
        prefix="lastmile-nodes-", dir=source.scratch, ignore_cleanup_errors=True
    ) as folder:
        reader = osmium.FileProcessor(str(source.path), osmium.osm.NODE | osmium.osm.WAY)
        reader = reader.with_locations(node_storage(source.path, Path(folder)))
        seen = 0
        item: Any
        for item in reader.with_filter(osmium.filter.KeyFilter("highway", "route", "barrier")):
            if item.is_node():
                _take_node(item, ways)
                continue
            seen += 1
            if seen % _WAYS_BETWEEN_REPORTS == 0:
                report(min(0.5, 0.5 * seen / max(total_roads, 1)))
            facts = road_facts(item.tags)
            if facts is not None:
                _take_way(item, facts, inside, ways)
    return ways


def node_storage(path: Path, folder: Path) -> str:
    """Where osmium keeps the positions of nodes while reading: in memory, of large extracts in a file.

    Never ``dense_file_array``, which is as long as the highest id is high.
    """
    if path.stat().st_size < LARGE_EXTRACT_BYTES:
        return "flex_mem"
    return f"sparse_file_array,{folder / 'nodes'}"


def _box_test(area: ServiceArea | None) -> Callable[[int, int], bool] | None:
    if area is None:
        return None
    west, east = math.floor(area.west * DEGREE_UNITS), math.ceil(area.east * DEGREE_UNITS)
    south, north = math.floor(area.south * DEGREE_UNITS), math.ceil(area.north * DEGREE_UNITS)
    return lambda x, y: west <= x <= east and south <= y <= north


def _take_node(node: Any, ways: Ways) -> None:
    delay = _DELAYS.get(node.tags.get("highway", ""))
    if delay is not None:
        side = node.tags.get("traffic_signals:direction", "") or node.tags.get("direction", "")
        unknown = NEARER_END if node.tags.get("highway", "") in _SIGNS else 0
        ways.delays[node.id] = (delay, {"forward": 1, "backward": -1}.get(side, unknown))
    if closes_road(node.tags):
        ways.closed.add(node.id)


def _take_way(way: Any, facts: RoadFacts, inside: Callable[[int, int], bool] | None, ways: Ways) -> None:
    """Add the pieces of a way that have positions and lie inside, each with one point beyond the border."""
    run: list[tuple[int, int, int]] = []
    run_is_inside = False
    before: tuple[int, int, int] | None = None
    for node in way.nodes:
        place = node.location
        if not place.valid():  # a clipped extract names points that it does not have
            _close(run, run_is_inside, way.id, facts, ways)
            run, run_is_inside, before = [], False, None
            continue
        ways.has_positions = True
        point = (node.ref, place.x, place.y)
        if before is not None and before[0] == point[0]:
            continue
        if inside is None or inside(point[1], point[2]):
            if not run and before is not None:
                run.append(before)
            run.append(point)
            run_is_inside = True
        elif run:
            run.append(point)
            _close(run, run_is_inside, way.id, facts, ways)
            run, run_is_inside = [], False
        before = point
    _close(run, run_is_inside, way.id, facts, ways)


def _close(run: list[tuple[int, int, int]], inside: bool, way_id: int, facts: RoadFacts, ways: Ways) -> None:
    if len(run) < 2 or not inside:
        return
    for ref, x, y in run:
        ways.refs.append(ref)
        ways.xs.append(x)
        ways.ys.append(y)
    ways.starts.append(len(ways.refs))
    ways.way_ids.append(way_id)
    ways.facts.append(facts)
