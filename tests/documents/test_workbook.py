"""The plan as a workbook: complete, printable, and without one live formula from a sheet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from lastmile_desktop.documents.workbook import write_plan_workbook
from lastmile_desktop.model import Day, DayState, Unassigned, UnassignedReason
from tests.documents import factories

LEADS = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1",
    "|calc",
)


def written(tmp_path: Path, state: DayState) -> Workbook:
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(path, state)
    return openpyxl.load_workbook(path)


def texts(book: Workbook) -> list[str]:
    return [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


def test_a_sheet_per_driver_between_summary_and_unassigned(tmp_path: Path) -> None:
    book = written(tmp_path, factories.planned_day(2, 6))
    assert book.sheetnames == ["Summary", "Van 1 Sofie Lambert", "Van 2 Mehmet Yıldız", "Unassigned"]


def test_a_route_sheet_lists_its_visits_in_driving_order(tmp_path: Path) -> None:
    sheet = written(tmp_path, factories.planned_day(1, 6, break_after=3))["Van 1 Sofie Lambert"]
    head = [cell.value for cell in sheet[4]]
    assert head[:6] == ["Stop", "Arrive", "Start", "Leave", "Time window", "Order"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert [row[0] for row in rows] == [1, 2, 3, None, 4, 5, 6]
    assert rows[0][1].strftime("%H:%M") == "08:06"
    assert rows[0][4:9] == (
        "09:00–12:30", "B-1000", "Deliver", "Anna Müller", "Hauptstr. 5, 10115 Berlin",
    )  # fmt: skip
    assert rows[0][10:13] == (1, 12.5, 0.04)
    assert rows[3][6:8] == ("Break", "Break")


def test_the_summary_adds_up(tmp_path: Path) -> None:
    sheet = written(tmp_path, factories.planned_day(2, 6))["Summary"]
    figures = {row[0]: row[1] for row in sheet.iter_rows(min_row=4, max_row=13, values_only=True)}
    assert (figures["Orders"], figures["Planned"], figures["Unassigned"], figures["Routes"]) == (14, 12, 2, 2)
    assert figures["Cost, EUR"] == 169
    assert figures["Distance, km"] == pytest.approx(2 * (6 * 4.2 + 5.1))
    assert "estimates" in sheet["A2"].value
    per_route = list(sheet.iter_rows(min_row=16, values_only=True))
    assert [row[:4] for row in per_route] == [
        ("Van 1", "Sofie Lambert", 6, 6),
        ("Van 2", "Mehmet Yıldız", 6, 6),
    ]


def test_unassigned_orders_come_with_their_reason(tmp_path: Path) -> None:
    sheet = written(tmp_path, factories.planned_day())["Unassigned"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert [(row[0], row[7], row[8]) for row in rows] == [
        ("F907", "Skill", "No vehicle has the skill crane."),
        ("F908", "No position yet", "The address has no position on the map yet."),
    ]


def test_sheets_print_on_one_page_width_with_their_head_repeated(tmp_path: Path) -> None:
    book = written(tmp_path, factories.planned_day())
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is what the format means when it says nothing
        assert sheet.page_setup.fitToHeight == 0
        assert "&P" in sheet.oddFooter.right.text
    for name in book.sheetnames[1:]:
        assert book[name].freeze_panes == "A5"
        assert book[name].print_title_rows == "$4:$4"
        assert book[name].auto_filter.ref.startswith("A4:")


@pytest.mark.parametrize("lead", LEADS)
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, lead: str) -> None:
    hostile = factories.order(
        1, id=lead, name=lead, address=lead, phone=lead, notes=lead, skills=frozenset({lead}), email=lead
    )
    left = factories.order(2, id=lead, name=lead, address=lead, phone=lead, notes=lead)
    van = factories.vehicle(1, name=lead, driver=lead)
    state = factories.state_of(
        [factories.route(van, [[hostile]])],
        [van],
        [hostile, left],
        unassigned=[Unassigned("o2", UnassignedReason.SKILL, lead)],
    )
    settings = replace(state.day.settings, currency=lead)
    day = Day(state.day.date, state.day.orders, (van,), state.day.depots, settings, source_name=lead)
    book = written(tmp_path, replace(state, day=day))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d"), (sheet.title, cell.coordinate, cell.value)
                assert cell.hyperlink is None
    assert sum(text.strip() == lead.strip() for text in texts(book)) >= 12


def test_hostile_names_make_no_invalid_sheet_name_or_footer(tmp_path: Path) -> None:
    vans = [
        factories.vehicle(1, name="[A]:*?/\\B&P", driver=""),
        factories.vehicle(2, name="[A]:*?/\\b&p", driver=""),
        factories.vehicle(3, name="", driver=""),
        factories.vehicle(4, name="'" + "x" * 60, driver="y"),
    ]
    orders = [factories.order(number) for number in range(4)]
    routes = [factories.route(van, [[one]]) for van, one in zip(vans, orders, strict=True)]
    book = written(tmp_path, factories.state_of(routes, vans, orders))
    assert book.sheetnames == ["Summary", "A B&P", "A b&p (2)", "Route", "x" * 31, "Unassigned"]
    assert book["A B&P"].oddFooter.left.text == "&A"


def test_a_text_longer_than_a_cell_is_cut_and_not_lost(tmp_path: Path) -> None:
    state = factories.one_route_day([factories.order(1, notes="n" * 40_000, name="a\x01b\ud800_x0041_")])
    found = texts(written(tmp_path, state))
    assert "n" * 32_766 + "…" in found
    assert "a b\N{REPLACEMENT CHARACTER}_x0041_" in found


def test_a_time_after_midnight_says_so(tmp_path: Path) -> None:
    van = factories.vehicle(1, shift_end_s=30 * 3600)
    one = factories.order(1)
    route = factories.route(van, [[one]], start_s=24 * 3600 + 600)
    sheet = written(tmp_path, factories.state_of([route], [van], [one]))["Van 1 Sofie Lambert"]
    assert sheet["B5"].number_format == 'hh:mm" +1"'


def test_a_failure_leaves_the_old_workbook_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(path, factories.planned_day())
    before = path.read_bytes()
    broken = factories.planned_day()
    assert broken.timetable is not None
    stranger = replace(broken.timetable.routes[0], vehicle_key="unknown")
    with pytest.raises(KeyError):
        write_plan_workbook(path, replace(broken, timetable=replace(broken.timetable, routes=(stranger,))))
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["plan.xlsx"]


def test_a_day_without_a_plan_still_makes_a_workbook(tmp_path: Path) -> None:
    book = written(tmp_path, replace(factories.planned_day(), assignment=None, timetable=None))
    assert book.sheetnames == ["Summary", "Unassigned"]
    orders = [row[0] for row in book["Unassigned"].iter_rows(min_row=5, values_only=True)]
    assert orders[-2:] == ["F907", "F908"]
    assert book["Summary"]["B6"].value == 14


def test_times_are_rounded_to_the_minute_like_those_on_paper(tmp_path: Path) -> None:
    van, one = factories.vehicle(1), factories.order(1)
    route = factories.route(van, [[one]], start_s=8 * 3600 + 45)
    book = written(tmp_path, factories.state_of([route], [van], [one]))
    assert book["Van 1 Sofie Lambert"]["B5"].value.strftime("%H:%M:%S") == "08:07:00"


def test_rows_are_tall_enough_for_their_notes(tmp_path: Path) -> None:
    state = factories.one_route_day(
        [factories.order(1, notes="", name="A", address="B"), factories.order(2, notes="word " * 60)]
    )
    sheet = written(tmp_path, state)["Van 1 Sofie Lambert"]
    assert sheet.row_dimensions[6].height > 6 * sheet.row_dimensions[5].height / 2
