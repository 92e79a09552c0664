"""openpyxl's sheet parser, narrowed to cells that hold something.

Imports openpyxl, so it is imported by the workbook reader only when a workbook is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl.worksheet._reader import MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.worksheet.merge import MergeCells
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

_FORMULA_TAG = f"{{{SHEET_MAIN_NS}}}f"
_VALUE_TAG = f"{{{SHEET_MAIN_NS}}}v"
_MOST_MERGES = 2000
#: More cells than this in one row are no order; Excel allows 16,384.
_MOST_CELLS = 1000


class FilledCellParser(WorkSheetParser):
    """Yields rows of filled cells, and tells formulas without a stored value from blanks.

    Why not openpyxl's own loop: it parses what follows the cells as well (hyperlinks, validations), and a
    flaw there would cost the whole sheet.
    """

    source: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.hidden_rows: list[int] = []
        self.wide_rows: list[int] = []

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """(row number, openpyxl's cell dictionaries) of every row element; lost formulas have type "lost"."""
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                if element.get("hidden") in ("1", "true"):
                    self.hidden_rows.append(int(element.get("r") or self.row_counter + 1))
                parsed = self.parse_row(element)
                element.clear()
                yield parsed
            elif element.tag == MERGE_TAG:
                self.merged_cells = MergeCells.from_tree(element)

    def parse_row(self, row: Any) -> Any:
        """As openpyxl's, but cells that are only formatted are dropped before they cost anything."""
        if len(row) > _MOST_CELLS:
            self.wide_rows.append(self.row_counter + 1)
            del row[_MOST_CELLS:]
        for cell in [cell for cell in row if len(cell) == 0]:
            if cell.get("r"):  # a cell without an address counts for its neighbours even when empty
                row.remove(cell)
        return super().parse_row(row)

    def parse_cell(self, element: Any) -> Any:
        """As openpyxl's; a lost formula gets the type "lost", a broken value is an error of its cell only."""
        try:
            cell = super().parse_cell(element)
        except (ValueError, IndexError, OverflowError, TypeError):
            value = element.find(_VALUE_TAG)
            if value is not None:
                element.remove(value)
            cell = super().parse_cell(element) | {"value": "#VALUE!", "data_type": "e"}
        # Type "str" without a value: it was calculated, and its result is an empty text.
        if cell["value"] is None and element.get("t") != "str" and element.find(_FORMULA_TAG) is not None:
            cell["data_type"] = "lost"
        return cell

    def merges(self) -> tuple[tuple[int, int, int, int], ...]:
        """Merged ranges as (first row, first column, last row, last column)."""
        if not self.merged_cells:
            return ()
        ranges = self.merged_cells.mergeCell[:_MOST_MERGES]
        return tuple((area.min_row, area.min_col, area.max_row, area.max_col) for area in ranges)
