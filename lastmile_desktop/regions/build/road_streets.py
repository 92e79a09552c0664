"""Ways cut into streets: one street from junction to junction, as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lastmile_desktop.regions.build.road_ways import NEARER_END
from lastmile_desktop.regions.road_codes import DEGREE_UNITS, StreetFlag
from lastmile_desktop.regions.service_area import METRES_PER_DEGREE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lastmile_desktop.regions.build.road_ways import Ways

    Ints = NDArray[np.int64]

#: A street's direction at a junction is that of its first metres; a point closer than this is skipped.
_SHORTEST_ARM_M = 8.0


@dataclass(frozen=True)
class Streets:
    """s streets between j junctions; all arrays by street unless said otherwise.

    ``xs``, ``ys``: all points (ten-millionths of a degree); street k has the points ``first[k]`` to
    ``last[k]``, both included. ``start`` and ``end`` are junctions. ``piece`` leads to the way's facts.
    ``delay_forward_ms``, ``delay_backward_ms``: signs and signals between its ends. By junction:
    ``junction_x``, ``junction_y``, ``junction_ref`` (node id), ``junction_delay_ms``, ``closed``.
    ``bearing_start``, ``bearing_end``: degrees, away from the junction at that end.
    """

    xs: NDArray[np.int32]
    ys: NDArray[np.int32]
    first: Ints
    last: Ints
    start: Ints
    end: Ints
    piece: Ints
    length_m: NDArray[np.float64]
    delay_forward_ms: Ints
    delay_backward_ms: Ints
    bearing_start: NDArray[np.float64]
    bearing_end: NDArray[np.float64]
    flags: Ints
    road_class: Ints
    junction_x: Ints
    junction_y: Ints
    junction_ref: Ints
    junction_delay_ms: Ints
    closed: NDArray[np.bool_]

    @property
    def count(self) -> int:
        """Number of streets."""
        return len(self.first)

    @property
    def junction_count(self) -> int:
        """Number of junctions."""
        return len(self.junction_ref)


def cut_streets(ways: Ways, always_split: set[int]) -> Streets:
    """Cut pieces of ways wherever anything else joins them, and at the nodes ``always_split``."""
    refs = np.frombuffer(ways.refs, dtype=np.int64)
    xs = np.frombuffer(ways.xs, dtype=np.int32)
    ys = np.frombuffer(ways.ys, dtype=np.int32)
    starts = np.frombuffer(ways.starts, dtype=np.int64)
    piece_of = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    nodes, node = np.unique(refs, return_inverse=True)
    is_end = np.zeros(len(refs), dtype=bool)
    is_end[starts[:-1]] = is_end[starts[1:] - 1] = True
    arms = 2 * np.bincount(node, minlength=len(nodes)) - np.bincount(node[is_end], minlength=len(nodes))
    split = (arms != 2) | (np.bincount(node[is_end], minlength=len(nodes)) > 0)
    split |= np.isin(nodes, np.fromiter(always_split | ways.closed, dtype=np.int64))
    cuts = np.flatnonzero(split[node])
    same = piece_of[cuts[:-1]] == piece_of[cuts[1:]]
    first, last = cuts[:-1][same], cuts[1:][same]
    junctions, ends = np.unique(node[np.concatenate([first, last])], return_inverse=True)
    at = np.zeros(len(nodes), dtype=np.int64)
    at[node] = np.arange(len(refs))
    piece = piece_of[first]
    step_m = _steps_m(xs, ys)
    along = np.concatenate([[0.0], np.cumsum(step_m)])
    forward, backward, junction_delay = _delays(ways, nodes, node, junctions, cuts, first, last)
    return Streets(
        xs=xs,
        ys=ys,
        first=first,
        last=last,
        start=ends[: len(first)],
        end=ends[len(first) :],
        piece=piece,
        length_m=along[last] - along[first],
        delay_forward_ms=forward,
        delay_backward_ms=backward,
        bearing_start=_bearings(xs, ys, first, last, along, 1),
        bearing_end=_bearings(xs, ys, last, first, along, -1),
        flags=np.array([facts.flags for facts in ways.facts], dtype=np.int64)[piece],
        road_class=np.array([facts.road_class for facts in ways.facts], dtype=np.int64)[piece],
        junction_x=xs[at[junctions]].astype(np.int64),
        junction_y=ys[at[junctions]].astype(np.int64),
        junction_ref=nodes[junctions],
        junction_delay_ms=junction_delay,
        closed=np.isin(nodes[junctions], np.fromiter(ways.closed, dtype=np.int64)),
    )


def _steps_m(xs: NDArray[np.int32], ys: NDArray[np.int32]) -> NDArray[np.float64]:
    """Metres from each point to the next; on a metre-true plane at their latitude."""
    lat = ys.astype(np.float64) / DEGREE_UNITS
    shrink = np.cos(np.radians((lat[:-1] + lat[1:]) / 2))
    east = np.diff(xs.astype(np.float64)) / DEGREE_UNITS * shrink
    steps: NDArray[np.float64] = np.hypot(east, np.diff(lat)) * METRES_PER_DEGREE
    return steps


def _bearings(
    xs: NDArray[np.int32],
    ys: NDArray[np.int32],
    here: Ints,
    there: Ints,
    along: NDArray[np.float64],
    step: int,
) -> NDArray[np.float64]:
    """Direction in degrees in which a street leaves its point ``here`` towards ``there``."""
    look = here + step
    for _ in range(3):
        near = (np.abs(along[look] - along[here]) < _SHORTEST_ARM_M) & (look != there)
        look = np.where(near, look + step, look)
    north = (ys[look].astype(np.float64) - ys[here]) / DEGREE_UNITS
    shrink = np.cos(np.radians(ys[here] / DEGREE_UNITS))
    east = (xs[look].astype(np.float64) - xs[here]) / DEGREE_UNITS * shrink
    bearings: NDArray[np.float64] = np.degrees(np.arctan2(east, north))
    return bearings


def _delays(
    ways: Ways, nodes: Ints, node: Ints, junctions: Ints, cuts: Ints, first: Ints, last: Ints
) -> tuple[Ints, Ints, Ints]:
    """Delays along each street in both directions, and at each junction."""
    forward, backward = np.zeros(len(first), dtype=np.int64), np.zeros(len(first), dtype=np.int64)
    at_junction = np.zeros(len(junctions), dtype=np.int64)
    known = np.flatnonzero(np.isin(nodes, np.fromiter(ways.delays, dtype=np.int64)))
    if not len(known) or not len(first):
        return forward, backward, at_junction
    junction_of = np.full(len(nodes), -1, dtype=np.int64)
    junction_of[junctions] = np.arange(len(junctions))
    for position in np.flatnonzero(np.isin(node, known)):
        delay_ms, side = ways.delays[int(nodes[node[position]])]
        junction = junction_of[node[position]]
        if junction >= 0:
            at_junction[junction] = delay_ms
            continue
        street = int(np.searchsorted(first, position, side="right")) - 1
        if not first[street] < position < last[street]:
            continue
        if side == NEARER_END:
            side = 1 if last[street] - position <= position - first[street] else -1
        if side >= 0:
            forward[street] += delay_ms
        if side <= 0:
            backward[street] += delay_ms
    return forward, backward, at_junction


def restricted(streets: Streets) -> NDArray[np.bool_]:
    """(s,) True for streets that are only for reaching their own places."""
    marked: NDArray[np.bool_] = (streets.flags & StreetFlag.RESTRICTED) != 0
    return marked
