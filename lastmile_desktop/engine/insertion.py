"""Trying an order in every place of every route at once: a vectorised insertion test for all rules.

The state holds one row per *gap* (between two neighbours of a route, depot ends included): the earliest
moment the vehicle can be free before it and the latest it may arrive after it. One order is then tested
against all gaps in a handful of array operations. The test only says where an order fits and roughly what
that costs; times and costs that people see come from ``schedule``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.insertion_company import Company
from lastmile_desktop.engine.insertion_times import Chain, joined_breaks
from lastmile_desktop.engine.problem import FAR_S, NO_LIMIT, NO_WAY_S, Ints, Problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.timing import schedule_route

Flags = NDArray[np.bool_]
_INFEASIBLE = np.inf
#: How much waiting before a newly inserted stop counts, as a share of the hourly price.
_WAIT_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Rules that an insertion may break, to find out which one stands in its way."""

    skill: bool = False
    load: bool = False
    window: bool = False
    hours: bool = False
    stops: bool = False
    distance: bool = False
    company: bool = False


NONE_RELAXED = Relaxed()

#: The arrays with one row per gap. ``_rest_*``: breaks taken on arrival at a newly inserted order.
_GAP_COLUMNS = (
    "vehicle",
    "position",
    "_active",
    "_free_s",
    "_due_s",
    "_place_from",
    "_place_to",
    "_rest_from",
    "_rest_by",
    "_rest_s",
    "_room_before",
    "_room_after",
)


