"""What becomes of a cell within its sheet: read, kept and flagged, or decided by the cells around it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import pytest

from lastmile_desktop.model import ImportOptions, ImportReport, Order, Priority, Severity, SheetProblem
from lastmile_desktop.sheets.grid import Grid
from lastmile_desktop.sheets.importer import import_grids


def _sheet(
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    title: str = "",
    formats: dict[tuple[int, int], str] | None = None,
    options: ImportOptions | None = None,
) -> ImportReport:
    """A report on a sheet with an order number and an address before the given columns."""
    lines: list[list[Any]] = [[title]] if title else []
    lines.append(["Order", "Address", *headings])
    lines += [[f"A{n}", f"Street {n}, Town", *row] for n, row in enumerate(rows)]
    grid = Grid("Orders")
    for number, cells in enumerate(lines, 1):
        filled = {place: value for place, value in enumerate(cells, 1) if value not in (None, "")}
        if filled:
            grid.rows[number] = filled
    grid.formats.update(formats or {})
    return import_grids("orders.xlsx", [grid], lambda _done, _all: None, options or ImportOptions())


def _told(report: ImportReport) -> list[SheetProblem]:
    return [p for p in report.problems if p.severity is not Severity.INFO]


def _minutes(order: Order) -> list[tuple[int | None, int | None]]:
    return [
        (None if w.start_s is None else w.start_s // 60, None if w.end_s is None else w.end_s // 60)
        for w in order.windows
    ]


def _fixes(problem: SheetProblem) -> dict[str, str]:
    return {fix.column: fix.text for fix in problem.fix}


# -- what is clear is read without a question


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        (["Zeitfenster"], [["9-12"], ["ab 14 Uhr"], ["vormittags"], ["8-10 und 14-16"], ["egal"], [""]]),
        (["Créneau"], [["9h-12h"], ["avant 10h"], ["entre 14h et 16h"], ["matin"], ["toute la journée"]]),
        (["Franja horaria"], [["de 9 a 12"], ["a partir de las 14"], ["por la tarde"], ["todo el día"]]),
        (["Fascia oraria"], [["dalle 9 alle 12"], ["entro le 11"], ["pomeriggio"], ["9-12 e 14-17"]]),
        (["Tijdvak"], [["tussen 9 en 12"], ["na 14 uur"], ["voor 10 uur"], ["ochtend"], ["na 15"]]),
        (["Godziny dostawy"], [["od 9 do 12"], ["do 12"], ["po 14"], ["rano"], ["8-10 lub 14-16"]]),
        (["Horário"], [["das 9 às 12"], ["até às 10h"], ["de manhã"], ["a partir das 14h"]]),
        (["Time window"], [["9am-12pm"], ["1-3pm"], ["before 10"], ["noon-2pm"], ["ASAP"], ["any time"]]),
        (["From", "To"], [["9", "12"], ["", "17:00"], [time(8), time(12)], [0.375, 0.5], [900, 1730]]),
        (["Gewicht", "Menge"], [["12,5", "3"], ["1.250", "2 Kisten"], ["3,0 kg", "5 Stk."], ["500 g", "1"]]),
        (["Weight (lb)", "Boxes"], [["12.5", "3"], ["1,250", "two"], ["10 kg", "½"], ["12 oz", "7"]]),
        (["Service time"], [["5"], ["10 min"], ["1h15"], ["0:05"], [time(0, 5)], ["90 sec"], ["½ h"]]),
        (["Date"], [["23.11.2026"], ["Mo 23.11.26"], [datetime(2026, 11, 23)], ["23. Nov"], ["2026-11-23"]]),
        (["Priority"], [["high"], ["hoch"], ["normal"], ["basse"], ["!"], [""]]),
    ],
)
def test_clear_cells_raise_no_question(headings: list[str], rows: list[list[Any]]) -> None:
    """Flagging a clean row is as bad as missing a dirty one."""
    report = _sheet(headings, rows)
    assert len(report.orders) == len(rows)
    assert _told(report) == []
    assert not any(order.attention for order in report.orders)


# -- doubtful cells are kept and flagged, with what stood there and what to write


@pytest.mark.parametrize(
    ("heading", "clean", "cell", "found", "fix"),
    [
        ("Time window", "9-12", "1-3", "1-3", {"C": "13:00-15:00"}),
        ("Time window", "9-12", "9-5", "9-5", {"C": "09:00-17:00"}),
        ("Time window", "9-12", "9-12 (ring)", "9-12 (ring)", {"C": "09:00-12:00"}),
        ("Time window", "9-12", "after lunch", "after lunch", {}),
        ("Time window", "9-12", "not 12-14", "not 12-14", {}),
        ("Time window", "9-12", "10:00", "10:00", {}),
        ("Time window", "9-12", time(10), "10:00", {}),
        ("Time window", "9-12", datetime(2026, 12, 9), "2026-12-09", {"C": "09:00-12:00"}),
        ("Latest", "12:00", "3", "3", {"C": "15:00"}),
        ("Latest", "12:00", 9.5, "9.5", {"C": "09:30"}),
        ("Boxes", "3", "3-4", "3-4", {"C": "4"}),
        ("Boxes", "3", "1.250", "1.250", {}),
        ("Boxes", "3", "2 dozen", "2 dozen", {}),
        ("Weight", 3.5, datetime(2026, 5, 12), "2026-05-12", {"C": "12.5"}),
        ("Service time", 5, 300, "300", {"C": "5 min"}),
        ("Service time", 5, "5-10 min", "5-10 min", {"C": "10 min"}),
        ("Delivery date", "23.11.2026", "30.02.2026", "30.02.2026", {}),
        ("Delivery date", "23.11.2026", "Di 23.11.2026", "Di 23.11.2026", {}),
        ("Phone", "030123456", "4,9351E+10", "4,9351E+10", {}),
    ],
)
def test_a_doubtful_cell_is_flagged_with_its_fix(
    heading: str, clean: Any, cell: Any, found: str, fix: dict[str, str]
) -> None:
    """One odd cell among clean ones: only its row is flagged, and a fix makes the row clean."""
    report = _sheet([heading], [[clean], [cell], [clean]])
    (problem,) = _told(report)
    assert (problem.row, problem.column, problem.order_id) == (3, "C", "A1")
    assert problem.severity is Severity.ATTENTION
    assert problem.found == found
    assert _fixes(problem) == fix
    assert [order.attention for order in report.orders] == [False, True, False]
    if fix:
        mended = _sheet([heading], [[clean], [fix["C"]], [clean]])
        assert _told(mended) == []


def test_what_cannot_be_read_as_a_window_is_in_the_notes() -> None:
    """No window is not an answer: the driver still sees the words."""
    report = _sheet(["Time window", "Notes"], [["after lunch", "ring twice"]])
    assert report.orders[0].windows == ()
    assert report.orders[0].notes == "ring twice\nFrom the sheet: after lunch"


# -- the column and the sheet decide


@pytest.mark.parametrize(("beside", "grams"), [("12,5", 1_250_000), ("12.5", 1250)])
def test_the_column_decides_about_a_lone_point(beside: str, grams: int) -> None:
    """1.250 among decimal commas is a thousand; the coordinates beside it are no evidence."""
    report = _sheet(["Weight", "Lat", "Lon"], [["1.250", "51.0543", "3.7174"], [beside, "51.0551", "3.7181"]])
    assert report.orders[0].weight_g == grams
    assert _told(report) == []


def test_number_formats_count() -> None:
    """500 shown as 500 g is half a kilogram; 0.5 shown as 50 % is no amount."""
    report = _sheet(["Weight", "Boxes"], [[500, 2], [3, 0.5]], formats={(2, 3): '0 "g"', (3, 4): "0%"})
    assert report.orders[0].weight_g == 500
    (problem,) = _told(report)
    assert (problem.row, problem.column, problem.category) == (3, "D", "bad_number")


def test_a_window_for_the_orders_day() -> None:
    """Windows for days: the order's own counts, another day's does not."""
    rows = [["Mo 9-12", "23.11.2026"], ["Di 9-12", "23.11.2026"], ["Mo-Fr 9-12, Sa 10-11", "23.11.2026"]]
    report = _sheet(["Time window", "Date"], rows)
    assert [_minutes(order) for order in report.orders] == [[(540, 720)], [], [(540, 720)]]
    (problem,) = _told(report)
    assert (problem.row, problem.category) == (3, "other_day")


def test_a_window_with_a_day_in_a_sheet_without_dates() -> None:
    """All windows for Mondays: read with a remark. For different days: somebody must look."""
    same = _sheet(["Time window"], [["Mo 9-12"], ["Mo 14-16"], ["Mo-Fr 8-10"]])
    assert _told(same) == []
    assert [_minutes(order) for order in same.orders] == [[(540, 720)], [(840, 960)], [(480, 600)]]
    mixed = _sheet(["Time window"], [["Mo 9-12"], ["Di 14-16"]])
    assert [problem.category for problem in _told(mixed)] == ["other_day", "other_day"]


def test_a_full_date_beside_a_window_is_the_orders_date() -> None:
    """A sheet without a date column may say the day with the time."""
    report = _sheet(["Time window"], [["23.11.2026 9-12"], ["24.11.2026 9-12"]])
    assert [order.delivery_date for order in report.orders] == [date(2026, 11, 23), date(2026, 11, 24)]
    assert [_minutes(order) for order in report.orders] == [[(540, 720)], [(540, 720)]]


def test_date_times_in_from_and_to_are_checked() -> None:
    """The time counts; its date must be the order's."""
    nine, noon = datetime(2026, 11, 23, 9), datetime(2026, 11, 23, 12)
    report = _sheet(["From", "To", "Date"], [[nine, noon, "23.11.2026"], [nine, noon, "24.11.2026"]])
    assert [_minutes(order) for order in report.orders] == [[(540, 720)], []]
    assert [(p.row, p.category) for p in _told(report)] == [(3, "other_day")]


