"""Sheets that a fresh pair of eyes made up: what was read wrongly in silence, one sheet at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from lastmile_desktop.sheets import read_sheet


@pytest.mark.parametrize("error", ["#N/A", "#NV", "#BEZUG!", "#N/D", "#¡REF!", "#ADR!"])
def test_errors_of_excel_in_a_text_file_are_never_an_address(tmp_path: Path, error: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        f"Auftrag;Name;Strasse;PLZ;Ort\n1;Adler;{error};04109;Leipzig\n2;Bauer;Weg 2;04109;Leipzig\n",
        encoding="utf-8",
    )
    report = read_sheet(path)
    first, second = report.orders
    assert error not in first.address
    assert first.attention
    assert not second.attention
    assert [p.found for p in report.problems if p.category == "cell_error"] == [error]


def test_errors_that_excel_writes_in_the_users_language_are_errors(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ordine", "Cliente", "Indirizzo", "Città"])
    sheet.append(["A1", "Bar Sport", "#N/D", "Milano"])
    sheet.append(["A2", "Bar Roma", "Via Roma 2", "Milano"])
    book.save(tmp_path / "ordini.xlsx")
    report = read_sheet(tmp_path / "ordini.xlsx")
    assert report.orders[0].address == "Milano"
    assert report.orders[0].attention


def test_a_tour_right_below_the_heading_is_no_second_heading_line(tmp_path: Path) -> None:
    path = tmp_path / "tour.csv"
    path.write_text(
        "Kd.-Nr.;Name;Straße;PLZ;Ort\nTour Nord;;;;\n00417;Adler;Weg 1;04109;Leipzig\n"
        "00418;Bauer;Weg 2;04109;Leipzig\nTour Süd;;;;\n00419;Conrad;Weg 3;04109;Leipzig\n",
        encoding="utf-8",
    )
    report = read_sheet(path)
    assert [order.name for order in report.orders] == ["Adler", "Bauer", "Conrad"]
    layout = report.sheets[0].layout
    assert layout is not None
    assert "vehicle" not in dict(layout.columns).values()


def test_without_a_heading_customers_with_a_digit_are_names(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    lines = [f"CMD-{300 + i};Épicerie {i};{i + 2} rue de Lyon;69002;Lyon;9h-12h30" for i in range(8)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = read_sheet(path)
    assert [order.name for order in report.orders] == [f"Épicerie {i}" for i in range(8)]
    assert not any(order.notes for order in report.orders)


def beside(path: Path, phones: dict[int, tuple[str, str]]) -> Path:
    """Twelve orders, a blank column, and two more columns filled in some rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Order", "Customer", "Address", "Window", "Boxes", None, "Driver", "Phone"])
    for number in range(12):
        row: list[object] = [
            f"A{number}",
            f"Customer {number}",
            f"{number + 1} Main St, 10115 Town",
            "9-12",
            2,
        ]
        sheet.append([*row, None, *phones.get(number, ())])
    book.save(path)
    return path


def test_the_drivers_phones_beside_the_orders_are_no_customers_phones(tmp_path: Path) -> None:
    drivers = {0: ("Tom", "0171 550"), 1: ("Ann", "0171 551"), 2: ("Joe", "0171 552")}
    report = read_sheet(beside(tmp_path / "side.xlsx", drivers))
    assert [order.phone for order in report.orders] == [""] * 12
    assert any("Columns G (Driver), H (Phone)" in problem.message for problem in report.problems)


@pytest.mark.parametrize("rows", [(0, 1, 5), (3, 4), (0,), tuple(range(12))])
def test_phones_that_only_some_customers_have_stay_theirs(tmp_path: Path, rows: tuple[int, ...]) -> None:
    report = read_sheet(beside(tmp_path / "some.xlsx", {row: ("Tom", f"0171 55{row}") for row in rows}))
    assert [number for number, order in enumerate(report.orders) if order.phone] == list(rows)
