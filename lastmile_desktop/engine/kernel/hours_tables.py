"""Tables of the rules of time and cost: traffic, lateness, overtime, evenness."""

from __future__ import annotations

from typing import Any

import numpy as np

from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scales import COST_UNITS_PER_CENT, NO_WAY_S, Ints
from lastmile_desktop.model import EvenBy

_SECOND_UNITS = COST_UNITS_PER_CENT // 3600


def hours_prices(problem: Problem) -> Ints:
    """All prices of these rules in units, for finding what divides them all."""
    return np.concatenate(
        [
            problem.late_cents_per_hour * _SECOND_UNITS,
            problem.overtime_cents_per_hour * _SECOND_UNITS,
            np.array([problem.even_units], dtype=np.int64),
        ]
    )


def dearest_hours(problem: Problem, longest_s: int) -> int:
    """More than these rules can cost in any plan, in units."""
    minutes = longest_s // 60 + 1
    share = max(minutes if problem.even_by is EvenBy.HOURS else 0, int(problem.even_share.sum()))
    late = int(problem.late_cents_per_hour.astype(object).sum()) * longest_s
    over = int(problem.overtime_cents_per_hour.astype(object).sum()) * longest_s
    return (late + over) * _SECOND_UNITS + problem.even_units * share * share * problem.vehicle_count


def hours_tables(problem: Problem, unit: int, horizon: int) -> dict[str, Any]:
    """The fields of ``lm_problem`` for these rules; prices in multiples of ``unit``."""
    clock = problem.clock
    width = problem.window_table[0].shape[1]
    due = np.zeros((problem.order_count, width), dtype=np.int64)
    for order, ends in enumerate(problem.window_due):
        due[order, : len(ends)] = ends
    even = 0 if not problem.even_units else 1 if problem.even_by is EvenBy.HOURS else 2
    soft, over = bool(problem.is_soft.any()), bool(overtime_paid(problem).any())
    return {
        "clocked": len(clock.moments),
        "soft": int(soft),
        "even": even,
        "extra": int(soft or over or even > 0),
        "traffic_from": np.array(clock.moments, dtype=np.int32),
        "traffic_rate": np.array(clock.rates, dtype=np.int64),
        "traffic_scale": np.array([clock.scale], dtype=np.int64),
        "setup": np.minimum(problem.setup_s, NO_WAY_S).astype(np.int32),
        "due": np.minimum(due, horizon).astype(np.int32),
        "late_units": problem.late_cents_per_hour * _SECOND_UNITS // unit,
        "regular_end": np.minimum(problem.regular_end_s, horizon).astype(np.int32),
        "over_units": np.where(overtime_paid(problem), problem.overtime_cents_per_hour, 0)
        * _SECOND_UNITS
        // unit,
        "even_share": np.ascontiguousarray(problem.even_share, dtype=np.int64),
        "even_units": np.array([problem.even_units // unit], dtype=np.int64),
    }


def overtime_paid(problem: Problem) -> Ints:
    """(m,) 1 where a vehicle may have overtime and it costs something."""
    paid = (problem.regular_end_s < problem.latest_end_s) & (problem.overtime_cents_per_hour > 0)
    return paid.astype(np.int64)


def watches_hours(problem: Problem) -> Ints:
    """(m,) 1 where these rules make the duration or the end of a route matter."""
    all_routes = problem.is_soft.any() or (problem.even_units and problem.even_by is EvenBy.HOURS)
    return np.where(overtime_paid(problem) | bool(all_routes), 1, 0).astype(np.int64)
