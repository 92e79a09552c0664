"""What a new plan changes in the plan on the table, counted from the two timetables alone.

Nothing here knows a search: the same few lines judge every plan, wherever it comes from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lastmile_desktop.model import Timetable

#: Per vehicle key the orders of its route in driving order, each with the start of its service (seconds
#: after midnight).
Snapshot = Mapping[str, Sequence[tuple[str, int]]]


@dataclass(frozen=True)
class ChangeBudget:
    """How far a new plan may depart from the plan on the table; None = as far as it likes.

    Counted are the orders that stand on a route now and are neither new nor changed themselves.
    ``other_vehicle``: how many may change to another vehicle, or lose their place on any. ``moved``: how many
    may change their place in the sequence of their vehicle. ``shifted``: how many may be served more than
    ``shift_s`` seconds earlier or later. An order that changes vehicle or place must save at least
    ``least_saving_cents`` besides. Raises ValueError for a negative number.
    """

    other_vehicle: int | None = None
    moved: int | None = None
    shifted: int | None = None
    shift_s: int = 15 * 60
    least_saving_cents: int = 0

    def __post_init__(self) -> None:
        if any(
            limit is not None and limit < 0 for limit in (*self.limits, self.shift_s, self.least_saving_cents)
        ):
            raise ValueError("a number of changes cannot be negative")

    @classmethod
    def at_most(cls, count: int, shift_s: int = 15 * 60, least_saving_cents: int = 0) -> ChangeBudget:
        """At most ``count`` changes of each kind. Raises ValueError for a negative number."""
        return cls(count, count, count, shift_s, least_saving_cents)

    @property
    def limits(self) -> tuple[int | None, int | None, int | None]:
        """The three limits, in the order of ``Changes.counts``."""
        return self.other_vehicle, self.moved, self.shifted

    def allows(self, changes: Changes) -> bool:
        """True when no limit is passed."""
        return all(
            limit is None or count <= limit for limit, count in zip(self.limits, changes.counts, strict=True)
        )

    def widened(self, forced: Changes) -> ChangeBudget:
        """This budget with room for ``forced``, the changes that nobody can avoid."""
        other_vehicle, moved, shifted = (
            None if limit is None else max(limit, count)
            for limit, count in zip(self.limits, forced.counts, strict=True)
        )
        return ChangeBudget(other_vehicle, moved, shifted, self.shift_s, self.least_saving_cents)


@dataclass(frozen=True)
class Changes:
    """Keys of the orders that a new plan treats differently; each tuple is sorted.

    ``other_vehicle``: on another vehicle than before, or on none. ``moved``: the fewest orders that must be
    taken out of their vehicle's route so that the others keep their sequence. ``shift_s``: by how much the
    service of each order starts later (negative: earlier), only where it differs. ``shifted``: those of them
    beyond the budget's bound.
    """

    other_vehicle: tuple[str, ...]
    moved: tuple[str, ...]
    shifted: tuple[str, ...]
    shift_s: Mapping[str, int]

    @property
    def counts(self) -> tuple[int, int, int]:
        """(to another vehicle, moved in sequence, shifted in time)."""
        return len(self.other_vehicle), len(self.moved), len(self.shifted)

    @property
    def touched(self) -> frozenset[str]:
        """All orders that change vehicle or place in the sequence."""
        return frozenset(self.other_vehicle) | frozenset(self.moved)


def snapshot(timetable: Timetable) -> dict[str, list[tuple[str, int]]]:
    """What ``count_changes`` needs of a timetable; orders of one visit follow each other."""
    return {
        route.vehicle_key: [(key, visit.start_s) for visit in route.visits for key in visit.order_keys]
        for route in timetable.routes
    }


def count_changes(before: Snapshot, after: Snapshot, apart: Collection[str], shift_s: int) -> Changes:
    """Compare two plans. Orders ``apart`` (new, changed or deleted ones) are left out of the account."""
    old = {key: vehicle for vehicle, stops in before.items() for key, _ in stops if key not in apart}
    new = {key: vehicle for vehicle, stops in after.items() for key, _ in stops}
    starts = {key: start for stops in after.values() for key, start in stops}
    other = sorted(key for key, vehicle in old.items() if new.get(key) != vehicle)
    gone = set(other)
    moved: list[str] = []
    shifts: dict[str, int] = {}
    for vehicle, stops in before.items():
        stayed = [key for key, _ in stops if key in old and key not in gone]
        rank = {key: number for number, key in enumerate(stayed)}
        sequence = [key for key, _ in after.get(vehicle, ()) if key in rank]
        kept = _longest_rising([rank[key] for key in sequence])
        moved.extend(key for key in stayed if rank[key] not in kept)
    for stops in before.values():
        for key, start in stops:
            if key in old and key in starts and starts[key] != start:
                shifts[key] = starts[key] - start
    shifted = sorted(key for key, shift in shifts.items() if abs(shift) > shift_s)
    return Changes(tuple(other), tuple(sorted(moved)), tuple(shifted), shifts)


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """A longest rising subsequence of distinct numbers (patience sorting, Schensted 1961)."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return frozenset(kept)
