"""Where a vehicle with several trips comes back to load: a search over the sequence of its orders.

Labels (Desrochers and Soumis 1988) go along the orders, one more trip at a time, and only those are kept
that no other beats in everything that can matter later. The few that arrive are then timed exactly, and the
one that breaks the fewest rules and costs least is taken, with as few reloads as keep the rules, because
coming back is a detour. A route that breaks a rule however the vehicle loads gets a simple placement.
Without breaks, traffic, soft or several windows that is the best of all there are; with these, what is said
of a label is partly a guess, and the result is good, and true in any case, but perhaps not the very best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lastmile_desktop.engine.problem import NO_LIMIT, NO_WAY_S, Problem
from lastmile_desktop.engine.route_cost import BROKEN_RULE, broken_limits, search_units
from lastmile_desktop.engine.scales import FAR_S, Windows
from lastmile_desktop.engine.walk import (
    RELOAD,
    RouteTimes,
    earliest_start,
    lateness,
    reload_window,
    walk_route,
)
from lastmile_desktop.model import EvenBy

#: The most labels kept for one position and number of trips; more would be needed only where many things pull
#: in different directions.
_MOST_LABELS = 12
#: So many ends of the search are timed exactly.
_MOST_TIMED = 12
#: No moment at all: this many breaks cannot be behind the vehicle yet.
_NEVER = 4 * FAR_S


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something is done: when it may begin, until when it should, how long it takes, and the
    price of an hour late."""

    place: int
    windows: Windows
    due: tuple[int, ...]
    service_s: int
    late_price: int


@dataclass(slots=True)
class _Label:
    """One way to have come here. ``broken`` counts seconds and heavier rules, ``late`` is money for lateness.

    ``times[k]`` is the earliest moment with k breaks behind; ``length`` the shortest duration so far, if the
    vehicle left by ``last``. ``reloads`` are the positions before which the vehicle loads again.
    """

    broken: int
    late: int
    metres: int
    length: int
    last: int
    times: tuple[int, ...]
    reloads: tuple[int, ...]

    def as_good_as(self, other: _Label, *, timed: bool) -> bool:
        """True when nothing can make ``other`` the better one later."""
        return (
            self.broken <= other.broken
            and self.late <= other.late
            and self.metres <= other.metres
            and all(map(int.__le__, self.times, other.times))
            and (not timed or (self.length <= other.length and self.last >= other.last))
        )


def schedule_route(problem: Problem, vehicle: int, orders: Sequence[int]) -> RouteTimes:
    """Times of ``vehicle`` serving ``orders`` in this order (at least one), reloads placed at their best.

    Never refuses: what cannot be kept is late or beyond the hours. See ``walk.walk_route``.
    """
    if problem.max_trips[vehicle] <= 1 or len(orders) < 2:
        return walk_route(problem, vehicle, orders)
    return _Placement(problem, vehicle, list(orders)).best()


