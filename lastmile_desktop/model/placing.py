"""How sure we are of where an order is: what was found for its address, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Below this score a person should look at a found house.
SURE_SCORE = 80


class PlaceLevel(StrEnum):
    """How exact a position is: the door, somewhere in the street, only the postcode's middle, or none."""

    HOUSE = "house"
    STREET = "street"
    AREA = "area"
    NOT_FOUND = "not_found"


class PlaceSource(StrEnum):
    """Who found the position."""

    REGION = "region"
    CONFIRMED = "confirmed"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Placing:
    """What a search for an order's address found.

    ``score`` goes from 0 to 100. ``spread_m`` is how far off the position may be (0 for a known door).
    ``found`` is the address that was taken, as the map writes it; ``reason`` a sentence about what is not as
    it should be, "" when nothing is.
    """

    level: PlaceLevel
    source: PlaceSource
    score: int = 100
    spread_m: int = 0
    found: str = ""
    reason: str = ""

    @property
    def needs_a_look(self) -> bool:
        """True unless a door was found and nothing speaks against it, or a person has confirmed the place."""
        if self.source is PlaceSource.CONFIRMED:
            return False
        return self.level is not PlaceLevel.HOUSE or self.score < SURE_SCORE
