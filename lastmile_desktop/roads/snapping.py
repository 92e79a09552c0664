"""From a position to the nearest point on a road."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lastmile_desktop.model import Location
from lastmile_desktop.regions.road_codes import DEGREE_UNITS, ROAD_CLASSES, StreetFlag
from lastmile_desktop.regions.service_area import METRES_PER_DEGREE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Roads are looked up by the middles of pieces of at most this length, so that few need to be measured.
_PIECE_M = 60.0
_CANDIDATES = 24

#: An island must be so much nearer than a road of the main network: often it is a mistake of the map.
_ISLAND_M = 25.0

#: Nobody's door is on a motorway or its ramps; they are taken only when there is no other road about.
_MOTORWAY_M = 150.0
_MOTORWAYS = (ROAD_CLASSES.index("motorway"), ROAD_CLASSES.index("motorway_link"))


@dataclass(frozen=True, slots=True)
class RoadPoint:
    """A point on a street: ``share`` of its length from its first point (0 to 1), ``gap_m`` off the road."""

    street: int
    share: float
    gap_m: float
    place: Location


class RoadPoints:
    """The index of all streets that may be driven; positions in, points on streets out."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], *, ferries: bool) -> None:
        """``arrays`` as in regions/road_tables.py."""
        import numpy as np
        from scipy.spatial import cKDTree

        flags = arrays["street_flags"].astype(np.int64)
        usable = (flags & (StreetFlag.TRAP | StreetFlag.FERRY)) == 0
        ys = arrays["point_y"] / DEGREE_UNITS
        self._shrink = math.cos(math.radians(float(ys.mean()) if len(ys) else 0.0))
        self._x = arrays["point_x"] / DEGREE_UNITS * (METRES_PER_DEGREE * self._shrink)
        self._y = ys * METRES_PER_DEGREE
        first, last = arrays["street_first"][usable], arrays["street_last"][usable]
        length = (last - first).astype(np.int64)
        start = np.repeat(first.astype(np.int64), length)
        offset = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
        self._from = start + offset
        self._street = np.repeat(np.flatnonzero(usable), length)
        step = np.hypot(
            self._x[self._from + 1] - self._x[self._from], self._y[self._from + 1] - self._y[self._from]
        )
        self._step_m = step
        # Metres from the street's first point to the piece's first, and of the whole street.
        cumulative = np.cumsum(step) - step
        begins = np.repeat(np.cumsum(length) - length, length)
        self._along_m = cumulative - cumulative[begins] if len(step) else cumulative
        self._whole_m = np.bincount(self._street, weights=step, minlength=len(flags))
        motorway = np.isin(arrays["street_class"], _MOTORWAYS)
        handicap = np.where(flags & StreetFlag.ISLAND, _ISLAND_M, 0.0) + np.where(motorway, _MOTORWAY_M, 0.0)
        self._handicap_m = handicap[self._street]
        parts = np.maximum(np.ceil(step / _PIECE_M), 1).astype(np.int64)
        self._piece = np.repeat(np.arange(len(step)), parts)
        within = np.arange(int(parts.sum())) - np.repeat(np.cumsum(parts) - parts, parts)
        middle = (within + 0.5) / parts[self._piece]
        near, far = self._from[self._piece], self._from[self._piece] + 1
        middles = np.stack(
            [
                self._x[near] + middle * (self._x[far] - self._x[near]),
                self._y[near] + middle * (self._y[far] - self._y[near]),
            ],
            axis=1,
        )
        self._tree = cKDTree(middles) if len(middles) else None

    def nearest(self, places: Sequence[Location]) -> list[RoadPoint | None]:
        """The nearest point on any street for each place; None only when there is no street at all."""
        import numpy as np

        if self._tree is None or not places:
            return [None] * len(places)
        x = np.array([place.lon for place in places]) * (METRES_PER_DEGREE * self._shrink)
        y = np.array([place.lat for place in places]) * METRES_PER_DEGREE
        width = min(_CANDIDATES, len(self._piece))
        _, found = self._tree.query(np.stack([x, y], axis=1), k=width)
        piece = self._piece[np.asarray(found).reshape(len(places), width)]
        share, gap, foot_x, foot_y = self._project(x[:, None], y[:, None], piece)
        best = np.argmin(gap + self._handicap_m[piece], axis=1)
        every = np.arange(len(places))
        points: list[RoadPoint | None] = []
        for row, column in zip(every.tolist(), best.tolist(), strict=True):
            step = int(piece[row, column])
            street = int(self._street[step])
            along = self._along_m[step] + share[row, column] * self._step_m[step]
            foot = Location(
                float(foot_y[row, column]) / METRES_PER_DEGREE,
                float(foot_x[row, column]) / (METRES_PER_DEGREE * self._shrink),
            )
            whole = max(float(self._whole_m[street]), 0.01)
            points.append(RoadPoint(street, min(1.0, float(along) / whole), float(gap[row, column]), foot))
        return points

    def _project(
        self, x: NDArray[np.float64], y: NDArray[np.float64], piece: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], ...]:
        """Share along each piece, distance, and the foot of the perpendicular; all of ``piece``'s shape."""
        import numpy as np

        near, far = self._from[piece], self._from[piece] + 1
        run_x, run_y = self._x[far] - self._x[near], self._y[far] - self._y[near]
        square = np.maximum(run_x**2 + run_y**2, 1e-9)
        share = np.clip(((x - self._x[near]) * run_x + (y - self._y[near]) * run_y) / square, 0.0, 1.0)
        foot_x, foot_y = self._x[near] + share * run_x, self._y[near] + share * run_y
        return share, np.hypot(x - foot_x, y - foot_y), foot_x, foot_y
