"""The twin's routes: route.c in plain Python, for reading along and for comparing results, not for speed."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from itertools import pairwise

from lastmile_desktop.engine.kernel.tables import NEVER, Tables
from lastmile_desktop.engine.kernel.twin_company import Company
from lastmile_desktop.engine.kernel.twin_hours import Hours, TimedDay, chosen_rests
from lastmile_desktop.engine.problem import NO_WAY_S

_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Change:
    """``lm_change``: the first and last nodes whose neighbour on the right, or left, is another."""

    first_right: int
    last_right: int
    first_left: int
    last_left: int


@dataclass(slots=True)
class Span:
    """A stretch of a route: shortest duration, and the earliest and latest start that reach it."""

    length: int = 0
    first: int = 0
    last: int = 0

    def join(self, drive: int, after: Span) -> Span:
        """This stretch, a drive, and the one ``after`` it."""
        reach = self.length + drive
        wait = max(after.first - reach - self.last, 0)
        return Span(
            reach + after.length + wait,
            max(after.first - reach, self.first) - wait,
            min(after.last - reach, self.last),
        )


@dataclass(slots=True)
class Node:
    """``lm_node``: a visit, or the start or end of a vehicle. ``leave`` and ``due`` are by breaks taken."""

    place: int
    leave: list[int]
    due: list[int]
    route: int = -1
    next: int = -1
    prev: int = -1
    metres: int = 0
    drive: int = 0
    head: Span = field(default_factory=Span)
    tail: Span = field(default_factory=Span)
    peak_before: list[int] = field(default_factory=list)
    peak_after: list[int] = field(default_factory=list)

    def copy(self) -> Node:
        """Another node that knows the same."""
        twin = copy(self)
        twin.leave, twin.due = self.leave[:], self.due[:]
        twin.peak_before, twin.peak_after = self.peak_before[:], self.peak_after[:]
        return twin


@dataclass(slots=True)
class Route:
    """``lm_route``; ``old`` are route and nodes before the step."""

    load: list[int]
    stops: int = 0
    metres: int = 0
    drive: int = 0
    service: int = 0
    seconds: int = 0
    waiting: int = 0
    ends: int = 0
    share: int = 0
    wishes: int = 0
    units: int = 0
    touched: int = -1
    old: tuple[Route, dict[int, Node]] | None = None


class Routes:
    """All nodes and routes of one plan. Nodes: orders, then starts, then ends of the vehicles."""

    def __init__(self, tables: Tables) -> None:
        self.t = tables
        n, m = tables.orders, tables.vehicles
        self.n, self.m = n, m
        places = [*tables.order_place.tolist(), *tables.start_place.tolist(), *tables.end_place.tolist()]
        self.node = [Node(place, [0] * (tables.rests + 1), [0] * (tables.rests + 1)) for place in places]
        for node in self.node:
            node.peak_before, node.peak_after = [0] * tables.dims, [0] * tables.dims
        self.route = [Route([0] * tables.dims) for _ in range(m)]
        self.company = Company(tables, self.node, self.route)
        self.metres: list[list[int]] = tables.metres.tolist()
        self.seconds: list[list[int]] = tables.seconds.tolist()
        self.demand: list[list[int]] = tables.demand.tolist()
        self.service: list[int] = tables.visit[:, 2].tolist()
        self.hours = Hours(tables)
        starts, ends = tables.window_start.tolist(), tables.window_end.tolist()
        self.windows = [
            list(zip(starts[order][:count], ends[order][:count], strict=True))
            for order, count in enumerate(tables.window_count.tolist())
        ]
        self.rests = [
            list(
                zip(
                    tables.rest_seconds[v, :count].tolist(),
                    tables.rest_earliest[v, :count].tolist(),
                    tables.rest_latest[v, :count].tolist(),
                    strict=True,
                )
            )
            for v, count in enumerate(tables.rest_count.tolist())
        ]

    def orders_of(self, vehicle: int) -> list[int]:
        """The orders of a route in their sequence."""
        found, x = [], self.node[self.n + vehicle].next
        while x < self.n:
            found.append(x)
            x = self.node[x].next
        return found

    def leg_units(self, vehicle: int, start: int, end: int) -> int:
        """Price of the leg between two places; one that does not exist may cost anything."""
        units = self.metres[start][end] * int(self.t.metre_units[vehicle])
        return min(units + self.seconds[start][end] * int(self.t.second_units[vehicle]), _LARGEST)

    def touch(self, vehicle: int, mark: int) -> bool:
        """Keep the route as it is before its first change with this mark; True when that was done."""
        route = self.route[vehicle]
        if route.touched == mark:
            return False
        nodes = [self.n + vehicle, *self.orders_of(vehicle), self.n + self.m + vehicle]
        before = copy(route)
        before.old = None
        route.old, route.touched = (before, {x: self.node[x].copy() for x in nodes}), mark
        return True

    def restore(self, vehicle: int) -> None:
        """The route as it was when it was touched."""
        mark = self.route[vehicle].touched
        old = self.route[vehicle].old
        assert old is not None
        self.route[vehicle] = copy(old[0])
        self.route[vehicle].touched, self.route[vehicle].old = mark, old
        for x, node in old[1].items():
            self.node[x] = node.copy()

    def _set_leg(self, start: int, end: int) -> None:
        node, place, route = self.node[start], self.node[end].place, self.route[self.node[start].route]
        node.metres, node.drive = self.metres[node.place][place], self.seconds[node.place][place]
        route.metres += node.metres
        route.drive += node.drive
        node.next, self.node[end].prev = end, start

    def _drop_leg(self, start: int) -> None:
        node = self.node[start]
        self.route[node.route].metres -= node.metres
        self.route[node.route].drive -= node.drive

    def _add_load(self, order: int, vehicle: int, sign: int) -> None:
        route = self.route[vehicle]
        route.stops += sign
        route.service += sign * self.service[order]
        route.share += sign * int(self.t.even_share[order])
        self.company.count(order, vehicle, sign)
        if self.t.partner[order] >= 0:
            return
        if not (self.t.mixed and self.t.pickup[order]):
            route.load = [a + sign * b for a, b in zip(route.load, self.demand[order], strict=True)]

    def insert(self, left: int, order: int) -> None:
        """Put an order behind ``left``. The route must be refreshed afterwards."""
        right, vehicle = self.node[left].next, self.node[left].route
        self.node[order].route = vehicle
        self._drop_leg(left)
        self._set_leg(left, order)
        self._set_leg(order, right)
        self._add_load(order, vehicle, 1)

    def leave_route(self, order: int) -> None:
        """Take an order off its route. The gap must be closed by ``connect``."""
        self._drop_leg(order)
        self._add_load(order, self.node[order].route, -1)
        self.node[order].route = -1

    def connect(self, left: int, right: int) -> None:
        """Close the gap between ``left``, whose old leg still counts, and ``right``."""
        self._drop_leg(left)
        self._set_leg(left, right)
        if self.route[self.node[left].route].stops == 0:
            self._drop_leg(left)
            self.node[left].metres = self.node[left].drive = 0

    def service_start(self, order: int, time: int) -> int:
        """When service can begin for an arrival at ``time``; NEVER when that is too late."""
        return next((max(start, time) for start, end in self.windows[order] if time <= end), NEVER)

    def _latest_service(self, order: int, time: int) -> int:
        return next((min(end, time) for start, end in reversed(self.windows[order]) if start <= time), -NEVER)

    def visit(self, order: int, before: Span, drive: int) -> Span:
        """The stretch of serving one order, in the first window that is open after ``before`` and a drive."""
        time = before.first + before.length + drive
        windows = self.windows[order]
        start, end = next((w for w in windows if time <= w[1]), windows[-1])
        return Span(self.service[order], start, end)

    def rest(self, vehicle: int, time: list[int], late: list[int] | None = None) -> list[bool]:
        """Take the next breaks now where that is possible; which ``time[k + 1]`` took break k here.

        With ``late``, units for lateness, also where it is as early with less of it.
        """
        taken = [False] * len(self.rests[vehicle])
        for k, (seconds, earliest, latest) in enumerate(self.rests[vehicle]):
            start = max(time[k], earliest)
            equal = late is not None and start + seconds == time[k + 1] and late[k] < late[k + 1]
            if start <= latest and (start + seconds < time[k + 1] or equal):
                time[k + 1] = start + seconds
                taken[k] = True
                if late is not None:
                    late[k + 1] = late[k]
        return taken

    def _rest_backward(self, vehicle: int, time: list[int]) -> None:
        for k in range(len(self.rests[vehicle]) - 1, -1, -1):
            seconds, earliest, latest = self.rests[vehicle][k]
            start = min(latest, time[k + 1] - seconds)
            if start >= earliest:
                time[k] = max(time[k], start)

    def serve(self, order: int, time: list[int]) -> list[int]:
        """Departures after serving ``order``, for arrivals ``time``."""
        starts = [self.service_start(order, t) if t < NEVER else NEVER for t in time]
        return [start + self.service[order] if start < NEVER else NEVER for start in starts]

    def drive(
        self,
        vehicle: int,
        time: list[int],
        seconds: int,
        places: tuple[int, int],
        late: list[int] | None = None,
    ) -> tuple[list[bool], list[bool]]:
        """Move ``time`` over one leg between two places, with breaks before and after the drive; the breaks
        taken there."""
        before = self.rest(vehicle, time, late)
        time[:] = [self.hours.reach(t, seconds, *places) if t < NEVER else t for t in time]
        return before, self.rest(vehicle, time, late)

    def refresh(self, vehicle: int, change: Change | None = None) -> None:
        """Bring everything known about a route up to date after ``change`` (None: all of it is new)."""
        begin, end = self.n + vehicle, self.n + self.m + vehicle
        orders, route, wanted = self.orders_of(vehicle), self.route[vehicle], self.t.needs_seconds[vehicle]
        if self.t.mixed:
            self._refresh_loads(begin, orders)
        if not self.t.timed:
            return
        first, last = self.node[begin].next, self.node[end].prev
        change = change or Change(first, last, first, last)
        self._refresh_forward(vehicle, change.first_right, change.last_right)
        self._refresh_backward(vehicle, change.last_left, change.first_left)
        if wanted:
            after = self.node[self.node[begin].next] if orders else self.node[end]
            all_of_it = self.node[begin].head.join(self.node[begin].drive, after.tail)
            seconds = all_of_it.length
            route.ends = all_of_it.first + seconds if orders else 0
            route.seconds = seconds if orders else 0
            route.waiting = seconds - route.drive - route.service if orders else 0

    def _refresh_forward(self, vehicle: int, x: int, until: int) -> None:
        """From ``x`` on; behind ``until`` as far as anything changes."""
        count, wanted, fixed = len(self.rests[vehicle]) + 1, self.t.needs_seconds[vehicle], True
        while x < self.n:
            node, before = self.node[x], self.node[self.node[x].prev]
            time, head = before.leave[:count], node.head
            self.drive(vehicle, time, before.drive, (before.place, node.place))
            time = self.serve(x, time)
            if wanted:
                head = before.head.join(before.drive, self.visit(x, before.head, before.drive))
            if not fixed and node.leave[:count] == time and node.head == head:
                return
            node.leave[:count], node.head = time, head
            fixed = fixed and x != until
            x = node.next

    def _refresh_backward(self, vehicle: int, x: int, until: int) -> None:
        """From ``x`` back; before ``until`` as far as anything changes."""
        count, wanted, fixed = len(self.rests[vehicle]) + 1, self.t.needs_seconds[vehicle], True
        while x < self.n:
            node, before, after = self.node[x], self.node[self.node[x].prev], self.node[self.node[x].next]
            tail = node.tail
            time = [self.hours.set_out(due, node.drive, node.place, after.place) for due in after.due[:count]]
            self._rest_backward(vehicle, time)
            due = [self._latest_service(x, t - self.service[x]) for t in time]
            self._rest_backward(vehicle, due)
            if wanted:
                tail = self.visit(x, before.head, before.drive).join(node.drive, after.tail)
            if not fixed and node.due[:count] == due and node.tail == tail:
                return
            node.due[:count], node.tail = due, tail
            fixed = fixed and x != until
            x = node.prev

    def _refresh_loads(self, begin: int, orders: list[int]) -> None:
        pickup = self.t.pickup
        for d in range(self.t.dims):
            aboard = [sum(self.demand[x][d] for x in orders if not pickup[x] and self.t.partner[x] < 0)]
            for x in orders:
                aboard.append(aboard[-1] + (self.demand[x][d] if pickup[x] else -self.demand[x][d]))
            for at, x in enumerate([begin, *orders]):
                self.node[x].peak_before[d] = max(aboard[: at + 1])
                self.node[x].peak_after[d] = max(aboard[at:])

    def refresh_depots(self, vehicle: int) -> None:
        """What never changes: departures after the breaks that end before it, and the latest returns."""
        t, rests = self.t, self.rests[vehicle]
        begin, end = self.node[self.n + vehicle], self.node[self.n + self.m + vehicle]
        earliest, latest = int(t.earliest_start[vehicle]), int(t.latest_start[vehicle])
        departure = earliest
        for k in range(len(rests) + 1):
            if k:
                departure = max(departure, rests[k - 1][1] + rests[k - 1][0])
            begin.leave[k] = departure if departure <= max(latest, earliest) else NEVER
        bound, back = int(t.latest_end[vehicle]), int(t.earliest_end[vehicle])
        for k in range(len(rests), -1, -1):
            if k < len(rests):
                bound = min(bound, rests[k][2])
            end.due[k] = bound if bound >= back else -NEVER
        self._rest_backward(vehicle, end.due)
        begin.head, end.tail = Span(0, earliest, latest), Span(0, back, int(t.latest_end[vehicle]))

    def walk(self, vehicle: int) -> TimedDay:
        """The day exactly as the timetable computes it: the earliest return, then the latest departure."""
        t, rests, begin = self.t, self.rests[vehicle], self.n + vehicle
        time = self.node[begin].leave[: len(rests) + 1]
        late = [0] * len(time)
        orders = self.orders_of(vehicle)
        nodes = [begin, *orders, self.n + self.m + vehicle]
        legs = [(self.node[a].place, self.node[b].place) for a, b in pairwise(nodes)]
        taken = []
        for x, places in zip(nodes, legs, strict=False):
            if x != begin:
                starts = [self.service_start(x, moment) if moment < NEVER else NEVER for moment in time]
                time = self.serve(x, time)
                late = [
                    a + self.hours.late_units(x, b) if b < NEVER else a
                    for a, b in zip(late, starts, strict=True)
                ]
            taken.append(self.drive(vehicle, time, self.node[x].drive, places, late))
        ends = []
        for k, moment in enumerate(time):
            back = max(moment, int(t.earliest_end[vehicle]))
            if moment < NEVER and back <= int(t.latest_end[vehicle]) and all(r[2] >= back for r in rests[k:]):
                ends.append((back, late[k], k))
        if not ends:
            return TimedDay(NEVER, NEVER, 0)
        end_time, _, skipped = min(ends)
        chosen, skipped = chosen_rests(taken, skipped)
        departure = self.node[begin].leave[skipped]
        begins, late_units = self._begin_services(vehicle, nodes, chosen, departure)
        bound = end_time
        for at in range(len(legs) - 1, -1, -1):
            bound = self._rests_before(vehicle, chosen[at][1], bound)
            bound = self.hours.set_out(bound, self.node[nodes[at]].drive, *legs[at])
            bound = self._rests_before(vehicle, chosen[at][0], bound)
            if at:
                bound = self._latest_begin(nodes[at], begins[at - 1], bound - self.service[nodes[at]])
        bound = min(max(bound, departure), max(departure, int(t.latest_start[vehicle])))
        return TimedDay(end_time - bound, end_time, late_units)

    def _begin_services(
        self, vehicle: int, nodes: list[int], chosen: list[tuple[list[int], list[int]]], time: int
    ) -> tuple[list[int], int]:
        """Where services begin on the earliest way with the chosen breaks; units for the lateness."""
        begins, late = [], 0
        for (before, after), (a, b) in zip(chosen, pairwise(nodes[:-1]), strict=False):
            time = self._rests_from(vehicle, before, time)
            time = self.hours.reach(time, self.node[a].drive, self.node[a].place, self.node[b].place)
            time = self._rests_from(vehicle, after, time)
            begins.append(self.service_start(b, time))
            late += self.hours.late_units(b, begins[-1])
            time = begins[-1] + self.service[b]
        return begins, late

    def _rests_from(self, vehicle: int, numbers: list[int], time: int) -> int:
        for k in numbers:
            time = max(time, self.rests[vehicle][k][1]) + self.rests[vehicle][k][0]
        return time

    def _rests_before(self, vehicle: int, numbers: list[int], bound: int) -> int:
        for k in reversed(numbers):
            bound = min(bound - self.rests[vehicle][k][0], self.rests[vehicle][k][2])
        return bound

    def _latest_begin(self, order: int, start: int, bound: int) -> int:
        """The latest start not after ``bound`` that is not later than ``start``, the earliest, was."""
        windows, due = self.windows[order], self.hours.due[order]
        if not self.t.soft or all(end == wanted for (_, end), wanted in zip(windows, due, strict=True)):
            return self._latest_service(order, bound)
        window = next((w for w, (_, end) in enumerate(windows) if start <= end), -1)
        return max(start, min(bound, due[window]))

    def route_units(self, vehicle: int) -> int:
        """Cost of a feasible route; 0 for a vehicle that stays at home."""
        t, route = self.t, self.route[vehicle]
        if not route.stops:
            return 0
        places = [self.n + vehicle, *self.orders_of(vehicle), self.n + self.m + vehicle]
        legs = pairwise(self.node[x].place for x in places)
        units = (
            int(t.fixed_units[vehicle]) + sum(self.leg_units(vehicle, a, b) for a, b in legs) + route.wishes
        )
        units += self.hours.even_units(route.share) if t.even == 2 else 0
        if t.timed and t.needs_seconds[vehicle]:
            day = self.walk(vehicle) if t.exact[vehicle] else TimedDay(route.seconds, route.ends, 0)
            units += (day.seconds - route.drive) * int(t.second_units[vehicle])
            units += day.late + self.hours.over_units(vehicle, day.end)
            units += self.hours.even_units(day.seconds // 60) if t.even == 1 else 0
        return units

    def keeps_limits(self, vehicle: int) -> bool:
        """Where the legs obey no triangle rule, taking stops out can break a rule too."""
        t, route, begin = self.t, self.route[vehicle], self.n + vehicle
        if not route.stops:
            return True
        if route.metres > int(t.max_metres[vehicle]):
            return False
        if not t.timed:
            return True
        orders = self.orders_of(vehicle)
        if t.no_way and any(self.node[x].drive >= NO_WAY_S for x in [begin, *orders]):
            return False
        time = self.node[begin].leave[: len(self.rests[vehicle]) + 1]
        self.rest(vehicle, time)
        start, due = self.node[begin], self.node[orders[0]].due
        places = start.place, self.node[orders[0]].place
        fits = any(
            moment < NEVER and self.hours.reach(moment, start.drive, *places) <= due[k]
            for k, moment in enumerate(time)
        )
        if not fits or int(t.max_seconds[vehicle]) >= NEVER:
            return fits
        seconds = self.walk(vehicle).seconds if t.exact[vehicle] else route.seconds
        return seconds <= int(t.max_seconds[vehicle])
