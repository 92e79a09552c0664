"""The twin's company.c: who goes with whom, in plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastmile_desktop.engine.kernel.tables import Tables

if TYPE_CHECKING:
    from lastmile_desktop.engine.kernel.twin_routes import Node, Route


class Company:
    """Rules about company over the nodes and routes of a plan; ``apart`` counts near orders apart."""

    def __init__(self, tables: Tables, node: list[Node], route: list[Route]) -> None:
        self._t, self._node, self._route = tables, node, route
        self._n, self._m = tables.orders, tables.vehicles
        self.apart = 0
        self.partner: list[int] = tables.partner.tolist()
        self.group: list[int] = tables.group.tolist()
        self._mark: list[int] = tables.mark.tolist()

    def members(self, group: int) -> list[int]:
        """Orders of a group."""
        first, last = self._t.group_at[group : group + 2].tolist()
        found: list[int] = self._t.group_order[first:last].tolist()
        return found

    def home(self, order: int) -> int:
        """The vehicle of the planned orders of this order's group, -1 where the group may go anywhere."""
        group = self.group[order]
        if group < 0:
            return -1
        homes = (self._node[member].route for member in self.members(group))
        return next((vehicle for vehicle in homes if vehicle >= 0), -1)

    def sequence_fits(self, order: int, left: int, right: int) -> bool:
        """May the order stand between these two?"""
        if right < self._n and self._t.sealed[right]:
            return False
        marks = [self._mark[x] for x in (left, order, right) if x < self._n]
        if marks != sorted(marks):
            return False
        behind = {left}
        while left < self._n:
            left = self._node[left].prev
            behind.add(left)
        first, last = self._t.relation_at[order : order + 2].tolist()
        for relation in self._t.relation[first:last].tolist():
            other, is_later = relation >> 1, relation & 1
            if self._node[other].route == self._node[right].route and (other in behind) == bool(is_later):
                return False
        return True

    def price(self, order: int, vehicle: int) -> int:
        """Units of wishes and tidiness for an order that comes to a vehicle."""
        return int(self._t.wish[order, vehicle]) + self._apart(order, vehicle) * int(self._t.tidy_units[0])

    def _apart(self, order: int, vehicle: int) -> int:
        first, last = self._t.tidy_at[order : order + 2].tolist()
        routes = [self._node[other].route for other in self._t.tidy_order[first:last].tolist()]
        return sum(route not in (-1, vehicle) for route in routes)

    def count(self, order: int, vehicle: int, sign: int) -> None:
        """The order comes (1) or goes (-1)."""
        self._route[vehicle].wishes += sign * int(self._t.wish[order, vehicle])
        self.apart += sign * self._apart(order, vehicle)
