"""The problem of a day that has changed a little, without asking again for what is known.

A matrix of 1,000 places has a million entries; one more order adds two thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lastmile_desktop.engine.problem import Problem, build_problem
from lastmile_desktop.model import Day, Location, TravelMatrix, TravelModel

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Known places that a travel model is asked about together with the new ones. Small, because the model also
#: answers for all pairs among them, which nobody needs.
_ASKED_AT_ONCE = 64
#: With more runs of neighbouring places than this, copying one by one is quicker.
_MOST_RUNS = 24


def extend_problem(old: Problem, day: Day, travel: TravelModel) -> Problem:
    """The same as ``build_problem(day, travel)``, quickly when most places of ``day`` are in ``old``.

    ``old`` must have been made with the same ``travel``: its figures are taken over unseen.
    """
    return build_problem(day, KnownTravel(old, travel))


class KnownTravel:
    """A travel model that answers from a problem's matrix and asks another one only about new places."""

    def __init__(self, known: Problem, travel: TravelModel) -> None:
        self._known = known
        self._travel = travel
        self._index = {place: number for number, place in enumerate(known.locations) if place is not None}

    @property
    def source(self) -> str:
        """Where the figures come from, in the contract's words."""
        return self._travel.source

    def matrix(self, locations: Sequence[Location]) -> TravelMatrix:
        """Travel between all pairs of ``locations``: (n, n), seconds and metres."""
        places = tuple(locations)
        new = [number for number, place in enumerate(places) if place not in self._index]
        if len(new) * 2 > len(places):
            return self._travel.matrix(places)
        old = [number for number, place in enumerate(places) if place in self._index]
        rows = np.array([self._index[places[number]] for number in old], dtype=np.int64)
        duration_s = _spread(self._known.duration_s, rows, old, len(places))
        distance_m = _spread(self._known.distance_m, rows, old, len(places))
        for first in range(0, len(old), _ASKED_AT_ONCE) if new else ():
            numbers = np.array([*new, *old[first : first + _ASKED_AT_ONCE]], dtype=np.int64)
            asked = self._travel.matrix([places[number] for number in numbers])
            fresh = numbers[: len(new)]
            for table, answer in ((duration_s, asked.duration_s), (distance_m, asked.distance_m)):
                table[np.ix_(fresh, numbers)] = answer[: len(new)]
                table[np.ix_(numbers, fresh)] = answer[:, : len(new)]
        return TravelMatrix(places, duration_s, distance_m, self._known.source)

    def line(self, start: Location, end: Location) -> tuple[Location, ...]:
        """The points of the leg from ``start`` to ``end``."""
        return self._travel.line(start, end)


def _spread(
    table: NDArray[np.int32], rows: NDArray[np.int64], numbers: Sequence[int], count: int
) -> NDArray[np.int32]:
    """The known entries of a table at their new places; (count, count), the others 0."""
    spread = np.zeros((count, count), dtype=np.int32)
    at = np.array(numbers, dtype=np.int64)
    cuts = np.flatnonzero((np.diff(rows) != 1) | (np.diff(at) != 1)) + 1
    if len(cuts) > _MOST_RUNS:
        spread[np.ix_(at, at)] = table[np.ix_(rows, rows)]
        return spread
    # One order more or less leaves the others in a few long runs: whole blocks are copied at once.
    runs = [
        (slice(int(new[0]), int(new[-1]) + 1), slice(int(old[0]), int(old[-1]) + 1))
        for new, old in zip(np.split(at, cuts), np.split(rows, cuts), strict=True)
        if len(new)
    ]
    for new_rows, old_rows in runs:
        for new_columns, old_columns in runs:
            spread[new_rows, new_columns] = table[old_rows, old_columns]
    return spread
