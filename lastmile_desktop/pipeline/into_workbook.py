"""The plan back into the user's own workbook: a copy with new sheets, and the route beside each order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lastmile_desktop.model import DayState, ImportOptions, ImportReport, SheetKind, wording
from lastmile_desktop.pipeline.sheet_diff import day_keys

if TYPE_CHECKING:
    from lastmile_desktop.documents.workbook_copy.copy import CopyMade, OrderRows
    from lastmile_desktop.documents.workbook_copy.rebuilt import SheetCells

#: Workbooks that a copy can be made of as they are; any other sheet gets a new workbook with its columns.
EXTENDABLE = frozenset({".xlsx", ".xlsm"})


class NotTheSheetError(Exception):
    """The workbook is not the one of this day; the text says so to the dispatcher."""

    for_dispatcher = True


def copy_name(source: Path) -> str:
    """What the copy is called: "orders.xlsm" -> "orders with plan.xlsm"; always a workbook."""
    suffix = source.suffix if source.suffix.lower() in EXTENDABLE else ".xlsx"
    return f"{source.stem} with plan{suffix}"


def write_into_copy(
    target: Path, state: DayState, source: Path, report: ImportReport, options: ImportOptions | None = None
) -> str:
    """Write a copy of ``source`` with the plan in it, and say in a sentence or two what it holds.

    ``report`` is what the importer says of the workbook now, with ``options``: its rows are matched with the
    day's orders as for a newer version of a sheet, so that no route stands beside a wrong row. Raises
    NotTheSheetError, documents' SameFileError, OSError.
    """
    rows, found = _order_rows(state, report)
    if not found:
        raise NotTheSheetError(
            f"{source.name} holds none of this day's orders. Choose the sheet that they came from."
        )
    made, lost = _made(target, state, source, rows, options)
    return _sentence(target, state, report, made, found, lost)


def _order_rows(state: DayState, report: ImportReport) -> tuple[list[OrderRows], int]:
    """What stands beside each row, per sheet; and how many orders of the day were found."""
    from lastmile_desktop.documents.workbook_copy.copy import OrderRows
    from lastmile_desktop.documents.workbook_copy.plan_sheets import planned_rows

    planned, keys = planned_rows(state), day_keys(state, report)
    rows: list[OrderRows] = []
    found = 0
    for sheet in report.sheets:
        if sheet.kind is not SheetKind.ORDERS:
            continue
        beside = {
            order.source.row: planned[key]
            for place, order in enumerate(report.orders)
            if order.source is not None
            and order.source.sheet == sheet.name
            and (key := keys.get(place, "")) in planned
        }
        found += len(beside)
        rows.append(OrderRows(sheet.name, sheet.header_row, beside))
    return rows, found


def _made(
    target: Path, state: DayState, source: Path, rows: list[OrderRows], options: ImportOptions | None
) -> tuple[CopyMade, str]:
    from lastmile_desktop.documents.workbook_copy.copy import write_workbook_copy
    from lastmile_desktop.documents.workbook_copy.rebuilt import write_rebuilt_copy
    from lastmile_desktop.documents.workbook_copy.xml_edit import NotExtendableError

    why = ""
    if source.suffix.lower() in EXTENDABLE:
        try:
            return write_workbook_copy(source, target, state, rows), ""
        except NotExtendableError as error:
            why = (
                f" {source.name} cannot be extended ({error}): this is a new workbook with its values; its "
                "formats, formulas, pictures and macros are not in it."
            )
    return write_rebuilt_copy(source, target, state, _cells_of(source, options), rows), why


def _cells_of(source: Path, options: ImportOptions | None) -> list[SheetCells]:
    from lastmile_desktop.documents.workbook_copy.rebuilt import SheetCells
    from lastmile_desktop.sheets.child_reader import read_grids
    from lastmile_desktop.sheets.gate import check_file
    from lastmile_desktop.sheets.grid import UnreadableCell

    grids = read_grids(source, check_file(source), lambda _done, _total: None, options or ImportOptions())
    return [
        SheetCells(
            grid.name,
            {
                number: {
                    column: value.text if isinstance(value, UnreadableCell) else value
                    for column, value in row.items()
                }
                for number, row in grid.rows.items()
            },
        )
        for grid in grids
    ]


def _sentence(
    target: Path, state: DayState, report: ImportReport, made: CopyMade, found: int, lost: str
) -> str:
    others = len(report.orders) - found
    missing = len(state.day.orders) - found
    text = f"{target.name}: {wording.count(found, 'order')} with route, stop and arrival"
    text += " ".join(f" from column {letter} on" for letter in list(made.columns.values())[:1])
    if not made.columns:
        text = f"{target.name}: there is no room beside the orders"
    text += f", and the new sheets {', '.join(made.sheets)}."
    if others > 0:
        text += (
            f" {wording.count(others, 'row')} of the sheet {'is' if others == 1 else 'are'} not in this day."
        )
    if missing > 0:
        are = "is" if missing == 1 else "are"
        text += f" {wording.count(missing, 'order')} of the day {are} not in the sheet."
    return text + lost
