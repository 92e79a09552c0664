"""The timeline with real mouse and keys, and the cost curve."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parent))

from map_factories import make_day
from web_pages import wait_for

from lastmile_desktop.ui import theme
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.timeline.cost_curve import CostCurve
from lastmile_desktop.ui.timeline.rows import Block, BlockKind, timeline_rows
from lastmile_desktop.ui.timeline.view import TimelineView


class Shown:
    """A timeline on the screen."""

    def __init__(self) -> None:
        self.selection = Selection()
        self.jobs = Jobs()
        self.view = TimelineView(self.selection, self.jobs)
        self.view.resize(1000, 200)
        self.view.show()
        wait_for(lambda: self.view._item is not None, "the chart is made")

    def place(self, time_s: float, row: int) -> QPoint:
        scene = self.view._box.mapViewToScene(QPointF(time_s, row + 0.5))
        return self.view._plot.mapFromScene(scene)

    def click(self, time_s: float, row: int) -> None:
        where = self.place(time_s, row)
        QTest.mouseClick(self.view._plot.viewport(), Qt.MouseButton.LeftButton, pos=where)

    def colour(self, time_s: float, row: int) -> QColor:
        return self.view._plot.viewport().grab().toImage().pixelColor(self.place(time_s, row))


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.view.close()
    shown.jobs.close()


def middle(block: Block) -> float:
    return (block.start_s + block.end_s) / 2


def test_blocks_tell_the_day_without_gaps_and_overlaps() -> None:
    day, timetable, _assignment = make_day(routes=4, stops=20)
    for row in timeline_rows(day, timetable):
        route = timetable.route_by_vehicle[row.vehicle.key]
        assert [block.order_keys for block in row.stops] == [(key,) for key in route.order_keys]
        assert [block.number for block in row.stops] == list(range(1, 21))
        assert row.blocks[0].start_s == route.start_s
        assert row.blocks[-1].end_s == route.end_s
        for before, after in zip(row.blocks, row.blocks[1:], strict=False):
            assert before.end_s == after.start_s
        spent = {kind: sum(b.end_s - b.start_s for b in row.blocks if b.kind is kind) for kind in BlockKind}
        assert spent[BlockKind.DRIVE] == route.drive_s
        assert spent[BlockKind.WAIT] == route.wait_s
        assert spent[BlockKind.SERVICE] == route.service_s
        assert spent[BlockKind.BREAK] == route.break_s


def test_finding_the_door_is_neither_waiting_nor_service() -> None:
    day, timetable, _assignment = make_day()
    route = timetable.routes[0]
    visit = replace(route.visits[0], setup_s=120)
    shifted = replace(visit, start_s=visit.arrive_s + 300, leave_s=visit.arrive_s + 600)
    plan = replace(timetable, routes=(replace(route, visits=(shifted,)), *timetable.routes[1:]))
    blocks = [(b.kind, b.end_s - b.start_s) for b in timeline_rows(day, plan)[0].blocks]
    assert (BlockKind.SETUP, 120) in blocks
    assert (BlockKind.WAIT, 180) in blocks


def test_vehicles_not_used_today_have_no_row() -> None:
    day, _timetable, _assignment = make_day(routes=3, stops=2)
    resting = replace(
        day, vehicles=(day.vehicles[0], replace(day.vehicles[1], active=False), day.vehicles[2])
    )
    rows = timeline_rows(resting, None)
    assert [row.vehicle.key for row in rows] == ["v0", "v2"]
    assert rows[1].colour_index == 2


def test_a_click_on_a_stop_or_a_row_selects(shown: Shown) -> None:
    day, timetable, _assignment = make_day(routes=4, stops=12)
    shown.view.show_day(day, timetable)
    QApplication.processEvents()
    row = shown.view._rows[2]
    shown.click(middle(row.stops[5]), 2)
    assert shown.selection.order_key == row.stops[5].order_keys[0]
    shown.click(row.vehicle.shift_end_s - 60, 2)
    assert shown.selection.vehicle_key == "v2"
    QTest.mouseClick(shown.view._names, Qt.MouseButton.LeftButton, pos=QPoint(30, 26 + 28 + 14))
    assert shown.selection.vehicle_key == "v1"


def test_a_stop_too_narrow_to_hit_is_still_hit(shown: Shown) -> None:
    day, timetable, _assignment = make_day(routes=1, stops=3)
    shown.view.show_day(day, timetable)
    QApplication.processEvents()
    stop = shown.view._rows[0].stops[1]
    pixel_s = shown.view._box.viewPixelSize()[0]
    shown.click(stop.start_s - 2.5 * pixel_s, 0)
    assert shown.selection.order_key == stop.order_keys[0]


def test_selection_is_outlined_and_its_windows_are_known(shown: Shown) -> None:
    day, timetable, _assignment = make_day(routes=3, stops=12)
    shown.view.show_day(day, timetable)
    order = next(
        day.order_by_key[key] for key in timetable.routes[1].order_keys if day.order_by_key[key].windows
    )
    before = shown.view.grab().toImage()
    shown.selection.select_order(order.key)
    assert shown.view._item.selected_row == 1
    assert shown.view._item.windows == order.windows
    assert shown.view.grab().toImage() != before
    shown.selection.clear()
    assert shown.view._item.selected_row == -1


def test_service_has_the_routes_colour_and_lateness_is_red(shown: Shown) -> None:
    day, timetable, _assignment = make_day(routes=4, stops=20)
    shown.view.show_day(day, timetable)
    QApplication.processEvents()
    rows = shown.view._rows
    late = next((at, block) for at, row in enumerate(rows) for block in row.stops if block.late_s)
    good = next(block for block in rows[0].stops if not block.late_s)
    shown.view._box.setXRange(good.start_s - 600, good.end_s + 600, padding=0)
    assert shown.colour(good.start_s + 40, 0) == QColor(theme.current().route(0))
    shown.view._box.setXRange(late[1].start_s - 600, late[1].end_s + 600, padding=0)
    assert shown.colour(late[1].start_s + 40, late[0]) == QColor(theme.current().danger)


def test_zoom_stays_when_the_plan_changes_and_goes_with_the_day(shown: Shown) -> None:
    day, timetable, _assignment = make_day(routes=3, stops=12)
    shown.view.show_day(day, timetable)
    whole = shown.view._box.viewRange()[0]
    QTest.keyClick(shown.view, Qt.Key.Key_Plus)
    near = shown.view._box.viewRange()[0]
    assert near[1] - near[0] < 0.9 * (whole[1] - whole[0])
    shown.view.show_day(day, replace(timetable, routes=timetable.routes[1:]))
    assert shown.view._box.viewRange()[0] == near
    shown.view.show_day(replace(day, date=date(2026, 11, 24)), timetable)
    assert shown.view._box.viewRange()[0] == whole


def test_arrows_walk_along_stops_and_rows(shown: Shown) -> None:
    day, timetable, _assignment = make_day(routes=3, stops=6)
    shown.view.show_day(day, timetable)
    QTest.keyClick(shown.view, Qt.Key.Key_Right)
    assert shown.selection.order_key == timetable.routes[0].order_keys[0]
    QTest.keyClick(shown.view, Qt.Key.Key_Right)
    assert shown.selection.order_key == timetable.routes[0].order_keys[1]
    QTest.keyClick(shown.view, Qt.Key.Key_Down)
    assert shown.selection.order_key in timetable.routes[1].order_keys
    for _press in range(9):
        QTest.keyClick(shown.view, Qt.Key.Key_Left)
    assert shown.selection.order_key == timetable.routes[1].order_keys[0]


def test_many_routes_scroll(shown: Shown) -> None:
    day, timetable, _assignment = make_day(routes=22, stops=5)
    shown.view.show_day(day, timetable)
    QApplication.processEvents()
    assert shown.view._bar.isVisible()
    shown.view._bar.setValue(shown.view._bar.maximum())
    top, bottom = shown.view._box.viewRange()[1]
    assert bottom == pytest.approx(22, abs=0.05)
    assert top == pytest.approx(22 - 174 / 28, abs=0.1)
    row = shown.view._rows[21]
    shown.click(middle(row.stops[0]), 21)
    assert shown.selection.order_key == row.stops[0].order_keys[0]


def test_without_vehicles_the_next_step_is_said(shown: Shown) -> None:
    day, timetable, _assignment = make_day(routes=2, stops=3)
    shown.view.show_day(replace(day, vehicles=()), None)
    assert shown.view._words.isVisible()
    assert "Fleet" in shown.view._words.text()
    shown.view.show_day(day, timetable)
    assert not shown.view._words.isVisible()


def test_names_from_a_sheet_stay_text_in_the_tooltip(shown: Shown) -> None:
    hostile = "<img src='file:///etc/passwd'><b>x"
    day, timetable, _assignment = make_day(routes=1, stops=3, name=hostile)
    shown.view.show_day(day, timetable)
    row = shown.view._rows[0]
    tip = shown.view._tip(row, row.stops[0])
    assert "<img" not in tip
    assert tip.startswith("<b>&lt;img src=")


def test_now_is_shown_on_the_day_itself_only(shown: Shown) -> None:
    day, timetable, _assignment = make_day(routes=1, stops=3)
    shown.view.show_day(replace(day, date=date(2001, 1, 1)), timetable)
    assert shown.view._item.now_s is None
    shown.view.show_day(replace(day, date=date.today()), timetable)
    assert shown.view._item.now_s is not None


def test_the_curve_steps_down_and_can_start_again(qapp: QApplication) -> None:
    jobs = Jobs()
    curve = CostCurve(jobs, "EUR")
    curve.add(0.2, 900.0)
    curve.resize(400, 140)
    curve.show()
    wait_for(lambda: curve._curve is not None, "the curve is made")
    curve.add(1.0, 850.5)
    curve.add(4.0, 812.0)
    times, costs = curve._curve.getData()
    assert list(times) == [0.2, 1.0, 4.0]
    assert list(costs) == [900.0, 850.5, 812.0]
    assert curve._left.labelText == "Cost (EUR)"
    curve.clear()
    assert not curve._plot.isVisible()
    assert curve._words.isVisible()
    curve.close()
    jobs.close()
