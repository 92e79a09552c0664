"""The search as it runs in the solver process: first plan, then rounds of improvement until time is up."""

from __future__ import annotations

import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Protocol

from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.engines import Engine
from lastmile_desktop.engine.kernel.kernel import load_kernel
from lastmile_desktop.engine.kernel.tables import KernelUnfit
from lastmile_desktop.engine.or_tools.certify import Certificate
from lastmile_desktop.engine.parts import frozen_beginnings
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Routes, Score, Scorer

#: At most this many plans a second go to the window.
_SEND_EVERY_S = 0.25
#: Kept free at the end for handing in the last plan.
_HAND_IN_S = 0.1
#: From here on insertion in Python takes long for a first plan.
_MANY_ORDERS = 500
#: Slowness of spawning that is believed; a larger difference means that the clock was changed.
_SPAWN_AT_MOST_S = 10.0


@dataclass(frozen=True)
class SearchOrder:
    """What the child is asked to do.

    ``called_at`` is the caller's ``time.time()``; ``start`` are order indices per vehicle, ``locked`` indices
    of orders that stay on their vehicle and in their order, ``frozen`` those of them that begin their route
    with nothing between them. ``workers`` chains search at once. ``engine`` is AUTO or ORTOOLS.
    """

    seconds: float
    seed: int
    iterations: int | None
    called_at: float
    start: tuple[tuple[int, ...], ...] | None
    locked: frozenset[int]
    workers: int = 1
    engine: Engine = Engine.AUTO
    frozen: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Found:
    """A better plan: order indices per vehicle. ``engine`` is what searched ("" for a first plan)."""

    routes: Routes
    cost_cents: int
    unassigned: int
    phase: str
    iterations: int
    engine: str = ""


@dataclass(frozen=True)
class Finished:
    """The search is over; the last ``Found`` before it holds the plan. ``note``: "" or a sentence to show;
    ``certificate`` is what OR-Tools says of the plan."""

    iterations: int
    note: str = ""
    certificate: Certificate | None = None


def run_search(connection: Connection, problem: Problem, order: SearchOrder) -> None:
    """Entry point of the solver process."""
    Search(connection, problem, order).run()


class Listener(Protocol):
    """Whoever hears of better plans: the parent's end of a pipe, or nobody."""

    def send(self, message: Any) -> None:
        """Take a Found or Finished."""


class Search:
    def __init__(self, connection: Listener, problem: Problem, order: SearchOrder) -> None:
        spawning = min(max(0.0, time.time() - order.called_at), _SPAWN_AT_MOST_S)
        self.deadline = time.monotonic() + order.seconds - spawning - _HAND_IN_S
        self._connection = connection
        self._problem = problem
        self._order = order
        self.scorer = Scorer(problem)
        self.best: Routes = [[] for _ in range(problem.vehicle_count)]
        self.best_score: Score | None = None
        self.iterations = 0
        self.workers = max(1, order.workers)
        self.frozen = order.frozen
        self._beginnings = frozen_beginnings(order.start or (), order.frozen)
        self.note = ""
        self.engine = order.engine
        self.searched_by = ""
        self.from_scratch = order.start is None
        self.certificate: Certificate | None = None
        self._unsent = ""
        self._sent_at = 0.0

    @property
    def left_s(self) -> float:
        """Seconds left for searching."""
        return self.deadline - time.monotonic()

    def run(self) -> None:
        order = self._order
        self.offer(self._first_plan(), "first plan")
        self.flush()
        from lastmile_desktop.engine.improve import improve

        improve(self, self._problem, seed=order.seed, rounds=order.iterations, locked=order.locked)
        self.flush()
        self._connection.send(Finished(self.iterations, self.note, self.certificate))

    def _first_plan(self) -> Routes:
        """A complete plan at once. Of a large new day the kernel's first one is rougher than insertion's, but
        there much sooner, and annealing makes up for it at once."""
        order, problem = self._order, self._problem
        if self.from_scratch and problem.order_count >= _MANY_ORDERS and order.engine is Engine.AUTO:
            kind, _ = load_kernel()
            try:
                plan = kind(problem, order.seed).best_routes if kind is not None else None
            except KernelUnfit:
                plan = None
            if plan is not None and sum(map(len, plan)) == problem.order_count:
                return plan
        return first_plan(problem, self.scorer, order.start, order.locked, quick=True, frozen=order.frozen)

    def offer(self, routes: Routes, phase: str) -> None:
        """Keep ``routes`` when better than the best; sends it on, at most four times a second.

        A plan that changes a frozen beginning is no plan, whoever offers it.
        """
        score = self.scorer.score(routes)
        changed = any(list(routes[v][: len(orders)]) != orders for v, orders in self._beginnings.items())
        if changed or (self.best_score is not None and score >= self.best_score):
            self.tick()
            return
        self.best, self.best_score = [list(route) for route in routes], score
        self._unsent = phase
        self.tick()

    def tick(self) -> None:
        """Send what is due."""
        if self._unsent and time.monotonic() - self._sent_at >= _SEND_EVERY_S:
            self.flush()

    def flush(self) -> None:
        """Send the best plan unless that was done already."""
        if self._unsent:
            planned = sum(len(route) for route in self.best)
            self._connection.send(
                Found(
                    self.best,
                    self.scorer.cost_cents(self.best),
                    self._problem.order_count - planned,
                    self._unsent,
                    self.iterations,
                    self.searched_by,
                )
            )
            self._sent_at = time.monotonic()
            self._unsent = ""
