"""What lies between and around the streets: woods, fields, parks, water, quarters, a railway."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from lastmile_desktop.regions.sample_town.ground import (
    EDGE_M,
    RIVER_WIDTH_M,
    Line,
    Spot,
    all_shifted,
    blob,
    polar,
    resampled,
    ribbon,
    river_line,
    smooth,
)
from lastmile_desktop.regions.sample_town.streets import TOWN, VILLAGES, shifted_middle


@dataclass(frozen=True, slots=True)
class Thing:
    """A line or, when closed, an area, with OpenStreetMap's tags."""

    line: Line
    tags: dict[str, str] = field(default_factory=dict)


#: (direction in degrees, metres from the square, radius) of the suburbs' ground.
_SUBURBS = (
    *((85, 1_720, 620), (122, 1_560, 520), (155, 1_650, 600), (245, 1_520, 560), (275, 1_520, 560)),
    *((308, 1_650, 560), (330, 1_720, 560), (10, 1_480, 480)),
)


def all_things(seed: int = 5) -> list[Thing]:
    """Everything that is neither street nor house."""
    chance = random.Random(seed)
    return [*_fields(chance), *_woods(), *_built_up(), *_greens(), *_water(), *_rails()]


def free_grounds() -> list[Line]:
    """The outlines on which no house is built."""
    return [thing.line for thing in _greens()]


def places() -> list[tuple[Spot, dict[str, str]]]:
    """The names of town and villages."""
    town = [((0.0, 0.0), {"place": "town", "name": TOWN})]
    return town + [(shifted_middle(one), {"place": one.kind, "name": one.name}) for one in VILLAGES]


def _fields(chance: random.Random) -> Iterator[Thing]:
    """Fields and meadows in strips, wherever nobody lives."""
    step = 640
    for column in range(-13, 13):
        for row in range(-13, 13):
            middle = ((column + 0.5) * step, (row + 0.5) * step)
            if math.hypot(*middle) < 2_650 or any(
                math.dist(middle, village.middle) < village.radius_m + 480 for village in VILLAGES
            ):
                continue
            strips = chance.choice((1, 2, 2, 3))
            upright = chance.random() < 0.5
            for strip in range(strips):
                kind = "farmland" if chance.random() < 0.7 else "meadow"
                if chance.random() < 0.88:
                    yield Thing(
                        _strip((column, row), step, strip / strips, 1 / strips, upright), {"landuse": kind}
                    )


def _strip(cell: tuple[int, int], step: float, start: float, share: float, upright: bool) -> Line:
    """A part of a cell of the quilt, a little smaller than its share and as crooked as everything else."""
    low, high = start + 0.012, start + share - 0.012
    corners = [(low, 0.012), (high, 0.012), (high, 0.988), (low, 0.988)]
    if not upright:
        corners = [(b, a) for a, b in corners]
    spots = [((cell[0] + a) * step, (cell[1] + b) * step) for a, b in corners]
    line = all_shifted(resampled([*spots, spots[0]], 110))
    return [*line[:-1], line[0]]


def _woods() -> Iterator[Thing]:
    for name, middle, radius in (
        ("Stadtwald", (1_650.0, 2_250.0), 780.0),
        ("Eichholz", (-2_700.0, 3_300.0), 640.0),
        ("Kohlwald", (-6_300.0, -1_900.0), 900.0),
        ("Birkenforst", (5_600.0, -3_600.0), 1_050.0),
        ("Hohe Leite", (800.0, 7_300.0), 700.0),
        ("Teufelsgraben", (-1_200.0, -6_600.0), 620.0),
        ("Tannicht", (6_700.0, 5_100.0), 820.0),
    ):
        yield Thing(blob(middle, radius, radius / 97, 0.4), {"natural": "wood", "name": name})


