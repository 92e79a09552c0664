"""The last saves of each day file, kept in the application's data folder without being asked."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import sys
import unicodedata
from datetime import datetime
from pathlib import Path

from lastmile_desktop.store.folders import Folders, private_folder
from lastmile_desktop.system.atomic import write_bytes

KEPT_BACKUPS = 5
_log = logging.getLogger(__name__)


def file_key(path: Path) -> str:
    """A short name for one of the user's files, the same however its path is written."""
    full = unicodedata.normalize("NFC", os.path.realpath(path))
    if sys.platform in ("win32", "darwin"):
        full = full.casefold()
    return hashlib.sha256(full.encode("utf-8", "surrogateescape")).hexdigest()[:20]


def keep_backup(folders: Folders, path: Path, raw: bytes) -> None:
    """Keep ``raw`` as the newest backup of ``path`` and drop all but the last five.

    A backup that cannot be written is logged and no reason to call the save failed.
    """
    try:
        folder = _folder(folders, path)
        number = 1 + max((_number(backup) for backup in folder.glob("*.lastmile")), default=0)
        now = datetime.now().strftime("%Y-%m-%d %H.%M.%S")
        write_bytes(folder / f"{number:06d} {now}.lastmile", raw)
    except OSError as error:
        _log.warning("no backup was kept: %s", type(error).__name__)
        return
    for old in backups_of(folders, path)[KEPT_BACKUPS:]:
        with contextlib.suppress(OSError):
            old.unlink()


def backups_of(folders: Folders, path: Path) -> list[Path]:
    """The kept saves of ``path``, newest first; open one with ``DayStore.open(backup, as_copy=True)``.

    Raises OSError when the data folder cannot be read.
    """
    return sorted(_folder(folders, path).glob("*.lastmile"), key=_number, reverse=True)


def _folder(folders: Folders, path: Path) -> Path:
    readable = re.sub(r"[^\w -]", "", path.stem)[:30].strip()
    return private_folder(folders.backups / f"{readable}-{file_key(path)}")


def _number(backup: Path) -> int:
    digits = backup.name[:6]
    return int(digits) if digits.isascii() and digits.isdigit() else 0
