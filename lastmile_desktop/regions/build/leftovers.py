"""What a build puts aside beside its target, and clearing it away when the whole program was killed."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_ROOM = ".lastmile-region-"
#: The names of ``system.atomic.replaced_file`` for regions, and of our own folders.
_LEFTOVER = re.compile(r"\.(lastmile-region-[a-z0-9_]{8}|.{1,40}-[a-z0-9_]{8}\.region)")

#: A build that is alive says so this often; what has been silent for so long belongs to none.
_SIGN_EVERY_S = 5.0
_SILENT_S = 60.0


@contextmanager
def workroom(folder: Path) -> Iterator[Path]:
    """An empty folder in ``folder``, where the room for a large file is; removed in every case.

    It belongs to the parent: a child that is killed removes nothing.
    """
    with TemporaryDirectory(prefix=_ROOM, dir=folder, ignore_cleanup_errors=True) as name:
        yield Path(name)


def showing_life(paths: Sequence[Path], should_stop: Callable[[], bool]) -> Callable[[], bool]:
    """``should_stop``, which also touches ``paths`` now and then, so that nobody takes them for leftovers."""
    last = time.monotonic()

    def asked() -> bool:
        nonlocal last
        if time.monotonic() - last >= _SIGN_EVERY_S:
            last = time.monotonic()
            for path in paths:
                with contextlib.suppress(OSError):
                    os.utime(path)
        return should_stop()

    return asked


def remove_leftovers(folder: Path) -> int:
    """Remove unfinished files of builds whose whole program was killed; how many there were.

    Builds of other programs that are under way in the same folder are left alone.
    """
    removed = 0
    with contextlib.suppress(OSError):
        for old in list(folder.iterdir()):
            with contextlib.suppress(OSError):
                if _LEFTOVER.fullmatch(old.name) and time.time() - old.stat().st_mtime > _SILENT_S:
                    if old.is_dir():
                        shutil.rmtree(old)
                    else:
                        old.unlink()
                    removed += 1
    return removed
