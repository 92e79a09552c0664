"""Sheets and day files with values that cannot be true: a plan or a sentence, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from lastmile_desktop.model import (
    Capacity,
    Day,
    DaySettings,
    DayState,
    Depot,
    Location,
    Order,
    TimeWindow,
    Vehicle,
)
from lastmile_desktop.store.day_file import write_day_file

VAN = Vehicle("v", "Van 1", start_depot="d", end_depot="d", cost_per_km_cents=35)
DEPOT = Depot("d", "Lager", Location(52.0, 8.5))


def order(number: int, **values: object) -> Order:
    start = Order(f"o{number}", f"T-{number}", location=Location(52.0 + number / 100, 8.5))
    return replace(start, **values)  # type: ignore[arg-type]


def day_file(
    folder: Path, orders: Sequence[Order], van: Vehicle = VAN, settings: DaySettings | None = None
) -> Path:
    day = Day(date(2026, 11, 23), tuple(orders), (van,), (DEPOT,), settings or DaySettings())
    path = folder / "odd.lastmile"
    write_day_file(DayState(day), path)
    return path


def lastmile(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "lastmile_desktop", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={**os.environ, "LASTMILE_HOME": str(folder / "home")},
    )
    assert "Traceback" not in done.stderr
    assert "went wrong inside" not in done.stderr
    return done


def plan(folder: Path, path: Path) -> subprocess.CompletedProcess[str]:
    return lastmile(folder, "plan", path, "--out", folder / "out", "--seconds", 1, "--json")


def test_a_day_file_with_odd_orders_is_planned_without_them(tmp_path: Path) -> None:
    odd = [
        order(1),
        order(2, service_s=-300),
        order(3, weight_g=2**61),
        order(4, windows=(TimeWindow(0, 2**60),)),
        order(5, skip_price_cents=-(2**61)),
        order(6, quantity_milli=-5),
    ]
    van = replace(VAN, capacity=Capacity(2**61, 2**61, 2**61), max_distance_m=2**61)
    done = plan(tmp_path, day_file(tmp_path, odd, van))
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["check"] == {"ok": True, "violations": []}
    assert document["summary"]["planned"] == 1
    told = {one["order_id"]: one["message"] for one in document["unassigned"]}
    assert set(told) == {"T-2", "T-3", "T-4", "T-5", "T-6"}
    assert all(text.startswith(f"{name} cannot be planned: its ") for name, text in told.items())


@pytest.mark.parametrize(
    ("van", "settings", "words"),
    [
        (replace(VAN, shift_end_s=2**50), DaySettings(), "Van 1 cannot be planned: its shift"),
        (replace(VAN, cost_per_km_cents=2**60), DaySettings(), "its price per km is too large"),
        (VAN, DaySettings(drive_time_percent=0), "between 10 and 1000 %"),
        (VAN, DaySettings(drive_time_percent=2**60), "between 10 and 1000 %"),
    ],
)
def test_where_nothing_can_be_planned_a_sentence_says_why(
    tmp_path: Path, van: Vehicle, settings: DaySettings, words: str
) -> None:
    done = plan(tmp_path, day_file(tmp_path, [order(1)], van, settings))
    assert done.returncode == 4
    assert done.stdout == ""
    assert words in done.stderr


def test_a_sheet_of_nonsense_loses_no_order(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Orders"
    sheet.append(["Order no", "Customer", "Lat", "Lon", "From", "To", "Boxes", "Weight kg", "Service min"])
    odd = [-5, 1e300, "NaN", "inf", "99999999999999999999", 10**18, "abc", -1e-300, "1,5", "#REF!"]
    for number, value in enumerate(odd):
        for column in range(2, 9):
            cells: list[object] = [f"N-{number}-{column}", "Kundin", 52.01, 8.51, "09:00", "12:00", 1, 2, 5]
            cells[column] = value
            sheet.append(cells)
    vehicles = book.create_sheet("Vehicles")
    vehicles.append(["Vehicle", "Capacity (boxes)", "Start", "End"])
    vehicles.append(["Van 1", 500, "08:00", "17:00"])
    depot = book.create_sheet("Depot")
    depot.append(["Name", "Latitude", "Longitude"])
    depot.append(["Lager", 52.01, 8.52])
    path = tmp_path / "nonsense.xlsx"
    book.save(path)
    seen = lastmile(tmp_path, "inspect", path, "--json")
    assert seen.returncode == 0, seen.stderr
    report = json.loads(seen.stdout)
    kept = {one["id"] for one in report["orders"]}
    left_out = {one["id"] for one in report["problems"] if one["severity"] == "error"}
    assert len(kept | left_out) == 7 * len(odd)
    done = plan(tmp_path, path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    named = [name for route in document["routes"] for stop in route["stops"] for name in stop["order_ids"]]
    assert sorted(named + [one["order_id"] for one in document["unassigned"]]) == sorted(kept)
    assert document["check"]["ok"]
