"""Several tables on one worksheet, one below the other: orders, and further down the vehicles."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from lastmile_desktop.sheets.columns import SURE, matcher_for
from lastmile_desktop.sheets.grid import Grid
from lastmile_desktop.sheets.heading_lines import row_texts
from lastmile_desktop.sheets.text import heading_name

_LEAST_CELLS = 3
_SHARE_OF_HEADINGS = 0.75
_MOST_TABLES = 12
_SHARE_OF_SAME = 0.6
_LONGEST_HEADING = 40


def split_tables(grid: Grid) -> list[Grid]:
    """The tables of a worksheet, each with the rows from its heading on; the grid itself when it is one.

    A heading that says what an earlier one says (a page that begins again) starts no table.
    """
    starts: list[int] = []
    seen: list[dict[int, tuple[str, ...]]] = []
    for number, row in grid.rows.items():
        if len(row) < _LEAST_CELLS or not all(isinstance(value, str) for value in row.values()):
            continue
        names = _heading_names(grid, number)
        if names is None:
            continue
        if not any(_repeats(names, other) for other in seen):
            starts.append(number)
        seen.append(names)
        if len(starts) > _MOST_TABLES:
            return [grid]
    starts = [number for place, number in enumerate(starts) if place == 0 or number - starts[place - 1] > 1]
    if len(starts) < 2:
        return [grid]
    edges = [1 - 10**9, *starts[1:], 10**9]
    return [_part(grid, first, last) for first, last in pairwise(edges)]


def _repeats(names: dict[int, tuple[str, ...]], other: dict[int, tuple[str, ...]]) -> bool:
    """True when most names stand in the same columns again."""
    same = sum(other.get(column) == name for column, name in names.items())
    return same >= _SHARE_OF_SAME * len(names)


def _heading_names(grid: Grid, number: int) -> dict[int, tuple[str, ...]] | None:
    """The names in a line of headings by column; None when the line is none."""
    texts = row_texts(grid, number)
    if any(sign.isdigit() for text in texts.values() for sign in text):
        return None
    if max((len(text) for text in texts.values()), default=99) > _LONGEST_HEADING:
        return None
    names = {column: heading_name(text) for column, text in texts.items()}
    known = sum(
        any(
            score >= SURE
            for kind in ("orders", "vehicles")
            for score in matcher_for(kind).candidates(name).values()
        )
        for name in names.values()
    )
    if known < _SHARE_OF_HEADINGS * len(names):
        return None
    return {column: name.full for column, name in names.items()}


def _part(grid: Grid, first: int, last: int) -> Grid:
    rows = {number: row for number, row in grid.rows.items() if first <= number < last}
    return replace(
        grid,
        rows=rows,
        merges=tuple(area for area in grid.merges if first <= area[0] < last),
        hidden_rows=frozenset(number for number in grid.hidden_rows if first <= number < last),
        remarks=list(grid.remarks) if first < 1 else [],
    )
