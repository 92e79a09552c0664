"""What runs in the reader child: the gate, the reader, the importer; and nothing else of the program."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from lastmile_desktop.model import ImportReport
from lastmile_desktop.model.sheet_layout import ImportOptions
from lastmile_desktop.sheets.refusal import FilledBlockOffered, RefusedFileError
from lastmile_desktop.sheets.report_parts import in_parts

if TYPE_CHECKING:
    from lastmile_desktop.sheets.gate import FileForm
    from lastmile_desktop.sheets.grid import Grid

AS_FOUND = ImportOptions()
#: Said when the program itself fails over cells that were read well; tests look for it.
NOT_UNDERSTOOD = (
    "can be read, but something in it confuses this program, so nothing was imported. Please report it; "
    "taking out the last rows or columns that were added often helps."
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadProgress:
    """Rows done, and rows in all (0 while that is unknown)."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ReadFault:
    """Something for the program's log: the child's own output goes nowhere."""

    text: str


class _ToParent(logging.Handler):
    """Sends what is logged here to the process that keeps the log."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(logging.WARNING)
        self._connection = connection

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._connection.send(ReadFault(self.format(record)))


def _without_output() -> None:
    """Rust and faulthandler describe a death at length on the error output, which is the dispatcher's."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)


def read_in_child(connection: Connection, path_text: str, options: ImportOptions) -> None:
    """Send ReadProgress messages, ReportParts and at last an ImportReport through ``connection``."""
    path = Path(path_text)
    _without_output()
    logging.getLogger().addHandler(_ToParent(connection))
    # Why: openpyxl imports numpy when it can, which on a many-core machine reserves more than the memory cap.
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
    gc.disable()  # looking for rings among millions of cells takes a third of the time, and there are none

    def tell(done: int, total: int) -> None:
        connection.send(ReadProgress(done, total))

    for part in in_parts(import_file(path, tell, options)):
        connection.send(part)


def import_file(
    path: Path, on_progress: Callable[[int, int], None], options: ImportOptions = AS_FOUND
) -> ImportReport:
    """Gate, read and understand a file in this process; a bad file gives a report with status "error"."""
    too_large = f"“{path.name}” is too large to read safely within the memory allowed for it."
    try:
        return _import(path, on_progress, options)
    except RefusedFileError as refusal:
        offered = isinstance(refusal, FilledBlockOffered)
        return ImportReport(path.name, status="error", message=str(refusal), filled_block_offered=offered)
    except MemoryError:
        return ImportReport(path.name, status="error", message=too_large)
    except (BrokenPipeError, ConnectionResetError):
        raise  # nobody listens any more
    except Exception as error:  # noqa: BLE001 - measured: damaged workbooks raise at least eight kinds of error
        _log.debug("could not read %s", path.name, exc_info=True)
        if "out of memory" in str(error):
            return ImportReport(path.name, status="error", message=too_large)
        message = (
            f"“{path.name}” is damaged or not a workbook that can be read. Open it in Excel, save it "
            "again as .xlsx and import that."
        )
        return ImportReport(path.name, status="error", message=message)


def _import(path: Path, on_progress: Callable[[int, int], None], options: ImportOptions) -> ImportReport:
    from lastmile_desktop.sheets.gate import check_file
    from lastmile_desktop.sheets.importer import import_grids

    form = check_file(path)
    grids = read_grids(path, form, on_progress, options)
    try:
        report = import_grids(path.name, grids, on_progress, options)
    except (RefusedFileError, MemoryError, BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:  # a fault of ours: the file is well, and nobody shall mend it for nothing
        _log.exception("could not understand %s", path.name)
        raise RefusedFileError(f"“{path.name}” {NOT_UNDERSTOOD}") from error
    return replace(report, encoding=grids[0].encoding, delimiter=grids[0].delimiter)


def read_grids(
    path: Path, form: FileForm, on_progress: Callable[[int, int], None], options: ImportOptions = AS_FOUND
) -> list[Grid]:
    """The sheets of a file that the gate let through. Raises RefusedFileError, and others for damage."""
    from lastmile_desktop.sheets.gate import FileForm

    if form is FileForm.WORKBOOK:
        from lastmile_desktop.sheets.workbooks.xlsx import read_xlsx

        return read_xlsx(path, on_progress, options)
    if form is FileForm.OPEN_DOCUMENT:
        from lastmile_desktop.sheets.workbooks.ods import read_ods

        return read_ods(path, on_progress, options)
    if form is FileForm.OLD_WORKBOOK:
        from lastmile_desktop.sheets.workbooks.xls import read_xls

        return read_xls(path, on_progress, options)
    if form is FileForm.WEB_PAGE:
        from lastmile_desktop.sheets.html_reader import read_web_page

        return read_web_page(path, on_progress, options)
    from lastmile_desktop.sheets.csv_reader import read_text_table

    return read_text_table(path, on_progress, options)
