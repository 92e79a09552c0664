"""A problem made of some of another one's orders and vehicles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from lastmile_desktop.engine.problem import Problem

#: Every field that has an entry per order, per vehicle, or one for each pair of them.
_PER_ORDER = (
    "order_keys", "order_ids", "order_place", "demand", "is_pickup", "service_s", "windows", "penalty_cents",
    "optional", "order_skills", "window_due", "late_cents_per_hour", "group", "position", "even_share",
)  # fmt: skip
_PER_VEHICLE = (
    "vehicle_keys", "vehicle_names", "vehicle_skills", "start_place", "end_place", "capacity",
    "earliest_start_s", "latest_start_s", "earliest_end_s", "latest_end_s", "breaks", "max_stops",
    "max_distance_m", "max_duration_s", "fixed_cents", "per_km_cents", "per_hour_cents",
    "search_per_km_cents", "search_per_hour_cents", "regular_end_s", "overtime_cents_per_hour", "max_trips",
    "reload_s", "search_fixed_cents",
)  # fmt: skip
_PER_ORDER_AND_VEHICLE = ("allowed", "preference_cents")
_PER_PLACE = ("locations", "setup_s")
_PER_PAIR_OF_PLACES = ("duration_s", "distance_m")
#: Indices of orders, which change.
_NUMBERED = ("partner", "before")
#: The same for every part of a problem.
_COMMON = ("source", "set_aside", "unusable", "traffic", "even_by", "even_units", "tidy_units")
_KNOWN = {
    *_PER_ORDER, *_PER_VEHICLE, *_PER_ORDER_AND_VEHICLE, *_PER_PLACE, *_PER_PAIR_OF_PLACES, *_NUMBERED,
    *_COMMON,
}  # fmt: skip


def subproblem(problem: Problem, orders: Sequence[int], vehicles: Sequence[int]) -> Problem:
    """``orders`` and ``vehicles`` (indices, each once) of ``problem``, numbered in the order given.

    Only their places are kept. The other half of a shipment that is not taken along is forgotten, and so are
    rules about orders that are not there.
    """
    unknown = {item.name for item in fields(Problem)} - _KNOWN
    if unknown:
        raise TypeError(f"nobody has said how a part of a problem gets its {', '.join(sorted(unknown))}")
    used = np.concatenate(
        [
            problem.order_place[list(orders)],
            problem.start_place[list(vehicles)],
            problem.end_place[list(vehicles)],
        ]
    ).astype(np.int64)
    places = np.unique(used)
    new_place = np.zeros(len(problem.locations), dtype=np.int64)
    new_place[places] = np.arange(len(places))
    new_order = {order: number for number, order in enumerate(orders)}
    changed: dict[str, Any] = {name: _taken(getattr(problem, name), orders) for name in _PER_ORDER}
    changed |= {name: _taken(getattr(problem, name), vehicles) for name in _PER_VEHICLE}
    changed |= {name: _taken(getattr(problem, name), places) for name in _PER_PLACE}
    for name, rows, columns in (
        *((name, orders, vehicles) for name in _PER_ORDER_AND_VEHICLE),
        *((name, places, places) for name in _PER_PAIR_OF_PLACES),
    ):
        changed[name] = getattr(problem, name)[np.ix_(list(rows), list(columns))]
    for name in ("order_place", "start_place", "end_place"):
        changed[name] = new_place[changed[name]]
    # Numbered anew, so that no number is above the number of orders.
    group = problem.group[list(orders)]
    changed["group"] = np.where(group < 0, -1, np.searchsorted(np.unique(group[group >= 0]), group))
    partner = problem.partner[list(orders)]
    changed["partner"] = np.array([new_order.get(int(other), -1) for other in partner], dtype=np.int64)
    changed["before"] = tuple(
        (new_order[earlier], new_order[later])
        for earlier, later in problem.before
        if earlier in new_order and later in new_order
    )
    return replace(problem, **changed)


def _taken(values: Any, indices: Any) -> Any:
    if isinstance(values, tuple):
        return tuple(values[index] for index in indices)
    return values[list(indices)]
