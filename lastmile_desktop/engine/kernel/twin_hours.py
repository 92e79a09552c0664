"""The twin's hours: what a leg takes at its time of day, and what the rules of time cost."""

from __future__ import annotations

from dataclasses import dataclass

from lastmile_desktop.engine.kernel.tables import Tables


@dataclass(frozen=True, slots=True)
class TimedDay:
    """``lm_day``: duration, return, units for lateness; NEVER where a route is not feasible."""

    seconds: int
    end: int
    late: int


class Hours:
    """Traffic, lateness, overtime and evenness by the kernel's tables."""

    def __init__(self, tables: Tables) -> None:
        self.t = tables
        self._setup: list[int] = tables.setup.tolist()
        self._late_units: list[int] = tables.late_units.tolist()
        counts: list[int] = tables.window_count.tolist()
        #: Ends of each order's windows as the customer has them, and as they are kept.
        self.due: list[list[int]] = [row[:k] for row, k in zip(tables.due.tolist(), counts, strict=True)]
        ends: list[list[int]] = tables.window_end.tolist()
        self._ends = [row[:k] for row, k in zip(ends, counts, strict=True)]

    def reach(self, time: int, drive: int, start: int, end: int) -> int:
        """From setting out at ``time`` to standing before the door, between two places."""
        if not self.t.clocked:
            return time + drive
        return self.t.clock.arrive(time, drive) + (0 if start == end else self._setup[end])

    def set_out(self, time: int, drive: int, start: int, end: int) -> int:
        """The latest departure to stand before the door at ``time``."""
        if not self.t.clocked:
            return time - drive
        return self.t.clock.depart(time - (0 if start == end else self._setup[end]), drive)

    def late_units(self, order: int, start: int) -> int:
        """Units for beginning the service of an order at ``start``."""
        window = next((w for w, end in enumerate(self._ends[order]) if start <= end), -1)
        return max(0, start - self.due[order][window]) * self._late_units[order]

    def over_units(self, vehicle: int, end: int) -> int:
        """Price of the overtime of a return at ``end``."""
        return max(0, end - int(self.t.regular_end[vehicle])) * int(self.t.over_units[vehicle])

    def even_units(self, work: int) -> int:
        """Price of a vehicle's work where that should be even."""
        return work * work * int(self.t.even_units[0])


def chosen_rests(
    taken: list[tuple[list[bool], list[bool]]], count: int
) -> tuple[list[tuple[list[int], list[int]]], int]:
    """Of the breaks marked on each leg those of the way that takes ``count``; how many are over before it."""
    chosen: list[tuple[list[int], list[int]]] = []
    for marks in reversed(taken):
        sides: list[list[int]] = []
        for mark in reversed(marks):
            here: list[int] = []
            while count and mark[count - 1]:
                count -= 1
                here.insert(0, count)
            sides.insert(0, here)
        chosen.insert(0, (sides[0], sides[1]))
    return chosen, count
