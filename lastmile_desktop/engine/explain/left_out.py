"""Why an order is on no route: the reason, a sentence for the dispatcher, and what would have to give way.

First each order is judged alone against every empty vehicle (all at once); what no vehicle could do even then
has a plain reason. Then each is really inserted, with rules left out one after the other (explain_sets.py);
that takes longer, so it has a time budget, within which every order is looked at before any a second time.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from lastmile_desktop.engine.alone import Alone, judge_alone
from lastmile_desktop.engine.explain.alone import explain_alone, no_vehicle
from lastmile_desktop.engine.explain.sets import Blocked, blocking_sets
from lastmile_desktop.engine.explain.words import blocked_words, fitting_words, not_tried
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.model import Unassigned, UnassignedReason

#: Time for trying insertions, over all orders of one call.
BUDGET_S = 0.6


def explain_left_out(
    problem: Problem,
    routes: Sequence[Sequence[int]],
    orders: Sequence[int],
    *,
    frozen: frozenset[int] = frozenset(),
    budget_s: float = BUDGET_S,
) -> tuple[Unassigned, ...]:
    """Why each of ``orders`` (none of them on ``routes``) is left out, in their order.

    ``frozen`` orders at the beginning of a route stay as they are. Nothing is tried any more when
    ``budget_s`` is over; then some orders have a general sentence, or fewer sets in ``blocked``.
    """
    if not problem.vehicle_count:
        return tuple(no_vehicle(problem, order) for order in orders)
    until = time.monotonic() + budget_s
    alone = judge_alone(problem, orders)
    tried = blocking_sets(problem, routes, orders, alone.possible, frozen=frozen, until=until)
    found: list[Unassigned] = []
    for row, (order, blocked) in enumerate(zip(orders, tried, strict=True)):
        reason, text = _told(problem, alone, row, order, blocked)
        found.append(Unassigned(problem.order_keys[order], reason, text, tuple(blocked.sets)))
    return tuple(found)


def _told(
    problem: Problem, alone: Alone, row: int, order: int, blocked: Blocked
) -> tuple[UnassignedReason, str]:
    name = problem.order_ids[order]
    possible = alone.possible[row]
    if blocked.fits is not None:
        return fitting_words(problem, order, blocked.fits, blocked.fits_cents)
    if not possible.any():
        reason, text = explain_alone(problem, alone, row, order)
        return reason, f"{name} cannot be planned: {text}"
    if blocked.complete and blocked.rules:
        return blocked_words(problem, order, blocked.rules, blocked.sets, int(possible.sum()))
    if blocked.look is not None and blocked.look.rules and not blocked.look.free:
        return blocked_words(problem, order, blocked.look.rules, blocked.sets, int(possible.sum()))
    return not_tried(problem, order, blocked.sets)
