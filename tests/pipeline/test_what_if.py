"""The same day with different numbers of vehicles."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from days import day_state

from lastmile_desktop.cli.what_if import counts
from lastmile_desktop.engine.executors import executor_for
from lastmile_desktop.engine.solve import SolveParams
from lastmile_desktop.model import Capacity, DayState
from lastmile_desktop.pipeline.planning import CannotPlanError
from lastmile_desktop.pipeline.what_if import plan_with_fleets, with_vehicles
from lastmile_desktop.store.day_file import write_day_file

PARAMS = SolveParams(seconds=60, seed=1, iterations=1)


@pytest.fixture
def day():
    """Twelve orders of one piece; a van holds three."""
    made = day_state(orders=12, vehicles=2).day
    vans = tuple(
        replace(van, capacity=Capacity(quantity_milli=3_000), fixed_cost_cents=1_000, cost_per_km_cents=30)
        for van in made.vehicles
    )
    return replace(made, vehicles=vans)


def test_each_number_of_vehicles_is_a_plan_of_its_own(day):
    heard = []
    with executor_for("", 2) as executor:
        found = plan_with_fleets(day, [5, 1, 3], PARAMS, executor, on_done=heard.append)
    assert [one.vehicles for one in found] == [5, 1, 3]
    assert [one.planned for one in found] == [12, 3, 9]
    assert [one.unassigned for one in found] == [0, 9, 3]
    assert [one.routes for one in found] == [4, 1, 3]
    assert found[0].cost_cents > found[2].cost_cents > found[1].cost_cents > 1_000
    assert sorted(one.vehicles for one in heard) == [1, 3, 5]
    assert len(found[0].assignment.order_keys) == 12


def test_what_is_ready_is_given_when_it_is_stopped(day):
    heard = []
    with executor_for("", 1) as executor:
        found = plan_with_fleets(
            day, [2, 3, 4], PARAMS, executor, on_done=heard.append, stop=lambda: bool(heard)
        )
    assert [one.vehicles for one in found] == [2]


def test_more_vehicles_are_copies_of_the_last_one(day):
    parked = replace(day, vehicles=(replace(day.vehicles[0], active=False), day.vehicles[1]))
    fleet = with_vehicles(parked, 3).vehicles
    assert [van.name for van in fleet] == ["Van 2", "Van 2 (extra 1)", "Van 2 (extra 2)"]
    assert len({van.key for van in fleet}) == 3
    assert all(van.capacity == day.vehicles[1].capacity for van in fleet)
    with pytest.raises(ValueError, match="at least one vehicle"):
        with_vehicles(day, 0)


def test_a_day_that_cannot_be_planned_says_so(day):
    with executor_for("", 1) as executor, pytest.raises(CannotPlanError, match="no orders"):
        plan_with_fleets(replace(day, orders=()), [1], PARAMS, executor)


@pytest.mark.parametrize(
    ("text", "expected"), [("3-5", [3, 4, 5]), ("7", [7]), ("4,2,9-10", [2, 4, 9, 10]), ("5-5,5", [5])]
)
def test_numbers_as_typed(text, expected):
    assert counts(text) == expected


@pytest.mark.parametrize("text", ["", "0-3", "5-3", "a", "1-", "1-9999", "3;4", "-2", "1-101"])
def test_what_is_no_list_of_numbers(text):
    with pytest.raises(Exception, match="not a list of numbers of vehicles"):
        counts(text)


def test_the_command_prints_one_plan_for_each_number(day, tmp_path):
    write_day_file(DayState(day=day), tmp_path / "day.lastmile")
    command = [sys.executable, "-m", "lastmile_desktop", "what-if", str(tmp_path / "day.lastmile")]
    done = subprocess.run(
        [*command, "--vehicles", "2-3", "--iterations", "1", "--seconds", "60", "--json"],
        capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    plans = json.loads(done.stdout)["plans"]
    assert [(one["vehicles"], one["planned"], one["unassigned"]) for one in plans] == [(2, 6, 6), (3, 9, 3)]
