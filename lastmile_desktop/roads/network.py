"""A region's roads in memory: points on streets in, seconds, metres and lines out."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lastmile_desktop.model import Location
from lastmile_desktop.regions.region_file import RegionFile, damaged
from lastmile_desktop.regions.road_codes import BRIDGE, DEGREE_UNITS, ZONE_PRICE_MS, StreetFlag
from lastmile_desktop.regions.road_tables import check_arrays, read_arrays
from lastmile_desktop.roads.profile import RoadProfile, street_ms
from lastmile_desktop.roads.searches import NO_WAY, CchSearch, ScipySearch, Search
from lastmile_desktop.roads.snapping import RoadPoint, RoadPoints

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Weights of the second search: so many times the milliseconds, plus the metres. See ``RoadNetwork.table``.
_TIME_SHARE = 32

_CLOSED_MS = 2_147_483_647

#: Off the road further than this takes time, at walking a trolley's speed or a farm track's.
_FREE_GAP_M = 50.0
_GAP_MS_PER_M = 360.0


@dataclass(frozen=True)
class _Ends:
    """The ways onto the graph, or off it, of one point: vertex, milliseconds and metres of each."""

    vertex: tuple[int, ...]
    ms: tuple[int, ...]
    metres: tuple[int, ...]

    def time(self) -> list[tuple[int, int]]:
        """For the search by time."""
        return list(zip(self.vertex, self.ms, strict=True))

    def mixed(self) -> list[tuple[int, int]]:
        """For the search that tells the metres."""
        costs = (_TIME_SHARE * ms + metres for ms, metres in zip(self.ms, self.metres, strict=True))
        return list(zip(self.vertex, costs, strict=True))


class RoadNetwork:
    """Roads of one region for one kind of vehicle. For any number of threads at once.

    ``use_scipy`` searches without the contraction hierarchy: slower, with the same answers. Raises
    RegionError when the region has no roads or is damaged.
    """

    def __init__(self, region: RegionFile, profile: RoadProfile, *, use_scipy: bool = False) -> None:
        region.require("roads")
        try:
            database = region.connect()
            try:
                arrays = read_arrays(database)
                check_arrays(arrays)
                self.names = dict(database.execute("SELECT number, name FROM road_names"))
            finally:
                database.close()
            self._arrays: Mapping[str, NDArray[Any]] = arrays
            self._prepare(profile)
            self._points = RoadPoints(arrays, ferries=profile.ferries)
            self._start_searches(use_scipy)
        except (sqlite3.DatabaseError, ValueError, KeyError, IndexError) as error:
            raise damaged(region.path) from error

    def _prepare(self, profile: RoadProfile) -> None:
        arrays = self._arrays
        self._forward_ms, self._backward_ms = street_ms(arrays, profile)
        self._street_m = arrays["street_cm"] / 100.0
        self._street = arrays["arc_street"].astype(np.int64)
        self._against = arrays["arc_against"].astype(bool)
        self._tail, self._head = arrays["arc_tail"].astype(np.int64), arrays["arc_head"].astype(np.int64)
        self._tail_ms, self._head_ms = (
            arrays["arc_tail_ms"].astype(np.int64),
            arrays["arc_head_ms"].astype(np.int64),
        )
        on_street = self._street >= 0
        street = np.where(on_street, self._street, 0)
        along = np.where(self._against, self._backward_ms[street], self._forward_ms[street])
        along = np.where(on_street, along, 0.0)
        closed = ~np.isfinite(along)
        self._along_ms = np.where(closed, 0.0, along)
        weight = np.rint(self._along_ms).astype(np.int64) + self._tail_ms + self._head_ms
        self._weight = np.where(closed, _CLOSED_MS, np.maximum(weight, 1))
        metres = np.where(on_street, self._street_m[street], 0.0) + arrays["arc_bridge_m"]
        self._metres = np.rint(metres).astype(np.int64)
        by_street = np.flatnonzero(on_street & ~closed)
        self._arcs = by_street[np.argsort(self._street[by_street], kind="stable")]
        counts = np.bincount(self._street[by_street], minlength=len(self._street_m))
        self._arc_first = np.concatenate([[0], np.cumsum(counts)])
        flags = arrays["street_flags"].astype(np.int64)
        self._island = (flags & StreetFlag.ISLAND) != 0
        self._zone = arrays["street_zone"]
        self._yx = np.stack([arrays["point_y"], arrays["point_x"]], axis=1).astype(np.int64)

    def _start_searches(self, use_scipy: bool) -> None:
        """Searches see only real arcs: one that ends where it begins is on no shortest path."""
        self._seen = np.flatnonzero(self._tail != self._head)
        tail, head = self._tail[self._seen], self._head[self._seen]
        time = self._weight[self._seen]
        mixed = np.where(time >= _CLOSED_MS, _CLOSED_MS, time * _TIME_SHARE + self._metres[self._seen])
        self._by_time: Search
        self._by_both: Search
        if not use_scipy:
            try:
                hierarchy = CchSearch.hierarchy(self._arrays["order"].tolist(), tail.tolist(), head.tolist())
                self._by_time, self._by_both = CchSearch(hierarchy, time), CchSearch(hierarchy, mixed)
                return
            except ImportError:
                pass  # no such library for this machine: the same answers, slower
        count = len(self._arrays["vertex_x"])
        self._by_time = ScipySearch(count, tail, head, time)
        self._by_both = ScipySearch(count, tail, head, mixed)

    def snap(self, places: Sequence[Location]) -> list[RoadPoint | None]:
        """The nearest point on a road for each place."""
        return self._points.nearest(places)

    def on_island(self, point: RoadPoint) -> bool:
        """Whether the street hangs on the rest by a guessed way only."""
        return bool(self._island[point.street])

    def table(
        self, points: Sequence[RoadPoint], ends: Sequence[RoadPoint] | None = None
    ) -> tuple[Ints, Ints]:
        """Milliseconds and metres from all ``points`` to all ``ends`` (None: to each other), (n, m) each.

        -1 where there is no way; a point of both is at no distance from itself only without ``ends``.

        The hierarchy's weights are 32-bit numbers, so that one search cannot carry time and metres. A second
        one minimises 32 times the milliseconds plus the metres, and the metres are what it has beyond 32
        times the time. Where a road is shorter by so much and slower by next to nothing, it may be that one
        that the second search takes: what is told always lies between the metres of both.
        """
        goals = points if ends is None else ends
        starts = [self._leaving(point) for point in points]
        arrivals = [self._arriving(point) for point in goals]
        vertices = sorted({vertex for end in arrivals for vertex in end.vertex})
        column = {vertex: index for index, vertex in enumerate(vertices)}
        by_time = self._by_time.table([start.time() for start in starts], vertices)
        by_both = self._by_both.table([start.mixed() for start in starts], vertices)
        time = _cheapest(by_time, [[(column[v], cost) for v, cost in end.time()] for end in arrivals])
        both = _cheapest(by_both, [[(column[v], cost) for v, cost in end.mixed()] for end in arrivals])
        metres = np.where(time < NO_WAY, np.maximum(both - _TIME_SHARE * time, 0), -1)
        self._same_street(points, goals, time, metres)
        self._give_back_zone_prices(points, goals, time)
        _add_gaps(points, goals, time, metres)
        if ends is None:
            np.fill_diagonal(time, 0)
            np.fill_diagonal(metres, 0)
        lost = time >= NO_WAY
        time[lost] = metres[lost] = -1
        return time, metres

    def _leaving(self, point: RoadPoint) -> _Ends:
        rows = []
        for arc in self._arcs_of(point.street):
            rest = point.share if self._against[arc] else 1.0 - point.share
            rows.append((int(self._head[arc]), rest, int(self._head_ms[arc]), arc))
        return self._ends(point.street, rows)

    def _arriving(self, point: RoadPoint) -> _Ends:
        rows = []
        for arc in self._arcs_of(point.street):
            part = 1.0 - point.share if self._against[arc] else point.share
            rows.append((int(self._tail[arc]), part, int(self._tail_ms[arc]), arc))
        return self._ends(point.street, rows)

    def _arcs_of(self, street: int) -> list[int]:
        arcs: list[int] = self._arcs[self._arc_first[street] : self._arc_first[street + 1]].tolist()
        return arcs

    def _ends(self, street: int, rows: list[tuple[int, float, int, int]]) -> _Ends:
        """``rows``: vertex, share of the street to drive, milliseconds on top, arc."""
        vertices = tuple(vertex for vertex, _, _, _ in rows)
        times = tuple(round(share * self._along_ms[arc]) + more for _, share, more, arc in rows)
        metres = tuple(round(share * float(self._street_m[street])) for _, share, _, _ in rows)
        return _Ends(vertices, times, metres)

    def _same_street(
        self, points: Sequence[RoadPoint], goals: Sequence[RoadPoint], time: Ints, metres: Ints
    ) -> None:
        """Between two points of one street the way along it, in the allowed direction, needs no junction."""
        rows, columns = _by_street(points), _by_street(goals)
        for street in rows.keys() & columns.keys():
            here, there = rows[street], columns[street]
            shares = np.array([goals[number].share for number in there])
            ahead = shares[None, :] - np.array([points[number].share for number in here])[:, None]
            direct = np.full(ahead.shape, NO_WAY, dtype=np.int64)
            for arc in self._arcs_of(street):
                run = -ahead if self._against[arc] else ahead
                cost = np.rint(np.abs(ahead) * self._along_ms[arc]).astype(np.int64)
                direct = np.where(run >= 0, np.minimum(direct, cost), direct)
            cells = np.ix_(here, there)
            better = direct <= time[cells]
            time[cells] = np.where(better, direct, time[cells])
            way = np.rint(np.abs(ahead) * self._street_m[street]).astype(np.int64)
            metres[cells] = np.where(better & (direct < NO_WAY), way, metres[cells])

    def _give_back_zone_prices(
        self, points: Sequence[RoadPoint], goals: Sequence[RoadPoint], time: Ints
    ) -> None:
        """Who lives in a closed zone may drive in and out: only through traffic pays its border."""
        from_zone = self._zone[[point.street for point in points]].astype(np.int64)
        to_zone = self._zone[[point.street for point in goals]].astype(np.int64)
        price = (from_zone >= 0)[:, None].astype(np.int64) + (to_zone >= 0)[None, :]
        price[(from_zone[:, None] == to_zone[None, :]) & (from_zone >= 0)[:, None]] = 0
        known = (time < NO_WAY) & (price > 0)
        time[known] = np.maximum(time[known] - price[known] * ZONE_PRICE_MS, 0)

    def line(self, start: RoadPoint, end: RoadPoint) -> list[Location] | None:
        """Points of the fastest way between two points on roads; None when there is none."""
        direct = self._along_one_street(start, end)
        leaving, arriving = self._leaving(start), self._arriving(end)
        found = self._by_time.path(leaving.time(), arriving.time())
        if found is None:
            return direct
        arcs, first, last = found
        out, out_ms = self._chosen(start, leaving, self._head, first)
        into, into_ms = self._chosen(end, arriving, self._tail, last)
        middle = [int(self._seen[arc]) for arc in arcs]
        whole = out_ms + into_ms + sum(int(self._weight[arc]) for arc in middle)
        if direct is not None and self._direct_ms(start, end) <= whole:
            return direct
        parts = [self._part(out, start.share, 0.0 if self._against[out] else 1.0)]
        for arc in middle:
            if self._street[arc] == BRIDGE:
                parts += [self._vertex(int(self._tail[arc])), self._vertex(int(self._head[arc]))]
            elif self._street[arc] >= 0:
                parts.append(self._whole(arc))
        parts.append(self._part(into, 1.0 if self._against[into] else 0.0, end.share))
        return _locations(parts)

    def _chosen(self, point: RoadPoint, ends: _Ends, side: Ints, vertex: int) -> tuple[int, int]:
        """The arc at a point, and its cost, that a path through ``vertex`` uses."""
        options = zip(ends.ms, self._arcs_of(point.street), strict=True)
        cost, arc = min((cost, arc) for cost, arc in options if side[arc] == vertex)
        return arc, cost

    def _direct_ms(self, start: RoadPoint, end: RoadPoint) -> int:
        if start.street != end.street:
            return NO_WAY
        times = [NO_WAY]
        for arc in self._arcs_of(start.street):
            run = start.share - end.share if self._against[arc] else end.share - start.share
            if run >= 0:
                times.append(round(run * self._along_ms[arc]))
        return min(times)

    def _along_one_street(self, start: RoadPoint, end: RoadPoint) -> list[Location] | None:
        if self._direct_ms(start, end) >= NO_WAY:
            return None
        return _locations([self._part(self._arcs_of(start.street)[0], start.share, end.share)])

    def _vertex(self, vertex: int) -> Ints:
        return np.array(
            [[self._arrays["vertex_y"][vertex], self._arrays["vertex_x"][vertex]]], dtype=np.int64
        )

    def _whole(self, arc: int) -> Ints:
        """(k, 2) y and x of all points of an arc's street, in driving direction."""
        street = self._street[arc]
        first, last = self._arrays["street_first"][street], self._arrays["street_last"][street]
        points = self._yx[first : last + 1]
        return points[::-1] if self._against[arc] else points

    def _part(self, arc: int, begin: float, end: float) -> Ints:
        """(k, 2) points of an arc's street between two shares of its length, in that order."""
        street = int(self._street[arc])
        yx = self._yx[self._arrays["street_first"][street] : self._arrays["street_last"][street] + 1]
        shrink = np.cos(np.radians(yx[0, 0] / DEGREE_UNITS))
        steps = np.hypot(np.diff(yx[:, 1]) * shrink, np.diff(yx[:, 0]))
        along = np.concatenate([[0.0], np.cumsum(steps)])
        low, high = sorted((begin * along[-1], end * along[-1]))
        at = np.concatenate([[low], along[(along > low) & (along < high)], [high]])
        points = np.stack([np.interp(at, along, yx[:, 0]), np.interp(at, along, yx[:, 1])], axis=1)
        rounded: Ints = np.rint(points if begin <= end else points[::-1]).astype(np.int64)
        return rounded


