"""Vehicles, their drivers and their working day."""

from __future__ import annotations

from dataclasses import dataclass

from lastmile_desktop.model.load import Capacity

NO_LIMITS = Capacity()


@dataclass(frozen=True, slots=True)
class Break:
    """A rest of ``duration_s`` that starts between ``earliest_s`` and ``latest_s`` (after midnight).

    Raises ValueError when the bounds cross or the duration is negative.
    """

    duration_s: int
    earliest_s: int
    latest_s: int

    def __post_init__(self) -> None:
        if self.duration_s < 0:
            raise ValueError("a break cannot have a negative duration")
        if self.latest_s < self.earliest_s:
            raise ValueError("a break cannot have a latest start before its earliest")


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A van (or bike) with its driver for the day.

    ``start_depot``/``end_depot`` are keys of the day's depots; ``end_depot`` None = open route, the day ends
    at the last stop. The shift bounds the whole route, depot to depot. Limits that are None do not bind.
    ``active`` False = kept in the fleet but not used today. The shift may be overrun by ``overtime_s`` at
    ``overtime_cents_per_hour`` on top of the usual hour. With ``max_trips`` above 1 the vehicle may come back
    to its start depot to load again, which takes ``reload_s``. Raises ValueError for a shift that ends before
    it starts, for a negative limit or price, or for fewer than one trip.
    """

    key: str
    name: str
    driver: str = ""
    capacity: Capacity = NO_LIMITS
    start_depot: str = ""
    end_depot: str | None = ""
    shift_start_s: int = 8 * 3600
    shift_end_s: int = 17 * 3600
    breaks: tuple[Break, ...] = ()
    skills: frozenset[str] = frozenset()
    fixed_cost_cents: int = 0
    cost_per_km_cents: int = 0
    cost_per_hour_cents: int = 0
    max_stops: int | None = None
    max_distance_m: int | None = None
    max_duration_s: int | None = None
    active: bool = True
    overtime_s: int = 0
    overtime_cents_per_hour: int = 0
    max_trips: int = 1
    reload_s: int = 0

    def __post_init__(self) -> None:
        if self.max_trips < 1:
            raise ValueError("a vehicle makes at least one trip")
        if self.shift_end_s < self.shift_start_s:
            raise ValueError("a shift cannot end before it starts")
        numbers = (
            self.fixed_cost_cents,
            self.cost_per_km_cents,
            self.cost_per_hour_cents,
            self.max_stops,
            self.max_distance_m,
            self.max_duration_s,
            self.overtime_s,
            self.overtime_cents_per_hour,
            self.reload_s,
        )
        if any(number is not None and number < 0 for number in numbers):
            raise ValueError("a vehicle's limits and prices cannot be negative")
