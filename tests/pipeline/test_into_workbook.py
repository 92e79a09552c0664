"""The plan in a copy of the user's workbook: their parts untouched, routes beside the right rows."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastmile_desktop.documents.workbook_copy.copy import SameFileError
from lastmile_desktop.documents.workbook_copy.xml_edit import (
    column_letter,
    column_number,
    escaped,
    tag_end,
    walk,
)
from lastmile_desktop.model import Assignment, DayState, ImportReport, RouteOrders
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.importing import day_from_reports
from lastmile_desktop.pipeline.into_workbook import NotTheSheetError, copy_name, write_into_copy
from lastmile_desktop.pipeline.planning import Planner
from lastmile_desktop.sheets.child_reader import import_file

NAMES = ["Anna", '=HYPERLINK("x")', '<b>&"Bo\'b"', "+1 Karl", "_x0041_"]


def read(path: Path) -> ImportReport:
    return import_file(path, lambda _done, _total: None)


def rich_workbook(path: Path) -> None:
    """Orders under a title, with formulas, formats, a chart, a picture, a filter and rules of all kinds."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet = book.add_worksheet("Orders")
    bold, red = book.add_format({"bold": True, "bg_color": "#FFDD00"}), book.add_format({"font_color": "red"})
    sheet.merge_range("A1:F1", "Deliveries of the day", bold)
    for column, title in enumerate(["Order ID", "Customer", "Latitude", "Longitude", "Boxes", "Double"]):
        sheet.write(2, column, title, bold)
    for row, name in enumerate(NAMES, start=3):
        sheet.write_string(row, 0, f"B-{row}")
        sheet.write_string(row, 1, name)
        sheet.write_row(row, 2, [51.05 + row / 100, 3.72, row])
        sheet.write_formula(row, 5, f"=E{row + 1}*2", red, row * 2)
    sheet.set_column("A:B", 22)
    sheet.set_column("F:XFD", 11)
    sheet.autofilter(2, 0, 7, 5)
    sheet.conditional_format("E4:E8", {"type": "3_color_scale"})
    sheet.data_validation("E4:E8", {"validate": "integer", "criteria": ">", "value": 0})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Orders!$E$4:$E$8"})
    sheet.insert_chart("B12", chart)
    sheet.insert_image("E12", "dot.png", {"image_data": io.BytesIO(_png())})
    sheet.write_comment("A4", "call first")
    book.add_worksheet("Plan").write("A1", "their own sheet of this name")
    book.define_name("Boxes", "=Orders!$E$4:$E$8")
    book.close()


def _png() -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + chunk(b"IEND", b"")


def planned(report: ImportReport) -> DayState:
    state = day_from_reports([report], today=date(2026, 11, 23), offer_fleet=True)
    keys = tuple(order.key for order in state.day.orders)
    routes = (RouteOrders(state.day.vehicles[0].key, keys[:-1]),)
    return Planner().timed(replace(state, assignment=Assignment(routes)))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "orders.xlsx"
    rich_workbook(path)
    return path


def test_their_workbook_is_extended_and_nothing_else_is_touched(source: Path) -> None:
    before, report = source.read_bytes(), read(source)
    target = source.parent / copy_name(source)
    said = write_into_copy(target, planned(report), source, report)
    assert said.startswith("orders with plan.xlsx: 5 orders with route, stop and arrival from column G on")
    assert source.read_bytes() == before
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target) as new:
        changed = {name for name in old.namelist() if new.read(name) != old.read(name)}
        assert set(old.namelist()) < set(new.namelist())
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
    }


