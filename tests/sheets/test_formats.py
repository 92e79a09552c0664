"""One table in every form in which people have it: the same cells come out, with what is known about them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from lastmile_desktop.model.sheet_layout import ImportOptions, SheetLayout
from lastmile_desktop.sheets.child_reader import import_file, read_grids
from lastmile_desktop.sheets.gate import check_file
from lastmile_desktop.sheets.grid import Grid, UnreadableCell
from lastmile_desktop.sheets.refusal import RefusedFileError
from lastmile_desktop.sheets.workbook_reader import read_sheets
from tests.sheets.books.cells import Code, Dressed, Fault, Rows, Sum
from tests.sheets.books.ods_book import ods
from tests.sheets.books.xls_book import xls
from tests.sheets.books.xlsx_book import MANNERS, Manner, Sheet, xlsx

ROWS: Rows = [
    ["Order", "Customer", "Address", "Postcode", "From", "To", "Boxes", "Weight", "Date", "Notes"],
    ["A1", "Anna Müller", "Main 1", Code(1309), time(9, 0), timedelta(hours=24), 2, 12.5, date(2026, 11, 23)],
    ["A2", "", "Main 2", "04567", time(23, 59), Fault(), Sum("A1+1"), Sum("B1", 3), None, Sum("C1", "")],
    [],
    ["A3", "Ciarán", "Main 3", None, Sum("A9"), 0.5, True, Dressed(0.5, "0%"), None, Fault("#REF!")],
    [
        "A4",
        " two\nlines ",
        "Main 4",
        99999,
        None,
        None,
        -3,
        1e20,
        datetime(2026, 11, 24, 8, 30),
        Sum("C1", "x"),
    ],
    [None, None, None, None, None, None, None, Fault("#DIV/0!")],
]
SHEET = Sheet(
    ROWS, hidden_rows={5, 7}, hidden_columns={3}, merges=["B3:C3"], filtered=True, first_row=3, first_column=2
)
#: By row: what the cells are, counted as Excel counts.
EXPECTED = {
    3: dict(enumerate(ROWS[0], start=2)),
    4: dict(
        enumerate(
            ["A1", "Anna Müller", "Main 1", "01309", time(9), timedelta(days=1), 2, 12.5, date(2026, 11, 23)],
            2,
        )
    ),
    5: {
        2: "A2",
        4: "Main 2",
        5: "04567",
        6: time(23, 59),
        7: UnreadableCell("#N/A"),
        8: UnreadableCell(),
        9: 3,
    },
    7: {
        2: "A3",
        3: "Ciarán",
        4: "Main 3",
        6: UnreadableCell(),
        7: 0.5,
        8: True,
        9: 0.5,
        11: UnreadableCell("#REF!"),
    },
    8: {
        2: "A4",
        3: " two\nlines ",
        4: "Main 4",
        5: 99999,
        8: -3,
        9: 1e20,
        10: datetime(2026, 11, 24, 8, 30),
        11: "x",
    },
    9: {9: UnreadableCell("#DIV/0!")},
}


def nothing(_done: int, _total: int) -> None:
    """No progress wanted."""


def grids_of(path: Path, content: bytes, options: ImportOptions | None = None) -> list[Grid]:
    path.write_bytes(content)
    return read_grids(path, check_file(path), nothing, options or ImportOptions())


def check(grid: Grid, expected: dict[int, dict[int, object]]) -> None:
    """The same values, of the same types, in the same cells."""
    assert list(grid.rows) == list(expected)
    for number, row in expected.items():
        assert grid.rows[number] == row
        assert [type(value) for value in grid.rows[number].values()] == [
            type(value) for value in row.values()
        ]


@pytest.mark.parametrize(
    "manner",
    [manner for manner in MANNERS if manner.addresses and manner.styles],
    ids=lambda manner: manner.name,
)
def test_workbooks_of_all_writers(manner: Manner, tmp_path: Path) -> None:
    """Excel, LibreOffice, Google, Numbers, Strict... write the same table differently."""
    grid = grids_of(tmp_path / "orders.xlsx", xlsx({"Orders": SHEET}, manner))[0]
    check(grid, EXPECTED)
    assert (grid.hidden_rows, grid.hidden_columns, grid.has_filter) == ({5, 7}, {3}, True)
    assert grid.merges == ((3, 2, 3, 3),)
    assert grid.formats == {(7, 9): "0%"}


def test_cells_without_addresses(tmp_path: Path) -> None:
    """Some writers leave the addresses out: then the cells count."""
    manner = next(manner for manner in MANNERS if not manner.addresses)
    grid = grids_of(tmp_path / "orders.xlsx", xlsx({"Orders": Sheet(ROWS, hidden_rows={3})}, manner))[0]
    moved = {
        number - 2: {column - 1: value for column, value in row.items()} for number, row in EXPECTED.items()
    }
    check(grid, moved)
    assert grid.hidden_rows == {3}


def test_without_styles_numbers_stay_numbers(tmp_path: Path) -> None:
    """A workbook that lost its styles: times and dates are the numbers that they are."""
    manner = next(manner for manner in MANNERS if not manner.styles)
    grid = grids_of(tmp_path / "orders.xlsx", xlsx({"Orders": ROWS}, manner))[0]
    assert list(grid.rows[2].values())[3:] == [1309, 0.375, 1, 2, 12.5, 46349]


def test_old_excel(tmp_path: Path) -> None:
    """The binary format before 2007."""
    grid = grids_of(tmp_path / "orders.xls", xls({"Orders": SHEET}))[0]
    check(grid, EXPECTED)
    assert (grid.hidden_rows, grid.hidden_columns, grid.has_filter) == ({5, 7}, {3}, True)
    assert grid.merges == ((3, 2, 3, 3),)
    assert grid.formats == {(7, 9): "0%"}


def test_old_excel_with_the_calendar_of_the_mac(tmp_path: Path) -> None:
    """Days counted from 1904."""
    grid = grids_of(tmp_path / "orders.xls", xls({"Orders": SHEET}, from_1904=True))[0]
    check(grid, EXPECTED)


def test_open_document(tmp_path: Path) -> None:
    """LibreOffice's own format."""
    grid = grids_of(tmp_path / "orders.ods", ods({"Orders": SHEET}))[0]
    check(grid, EXPECTED)
    assert (grid.hidden_rows, grid.hidden_columns, grid.has_filter) == ({5, 7}, {3}, True)
    assert grid.formats == {(7, 9): "0%"}


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_hidden_sheets(suffix: str, tmp_path: Path) -> None:
    """Not read unless a person chooses one; a remark names it."""
    writer = {"xlsx": xlsx, "xls": xls, "ods": ods}[suffix]
    table: Rows = [["Address", "Qty"], ["Main 1", 1]]
    other: Rows = [["Address", "Qty"], ["Side 1", 1], ["Side 2", 2]]
    content = writer({"Old": Sheet(other, state="hidden"), "Orders": Sheet(table)})
    path = tmp_path / f"orders.{suffix}"
    grids = grids_of(path, content)
    assert [grid.name for grid in grids] == ["Orders"]
    assert "“Old” is hidden and was not read" in grids[0].remarks[0][2]
    layout = SheetLayout("Old", 1, 2, (("A", "address"),))
    chosen = grids_of(path, content, ImportOptions(layouts=(layout,)))
    assert [(grid.name, grid.is_hidden, len(grid.rows)) for grid in chosen] == [
        ("Old", True, 3),
        ("Orders", False, 2),
    ]
    only_hidden = writer({"Old": Sheet(other, state="hidden")})
    path.write_bytes(only_hidden)
    assert "hidden. Unhide" in import_file(path, nothing).message


