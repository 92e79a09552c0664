"""A lower bound by column generation: the set-partitioning relaxation, made valid at every step.

Whatever the prices pi of the orders are (0 <= pi <= the price of leaving the order out), every plan costs at
least

    sum(pi) + sum over kinds of vehicles of (number of vehicles) * min(0, least reduced cost of a route)

(Lagrangian bound of Dantzig-Wolfe decomposition; Desaulniers et al., Column Generation, 2005), and also,
with a resource that the orders themselves bring (load, stops),

    sum(pi) + (sum of what all orders bring) * min(0, least reduced cost of a route / what it takes)

(in the way of Farley 1990: the prices lowered in proportion until no route has a negative reduced cost). The
linear master, solved by GLOP, only proposes the prices; they are smoothed towards the best ones so far
(Wentges 1997; Pessoa, Sadykov, Uchoa, Vanderbeck 2018). The prices are whole numbers and the least reduced
cost is exact, so nothing in the bound is rounded upwards, and it holds whenever the search is stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.bounds.pricing import (
    LabelPricing,
    Priced,
    RoutePricing,
    WalkPricing,
    load_pricing,
)
from lastmile_desktop.engine.bounds.relaxed import FAR_COST, Kind, Relaxed
from lastmile_desktop.engine.problem import Ints

#: Weight of the best prices so far against the master's.
_SMOOTH = 0.7
#: Share of the time for walks.
_WALKS_SHARE = 0.4
#: The gap between master and bound below which more steps bring nothing that is shown.
_SMALL_GAP = 1e-4


@dataclass(frozen=True)
class ColumnBound:
    """``units``: no plan costs less; None when nothing was proved. ``closed``: better prices do not exist."""

    units: int | None
    steps: int
    closed: bool


def bound_by_columns(
    relaxed: Relaxed,
    routes: Sequence[Sequence[int]],
    deadline: float,
    *,
    go_on: Callable[[], bool] = lambda: True,
) -> ColumnBound:
    """Raise the bound until ``deadline`` (time.monotonic) or until it cannot rise.

    First with walks, which are quick for any day, then with ng-routes, which are nearer to real routes but
    may be too many. ``routes`` is a good plan: it only helps to begin. Needs the compiled pricing; without it
    nothing is proved.
    """
    library = load_pricing()
    if library is None or not relaxed.kinds or not len(relaxed.price):
        return ColumnBound(None, 0, False)
    began = time.monotonic()
    by_walks, prices = ColumnBound(None, 0, False), None
    try:
        walks: list[RoutePricing] = [WalkPricing(library, relaxed, kind) for kind in relaxed.kinds]
    except ValueError:
        walks = []
    if walks:
        generation = _Generation(relaxed, walks, routes, None)
        by_walks = generation.run(began + _WALKS_SHARE * (deadline - began), go_on)
        prices = generation.prices
    if time.monotonic() >= deadline or not go_on():
        return by_walks
    labels: list[RoutePricing] = [LabelPricing(library, relaxed, kind) for kind in relaxed.kinds]
    by_labels = _Generation(relaxed, labels, routes, prices).run(deadline, go_on)
    if by_labels.units is None or (by_walks.units is not None and by_walks.units > by_labels.units):
        return by_walks
    return by_labels


class _Generation:
    """One run of column generation. ``prices`` are those of the best bound so far."""

    def __init__(
        self,
        relaxed: Relaxed,
        pricings: list[RoutePricing],
        routes: Sequence[Sequence[int]],
        prices: Ints | None,
    ) -> None:
        self._relaxed, self._pricings = relaxed, pricings
        self._best: int | None = None
        self._failed = False
        self.prices = self._first_prices(routes) if prices is None else prices
        self._quick = not isinstance(pricings[0], WalkPricing)
        self._master = _Master(relaxed, int(self.prices.sum()) // max(1, sum(map(bool, routes))))
        for route in routes:
            self._add_cheapest(list(route))
        for order in range(len(relaxed.price)):
            self._add_cheapest([order])

    def _first_prices(self, routes: Sequence[Sequence[int]]) -> Ints:
        """Each order's share of its route: what leaving it out would save, scaled to the route's cost."""
        prices = np.zeros(len(self._relaxed.price), dtype=np.int64)
        for route in routes:
            costs = [pricing.cost(list(route)) for pricing in self._pricings] if route else []
            if not costs or min(costs) >= FAR_COST:
                continue
            pricing = self._pricings[costs.index(min(costs))]
            saved = [
                max(1, min(costs) - pricing.cost([*route[:at], *route[at + 1 :]])) if len(route) > 1 else 1
                for at in range(len(route))
            ]
            for order, share in zip(route, saved, strict=True):
                prices[order] = min(costs) * share // sum(saved)
        return np.clip(prices, 0, self._relaxed.price)

    def _add_cheapest(self, route: list[int]) -> None:
        for number, pricing in enumerate(self._pricings):
            if route and (cost := pricing.cost(route)) < FAR_COST:
                self._master.add(number, cost, route)

    def run(self, deadline: float, go_on: Callable[[], bool]) -> ColumnBound:
        steps, smooth, loose = 0, _SMOOTH, self._quick
        self._prove(self.prices)
        while not self._failed and time.monotonic() < deadline and go_on():
            steps += 1
            proposed = self._master.solve()
            if proposed is None:
                break
            value, wished = proposed
            wished = np.clip(wished, 0, self._relaxed.price)
            if self._best is not None and value - self._best <= _SMALL_GAP * abs(value):
                return ColumnBound(self._best, steps, True)
            prices = (smooth * self.prices + (1 - smooth) * wished).astype(np.int64)
            if loose:
                if not self._add_routes(prices, wished):
                    loose = False
                continue
            added = self._prove(prices, wished)
            if self._failed:
                break
            if not added:
                if smooth == 0.0:
                    return ColumnBound(self._best, steps, True)
                smooth = 0.0 if smooth < 0.2 else smooth / 2
            else:
                smooth, loose = _SMOOTH, self._quick
        return ColumnBound(self._best, steps, False)

    def _add_routes(self, prices: Ints, wished: Ints) -> bool:
        """Quick pricing; True when a route was found that the master wants."""
        found = [pricing.run(prices, loose=True).routes for pricing in self._pricings]
        return self._take(found, wished)

    def _prove(self, prices: Ints, wished: Ints | None = None) -> bool:
        """The bound at ``prices``; the best ones are the centre. True: new routes were found."""
        priced = [pricing.run(prices) for pricing in self._pricings]
        self._failed = not all(each.proved for each in priced)
        if not self._failed:
            bound = int(prices.sum()) + reduction(self._relaxed.kinds, priced)
            if self._best is None or bound > self._best:
                self._best, self.prices = bound, self._lowered(prices, priced)
        return self._take([each.routes for each in priced], prices if wished is None else wished)

    def _lowered(self, prices: Ints, priced: Sequence[Priced]) -> Ints:
        """The prices less what each order brings at the thriftiest rate: no route is negative any more."""
        brings, thrifts = self._relaxed.kinds[0].brings, [each.thrift for each in priced]
        if brings is None or len(thrifts) > 1 or thrifts[0][1] == 0:
            return prices
        cost, amount = thrifts[0]
        lowered: Ints = np.clip(prices + brings * cost // amount, 0, self._relaxed.price)
        return lowered

    def _take(self, found: list[list[tuple[int, list[int]]]], wished: Ints) -> bool:
        wanted = False
        for number, routes in enumerate(found):
            for _, route in routes:
                cost = self._pricings[number].cost(route)
                if cost - int(wished[route].sum()) < 0:
                    wanted = self._master.add(number, cost, route) or wanted
        return wanted


def reduction(kinds: Sequence[Kind], priced: Sequence[Priced]) -> int:
    """What all routes of a plan can save together against the prices, at most: 0 or negative, units."""
    by_count = [kind.count * min(0, each.least) for kind, each in zip(kinds, priced, strict=True)]
    by_thrift = [_by_thrift(kind.brings, each) for kind, each in zip(kinds, priced, strict=True)]
    together = sum(
        count if thrift is None else max(count, thrift)
        for count, thrift in zip(by_count, by_thrift, strict=True)
    )
    first = kinds[0].brings
    alike = first is not None and all(
        kind.brings is not None and np.array_equal(kind.brings, first) for kind in kinds
    )
    known = [thrift for thrift in by_thrift if thrift is not None]
    # Each order is brought once, whichever kind serves it.
    return max(together, min(known)) if alike and len(known) == len(kinds) else together


def _by_thrift(brings: Ints | None, priced: Priced) -> int | None:
    cost, amount = priced.thrift
    if brings is None or (cost < 0 and amount == 0):
        return None
    return cost * int(brings.sum()) // amount  # rounded downwards


class _Master:
    """The linear program over the routes known so far.

    Leaving an order out is priced low at first, which keeps the numbers of one size; where an order is left
    out all the same, its price rises to the real one.
    """

    def __init__(self, relaxed: Relaxed, typical: int) -> None:
        """``typical``: cost of a route, in units."""
        from ortools.linear_solver import pywraplp

        self._relaxed = relaxed
        self._scale = max(1, typical) / 1000.0
        self._out = np.minimum(relaxed.price / self._scale, 3000.0)
        self._routes: list[tuple[int, float, tuple[int, ...]]] = []
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        self._build: Callable[[], Any] = lambda: pywraplp.Solver.CreateSolver("GLOP")
        self._make()

    def _make(self) -> None:
        self._solver = self._build()
        self._infinity = self._solver.infinity()
        self._rows = [self._solver.Constraint(1.0, self._infinity) for _ in self._relaxed.price]
        self._fleet = [
            self._solver.Constraint(-self._infinity, float(kind.count)) for kind in self._relaxed.kinds
        ]
        self._goal: Any = self._solver.Objective()
        self._goal.SetMinimization()
        self._left_out = [self._solver.NumVar(0.0, self._infinity, "") for _ in self._rows]
        for row, column, price in zip(self._rows, self._left_out, self._out.tolist(), strict=True):
            self._goal.SetCoefficient(column, price)
            row.SetCoefficient(column, 1.0)
        for kind, cost, route in self._routes:
            self._column(kind, cost, route)

    def add(self, kind: int, cost: int, route: list[int]) -> bool:
        """Add a route; False when it is there already."""
        key = (kind, tuple(route))
        if key in self._known:
            return False
        self._known.add(key)
        self._routes.append((kind, cost / self._scale, key[1]))
        self._column(*self._routes[-1])
        return True

    def _column(self, kind: int, cost: float, route: tuple[int, ...]) -> None:
        column = self._solver.NumVar(0.0, self._infinity, "")
        self._goal.SetCoefficient(column, cost)
        for order in set(route):
            self._rows[order].SetCoefficient(column, float(route.count(order)))
        self._fleet[kind].SetCoefficient(column, 1.0)

    def solve(self) -> tuple[float, Ints] | None:
        """(value in units, prices of the orders in units), only proposals; None when GLOP gave up."""
        if self._solver.Solve() != self._solver.OPTIMAL:
            self._make()
            if self._solver.Solve() != self._solver.OPTIMAL:
                return None
        if self._raise_prices():
            return self.solve()
        prices: NDArray[np.float64] = np.array([row.dual_value() for row in self._rows])
        whole: Ints = np.floor(np.nan_to_num(prices) * self._scale).astype(np.int64)
        return float(self._goal.Value()) * self._scale, whole

    def _raise_prices(self) -> bool:
        """True when an order was left out below its real price; that price is raised."""
        real = self._relaxed.price / self._scale
        out = np.array([column.solution_value() for column in self._left_out])
        low = np.flatnonzero((out > 1e-6) & (self._out < real))
        for order in low.tolist():
            self._out[order] = min(10 * self._out[order], real[order])
            self._goal.SetCoefficient(self._left_out[order], float(self._out[order]))
        return bool(len(low))
