"""The supervised child: cancel, time limit, cheap import."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from lastmile_desktop.sheets import ReadCancelled, read_sheet, report_to_json

ROWS = [("Order", "Address", "Lat", "Lon"), *((f"A{n}", f"Main {n}", 51 + n / 1e4, 3.7) for n in range(20))]


def test_cancel_stops_at_once(workbook) -> None:
    """A person who cancels does not wait for the file."""
    path = workbook({"Orders": ROWS})
    started = time.monotonic()
    with pytest.raises(ReadCancelled):
        read_sheet(path, should_stop=lambda: True)
    assert time.monotonic() - started < 5


def test_time_limit_is_a_sentence(workbook) -> None:
    """A reader that hangs is ended."""
    report = read_sheet(workbook({"Orders": ROWS}), timeout_s=0.0)
    assert report.status == "error"
    assert "longer than" in report.message


def test_importing_the_room_is_cheap() -> None:
    """The window must open before any reader is loaded."""
    code = (
        "import sys, lastmile_desktop.sheets;"
        "heavy = {'openpyxl', 'numpy', 'charset_normalizer', 'rapidfuzz', 'xlsxwriter', 'PySide6'};"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_the_json_has_the_contracts_keys(workbook, read) -> None:
    """`inspect --json` as the contract names it."""
    path = workbook(
        {
            "Orders": [
                (*ROWS[0], "From", "Boxes", "Weight (kg)"),
                ("A1", "Main 1", 51.0, 3.7, "09:00", 2.5, 12.5),
                ("A2", "Main 2", None, None, None, None, None),
            ],
            "Vehicles": [
                ("Vehicle", "Driver", "Capacity", "Start", "End"),
                ("Van 1", "Jo", 30, "07:30", "17:00"),
            ],
            "Depot": [("Name", "Lat", "Lon"), ("Hub", 51.0, 3.7)],
        }
    )
    document = report_to_json(read(path))
    assert (document["status"], document["message"]) == ("ok", "")
    first, second = document["orders"]
    keys = (
        "row sheet id name address lat lon windows quantity weight_kg volume_m3 service_min phone email notes"
    )
    assert {*keys.split(), "skills", "priority", "date", "kind", "attention"} <= set(first)
    assert (first["row"], first["sheet"], first["windows"]) == (2, "Orders", [[540, None]])
    assert (first["quantity"], first["weight_kg"], first["service_min"]) == (2.5, 12.5, 5)
    assert (second["lat"], second["windows"], second["quantity"]) == (None, [], 1)
    van = {"name": "Van 1", "driver": "Jo", "capacity": 30, "start": 450, "end": 1020}
    assert document["vehicles"][0] | van == document["vehicles"][0]
    assert document["depots"][0]["name"] == "Hub"
    assert document["sheets"][0]["columns"]["B"] == "address"
    problem = {
        "sheet": "Orders",
        "row": 3,
        "column": "",
        "id": "A2",
        "severity": "info",
        "category": "waiting_for_position",
        "message": "The address has no position yet, so the order waits for one.",
    }
    assert document["problems"][0] | problem == document["problems"][0]


def test_a_refused_file_in_json(tmp_path, read) -> None:
    """Then the lists are empty."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"")
    document = report_to_json(read(path))
    assert document["status"] == "error"
    assert document["orders"] == document["vehicles"] == document["depots"] == document["sheets"] == []


def test_a_child_that_holds_too_much_is_ended(workbook) -> None:
    """On every system, by looking at it: even a reader that has only started holds more than this."""
    report = read_sheet(workbook({"Orders": ROWS}), memory_mb=10)
    assert report.status == "error"
    assert "too large to read safely" in report.message
    assert (report.orders, report.sheets) == ((), ())
