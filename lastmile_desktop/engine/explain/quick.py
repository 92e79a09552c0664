"""A first look at an order left out: all places of all routes at once, with rules left out by kind.

Coarser than ``explain_search`` (all loads are one kind, and so are all times), and it may miss a place that
only the evaluator finds; but it tells in a millisecond or two which vehicles are worth a closer look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from lastmile_desktop.engine.insertion import InsertionState, Relaxed
from lastmile_desktop.engine.problem import FAR_S, NO_LIMIT, Problem
from lastmile_desktop.model import BlockingRule

_MOST_KINDS = 3


@dataclass(frozen=True, slots=True)
class Look:
    """``vehicles`` that could take the order with the fewest kinds of rules left out, the cheapest first;
    ``rules`` are those kinds. ``free``: none had to be left out."""

    vehicles: tuple[int, ...]
    rules: frozenset[frozenset[BlockingRule]]
    free: bool


def look(state: InsertionState, order: int, *, half: bool) -> Look:
    """Look at ``order``; ``half``: the other half of its shipment comes with it."""
    kinds = list(_kinds(state.problem, order))
    for size in range(min(_MOST_KINDS, len(kinds)) + 1):
        best: dict[int, float] = {}
        rules: set[frozenset[BlockingRule]] = set()
        for some in combinations(kinds, size):
            costs = state.costs(order, Relaxed(**{name: True for name, _ in some}), half=half)
            open_gaps = np.flatnonzero(np.isfinite(costs))
            if len(open_gaps):
                rules.add(frozenset(rule for _, rule in some))
            for gap in open_gaps[np.argsort(costs[open_gaps], kind="stable")]:
                vehicle = int(state.vehicle[gap])
                best[vehicle] = min(best.get(vehicle, np.inf), float(costs[gap]))
        if best:
            ranked = sorted(best, key=lambda vehicle: (best[vehicle], vehicle))
            return Look(tuple(ranked), frozenset(rules), size == 0)
    return Look((), frozenset(), False)


def _kinds(problem: Problem, order: int) -> Iterator[tuple[str, BlockingRule]]:
    """(field of Relaxed, rule) of what could be in the way of this order."""
    bound = [d for d in problem.load_dimensions if problem.demand[order, d] > 0]
    if bound:
        loads = (BlockingRule.PIECES, BlockingRule.WEIGHT, BlockingRule.VOLUME)
        yield "load", loads[bound[0]]
    if problem.windows[order] != ((0, FAR_S),):
        yield "window", BlockingRule.WINDOW_LATER
    if (problem.max_stops < NO_LIMIT).any():
        yield "stops", BlockingRule.STOPS
    if (problem.max_distance_m < NO_LIMIT).any():
        yield "distance", BlockingRule.DISTANCE
    yield "hours", BlockingRule.SHIFT_END
    if not problem.allowed[order].all():
        yield "skill", BlockingRule.SKILL
    if problem.group[order] >= 0 or problem.partner[order] >= 0:
        yield "company", BlockingRule.SAME_VAN
    elif problem.position.any() or problem.before:
        yield "company", BlockingRule.ROUTE_POSITION
