"""The template imports clean in every language: no doubt about a column, no remark about a filled line."""

from __future__ import annotations

from pathlib import Path

import pytest

from lastmile_desktop.documents.template.words import LANGUAGES, ORDER_FIELDS
from lastmile_desktop.documents.template.workbook import write_template
from lastmile_desktop.model import Priority, SheetKind, TimeWindow
from lastmile_desktop.sheets.child_reader import import_file

LINE = [
    "B-1",
    "Anna",
    "Main 5",
    "01309",
    "Gent",
    51.05,
    3.72,
    9 / 24,
    0.5,
    3,
    12.5,
    7,
    "0301",
    "back",
    "lift",
    None,
]
VAN = ["Van 7", "Sofie", 40, 900, 8 / 24, 17 / 24]
DEPOT = ["Hub", "Dock 1", "9000", "Gent", 51.0, 3.7]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_filled_template_is_read_as_it_was_meant(tmp_path: Path, language: str) -> None:
    import openpyxl

    path = tmp_path / "template.xlsx"
    write_template(path, language)
    book = openpyxl.load_workbook(path)
    words = LANGUAGES[language]
    for name, line in zip(words.sheets, (LINE, VAN, DEPOT), strict=False):
        for column, value in enumerate(line, start=1):
            book[name].cell(2, column, value)
    book[words.sheets[0]].cell(2, len(ORDER_FIELDS), words.high)
    book.save(path)
    report = import_file(path, lambda _done, _total: None)
    assert [problem.message for problem in report.problems] == []
    assert [sheet.kind for sheet in report.sheets] == [
        SheetKind.ORDERS, SheetKind.VEHICLES, SheetKind.DEPOTS, SheetKind.IGNORED,
    ]  # fmt: skip
    order = report.orders[0]
    assert len(report.orders) == 1
    assert (order.id, order.name, order.phone, order.notes) == ("B-1", "Anna", "0301", "back")
    assert all(part in order.address for part in ("Main 5", "01309", "Gent"))
    assert order.location is not None
    assert (order.location.lat, order.location.lon) == (51.05, 3.72)
    assert order.windows == (TimeWindow(9 * 3600, 12 * 3600),)
    assert (order.quantity_milli, order.weight_g, order.service_s) == (3000, 12_500, 420)
    assert (order.skills, order.priority) == (frozenset({"lift"}), Priority.HIGH)
    van = report.vehicles[0]
    assert (van.name, van.driver, van.shift_start_s, van.shift_end_s) == (
        "Van 7",
        "Sofie",
        8 * 3600,
        17 * 3600,
    )
    assert (van.capacity.quantity_milli, van.capacity.weight_g) == (40_000, 900_000)
    assert [depot.name for depot in report.depots] == ["Hub"]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_an_empty_template_holds_no_orders(tmp_path: Path, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language)
    report = import_file(path, lambda _done, _total: None)
    assert report.orders == ()
    assert "no orders" in report.message
