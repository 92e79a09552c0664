"""The plan in a copy of the sheet, and the template, from the menus."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.main_window import MainWindow
from lastmile_desktop.ui.session import Session

sys.path.insert(0, str(Path(__file__).parent))

from window_hands import imported, notices, planned, sheet

Settle = Callable[[Session], None]


@pytest.fixture
def window(qtbot: QtBot, own_session: Session, folders: Folders) -> Iterator[MainWindow]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.install(application, "light")
    made = MainWindow(own_session, folders)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.prepare()
    yield made
    made.finish()


def choose(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    """Choose a file in the dialog that is open."""
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    dialog = window.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_the_plan_goes_into_a_copy(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    import openpyxl

    assert not window.commands["export-into"].isEnabled()
    path = sheet(tmp_path)
    imported(window, qtbot, path)
    planned(window, qtbot)
    before = path.read_bytes()
    assert window.workbooks.known_sheet() == path
    window.commands["export-into"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    dialog = window.findChildren(QFileDialog)[-1]
    assert dialog.selectedFiles()[0].endswith("orders with plan.xlsx")
    target = tmp_path / "with plan.xlsx"
    choose(window, qtbot, target)
    qtbot.waitUntil(lambda: "8 orders with route" in notices(window), timeout=30_000)
    assert path.read_bytes() == before
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["orders", "Plan", "Routes", "Not planned"]
    assert book["orders"].cell(1, 7).value == "Planned route"


def test_the_own_file_is_refused(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = sheet(tmp_path)
    imported(window, qtbot, path)
    planned(window, qtbot)
    before = path.read_bytes()
    window.workbooks.write_into(path, path)
    qtbot.waitUntil(lambda: "never written over" in notices(window), timeout=30_000)
    assert path.read_bytes() == before


def test_a_template_in_each_language(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert len(window.commands.templates) == 8
    window.commands.templates["nl"].trigger()
    choose(window, qtbot, tmp_path / "bestellingen.xlsx")
    qtbot.waitUntil(lambda: "bestellingen.xlsx was written" in notices(window), timeout=20_000)
    assert (tmp_path / "bestellingen.xlsx").is_file()
