"""Outlines of towns and postcodes from relations, and which town a position lies in.

Extracts are clipped: an outline with a gap is left out, and the nearest place stands in.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Point = tuple[float, float]
#: Towns are looked up once per cell of this size, in degrees: about 300 m.
_CELL = 0.003


@dataclass(slots=True)
class Outline:
    """A named area in degrees: its closed rings, and the box around them."""

    name: str
    rings: list[list[Point]]
    south: float = 0.0
    west: float = 0.0
    north: float = 0.0
    east: float = 0.0

    def __post_init__(self) -> None:
        lats = [lat for ring in self.rings for lat, _ in ring]
        lons = [lon for ring in self.rings for _, lon in ring]
        self.south, self.north, self.west, self.east = min(lats), max(lats), min(lons), max(lons)

    def contains(self, lat: float, lon: float) -> bool:
        """Whether a position lies inside: a ray to the east crosses the rings an odd number of times."""
        if not (self.south <= lat <= self.north and self.west <= lon <= self.east):
            return False
        inside = False
        for ring in self.rings:
            for (lat_1, lon_1), (lat_2, lon_2) in pairwise(ring):
                if (lat_1 > lat) != (lat_2 > lat):
                    crossing = lon_1 + (lat - lat_1) * (lon_2 - lon_1) / (lat_2 - lat_1)
                    inside ^= crossing > lon
        return inside

    @property
    def middle(self) -> Point:
        """The mean of the corners: a label's place, not a centre of mass."""
        corners = [corner for ring in self.rings for corner in ring]
        return math.fsum(lat for lat, _ in corners) / len(corners), math.fsum(
            lon for _, lon in corners
        ) / len(corners)

    @property
    def radius_m(self) -> int:
        """Half the diagonal of the box."""
        tall = (self.north - self.south) * 111_195
        wide = (self.east - self.west) * 111_195 * math.cos(math.radians(self.north))
        return round(math.hypot(tall, wide) / 2)


def closed_rings(lines: Sequence[Sequence[Point]]) -> list[list[Point]] | None:
    """Rings from pieces that meet at their ends; None when one does not close."""
    left = [list(line) for line in lines if len(line) > 1]
    if not left or len(left) != len(lines):
        return None
    rings = []
    while left:
        ring = left.pop()
        while ring[0] != ring[-1]:
            following = next((i for i, line in enumerate(left) if ring[-1] in (line[0], line[-1])), None)
            if following is None:
                return None
            line = left.pop(following)
            ring += line[1:] if line[0] == ring[-1] else line[-2::-1]
        rings.append(ring)
    return rings


#: How far the name of a place reaches where no outline says so, in metres.
REACH_M = {"city": 8000, "borough": 4000, "town": 5000, "village": 2500, "suburb": 2500, "hamlet": 1200}


@dataclass(slots=True)
class TownFinder:
    """Gives the town that a position is in: the smallest outline around it, else the nearest place."""

    outlines: list[tuple[int, Outline]] = field(default_factory=list)  # admin level
    places: list[tuple[str, str, float, float]] = field(default_factory=list)  # name, kind, lat, lon
    other_names: dict[str, set[str]] = field(default_factory=dict)
    _known: dict[tuple[int, int], str] = field(default_factory=dict)

    def town_at(self, lat: float, lon: float) -> str:
        """The town's name, "" when nothing is near."""
        cell = (round(lat / _CELL), round(lon / _CELL))
        if cell not in self._known:
            self._known[cell] = self._look_up(lat, lon)
        return self._known[cell]

    def _look_up(self, lat: float, lon: float) -> str:
        around = [(level, outline.name) for level, outline in self.outlines if outline.contains(lat, lon)]
        # Level 8 is the municipality almost everywhere; what is smaller is a part of one.
        towns = [found for found in around if found[0] == 8] or around
        if towns:
            return max(towns)[1]
        best, best_share = "", 1.0
        for name, kind, place_lat, place_lon in self.places:
            reach = REACH_M.get(kind, 2000)
            tall = (lat - place_lat) * 111_195
            if abs(tall) > reach:
                continue
            wide = (lon - place_lon) * 111_195 * math.cos(math.radians(lat))
            share = math.hypot(tall, wide) / reach
            if share < best_share:
                best, best_share = name, share
        return best
