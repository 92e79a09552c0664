"""Opening a region file: whatever is wrong with it is one sentence that names the file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from lastmile_desktop.regions.errors import RegionError
from lastmile_desktop.regions.region_file import FORMAT_VERSION, RegionFile, RegionInfo, write_info
from lastmile_desktop.regions.service_area import ServiceArea

INFO = RegionInfo(
    name="Ghent & around",
    made="2026-11-22T10:00:00+00:00",
    source_name="belgium.osm.pbf",
    source_time="2026-11-01T00:00:00Z",
    area=ServiceArea(51.0, 3.6, 51.1, 3.8),
    bounds=ServiceArea(50.9, 3.5, 51.2, 3.9),
    counts={"roads": {"streets": 12}},
)


def make(path: Path, version: int = FORMAT_VERSION) -> Path:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE much (data BLOB)")
    database.execute("INSERT INTO much VALUES (zeroblob(200000))")
    write_info(database, INFO)
    database.execute(f"PRAGMA user_version = {version}")
    database.commit()
    database.close()
    return path


def refusal(path: Path) -> str:
    with pytest.raises(RegionError) as caught:
        RegionFile.open(path)
    text = str(caught.value)
    assert path.name in text
    assert text.endswith(".")
    return text


def test_what_is_written_is_read(tmp_path: Path) -> None:
    region = RegionFile.open(make(tmp_path / "gent #1?.region"))
    assert region.info == INFO
    assert region.info.source == "region:Ghent & around"
    region.require("roads")
    with pytest.raises(RegionError, match="has no addresses inside"):
        region.require("addresses")


def test_it_is_opened_read_only_and_leaves_no_file_beside(tmp_path: Path) -> None:
    region = RegionFile.open(make(tmp_path / "a.region"))
    connection = region.connect()
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM much")
    connection.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.region"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "not there any more" in refusal(tmp_path / "gone.region")


def test_other_files_are_told_from_regions(tmp_path: Path) -> None:
    text = tmp_path / "notes.region"
    text.write_text("nothing of a region " * 20)
    assert "not a region file" in refusal(text)
    (tmp_path / "empty.region").touch()
    assert "not a region file" in refusal(tmp_path / "empty.region")
    other = sqlite3.connect(tmp_path / "other.region")
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()
    assert "not a region file" in refusal(tmp_path / "other.region")
    extract = tmp_path / "x.osm.pbf"
    extract.write_bytes(b"\0" * 200)
    assert "build a region from it" in refusal(extract)


def test_versions_are_told_apart(tmp_path: Path) -> None:
    assert "newer version" in refusal(make(tmp_path / "new.region", FORMAT_VERSION + 1))
    assert "older version" in refusal(make(tmp_path / "old.region", FORMAT_VERSION - 1))


def test_a_file_that_was_cut_off_or_garbled(tmp_path: Path) -> None:
    whole = make(tmp_path / "a.region").read_bytes()
    short = tmp_path / "short.region"
    short.write_bytes(whole[: len(whole) // 2])
    assert "cut off" in refusal(short)
    garbled = tmp_path / "garbled.region"
    garbled.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    assert "damaged" in refusal(garbled)


def test_without_its_last_step_a_build_is_no_region(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "half.region")
    database.execute("CREATE TABLE road_arrays (name TEXT)")
    database.commit()
    database.close()
    refusal(tmp_path / "half.region")
