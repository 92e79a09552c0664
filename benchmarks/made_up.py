"""Made-up instances of any size, drawn with a seed: for growth and for trials that nobody tuned for."""

from __future__ import annotations

import math
import random

from benchmarks.instances import Instance

_OPEN_UNTIL = 1000
_SERVICE = 10
_CAPACITY = 200
#: Stops on a square of one by one; the more stops, the larger the square.
_DENSITY = 0.02


def windows_instance(count: int, seed: int = 1) -> Instance:
    """Stops with windows in the manner of Gehring and Homberger: half in clusters, windows of mixed width."""
    draw = random.Random(1000 * seed + count)
    side = math.sqrt(count / _DENSITY)
    # Larger areas have longer days, so that the stops of a route stay about as many.
    until = round(_OPEN_UNTIL + 1.5 * side)
    xy = [(side / 2, side / 2)]
    centres = [(draw.uniform(0, side), draw.uniform(0, side)) for _ in range(max(2, count // 40))]
    while len(xy) <= count:
        if draw.random() < 0.5:
            x, y = draw.choice(centres)
            point = draw.gauss(x, side / 30), draw.gauss(y, side / 30)
        else:
            point = draw.uniform(0, side), draw.uniform(0, side)
        xy.append((round(min(max(point[0], 0), side), 1), round(min(max(point[1], 0), side), 1)))
    windows: list[tuple[float, float]] = [(0, until)]
    for place in xy[1:]:
        far = math.dist(xy[0], place)
        first, last = math.ceil(far), math.floor(until - far - _SERVICE)
        width = draw.choice([60, 120, 240, until])
        middle = draw.uniform(first, last)
        windows.append((max(first, round(middle - width / 2)), min(last, round(middle + width / 2))))
    vehicles = max(3, math.ceil(count / 5))
    return Instance(
        name=f"windows-{count}-{seed}",
        kind="VRPTW",
        xy=xy,
        demand=[0.0, *(float(draw.randint(5, 35)) for _ in range(count))],
        capacity=[float(_CAPACITY)] * vehicles,
        vehicle_depot=[0] * vehicles,
        depots=[0],
        unit_cost=[1.0] * vehicles,
        service=[0.0, *[float(_SERVICE)] * count],
        windows=windows,
    )
