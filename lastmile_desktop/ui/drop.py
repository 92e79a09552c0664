"""Which files may be dropped or opened, and what they are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

SHEET_SUFFIXES = (".xlsx", ".xlsm", ".csv")
DAY_SUFFIX = ".lastmile"
OPEN_FILTER = (
    "Order sheets and day files (*.xlsx *.xlsm *.csv *.lastmile);;Order sheets (*.xlsx *.xlsm *.csv);;"
    "Day files (*.lastmile);;All files (*)"
)
SAVE_FILTER = "Day files (*.lastmile)"


def dropped_file(mime: QMimeData) -> Path | None:
    """The one local file that is dragged; None when it is something else or several."""
    urls = [url for url in mime.urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None


def is_day_file(path: Path) -> bool:
    """True for a saved day, by its name."""
    return path.suffix.lower() == DAY_SUFFIX
