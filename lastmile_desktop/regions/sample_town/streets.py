"""The streets: roads to the villages, a ring road, an old town in its wall, quarters of different ages.

Quarters are laid out by direction and distance between two roads that leave the town; `ground.shifted` then
bends everything a little, so that no two blocks are alike.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

from lastmile_desktop.regions.sample_town.ground import (
    Line,
    Spot,
    all_shifted,
    in_river,
    polar,
    resampled,
    smooth,
)
from lastmile_desktop.regions.sample_town.names import Names

TOWN = "Aldersheim"
WALL_M = 330.0
RING_M = 1_180.0
#: Streets cross the wall street and the ring road by this much; what stays over is cut off later.
_OVER_M = 5.0


@dataclass(frozen=True, slots=True)
class Street:
    """A street: its name, OpenStreetMap's class, its line, and whether it may cross the river by a bridge."""

    name: str
    kind: str
    line: Line
    bridges: bool = False
    oneway: bool = False
    houses: str = ""
    ref: str = ""
    town: str = TOWN
    postcode: str = "99101"
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Village:
    """A village at the end of a road: where it is, how large, and which road leads there."""

    name: str
    postcode: str
    middle: Spot
    radius_m: float
    kind: str = "village"


VILLAGES = (
    Village("Brunnfeld", "99105", (4_400.0, 2_900.0), 520.0),
    Village("Hohenwies", "99110", (-1_200.0, 6_100.0), 430.0),
    Village("Aldersheim-West", "99102", (-3_200.0, 600.0), 560.0, "suburb"),
    Village("Lindach", "99108", (-4_000.0, -4_300.0), 460.0),
    Village("Moorau", "99107", (2_100.0, -5_200.0), 430.0),
    Village("Ziegelhof", "99101", (2_900.0, 900.0), 170.0, "hamlet"),
)


@dataclass(frozen=True, slots=True)
class _Radial:
    """A road out of town: direction at the wall, how it bends, its class, where it goes."""

    angle: float
    bend: float
    kind: str
    name: str
    ref: str
    target: Spot


_RADIALS = (
    _Radial(31, 5, "secondary", "Brunnfelder Straße", "St 2104", (4_400.0, 2_900.0)),
    _Radial(66, -6, "tertiary", "Waldstraße", "", (2_600.0, 8_400.0)),
    _Radial(103, 4, "secondary", "Hohenwieser Straße", "St 2107", (-1_200.0, 6_100.0)),
    _Radial(138, -5, "tertiary", "Steinbruchstraße", "", (-6_300.0, 5_600.0)),
    _Radial(171, 4, "primary", "Weststraße", "B 88", (-3_200.0, 600.0)),
    _Radial(229, -6, "secondary", "Lindacher Straße", "St 2104", (-4_000.0, -4_300.0)),
    _Radial(291, 6, "secondary", "Moorauer Straße", "St 2107", (2_100.0, -5_200.0)),
    _Radial(352, -5, "primary", "Oststraße", "B 88", (8_450.0, -600.0)),
)


def all_streets(seed: int = 7) -> list[Street]:
    """Every street of the region, in no order; lines may still cross each other and the river."""
    chance = random.Random(seed)
    names = Names(chance)
    for radial in _RADIALS:
        names.take(radial.name)
    streets = _old_town(chance, names)
    streets += _main_roads(names)
    for index, radial in enumerate(_RADIALS):
        streets += _quarter(chance, names, radial, _RADIALS[(index + 1) % len(_RADIALS)])
    for village in VILLAGES:
        streets += _village(chance, village)
    streets.append(Street("Ziegelhof", "unclassified", _farm_road(), houses="", town="Aldersheim"))
    return streets + _motorway() + _ramps()


def _farm_road() -> Line:
    """From the road to Brunnfeld to the farm of the bakery's neighbours, and on to the road to the east."""
    farm = VILLAGES[-1].middle
    return all_shifted(
        resampled(smooth([(2_700, 1_950), (2_750, 1_400), farm, (3_100, 200), (3_000, -420)], 3))
    )


