"""From lines that cross to streets that meet: shared points at crossings, bridges, no loose ends."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lastmile_desktop.regions.sample_town.ground import Line, Spot, in_river
from lastmile_desktop.regions.sample_town.streets import Street

_CELL_M = 60.0
#: Points nearer to each other than this are one.
_SAME_M = 1.5
#: Ends that lead nowhere are cut off when they are shorter.
_STUB_M = 45.0
#: Roads of these classes pass over others without meeting them.
_APART = {"motorway"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a street between two of its meetings with others; ``nodes`` count `Network.spots`."""

    street: Street
    nodes: tuple[int, ...]
    bridge: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """Streets that meet: ``spots[n]`` is node n; the pieces of a street are in its order."""

    spots: list[Spot]
    pieces: list[Piece]


def joined(streets: list[Street]) -> Network:
    """Cut the streets where they cross each other and the river, and drop short loose ends."""
    nodes = _Nodes()
    chains = [
        _nodes_of(street, cuts, nodes) for street, cuts in zip(streets, _crossings(streets), strict=True)
    ]
    pieces = [
        piece
        for street, chain in zip(streets, chains, strict=True)
        for piece in _over_water(street, chain, nodes.spots)
    ]
    pieces = _split_at_meetings(pieces)
    return Network(nodes.spots, _without_stubs(_connected(pieces), nodes.spots))


