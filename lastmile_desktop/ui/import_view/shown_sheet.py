"""One reading of a file, prepared on a worker for the page: which lines to show, and what is where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lastmile_desktop.model import (
    ImportOptions,
    ImportReport,
    LineKind,
    Severity,
    SheetPreview,
    SheetProblem,
    SheetSummary,
)
from lastmile_desktop.pipeline.import_judgement import Doubts, ImportCounts, count_lines, doubts_about
from lastmile_desktop.pipeline.sheet_choices import (
    column_number,
    order_sheet_names,
    orders_sheet,
    preview_of_sheet,
)

#: Longer stretches of blank rows are not shown: a stray cell far below would push everything out of sight.
_SHOWN_BLANKS = 5
_NOTHING = SheetPreview()


@dataclass(frozen=True)
class ShownSheet:
    """The sheet on the page. Lines are counted as shown (from 0), rows as in the sheet (from 1).

    ``rows`` gives the row of each line, ``places`` its place in the preview, None for a blank one;
    ``line_of`` goes back from rows. ``problems`` are those of each row.
    """

    name: str = ""
    summary: SheetSummary | None = None
    preview: SheetPreview = _NOTHING
    rows: tuple[int, ...] = ()
    places: tuple[int | None, ...] = ()
    line_of: Mapping[int, int] = field(default_factory=dict)
    fields: Mapping[int, str] = field(default_factory=dict)
    confidence: Mapping[int, int] = field(default_factory=dict)
    heading_rows: range = range(0)
    problems: Mapping[int, tuple[SheetProblem, ...]] = field(default_factory=dict)

    def kind(self, line: int) -> LineKind | None:
        """What a line was taken for, None for a blank one."""
        place = self.places[line]
        return None if place is None else self.preview.kinds[place]

    def text(self, row: int, column: int) -> str:
        """The text of a cell by its row and column (from 1) in the sheet."""
        line = self.line_of.get(row)
        place = None if line is None else self.places[line]
        if place is None:
            return ""
        cells = self.preview.cells(place)
        return cells[column - 1] if column <= len(cells) else ""

    def worst(self, row: int, column: int = 0) -> Severity | None:
        """The gravest remark on a row (``column`` 0) or on one of its cells (from 1)."""
        found = [
            problem.severity
            for problem in self.problems.get(row, ())
            if not column or (problem.column and column_number(problem.column) == column)
        ]
        return next((severity for severity in Severity if severity in found), None)


@dataclass(frozen=True)
class Reading:
    """A finished reading with all that the page says about it."""

    options: ImportOptions
    report: ImportReport
    sheet: ShownSheet
    counts: ImportCounts
    doubts: Doubts


def reading_of(options: ImportOptions, report: ImportReport, view: str = "") -> Reading:
    """Prepare a report for the page; some ten milliseconds for a sheet of 20,000 rows, so on a worker.

    ``view`` is the sheet to show, when orders were read from it; else the chosen one, else the first of them.
    """
    summary = orders_sheet(report)
    wanted = view if view in order_sheet_names(report) else options.orders_sheet
    if wanted:
        chosen = next((sheet for sheet in report.sheets if sheet.name == wanted), None)
        summary = chosen or summary
    return Reading(options, report, _shown(summary, report), count_lines(report), doubts_about(report))


def _shown(summary: SheetSummary | None, report: ImportReport) -> ShownSheet:
    if summary is None:
        return ShownSheet()
    preview = preview_of_sheet(report, summary.name)
    rows: list[int] = []
    places: list[int | None] = []
    last = 0
    for place, row in enumerate(preview.rows):
        if row - last - 1 <= _SHOWN_BLANKS:
            rows.extend(range(last + 1, row))
            places.extend([None] * (row - last - 1))
        rows.append(row)
        places.append(place)
        last = row
    problems: dict[int, list[SheetProblem]] = {}
    for problem in report.problems:
        if problem.sheet == summary.name:
            problems.setdefault(problem.row, []).append(problem)
    layout = summary.layout
    columns = layout.columns if layout is not None else summary.columns
    heading = summary.header_row
    first = layout.first_row if layout is not None else (heading or 0) + 1
    return ShownSheet(
        summary.name,
        summary,
        preview,
        tuple(rows),
        tuple(places),
        {row: line for line, row in enumerate(rows)},
        {column_number(letter): held for letter, held in columns},
        {column_number(letter): sure for letter, sure in summary.confidence},
        range(heading, max(heading + 1, first)) if heading is not None else range(0),
        {row: tuple(found) for row, found in problems.items()},
    )
