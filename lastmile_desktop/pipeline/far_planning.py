"""Where a day is planned: on this computer, or with the help of a cluster that somebody has named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from lastmile_desktop.model import Assignment

if TYPE_CHECKING:
    from lastmile_desktop.engine.problem import Problem
    from lastmile_desktop.engine.solve import Progress, SolveOutcome, SolveParams, Stop

#: From so many orders on a day is worth sending away.
LARGE_DAY = 1_000


def solve_anywhere(
    problem: Problem,
    params: SolveParams,
    cluster_address: str,
    *,
    start: Assignment | None,
    on_progress: Callable[[Progress], None],
    stop: Callable[[], Stop],
) -> SolveOutcome:
    """``engine.solve.solve``; for a large day and with an address, its regions on that cluster.

    Where the cluster cannot be used the day is planned here and the message says so. Raises SolveDiscarded.
    """
    from lastmile_desktop.engine.solve import solve

    if not cluster_address.strip() or problem.order_count < LARGE_DAY:
        return solve(problem, params, start=start, on_progress=on_progress, stop=stop)
    from lastmile_desktop.engine.executors import WorkLostError, executor_for
    from lastmile_desktop.engine.together.region_rounds import solve_in_regions

    try:
        executor = executor_for(cluster_address, params.workers)
    except WorkLostError as error:
        outcome = solve(problem, params, start=start, on_progress=on_progress, stop=stop)
        here = f"{error} The day was planned on this computer."
        return replace(outcome, message=f"{here} {outcome.message}".strip())
    with executor:
        return solve_in_regions(problem, params, executor, start=start, on_progress=on_progress, stop=stop)
