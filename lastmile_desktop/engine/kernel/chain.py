"""One search chain, whoever does its steps: slices, temperature, the chase for a complete plan."""

from __future__ import annotations

import math
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence

from lastmile_desktop.engine.kernel.composing import LEAST_S, Composer
from lastmile_desktop.engine.kernel.tables import Tables, build_tables, has_windows
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Routes, Score, Scorer

#: Start temperature in typical legs, by orders: much hotter where there is more to rearrange (measured).
#: Where windows bind, small days too, and the more so the longer the routes; without windows heat only loses
#: what the first plan of a small day is good for.
HOT_PER_ORDER, LEAST_HOT, MOST_HOT = 0.0125, 1.0, 10.0
COOL_ORDERS = 150
HOT_PER_ORDER_TIGHT, LEAST_HOT_TIGHT, LONG_ROUTE = 0.01, 3.0, 15
#: The end temperature is so much of it, and at least so many legs.
COLD_PART, LEAST_COLD = 0.01, 0.03
#: A large day begins with a quick annealing that is not so hot, so that there is a good plan soon: this share
#: of the budget, on the last part of the way from hot to cold.
QUICK_ORDERS, QUICK_SHARE, QUICK_FROM = 500, 0.025, 0.25
#: ... where there are fewer steps than this for each order, it is the whole annealing.
HURRY_STEPS, HOT_IN_HURRY, COLD_IN_HURRY = 400, 3.0, 0.1
#: Up to here orders that are left out are chased whatever that costs; then the best plan is polished.
CHASE_UNTIL = 0.5
#: Where on the way from hot to cold the last of several cycles begins.
POLISH_FROM = 0.4
#: Levels of the temperature between start and end.
_LEVELS = 1024
_MOST_CYCLES, _MOST_CYCLES_TIGHT = 6, 12
#: Steps of one of several coolings where windows bind, for each pair of orders.
_CYCLE_STEPS = 4
_FIRST_STEPS = 50
_SLICE_S = 0.05


def cycles_for(problem: Problem, steps: float) -> int:
    """How often to heat up in ``steps`` steps: a small problem gains more from another start than from slower
    cooling, a large one loses. More often where windows bind: there each cooling ends in another valley, and
    plans are composed of the routes of several (measured, see benchmarks/kernel.md).
    """
    orders = max(1, problem.order_count)
    if has_windows(problem):
        return max(1, min(_MOST_CYCLES_TIGHT, int(steps / (_CYCLE_STEPS * orders**2))))
    return max(1, min(_MOST_CYCLES, int(10 * steps / orders**3)))


def heat_for(tables: Tables) -> tuple[float, float]:
    """(start temperature in typical legs, part of it that is left at the end)."""
    stops = [len(route) for route in tables.start if route]
    if not tables.tight:
        hot = max(LEAST_HOT, HOT_PER_ORDER * (tables.orders - COOL_ORDERS))
    elif stops and sum(stops) > LONG_ROUTE * len(stops):
        hot = MOST_HOT
    else:
        hot = max(LEAST_HOT_TIGHT, HOT_PER_ORDER_TIGHT * tables.orders)
    hot = min(MOST_HOT, hot)
    return hot, max(COLD_PART, LEAST_COLD / hot)


