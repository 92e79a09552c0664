"""Where a file dialog opens: never in the folder that the program happened to be started from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from lastmile_desktop.ui.session import Session

_Places = QStandardPaths.StandardLocation


class FilePlaces:
    """The folder used last in this window, else the day file's, else the person's documents."""

    last: Path | None = None

    def prepare(self, dialog: QFileDialog, session: Session) -> None:
        """Open ``dialog`` in the right folder and remember what is chosen; before ``selectFile``."""
        dialog.setDirectory(str(self.folder(session)))
        dialog.fileSelected.connect(self._remember)

    def folder(self, session: Session) -> Path:
        """The folder to begin in."""
        if self.last is not None:
            return self.last
        if session.status.path is not None:
            return session.status.path.parent
        documents = Path(QStandardPaths.writableLocation(_Places.DocumentsLocation))
        return documents if documents.is_dir() else Path.home()

    def _remember(self, chosen: str) -> None:
        path = Path(chosen)
        self.last = path if path.is_dir() else path.parent


PLACES = FilePlaces()
