"""Which row of a sheet is which order of the day: by order number, else by customer and address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from lastmile_desktop.model import Order, wording
from lastmile_desktop.model.doors import plain_address
from lastmile_desktop.pipeline.order_fields import FIELD_TEXTS

_Place = TypeVar("_Place", int, str)


@dataclass(frozen=True)
class Unclear:
    """A row that could be one order of the day or another, and why nobody can tell."""

    order: Order
    why: str


@dataclass(frozen=True)
class Matching:
    """``pairs``: key of the day's order for each place in the sheet's list; ``unclear`` rows by that place.

    ``held``: keys of the day's orders that an unclear row may mean; nobody says of them that they are gone.
    """

    pairs: Mapping[int, str]
    unclear: Mapping[int, str]
    held: frozenset[str]


def has_number(order: Order) -> bool:
    """True when the sheet gave the order number; a row without one is called after its place."""
    return bool(order.id.strip()) and not (order.source and order.id == f"Row {order.source.row}")


def match_orders(here: Sequence[Order], there: Sequence[Order], *, other_sheet: bool = False) -> Matching:
    """Pair the orders of the day (as their sheets had them) with those of a sheet.

    First by a number that is unique on both sides; where several rows share a number, those that are the same
    in every field, then those with the same customer and address. Orders without a number are paired by
    customer and address, and where these occur more than once, by everything else they say. With
    ``other_sheet`` a number alone is not believed: two shops both count from 1001.
    """
    work = _Matcher(here, there)
    work.pair(_everything)
    if other_sheet:
        work.pair(_number_and(_name))
        work.pair(_number_and(_place))
    else:
        work.pair(_number)
    work.pair(_customer, agree=_may_be_one)
    work.pair(_customer_and_content, agree=_may_be_one)
    return work.result()


class _Matcher:
    def __init__(self, here: Sequence[Order], there: Sequence[Order]) -> None:
        self._here = {order.key: order for order in here}
        self._there = dict(enumerate(there))
        self._pairs: dict[int, str] = {}

    def pair(
        self,
        key_of: Callable[[Order], Hashable],
        agree: Callable[[Order, Order], bool] = lambda _one, _other: True,
    ) -> None:
        """Pair what is left and has one key, unique on both sides; rows that are equal in their order."""
        here, there = _grouped(self._here.items(), key_of), _grouped(self._there.items(), key_of)
        for key, places in there.items():
            keys = here.get(key, [])
            alike = key_of is _everything
            if not keys or (not alike and not len(keys) == len(places) == 1):
                continue
            for place, order_key in zip(places, keys, strict=False):
                if agree(self._here[order_key], self._there[place]):
                    self._pairs[place] = order_key
        for place in self._pairs:
            self._there.pop(place, None)
        for order_key in self._pairs.values():
            self._here.pop(order_key, None)

    def result(self) -> Matching:
        unclear: dict[int, str] = {}
        held: set[str] = set()
        for key_of, what in ((_number, "number"), (_customer, "customer")):
            here, there = _grouped(self._here.items(), key_of), _grouped(self._there.items(), key_of)
            for key, places in there.items():
                keys = here.get(key, [])
                if not keys or (what == "customer" and not all(map(self._is_loose, keys))):
                    continue
                fresh = [place for place in places if place not in unclear]
                unclear.update((place, self._why(place, keys, len(places), what)) for place in fresh)
                held.update(keys)
        return Matching(self._pairs, unclear, frozenset(held))

    def _is_loose(self, order_key: str) -> bool:
        return not has_number(self._here[order_key])

    def _why(self, place: int, keys: Sequence[str], rows: int, what: str) -> str:
        order, other = self._there[place], self._here[keys[0]]
        if what == "number" and len(keys) == rows == 1:
            return f"the day has {order.id} already, for {other.name or other.address or 'another customer'}"
        subject = f"the number {order.id}" if what == "number" else f"{order.name or order.address}"
        return (
            f"{subject} stands {wording.count(rows, 'time')} in the sheet and "
            f"{wording.count(len(keys), 'time')} in the day, with differences: nobody can tell which is which"
        )


def _grouped(
    entries: Iterable[tuple[_Place, Order]], key_of: Callable[[Order], Hashable]
) -> dict[Hashable, list[_Place]]:
    groups: dict[Hashable, list[_Place]] = defaultdict(list)
    for place, order in entries:
        key = key_of(order)
        if key is not None:
            groups[key].append(place)
    return groups


def _number(order: Order) -> Hashable:
    return order.id.strip().casefold() if has_number(order) else None


def _number_and(other: Callable[[Order], Hashable]) -> Callable[[Order], Hashable]:
    def both(order: Order) -> Hashable:
        number, rest = _number(order), other(order)
        return None if number is None or rest is None else (number, rest)

    return both


def _name(order: Order) -> str | None:
    return " ".join(order.name.casefold().split()) or None


def _place(order: Order) -> Hashable:
    return plain_address(order.address) or order.location


def _customer(order: Order) -> Hashable:
    """Customer and address; None for an order that has neither."""
    name, place = _name(order), _place(order)
    return None if name is None and place is None else (name, place)


def _customer_and_content(order: Order) -> Hashable:
    customer = _customer(order)
    return None if customer is None else (customer, order.windows, order.quantity_milli, order.weight_g)


def _everything(order: Order) -> Hashable:
    number = order.id if has_number(order) else ""
    rest = tuple(getattr(order, field) for field in FIELD_TEXTS if field not in ("id", "after"))
    return (number, *rest)


def _may_be_one(one: Order, other: Order) -> bool:
    """Two numbers that differ are two orders, also for one customer; a row without one may be either."""
    return (
        not (has_number(one) and has_number(other))
        or one.id.strip().casefold() == other.id.strip().casefold()
    )
