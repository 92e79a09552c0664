"""Sentences about what keeps an order off the routes, in the dispatcher's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from lastmile_desktop.engine.problem import FAR_S, Problem
from lastmile_desktop.model import Block, BlockingRule, BlockingSet, UnassignedReason, wording

Rule = BlockingRule
_CAPACITY, _SHIFT = UnassignedReason.CAPACITY, UnassignedReason.SHIFT
#: Reason and words of each rule; of several rules the first in this list is the one that is named as reason.
_RULES: dict[BlockingRule, tuple[UnassignedReason, str]] = {
    Rule.UNREACHABLE: (UnassignedReason.UNREACHABLE, "the road there"),
    Rule.SKILL: (UnassignedReason.SKILL, "a skill it lacks"),
    Rule.VEHICLE: (UnassignedReason.SKILL, "the order's choice of vehicles"),
    Rule.PIECES: (_CAPACITY, "its room"),
    Rule.WEIGHT: (_CAPACITY, "its load"),
    Rule.VOLUME: (_CAPACITY, "its space"),
    Rule.WINDOW_LATER: (UnassignedReason.WINDOW, "the order's time window"),
    Rule.WINDOW_EARLIER: (UnassignedReason.WINDOW, "the order's time window"),
    Rule.STOPS: (_CAPACITY, "its number of stops"),
    Rule.DISTANCE: (UnassignedReason.DISTANCE, "its kilometres"),
    Rule.SHIFT_END: (_SHIFT, "its working time"),
    Rule.DURATION: (_SHIFT, "its most hours"),
    Rule.BREAK: (_SHIFT, "its break"),
    Rule.SHIFT_START: (_SHIFT, "its start"),
    Rule.OTHER_WINDOWS: (UnassignedReason.WINDOW, "the time windows of its other orders"),
    Rule.TRIPS: (_CAPACITY, "its number of trips"),
    Rule.SHIPMENT: (UnassignedReason.DROPPED, "the other half of the shipment, on another vehicle"),
    Rule.SAME_VAN: (UnassignedReason.DROPPED, "the orders it must share a vehicle with"),
    Rule.ROUTE_POSITION: (UnassignedReason.DROPPED, "what comes first and last on the route"),
    Rule.BEFORE: (UnassignedReason.DROPPED, "the sequence of the orders"),
    Rule.FROZEN: (UnassignedReason.DROPPED, "the fixed beginning of the route"),
    Rule.OTHER: (UnassignedReason.DROPPED, "what is wrong with the route already"),
}
_RANK = {rule: rank for rank, rule in enumerate(_RULES)}
_LOADS = {Rule.PIECES, Rule.WEIGHT, Rule.VOLUME}


def fitting_words(
    problem: Problem, order: int, place: BlockingSet, cents: int
) -> tuple[UnassignedReason, str]:
    """An order that could be inserted at once, at ``place`` for ``cents`` (the search's prices)."""
    name, penalty = problem.order_ids[order], int(problem.penalty_cents[order])
    if problem.optional[order] and cents >= penalty:
        text = (
            f"{name} is left out because bringing it would cost more than its price of {penalty / 100:.2f}."
        )
        return UnassignedReason.DROPPED, text
    vehicle = problem.vehicle_index[place.vehicle_key or ""]
    spot = f"as order {place.position} of its route"  # orders of one door are one stop, but count each
    text = f"{name} is on no route, but {problem.vehicle_names[vehicle]} could take it {spot}. Press Plan."
    return UnassignedReason.DROPPED, text


def not_tried(problem: Problem, order: int, sets: Sequence[BlockingSet]) -> tuple[UnassignedReason, str]:
    """An order for which there was no time to try every vehicle; ``sets`` are those known all the same."""
    name = problem.order_ids[order]
    if sets and sets[0].solvable:
        reason = _RULES[_first(rule.rule for rule in sets[0].rules)][0]
        return reason, f"{name} is on no route yet. {repair_words(problem, sets[0])} Or press Plan."
    text = f"{name} is on no route yet; a vehicle could take it on its own. Press Plan."
    return UnassignedReason.DROPPED, text


def blocked_words(
    problem: Problem,
    order: int,
    found: Collection[frozenset[BlockingRule]],
    sets: Sequence[BlockingSet],
    suitable: int,
) -> tuple[UnassignedReason, str]:
    """The rules of the best of ``found``, and which of ``sets`` would help.

    ``suitable``: how many vehicles could serve the order if they had nothing else to do.
    """
    name = problem.order_ids[order]
    fewest = min(len(rules) for rules in found)
    smallest = [rules for rules in found if len(rules) == fewest]
    chosen = min(smallest, key=lambda rules: sorted(_RANK[rule] for rule in rules))
    first = _first(chosen)
    reason = _RULES[first][0]
    who = "the only suitable vehicle" if suitable == 1 else "every suitable vehicle"
    if fewest > 1:
        limits = joined(
            list(dict.fromkeys(_RULES[rule][1] for rule in sorted(chosen, key=_RANK.__getitem__)))
        )
        text = f"{name} does not fit any more: on {who} several limits are in the way at once ({limits})."
    elif first in _LOADS:
        text = f"{name} does not fit any more: every vehicle that could be there in time is full."
    elif first in (Rule.WINDOW_LATER, Rule.WINDOW_EARLIER):
        text = f"{name} does not fit in: {window_words(problem, order)}, and no route has room then."
    elif first is Rule.STOPS:
        text = f"{name} does not fit any more: {who} has its most stops already."
    elif first is Rule.DISTANCE:
        text = f"{name} does not fit any more: {who} would drive more than its most kilometres."
    elif first in (Rule.SHIFT_END, Rule.SHIFT_START, Rule.DURATION):
        text = f"{name} does not fit any more: the working time of {who} is used up."
    else:
        text = f"{name} does not fit in: {_RULES[first][1]} is in the way."
    same = (one for one in sets if frozenset(rule.rule for rule in one.rules) == chosen)
    told = next(same, sets[0] if sets else None)
    hint = repair_words(problem, told) if told is not None and told.solvable else ""
    return reason, f"{text} {hint or 'Add a vehicle, or move the order to another day.'}"


def repair_words(problem: Problem, one: BlockingSet) -> str:
    """What would help: "Van 3 could take it if it worked 20 min longer"."""
    vehicle = problem.vehicle_names[problem.vehicle_index[one.vehicle_key or ""]]
    wishes = [_wish(problem, rule) for rule in one.rules]
    return f"{vehicle} could take it {joined(wishes)}."


def _wish(problem: Problem, block: Block) -> str:
    amount = block.amount
    ids = [problem.order_ids[problem.order_index[key]] for key in block.order_keys]
    others = f"{joined(ids[:3])}{' and others' if len(ids) > 3 else ''}" if ids else "other orders"
    minutes = wording.duration(amount)
    return {
        Rule.SKILL: "if it had the skill",
        Rule.VEHICLE: "if the order allowed that vehicle",
        Rule.PIECES: f"with room for {wording.pieces(amount)} more pieces",
        Rule.WEIGHT: f"with room for {wording.weight(amount)} more",
        Rule.VOLUME: f"with room for {wording.volume(amount)} more",
        Rule.WINDOW_LATER: f"with a time window that ends {minutes} later",
        Rule.WINDOW_EARLIER: f"with a time window that begins {minutes} earlier",
        Rule.OTHER_WINDOWS: f"if {others} could be up to {minutes} later",
        Rule.SHIFT_END: f"if it worked {minutes} longer",
        Rule.SHIFT_START: f"if it started {minutes} earlier",
        Rule.DURATION: f"if it might be under way {minutes} longer",
        Rule.DISTANCE: f"with {wording.distance(amount)} more than its most kilometres",
        Rule.STOPS: f"with {wording.count(amount, 'stop')} more than its most",
        Rule.TRIPS: f"with {wording.count(amount, 'more trip', 'more trips')}",
        Rule.BREAK: f"with its break {minutes} later" if amount else "without its break",
        Rule.SHIPMENT: "if the other half of the shipment went there too",
        Rule.SAME_VAN: f"if it need not be with {others}",
        Rule.ROUTE_POSITION: "if it might stand elsewhere on the route",
        Rule.BEFORE: "if the sequence did not matter",
        Rule.FROZEN: "if the beginning of its route were not fixed",
    }.get(block.rule, "if nothing else were wrong with its route")


def _first(rules: Iterable[BlockingRule]) -> BlockingRule:
    return min(rules, key=_RANK.__getitem__)


def window_words(problem: Problem, order: int) -> str:
    """When the order may be served: "only between 09:00 and 10:00"."""
    words: list[str] = []
    for start, end in problem.windows[order]:
        if start <= 0:
            words.append(f"before {clock(end)}")
        elif end >= FAR_S:
            words.append(f"from {clock(start)}")
        else:
            words.append(f"between {clock(start)} and {clock(end)}")
    return f"only {' or '.join(words)}"


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def clock(seconds: int) -> str:
    """A time of day, in whole minutes passed."""
    days, rest = divmod(seconds, 86400)
    text = f"{rest // 3600:02d}:{rest % 3600 // 60:02d}"
    return text if not days else f"{text} (+{days} d)"