def test_what_stands_beside_the_rows(source: Path) -> None:
    import openpyxl

    report = read(source)
    state = planned(report)
    target = source.parent / "copy.xlsx"
    write_into_copy(target, state, source, report)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Orders", "Plan", "Plan (2)", "Routes", "Not planned"]
    sheet = book["Orders"]
    assert [sheet.cell(3, column).value for column in (7, 8, 9)] == [
        "Planned route",
        "Planned stop",
        "Planned arrival",
    ]
    assert state.timetable is not None
    first = state.timetable.routes[0].visits[0]
    assert sheet["G4"].value == "Van 1"
    assert sheet["H4"].value == 1
    assert sheet["I4"].value == time(*divmod((first.arrive_s + 30) // 60, 60))
    assert sheet["G8"].value == "not planned"
    assert sheet["F4"].value == "=E4*2"
    assert sheet["F4"].font.color.rgb == sheet["G4"].font.color.rgb == "FFFF0000"
    assert sheet["G3"].font.b
    assert "A1:F1" in map(str, sheet.merged_cells.ranges)
    assert sheet.auto_filter.ref == "A3:F8"
    assert sheet.column_dimensions["A"].width > 20
    assert book["Plan"]["A1"].value == "their own sheet of this name"
    plan = book["Plan (2)"]
    names = [row[8].value for row in plan.iter_rows(min_row=5)]
    assert names == NAMES[:-1]
    assert {cell.data_type for row in plan.iter_rows() for cell in row} <= {"s", "n", "inlineStr", "d"}


def test_the_copy_reads_as_the_same_orders(source: Path) -> None:
    report = read(source)
    target = source.parent / "copy.xlsx"
    write_into_copy(target, planned(report), source, report)
    again = read(target)
    assert again.orders == report.orders
    assert (again.vehicles, again.depots) == (report.vehicles, report.depots)


def test_the_own_workbook_is_never_written_over(source: Path) -> None:
    report = read(source)
    state, before = planned(report), source.read_bytes()
    for other in (source, source.parent / "." / "orders.xlsx"):
        with pytest.raises(SameFileError, match="never written over"):
            write_into_copy(other, state, source, report)
    link = source.parent / "link.xlsx"
    link.hardlink_to(source)
    with pytest.raises(SameFileError):
        write_into_copy(link, state, source, report)
    assert source.read_bytes() == before


def test_a_workbook_of_another_day_is_refused(source: Path) -> None:
    report = read(source)
    state = planned(report)
    strangers = tuple(replace(o, id=f"Z-{o.id}", name=f"Z {o.name}") for o in report.orders)
    with pytest.raises(NotTheSheetError, match="none of this day"):
        write_into_copy(source.parent / "x.xlsx", state, source, replace(report, orders=strangers))


def test_rows_that_moved_since_keep_their_own_route(source: Path) -> None:
    report = read(source)
    state = planned(report)
    shorter = edits.remove_orders(state, [state.day.orders[1].key])
    target = source.parent / "copy.xlsx"
    said = write_into_copy(target, Planner().timed(shorter), source, report)
    assert "4 orders" in said
    assert "1 row of the sheet is not in this day" in said
    import openpyxl

    sheet = openpyxl.load_workbook(target)["Orders"]
    assert [sheet.cell(row, 8).value for row in range(4, 9)] == [1, None, 2, 3, None]


def test_macros_stay(source: Path) -> None:
    macro = source.with_suffix(".xlsm")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(macro, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            new.writestr(name, content)
        new.writestr("xl/vbaProject.bin", b"\x00macro\xff")
    report = read(macro)
    target = macro.parent / copy_name(macro)
    assert target.suffix == ".xlsm"
    write_into_copy(target, planned(report), macro, report)
    with zipfile.ZipFile(target) as made:
        assert made.read("xl/vbaProject.bin") == b"\x00macro\xff"
        assert b"macroEnabled" in made.read("[Content_Types].xml")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_text_file_gets_a_workbook_with_its_columns(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "aufträge.csv"
    lines = [
        "Auftragsnr;Kunde;Adresse;Breitengrad;Längengrad;Bemerkung",
        "007;Müller;Weg 1;51,05;3,72;=1+1",
        "008;Özil;Weg 2;51,06;3,73;",
    ]
    path.write_bytes("\n".join(lines).encode(encoding))
    report = read(path)
    target = tmp_path / copy_name(path)
    said = write_into_copy(target, planned(report), path, report)
    assert target.name == "aufträge with plan.xlsx"
    assert "2 orders with route" in said
    again = read(target)
    assert [(o.id, o.name, o.notes) for o in again.orders] == [("007", "Müller", "=1+1"), ("008", "Özil", "")]


def test_a_workbook_that_cannot_be_extended_says_what_is_lost(source: Path) -> None:
    odd = source.parent / "odd.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(odd, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/styles.xml":
                content = content.decode().replace("UTF-8", "UTF-16").encode("utf-16")
            new.writestr(name, content)
    report = read(odd)
    said = write_into_copy(odd.parent / "copy.xlsx", planned(report), odd, report)
    assert "cannot be extended (it is written as UTF-16)" in said
    assert "formulas, pictures and macros are not in it" in said


@given(st.integers(1, 16_384))
def test_column_letters(number: int) -> None:
    assert column_number(column_letter(number) + "12") == number


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_any_text_is_well_formed(text: str) -> None:
    part = f'<a b="{escaped(text)}"><t>{escaped(text)}</t><c/></a>'.encode()
    ends: list[tuple[str, int]] = []
    walk(part, lambda _element: None, lambda local, at: ends.append((local, at)))
    assert [local for local, _ in ends] == ["t", "c", "a"]
    assert part[ends[1][1] : tag_end(part, ends[1][1])] == b"<c/>"
