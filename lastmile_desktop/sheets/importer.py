"""Grids -> the import report: picks the sheets, reads the rows, runs the checks across rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lastmile_desktop.model import (
    Depot,
    ImportOptions,
    ImportReport,
    LineKind,
    Severity,
    SheetKind,
    SheetProblem,
    SheetSummary,
    Vehicle,
)
from lastmile_desktop.sheets.cross_checks import point_out_duplicates
from lastmile_desktop.sheets.depots import read_depots
from lastmile_desktop.sheets.grid import Grid, column_letter
from lastmile_desktop.sheets.layouts import column_number, layout_of, with_overrides
from lastmile_desktop.sheets.merged_cells import fill_down
from lastmile_desktop.sheets.order_sheet import (
    OrderSheet,
    Progress,
    hidden_rows_remark,
    skipped_lines,
    tell_missing_place,
)
from lastmile_desktop.sheets.orders import OrderDraft
from lastmile_desktop.sheets.position_check import PositionCheck
from lastmile_desktop.sheets.preview import preview_of
from lastmile_desktop.sheets.rows import Table
from lastmile_desktop.sheets.rule_links import link_orders
from lastmile_desktop.sheets.sheet_kinds import Candidate, choose_orders, classify_all
from lastmile_desktop.sheets.sheet_remarks import (
    grid_remarks,
    ignored_columns,
    joined_sheets_remark,
    other_sheet_remark,
    placeless_sheet_remark,
    sheet_remark,
)
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.vehicles import VehicleReader

#: Nothing was chosen by a person.
AS_FOUND = ImportOptions()


def import_grids(
    file_name: str, grids: Sequence[Grid], on_progress: Progress, options: ImportOptions = AS_FOUND
) -> ImportReport:
    """Understand all sheets of a file; the report has status "error" when nothing in it can be used."""
    return _Import(file_name, grids, on_progress, options).report()


class _Import:
    """One file's way from grids to the report."""

    def __init__(
        self, file_name: str, grids: Sequence[Grid], on_progress: Progress, options: ImportOptions
    ) -> None:
        self._file_name = file_name
        self._options = options
        self._on_progress = on_progress
        self._override_cells(grids)
        self._candidates = classify_all(grids, options)
        self._chosen = choose_orders(self._candidates, options)
        self._sheets: dict[int, OrderSheet] = {}
        self._problems: list[SheetProblem] = []

    def _override_cells(self, grids: Sequence[Grid]) -> None:
        for grid in grids:
            cells = {
                (cell.row, column_number(cell.column)): cell.text
                for cell in self._options.overrides
                if cell.sheet == grid.name and column_number(cell.column)
            }
            if cells:
                with_overrides(grid, cells)

    def report(self) -> ImportReport:
        """Read what was chosen."""
        self._drop_other_orders()
        if all(candidate.kind is SheetKind.IGNORED for candidate in self._candidates):
            return self._refused(_nothing_found(self._file_name, self._candidates))
        for candidate in self._chosen:
            if candidate.header is not None:
                fill_down(candidate.grid, candidate.header)
        self._remark_on_sheets()
        depots, vehicles = self._read_fleet()
        drafts = self._read_orders(depots[0] if depots else None)
        if self._chosen and not drafts and not vehicles and not depots:
            return self._refused(self._no_rows())
        problems = [*self._problems, *(problem for draft in drafts for problem in draft.row.problems)]
        return replace(
            self._empty_report(),
            sheets=tuple(self._summary(candidate) for candidate in self._candidates),
            orders=tuple(draft.finished() for draft in drafts),
            vehicles=tuple(vehicles),
            depots=tuple(depots),
            problems=self._sorted(problems),
            skipped_lines=skipped_lines(list(self._sheets.values())),
            sheet_date=_only_date(list(self._sheets.values())),
        )

    def _empty_report(self) -> ImportReport:
        grid = self._candidates[0].grid if self._candidates else None
        return ImportReport(
            self._file_name,
            encoding=grid.encoding if grid else "",
            delimiter=grid.delimiter if grid else "",
        )

    def _refused(self, message: str) -> ImportReport:
        """With a preview, so that a person can say where the orders are."""
        sheets: tuple[SheetSummary, ...] = ()
        if self._options.with_preview:
            sheets = tuple(self._summary(replace_kind(candidate)) for candidate in self._candidates)
        return replace(self._empty_report(), status="error", message=message, sheets=sheets)

    def _no_rows(self) -> str:
        candidate = self._chosen[0]
        row = candidate.header.row if candidate.header else 1
        return (
            f"“{self._file_name}” has headings in row {row} of sheet “{candidate.grid.name}”, "
            "but no orders below them."
        )

    def _drop_other_orders(self) -> None:
        for candidate in self._candidates:
            if candidate.kind is SheetKind.ORDERS and not _is_among(candidate, self._chosen):
                candidate.kind = SheetKind.IGNORED
                self._problems.append(other_sheet_remark(candidate, self._chosen))
            elif candidate.kind is SheetKind.IGNORED and self._chosen and not self._chosen[0].known:
                remark = placeless_sheet_remark(candidate)
                self._problems.extend([remark] if remark else [])
        if len(self._chosen) > 1:
            self._problems.append(joined_sheets_remark(self._chosen))

    def _remark_on_sheets(self) -> None:
        said: set[str] = set()
        for candidate in self._candidates:
            if candidate.kind is SheetKind.IGNORED:
                continue
            for problem in grid_remarks(candidate):
                if problem.category != "hidden_sheet" or problem.message not in said:
                    self._problems.append(problem)
                said.add(problem.message)

    def _read_orders(self, depot: Depot | None) -> list[OrderDraft]:
        drafts: list[OrderDraft] = []
        for candidate in self._chosen:
            if candidate.header is None:
                continue
            aside = {row for sheet, row in self._options.set_aside if sheet == candidate.grid.name}
            sheet = OrderSheet(
                Table(candidate.grid, candidate.header),
                self._on_progress,
                visible_only=candidate.visible_only,
                set_aside=aside,
                options=self._options,
            )
            sheet.read()
            self._sheets[id(candidate.grid)] = sheet
            hidden = hidden_rows_remark(sheet, visible_only=candidate.visible_only)
            self._problems.extend([hidden] if hidden else [])
            self._problems.extend(sheet.problems)
            drafts.extend(sheet.drafts)
        self._check_across(drafts, depot)
        return drafts

    def _check_across(self, drafts: list[OrderDraft], depot: Depot | None) -> None:
        if not drafts:
            return
        point_out_duplicates(drafts)
        positions = PositionCheck(drafts, depot.location if depot else None)
        first = self._chosen[0]
        row = first.header.row if first.header else 1
        self._problems.extend(
            sheet_remark(first.grid, row, "bad_coords", doubt, Severity.ATTENTION)
            for doubt in positions.doubts()
        )
        positions.check_each()
        link_orders(drafts)
        for draft in drafts:
            tell_missing_place(draft)

    def _read_fleet(self) -> tuple[list[Depot], list[Vehicle]]:
        depots: list[Depot] = []
        vehicles: list[Vehicle] = []
        for candidate in self._candidates:
            if candidate.kind is SheetKind.DEPOTS and candidate.header:
                found, remarks = read_depots(Table(candidate.grid, candidate.header))
                taken = {depot.key for depot in depots}
                depots.extend(depot for depot in found if depot.key not in taken)
                self._problems.extend(remarks)
        read_from = ""
        for candidate in self._candidates:
            if candidate.kind is not SheetKind.VEHICLES or candidate.header is None:
                continue
            if vehicles:
                message = (
                    f"Sheet “{candidate.grid.name}” also holds vehicles, but only those of “{read_from}” are "
                    "imported. Put all vehicles on one sheet."
                )
                row = candidate.header.row
                self._problems.append(
                    sheet_remark(candidate.grid, row, "other_sheet", message, Severity.ATTENTION)
                )
                candidate.kind = SheetKind.IGNORED
            else:
                read_from = candidate.grid.name
                reader = VehicleReader(Table(candidate.grid, candidate.header), depots)
                reader.read_all()
                vehicles, depots = reader.vehicles, reader.depots
                self._problems.extend(reader.problems)
        return depots, vehicles

    def _summary(self, candidate: Candidate) -> SheetSummary:
        grid, header = candidate.grid, candidate.header
        sheet = self._sheets.get(id(grid))
        preview = None
        if self._options.with_preview:
            kinds: dict[int, LineKind] = sheet.kinds if sheet else {}
            preview = preview_of(grid, kinds)
        if candidate.kind is SheetKind.IGNORED or header is None:
            return SheetSummary(
                grid.name, SheetKind.IGNORED, None, hidden_sheet=grid.is_hidden, preview=preview
            )
        return SheetSummary(
            grid.name,
            candidate.kind,
            None if header.is_missing else header.row,
            columns=tuple((column_letter(column.number), column.field) for column in header.columns),
            layout=layout_of(grid, candidate.kind.value, header, visible_only=candidate.visible_only),
            confidence=tuple((column_letter(column.number), column.confidence) for column in header.columns),
            known=candidate.known,
            hidden_sheet=grid.is_hidden,
            preview=preview,
            ignored=ignored_columns(grid, header),
        )

    def _sorted(self, problems: Sequence[SheetProblem]) -> tuple[SheetProblem, ...]:
        order = {candidate.grid.name: number for number, candidate in enumerate(self._candidates)}
        return tuple(
            sorted(problems, key=lambda problem: (order.get(problem.sheet, 99), problem.row, problem.column))
        )


def replace_kind(candidate: Candidate) -> Candidate:
    """The sheet as one that nothing was read from."""
    return replace(candidate, kind=SheetKind.IGNORED)


def _is_among(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    return any(candidate is other for other in chosen)


def _only_date(sheets: Sequence[OrderSheet]) -> date | None:
    dates = {sheet.sheet_date() for sheet in sheets}
    return next(iter(dates)) if len(dates) == 1 else None


def _nothing_found(file_name: str, candidates: Sequence[Candidate]) -> str:
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
