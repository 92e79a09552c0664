"""What the firm knows stays from day to day, and a damaged memory never stops the program."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from lastmile_desktop.model import Location, SheetLayout
from lastmile_desktop.store import AppSettings, DayFileError, DistanceUnit, FirmMemory, Folders, Theme
from lastmile_desktop.store.mappings import RememberedMapping

CHANGED = AppSettings(Theme.DARK, DistanceUnit.MILES, "CHF", 60, 240, 115, "d2", "AAEC")


@pytest.fixture
def memory(folders):
    memory = FirmMemory(folders)
    yield memory
    memory.close()


def reopened(memory: FirmMemory, folders: Folders) -> FirmMemory:
    memory.close()
    return FirmMemory(folders)


def test_the_fleet_is_there_tomorrow_in_its_order(memory, folders, make_state):
    day = make_state().day
    vehicles = tuple(reversed(day.vehicles))
    assert (memory.fleet().vehicles, memory.fleet().depots) == ((), ())
    memory.save_fleet(day.vehicles, ())
    memory.save_fleet(vehicles, day.depots)
    again = reopened(memory, folders)
    assert (again.fleet().vehicles, again.fleet().depots) == (vehicles, day.depots)
    assert again.notice == ""
    again.close()


def test_positions_are_found_by_name_and_address_however_they_are_typed(memory, folders):
    memory.remember_position("Anna  Müller", "Hauptstr. 5,\n10115 Berlin", Location(52.5, 13.4))
    memory.remember_position("", "Hafen 3", Location(1, 2))
    again = reopened(memory, folders)
    assert again.position_of("ANNA MÜLLER", "hauptstr 5 10115 BERLIN") == Location(52.5, 13.4)
    assert again.position_of("Anna Mu\u0308ller", "Hauptstr. 5, 10115 Berlin") == Location(52.5, 13.4)
    assert again.position_of("", "hafen 3") == Location(1, 2)
    assert again.position_of("Bert", "Hauptstr. 5, 10115 Berlin") is None
    assert again.position_of("Anna Müller", "Hauptstr. 55, 10115 Berlin") is None
    again.remember_position("Anna Müller", "Hauptstr. 5, 10115 Berlin", Location(52.6, 13.5))
    assert again.position_of("Anna Müller", "Hauptstr. 5, 10115 Berlin") == Location(52.6, 13.5)
    again.customers.forget("anna müller", "Hauptstr. 5, 10115 Berlin")
    assert again.position_of("Anna Müller", "Hauptstr. 5, 10115 Berlin") is None
    again.close()


@pytest.mark.parametrize(("name", "address"), [("", ""), (" ", ",."), ("\n", "-")])
def test_nobody_has_no_position(memory, name, address):
    memory.remember_position(name, address, Location(1, 2))
    assert memory.position_of("", "") is None


def test_different_people_and_scripts_do_not_meet(memory):
    memory.remember_position("东京", "1", Location(1, 1))
    memory.remember_position("大阪", "1", Location(2, 2))
    memory.remember_position("Ab", "c 1", Location(3, 3))
    assert memory.position_of("东京", "1") == Location(1, 1)
    assert memory.position_of("A", "bc 1") is None
    assert memory.position_of("\ud800", "1") is None


def test_ten_recent_files_newest_first(memory, folders, tmp_path):
    files = [tmp_path / f"tag {number} 🚚.lastmile" for number in range(13)]
    for file in files:
        memory.add_recent(file)
    memory.add_recent(files[5])
    files[5].touch()
    again = reopened(memory, folders)
    recent = again.recent()
    assert [item.path for item in recent] == [files[5], *[files[n] for n in (12, 11, 10, 9, 8, 7, 6, 4, 3)]]
    assert [item.is_missing for item in recent] == [False, *[True] * 9]
    again.forget_recent(files[12])
    assert files[12] not in [item.path for item in again.recent()]
    again.forget_recent()
    assert again.recent() == []
    again.close()


def mapping(fingerprint: str, file_name: str = "orders.xlsx") -> RememberedMapping:
    layout = SheetLayout("Heute", 3, 5, (("A", "id"), ("C", "address")), True, fingerprint)
    return RememberedMapping(layout, ("Nr", "Wohin?"), file_name, date(2026, 11, 22))


def test_mappings_are_kept_by_their_headings_the_last_used_first(memory, folders):
    memory.remember_mapping(mapping("a"))
    memory.remember_mapping(mapping("b"))
    memory.remember_mapping(mapping("a", "tomorrow.xlsx"))
    memory.remember_mapping(mapping(""))
    again = reopened(memory, folders)
    assert again.mappings() == [mapping("a", "tomorrow.xlsx"), mapping("b")]
    again.forget_mapping("a")
    assert again.mappings() == [mapping("b")]
    again.close()


def test_a_mapping_that_is_not_readable_is_left_out(memory, folders):
    memory.remember_mapping(mapping("a"))
    memory.remember_mapping(mapping("b"))
    memory.close()
    connection = sqlite3.connect(folders.firm_file)
    connection.execute(
        "UPDATE mapping SET content = replace(content, '[\"A\",', '[') WHERE fingerprint = 'a'"
    )
    connection.commit()
    connection.close()
    again = FirmMemory(folders)
    assert again.mappings() == [mapping("b")]
    again.close()


def test_the_memory_of_an_older_program_keeps_its_contents(memory, folders):
    """Version 1 had no mappings; what it remembered is all there afterwards."""
    memory.save_settings(CHANGED)
    memory.add_recent(Path("/a"))
    memory.close()
    connection = sqlite3.connect(folders.firm_file)
    connection.execute("DROP TABLE mapping")
    connection.execute("DROP TABLE customer_value")
    connection.execute("PRAGMA user_version=1")
    connection.commit()
    connection.close()
    again = FirmMemory(folders)
    assert again.notice == ""
    assert again.settings() == CHANGED
    assert len(again.recent()) == 1
    again.remember_mapping(mapping("a"))
    assert again.mappings() == [mapping("a")]
    again.close()


def test_settings_are_kept(memory, folders):
    assert memory.settings() == AppSettings()
    memory.save_settings(CHANGED)
    again = reopened(memory, folders)
    assert again.settings() == CHANGED
    again.close()


def test_a_setting_that_is_not_readable_has_its_default(memory, folders):
    memory.save_settings(CHANGED)
    memory.close()
    connection = sqlite3.connect(folders.firm_file)
    connection.execute("UPDATE setting SET value = '\"purple\"' WHERE name = 'theme'")
    connection.execute("UPDATE setting SET value = '{' WHERE name = 'plan_seconds'")
    connection.execute("INSERT INTO setting VALUES ('from_a_later_build', '1')")
    connection.commit()
    connection.close()
    again = FirmMemory(folders)
    settings = again.settings()
    assert (settings.theme, settings.plan_seconds, settings.currency) == (Theme.SYSTEM, 20, "CHF")
    again.close()


def test_a_vehicle_that_is_not_readable_is_left_out_and_said(memory, folders, make_state):
    memory.save_fleet(make_state().day.vehicles, ())
    memory.close()
    connection = sqlite3.connect(folders.firm_file)
    connection.execute("UPDATE fleet SET content = '{}' WHERE position = 1")
    connection.commit()
    connection.close()
    again = FirmMemory(folders)
    assert [vehicle.key for vehicle in again.fleet().vehicles] == ["v0", "v2"]
    assert "A remembered vehicle could not be read" in again.notice
    again.close()


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\x00" + b"\x01" * 4000])
def test_a_damaged_memory_is_set_aside_and_begun_anew(folders, content):
    folders.firm_file.write_bytes(content)
    memory = FirmMemory(folders)
    assert "begin anew" in memory.notice
    memory.save_settings(CHANGED)
    assert memory.settings() == CHANGED
    aside = [path for path in folders.root.iterdir() if "damaged" in path.name]
    assert [path.read_bytes() for path in aside] == [content]
    assert aside[0].name in memory.notice
    memory.close()


def test_a_stranger_in_the_schema_is_damage(memory, folders):
    memory.close()
    connection = sqlite3.connect(folders.firm_file)
    connection.execute("CREATE TRIGGER t AFTER INSERT ON setting BEGIN DELETE FROM fleet; END")
    connection.close()
    again = FirmMemory(folders)
    assert again.notice
    again.close()


def test_a_newer_programs_memory_is_left_as_it_is(memory, folders, make_state):
    memory.save_fleet(make_state().day.vehicles, ())
    memory.close()
    connection = sqlite3.connect(folders.firm_file, isolation_level=None)
    connection.execute("PRAGMA user_version=9")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    before = folders.firm_file.read_bytes()
    again = FirmMemory(folders)
    assert "newer Lastmile" in again.notice
    again.save_settings(CHANGED)
    assert again.settings() == CHANGED
    again.close()
    assert folders.firm_file.read_bytes() == before


def test_two_windows_share_the_memory(memory, folders):
    other = FirmMemory(folders)
    memory.save_settings(CHANGED)
    assert other.settings() == CHANGED
    other.add_recent(Path("/a"))
    assert len(memory.recent()) == 1
    other.close()


def test_a_folder_that_cannot_be_used_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DayFileError, match="was not done"):
        FirmMemory(Folders(tmp_path / "file"))
