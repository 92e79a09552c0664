"""Where the window was and how it was divided; kept beside the program's data, not in the day."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

FILE_NAME = "window.ini"


class WindowMemory:
    """Reads and writes one small settings file below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def text(self, key: str, otherwise: str) -> str:
        """A remembered text."""
        value = self._settings.value(key, otherwise)
        return value if isinstance(value, str) else otherwise

    def set_text(self, key: str, value: str) -> None:
        """Remember a text."""
        self._settings.setValue(key, value)

    def restore_window(self, window: QMainWindow) -> bool:
        """Put the window where it was; False when there is nothing remembered or it no longer fits."""
        value = self._settings.value("window/geometry")
        return isinstance(value, QByteArray) and window.restoreGeometry(value)

    def keep_window(self, window: QMainWindow) -> None:
        """Remember where the window is."""
        self._settings.setValue("window/geometry", window.saveGeometry())

    def restore_splitter(self, splitter: QSplitter) -> bool:
        """Divide as it was, by the splitter's object name."""
        value = self._settings.value(f"splitter/{splitter.objectName()}")
        return isinstance(value, QByteArray) and splitter.restoreState(value)

    def keep_splitter(self, splitter: QSplitter) -> None:
        """Remember how the splitter divides."""
        self._settings.setValue(f"splitter/{splitter.objectName()}", splitter.saveState())

    def sync(self) -> None:
        """Write now."""
        self._settings.sync()