def test_window_and_deadline_hold_together() -> None:
    """A slot and a deadline beside it: only what both allow is open."""
    report = _sheet(["Time window", "Deliver before"], [["9-12", "11:00"], ["9-12", ""], ["14-17", "12:00"]])
    assert _minutes(report.orders[0]) == [(540, 660)]
    assert _minutes(report.orders[1]) == [(540, 720)]
    assert [(p.row, p.category) for p in _told(report)] == [(2, "bad_time"), (4, "bad_time")]


def test_short_hours_are_decided_by_the_column() -> None:
    """2:00 beside 8:00 and 14:00 is at night; beside 8:00 and 11:00 it is a question."""
    rows = [["8:00", "10:00"], ["14:00", "16:00"], ["2:00", "4:00"]]
    assert _minutes(_sheet(["From", "To"], rows).orders[2]) == [(120, 240)]
    asked = _sheet(["From", "To"], [["8:00", "10:00"], ["9:00", "11:00"], ["2:00", "4:00"]])
    assert {problem.row for problem in _told(asked)} == {4}
    assert [_fixes(problem) for problem in _told(asked)] == [{"C": "14:00"}, {"D": "16:00"}]
    night = _sheet(["From", "To"], [["3:00", "5:00"], ["4:00", "5:30"], ["2:00", "4:00"]])
    assert _told(night) == []


