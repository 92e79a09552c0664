"""Houses along the streets, with rising numbers: odd on the left, even on the right."""

from __future__ import annotations

import itertools
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lastmile_desktop.regions.sample_town.ground import Line, Spot, in_river, inside
from lastmile_desktop.regions.sample_town.network import Network
from lastmile_desktop.regions.sample_town.streets import Street
from lastmile_desktop.regions.sample_town.surroundings import free_grounds

_CELL_M = 40.0


@dataclass(frozen=True, slots=True)
class House:
    """A building: its outline, its address ("" number = none), what it is."""

    outline: Line
    middle: Spot
    street: str
    number: str
    town: str
    postcode: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Plot:
    """How houses of a quarter stand: along the street, back from it, and how large they are."""

    every_m: tuple[float, float]
    back_m: float
    front_m: tuple[float, float]
    depth_m: tuple[float, float]
    left_out: float
    kind: str


_PLOTS = {
    "old": _Plot((9.5, 12.5), 10.5, (9.0, 12.0), (11.0, 15.0), 0.04, "house"),
    "town": _Plot((15.0, 22.0), 15.0, (12.0, 18.0), (11.0, 14.0), 0.10, "apartments"),
    "suburb": _Plot((19.0, 27.0), 16.0, (9.0, 13.0), (8.5, 11.5), 0.08, "house"),
    "village": _Plot((22.0, 34.0), 16.0, (10.0, 15.0), (9.0, 13.0), 0.12, "farm"),
    "work": _Plot((70.0, 110.0), 48.0, (40.0, 75.0), (30.0, 60.0), 0.15, "commercial"),
    "sparse": _Plot((26.0, 40.0), 18.0, (11.0, 16.0), (10.0, 13.0), 0.25, "house"),
}


def all_houses(network: Network, seed: int = 11) -> list[House]:
    """Houses on both sides of the streets; none stands on a street, in the river or on another."""
    chance = random.Random(seed)
    built = _Built(network)
    free = free_grounds()
    houses: list[House] = []
    # A street of two halves, as in the villages, has one row of numbers.
    counters: dict[tuple[str, str], dict[int, int]] = defaultdict(lambda: {1: 1, -1: 2})
    for street, lines in _by_street(network):
        plot = _PLOTS.get(street.houses)
        if plot is None:
            continue
        numbers = counters[street.name, street.town]
        for line in lines:
            for spot, heading, side in _fronts(line, plot, chance):
                if street.houses == "sparse" and not 340 < math.hypot(*spot) < 2_300:
                    continue
                number = numbers[side]
                numbers[side] += 2
                if chance.random() < plot.left_out:
                    continue
                house = _house(street, plot, spot, heading, side, number, chance)
                if not any(inside(house.middle, outline) for outline in free) and built.take(house):
                    houses.append(house)
    return houses


def _by_street(network: Network) -> Iterator[tuple[Street, list[Line]]]:
    """Streets with the lines of their pieces; bridges have no houses."""
    lines: dict[int, list[Line]] = defaultdict(list)
    streets: dict[int, Street] = {}
    for piece in network.pieces:
        if not piece.bridge:
            streets[id(piece.street)] = piece.street
            lines[id(piece.street)].append([network.spots[node] for node in piece.nodes])
    for key, street in streets.items():
        yield street, lines[key]


def _fronts(line: Line, plot: _Plot, chance: random.Random) -> Iterator[tuple[Spot, float, int]]:
    """Where houses could stand: (spot on the street, its direction, 1 = left or -1 = right)."""
    for side in (1, -1):
        wait = chance.uniform(*plot.every_m) * 0.8
        for (x1, y1), (x2, y2) in itertools.pairwise(line):
            length = math.dist((x1, y1), (x2, y2))
            at = wait
            while at < length:
                yield (
                    (x1 + (x2 - x1) * at / length, y1 + (y2 - y1) * at / length),
                    math.atan2(y2 - y1, x2 - x1),
                    side,
                )
                at += chance.uniform(*plot.every_m)
            wait = at - length


def _house(
    street: Street, plot: _Plot, spot: Spot, heading: float, side: int, number: int, chance: random.Random
) -> House:
    front, depth = chance.uniform(*plot.front_m), chance.uniform(*plot.depth_m)
    back = plot.back_m + chance.uniform(-1.5, 2.5)
    across = heading + side * math.pi / 2
    middle = (spot[0] + back * math.cos(across), spot[1] + back * math.sin(across))
    turn = heading + chance.uniform(-0.05, 0.05)
    ux, uy = math.cos(turn), math.sin(turn)
    corners: list[Spot] = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    if plot.kind in ("apartments", "commercial", "farm") and chance.random() < 0.35:
        corners = [(-1, -1), (1, -1), (1, 1), (0.2, 1), (0.2, 0.1), (-1, 0.1)]  # an angle
    outline = [
        (
            middle[0] + a * front / 2 * ux - b * depth / 2 * uy,
            middle[1] + a * front / 2 * uy + b * depth / 2 * ux,
        )
        for a, b in corners
    ]
    letter = chance.choice("ab") if chance.random() < 0.03 else ""
    return House(
        [*outline, outline[0]],
        middle,
        street.name,
        f"{number}{letter}",
        street.town,
        street.postcode,
        plot.kind,
    )


class _Built:
    """What ground is taken, by streets and by houses, as discs in a grid."""

    def __init__(self, network: Network) -> None:
        self._discs: dict[tuple[int, int], list[tuple[float, float, float]]] = defaultdict(list)
        for piece in network.pieces:
            half = 9.0 if piece.street.kind in ("motorway", "primary", "secondary") else 4.6
            line = [network.spots[node] for node in piece.nodes]
            for start, end in itertools.pairwise(line):
                count = max(1, math.ceil(math.dist(start, end) / 5.0))
                for part in range(count + 1):
                    share = part / count
                    self._add(
                        start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share, half
                    )

    def take(self, house: House) -> bool:
        """Take the house's ground if it is free and dry."""
        discs = list(_discs(house.outline))
        for x, y, radius in discs:
            if in_river((x, y), radius + 6):
                return False
            column, row = int(x // _CELL_M), int(y // _CELL_M)
            for across in (-1, 0, 1):
                for down in (-1, 0, 1):
                    for a, b, other in self._discs.get((column + across, row + down), ()):
                        if math.hypot(x - a, y - b) < radius + other:
                            return False
        for x, y, radius in discs:
            self._add(x, y, radius)
        return True

    def _add(self, x: float, y: float, radius: float) -> None:
        self._discs[int(x // _CELL_M), int(y // _CELL_M)].append((x, y, radius))


def _discs(outline: Sequence[Spot]) -> Iterator[tuple[float, float, float]]:
    """Discs that cover a rectangle roughly, two or more along its longer side."""
    (x1, y1), (x2, y2), (x3, y3) = outline[0], outline[1], outline[2]
    wide, deep = math.dist((x1, y1), (x2, y2)), math.dist((x2, y2), (x3, y3))
    radius = min(wide, deep) / 2 * 0.98
    middle = ((x1 + x3) / 2, (y1 + y3) / 2)
    longer = (x2 - x1, y2 - y1) if wide >= deep else (x3 - x2, y3 - y2)
    length = max(wide, deep)
    reach = length / 2 - radius
    count = max(1, math.ceil(reach / radius) + 1)
    for index in range(count):
        along = 0.0 if count == 1 else (-reach + 2 * reach * index / (count - 1)) / length
        yield middle[0] + longer[0] * along, middle[1] + longer[1] * along, radius
