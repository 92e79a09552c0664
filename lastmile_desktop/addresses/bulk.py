"""Many addresses at once: here for a few, in a process of its own for a whole sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from lastmile_desktop.addresses.index import AddressIndex
from lastmile_desktop.addresses.search import Answer, find_address
from lastmile_desktop.system.beside import call_beside, never

#: So few lines are quicker looked up than a process is started.
_FEW = 60
_PER_REPORT = 50

OnProgress = Callable[[int, int], None]


def find_addresses(
    region: Path,
    lines: Sequence[str],
    *,
    should_stop: Callable[[], bool] = never,
    on_progress: OnProgress | None = None,
) -> list[Answer]:
    """An answer for each line, in their order; blocking, for worker threads and commands.

    ``on_progress`` gets the number of lines done and of all. Raises RegionError for a file without
    addresses, BesideStopped when ``should_stop`` says so.
    """
    if len(lines) <= _FEW:
        return look_up(region, lines)
    return call_beside(
        look_up, region, list(lines), should_stop=should_stop, on_progress=on_progress or _unheard
    )


def look_up(region: Path, lines: Sequence[str], on_progress: OnProgress | None = None) -> list[Answer]:
    """An answer for each line, here and now. Raises RegionError."""
    answers = []
    with AddressIndex(region) as index:
        for count, line in enumerate(lines, start=1):
            answers.append(find_address(line, index))
            if on_progress is not None and (count % _PER_REPORT == 0 or count == len(lines)):
                on_progress(count, len(lines))
    return answers


def _unheard(_done: int, _total: int) -> None:
    """Nobody watches; the process is still asked now and then whether to stop."""
