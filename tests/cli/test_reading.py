"""How a sheet is read can be told on the command line, and what goes wrong is one sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sheets.books.hostile import HOSTILE
from tests.sheets.books.xls_book import compound


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lastmile_desktop", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_encoding_and_delimiter_are_told(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes("Nr\tAdres\n1\tŁąkowa 5, Łódź\n".encode("cp1250"))
    done = run("inspect", path, "--json", "--encoding", "cp1250", "--delimiter", "tab")
    document = json.loads(done.stdout)
    assert [order["address"] for order in document["orders"]] == ["Łąkowa 5, Łódź"]
    assert (document["encoding"], document["delimiter"]) == ("cp1250", "\t")
    wrong = run("inspect", path, "--encoding", "klingon")
    assert wrong.returncode == 3
    assert "not a text encoding" in wrong.stderr


def test_the_filled_block_is_offered_and_read(tmp_path: Path) -> None:
    case = HOSTILE["wide rows in open document"]
    path = tmp_path / case.file
    path.write_bytes(case.make())
    refused = run("inspect", path, "--json")
    assert refused.returncode == 3
    assert "--filled-block" in refused.stderr
    assert json.loads(refused.stdout)["filled_block_offered"] is True
    done = run("inspect", path, "--json", "--filled-block")
    assert done.returncode == 0, done.stderr
    assert [order["id"] for order in json.loads(done.stdout)["orders"]][:2] == ["A1", "A2"]


@pytest.mark.parametrize("name", ["container in a ring", "half an old workbook", "records of noise"])
def test_what_a_library_says_when_it_dies_is_not_shown(name: str, tmp_path: Path) -> None:
    """calamine's panics describe themselves at length; the dispatcher gets one sentence."""
    case = HOSTILE[name]
    path = tmp_path / case.file
    path.write_bytes(case.make())
    done = run("inspect", path)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert case.file in done.stderr
    assert "panicked" not in done.stderr


def test_a_sheet_that_claims_a_million_columns(tmp_path: Path) -> None:
    """The old format's records can lie about where a cell is."""
    from tests.sheets.books.xls_book import xls_stream

    stream = xls_stream({"Orders": [["Address", "Qty"], ["Main 1", 77]]})
    at = stream.rfind(b"\x03\x02\x0e\x00")
    lying = stream[: at + 4] + b"\xff\xff\xff\xff" + stream[at + 8 :]
    path = tmp_path / "orders.xls"
    path.write_bytes(compound({"Workbook": lying}))
    done = run("inspect", path)
    assert done.returncode == 3
    assert "damaged" in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_morning_means_can_be_told(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("Order,Address,Time window\n1,Main St 1,morning\n", encoding="utf-8")
    done = run("inspect", path, "--json", "--day-parts", "6-10, 12-16, 17-20")
    assert json.loads(done.stdout)["orders"][0]["windows"] == [[360, 600]]
    assert run("inspect", path, "--day-parts", "early").returncode == 2
