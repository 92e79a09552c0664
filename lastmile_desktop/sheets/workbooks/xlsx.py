"""An .xlsx or .xlsm workbook -> grids: calamine's values, marks from the file, openpyxl where those fail."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError

from lastmile_desktop.model.sheet_layout import ImportOptions
from lastmile_desktop.sheets.grid import Grid
from lastmile_desktop.sheets.refusal import RefusedFileError
from lastmile_desktop.sheets.workbooks.marks import MAX_CELLS, SheetMarks
from lastmile_desktop.sheets.workbooks.spread import (
    check_area,
    check_spread,
    remark_strays,
    too_many_cells,
)
from lastmile_desktop.sheets.workbooks.values import (
    UnreadableBookError,
    calamine_failures,
    describe,
    fill_grid,
)
from lastmile_desktop.sheets.workbooks.wanted import (
    SheetPart,
    may_refuse,
    remark_hidden_sheets,
    wanted_sheets,
)
from lastmile_desktop.sheets.workbooks.xlsx_marks import TooManyCellsError, TooWideError, scan_sheet
from lastmile_desktop.sheets.workbooks.xlsx_parts import BookParts, read_parts

Progress = Callable[[int, int], None]
#: Cells far to the right: no need to see the rest of such a sheet before refusing it.
_MOST_FAR = 20_000
_log = logging.getLogger(__name__)


def read_xlsx(path: Path, on_progress: Progress, options: ImportOptions) -> list[Grid]:
    """The visible worksheets, and hidden ones that a person chose. Raises RefusedFileError.

    Other errors (ParseError, ExpatError, KeyError, BadZipFile...) mean a damaged file.
    """
    with zipfile.ZipFile(path) as archive:
        book = read_parts(archive)
        wanted = wanted_sheets(book.sheets, path.name, options)
        names = [sheet.name for sheet in book.sheets]
        if len(set(names)) < len(names):
            raise RefusedFileError(
                f"Two sheets of “{path.name}” have the same name. Open the file in Excel, let it repair "
                "that, save it and import it again."
            )
        marks: dict[str, SheetMarks] = {}
        for sheet in wanted:
            try:
                marks[sheet.name] = _scan(archive, sheet, book, path.name, options)
            except RefusedFileError:
                if may_refuse(sheet, options):
                    raise
    wanted = [sheet for sheet in wanted if sheet.name in marks]
    compact = [sheet.name for sheet in wanted if marks[sheet.name].is_compact]
    grids = _by_calamine(path, compact, marks, on_progress)
    missing = [sheet.name for sheet in wanted if sheet.name not in grids]
    if missing:
        grids |= _by_openpyxl(path, missing, marks, on_progress)
    found = []
    for sheet in wanted:
        grid = grids[sheet.name]
        grid.is_hidden = sheet.state != "visible"
        found.append(grid)
    remark_hidden_sheets(found, book.sheets, options)
    return found


def _scan(
    archive: zipfile.ZipFile, sheet: SheetPart, book: BookParts, file_name: str, options: ImportOptions
) -> SheetMarks:
    try:
        with archive.open(sheet.part) as source:
            marks = scan_sheet(source, book, MAX_CELLS if options.filled_block_only else _MOST_FAR)
    except TooWideError as error:
        marks = error.marks
    except TooManyCellsError as error:
        raise RefusedFileError(too_many_cells(file_name, sheet.name)) from error
    except (ExpatError, KeyError, ValueError, OverflowError) as error:
        _log.debug("sheet %s cannot be parsed", sheet.name, exc_info=True)
        raise RefusedFileError(
            f"Sheet “{sheet.name}” of “{file_name}” is damaged. Open the file in Excel, let it repair the "
            "sheet, save it and import it again."
        ) from error
    check_spread(marks, sheet.name, file_name, filled_block_only=options.filled_block_only)
    check_area(marks, sheet.name, file_name)
    return marks


def _by_calamine(
    path: Path, names: Sequence[str], marks: dict[str, SheetMarks], on_progress: Progress
) -> dict[str, Grid]:
    """The sheets that calamine can read; it gives up a whole sheet for one cell that it does not like."""
    from python_calamine import CalamineWorkbook

    grids: dict[str, Grid] = {}
    try:
        with calamine_failures(), CalamineWorkbook.from_path(path) as workbook:
            for name in names:
                try:
                    grid = Grid(name)
                    with calamine_failures():
                        sheet = workbook.get_sheet_by_name(name)
                        fill_grid(grid, sheet, marks[name], on_progress)
                    grids[name] = grid
                except UnreadableBookError:
                    _log.debug("calamine cannot read sheet %s", name, exc_info=True)
    except UnreadableBookError:
        _log.debug("calamine cannot read %s", path.name, exc_info=True)
    return grids


def _by_openpyxl(
    path: Path, names: Sequence[str], marks: dict[str, SheetMarks], on_progress: Progress
) -> dict[str, Grid]:
    from lastmile_desktop.sheets.workbook_reader import read_sheets

    grids = read_sheets(path, names, on_progress)
    for name, grid in grids.items():
        describe(grid, marks[name])
        if not marks[name].is_compact:
            remark_strays(grid, marks[name])
    return grids
