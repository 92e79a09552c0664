"""Names on the map: where they can stand so that none covers another and none is cut by the edge of a tile.

Names are laid out for blocks of the map, larger than a tile and the same for all tiles of a block, and each
lies wholly inside its block. So neighbouring tiles agree about every name, whichever of them is painted
first.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetricsF

from lastmile_desktop.basemap.look import ROAD_ORDER, Look
from lastmile_desktop.basemap.shapes import Feature

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FAMILIES = ["Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "Arial"]
#: Pixels between two names that are the same.
_SAME_NAME_PX = 260.0
#: A street's name may follow bends of this many degrees.
_BEND_DEGREES = 14.0
_GAP_PX = 3.0
_PLACE_SIZES = {"city": 17, "town": 15, "village": 13, "suburb": 12, "hamlet": 11}
_PLACE_ORDER = ("city", "town", "village", "suburb", "hamlet")
_AREA_TEXT = {"water": "water", "park": "green", "wood": "green", "cemetery": "green"}


@dataclass(frozen=True, slots=True)
class Label:
    """A name with its middle at (x, y) in pixels of its block, turned by ``angle`` degrees."""

    text: str
    x: float
    y: float
    angle: float
    size_px: int
    bold: bool
    colour: str


def label_font(size_px: int, bold: bool) -> QFont:
    """The map's font; unhinted, so that turned text keeps its shape."""
    font = QFont(_FAMILIES)
    font.setPixelSize(size_px)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def place_labels(
    features: Sequence[Feature], width_px: float, height_px: float, zoom: float, look: Look
) -> list[Label]:
    """The names that fit into a block, the most important first served. Points are in pixels of the block."""
    room = _Room(width_px, height_px)
    return [label for label in _wanted(features, zoom, look) if room.take(label)]


def _wanted(features: Sequence[Feature], zoom: float, look: Look) -> Iterator[Label]:
    """Names in the order of their importance."""
    for kind in _PLACE_ORDER:
        for feature in sorted((one for one in features if one.kind == kind), key=lambda one: one.name):
            x, y = feature.points[0]
            size = _PLACE_SIZES[kind] - (2 if zoom < 11 else 0)
            yield Label(
                feature.name, float(x), float(y), 0.0, size, kind in ("city", "town"), look.place_text
            )
    for kind in reversed(ROAD_ORDER):
        yield from _road_names([one for one in features if one.kind == kind], kind, zoom, look)
    yield from _area_names(features, look)
    yield from _river_names(features, look)


def _road_names(roads: Sequence[Feature], kind: str, zoom: float, look: Look) -> Iterator[Label]:
    size = 12 if kind in ("motorway", "trunk", "primary", "secondary") and zoom >= 15 else 11
    if zoom >= 17:
        size += 1
    lines: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for road in roads:
        lines[road.name].append(road.points)
    for name in sorted(lines):
        width = text_width(name, size, bold=False)
        pieces = sorted(_straight_pieces(_joined(lines[name])), key=lambda piece: -math.dist(*piece))
        for start, end in pieces:
            if math.dist(start, end) < width + 8:
                break
            yield _along(name, start, end, size, look.text)


def _river_names(features: Sequence[Feature], look: Look) -> Iterator[Label]:
    lines: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for river in features:
        if river.kind in ("river", "stream"):
            lines[river.name].append(river.points)
    for name in sorted(lines):
        width = text_width(name, 11, bold=False)
        for start, end in sorted(
            _straight_pieces(_joined(lines[name]), 25.0), key=lambda one: -math.dist(*one)
        ):
            if math.dist(start, end) < width + 8:
                break
            yield _along(name, start, end, 11, look.water_text)


def _area_names(features: Sequence[Feature], look: Look) -> Iterator[Label]:
    colours = {"water": look.water_text, "green": look.green_text}
    areas = [one for one in features if one.kind in _AREA_TEXT]
    for area in sorted(areas, key=lambda one: (-one.size_m2, one.name)):
        outline = area.points[: int(area.lengths[0])]
        low, high = outline.min(axis=0), outline.max(axis=0)
        if high[0] - low[0] < text_width(area.name, 11, bold=False) * 0.8:
            continue
        x, y = (low + high) / 2
        yield Label(area.name, float(x), float(y), 0.0, 11, False, colours[_AREA_TEXT[area.kind]])


