"""Remarks about a whole sheet rather than one of its rows."""

from __future__ import annotations

from lastmile_desktop.model import Severity, SheetProblem
from lastmile_desktop.sheets.columns import matcher_for
from lastmile_desktop.sheets.grid import Grid, column_letter
from lastmile_desktop.sheets.header import Header
from lastmile_desktop.sheets.text import heading_name

_MOST_NAMED = 6


def sheet_remark(
    grid: Grid, row: int, category: str, message: str, severity: Severity = Severity.INFO
) -> SheetProblem:
    """A remark about a sheet, shown beside its row ``row``."""
    return SheetProblem(grid.name, row, "", "", severity, category, message)


def unknown_columns_remark(grid: Grid, header: Header, kind: str) -> SheetProblem | None:
    """Names the columns that hold something and were not understood, so that nobody believes they count."""
    known = {column.number for column in header.columns}
    matcher = matcher_for(kind)
    unknown = [
        f"{column_letter(number)} ({' '.join(text.split())[:30]})"
        for number, text in sorted(header.headings.items())
        if number not in known
        and not matcher.is_foreign(heading_name(text))
        and any(True for _ in grid.column_values(number, header.last_row, limit=1))
    ]
    if not unknown:
        return None
    more = len(unknown) - _MOST_NAMED
    shown = ", ".join(unknown[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    what = f"Column {shown} is" if len(unknown) == 1 else f"Columns {shown} are"
    return sheet_remark(grid, header.row, "unknown_column", f"{what} not recognised and not used.")
