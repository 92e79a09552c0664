"""The rules about who goes with whom as tables of the kernel, and a plan to begin with that keeps them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.belonging import Belonging
from lastmile_desktop.engine.problem import Ints, Problem
from lastmile_desktop.engine.route_cost import BROKEN_RULE
from lastmile_desktop.engine.scales import COST_UNITS_PER_CENT
from lastmile_desktop.engine.scoring import Routes, Scorer

Int32s = NDArray[np.int32]


class KernelUnfit(Exception):
    """This problem cannot be searched by the kernel; the text is a sentence that says why."""


def company_units(problem: Problem) -> tuple[Ints, Ints]:
    """Cost units of wishes, any shape flattened, and of a pair of near orders apart, (1,)."""
    wishes = problem.preference_cents.ravel() if problem.has_preferences else np.zeros(1, dtype=np.int64)
    return wishes * COST_UNITS_PER_CENT, np.array([problem.tidy_units], dtype=np.int64)


def held_orders(problem: Problem, locked: frozenset[int]) -> frozenset[int]:
    """Locked orders and the other halves of their shipments: a half cannot move alone to another vehicle."""
    partners = {int(problem.partner[order]) for order in locked} - {-1}
    return locked | partners


def split_start(
    problem: Problem, routes: Sequence[Sequence[int]] | None, held: frozenset[int]
) -> tuple[Routes, dict[int, list[int]], tuple[int, int]]:
    """Feasible routes to begin with, those that cannot be mended, and (broken, units) of the latter.

    A route that breaks a rule gives up its free orders; when even the held ones alone break a rule, nobody
    may change it and it is kept as it is. Raises KernelUnfit where held orders of one van are on several.
    """
    scorer = Scorer(problem)
    start: Routes = [[] for _ in range(problem.vehicle_count)]
    kept: dict[int, list[int]] = {}
    broken = units = 0
    for vehicle, orders in enumerate(_groups_together(problem, routes or (), held)):
        route = list(orders)
        if route and scorer.route(vehicle, route)[0]:
            route = [order for order in route if order in held]
        if route and scorer.route(vehicle, route)[0]:
            kept[vehicle] = list(orders)
            route_broken, route_units = scorer.route(vehicle, kept[vehicle])
            broken, units = broken + route_broken, units + route_units
        else:
            start[vehicle] = route
    plan_broken, plan_units = _of_kept(problem, kept)
    _refuse_groups_apart(problem, start, kept)
    return start, kept, (broken + plan_broken * BROKEN_RULE, units + plan_units)


def _groups_together(
    problem: Problem, routes: Sequence[Sequence[int]], held: frozenset[int]
) -> list[list[int]]:
    """The routes without the free orders that are on another vehicle than the rest of their group."""
    members: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for vehicle, orders in enumerate(routes):
        for order in orders:
            if problem.group[order] >= 0:
                members[int(problem.group[order])][vehicle].append(order)
    gone: set[int] = set()
    for by_vehicle in members.values():
        home = max(by_vehicle, key=lambda v: (any(o in held for o in by_vehicle[v]), len(by_vehicle[v]), -v))
        for vehicle, orders in by_vehicle.items():
            if vehicle != home:
                gone.update(orders)
    gone |= {int(problem.partner[order]) for order in gone}
    return [[order for order in orders if order in held or order not in gone] for orders in routes]


def _of_kept(problem: Problem, kept: Mapping[int, Sequence[int]]) -> tuple[int, int]:
    """(broken rules, units) among the routes that stay as they are, which no single route shows."""
    vehicle_of = np.full(problem.order_count, -1, dtype=np.int64)
    for vehicle, orders in kept.items():
        vehicle_of[list(orders)] = vehicle
    return Belonging(problem).of_plan(vehicle_of)


def _refuse_groups_apart(problem: Problem, start: Routes, kept: Mapping[int, Sequence[int]]) -> None:
    home: dict[int, int] = {}
    everyone = [*enumerate(start), *kept.items()]
    for vehicle, orders in everyone:
        for order in orders:
            group = int(problem.group[order])
            if (
                group >= 0
                and home.setdefault(group, vehicle) != vehicle
                and (vehicle not in kept or home[group] not in kept)
            ):
                raise KernelUnfit("Locked orders that belong on one vehicle are on several.")


def allowed_orders(problem: Problem, kept: Mapping[int, Sequence[int]]) -> NDArray[np.bool_]:
    """(n, m) as ``Problem.allowed``; nobody may take what belongs to an order on a route that is kept."""
    if not kept:
        return problem.allowed
    fixed = [order for orders in kept.values() for order in orders]
    groups = set(problem.group[fixed].tolist()) - {-1}
    barred = np.isin(problem.group, list(groups))
    barred[list(set(problem.partner[fixed].tolist()) - {-1})] = True
    # A half needs the other one, which may be barred by its group.
    halves = problem.partner >= 0
    barred[halves] |= barred[problem.partner[halves]]
    allowed = problem.allowed.copy()
    allowed[barred] = False
    return allowed


def company_tables(
    problem: Problem,
    start: Routes,
    kept: Mapping[int, Sequence[int]],
    frozen: frozenset[int],
    unit: int,
) -> dict[str, Any]:
    """The fields of ``lm_problem`` from partner on, and the numbers that say which of them matter."""
    count = problem.order_count
    partner = problem.partner.copy()
    fixed = [order for orders in kept.values() for order in orders]
    partner[np.isin(partner, fixed)] = -1
    partner[fixed] = -1
    sealed = np.zeros(count, dtype=np.uint8)
    for route in start:
        for order in route:
            if order not in frozen:
                break
            sealed[order] = 1
    relations: list[list[int]] = [[] for _ in range(count)]
    for earlier, later in problem.before:
        relations[later].append(2 * earlier)
        relations[earlier].append(2 * later + 1)
    near: list[list[int]] = [[] for _ in range(count)]
    for one, other in problem.tidy_pairs.tolist() if problem.tidy_units else ():
        near[one].append(other)
        near[other].append(one)
    groups = [
        np.flatnonzero(problem.group == g).tolist() for g in range(int(problem.group.max(initial=-1)) + 1)
    ]
    wishes, tidy = company_units(problem)
    wish = wishes if problem.has_preferences else np.zeros(count * problem.vehicle_count, dtype=np.int64)
    pairs, marks = bool((partner >= 0).any()), bool(problem.position.any())
    company = (
        pairs or marks or bool(groups or problem.before or problem.has_preferences or problem.tidy_units)
    )
    return {
        "company": int(company or bool(sealed.any())),
        "pairs": int(pairs),
        "marks": int(marks),
        "relations": int(bool(problem.before)),
        "partner": partner.astype(np.int32),
        "mark": problem.position.astype(np.int32),
        "sealed": sealed,
        "group": problem.group.astype(np.int32),
        "wish": np.ascontiguousarray(wish // unit).reshape(count, -1),
        "tidy_units": tidy // unit,
        **_listed("relation_at", "relation", relations),
        **_listed("tidy_at", "tidy_order", near),
        **_listed("group_at", "group_order", groups),
    }


def _listed(name_at: str, name: str, rows: Sequence[Sequence[int]]) -> dict[str, Int32s]:
    """Rows one behind the other, and where each begins; never empty, so that there is an address."""
    ends = np.cumsum([0, *(len(row) for row in rows)])
    flat = [number for row in rows for number in row]
    return {name_at: ends.astype(np.int32), name: np.array(flat or [0], dtype=np.int32)}
