"""What a person without a day sees: where to begin, recent files, and days that a crash left behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.main_window import MainWindow
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.welcome.page import WelcomePage

#: A session that does two things and is then gone without a goodbye, as by a power cut.
CRASHED = """
import os, sys
from datetime import date
from pathlib import Path
from lastmile_desktop.model import Day, DayState, Location, Order
from lastmile_desktop.pipeline import edits
from lastmile_desktop.store.day_store import DayStore
from lastmile_desktop.store.folders import Folders
order = Order("o1", "B-001", "Anna", location=Location(51.0, 3.7))
state = DayState(Day(date(2026, 11, 23), (order,), source_name="monday.xlsx"))
store = DayStore.new(edits.empty_state(date(2026, 11, 23)), folders=Folders(Path(sys.argv[1])))
store.commit("Open monday.xlsx", state)
store.commit("Place B-001", edits.set_position(state, "o1", Location(51.1, 3.8)))
os._exit(9)
"""


@pytest.fixture
def page(qtbot: QtBot) -> WelcomePage:
    made = WelcomePage()
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    return made


@pytest.fixture
def window(qtbot: QtBot, own_session: Session, folders: Folders) -> Iterator[MainWindow]:
    made = MainWindow(own_session, folders)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.finish()


def named(page: WelcomePage, name: str) -> QPushButton:
    return page.findChild(QPushButton, name)


@pytest.mark.parametrize("name", ["open", "paste", "sample"])
def test_each_way_to_begin_is_one_click(page: WelcomePage, qtbot: QtBot, name: str) -> None:
    with qtbot.waitSignal(getattr(page, f"{name}_requested")):
        qtbot.mouseClick(named(page, f"welcome-{name}"), Qt.MouseButton.LeftButton)


def test_the_drop_area_can_be_clicked_too(page: WelcomePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.open_requested):
        qtbot.mouseClick(page.drop_area, Qt.MouseButton.LeftButton)


def test_recent_files_open_and_missing_ones_say_so(page: WelcomePage, qtbot: QtBot, tmp_path: Path) -> None:
    here, gone = tmp_path / "a & b.lastmile", tmp_path / "gone.lastmile"
    page.show_recent([(here, False), (gone, True)])
    first, second = page.findChildren(QPushButton, "recent-file")
    assert "a && b.lastmile" in first.text()
    assert not second.isEnabled()
    assert "not there any more" in second.text()
    with qtbot.waitSignal(page.recent_requested) as asked:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert asked.args == [here]


def crash(folders: Folders) -> None:
    done = subprocess.run([sys.executable, "-c", CRASHED, str(folders.root)], check=False)
    assert done.returncode == 9


def test_a_day_that_a_crash_left_behind_comes_back(
    window: MainWindow, qtbot: QtBot, folders: Folders, settle: Callable[[Session], None]
) -> None:
    crash(folders)
    window.prepare()
    qtbot.waitUntil(lambda: window.welcome.findChild(QPushButton, "recovered-open") is not None)
    qtbot.mouseClick(named(window.welcome, "recovered-open"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.session.state.day.orders))
    location = window.session.state.day.orders[0].location
    assert location is not None
    assert (location.lat, location.lon) == (51.1, 3.8)
    window.session.undo()  # its steps came back too
    settle(window.session)
    assert window.session.state.day.orders[0].location != location


def test_a_left_day_can_be_thrown_away(window: MainWindow, qtbot: QtBot, folders: Folders) -> None:
    from lastmile_desktop.store.day_store import DayStore

    crash(folders)
    window.prepare()
    qtbot.waitUntil(lambda: window.welcome.findChild(QPushButton, "recovered-discard") is not None)
    qtbot.mouseClick(named(window.welcome, "recovered-discard"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert DayStore.recoverable(folders) == []  # asked once: asking takes the lock for a moment
    assert not window.session.state.day.orders


def test_the_sample_day_is_one_click_to_a_plan(
    window: MainWindow, qtbot: QtBot, settle: Callable[[Session], None]
) -> None:
    window._plan_seconds = 2
    qtbot.mouseClick(named(window.welcome, "welcome-sample"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.planning.running, timeout=30_000)
    qtbot.waitUntil(lambda: window.session.state.timetable is not None, timeout=30_000)
    assert window.session.state.timetable.totals.planned > 50
    settle(window.session)
