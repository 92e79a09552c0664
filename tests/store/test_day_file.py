"""A day file opens as it was saved, and whatever is not one is refused in a sentence and left as it is."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
import sqlite3
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastmile_desktop.model import DayState
from lastmile_desktop.store import (
    DayFileError,
    DayStore,
    NewerDayFileError,
    read_day_file,
    write_day_file,
)
from lastmile_desktop.store.database import APPLICATION_ID, SCHEMA_VERSION

FIRST_RELEASE = """
PRAGMA application_id=0x4C4D504C;
PRAGMA user_version=1;
CREATE TABLE entity (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    position INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    undone INTEGER NOT NULL,
    changes BLOB NOT NULL
) STRICT;
CREATE TABLE info (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;
INSERT INTO entity VALUES
    ('day', '', 1048576, '{"date":"2026-11-23","source_name":"a.xlsx","settings":{"currency":"CHF"}}'),
    ('depot', 'd', 1048576, '{"key":"d","name":"Depot","location":{"lat":47.4,"lon":8.5}}'),
    ('vehicle', 'v', 1048576, '{"key":"v","name":"Van","start_depot":"d","end_depot":null}'),
    ('order', 'a', 2097152, '{"key":"a","id":"B-1","windows":[{"start_s":28800,"end_s":null}]}'),
    ('order', 'b', 1048576, '{"key":"b","id":"B-2","priority":"high","delivery_date":"2026-11-23"}'),
    ('plan', '', 1048576, '{"locked":["a"]}'),
    ('route', 'v', 1048576, '{"vehicle_key":"v","order_keys":["a"]}');
"""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def saved(tmp_path, make_state) -> Path:
    path = tmp_path / "Montag.lastmile"
    write_day_file(make_state(), path)
    return path


def changed_by(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement, values)
    connection.close()


def refusal(path: Path, folders) -> str:
    """The sentence; the same from both ways in, with the file untouched and nothing left behind."""
    before = digest(path) if path.is_file() else ""
    with pytest.raises(DayFileError) as from_open:
        DayStore.open(path, folders=folders)
    with pytest.raises(DayFileError) as from_read:
        read_day_file(path)
    assert str(from_open.value) == str(from_read.value)
    assert (digest(path) if path.is_file() else "") == before
    assert list(folders.working_copies.iterdir()) == []
    assert list(folders.open_files.iterdir()) == []
    sentence = str(from_open.value)
    assert path.name in sentence
    assert sentence.endswith(".")
    for word in ("Error", "sqlite", "Traceback", "None", "errno"):
        assert word not in sentence
    return sentence


def test_written_and_read_again(saved, make_state):
    assert read_day_file(saved) == make_state()


def test_the_file_is_marked_as_ours_and_closed(saved):
    raw = saved.read_bytes()
    assert raw[68:72] == b"LMPL" == APPLICATION_ID.to_bytes(4, "big")
    assert int.from_bytes(raw[60:64], "big") == SCHEMA_VERSION
    assert raw[18:20] == b"\x01\x01"
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_a_file_of_the_first_release_opens(tmp_path, folders):
    path = tmp_path / "old.lastmile"
    connection = sqlite3.connect(path)
    connection.executescript(FIRST_RELEASE)
    connection.close()
    store = DayStore.open(path, folders=folders)
    day = store.state.day
    assert (day.date, day.source_name, day.settings.currency) == (date(2026, 11, 23), "a.xlsx", "CHF")
    assert [order.id for order in day.orders] == ["B-2", "B-1"]
    assert day.order_by_key["a"].windows[0].start_s == 28_800
    assert day.vehicles[0].end_depot is None
    assert store.state.assignment.locked == {"a"}
    assert store.state.timetable is None
    assert read_day_file(path) == store.state
    store.close()


def test_reading_writes_nothing(saved):
    os.chmod(saved, 0o444)
    os.chmod(saved.parent, 0o555)
    try:
        before = saved.stat().st_mtime_ns
        read_day_file(saved)
        assert [path.name for path in saved.parent.iterdir()] == [saved.name]
        assert saved.stat().st_mtime_ns == before
    finally:
        os.chmod(saved.parent, 0o755)


def test_what_is_missing_or_a_folder_is_said(tmp_path, folders):
    assert "moved, renamed or deleted" in refusal(tmp_path / "gone.lastmile", folders)
    assert "moved, renamed or deleted" in refusal(tmp_path / "no" / "gone.lastmile", folders)
    (tmp_path / "folder.lastmile").mkdir()
    assert "is a folder" in refusal(tmp_path / "folder.lastmile", folders)


def test_other_files_with_our_name_are_refused(tmp_path, folders):
    path = tmp_path / "Tag 🚚.lastmile"
    path.write_bytes(b"")
    assert "is empty" in refusal(path, folders)
    path.write_text("Order;Name\n1;Anna\n", encoding="utf-8")
    assert "is not a day saved by Lastmile" in refusal(path, folders)
    path.write_bytes(b"SQLite format 3\x00")
    assert "is not a day saved by Lastmile" in refusal(path, folders)
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    path.write_bytes(workbook.getvalue())
    assert "Import it as an order sheet" in refusal(path, folders)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "Import it as an order sheet" in refusal(path, folders)
    path.unlink()
    changed_by(path, "CREATE TABLE songs (title TEXT)")
    assert "a database of another program" in refusal(path, folders)


def test_a_newer_file_is_refused_and_not_touched(saved, folders):
    changed_by(saved, f"PRAGMA user_version={SCHEMA_VERSION + 6}", "CREATE TABLE future (x)")
    assert "newer Lastmile (file format 7" in refusal(saved, folders)
    with pytest.raises(NewerDayFileError):
        DayStore.open(saved, folders=folders)


def test_a_working_copy_copied_by_hand_is_refused(saved, folders):
    changed_by(saved, "PRAGMA journal_mode=WAL")
    assert "copied while it was being written" in refusal(saved, folders)


def test_every_truncation_is_refused(saved, folders):
    raw = saved.read_bytes()
    sentences = set()
    for length in [*range(0, 200, 20), *range(200, len(raw), 3333), len(raw) - 1]:
        saved.write_bytes(raw[:length])
        sentences.add(refusal(saved, folders))
    assert any("cut off" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW evil AS SELECT load_extension('x')",
        "CREATE TRIGGER evil AFTER INSERT ON entity BEGIN DELETE FROM entity; END",
        "CREATE TABLE extra (x)",
        "CREATE INDEX extra ON entity (position)",
        "ALTER TABLE entity ADD COLUMN label TEXT AS (hex(content)) VIRTUAL",
        "DROP TABLE journal",
    ],
)
def test_a_file_with_foreign_parts_is_refused_before_they_could_run(saved, folders, statement):
    changed_by(saved, statement)
    assert "did not put there" in refusal(saved, folders)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM entity WHERE kind = 'day'",
        "DELETE FROM entity WHERE kind = 'depot'",
        "DELETE FROM entity WHERE kind = 'order' AND key = 'o1'",
        "DELETE FROM entity WHERE kind = 'vehicle' AND key = 'v2'",
        "UPDATE entity SET content = 'x' WHERE kind = 'order' AND key = 'o1'",
        "UPDATE entity SET content = '[]' WHERE kind = 'order' AND key = 'o1'",
        "UPDATE entity SET content = replace(content, '1500', '\"1500\"') WHERE kind = 'order'",
        "UPDATE entity SET content = replace(content, '13.4', 'NaN') WHERE kind = 'order'",
        "UPDATE entity SET content = replace(content, '52.5', '152.5') WHERE kind = 'depot'",
        "UPDATE entity SET position = 5 WHERE kind = 'order'",
        "UPDATE entity SET position = 9223372036854775807 WHERE kind = 'order' AND key = 'o1'",
        "UPDATE entity SET content = replace(content, '\"o1\"', '\"o2\"') WHERE kind = 'route'",
        "INSERT INTO entity VALUES ('surprise', 'x', 1, '{}')",
    ],
)
def test_wrong_content_is_damage(saved, folders, statement):
    changed_by(saved, statement)
    assert "is damaged" in refusal(saved, folders)


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"no zip",
        zlib.compress(b"5"),
        zlib.compress(b"[" * 50_000),
        zlib.compress(json.dumps([["order", "o1", None, [1, {"key": 5}]]]).encode()),
        zlib.compress(json.dumps([["day", "", [1, None], None]]).encode()),
        zlib.compress(json.dumps([["depot", "d1", None, None]]).encode()),
        zlib.compress(json.dumps([["order", "o1", None, None]]).encode()),
        zlib.compress(b"[]")[:-4],
        zlib.compress(b"[" + b" " * 70_000_000 + b"]"),
    ],
)
def test_a_step_that_is_not_readable_cannot_be_undone_and_does_no_harm(saved, folders, make_state, packed):
    changed_by(
        saved,
        "INSERT INTO journal VALUES (1, 'Move', '2026-11-23T07:00:00+01:00', 0, ?)",
        values=(packed,),
    )
    store = DayStore.open(saved, folders=folders)
    with pytest.raises(DayFileError, match="“Move”: Undo is not possible, its record is damaged"):
        store.undo()
    assert store.state == make_state()
    store.commit("Go on", dataclasses.replace(store.state, solve_s=1.0))
    store.close(discard=True)


@pytest.mark.parametrize(
    "row",
    [
        "(1, 'Move', 'yesterday', 0, x'00')",
        "(1, 'Redo', '2026-11-23T07:00:00', 1, x''), (2, 'Done', '2026-11-23T07:00:00', 0, x'')",
    ],
)
def test_a_journal_that_makes_no_sense_is_damage(saved, folders, row):
    changed_by(saved, f"INSERT INTO journal VALUES {row}")
    with pytest.raises(DayFileError, match="is damaged"):
        DayStore.open(saved, folders=folders)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_give_the_day_or_a_sentence(flips):
    raw = bytearray(_sample())
    for place, byte in flips:
        raw[place % len(raw)] = byte
    path = _flipped_path()
    path.write_bytes(raw)
    try:
        outcome = read_day_file(path)
    except DayFileError as error:
        outcome = str(error)
    assert isinstance(outcome, DayState) or path.name in outcome


def _sample(cache: list[bytes] = []) -> bytes:  # noqa: B006 - made once for all examples
    if not cache:
        path = _flipped_path()
        connection = sqlite3.connect(":memory:")
        connection.executescript(FIRST_RELEASE)
        cache.append(connection.serialize())
        connection.close()
        path.write_bytes(cache[0])
        assert read_day_file(path).day.orders
    return cache[0]


def _flipped_path(cache: list[Path] = []) -> Path:  # noqa: B006 - made once for all examples
    if not cache:
        import tempfile

        cache.append(Path(tempfile.mkdtemp(prefix="flip-")) / "flipped.lastmile")
    return cache[0]
