"""Fifty small good books of many writers, to be damaged by the fuzz target."""

from __future__ import annotations

import io
from datetime import date, time
from functools import cache

import openpyxl
import xlsxwriter
from openpyxl.styles import Font

from tests.sheets.books.cells import Code, Dressed, Fault, Rows, Sum
from tests.sheets.books.ods_book import ods
from tests.sheets.books.xls_book import xls
from tests.sheets.books.xlsx_book import MANNERS, Sheet, xlsx

_HEAD: list[str] = [
    "Order",
    "Customer",
    "Address",
    "Postcode",
    "Lat",
    "Lon",
    "From",
    "To",
    "Boxes",
    "Weight (kg)",
    "Notes",
]


def plain_rows(count: int = 12) -> Rows:
    """A table as it should be."""
    rows: Rows = [list(_HEAD)]
    for n in range(1, count + 1):
        row = [f"A{n}", f"Cüstomer {n}", f"Main {n}, Ghent", Code(9000 + n), 51 + n / 1000, 3.7]
        rows.append([*row, time(8 + n % 4), time(14), n, n * 1.5, "ring twice" if n % 3 else None])
    return rows


def messy_rows() -> Rows:
    """A table as it is: titles, gaps, errors, sums, odd values."""
    rows = plain_rows(8)
    rows[3][6:8] = ["9-12", None]
    rows[4][8] = Fault()
    rows[5][8] = Sum("A1*2")
    rows[6][2] = Fault("#REF!")
    rows[7][9] = Dressed(0.5, "0%")
    title: Rows = [["Deliveries of Monday 23.11.2026"], []]
    total: Rows = [[], ["Total", None, None, None, None, None, None, None, Sum("SUM(I4:I12)", 36), 54]]
    return title + rows[:1] + [["Tour North"]] + rows[1:5] + [[]] + rows[5:] + total


def fleet_rows() -> Rows:
    """Vehicles."""
    return [["Vehicle", "Driver", "Capacity", "Start", "End"], ["Van 1", "Jo", 30, time(8), time(17)]]


def _german() -> Rows:
    rows: Rows = [
        ["Auftragsnr.", "Kunde", "Straße", "Hausnr", "PLZ", "Ort", "Zeitfenster", "Menge", "Lieferdatum"]
    ]
    for n in range(1, 9):
        rows.append(
            [
                n,
                f"Müller {n}",
                "Königstraße",
                n,
                Code(1300 + n),
                "Köln",
                "9-12 Uhr",
                f"{n},5",
                date(2026, 11, 23),
            ]
        )
    return rows


def _by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Orders"
    for row in [
        _HEAD,
        *[[f"A{n}", f"C {n}", f"Main {n}", f"0{n}", 51.0, 3.7, "08:00", "12:00", n] for n in range(9)],
    ]:
        sheet.append(row)
    sheet["J3"] = "=I3*2"
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("K2:K4")
    sheet.auto_filter.ref = "A1:K10"
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("Fahrzeuge").append(["Fahrzeug", "Kapazität"])
    book["Fahrzeuge"].append(["Wagen 1", 20])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _by_xlsxwriter(*, in_memory_strings: bool) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": not in_memory_strings})
    sheet = book.add_worksheet("Orders")
    clock, padded = book.add_format({"num_format": "hh:mm"}), book.add_format({"num_format": "00000"})
    sheet.write_row(0, 0, _HEAD)
    for n in range(1, 10):
        sheet.write_row(n, 0, [f"A{n}", f"C {n}", f"Main {n}"])
        sheet.write_number(n, 3, 1300 + n, padded)
        sheet.write_row(n, 4, [51.0, 3.7])
        sheet.write_number(n, 6, 0.375, clock)
        sheet.write_formula(n, 8, f"={n}+1")
    if in_memory_strings:
        sheet.add_table(0, 0, 9, 10, {"columns": [{"header": head} for head in _HEAD]})
        sheet.data_validation("I2:I9", {"validate": "integer", "criteria": ">", "value": 0})
        sheet.write_comment("A2", "a comment")
    book.close()
    return buffer.getvalue()


def _text(rows: Rows, separator: str, codec: str, *, first_line: str = "", quoted: bool = False) -> bytes:
    def cell(value: object) -> str:
        text = "" if value is None else str(value.number) if isinstance(value, Code) else str(value)
        return f'"{text}"' if quoted or separator in text else text

    lines = [separator.join(map(cell, row)) for row in rows]
    return "\r\n".join([*([first_line] if first_line else []), *lines, ""]).encode(codec)


def _page() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in _german())
    return f"<html><meta charset=utf-8><body><table>{rows}</table></body></html>".encode()


@cache
def seeds() -> dict[str, tuple[str, bytes]]:
    """Name -> (file name, content)."""
    plain, messy = plain_rows(), messy_rows()
    books: dict[str, tuple[str, bytes]] = {}
    for manner in MANNERS:
        books[f"plain, {manner.name}"] = (
            "plain.xlsx",
            xlsx({"Orders": plain, "Vehicles": fleet_rows()}, manner),
        )
        sheet = Sheet(messy, merges=["A1:D1"], hidden_rows={6}, hidden_columns={11}, filtered=True)
        books[f"messy, {manner.name}"] = (
            "messy.xlsx",
            xlsx({"Stops": sheet, "Old": Sheet(plain, state="hidden")}, manner),
        )
    books["german"] = ("auftraege.xlsm", xlsx({"Aufträge": _german()}, MANNERS[2]))
    books["openpyxl"] = ("openpyxl.xlsx", _by_openpyxl())
    books["xlsxwriter"] = ("xlsxwriter.xlsx", _by_xlsxwriter(in_memory_strings=True))
    books["xlsxwriter, streaming"] = ("streaming.xlsx", _by_xlsxwriter(in_memory_strings=False))
    for name, rows in (("plain", plain), ("messy", messy), ("german", _german())):
        books[f"open document, {name}"] = (f"{name}.ods", ods({"Orders": rows, "Vehicles": fleet_rows()}))
        books[f"old excel, {name}"] = (f"{name}.xls", xls({"Orders": rows, "Vehicles": fleet_rows()}))
    books["old excel, 1904"] = ("mac.xls", xls({"Orders": _german()}, from_1904=True))
    for separator, codec in (
        (";", "cp1252"),
        (",", "utf-8-sig"),
        ("\t", "utf-16"),
        ("|", "utf-8"),
        (";", "utf-16-le"),
    ):
        books[f"text, {codec} {separator!r}"] = ("text.csv", _text(_german(), separator, codec))
    books["text, sep="] = ("sep.csv", _text(_german(), ";", "utf-8", first_line="sep=;"))
    books["text, quoted"] = ("quoted.csv", _text(_german(), ",", "utf-8", quoted=True))
    books["text, pasted"] = ("pasted.tsv", _text(plain, "\t", "utf-8"))
    books["web page"] = ("page.xls", _page())
    return books
