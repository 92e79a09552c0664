"""House numbers along a way that says how they count up between its ends (``addr:interpolation``)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from lastmile_desktop.regions.build.address_relations import Tags
from lastmile_desktop.regions.house_numbers import house_number

_STEPS = {"odd": 2, "even": 2, "all": 1}
_MOST = 400

End = tuple[Tags, float, float]


def between(kind: str, first: End, last: End, line: list[tuple[float, float]]) -> Iterator[End]:
    """The addresses strictly between two address nodes, spaced evenly along ``line`` from one to the other.

    None for numbers that do not fit the way's kind.
    """
    start, end = (house_number(node[0].get("addr:housenumber", "")) for node in (first, last))
    step = _STEPS.get(kind, int(kind) if kind.isdecimal() else 0)
    if start is None or end is None or not step or start[0] == end[0]:
        return
    if (end[0] - start[0]) % step or abs(end[0] - start[0]) > _MOST:
        return
    direction = step if end[0] > start[0] else -step
    count = abs(end[0] - start[0]) // step
    tags = {**last[0], **first[0]}
    for place in range(1, count):
        number = str(start[0] + direction * place)
        yield ({**tags, "addr:housenumber": number}, *_along(line, place / count))


def _along(line: list[tuple[float, float]], share: float) -> tuple[float, float]:
    """The point at a share of a line's length. Degrees count alike: an estimate needs no more."""
    lengths = [math.dist(one, other) for one, other in pairwise(line)]
    left = share * math.fsum(lengths)
    for (one, other), length in zip(pairwise(line), lengths, strict=True):
        if left <= length and length > 0:
            part = left / length
            return one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part
        left -= length
    return line[-1]