class _Placement:
    def __init__(self, problem: Problem, vehicle: int, orders: list[int]) -> None:
        self._problem, self._vehicle, self._orders = problem, vehicle, orders
        self._clock, self._breaks = problem.clock, problem.breaks[vehicle]
        self._depot = int(problem.start_place[vehicle])
        self._places: list[int] = problem.order_place[orders].tolist()
        self._services: list[int] = problem.service_s[orders].tolist()
        self._late_price: list[int] = problem.late_cents_per_hour[orders].tolist()
        self._rows: list[list[int]] = problem.demand[orders].tolist()
        self._limits = [(d, int(problem.capacity[vehicle, d])) for d in problem.load_dimensions]
        self._limits = [(d, limit) for d, limit in self._limits if limit < NO_LIMIT]
        self._open = _open_shipments(problem, orders)
        #: Whether the route's duration matters, apart from its end.
        self._timed = bool(
            problem.search_per_hour_cents[vehicle]
            or problem.max_duration_s[vehicle] < NO_LIMIT
            or (problem.even_units and problem.even_by is EvenBy.HOURS)
        )

    def best(self) -> RouteTimes:
        """The timetable with the best places for the reloads.

        Coming back is a detour, so it is looked for only where the route breaks a rule without it, and where
        nothing keeps all rules, one simple way is taken: almost all routes that a search asks about are
        decided before the search over labels.
        """
        found = self._timed_best([()])
        if not found[0][0]:
            return found[1]
        found = min(found, self._timed_best([self._when_full()]), key=lambda pair: pair[0])
        if self._could_carry():
            candidates = self._reloads()
            if candidates:
                found = min(found, self._timed_best(candidates), key=lambda pair: pair[0])
        return found[1]

    def _could_carry(self) -> bool:
        """False where even so many full loads are not enough (what is brought from the depot alone)."""
        trips = min(int(self._problem.max_trips[self._vehicle]), len(self._orders))
        brought = [
            row
            for order, row in zip(self._orders, self._rows, strict=True)
            if self._problem.partner[order] < 0 and not self._problem.is_pickup[order]
        ]
        return all(sum(row[column] for row in brought) <= trips * limit for column, limit in self._limits)

    def _when_full(self) -> tuple[int, ...]:
        """Loading again only when the next order would be too much, at the last place that allows it."""
        reloads: list[int] = []
        position, first, possible, load = 0, 0, 0, _TripLoad(self._limits)
        most = int(self._problem.max_trips[self._vehicle]) - 1
        while position < len(self._orders):
            fits = load.add(self._rows[position], self._problem, self._orders[position])
            if not fits and possible > first and len(reloads) < most:
                reloads.append(possible)
                position = first = possible
                load = _TripLoad(self._limits)
                continue
            position += 1
            if not self._open[position - 1]:
                possible = position
        return tuple(reloads)

    def _timed_best(self, candidates: list[tuple[int, ...]]) -> tuple[tuple[int, int, int], RouteTimes]:
        """((broken, units, number of reloads), times) of the best of at least one candidate."""
        best: tuple[tuple[int, int, int], RouteTimes] | None = None
        for reloads in candidates:
            calls: list[int] = []
            for position, order in enumerate(self._orders):
                if position in reloads:
                    calls.append(RELOAD)
                calls.append(order)
            times = walk_route(self._problem, self._vehicle, calls)
            broken = broken_limits(self._problem, self._vehicle, times)
            rank = (broken, search_units(self._problem, self._vehicle, times), len(reloads))
            if best is None or rank < best[0]:
                best = (rank, times)
        assert best is not None
        return best

    def _reloads(self) -> list[tuple[int, ...]]:
        """Promising sets of reloads that keep loads and times, as few reloads as that takes, best guesses
        first; empty when there is none."""
        count = len(self._orders)
        begin: list[list[_Label]] = [[] for _ in range(count)]
        begin[0] = [self._first_label()]
        ends: list[_Label] = []
        trips = min(int(self._problem.max_trips[self._vehicle]), count)
        for trip in range(trips):
            following: list[list[_Label]] = [[] for _ in range(count)]
            for first in range(count):
                for label in begin[first]:
                    for place, reached in self._trip(label, first):
                        if place == count - 1:
                            self._keep(ends, self._home(reached), most=_MOST_TIMED)
                        elif not self._open[place] and trip + 1 < trips:
                            again = self._reload(reached, place)
                            if _alive(again):
                                self._keep(following[place + 1], again, most=_MOST_LABELS)
            if ends:
                break
            begin = following
        ends.sort(key=self._guess)
        return [label.reloads for label in ends[:_MOST_TIMED]]

    def _first_label(self) -> _Label:
        problem, vehicle = self._problem, self._vehicle
        departure, latest = int(problem.earliest_start_s[vehicle]), int(problem.latest_start_s[vehicle])
        times = [departure]
        for rule in self._breaks:
            departure = max(departure, rule.earliest_s + rule.duration_s)
            times.append(departure if departure <= max(latest, times[0]) else _NEVER)
        return _Label(0, 0, 0, 0, latest, tuple(times), ())

    def _trip(self, label: _Label, first: int) -> Iterator[tuple[int, _Label]]:
        """(position, label with its order served) along one trip that begins with the order at ``first``."""
        place = self._depot
        load = _TripLoad(self._limits)
        for position in range(first, len(self._orders)):
            order = self._orders[position]
            if not load.add(self._rows[position], self._problem, order):
                return
            there = _Place(
                self._places[position],
                self._problem.windows[order],
                self._problem.window_due[order],
                self._services[position],
                self._late_price[position],
            )
            label = self._serve(label, place, there)
            if not _alive(label):
                return
            place = there.place
            yield position, label

    def _reload(self, label: _Label, position: int) -> _Label:
        windows = reload_window(self._problem, self._vehicle)
        reload_s = int(self._problem.reload_s[self._vehicle])
        there = _Place(self._depot, windows, (windows[0][1],), reload_s, 0)
        label = self._serve(label, self._places[position], there)
        return replace(label, reloads=(*label.reloads, position + 1))

    def _home(self, label: _Label) -> _Label:
        """With the way back; how good that is, is found by timing it."""
        metres = int(self._problem.distance_m[self._places[-1], int(self._problem.end_place[self._vehicle])])
        return replace(label, metres=label.metres + metres)

    def _serve(self, label: _Label, start: int, there: _Place) -> _Label:
        """The label after a drive from place ``start`` and a service there."""
        usual_s = int(self._problem.duration_s[start, there.place])
        setup_s = int(self._problem.setup_s[there.place]) if start != there.place else 0
        times = list(label.times)
        self._rest(times)
        times = [t if t >= _NEVER else self._clock.arrive(t, usual_s) + setup_s for t in times]
        self._rest(times)
        ready_s = min(times)  # with breaks it is a guess that none of them is taken for now
        begin, _ = earliest_start(there.windows, ready_s)
        broken = label.broken + (BROKEN_RULE if usual_s >= NO_WAY_S else 0)
        for number, time_s in enumerate(times):
            start_s, late = earliest_start(there.windows, time_s)
            times[number] = _NEVER if time_s >= _NEVER or late else start_s + there.service_s
        late_s = lateness(there.windows, there.due, begin) if there.late_price else 0
        # As one stretch after another (Vidal et al. 2013); with traffic by the usual times.
        reach = label.length + usual_s + setup_s
        closing = begin
        if not late_s:
            closing = next(
                (due for (_, end), due in zip(there.windows, there.due, strict=True) if begin <= end), begin
            )
        return _Label(
            broken,
            label.late + late_s * there.late_price,
            label.metres + int(self._problem.distance_m[start, there.place]),
            reach + max(0, begin - reach - label.last) + there.service_s,
            min(label.last, closing - reach),
            tuple(times),
            label.reloads,
        )

    def _rest(self, times: list[int]) -> None:
        """Also consider taking the next breaks here."""
        for number, rule in enumerate(self._breaks):
            start = max(times[number], rule.earliest_s)
            if start <= rule.latest_s:
                times[number + 1] = min(times[number + 1], start + rule.duration_s)

    def _keep(self, labels: list[_Label], new: _Label, *, most: int) -> None:
        """Add ``new`` unless another is as good; drop what it beats, and the worst of too many."""
        if any(label.as_good_as(new, timed=self._timed) for label in labels):
            return
        labels[:] = [label for label in labels if not new.as_good_as(label, timed=self._timed)]
        labels.append(new)
        if len(labels) > most:
            labels.remove(max(labels, key=self._guess))

    def _guess(self, label: _Label) -> tuple[int, int]:
        """About what a label is worth: broken rules first, then money so far."""
        problem, vehicle = self._problem, self._vehicle
        money = label.metres * int(problem.search_per_km_cents[vehicle]) * 18 // 5
        money += label.length * int(problem.search_per_hour_cents[vehicle]) + label.late
        return label.broken, money


