"""The plain reasons: what no vehicle could do for an order even if it had nothing else to do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lastmile_desktop.engine.alone import Alone, Flags
from lastmile_desktop.engine.explain.words import clock, joined, window_words
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.model import Unassigned, UnassignedReason

_LOAD_WORDS = (("pieces", 1000), ("kg", 1000), ("m³", 1_000_000))


def no_vehicle(problem: Problem, order: int) -> Unassigned:
    """For a day without a single vehicle that can be planned."""
    if problem.unusable:
        text = problem.unusable[0][1]
    else:
        name = problem.order_ids[order]
        text = f"{name} cannot be planned: no vehicle is in use today. Switch one on in Fleet."
    return Unassigned(problem.order_keys[order], UnassignedReason.CAPACITY, text)


def explain_alone(problem: Problem, alone: Alone, row: int, order: int) -> tuple[UnassignedReason, str]:
    """The single rule without which some empty vehicle could do it; else the first that all break."""
    rules: list[tuple[str, Flags, Callable[[Flags], tuple[UnassignedReason, str]]]] = [
        ("skill", alone.skill[row], lambda others: _skill(problem, order)),
        ("load", alone.load[row], lambda others: _load(problem, order, others)),
        ("window", alone.window[row], lambda others: _window(problem, alone, row, order, others)),
        ("hours", alone.hours[row], lambda others: _hours(problem, alone, row, order, others)),
        ("distance", alone.distance[row], lambda others: _distance(problem, alone, row, others)),
    ]
    if not alone.reach[row].any():
        return _unreachable()
    for name, broken, tell in rules:
        others = alone.reach[row] & ~broken
        for other, kept, _ in rules:
            if other == "hours" and name == "window":
                others &= alone.hours_any[row]
            elif other != name:
                others &= kept
        if others.any():
            return tell(others)
    anyone = np.ones(problem.vehicle_count, dtype=np.bool_)
    for _, kept, tell in rules:
        if not kept.any():
            return tell(anyone)
    # Each rule is kept by some vehicle, but two at once stand in the way on every one: name the skill's
    # vehicles first, since what they lack is what a dispatcher can change.
    suitable = alone.skill[row] & alone.reach[row]
    if not suitable.any():
        text = "no road leads there for any vehicle that may take it. Check its position on the map."
        return UnassignedReason.UNREACHABLE, text
    for _, kept, tell in rules[1:]:
        if not (kept & suitable).any():
            return tell(suitable)
        suitable &= kept
    return _hours(problem, alone, row, order, anyone)


def _skill(problem: Problem, order: int) -> tuple[UnassignedReason, str]:
    wanted = problem.order_skills[order]
    have = frozenset().union(*problem.vehicle_skills)
    missing = sorted(wanted - have)
    if not wanted or any(wanted <= skills for skills in problem.vehicle_skills):
        able = " that can do it" if wanted else ""
        text = f"the vehicles and drivers it may go with are none of those in use{able}"
        return UnassignedReason.SKILL, f"{text}. Change them on the order, or use one of these vehicles."
    if missing:
        text = f"no vehicle has the skill {joined(missing)}"
    else:
        text = f"no vehicle in use has {joined(sorted(wanted))} together"
    return UnassignedReason.SKILL, f"{text}. Add it to a vehicle, or remove it from the order."


def _load(problem: Problem, order: int, others: Flags) -> tuple[UnassignedReason, str]:
    limits = problem.capacity[others]
    best = limits[(problem.demand[order] - limits).clip(0).sum(axis=1).argmin()]
    for column, (word, scale) in enumerate(_LOAD_WORDS):
        amount, limit = int(problem.demand[order, column]), int(best[column])
        if amount > limit:
            text = (
                f"it has {amount / scale:g} {word}, and the largest suitable vehicle holds {limit / scale:g}"
            )
            return UnassignedReason.CAPACITY, f"{text}. Split the order, or use a larger vehicle."
    return UnassignedReason.CAPACITY, "it is too large for every suitable vehicle. Split the order."


def _window(
    problem: Problem, alone: Alone, row: int, order: int, others: Flags
) -> tuple[UnassignedReason, str]:
    arrive = int(alone.arrive_s[row][others].min())
    vehicle = int(np.flatnonzero(others)[alone.arrive_s[row][others].argmin()])
    who = "any vehicle" if others.all() else "any suitable vehicle"
    text = f"{window_words(problem, order)}; the earliest {who} can be there is {clock(arrive)}"
    hint = f"Change the window, or let {problem.vehicle_names[vehicle]} start earlier."
    return UnassignedReason.WINDOW, f"{text}. {hint}"


def _hours(
    problem: Problem, alone: Alone, row: int, order: int, others: Flags
) -> tuple[UnassignedReason, str]:
    numbers = np.flatnonzero(others)
    over = (alone.back_s[row] - problem.latest_end_s)[others]
    vehicle = int(numbers[over.argmin()])
    name, minutes = problem.vehicle_names[vehicle], int(over.min()) // 60
    if over.min() > 0:
        minutes = max(1, minutes)  # in whole minutes passed, as the clock beside it
        back = clock(int(alone.back_s[row][vehicle]))
        text = f"{name} would be back at {back}, {minutes} min after its day ends"
    else:
        text = f"the trip alone takes longer than {name} may be under way"
    return UnassignedReason.SHIFT, f"{text}. Lengthen the shift, or move the order to another day."


def _distance(problem: Problem, alone: Alone, row: int, others: Flags) -> tuple[UnassignedReason, str]:
    numbers = np.flatnonzero(others)
    vehicle = int(numbers[(alone.metres[row] - problem.max_distance_m)[others].argmin()])
    if problem.max_stops[vehicle] < 1:
        return UnassignedReason.DISTANCE, f"{problem.vehicle_names[vehicle]} may make no stops at all."
    limit = int(problem.max_distance_m[vehicle])
    trip, most = f"{int(alone.metres[row][vehicle]) / 1000:.1f} km", f"{limit / 1000:.1f} km"
    text = f"there and back are {trip}, and {problem.vehicle_names[vehicle]} may drive {most}"
    return UnassignedReason.DISTANCE, f"{text}. Raise the limit in Fleet, or use another vehicle."


def _unreachable() -> tuple[UnassignedReason, str]:
    return UnassignedReason.UNREACHABLE, "no road leads there from any depot. Check its position on the map."