def test_formulas_of_openpyxl_were_never_calculated(tmp_path: Path) -> None:
    """It writes formulas without values."""
    book = openpyxl.Workbook()
    book.active.append(["Address", "Qty", "Sum"])
    book.active.append(["Main 1", 2, "=B2*2"])
    book.active["D2"] = "#N/A"
    path = tmp_path / "orders.xlsx"
    book.save(path)
    grid = read_grids(path, check_file(path), nothing)[0]
    assert grid.rows[2] == {1: "Main 1", 2: 2, 3: UnreadableCell(), 4: UnreadableCell("#N/A")}


def test_formulas_of_xlsxwriter_were_never_calculated(tmp_path: Path) -> None:
    """It stores a 0 under every formula and asks Excel to calculate: that 0 is nobody's number of boxes."""
    path = tmp_path / "orders.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Address", "Qty", "Zero"])
    sheet.write_row(1, 0, ["Main 1", "=1+1", 0])
    sheet.write_formula(1, 3, "=2+2", None, 4)
    book.close()
    grid = read_grids(path, check_file(path), nothing)[0]
    assert grid.rows[2] == {1: "Main 1", 2: UnreadableCell(), 3: 0, 4: 4}


def test_times_that_are_a_hair_off(tmp_path: Path) -> None:
    """Excel stores 8:40 as 0.361111; adding up times gives 11:59:59.9999."""
    path = tmp_path / "orders.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    clock = book.add_format({"num_format": "hh:mm"})
    for column, number in enumerate([0.361111, 0.4999999999, 0.99999999, 1.0]):
        sheet.write_number(0, column, number, clock)
    book.close()
    row = read_grids(path, check_file(path), nothing)[0].rows[1]
    assert list(row.values()) == [time(8, 40), time(12, 0), datetime(1900, 1, 1), datetime(1900, 1, 1)]


