"""Damaged workbooks: whatever is broken, there is a report, and it is either rows or a sentence."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from lastmile_desktop.sheets.child_reader import import_file

PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    """A few random cuts, swaps and insertions."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        how = chance.random()
        if how < 0.3:
            del data[at : at + chance.randint(1, 40)]
        elif how < 0.6:
            data[at] = chance.randrange(256)
        elif how < 0.8:
            data[at:at] = chance.choice(
                (b"999999999999", b"-1", b"<x>", b'"', b"1e999", b"\x00", "ż".encode())
            )
        else:
            other = chance.randrange(len(data))
            data[at : at + 20] = data[other : other + 20]
        if not data:
            data = bytearray(b"x")
    return bytes(data)


def _fuzz(original: bytes, path, seed: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(original)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if chance.random() < 0.2:
        path.write_bytes(_damaged(original, chance))
    else:
        name = chance.choice([part for part in PARTS if part in parts])
        parts[name] = _damaged(parts[name], chance)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
    report = import_file(path, lambda done, total: None)
    if report.status == "error":
        assert path.name in report.message
        assert report.orders == ()
        assert not any(word in report.message for word in ("Error", "Exception", "Traceback", "None"))
    else:
        assert all(order.id and order.key for order in report.orders)


def _seed_workbook(workbook) -> bytes:
    head = ("Order", "Customer", "Address", "Lat", "Lon", "From", "To", "Boxes", "Weight (kg)", "Notes")
    rows = [
        (f"A{n}", f"Cüstomer {n}", f"Main {n}", 51 + n / 1000, 3.7, "09:00", 0.5, n, f"{n} kg", "x")
        for n in range(30)
    ]
    vehicles = [("Vehicle", "Capacity", "Start", "End"), ("Van", 20, "08:00", "17:00")]
    return workbook({"Orders": [head, *rows], "Vehicles": vehicles}, name="seed.xlsx").read_bytes()


@pytest.mark.parametrize("block", range(4))
def test_damaged_workbooks(block: int, workbook, tmp_path) -> None:
    """A hundred damaged workbooks on every run."""
    original = _seed_workbook(workbook)
    for seed in range(block * 25, block * 25 + 25):
        _fuzz(original, tmp_path / f"damaged-{seed}.xlsx", seed)


@pytest.mark.slow
def test_many_damaged_workbooks(workbook, tmp_path) -> None:
    """Two thousand on the slow run."""
    original = _seed_workbook(workbook)
    for seed in range(1000, 3000):
        _fuzz(original, tmp_path / "damaged.xlsx", seed)
