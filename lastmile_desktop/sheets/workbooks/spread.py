"""Sheets whose values lie too far apart to be read as one rectangle: clipped with a remark, or refused."""

from __future__ import annotations

from lastmile_desktop.sheets.grid import Grid, column_letter
from lastmile_desktop.sheets.refusal import FilledBlockOffered, RefusedFileError
from lastmile_desktop.sheets.workbooks.marks import MAX_AREA, MAX_STRAYS, SheetMarks


def check_spread(marks: SheetMarks, sheet: str, file_name: str, *, filled_block_only: bool) -> None:
    """Raise FilledBlockOffered for a sheet with much beyond its table, unless only that is wanted."""
    if filled_block_only or marks.is_compact:
        return
    if marks.far_count + marks.rows_below_gap <= MAX_STRAYS:
        return  # a few stray values: the table is read, and a remark names them
    last_row, last_column = max(marks.filled_rows), max(marks.filled_columns)
    raise FilledBlockOffered(
        f"The values on sheet “{sheet}” of “{file_name}” reach to cell "
        f"{column_letter(last_column)}{last_row}, far beyond any list of orders, so the file is not read. "
        "Delete what lies outside the table, or choose to read the filled block only (--filled-block)."
    )


def check_area(marks: SheetMarks, sheet: str, file_name: str) -> None:
    """Raise RefusedFileError for a sheet of which even the block would not fit the memory."""
    if marks.area > MAX_AREA and not marks.far_count and not marks.rows_below_gap:
        raise RefusedFileError(too_many_cells(file_name, sheet))


def too_many_cells(file_name: str, sheet: str) -> str:
    """The sentence for a sheet with more filled cells than can be read safely."""
    return (
        f"Sheet “{sheet}” of “{file_name}” holds millions of filled cells, far more than a day's orders. "
        "Copy the rows of the day into a new workbook and import that."
    )


def remark_strays(grid: Grid, marks: SheetMarks) -> None:
    """Say which values far from the table were not read."""
    end = marks.block_end()
    places = [f"{column_letter(column)}{row}" for row, column in marks.far if row <= end]
    places += [f"row {row:,}" for row in sorted(set(marks.filled_rows)) if row > end]
    if not places:
        return
    more = marks.far_count + marks.rows_below_gap - min(3, len(places))
    shown = ", ".join(places[:3]) + (f" and {more:,} more" if more > 0 else "")
    grid.remarks.append(
        (1, "stray_cells", f"Far from the table there are values that were not read ({shown}).")
    )