def _built_up() -> Iterator[Thing]:
    yield Thing(blob((0.0, 0.0), 1_330.0, 1.4, 0.1), {"landuse": "residential"})
    for angle, distance, radius in _SUBURBS:
        middle = all_shifted([polar(angle, distance)])[0]
        yield Thing(blob(middle, radius, angle / 20, 0.16), {"landuse": "residential"})
    works = all_shifted([polar(199, 1_650)])[0]
    yield Thing(blob(works, 560.0, 2.0, 0.2), {"landuse": "industrial", "name": "Gewerbepark West"})
    shops = all_shifted([polar(352, 1_520)])[0]
    yield Thing(blob((shops[0], shops[1] + 150), 170.0, 1.0, 0.2), {"landuse": "retail"})
    for village in VILLAGES:
        yield Thing(
            blob(shifted_middle(village), village.radius_m * 0.92, village.radius_m / 50),
            {"landuse": "residential"},
        )


def _greens() -> Iterator[Thing]:
    """Parks, schools and sports grounds: nobody's house stands there."""
    for name, at, radius, tags in (
        ("Stadtpark", (-190.0, -330.0), 82.0, {"leisure": "park"}),
        ("Hofgarten", (-520.0, 330.0), 90.0, {"leisure": "park"}),
        ("Neuer Friedhof", (900.0, 960.0), 130.0, {"landuse": "cemetery"}),
        ("Festwiese", (-1_050.0, -560.0), 120.0, {"leisure": "park"}),
        ("Grundschule Am Anger", (-620.0, -150.0), 62.0, {"amenity": "school"}),
        ("Gymnasium", (560.0, 640.0), 80.0, {"amenity": "school"}),
        ("Klinik am Park", (640.0, -520.0), 100.0, {"amenity": "hospital"}),
    ):
        yield Thing(blob(all_shifted([at])[0], radius, radius, 0.15), {"name": name, **tags})
    for at in ((1_150.0, 1_050.0), (-1_350.0, 900.0), (250.0, -1_750.0)):
        x, y = all_shifted([at])[0]
        yield Thing(
            [(x, y), (x + 105, y + 14), (x + 96, y + 82), (x - 9, y + 68), (x, y)], {"leisure": "pitch"}
        )


def _water() -> Iterator[Thing]:
    line = river_line()
    yield Thing(line, {"waterway": "river", "name": "Alder"})
    half = len(line) // 2
    for part in (line[: half + 1], line[half:]):
        yield Thing(ribbon(part, RIVER_WIDTH_M), {"natural": "water", "water": "river"})
    yield Thing(blob((3_000.0, -4_300.0), 330.0, 4.0, 0.3), {"natural": "water", "name": "Moorsee"})
    yield Thing(blob((-2_150.0, 2_050.0), 95.0, 2.0, 0.3), {"natural": "water", "name": "Eisweiher"})
    for name, spots in (
        ("Mühlbach", [(-1_900, 5_200), (-1_500, 3_600), (-1_900, 2_100), (-1_650, 900), (-1_760, -560)]),
        ("Moorgraben", [(2_900, -4_000), (2_500, -2_600), (1_900, -1_500), (1_400, -380)]),
    ):  # fmt: skip
        yield Thing(resampled(smooth(all_shifted(spots), 3), 60), {"waterway": "stream", "name": name})


def _rails() -> Iterator[Thing]:
    corners = [
        (-EDGE_M, -1_500),
        (-3_500, -1_150),
        (-900, -1_190),
        (900, -1_130),
        (3_600, -1_500),
        (EDGE_M, -2_400),
    ]
    line = resampled(smooth(corners, 4), 60)
    yield Thing(line, {"railway": "rail"})
    siding = [(x, y - 14) for x, y in line if -650 < x < 500]
    yield Thing(siding, {"railway": "rail", "service": "siding"})
    middle = min(line, key=lambda spot: math.dist(spot, (-60, -1_150)))
    x, y = middle[0], middle[1] + 32
    outline = [(x - 48, y - 9), (x + 48, y - 6), (x + 47, y + 11), (x - 49, y + 8), (x - 48, y - 9)]
    yield Thing(outline, {"building": "train_station", "name": "Aldersheim Bahnhof"})