@pytest.mark.parametrize(
    "manner",
    [manner for manner in MANNERS if not (manner.strict or manner.from_1904)],
    ids=lambda manner: manner.name,
)
def test_the_second_reader_agrees(manner: Manner, tmp_path: Path) -> None:
    """Where calamine gives up, openpyxl reads the same."""
    path = tmp_path / "orders.xlsx"
    grid = grids_of(path, xlsx({"Orders": ROWS}, manner))[0]
    other = read_sheets(path, ["Orders"], nothing)["Orders"]
    assert list(other.rows) == list(grid.rows)
    for number, row in grid.rows.items():
        theirs = {column: _as_calamine(value) for column, value in other.rows[number].items()}
        assert theirs == {column: _as_calamine(value) for column, value in row.items()}


def _as_calamine(value: object) -> object:
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def test_one_odd_cell_does_not_cost_the_sheet(tmp_path: Path) -> None:
    """calamine gives up a sheet for a number that is none; the other reader loses only that cell."""
    content = xlsx({"Orders": [["Address", "Qty"], ["Main 1", 987654], ["Main 2", 2]]})
    from tests.sheets.test_gate import _changed

    path = tmp_path / "orders.xlsx"
    path.write_bytes(content)
    _changed(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"><v>987654", b' t="n"><v>9876x4'))
    grid = read_grids(path, check_file(path), nothing)[0]
    assert grid.rows == {
        1: {1: "Address", 2: "Qty"},
        2: {1: "Main 1", 2: UnreadableCell("#VALUE!")},
        3: {1: "Main 2", 2: 2},
    }


def test_lines_within_a_cell_stay_apart_in_open_document(tmp_path: Path) -> None:
    """An address of two lines is no address of one word; a comment is no value."""
    from tests.sheets.books.ods_book import ods_parts
    from tests.sheets.books.xlsx_book import zipped

    parts = ods_parts({"Orders": [["Address"], ["CELL"]]})
    cell = (
        b"<office:annotation><text:p>call first</text:p></office:annotation><text:p>Main 5<text:line-break/>"
        b'Leeds<text:s text:c="2"/>LS1</text:p><text:p>England</text:p>'
    )
    parts["content.xml"] = parts["content.xml"].replace(b"<text:p>CELL</text:p>", cell)
    grid = grids_of(tmp_path / "orders.ods", zipped(parts))[0]
    assert grid.rows[2] == {1: "Main 5\nLeeds  LS1\nEngland"}


PAGE = """<html><head><meta charset="{charset}"><style>td {{ color: red }}</style></head><body><h1>Export</h1>
<table border=1><tr><th colspan=2>Orders of today<tr><th>Address<th>Qty<th>Notes</tr>
<tr><td>Königstr. 5,<br>Köln</td><td> 3 </td><td>a &amp; b</td></tr><tr><td rowspan=2>Main 2<td>1<tr><td>2
</table>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_web_page_named_xls(charset: str, tmp_path: Path) -> None:
    """What many shops and programs call an Excel export."""
    grid = grids_of(tmp_path / "export.xls", PAGE.format(charset=charset).encode(charset))[0]
    assert grid.rows == {
        1: {1: "Orders of today"},
        2: {1: "Address", 2: "Qty", 3: "Notes"},
        3: {1: "Königstr. 5,\nKöln", 2: "3", 3: "a & b"},
        4: {1: "Main 2", 2: "1"},
        5: {2: "2"},
    }
    assert grid.merges[0] == (1, 1, 1, 2)


def test_a_csv_named_xls(tmp_path: Path) -> None:
    """Named like a workbook, and still only text."""
    grid = grids_of(tmp_path / "export.xls", "Address;Qty\nKölnstr. 1;2\n".encode("cp1252"))[0]
    assert grid.rows == {1: {1: "Address", 2: "Qty"}, 2: {1: "Kölnstr. 1", 2: "2"}}
    assert (grid.encoding, grid.delimiter) == ("cp1252", ";")


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_hidden_sheet_costs_nobody_the_file(suffix: str, tmp_path: Path) -> None:
    """The preview shows hidden sheets too; one that cannot be read is only missing there."""
    writer = {"xlsx": xlsx, "ods": ods}[suffix]
    wide: Rows = [["x"] * 700]
    content = writer({"Wide": Sheet(wide, state="hidden"), "Orders": Sheet([["Address"], ["Main 1"]])})
    path = tmp_path / f"orders.{suffix}"
    assert [grid.name for grid in grids_of(path, content, ImportOptions(with_preview=True))] == ["Orders"]
    with pytest.raises(RefusedFileError, match="filled block"):
        grids_of(path, content, ImportOptions(orders_sheet="Wide"))
