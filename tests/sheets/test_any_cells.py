"""Any cells under any heading: the importer itself never fails, and never invents an impossible order."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lastmile_desktop.sheets.grid import Grid, UnreadableCell
from lastmile_desktop.sheets.importer import import_grids
from lastmile_desktop.sheets.refusal import RefusedFileError
from lastmile_desktop.sheets.report_json import report_to_json

_HEADING_TEXT = """Order,Customer,Contact,Address,Street,Hausnr,PLZ,Ort,Lat,Lon,Coordinates,Breite,Länge,x
,From,To,Time window,Window 2 from,Window 2 to,Boxes,Weight (lb),Volume,Service (s),Phone,Notes,Skills
,Priority,Date,Type,Penalty,Driver,Total,Vehicle,Capacity
,Max kg,Shift start,Shift end,Shift,Start,End,Break,Break from
,Break to,Cost per km,Max hours,Max stops,Active,Name,Open from,Opening hours"""
HEADINGS = [heading.strip() for heading in _HEADING_TEXT.split(",")]
_TEXT_TEXT = """|x|9-12|1-3|12,5|1.250|-3|0|51.5|51,5; 3.7|total|Main 1|many|08:00|25:00|NaN|open|#N/A
|2026-02-30|03/04/2026|0:05|12:00-12:30|P|🚚|\u200b|ASAP|morning|1e400|999999999999999999999999999999|{|()"""
TEXTS = st.sampled_from([text.strip("\n") for text in _TEXT_TEXT.split("|")])
CELLS = st.one_of(
    st.none(),
    st.none(),
    TEXTS,
    st.text(max_size=12),
    st.integers(-10, 3000),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.times(),
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)),
    st.dates(min_value=date(1900, 1, 1)),
    st.timedeltas(min_value=timedelta(days=-3), max_value=timedelta(days=3)),
    st.just(time(0)),
    st.just(UnreadableCell()),
    st.just(UnreadableCell("#REF!")),
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A sheet with known headings and any cells."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=14, unique=True))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(headings), max_size=len(headings)), max_size=6))
    grid = Grid(draw(st.sampled_from(["Orders", "Vehicles", "Depot", "Sheet1"])))
    for number, row in enumerate([headings, *rows], start=1):
        cells = {column: value for column, value in enumerate(row, start=1) if value is not None}
        if cells:
            grid.rows[number] = cells
    return grid


@settings(max_examples=200, deadline=None)
@given(st.lists(grids(), min_size=1, max_size=3, unique_by=lambda grid: grid.name))
def test_any_cells(sheets: list[Grid]) -> None:
    """A report or a refusal, nothing else; every line of the order sheet is an order or counted."""
    with contextlib.suppress(RefusedFileError):
        report = import_grids("any.xlsx", sheets, lambda done, total: None)
        report_to_json(report)
        assert len({order.key for order in report.orders}) == len(report.orders)
        assert len({vehicle.key for vehicle in report.vehicles}) == len(report.vehicles)
        assert len({depot.key for depot in report.depots}) == len(report.depots)
        depots = {depot.key for depot in report.depots} | {"", None}
        assert all({vehicle.start_depot, vehicle.end_depot} <= depots for vehicle in report.vehicles)
        for order in report.orders:
            told = [p for p in report.problems if p.row == order.source.row and p.sheet == order.source.sheet]
            if any(problem.severity == "attention" for problem in told):
                assert order.attention
        if any(order.attention for order in report.orders):
            assert any(problem.severity == "attention" for problem in report.problems)
        if report.orders:
            sheet = next(grid for grid in sheets if grid.name == report.orders[0].source.sheet)
            assert len(report.orders) + report.skipped_lines == sheet.last_row
