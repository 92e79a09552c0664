"""The headless contract, through the real entry point, on sheets made here."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

OUTPUTS = {"plan.json", "plan.xlsx", "manifests.pdf", "map.html", "day.lastmile"}


def lastmile(*arguments: object, home: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lastmile_desktop", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={**os.environ, "LASTMILE_HOME": str(home)},
        **options,
    )


def write_sheet(path: Path, orders: int = 12, *, fleet: bool = True, positions: bool = True) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Orders"
    sheet.append(["Order no", "Customer", "Address", "Lat", "Lon", "From", "To", "Boxes"])
    for number in range(orders):
        where = [52.0 + number * 0.003, 8.5 + (number % 5) * 0.008] if positions else [None, None]
        window = ["09:00", "12:00"] if number % 3 == 0 else [None, None]
        sheet.append([f"T-{number + 1}", f"Kundin {number + 1}", f"Weg {number + 1}", *where, *window, 2])
    if fleet:
        vehicles = book.create_sheet("Vehicles")
        vehicles.append(["Vehicle", "Driver", "Capacity (boxes)", "Start", "End", "Skills"])
        vehicles.append(["Van 1", "Ada", 20, "08:00", "17:00", ""])
        vehicles.append(["Van 2", "Ben", 20, "08:00", "17:00", ""])
        depot = book.create_sheet("Depot")
        depot.append(["Name", "Latitude", "Longitude"])
        depot.append(["Lager", 52.01, 8.52])
    book.save(path)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """One planned day that the tests below look at from all sides."""
    folder = tmp_path_factory.mktemp("planned")
    write_sheet(folder / "orders.xlsx")
    done = lastmile(
        "plan",
        folder / "orders.xlsx",
        "--out",
        folder / "out",
        "--seconds",
        2,
        "--json",
        home=folder / "home",
    )
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return folder, document


def test_plan_writes_every_output_and_prints_only_json(planned: tuple[Path, dict[str, Any]]) -> None:
    folder, document = planned
    assert {path.name for path in (folder / "out").iterdir()} == OUTPUTS
    assert json.loads((folder / "out" / "plan.json").read_text(encoding="utf-8")) == document
    assert (folder / "out" / "manifests.pdf").read_bytes().startswith(b"%PDF-")


def test_the_plan_says_how_good_it_is_or_that_nobody_knows(planned: tuple[Path, dict[str, Any]]) -> None:
    _, document = planned
    bound = document["summary"]["bound"]
    assert set(bound) == {"gap_percent", "method", "message"}
    assert bound["message"]
    assert bound["gap_percent"] is None or bound["gap_percent"] >= 0


def test_late_orders_are_fitted_in_without_planning_anew(
    planned: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    folder, before = planned
    late = openpyxl.Workbook()
    sheet = late.active
    assert sheet is not None
    sheet.append(["Order no", "Customer", "Address", "Lat", "Lon", "Boxes"])
    sheet.append(["L-1", "Late", "Weg 99", 52.012, 8.515, 1])
    late.save(tmp_path / "late.xlsx")
    day = folder / "out" / "day.lastmile"
    done = lastmile(
        "replan", day, "--add", tmp_path / "late.xlsx", "--out", tmp_path / "out", "--max-changes", 0,
        "--json", home=folder / "home",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["placed"] == ["L-1"]
    assert (found["other_vehicle"], found["moved"], found["left_out"]) == ([], [], [])
    after = json.loads((tmp_path / "out" / "plan.json").read_text(encoding="utf-8"))

    def sequences(document: dict[str, Any]) -> list[list[str]]:
        stops = [[i for stop in route["stops"] for i in stop["order_ids"]] for route in document["routes"]]
        return [[i for i in route if i != "L-1"] for route in stops]

    assert sequences(after) == sequences(before)
    assert after["check"]["ok"]
    wrong = lastmile("replan", day, "--add", tmp_path / "none.xlsx", "--out", tmp_path, home=folder / "home")
    assert wrong.returncode == 3
    assert "Traceback" not in wrong.stderr


def test_every_accepted_order_is_on_one_stop_or_unassigned(planned: tuple[Path, dict[str, Any]]) -> None:
    _, document = planned
    on_stops = [i for route in document["routes"] for stop in route["stops"] for i in stop["order_ids"]]
    left_out = [missing["order_id"] for missing in document["unassigned"]]
    assert sorted(on_stops + left_out) == sorted(f"T-{number}" for number in range(1, 13))
    assert document["check"] == {"ok": True, "violations": []}
    assert document["summary"]["roads"] == "straight-line"
    assert document["summary"]["cost"] > 0


def test_times_follow_from_each_other(planned: tuple[Path, dict[str, Any]]) -> None:
    _, document = planned
    for route in document["routes"]:
        clock = route["start_s"]
        for stop in route["stops"]:
            assert clock <= stop["arrive_s"] <= stop["start_s"] <= stop["leave_s"]
            clock = stop["leave_s"]
            for opens, closes in stop["windows"][:1]:
                assert opens * 60 <= stop["start_s"] <= closes * 60
        assert clock <= route["end_s"]


def test_check_and_export_work_on_the_saved_day(planned: tuple[Path, dict[str, Any]]) -> None:
    folder, document = planned
    day = folder / "out" / "day.lastmile"
    checked = lastmile("check", day, "--json", home=folder / "home")
    assert (checked.returncode, json.loads(checked.stdout)) == (0, {"ok": True, "violations": []})
    again = lastmile("export", day, "--out", folder / "again", home=folder / "home")
    assert again.returncode == 0, again.stderr
    assert (
        json.loads((folder / "again" / "plan.json").read_text(encoding="utf-8"))["routes"]
        == document["routes"]
    )


def test_the_same_seed_and_iterations_give_the_same_plan(planned: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = planned
    plans = []
    for out in ("same1", "same2"):
        done = lastmile(
            "plan", folder / "orders.xlsx", "--out", folder / out, "--iterations", 2, "--seconds", 60,
            "--json", home=folder / "home",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        plans.append(json.loads(done.stdout)["routes"])
    assert plans[0] == plans[1]


def test_the_result_says_what_searched_and_that_ortools_accepts_it(
    planned: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    folder, document = planned
    assert document["summary"]["engine"].endswith("OR-Tools")
    done = lastmile(
        "plan", folder / "orders.xlsx", "--out", tmp_path / "out", "--engine", "ortools", "--seconds", 4,
        "--json", home=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    slower = json.loads(done.stdout)
    assert slower["summary"]["engine"] == "Python + OR-Tools"
    assert slower["summary"]["certified"].startswith("OR-Tools accepts")
    assert slower["check"]["ok"]
    assert "slower search" not in done.stderr  # it was asked for


def test_inspect_gives_the_contracts_form(tmp_path: Path) -> None:
    write_sheet(tmp_path / "orders.xlsx", orders=3)
    done = lastmile("inspect", tmp_path / "orders.xlsx", "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["status"] == "ok"
    assert {sheet["kind"] for sheet in document["sheets"]} == {"orders", "vehicles", "depots"}
    first = document["orders"][0]
    assert (first["row"], first["id"], first["windows"], first["quantity"]) == (2, "T-1", [[540, 720]], 2)
    assert document["vehicles"][0]["capacity"] == 20
    assert document["depots"] == [{**document["depots"][0], "name": "Lager", "lat": 52.01, "lon": 8.52}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.xlsx", None),
        ("empty.xlsx", b""),
        ("half.xlsx", b"PK\x03\x04" + b"\x00" * 40),
        ("letter.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x01" * 200),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_exit_code_3(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    for arguments in (("inspect", path), ("plan", path, "--out", tmp_path / "out")):
        done = lastmile(*arguments, home=tmp_path)
        assert done.returncode == 3
        assert name in done.stderr
        assert "Traceback" not in done.stderr
        assert "Error" not in done.stderr
    inspected = json.loads(lastmile("inspect", path, "--json", home=tmp_path).stdout)
    assert inspected["status"] == "error"
    assert inspected["message"]
    assert inspected["orders"] == []


def test_a_sheet_without_orders_is_exit_code_3(tmp_path: Path) -> None:
    write_sheet(tmp_path / "none.xlsx", orders=0)
    done = lastmile("plan", tmp_path / "none.xlsx", "--out", tmp_path / "out", home=tmp_path)
    assert done.returncode == 3
    assert "none.xlsx" in done.stderr


def test_no_fleet_and_no_positions_are_exit_code_4(tmp_path: Path) -> None:
    write_sheet(tmp_path / "nofleet.xlsx", fleet=False)
    done = lastmile("plan", tmp_path / "nofleet.xlsx", "--out", tmp_path / "out", home=tmp_path)
    assert done.returncode == 4
    assert "epot" in done.stderr
    write_sheet(tmp_path / "nowhere.xlsx", positions=False)
    done = lastmile("plan", tmp_path / "nowhere.xlsx", "--out", tmp_path / "out", home=tmp_path)
    assert done.returncode == 4
    assert "position" in done.stderr


def test_a_fleet_from_another_file_fills_the_gap(tmp_path: Path) -> None:
    write_sheet(tmp_path / "nofleet.xlsx", fleet=False, orders=4)
    write_sheet(tmp_path / "fleet.xlsx", orders=1)
    done = lastmile(
        "plan", tmp_path / "nofleet.xlsx", "--vehicles", tmp_path / "fleet.xlsx", "--out", tmp_path / "out",
        "--seconds", 1, home=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["plan"], ["plan", "x.xlsx"], ["check", "a", "--dance"], ["plan", "x", "--out", "y", "--seconds", "0"]],
)
def test_wrong_usage_is_exit_code_2(tmp_path: Path, arguments: list[str]) -> None:
    done = lastmile(*arguments, home=tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_day_is_refused_by_export_and_check(tmp_path: Path) -> None:
    fake = tmp_path / "fake.lastmile"
    fake.write_bytes(b"not a day")
    for arguments in (("check", fake), ("export", fake, "--out", tmp_path / "out")):
        done = lastmile(*arguments, home=tmp_path)
        assert done.returncode == 3
        assert "fake.lastmile" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a POSIX signal here")
def test_the_first_interrupt_writes_the_best_plan_and_exits_0(tmp_path: Path) -> None:
    write_sheet(tmp_path / "orders.xlsx", orders=40)
    process = subprocess.Popen(
        [sys.executable, "-m", "lastmile_desktop", "plan", str(tmp_path / "orders.xlsx"), "--out",
         str(tmp_path / "out"), "--seconds", "60"],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "LASTMILE_HOME": str(tmp_path / "home")},
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if "cost" in line:
            break
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert time.monotonic() - asked < 30
    assert {path.name for path in (tmp_path / "out").iterdir()} == OUTPUTS


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a POSIX signal here")
def test_a_second_interrupt_while_files_are_written_aborts_without_a_crash(tmp_path: Path) -> None:
    """It fell into Qt's loading and ended the process with SIGABRT and a dump of every thread."""
    write_sheet(tmp_path / "orders.xlsx", orders=40)
    process = subprocess.Popen(
        [sys.executable, "-m", "lastmile_desktop", "plan", str(tmp_path / "orders.xlsx"), "--out",
         str(tmp_path / "out"), "--seconds", "60"],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "LASTMILE_HOME": str(tmp_path / "home")},
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if "cost" in line:
            break
    process.send_signal(signal.SIGINT)
    while not list((tmp_path / "out").glob(".lastmile-*")) and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    assert "Fatal" not in errors
    assert list((tmp_path / "out").iterdir()) == [], "nothing is written by halves"


