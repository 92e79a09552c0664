"""The order sheet as a whole: its rows read one by one, then checked against one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from lastmile_desktop.model import Depot, Severity, SheetProblem
from lastmile_desktop.sheets.cross_checks import PositionCheck, merge_item_rows, point_out_duplicates
from lastmile_desktop.sheets.grid import column_letter
from lastmile_desktop.sheets.lines import is_heading_or_legend, is_no_record
from lastmile_desktop.sheets.orders import OrderDraft, OrderReader
from lastmile_desktop.sheets.rows import SheetRow, Table
from lastmile_desktop.sheets.rule_links import link_orders
from lastmile_desktop.sheets.sheet_remarks import sheet_remark
from lastmile_desktop.sheets.values.dates import find_date

_PROGRESS_STEP = 250

Progress = Callable[[int, int], None]


class OrderSheet:
    """The rows of the order sheet, read and checked against one another."""

    def __init__(self, table: Table, depot: Depot | None, on_progress: Progress) -> None:
        self.table = table
        self.drafts: list[OrderDraft] = []
        self.problems: list[SheetProblem] = []
        self.skipped_lines = 0
        self._depot = depot
        self._on_progress = on_progress

    def read(self) -> None:
        """Fill ``drafts``, ``problems`` and ``skipped_lines``."""
        reader = OrderReader(self.table)
        drafts: list[OrderDraft] = []
        notes_rows: list[int] = []
        total = len(self.table.grid.rows)
        for done, (number, cells) in enumerate(self.table.grid.rows.items()):
            if done % _PROGRESS_STEP == 0:
                self._on_progress(done, total)
            if number <= self.table.header.last_row or is_no_record(self.table, cells):
                self.skipped_lines += 1
            elif is_heading_or_legend(self.table, cells):
                self.skipped_lines += 1
                notes_rows.append(number)
            else:
                drafts.append(reader.read(SheetRow(self.table, number, cells)))
        self._on_progress(total, total)
        self._count_blank_lines()
        drafts, item_rows = merge_item_rows(drafts, has_quantity=bool(self.table.columns.get("quantity")))
        self.skipped_lines += item_rows
        self.drafts = drafts
        self._check(reader)
        self._say_what_was_skipped(notes_rows, item_rows)

    def _count_blank_lines(self) -> None:
        grid = self.table.grid
        first = min(1, min(grid.rows, default=1))  # lines above a text file's heading have numbers below 1
        self.skipped_lines += grid.last_row - first + 1 - len(grid.rows)

    def _check(self, reader: OrderReader) -> None:
        point_out_duplicates(self.drafts)
        depot_location = self._depot.location if self._depot else None
        positions = PositionCheck(self.drafts, depot_location)
        grid, row = self.table.grid, self.table.header.row
        doubt = positions.doubt_about_depot()
        if doubt:
            self.problems.append(sheet_remark(grid, row, "bad_coords", doubt, Severity.ATTENTION))
        positions.check_each()
        link_orders(self.drafts)
        for draft in self.drafts:
            _tell_missing_place(draft)
            self.problems.extend(draft.row.problems)
        if reader.dates_were_guessed:
            self.problems.append(
                sheet_remark(
                    grid,
                    row,
                    "date_order",
                    "Dates such as 03/04 are read as day/month. Check the dates if they are month/day.",
                )
            )
        if reader.ranks_were_guessed:
            self.problems.append(
                sheet_remark(
                    grid, row, "priority_order", "Priority numbers are read with 1 as the most important."
                )
            )
        for column in self.table.columns.get("vehicle", ()):
            self.problems.append(
                sheet_remark(
                    grid,
                    row,
                    "unused_column",
                    f"Column {column_letter(column.number)} ({column.heading}) is not used: vehicles "
                    "are chosen when planning.",
                )
            )

    def _say_what_was_skipped(self, notes_rows: list[int], item_rows: int) -> None:
        grid = self.table.grid
        if notes_rows:
            shown = ", ".join(str(number) for number in notes_rows[:10]) + (
                " ..." if len(notes_rows) > 10 else ""
            )
            what = f"Row {shown} holds" if len(notes_rows) == 1 else f"Rows {shown} hold"
            self.problems.append(
                sheet_remark(
                    grid,
                    notes_rows[0],
                    "skipped_row",
                    f"{what} only a heading or a note, so no order was made.",
                )
            )
        if item_rows:
            self.problems.append(
                sheet_remark(
                    grid,
                    self.table.header.row,
                    "item_rows",
                    "1 row that only adds an item to an order above was joined with it."
                    if item_rows == 1
                    else f"{item_rows} rows that only add an item to an order above were joined with it.",
                )
            )

    def sheet_date(self) -> date | None:
        """The one delivery date of all orders, or the date in a line above the heading."""
        dates = Counter(draft.delivery_date for draft in self.drafts if draft.delivery_date)
        if dates:
            return next(iter(dates)) if len(dates) == 1 else None
        for number, cells in self.table.grid.rows.items():
            if number >= self.table.header.row:
                break
            for value in cells.values():
                found = (
                    value if isinstance(value, date) else find_date(value) if isinstance(value, str) else None
                )
                if found is not None:
                    return date(found.year, found.month, found.day)
        return None


def _tell_missing_place(draft: OrderDraft) -> None:
    if draft.position is not None:
        return
    if not draft.address:
        if not any(problem.category == "bad_coords" for problem in draft.row.problems):
            draft.row.attend(
                "",
                "missing_location",
                "There is neither an address nor a position, so this order cannot be planned. Add "
                "one of them.",
            )
    elif not any(problem.category == "bad_coords" for problem in draft.row.problems):
        draft.row.remark(
            "", "waiting_for_position", "The address has no position yet, so the order waits for one."
        )
