"""What a sheet says about an order, field by field, in words: for showing what a newer sheet changes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from lastmile_desktop.model import Location, Order, RoutePosition, wording

#: What of an order does not come from a cell of its own.
NOT_FROM_SHEET = frozenset({"key", "source", "attention", "assumed", "placing"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field in two versions of an order, as texts ("–" = nothing); ``by_hand``: one is a person's."""

    field: str
    label: str
    old: str
    new: str
    by_hand: bool = False


def field_change(field: str, old: Order, new: Order, *, by_hand: bool = False) -> FieldChange:
    """How ``field`` differs between two versions of an order."""
    label, text = FIELD_TEXTS[field]
    before, after = (text(getattr(order, field)) or "–" for order in (old, new))
    return FieldChange(field, label, before, after, by_hand)


def _text(value: str) -> str:
    return " ".join(value.split())


def _position(value: Location | None) -> str:
    return "" if value is None else f"{value.lat:.5f}, {value.lon:.5f}"


def _names(value: Collection[str]) -> str:
    return ", ".join(sorted(value, key=str.casefold))


def _minutes(value: int | None) -> str:
    return "" if value is None else wording.duration(value)


def _money(value: int | None) -> str:
    return "" if value is None else f"{value / 100:,.2f}"


def _measure(write: Callable[[int], str]) -> Callable[[int | None], str]:
    return lambda value: "" if value is None else write(value)


#: For each field that a sheet can give: its name for people, and its value as text.
FIELD_TEXTS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "id": ("Order number", _text),
    "name": ("Customer", _text),
    "address": ("Address", _text),
    "location": ("Position", _position),
    "windows": ("Time window", lambda value: wording.windows(value) or "any time"),
    "quantity_milli": ("Pieces", wording.pieces),
    "weight_g": ("Weight", _measure(wording.weight)),
    "volume_cm3": ("Volume", _measure(wording.volume)),
    "service_s": ("Service time", _minutes),
    "phone": ("Phone", _text),
    "email": ("E-mail", _text),
    "notes": ("Notes", _text),
    "skills": ("Skills", _names),
    "priority": ("Priority", str),
    "kind": ("Kind", str),
    "delivery_date": ("Date", lambda value: "" if value is None else wording.calendar_day(value)),
    "skip_price_cents": ("Price of leaving out", _money),
    "setup_s": ("Set-up time", _minutes),
    "late_cents_per_hour": ("Price of an hour late", _money),
    "max_late_s": ("Most lateness", _minutes),
    "only_vehicles": ("Only with", _names),
    "barred_vehicles": ("Never with", _names),
    "preferred_driver": ("Own driver", _text),
    "shipment": ("Transfer", _text),
    "same_van": ("Same van", _text),
    "position": ("On the route", lambda value: "" if value is RoutePosition.ANY else str(value)),
    "after": ("After", lambda value: f"{len(value)} other orders" if value else ""),
}
