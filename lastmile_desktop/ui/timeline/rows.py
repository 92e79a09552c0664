"""What the timeline draws: a row for each vehicle, cut into blocks of driving, waiting, service and break."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from lastmile_desktop.model import Day, RouteTimetable, Timetable, TimeWindow, Vehicle, Visit, VisitKind


class BlockKind(Enum):
    """What a van does for a while."""

    DRIVE = "drive"
    SETUP = "set-up"
    WAIT = "wait"
    SERVICE = "service"
    BREAK = "break"
    RELOAD = "reload"


@dataclass(frozen=True, slots=True)
class Block:
    """From ``start_s`` to ``end_s`` (after midnight). ``number`` counts the route's stops from 1."""

    kind: BlockKind
    start_s: int
    end_s: int
    order_keys: tuple[str, ...] = ()
    number: int = 0
    late_s: int = 0


@dataclass(frozen=True)
class Row:
    """One vehicle's day. ``colour_index`` is its place in the fleet."""

    vehicle: Vehicle
    colour_index: int
    blocks: tuple[Block, ...]

    @property
    def start_s(self) -> int:
        """The earliest time with anything in the row."""
        return min([self.vehicle.shift_start_s, *[block.start_s for block in self.blocks[:1]]])

    @property
    def end_s(self) -> int:
        """The latest time with anything in the row."""
        return max([self.vehicle.shift_end_s, *[block.end_s for block in self.blocks[-1:]]])

    @property
    def stops(self) -> tuple[Block, ...]:
        """The services, in driving order."""
        return self._stops

    @cached_property
    def _stops(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind is BlockKind.SERVICE)

    @cached_property
    def _stop_starts(self) -> tuple[int, ...]:
        return tuple(block.start_s for block in self._stops)

    @cached_property
    def _block_starts(self) -> tuple[int, ...]:
        return tuple(block.start_s for block in self.blocks)

    def stop_of(self, order_key: str | None) -> Block | None:
        """The service of this order; None when it is not in this row."""
        return next((block for block in self._stops if order_key in block.order_keys), None)

    def stop_at(self, time_s: float, reach_s: float) -> Block | None:
        """The service at ``time_s``, or the nearest one within ``reach_s``: short stops must be clickable."""
        after = bisect_right(self._stop_starts, time_s)
        near = self._stops[max(after - 1, 0) : after + 1]
        best = min(near, key=lambda block: _distance_s(block, time_s), default=None)
        return best if best is not None and _distance_s(best, time_s) <= reach_s else None

    def block_at(self, time_s: float) -> Block | None:
        """Whatever the van does at ``time_s``."""
        at = bisect_right(self._block_starts, time_s) - 1
        return self.blocks[at] if at >= 0 and time_s <= self.blocks[at].end_s else None


def _distance_s(block: Block, time_s: float) -> float:
    return max(block.start_s - time_s, time_s - block.end_s, 0.0)


def timeline_rows(day: Day, timetable: Timetable | None) -> tuple[Row, ...]:
    """A row for each vehicle that drives or could drive today, in the fleet's order."""
    routes = timetable.route_by_vehicle if timetable else {}
    rows = []
    for index, vehicle in enumerate(day.vehicles):
        route = routes.get(vehicle.key)
        if vehicle.active or (route is not None and route.visits):
            rows.append(Row(vehicle, index, tuple(_blocks(route)) if route is not None else ()))
    return tuple(rows)


def _blocks(route: RouteTimetable) -> Iterable[Block]:
    number = 0
    for visit in route.visits:
        if visit.drive_s > 0:
            yield Block(BlockKind.DRIVE, visit.arrive_s - visit.drive_s, visit.arrive_s)
        if visit.setup_s > 0:
            yield Block(BlockKind.SETUP, visit.arrive_s, visit.arrive_s + visit.setup_s)
        if visit.wait_s > 0:
            yield Block(BlockKind.WAIT, visit.arrive_s + visit.setup_s, visit.start_s)
        kind = _kind(visit)
        number += kind is BlockKind.SERVICE
        yield Block(
            kind,
            visit.start_s,
            visit.leave_s,
            visit.order_keys,
            number if kind is BlockKind.SERVICE else 0,
            visit.late_s,
        )
    if route.last_drive_s > 0:
        yield Block(BlockKind.DRIVE, route.end_s - route.last_drive_s, route.end_s)


def _kind(visit: Visit) -> BlockKind:
    if visit.kind is VisitKind.BREAK:
        return BlockKind.BREAK
    return BlockKind.RELOAD if visit.kind is VisitKind.RELOAD else BlockKind.SERVICE


def windows_of(day: Day, block: Block) -> tuple[TimeWindow, ...]:
    """The time windows of the orders of a stop, each once."""
    orders = (day.order_by_key[key] for key in block.order_keys if key in day.order_by_key)
    return tuple(dict.fromkeys(window for order in orders for window in order.windows))
