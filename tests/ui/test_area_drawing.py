"""Drawing the service area: a real drag on the real page in the whole window, and what else may be sent."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from web_pages import evaluate, pause, wait_for

from lastmile_desktop.model import Location
from lastmile_desktop.regions.service_area import ServiceArea
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.main_window import MainWindow
from lastmile_desktop.ui.map_view.bridge import Bridge
from lastmile_desktop.ui.map_view.scheme import prepare_web_engine
from lastmile_desktop.ui.map_view.sketch import sketch
from lastmile_desktop.ui.map_view.view import MapView
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.settings_view.region_dialog import RegionDialog
from lastmile_desktop.ui.settings_view.region_words import BOX
from tests.roads.towns import write_extract

prepare_web_engine()  # before the tests' QApplication, as the program does

DEPOT = Location(51.05, 3.72)
EDGE = ServiceArea(50.6, 3.2, 51.4, 4.4)
BANNER = "document.querySelector('.lm-banner')"


class Drawn:
    """A map without any order on the screen, and what was heard from it."""

    def __init__(self) -> None:
        self.jobs = Jobs()
        self.selection = Selection()
        self.view = MapView(self.selection, self.jobs)
        self.boxes: list[ServiceArea] = []
        self.ends = 0
        self.view.box_drawn.connect(self.boxes.append)
        self.view.placing_ended.connect(self._count)
        self.view.resize(900, 600)
        self.view.show()
        wait_for(lambda: self.view.is_ready, "the map page listens")

    def _count(self) -> None:
        self.ends += 1

    @property
    def page(self) -> object:
        return self.view._host._page

    @property
    def hand(self) -> QWidget:
        return self.view._host.web.focusProxy()

    def ask(self, box: ServiceArea | None = None) -> None:
        self.view.start_drawing(sketch(box, EDGE, [DEPOT]))
        wait_for(lambda: evaluate(self.page, "lastmile.area.asked") is True, "the page asks for a box")

    def place_at(self, at: QPoint) -> tuple[float, float]:
        place = f"lastmile.map.containerPointToLatLng([{at.x()}, {at.y()}])"
        return evaluate(self.page, f"[{place}.lat, {place}.lng]")

    def close(self) -> None:
        self.view.close_page()
        self.view.close()
        self.jobs.close()


@pytest.fixture(scope="module")
def map_page(qapp: QApplication):
    drawn = Drawn()
    yield drawn
    drawn.close()


@pytest.fixture
def drawn(map_page: Drawn):
    map_page.boxes.clear()
    map_page.ends = 0
    yield map_page
    map_page.view.stop_placing()


def send(hand: QWidget, kind: QEvent.Type, at: QPoint) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    held = none if kind is QEvent.Type.MouseButtonRelease else left
    button = none if kind is QEvent.Type.MouseMove else left
    place = QPointF(at)
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(hand, QMouseEvent(kind, place, QPointF(hand.mapToGlobal(at)), button, held, keys))
    QTest.qWait(20)


def drag(hand: QWidget, start: QPoint, end: QPoint) -> None:
    """As a hand does it: with the button held on the way (QTest moves without it)."""
    send(hand, QEvent.Type.MouseButtonPress, start)
    for step in range(1, 6):
        send(hand, QEvent.Type.MouseMove, start + (end - start) * step / 5)
    send(hand, QEvent.Type.MouseButtonRelease, end)


def test_a_drag_makes_a_box_and_does_not_move_the_map(drawn: Drawn) -> None:
    drawn.ask()
    assert "Drag a box" in evaluate(drawn.page, f"{BANNER}.textContent")
    assert evaluate(drawn.page, "document.querySelectorAll('.lm-edge').length") == 1
    assert evaluate(drawn.page, f"lastmile.map.getBounds().contains([{DEPOT.lat}, {DEPOT.lon}])") is True
    before = evaluate(drawn.page, "lastmile.map.getCenter()")
    start, end = QPoint(600, 400), QPoint(250, 160)
    (south, east), (north, west) = drawn.place_at(start), drawn.place_at(end)

    drag(drawn.hand, start, end)
    wait_for(lambda: bool(drawn.boxes), "a box was drawn")

    (box,) = drawn.boxes
    assert (box.south, box.west, box.north, box.east) == pytest.approx((south, west, north, east), abs=1e-3)
    assert drawn.ends == 1
    assert evaluate(drawn.page, "lastmile.map.getCenter()") == before
    wait_for(lambda: evaluate(drawn.page, f"{BANNER}.hidden") is True, "the page has stopped drawing")
    assert evaluate(drawn.page, "document.querySelectorAll('.lm-area, .lm-edge').length") == 0
    drag(drawn.hand, start, end)
    wait_for(lambda: evaluate(drawn.page, "lastmile.map.getCenter()") != before, "a drag moves the map again")
    assert len(drawn.boxes) == 1


def test_the_box_and_its_size_are_seen_while_dragging_and_escape_gives_up(drawn: Drawn) -> None:
    drawn.ask()
    send(drawn.hand, QEvent.Type.MouseButtonPress, QPoint(200, 150))
    send(drawn.hand, QEvent.Type.MouseMove, QPoint(400, 350))
    wait_for(lambda: " km" in evaluate(drawn.page, f"{BANNER}.textContent"), "its size is said")
    assert evaluate(drawn.page, "document.querySelectorAll('.lm-area').length") == 1
    QTest.keyClick(drawn.hand, Qt.Key.Key_Escape)
    wait_for(lambda: drawn.ends == 1, "Escape ends drawing")
    send(drawn.hand, QEvent.Type.MouseButtonRelease, QPoint(400, 350))
    wait_for(lambda: evaluate(drawn.page, "lastmile.area.asked") is False, "the page has stopped")
    assert drawn.boxes == []


def test_a_mere_click_is_no_box_and_the_box_so_far_is_shown(drawn: Drawn) -> None:
    drawn.ask(ServiceArea(51.0, 3.6, 51.1, 3.8))
    assert evaluate(drawn.page, "lastmile.map.getBounds().contains([[51.0, 3.6], [51.1, 3.8]])") is True
    QTest.mouseClick(drawn.hand, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    pause(100)
    assert drawn.boxes == []
    assert evaluate(drawn.page, "lastmile.area.asked") is True


def test_placing_an_order_takes_over_from_drawing(drawn: Drawn) -> None:
    drawn.ask()
    drawn.view.start_placing("o1", "De Zon")
    wait_for(lambda: "De Zon" in evaluate(drawn.page, f"{BANNER}.textContent"), "the order is asked for")
    assert drawn.ends == 1
    drag(drawn.hand, QPoint(200, 150), QPoint(400, 350))
    assert drawn.boxes == []


def test_a_box_that_nobody_asked_for_is_not_taken(drawn: Drawn) -> None:
    drawn.view._host.bridge.box_drawn(50.0, 3.0, 51.0, 4.0)
    assert drawn.boxes == []


@pytest.mark.parametrize(
    "numbers",
    [
        (math.nan, 3.0, 51.0, 4.0),
        (50.0, -math.inf, 51.0, 4.0),
        (51.0, 3.0, 50.0, 4.0),
        (50.0, 4.0, 51.0, 4.0),
        (50.0, 3.0, 91.0, 4.0),
        (50.0, -181.0, 51.0, 4.0),
    ],
)
def test_numbers_that_are_no_box_are_dropped(qapp: QApplication, numbers: tuple[float, ...]) -> None:
    bridge, heard = Bridge(), []
    bridge.boxed.connect(lambda *box: heard.append(box))
    bridge.box_drawn(*numbers)
    assert heard == []
    bridge.box_drawn(50.0, 3.0, 51.0, 4.0)
    assert heard == [(50.0, 3.0, 51.0, 4.0)]


def test_the_dialog_steps_aside_and_comes_back_with_the_box(
    qtbot: QtBot, own_session: Session, folders: Folders, tmp_path: Path
) -> None:
    window = MainWindow(own_session, folders)
    qtbot.addWidget(window)
    window.resize(1200, 700)
    with qtbot.waitExposed(window):
        window.show()
    window.prepare()
    try:
        window.commands["region"].trigger()
        dialog = window.findChild(RegionDialog, "region")
        assert dialog is not None
        dialog.set_extract(write_extract(tmp_path / "town.osm.pbf", {1: (0, 0), 2: (400, 0)}, []))
        dialog.area.setCurrentIndex(dialog.area.findData(BOX))
        assert not window.session.state.day.orders

        qtbot.mouseClick(dialog.draw, Qt.MouseButton.LeftButton)
        assert not dialog.isVisible()
        view = window.plan_page.map
        assert view is not None
        assert view.isVisible()
        wait_for(lambda: view.is_ready, "the map page listens")
        asked = "typeof lastmile === 'object' && lastmile.area.asked"
        wait_for(lambda: evaluate(view._host._page, asked) is True, "the page asks for a box")
        drag(view._host.web.focusProxy(), QPoint(200, 100), QPoint(500, 250))
        wait_for(dialog.isVisible, "the dialog is back")

        drawn = dialog.wanted_area()
        assert drawn is not None
        assert [float(part) for part in dialog.box.text().split(",")] == pytest.approx(
            [drawn.south, drawn.west, drawn.north, drawn.east]
        )
        # Given up, the box stays as it was; the command alone brings the dialog back.
        qtbot.mouseClick(dialog.draw, Qt.MouseButton.LeftButton)
        assert not dialog.isVisible()
        window.commands["region"].trigger()
        assert dialog.isVisible()
        assert window.findChildren(RegionDialog, "region") == [dialog]
        assert dialog.wanted_area() == drawn
    finally:
        window.finish()
