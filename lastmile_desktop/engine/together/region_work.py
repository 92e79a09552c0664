"""What one worker does in a round: its regions, one after the other, each as a problem of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from lastmile_desktop.engine.kernel.chain import Chain
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Routes
from lastmile_desktop.engine.together.pace import Turn
from lastmile_desktop.engine.together.regions import Region

#: How often a worker tells its best plan, and how often these are put together, while a round goes on.
_TELL_EVERY_S = 0.5


@dataclass(frozen=True)
class RegionJob:
    """A region of ``problem`` and the seed of its chain."""

    problem: Problem
    region: Region
    seed: int
    locked: frozenset[int]
    frozen: frozenset[int] = frozenset()


@dataclass(frozen=True)
class RegionResult:
    """What came out, in the region's own numbers: the best plan, and the one that annealing stands at."""

    region: Region
    best: Routes
    present: Routes


class Board:
    """Where workers note better plans during a round by the clock; read by the thread that shows them."""

    def __init__(self, plan: Routes) -> None:
        self._plan = plan
        self._notes: dict[Region, Routes] = {}
        self._fresh = False
        self._read_at = time.monotonic()

    def note(self, region: Region, best: Routes) -> None:
        """A better plan of one region."""
        self._notes[region] = best
        self._fresh = True

    def plan(self) -> Routes | None:
        """The round's plan with all that is better so far; None when nothing is new or it is too soon."""
        now = time.monotonic()
        if not self._fresh or now - self._read_at < _TELL_EVERY_S:
            return None
        self._fresh, self._read_at = False, now
        plan = [list(route) for route in self._plan]
        for region, best in list(self._notes.items()):
            region.put_back(best, plan)
        return plan


def search_regions(
    kind: type[Chain], jobs: Sequence[RegionJob], turn: Turn, board: Board
) -> list[RegionResult]:
    """Anneal each region in turn, for a part of ``turn`` that goes by its orders. Raises KernelUnfit."""
    total, done, results = sum(len(job.region.orders) for job in jobs), 0, []
    for job in jobs:
        first, done = done, done + len(job.region.orders)
        results.append(_search_region(kind, job, turn, (first / total, done / total), board))
    return results


def _search_region(
    kind: type[Chain], job: RegionJob, turn: Turn, part: tuple[float, float], board: Board
) -> RegionResult:
    region = job.region
    locked, frozen = region.locked(job.locked), region.locked(job.frozen)
    chain = kind(region.problem(job.problem), job.seed, region.start(), locked, 1, frozen)
    better, told_at = False, time.monotonic()
    for piece in turn.slices(*part):
        better |= chain.run_slice(piece.progress, steps=piece.steps, seconds=piece.seconds)
        if better and piece.steps is None and time.monotonic() - told_at >= _TELL_EVERY_S:
            board.note(region, chain.best_routes)
            better, told_at = False, time.monotonic()
    return RegionResult(region, chain.best_routes, chain.current_routes)
