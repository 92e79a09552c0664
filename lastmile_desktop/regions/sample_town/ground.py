"""The lie of the land: metres around the market square, a river, and the disorder that no ruler has."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

#: (metres to the east, metres to the north) of the market square.
Spot = tuple[float, float]
Line = list[Spot]

#: Where the market square stands: latitude and longitude in degrees.
CENTRE = (49.6215, 10.3510)
_METRES_PER_DEGREE = 111_195.0
RIVER_WIDTH_M = 34.0
#: The map ends here on all sides, in metres from the square.
EDGE_M = 8_500.0


def degrees(spot: Spot) -> tuple[float, float]:
    """Latitude and longitude, to a decimetre."""
    lat = CENTRE[0] + spot[1] / _METRES_PER_DEGREE
    lon = CENTRE[1] + spot[0] / (_METRES_PER_DEGREE * math.cos(math.radians(CENTRE[0])))
    return round(lat, 6), round(lon, 6)


def shifted(spot: Spot) -> Spot:
    """The spot where it really came to be: streets follow old field paths, not the plan."""
    x, y = spot
    return (
        x + 85 * math.sin(y / 520 + 0.7) + 30 * math.sin((x + 2 * y) / 290 + 2.1),
        y + 75 * math.sin(x / 470 + 1.9) + 28 * math.sin((2 * x - y) / 310 + 0.4),
    )


def river_north_m(east_m: float) -> float:
    """Where the middle of the river is."""
    return (
        -430
        + 210 * math.sin(east_m / 1150 + 0.4)
        + 60 * math.sin(east_m / 430 + 1.0)
        + 0.06 * east_m
        + 25 * math.sin(east_m / 190)
    )


def river_line(step_m: float = 40.0) -> Line:
    """The middle of the river from the western to the eastern edge."""
    count = int(2 * EDGE_M / step_m)
    return [(x, river_north_m(x)) for x in (-EDGE_M + index * step_m for index in range(count + 1))]


def in_river(spot: Spot, margin_m: float = 0.0) -> bool:
    """Whether a spot is in the water or nearer to it than the margin."""
    x, y = spot
    slope = (river_north_m(x + 5) - river_north_m(x - 5)) / 10
    return abs(y - river_north_m(x)) < (RIVER_WIDTH_M / 2 + margin_m) * math.hypot(1, slope)


def ribbon(line: Sequence[Spot], width_m: float) -> Line:
    """The closed outline of a line with a width."""
    left: Line = []
    right: Line = []
    for index, (x, y) in enumerate(line):
        before, after = line[max(0, index - 1)], line[min(len(line) - 1, index + 1)]
        across, along = after[0] - before[0], after[1] - before[1]
        length = math.hypot(across, along) or 1.0
        dx, dy = -along / length * width_m / 2, across / length * width_m / 2
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    return [*left, *reversed(right), left[0]]


def polar(angle_degrees: float, radius_m: float) -> Spot:
    """A spot by direction (0 = east, 90 = north) and distance."""
    turn = math.radians(angle_degrees)
    return radius_m * math.cos(turn), radius_m * math.sin(turn)


def blob(middle: Spot, radius_m: float, seed: float, wobble: float = 0.22) -> Line:
    """A closed, rounded, uneven outline."""
    outline = []
    for index in range(36):
        angle = index * 10
        turn = math.radians(angle)
        uneven = (
            1
            + wobble
            * (
                math.sin(2 * turn + seed)
                + 0.6 * math.sin(3 * turn + 2.3 * seed)
                + 0.35 * math.sin(5 * turn + seed)
            )
            / 1.6
        )
        x, y = polar(angle, radius_m * uneven)
        outline.append((middle[0] + x, middle[1] + y))
    return [*outline, outline[0]]


def inside(spot: Spot, outline: Sequence[Spot]) -> bool:
    """Whether a closed outline holds a spot (ray to the east)."""
    x, y = spot
    found = False
    for (x1, y1), (x2, y2) in itertools.pairwise(outline):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found


def resampled(line: Sequence[Spot], step_m: float = 22.0) -> Line:
    """The same line with a point at least every ``step_m``."""
    points: Line = [line[0]]
    for start, end in itertools.pairwise(line):
        count = max(1, math.ceil(math.dist(start, end) / step_m))
        points += [
            (start[0] + (end[0] - start[0]) * part / count, start[1] + (end[1] - start[1]) * part / count)
            for part in range(1, count + 1)
        ]
    return points


def smooth(corners: Sequence[Spot], rounds: int = 3) -> Line:
    """A line with its corners cut again and again (Chaikin 1974); the ends stay."""
    line = list(corners)
    for _ in range(rounds):
        cut: Line = [line[0]]
        for (x1, y1), (x2, y2) in itertools.pairwise(line):
            cut += [
                (0.75 * x1 + 0.25 * x2, 0.75 * y1 + 0.25 * y2),
                (0.25 * x1 + 0.75 * x2, 0.25 * y1 + 0.75 * y2),
            ]
        line = [*cut, line[-1]]
    return line


def all_shifted(line: Iterable[Spot]) -> Line:
    """A whole line where it came to be."""
    return [shifted(spot) for spot in line]
