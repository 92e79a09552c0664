"""Rounds of improvement on the best plan, until time is up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastmile_desktop.engine.construct import shake
from lastmile_desktop.engine.problem import Problem

if TYPE_CHECKING:
    from lastmile_desktop.engine.search import Search


def improve(
    search: Search, problem: Problem, *, seed: int, rounds: int | None, locked: frozenset[int]
) -> None:
    """Improve the search's best plan."""
    shake(
        problem,
        search.scorer,
        search.best,
        seed=seed,
        steps=None if rounds is None else rounds * 100,
        go_on=search.go_on,
        locked=locked,
        on_best=search.offer_shaken,
    )
