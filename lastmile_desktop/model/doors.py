"""Which orders are for one door: what the driver reaches with one search for a place to park.

Two orders are for one door when they are a few metres apart and no house number speaks against it, or when
they bear the same address with a house number and lie close to each other. Flats and floors do not count:
they share the door to the street.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from lastmile_desktop.model.location import Location
from lastmile_desktop.model.order import Order

#: Positions so near to each other are one door.
DOOR_M = 5.0
#: The same written address counts as one door up to this far apart; beyond it, one of them is wrong.
SAME_ADDRESS_M = 100.0

_METRES_PER_DEGREE = 111_195.0
_UNIT_WORDS = (
    "flat|apt|apartment|app|appartement|appt|unit|suite|ste|room|floor|etage|stock|wohnung|whg|piso|puerta|"
    "planta|interno|scala|piano|bus|lokal|lok|andar|batiment|bat|stiege"
)
_UNIT = re.compile(rf"\b(?:\d+(?:st|nd|rd|th)?\s+(?:floor|etage|stock|og)|(?:{_UNIT_WORDS})\s+\w+)\b")
_NUMBER = re.compile(r"\b\d+\s?[a-z]?\b")
_STREET_WORDS = (
    (re.compile(r"(?<=\w)(?:strasse|str)\b"), "str"),
    (re.compile(r"\bstreet\b"), "st"),
    (re.compile(r"\bavenue\b"), "ave"),
    (re.compile(r"\broad\b"), "rd"),
)


@dataclass(frozen=True, slots=True)
class Door:
    """Where the driver goes for an order. ``number`` is the same for all orders of one door of the day."""

    number: int
    location: Location


def doors_of(orders: Iterable[Order]) -> dict[str, Door]:
    """The door of each order that has a position, by order key; that of several is where the first one is."""
    found = _Doors()
    return {order.key: found.door(order, order.location) for order in orders if order.location is not None}


def own_doors(orders: Iterable[Order]) -> dict[str, Door]:
    """The same where every order is a stop of its own."""
    return {
        order.key: Door(number, order.location)
        for number, order in enumerate(orders)
        if order.location is not None
    }


@lru_cache(maxsize=50_000)
def plain_address(address: str) -> str:
    """An address as it is compared: case, accents, punctuation, street words and flats do not count."""
    folded = unicodedata.normalize("NFKD", address.casefold().replace("ß", "ss").replace("ł", "l"))
    words = "".join(
        letter if letter.isalnum() else " " for letter in folded if not unicodedata.combining(letter)
    )
    text = _UNIT.sub(" ", " ".join(words.split()))
    for pattern, short in _STREET_WORDS:
        text = pattern.sub(short, text)
    return " ".join(text.split())


@lru_cache(maxsize=50_000)
def house_number(address: str) -> str:
    """The number in the first part of an address that has one ("12a"), "" where there is none."""
    for part in address.split(","):
        numbers = _NUMBER.findall(plain_address(part))
        if numbers:
            return (
                str(numbers[-1]).replace(" ", "") if part[:1].isalpha() else str(numbers[0]).replace(" ", "")
            )
    return ""


class _Doors:
    def __init__(self) -> None:
        self._doors: list[Door] = []
        self._first: list[Order] = []
        self._by_band: dict[int, list[int]] = {}
        self._by_address: dict[str, list[int]] = {}

    def door(self, order: Order, at: Location) -> Door:
        """The known door of ``order``, else a new one."""
        text = plain_address(order.address)
        named = bool(house_number(order.address))
        number = self._near(order, at)
        if number is None and named:
            spots = self._by_address.get(text, ())
            number = next((n for n in spots if _metres(self._doors[n].location, at) <= SAME_ADDRESS_M), None)
        if number is None:
            number = len(self._doors)
            self._doors.append(Door(number, at))
            self._first.append(order)
            self._by_band.setdefault(_band(at), []).append(number)
        if named and number not in self._by_address.setdefault(text, []):
            self._by_address[text].append(number)
        return self._doors[number]

    def _near(self, order: Order, at: Location) -> int | None:
        own = house_number(order.address)
        best: tuple[float, int] | None = None
        for band in range(_band(at) - 1, _band(at) + 2):
            for number in self._by_band.get(band, ()):
                metres = _metres(self._doors[number].location, at)
                other = house_number(self._first[number].address)
                if metres <= DOOR_M and (not own or not other or own == other):
                    best = min(best or (metres, number), (metres, number))
        return None if best is None else best[1]


def _band(at: Location) -> int:
    """Positions at most ``DOOR_M`` apart are in the same or in neighbouring bands of latitude."""
    return math.floor(at.lat * _METRES_PER_DEGREE / DOOR_M)


def _metres(first: Location, second: Location) -> float:
    north = second.lat - first.lat
    east = (second.lon - first.lon + 180) % 360 - 180
    return _METRES_PER_DEGREE * math.hypot(north, east * math.cos(math.radians(first.lat)))
