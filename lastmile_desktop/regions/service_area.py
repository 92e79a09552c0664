"""The part of an extract that a region file keeps: what lies near the depot or the orders."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lastmile_desktop.model import Location

METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """A box in degrees around what the firm serves.

    A box and not an outline: an extract of ten million points is clipped while it is read, so the test
    must be four comparisons. ``None`` where a builder takes a ``ServiceArea | None`` means the whole extract.
    """

    south: float
    west: float
    north: float
    east: float

    def contains(self, lat: float, lon: float) -> bool:
        """Whether a position in degrees lies inside, edges included."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east

    @classmethod
    def around(cls, places: Sequence[Location], margin_m: float) -> ServiceArea:
        """The smallest box that keeps ``places`` ``margin_m`` inside. Raises ValueError without any."""
        if not places:
            raise ValueError("a service area needs at least one place to be around")
        south, north = min(place.lat for place in places), max(place.lat for place in places)
        west, east = min(place.lon for place in places), max(place.lon for place in places)
        tall = margin_m / METRES_PER_DEGREE
        wide = tall / max(0.05, math.cos(math.radians(max(abs(south), abs(north)))))
        return cls(
            max(-90.0, south - tall),
            max(-180.0, west - wide),
            min(90.0, north + tall),
            min(180.0, east + wide),
        )
