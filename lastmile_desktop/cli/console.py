"""How a command talks: exit codes, sentences on standard error, the first Ctrl-C, a crash's log."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

OK = 0
#: Not in the contract's list: outputs could not be written, or a checked plan breaks rules.
NOT_DONE = 1
WRONG_USAGE = 2
CANNOT_READ = 3
CANNOT_PLAN = 4
ABORTED = 130


class CommandError(Exception):
    """Ends the command with a sentence on standard error and an exit code."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Interrupted:
    """What Ctrl-C has asked for so far.

    While files are written an abort waits for the end of the file in hand: an exception out of nowhere
    inside Qt's own loading or painting takes the whole process down (SIGABRT) instead of ending it.
    """

    asked = False
    writing = False
    _aborted = False

    def on_interrupt(self, _number: int, _frame: object) -> None:
        if not self.asked:
            self.asked = True
            todo = "Writing the plan." if self.writing else "Stopping with the best plan so far."
            with contextlib.suppress(RuntimeError):  # the signal may fall into another line's printing
                say(f"{todo} Press Ctrl-C again to abort.")
        elif self.writing:
            self._aborted = True
        else:
            raise KeyboardInterrupt

    def before_a_file(self) -> None:
        """Raise KeyboardInterrupt when an abort was asked for; nothing is half done here."""
        if self._aborted:
            raise KeyboardInterrupt


@contextlib.contextmanager
def first_interrupt_finishes() -> Iterator[Interrupted]:
    """The first Ctrl-C asks to finish with the best plan, written whole; the second one aborts."""
    interrupted = Interrupted()
    before = signal.signal(signal.SIGINT, interrupted.on_interrupt)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


def use_utf8() -> None:
    """A Windows console or an empty locale must not stop at a customer's name."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with contextlib.suppress(Exception):
                reconfigure(encoding="utf-8", errors="replace")


def log_path() -> Path:
    from lastmile_desktop.store.folders import app_data_folder

    return app_data_folder() / "logs" / "lastmile.log"


def log_crash(error: Exception) -> None:
    import traceback

    with contextlib.suppress(OSError):
        path = log_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write("".join(traceback.format_exception(error)))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def log_to_file() -> None:
    """What the program notes for its makers goes to the log; standard error is for sentences."""
    import logging

    with contextlib.suppress(OSError):
        path = log_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        handler.setLevel(logging.WARNING)
        logging.getLogger().addHandler(handler)


def folder_sentence(folder: Path, error: OSError) -> str:
    """Why nothing can be written into a folder that was named with --out."""
    start = f"The outputs cannot be written to {folder}"
    if folder.exists() and not folder.is_dir():
        return f"{start}: that is a file, not a folder. Name another folder with --out."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{start}: a part of that path is a file. Name another folder with --out."
    if error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return f"{start}: the disk is full. What was there before is as it was."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{start}: the folder or a file in it is write-protected or in use."
    if error.errno == errno.ENOENT:
        return f"{start}: no folder can be made there. Name another folder with --out."
    return f"{start}: {(error.strerror or str(error)).rstrip('.')}."


def os_sentence(error: OSError) -> str:
    name = error.filename or ""
    reason = error.strerror or str(error)
    return f"{name}: {reason}." if name else f"{reason}."


def has_screen() -> bool:
    """False on a Linux machine where no window can open."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run_beside(arguments: Sequence[str]) -> int:
    """Run another command of this program in a process of its own; Ctrl-C is for that one to answer."""
    program = (
        [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "lastmile_desktop"]
    )
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        return subprocess.call([*program, *arguments])
    finally:
        signal.signal(signal.SIGINT, before)
