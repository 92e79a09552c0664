"""The region dialog: a real extract, a real build beside, a real session."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from lastmile_desktop.pipeline import edits
from lastmile_desktop.regions.region_file import RegionFile
from lastmile_desktop.store.firm import FirmMemory
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.settings_view.region_dialog import RegionDialog
from lastmile_desktop.ui.settings_view.region_words import BOX, WHOLE
from tests.roads.towns import write_extract, write_roads

POINTS = {1: (0, 0), 2: (400, 0), 3: (400, 400), 4: (0, 400)}
WAYS = [([1, 2, 3, 4, 1], {"highway": "residential", "name": "Ring"})]


@pytest.fixture
def session(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("LASTMILE_HOME", str(tmp_path / "home"))
    folders = Folders(tmp_path / "home")
    firm = FirmMemory(folders)
    made = Session(firm, folders)
    yield made
    made.close(discard=True)
    firm.close()


@pytest.fixture
def dialog(qtbot, session):
    jobs = Jobs()
    made = RegionDialog(session, jobs)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    jobs.close()


def settle(qtbot, session: Session) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not session.busy, timeout=10_000)


def choose_area(dialog: RegionDialog, kind: str) -> None:
    dialog.area.setCurrentIndex(dialog.area.findData(kind))


def test_a_region_is_made_used_and_remembered(qtbot, tmp_path, dialog, session) -> None:
    assert not dialog.build.isEnabled()
    dialog.set_extract(write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS))
    choose_area(dialog, WHOLE)
    assert dialog.build.isEnabled()
    target = tmp_path / "home.region"
    dialog.make(target)
    assert dialog.cancel.isVisible()
    qtbot.waitUntil(lambda: session.state.day.settings.region == str(target), timeout=30_000)
    settle(qtbot, session)
    assert not dialog.cancel.isVisible()
    assert "ready" in dialog.said.text()
    assert "Roads: 2 km" in dialog.facts.text()
    assert RegionFile.open(target).has("roads")
    qtbot.waitUntil(lambda: session.firm.settings().region == str(target), timeout=5_000)


def test_a_bad_extract_is_said_and_leaves_the_day_as_it_is(qtbot, tmp_path, dialog, session) -> None:
    broken = tmp_path / "page.osm.pbf"
    broken.write_bytes(b"<html>not found</html>")
    dialog.set_extract(broken)
    choose_area(dialog, WHOLE)
    dialog.make(tmp_path / "x.region")
    qtbot.waitUntil(dialog.said.isVisible, timeout=20_000)
    assert "page.osm.pbf" in dialog.said.text()
    assert session.state.day.settings.region == ""
    assert not (tmp_path / "x.region").exists()
    assert dialog.build.isEnabled()


def test_areas_are_asked_for_in_words(tmp_path, dialog) -> None:
    dialog.set_extract(tmp_path / "town.osm.pbf")
    choose_area(dialog, BOX)
    assert dialog.box.isVisible()
    assert not dialog.reach.isVisible()
    dialog.box.setText("50, 3, fifty, 4")
    dialog.make(tmp_path / "x.region")
    assert "four numbers" in dialog.said.text()
    dialog.box.setText("50, 3, 51, 4")
    area = dialog.wanted_area()
    assert area is not None
    assert (area.south, area.east) == (50, 4)
    choose_area(dialog, "depot")
    dialog.make(tmp_path / "x.region")
    assert "No depot has a position" in dialog.said.text()


def test_a_region_can_be_chosen_left_and_its_vehicles_changed(qtbot, tmp_path, dialog, session) -> None:
    region = write_roads(write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS))
    dialog.choose_file(region.path)
    settle(qtbot, session)
    assert session.state.day.settings.region == str(region.path)
    dialog.drive_as.setCurrentIndex(1)
    dialog.drive_as.activated.emit(1)
    dialog.ferries.click()
    settle(qtbot, session)
    assert session.state.day.settings.drive_as == "car"
    assert session.state.day.settings.ferries
    dialog.leave.click()
    settle(qtbot, session)
    assert session.state.day.settings.region == ""
    assert "No region" in dialog.facts.text()
    other = tmp_path / "notes.region"
    other.write_text("nothing")
    dialog.choose_file(other)
    assert "not a region file" in dialog.said.text()


def test_a_region_that_is_gone_is_said(qtbot, tmp_path, dialog, session) -> None:
    gone = str(tmp_path / "gone.region")
    session.do(
        "x",
        lambda state: edits.change_settings(state, replace(state.day.settings, region=gone)),
    )
    settle(qtbot, session)
    assert "not there any more" in dialog.facts.text()
    assert "estimates" in dialog.facts.text()
