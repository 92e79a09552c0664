"""The road pass: from an extract's ways to the region's road graph and its contraction order."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import numpy as np

from lastmile_desktop.regions.build.extract import outside, unsorted
from lastmile_desktop.regions.build.passes import Report, Source
from lastmile_desktop.regions.build.road_graph import RoadGraph, build_graph
from lastmile_desktop.regions.build.road_restrictions import read_restrictions
from lastmile_desktop.regions.build.road_streets import Streets, cut_streets
from lastmile_desktop.regions.build.road_turns import zones_of
from lastmile_desktop.regions.build.road_ways import Ways, read_ways
from lastmile_desktop.regions.road_codes import DEGREE_UNITS, StreetFlag
from lastmile_desktop.regions.road_tables import write_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FERRY_KMH = 15.0


class RoadPass:
    """Fills ``road_arrays`` (see road_tables.py), ``road_names`` and ``road_bounds``."""

    name = "roads"

    def run(self, source: Source, database: sqlite3.Connection, report: Report) -> dict[str, int]:
        """Build the road graph. Raises RegionError when the area holds no road."""
        restrictions = read_restrictions(source.path)
        ways = read_ways(source, max(1, source.path.stat().st_size // 500), report)
        if not ways.facts:
            raise outside(source.path) if ways.has_positions else unsorted(source.path)
        report(0.5)
        streets = cut_streets(ways, {each.via_node for each in restrictions if each.via_node})
        way_of_street = np.frombuffer(ways.way_ids, dtype=np.int64)[streets.piece]
        graph = build_graph(streets, restrictions, way_of_street)
        report(0.65)
        order = _contraction_order(graph)
        report(0.9)
        _write(database, ways, streets, graph, order)
        report(1.0)
        flags = graph.flags
        return {
            "ways": len(set(ways.way_ids)),
            "streets": streets.count,
            "junctions": streets.junction_count,
            "km": round(float(streets.length_m.sum()) / 1000),
            "turn_restrictions": graph.restrictions,
            "islands": graph.islands,
            "streets_on_islands": int(((flags & StreetFlag.ISLAND) != 0).sum()),
            "ferries": int(((flags & StreetFlag.FERRY) != 0).sum()),
        }


def _contraction_order(graph: RoadGraph) -> NDArray[np.int32]:
    """The order for customizable contraction hierarchies (Dibbelt, Strasser, Wagner 2014): slow, so kept."""
    import routingkit_cch

    real = graph.tail != graph.head
    order = routingkit_cch.compute_order_inertial(
        len(graph.x),
        graph.tail[real].tolist(),
        graph.head[real].tolist(),
        (graph.y / DEGREE_UNITS).tolist(),
        (graph.x / DEGREE_UNITS).tolist(),
    )
    return np.array(order, dtype=np.int32)


def _write(
    database: sqlite3.Connection,
    ways: Ways,
    streets: Streets,
    graph: RoadGraph,
    order: NDArray[np.int32],
) -> None:
    facts = ways.facts
    piece = streets.piece
    names: dict[str, int] = {"": 0}
    name = np.array([names.setdefault(each.name, len(names)) for each in facts], dtype=np.int32)
    forward = np.array([each.limit_forward_kmh for each in facts], dtype=np.uint8)[piece]
    backward = np.array([each.limit_backward_kmh for each in facts], dtype=np.uint8)[piece]
    cap = np.array([each.cap_kmh for each in facts], dtype=np.uint8)[piece]
    ferry = np.flatnonzero(streets.flags & StreetFlag.FERRY)
    if len(ferry):
        kmh = _ferry_kmh(ways, streets)[ferry]
        forward[ferry] = backward[ferry] = kmh
    write_arrays(
        database,
        {
            "point_x": streets.xs,
            "point_y": streets.ys,
            "street_first": streets.first.astype(np.int32),
            "street_last": streets.last.astype(np.int32),
            "street_cm": np.rint(streets.length_m * 100).astype(np.int32),
            "street_class": streets.road_class.astype(np.uint8),
            "street_flags": graph.flags.astype(np.uint16),
            "street_forward_kmh": forward,
            "street_backward_kmh": backward,
            "street_cap_kmh": cap,
            "street_name": name[piece],
            "street_zone": zones_of(streets),
            "vertex_x": graph.x.astype(np.int32),
            "vertex_y": graph.y.astype(np.int32),
            "arc_tail": graph.tail.astype(np.int32),
            "arc_head": graph.head.astype(np.int32),
            "arc_street": graph.street.astype(np.int32),
            "arc_against": graph.against,
            "arc_tail_ms": graph.tail_ms.astype(np.int32),
            "arc_head_ms": graph.head_ms.astype(np.int32),
            "arc_bridge_m": graph.bridge_m.astype(np.int32),
            "order": order,
        },
    )
    database.execute("CREATE TABLE road_names (number INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    database.executemany(
        "INSERT INTO road_names VALUES (?, ?)", ((number, text) for text, number in names.items())
    )
    database.execute("CREATE TABLE road_bounds (south REAL, west REAL, north REAL, east REAL)")
    corners = (streets.ys.min(), streets.xs.min(), streets.ys.max(), streets.xs.max())
    database.execute(
        "INSERT INTO road_bounds VALUES (?, ?, ?, ?)", [float(c) / DEGREE_UNITS for c in corners]
    )


def _ferry_kmh(ways: Ways, streets: Streets) -> NDArray[np.uint8]:
    """Speed of ferries from their crossing time, where it is known."""
    piece_m = np.bincount(streets.piece, weights=streets.length_m, minlength=len(ways.facts))
    seconds = np.array([each.duration_s for each in ways.facts], dtype=np.float64)
    kmh = np.where(seconds > 0, 3.6 * piece_m / np.maximum(seconds, 1.0), _FERRY_KMH)
    limited: NDArray[np.uint8] = np.clip(np.rint(kmh), 1, 80).astype(np.uint8)[streets.piece]
    return limited
