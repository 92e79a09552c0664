"""How sure the position of an order is, in the words of the orders list."""

from __future__ import annotations

from lastmile_desktop.model import Order
from lastmile_desktop.model.placing import PlaceLevel, PlaceSource, Placing

LEVEL_WORDS = {
    PlaceLevel.HOUSE: "House",
    PlaceLevel.STREET: "Street",
    PlaceLevel.AREA: "Postcode",
    PlaceLevel.NOT_FOUND: "Not found",
}
_WORST_FIRST = (PlaceLevel.NOT_FOUND, PlaceLevel.AREA, PlaceLevel.STREET, PlaceLevel.HOUSE)
_WAITS, _GIVEN, _CONFIRMED = 0, 4, 5


def place_text(order: Order) -> str:
    """What the Place cell says: "House 100", "Street 78", "Not found", "Confirmed", "As given"."""
    placing = order.placing
    if order.location is None:
        return LEVEL_WORDS[PlaceLevel.NOT_FOUND] if placing is not None else "Waits"
    if placing is None:
        return "As given"
    if placing.source is PlaceSource.CONFIRMED:
        return "Confirmed"
    return f"{LEVEL_WORDS[placing.level]} {placing.score}"


def place_key(order: Order) -> tuple[int, int]:
    """The order in which the Place column sorts: what a person should look at first."""
    placing = order.placing
    if order.location is None:
        return _WAITS, 0 if placing is not None else 1
    if placing is None:
        return _GIVEN, 0
    if placing.source is PlaceSource.CONFIRMED:
        return _CONFIRMED, 0
    return _WORST_FIRST.index(placing.level), placing.score


def place_tip(placing: Placing | None) -> str:
    """Longer words for the Place cell: what was found, and what is not as it should be."""
    if placing is None:
        return ""
    if placing.source is PlaceSource.CONFIRMED:
        return f"Confirmed by a person. {placing.found}".strip()
    where = "Found online" if placing.source is PlaceSource.ONLINE else "Found in the region"
    taken = f"{where}: {placing.found}." if placing.found else ""
    off = f"It may be up to {placing.spread_m:,} m off." if placing.spread_m else ""
    return " ".join(part for part in (taken, placing.reason, off) if part)
