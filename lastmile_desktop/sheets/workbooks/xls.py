"""An .xls workbook of Excel 5 to 2003 -> grids: calamine's values, marks from the records."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

from lastmile_desktop.model.sheet_layout import ImportOptions
from lastmile_desktop.sheets.grid import Grid
from lastmile_desktop.sheets.refusal import RefusedFileError
from lastmile_desktop.sheets.workbooks.compound_file import BrokenContainerError, CompoundFile
from lastmile_desktop.sheets.workbooks.values import UnreadableBookError, calamine_failures, fill_grid
from lastmile_desktop.sheets.workbooks.wanted import SheetPart, remark_hidden_sheets, wanted_sheets
from lastmile_desktop.sheets.workbooks.xls_marks import ProtectedBookError, read_marks

Progress = Callable[[int, int], None]
_MOST_COLUMNS = 256


def read_xls(path: Path, on_progress: Progress, options: ImportOptions) -> list[Grid]:
    """The visible worksheets, and hidden ones that a person chose. Raises RefusedFileError.

    A sheet of the old kind has at most 65,536 rows and 256 columns; the whole rectangle of that would be too
    much, and calamine builds it for all sheets at once.
    """
    from python_calamine import CalamineWorkbook

    name = f"“{path.name}”"
    damaged = RefusedFileError(
        f"{name} is damaged: it is an Excel file of the old kind (.xls) whose tables lead nowhere. "
        "Open it in Excel or LibreOffice, save it as .xlsx and import that."
    )
    try:
        container = CompoundFile(path.read_bytes())
        stream = container.stream("Workbook" if "Workbook" in container.names else "Book")
        sheets = {sheet.name: sheet for sheet in read_marks(stream)}
    except ProtectedBookError as error:
        raise RefusedFileError(
            f"{name} is protected with a password. Open it in Excel, remove the password, save it and import "
            "it again."
        ) from error
    except (BrokenContainerError, struct.error, IndexError, KeyError) as error:
        raise damaged from error
    for sheet in sheets.values():
        if max(sheet.marks.filled_columns, default=0) > _MOST_COLUMNS:
            raise damaged
        if not sheet.marks.is_compact:
            raise RefusedFileError(
                f"The values on sheet “{sheet.name}” of {name} lie too far apart to be read safely. Delete "
                "what lies outside the table, save the file as .xlsx and import that."
            )
    parts = [SheetPart(sheet.name, "", sheet.state) for sheet in sheets.values()]
    grids: list[Grid] = []
    try:
        with calamine_failures(), CalamineWorkbook.from_path(path) as workbook:
            for part in wanted_sheets(parts, path.name, options):
                grid = Grid(part.name, is_hidden=part.state != "visible")
                fill_grid(grid, workbook.get_sheet_by_name(part.name), sheets[part.name].marks, on_progress)
                grids.append(grid)
    except UnreadableBookError as error:
        raise damaged from error
    remark_hidden_sheets(grids, parts, options)
    return grids
