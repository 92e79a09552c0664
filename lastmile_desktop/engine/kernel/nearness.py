"""Which orders lie near each other, and the sortings in which removed orders are put back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.problem import NO_LIMIT, Ints, Problem

#: Nearest orders that are known of each order.
NEAR = 100
#: Orders that are known to go well beside each order; some of them are on no route when they are asked for.
BESIDE = 60
#: Waiting counts as so small a part of lateness.
_WAITING_PART = 5
#: Orders from which the usual speed is computed.
_SOME = 500


def nearest(
    problem: Problem, metre_units: Ints, second_units: Ints, timed: bool
) -> tuple[NDArray[np.int32], int]:
    """Orders near each order, nearest first (n, up to NEAR), and the cost of a typical leg in units."""
    count, places = problem.order_count, problem.order_place
    if count == 1:
        place = int(places[0])
        leg = int(problem.distance_m[int(problem.start_place[0]), place]) * int(metre_units[0])
        return np.zeros((1, 0), dtype=np.int32), max(1, leg)
    metre, second = int(metre_units.mean()), int(second_units.mean()) if timed else 0
    width = min(NEAR, count - 1)
    near = np.empty((count, width), dtype=np.int32)
    legs = 0
    numbers = np.arange(count, dtype=np.int64)
    for order in range(count):
        place = int(places[order])
        both = (
            problem.distance_m[place, places].astype(np.int64) + problem.distance_m[places, place]
        ) * metre
        if second:
            both += (
                problem.duration_s[place, places].astype(np.int64) + problem.duration_s[places, place]
            ) * second
        both[order] = np.iinfo(np.int64).max
        # Ties are broken by number, so that every system picks the same neighbours.
        limit = np.partition(both, width - 1)[width - 1]
        chosen = numbers[both <= limit]
        chosen = chosen[np.argsort(both[chosen], kind="stable")][:width]
        near[order] = chosen
        closest = both[chosen[:3]]
        legs += int(closest.sum()) // (2 * len(closest))
    return near, max(1, legs // count)


def nearest_in_time(problem: Problem, metre_units: Ints, second_units: Ints) -> NDArray[np.int32]:
    """Orders beside which each order may best be inserted, best first (n, up to BESIDE).

    As Vidal et al. (2013): the leg, a part of the waiting and all of the lateness that are forced on two
    orders served one right after the other, in the better of the two directions.
    """
    count, places = problem.order_count, problem.order_place
    width = min(BESIDE, count - 1)
    beside = np.empty((count, width), dtype=np.int32)
    opens, closes = problem.window_table[0][:, 0], problem.window_table[1].max(axis=1)
    metre, second, service = int(metre_units.mean()), int(second_units.mean()), problem.service_s
    some = np.ix_(places[:_SOME], places)
    speed = float(problem.distance_m[some].mean()) / max(1.0, float(problem.duration_s[some].mean()))
    late = max(1, int(metre * speed) + second)
    numbers = np.arange(count)
    for order in range(count):
        place, best = int(places[order]), np.full(count, np.iinfo(np.int64).max)
        for first, then in ((order, numbers), (numbers, order)):
            leg = (place, places) if then is numbers else (places, place)
            drive = problem.duration_s[leg].astype(np.int64)
            cost = problem.distance_m[leg].astype(np.int64) * metre + drive * second
            wait = (opens[then] - closes[first] - service[first] - drive).clip(0)
            lateness = (opens[first] + service[first] + drive - closes[then]).clip(0)
            best = np.minimum(best, cost + wait * late // _WAITING_PART + lateness * late)
        best[order] = np.iinfo(np.int64).max
        beside[order] = np.argsort(best, kind="stable")[:width]
    return beside


def ranks(problem: Problem) -> NDArray[np.int32]:
    """Place of each order in six sortings, int32 (6, n): heavy, far, near, narrow, early, late first."""
    demand = np.zeros(problem.order_count, dtype=np.int64)
    for column in problem.load_dimensions:
        limits = problem.capacity[:, column]
        demand += problem.demand[:, column] * 10**6 // max(1, int(limits[limits < NO_LIMIT].max()))
    depots = np.unique(problem.start_place)
    away = (
        problem.distance_m[np.ix_(depots, problem.order_place)].astype(np.int64)
        + problem.distance_m[np.ix_(problem.order_place, depots)].T
    ).min(axis=0)
    starts, ends = problem.window_table
    width = (ends - starts).clip(0).sum(axis=1)
    keys = [-demand if demand.any() else -away, -away, away, width, starts[:, 0], -ends.max(axis=1)]
    table = np.empty((len(keys), problem.order_count), dtype=np.int32)
    for row, key in enumerate(keys):
        table[row, np.argsort(key, kind="stable")] = np.arange(problem.order_count)
    return table
