"""The workbook of rows to correct: every cell is text, whatever it says, and nothing is half written."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from lastmile_desktop.documents.rows_to_correct import RowsToCorrect, write_rows_to_correct

ROWS = RowsToCorrect(
    "Rows to correct",
    (("Nr", "Name", "Zeit"),),
    "Problem",
    (
        (("007", '=HYPERLINK("http://x")', "9-12"), "Row 4 has no address."),
        (("-1", "+49 30 1", "", "@more"), "=1+1"),
        (("x" * 40_000,), "東京"),
    ),
)


def test_every_cell_is_a_text_and_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    write_rows_to_correct(path, ROWS)
    sheet = load_workbook(path)["Rows to correct"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == ["Nr", "Name", "Zeit", None, "Problem"]
    assert cells[1] == ["007", '=HYPERLINK("http://x")', "9-12", None, "Row 4 has no address."]
    assert cells[2] == ["-1", "+49 30 1", None, "@more", "=1+1"]
    assert len(cells[3][0]) == 32_767
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert sheet["C2"].number_format == "@"
    assert sheet["B3"].hyperlink is None


def test_a_folder_that_cannot_be_written_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(OSError, match="file"):
        write_rows_to_correct(blocked / "rows.xlsx", ROWS)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
