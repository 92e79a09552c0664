"""The twin's exchange of whole routes between vehicles: exchange.c in plain Python."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from lastmile_desktop.engine.kernel.tables import Tables
from lastmile_desktop.engine.kernel.twin_routes import Change, Node
from lastmile_desktop.engine.kernel.twin_routes import Routes as RouteNodes


class Exchanging:
    """The part of ``Twin`` that lets whole routes change vehicles."""

    tables: Tables
    _n: int
    _m: int
    _routes: RouteNodes
    _node: list[Node]
    _near: list[list[int]]
    _class_of: list[int]
    _free: list[list[int]]
    _pool: list[int]

    @abstractmethod
    def _below(self, bound: int) -> int: ...

    @abstractmethod
    def _touch(self, vehicle: int) -> None: ...

    @abstractmethod
    def _refresh(self, vehicle: int, change: Change | None = None) -> None: ...

    @abstractmethod
    def _last_gap(self, order: int, vehicle: int) -> int: ...

    def _exchange(self, order: int) -> None:
        vehicle = self._node[order].route
        if vehicle < 0 or not self._may_exchange(vehicle):
            return
        other = self._other_vehicle(order, vehicle)
        if other < 0:
            return
        mine, theirs = self._unload(vehicle), self._unload(other)
        self._load_in_turn(other, mine)
        self._load_in_turn(vehicle, theirs)

    def _may_exchange(self, vehicle: int) -> bool:
        locked = any(self.tables.locked[x] for x in self._routes.orders_of(vehicle))
        return self._class_of[vehicle] >= 0 and not locked

    def _other_vehicle(self, order: int, vehicle: int) -> int:
        c = self._below(self.tables.classes - 1)
        c += c >= self._class_of[vehicle]
        if self._free[c]:
            return self._free[c][-1]
        if not self._near[order]:
            return -1
        other = self._node[self._near[order][self._below(len(self._near[order]))]].route
        same = other < 0 or self._class_of[other] == self._class_of[vehicle]
        return -1 if same or not self._may_exchange(other) else other

    def _unload(self, vehicle: int) -> list[int]:
        begin, end, orders = self._n + vehicle, self._n + self._m + vehicle, self._routes.orders_of(vehicle)
        self._touch(vehicle)
        for order in orders:
            self._routes.leave_route(order)
        if orders:
            self._routes.connect(begin, end)
            self._refresh(vehicle, Change(end, end, begin, begin))
        return orders

    def _load_in_turn(self, vehicle: int, orders: Sequence[int]) -> None:
        for order in orders:
            left = self._last_gap(order, vehicle)
            if left < 0:
                self._pool.append(order)
                continue
            self._routes.insert(left, order)
            self._refresh(vehicle, Change(order, order, order, order))
