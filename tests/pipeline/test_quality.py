"""The quality of a plan is measured or said to be unknown; nothing is invented."""

from __future__ import annotations

import pytest
from days import day_state

from lastmile_desktop.engine.bounds.meter import Bound
from lastmile_desktop.engine.problem import COST_UNITS_PER_CENT
from lastmile_desktop.pipeline.outputs import bound_entry
from lastmile_desktop.pipeline.planning import Planner
from lastmile_desktop.pipeline.quality import UNKNOWN, measure, measuring_seconds, quality_of


def bound(units: int | None, plan: int, method: str = "routes", broken: int = 0) -> Bound:
    cent = COST_UNITS_PER_CENT
    return Bound(None if units is None else units * cent, method, 0.1, plan * cent, broken)


def test_what_is_said_is_rounded_to_the_cautious_side() -> None:
    assert quality_of(bound(1000, 1032)).sentence == "At most 3.2 % above any possible plan."
    assert quality_of(bound(10_000, 10_321)).percent == 3.3
    assert quality_of(bound(1000, 1000)).sentence == "No possible plan is better."
    assert quality_of(bound(None, 1000)).sentence == UNKNOWN
    assert quality_of(bound(1000, 1032, broken=5)).percent is None
    assert quality_of(bound(10, 1032)).sentence == UNKNOWN


def test_the_plan_file_says_unknown_as_null() -> None:
    assert bound_entry(None) is None
    entry = bound_entry(quality_of(bound(None, 5)))
    assert entry == {"gap_percent": None, "method": "", "message": UNKNOWN}


def test_measuring_takes_a_limited_share() -> None:
    assert measuring_seconds(8) == 2
    assert measuring_seconds(10_000) <= 10
    assert measuring_seconds(0) == 0


def test_a_plan_is_measured_in_another_process() -> None:
    planner = Planner()
    state = planner.timed(day_state(6, 1, {"v1": [1, 2, 3, 4, 5, 6]}))
    quality = measure(planner, state, 10.0)
    assert quality.percent is not None
    assert quality.percent >= 0
    assert quality.method


@pytest.mark.parametrize("routes", [None, {"v1": [1, 2]}])
def test_stopped_or_without_a_plan_it_is_unknown(routes: dict[str, list[int]] | None) -> None:
    quality = measure(Planner(), day_state(2, 1, routes), 30.0, should_stop=lambda: True)
    assert (quality.percent, quality.sentence) == (None, UNKNOWN)
