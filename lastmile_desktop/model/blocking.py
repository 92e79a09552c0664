"""What keeps an order off the routes, as data: smallest sets of rules that would have to give way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockingRule(StrEnum):
    """A rule that can stand in an order's way, and the unit of the amount by which it would have to give way.

    Amounts: thousandths of a piece (PIECES), grams (WEIGHT), cubic centimetres (VOLUME); seconds by which the
    order's window ends later (WINDOW_LATER) or begins sooner (WINDOW_EARLIER), the windows of others on the
    route end later (OTHER_WINDOWS), the shift or the longest working time is longer (SHIFT_END, SHIFT_START,
    DURATION), or the break starts later (BREAK; 0: there is none); metres (DISTANCE); a number (STOPS,
    TRIPS). The others have none (0): they are kept or not.
    """

    SKILL = "skill"
    VEHICLE = "vehicle"
    PIECES = "pieces"
    WEIGHT = "weight"
    VOLUME = "volume"
    WINDOW_LATER = "window_later"
    WINDOW_EARLIER = "window_earlier"
    OTHER_WINDOWS = "other_windows"
    SHIFT_END = "shift_end"
    SHIFT_START = "shift_start"
    DURATION = "duration"
    DISTANCE = "distance"
    STOPS = "stops"
    TRIPS = "trips"
    BREAK = "break"
    SHIPMENT = "shipment"
    SAME_VAN = "same_van"
    ROUTE_POSITION = "route_position"
    BEFORE = "before"
    FROZEN = "frozen"
    UNREACHABLE = "unreachable"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    """One rule of a set. ``amount`` is what it would have to give way by, in the unit of its rule; a time is
    in whole minutes. ``order_keys`` are the other orders whose rule it is (their windows, their van)."""

    rule: BlockingRule
    amount: int = 0
    order_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockingSet:
    """Rules that together keep an order off one vehicle, none of them needless.

    With all of them relaxed by their amounts the order can be inserted as number ``position`` (from 1) of the
    orders on the route (of a shipment: the delivery), for ``added_cents`` at the user's own prices,
    ``added_s`` of working time and ``added_m`` metres more. ``solvable`` False: nothing that can be relaxed
    helps (there is no road); position and costs are then 0. ``vehicle_key`` None: there is no vehicle at all.
    """

    vehicle_key: str | None
    rules: tuple[Block, ...]
    position: int = 0
    added_cents: int = 0
    added_s: int = 0
    added_m: int = 0
    solvable: bool = True
