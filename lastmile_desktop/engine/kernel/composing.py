"""Plans put together from routes of several coolings, by set partitioning over the routes that were seen.

Each cooling of a small day with windows ends in another valley, and often the best plan has some routes of
one and some of another (Rochat and Taillard 1995; Subramanian et al. 2013). Towards the end of each cooling
the kernel keeps the routes of its plans. A linear relaxation tells which of them can be part of a better
plan, and the best choice among those is made exactly (HiGHS).
"""

from __future__ import annotations

import ctypes
import threading
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.kernel.tables import Tables
from lastmile_desktop.engine.problem import Ints
from lastmile_desktop.engine.scoring import Routes

#: With fewer coolings there is nothing to put together.
LEAST_CYCLES = 3
#: Entries for routes (a power of two), and room for so many orders on each, on average.
_LIMIT, _ROOM_EACH = 2**14, 16
#: Routes are kept in the last part of each cooling, of plans that are so much dearer than its best.
_TAIL, _DEARER = 0.4, 100
#: The most routes that a plan is chosen from, and how far the exact search for it goes.
_MOST_COLUMNS, _MOST_NODES = 1_500, 300
#: Share of the whole budget that one choice may take where a clock decides.
_CLOCK_SHARE = 0.02
#: The last choice is made here, so that the search can still smooth the plan.
_LAST_LOOK = 0.93
#: By the clock, with less time than this loading the solver takes too much of it.
LEAST_S = 3.0


@dataclass(frozen=True)
class Seen:
    """Routes: ``units`` and ``kind`` (class of vehicle) of each, and all their orders one after the other,
    those of route r from ``begin[r]`` to ``begin[r + 1]``."""

    units: Ints
    kind: Ints
    begin: Ints
    orders: NDArray[np.int32]


def _load_solver() -> None:
    import scipy.optimize
    import scipy.sparse  # noqa: F401


def can_compose(tables: Tables) -> bool:
    """True where the cost of a plan is the sum over its routes and orders, and routes may change vehicles."""
    return not (tables.company or tables.nodes is not None or tables.locked.any())


