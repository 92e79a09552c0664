"""Junctions as vertices, so that turning costs time and forbidden turns are not there.

A full graph of turns (one vertex for each street and direction) would make the matrix of a large city four
times as slow. So a junction becomes one vertex for each road that runs straight through it: who stays on it
pays nothing, who changes between two of them or to a side street pays the mean of turning left and right.
Only where turns are forbidden, and at the junctions next to those (or people would turn round there to get
what they may not), each arm gets a vertex to arrive at and one to leave from, with every allowed turn
between them (Geisberger and Vetter 2011 compare the two models; the turn costs are a logistic function of
the angle as in OSRM's car profile, fitted by its authors).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from lastmile_desktop.regions.build.road_streets import Streets, restricted
from lastmile_desktop.regions.road_codes import ZONE_PRICE_MS, StreetFlag

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

_TURN_MS = 7_500.0
_TURN_BIAS = 1.075

#: Two arms are one road going on where it bends less than this; another class of road counts as some bend.
_STRAIGHT_DEG = 50.0
_OTHER_CLASS_DEG = 15.0


@dataclass
class Vertices:
    """The graph's vertices and what each end of a street has to do with them.

    Arm 2k is the start, arm 2k + 1 the end of street k. ``junction`` (v,) of each vertex. By arm: ``into``
    the vertex where one arrives by it, ``out`` the one from which one leaves, and what both cost in ms.
    ``turns``: (from vertex, to vertex, ms).
    """

    junction: list[int]
    into: Ints
    out: Ints
    into_ms: Ints
    out_ms: Ints
    turns: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Arms:
    """The 2s arms: junction, bearing away from it, and whether one may arrive or leave by it."""

    junction: Ints
    bearing: Floats
    arrives: NDArray[np.bool_]
    leaves: NDArray[np.bool_]
    road_class: Ints
    roundabout: NDArray[np.bool_]
    by_junction: Ints
    first: Ints

    def at(self, junction: int) -> Ints:
        """Indices of the arms at a junction."""
        return self.by_junction[self.first[junction] : self.first[junction + 1]]


def arms_of(streets: Streets) -> Arms:
    """Both ends of every street."""
    junction = np.stack([streets.start, streets.end], axis=1).ravel()
    forward = (streets.flags & StreetFlag.FORWARD) != 0
    backward = (streets.flags & StreetFlag.BACKWARD) != 0
    by_junction = np.argsort(junction, kind="stable")
    counts = np.bincount(junction, minlength=streets.junction_count)
    return Arms(
        junction=junction,
        bearing=np.stack([streets.bearing_start, streets.bearing_end], axis=1).ravel(),
        arrives=np.stack([backward, forward], axis=1).ravel(),
        leaves=np.stack([forward, backward], axis=1).ravel(),
        road_class=np.repeat(streets.road_class, 2),
        roundabout=np.repeat((streets.flags & StreetFlag.ROUNDABOUT) != 0, 2),
        by_junction=by_junction,
        first=np.concatenate([[0], np.cumsum(counts)]),
    )


def turn_ms(bend_deg: Floats) -> Floats:
    """Time lost by changing direction by so many degrees (0 = straight on), the mean of left and right."""
    share = np.abs(bend_deg) / 180.0
    narrow = 1.0 / (1.0 + np.exp(-((13.0 / _TURN_BIAS) * share - 6.5 * _TURN_BIAS)))
    wide = 1.0 / (1.0 + np.exp(-((13.0 * _TURN_BIAS) * share - 6.5 / _TURN_BIAS)))
    lost: Floats = _TURN_MS * (narrow + wide) / 2.0
    return lost


def bend_deg(bearing_from: Floats, bearing_to: Floats) -> Floats:
    """How far one turns who arrives by one arm and leaves by another; both bearings lead away."""
    bend: Floats = np.abs((bearing_to - bearing_from + 360.0) % 360.0 - 180.0)
    return bend


def plain_vertices(streets: Streets, arms: Arms) -> Vertices:
    """Vertices of all junctions as if no turn were forbidden."""
    count = streets.junction_count
    arm_count = 2 * streets.count
    vertices = Vertices(
        junction=list(range(count)),
        into=arms.junction.copy(),
        out=arms.junction.copy(),
        into_ms=streets.junction_delay_ms[arms.junction],
        out_ms=np.zeros(arm_count, dtype=np.int64),
    )
    degrees = np.diff(arms.first)
    for degree in np.unique(degrees[(degrees >= 3) & ~streets.closed]):
        junctions = np.flatnonzero((degrees == degree) & ~streets.closed)
        table = arms.by_junction[arms.first[junctions][:, None] + np.arange(degree)]
        _spread(table, arms, vertices)
    for junction in np.flatnonzero(streets.closed):
        for arm in arms.at(int(junction))[1:]:
            vertices.into[arm] = vertices.out[arm] = len(vertices.junction)
            vertices.junction.append(int(junction))
    _add_zone_prices(streets, arms, vertices)
    return vertices


def _spread(table: Ints, arms: Arms, vertices: Vertices) -> None:
    """Vertices and costs of all junctions with the same number of arms; ``table`` is (junctions, arms)."""
    rows, degree = table.shape
    bends = bend_deg(arms.bearing[table][:, :, None], arms.bearing[table][:, None, :])
    possible = arms.arrives[table][:, :, None] & arms.leaves[table][:, None, :]
    possible[:, np.arange(degree), np.arange(degree)] = False
    cost = turn_ms(bends)
    pair_of = _straight_pairs(table, arms, bends, possible)
    main = pair_of == 0
    no_main = ~main.any(axis=1)
    # Without a road straight through, a turn is shared between arriving and leaving.
    towards = np.where(no_main[:, None], True, main)
    share = np.where(no_main, 0.5, 1.0)[:, None]
    into = share * _mean(cost, possible & towards[:, None, :], axis=2)
    out = share * _mean(cost, possible & towards[:, :, None], axis=1)
    single = pair_of < 0
    vertices.into_ms[table] += np.rint(np.where(single, into, 0.0)).astype(np.int64)
    vertices.out_ms[table] += np.rint(np.where(single, out, 0.0)).astype(np.int64)
    for pair in range(1, degree // 2):
        members = pair_of == pair
        has = np.flatnonzero(members.any(axis=1))
        if not len(has):
            break
        new = len(vertices.junction) + np.arange(len(has))
        home = arms.junction[table[has, 0]]
        vertices.junction.extend(home.tolist())
        change = possible[has] & members[has][:, :, None] & main[has][:, None, :]
        back = possible[has] & main[has][:, :, None] & members[has][:, None, :]
        there_ms = np.maximum(np.rint(_mean(cost[has], change, axis=(1, 2))), 1).astype(np.int64)
        back_ms = np.maximum(np.rint(_mean(cost[has], back, axis=(1, 2))), 1).astype(np.int64)
        picked = np.zeros((rows, degree), dtype=bool)
        picked[has] = members[has]
        which = np.repeat(new, members[has].sum(axis=1))
        vertices.into[table[picked]] = vertices.out[table[picked]] = which
        vertices.turns.extend(zip(new.tolist(), home.tolist(), there_ms.tolist(), strict=True))
        vertices.turns.extend(zip(home.tolist(), new.tolist(), back_ms.tolist(), strict=True))


def _straight_pairs(table: Ints, arms: Arms, bends: Floats, possible: NDArray[np.bool_]) -> Ints:
    """Number of the pair each arm belongs to, the straightest pair first; -1 for side streets."""
    rows, degree = table.shape
    classes = arms.road_class[table]
    score = bends + _OTHER_CLASS_DEG * (classes[:, :, None] != classes[:, None, :])
    round_ = arms.roundabout[table]
    score = np.where(round_[:, :, None] & round_[:, None, :], 0.0, score)
    usable = (possible | possible.transpose(0, 2, 1)) & np.triu(np.ones((degree, degree), dtype=bool), 1)
    score = np.where(usable & (score < _STRAIGHT_DEG), score, np.inf).reshape(rows, -1)
    pair_of = np.full((rows, degree), -1, dtype=np.int64)
    every = np.arange(rows)
    for pair in range(degree // 2):
        best = score.argmin(axis=1)
        ok = np.isfinite(score[every, best])
        if not ok.any():
            break
        one, other = best // degree, best % degree
        pair_of[every[ok], one[ok]] = pair_of[every[ok], other[ok]] = pair
        table3 = score.reshape(rows, degree, degree)
        for taken in (one, other):
            table3[every[ok], taken[ok], :] = np.inf
            table3[every[ok], :, taken[ok]] = np.inf
    return pair_of


def _mean(values: Floats, where: NDArray[np.bool_], axis: int | tuple[int, ...]) -> Floats:
    """Mean of the chosen values, 0 where none is chosen."""
    number = where.sum(axis=axis)
    total: Floats = np.where(where, values, 0.0).sum(axis=axis)
    means: Floats = total / np.maximum(number, 1)
    return means


def _add_zone_prices(streets: Streets, arms: Arms, vertices: Vertices) -> None:
    """Crossing the border of streets that are for their own places only costs ZONE_PRICE_MS."""
    closed_off = np.repeat(restricted(streets), 2)
    inner = np.zeros(streets.junction_count, dtype=bool)
    inner[arms.junction[closed_off]] = True
    outer = np.zeros(streets.junction_count, dtype=bool)
    outer[arms.junction[~closed_off]] = True
    at_border = closed_off & (inner & outer)[arms.junction]
    vertices.into_ms[at_border] += ZONE_PRICE_MS
    vertices.out_ms[at_border] += ZONE_PRICE_MS


def zones_of(streets: Streets) -> NDArray[np.int32]:
    """(s,) number of the zone that a restricted street belongs to, -1 for ordinary streets.

    Two restricted streets are in one zone when one can drive between them without leaving it.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    zone = np.full(streets.count, -1, dtype=np.int32)
    marked = np.flatnonzero(restricted(streets))
    if not len(marked):
        return zone
    outer = np.zeros(streets.junction_count, dtype=bool)
    public = ~restricted(streets)
    outer[streets.start[public]] = outer[streets.end[public]] = True
    ends = np.concatenate([streets.start[marked], streets.end[marked]])
    street = np.tile(np.arange(len(marked)), 2)
    inside = ~outer[ends]
    size = len(marked) + streets.junction_count
    links = coo_matrix(
        (np.ones(int(inside.sum())), (street[inside], len(marked) + ends[inside])), shape=(size, size)
    )
    _, labels = connected_components(links, directed=False)
    zone[marked] = np.unique(labels[: len(marked)], return_inverse=True)[1]
    return zone
