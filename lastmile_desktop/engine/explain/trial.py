"""One order and one vehicle: the smallest sets of rules without which it could be put on the route.

Every answer comes from really inserting and scoring: a set is *sufficient* when the order, somewhere on the
route, then breaks nothing that is not broken already, and *smallest* when no set within it is sufficient (a
minimal correction set: Liffiton and Sakallah 2008).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from lastmile_desktop.engine.explain.measure import Company, Measured, measure
from lastmile_desktop.engine.explain.rules import relaxations_for, relaxed
from lastmile_desktop.engine.problem import NO_WAY_S, Problem
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.subproblem import subproblem
from lastmile_desktop.model import Block, BlockingRule, BlockingSet

#: Pairs of places tried for the two halves of a shipment.
_MOST_PAIRS = 300

Rules = frozenset[BlockingRule]
Place = tuple[int, ...]
Amounts = Mapping[BlockingRule, int]


class OutOfTime(Exception):
    """The time for explaining is over."""


@dataclass(frozen=True, slots=True)
class Found:
    """A smallest set of one trial, before its amounts are known. ``units``: what the route costs at least.

    ``places``: the routes worth looking at for the amounts.
    """

    trial: Trial
    rules: Rules
    units: int
    places: tuple[Place, ...] = field(default=(), repr=False)

    @property
    def size(self) -> int:
        """Number of rules, those that no place on the route can change included."""
        return len(self.rules) + len(self.trial.always)


class Trial:
    """``unit`` (one order, or pickup and delivery of a shipment) tried on ``vehicle``.

    ``frozen``: how many orders at the beginning of the route stay as they are. ``always``: rules that block
    wherever the order stands, each with its amount (the caller names those about other vehicles). ``problem``
    has the one vehicle, the orders of its route (numbers below ``count``) and those to insert. Nothing is
    tried after ``until`` (time.monotonic).
    """

    def __init__(
        self,
        problem: Problem,
        vehicle: int,
        route: Sequence[int],
        unit: Sequence[int],
        *,
        frozen: int = 0,
        always: Iterable[Block] = (),
        until: float = np.inf,
    ) -> None:
        self.vehicle = vehicle
        self.key = problem.vehicle_keys[vehicle]
        self.always = list(always)
        self.until = until
        self.count = len(route)
        part = replace(subproblem(problem, [*route, *unit], [vehicle]), tidy_units=0, even_units=0)
        self._alone_blocks(problem, part)
        self.problem = replace(
            part,
            allowed=np.ones_like(part.allowed),
            max_stops=np.maximum(part.max_stops, part.order_count),
        )
        self._frozen = min(frozen, self.count)
        self.relaxations = {
            choice.rule: choice for choice in relaxations_for(self.problem, self.count, self._frozen)
        }
        self.places = list(_places(self.count, len(unit)))
        self._company: Company | None = None
        self._scorers: dict[tuple[tuple[BlockingRule, int], ...], Scorer] = {}
        self._likely: Place | None = None

    def _alone_blocks(self, problem: Problem, part: Problem) -> None:
        """Note skill, ban and number of stops, which no place on the route changes."""
        names = problem.vehicle_skills[self.vehicle]
        barred = ~part.allowed[self.count :, 0]
        if barred.any():
            lacking = any(
                not skills <= names
                for skills, no in zip(part.order_skills[self.count :], barred, strict=True)
                if no
            )
            self.always.append(Block(BlockingRule.SKILL if lacking else BlockingRule.VEHICLE))
        over = part.order_count - max(int(part.max_stops[0]), self.count)
        if over > 0:
            self.always.append(Block(BlockingRule.STOPS, over))

    @property
    def measurable(self) -> bool:
        """True when what is wrong after an insertion is wrong by it, and reloads are not placed anew."""
        if self.problem.max_trips[0] > 1:
            return False
        return not self.count or not self.scorer({}).route(0, range(self.count))[0]

    @property
    def choosing(self) -> list[BlockingRule]:
        """Windows of which there are several: relaxed, the vehicle no longer waits for a later one."""
        own, others = self.problem.windows[self.count :], self.problem.windows[: self.count]
        pairs = ((BlockingRule.WINDOW_LATER, own), (BlockingRule.OTHER_WINDOWS, others))
        return [rule for rule, windows in pairs if any(len(one) > 1 for one in windows)]

    @property
    def units_before(self) -> int:
        """Cost of the route without the order, in the search's units."""
        return self.scorer({}).route(0, range(self.count))[1] if self.count else 0

    @property
    def reachable(self) -> bool:
        """False when no road leads to or from the order on any leg of the route."""
        seconds, places = self.problem.duration_s, self.problem.order_place
        stops = [*places[: self.count].tolist()]
        before = [int(self.problem.start_place[0]), *stops]
        after = [*stops, int(self.problem.end_place[0])]
        return all(
            (seconds[before, place] < NO_WAY_S).any() and (seconds[place, after] < NO_WAY_S).any()
            for place in places[self.count :].tolist()
        )

    def unsolvable(self) -> BlockingSet:
        """What to say when no set is sufficient."""
        rule = BlockingRule.OTHER if self.reachable else BlockingRule.UNREACHABLE
        return BlockingSet(self.key, (*self.always, Block(rule)), solvable=False)

    def fully(self, rules: Iterable[BlockingRule]) -> dict[BlockingRule, int]:
        """``rules`` as wide open as they go."""
        wanted = frozenset(rules)
        return {rule: choice.most for rule, choice in self.relaxations.items() if rule in wanted}

    def relaxed(self, by: Amounts) -> Problem:
        """The problem with the rules of ``by`` relaxed by their amounts."""
        return relaxed(self.problem, self.count, self.relaxations, by)

    def sufficient(self, rules: Rules, likely: Place | None = None) -> bool:
        """True when some place fits with ``rules`` wide open; ``likely`` is tried first."""
        by = self.fully(rules)
        first = [place for place in (likely, self._likely) if place is not None]
        for place in (*first, *self.places):
            if self._fits(by, place):
                self._likely = place
                return True
        return False

    def fitting(self, by: Amounts, places: Iterable[Place]) -> list[Place]:
        """Those of ``places`` that break nothing more when the rules of ``by`` give way by their amounts."""
        return [place for place in places if self._fits(by, place)]

    def _fits(self, by: Amounts, place: Place) -> bool:
        self._check_time()
        if self.is_frozen(place) and not by.get(BlockingRule.FROZEN):
            return False
        scorer = self.scorer(by)
        before = scorer.route(0, range(self.count))[0] if self.count else 0
        return scorer.route(0, place)[0] <= before

    def measured(
        self, by: Amounts, places: Iterable[Place] | None = None
    ) -> Iterator[tuple[Place, Measured]]:
        """What each of ``places`` (None: all) breaks when the rules of ``by`` give way."""
        company = self._company_of(by)
        loose = self.relaxed(by)
        for place in self.places if places is None else places:
            self._check_time()
            found = measure(loose, company, place, self.count)
            if self.is_frozen(place):
                found.over[BlockingRule.FROZEN] = 1
            yield place, found

    def _company_of(self, by: Amounts) -> Company:
        """As the rules are; only the caller that gives way to some of them needs others."""
        if by.get(BlockingRule.ROUTE_POSITION) or by.get(BlockingRule.BEFORE):
            return Company(self.relaxed(by))
        if self._company is None:
            self._company = Company(self.problem)
        return self._company

    def is_frozen(self, place: Place) -> bool:
        """True when something is inserted into the frozen beginning of the route."""
        return self._frozen > 0 and min(at for at, o in enumerate(place) if o >= self.count) < self._frozen

    def scorer(self, by: Amounts) -> Scorer:
        """Scores of this trial's routes with the rules of ``by`` relaxed."""
        key = tuple(sorted(by.items()))
        found = self._scorers.get(key)
        if found is None:
            found = self._scorers[key] = Scorer(self.relaxed(by))
        return found

    def _check_time(self) -> None:
        if time.monotonic() > self.until:
            raise OutOfTime


def _places(count: int, size: int) -> Iterator[Place]:
    """Every route that the unit can make of one with ``count`` orders; the unit has the next numbers.

    Of the many of a shipment only those are tried whose halves are nearest to each other.
    """
    if size == 1:
        for at in range(count + 1):
            yield (*range(at), count, *range(at, count))
        return
    pairs = [(gap, at) for gap in range(count + 1) for at in range(count + 1 - gap)]
    for gap, at in pairs[:_MOST_PAIRS]:
        yield (*range(at), count, *range(at, at + gap), count + 1, *range(at + gap, count))