def _angle(radial: _Radial, radius_m: float) -> float:
    return radial.angle + radial.bend * math.sin((radius_m - WALL_M) / 700)


def _radial_line(radial: _Radial) -> Line:
    """From the wall through the quarters, then in a wide curve to its end."""
    near = [polar(_angle(radial, radius), radius) for radius in range(int(WALL_M) - 5, 2_300, 45)]
    last, end = near[-1], radial.target
    direction = (near[-1][0] - near[-3][0], near[-1][1] - near[-3][1])
    length = math.hypot(*direction)
    away = math.dist(last, end) * 0.4
    ahead = (last[0] + direction[0] / length * away, last[1] + direction[1] / length * away)
    far = smooth([last, ahead, ((ahead[0] + end[0]) / 2 + 120, (ahead[1] + end[1]) / 2 - 90), end], 4)
    line = all_shifted(resampled([*near, *far[1:]], 35.0))
    if max(map(abs, end)) < 8_000 and math.dist(end, (0, 0)) > 3_000:
        line += _beyond(line)
    return line


def _beyond(line: Line) -> Line:
    """A road does not end in the village: it goes on to the edge of the map."""
    (x1, y1), (x2, y2) = line[-6], line[-1]
    length = math.dist((x1, y1), (x2, y2))
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    far = 8_450 - max(abs(x2), abs(y2))
    corners = [(x2, y2), (x2 + dx * far * 0.4 - 90 * dy, y2 + dy * far * 0.4 + 90 * dx)]
    corners.append((x2 + dx * far, y2 + dy * far))
    return resampled(smooth(corners, 3), 60.0)[1:]


def _main_roads(names: Names) -> list[Street]:
    streets = [
        Street(radial.name, radial.kind, _radial_line(radial), bridges=True, houses="sparse", ref=radial.ref)
        for radial in _RADIALS
    ]
    for name, start, end in (
        ("Nordring", 20, 160),
        ("Westring", 160, 200),
        ("Südring", 200, 330),
        ("Ostring", 330, 380),
    ):
        line = [polar(angle, _ring_m(angle)) for angle in range(start, end + 1, 2)]
        streets.append(
            Street(names.take(name), "secondary", all_shifted(line), bridges=True, tags={"maxspeed": "60"})
        )
    wall = [polar(angle, _wall_m(angle)) for angle in range(0, 361, 5)]
    for name, first, last in (
        ("Nordwall", 2, 32),
        ("Westwall", 32, 45),
        ("Südwall", 45, 62),
        ("Ostwall", 62, 74),
    ):
        part = [wall[index % 72] for index in range(first, last + 1)]
        streets.append(Street(names.take(name), "tertiary", all_shifted(part), houses="town"))
    return streets


def _ring_m(angle: float) -> float:
    turn = math.radians(angle)
    return RING_M * (1 + 0.10 * math.sin(2 * turn + 0.8) + 0.05 * math.sin(3 * turn))


def _wall_m(angle: float) -> float:
    turn = math.radians(angle)
    return WALL_M * (1 + 0.09 * math.sin(2 * turn + 2.0) + 0.05 * math.sin(5 * turn))


