"""Travel on a region's roads; where they do not reach, the estimate fills in, leg by leg, and says so."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from lastmile_desktop.model import Location, TravelMatrix
from lastmile_desktop.regions.region_file import RegionFile
from lastmile_desktop.roads.estimate import StraightLineTravel
from lastmile_desktop.roads.profile import CAR, VAN, RoadProfile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lastmile_desktop.roads.network import RoadNetwork
    from lastmile_desktop.roads.snapping import RoadPoint

    _Table = tuple[NDArray[np.int32], NDArray[np.int32]]

#: A place further from every road than this is not covered by the region.
COVERED_M = 1_000.0

#: A place further from the road than this is reached somehow, but nobody knows how.
NEAR_ROAD_M = 250.0

_KEPT_LINES = 20_000
_KEPT_PLACES = 50_000
#: A table is let grow to so many places before those that nobody asks for any more are dropped.
_KEPT_TABLE = 3_000


class Access(StrEnum):
    """How a place is reached by road."""

    ROAD = "road"
    ESTIMATED = "estimated"
    NOT_COVERED = "not_covered"


@dataclass
class _Memory:
    """What has been worked out for one region and kind of vehicle; shared by all travel models on it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    points: dict[Location, RoadPoint | None] = field(default_factory=dict)
    lines: OrderedDict[tuple[Location, Location], tuple[Location, ...]] = field(default_factory=OrderedDict)
    index: dict[Location, int] = field(default_factory=dict)
    table: _Table | None = None


_MEMORIES: dict[tuple[Path, tuple[int, int], RoadProfile], _Memory] = {}