class _Nodes:
    """Numbers for spots; nearly the same spot is the same node."""

    def __init__(self) -> None:
        self.spots: list[Spot] = []
        self._by_cell: dict[tuple[int, int], list[int]] = defaultdict(list)

    def number(self, spot: Spot) -> int:
        """The node at a spot, new or known."""
        column, row = int(spot[0] // _SAME_M), int(spot[1] // _SAME_M)
        for across in (-1, 0, 1):
            for down in (-1, 0, 1):
                for known in self._by_cell.get((column + across, row + down), ()):
                    if math.dist(self.spots[known], spot) < _SAME_M:
                        return known
        self.spots.append(spot)
        self._by_cell[column, row].append(len(self.spots) - 1)
        return len(self.spots) - 1


def _crossings(streets: list[Street]) -> list[list[tuple[int, float, Spot]]]:
    """For each street where others cross it: (segment, share of the segment, spot)."""
    cells: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for index, street in enumerate(streets):
        for segment in range(len(street.line) - 1):
            for cell in _cells(street.line[segment], street.line[segment + 1]):
                cells[cell].append((index, segment))
    cuts: list[list[tuple[int, float, Spot]]] = [[] for _ in streets]
    seen: set[tuple[int, int, int, int]] = set()
    for members in cells.values():
        for place, (one, first) in enumerate(members):
            for other, second in members[place + 1 :]:
                if one == other or (one, first, other, second) in seen:
                    continue
                seen.add((one, first, other, second))
                if (streets[one].kind in _APART) != (streets[other].kind in _APART) and not _is_ramp(
                    streets[one], streets[other]
                ):
                    continue
                met = _meeting(streets[one].line, first, streets[other].line, second)
                if met is not None:
                    cuts[one].append((first, met[0], met[2]))
                    cuts[other].append((second, met[1], met[2]))
    return cuts


def _is_ramp(one: Street, other: Street) -> bool:
    return "motorway_link" in (one.kind, other.kind)


def _cells(start: Spot, end: Spot) -> Iterator[tuple[int, int]]:
    low_x, high_x = sorted((start[0], end[0]))
    low_y, high_y = sorted((start[1], end[1]))
    for column in range(int(low_x // _CELL_M), int(high_x // _CELL_M) + 1):
        for row in range(int(low_y // _CELL_M), int(high_y // _CELL_M) + 1):
            yield column, row


def _meeting(one: Line, first: int, other: Line, second: int) -> tuple[float, float, Spot] | None:
    """Where two segments cross: (share of the first, share of the second, spot)."""
    (x1, y1), (x2, y2) = one[first], one[first + 1]
    (x3, y3), (x4, y4) = other[second], other[second + 1]
    across = (x2 - x1) * (y4 - y3) - (y2 - y1) * (x4 - x3)
    if abs(across) < 1e-9:
        return None
    share = ((x3 - x1) * (y4 - y3) - (y3 - y1) * (x4 - x3)) / across
    along = ((x3 - x1) * (y2 - y1) - (y3 - y1) * (x2 - x1)) / across
    if not (-1e-9 <= share <= 1 + 1e-9 and -1e-9 <= along <= 1 + 1e-9):
        return None
    return share, along, (x1 + (x2 - x1) * share, y1 + (y2 - y1) * share)


def _nodes_of(street: Street, cuts: list[tuple[int, float, Spot]], nodes: _Nodes) -> list[int]:
    """The street as nodes, with one at each crossing."""
    by_segment: dict[int, list[tuple[float, Spot]]] = defaultdict(list)
    for segment, share, spot in cuts:
        by_segment[segment].append((share, spot))
    chain: list[int] = []
    for index, corner in enumerate(street.line):
        for spot in (corner, *(spot for _, spot in sorted(by_segment.get(index, ())))):
            number = nodes.number(spot)
            if not chain or chain[-1] != number:
                chain.append(number)
    return chain


def _over_water(street: Street, chain: list[int], spots: list[Spot]) -> Iterator[Piece]:
    """The parts of a street on land and, where it may have bridges, those over the river."""
    run: list[int] = []
    was_wet: bool | None = None
    for before, after in itertools.pairwise(chain):
        middle = ((spots[before][0] + spots[after][0]) / 2, (spots[before][1] + spots[after][1]) / 2)
        is_wet = any(in_river(spot, 4.0) for spot in (spots[before], middle, spots[after]))
        if is_wet is not was_wet:
            if len(run) > 1 and (not was_wet or street.bridges):
                yield Piece(street, tuple(run), bridge=bool(was_wet))
            run, was_wet = [before], is_wet
        run.append(after)
    if len(run) > 1 and (not was_wet or street.bridges):
        yield Piece(street, tuple(run), bridge=bool(was_wet))


def _split_at_meetings(pieces: list[Piece]) -> list[Piece]:
    uses = Counter(node for piece in pieces for node in piece.nodes)
    parts = []
    for piece in pieces:
        start = 0
        for index in range(1, len(piece.nodes)):
            if uses[piece.nodes[index]] > 1 or index == len(piece.nodes) - 1:
                parts.append(Piece(piece.street, piece.nodes[start : index + 1], piece.bridge))
                start = index
    return parts


def _connected(pieces: list[Piece]) -> list[Piece]:
    """The pieces that hang together: what the river cut off was never built."""
    root: dict[int, int] = {}

    def find(node: int) -> int:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for piece in pieces:
        root[find(piece.nodes[0])] = find(piece.nodes[-1])
    sizes = Counter(find(piece.nodes[0]) for piece in pieces)
    (largest, _), *_ = sizes.most_common(1)
    return [piece for piece in pieces if find(piece.nodes[0]) == largest]


def _without_stubs(pieces: list[Piece], spots: list[Spot]) -> list[Piece]:
    """Without short ends that lead nowhere; taking one away can bare another."""
    while True:
        ends = Counter(node for piece in pieces for node in (piece.nodes[0], piece.nodes[-1]))
        kept = [
            piece
            for piece in pieces
            if _length(piece, spots) >= _STUB_M or min(ends[piece.nodes[0]], ends[piece.nodes[-1]]) > 1
        ]
        if len(kept) == len(pieces):
            return kept
        pieces = kept


def _length(piece: Piece, spots: list[Spot]) -> float:
    return sum(math.dist(spots[one], spots[other]) for one, other in itertools.pairwise(piece.nodes))
