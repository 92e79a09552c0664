"""Streets, turns and bridges to islands as one directed graph: what the road tables of a region hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lastmile_desktop.regions.build.road_bans import BannedTurns
from lastmile_desktop.regions.build.road_restrictions import Restriction
from lastmile_desktop.regions.build.road_streets import Streets
from lastmile_desktop.regions.build.road_turns import Vertices, arms_of, plain_vertices
from lastmile_desktop.regions.road_codes import (
    BRIDGE,
    DEGREE_UNITS,
    TURN,
    ZONE_PRICE_MS,
    StreetFlag,
)
from lastmile_desktop.regions.service_area import METRES_PER_DEGREE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: A guessed way to an island: beeline at some 18 km/h, and a moment to find it. Most islands are real streets
#: whose link is missing in the extract, so that a walker's pace would be as wrong as a free one.
_BRIDGE_MS_PER_M = 200
_BRIDGE_MS = 5_000

#: What lies further from the main network than this is cut off by water or border, not by a gap in the map.
_LONGEST_BRIDGE_M = 2_000.0


@dataclass
class RoadGraph:
    """a arcs between v vertices. ``x``, ``y`` (v,): ten-millionths of a degree.

    By arc: ``tail``, ``head``, ``street`` (or TURN, BRIDGE), ``against`` (driven against the street's
    points), ``tail_ms`` and ``head_ms`` to get onto the street and off it (turns and bridges: all of it in
    ``head_ms``), ``bridge_m`` length of a bridge, else 0. ``flags`` (s,) by street. ``restrictions``: how
    many took hold; ``islands``: how many parts were joined by a bridge.
    """

    x: Ints
    y: Ints
    tail: Ints
    head: Ints
    street: Ints
    against: NDArray[np.bool_]
    tail_ms: Ints
    head_ms: Ints
    bridge_m: Ints
    flags: Ints
    restrictions: int = 0
    islands: int = 0


def build_graph(streets: Streets, restrictions: list[Restriction], way_of_street: Ints) -> RoadGraph:
    """The graph of all streets, with turns, restrictions and bridges."""
    arms = arms_of(streets)
    vertices = plain_vertices(streets, arms)
    bans = BannedTurns(streets, arms, vertices, way_of_street)
    bans.apply(restrictions)
    graph = _assemble(streets, vertices, bans.detours)
    graph.restrictions = bans.applied
    _bridge_islands(graph, streets)
    return graph


def _assemble(streets: Streets, vertices: Vertices, detours: list[tuple[int, int, int]]) -> RoadGraph:
    number = np.arange(streets.count)
    forward = np.flatnonzero(streets.flags & StreetFlag.FORWARD)
    backward = np.flatnonzero(streets.flags & StreetFlag.BACKWARD)
    copies = np.array(detours, dtype=np.int64).reshape(-1, 3)
    leave = np.concatenate([2 * forward, 2 * backward + 1, copies[:, 2]])
    arrive = leave ^ 1
    turns = np.array(vertices.turns, dtype=np.int64).reshape(-1, 3)
    tail, head = vertices.out[leave].copy(), vertices.into[arrive].copy()
    if len(copies):
        tail[-len(copies) :], head[-len(copies) :] = copies[:, 0], copies[:, 1]
    delay = np.where(
        leave % 2 == 0, streets.delay_forward_ms[leave // 2], streets.delay_backward_ms[leave // 2]
    )
    used = np.zeros(len(vertices.junction), dtype=bool)
    used[tail] = used[head] = True
    turns = turns[used[turns[:, 0]] & used[turns[:, 1]]]
    new = np.cumsum(used) - 1
    junction = np.array(vertices.junction, dtype=np.int64)[used]
    none = np.zeros(len(turns), dtype=np.int64)
    return RoadGraph(
        x=streets.junction_x[junction],
        y=streets.junction_y[junction],
        tail=new[np.concatenate([tail, turns[:, 0]])],
        head=new[np.concatenate([head, turns[:, 1]])],
        street=np.concatenate([number[leave // 2], none + TURN]),
        against=np.concatenate([leave % 2 == 1, none > 0]),
        tail_ms=np.concatenate([vertices.out_ms[leave], none]),
        head_ms=np.concatenate([vertices.into_ms[arrive] + delay, turns[:, 2]]),
        bridge_m=np.zeros(len(leave) + len(turns), dtype=np.int64),
        flags=streets.flags.copy(),
    )


def _bridge_islands(graph: RoadGraph, streets: Streets) -> None:
    """Join every island to the largest part by one bridge, flag it, and mark what stays a trap.

    One bridge only: with two, through traffic would take the guess for a short cut.
    """
    if not len(graph.tail):
        return
    whole = _components(graph, streets, strongly=False)
    graph.islands = _join_to_main(
        graph, whole, _components(graph, streets, strongly=True), _road_m(graph, streets)
    )
    _mark_traps(graph, streets)


def _mark_traps(graph: RoadGraph, streets: Streets) -> None:
    """Streets of the main network that can only be entered, or only be left: nobody can be served there.

    Parts too far off for a bridge stay as they are: there, places are told to be unreachable.
    """
    whole, one_way = (_components(graph, streets, strongly=strongly) for strongly in (False, True))
    main = _largest(one_way, _road_m(graph, streets))
    home = whole[np.flatnonzero(one_way == main)[0]]
    on_street = graph.street >= 0
    street, tail, head = graph.street[on_street], graph.tail[on_street], graph.head[on_street]
    at_home, entered, left = (np.zeros(len(graph.flags), dtype=bool) for _ in range(3))
    at_home[street[whole[tail] == home]] = True
    entered[street[one_way[tail] == main]] = True
    left[street[one_way[head] == main]] = True
    graph.flags[at_home & ~(entered & left)] |= int(StreetFlag.TRAP)


def _components(graph: RoadGraph, streets: Streets, *, strongly: bool) -> Ints:
    """(v,) number of the part a vertex belongs to; ferries, which are left out by default, join nothing."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    ferry = np.zeros(len(graph.tail), dtype=bool)
    on_street = graph.street >= 0
    ferry[on_street] = (streets.flags[graph.street[on_street]] & StreetFlag.FERRY) != 0
    tail, head = graph.tail[~ferry], graph.head[~ferry]
    size = len(graph.x)
    links = coo_matrix((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(size, size))
    _, labels = connected_components(links, directed=True, connection="strong" if strongly else "weak")
    parts: Ints = labels.astype(np.int64)
    return parts


def _largest(parts: Ints, road_m: NDArray[np.float64]) -> int:
    """The part with the most metres of road; ``road_m`` is by vertex."""
    return int(np.bincount(parts, weights=road_m).argmax())


def _road_m(graph: RoadGraph, streets: Streets) -> NDArray[np.float64]:
    """(v,) metres of the streets, ferries apart, that one can leave each vertex by."""
    on_street = graph.street >= 0
    length_m = np.where(streets.flags & StreetFlag.FERRY, 0.0, streets.length_m)
    metres = length_m[graph.street[on_street]]
    return np.bincount(graph.tail[on_street], weights=metres, minlength=len(graph.x)).astype(np.float64)


def _join_to_main(graph: RoadGraph, parts: Ints, one_way: Ints, road_m: NDArray[np.float64]) -> int:
    """One bridge from each other part to the nearest vertex of the largest; how many were built.

    Both ends lie where one can drive on and back: in the largest strongly connected piece of their part.
    """
    from scipy.spatial import cKDTree

    main = _largest(parts, road_m)
    core = _core(parts, one_way, road_m)
    here, there = np.flatnonzero(core & (parts != main)), np.flatnonzero(core & (parts == main))
    if not len(here):
        return 0
    shrink = np.cos(np.radians(float(graph.y.mean()) / DEGREE_UNITS))
    places = np.stack([graph.x * shrink, graph.y], axis=1) * (METRES_PER_DEGREE / DEGREE_UNITS)
    gap_m, nearest = cKDTree(places[there]).query(places[here])
    order = np.lexsort((gap_m, parts[here]))
    first = order[np.unique(parts[here][order], return_index=True)[1]]
    first = first[gap_m[first] <= _LONGEST_BRIDGE_M]
    if not len(first):
        return 0
    tail, head = here[first], there[nearest[first]]
    metres = np.maximum(np.rint(gap_m[first]), 1).astype(np.int64)
    price = np.where(_only_restricted(graph)[tail], ZONE_PRICE_MS, 0)
    _append_bridges(
        graph, np.append(tail, head), np.append(head, tail), np.tile(metres, 2), np.tile(price, 2)
    )
    on_street = np.flatnonzero(graph.street >= 0)
    joined = np.isin(parts, parts[tail])
    island = joined[graph.tail[on_street]] & joined[graph.head[on_street]]
    graph.flags[graph.street[on_street[island]]] |= int(StreetFlag.ISLAND)
    return len(tail)


def _core(parts: Ints, one_way: Ints, road_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(v,) True for the vertices of each part's largest strongly connected piece."""
    sizes = np.bincount(one_way, weights=road_m)[one_way]
    order = np.lexsort((one_way, -sizes, parts))
    first = order[np.unique(parts[order], return_index=True)[1]]
    return np.isin(one_way, one_way[first])


def _only_restricted(graph: RoadGraph) -> NDArray[np.bool_]:
    """(v,) True where all streets are for their own places only, so that a bridge crosses their border."""
    on_street = np.flatnonzero(graph.street >= 0)
    public = (graph.flags[graph.street[on_street]] & StreetFlag.RESTRICTED) == 0
    only = np.ones(len(graph.x), dtype=bool)
    only[graph.tail[on_street[public]]] = only[graph.head[on_street[public]]] = False
    return only


def _append_bridges(graph: RoadGraph, tail: Ints, head: Ints, metres: Ints, price_ms: Ints) -> None:
    count = len(tail)
    graph.tail = np.concatenate([graph.tail, tail])
    graph.head = np.concatenate([graph.head, head])
    graph.street = np.concatenate([graph.street, np.full(count, BRIDGE)])
    graph.against = np.concatenate([graph.against, np.zeros(count, dtype=bool)])
    graph.tail_ms = np.concatenate([graph.tail_ms, np.zeros(count, dtype=np.int64)])
    graph.head_ms = np.concatenate([graph.head_ms, metres * _BRIDGE_MS_PER_M + _BRIDGE_MS + price_ms])
    graph.bridge_m = np.concatenate([graph.bridge_m, metres])
