"""Small factories: workbooks and text tables written by the tests, and a reader without a child."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from lastmile_desktop.model import ImportReport, SheetProblem
from lastmile_desktop.sheets.child_reader import import_file

Rows = Sequence[Sequence[object]]


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write sheets (name -> rows) as a workbook and give its path."""

    def write(sheets: Mapping[str, Rows], name: str = "orders.xlsx") -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def read() -> Callable[[Path], ImportReport]:
    """Read a file in this process, by the code that the child runs."""
    return lambda path: import_file(path, lambda done, total: None)


@pytest.fixture
def import_rows(workbook, read) -> Callable[..., ImportReport]:
    """Import one sheet "Orders" (and more) given as rows; the file must be accepted."""

    def run(rows: Rows, **others: Rows) -> ImportReport:
        report = read(workbook({"Orders": rows, **others}))
        assert report.ok, report.message
        return report

    return run


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Write text as a CSV file in an encoding and give its path."""

    def write(text: str, encoding: str = "utf-8", name: str = "orders.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.fixture
def categories() -> Callable[[ImportReport], list[tuple[int, str, str]]]:
    """(row, severity, category) of all remarks."""

    def of(report: ImportReport) -> list[tuple[int, str, str]]:
        def entry(problem: SheetProblem) -> tuple[int, str, str]:
            return (problem.row, problem.severity.value, problem.category)

        return [entry(problem) for problem in report.problems]

    return of