def test_the_order_of_day_and_month() -> None:
    """The column decides; a person may; else it is day first, and said."""
    settled = _sheet(["Date"], [["03/04/2026"], ["03/25/2026"]])
    assert settled.orders[0].delivery_date == date(2026, 3, 4)
    chosen = _sheet(["Date"], [["03/04/2026"]], options=ImportOptions(date_order="mdy"))
    assert chosen.orders[0].delivery_date == date(2026, 3, 4)
    assert not any(p.category == "date_order" for p in chosen.problems)
    guessed = _sheet(["Date"], [["03/04/2026"]])
    assert guessed.orders[0].delivery_date == date(2026, 4, 3)
    assert any(p.category == "date_order" for p in guessed.problems)
    titled = _sheet(["Date"], [["03/04/2026"]], title="Deliveries March 4, 2026")
    assert titled.orders[0].delivery_date == date(2026, 3, 4)


def test_what_lacks_a_year_or_a_date_takes_the_sheets_only_day() -> None:
    """One cell names the day in full, the others only a part of it."""
    rows = [["23/11/2026"], ["23 de novembro"], ["segunda-feira"], ["23.11.2026 r."]]
    report = _sheet(["Data de entrega"], rows)
    assert [order.delivery_date for order in report.orders] == [date(2026, 11, 23)] * 4
    assert _told(report) == []
    mixed = _sheet(["Data de entrega"], [["23/11/2026"], ["24/11/2026"], ["segunda-feira"]])
    assert [(p.row, p.category) for p in _told(mixed)] == [(4, "bad_date")]


