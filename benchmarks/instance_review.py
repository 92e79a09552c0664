"""What a plan for an academic instance costs and whether it keeps the rules, from the file alone.

Shares nothing with the engine: this is what its results are believed by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.instances import Instance, cost_per_length, leg_lengths, price_value, time_value

#: Vehicle index -> customer numbers as the file has them; a depot's number in between: it loads there.
Routes = Mapping[int, Sequence[int]]
_TOLERANCE = 1e-6


class Review:
    """Costs and faults of plans for one instance in one rounding."""

    def __init__(self, instance: Instance, rounding: str) -> None:
        self.instance = instance
        self.rounding = rounding
        self._legs: NDArray[np.float64] = leg_lengths(instance, rounding)
        self._windows = [
            (time_value(start, rounding), time_value(end, rounding)) for start, end in instance.windows
        ]
        self._service = [time_value(value, rounding) for value in instance.service] or [0.0] * len(
            instance.demand
        )
        self._release = [time_value(value, rounding) for value in instance.release] or [0.0] * len(
            instance.demand
        )
        self._depots = set(instance.depots)

    def cost(self, routes: Routes) -> float:
        """Distance times the vehicle's price, fixed costs, and prizes that were not collected."""
        instance, total, visited = self.instance, 0.0, set()
        for vehicle, numbers in routes.items():
            if not numbers:
                continue
            nodes = self._nodes(vehicle, numbers)
            visited.update(nodes)
            length = sum(float(self._legs[a, b]) for a, b in pairwise(nodes))
            total += length * cost_per_length(instance, vehicle)
            if instance.fixed_cost:
                total += price_value(instance, instance.fixed_cost[vehicle], self.rounding)
        for node in instance.customers:
            if instance.is_optional(node) and node not in visited:
                total += price_value(instance, instance.prize[node], self.rounding)
        return total

    def faults(self, routes: Routes) -> list[str]:
        """What is wrong with a plan; empty = feasible."""
        instance, faults = self.instance, []
        named = [number for numbers in routes.values() for number in numbers]
        unknown = [number for number in named if number not in instance.node_of]
        if unknown:
            return [f"there is no customer {unknown[0]}"]
        served = [node for number in named if (node := instance.node_of[number]) not in self._depots]
        if len(set(served)) != len(served):
            faults.append("a customer is served twice")
        left_out = [n for n in instance.customers if n not in set(served) and not instance.is_optional(n)]
        if left_out:
            faults.append(
                f"{len(left_out)} customers are not served, {instance.number[left_out[0]]} is the first"
            )
        for vehicle, numbers in routes.items():
            if vehicle not in range(len(instance.capacity)):
                faults.append(f"there is no vehicle {vehicle + 1}")
            elif numbers:
                faults += [f"vehicle {vehicle + 1} {fault}" for fault in self._route_faults(vehicle, numbers)]
        return faults

    def _nodes(self, vehicle: int, numbers: Sequence[int]) -> list[int]:
        depot = self.instance.vehicle_depot[vehicle]
        return [depot, *(self.instance.node_of[number] for number in numbers), depot]

    def _route_faults(self, vehicle: int, numbers: Sequence[int]) -> list[str]:
        instance, faults = self.instance, []
        nodes = self._nodes(vehicle, numbers)
        inner = nodes[1:-1]
        reloads = [node for node in inner if node in self._depots]
        if reloads and not self._may_reload(vehicle, reloads):
            faults.append("may not load again like that")
        if instance.allowed and not set(inner) <= instance.allowed[vehicle] | self._depots:
            faults.append("goes where it may not")
        if any(
            self._most_load(trip) > instance.capacity[vehicle] + _TOLERANCE for trip in self._trips(inner)
        ):
            faults.append("is overloaded")
        if instance.kind == "VRPB" and instance.backhaul and self._wrong_backhaul(inner):
            faults.append("brings something back before the last delivery")
        faults += self._pair_faults(inner)
        length = sum(float(self._legs[a, b]) for a, b in pairwise(nodes))
        if instance.max_distance and self._exceeds(length, instance.max_distance[vehicle]):
            faults.append("drives too far")
        if instance.is_timed:
            duration = self._duration(vehicle, nodes)
            if duration is None:
                faults.append("is late")
            elif instance.max_duration and self._exceeds(duration, instance.max_duration[vehicle]):
                faults.append("is too long under way")
        return faults

    def _exceeds(self, value: float, limit: float) -> bool:
        return value > time_value(limit, self.rounding) + _TOLERANCE

    def _may_reload(self, vehicle: int, reloads: Sequence[int]) -> bool:
        instance = self.instance
        if not instance.reload_depots or not set(reloads) <= set(instance.reload_depots[vehicle]):
            return False
        return not instance.max_reloads or len(reloads) <= instance.max_reloads[vehicle]

    def _trips(self, inner: Sequence[int]) -> list[list[int]]:
        trips: list[list[int]] = [[]]
        for node in inner:
            if node in self._depots:
                trips.append([])
            else:
                trips[-1].append(node)
        return trips

    def _most_load(self, trip: Sequence[int]) -> float:
        """The most that is on board at any time of a trip."""
        instance = self.instance
        if instance.partner:
            load = most = 0.0
            for node in trip:
                load += instance.demand[node]
                most = max(most, load)
            return most
        load = most = sum(instance.demand[node] for node in trip)
        for node in trip:
            load += (instance.backhaul[node] if instance.backhaul else 0.0) - instance.demand[node]
            most = max(most, load)
        return most

    def _wrong_backhaul(self, inner: Sequence[int]) -> bool:
        brings = [self.instance.backhaul[node] > 0 for node in inner]
        return brings != sorted(brings) or all(brings)

    def _pair_faults(self, inner: Sequence[int]) -> list[str]:
        place = {node: index for index, node in enumerate(inner)}
        for pickup, delivery in self.instance.partner.items():
            if (pickup in place) != (delivery in place):
                return ["collects or brings only one half of a pair"]
            if pickup in place and place[pickup] > place[delivery]:
                return ["brings something before collecting it"]
        return []

    def _duration(self, vehicle: int, nodes: Sequence[int]) -> float | None:
        """Shortest time under way of a route that keeps all windows, None when it cannot keep them.

        Stops are joined one by one: waiting is only forced where the next stop opens later than the latest
        departure from the depot so far would reach it.
        """
        far = float("inf")
        windows = self._windows or [(0.0, far)] * len(self.instance.demand)
        time, latest_departure = windows[nodes[0]]
        time = max(time, self._next_release(nodes, 0))
        duration = 0.0
        for index, (here, node) in enumerate(pairwise(nodes)):
            stay = 0.0 if here in self._depots else self._service[here]
            leg = stay + float(self._legs[here, node])
            opens, closes = windows[node]
            if node in self._depots and index + 2 < len(nodes):
                opens = max(opens, self._next_release(nodes, index + 1))
            time = max(time + leg, opens)
            if time > closes + _TOLERANCE:
                return None
            reach = duration + leg
            duration = reach + max(0.0, opens - reach - latest_departure)
            latest_departure = min(latest_departure, closes - reach)
        return duration

    def _next_release(self, nodes: Sequence[int], index: int) -> float:
        """When all goods of the trip that begins at ``index`` are there."""
        latest = 0.0
        for node in nodes[index + 1 :]:
            if node in self._depots:
                break
            latest = max(latest, self._release[node])
        return latest


def plan_cost(instance: Instance, rounding: str, routes: Routes) -> float:
    """Cost of ``routes``, computed from the file alone."""
    return Review(instance, rounding).cost(routes)


def plan_faults(instance: Instance, rounding: str, routes: Routes) -> list[str]:
    """What is wrong with ``routes``, computed from the file alone; empty = feasible."""
    return Review(instance, rounding).faults(routes)
