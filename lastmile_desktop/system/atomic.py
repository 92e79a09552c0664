"""Replacing a user's file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: Windows refuses to replace a file that a virus scanner or Excel holds for a moment.
_REPLACE_RETRIES = 5
_FIRST_RETRY_S = 0.05


@contextmanager
def replaced_file(target: Path) -> Iterator[Path]:
    """Give a temporary path beside ``target``; on a clean exit it takes the target's place.

    Write the whole new content to the yielded path within the block. When the block raises, or the disk
    fills up, the old target is untouched and the temporary file is removed. Raises OSError naming the
    target when it cannot be replaced.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}-", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        _flush_to_disk(temporary)
        _take_permissions(temporary, target)
        _with_retries(lambda: os.replace(temporary, target), target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def files_together(folder: Path) -> Iterator[Path]:
    """Give an empty folder inside ``folder``; on a clean exit its files move up, over older ones there.

    So that files which belong together never stand beside older ones of the same set: what can fail, a full
    disk above all, fails before the first of them is replaced. When the block raises, nothing has changed.
    Raises OSError naming the file that cannot be replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".lastmile-", dir=folder, ignore_cleanup_errors=True) as name:
        staging = Path(name)
        yield staging
        for staged in sorted(staging.iterdir()):
            _move(staged, folder / staged.name)


def _move(staged: Path, target: Path) -> None:
    _with_retries(lambda: os.replace(staged, target), target)


def write_bytes(target: Path, content: bytes) -> None:
    """Replace ``target`` by ``content``, whole or not at all. Raises OSError."""
    with replaced_file(target) as temporary, temporary.open("wb") as stream:
        written = stream.write(content)
        if written != len(content):
            raise OSError(f"only {written} of {len(content)} bytes could be written to {target}")


def write_text(target: Path, content: str) -> None:
    """Replace ``target`` by ``content`` in UTF-8, whole or not at all. Raises OSError."""
    write_bytes(target, content.encode("utf-8"))


def _flush_to_disk(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _take_permissions(temporary: Path, target: Path) -> None:
    """A file made by mkstemp is private; give it the mode of the file it replaces, or the usual one."""
    try:
        mode = target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    with contextlib.suppress(OSError):
        temporary.chmod(mode)


def _with_retries(action: Callable[[], None], target: Path) -> None:
    pause_s = _FIRST_RETRY_S
    for attempt in range(_REPLACE_RETRIES):
        try:
            action()
            return
        except PermissionError as error:
            if attempt == _REPLACE_RETRIES - 1:
                raise OSError(f"{target} is in use by another program or cannot be written") from error
            time.sleep(pause_s)
            pause_s *= 2
