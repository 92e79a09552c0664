"""Grids -> the import report: picks the sheets, reads the rows, runs the checks across rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lastmile_desktop.model import (
    Depot,
    ImportReport,
    Severity,
    SheetKind,
    SheetProblem,
    SheetSummary,
    Vehicle,
)
from lastmile_desktop.model.sheet_layout import PLAN_SHEET_MARK, ImportOptions
from lastmile_desktop.sheets.columns import matcher_for
from lastmile_desktop.sheets.depots import read_depots
from lastmile_desktop.sheets.grid import Grid, column_letter
from lastmile_desktop.sheets.header import Header, find_header
from lastmile_desktop.sheets.order_sheet import OrderSheet, Progress
from lastmile_desktop.sheets.refusal import RefusedFileError
from lastmile_desktop.sheets.rows import Table
from lastmile_desktop.sheets.sheet_remarks import sheet_remark, unknown_columns_remark
from lastmile_desktop.sheets.text import heading_name, word_set
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.vehicles import VehicleReader
from lastmile_desktop.sheets.words import line_words

_PLACE_FIELDS = frozenset(["address", "street", "coordinates", "lat", "lon", "postcode", "town"])
_VEHICLE_SIGNS = word_set(
    "capacity capacity_kg capacity_m3 driver shift_start shift_end shift max_stops max_distance "
    "max_duration cost_per_km fixed_cost cost_per_hour break_minutes"
)
_NAME_BONUS = 4.0
#: Nothing was chosen by a person.
AS_FOUND = ImportOptions()


@dataclass(slots=True)
class _Candidate:
    grid: Grid
    kind: SheetKind
    header: Header | None

    @property
    def score(self) -> float:
        return self.header.score if self.header else 0.0


def import_grids(
    file_name: str, grids: Sequence[Grid], on_progress: Progress, options: ImportOptions = AS_FOUND
) -> ImportReport:
    """Understand all sheets of a file. Raises RefusedFileError when there is nothing that can be used."""
    candidates = [
        _Candidate(grid, SheetKind.IGNORED, None)
        if (grid.is_hidden or _is_our_plan(grid)) and not _is_chosen(grid, options)
        else _classify(grid, single=len(grids) == 1)
        for grid in grids
    ]
    orders = _best_orders(candidates)
    problems: list[SheetProblem] = []
    for candidate in candidates:
        if candidate.kind is SheetKind.ORDERS and candidate is not orders:
            candidate.kind = SheetKind.IGNORED
            row = candidate.header.row if candidate.header else 1
            problems.append(
                sheet_remark(
                    candidate.grid,
                    row,
                    "other_sheet",
                    f"Sheet “{candidate.grid.name}” also looks like orders; only “{orders.grid.name}” "
                    "is imported.",
                )
                if orders
                else sheet_remark(
                    candidate.grid, row, "other_sheet", f"Sheet “{candidate.grid.name}” is not imported."
                )
            )
    if all(candidate.kind is SheetKind.IGNORED for candidate in candidates):
        raise RefusedFileError(_nothing_found(file_name, candidates))
    for candidate in candidates:
        if candidate.kind is not SheetKind.IGNORED:
            said = {problem.message for problem in problems if problem.category == "hidden_sheet"}
            problems.extend(found for found in _grid_remarks(candidate) if found.message not in said)
    depots, vehicles = _read_fleet(candidates, problems)
    report = ImportReport(file_name, sheets=tuple(_summary(candidate) for candidate in candidates))
    if orders is None or orders.header is None:
        return replace(
            report, vehicles=tuple(vehicles), depots=tuple(depots), problems=_sorted(problems, candidates)
        )
    taken = OrderSheet(Table(orders.grid, orders.header), depots[0] if depots else None, on_progress)
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


def _is_our_plan(grid: Grid) -> bool:
    """True for a sheet that this program wrote into a copy of the user's workbook: it holds no orders."""
    return as_text(grid.rows.get(1, {}).get(1)).startswith(PLAN_SHEET_MARK)


def _is_chosen(grid: Grid, options: ImportOptions) -> bool:
    return options.orders_sheet == grid.name or options.layout_of(grid.name) is not None


def _classify(grid: Grid, *, single: bool) -> _Candidate:
    hints = {kind for kind, text in line_words.SHEET_NAME_WORDS.items() if _named_like(grid.name, text)}
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
    found = f" (its first line reads: {', '.join(names)})" if names else ""
    return (
        f"“{file_name}” has no heading line with an address or coordinates column, so no orders can be found "
        f"in it{found}. Write headings such as Address, or Latitude and Longitude, above the columns."
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
    read_from = ""
    for candidate in candidates:
        if candidate.kind is not SheetKind.VEHICLES or candidate.header is None:
            continue
        if vehicles:
            message = (
                f"Sheet “{candidate.grid.name}” also holds vehicles, but only those of “{read_from}” are "
                "imported. Put all vehicles on one sheet."
            )
            problems.append(
                sheet_remark(candidate.grid, candidate.header.row, "other_sheet", message, Severity.ATTENTION)
            )
            candidate.kind = SheetKind.IGNORED
        else:
            read_from = candidate.grid.name
            reader = VehicleReader(Table(candidate.grid, candidate.header), depots)
            reader.read_all()
            vehicles, depots = reader.vehicles, reader.depots
            problems.extend(reader.problems)
    return depots, vehicles


def _grid_remarks(candidate: _Candidate) -> list[SheetProblem]:
    grid = candidate.grid
    header_row = candidate.header.row if candidate.header else 1
    found = [sheet_remark(grid, row, category, message) for row, category, message in grid.remarks]
    unknown = candidate.header and unknown_columns_remark(grid, candidate.header, candidate.kind.value)
    if unknown:
        found.append(unknown)
    hidden = sum(1 for number in grid.hidden_rows if number in grid.rows and number > header_row)
    if hidden:
        what = "1 row is" if hidden == 1 else f"{hidden} rows are"
        found.append(
            sheet_remark(
                grid, header_row, "hidden_rows", f"{what} hidden in the sheet and imported all the same."
            )
        )
    if grid.truncated_after_row is not None:
        found.append(
            sheet_remark(
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
