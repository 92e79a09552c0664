"""A grid as a person knows it from the screen, for the import page: texts only, one string a line."""

from __future__ import annotations

from collections.abc import Mapping

from lastmile_desktop.model import CELL_MARK, LineKind, SheetPreview
from lastmile_desktop.sheets.grid import CellValue, Grid, Row, UnreadableCell
from lastmile_desktop.sheets.values.plain import as_text

#: A cell far to the right of a table is not worth hundreds of empty columns on the screen.
_MOST_COLUMNS = 200


def preview_of(grid: Grid, kinds: Mapping[int, LineKind]) -> SheetPreview:
    """The lines of a grid; ``kinds`` say by row number what each was taken for (else a NOTE)."""
    width = max((max(row) for row in grid.rows.values() if row), default=0)
    width = min(width, _MOST_COLUMNS)
    return SheetPreview(
        rows=tuple(grid.rows),
        lines=tuple(_line(row, width) for row in grid.rows.values()),
        kinds=tuple(kinds.get(number, LineKind.NOTE) for number in grid.rows),
        hidden_rows=frozenset(number for number in grid.hidden_rows if number in grid.rows),
        column_count=width,
    )


def _line(row: Row, width: int) -> str:
    last = min(width, max(row, default=0))
    return CELL_MARK.join(_shown(row.get(column)) for column in range(1, last + 1))


def _shown(value: CellValue | None) -> str:
    if isinstance(value, str):
        return value.replace(CELL_MARK, " ")
    if isinstance(value, UnreadableCell):
        return value.text or "(not calculated)"
    return as_text(value).replace(CELL_MARK, " ")
