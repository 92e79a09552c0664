"""Paint the import page with a messy sheet: `python packaging/import_picture.py OUT.png`; see pictures.py."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SIZE = (1366, 740)
PATIENCE_S = 60
ROWS: tuple[tuple[object, ...], ...] = (
    ("Bakery Vale: deliveries, Tuesday 24 November 2026",),
    (),
    ("No.", "Customer", "Street", "ZIP", "City", "When", "Crates", "Weight", "Tel.", "Remarks"),
    ("V-101", "Café Linde", "Herrengasse 12", "8010", "Graz", "7-9", 3, "12 kg", "+43 316 1101", ""),
    ("V-102", "Hotel Am Park", "Parkring 4", "8010", "Graz", "before 8", 6, "24 kg", "+43 316 1102", "ramp"),
    ("V-103", "Kita Regenbogen", "Sporgasse 34", "8010", "Graz", "7:30-8:30", 2, "8,5 kg", "", "ring twice"),
    ("V-104", "Emil Novák", "Leonhardstr. 47", "8010", "Graz", "1-3", 1, "4 kg", "", ""),
    ("V-105", "Gasthof Traube", "Annenstraße 46", "8020", "Graz", "9-11", "many", "19 kg", "", ""),
    ("V-106", "Anna Pohl", "", "", "", "after lunch maybe", 1, "3 kg", "+43 316 1106", ""),
    ("V-107", "Müller & Söhne", "Keplerstraße 117", "8020", "Graz", "25:00-26:00", 4, "16 kg", "", ""),
    ("V-108", "Łucja Wójcik", "Kasernstraße 59", "8041", "Graz", "8-10", 2, "39 kg", "", ""),
    ("V-109", "東京ティー", "Weinzöttlstr. 212", "8045", "Graz", "from 14:00", 5, "20 kg", "", ""),
    ("Total", None, None, None, None, None, 24, None, None, None),
)


def write_sheet(path: Path) -> None:
    """The sheet of the picture."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Tuesday"
    for line, cells in enumerate(ROWS, 1):
        for column, cell in enumerate(cells, 1):
            if cell not in (None, ""):
                sheet.cell(line, column).value = cell  # type: ignore[assignment]
    book.save(path)


def paint(picture: Path) -> None:
    """Open the sheet in the real window and keep what it shows."""
    from lastmile_desktop.ui.map_view.scheme import prepare_web_engine

    prepare_web_engine()
    from PySide6.QtWidgets import QApplication

    from lastmile_desktop.store.firm import FirmMemory
    from lastmile_desktop.store.folders import Folders
    from lastmile_desktop.ui import theme
    from lastmile_desktop.ui.main_window import MainWindow
    from lastmile_desktop.ui.session import Session

    application = QApplication([])
    theme.install(application, "light")

    def wait(until: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise TimeoutError("the page did not come")
            application.processEvents()

    with tempfile.TemporaryDirectory() as name:
        sheet = Path(name) / "Tuesday orders.xlsx"
        write_sheet(sheet)
        folders = Folders(Path(name) / "home")
        firm = FirmMemory(folders)
        session = Session(firm, folders)
        window = MainWindow(session, folders)
        window.resize(*SIZE)
        window.show()
        window.imports.read(sheet)
        wait(lambda: window.pages.shows_import)
        for _ in range(50):
            application.processEvents()
        window.grab().save(str(picture))
        window.finish()
        firm.close()


if __name__ == "__main__":
    paint(Path(sys.argv[1]))