class RoutePool:
    """The memory where a kernel keeps routes. ``library`` is the loaded kernel, ``arena`` its state."""

    def __init__(self, library: ctypes.CDLL, arena: int, tables: Tables) -> None:
        self._lib, self._arena, self._tables = library, arena, tables
        room = _LIMIT * _ROOM_EACH
        size = int(library.lm_pool_size(_LIMIT, room))
        self._memory = np.zeros(size // 8 + 1, dtype=np.int64)
        self._room = room

    @property
    def memory_bytes(self) -> int:
        """Size of the pool."""
        return int(self._memory.nbytes)

    def watch(self, most_units: int) -> None:
        """From now on keep the routes of accepted plans of at most ``most_units``; -1: none."""
        self._lib.lm_watch(self._arena, self._memory.ctypes.data, _LIMIT, self._room, most_units)

    def read(self) -> Seen:
        """All routes that are kept."""
        pool = self._memory.ctypes.data
        count, total = int(self._lib.lm_kept(pool, 0)), int(self._lib.lm_kept(pool, 1))
        units = np.zeros(count, dtype=np.int64)
        vehicle, stops = np.zeros((2, count), dtype=np.int32)
        orders = np.zeros(total, dtype=np.int32)
        self._lib.lm_seen_routes(
            pool, units.ctypes.data, vehicle.ctypes.data, stops.ctypes.data, orders.ctypes.data
        )
        begin = np.concatenate([[0], np.cumsum(stops, dtype=np.int64)])
        return Seen(units, self._tables.vehicle_class[vehicle].astype(np.int64), begin, orders)


class Composer:
    """Watches one chain: keeps routes, and now and then makes a plan of them.

    The chain does so many ``cycles``; its progress is the share of the whole budget.
    """

    def __init__(self, pool: RoutePool, tables: Tables, cycles: int) -> None:
        self._pool, self._tables, self._cycles = pool, tables, cycles
        self._cycle, self._least = 0, 0
        self._looks = {*range(2, cycles)}
        self._last = False
        self._began = time.monotonic()
        self._loader: threading.Thread | None = None

    def load_ahead(self) -> None:
        """Load the solver while the kernel searches; nothing is composed before it is there."""
        self._loader = threading.Thread(target=_load_solver, name="load", daemon=True)
        self._loader.start()

    def due(self, progress: float) -> bool:
        """True when a plan is to be composed now; each time but once."""
        cycle = min(int(progress * self._cycles), self._cycles - 1)
        if progress >= _LAST_LOOK and not self._last:
            self._last = True
            return True
        if cycle in self._looks:
            self._looks -= {*range(cycle + 1)}
            return True
        return False

    def is_last(self, progress: float) -> bool:
        """True in the last cooling, which goes on from the best plan."""
        return progress * self._cycles >= self._cycles - 1

    def watch(self, progress: float, present_units: int, complete: bool) -> None:
        """Before each slice: which plans' routes are worth keeping in it."""
        part = progress * self._cycles
        cycle = min(int(part), self._cycles - 1)
        if cycle != self._cycle:
            self._cycle, self._least = cycle, 0
        if not complete or part - cycle < 1 - _TAIL:
            self._pool.watch(-1)
            return
        self._least = min(self._least or present_units, present_units)
        self._pool.watch(self._least + self._least // _DEARER)

    def compose(self, best_units: int, progress: float, *, by_clock: bool) -> Routes | None:
        """A plan of fewer than ``best_units`` from the routes seen, None where there is none to be found."""
        if self._loader is not None and self._loader.is_alive():
            return None
        seen = self._pool.read()
        seconds = max(0.02, _CLOCK_SHARE * (time.monotonic() - self._began) / max(progress, 0.01))
        chosen = choose_routes(self._tables, seen, best_units, seconds if by_clock else None)
        return None if chosen is None else _on_vehicles(self._tables, seen, chosen)


@dataclass(frozen=True)
class _Choice:
    """Set partitioning: ``units`` of each column; ``rows`` of orders (exactly one column each) and below them
    of kinds of vehicles (at most ``count``). The last columns leave an order out."""

    units: NDArray[np.float64]
    rows: Any
    orders: int
    count: NDArray[np.float64]


def choose_routes(tables: Tables, seen: Seen, below: int, seconds: float | None) -> NDArray[np.int64] | None:
    """Numbers of the routes of the cheapest plan of fewer than ``below`` units that was found, or None.

    ``seconds`` for each of two steps by the clock; None: no clock decides.
    """
    if len(seen.units) < 2:
        return None
    from scipy.optimize import Bounds, LinearConstraint, milp

    choice = _choice(tables, seen)
    limits = {} if seconds is None else {"time_limit": seconds}
    able = _able_columns(choice, below, limits)
    if not len(able):
        return None
    orders = choice.orders
    found = milp(
        choice.units[able],
        integrality=np.ones(len(able)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(
            choice.rows[:, able],
            np.concatenate([np.ones(orders), np.zeros(len(choice.count))]),
            np.concatenate([np.ones(orders), choice.count]),
        ),
        options={"node_limit": _MOST_NODES, "mip_rel_gap": 0.0, **limits},
    )
    if found.x is None:
        return None
    chosen = able[np.flatnonzero(found.x > 0.5)]
    if int(choice.units[chosen].sum()) >= below:
        return None
    return np.sort(chosen[chosen < len(seen.units)])


def _choice(tables: Tables, seen: Seen) -> _Choice:
    from scipy.sparse import csc_array, eye_array, hstack, vstack

    free = np.flatnonzero(tables.excluded == 0)
    kinds = np.unique(seen.kind)
    shape = (tables.orders, len(seen.units))
    visits = csc_array((np.ones(len(seen.orders)), seen.orders, seen.begin), shape=shape).tocsr()[free]
    uses = csc_array((seen.kind[None, :] == kinds[:, None]).astype(np.float64))
    left_out = vstack([eye_array(len(free)), csc_array((len(kinds), len(free)))])
    return _Choice(
        np.concatenate([seen.units, tables.penalty[free]]).astype(np.float64),
        hstack([vstack([visits, uses]), left_out]).tocsc(),
        len(free),
        (tables.vehicle_class == kinds[:, None]).sum(axis=1).astype(np.float64),
    )


def _able_columns(choice: _Choice, below: int, limits: dict[str, float]) -> NDArray[np.int64]:
    """The columns that can be part of a plan of fewer than ``below`` units, most likely ones first; none
    where no such plan can be."""
    from scipy.optimize import linprog

    relaxed = linprog(
        choice.units,
        A_eq=choice.rows[: choice.orders],
        b_eq=np.ones(choice.orders),
        A_ub=choice.rows[choice.orders :],
        b_ub=choice.count,
        method="highs-ds",
        options=limits,
    )
    if relaxed.status != 0 or relaxed.fun >= below - 0.5:
        return np.zeros(0, dtype=np.int64)
    prices = np.concatenate([relaxed.eqlin.marginals, relaxed.ineqlin.marginals])
    reduced = choice.units - choice.rows.T @ prices
    able = np.flatnonzero(reduced <= below - relaxed.fun + 1e-6 * abs(relaxed.fun))
    return able[np.argsort(reduced[able], kind="stable")][:_MOST_COLUMNS]


def _on_vehicles(tables: Tables, seen: Seen, chosen: NDArray[np.int64]) -> Routes:
    """The chosen routes on vehicles of their kinds."""
    plan: Routes = [[] for _ in range(tables.vehicles)]
    kinds = set(seen.kind[chosen].tolist())
    free = {kind: np.flatnonzero(tables.vehicle_class == kind).tolist() for kind in kinds}
    for route in chosen.tolist():
        vehicle = free[int(seen.kind[route])].pop(0)
        plan[vehicle] = seen.orders[seen.begin[route] : seen.begin[route + 1]].tolist()
    return plan