def test_dates_that_excel_may_have_exchanged() -> None:
    """What Excel could not turn round stayed a text; what it could is early in the month: one question."""
    report = _sheet(["Date"], [["23/11/2026"], [datetime(2026, 1, 12)], [datetime(2026, 2, 12)]])
    assert [(p.row, p.category) for p in _told(report)] == [(1, "date_order")]
    late = _sheet(["Date"], [["23/11/2026"], [datetime(2026, 1, 12)], [datetime(2026, 2, 22)]])
    assert _told(late) == []


def test_several_days_are_counted() -> None:
    """Never mixed in silence: the report says how many orders each day has."""
    report = _sheet(["Date"], [["23.11.2026"], ["23.11.2026"], ["24.11.2026"], [""]])
    (remark,) = [p for p in report.problems if p.category == "several_days"]
    assert remark.message == ("The sheet holds orders for 2 days (2026-11-23: 2, 2026-11-24: 1, no date: 1).")


def test_parts_of_the_day_by_the_firms_table() -> None:
    """Morning is what the firm says it is, and the remark says so."""
    firm = ImportOptions(day_parts=((7 * 3600, 11 * 3600), (13 * 3600, 18 * 3600), (18 * 3600, 22 * 3600)))
    report = _sheet(["Time window"], [["morning"], ["afternoon"]], options=firm)
    assert [_minutes(order) for order in report.orders] == [[(420, 660)], [(780, 1080)]]
    assert [p.message for p in report.problems if p.category == "day_part"] == [
        "“morning” is read as 07:00 to 11:00.",
        "“afternoon” is read as 13:00 to 18:00.",
    ]


def test_urgent_words_raise_the_priority() -> None:
    """ASAP has no hours."""
    report = _sheet(["Time window"], [["ASAP"], ["so schnell wie möglich"], ["urgent, before 10"], ["9-12"]])
    assert [order.priority for order in report.orders] == [Priority.HIGH] * 3 + [Priority.NORMAL]
    assert _minutes(report.orders[2]) == [(None, 600)]


# -- positions

_CITY = [[51.05, 3.71], [51.06, 3.72], [51.07, 3.73]]


@pytest.mark.parametrize(
    ("cells", "position", "severity", "fix"),
    [
        ([3.74, 51.08], (51.08, 3.74), Severity.INFO, {"C": "51.08", "D": "3.74"}),
        ([51080000, 3740000], (51.08, 3.74), Severity.ATTENTION, {"C": "51.08", "D": "3.74"}),
        (["51.080.000", "3.74"], (51.08, 3.74), Severity.ATTENTION, {"C": "51.08", "D": "3.74"}),
        ([51.08, -3.74], (51.08, -3.74), Severity.ATTENTION, {"C": "51.08", "D": "3.74"}),
        ([0, 0], None, Severity.ATTENTION, {}),
        ([51.08, None], None, Severity.ATTENTION, {}),
        ([95.5, 200.1], None, Severity.ATTENTION, {}),
        ([51, 4], (51.0, 4.0), Severity.ATTENTION, {}),
        ([40.4, -3.7], (40.4, -3.7), Severity.ATTENTION, {}),
    ],
)
def test_positions_among_others(
    cells: list[Any], position: tuple[float, float] | None, severity: Severity, fix: dict[str, str]
) -> None:
    """Mended where that is certain, else flagged; the fix is what the cells should hold."""
    report = _sheet(["Lat", "Lon"], [*_CITY, cells])
    (problem,) = [p for p in report.problems if p.category == "bad_coords"]
    assert (problem.row, problem.severity) == (5, severity)
    place = report.orders[3].location
    assert (None if place is None else (place.lat, place.lon)) == position
    if len(fix) == 2 and position and severity is Severity.ATTENTION and position[1] < 0:
        assert _fixes(problem) == fix or not _fixes(problem)
    else:
        assert _fixes(problem) == fix


