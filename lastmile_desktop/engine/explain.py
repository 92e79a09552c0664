"""Why an order is on no route: each rule is relaxed in turn until one is found that stands in the way.

First each order is judged alone against every empty vehicle (all at once); what no vehicle could do even then
has a plain reason. The others are really tried in every place of the plan as it is, with one rule after the
other left out; that takes longer, so it has a time budget, after which a general sentence is given.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from lastmile_desktop.engine.alone import Alone, Flags, judge_alone
from lastmile_desktop.engine.insertion import InsertionState, Relaxed
from lastmile_desktop.engine.problem import FAR_S, Problem
from lastmile_desktop.model import Unassigned, UnassignedReason

#: Time for trying insertions, over all orders of one call.
_BUDGET_S = 0.6
_LOAD_WORDS = (("pieces", 1000), ("kg", 1000), ("m³", 1_000_000))


def explain_left_out(
    problem: Problem, routes: Sequence[Sequence[int]], orders: Sequence[int]
) -> tuple[Unassigned, ...]:
    """The binding rule and a sentence for each of ``orders`` (none of them on ``routes``), in their order."""
    if not problem.vehicle_count:
        return tuple(_no_vehicle(problem, order) for order in orders)
    alone = judge_alone(problem, orders)
    possible = alone.possible
    state = InsertionState(problem, routes)
    until = time.monotonic() + _BUDGET_S
    found: list[Unassigned] = []
    for row, order in enumerate(orders):
        if not possible[row].any():
            reason, text = _explain_alone(problem, alone, row, order)
            text = f"{problem.order_ids[order]} cannot be planned: {text}"
        elif time.monotonic() > until:
            reason, text = _not_tried(problem, order)
        else:
            reason, text = _explain_in_plan(problem, state, possible[row], order)
        found.append(Unassigned(problem.order_keys[order], reason, text))
    return tuple(found)


def _no_vehicle(problem: Problem, order: int) -> Unassigned:
    if problem.unusable:
        text = problem.unusable[0][1]
    else:
        name = problem.order_ids[order]
        text = f"{name} cannot be planned: no vehicle is in use today. Switch one on in Fleet."
    return Unassigned(problem.order_keys[order], UnassignedReason.CAPACITY, text)


def _explain_alone(problem: Problem, alone: Alone, row: int, order: int) -> tuple[UnassignedReason, str]:
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
    for _, kept, tell in rules[1:]:
        if not (kept & suitable).any():
            return tell(suitable)
        suitable &= kept
    return _hours(problem, alone, row, order, anyone)


def _skill(problem: Problem, order: int) -> tuple[UnassignedReason, str]:
    wanted = problem.order_skills[order]
    have = frozenset().union(*problem.vehicle_skills)
    missing = sorted(wanted - have)
    if missing:
        text = f"no vehicle has the skill {_joined(missing)}"
    else:
        text = f"no vehicle in use has {_joined(sorted(wanted))} together"
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
    text = f"{_window_words(problem, order)}; the earliest {who} can be there is {_clock(arrive)}"
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
        back = _clock(int(alone.back_s[row][vehicle]))
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


def _not_tried(problem: Problem, order: int) -> tuple[UnassignedReason, str]:
    text = f"{problem.order_ids[order]} is on no route yet; a vehicle could take it on its own. Press Plan."
    return UnassignedReason.DROPPED, text


def _explain_in_plan(
    problem: Problem, state: InsertionState, possible: Flags, order: int
) -> tuple[UnassignedReason, str]:
    """Try the order in every place of the plan: as the rules are, then with one rule left out at a time."""
    name = problem.order_ids[order]
    best = _cheapest(state, order, Relaxed())
    if best is not None:
        vehicle, position, cents = best
        if problem.optional[order] and cents >= int(problem.penalty_cents[order]):
            price = int(problem.penalty_cents[order]) / 100
            text = f"{name} is left out because bringing it would cost more than its price of {price:.2f}."
            return UnassignedReason.DROPPED, text
        spot = f"as stop {position + 1}" if state.routes[vehicle] else "on a route of its own"
        text = (
            f"{name} is on no route, but {problem.vehicle_names[vehicle]} could take it {spot}. Press Plan."
        )
        return UnassignedReason.DROPPED, text
    if _cheapest(state, order, Relaxed(load=True)) is not None:
        text = f"{name} does not fit any more: every vehicle that could be there in time is full."
        return UnassignedReason.CAPACITY, f"{text} Free some room, or add a vehicle."
    relaxed = _cheapest(state, order, Relaxed(window=True))
    if relaxed is not None and not _any_time(problem, order):
        text = f"{name} does not fit in: {_window_words(problem, order)}, and no route has room then"
        hint = f"With another window {problem.vehicle_names[relaxed[0]]} could take it."
        return UnassignedReason.WINDOW, f"{text}. {hint}"
    if _cheapest(state, order, Relaxed(stops=True)) is not None:
        text = f"{name} does not fit any more: every suitable vehicle has its most stops already."
        return UnassignedReason.CAPACITY, f"{text} Raise the limit in Fleet, or add a vehicle."
    if _cheapest(state, order, Relaxed(distance=True)) is not None:
        text = (
            f"{name} does not fit any more: every suitable vehicle would drive more than its most kilometres."
        )
        return UnassignedReason.DISTANCE, f"{text} Raise the limit in Fleet, or add a vehicle."
    if _cheapest(state, order, Relaxed(hours=True)) is not None:
        text = f"{name} does not fit any more: the working time of every suitable vehicle is used up."
        return UnassignedReason.SHIFT, f"{text} Lengthen a shift, or add a vehicle."
    reason, limits = _limits_at_once(problem, state, order)
    who = "the only suitable vehicle" if possible.sum() == 1 else "every suitable vehicle"
    text = f"{name} does not fit any more: on {who} several limits are in the way at once"
    return reason, f"{text} ({limits}). Add a vehicle, or move the order to another day."


def _limits_at_once(problem: Problem, state: InsertionState, order: int) -> tuple[UnassignedReason, str]:
    """A smallest set of rules without which there is a place, in words, and the reason of its first one."""
    rules = {
        "load": (UnassignedReason.CAPACITY, "its room"),
        "window": (UnassignedReason.WINDOW, "the order's time window"),
        "stops": (UnassignedReason.CAPACITY, "its number of stops"),
        "distance": (UnassignedReason.DISTANCE, "its kilometres"),
        "hours": (UnassignedReason.SHIFT, "its working time"),
    }
    needed = [rule for rule in rules if rule != "window" or not _any_time(problem, order)]
    for rule in list(needed):
        fewer = {other: True for other in needed if other != rule}
        if _cheapest(state, order, Relaxed(**fewer)) is not None:
            needed.remove(rule)
    return rules[needed[0]][0], _joined([rules[rule][1] for rule in needed])


def _cheapest(state: InsertionState, order: int, relaxed: Relaxed) -> tuple[int, int, float] | None:
    """(vehicle, position, added cents) of the cheapest place, None without one."""
    costs = state.costs(order, relaxed)
    gap = int(costs.argmin()) if len(costs) else 0
    if not len(costs) or not np.isfinite(costs[gap]):
        return None
    return int(state.vehicle[gap]), int(state.position[gap]), float(costs[gap])


def _any_time(problem: Problem, order: int) -> bool:
    return problem.windows[order] == ((0, FAR_S),)


def _window_words(problem: Problem, order: int) -> str:
    words: list[str] = []
    for start, end in problem.windows[order]:
        if start <= 0:
            words.append(f"before {_clock(end)}")
        elif end >= FAR_S:
            words.append(f"from {_clock(start)}")
        else:
            words.append(f"between {_clock(start)} and {_clock(end)}")
    return f"only {' or '.join(words)}"


def _joined(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _clock(seconds: int) -> str:
    days, rest = divmod(seconds, 86400)
    text = f"{rest // 3600:02d}:{rest % 3600 // 60:02d}"
    return text if not days else f"{text} (+{days} d)"
