"""What a good plan is for this firm, and how traffic changes over the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class EvenBy(StrEnum):
    """What should be alike between the vehicles where the work is spread evenly."""

    HOURS = "hours"
    STOPS = "stops"
    LOAD = "load"


@dataclass(frozen=True, slots=True)
class Goals:
    """Three sliders; all at 0 means the cheapest plan that keeps every rule.

    ``balance`` goes from -100 (fewest vans) to 100 (most even days, measured by ``even_by``), ``tidiness``
    from 0 (cheapest) to 100 (routes that do not overlap). ``flexible_s`` is by how much time windows without
    a price of their own may be missed, at a price; 0 = strict. Raises ValueError outside these ranges.
    """

    balance: int = 0
    even_by: EvenBy = EvenBy.HOURS
    tidiness: int = 0
    flexible_s: int = 0

    def __post_init__(self) -> None:
        if not (-100 <= self.balance <= 100 and 0 <= self.tidiness <= 100 and 0 <= self.flexible_s <= 86_400):
            raise ValueError("a goal is outside its range")


@dataclass(frozen=True, slots=True)
class TrafficPeriod:
    """From ``start_s`` to ``end_s`` (after midnight) driving takes ``percent`` of the usual time.

    Raises ValueError for an empty period or a percentage outside 10 to 1,000.
    """

    start_s: int
    end_s: int
    percent: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_s < self.end_s:
            raise ValueError("a traffic period must end after it starts")
        if not 10 <= self.percent <= 1000:
            raise ValueError("traffic must be between 10 and 1,000 percent")


def check_periods(periods: Sequence[TrafficPeriod]) -> None:
    """Raises ValueError unless ``periods`` are in ascending order without overlap."""
    for before, after in pairwise(periods):
        if after.start_s < before.end_s:
            raise ValueError("traffic periods must be in order and must not overlap")


#: The cheapest plan that keeps every rule.
CHEAPEST = Goals()
