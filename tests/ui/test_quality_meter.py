"""How good a plan is: measured after planning, shown in the status line, gone when the plan changes."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from lastmile_desktop.model import DayState
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.quality import Quality
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.planning.controller import PlanningController
from lastmile_desktop.ui.planning.quality_meter import QualityMeter
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.shown_day import ShownDay
from lastmile_desktop.ui.status_line import StatusLine


def test_a_new_plan_is_measured_and_an_edit_takes_the_figure_away(
    qtbot: QtBot, own_session: Session, make_state: Callable[..., DayState], settle: Callable[[Session], None]
) -> None:
    jobs = Jobs()
    shown = ShownDay(own_session)
    planning = PlanningController(own_session, shown, jobs)
    meter = QualityMeter(own_session, jobs)
    line = StatusLine(own_session, shown)
    qtbot.addWidget(line)
    line.show()
    meter.measured.connect(line.show_quality)
    planning.finished.connect(meter.plan_finished)
    told: list[Quality | None] = []
    meter.measured.connect(told.append)
    own_session.start_day(make_state(8, 2))
    settle(own_session)
    planning.plan(seconds=2)
    qtbot.waitUntil(lambda: bool(told) and told[-1] is not None, timeout=60_000)
    quality = told[-1]
    assert quality is not None
    assert line.quality.isVisible() == (quality.percent is not None and quality.percent <= 20)
    assert line.quality.toolTip() == quality.sentence
    keys = sorted(own_session.state.assignment.order_keys)[:1] if own_session.state.assignment else []
    own_session.do("Take one off", lambda state: edits.move_orders(state, keys, None))
    settle(own_session)
    qtbot.waitUntil(lambda: told[-1] is None)
    assert not line.quality.isVisible()
    jobs.close()


def test_what_is_not_known_is_not_shown(qtbot: QtBot, own_session: Session) -> None:
    line = StatusLine(own_session, ShownDay(own_session))
    qtbot.addWidget(line)
    line.show()
    line.show_quality(Quality(3.2, "At most 3.2 % above any possible plan.", "x", 1.0))
    assert line.quality.text() == "at most 3.2 % above the best"
    line.show_quality(Quality(None, "Not known.", "", 1.0))
    assert not line.quality.isVisible()
    line.show_quality(Quality(46.7, "At most 46.7 % above any possible plan.", "x", 1.0))
    assert not line.quality.isVisible(), "that says nothing about the plan"
    line.show_quality(Quality(0.0, "No possible plan is better.", "x", 1.0))
    assert line.quality.text() == "no better plan exists"
