"""One orders sheet: its lines sorted, its orders read one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date

from lastmile_desktop.model import ImportOptions, LineKind, Severity, SheetProblem
from lastmile_desktop.sheets.attribute_cells import attribute_cells
from lastmile_desktop.sheets.grid import column_letter
from lastmile_desktop.sheets.item_rows import ItemMerger
from lastmile_desktop.sheets.line_kinds import LineSorter
from lastmile_desktop.sheets.order_dates import title_date
from lastmile_desktop.sheets.orders import OrderDraft, OrderReader
from lastmile_desktop.sheets.row_doubts import point_out_cancelled, point_out_lone_texts
from lastmile_desktop.sheets.rows import SheetRow, Table
from lastmile_desktop.sheets.sheet_remarks import sheet_remark

_PROGRESS_STEP = 250
_MOST_ROWS_NAMED = 10
_LONG_ROW = (
    "This line has more values than the heading line: a separator within a value has probably shifted the "
    "values behind it. Please compare the order with the sheet."
)
_NO_ORDER = (LineKind.SECTION, LineKind.NOTE)

Progress = Callable[[int, int], None]


class OrderSheet:
    """The lines of one orders sheet. ``kinds`` says what each filled line was taken for."""

    def __init__(
        self,
        table: Table,
        on_progress: Progress,
        *,
        visible_only: bool,
        set_aside: Collection[int],
        options: ImportOptions,
    ) -> None:
        self.table = table
        self.drafts: list[OrderDraft] = []
        self.problems: list[SheetProblem] = []
        self.kinds: dict[int, LineKind] = {}
        self._on_progress = on_progress
        self._visible_only = visible_only
        self._set_aside = set_aside
        self._options = options
        self._reader: OrderReader | None = None

    def read(self) -> None:
        """Fill ``drafts``, ``problems`` and ``kinds``; the checks across rows come later."""
        sorter = LineSorter(self.table, visible_only=self._visible_only, set_aside=self._set_aside)
        self.kinds = sorter.sort()
        inside, extra = attribute_cells(self.table)
        for column in inside:
            self.table.columns[column.field].append(column)
        self._reader = OrderReader(self.table, self._options)
        rows = self.table.grid.rows
        drafts: list[OrderDraft] = []
        for done, (number, cells) in enumerate(rows.items()):
            if done % _PROGRESS_STEP == 0:
                self._on_progress(done, len(rows))
            if self.kinds[number] in (LineKind.ORDER, LineKind.ITEM):
                drafts.append(
                    self._reader.read(SheetRow(self.table, number, {**cells, **extra.get(number, {})}))
                )
        for draft in drafts:
            if draft.row.number in self.table.grid.long_rows:
                draft.row.attend("", "long_row", _LONG_ROW)
        self._on_progress(len(rows), len(rows))
        continuing = [number for number, kind in self.kinds.items() if kind is LineKind.ITEM]
        merger = ItemMerger(self.table, continuing, sorter.addressed)
        self.drafts = merger.merged(drafts)
        point_out_cancelled(self.table, self.drafts)
        point_out_lone_texts(self.table, self.drafts)
        for number in merger.items:
            self.kinds[number] = LineKind.ITEM
        self._say_what_was_skipped(sorter.doubtful_sums, len(merger.items))
        self._say_what_was_guessed()

    def _say_what_was_skipped(self, sums: Sequence[int], item_rows: int) -> None:
        grid = self.table.grid
        notes = [number for number, kind in self.kinds.items() if kind in _NO_ORDER]
        if notes:
            what = _rows_named(notes, "holds", "hold")
            self.problems.append(
                sheet_remark(
                    grid,
                    notes[0],
                    "skipped_row",
                    f"{what} only a heading or a note, so no order was made.",
                )
            )
        if sums:
            what = _rows_named(sums, "holds", "hold")
            self.problems.append(
                sheet_remark(
                    grid, sums[0], "skipped_row", f"{what} only numbers, like a sum, so no order was made."
                )
            )
        if item_rows:
            what = "1 row that only adds an item to an order above was joined with it."
            if item_rows > 1:
                what = f"{item_rows} rows that only add an item to an order above were joined with it."
            self.problems.append(sheet_remark(grid, self.table.header.row, "item_rows", what))

    def _say_what_was_guessed(self) -> None:
        grid, row = self.table.grid, self.table.header.row
        reader = self._reader
        said = [] if reader is None else reader.remarks(self.drafts)
        self.problems.extend(sheet_remark(grid, row, *remark) for remark in said)
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

    def sheet_date(self) -> date | None:
        """The one delivery date of all orders, or the date in a line above the heading."""
        dates = Counter(draft.delivery_date for draft in self.drafts if draft.delivery_date)
        if dates:
            return next(iter(dates)) if len(dates) == 1 else None
        return title_date(self.table)


def tell_missing_place(draft: OrderDraft) -> None:
    """Mark an order without any place, and remark on one whose address has no position yet."""
    if draft.position is not None:
        return
    if any(problem.category == "bad_coords" for problem in draft.row.problems):
        return
    if draft.address:
        text = "The address has no position yet, so the order waits for one."
        draft.row.remark("", "waiting_for_position", text)
    else:
        text = "There is neither an address nor a position, so this order cannot be planned. Add one of them."
        draft.row.attend("", "missing_location", text)


def hidden_rows_remark(sheet: OrderSheet, *, visible_only: bool) -> SheetProblem | None:
    """What became of the rows that Excel does not show."""
    grid = sheet.table.grid
    taken = (LineKind.HIDDEN,) if visible_only else (LineKind.ORDER, LineKind.ITEM)
    hidden = sum(sheet.kinds.get(number) in taken for number in grid.hidden_rows if number in grid.rows)
    if not hidden:
        return None
    what = "1 row is" if hidden == 1 else f"{hidden} rows are"
    why = "by a filter" if grid.has_filter else "in the sheet"
    how = "and not imported" if visible_only else "and imported all the same"
    return sheet_remark(
        grid, sheet.table.header.row, "hidden_rows", f"{what} hidden {why} {how}.", Severity.INFO
    )


def _rows_named(rows: Sequence[int], one: str, many: str) -> str:
    shown = ", ".join(str(number) for number in rows[:_MOST_ROWS_NAMED])
    more = " ..." if len(rows) > _MOST_ROWS_NAMED else ""
    return f"Row {shown} {one}" if len(rows) == 1 else f"Rows {shown}{more} {many}"


def skipped_lines(sheets: Sequence[OrderSheet]) -> int:
    """Lines that are no orders, blank ones between filled ones included; each line of a worksheet once."""
    skipped = sum(kind is not LineKind.ORDER for sheet in sheets for kind in sheet.kinds.values())
    by_name: dict[str, list[int]] = {}
    for sheet in sheets:
        by_name.setdefault(sheet.table.grid.name, []).extend(sheet.table.grid.rows)
    for rows in by_name.values():
        first = min(1, min(rows, default=1))  # lines above a text file's heading have numbers below 1
        skipped += max(rows, default=0) - first + 1 - len(rows)
    return skipped
