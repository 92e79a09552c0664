"""The last look at a problem's arrays before a search, a kernel or a solver reads them.

``build_problem`` makes no problem that is refused here; benchmark files, what-ifs and other programs make
theirs without it. What a vectorised look of some milliseconds finds wrong is then named one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.admit import MOST_TRIPS
from lastmile_desktop.engine.problem import FAR_S, NO_LIMIT, NO_WAY_S, Ints, Problem, Windows
from lastmile_desktop.engine.subproblem import subproblem
from lastmile_desktop.model import LOAD_DIMENSIONS, Unassigned, UnassignedReason

#: Sums of prices must stay far below the end of 64-bit numbers, in fractions of a cent.
MOST_PRICE_CENTS = 2**40
#: Three legs are added up in 32 bits.
_MOST_LEG = 2**29
_MOST_SETUP_S = NO_WAY_S // 10
_LEAST_PERCENT, _MOST_PERCENT = 10, 1000

Flags = NDArray[np.bool_]


class BadProblem(ValueError):
    """These arrays are no problem at all; the text is a sentence that says what is wrong with them."""

    for_dispatcher = True


def admit(problem: Problem) -> Problem:
    """``problem`` without the orders and vehicles that cannot be; itself when nothing is wrong.

    Each of those orders is then in ``set_aside`` and each of those vehicles in ``unusable``, with a sentence.
    Raises BadProblem where no sentence could be about one of them: arrays of wrong sizes, travel times that
    are no numbers.
    """
    _check_shapes(problem)
    bad_vehicles = dict(_vehicle_faults(problem))
    bad_orders = dict(_order_faults(problem))
    if not bad_orders and not bad_vehicles:
        return problem
    for order in list(bad_orders):
        # Half a shipment is none.
        other = int(problem.partner[order])
        if 0 <= other < problem.order_count and other not in bad_orders:
            text = f"its shipment cannot be planned without {problem.order_ids[order]}."
            bad_orders[other] = (UnassignedReason.DROPPED, text)
    orders = [order for order in range(problem.order_count) if order not in bad_orders]
    vehicles = [vehicle for vehicle in range(problem.vehicle_count) if vehicle not in bad_vehicles]
    aside = [
        Unassigned(problem.order_keys[order], reason, f"{problem.order_ids[order]} cannot be planned: {text}")
        for order, (reason, text) in sorted(bad_orders.items())
    ]
    lost = [
        (
            problem.vehicle_names[vehicle],
            f"{problem.vehicle_names[vehicle]} cannot be planned: {text} Correct it in Fleet.",
        )
        for vehicle, text in sorted(bad_vehicles.items())
    ]
    return replace(
        subproblem(problem, orders, vehicles),
        set_aside=(*problem.set_aside, *aside),
        unusable=(*problem.unusable, *lost),
    )


def _check_shapes(problem: Problem) -> None:
    orders, vehicles, places = problem.order_count, problem.vehicle_count, len(problem.locations)
    # A list: there may be as many orders as vehicles.
    shapes: list[tuple[tuple[int, ...], tuple[str, ...]]] = [
        ((places, places), ("duration_s", "distance_m")),
        ((places,), ("setup_s",)),
        ((orders,), (
            "order_place", "is_pickup", "service_s", "penalty_cents", "optional", "late_cents_per_hour",
            "partner", "group", "position", "even_share",
        )),
        ((orders, len(LOAD_DIMENSIONS)), ("demand",)),
        ((orders, vehicles), ("allowed", "preference_cents")),
        ((vehicles,), (
            "start_place", "end_place", "earliest_start_s", "latest_start_s", "earliest_end_s",
            "latest_end_s", "max_stops", "max_distance_m", "max_duration_s", "fixed_cents", "per_km_cents",
            "per_hour_cents", "search_per_km_cents", "search_per_hour_cents", "regular_end_s",
            "overtime_cents_per_hour", "max_trips", "reload_s", "search_fixed_cents",
        )),
        ((vehicles, len(LOAD_DIMENSIONS)), ("capacity",)),
    ]  # fmt: skip
    for shape, names in shapes:
        for name in names:
            found = getattr(problem, name)
            if not isinstance(found, np.ndarray) or found.shape != shape:
                have = getattr(found, "shape", type(found).__name__)
                raise BadProblem(f"The table {name} has the shape {have} where {shape} is needed.")
            if found.dtype.kind not in ("b" if name in ("is_pickup", "optional", "allowed") else "iu"):
                raise BadProblem(f"The table {name} holds {found.dtype} where whole numbers are needed.")
    for size, names in (
        (orders, ("order_ids", "windows", "window_due", "order_skills")),
        (vehicles, ("vehicle_names", "vehicle_skills", "breaks")),
    ):
        for name in names:
            if len(getattr(problem, name)) != size:
                raise BadProblem(f"The list {name} has {len(getattr(problem, name))} entries, not {size}.")
    _check_common(problem)


def _check_common(problem: Problem) -> None:
    """What holds for all orders or vehicles at once."""
    for what, keys in (("orders", problem.order_keys), ("vehicles", problem.vehicle_keys)):
        if len(set(keys)) < len(keys):
            twice = next(key for number, key in enumerate(keys) if key in keys[:number])
            raise BadProblem(f"Two {what} have the same key {twice!r}.")
    for earlier, later in problem.before:
        if not (0 <= earlier < problem.order_count and 0 <= later < problem.order_count):
            raise BadProblem("A rule says that one order comes before another that does not exist.")
    starts = [start for start, _ in problem.traffic]
    if starts and (starts[0] != 0 or starts != sorted(set(starts))):
        raise BadProblem("The traffic periods are not in order from midnight on.")
    if any(not _LEAST_PERCENT <= percent <= _MOST_PERCENT for _, percent in problem.traffic):
        raise BadProblem(f"Traffic must be between {_LEAST_PERCENT} and {_MOST_PERCENT} percent.")
    if min(problem.even_units, problem.tidy_units) < 0 or max(problem.even_units, problem.tidy_units) > 2**50:
        raise BadProblem("A goal weighs less than nothing, or too much to be added up.")


def _order_faults(problem: Problem) -> Iterator[tuple[int, tuple[UnassignedReason, str]]]:
    """(order, (reason, words)); where several things are wrong with an order the last one is told."""
    count, places = problem.order_count, len(problem.locations)
    if not count:
        return
    where = problem.order_place
    lost = (where < 0) | (where >= places)
    if places:
        misled = _bad_places(problem)[np.where(lost, 0, where)] & ~lost
        text = "a travel time or distance to or from it is wrong."
        for order in np.flatnonzero(misled).tolist():
            yield order, (UnassignedReason.UNREACHABLE, text)
    for order in np.flatnonzero(lost).tolist():
        yield order, (UnassignedReason.WAITING_FOR_POSITION, "it is at a place that does not exist.")
    price, shift = UnassignedReason.DROPPED, UnassignedReason.SHIFT
    for reason, word, values, most in (
        (shift, "service time", problem.service_s, FAR_S),
        (price, "price for leaving it out", problem.penalty_cents, MOST_PRICE_CENTS),
        (price, "price of an hour late", problem.late_cents_per_hour, MOST_PRICE_CENTS),
        (price, "share of the work", problem.even_share, NO_LIMIT),
        (UnassignedReason.CAPACITY, "load", problem.demand, NO_LIMIT // max(1, count)),
        (price, "price on a vehicle that it does not prefer", problem.preference_cents, MOST_PRICE_CENTS),
    ):
        for order, text in _outside(word, values, most):
            yield order, (reason, text)
    for order, windows in enumerate(problem.windows):
        window_text = _window_fault(windows, problem.window_due[order])
        if window_text:
            yield order, (UnassignedReason.WINDOW, window_text)
    for order in np.flatnonzero(_bad_partners(problem)).tolist():
        yield order, (price, "the other half of its shipment is not one.")
    for order in np.flatnonzero((problem.group < -1) | (problem.group >= count)).tolist():
        yield order, (price, "the group that it shares a vehicle with is none.")
    for order in np.flatnonzero((problem.position < -1) | (problem.position > 1)).tolist():
        yield order, (price, "its place on the route is none.")


def _bad_places(problem: Problem) -> Flags:
    """(p,) True for places with a travel time, distance or set-up time that cannot be added up.

    Of the two ends of a wrong leg the one with more of them is to blame, of equals not the depot.
    """
    seconds, metres = problem.duration_s, problem.distance_m
    bad: Flags = (problem.setup_s < 0) | (problem.setup_s > _MOST_SETUP_S)
    if all(
        int(table.min()) >= 0 and int(table.max()) <= _MOST_LEG and not table.diagonal().any()
        for table in (seconds, metres)
    ):
        return bad
    wrong = (seconds < 0) | (seconds > _MOST_LEG) | (metres < 0) | (metres > _MOST_LEG)
    wrong |= np.diag((seconds.diagonal() != 0) | (metres.diagonal() != 0))
    depots = np.zeros(len(bad), dtype=np.bool_)
    for place in (*problem.start_place.tolist(), *problem.end_place.tolist()):
        if 0 <= place < len(depots):
            depots[place] = True
    while wrong.any():
        worst = int((2 * (wrong.sum(axis=0) + wrong.sum(axis=1)) - depots).argmax())
        bad[worst] = True
        wrong[worst, :] = wrong[:, worst] = False
    return bad


def _outside(word: str, values: Ints, most: int) -> Iterator[tuple[int, str]]:
    """(row, words) where a row of ``values`` is negative or above ``most``."""
    for bad, what in ((values < 0, "less than nothing"), (values > most, "too large to add up")):
        for row in np.unique(np.nonzero(bad)[0]):
            yield int(row), f"its {word} is {what}."


def _window_fault(windows: Windows, due: Sequence[int]) -> str:
    if not windows or len(windows) != len(due):
        return "it has no time at all."
    previous = -FAR_S - 1
    for (start, end), last in zip(windows, due, strict=True):
        if not previous < start <= end <= FAR_S:
            return "its time windows end before they begin, overlap, or are not of this time."
        if not start <= last <= end:
            return "what counts as late lies outside its time windows."
        previous = end
    return ""


def _bad_partners(problem: Problem) -> Flags:
    """(n,) True where the other half of a shipment is not one, or names another order as its own half."""
    partner = problem.partner
    paired = partner >= 0
    known = paired & (partner < problem.order_count)
    other = np.where(known, partner, 0)
    back = partner[other] == np.arange(problem.order_count)
    kinds = problem.is_pickup[other] != problem.is_pickup
    bad: Flags = (paired & ~(known & back & kinds)) | (partner < -1)
    return bad


def _vehicle_faults(problem: Problem) -> Iterator[tuple[int, str]]:
    """(vehicle, words)."""
    places = len(problem.locations)
    bad_place = _bad_places(problem) if places else np.zeros(0, dtype=np.bool_)
    for word, ends in (("starts", problem.start_place), ("ends", problem.end_place)):
        for vehicle, place in enumerate(ends.tolist()):
            if not 0 <= place < places:
                yield vehicle, f"it {word} at a place that does not exist."
            elif bad_place[place]:
                yield vehicle, f"a travel time or distance of the place where it {word} is wrong."
    for word, prices in (
        ("fixed price", problem.fixed_cents),
        ("fixed price in the search", problem.search_fixed_cents),
        ("price per km", problem.per_km_cents),
        ("price per km in the search", problem.search_per_km_cents),
        ("price per hour", problem.per_hour_cents),
        ("price per hour in the search", problem.search_per_hour_cents),
        ("price of overtime", problem.overtime_cents_per_hour),
    ):
        yield from _outside(word, prices, MOST_PRICE_CENTS)
    for word, limits in (
        ("capacity", problem.capacity),
        ("most stops", problem.max_stops),
        ("most kilometres", problem.max_distance_m),
        ("most hours", problem.max_duration_s),
    ):
        yield from _outside(word, limits, 2**62)
    yield from _outside("time to load again", problem.reload_s, FAR_S)
    yield from _outside("number of trips", problem.max_trips - 1, MOST_TRIPS)
    for times in (
        problem.earliest_start_s, problem.latest_start_s, problem.earliest_end_s, problem.latest_end_s,
        problem.regular_end_s,
    ):  # fmt: skip
        for vehicle in np.flatnonzero((times < -FAR_S) | (times > NO_LIMIT)).tolist():
            yield vehicle, "its shift is not of this time."
    for vehicle, rests in enumerate(problem.breaks):
        if any(not (-FAR_S <= r.earliest_s <= r.latest_s <= FAR_S) for r in rests):
            yield vehicle, "a break ends before it may begin, or is not of this time."
        if any(not 0 <= r.duration_s <= FAR_S for r in rests):
            yield vehicle, "a break has no possible length."
