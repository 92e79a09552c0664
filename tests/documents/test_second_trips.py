"""A day with a second trip and set-up times in everything that leaves the program."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from lastmile_desktop.documents.manifest.compose import manifests
from lastmile_desktop.documents.manifest.content import RowKind
from lastmile_desktop.documents.plan_json import plan_document
from lastmile_desktop.documents.workbook import write_plan_workbook
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.schedule import assignment_of, evaluate
from lastmile_desktop.model import Capacity, Day, DayState, Depot, Location, Order, Vehicle
from lastmile_desktop.roads.estimate import StraightLineTravel


@pytest.fixture
def twice_loaded() -> DayState:
    orders = tuple(
        Order(f"o{n}", f"O{n}", location=Location(51.0 + n / 100, 3.7), quantity_milli=2000, setup_s=120)
        for n in range(1, 5)
    )
    van = Vehicle(
        "v", "Van 1", start_depot="d", end_depot="d", capacity=Capacity(4000), max_trips=2, reload_s=900
    )
    depot = Depot("d", "Depot Gent", Location(51.0, 3.7))
    day = Day(date(2026, 11, 23), orders, (van,), (depot,))
    problem = build_problem(day, StraightLineTravel())
    plan = assignment_of(problem, [[0, 1, 2, 3]])
    return DayState(day, plan, evaluate(problem, plan))


def test_plan_json_has_the_reload_as_a_stop_without_orders(twice_loaded: DayState) -> None:
    (route,) = plan_document(twice_loaded)["routes"]
    kinds = [stop["kind"] for stop in route["stops"]]
    assert kinds == ["delivery", "delivery", "reload", "delivery", "delivery"]
    reload = route["stops"][2]
    assert reload["order_ids"] == []
    assert (reload["lat"], reload["lon"]) == (51.0, 3.7)
    assert reload["leave_s"] - reload["start_s"] == 900


def test_the_manifest_says_when_to_load_again_and_what(twice_loaded: DayState) -> None:
    (manifest,) = manifests(twice_loaded)
    pauses = [row for row in manifest.rows if row.kind is RowKind.PAUSE]
    assert [row.title for row in pauses] == ["Load again at the depot"]
    assert "(15 min)" in pauses[0].timing[0]
    assert len(manifest.loading) == 2


def test_the_workbook_names_the_reload(twice_loaded: DayState, tmp_path) -> None:
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(path, twice_loaded)
    book = openpyxl.load_workbook(path)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Reload" in cells
