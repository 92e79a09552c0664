"""Which rows of an import are saved for correction, and with which headings they will be known again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lastmile_desktop.documents.rows_to_correct import RowsToCorrect, write_rows_to_correct
from lastmile_desktop.model import ImportReport, LineKind, SheetLayout, SheetPreview, SheetSummary
from lastmile_desktop.pipeline.sheet_choices import (
    CORRECTION_SHEET,
    PROBLEM_HEADING,
    column_letter,
    order_sheet_names,
    orders_sheet,
    preview_of_sheet,
)
from lastmile_desktop.sheets.layouts import fingerprint
from lastmile_desktop.store.mappings import RememberedMapping

_NOT_TAKEN = (LineKind.LEFT_OUT, LineKind.SET_ASIDE)
_SET_ASIDE = "Set aside by hand."
#: Headings for a sheet that has none, such that the reader knows them again.
_HEADINGS = {
    "id": "Order no",
    "window": "Time window",
    "window_start": "From",
    "window_end": "To",
    "service": "Service time",
    "lat": "Latitude",
    "lon": "Longitude",
    "address_2": "Address line 2",
    "kind": "Type",
}


def rows_to_correct(report: ImportReport) -> RowsToCorrect:
    """The rows of the orders sheet that were left out or set aside, as their texts stand in the sheet."""
    sheet = orders_sheet(report)
    if sheet is None or sheet.preview is None:
        return RowsToCorrect(CORRECTION_SHEET, (), PROBLEM_HEADING, ())
    said: dict[tuple[str, int], list[str]] = {}
    for problem in report.problems:
        said.setdefault((problem.sheet, problem.row), []).append(problem.message)
    rows: list[tuple[tuple[str, ...], str]] = []
    for name in order_sheet_names(report):
        preview = preview_of_sheet(report, name)
        rows += [
            (tuple(preview.cells(place)), " ".join(said.get((name, row), [])) or _SET_ASIDE)
            for place, (row, kind) in enumerate(zip(preview.rows, preview.kinds, strict=True))
            if kind in _NOT_TAKEN
        ]
    return RowsToCorrect(CORRECTION_SHEET, _headings(sheet, sheet.preview), PROBLEM_HEADING, tuple(rows))


def mapping_for_corrections(
    report: ImportReport, rows: RowsToCorrect, file_name: str, today: date
) -> RememberedMapping | None:
    """How the saved workbook is to be read when it comes back: as the sheet it was taken from.

    None for a heading of several lines, which the reader joins in its own way.
    """
    sheet = orders_sheet(report)
    if sheet is None or sheet.layout is None or len(rows.headings) != 1:
        return None
    width = max(len(cells) for cells in (*rows.headings, *(cells for cells, _ in rows.rows)))
    headings = {column: text for column, text in enumerate(rows.headings[0], 1) if text.strip()}
    headings[width + 1] = rows.problem_heading
    layout = SheetLayout(
        CORRECTION_SHEET, 1, 2, sheet.layout.columns, fingerprint=fingerprint("orders", headings)
    )
    return RememberedMapping(layout, tuple(headings.values()), file_name, today)


def save_rows_to_correct(path: Path, rows: RowsToCorrect) -> int:
    """Write them and say how many; for a process beside the window. Raises OSError naming the file."""
    write_rows_to_correct(path, rows)
    return len(rows.rows)


def _headings(sheet: SheetSummary, preview: SheetPreview) -> tuple[tuple[str, ...], ...]:
    layout = sheet.layout
    if layout is None or layout.header_row is None:
        fields = dict(sheet.layout.columns if sheet.layout is not None else sheet.columns)
        letters = [column_letter(number) for number in range(1, preview.column_count + 1)]
        return (tuple(_heading(fields.get(letter, "")) for letter in letters),)
    lines = range(layout.header_row, max(layout.header_row + 1, layout.first_row))
    places = {row: place for place, row in enumerate(preview.rows) if row in lines}
    return tuple(tuple(preview.cells(places[row])) for row in sorted(places))


def _heading(field: str) -> str:
    return _HEADINGS.get(field, field.replace("_", " ").capitalize())
