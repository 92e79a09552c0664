"""Template, the plan in a copy of the sheet, and a newer version of a sheet, without a window."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lastmile_desktop.cli.console import CommandError
from lastmile_desktop.cli.options import parse
from lastmile_desktop.model import Assignment, RouteOrders
from lastmile_desktop.pipeline.importing import day_from_reports
from lastmile_desktop.pipeline.planning import Planner
from lastmile_desktop.sheets.child_reader import import_file
from lastmile_desktop.store.day_file import write_day_file

HEAD = "Order,Name,Address,Lat,Lon,Qty\n"
ROWS = [f"B-{n},Name {n},Street {n},{51 + n / 100:.3f},3.72,1\n" for n in range(1, 7)]


def run(*words: object) -> int:
    options = parse([str(word) for word in words])
    code: int = options.command(options)
    return code


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """A planned day of orders.csv, both in a folder of their own."""
    sheet = tmp_path / "orders.csv"
    sheet.write_text(HEAD + "".join(ROWS), encoding="utf-8")
    report = import_file(sheet, lambda _done, _total: None)
    state = day_from_reports([report], today=date(2026, 11, 23), offer_fleet=True)
    keys = tuple(order.key for order in state.day.orders)
    routes = (RouteOrders(state.day.vehicles[0].key, keys),)
    state = Planner().timed(replace(state, assignment=Assignment(routes)))
    write_day_file(state, tmp_path / "day.lastmile")
    return tmp_path / "day.lastmile"


def test_the_plan_goes_into_a_copy_of_the_sheet(day: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = day.parent / "orders.csv"
    before = sheet.read_bytes()
    assert run("export", day, "--out", day.parent / "out", "--into", sheet) == 0
    assert "orders with plan.xlsx" in capsys.readouterr().out
    assert (day.parent / "out" / "orders with plan.xlsx").is_file()
    assert sheet.read_bytes() == before
    other = day.parent / "other.csv"
    other.write_text(HEAD + "Z-1,Z,Weg 1,51,3.7,1\n", encoding="utf-8")
    with pytest.raises(CommandError, match="holds none of this day"):
        run("export", day, "--out", day.parent / "out", "--into", other)


def test_a_newer_version_of_the_sheet(day: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = day.parent / "orders.csv"
    changed = ROWS[2].replace(",1\n", ",5\n")
    sheet.write_text(
        HEAD + "".join([ROWS[0], changed, *ROWS[3:], "B-9,New,Street 9,51.02,3.73,1\n"]), encoding="utf-8"
    )
    assert (
        run("replan", day, "--update", sheet, "--out", day.parent / "out", "--max-changes", 0, "--json") == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert (found["new"], found["changed"], found["gone"], found["unclear"]) == (
        ["B-9"],
        ["B-3"],
        ["B-2"],
        [],
    )
    plan = json.loads((day.parent / "out" / "plan.json").read_text(encoding="utf-8"))
    stops = [number for route in plan["routes"] for stop in route["stops"] for number in stop["order_ids"]]
    assert sorted(stops) == ["B-1", "B-3", "B-4", "B-5", "B-6", "B-9"]
    assert [number for number in stops if number not in ("B-9", "B-3")] == ["B-1", "B-4", "B-5", "B-6"]
    assert plan["check"]["ok"]


def test_the_template_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "start.xlsx"
    assert run("template", "--out", path, "--language", "de") == 0
    before = path.read_bytes()
    with pytest.raises(CommandError, match="already"):
        run("template", "--out", path)
    assert path.read_bytes() == before
    with pytest.raises(CommandError, match=r"\.xlsx"):
        run("template", "--out", tmp_path / "start.csv")


@pytest.mark.parametrize(
    "words", [["replan", "a.lastmile", "--out", "x"], ["template", "--out", "x", "--language", "xx"]]
)
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(words)
    assert ended.value.code == 2
    assert capsys.readouterr().err


def test_orders_for_one_door_can_be_kept_apart(tmp_path: Path) -> None:
    sheet = tmp_path / "door.csv"
    rows = [f"B-{n},Name {n},Street 1,51.01,3.72,1\n" for n in range(1, 4)]
    sheet.write_text(HEAD + "".join(rows) + "B-9,Other,Street 9,51.05,3.75,1\n", encoding="utf-8")
    report = import_file(sheet, lambda _done, _total: None)
    state = day_from_reports([report], today=date(2026, 11, 23), offer_fleet=True)
    write_day_file(state, tmp_path / "day.lastmile")
    sizes = []
    for words in ([], ["--separate-orders"]):
        out = tmp_path / f"out{len(words)}"
        assert (
            run("plan", tmp_path / "day.lastmile", "--out", out, "--iterations", 50, "--seconds", 20, *words)
            == 0
        )
        plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
        assert plan["check"]["ok"]
        sizes.append(sorted(len(stop["order_ids"]) for route in plan["routes"] for stop in route["stops"]))
    assert sizes == [[1, 3], [1, 1, 1, 1]]
