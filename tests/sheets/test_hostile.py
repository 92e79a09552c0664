"""The set of wrong and hostile files: each is read right, or refused at once in one sentence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lastmile_desktop.model import ImportReport
from lastmile_desktop.sheets import read_sheet
from lastmile_desktop.sheets.child_reader import NOT_UNDERSTOOD, import_file
from tests.sheets.books.hostile import HOSTILE, Hostile

#: What must never reach a dispatcher.
_JARGON = ("Error", "Exception", "Traceback", "None", "0x", "errno", "Errno", "NoneType", ".py ")
_LONGEST_REFUSAL_S = 5.0


def check(case: Hostile, report: ImportReport) -> None:
    """One sentence or two that name the file, or the rows that are there."""
    if case.read >= 0:
        assert report.ok, report.message
        assert len(report.orders) == case.read
        return
    assert report.status == "error"
    assert case.refused in report.message
    assert case.file in report.message
    assert not any(word in report.message for word in _JARGON)
    assert NOT_UNDERSTOOD not in report.message
    assert len(report.message) < 420
    assert (report.orders, report.vehicles, report.depots) == ((), (), ())


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("name", [name for name, case in HOSTILE.items() if not case.heavy])
def test_hostile_files(name: str, tmp_path: Path) -> None:
    """By the code that runs in the child; the time is this processor's."""
    case = HOSTILE[name]
    path = tmp_path / case.file
    path.write_bytes(case.make())
    started = time.process_time()
    report = import_file(path, lambda done, total: None)
    check(case, report)
    assert time.process_time() - started < _LONGEST_REFUSAL_S


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, case in HOSTILE.items() if case.heavy])
def test_heavy_hostile_files(name: str, tmp_path: Path) -> None:
    """Millions of cells, read in the child with its caps."""
    case = HOSTILE[name]
    path = tmp_path / case.file
    path.write_bytes(case.make())
    before = time.process_time(), time.monotonic()
    report = read_sheet(path)
    check(case, report)
    if case.refused:
        assert time.monotonic() - before[1] < 3 * _LONGEST_REFUSAL_S


@pytest.mark.parametrize("name", ["diagonal", "one value in the last cell", "wide rows in open document"])
def test_the_filled_block_of_a_sheet_that_reaches_far(name: str, tmp_path: Path) -> None:
    """Where the table itself is well, it can be read by itself, and what was left out is named."""
    from lastmile_desktop.model.sheet_layout import ImportOptions

    case = HOSTILE[name]
    path = tmp_path / case.file
    path.write_bytes(case.make())
    plain = import_file(path, lambda done, total: None)
    assert plain.filled_block_offered == bool(case.refused)
    report = import_file(path, lambda done, total: None, ImportOptions(filled_block_only=True))
    assert report.ok, report.message
    assert [order.id for order in report.orders][:2] == ["A1", "A2"]
    assert "stray_cells" in [problem.category for problem in report.problems]
