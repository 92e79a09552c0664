"""Tables of second trips: each reload a vehicle may make is one more node, numbered behind the orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lastmile_desktop.engine.problem import Ints, Problem
from lastmile_desktop.engine.timing import schedule_route

#: The most trips of one vehicle that the kernel plans.
MOST_TRIPS = 32
#: Fields of ``Tables`` with one row for each order that a reload needs too; filled with zeros.
_ROWS = (
    "order_place", "visit", "demand", "pickup", "locked", "excluded", "window_start", "window_end",
    "window_count", "penalty", "weight", "allowed", "due", "late_units", "even_share", "mark", "sealed",
)  # fmt: skip


def reload_counts(problem: Problem, kept: set[int]) -> Ints:
    """(m,) how many reloads each vehicle may make: none where it never gets out in time behind one."""
    counts = np.minimum(problem.max_trips - 1, max(0, problem.order_count - 1))
    possible = problem.latest_start_s - problem.reload_s >= problem.earliest_start_s
    counts = np.where(possible, counts, 0)
    counts[list(kept)] = 0
    return counts


class ReloadNodes:
    """The numbers of the reload nodes of each vehicle."""

    def __init__(self, problem: Problem, counts: Ints) -> None:
        self._problem = problem
        first = problem.order_count + np.concatenate([[0], np.cumsum(counts)[:-1]])
        self.of = [
            list(range(at, at + count)) for at, count in zip(first.tolist(), counts.tolist(), strict=True)
        ]

    def placed(self, routes: Sequence[Sequence[int]]) -> list[list[int]]:
        """``routes`` with their reloads where the timetable has them; unused ones stand at the front."""
        found: list[list[int]] = []
        for vehicle, (orders, nodes) in enumerate(zip(routes, self.of, strict=True)):
            trips = (
                schedule_route(self._problem, vehicle, orders).trips if nodes and orders else [list(orders)]
            )
            unused = len(nodes) - len(trips) + 1
            calls = nodes[:unused]
            for number, trip in enumerate(trips):
                calls += [*nodes[unused + number - 1 : unused + number], *trip] if number else trip
            found.append(calls)
        return found


def reload_tables(problem: Problem, counts: Ints, tables: dict[str, Any]) -> dict[str, Any]:
    """``tables`` (fields of ``Tables``) with nodes for the reloads. Expects at least one vehicle with one."""
    total, vehicle_of = int(counts.sum()), np.repeat(np.arange(len(counts)), counts)
    changed = dict(tables)
    for name in _ROWS:
        table = tables[name]
        changed[name] = np.concatenate([table, np.zeros((total, *table.shape[1:]), dtype=table.dtype)])
    rows = slice(problem.order_count, problem.order_count + total)
    last = (problem.latest_start_s - problem.reload_s)[vehicle_of]
    changed["order_place"][rows] = problem.start_place[vehicle_of]
    changed["visit"][rows, 1], changed["visit"][rows, 2] = last, problem.reload_s[vehicle_of]
    changed["window_end"][rows, 0] = changed["due"][rows, 0] = last
    changed["window_count"][rows] = 1
    changed["locked"][rows] = 1
    changed["allowed"][rows] = 1
    changed["rank"] = np.ascontiguousarray(np.pad(tables["rank"], ((0, 0), (0, total))))
    # Loads are counted trip by trip, and how long a reload takes depends on what stands before it.
    changed["mixed"] = 1
    changed["exact"] = np.where(counts > 0, tables["needs_seconds"], tables["exact"]).astype(np.uint8)
    changed["orders"] = problem.order_count + total
    nodes = ReloadNodes(problem, counts)
    changed["start"], changed["nodes"] = nodes.placed(tables["start"]), nodes
    return changed