@dataclass(frozen=True)
class RegionTravel:
    """Travel by a region's roads. A value: equal when file, vehicle and percentage are equal; picklable.

    ``drive_time_percent`` scales all times by the firm's own experience (100 = as computed); distances stay.
    Make one with ``RegionTravel.open``. Methods raise RegionError when the file has gone or is damaged.
    """

    path: Path
    name: str
    fingerprint: tuple[int, int]
    drive_time_percent: int = 100
    profile: RoadProfile = VAN

    def __post_init__(self) -> None:
        if self.drive_time_percent <= 0:
            raise ValueError("the driving time percentage must be greater than 0")

    @classmethod
    def open(
        cls, path: Path, drive_time_percent: int = 100, *, drive_as: str = "van", ferries: bool = False
    ) -> RegionTravel:
        """Open a region file and load its roads. Raises RegionError with one sentence."""
        region = RegionFile.open(path)
        region.require("roads")
        base = CAR if drive_as == CAR.name else VAN
        profile = RoadProfile(base.name, base.top_kmh, ferries)
        travel = cls(path, region.info.name, region.fingerprint, drive_time_percent, profile)
        travel.network()
        return travel

    @property
    def source(self) -> str:
        """The contract's word for this model."""
        return f"region:{self.name}"

    def network(self) -> RoadNetwork:
        """The roads, loaded once in each process."""
        from lastmile_desktop.roads.network import load_network

        return load_network(self.path, self.fingerprint, self.profile)

    def matrix(self, locations: Sequence[Location]) -> TravelMatrix:
        """Travel between all pairs of ``locations``: int32 arrays (n, n), seconds and metres.

        Legs from or to a place that the region does not cover are estimates: ``estimated`` says which.
        """
        import numpy as np

        places = tuple(locations)
        points = self._points(places)
        covered = np.array([_is_covered(point) for point in points], dtype=bool)
        milliseconds, metres = self._table([p for p, ok in zip(places, covered, strict=True) if ok])
        on_road_s = np.where(
            milliseconds >= 0, np.rint(milliseconds * (self.drive_time_percent / 100_000.0)), -1
        )
        if covered.all():
            duration_s, distance_m = on_road_s.astype(np.int32), metres.astype(np.int32)
        else:
            estimate = StraightLineTravel(self.drive_time_percent).matrix(places)
            duration_s, distance_m = estimate.duration_s.copy(), estimate.distance_m.copy()
            cells = np.ix_(covered, covered)
            duration_s[cells], distance_m[cells] = on_road_s, metres
        np.maximum(distance_m, 0, out=distance_m)
        estimated = ~(covered[:, None] & covered[None, :])
        np.fill_diagonal(estimated, False)
        return TravelMatrix(places, duration_s, distance_m, self.source, estimated)

    def line(self, start: Location, end: Location) -> tuple[Location, ...]:
        """The leg along the roads; the straight line where the region does not reach."""
        memory = self._memory()
        with memory.lock:
            known = memory.lines.get((start, end))
        if known is not None:
            return known
        first, last = self._points((start, end))
        points = None
        if first is not None and last is not None and _is_covered(first) and _is_covered(last):
            points = self.network().line(first, last)
        line = (start, end) if not points else _with_ends(start, points, end)
        with memory.lock:
            memory.lines[start, end] = line
            if len(memory.lines) > _KEPT_LINES:
                memory.lines.popitem(last=False)
        return line

    def access(self, place: Location) -> Access:
        """How a place is reached: by road, by a guess (an island, far from any road), or not covered."""
        point = self._points((place,))[0]
        if not _is_covered(point):
            return Access.NOT_COVERED
        assert point is not None
        if point.gap_m > NEAR_ROAD_M or self.network().on_island(point):
            return Access.ESTIMATED
        return Access.ROAD

    def is_estimated(self, start: Location, end: Location) -> bool:
        """Whether the leg between two places is an estimate."""
        return start != end and Access.NOT_COVERED in (self.access(start), self.access(end))

    def _memory(self) -> _Memory:
        return _MEMORIES.setdefault((self.path, self.fingerprint, self.profile), _Memory())

    def _points(self, places: Sequence[Location]) -> list[RoadPoint | None]:
        memory = self._memory()
        with memory.lock:
            missing = [place for place in dict.fromkeys(places) if place not in memory.points]
        found = self.network().snap(missing) if missing else []
        with memory.lock:
            if len(memory.points) > _KEPT_PLACES:
                memory.points = {p: memory.points[p] for p in places if p in memory.points}
            memory.points.update(zip(missing, found, strict=True))
            return [memory.points[place] for place in places]

    def _table(self, places: Sequence[Location]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Milliseconds and metres between covered places.

        Every edit asks again for the tables of single routes, which are parts of the day's, and a late order
        adds one place to it: what is known is taken over, and only the new rows and columns are searched.
        """
        import numpy as np

        memory = self._memory()
        with memory.lock:
            index, table = memory.index, memory.table
        wanted = tuple(dict.fromkeys(places))
        new = [place for place in wanted if place not in index]
        if table is None or 2 * len(new) > len(wanted):
            index, table = {place: row for row, place in enumerate(wanted)}, self._searched(wanted)
        elif new:
            if len(index) + len(new) > max(_KEPT_TABLE, 2 * len(wanted)):
                index, table = _part(index, table, [place for place in wanted if place in index])
            index, table = self._grown(index, table, new)
        with memory.lock:
            # A few places of another day must not drive out a large table.
            if new and 4 * len(index) >= len(memory.index):
                memory.index, memory.table = index, table
        rows = [index[place] for place in places]
        cells = np.ix_(rows, rows)
        return table[0][cells], table[1][cells]

    def _searched(self, places: Sequence[Location]) -> _Table:
        import numpy as np

        milliseconds, metres = self.network().table(self._on_road(places))
        return milliseconds.astype(np.int32), metres.astype(np.int32)

    def _grown(
        self, index: dict[Location, int], table: _Table, new: Sequence[Location]
    ) -> tuple[dict[Location, int], _Table]:
        """The table with more places: their rows and columns only."""
        import numpy as np

        old = len(index)
        places = [*index, *new]
        both = self._on_road(places)
        size = len(places)
        grown = []
        out, into = self.network().table(both[old:], both), self.network().table(both[:old], both[old:])
        for known, rows, columns in zip(table, out, into, strict=True):
            whole = np.zeros((size, size), dtype=np.int32)
            whole[:old, :old], whole[old:], whole[:old, old:] = known, rows, columns
            np.fill_diagonal(whole, 0)
            grown.append(whole)
        return {place: row for row, place in enumerate(places)}, (grown[0], grown[1])

    def _on_road(self, places: Sequence[Location]) -> list[RoadPoint]:
        return [point for point in self._points(places) if point is not None]


def _part(
    index: dict[Location, int], table: _Table, places: Sequence[Location]
) -> tuple[dict[Location, int], _Table]:
    """The table of some of its places."""
    import numpy as np

    cells = np.ix_([index[place] for place in places], [index[place] for place in places])
    return {place: row for row, place in enumerate(places)}, (table[0][cells], table[1][cells])


def _is_covered(point: RoadPoint | None) -> bool:
    return point is not None and point.gap_m <= COVERED_M


def _with_ends(start: Location, points: Sequence[Location], end: Location) -> tuple[Location, ...]:
    line = list(points)
    if line[0] != start:
        line.insert(0, start)
    if line[-1] != end:
        line.append(end)
    return tuple(line)
