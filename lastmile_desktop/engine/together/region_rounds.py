"""A large day on several machines: its regions are tasks for an executor, round after round."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from lastmile_desktop.engine.executors.task import Executor, Task, TaskResult, WorkLostError, WorkStopped
from lastmile_desktop.engine.parts import frozen_beginnings
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.schedule import assignment_of, routes_of
from lastmile_desktop.engine.scoring import Routes, Scorer
from lastmile_desktop.engine.solve import Progress, SolveDiscarded, SolveOutcome, SolveParams, Stop, solve
from lastmile_desktop.engine.together.regions import Region, split_plan
from lastmile_desktop.model import Assignment

#: Share of the time (or of the rounds) for a plan of the whole day on this computer to begin with.
_HERE_SHARE = 0.2
#: Rounds on the regions, each no shorter than this; their borders differ.
_ROUNDS = 5
_LEAST_ROUND_S = 3.0
#: Sending and putting together, for each round.
_TRAVEL_S = 0.5
_REGION_STOPS = 400


def solve_in_regions(
    problem: Problem,
    params: SolveParams,
    executor: Executor,
    *,
    start: Assignment | None = None,
    on_progress: Callable[[Progress], None],
    stop: Callable[[], Stop],
) -> SolveOutcome:
    """Plan like ``engine.solve.solve``, most of the time on the workers of ``executor``; blocking.

    With ``params.iterations`` every region of every round does that many, and the result repeats for the same
    number of workers. Never fails when workers are lost: the best plan so far is kept, with a message. Raises
    SolveDiscarded on Stop.DISCARD.
    """
    began = time.monotonic()
    here = replace(
        params, seconds=params.seconds * _HERE_SHARE if params.iterations is None else params.seconds
    )
    first = solve(problem, here, start=start, on_progress=on_progress, stop=stop)
    if first.stopped or not first.assignment.routes:
        return first
    rounds = _Rounds(problem, params, executor, first.assignment, began, on_progress, stop)
    try:
        stopped = rounds.run()
        message = first.message
    except WorkLostError as error:
        stopped, message = False, f"{error} The best plan so far is kept."
    return replace(
        first,
        assignment=assignment_of(problem, rounds.best, first.assignment.locked, first.assignment.frozen),
        elapsed_s=time.monotonic() - began,
        stopped=stopped,
        message=message,
        certificate=None,  # that was of the plan to begin with
    )


@dataclass
class _Rounds:
    """The best plan, and what is needed to make a better one."""

    problem: Problem
    params: SolveParams
    executor: Executor
    first: Assignment
    began: float
    on_progress: Callable[[Progress], None]
    stop: Callable[[], Stop]

    def __post_init__(self) -> None:
        self.best: Routes = routes_of(self.problem, self.first)
        self._scorer = Scorer(self.problem)
        index = self.problem.order_index
        frozen = frozenset(index[key] for key in self.first.frozen if key in index)
        self._frozen = frozenset(
            o for orders in frozen_beginnings(self.best, frozen).values() for o in orders
        )
        self._locked = frozenset(index[key] for key in self.first.locked if key in index) | self._frozen
        self._random = np.random.default_rng(self.params.seed)
        self._wish = Stop.GO

    def run(self) -> bool:
        """Round after round until time is up; True when it was stopped. Raises WorkLostError."""
        for done in range(_ROUNDS):
            left_s = self.params.seconds - (time.monotonic() - self.began)
            round_s = max(left_s / (_ROUNDS - done), _LEAST_ROUND_S)
            if self.params.iterations is None and left_s < _LEAST_ROUND_S:
                break
            if self._one_round(min(round_s, left_s)):
                return True
        return False

    def _one_round(self, seconds: float) -> bool:
        planned, workers = sum(map(len, self.best)), self.executor.workers
        times = max(1, -(-planned // (_REGION_STOPS * workers)))
        regions = split_plan(self.problem, self.best, -(-planned // (times * workers)), self._random)
        times = max(1, -(-len(regions) // workers))
        tasks = [self._task(region, max(0.5, (seconds - _TRAVEL_S) / times)) for region in regions]
        plan = [list(route) for route in self.best]

        def take(number: int, result: TaskResult) -> None:
            regions[number].put_back(result.routes, plan)
            self._keep(plan)

        try:
            self.executor.run(tasks, on_done=take, stop=self._wanted_no_more)
        except WorkStopped:
            if self._wish is Stop.DISCARD:
                raise SolveDiscarded from None
            return True
        # Plans of the same cost count too: else the sequence in which the regions came would decide.
        if not self._scorer.score(self.best) < self._scorer.score(plan):
            self.best = plan
        return False

    def _task(self, region: Region, seconds: float) -> Task:
        whole_s = self.params.seconds if self.params.iterations is not None else seconds
        seed = int(self._random.integers(2**31))
        return Task(
            region.problem(self.problem),
            replace(self.params, seconds=whole_s, seed=seed, workers=1),
            tuple(tuple(route) for route in region.start()),
            region.locked(self._locked),
            region.locked(self._frozen),
        )

    def _wanted_no_more(self) -> bool:
        self._wish = self.stop()
        return self._wish is not Stop.GO

    def _keep(self, plan: Routes) -> None:
        """Take the plan when it is better; tells who watches."""
        if not self._scorer.score(plan) < self._scorer.score(self.best):
            return
        self.best = [list(route) for route in plan]
        self.on_progress(
            Progress(
                time.monotonic() - self.began,
                self._scorer.cost_cents(self.best),
                self.problem.order_count - sum(map(len, self.best)),
                assignment_of(self.problem, self.best, self.first.locked, self.first.frozen),
                "improving",
            )
        )