def _locations(parts: Sequence[Ints]) -> list[Location]:
    """Positions of all points, one after the other, without standing still."""
    yx = np.concatenate(parts)
    moves = np.concatenate([[True], (np.diff(yx, axis=0) != 0).any(axis=1)])
    return [Location(y, x) for y, x in (yx[moves] / DEGREE_UNITS).tolist()]


def _by_street(points: Sequence[RoadPoint]) -> dict[int, list[int]]:
    """Street -> places in the list of the points on it."""
    found: dict[int, list[int]] = {}
    for number, point in enumerate(points):
        found.setdefault(point.street, []).append(number)
    return found


def _add_gaps(points: Sequence[RoadPoint], goals: Sequence[RoadPoint], time: Ints, metres: Ints) -> None:
    """A place far off the road takes its time to reach."""
    out, into = (
        np.maximum(np.array([point.gap_m for point in each]) - _FREE_GAP_M, 0.0) for each in (points, goals)
    )
    time += np.rint(out * _GAP_MS_PER_M).astype(np.int64)[:, None]
    time += np.rint(into * _GAP_MS_PER_M).astype(np.int64)[None, :]
    metres += np.rint(out).astype(np.int64)[:, None] + np.rint(into).astype(np.int64)[None, :]


def _cheapest(table: Ints, ends: Sequence[Sequence[tuple[int, int]]]) -> Ints:
    """(sources, targets) from a table over vertices: the cheapest way onto each target."""
    best = np.full((len(table), len(ends)), NO_WAY, dtype=np.int64)
    width = max((len(each) for each in ends), default=0)
    for place in range(width):
        has = [index for index, each in enumerate(ends) if len(each) > place]
        columns = [ends[index][place][0] for index in has]
        costs = np.array([ends[index][place][1] for index in has], dtype=np.int64)
        best[:, has] = np.minimum(best[:, has], table[:, columns] + costs[None, :])
    return np.minimum(best, NO_WAY)


_LOADING = threading.Lock()


def load_network(path: Path, fingerprint: tuple[int, int], profile: RoadProfile) -> RoadNetwork:
    """The network of a region file, kept while the file stays the same. Raises RegionError."""
    with _LOADING:
        return _loaded(path, fingerprint, profile)


@lru_cache(maxsize=2)
def _loaded(path: Path, _fingerprint: tuple[int, int], profile: RoadProfile) -> RoadNetwork:
    return RoadNetwork(RegionFile.open(path), profile)
