"""From the plan on the table to the next one: an order added, changed or gone, a van late or lost.

No new search from nothing: what changed is put in where it fits best (cheapest insertion, with ejection of
one order to another place where nothing fits), then the compiled search works on the orders nearby for the
rest of the time. How far the new plan may depart from the old one is a budget: the search can only move as
many orders as are freed, and every plan is counted by ``replan_changes`` before it is taken.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, replace

from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.replan.changes import ChangeBudget, Changes, count_changes, snapshot
from lastmile_desktop.engine.replan.moves import PlanOnTable, insert_waiting, mend_routes, relocate
from lastmile_desktop.engine.replan.search import search_nearby
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.engine.scoring import Routes
from lastmile_desktop.model import Assignment, Timetable, Unassigned, UnassignedReason

#: Seconds that one change may take, all told, at a thousand stops.
USUAL_SECONDS = 0.15
#: Kept free for the timetable of the new plan, for each thousand orders.
_HAND_IN_S = 0.015


@dataclass(frozen=True)
class Replanned:
    """The next plan, and what it means.

    ``routes`` are order indices per vehicle of the new problem. ``changes`` are against the plan on the
    table, new and changed orders apart; ``forced`` those of them that follow from the change itself, whatever
    is planned (an order taken off a route lets the later ones come earlier). ``placed`` are the keys of
    orders that were on no route, or on a vehicle that is gone, and have a place now. ``left_out`` are all
    orders on no route, with the reasons. ``cost_difference_cents`` is at the user's prices. ``broken`` is 0
    in a plan that keeps its rules, else it counts seconds late and other rules as ``Score`` does.
    """

    assignment: Assignment
    routes: Routes
    timetable: Timetable
    changes: Changes
    forced: Changes
    placed: tuple[str, ...]
    left_out: tuple[Unassigned, ...]
    cost_difference_cents: int
    broken: int
    elapsed_s: float


def replan(
    problem: Problem,
    before: Timetable,
    *,
    changed: Collection[str] = (),
    only: Collection[str] | None = None,
    budget: ChangeBudget | None = None,
    seconds: float = USUAL_SECONDS,
    seed: int = 1,
    steps: int | None = None,
    locked: Collection[str] = (),
    frozen: Collection[str] = (),
) -> Replanned:
    """The best plan found for ``problem`` within ``seconds`` and ``budget`` from the plan ``before``.

    ``problem`` is the day as it is now; orders and vehicles that ``before`` does not know are new, those that
    only ``before`` knows are gone. ``changed`` are keys of orders whose own data changed: like new ones they
    are placed anew and not counted. With ``only`` no other orders get a place than these. ``locked`` stay on
    their vehicle and in their relative order; ``frozen`` too, and nothing is put in front of those at the
    head of a route (a van that is under way). With ``steps`` the compiled search does exactly so many in each
    of its few runs and no clock decides, so the result repeats. Raises ValueError when ``before`` has an
    order twice.
    """
    began = time.monotonic()
    table = PlanOnTable(
        problem, before, frozenset(changed), frozenset(locked), frozenset(frozen), budget or ChangeBudget()
    )
    if only is not None:
        table.waiting = [order for order in table.waiting if problem.order_keys[order] in only]
    insert_waiting(table)
    mend_routes(table)
    deadline = began + seconds - _HAND_IN_S * problem.order_count / 1000
    if steps is not None or time.monotonic() < deadline:
        relocate(table, deadline if steps is None else None)
        if only is None:  # the compiled search places every order that it can
            search_nearby(table, seed, deadline, steps)
    return _result(table, before, began)


def _result(table: PlanOnTable, before: Timetable, began: float) -> Replanned:
    problem = table.problem
    assignment = replace(assignment_of(problem, table.best, table.locked_keys), frozen=table.frozen_keys)
    timetable = evaluate(problem, assignment, explain=False)
    changes = count_changes(snapshot(before), snapshot(timetable), table.apart, table.budget.shift_s)
    planned = assignment.order_keys
    missing = [problem.order_index[key] for key in problem.order_keys if key not in planned]
    return Replanned(
        assignment=assignment,
        routes=[list(route) for route in table.best],
        timetable=timetable,
        changes=changes,
        forced=table.forced,
        placed=tuple(key for key in map(problem.order_keys.__getitem__, table.waiting) if key in planned),
        left_out=_explained(table, missing),
        cost_difference_cents=timetable.totals.cost_cents - before.totals.cost_cents,
        broken=table.scorer.score(table.best).broken,
        elapsed_s=time.monotonic() - began,
    )


def _explained(table: PlanOnTable, missing: list[int]) -> tuple[Unassigned, ...]:
    """Why orders have no place; those that the budget alone keeps off are told so."""
    if not missing:
        return ()
    from lastmile_desktop.engine.explain.left_out import explain_left_out

    problem = table.problem
    held = {order for order in missing if order in table.held_by_budget}
    told = explain_left_out(problem, table.best, [order for order in missing if order not in held])
    return (*told, *(_held(problem, order, table.budget) for order in sorted(held)))


def _held(problem: Problem, order: int, budget: ChangeBudget) -> Unassigned:
    sentence = (
        f"{problem.order_ids[order]} fits only if more of the plan changes than you allow: "
        "allow more changes, or plan the day again."
    )
    return Unassigned(problem.order_keys[order], UnassignedReason.DROPPED, sentence)
