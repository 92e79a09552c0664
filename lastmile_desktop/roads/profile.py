"""How fast a vehicle drives on which road: free-flow speeds by class, limit and surface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lastmile_desktop.regions.road_codes import ROAD_CLASSES, StreetFlag

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Usual speed where no limit is known, km/h, in the order of ROAD_CLASSES (as in OSRM's car profile).
_CLASS_KMH = (90, 45, 85, 40, 65, 30, 55, 25, 40, 20, 25, 25, 25, 10, 15, 15)

#: Of a known limit so much is driven on average.
_SHARE_OF_LIMIT = 0.8

#: Driveways, alleys and parking aisles.
_BYWAY_KMH = 12


@dataclass(frozen=True, slots=True)
class RoadProfile:
    """A kind of vehicle on the road. ``top_kmh``: its average speed at most; ferries only if asked."""

    name: str
    top_kmh: int
    ferries: bool = False


CAR = RoadProfile("car", 110)
#: Loaded vans are driven slower on fast roads only; in town they keep up with cars.
VAN = RoadProfile("van", 95)


def street_ms(
    arrays: Mapping[str, NDArray[Any]], profile: RoadProfile
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(s,) milliseconds along each street from end to end, with and against its points; inf = not used."""
    import numpy as np

    flags = arrays["street_flags"].astype(np.int64)
    metres = arrays["street_cm"] / 100.0
    ferry = (flags & StreetFlag.FERRY) != 0
    usual = np.array(_CLASS_KMH, dtype=np.float64)[arrays["street_class"]]
    cap = np.where(arrays["street_cap_kmh"] > 0, arrays["street_cap_kmh"], 255)
    cap = np.where(flags & StreetFlag.BYWAY, np.minimum(cap, _BYWAY_KMH), cap)
    times = []
    for limit in (arrays["street_forward_kmh"], arrays["street_backward_kmh"]):
        kmh = np.where(limit > 0, np.minimum(limit * _SHARE_OF_LIMIT, profile.top_kmh), usual)
        kmh = np.minimum(np.minimum(kmh, profile.top_kmh), cap)
        kmh = np.where(ferry, np.maximum(limit, 1), kmh)
        milliseconds = metres * 3600.0 / np.maximum(kmh, 1.0)
        times.append(np.where(ferry & (not profile.ferries), np.inf, milliseconds))
    return times[0], times[1]


assert len(_CLASS_KMH) == len(ROAD_CLASSES)
