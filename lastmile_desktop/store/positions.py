"""Positions that keep a list's order in its rows, so that inserting or moving one entry changes one row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

#: Room left between neighbours: twenty insertions at the same spot before a list is numbered afresh.
GAP = 1 << 20


def positions_for(keys: Sequence[str], before: Mapping[str, int]) -> list[int]:
    """A rising position for each of ``keys``; as many as possible keep the one they have in ``before``."""
    known = [before[key] for key in keys if key in before]
    kept = set(_longest_rising(known))
    result: list[int | None] = [
        position if (position := before.get(key)) is not None and position in kept else None for key in keys
    ]
    index = 0
    while index < len(result):
        if result[index] is not None:
            index += 1
            continue
        end = index
        while end < len(result) and result[end] is None:
            end += 1
        spread = _between(
            result[index - 1] if index else None, result[end] if end < len(result) else None, end - index
        )
        if spread is None:
            return [(place + 1) * GAP for place in range(len(keys))]
        result[index:end] = spread
        index = end
    return [position for position in result if position is not None]


def _between(low: int | None, high: int | None, count: int) -> list[int] | None:
    """``count`` positions between two neighbours (None = no neighbour); None when there is no room."""
    if low is None:
        low = 0 if high is None else high - GAP * (count + 1)
    if high is None:
        high = low + GAP * (count + 1)
    step = (high - low) // (count + 1)
    return [low + step * (place + 1) for place in range(count)] if step else None


def _longest_rising(numbers: Sequence[int]) -> Sequence[int]:
    """The longest strictly rising selection from ``numbers``, in their order."""
    if all(first < second for first, second in pairwise(numbers)):
        return numbers
    tails: list[int] = []  # tails[n] = the smallest end of a rising selection of length n + 1
    tail_places: list[int] = []
    previous: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(tails, number)
        previous.append(tail_places[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        tail_places[length : length + 1] = [place]
    selection: list[int] = []
    place = tail_places[-1]
    while place >= 0:
        selection.append(numbers[place])
        place = previous[place]
    return selection[::-1]
