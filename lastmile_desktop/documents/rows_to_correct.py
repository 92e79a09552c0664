"""Rows that were left out of an import, as a workbook to correct and to import again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lastmile_desktop.system.atomic import replaced_file

#: A cell holds no more; XlsxWriter would leave a longer text out altogether.
_LONGEST_CELL = 32_767
_WIDEST = 46
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class RowsToCorrect:
    """``headings`` are the heading lines as they stand in the sheet, ``rows`` (cells, what is wrong)."""

    sheet_name: str
    headings: tuple[tuple[str, ...], ...]
    problem_heading: str
    rows: tuple[tuple[tuple[str, ...], str], ...]


def write_rows_to_correct(path: Path, content: RowsToCorrect) -> None:
    """Write the rows with their own columns and what is wrong with each; every cell is a text.

    The file is replaced whole or not at all. Raises OSError naming the file when it cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    width = max((len(cells) for cells in (*content.headings, *(row for row, _ in content.rows))), default=0)
    with replaced_file(path) as temporary:
        workbook = xlsxwriter.Workbook(str(temporary), _OPTIONS)
        sheet = workbook.add_worksheet(content.sheet_name)
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        # Text format: what a person types over such a cell stays as typed, "9-12" does not become a date.
        text = workbook.add_format({"num_format": "@", "valign": "top"})
        wrong = workbook.add_format(
            {"num_format": "@", "text_wrap": True, "bg_color": "#FFF4DC", "valign": "top"}
        )
        for line, cells in enumerate(content.headings):
            _write_cells(sheet, line, cells, bold)
        first = len(content.headings)
        sheet.write_string(max(0, first - 1), width, content.problem_heading, bold)
        for line, (cells, problem) in enumerate(content.rows, start=first):
            for column in range(width):
                sheet.write_blank(line, column, None, text)
            _write_cells(sheet, line, cells, text)
            sheet.write_string(line, width, problem[:_LONGEST_CELL], wrong)
        for column in range(width):
            sheet.set_column(column, column, _column_width(content, column))
        sheet.set_column(width, width, 70)
        sheet.freeze_panes(first, 0)
        try:
            workbook.close()
        except FileCreateError as error:
            raise OSError(f"{path} could not be written: {error}") from error


def _write_cells(sheet: object, line: int, cells: Sequence[str], form: object) -> None:
    for column, cell in enumerate(cells):
        if cell:
            sheet.write_string(line, column, cell[:_LONGEST_CELL], form)  # type: ignore[attr-defined]


def _column_width(content: RowsToCorrect, column: int) -> int:
    texts = [cells[column] for cells in content.headings if column < len(cells)]
    texts += [cells[column] for cells, _ in content.rows[:200] if column < len(cells)]
    return min(_WIDEST, max([8, *(len(text) + 2 for text in texts)]))
