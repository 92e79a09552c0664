"""Which sheets of a workbook are read, and what is said about the hidden ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lastmile_desktop.model.sheet_layout import ImportOptions
from lastmile_desktop.sheets.grid import Grid
from lastmile_desktop.sheets.refusal import RefusedFileError


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name, its part of the file, and whether it is "visible", "hidden", "veryHidden"."""

    name: str
    part: str
    state: str = "visible"


def wanted_sheets(sheets: Sequence[SheetPart], file_name: str, options: ImportOptions) -> list[SheetPart]:
    """The sheets to read. Raises RefusedFileError when there is none, or all are hidden."""
    if not sheets:
        raise RefusedFileError(
            f"“{file_name}” holds no worksheets that can be read. Open it in Excel, save it as “Excel "
            "Workbook (.xlsx)” and import that."
        )
    wanted = [
        sheet
        for sheet in sheets
        if sheet.state == "visible" or is_chosen(sheet.name, options) or options.with_preview
    ]
    if not any(sheet.state == "visible" or is_chosen(sheet.name, options) for sheet in sheets):
        raise RefusedFileError(
            f"All sheets of “{file_name}” are hidden. Unhide the order sheet in Excel and save the file."
        )
    return wanted


def is_chosen(sheet: str, options: ImportOptions) -> bool:
    """True when a person asked for this sheet."""
    return options.orders_sheet == sheet or options.layout_of(sheet) is not None


def may_refuse(sheet: SheetPart, options: ImportOptions) -> bool:
    """True when the file depends on this sheet; a hidden one that is only to be shown can be missing."""
    return sheet.state == "visible" or is_chosen(sheet.name, options)


def remark_hidden_sheets(grids: Sequence[Grid], sheets: Sequence[SheetPart], options: ImportOptions) -> None:
    """Name the hidden sheets that were not read.

    Not the very hidden ones: those are lists behind drop-down cells, put away by the template's maker.
    """
    hidden = [
        f"“{sheet.name}”"
        for sheet in sheets
        if sheet.state == "hidden" and not is_chosen(sheet.name, options)
    ]
    if hidden:
        named = (
            f"Sheet {hidden[0]} is hidden and was"
            if len(hidden) == 1
            else f"Sheets {', '.join(hidden)} are hidden and were"
        )
        for grid in grids:
            grid.remarks.append((1, "hidden_sheet", f"{named} not read."))
