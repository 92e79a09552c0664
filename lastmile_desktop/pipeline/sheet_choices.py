"""What a person may choose about a sheet before it is taken: pure steps from options to options."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from lastmile_desktop.model import (
    CellOverride,
    ImportOptions,
    ImportReport,
    LineKind,
    SheetKind,
    SheetLayout,
    SheetPreview,
    SheetSummary,
)
from lastmile_desktop.store.mappings import RememberedMapping

#: Fields that several columns may fill together; any other field is taken from one column.
SHARED_FIELDS = frozenset(["notes"])
#: Where the rows that were left out are saved for correction; a workbook with this sheet only adds orders.
CORRECTION_SHEET = "Rows to correct"
PROBLEM_HEADING = "Problem"


def orders_sheet(report: ImportReport) -> SheetSummary | None:
    """The sheet that the orders come from; of a file in which none was found, the fullest one."""
    for sheet in report.sheets:
        if sheet.kind is SheetKind.ORDERS:
            return sheet
    shown = [sheet for sheet in report.sheets if sheet.preview is not None]
    return max(shown, key=lambda sheet: len(sheet.preview.rows) if sheet.preview else 0, default=None)


def order_sheet_names(report: ImportReport) -> list[str]:
    """The worksheets that orders were read from; several where one goes on with another."""
    return list(dict.fromkeys(sheet.name for sheet in report.sheets if sheet.kind is SheetKind.ORDERS))


def preview_of_sheet(report: ImportReport, name: str) -> SheetPreview:
    """All lines of a worksheet; its tables, where it has several, put together again."""
    parts = [sheet for sheet in report.sheets if sheet.name == name and sheet.preview is not None]
    previews = [sheet.preview for sheet in parts if sheet.preview is not None]
    if len(previews) <= 1:
        return previews[0] if previews else SheetPreview()
    lines: dict[int, tuple[str, LineKind]] = {}
    for preview in previews:
        for row, line, kind in zip(preview.rows, preview.lines, preview.kinds, strict=True):
            if row not in lines or lines[row][1] is LineKind.NOTE:
                lines[row] = (line, kind)
    rows = tuple(sorted(lines))
    return SheetPreview(
        rows,
        tuple(lines[row][0] for row in rows),
        tuple(lines[row][1] for row in rows),
        frozenset().union(*(preview.hidden_rows for preview in previews)),
        max(preview.column_count for preview in previews),
    )


def with_field_in_all(
    options: ImportOptions, report: ImportReport, sheet: SheetSummary, letter: str, field: str
) -> ImportOptions:
    """As `with_field`; sheets that were read together with this one stay, and those like it follow."""
    together = order_sheet_names(report)
    if sheet.name in together:
        for other in report.sheets:
            if other.kind is not SheetKind.ORDERS or other.layout is None or other.name == sheet.name:
                continue
            alike = sheet.layout is not None and other.layout.fingerprint == sheet.layout.fingerprint
            options = (
                with_field(options, other, letter, field) if alike else options.with_layout(other.layout)
            )
    return with_field(options, sheet, letter, field)


def column_number(letter: str) -> int:
    """A -> 1, AA -> 27."""
    number = 0
    for sign in letter:
        number = 26 * number + ord(sign) - 64
    return number


def column_letter(number: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def with_field(options: ImportOptions, sheet: SheetSummary, letter: str, field: str) -> ImportOptions:
    """A column holds this field ("" = it is not read); the column that held it until now is not read."""
    layout = layout_in_use(options, sheet)
    others = [
        (column, held)
        for column, held in layout.columns
        if column != letter and (held != field or field in SHARED_FIELDS)
    ]
    columns = [*others, (letter, field)] if field else others
    columns.sort(key=lambda entry: column_number(entry[0]))
    return options.with_layout(replace(layout, columns=tuple(columns)))


def with_header_row(options: ImportOptions, sheet: SheetSummary, row: int | None) -> ImportOptions:
    """The heading is in this row, None = there is none; the reader finds the columns under it."""
    layout = layout_in_use(options, sheet)
    return options.with_layout(replace(layout, header_row=row, first_row=0, columns=(), fingerprint=""))


def with_orders_sheet(options: ImportOptions, name: str) -> ImportOptions:
    """The orders are on this sheet; what was chosen for another one is dropped."""
    return replace(options, orders_sheet=name, layouts=())


def with_visible_only(options: ImportOptions, sheet: SheetSummary, visible_only: bool) -> ImportOptions:
    """Take the rows that Excel shows, or all of them."""
    layout = options.layout_of(sheet.name)
    changed = replace(options, visible_only=visible_only)
    remembered = sheet.layout
    if layout is None and sheet.known and remembered is not None:
        layout = remembered  # it says itself which rows to take
    return changed if layout is None else changed.with_layout(replace(layout, visible_only=visible_only))


def with_cell(options: ImportOptions, sheet: str, row: int, column: str, text: str) -> ImportOptions:
    """A cell is read as this text from now on."""
    others = (
        cell for cell in options.overrides if (cell.sheet, cell.row, cell.column) != (sheet, row, column)
    )
    return replace(options, overrides=(*others, CellOverride(sheet, row, column, text)))


def without_cell(options: ImportOptions, sheet: str, row: int, column: str) -> ImportOptions:
    """A cell is read as it stands in the file again."""
    kept = tuple(
        cell for cell in options.overrides if (cell.sheet, cell.row, cell.column) != (sheet, row, column)
    )
    return replace(options, overrides=kept)


def with_rows_aside(options: ImportOptions, sheet: str, rows: Iterable[int]) -> ImportOptions:
    """These rows are no orders for now."""
    aside = dict.fromkeys([*options.set_aside, *((sheet, row) for row in rows)])
    return replace(options, set_aside=tuple(aside))


def with_rows_back(options: ImportOptions, sheet: str, rows: Iterable[int]) -> ImportOptions:
    """These rows are read again."""
    back = {(sheet, row) for row in rows}
    return replace(options, set_aside=tuple(entry for entry in options.set_aside if entry not in back))


def layout_in_use(options: ImportOptions, sheet: SheetSummary) -> SheetLayout:
    """The layout to start a change from: the reader's last answer, else the person's, else an empty one."""
    if sheet.layout is not None:
        return sheet.layout
    return options.layout_of(sheet.name) or SheetLayout(sheet.name, None, 1, ())


def mapping_of(sheet: SheetSummary, file_name: str, today: date) -> RememberedMapping:
    """What to remember of a sheet that a person accepted. The sheet must have a layout."""
    assert sheet.layout is not None
    headings: list[str] = []
    preview, layout = sheet.preview, sheet.layout
    if preview is not None and layout.header_row in preview.rows:
        cells = preview.cells(preview.rows.index(layout.header_row))
        headings = [" ".join(cell.split())[:60] for cell in cells if cell.strip()]
    return RememberedMapping(layout, tuple(headings), file_name, today)
