"""Wrong and hostile files: each is turned away with one sentence, quickly and in bounded memory."""

from __future__ import annotations

import io
import time as clock
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lastmile_desktop.sheets import read_sheet
from lastmile_desktop.sheets.gate import FileForm, check_file
from lastmile_desktop.sheets.refusal import RefusedFileError
from tests.sheets.books.xls_book import compound

ROWS = [("Address", "Qty"), ("Main 1", 1)]


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Rewrite one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    path.write_bytes(_zip(parts))


def _compound(word: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + word.encode("utf-16-le") + bytes(600)


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "empty": ("empty.xlsx", b"", "empty (0 bytes)"),
    "password": ("secret.xlsx", _compound("EncryptedPackage"), "password"),
    "old excel without a book": ("old.xls", compound({"Workbook": b""}), "no worksheets"),
    "program text": ("sums.py", b"name, address\nAnna, Kerkstraat 1\n", "no order sheet"),
    "old word": ("letter.doc", compound({"WordDocument": b"x"}), "Word document"),
    "word": (
        "letter.xlsx",
        _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
        "Word document",
    ),
    "ods": ("sheet.ods", _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "content"),
    "numbers": ("sheet.numbers", _zip({"Index/Document.iwa": b"x"}), "Numbers"),
    "xlsb": ("sheet.xlsb", _zip({"xl/workbook.bin": b"x"}), "binary workbook"),
    "plain zip": ("photos.zip", _zip({"a.jpg": b"x"}), "without a workbook"),
    "pdf": ("invoice.xlsx", b"%PDF-1.7 ...", "PDF"),
    "picture": ("photo.csv", b"\x89PNG\r\n\x1a\n....", "picture"),
    "html": ("export.xls", b"<html><p>Your session has ended.</p></html>", "web page"),
    "xml": ("export.xlsx", b"<?xml version='1.0'?><Workbook/>", "XML"),
    "noise": ("noise.xlsx", bytes(range(256)) * 20, "not a workbook"),
    "noise csv": ("noise.csv", bytes(range(256)) * 20, "no readable text"),
    "words": ("novel.xlsx", b"It was a dark night.\nNothing happened.\n", "no heading line with an address"),
    "half zip": ("half.xlsx", b"PK\x03\x04" + bytes(300), "damaged or only half there"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_wrong_files_are_named(case: str, tmp_path: Path, read) -> None:
    """One sentence that names the file and says what it is."""
    name, content, expected = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(content)
    report = read(path)
    assert report.status == "error"
    assert expected in report.message
    assert name in report.message
    assert (report.orders, report.sheets) == ((), ())


def test_missing_file_and_folder(tmp_path: Path, read) -> None:
    """A path that is no file is a sentence too."""
    assert "does not exist" in read(tmp_path / "gone.xlsx").message
    assert "folder" in read(tmp_path).message


def test_truncated_workbook(workbook, read) -> None:
    """A download that broke off, at any length."""
    path = workbook({"Orders": [*ROWS, *((f"Main {n}", n) for n in range(300))]})
    content = path.read_bytes()
    for part in (0.2, 0.5, 0.9, 0.99):
        path.write_bytes(content[: int(len(content) * part)])
        assert "half there" in read(path).message


def test_zip_bomb_is_refused_at_once(workbook, read) -> None:
    """A gigabyte of nothing in a megabyte."""
    path = workbook({"Orders": ROWS})
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/x.xml", "w") as part,
    ):
        for _ in range(40):
            part.write(bytes(1024 * 1024))
    started = clock.monotonic()
    assert "zip bomb" in read(path).message
    assert clock.monotonic() - started < 5


def test_too_much_in_all_is_refused(monkeypatch, workbook) -> None:
    """The sum of the parts counts, not only each one."""
    path = workbook({"Orders": ROWS})
    monkeypatch.setattr("lastmile_desktop.sheets.gate.MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(RefusedFileError, match="too large to read safely"):
        check_file(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declaration", ['<!DOCTYPE a [<!ENTITY b "c">]>', '<!ENTITY x SYSTEM "file:///etc/passwd">']
)
def test_declarations_are_refused(workbook, read, declaration: str, encoding: str) -> None:
    """Entities are what XML attacks are made of; no workbook needs them."""
    path = workbook({"Orders": ROWS})
    _changed(path, "xl/worksheets/sheet1.xml", lambda content: declaration.encode(encoding) + content)
    assert "entity declaration" in read(path).message


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("damage", [b"", b"<a><b></a>", b"\x00\x01\x02", b"<worksheet/>"])
def test_damaged_parts_never_raise(workbook, read, part: str, damage: bytes) -> None:
    """Whatever openpyxl throws, the dispatcher gets a sentence (or the rows, if the part did not matter)."""
    path = workbook({"Orders": ROWS})
    _changed(path, part, lambda content: damage)
    report = read(path)
    assert report.status == "error" or len(report.orders) == 1
    assert report.ok or ("orders.xlsx" in report.message and "Error" not in report.message)


def test_good_files_pass(workbook, csv_file) -> None:
    """The gate says how to read a harmless file."""
    assert check_file(workbook({"Orders": ROWS})) is FileForm.WORKBOOK
    assert check_file(csv_file("Address;Qty\nMain 1;1\n")) is FileForm.TEXT


def test_headings_without_rows(workbook, read) -> None:
    """A table that nobody filled in."""
    assert "no orders below" in read(workbook({"Orders": ROWS[:1]})).message


def test_more_rows_than_allowed(monkeypatch, workbook, read) -> None:
    """What lies beyond the limit is said, not dropped in silence."""
    monkeypatch.setattr("lastmile_desktop.sheets.workbooks.values.MAX_ROWS", 20)
    report = read(workbook({"Orders": [ROWS[0], *((f"Main {n}", n) for n in range(50))]}))
    assert len(report.orders) == 19
    assert [
        (p.severity.value, p.category) for p in report.problems if p.category != "waiting_for_position"
    ] == [("error", "too_many_rows")]


def test_the_child_reads_with_a_cap(workbook) -> None:
    """The whole way: spawned child, memory cap, report back."""
    path = workbook(
        {"Orders": [("Address", "Lat", "Lon"), *((f"Main {n}", 51 + n / 1e4, 3.7) for n in range(600))]}
    )
    seen: list[tuple[int, int]] = []
    report = read_sheet(path, on_progress=lambda done, total: seen.append((done, total)))
    assert report.ok
    assert len(report.orders) == 600
    assert seen[-1] == (601, 601)


def test_a_child_without_memory_is_a_sentence(workbook) -> None:
    """A workbook that does not fit below the cap costs the child, not the program."""
    path = workbook({"Orders": [("Address", "Qty"), *((f"Main {n} " + "x" * 3000, n) for n in range(9000))]})
    report = read_sheet(path, memory_mb=90)
    assert report.status == "error"
    assert "too large to read safely" in report.message
    assert path.name in report.message
