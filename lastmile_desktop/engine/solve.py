"""Planning, seen from the program: a blocking call that supervises one solver process.

OR-Tools holds the interpreter lock for the whole of a search and can abort or hang the process it runs in, so
the search lives in a spawned child. This side only passes the problem in, takes plans as they come, and can
end the child at any moment without losing the best plan so far.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from lastmile_desktop.engine.engines import Engine
from lastmile_desktop.engine.or_tools.certify import Certificate
from lastmile_desktop.engine.parts import frozen_beginnings
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.schedule import assignment_of, routes_of
from lastmile_desktop.engine.search import Finished, Found, SearchOrder, run_search
from lastmile_desktop.model import Assignment
from lastmile_desktop.system.child import Child, ChildEnded

_log = logging.getLogger(__name__)
#: How often ``stop`` is asked and the pipe read.
_POLL_S = 0.03
#: How long after its time is up the child may still hand in its last plan.
_GRACE_S = 0.35
#: How long the first plan is waited for when the search is finished before there is any.
_FIRST_PLAN_S = 30.0


@dataclass(frozen=True)
class SolveParams:
    """How long and how to search.

    ``seconds`` is counted from the call of ``solve``. With ``iterations`` the search does exactly that many
    rounds and no clock decides anything within it, so the same problem, seed, iterations and
    workers give the same plan; ``seconds`` is still never exceeded (choose it generously then). ``workers``
    chains search at once, one for each core. ``engine`` chooses the search ("auto" or "ortools").
    """

    seconds: float = 20
    seed: int = 1
    workers: int = 1
    iterations: int | None = None
    engine: Engine | str = Engine.AUTO


@dataclass(frozen=True)
class Progress:
    """The best plan so far.

    ``cost_cents`` is what the search minimises besides leaving orders out: fixed cost, km and hours at the
    user's prices, or at the search's own where a vehicle has neither.
    """

    elapsed_s: float
    cost_cents: int
    unassigned: int
    assignment: Assignment | None
    phase: str


class Stop(Enum):
    """What the caller wants: go on, finish now with the best plan, or throw the search away."""

    GO = "go"
    FINISH = "finish"
    DISCARD = "discard"


class SolveDiscarded(Exception):
    """The caller discarded the search; the plan before it stands."""


@dataclass(frozen=True)
class SolveOutcome:
    """The plan and how it came about. ``stopped``: ended early on request. ``message``: "" or a sentence for
    the user, when something went wrong on the way. ``engine`` names what searched ("" where nothing was) and
    ``certificate`` is what OR-Tools says of the finished plan; None when the search was cut short."""

    assignment: Assignment
    elapsed_s: float
    iterations: int
    stopped: bool
    message: str
    engine: str = ""
    certificate: Certificate | None = None


def solve(
    problem: Problem,
    params: SolveParams,
    *,
    start: Assignment | None = None,
    on_progress: Callable[[Progress], None],
    stop: Callable[[], Stop],
) -> SolveOutcome:
    """Plan, blocking; call it from a worker thread. Never fails: a lost solver only leaves a message.

    ``start`` is improved and completed where it keeps the rules; its locked orders stay on their vehicle and
    in their relative order, its frozen beginnings as they are. ``on_progress`` hears of better plans at most
    four times a second, on the calling thread; ``stop`` is asked more than 20 times a second there. Raises
    SolveDiscarded on Stop.DISCARD, and ValueError when ``start`` has an order twice or the arrays are no
    problem (``admit_arrays.BadProblem``).
    """
    problem = problem.admitted
    run = _Run(problem, params, start, on_progress)
    if not problem.vehicle_count or not problem.order_count:
        return run.outcome(stopped=False, message="")
    with Child(run_search, problem, run.order) as child:
        return run.supervise(child, stop)


class _Run:
    """One call of ``solve``."""

    def __init__(
        self,
        problem: Problem,
        params: SolveParams,
        start: Assignment | None,
        on_progress: Callable[[Progress], None],
    ) -> None:
        self._began = time.monotonic()
        self._problem = problem
        self._deadline = self._began + params.seconds
        self._on_progress = on_progress
        self._best: Assignment | None = None
        self._finish_by = math.inf
        self._iterations = 0
        self._engine = ""
        self._certificate: Certificate | None = None
        self._locked = start.locked if start is not None else frozenset()
        self._frozen = start.frozen if start is not None else frozenset()
        routes = routes_of(problem, start) if start is not None else None
        index = problem.order_index
        frozen = frozenset(index[key] for key in self._frozen if key in index)
        beginnings = frozen_beginnings(routes or (), frozen)
        frozen = frozenset(order for orders in beginnings.values() for order in orders)
        self.order = SearchOrder(
            seconds=params.seconds,
            seed=params.seed,
            iterations=params.iterations,
            called_at=time.time(),
            start=None if routes is None else tuple(tuple(route) for route in routes),
            locked=frozenset(index[key] for key in self._locked if key in index) | frozen,
            frozen=frozen,
            workers=params.workers,
            engine=Engine(params.engine),
        )

    def supervise(self, child: Child, stop: Callable[[], Stop]) -> SolveOutcome:
        """Listen to the child until it is done, lost, out of time or no longer wanted."""
        while True:
            message = child.receive(_POLL_S)
            if isinstance(message, Finished):
                self._iterations = message.iterations
                self._certificate = message.certificate
                return self.outcome(stopped=False, message=message.note)
            if isinstance(message, ChildEnded):
                return self._lost(message)
            wish = stop()
            if wish is Stop.DISCARD:
                child.kill()
                raise SolveDiscarded
            if isinstance(message, Found):
                self._take(message, announce=True)
            if wish is Stop.FINISH and self._may_finish():
                self._read_out(child)
                return self.outcome(stopped=True, message="")
            if time.monotonic() > self._deadline + _GRACE_S:
                child.kill()
                self._read_out(child)
                return self.outcome(stopped=False, message=self._late_message())

    def _may_finish(self) -> bool:
        """True with a plan in hand; else the child, which is at its first one, is sooner there than we."""
        now = time.monotonic()
        self._finish_by = min(self._finish_by, now + _FIRST_PLAN_S)
        return self._best is not None or now >= self._finish_by

    def outcome(self, *, stopped: bool, message: str) -> SolveOutcome:
        """The best plan so far; without any, what simple insertion makes of the day."""
        if self._best is None:
            self._best = self._simple_plan()
        elapsed_s = time.monotonic() - self._began
        return SolveOutcome(
            self._best, elapsed_s, self._iterations, stopped, message, self._engine, self._certificate
        )

    def _take(self, found: Found, *, announce: bool) -> None:
        self._best = assignment_of(self._problem, found.routes, self._locked, self._frozen)
        self._iterations, self._engine = found.iterations, found.engine
        if announce:
            elapsed_s = time.monotonic() - self._began
            progress = Progress(elapsed_s, found.cost_cents, found.unassigned, self._best, found.phase)
            self._on_progress(progress)

    def _read_out(self, child: Child) -> None:
        """Take what is in the pipe already, without waiting."""
        while isinstance(message := child.receive(0), Found):
            self._take(message, announce=False)

    def _lost(self, ended: ChildEnded) -> SolveOutcome:
        _log.error("the solver process ended with code %s: %s", ended.exit_code, ended.error)
        kept = "The best plan so far is kept" if self._best else "A simple plan was made instead"
        return self.outcome(
            stopped=False,
            message=f"The planner stopped unexpectedly. {kept}; press Plan to go on improving it.",
        )

    def _late_message(self) -> str:
        if self._best is not None and self.order.iterations is not None:
            return "The time was up before all planning rounds were done; the best plan so far is kept."
        kept = "the best plan so far is kept" if self._best else "a simple plan was made instead"
        return f"The planner did not answer in time, so it was stopped; {kept}."

    def _simple_plan(self) -> Assignment:
        from lastmile_desktop.engine.construct import first_plan
        from lastmile_desktop.engine.scoring import Scorer

        routes = first_plan(
            self._problem,
            Scorer(self._problem),
            self.order.start,
            self.order.locked,
            quick=True,
            frozen=self.order.frozen,
        )
        return assignment_of(self._problem, routes, self._locked, self._frozen)