class _TripLoad:
    """What a trip carries as it grows by one order after the other."""

    def __init__(self, limits: Sequence[tuple[int, int]]) -> None:
        self._limits = limits
        self._most = [0] * len(limits)  # on board at any moment so far
        self._now = [0] * len(limits)  # behind the last order

    def add(self, amounts: Sequence[int], problem: Problem, order: int) -> bool:
        """With ``order`` at the end of the trip; False when that is too much."""
        fits = True
        pickup, shipped = bool(problem.is_pickup[order]), problem.partner[order] >= 0
        for row, (column, limit) in enumerate(self._limits):
            amount = amounts[column]
            if pickup:
                self._now[row] += amount
                self._most[row] = max(self._most[row], self._now[row])
            elif shipped:
                self._now[row] -= amount
            else:  # it was on board from the start of the trip
                self._most[row] += amount
            fits &= self._most[row] <= limit
        return fits


def _open_shipments(problem: Problem, orders: Sequence[int]) -> list[bool]:
    """True at each position behind which something collected is still to be brought."""
    aboard: set[int] = set()
    flags: list[bool] = []
    present = set(orders)
    for order in orders:
        partner = int(problem.partner[order])
        if partner in present:
            if problem.is_pickup[order]:
                aboard.add(order)
            else:
                aboard.discard(partner)
        flags.append(bool(aboard))
    return flags


def _alive(label: _Label) -> bool:
    return any(time_s < _NEVER for time_s in label.times)
