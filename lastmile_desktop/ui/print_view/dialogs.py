"""The questions that the system's own dialogs ask before something is printed or saved."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget


class PrintDialogs(Protocol):
    """What the print view asks the person at the desk."""

    def printer_names(self) -> list[str]:
        """Printers that the system knows."""
        ...

    def choose_printer(self, printer: QPrinter, parent: QWidget) -> bool:
        """Let the person set ``printer`` up; False = they changed their mind."""
        ...

    def choose_file(self, parent: QWidget, title: str, suggested: str, file_types: str) -> Path | None:
        """Where to save; None = they changed their mind. ``suggested`` is a file name with its suffix."""
        ...


class SystemDialogs:
    """The dialogs of the operating system. Remembers the folder of the last file."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def printer_names(self) -> list[str]:
        return list(QPrinterInfo.availablePrinterNames())

    def choose_printer(self, printer: QPrinter, parent: QWidget) -> bool:
        dialog = QPrintDialog(printer, parent)
        for option in (
            QAbstractPrintDialog.PrintDialogOption.PrintPageRange,
            QAbstractPrintDialog.PrintDialogOption.PrintSelection,
            QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage,
        ):
            dialog.setOption(option, False)  # which pages come out is chosen in the list of drivers
        return dialog.exec() == QPrintDialog.DialogCode.Accepted

    def choose_file(self, parent: QWidget, title: str, suggested: str, file_types: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(
            parent, title, str(self._start_folder() / suggested), file_types
        )
        if not name:
            return None
        path = Path(name)
        if not path.suffix:
            path = path.with_suffix(Path(suggested).suffix)
        self._folder = path.parent
        return path

    def _start_folder(self) -> Path:
        if self._folder is not None and self._folder.is_dir():
            return self._folder
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents) if documents else Path.home()
