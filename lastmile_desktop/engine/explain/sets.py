"""For orders on no route: which smallest sets of rules keep them off which vehicle, within a time budget.

Every order gets its most promising vehicle before any gets its second one, so that a tight day with many
orders left out has something to say about each of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from lastmile_desktop.engine.alone import Flags
from lastmile_desktop.engine.explain.price import priced
from lastmile_desktop.engine.explain.quick import Look, look
from lastmile_desktop.engine.explain.search import smallest_sets
from lastmile_desktop.engine.explain.trial import Found, OutOfTime, Trial
from lastmile_desktop.engine.insertion import InsertionState
from lastmile_desktop.engine.problem import NO_WAY_S, Ints, Problem
from lastmile_desktop.engine.schedule import rounded_cents
from lastmile_desktop.model import Block, BlockingRule, BlockingSet

#: So many sets of an order are priced and told.
MOST_SETS = 6
#: Of the time, for a first look and for finding sets; the rest is for their amounts.
_LOOK_SHARE, _SEARCH_SHARE = 0.35, 0.75
#: After so many of the best vehicles the others are tried as well only while there is time.
_BEST_VEHICLES = 4


@dataclass
class Blocked:
    """What is known about one order. ``fits``: it could be inserted at once, with no rule in the way, for
    ``fits_cents`` at the prices of the search; for an optional order the cheapest such place.

    ``sets``: the best smallest sets, fewest rules first, then the cheapest; those for which there was no time
    to find amounts are missing. ``rules``: the rules of all smallest sets. ``complete``: every vehicle was
    tried, or the first look at all of them found no free place and the best of them were. ``look``: that
    first look, None where there was no time for it.
    """

    unit: tuple[int, ...]
    fits: BlockingSet | None = None
    fits_cents: int = 0
    sets: list[BlockingSet] = field(default_factory=list)
    rules: set[frozenset[BlockingRule]] = field(default_factory=set)
    complete: bool = False
    look: Look | None = None
    tried: int = 0
    _found: list[Found] = field(default_factory=list)
    _hopeless: list[BlockingSet] = field(default_factory=list)

    def take(self, trial: Trial, sets: Sequence[Found]) -> None:
        """Note what one vehicle's trial has found; only the best are kept for pricing."""
        always = frozenset(block.rule for block in trial.always)
        self.rules.update(always | found.rules for found in sets)
        self._found.extend(sets)
        self._found.sort(key=lambda found: (found.size, found.units))
        del self._found[MOST_SETS:]
        if not sets and len(self._hopeless) < MOST_SETS:
            self._hopeless.append(trial.unsolvable())
            self.rules.add(frozenset(block.rule for block in self._hopeless[-1].rules))

    def price(self, rank: int, until: float) -> bool:
        """Find the amounts of one set more; False when there is none. Raises OutOfTime."""
        if self.fits is not None or rank >= len(self._found):
            return False
        found = self._found[rank]
        found.trial.until = until
        self.sets.append(priced(found))
        return True

    def finish(self) -> None:
        """Put the sets in order, the hopeless ones last, and let go of what was needed to find them."""
        self.sets.sort(key=lambda one: (len(one.rules), one.added_cents))
        self.sets.extend(self._hopeless[: MOST_SETS - len(self.sets)])
        self._found, self._hopeless = [], []


def blocking_sets(
    problem: Problem,
    routes: Sequence[Sequence[int]],
    orders: Sequence[int],
    possible: Flags,
    *,
    frozen: frozenset[int] = frozenset(),
    until: float = np.inf,
) -> list[Blocked]:
    """What keeps each of ``orders`` (on no route) off the vehicles; stops trying at ``until``.

    ``possible`` (k, m): the vehicle could serve the order if it had nothing else to do. ``frozen``: orders at
    the beginnings of routes that stay as they are. A shipment is tried as a whole.
    """
    return _Tries(problem, routes, orders, possible, frozen, until).run()


