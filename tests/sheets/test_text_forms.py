"""Text tables: encodings, separators, quotation marks, and rows pasted from Excel."""

from __future__ import annotations

from pathlib import Path

import pytest

from lastmile_desktop.model.sheet_layout import ImportOptions
from lastmile_desktop.sheets.child_reader import import_file, read_grids
from lastmile_desktop.sheets.csv_reader import read_text_table
from lastmile_desktop.sheets.gate import check_file
from lastmile_desktop.sheets.grid import Grid
from lastmile_desktop.sheets.refusal import RefusedFileError

WEST = [
    ["Order", "Address", "Notes"],
    ["A1", "Königstraße 5", "à gauche, « sonnez »"],
    ["A2", "Æbeløgade 3", "x"],
]
EAST = [["Order", "Adres", "Uwagi"], ["A1", "Łąkowa 5, Łódź", "żółta brama"], ["A2", "Świętokrzyska 3", "x"]]
PLAIN = [["Order", "Address", "Notes"], ["A1", "Main 5", "ring"], ["A2", "Main 6", "x"]]


def nothing(_done: int, _total: int) -> None:
    """No progress wanted."""


def table(rows: list[list[str]], separator: str) -> str:
    def cell(text: str) -> str:
        return f'"{text}"' if separator in text else text

    return "".join(separator.join(map(cell, row)) + "\r\n" for row in rows)


def grid_of(path: Path, content: bytes, options: ImportOptions | None = None) -> Grid:
    path.write_bytes(content)
    return read_grids(path, check_file(path), nothing, options or ImportOptions())[0]


def values(grid: Grid) -> list[list[str]]:
    return [[str(value) for value in row.values()] for row in grid.rows.values()]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("rows", "codec", "mark", "told"),
    [
        (WEST, "utf-8", b"", "utf-8"),
        (WEST, "utf-8", b"\xef\xbb\xbf", "utf-8"),
        (WEST, "utf-16-le", b"\xff\xfe", "utf-16"),
        (WEST, "utf-16-be", b"\xfe\xff", "utf-16"),
        (WEST, "utf-16-le", b"", "utf-16"),
        (WEST, "utf-16-be", b"", "utf-16"),
        (EAST, "utf-16-le", b"", "utf-16"),
        (WEST, "cp1252", b"", "cp1252"),
        (WEST, "latin-1", b"", "cp1252"),
        (EAST, "cp1250", b"", "cp1250"),
        (PLAIN, "ascii", b"", "utf-8"),
    ],
)
def test_encodings_and_separators(
    rows: list[list[str]], codec: str, mark: bytes, told: str, separator: str, tmp_path: Path
) -> None:
    """Found out, used, and said."""
    grid = grid_of(tmp_path / "orders.csv", mark + table(rows, separator).encode(codec))
    assert values(grid) == rows
    assert (grid.encoding, grid.delimiter) == (told, separator)


def test_the_report_says_how_a_text_was_read(tmp_path: Path) -> None:
    """So that the preview can offer another way."""
    path = tmp_path / "orders.csv"
    path.write_bytes(table(WEST, ";").encode("cp1252"))
    report = import_file(path, nothing)
    assert (report.encoding, report.delimiter) == ("cp1252", ";")


def test_a_person_chooses_encoding_and_separator(tmp_path: Path) -> None:
    """What the person says wins over what was found."""
    path = tmp_path / "orders.csv"
    path.write_bytes("Adres;Uwagi\nŁódź;a,b\n".encode("cp1250"))
    options = ImportOptions(encoding="cp1252", delimiter=",")
    grid = read_text_table(path, nothing, options)[0]
    assert values(grid) == [["Adres;Uwagi"], ["£ódŸ;a", "b"]]
    assert (grid.encoding, grid.delimiter) == ("cp1252", ",")


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "base64", "hex"])
def test_an_encoding_that_is_none(encoding: str, tmp_path: Path) -> None:
    """One sentence, no error of Python."""
    path = tmp_path / "orders.csv"
    path.write_bytes(b"Address;Notes\nMain 1;x\n")
    with pytest.raises(RefusedFileError, match="not a text encoding"):
        read_text_table(path, nothing, ImportOptions(encoding=encoding))


def test_a_few_broken_letters(tmp_path: Path) -> None:
    """One cut letter does not turn all the others into two wrong ones each, and it is said."""
    content = table(WEST * 5, ";").encode() + b"A9;Caf\xc3;x\r\n"
    grid = grid_of(tmp_path / "orders.csv", content)
    assert grid.rows[2][2] == "Königstraße 5"
    assert any("cannot be read as utf-8" in sentence for _, _, sentence in grid.remarks)


