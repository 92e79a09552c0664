"""Cells merged downwards: a town, a date or a window that stands once for several orders."""

from __future__ import annotations

from lastmile_desktop.sheets.grid import Grid
from lastmile_desktop.sheets.header import Header
from lastmile_desktop.sheets.text import word_set

#: What orders below one another may have in common. Amounts are not among them: a sum is no amount of each.
_SHARED = word_set(
    "address street postcode town district region country date window window_start window_end kind priority "
    "skills service"
)
_OWN = ("id", "name", "first_name", "last_name", "company")


def fill_down(grid: Grid, header: Header) -> None:
    """Give each order below a merged cell the value of that cell, where it is an order of its own."""
    fields = {column.number: column.field for column in header.columns}
    own = [column.number for column in header.columns if column.field in _OWN]
    for first_row, first_column, last_row, last_column in grid.merges:
        if first_row <= header.last_row or last_row <= first_row or last_column != first_column:
            continue
        value = grid.rows.get(first_row, {}).get(first_column)
        if value is None or fields.get(first_column) not in _SHARED:
            continue
        for number in range(first_row + 1, last_row + 1):
            row = grid.rows.get(number)
            if row is None or first_column in row:
                continue
            if any(column in row for column in own) or (not own and len(row) > 1):
                row[first_column] = value
                grid.rows[number] = dict(sorted(row.items()))
