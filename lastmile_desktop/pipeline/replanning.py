"""From one state of a planned day to the next without planning anew: orders or vans came, changed or went."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from lastmile_desktop.model import DayState, Order, Unassigned
from lastmile_desktop.model.wording import count
from lastmile_desktop.pipeline.same_door import apart_stops

if TYPE_CHECKING:
    from lastmile_desktop.engine.replan.changes import ChangeBudget
    from lastmile_desktop.engine.replan.replan import Replanned
    from lastmile_desktop.pipeline.planning import Planner

#: What of an order does not matter to its route.
_NOT_PLANNED_BY = {
    "id", "name", "address", "phone", "email", "notes", "attention", "source", "assumed", "placing",
}  # fmt: skip
_PLANNED_BY = [field.name for field in fields(Order) if field.name not in _NOT_PLANNED_BY]
#: A planned order that changes vehicle or place must save so much: nobody likes to be re-planned for cents.
LEAST_SAVING_CENTS = 50


@dataclass(frozen=True)
class NextPlan:
    """The state after the change, timed and checked, and what is different.

    Keys of orders: ``placed`` got a place, ``other_vehicle`` changed vehicle (or lost theirs), ``moved``
    changed their place in the sequence, ``shifted`` are served noticeably earlier or later (``shift_s`` has
    all shifts, in seconds). ``left_out`` are on no route, with the reasons. ``cost_difference_cents`` is at
    the user's prices. ``sentence`` says it all in one line.
    """

    state: DayState
    placed: tuple[str, ...]
    other_vehicle: tuple[str, ...]
    moved: tuple[str, ...]
    shifted: tuple[str, ...]
    shift_s: dict[str, int]
    left_out: tuple[Unassigned, ...]
    cost_difference_cents: int
    seconds: float
    sentence: str


def replan_day(
    planner: Planner,
    before: DayState,
    after: DayState,
    budget: ChangeBudget | None = None,
    *,
    only: Collection[str] | None = None,
    seconds: float | None = None,
    steps: int | None = None,
) -> NextPlan:
    """The next plan for ``after``, whose day differs from the planned day ``before`` by a few orders or vans.

    ``before`` has the plan on the table with its timetable; its locks and frozen beginnings hold. ``budget``
    None: whatever is best may change. ``only``: keys of the orders that may get a place. The result's state
    has every other field of ``after``. ``steps``: for tests, see ``engine.replan``. Raises ValueError when
    ``before`` has no plan.
    """
    from lastmile_desktop.engine.replan.replan import USUAL_SECONDS, replan

    if before.assignment is None or before.timetable is None:
        raise ValueError("there is no plan on the table")
    result = replan(
        planner.problem_for(after.day),
        apart_stops(before.day, before.timetable),
        changed=changed_orders(before, after),
        only=only,
        budget=budget,
        seconds=USUAL_SECONDS if seconds is None else seconds,
        seed=after.day.settings.seed,
        steps=steps,
        locked=before.assignment.locked,
        frozen=before.assignment.frozen,
    )
    state = planner.timed(replace(after, assignment=result.assignment))
    return NextPlan(
        state=state,
        placed=result.placed,
        other_vehicle=result.changes.other_vehicle,
        moved=result.changes.moved,
        shifted=result.changes.shifted,
        shift_s=dict(result.changes.shift_s),
        left_out=result.left_out,
        cost_difference_cents=result.cost_difference_cents,
        seconds=result.elapsed_s,
        sentence=_sentence(result, after.day.settings.currency),
    )


def fit_in(planner: Planner, state: DayState, order_keys: Collection[str]) -> DayState:
    """Put orders that are on no route where each fits best, on whichever vehicle, and move nothing else.

    Those that fit nowhere stay unassigned, and the timetable says why. Orders that are not asked for stay
    where they are. Raises ValueError when there is no plan, and KeyError for unknown keys.
    """
    from lastmile_desktop.engine.replan.changes import ChangeBudget

    wanted = {state.day.order_by_key[key].key for key in order_keys}
    return replan_day(planner, state, state, ChangeBudget(0, 0), only=wanted, seconds=0).state


def changed_orders(before: DayState, after: DayState) -> frozenset[str]:
    """Keys of orders in both days whose place, time, load or rules are other ones now."""
    old = before.day.order_by_key
    return frozenset(
        order.key
        for order in after.day.orders
        if order.key in old
        and order is not old[order.key]
        and any(getattr(order, name) != getattr(old[order.key], name) for name in _PLANNED_BY)
    )


def _sentence(result: Replanned, currency: str) -> str:
    parts: list[str] = []
    if result.placed:
        parts.append(f"{count(len(result.placed), 'order')} placed")
    if result.left_out:
        parts.append(f"{count(len(result.left_out), 'order')} on no route")
    vehicle, moved, shifted = result.changes.counts
    if vehicle:
        parts.append(f"{count(vehicle, 'order')} on another vehicle")
    if moved:
        parts.append(f"{count(moved, 'order')} at another place of the route")
    if shifted:
        parts.append(f"{count(shifted, 'order')} noticeably earlier or later")
    if not (vehicle or moved or shifted):
        parts.append("nothing else changes")
    cents = result.cost_difference_cents
    money = f"{abs(cents) / 100:,.2f} {currency}"
    change = "the cost stays the same" if not cents else f"it {'costs' if cents > 0 else 'saves'} {money}"
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}; {change}."
