"""`lastmile region` and `plan --region` as another program would call them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.roads.towns import LAT, LON, at, write_extract

POINTS = {1: (0, 0), 2: (2000, 0), 3: (2000, 2000), 4: (0, 2000), 5: (50_000, 0)}
ROAD = {"highway": "residential", "name": "Ringweg"}
WAYS = [([1, 2, 3, 4, 1], ROAD), ([2, 5], ROAD)]


def lastmile(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LASTMILE_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-m", "lastmile_desktop", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=110,
        check=False,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    extract = write_extract(folder / "town.osm.pbf", POINTS, WAYS)
    done = lastmile(
        folder,
        "region",
        "build",
        extract,
        "--around",
        f"{LAT},{LON}",
        "--km",
        5,
        "--out",
        folder / "ring.region",
    )
    assert done.returncode == 0, done.stderr
    assert "roads: " in done.stderr
    return folder / "ring.region"


def test_info_says_what_is_in_it(built: Path) -> None:
    done = lastmile(built.parent, "region", "info", built, "--json")
    document: dict[str, Any] = json.loads(done.stdout)
    assert document["name"] == "ring"
    assert document["source"]["name"] == "town.osm.pbf"
    assert document["parts"]["roads"]["ways"] == 2
    assert "OpenStreetMap" in document["attribution"]
    south, _, north, _ = document["area"]
    assert south < LAT < north
    plain = lastmile(built.parent, "region", "info", built)
    assert "roads: 2 ways" in plain.stdout


def test_a_day_is_planned_on_the_region(built: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    orders = book.active
    assert orders is not None
    orders.title = "Orders"
    orders.append(["Order no", "Customer", "Latitude", "Longitude"])
    for number, place in enumerate([at(1500, 10), at(2000, 1500), at(0, 900)]):
        orders.append([f"B-{number}", f"Customer {number}", place.lat, place.lon])
    depot = book.create_sheet("Depot")
    depot.append(["Name", "Latitude", "Longitude"])
    depot.append(["Depot", at(0, 0).lat, at(0, 0).lon])
    vans = book.create_sheet("Vehicles")
    vans.append(["Vehicle", "Start", "End"])
    vans.append(["Van 1", "08:00", "17:00"])
    book.save(tmp_path / "orders.xlsx")
    done = lastmile(
        tmp_path, "plan", tmp_path / "orders.xlsx", "--out", tmp_path / "out", "--iterations", 50,
        "--seconds", 5, "--region", built, "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    assert document["summary"]["roads"] == "region:ring"
    assert document["summary"]["planned"] == 3
    assert document["check"]["ok"]
    assert document["summary"]["distance_m"] == pytest.approx(8000, abs=20)
    again = lastmile(tmp_path, "check", tmp_path / "out" / "day.lastmile", "--json")
    assert json.loads(again.stdout)["ok"]


def test_mistakes_are_sentences(built: Path, tmp_path: Path) -> None:
    extract = built.parent / "town.osm.pbf"
    wrong = [
        (2, ("region", "build", extract, "--around", "north,east", "--out", tmp_path / "x.region")),
        (2, ("region", "build", extract, "--km", 5, "--out", tmp_path / "x.region")),
        (2, ("region",)),
        (
            3,
            ("region", "build", extract, "--around", "-33.9,18.4", "--km", 5, "--out", tmp_path / "x.region"),
        ),
        (3, ("region", "build", tmp_path / "none.osm.pbf", "--out", tmp_path / "x.region")),
        (3, ("region", "info", extract)),
    ]
    for code, words in wrong:
        done = lastmile(tmp_path, *words)
        assert done.returncode == code, (words, done.stderr)
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.region").exists()
