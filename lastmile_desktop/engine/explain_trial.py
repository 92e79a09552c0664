"""One order and one vehicle: the smallest sets of rules without which it could be put on the route.

Every answer comes from really inserting and scoring: a set is *sufficient* when the order, somewhere on the
route, then breaks nothing that is not broken already, and *smallest* when no set within it is sufficient (a
minimal correction set: Liffiton and Sakallah 2008). Needed rules, without which nothing helps even with all
others relaxed, are found first; they are usually the answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from lastmile_desktop.engine.explain_rules import relaxations_for, relaxed
from lastmile_desktop.engine.problem import NO_WAY_S, Problem
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.subproblem import subproblem
from lastmile_desktop.model import Block, BlockingRule, BlockingSet, RouteTimetable

#: More rules at once are not looked for one by one; one set of them is still found.
_MOST_TOGETHER = 3
#: Pairs of places tried for the two halves of a shipment.
_MOST_PAIRS = 300

Rules = frozenset[BlockingRule]
Place = tuple[int, ...]
_ALL_KEPT: Rules = frozenset()


class OutOfTime(Exception):
    """The time for explaining is over."""


@dataclass(frozen=True, slots=True)
class Found:
    """A smallest set of one trial, before its amounts are known. ``units``: what it would cost at least."""

    trial: Trial
    rules: Rules
    units: int

    @property
    def size(self) -> int:
        """Number of rules, those that no place on the route can change included."""
        return len(self.rules) + len(self.trial.always)


class Trial:
    """``unit`` (one order, or pickup and delivery of a shipment) tried on ``vehicle``.

    ``frozen``: how many orders at the beginning of the route stay as they are. ``always``: rules that block
    wherever the order stands, each with its amount (the caller names those about other vehicles). Nothing is
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
        self._count = len(route)
        part = replace(subproblem(problem, [*route, *unit], [vehicle]), tidy_units=0, even_units=0)
        self._alone_blocks(problem, part)
        part = replace(
            part,
            allowed=np.ones_like(part.allowed),
            max_stops=np.maximum(part.max_stops, part.order_count),
        )
        self.problem = part
        self._frozen = min(frozen, self._count)
        choices = relaxations_for(part, self._count, self._frozen)
        self.relaxations = {choice.rule: choice for choice in choices}
        self._places = list(_places(self._count, len(unit)))
        self._scorers: dict[tuple[tuple[BlockingRule, int], ...], Scorer] = {}
        self._last: Place | None = None

    def _alone_blocks(self, problem: Problem, part: Problem) -> None:
        """Note skill, ban and number of stops, which no place on the route changes."""
        names = problem.vehicle_skills[self.vehicle]
        barred = ~part.allowed[self._count :, 0]
        if barred.any():
            lacking = any(
                not skills <= names
                for skills, no in zip(part.order_skills[self._count :], barred, strict=True)
                if no
            )
            self.always.append(Block(BlockingRule.SKILL if lacking else BlockingRule.VEHICLE))
        over = part.order_count - max(int(part.max_stops[0]), self._count)
        if over > 0:
            self.always.append(Block(BlockingRule.STOPS, over))

    @property
    def units_before(self) -> int:
        """Cost of the route without the order, in the search's units."""
        return self._scorer({}).route(0, range(self._count))[1] if self._count else 0

    @property
    def reachable(self) -> bool:
        """False when no road leads to or from the order on any leg of the route."""
        seconds, places = self.problem.duration_s, self.problem.order_place
        stops = [*places[: self._count].tolist()]
        before = [int(self.problem.start_place[0]), *stops]
        after = [*stops, int(self.problem.end_place[0])]
        return all(
            (seconds[before, place] < NO_WAY_S).any() and (seconds[place, after] < NO_WAY_S).any()
            for place in places[self._count :].tolist()
        )

    def unsolvable(self) -> BlockingSet:
        """What to say when ``smallest_sets`` is empty."""
        rule = BlockingRule.OTHER if self.reachable else BlockingRule.UNREACHABLE
        return BlockingSet(self.key, (*self.always, Block(rule)), solvable=False)

    def smallest_sets(self) -> list[Found]:
        """All smallest sets of at most _MOST_TOGETHER rules, or one larger one; none when nothing helps.

        A set without rules of its own is alone in the list: then only ``always`` is in the way, or nothing.
        Raises OutOfTime.
        """
        everything = frozenset(self.relaxations)
        if not self._sufficient(everything):
            return []
        if self._sufficient(_ALL_KEPT):
            return [self._found(_ALL_KEPT)]
        needed = frozenset(rule for rule in self.relaxations if not self._sufficient(everything - {rule}))
        if needed and self._sufficient(needed):
            return [self._found(needed)]
        others = [rule for rule in self.relaxations if rule not in needed]
        sets: list[Rules] = []
        for size in range(1, max(1, _MOST_TOGETHER - len(needed)) + 1):
            for some in combinations(others, size):
                rules = needed.union(some)
                if not any(known <= rules for known in sets) and self._sufficient(rules):
                    sets.append(rules)
        return [self._found(rules) for rules in sets or [self._shrunk(everything)]]

    def _shrunk(self, rules: Rules) -> Rules:
        """One smallest set within a sufficient one."""
        for rule in self.relaxations:
            if rule in rules and self._sufficient(rules - {rule}):
                rules -= {rule}
        return rules

    def _found(self, rules: Rules) -> Found:
        by = self._fully(rules)
        scorer = self._scorer(by)
        fitting = self._fitting(by, self._places)
        return Found(self, rules, min(scorer.route(0, place)[1] for place in fitting))

    def priced(self, found: Found) -> BlockingSet:
        """The set with how much each rule must give way at least, where the order goes, and what that costs.

        Amounts are searched one after the other, by halving; so the first one named is the least possible
        with the others wide open. Raises OutOfTime.
        """
        by = self._fully(found.rules)
        places = self._fitting(by, self._places)
        for rule in by:
            places = self._shorten(by, rule, places)
        scorer = self._scorer(by)
        place = min(places, key=lambda candidate: scorer.route(0, candidate)[1])
        loose = relaxed(self.problem, self._count, self.relaxations, by)
        after = _timetable(loose, place)
        before = _timetable(self.problem, range(self._count)) if self._count else None
        blocks = [*self.always, *(self._block(rule, amount, place, after) for rule, amount in by.items())]
        return BlockingSet(
            self.key,
            tuple(blocks),
            position=place.index(self.problem.order_count - 1) + 1,
            added_cents=after.cost_cents - (before.cost_cents if before else 0),
            added_s=after.duration_s - (before.duration_s if before else 0),
            added_m=after.distance_m - (before.distance_m if before else 0),
        )

    def _shorten(self, by: dict[BlockingRule, int], rule: BlockingRule, places: list[Place]) -> list[Place]:
        """Set ``by[rule]`` to its least amount with which one of ``places`` still fits; those that do."""
        choice = self.relaxations[rule]
        low, high = 0, by[rule] // choice.step
        while high - low > 1:
            middle = (low + high) // 2
            fitting = self._fitting({**by, rule: middle * choice.step}, places)
            if fitting:
                high, places = middle, fitting
            else:
                low = middle
        by[rule] = high * choice.step
        return places

    def _block(self, rule: BlockingRule, amount: int, place: Place, after: RouteTimetable) -> Block:
        choice, keys = self.relaxations[rule], self.problem.order_keys
        concerned: tuple[str, ...] = ()
        if rule is BlockingRule.BREAK and amount >= choice.most:
            amount = 0
        if rule is BlockingRule.OTHER_WINDOWS:
            starts = {key: visit.start_s for visit in after.visits for key in visit.order_keys}
            concerned = tuple(
                keys[order]
                for order in place
                if order < self._count
                and not any(start <= starts[keys[order]] <= end for start, end in self.problem.windows[order])
            )
        elif rule is BlockingRule.ROUTE_POSITION:
            marked = np.flatnonzero(self.problem.position[: self._count]).tolist()
            concerned = tuple(keys[order] for order in marked)
        elif rule is BlockingRule.BEFORE:
            near = [pair for pair in self.problem.before if max(pair) >= self._count]
            concerned = tuple(keys[order] for pair in near for order in pair if order < self._count)
        return Block(rule, amount if choice.counted else 0, concerned)

    def _fully(self, rules: Iterable[BlockingRule]) -> dict[BlockingRule, int]:
        wanted = frozenset(rules)
        return {rule: choice.most for rule, choice in self.relaxations.items() if rule in wanted}

    def _sufficient(self, rules: Rules) -> bool:
        """True when some place fits with ``rules`` wide open."""
        by = self._fully(rules)
        likely = [self._last] if self._last is not None else []
        for place in (*likely, *self._places):
            if self._fits(by, place):
                self._last = place
                return True
        return False

    def _fitting(self, by: Mapping[BlockingRule, int], places: Iterable[Place]) -> list[Place]:
        return [place for place in places if self._fits(by, place)]

    def _fits(self, by: Mapping[BlockingRule, int], place: Place) -> bool:
        if time.monotonic() > self.until:
            raise OutOfTime
        if self._frozen and not by.get(BlockingRule.FROZEN) and min(self._inserted(place)) < self._frozen:
            return False
        scorer = self._scorer(by)
        before = scorer.route(0, range(self._count))[0] if self._count else 0
        return scorer.route(0, place)[0] <= before

    def _inserted(self, place: Place) -> list[int]:
        return [at for at, order in enumerate(place) if order >= self._count]

    def _scorer(self, by: Mapping[BlockingRule, int]) -> Scorer:
        key = tuple(by.items())
        found = self._scorers.get(key)
        if found is None:
            loose = relaxed(self.problem, self._count, self.relaxations, by)
            found = self._scorers[key] = Scorer(loose)
        return found


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


def _timetable(problem: Problem, orders: Iterable[int]) -> RouteTimetable:
    return evaluate(problem, assignment_of(problem, [list(orders)]), explain=False).routes[0]
