"""What the firm remembers of its customers: kept, read back, forgotten; and taken over from version 2."""

from __future__ import annotations

import sqlite3
from datetime import date

from lastmile_desktop.model import Location
from lastmile_desktop.store.customers import plain
from lastmile_desktop.store.firm import FirmMemory
from lastmile_desktop.store.folders import Folders

SPOT = Location(51.05, 3.72)


def test_each_value_is_kept_by_itself(folders: Folders) -> None:
    firm = FirmMemory(folders)
    firm.customers.remember("Anna Müller", "Main 5", service_s=480)
    firm.customers.remember("anna  MÜLLER", "main 5.", location=SPOT, notes="back door")
    firm.close()
    again = FirmMemory(folders)
    known = again.customers.known("Anna Müller", "Main 5")
    assert known is not None
    assert (known.location, known.service_s, known.notes) == (SPOT, 480, "back door")
    assert known.name == "anna  MÜLLER"
    assert known.since["service_s"] == date.today()
    assert again.position_of("Anna Müller", "Main, 5") == SPOT
    again.customers.remember("Anna Müller", "Main 5", notes="")
    known = again.customers.known("Anna Müller", "Main 5")
    assert known is not None
    assert (known.notes, known.service_s) == (None, 480)
    assert list(again.customers.everybody()) == [(plain("Anna Müller"), plain("Main 5"))]
    again.close()


def test_one_customer_and_all_can_be_forgotten(folders: Folders) -> None:
    firm = FirmMemory(folders)
    for name in ("A", "B", "C"):
        firm.customers.remember(name, "x", location=SPOT, notes="n")
    firm.customers.forget("b", "X")
    assert {one.name for one in firm.customers.everybody().values()} == {"A", "C"}
    firm.customers.forget_everybody()
    assert firm.customers.everybody() == {}
    firm.customers.remember("", " ", location=SPOT)
    assert firm.customers.everybody() == {}
    firm.close()


def test_what_is_damaged_is_passed_over(folders: Folders) -> None:
    firm = FirmMemory(folders)
    firm.customers.remember("A", "x", service_s=60, notes="n")
    firm.close()
    with sqlite3.connect(folders.firm_file) as connection:
        connection.execute("UPDATE customer_value SET value = '\"ten\"' WHERE field = 'service_s'")
    connection.close()
    again = FirmMemory(folders)
    known = again.customers.known("A", "x")
    assert known is not None
    assert (known.service_s, known.notes) == (None, "n")
    again.close()


def test_positions_of_the_version_before_stay(folders: Folders) -> None:
    firm = FirmMemory(folders)
    firm.remember_position("A", "x", SPOT)
    firm.close()
    with sqlite3.connect(folders.firm_file) as connection:
        connection.execute("DROP TABLE customer_value")
        connection.execute("PRAGMA user_version=2")
    connection.close()
    again = FirmMemory(folders)
    assert again.notice == ""
    assert again.position_of("A", "x") == SPOT
    assert [one.name for one in again.customers.everybody().values()] == ["a"]
    again.close()
