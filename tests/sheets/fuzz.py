"""The fuzz target: damaged books of all kinds through gate, reader and parser, in capped children.

    python -m tests.sheets.fuzz --mutations 200000 --first 0

prints every failure with the seed that makes it again, and a count; exit code 1 when there was one.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from lastmile_desktop.model import ImportReport, LineKind, Severity, SheetKind
from lastmile_desktop.model.sheet_layout import ImportOptions
from lastmile_desktop.sheets import read_sheet
from lastmile_desktop.sheets.child_reader import NOT_UNDERSTOOD, import_file, read_grids
from lastmile_desktop.sheets.gate import check_file
from lastmile_desktop.sheets.refusal import RefusedFileError
from lastmile_desktop.system.child import Child, ChildEnded
from lastmile_desktop.system.memory import resident_bytes
from tests.sheets.books.mutations import mutate
from tests.sheets.books.seeds import seeds

_BATCH = 100
_HANG_S = 15.0
_MEMORY_MB = 400
_JARGON = ("Error", "Exception", "Traceback", "None", "0x", "errno", ".py")
_OPTIONS = ImportOptions(with_preview=True)


@dataclass
class Outcome:
    """What became of the mutations."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


def book_of(seed: int) -> tuple[str, str]:
    """(name of the good book, file name) that a seed damages."""
    names = list(seeds())
    name = names[seed % len(names)]
    return name, seeds()[name][0]


def write_damaged(seed: int, folder: Path) -> Path:
    """The damaged file of a seed."""
    name, file_name = book_of(seed)
    path = folder / f"{seed}-{file_name}"
    path.write_bytes(mutate(seeds()[name][1], seed))
    return path


def complaint(path: Path, report: ImportReport) -> str:
    """What is wrong with the report of a damaged file, "" when it is as it should be."""
    if report.status == "error":
        if path.name not in report.message or len(report.message) > 500:
            return f"sentence: {report.message[:300]}"
        if NOT_UNDERSTOOD in report.message or any(word in report.message for word in _JARGON):
            return f"sentence: {report.message[:300]}"
        return "a refusal with orders" if report.orders or report.vehicles else ""
    return _wrong_count(path, report)


def _wrong_count(path: Path, report: ImportReport) -> str:
    """Compare the report with the rows of the file, read once more without the parser."""
    try:
        grids = read_grids(path, check_file(path), lambda done, total: None, _OPTIONS)
    except RefusedFileError:
        return "read, though the reader refuses it"
    rows = {grid.name: grid.rows for grid in grids}
    for sheet in report.sheets:
        if sheet.kind is not SheetKind.ORDERS or sheet.preview is None:
            continue
        there = rows[sheet.name]
        kinds = Counter(sheet.preview.kinds)
        mine = [order for order in report.orders if order.source.sheet == sheet.name]
        if sorted(sheet.preview.rows) != sorted(there):
            return f"{len(sheet.preview.rows)} lines of {len(there)}"
        if len(mine) != kinds[LineKind.ORDER] or len({order.key for order in mine}) != len(mine):
            return f"{len(mine)} orders of {kinds[LineKind.ORDER]}"
        left_out = {
            row
            for row, kind in zip(sheet.preview.rows, sheet.preview.kinds, strict=True)
            if kind is LineKind.LEFT_OUT
        }
        told = {p.row for p in report.problems if p.sheet == sheet.name and p.severity is Severity.ERROR}
        if not left_out <= told:
            return f"rows left out in silence: {sorted(left_out - told)[:5]}"
    return ""


def run_batch(connection: Connection, numbers: Sequence[int], folder_name: str) -> None:
    """In the child: the number before each file (so that a death has a name), then what became of it."""
    folder = Path(folder_name)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)  # what a dying library says is not what is looked for
    for seed in numbers:
        connection.send(seed)
        path = write_damaged(seed, folder)
        report = import_file(path, lambda done, total: None, _OPTIONS)
        wrong = complaint(path, report)
        connection.send((seed, "refused" if report.status == "error" else "read", wrong))
        path.unlink(missing_ok=True)


def fuzz(numbers: Sequence[int], folder: Path) -> Outcome:
    """Damage, read and judge a book for every number. A child that dies or hangs is followed up."""
    outcome = Outcome()
    waiting = list(numbers)
    while waiting:
        batch, waiting = waiting[:_BATCH], waiting[_BATCH:]
        stopped_at = _one_batch(batch, folder, outcome)
        if stopped_at is not None:
            waiting = batch[batch.index(stopped_at) + 1 :] + waiting
            _follow_up(stopped_at, folder, outcome)
    return outcome


def _one_batch(batch: Sequence[int], folder: Path, outcome: Outcome) -> int | None:
    """The seed at which the child died, hung or grew too large; None when all are done."""
    current, since, done = batch[0], time.monotonic(), 0
    with Child(run_batch, batch, str(folder), memory_mb=_MEMORY_MB + 500) as child:
        while done < len(batch):
            message = child.receive(0.2)
            if isinstance(message, int):
                current, since = message, time.monotonic()
            elif isinstance(message, tuple):
                seed, what, wrong = message
                done += 1
                outcome.counts[what] += 1
                if wrong:
                    outcome.failures.append(f"{seed} ({book_of(seed)[0]}): {wrong}")
            held = resident_bytes(child.pid or 0) or 0
            ended = isinstance(message, ChildEnded)
            if ended or time.monotonic() - since > _HANG_S or held > _MEMORY_MB * 1024 * 1024:
                return current
    return None


def _follow_up(seed: int, folder: Path, outcome: Outcome) -> None:
    """A file that ended the child: through the real door it must end in a sentence, never in silence."""
    path = write_damaged(seed, folder)
    started = time.monotonic()
    report = read_sheet(path, timeout_s=_HANG_S)
    outcome.counts["ended the child"] += 1
    outcome.ended.append(f"{seed} ({book_of(seed)[0]})")
    wrong = complaint(path, report)
    if wrong or time.monotonic() - started > _HANG_S + 3:
        outcome.failures.append(f"{seed} ({book_of(seed)[0]}), through the door: {wrong or 'too long'}")


def main(arguments: Sequence[str]) -> int:
    """The long run."""
    parser = argparse.ArgumentParser(prog="python -m tests.sheets.fuzz", description=__doc__)
    parser.add_argument("--mutations", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = fuzz(range(options.first, options.first + options.mutations), Path(folder))
    for seed in outcome.ended:
        print(f"ended the child, and was refused through the door: {seed}")
    for failure in outcome.failures:
        print(failure)
    print(f"{dict(outcome.counts)}, {len(outcome.failures)} failures, {time.monotonic() - started:.0f} s")
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