def test_a_lost_minus_is_suggested() -> None:
    """Far east of all others, and among them with a minus."""
    report = _sheet(["Lat", "Lon"], [[39.35, -76.71], [39.36, -76.72], [39.37, -76.73], [39.38, 76.74]])
    (problem,) = _told(report)
    assert _fixes(problem) == {"C": "39.38", "D": "-76.74"}


def test_columns_exchanged_as_a_whole() -> None:
    """Impossible the written way: exchanged, each with a remark. In the ice: one question for the sheet."""
    turned = _sheet(["Lat", "Lon"], [[-122.71, 37.35], [-122.72, 37.36], [-122.73, 37.37]])
    assert [order.location.lat for order in turned.orders if order.location] == [37.35, 37.36, 37.37]
    assert _told(turned) == []
    ice = _sheet(["Lat", "Lon"], [[-76.71, 39.35], [-76.72, 39.36]])
    assert [(p.row, p.category) for p in _told(ice)] == [(1, "bad_coords")]


def test_many_addresses_on_one_point() -> None:
    """Somebody's program took the middle of the town for all of them: one question."""
    report = _sheet(["Lat", "Lon"], [[51.05, 3.71]] * 6)
    assert [(p.row, p.category) for p in _told(report)] == [(1, "bad_coords")]


def test_positions_in_links_and_odd_places() -> None:
    """A map link in the GPS column; both coordinates in the latitude column."""
    link = "https://maps.example/place/X/@51.0,3.0,17z/data=!3d51.0543!4d3.7174"
    report = _sheet(["GPS"], [["51.0551, 3.7181"], [link], ["51,0562; 3,7190"], ["51°03'15\"N 3°43'02\"E"]])
    assert _told(report) == []
    assert [round(order.location.lat, 3) for order in report.orders if order.location] == [
        51.055,
        51.054,
        51.056,
        51.054,
    ]


# -- rows against one another


def test_copies_and_numbers_used_twice() -> None:
    """Both rows are named; an exact copy is recognised as one."""
    headings, grid = ["Order", "Address", "Boxes"], Grid("Orders")
    rows = [
        headings,
        ["S1", "A 1", 2],
        ["S2", "B 2", 1],
        ["S1", "C 3", 1],
        ["S2", "B 2", 1],
        ["S3", "A 1", 2],
    ]
    grid.rows.update({n: dict(enumerate(row, 1)) for n, row in enumerate(rows, 1)})
    report = import_grids("orders.xlsx", [grid], lambda _done, _all: None)
    assert [(p.row, p.category) for p in _told(report)] == [(4, "duplicate_id"), (5, "duplicate_id")]
    assert "row 2" in _told(report)[0].message
    assert "exact copy of row 3" in _told(report)[1].message
    assert len(report.orders) == 5


def test_house_numbers_that_excel_made_dates() -> None:
    """3-5 became the third of May: never an address with a date in it."""
    grid = Grid("Orders")
    rows: list[list[Any]] = [
        ["Street", "House number", "Town"],
        ["Hill", datetime(2026, 5, 3), "Gent"],
        ["Dale", 7.0, "Gent"],
    ]
    grid.rows.update({n: dict(enumerate(row, 1)) for n, row in enumerate(rows, 1)})
    report = import_grids("orders.xlsx", [grid], lambda _done, _all: None)
    assert [order.address for order in report.orders] == ["Hill, Gent", "Dale 7, Gent"]
    (problem,) = _told(report)
    assert (problem.row, problem.column, _fixes(problem)) == (2, "B", {"B": "3-5"})