class InsertionState:
    """Routes of a problem, kept ready for insertion tests. Breaks count as taken on arrival, before a visit.

    ``routes[v]`` are order indices. A route that breaks a rule already (a hand edit) offers only the gaps
    that do not make a lateness worse downstream. Where a vehicle has several trips, its reloads stay where
    they are best now, and an insertion is verified exactly with them moved. ``company`` knows who is
    where. Nothing is offered within the ``frozen`` beginning of a route.
    """

    def __init__(
        self,
        problem: Problem,
        routes: Sequence[Sequence[int]] | None = None,
        frozen: Collection[int] = (),
    ) -> None:
        self.problem = problem
        self.company = Company(problem, frozen)
        self.routes: list[list[int]] = [[] for _ in range(problem.vehicle_count)]
        self._clock = problem.clock
        # Set-up times count as driving in the test, unless traffic makes driving longer or shorter.
        self._from_to = problem.travel_s if self._clock.steady else problem.duration_s
        self._to_from = np.ascontiguousarray(self._from_to.T)
        self._metres = problem.distance_m
        self._metres_back = np.ascontiguousarray(problem.distance_m.T)
        self._window_starts, self._window_ends = problem.window_table
        self._late_per_second = problem.late_cents_per_hour / 3600.0
        self._several = self._window_starts.shape[1] > 1
        self._dims = problem.load_dimensions
        self.per_metre = problem.search_per_km_cents / 1000.0
        self.per_second = problem.search_per_hour_cents / 3600.0
        self._gap_count = 0
        self._slots = [0] * problem.vehicle_count
        self._room = [0] * problem.vehicle_count
        self._allocate(max(64, 2 * (problem.order_count + 2 * problem.vehicle_count)))
        self._metres_of = np.zeros(problem.vehicle_count, dtype=np.int64)
        self._stops_of = np.zeros(problem.vehicle_count, dtype=np.int64)
        for vehicle in range(problem.vehicle_count):
            self.set_route(vehicle, routes[vehicle] if routes else [])

    @cached_property
    def scorer(self) -> Scorer:
        """Scores single routes exactly, where the test alone cannot know."""
        return Scorer(self.problem)

    def _allocate(self, rows: int) -> None:
        self.vehicle = np.zeros(rows, dtype=np.int64)
        self.position = np.zeros(rows, dtype=np.int64)
        self._active = np.zeros(rows, dtype=np.bool_)
        self._free_s = np.zeros(rows, dtype=np.int64)
        self._due_s = np.zeros(rows, dtype=np.int64)
        self._place_from = np.zeros(rows, dtype=np.int64)
        self._place_to = np.zeros(rows, dtype=np.int64)
        self._rest_from = np.zeros(rows, dtype=np.int64)
        self._rest_by = np.full(rows, FAR_S, dtype=np.int64)
        self._rest_s = np.zeros(rows, dtype=np.int64)
        self._room_before = np.zeros((rows, 3), dtype=np.int64)
        self._room_after = np.zeros((rows, 3), dtype=np.int64)

    def set_route(self, vehicle: int, orders: Sequence[int]) -> None:
        """Replace the route of ``vehicle`` and refresh its gaps."""
        self.routes[vehicle] = list(orders)
        self._refresh(vehicle)

    def insert(self, order: int, gap: int) -> bool:
        """Put ``order`` into ``gap``; False (and nothing changed) when an exact check forbids it."""
        vehicle, position = int(self.vehicle[gap]), int(self.position[gap])
        route = self.routes[vehicle]
        if self.problem.partner[order] >= 0 or self.problem.max_trips[vehicle] > 1:
            with_it = [*route[:position], order, *route[position:]]
            if self.scorer.route(vehicle, with_it)[0] > self.scorer.route(vehicle, route)[0]:
                return False
        if self.problem.max_duration_s[vehicle] < NO_LIMIT:
            times = schedule_route(self.problem, vehicle, [*route[:position], order, *route[position:]])
            if times.end_s - times.start_s > int(self.problem.max_duration_s[vehicle]):
                return False
        route.insert(position, order)
        self._refresh(vehicle)
        return True

    def remove(self, orders: Sequence[int]) -> None:
        """Take ``orders`` off their routes; those on none are passed over."""
        gone = set(orders)
        for vehicle, route in enumerate(self.routes):
            kept = [order for order in route if order not in gone]
            if len(kept) < len(route):
                self.set_route(vehicle, kept)

    def costs(
        self, order: int, relaxed: Relaxed = NONE_RELAXED, *, half: bool = False
    ) -> NDArray[np.float64]:
        """Added cost in cents of ``order`` in each gap, infinite where a rule forbids it; shape (gaps,).

        Half a shipment may only join its other half; with ``half`` it is judged as if that came with it.
        """
        rows = slice(0, self._gap_count)
        problem, place = self.problem, int(self.problem.order_place[order])
        vehicle, place_from, place_to = self.vehicle[rows], self._place_from[rows], self._place_to[rows]
        drive_in, drive_out = self._to_from[place][place_from], self._from_to[place][place_to]
        drive_now = self._from_to[place_from, place_to]
        fits = self._active[rows] & (drive_in < NO_WAY_S) & (drive_out < NO_WAY_S)
        if not relaxed.skill:
            fits &= problem.allowed[order][vehicle]
        if not relaxed.company:
            self._keep_company(fits, order, rows, half)
        if not relaxed.load and problem.partner[order] < 0:
            fits &= self._load_fits(order, rows)
        if not relaxed.stops:
            fits &= (self._stops_of < problem.max_stops)[vehicle]
        metres = (
            self._metres_back[place][place_from]
            + self._metres[place][place_to]
            - self._metres[place_from, place_to]
        )
        if not relaxed.distance:
            fits &= metres <= (problem.max_distance_m - self._metres_of)[vehicle]
        start, wait, in_time = self._times(order, rows, drive_in, drive_out, relaxed)
        fits &= in_time
        added = (
            metres * self.per_metre[vehicle]
            + (drive_in + drive_out - drive_now + _WAIT_SHARE * wait) * self.per_second[vehicle]
        )
        added += np.where(self._stops_of == 0, problem.search_fixed_cents, 0)[vehicle]
        if problem.is_soft[order]:
            added += self._late_s(order, start) * self._late_per_second[order]
        wishes = self.company.cents(order)
        if wishes is not None:
            added += wishes[vehicle]
        result: NDArray[np.float64] = np.where(fits, added, _INFEASIBLE)
        return result

    def _keep_company(self, fits: Flags, order: int, rows: slice, half: bool) -> None:
        places = self.company.places(order, half=half)
        if places is not None:
            vehicle, position = self.vehicle[rows], self.position[rows]
            fits &= (position >= places[0][vehicle]) & (position <= places[1][vehicle])

    def _load_fits(self, order: int, rows: slice) -> Flags:
        room = self._room_after if self.problem.is_pickup[order] else self._room_before
        fits = np.ones(self._gap_count, dtype=np.bool_)
        for column in self._dims:
            amount = self.problem.demand[order, column]
            if amount > 0:
                fits &= room[rows, column] >= amount
        return fits

    def _times(
        self,
        order: int,
        rows: slice,
        drive_in: NDArray[np.int32],
        drive_out: NDArray[np.int32],
        relaxed: Relaxed,
    ) -> tuple[Ints, Ints, Flags]:
        """Start of service and waiting before it in each gap, and whether all is in time."""
        problem, place = self.problem, int(self.problem.order_place[order])
        place_from, place_to = self._place_from[rows], self._place_to[rows]
        if self._clock.steady:
            arrive = self._free_s[rows] + drive_in
        else:
            arrive = self._clock.arrive_all(self._free_s[rows], drive_in)
            arrive += np.where(place_from == place, 0, problem.setup_s[place])
        in_time = arrive <= self._rest_by[rows]
        arrive = np.maximum(arrive, self._rest_from[rows]) + self._rest_s[rows]
        start = arrive
        if not relaxed.window:
            if self._several:
                starts, ends = self._window_starts[order], self._window_ends[order]
                fitting = np.maximum(starts[None, :], arrive[:, None])
                start = np.where(fitting <= ends[None, :], fitting, FAR_S * 2).min(axis=1)
                in_time &= start < FAR_S * 2
            else:
                start = np.maximum(arrive, self._window_starts[order, 0])
                in_time &= start <= self._window_ends[order, 0]
        if not relaxed.hours:
            leave = start + problem.service_s[order]
            if self._clock.steady:
                ready = leave + drive_out
            else:
                ready = self._clock.arrive_all(leave, drive_out)
                ready += np.where(place_to == place, 0, problem.setup_s[place_to])
            in_time &= ready <= self._due_s[rows]
        return start, start - arrive, in_time

    def _late_s(self, order: int, start: Ints) -> Ints:
        """How far each start lies behind the end of its window as the customer has it."""
        late = np.zeros(len(start), dtype=np.int64)
        for (opens, end), due in zip(
            self.problem.windows[order], self.problem.window_due[order], strict=True
        ):
            late = np.where((start >= opens) & (start <= end), np.maximum(start - due, 0), late)
        return late

    def _refresh(self, vehicle: int) -> None:
        """Compute the gap rows of one route anew: forwards the earliest, backwards the latest times."""
        problem, route = self.problem, self.routes[vehicle]
        self.company.set_route(vehicle, route)
        trips = [route]
        if problem.max_trips[vehicle] > 1 and len(route) > 1:
            trips = schedule_route(problem, vehicle, route).trips
        chain = Chain(problem, vehicle, trips)
        legs, rests = len(chain.calls) + 1, chain.rests
        more_trips = 2 * bool(route and len(trips) < problem.max_trips[vehicle])
        total = legs + len(rests) + more_trips
        first = self._reserve(vehicle, total)
        plain, rows = slice(first, first + legs), slice(first, first + total)
        self.vehicle[rows] = vehicle
        self.position[plain] = chain.positions
        self._free_s[plain], self._due_s[plain] = chain.free, chain.due_rested
        self._place_from[plain], self._place_to[plain] = chain.places[:-1], chain.places[1:]
        self._rest_from[rows], self._rest_by[rows], self._rest_s[rows] = 0, FAR_S, 0
        for row, (leg, numbers) in enumerate(rests.items(), first + legs):
            # The same gap once more, with its breaks taken before the new order instead of after it.
            rules = [problem.breaks[vehicle][number] for number in numbers]
            self.position[row], self._free_s[row] = chain.positions[leg], chain.free[leg]
            self._due_s[row] = chain.due[leg]
            self._place_from[row], self._place_to[row] = chain.places[leg], chain.places[leg + 1]
            self._rest_from[row], self._rest_by[row], self._rest_s[row] = joined_breaks(rules)
        self._metres_of[vehicle] = int(self._metres[chain.places[:-1], chain.places[1:]].sum())
        self._stops_of[vehicle] = len(route)
        if self._dims:
            self._refresh_loads(vehicle, trips, first, list(rests))
        if more_trips:
            self._add_trips(vehicle, first + legs + len(rests))

    def _add_trips(self, vehicle: int, row: int) -> None:
        """Two gaps more: a trip of its own before all others, and one behind them (both verified exactly)."""
        problem, route = self.problem, self.routes[vehicle]
        depot = int(problem.start_place[vehicle])
        both = slice(row, row + 2)
        self.position[both] = [0, len(route)]
        self._free_s[both] = int(problem.earliest_start_s[vehicle])
        self._due_s[both] = int(problem.latest_end_s[vehicle])
        self._place_from[both] = depot
        self._place_to[both] = [depot, int(problem.end_place[vehicle])]
        self._room_before[both] = self._room_after[both] = problem.capacity[vehicle]

    def _refresh_loads(
        self, vehicle: int, trips: Sequence[Sequence[int]], first: int, rest_legs: list[int]
    ) -> None:
        """Room for one more load on all legs of the trip up to each gap, and from it on."""
        problem, limits = self.problem, self.problem.capacity[vehicle]
        befores: list[Ints] = []
        afters: list[Ints] = []
        for trip in trips:
            route = list(trip)
            amounts = problem.demand[route]
            back = problem.is_pickup[route][:, None]
            change = np.where(back, amounts, -amounts)
            aboard = np.zeros((len(route) + 1, 3), dtype=np.int64)
            from_depot = ~back & (problem.partner[route] < 0)[:, None]
            aboard[0] = np.where(from_depot, amounts, 0).sum(axis=0)
            aboard[1:] = aboard[0] + np.cumsum(change, axis=0)
            befores.append(limits - np.maximum.accumulate(aboard, axis=0))
            afters.append(limits - np.maximum.accumulate(aboard[::-1], axis=0)[::-1])
        before, after = np.concatenate(befores), np.concatenate(afters)
        legs = [*range(len(before)), *rest_legs]
        rows = slice(first, first + len(legs))
        self._room_before[rows], self._room_after[rows] = before[legs], after[legs]

    def _reserve(self, vehicle: int, total: int) -> int:
        """Rows for the gaps of a route: its own block while large enough, else a new one at the end."""
        if total > self._room[vehicle]:
            old = slice(self._slots[vehicle], self._slots[vehicle] + self._room[vehicle])
            self._active[old] = False
            room = total + max(8, total // 2)
            if self._gap_count + room > len(self.vehicle):
                self._grow(self._gap_count + room)
            self._slots[vehicle], self._room[vehicle] = self._gap_count, room
            self._gap_count += room
        first = self._slots[vehicle]
        self._active[first : first + total] = self.problem.can_work[vehicle]
        self._active[first + total : first + self._room[vehicle]] = False
        return first

    def _grow(self, rows: int) -> None:
        old = {name: getattr(self, name) for name in _GAP_COLUMNS}
        self._allocate(2 * rows)
        for name, column in old.items():
            getattr(self, name)[: len(column)] = column
