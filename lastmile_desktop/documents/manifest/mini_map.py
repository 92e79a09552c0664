"""The drawing of a route: where its lines, numbers, depots and scale bar go on a small piece of paper.

Pure geometry in page units, origin in the upper left corner; the painter draws it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lastmile_desktop.documents.manifest.content import RouteDrawing
from lastmile_desktop.model import Location, wording


@dataclass(frozen=True, slots=True)
class Corners:
    """The ground that a picture covers, in degrees."""

    south: float
    west: float
    north: float
    east: float


class Ground(Protocol):
    """Draws the streets under a route; ``attribution`` is printed with them. Travels between processes."""

    @property
    def attribution(self) -> str:
        """Who made the map: its licence asks for the name."""
        ...

    def paint(self, painter: Any, corners: Corners, width: float, height: float) -> None:
        """Fill a box of ``width`` x ``height`` page units at the origin of a QPainter."""
        ...


LegLine = Callable[[Location, Location], Sequence[Location]]
Point = tuple[float, float]

BADGE_RADIUS = 235.0
DEPOT_RADIUS = 220.0
_PADDING = 600.0
_METRES_PER_DEGREE = 111_320.0
#: Closer than this the picture does not zoom in, or two stops in one street would fill the page.
_SMALLEST_SPAN_M = 400.0
#: Points of a line nearer to each other than this cannot be told apart in print.
_FINEST_STEP = 12.0
_SCALE_STEPS = (1, 2, 5)
_DIRECTIONS = [math.tau * step / 16 - math.pi / 4 for step in range(16)]


@dataclass(frozen=True, slots=True)
class Leg:
    """One drive as a line; ``empty`` marks the way to or from a depot."""

    points: tuple[Point, ...]
    empty: bool


@dataclass(frozen=True, slots=True)
class Badge:
    """A stop's number at ``centre``; its place is ``spot`` (a leader joins them when they differ)."""

    number: int
    centre: Point
    spot: Point


@dataclass(frozen=True, slots=True)
class MiniMap:
    """A route laid out in a box of ``width`` x ``height`` page units."""

    width: float
    height: float
    legs: tuple[Leg, ...]
    badges: tuple[Badge, ...]
    depots: tuple[Point, ...]
    scale_length: float
    scale_text: str
    grid_origin: Point
    corners: Corners
    ground: Ground | None = None


def straight_line(start: Location, end: Location) -> tuple[Location, ...]:
    """The leg as the crow flies: what is drawn when no roads are known."""
    return (start, end)


def picture_aspect(drawing: RouteDrawing) -> float:
    """Height over width of the ground that the route covers: how tall its picture would like to be."""
    places = [place for _, place in drawing.points]
    return _Projection(places, 1.0, 1.0).aspect


def mini_map(
    drawing: RouteDrawing,
    width: float,
    height: float,
    line: LegLine = straight_line,
    ground: Ground | None = None,
) -> MiniMap:
    """Lay the route out in a box of ``width`` x ``height`` units; ``line`` gives the points of each leg."""
    lines = [
        ([first[1], *line(first[1], second[1]), second[1]], first[0] is None or second[0] is None)
        for first, second in itertools.pairwise(drawing.points)
    ]
    places = [place for _, place in drawing.points]
    projection = _Projection([*places, *(place for points, _ in lines for place in points)], width, height)
    spots = [(number, projection.point(place)) for number, place in drawing.points]
    depots = tuple(dict.fromkeys(spot for number, spot in spots if number is None))
    stops = [(number, spot) for number, spot in spots if number is not None]
    length, text = projection.scale_bar()
    return MiniMap(
        width=width,
        height=height,
        legs=tuple(Leg(_thinned(map(projection.point, points)), empty) for points, empty in lines),
        badges=tuple(_placed(stops, depots, width, height)),
        depots=depots,
        scale_length=length,
        scale_text=text,
        grid_origin=projection.point(places[0]) if places else (0.0, 0.0),
        corners=projection.corners(),
        ground=ground,
    )


