"""What a set of rules would have to give way by, where the order then goes, and what that costs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lastmile_desktop.engine.explain.measure import ACTIVE
from lastmile_desktop.engine.explain.trial import Found, Place, Trial
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.model import Block, BlockingRule, BlockingSet, RouteTimetable


def priced(found: Found) -> BlockingSet:
    """The set with its amounts, place and costs; computed by the evaluator on the relaxed problem.

    Amounts are found one after the other, those of rules that change when the vehicle moves first: so the
    first is the least possible with the others wide open, the second the least with the first at that, and so
    on. Raises OutOfTime.
    """
    trial = found.trial
    by = trial.fully(found.rules)
    order = sorted(by, key=lambda rule: (rule not in ACTIVE, list(by).index(rule)))
    by = {rule: by[rule] for rule in order}
    # Wide open windows make a vehicle choose others: rarely, the places measured are then none.
    places = trial.fitting(by, found.places) or trial.fitting(by, trial.places)
    for rule in by:
        places = _shorten(trial, by, rule, places)
    scorer = trial.scorer(by)
    place = min(places, key=lambda candidate: scorer.route(0, candidate)[1])
    after = _timetable(trial.relaxed(by), place)
    before = _timetable(trial.problem, range(trial.count)) if trial.count else None
    blocks = [*trial.always, *(_block(trial, rule, amount, place, after) for rule, amount in by.items())]
    return BlockingSet(
        trial.key,
        tuple(blocks),
        position=place.index(trial.problem.order_count - 1) + 1,
        added_cents=after.cost_cents - (before.cost_cents if before else 0),
        added_s=after.duration_s - (before.duration_s if before else 0),
        added_m=after.distance_m - (before.distance_m if before else 0),
    )


def _shorten(
    trial: Trial, by: dict[BlockingRule, int], rule: BlockingRule, places: list[Place]
) -> list[Place]:
    """Set ``by[rule]`` to its least amount with which one of ``places`` still fits; gives those that do."""
    step = trial.relaxations[rule].step
    low, high = 0, by[rule] // step
    guess = _guess(trial, by, rule, places) // step
    if 0 < guess < high:
        # Mostly it is just that; then two trials do instead of fourteen.
        fitting = trial.fitting({**by, rule: guess * step}, places)
        if fitting:
            high, places = guess, fitting
            if guess > 1 and not trial.fitting({**by, rule: (guess - 1) * step}, places):
                low = guess - 1
        else:
            low = guess
    while high - low > 1:
        middle = (low + high) // 2
        fitting = trial.fitting({**by, rule: middle * step}, places)
        if fitting:
            high, places = middle, fitting
        else:
            low = middle
    by[rule] = high * step
    return places


def _guess(trial: Trial, by: dict[BlockingRule, int], rule: BlockingRule, places: Iterable[Place]) -> int:
    """What is over when the rule is kept, on the place where that is least; in whole steps, 0 = no idea."""
    choice = trial.relaxations[rule]
    if not choice.counted or not trial.measurable:
        return 0
    least = 0
    for _, found in trial.measured({**by, rule: 0}, places):
        over = found.late_s if rule in ACTIVE else found.over.get(rule, 0)
        if over and (not least or over < least):
            least = over
    return -(-least // choice.step) * choice.step


def _block(trial: Trial, rule: BlockingRule, amount: int, place: Place, after: RouteTimetable) -> Block:
    choice, problem, count = trial.relaxations[rule], trial.problem, trial.count
    concerned: list[int] = []
    if rule is BlockingRule.BREAK and amount >= choice.most:
        amount = 0
    if rule is BlockingRule.OTHER_WINDOWS:
        starts = {key: visit.start_s for visit in after.visits for key in visit.order_keys}
        for order in place:
            now = starts[problem.order_keys[order]]
            if order < count and not any(start <= now <= end for start, end in problem.windows[order]):
                concerned.append(order)
    elif rule is BlockingRule.ROUTE_POSITION:
        concerned = np.flatnonzero(problem.position[:count]).tolist()
    elif rule is BlockingRule.BEFORE:
        near = [pair for pair in problem.before if max(pair) >= count]
        concerned = [order for pair in near for order in pair if order < count]
    keys = tuple(problem.order_keys[order] for order in concerned)
    return Block(rule, amount if choice.counted else 0, keys)


def _timetable(problem: Problem, orders: Iterable[int]) -> RouteTimetable:
    return evaluate(problem, assignment_of(problem, [list(orders)]), explain=False).routes[0]
