"""How the region file keeps the outlines of its map: places on the web-mercator square, packed into blobs.

The square is the usual one of web maps (EPSG:3857): x grows to the east and y to the south, both from 0 to 1.
A place is kept as two whole numbers of ``UNITS`` per side, which is about two centimetres on the ground.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Steps along a side of the square.
UNITS = 1 << 31
#: Up to this zoom the coarse outlines are drawn.
COARSE_ZOOM = 12
#: Latitude where the square ends, in degrees.
LAST_LAT = 85.0511287798066


def to_square(lat: float, lon: float) -> tuple[float, float]:
    """Degrees to the square's (x, y), 0 to 1; latitudes beyond its end stand at the end."""
    lat = min(LAST_LAT, max(-LAST_LAT, lat))
    y = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
    return lon / 360.0 + 0.5, y


def from_square(x: float, y: float) -> tuple[float, float]:
    """The square's (x, y) to degrees (lat, lon)."""
    return math.degrees(math.atan(math.sinh((0.5 - y) * 2 * math.pi))), (x - 0.5) * 360.0


def square_units(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int32]:
    """Degrees, shape (n,) each, to units of the square, shape (n, 2)."""
    import numpy as np

    clipped = np.radians(np.clip(lat, -LAST_LAT, LAST_LAT))
    x = lon / 360.0 + 0.5
    y = 0.5 - np.arcsinh(np.tan(clipped)) / (2 * math.pi)
    units = np.stack([x, y], axis=1) * UNITS
    return np.clip(np.rint(units), 0, UNITS - 1).astype(np.int32)


def pack_rings(rings: Sequence[NDArray[np.int32]]) -> bytes:
    """Outlines of shape (n, 2) each, in units, as one blob: their number, their lengths, their points."""
    import numpy as np

    head = np.array([len(rings), *(len(ring) for ring in rings)], dtype="<u4")
    return head.tobytes() + b"".join(ring.astype("<i4").tobytes() for ring in rings)


def unpack_rings(blob: bytes) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """The outlines' lengths, shape (rings,), and all their points, shape (sum of lengths, 2)."""
    import numpy as np

    (count,) = np.frombuffer(blob, dtype="<u4", count=1)
    lengths = np.frombuffer(blob, dtype="<u4", count=int(count), offset=4)
    points = np.frombuffer(blob, dtype="<i4", offset=4 + 4 * int(count)).reshape(-1, 2)
    return lengths, points


def thinned(ring: NDArray[np.int32], step: int) -> NDArray[np.int32]:
    """The outline with one point per cell of ``step`` units, for maps on which finer detail cannot be seen.

    Both ends stay where they are, so that roads and closed outlines still meet.
    """
    import numpy as np

    if len(ring) <= 2:
        return ring
    cells = ring // step
    differs = np.any(cells[1:] != cells[:-1], axis=1)
    kept = np.concatenate(([True], differs))
    kept[-1] = True
    return ring[kept]