class _Tries:
    def __init__(
        self,
        problem: Problem,
        routes: Sequence[Sequence[int]],
        orders: Sequence[int],
        possible: Flags,
        frozen: frozenset[int],
        until: float,
    ) -> None:
        self._problem, self._routes, self._orders = problem, routes, orders
        self._possible, self._until = possible, until
        now = time.monotonic()
        self._look_until = now + _LOOK_SHARE * max(0.0, until - now)
        self._search_until = now + _SEARCH_SHARE * max(0.0, until - now)
        self._state = InsertionState(problem, routes, frozen)
        self._vehicle_of = {order: vehicle for vehicle, route in enumerate(routes) for order in route}
        self._frozen = [_leading(route, frozen) for route in routes]

    def run(self) -> list[Blocked]:
        blocked = [Blocked(self._unit(order)) for order in self._orders]
        for answer in blocked:
            if time.monotonic() > self._look_until:
                break
            answer.look = look(self._state, answer.unit[-1], half=len(answer.unit) > 1)
        waiting = [
            (answer, self._vehicles(answer, self._possible[row])) for row, answer in enumerate(blocked)
        ]
        with suppress(OutOfTime):
            while waiting:
                waiting = [pair for pair in waiting if self._try_next(*pair)]
        with suppress(OutOfTime):
            for rank in range(MOST_SETS):
                more = [answer.price(rank, self._until) for answer in blocked]
                if not any(more):
                    break
        for answer in blocked:
            answer.finish()
        return blocked

    def _unit(self, order: int) -> tuple[int, ...]:
        """The order, with the other half of its shipment when that is on no route either; pickup first."""
        other = int(self._problem.partner[order])
        if other < 0 or other in self._vehicle_of:
            return (order,)
        return (order, other) if self._problem.is_pickup[order] else (other, order)

    def _vehicles(self, answer: Blocked, possible: Flags) -> Iterator[int]:
        """All vehicles, the most promising first."""
        seen = answer.look.vehicles if answer.look is not None else ()
        yield from seen
        unit = answer.unit
        shared = self._shared_vehicle(unit)
        detour = np.array([self._detour(unit[-1], vehicle) for vehicle in range(len(self._routes))])
        for vehicle in np.lexsort((detour, ~possible, np.arange(len(detour)) != shared)):
            if vehicle not in seen:
                yield int(vehicle)

    def _shared_vehicle(self, unit: tuple[int, ...]) -> int:
        """The vehicle that has an order which must share it with this one; -1 without one."""
        return next((self._vehicle_of[other] for other in self._company(unit)), -1)

    def _company(self, unit: tuple[int, ...]) -> list[int]:
        """Orders on a route that ``unit`` must share a vehicle with."""
        problem = self._problem
        found = [int(problem.partner[order]) for order in unit]
        for order in unit:
            if problem.group[order] >= 0:
                found.extend(np.flatnonzero(problem.group == problem.group[order]).tolist())
        return [other for other in found if other in self._vehicle_of and other not in unit]

    def _detour(self, order: int, vehicle: int) -> int:
        problem = self._problem
        stops: Ints = problem.order_place[list(self._routes[vehicle])]
        before = np.concatenate(([problem.start_place[vehicle]], stops))
        after = np.concatenate((stops, [problem.end_place[vehicle]]))
        place, seconds = problem.order_place[order], problem.duration_s
        added = seconds[before, place] + seconds[place, after] - seconds[before, after]
        # An idle vehicle that need not be used comes after the others, where prices say so.
        idle = 0 if len(stops) else int(problem.search_fixed_cents[vehicle])
        return int(added.min()) + min(idle, NO_WAY_S)

    def _try_next(self, answer: Blocked, vehicles: Iterator[int]) -> bool:
        """Try one more vehicle; False when there is nothing left to find out. Raises OutOfTime."""
        if time.monotonic() > self._search_until:
            raise OutOfTime
        vehicle = next(vehicles, None)
        if vehicle is None:
            answer.complete = True
            return False
        trial = Trial(
            self._problem,
            vehicle,
            self._routes[vehicle],
            answer.unit,
            frozen=self._frozen[vehicle],
            always=self._apart(answer.unit, vehicle),
            until=self._search_until,
        )
        sets = smallest_sets(trial)
        if not any(not found.size for found in sets):
            answer.take(trial, sets)
            answer.tried += 1
            seen = answer.look
            if seen is not None and not seen.free and answer.tried >= min(_BEST_VEHICLES, len(seen.vehicles)):
                answer.complete = bool(seen.vehicles)
            return True
        cents = rounded_cents(sets[0].units - trial.units_before)
        if answer.fits is None or cents < answer.fits_cents:
            trial.until = np.inf
            answer.fits, answer.fits_cents = priced(sets[0]), cents
        # An optional order must be worth its way; perhaps it is on another vehicle.
        first = answer.unit[0]
        return bool(self._problem.optional[first]) and cents >= int(self._problem.penalty_cents[first])

    def _apart(self, unit: tuple[int, ...], vehicle: int) -> list[Block]:
        """Blocks by company that is on another vehicle."""
        keys = self._problem.order_keys
        away = [other for other in self._company(unit) if self._vehicle_of[other] != vehicle]
        halves = tuple(keys[other] for other in away if int(self._problem.partner[other]) in unit)
        group = tuple(dict.fromkeys(keys[other] for other in away if keys[other] not in halves))
        blocks = [Block(BlockingRule.SHIPMENT, 0, halves)] if halves else []
        return [*blocks, Block(BlockingRule.SAME_VAN, 0, group)] if group else blocks


def _leading(route: Sequence[int], frozen: frozenset[int]) -> int:
    """How many orders at the beginning of ``route`` are frozen."""
    return next((at for at, order in enumerate(route) if order not in frozen), len(route))
