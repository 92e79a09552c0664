"""The smallest sufficient sets of one trial, fewest rules first."""

from __future__ import annotations

from itertools import combinations

from lastmile_desktop.engine.explain.measure import ACTIVE
from lastmile_desktop.engine.explain.trial import Found, Place, Rules, Trial
from lastmile_desktop.model import BlockingRule

#: More rules at once are not looked for one by one; one set of them is still found.
MOST_TOGETHER = 3
#: So many sets of one vehicle are looked at closely, those with the fewest rules, then the cheapest.
_MOST_SETS = 4
_ALL_KEPT: Rules = frozenset()
_LOADS = {BlockingRule.PIECES, BlockingRule.WEIGHT, BlockingRule.VOLUME}


def smallest_sets(trial: Trial) -> list[Found]:
    """Smallest sufficient sets of at most MOST_TOGETHER rules, or one larger one; none when nothing helps.

    A set without rules of its own is alone in the list: then only ``trial.always`` is in the way, or nothing.
    Raises OutOfTime.
    """
    return _by_measuring(trial) if trial.measurable else _by_trying(trial)


def _by_measuring(trial: Trial) -> list[Found]:
    """One walk for each place, and one more for each rule whose absence changes the walk.

    Sets with two such rules are looked for only when nothing smaller is sufficient.
    """
    active = [rule for rule in (*ACTIVE, *trial.choosing) if rule in trial.relaxations]
    sets: dict[Rules, list[tuple[int, Place]]] = {}
    for size in range(3):
        if sets and min(map(len, sets)) <= (0, 0, 2)[size]:
            break
        for opened in combinations(active, size):
            if BlockingRule.TRIPS in opened and not any(rules & _LOADS for rules in sets):
                continue
            for place, found in trial.measured(trial.fully(opened)):
                rules = frozenset(found.over).union(opened)
                if found.mendable and rules <= trial.relaxations.keys():
                    sets.setdefault(rules, []).append((found.units, place))
    fewest = min(map(len, sets), default=0)
    smallest = [
        rules
        for rules in sorted(sets, key=len)
        if len(rules) <= max(fewest, MOST_TOGETHER) and not any(other < rules for other in sets)
    ]
    # Rules are entangled: with a window relaxed a vehicle may leave later and is under way for less time. So
    # what was measured is tried out, with each rule of it kept in turn.
    told: dict[Rules, Found] = {}
    for rules in sorted(smallest, key=lambda some: (len(some), min(sets[some])))[:_MOST_SETS]:
        units, likely = min(sets[rules])
        if trial.sufficient(rules, likely):
            if len(rules) > 1:
                rules = _shrunk(trial, rules)
            places = [place for other in sets if other <= rules for _, place in sets[other]]
            told[rules] = Found(trial, rules, units, tuple(dict.fromkeys(places or trial.places)))
    if sets and not told:
        return _by_trying(trial)
    return [found for rules, found in told.items() if not any(other < rules for other in told)]


def _by_trying(trial: Trial) -> list[Found]:
    """Needed rules first, without which nothing helps even with all others relaxed; then combinations."""
    everything = frozenset(trial.relaxations)
    if not trial.sufficient(everything):
        return []
    if trial.sufficient(_ALL_KEPT):
        return [_found(trial, _ALL_KEPT)]
    needed = frozenset(rule for rule in trial.relaxations if not trial.sufficient(everything - {rule}))
    if needed and trial.sufficient(needed):
        return [_found(trial, needed)]
    others = [rule for rule in trial.relaxations if rule not in needed]
    sets: list[Rules] = []
    for size in range(1, max(1, MOST_TOGETHER - len(needed)) + 1):
        for some in combinations(others, size):
            rules = needed.union(some)
            if not any(known <= rules for known in sets) and trial.sufficient(rules):
                sets.append(rules)
    return [_found(trial, rules) for rules in sets or [_shrunk(trial, everything)]]


def _shrunk(trial: Trial, rules: Rules) -> Rules:
    """One smallest set within a sufficient one."""
    for rule in trial.relaxations:
        if rule in rules and trial.sufficient(rules - {rule}):
            rules -= {rule}
    return rules


def _found(trial: Trial, rules: Rules) -> Found:
    by = trial.fully(rules)
    places = trial.fitting(by, trial.places)
    scorer = trial.scorer(by)
    return Found(trial, rules, min(scorer.route(0, place)[1] for place in places), tuple(places))