def _along(name: str, start: Point, end: Point, size: int, colour: str) -> Label:
    angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    if angle > 90:
        angle -= 180
    elif angle <= -90:
        angle += 180
    return Label(name, (start[0] + end[0]) / 2, (start[1] + end[1]) / 2, angle, size, False, colour)


Point = tuple[float, float]


def _joined(lines: Sequence[NDArray[np.float64]]) -> list[list[Point]]:
    """Ways that meet end to end as one line: mapmakers cut a street at every bridge and speed limit."""
    chains = [[(float(x), float(y)) for x, y in line] for line in lines]
    merged = True
    while merged and len(chains) > 1:
        merged = False
        ends: dict[tuple[int, int], int] = {}
        for index, chain in enumerate(chains):
            for end in (chain[0], chain[-1]):
                other = ends.setdefault((round(end[0] * 4), round(end[1] * 4)), index)
                if other != index:
                    chains[other] = _end_to_end(chains[other], chain)
                    del chains[index]
                    merged = True
                    break
            if merged:
                break
    return chains


def _end_to_end(first: list[Point], second: list[Point]) -> list[Point]:
    """Two lines that share an end as one."""
    pairs = (
        (math.dist(first[-1], second[0]), first, second),
        (math.dist(first[-1], second[-1]), first, second[::-1]),
        (math.dist(first[0], second[0]), first[::-1], second),
        (math.dist(first[0], second[-1]), first[::-1], second[::-1]),
    )
    _, one, other = min(pairs, key=lambda pair: pair[0])
    return one + other[1:]


def _straight_pieces(
    lines: Iterable[Sequence[Point]], bend_degrees: float = _BEND_DEGREES
) -> Iterator[tuple[Point, Point]]:
    """The parts of lines that a straight name can follow, as (start, end)."""
    for line in lines:
        start = 0
        heading: float | None = None
        for index in range(1, len(line)):
            if line[index] == line[index - 1]:
                continue
            now = _heading(line[index - 1], line[index])
            if heading is not None and abs((now - heading + 180) % 360 - 180) > bend_degrees:
                yield line[start], line[index - 1]
                start, heading = index - 1, now
            elif heading is None:
                heading = now
        if start < len(line) - 1:
            yield line[start], line[-1]


def _heading(start: Point, end: Point) -> float:
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def text_width(text: str, size_px: int, bold: bool) -> float:
    """Pixels that a name needs."""
    return QFontMetricsF(label_font(size_px, bold)).horizontalAdvance(text)


class _Room:
    """What is taken in a block: names as rows of discs, which turn without ado."""

    def __init__(self, width_px: float, height_px: float) -> None:
        self._width, self._height = width_px, height_px
        self._discs: list[tuple[float, float, float]] = []
        self._names: dict[str, list[Point]] = defaultdict(list)

    def take(self, label: Label) -> bool:
        """Take the label's place if it lies inside the block and is free."""
        middle = (label.x, label.y)
        if any(math.dist(middle, other) < _SAME_NAME_PX for other in self._names[label.text]):
            return False
        discs = list(_discs(label))
        for x, y, radius in discs:
            if not (radius <= x <= self._width - radius and radius <= y <= self._height - radius):
                return False
            if any(math.hypot(x - a, y - b) < radius + c + _GAP_PX for a, b, c in self._discs):
                return False
        self._discs += discs
        self._names[label.text].append(middle)
        return True


def _discs(label: Label) -> Iterator[tuple[float, float, float]]:
    """(x, y, radius) of the discs that cover a name."""
    radius = label.size_px * 0.62
    half = max(0.0, text_width(label.text, label.size_px, label.bold) / 2 + 2 - radius)
    count = max(1, math.ceil(half * 2 / (radius * 1.5)) + 1)
    turn = math.radians(label.angle)
    for index in range(count):
        along = 0.0 if count == 1 else -half + 2 * half * index / (count - 1)
        yield label.x + along * math.cos(turn), label.y + along * math.sin(turn), radius
