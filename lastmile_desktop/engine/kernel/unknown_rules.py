"""Rules that the compiled search does not know yet: days with one of them are searched in other ways."""

from __future__ import annotations

from collections.abc import Iterator

from lastmile_desktop.engine.problem import Problem


def unknown_rules(problem: Problem) -> Iterator[str]:
    """The rules of ``problem`` that the kernel would break, in a dispatcher's words."""
    if (problem.max_trips > 1).any() and (
        (problem.partner >= 0).any() or problem.position.any() or problem.before
    ):
        yield "second trips together with shipments or a given sequence"
