"""What goes wrong goes to a log in the data folder; the person hears one sentence, never a traceback."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

LOG_NAME = "lastmile.log"
CRASH_NAME = "crash.log"
_LOG_BYTES = 1_000_000
_LOG_FILES = 4
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

log = logging.getLogger("lastmile_desktop")


class Surprises(QObject):
    """Says that something went wrong that nobody expected; may be told from any thread."""

    happened = Signal(str)


class CrashLog:
    """Hooks for everything that would otherwise be printed or lost; `close` puts things back."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError when the folder cannot be written."""
        self.folder = folder
        self.surprises = Surprises()
        self._handler = RotatingFileHandler(
            folder / LOG_NAME, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8", delay=True
        )
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._crash_file: TextIO = (folder / CRASH_NAME).open("a", encoding="utf-8")
        self._before: Callable[..., object] = sys.excepthook
        self._thread_before: Callable[..., object] = threading.excepthook

    def install(self) -> None:
        """Take over from here on."""
        logging.getLogger().addHandler(self._handler)
        logging.getLogger().setLevel(logging.INFO)
        faulthandler.enable(self._crash_file)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        qInstallMessageHandler(_qt_message)

    def close(self) -> None:
        """Put everything back."""
        qInstallMessageHandler(None)
        sys.excepthook = self._before
        threading.excepthook = self._thread_before
        faulthandler.disable()
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()
        self._crash_file.close()

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        log.critical("uncaught", exc_info=(kind, error, trace))
        self._tell()

    def _uncaught_in_thread(self, what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            log.critical("uncaught in a thread", exc_info=(what.exc_type, what.exc_value, what.exc_traceback))
            self._tell()

    def _tell(self) -> None:
        self.surprises.happened.emit(
            "Something went wrong in the program; the day on the table is kept. "
            "If it does not go on as usual, close the window and open it again."
        )


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category, text)
