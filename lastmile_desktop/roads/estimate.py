"""Travel estimated from the great circle, for places whose road network is not loaded.

The law and the circuity bands were fitted to fastest paths in two towns (Baltimore's suburbs and Porto):
good enough to put stops in order (about 2 % lost), not to promise times of arrival (half of the legs are
more than 14-17 % off). Whatever is planned with it is labelled an estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lastmile_desktop.model import Location, TravelMatrix

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EARTH_RADIUS_M = 6_371_008.8
LAW_FACTOR = 1.45
LAW_EXPONENT = 0.72

#: (great circle in metres, road metres per great-circle metre): the mean of the two towns' medians at each
#: band's geometric middle. Between the knots the factor is linear in the logarithm of the distance, outside
#: it is constant; it falls slower than the distance grows, so road distance is continuous and increasing.
CIRCUITY_KNOTS: tuple[tuple[float, float], ...] = (
    (450.0, 1.655),
    (1_414.0, 1.640),
    (3_162.0, 1.555),
    (7_071.0, 1.485),
    (15_000.0, 1.400),
)

#: Rows of the matrix computed at once, which bounds the memory of the floating-point steps between.
_ROWS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class StraightLineTravel:
    """Estimated travel: ``1.45 * gc ** 0.72`` seconds and great circle times circuity metres.

    ``drive_time_percent`` scales all times by the firm's own experience (100 = as estimated); distances stay.
    Raises ValueError when it is not positive.
    """

    drive_time_percent: int = 100

    def __post_init__(self) -> None:
        if self.drive_time_percent <= 0:
            raise ValueError("the driving time percentage must be greater than 0")

    @property
    def source(self) -> str:
        """The contract's word for this model."""
        return "straight-line"

    def matrix(self, locations: Sequence[Location]) -> TravelMatrix:
        """Travel between all pairs of ``locations``: int32 arrays (n, n), seconds and metres."""
        import numpy as np

        count = len(locations)
        duration_s = np.zeros((count, count), dtype=np.int32)
        distance_m = np.zeros((count, count), dtype=np.int32)
        lat = np.radians(np.array([place.lat for place in locations], dtype=np.float64))
        lon = np.radians(np.array([place.lon for place in locations], dtype=np.float64))
        for first in range(0, count, _ROWS_AT_ONCE):
            rows = slice(first, first + _ROWS_AT_ONCE)
            circle_m = _great_circle_m(lat[rows, None], lon[rows, None], lat[None, :], lon[None, :])
            duration_s[rows] = np.rint(self._seconds(circle_m))
            distance_m[rows] = np.rint(circle_m * _circuity(circle_m))
        np.fill_diagonal(duration_s, 0)
        np.fill_diagonal(distance_m, 0)
        return TravelMatrix(tuple(locations), duration_s, distance_m, self.source)

    def line(self, start: Location, end: Location) -> tuple[Location, ...]:
        """The straight line: nothing is known of the roads."""
        return (start, end)

    def _seconds(self, circle_m: NDArray[np.float64]) -> NDArray[np.float64]:
        scale = LAW_FACTOR * self.drive_time_percent / 100.0
        seconds: NDArray[np.float64] = scale * circle_m**LAW_EXPONENT
        return seconds


def _great_circle_m(
    lat1: NDArray[np.float64], lon1: NDArray[np.float64], lat2: NDArray[np.float64], lon2: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Haversine distance in metres of points in radians; broadcasts."""
    import numpy as np

    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    circle: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return circle


def _circuity(circle_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Road metres per great-circle metre; same shape as ``circle_m``."""
    import numpy as np

    knots = np.log(np.array([metres for metres, _ in CIRCUITY_KNOTS]))
    factors = np.array([factor for _, factor in CIRCUITY_KNOTS])
    circuity: NDArray[np.float64] = np.interp(np.log(np.maximum(circle_m, 1.0)), knots, factors)
    return circuity
