"""A sheet with addresses and a region: looked up by `inspect` and `plan`, as the contract has it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lastmile_desktop.cli import run
from lastmile_desktop.regions.build.driver import write_region
from tests.addresses.towns import american_town

ROWS = [
    ("A-1", "Anna", "12 Whitethorn Rd, Millbrook VA 20111"),
    ("A-2", "Bert", "1213 Greenspring Valley Road, Millbrook, VA 20111"),
    ("A-3", "Cleo", "3 Nowhere Street, Millbrook, VA 20111"),
]


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    path = folder / "town.region"
    write_region(american_town().write(folder / "town.osm.pbf"), path, None, "town")
    return path


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("Order", "Customer", "Address"), *ROWS])
    return path


def write_book(path: Path, rows: list[tuple[str, str, str]]) -> None:
    """A workbook with these orders, one van and a depot."""
    from openpyxl import Workbook

    book = Workbook()
    orders = book.active
    assert orders is not None
    orders.title = "Orders"
    for row in [("Order", "Customer", "Address"), *rows]:
        orders.append(row)
    vans = book.create_sheet("Vehicles")
    vans.append(("Vehicle", "Capacity", "Start", "End"))
    vans.append(("Van 1", 50, "08:00", "17:00"))
    depot = book.create_sheet("Depot")
    depot.append(("Depot", "Latitude", "Longitude"))
    depot.append(("Yard", 39.01, -77.0))
    book.save(path)


def lastmile(*arguments: object, home: Path) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own: writing a PDF takes the one Qt that a process can have."""
    return subprocess.run(
        [sys.executable, "-m", "lastmile_desktop", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={**os.environ, "LASTMILE_HOME": str(home)},
    )


def inspected(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(["inspect", *arguments, "--json"]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def test_inspect_fills_in_positions_and_says_how_sure_they_are(
    region: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = inspected(capsys, str(sheet))
    after = inspected(capsys, str(sheet), "--region", str(region))

    assert [order["lat"] for order in before["orders"]] == [None, None, None]
    assert all("place" not in order for order in before["orders"])
    house, street, lost = after["orders"]
    assert house["lat"] == pytest.approx(39.0002, abs=0.0005)
    assert house["place"]["level"] == "house"
    assert house["place"]["found"] == "12 Whitethorn Road, 20111 Millbrook"
    assert not house["attention"]
    assert street["place"]["level"] == "street"
    assert street["attention"]
    assert street["lat"] is not None
    assert street["place"]["spread_m"] > 0
    assert lost["place"]["level"] == "not_found"
    assert lost["lat"] is None
    said = {problem["id"]: problem for problem in after["problems"]}
    assert "A-1" not in said
    assert (said["A-2"]["severity"], said["A-2"]["category"]) == ("attention", "place_unsure")
    assert (said["A-3"]["severity"], said["A-3"]["category"]) == ("info", "waiting_for_position")
    assert "Nowhere Street" in said["A-3"]["message"]


def test_a_region_that_is_none_is_refused_in_words(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.region"
    other.write_bytes(b"not a region")

    assert run(["inspect", str(sheet), "--region", str(other)]) == 3
    assert "other.region is not a region file" in capsys.readouterr().err


def test_plan_delivers_what_was_found_and_leaves_out_what_was_not(region: Path, tmp_path: Path) -> None:
    sheet, out = tmp_path / "orders.xlsx", tmp_path / "out"
    write_book(sheet, ROWS)
    how = ["--seconds", 1, "--iterations", 50, "--region", region]

    done = lastmile("plan", sheet, "--out", out, *how, home=tmp_path / "home")

    assert done.returncode == 0, done.stderr
    assert "3 orders looked up in the region: 1 to the house, 1 to the street, 1 not found." in done.stderr
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    stops = [stop for route in plan["routes"] for stop in route["stops"]]
    assert {order for stop in stops for order in stop.get("order_ids", ())} == {"A-1", "A-2"}
    left = [(entry["order_id"], entry["reason"]) for entry in plan["unassigned"]]
    assert left == [("A-3", "waiting_for_position")]

    late = tmp_path / "late.csv"
    late.write_text('Order,Customer,Address\nL-1,Dora,"4 Oak Lane, Millbrook 20111"\n', encoding="utf-8")
    again = lastmile(
        "replan", out / "day.lastmile", "--add", late, "--out", tmp_path / "again", "--json", home=tmp_path
    )

    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["placed"] == ["L-1"], "the day remembers its region"