class Chain(ABC):
    """A search from one plan, in slices. Same problem, seed, plan and slices of steps: same result."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        start_routes: Sequence[Sequence[int]] | None = None,
        locked: frozenset[int] = frozenset(),
        cycles: int = 1,
        frozen: frozenset[int] = frozenset(),
    ) -> None:
        """``cycles``: how often to heat up, see ``cycles_for``. Raises KernelUnfit."""
        self.tables: Tables = build_tables(problem, start_routes, locked, frozen)
        self._composer: Composer | None = None
        self._scorer = Scorer(problem) if self.tables.nodes is not None else None
        self.steps = 0
        self._cycles, self._cycle = max(1, cycles), 0
        self._chasing = True
        self._steps_per_s = 0.0
        self._set_heat(*heat_for(self.tables))
        self._quick = QUICK_SHARE if problem.order_count >= QUICK_ORDERS else 0.0

    def hurry(self) -> None:
        """For a large day and little time: begin less hot, so that it comes to rest at all."""
        hot = min(self._hot, HOT_IN_HURRY)
        self._set_heat(hot, max(COLD_IN_HURRY / hot, COLD_PART))
        self._quick = 0.0

    def _set_heat(self, hot: float, part: float) -> None:
        """Start temperature in typical legs, and the part of it that is left at the end."""
        self._hot, self._cooling = hot, part
        # IEEE square roots are exact everywhere, powers are not: so the same temperatures on every system.
        for _ in range(_LEVELS.bit_length() - 1):
            self._cooling = math.sqrt(self._cooling)

    @abstractmethod
    def _run(self, steps: int, temperature: int, chase: bool) -> None: ...

    @abstractmethod
    def _load(self, routes: Routes) -> None: ...

    @abstractmethod
    def _best_units(self) -> int: ...

    @abstractmethod
    def _present_units(self) -> int: ...

    @abstractmethod
    def _missing(self) -> int: ...

    @abstractmethod
    def _read(self, best: bool) -> Routes: ...

    def run_slice(self, progress: float, *, steps: int | None = None, seconds: float = _SLICE_S) -> bool:
        """Do ``steps`` steps, or about ``seconds`` of them; True when a better plan was found.

        ``progress`` is the share of the whole budget spent so far, 0 to 1: it sets the temperature.
        """
        before = self._best_units()
        if self._chasing and progress >= CHASE_UNTIL:
            self._chasing = False
            if self._missing():
                self._load(self._read(best=True))
        self._compose(progress, by_clock=steps is None)
        count = steps if steps is not None else max(1, int(self._steps_per_s * seconds) or _FIRST_STEPS)
        began = time.perf_counter()
        self._run(count, self._heat_now(progress), self._chasing)
        took = time.perf_counter() - began
        if took > 0:
            self._steps_per_s = min(count / took, 4 * self._steps_per_s or count / took)
        self.steps += count
        return self._best_units() < before

    def prepare_composing(self, seconds: float) -> None:
        """For a search of ``seconds`` by the clock: load what composing plans needs, or do without."""
        if self._composer is not None and seconds >= LEAST_S:
            self._composer.load_ahead()
        else:
            self._composer = None

    def _compose(self, progress: float, *, by_clock: bool) -> None:
        """Between coolings: a better plan from the routes of several of them, where there is one."""
        composer = self._composer
        if composer is None:
            return
        if composer.due(progress):
            found = composer.compose(self._best_units(), progress, by_clock=by_clock)
            if found is not None:
                present = self._read(best=False)
                self._load(found)
                if not composer.is_last(progress):  # the next cooling begins elsewhere
                    self._load(present)
        composer.watch(progress, self._present_units(), complete=not self._missing())

    def _heat_now(self, progress: float) -> int:
        """Temperature within the cycle; the last cycle polishes the best plan and begins less hot."""
        if progress < self._quick:
            return self.temperature(QUICK_FROM + (1 - QUICK_FROM) * progress / self._quick)
        part = min(max(progress, 0.0), 1.0) * self._cycles
        cycle = min(int(part), self._cycles - 1)
        last = cycle == self._cycles - 1 and self._cycles > 1
        if cycle > self._cycle:
            self._cycle = cycle
            if last:
                self._load(self._read(best=True))
        done = part - cycle
        return self.temperature(POLISH_FROM + (1 - POLISH_FROM) * done if last else done)

    def temperature(self, progress: float) -> int:
        """Units by which a worse plan is accepted with probability 1/e."""
        level, power, factor = int(min(max(progress, 0.0), 1.0) * _LEVELS), self._cooling, 1.0
        while level:
            if level & 1:
                factor *= power
            power *= power
            level >>= 1
        return int(self.tables.heat * self._hot * factor)

    def restart(self, routes: Routes) -> None:
        """Go on from another plan, such as a better one of another chain; every route keeps the rules."""
        free = [[] if vehicle in self.tables.kept else route for vehicle, route in enumerate(routes)]
        self._load(free)

    @property
    def best_routes(self) -> Routes:
        """The best plan so far: order indices for each vehicle."""
        return self._whole(self._read(best=True))

    @property
    def current_routes(self) -> Routes:
        """The plan that the search stands at, which annealing may have made worse than the best."""
        return self._whole(self._read(best=False))

    def _whole(self, routes: Routes) -> Routes:
        for vehicle, orders in self.tables.kept.items():
            routes[vehicle] = list(orders)
        return routes

    @property
    def units(self) -> int:
        """Cost of the present plan (not the best) in the scorer's units, penalties included."""
        return self._present_units() * self.tables.unit

    @property
    def best_score(self) -> Score:
        """The score of ``best_routes``, the same as Scorer computes.

        With second trips the search's own value may be higher: the timetable places reloads at their best.
        """
        if self._scorer is not None:
            return self._scorer.score(self.best_routes)
        return Score(self.tables.kept_broken, self._best_units() * self.tables.unit + self.tables.kept_units)
