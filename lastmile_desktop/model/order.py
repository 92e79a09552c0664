"""What the customer bought, and when it may be brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lastmile_desktop.model.load import Load
from lastmile_desktop.model.location import Location
from lastmile_desktop.model.placing import Placing


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """When service may start, in seconds after midnight of the day; None = that side is open.

    Raises ValueError when the window ends before it starts.
    """

    start_s: int | None = None
    end_s: int | None = None

    def __post_init__(self) -> None:
        if self.start_s is not None and self.end_s is not None and self.end_s < self.start_s:
            raise ValueError("a time window cannot end before it starts")


class Priority(StrEnum):
    """How much it matters that an order is delivered when not all can be."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class OrderKind(StrEnum):
    """Which way the goods go: from the depot to the customer, or back."""

    DELIVERY = "delivery"
    PICKUP = "pickup"


class RoutePosition(StrEnum):
    """Where on its route an order must stand: before or behind all orders that do not say so too."""

    ANY = "any"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class SourceCell:
    """Where in the user's file something stood: the sheet's name and the 1-based row.

    ``row`` 0: it stood there once, and a newer version of the sheet has it no more. ``file`` is the file's
    name, "" when nobody noted it.
    """

    sheet: str
    row: int
    file: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One order of the day.

    ``key`` is unique within the day and never shown; ``id`` is the order number as the sheet has it
    (two rows may carry the same one). ``windows`` are in ascending order and do not overlap; none at all
    means any time. ``location`` is None while the order waits for a position. ``weight_g`` and
    ``volume_cm3`` are None when unknown (planned as nothing). ``skip_price_cents`` is the price of leaving
    an optional order out; None = the order should be planned whenever that is possible at all.
    ``attention`` marks an order that a person must look at.

    Rules (docs/rules.md says what each means exactly): ``setup_s`` is the time to park and find the door,
    once per door. ``late_cents_per_hour`` makes the windows soft, None = hard; a soft window may be missed by
    at most ``max_late_s``, None = by any time. ``only_vehicles`` (if any) and ``barred_vehicles`` name the
    vehicles or drivers that may or may not serve the order, ``preferred_driver`` who should. A pickup and a
    delivery with the same ``shipment`` are one: what is collected there is brought here. Orders with the same
    ``same_van`` go on one vehicle. ``after`` are the keys of orders that come first where both share a route.
    ``assumed`` names the fields of which the sheet said nothing, so that a usual value stands there.
    ``placing`` says how the position was found and how sure it is; None for one that the sheet gave, and
    while nobody has looked for one.

    Raises ValueError for a negative time or price.
    """

    key: str
    id: str
    name: str = ""
    address: str = ""
    location: Location | None = None
    windows: tuple[TimeWindow, ...] = ()
    quantity_milli: int = 1000
    weight_g: int | None = None
    volume_cm3: int | None = None
    service_s: int = 300
    phone: str = ""
    email: str = ""
    notes: str = ""
    skills: frozenset[str] = frozenset()
    priority: Priority = Priority.NORMAL
    kind: OrderKind = OrderKind.DELIVERY
    delivery_date: date | None = None
    skip_price_cents: int | None = None
    attention: bool = False
    source: SourceCell | None = None
    setup_s: int = 0
    late_cents_per_hour: int | None = None
    max_late_s: int | None = None
    only_vehicles: frozenset[str] = frozenset()
    barred_vehicles: frozenset[str] = frozenset()
    preferred_driver: str = ""
    shipment: str = ""
    same_van: str = ""
    position: RoutePosition = RoutePosition.ANY
    after: frozenset[str] = frozenset()
    assumed: frozenset[str] = frozenset()
    placing: Placing | None = None

    def __post_init__(self) -> None:
        numbers = (self.setup_s, self.late_cents_per_hour, self.max_late_s)
        if any(number is not None and number < 0 for number in numbers):
            raise ValueError("an order's set-up time and lateness cannot be negative")

    @property
    def load(self) -> Load:
        """The amounts that count against a vehicle's capacity; unknown ones count as nothing."""
        return Load(self.quantity_milli, self.weight_g or 0, self.volume_cm3 or 0)