class _Projection:
    """Degrees to page units: equal scale in both directions, the whole route inside the padding."""

    def __init__(self, places: Sequence[Location], width: float, height: float) -> None:
        self._first_lon = places[0].lon if places else 0.0
        latitudes = [place.lat for place in places] or [0.0]
        longitudes = [self._turned(place.lon) for place in places] or [0.0]
        self._squeeze = max(0.02, math.cos(math.radians((min(latitudes) + max(latitudes)) / 2)))
        self._middle = (
            (min(longitudes) + max(longitudes)) / 2 * self._squeeze,
            (min(latitudes) + max(latitudes)) / 2,
        )
        smallest = _SMALLEST_SPAN_M / _METRES_PER_DEGREE
        span_x = max((max(longitudes) - min(longitudes)) * self._squeeze, smallest)
        span_y = max(max(latitudes) - min(latitudes), smallest)
        self.aspect = span_y / span_x
        self._scale = min((width - 2 * _PADDING) / span_x, (height - 2 * _PADDING) / span_y)
        self._centre = (width / 2, height / 2)
        self._longest_bar = width / 5

    def _turned(self, lon: float) -> float:
        """Degrees east of the first place, so that a route across the date line stays in one piece."""
        return (lon - self._first_lon + 540.0) % 360.0 - 180.0

    def point(self, place: Location) -> Point:
        x = self._turned(place.lon) * self._squeeze - self._middle[0]
        y = self._middle[1] - place.lat
        return (self._centre[0] + x * self._scale, self._centre[1] + y * self._scale)

    def corners(self) -> Corners:
        """The ground under the whole box."""
        x, y = self._centre[0] / self._scale, self._centre[1] / self._scale
        west, east = ((self._middle[0] + side) / self._squeeze + self._first_lon for side in (-x, x))
        return Corners(self._middle[1] - y, west, self._middle[1] + y, east)

    def scale_bar(self) -> tuple[float, str]:
        """The longest round distance that fits: its length in units, and in words."""
        units_per_m = self._scale / _METRES_PER_DEGREE
        longest_m = self._longest_bar / units_per_m
        power = 10 ** math.floor(math.log10(longest_m))
        metres = max(step * power for step in _SCALE_STEPS if step * power <= longest_m)
        text = f"{metres:g} m" if metres < 1000 else wording.distance(int(metres)).replace(".0 ", " ")
        return metres * units_per_m, text


def _thinned(points: Iterable[Point]) -> tuple[Point, ...]:
    """The line without points that print on top of each other; both ends stay."""
    whole = list(points)
    kept = whole[:1]
    kept += [point for point in whole[1:-1] if math.dist(point, kept[-1]) >= _FINEST_STEP]
    return tuple(kept + whole[-1:])


def _placed(
    stops: Sequence[tuple[int, Point]], depots: Sequence[Point], width: float, height: float
) -> Iterable[Badge]:
    """Each number on its spot, or as near to it as it can stand without covering another."""
    room = 2 * BADGE_RADIUS + 25
    taken: list[Point] = []
    spots = [spot for _, spot in stops]

    def free(centre: Point, own: Point, strict: bool) -> bool:
        edge = BADGE_RADIUS + 40
        if not (edge <= centre[0] <= width - edge and edge <= centre[1] <= height - edge):
            return False
        if any(math.dist(centre, other) < room for other in taken):
            return False
        if any(math.dist(centre, depot) < BADGE_RADIUS + DEPOT_RADIUS + 25 for depot in depots):
            return False
        return not strict or all(math.dist(centre, spot) > room * 0.75 for spot in spots if spot != own)

    for number, spot in stops:
        centre = spot
        if not free(spot, spot, strict=False):
            candidates = [
                (spot[0] + ring * room * 0.6 * math.cos(angle), spot[1] + ring * room * 0.6 * math.sin(angle))
                for ring in range(2, 16)
                for angle in _DIRECTIONS
            ]
            centre = next(
                (one for strict in (True, False) for one in candidates if free(one, spot, strict)), spot
            )
        taken.append(centre)
        yield Badge(number, centre, spot)
