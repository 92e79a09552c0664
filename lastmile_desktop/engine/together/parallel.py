"""Several chains of the compiled search on one plan, in threads: the kernel gives the interpreter up.

Where the plan has routes enough, each round splits it into regions of neighbouring routes, anneals every
region as a problem of its own at the common temperature, and puts the present plans together again: all
cores work on one annealing, and no two on the same stops. Otherwise whole-plan chains run beside each other
and go on from the best of them at a few late points. Chains meet only at the end of a round, behind a
barrier, so that with counted steps the cores' timing decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from itertools import pairwise
from typing import TypeVar

import numpy as np

from lastmile_desktop.engine.alone import judge_alone
from lastmile_desktop.engine.kernel.chain import Chain, cycles_for
from lastmile_desktop.engine.kernel.improving import STEPS_PER_ROUND, Improvable
from lastmile_desktop.engine.kernel.kernel import load_kernel
from lastmile_desktop.engine.kernel.tables import KernelUnfit
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Routes
from lastmile_desktop.engine.together.pace import ByClock, BySteps, Pace, Turn
from lastmile_desktop.engine.together.region_work import Board, RegionJob, RegionResult, search_regions
from lastmile_desktop.engine.together.regions import deal, split_plan
from lastmile_desktop.engine.together.settling import improve_alone

#: From so many orders on a plan is split even for one core: small matrices stay in the processor's caches.
LARGE = 1_000
#: The most stops of a region, and the fewest routes.
_REGION_STOPS = 400
_REGION_ROUTES = 4
#: Rounds with regions in the whole budget, and what a round should at least take.
_ROUNDS = 20
_LEAST_ROUND_S = 0.3
#: From here on a round begins with the best plan; before, with the one that annealing stands at.
_FROM_BEST = 0.9
#: Where whole-plan chains compare notes: late, so that they have been to different places before.
_MEETINGS = (0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
#: Until where whole-plan chains look for a plan with all orders before regions take over, how often they
#: look whether one has it, and up to how many orders (each chain has matrices of its own).
_COMPLETE_BY, _COMPLETE_LOOKS = 0.3, 6
_COMPLETE_ORDERS = 2_500
#: Steps a second that a budget in seconds is taken for, to choose the number of cycles.
_USUAL_STEPS_PER_S = 100_000
_TICK_S = 0.05
_Answer = TypeVar("_Answer")


def improve_together(
    search: Improvable,
    problem: Problem,
    *,
    seed: int,
    rounds: int | None,
    locked: frozenset[int],
    share: float,
    workers: int,
    frozen: frozenset[int] = frozenset(),
) -> str:
    """Improve the best plan of ``search`` with ``workers`` chains at once, for ``share`` of the time left.

    With ``rounds`` each worker does that many times STEPS_PER_ROUND steps and no clock decides anything: the
    same problem, plan, seed, rounds and workers give the same plan. "" when done; else nothing was done, and
    the sentence says why.
    """
    if workers == 1 and problem.order_count <= LARGE:
        return improve_alone(
            search, problem, seed=seed, rounds=rounds, locked=locked, share=share, frozen=frozen
        )
    kind, reason = load_kernel()
    if kind is None:
        return reason
    budget_s = max(0.0, search.left_s) * share
    steps = budget_s * _USUAL_STEPS_PER_S if rounds is None else rounds * STEPS_PER_ROUND
    pace: Pace = ByClock(budget_s) if rounds is None else BySteps(rounds * STEPS_PER_ROUND)
    most = _ROUNDS if rounds is not None else int(budget_s / _LEAST_ROUND_S)
    team = Team(search, problem, kind, pace, seed=seed, locked=locked, workers=workers, frozen=frozen)
    try:
        team.run(min(_ROUNDS, most), cycles_for(problem, steps))
    except KernelUnfit as error:
        return str(error)
    if rounds is not None:
        search.iterations = rounds
    return ""


def lacks_orders(problem: Problem, routes: Routes) -> bool:
    """True when an order is on no route that some vehicle could serve and that nobody made optional."""
    planned = {order for route in routes for order in route}
    missing = [o for o in range(problem.order_count) if o not in planned and not problem.optional[o]]
    return bool(missing) and bool(judge_alone(problem, missing).possible.any())


class Team:
    """The workers of one call and what they work on."""

    def __init__(
        self,
        search: Improvable,
        problem: Problem,
        kind: type[Chain],
        pace: Pace,
        *,
        seed: int,
        locked: frozenset[int],
        workers: int,
        frozen: frozenset[int] = frozenset(),
    ) -> None:
        self._search, self._problem, self._kind, self._pace = search, problem, kind, pace
        self._locked, self._frozen, self._workers = locked, frozen, workers
        self._random = np.random.default_rng([seed, workers])

    def run(self, rounds: int, cycles: int) -> None:
        """Spend the whole budget, in ``rounds`` with regions. Raises KernelUnfit."""
        begin = 0.0
        with ThreadPoolExecutor(self._workers, "chain") as self._pool:
            small = self._problem.order_count <= _COMPLETE_ORDERS
            if small and lacks_orders(self._problem, self._search.best):
                marks = [_COMPLETE_BY * look / _COMPLETE_LOOKS for look in range(_COMPLETE_LOOKS + 1)]
                begin = self._beside(marks, 1, until_complete=True)
            if self._region_count(self._search.best) > 1:
                self._in_regions(begin, max(1, round(rounds * (1 - begin))))
            else:
                self._beside([begin, *(mark for mark in _MEETINGS if mark > begin)], cycles)

    def _beside(self, marks: Sequence[float], cycles: int, *, until_complete: bool = False) -> float:
        """Whole-plan chains that meet at ``marks``; gives the mark at which they ended."""
        start, seeds = self._search.best, self._random.integers(2**31, size=self._workers).tolist()
        chains = [
            self._kind(self._problem, seed, start, self._locked, cycles, self._frozen) for seed in seeds
        ]
        if self._pace.seconds is not None:
            for chain in chains:
                chain.prepare_composing(self._pace.seconds)
        for begin, end in pairwise(marks):
            self._at_once(
                [partial(_run_whole, chain, self._pace.turn(begin, end)) for chain in chains], Board(start)
            )
            best = min(chains, key=lambda chain: chain.best_score)
            plan = best.best_routes
            self._search.offer(plan, "improving")
            if until_complete and not lacks_orders(self._problem, plan):
                return end
            for chain in chains:
                if chain.best_score > best.best_score:
                    chain.restart(plan)
        return marks[-1]

    def _in_regions(self, begin: float, rounds: int) -> None:
        present = self._search.best
        for start, end in pairwise(np.linspace(begin, 1.0, rounds + 1).tolist()):
            if self._pace.spent() < end:
                present = self._one_round(self._search.best if start >= _FROM_BEST else present, start, end)

    def _one_round(self, plan: Routes, begin: float, end: float) -> Routes:
        """Every region for itself from ``plan``; offers the best of all and gives the present plan."""
        stops = -(-sum(map(len, plan)) // self._region_count(plan))
        regions = split_plan(self._problem, plan, stops, self._random)
        seeds = self._random.integers(2**31, size=len(regions)).tolist()
        jobs = [
            RegionJob(self._problem, region, seed, self._locked, self._frozen)
            for region, seed in zip(regions, seeds, strict=True)
        ]
        sizes = [len(region.orders) for region in regions]
        board = Board(plan)
        hands = [[jobs[number] for number in numbers] for numbers in deal(sizes, self._workers)]
        work = [
            partial(search_regions, self._kind, hand, self._pace.turn(begin, end), board) for hand in hands
        ]
        results = [result for some in self._at_once(work, board) for result in some]
        self._search.offer(_merged(plan, results, present=False), "improving")
        return _merged(plan, results, present=True)

    def _region_count(self, routes: Routes) -> int:
        """How many regions to make of a plan, as many for each worker; 1 where there are too few routes."""
        used = sum(1 for route in routes if route)
        wanted = -(-sum(map(len, routes)) // (_REGION_STOPS * self._workers)) * self._workers
        return max(1, min(wanted, used // _REGION_ROUTES))

    def _at_once(self, work: Sequence[Callable[[], _Answer]], board: Board) -> list[_Answer]:
        """All answers, in order; meanwhile the search shows what there is. Raises what a worker raised."""
        futures = [self._pool.submit(one) for one in work]
        while wait(futures, timeout=_TICK_S).not_done:
            plan = board.plan()
            if plan is not None:
                self._search.offer(plan, "improving")
            self._search.tick()
        return [future.result() for future in futures]


def _run_whole(chain: Chain, turn: Turn) -> None:
    for piece in turn.slices(0.0, 1.0):
        chain.run_slice(piece.progress, steps=piece.steps, seconds=piece.seconds)


def _merged(plan: Routes, results: Sequence[RegionResult], *, present: bool) -> Routes:
    merged = [list(route) for route in plan]
    for result in results:
        result.region.put_back(result.present if present else result.best, merged)
    return merged