def _old_town(chance: random.Random, names: Names) -> list[Street]:
    """A long market square, lanes from it to the gates, and crooked lanes across."""
    market = [(-75.0, -22.0), (70.0, -30.0), (82.0, 24.0), (-66.0, 34.0), (-75.0, -22.0)]
    streets = [
        Street(names.take("Marktplatz"), "living_street", all_shifted(resampled(market)), houses="old")
    ]
    gates = [
        ("Langgasse", 171, (-75.0, 5.0)), ("Lange Brücke", 291, (20.0, -27.0)),
        ("Obere Gasse", 103, (-20.0, 30.0)), ("Torgasse", 31, (82.0, 10.0)),
        ("Ostgasse", 352, (76.0, -10.0)), ("Untere Gasse", 229, (-60.0, -23.0)),
        ("Hohe Gasse", 66, (45.0, 28.0)), ("Steingasse", 138, (-64.0, 30.0)),
    ]  # fmt: skip
    for name, angle, start in gates:
        end = polar(angle, _wall_m(angle) + _OVER_M)
        middle = (
            (start[0] + end[0]) / 2 + chance.uniform(-25, 25),
            (start[1] + end[1]) / 2 + chance.uniform(-25, 25),
        )
        line = all_shifted(resampled(smooth([start, middle, end], 2)))
        streets.append(
            Street(names.take(name), "residential", line, oneway=chance.random() < 0.4, houses="old")
        )
    angles = sorted(angle for _, angle, _ in gates)
    for radius, built in ((118, 0.8), (180, 0.95), (248, 0.85)):
        for first, last in zip(angles, [*angles[1:], angles[0] + 360], strict=True):
            if chance.random() > built:
                continue
            drift = chance.uniform(-22, 22)
            ends = (first - 4, last + 4)
            lane = [
                polar(
                    ends[0] + (ends[1] - ends[0]) * step / 8,
                    radius + drift * step / 8 + chance.uniform(-9, 9),
                )
                for step in range(9)
            ]
            kind = "pedestrian" if radius == 118 and last - first < 40 else "residential"
            line = all_shifted(resampled(smooth(lane, 2)))
            streets.append(
                Street(names.street("old"), kind, line, oneway=chance.random() < 0.3, houses="old")
            )
    return streets


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a quarter was built."""

    names: str
    houses: str
    depth_m: tuple[float, float]
    width_m: tuple[float, float]


_TOWN_MANNER = _Manner("town", "town", (95, 165), (120, 230))
_SUBURB = _Manner("suburb", "suburb", (75, 120), (170, 320))
_WORKS = _Manner("work", "work", (250, 330), (300, 460))
#: By the road on its right: how far the town's quarter reaches, and which way its streets run where it was
#: drawn with a ruler (degrees; None = around the town).
_QUARTERS: dict[float, tuple[float, float | None]] = {
    31: (0, None), 66: (2_250, None), 103: (1_850, 38.0), 138: (2_050, None), 171: (2_000, None),
    229: (1_900, 12.0), 291: (2_150, None), 352: (1_650, 71.0),
}  # fmt: skip
_RULED_TOWN: dict[float, float] = {66: 52.0, 229: 24.0, 352: 8.0}


def _quarter(chance: random.Random, names: Names, first: _Radial, second: _Radial) -> list[Street]:
    """What lies between two roads out of town: town houses inside the ring, then suburbs, works or a wood."""
    town = (WALL_M + 95, 1_080.0)
    if first.angle in _RULED_TOWN:
        streets = _ruled(
            chance, names, first, second, (town[0], 1_240.0), _RULED_TOWN[first.angle], _TOWN_MANNER
        )
    else:
        streets = _belts(chance, names, first, second, town, _TOWN_MANNER)
    reach, heading = _QUARTERS[first.angle]
    manner = _WORKS if first.angle == 171 else _SUBURB
    outside = (RING_M * 1.12, reach)
    if heading is not None:
        return streets + _ruled(chance, names, first, second, outside, heading, manner)
    return streets + _belts(chance, names, first, second, outside, manner)


def _ruled(
    chance: random.Random,
    names: Names,
    first: _Radial,
    second: _Radial,
    radii: tuple[float, float],
    heading: float,
    manner: _Manner,
) -> list[Street]:
    """Straight streets both ways, as the nineteenth century and the housing estates liked them."""
    streets = []
    for turn, gaps in ((heading, manner.depth_m), (heading + 84, manner.width_m)):
        offset = -radii[1] + chance.uniform(0, 60)
        while offset < radii[1]:
            offset += chance.uniform(*gaps)
            for run in _runs(first, second, radii, turn, offset):
                if len(run) > 4 and chance.random() < 0.93:
                    line = all_shifted(run)
                    streets.append(
                        Street(names.street(manner.names), "residential", line, houses=manner.houses)
                    )
    return streets


def _runs(
    first: _Radial, second: _Radial, radii: tuple[float, float], heading: float, offset_m: float
) -> list[Line]:
    """The parts of a straight line that lie in the quarter, a little over its edges."""
    side = polar(heading + 90, offset_m)
    runs: list[Line] = []
    open_run = False
    for step in range(-int(radii[1]), int(radii[1]), 20):
        ahead = polar(heading, step)
        spot = (side[0] + ahead[0], side[1] + ahead[1])
        radius = math.hypot(*spot)
        angle = math.degrees(math.atan2(spot[1], spot[0])) % 360
        start, end = _angle(first, radius), _angle(second, radius)
        is_in = radii[0] - 10 < radius < radii[1] and (angle - start) % 360 < (end - start) % 360
        if is_in and not open_run:
            runs.append([])
        if is_in:
            runs[-1].append(spot)
        open_run = is_in
    return runs


def _belts(
    chance: random.Random,
    names: Names,
    first: _Radial,
    second: _Radial,
    reach_m: tuple[float, float],
    manner: _Manner,
) -> list[Street]:
    """Curved streets from road to road, one outside the other, and streets across that join them."""
    streets: list[Street] = []
    radius, outer_m = reach_m
    wave = chance.uniform(0, 6)
    before: float | None = radius - 95 if manner is _TOWN_MANNER else None
    while radius < outer_m:
        frayed = manner is _SUBURB and radius > outer_m - 420
        low = 0.0 if not frayed else chance.uniform(0.0, 0.3)
        high = 1.0 if not frayed else chance.uniform(0.7, 1.0)
        line = [_between(first, second, share, radius, wave) for share in _shares(low, high)]
        streets.append(
            Street(names.street(manner.names), "residential", all_shifted(line), houses=manner.houses)
        )
        if before is not None:
            streets += _across(chance, names, first, second, (before, radius), wave, manner, (low, high))
        before = radius
        radius += chance.uniform(*manner.depth_m)
    return streets


def _shares(low: float, high: float) -> list[float]:
    count = 28
    return [low + (high - low) * step / count for step in range(count + 1)]


def _between(first: _Radial, second: _Radial, share: float, radius_m: float, wave: float) -> Spot:
    """A spot between two roads: share 0 on the first, 1 on the second."""
    start, end = _angle(first, radius_m), _angle(second, radius_m)
    if end < start:
        end += 360
    bulge = 24 * math.sin(share * 9 + wave + radius_m / 160) * math.sin(math.pi * share)
    return polar(start + (end - start) * share, radius_m + bulge)


def _across(
    chance: random.Random,
    names: Names,
    first: _Radial,
    second: _Radial,
    radii: tuple[float, float],
    wave: float,
    manner: _Manner,
    shares: tuple[float, float],
) -> list[Street]:
    """Short streets from one curved street to the next; some stop half way."""
    span = (_angle(second, radii[1]) - _angle(first, radii[1])) % 360
    length = math.radians(span) * radii[1]
    count = max(1, round(length / chance.uniform(*manner.width_m)))
    streets = []
    for index in range(count):
        share = (index + chance.uniform(0.25, 0.75)) / count
        if not shares[0] + 0.03 < share < shares[1] - 0.03:
            continue
        stops = 0.6 if manner is _SUBURB and chance.random() < 0.3 else 1.0
        lean = chance.uniform(-0.02, 0.02)
        steps = 7
        line = []
        for step in range(steps + 1):
            part = step / steps * stops
            outer = radii[1] + (_OVER_M if stops == 1.0 else 0.0)
            inner = radii[0] - _OVER_M
            line.append(_between(first, second, share + lean * part, inner + (outer - inner) * part, wave))
        kind = "residential" if manner is not _SUBURB or stops == 1.0 else "living_street"
        streets.append(Street(names.street(manner.names), kind, all_shifted(line), houses=manner.houses))
    return streets


def _village(chance: random.Random, village: Village) -> list[Street]:
    """Lanes that branch off the road through the village, and lanes that branch off those."""
    names = Names(chance)
    middle, radius = shifted_middle(village), village.radius_m
    streets: list[Street] = []

    def lane(start: Spot, heading: float, length: float, name: str, kind: str = "residential") -> Line:
        spot, points = start, [start]
        bend = chance.uniform(-0.22, 0.22)
        for _ in range(max(3, int(length / 30))):
            heading += bend * 0.35 + chance.uniform(-0.06, 0.06)
            spot = (spot[0] + 30 * math.cos(heading), spot[1] + 30 * math.sin(heading))
            if math.dist(spot, middle) > radius or in_river(spot, 12):
                break
            points.append(spot)
        if len(points) > 2:
            streets.append(
                Street(name, kind, points, houses="village", town=village.name, postcode=village.postcode)
            )
        return points

    turn = chance.uniform(0, math.tau)
    spine: list[tuple[Spot, float]] = []
    for side in (0.0, math.pi):
        points = lane(
            middle,
            turn + side,
            radius,
            "Dorfstraße" if village.kind == "village" else names.street("village"),
        )
        spine += [(points[index], turn + side) for index in range(2, len(points) - 1, 3)]
    for start, heading in spine:
        side = chance.choice((-1, 1))
        branch = lane(
            start,
            heading + side * chance.uniform(1.2, 1.8),
            radius * chance.uniform(0.4, 0.8),
            names.street("village"),
        )
        if len(branch) > 5 and chance.random() < 0.75:
            twig = branch[len(branch) // 2]
            lane(twig, heading + chance.uniform(-0.3, 0.3), radius * 0.5, names.street("village"))
    return streets


def shifted_middle(village: Village) -> Spot:
    """Where the village's middle came to be: on its road."""
    return all_shifted([village.middle])[0]


