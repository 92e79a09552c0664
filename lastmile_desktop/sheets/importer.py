"""Grids -> the import report: picks the sheets, reads the rows, runs the checks across rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lastmile_desktop.model import (
    Depot,
    ImportReport,
    Severity,
    SheetKind,
    SheetProblem,
    SheetSummary,
    Vehicle,
)
from lastmile_desktop.sheets import vocabulary
from lastmile_desktop.sheets.columns import matcher_for
from lastmile_desktop.sheets.cross_checks import PositionCheck, merge_item_rows, point_out_duplicates
from lastmile_desktop.sheets.depots import read_depots
from lastmile_desktop.sheets.grid import Grid, column_letter
from lastmile_desktop.sheets.header import Header, find_header
from lastmile_desktop.sheets.lines import is_heading_or_legend, is_no_record
from lastmile_desktop.sheets.orders import OrderDraft, OrderReader
from lastmile_desktop.sheets.refusal import RefusedFileError
from lastmile_desktop.sheets.rows import SheetRow, Table
from lastmile_desktop.sheets.text import heading_name, word_set
from lastmile_desktop.sheets.values.dates import find_date
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.vehicles import VehicleReader

_PLACE_FIELDS = frozenset(["address", "street", "coordinates", "lat", "lon", "postcode", "town"])
_VEHICLE_SIGNS = word_set(
    "capacity capacity_kg capacity_m3 driver shift_start shift_end shift max_stops max_distance "
    "max_duration cost_per_km fixed_cost cost_per_hour break_minutes"
)
_NAME_BONUS = 4.0
_PROGRESS_STEP = 250

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Candidate:
    grid: Grid
    kind: SheetKind
    header: Header | None

    @property
    def score(self) -> float:
        return self.header.score if self.header else 0.0


def import_grids(file_name: str, grids: Sequence[Grid], on_progress: Progress) -> ImportReport:
    """Understand all sheets of a file. Raises RefusedFileError when there is nothing that can be used."""
    candidates = [_classify(grid, single=len(grids) == 1) for grid in grids]
    orders = _best_orders(candidates)
    problems: list[SheetProblem] = []
    for candidate in candidates:
        if candidate.kind is SheetKind.ORDERS and candidate is not orders:
            candidate.kind = SheetKind.IGNORED
            row = candidate.header.row if candidate.header else 1
            problems.append(
                _sheet_remark(
                    candidate.grid,
                    row,
                    "other_sheet",
                    f"Sheet “{candidate.grid.name}” also looks like orders; only “{orders.grid.name}” "
                    "is imported.",
                )
                if orders
                else _sheet_remark(
                    candidate.grid, row, "other_sheet", f"Sheet “{candidate.grid.name}” is not imported."
                )
            )
    if all(candidate.kind is SheetKind.IGNORED for candidate in candidates):
        raise RefusedFileError(_nothing_found(file_name, candidates))
    for candidate in candidates:
        if candidate.kind is not SheetKind.IGNORED:
            problems.extend(_grid_remarks(candidate))
    depots, vehicles = _read_fleet(candidates, problems)
    report = ImportReport(file_name, sheets=tuple(_summary(candidate) for candidate in candidates))
    if orders is None or orders.header is None:
        return replace(
            report, vehicles=tuple(vehicles), depots=tuple(depots), problems=_sorted(problems, candidates)
        )
    taken = _OrderSheet(Table(orders.grid, orders.header), depots[0] if depots else None, on_progress)
    taken.read()
    if not taken.drafts and not vehicles and not depots:
        raise RefusedFileError(
            f"“{file_name}” has headings in row {orders.header.row} of sheet “{orders.grid.name}”, "
            "but no orders below them."
        )
    finished = tuple(draft.finished() for draft in taken.drafts)
    problems.extend(taken.problems)
    return replace(
        report,
        orders=finished,
        vehicles=tuple(vehicles),
        depots=tuple(depots),
        problems=_sorted(problems, candidates),
        skipped_lines=taken.skipped_lines,
        sheet_date=taken.sheet_date(),
    )


def _classify(grid: Grid, *, single: bool) -> _Candidate:
    hints = {kind for kind, text in vocabulary.SHEET_NAME_WORDS.items() if _named_like(grid.name, text)}
    found: dict[SheetKind, tuple[float, Header]] = {}
    for kind in (SheetKind.ORDERS, SheetKind.VEHICLES, SheetKind.DEPOTS):
        header = find_header(grid, matcher_for(kind.value))
        if header is None:
            continue
        named = kind.value in hints and not (single and kind is SheetKind.DEPOTS)
        fields = header.fields
        if kind is SheetKind.ORDERS and not fields & _PLACE_FIELDS:
            continue
        if kind is SheetKind.VEHICLES and not (
            len(fields & _VEHICLE_SIGNS) >= 2 or (named and fields & {"name", "driver"})
        ):
            continue
        if kind is SheetKind.DEPOTS and not (named and fields & _PLACE_FIELDS):
            continue
        score = header.score + (_NAME_BONUS if named else 0.0)
        if kind is SheetKind.VEHICLES and not named and fields & {"address", "street", "postcode", "town"}:
            score -= _NAME_BONUS
        found[kind] = (score, header)
    if not found:
        return _Candidate(grid, SheetKind.IGNORED, None)
    best = max(found, key=lambda kind: found[kind][0])
    return _Candidate(grid, best, found[best][1])


def _named_like(name: str, words: str) -> bool:
    named = heading_name(name).full
    known = {heading_name(word).full for word in words.split("|")}
    return any(named[i : i + 1] in known for i in range(len(named))) or named in known


def _best_orders(candidates: Sequence[_Candidate]) -> _Candidate | None:
    with_rows = [
        candidate
        for candidate in candidates
        if candidate.kind is SheetKind.ORDERS
        and candidate.header
        and candidate.grid.last_row > candidate.header.last_row
    ]
    pool = with_rows or [candidate for candidate in candidates if candidate.kind is SheetKind.ORDERS]
    return max(pool, key=lambda candidate: round(candidate.score, 1), default=None)


def _nothing_found(file_name: str, candidates: Sequence[_Candidate]) -> str:
    filled = [candidate.grid for candidate in candidates if candidate.grid.rows]
    if not filled:
        return f"“{file_name}” holds no rows at all."
    first_row = next(iter(filled[0].rows.values()))
    names = [as_text(value)[:30] for value in first_row.values() if as_text(value)][:8]
    return (
        f"“{file_name}” has no column with an address or coordinates, so no orders can be found in it "
        f"(its first line reads: {', '.join(names)})."
    )


def _read_fleet(
    candidates: Sequence[_Candidate], problems: list[SheetProblem]
) -> tuple[list[Depot], list[Vehicle]]:
    depots: list[Depot] = []
    vehicles: list[Vehicle] = []
    for candidate in candidates:
        if candidate.kind is SheetKind.DEPOTS and candidate.header:
            found, remarks = read_depots(Table(candidate.grid, candidate.header))
            taken = {depot.key for depot in depots}
            depots.extend(depot for depot in found if depot.key not in taken)
            problems.extend(remarks)
    for candidate in candidates:
        if candidate.kind is SheetKind.VEHICLES and candidate.header and not vehicles:
            reader = VehicleReader(Table(candidate.grid, candidate.header), depots)
            reader.read_all()
            vehicles, depots = reader.vehicles, reader.depots
            problems.extend(reader.problems)
    return depots, vehicles


class _OrderSheet:
    """The rows of the order sheet, read and checked against one another."""

    def __init__(self, table: Table, depot: Depot | None, on_progress: Progress) -> None:
        self.table = table
        self.drafts: list[OrderDraft] = []
        self.problems: list[SheetProblem] = []
        self.skipped_lines = 0
        self._depot = depot
        self._on_progress = on_progress

    def read(self) -> None:
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
        if positions.exchange_all_if_needed():
            self.problems.append(
                _sheet_remark(
                    grid,
                    row,
                    "bad_coords",
                    "The latitude and longitude columns are exchanged; they are used the other way round.",
                )
            )
        positions.check_each()
        for draft in self.drafts:
            _tell_missing_place(draft)
            self.problems.extend(draft.row.problems)
        if reader.dates_were_guessed:
            self.problems.append(
                _sheet_remark(
                    grid,
                    row,
                    "date_order",
                    "Dates such as 03/04 are read as day/month. Check the dates if they are month/day.",
                )
            )
        if reader.ranks_were_guessed:
            self.problems.append(
                _sheet_remark(
                    grid, row, "priority_order", "Priority numbers are read with 1 as the most important."
                )
            )
        self._tell_unknown_columns()
        for column in self.table.columns.get("vehicle", ()):
            self.problems.append(
                _sheet_remark(
                    grid,
                    row,
                    "unused_column",
                    f"Column {column_letter(column.number)} ({column.heading}) is not used: vehicles "
                    "are chosen when planning.",
                )
            )

    def _tell_unknown_columns(self) -> None:
        """A column that holds something and was not understood: nobody should believe that it counts."""
        header = self.table.header
        known = {column.number for column in header.columns}
        matcher = matcher_for(SheetKind.ORDERS.value)
        unknown = [
            f"{column_letter(number)} ({' '.join(text.split())[:30]})"
            for number, text in sorted(header.headings.items())
            if number not in known
            and not matcher.is_foreign(heading_name(text))
            and any(True for _ in self.table.grid.column_values(number, header.last_row, limit=1))
        ]
        if unknown:
            shown = ", ".join(unknown[:6]) + (f" and {len(unknown) - 6} more" if len(unknown) > 6 else "")
            what = f"Column {shown} is" if len(unknown) == 1 else f"Columns {shown} are"
            message = f"{what} not recognised and not used."
            self.problems.append(_sheet_remark(self.table.grid, header.row, "unknown_column", message))

    def _say_what_was_skipped(self, notes_rows: list[int], item_rows: int) -> None:
        grid = self.table.grid
        if notes_rows:
            shown = ", ".join(str(number) for number in notes_rows[:10]) + (
                " ..." if len(notes_rows) > 10 else ""
            )
            what = f"Row {shown} holds" if len(notes_rows) == 1 else f"Rows {shown} hold"
            self.problems.append(
                _sheet_remark(
                    grid,
                    notes_rows[0],
                    "skipped_row",
                    f"{what} only a heading or a note, so no order was made.",
                )
            )
        if item_rows:
            self.problems.append(
                _sheet_remark(
                    grid,
                    self.table.header.row,
                    "item_rows",
                    f"{item_rows} rows that only add an item to an order above were joined with it.",
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


def _sheet_remark(
    grid: Grid, row: int, category: str, message: str, severity: Severity = Severity.INFO
) -> SheetProblem:
    return SheetProblem(grid.name, row, "", "", severity, category, message)


def _grid_remarks(candidate: _Candidate) -> list[SheetProblem]:
    grid = candidate.grid
    header_row = candidate.header.row if candidate.header else 1
    found = [_sheet_remark(grid, row, category, message) for row, category, message in grid.remarks]
    hidden = sum(1 for number in grid.hidden_rows if number in grid.rows and number > header_row)
    if hidden:
        what = "1 row is" if hidden == 1 else f"{hidden} rows are"
        found.append(
            _sheet_remark(
                grid, header_row, "hidden_rows", f"{what} hidden in the sheet and imported all the same."
            )
        )
    if grid.truncated_after_row is not None:
        found.append(
            _sheet_remark(
                grid,
                grid.truncated_after_row,
                "too_many_rows",
                f"Only the first {len(grid.rows):,} filled rows are read; everything below row "
                f"{grid.truncated_after_row} is left out.",
                Severity.ERROR,
            )
        )
    return found


def _summary(candidate: _Candidate) -> SheetSummary:
    if candidate.kind is SheetKind.IGNORED or candidate.header is None:
        return SheetSummary(candidate.grid.name, SheetKind.IGNORED, None)
    columns = tuple((column_letter(column.number), column.field) for column in candidate.header.columns)
    return SheetSummary(candidate.grid.name, candidate.kind, candidate.header.row, columns)


def _sorted(problems: Sequence[SheetProblem], candidates: Sequence[_Candidate]) -> tuple[SheetProblem, ...]:
    order = {candidate.grid.name: number for number, candidate in enumerate(candidates)}
    return tuple(
        sorted(problems, key=lambda problem: (order.get(problem.sheet, 99), problem.row, problem.column))
    )
