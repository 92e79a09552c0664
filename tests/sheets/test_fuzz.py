"""Damaged books: whatever is broken, there are rows that add up, or one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from lastmile_desktop.sheets.child_reader import import_file
from tests.sheets.books.seeds import seeds
from tests.sheets.fuzz import complaint, fuzz, write_damaged


def test_the_good_books_are_good(tmp_path: Path) -> None:
    """Each of them gives orders: a book that is refused as it is would prove nothing when damaged."""
    assert len(seeds()) >= 40
    for name, (file_name, content) in seeds().items():
        path = tmp_path / file_name
        path.write_bytes(content)
        report = import_file(path, lambda done, total: None)
        assert report.ok, f"{name}: {report.message}"
        assert len(report.orders) >= 7, name
        assert complaint(path, report) == "", name


def test_the_same_seed_gives_the_same_damage(tmp_path: Path) -> None:
    """A failure can be looked at again."""
    for seed in range(60):
        first = write_damaged(seed, tmp_path).read_bytes()
        assert write_damaged(seed, tmp_path).read_bytes() == first


def test_damaged_books(tmp_path: Path) -> None:
    """A few hundred on every run."""
    outcome = fuzz(range(300), tmp_path)
    assert outcome.failures == []
    assert outcome.counts["read"] > 50
    assert outcome.counts["refused"] > 50


@pytest.mark.slow
def test_many_damaged_books(tmp_path: Path) -> None:
    """Two thousand on the slow run; more on demand with ``python -m tests.sheets.fuzz``."""
    outcome = fuzz(range(10_000, 12_000), tmp_path)
    assert outcome.failures == []
    assert sum(outcome.counts.values()) >= 2000