def test_an_out_folder_that_cannot_be_is_said_before_planning(tmp_path: Path) -> None:
    write_sheet(tmp_path / "orders.xlsx", orders=4)
    (tmp_path / "taken").write_text("a file")
    for out in (tmp_path / "taken", tmp_path / "taken" / "below"):
        done = lastmile("plan", tmp_path / "orders.xlsx", "--out", out, "--seconds", "30", home=tmp_path)
        assert done.returncode == 1
        assert "is a file" in done.stderr
        assert str(out) in done.stderr
        assert "cost" not in done.stderr, "nobody waits for a plan that cannot be written"


def test_a_seed_below_nought_is_wrong_usage(tmp_path: Path) -> None:
    """It crashed the solver, whose ValueError then stood on standard error."""
    write_sheet(tmp_path / "orders.xlsx", orders=4)
    done = lastmile(
        "plan", tmp_path / "orders.xlsx", "--out", tmp_path / "out", "--seed", "-1", home=tmp_path
    )
    assert done.returncode == 2
    assert "whole number" in done.stderr


def test_of_two_sheets_it_is_said_whose_fleet_drives_and_which_numbers_are_double(tmp_path: Path) -> None:
    write_sheet(tmp_path / "north.xlsx", orders=3)
    write_sheet(tmp_path / "south.xlsx", orders=3)
    done = lastmile(
        "plan", tmp_path / "north.xlsx", tmp_path / "south.xlsx", "--out", tmp_path / "out",
        "--seconds", "1", home=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "The vehicles of north.xlsx are used; those of south.xlsx are not." in done.stderr
    assert "stands in north.xlsx and in south.xlsx" in done.stderr


def test_goals_change_the_plan_and_wrong_ones_are_wrong_usage(tmp_path: Path) -> None:
    sheet = tmp_path / "orders.xlsx"
    write_sheet(sheet, orders=8)  # all fit into one van

    def routes(balance: int) -> int:
        given = ("--iterations", 1, "--seconds", 60, "--balance", balance, "--json")
        done = lastmile("plan", sheet, "--out", tmp_path / "out", *given, home=tmp_path / "home")
        assert done.returncode == 0, done.stderr
        document = json.loads(done.stdout)
        assert document["check"]["ok"]
        return len(document["routes"])

    assert (routes(-100), routes(100)) == (1, 2)
    for wrong in (("--balance", 200), ("--traffic", "rush hour"), ("--even-by", "luck")):
        done = lastmile("plan", sheet, "--out", tmp_path / "out", *wrong, home=tmp_path / "home")
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
