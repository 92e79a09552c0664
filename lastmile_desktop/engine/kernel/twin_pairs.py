"""The twin's pair.c: where a shipment goes, and what comes along when an order is taken off."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from lastmile_desktop.engine.kernel.chain import Chain
from lastmile_desktop.engine.kernel.tables import NO_END
from lastmile_desktop.engine.kernel.twin_company import Company
from lastmile_desktop.engine.kernel.twin_random import Random
from lastmile_desktop.engine.kernel.twin_routes import Change, Node, Route
from lastmile_desktop.engine.kernel.twin_routes import Routes as RouteNodes

_EMPTY_CHANCE, _EMPTY_CLASSES = 10, 8


@dataclass(slots=True)
class Gap:
    """``lm_gap``: where an order could go."""

    left: int = -1
    units: int = NO_END


@dataclass(slots=True)
class Pair:
    """``lm_pair``: the pickup behind ``left``, the delivery then behind ``left_delivery``."""

    units: int
    left: int = -1
    left_delivery: int = -1


class TwinPairs(Chain):
    """The part of the twin that deals with shipments and groups."""

    _n: int
    _m: int
    _node: list[Node]
    _route: list[Route]
    _routes: RouteNodes
    _company: Company
    _random: Random
    _beside: list[list[int]]
    _penalty: list[int]
    _was_absent: list[int]
    _free: list[list[int]]
    _pool: list[int]
    _touched: list[int]
    _step: int
    _force: bool
    _strict: bool
    #: Of the order that is looked at: the one vehicle where it may go, and half of a shipment.
    _only: int = -1
    _half: bool = False
    _old_apart: int = 0

    @abstractmethod
    def _try_gap(self, order: int, left: int, best: Gap) -> None: ...

    @abstractmethod
    def _touch(self, vehicle: int) -> None: ...

    # Where to look

    def _gaps_near(self, order: int) -> Iterator[int]:
        placed = 0
        for other in self._beside[order]:
            if placed >= self.tables.near_insert:
                break
            if self._node[other].route >= 0:
                placed += 1
                yield other
                yield self._node[other].prev

    def _gaps_of(self, vehicle: int) -> list[int]:
        return [self._n + vehicle, *self._routes.orders_of(vehicle)] if self._route[vehicle].stops else []

    def _gaps_empty(self, most: int) -> Iterator[int]:
        classes = self.tables.classes
        if not classes:
            return
        first = self._random.below(classes) if most < classes else 0
        for i in range(min(most, classes)):
            free = self._free[(first + i) % classes]
            if free:
                yield self._n + free[-1]

    # Shipments

    def _cheapest_pair(self, pickup: int, delivery: int) -> Pair:
        best = Pair(NO_END if self._force else self._penalty[pickup] + self._penalty[delivery])
        groups = max(self._company.group[pickup], self._company.group[delivery])
        was_out = self._step > 0 and self._was_absent[pickup] == self._step and groups < 0
        homes = {self._company.home(pickup), self._company.home(delivery)} - {-1}
        touched = list(self._touched)
        if len(homes) > 1:
            return best
        self._only = max(homes, default=-1)
        if homes:
            self._try_pairs(pickup, delivery, self._gaps_of(self._only), best)
            return best
        if not was_out:
            self._try_pairs(pickup, delivery, self._gaps_near(pickup), best)
        if best.left < 0:
            for vehicle in touched if was_out else range(self._m):
                self._try_pairs(pickup, delivery, self._gaps_of(vehicle), best)
        if best.left < 0:
            self._try_pairs(pickup, delivery, self._gaps_empty(self.tables.classes), best)
        elif self._random.below(_EMPTY_CHANCE) == 0:
            self._try_pairs(pickup, delivery, self._gaps_empty(_EMPTY_CLASSES), best)
        return best

    def _try_pairs(self, pickup: int, delivery: int, lefts: Iterable[int], best: Pair) -> None:
        for left in lefts:
            self._try_pair(pickup, delivery, left, best)

    def _try_pair(self, pickup: int, delivery: int, left: int, best: Pair) -> None:
        vehicle, right = self._node[left].route, self._node[left].next
        if not self.tables.allowed[delivery, vehicle]:
            return
        first = Gap(units=best.units)
        self._half = True
        self._try_gap(pickup, left, first)
        if first.left < 0:
            return
        if not self.tables.extra and first.units + self._least_behind(pickup, delivery, left) >= best.units:
            return
        self._touch(vehicle)
        self._routes.insert(left, pickup)
        self._routes.refresh(vehicle, Change(pickup, pickup, pickup, pickup))
        second = Gap(units=best.units - first.units)
        self._strict = True
        for behind in self._lefts_with_room(vehicle, pickup):
            self._try_gap(delivery, behind, second)
        self._strict = False
        self._routes.leave_route(pickup)
        self._routes.connect(left, right)
        self._routes.refresh(vehicle, Change(right, right, left, left))
        if second.left >= 0:
            best.units, best.left, best.left_delivery = first.units + second.units, left, second.left

    def _least_behind(self, pickup: int, delivery: int, left: int) -> int:
        """The least that the delivery's legs cost behind the pickup, an estimate."""
        vehicle, right, leg = self._node[left].route, self._node[left].next, self._routes.leg_units
        places = [self._node[pickup].place, self._node[right].place]
        while right < self._n:
            right = self._node[right].next
            places.append(self._node[right].place)
        new = self._node[delivery].place
        least = min(
            leg(vehicle, a, new) + leg(vehicle, new, b) - leg(vehicle, a, b) for a, b in pairwise(places)
        )
        spare_s = self._routes.service[delivery] - self._route[vehicle].waiting
        return least + spare_s * int(self.tables.second_units[vehicle])

    def _lefts_with_room(self, vehicle: int, pickup: int) -> Iterator[int]:
        """The pickup and the stops behind it, as long as the goods find room."""
        limits: list[int] = self.tables.capacity[vehicle].tolist()
        aboard = list(self._route[vehicle].load)
        behind = False
        for order in self._routes.orders_of(vehicle):
            behind |= order == pickup
            sign = 1 if self.tables.pickup[order] else -1
            aboard = [a + sign * b for a, b in zip(aboard, self._routes.demand[order], strict=True)]
            if behind:
                if any(load > limit for load, limit in zip(aboard, limits, strict=True)):
                    return
                yield order

    # Ruin

    def _take_company(self, vehicle: int, first: int) -> bool:
        before = len(self._pool)
        at = first
        while at < len(self._pool):
            order = self._pool[at]
            if self._company.partner[order] >= 0:
                self._take_off(vehicle, self._company.partner[order])
            group = self._company.group[order]
            if group >= 0 and self._random.below(2) == 0:
                for member in self._company.members(group):
                    self._take_off(vehicle, member)
            at += 1
        return len(self._pool) > before

    def _take_off(self, vehicle: int, order: int) -> None:
        node = self._node[order]
        left, right = node.prev, node.next
        if node.route == vehicle and not self.tables.locked[order]:
            self._routes.leave_route(order)
            self._routes.connect(left, right)
            self._pool.append(order)
