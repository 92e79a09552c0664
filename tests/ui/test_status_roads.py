"""What the status line says of the roads: the region's name, estimated legs, a region that is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lastmile_desktop.model import Location
from lastmile_desktop.pipeline import edits
from lastmile_desktop.store.firm import FirmMemory
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.shown_day import ShownDay
from lastmile_desktop.ui.status_line import StatusLine
from tests.documents import factories
from tests.roads.towns import at, write_extract, write_roads


@pytest.fixture
def session(qtbot, tmp_path):
    folders = Folders(tmp_path / "home")
    firm = FirmMemory(folders)
    made = Session(firm, folders)
    yield made
    made.close(discard=True)
    firm.close()


def test_the_roads_of_the_day_are_named(qtbot, tmp_path, session) -> None:
    points = {1: (0, 0), 2: (900, 0), 3: (900, 900)}
    region = write_roads(
        write_extract(tmp_path / "t.osm.pbf", points, [([1, 2, 3], {"highway": "residential"})])
    )
    state = factories.planned_day(1, 3)
    places = iter([at(300, 0), at(900, 300), Location(52.0, 4.0)])
    orders = tuple(replace(order, location=next(places, at(500, 0))) for order in state.day.orders)
    depots = tuple(replace(depot, location=at(0, 0)) for depot in state.day.depots)
    settings = replace(state.day.settings, region=str(region.path))
    state = replace(
        state, day=replace(state.day, orders=orders, depots=depots, settings=settings), timetable=None
    )
    status = StatusLine(session, ShownDay(session))
    qtbot.addWidget(status)
    session.start_day(state)
    qtbot.waitUntil(lambda: status.roads.text() == "roads: town, 2 legs estimated", timeout=10_000)
    assert "does not reach there" in status.roads.toolTip()
    assert status.roads.property("role") == "warning"
    gone = str(tmp_path / "gone.region")
    session.do("x", lambda day: edits.change_settings(day, replace(day.day.settings, region=gone)))
    qtbot.waitUntil(lambda: status.roads.text() == "⚠ straight-line estimate", timeout=10_000)
    assert "gone.region" in status.roads.toolTip()
    session.do("y", lambda day: edits.change_settings(day, replace(day.day.settings, region="")))
    qtbot.waitUntil(lambda: status.roads.text() == "straight-line estimate", timeout=10_000)
    assert status.roads.property("role") == "muted"
