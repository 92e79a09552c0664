"""A small table beside the orders, such as the drivers of the day and their phones, is none of them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from lastmile_desktop.sheets.grid import Grid

_LEAST_COLUMNS = 2
_LEAST_ROWS = 2
#: A side table is that much shorter than the orders beside it.
_LARGEST_SHARE = 0.6
_ROWS_LOOKED_AT = 2_000


def side_table_columns(grid: Grid, headings: Mapping[int, str], last_row: int) -> frozenset[int]:
    """The columns of a table to the right of the orders; empty when there is none that is surely one.

    Sure is: a blank column between, at least two columns, rows filled without a gap from the first one on and
    then no more, each of them whole. Notes and phone numbers that only some orders have never look like that.
    """
    gap = _first_gap(headings)
    if gap is None:
        return frozenset()
    right = frozenset(column for column in headings if column > gap)
    if not _LEAST_COLUMNS <= len(right) < len(headings) - len(right):
        return frozenset()
    main_rows = filled = 0
    is_over = False
    for number, row in grid.rows.items():
        if number <= last_row:
            continue
        if main_rows >= _ROWS_LOOKED_AT:
            return frozenset()
        if gap in row:
            return frozenset()
        main_rows += any(column < gap for column in row)
        cells = sum(column in row for column in right)
        if cells == 0:
            is_over = True
        elif is_over or cells < len(right):
            return frozenset()
        else:
            filled += 1
    is_one = is_over and _LEAST_ROWS <= filled <= _LARGEST_SHARE * main_rows
    return right if is_one else frozenset()


def _first_gap(headings: Mapping[int, str]) -> int | None:
    """The first column without a heading between two that have one."""
    columns = sorted(headings)
    return next((one + 1 for one, other in pairwise(columns) if other > one + 1), None)