def _motorway() -> list[Street]:
    """Two carriageways in the north-west, and a junction with the road to the quarry."""
    middle = smooth([(-8_450, 2_300), (-6_200, 3_600), (-4_400, 4_900), (-3_600, 6_600), (-3_300, 8_450)], 4)
    line = resampled(middle, 60.0)
    streets = []
    for offset, turned in ((14.0, False), (-14.0, True)):
        side = _beside(line, offset)
        streets.append(
            Street("", "motorway", side[::-1] if turned else side, bridges=True, oneway=True, ref="A 70",
                   tags={"maxspeed": "120", "lanes": "2"})
        )  # fmt: skip
    return streets


def _ramps() -> list[Street]:
    """Ways on and off the motorway where the road to the quarry crosses it."""
    across = next(_radial_line(one) for one in _RADIALS if one.name == "Steinbruchstraße")
    ramps = []
    for motorway in _motorway():
        (at, on) = min(
            ((one, other) for one in range(len(motorway.line)) for other in range(len(across))),
            key=lambda pair: math.dist(motorway.line[pair[0]], across[pair[1]]),
        )
        town_side = motorway.line is not _motorway()[0].line
        foot = across[on - 4] if town_side else across[on + 4]
        for end, is_exit in ((at - 6, True), (at + 6, False)):
            corner = motorway.line[(at + end) // 2 + (0 if is_exit else 1)]
            bow = ((corner[0] + 2 * foot[0]) / 3, (corner[1] + 2 * foot[1]) / 3)
            line = resampled(smooth([motorway.line[end], bow, foot], 3))
            ramps.append(
                Street("", "motorway_link", line if is_exit else line[::-1], bridges=True, oneway=True)
            )
    return ramps


def _beside(line: Line, offset_m: float) -> Line:
    points = []
    for index, (x, y) in enumerate(line):
        before, after = line[max(0, index - 1)], line[min(len(line) - 1, index + 1)]
        length = math.dist(before, after) or 1.0
        points.append(
            (x - (after[1] - before[1]) / length * offset_m, y + (after[0] - before[0]) / length * offset_m)
        )
    return points