@pytest.mark.parametrize("line", ["sep=;", "SEP=;\r", '"sep=;"'])
def test_a_line_that_names_the_separator(line: str, tmp_path: Path) -> None:
    """Excel's own way; it wins over the many commas."""
    text = f"{line}\nAddress;Notes\nMain 1, Leeds, UK;a,b,c\nMain 2, Leeds, UK;a,b,c\n"
    grid = grid_of(tmp_path / "orders.csv", text.encode())
    assert values(grid) == [
        ["Address", "Notes"],
        ["Main 1, Leeds, UK", "a,b,c"],
        ["Main 2, Leeds, UK", "a,b,c"],
    ]


def test_line_breaks_within_quotation_marks(tmp_path: Path) -> None:
    """They belong to the cell, with any line ends, and the rows below keep their numbers."""
    for end in ("\n", "\r\n", "\r"):
        text = f'Address,Notes{end}"Main 1{end}Leeds","say ""hi""{end}twice"{end}Main 2,x{end}'
        grid = grid_of(tmp_path / "orders.csv", text.encode())
        assert values(grid) == [["Address", "Notes"], ["Main 1\nLeeds", 'say "hi"\ntwice'], ["Main 2", "x"]]
        assert list(grid.rows) == [1, 2, 3]


def test_ragged_rows(tmp_path: Path) -> None:
    """Short and long rows are rows."""
    grid = grid_of(tmp_path / "orders.csv", b"Address,Qty,Notes\nMain 1\nMain 2,2,x,more,,\n,,\nMain 3,,y\n")
    assert list(grid.rows.values()) == [
        {1: "Address", 2: "Qty", 3: "Notes"},
        {1: "Main 1"},
        {1: "Main 2", 2: "2", 3: "x", 4: "more"},
        {1: "Main 3", 3: "y"},
    ]


def test_a_stray_quotation_mark_swallows_no_row(tmp_path: Path) -> None:
    """Two stray marks, rows apart, would make one cell of all the rows between them."""
    text = 'Address\tNotes\n"Rose Cottage\tx\nMain 2\ty\nMain 3\t"z\nMain 4\tw\n'
    grid = grid_of(tmp_path / "orders.tsv", text.encode())
    assert [row[1] for row in grid.rows.values()] == ["Address", "Rose Cottage", "Main 2", "Main 3", "Main 4"]
    assert any(category == "quotes" for _, category, _ in grid.remarks)


def test_rows_pasted_from_excel(tmp_path: Path) -> None:
    """Tabs between cells, quotation marks only around cells with line breaks, trailing empty cells."""
    text = (
        "Order\tAddress\tQty\tNotes\t\r\n"
        'A1\tMain 1\t1,5\t"ring\ntwice, ""hard"""\t\r\n'
        'A2\tThe 5" pipe shop\t2\t\t\r\n'
        "\t\t\t\t\r\n"
        "A3\tMain 3\t3\tlast\t\r\n"
    )
    path = tmp_path / "Pasted orders.tsv"
    path.write_text(text, encoding="utf-8", newline="")
    grid = read_text_table(path, nothing)[0]
    assert grid.rows[2] == {1: "A1", 2: "Main 1", 3: "1,5", 4: 'ring\ntwice, "hard"'}
    assert grid.rows[3] == {1: "A2", 2: 'The 5" pipe shop', 3: "2"}
    report = import_file(path, nothing)
    assert [order.id for order in report.orders] == ["A1", "A2", "A3"]
    assert report.delimiter == "\t"


def test_a_decimal_comma_between_commas_is_pointed_out(tmp_path: Path) -> None:
    """12,5 kg without quotation marks is two values: the row has one too many, and nobody would see it."""
    rows = ("Order,Address,Weight,Notes", "A1,Main 1,12.5,ring", "A2,Main 2,12,5,knock")
    text = "\n".join([*rows, "A3,Main 3,9,x", "A4,Main 4,12,5,", ""])
    path = tmp_path / "orders.csv"
    path.write_text(text, encoding="utf-8")
    assert read_text_table(path, nothing)[0].long_rows == {3, 5}
    report = import_file(path, nothing)
    assert [(order.id, order.attention) for order in report.orders] == [
        ("A1", False),
        ("A2", True),
        ("A3", False),
        ("A4", True),
    ]
    assert [p.row for p in report.problems if p.category == "long_row"] == [3, 5]


def test_a_separator_behind_every_row_is_no_value(tmp_path: Path) -> None:
    """Many programs end rows with a separator, but not the heading line."""
    path = tmp_path / "orders.csv"
    path.write_bytes(b"Order;Address\nA1;Main 1;\nA2;Main 2;\nA3;Main 3;\n")
    assert read_text_table(path, nothing)[0].long_rows == frozenset()
