"""What the benchmark tools say of a result: positions of routes, costs over time, references, verdicts."""

from __future__ import annotations

import time

import pytest

from benchmarks.engine_instances import Review, plan_faults, to_problem
from benchmarks.goals import goals, tight, verdict
from benchmarks.made_up import windows_instance
from benchmarks.peers import Result, find_instances, table_row, usual_seconds
from benchmarks.references import reference
from benchmarks.vrplib import Trace, listed


def test_a_made_up_instance_can_be_served_stop_by_stop():
    instance = windows_instance(60)
    assert instance == windows_instance(60)
    instance.capacity, instance.vehicle_depot, instance.unit_cost = [200.0] * 60, [0] * 60, [1.0] * 60
    alone = {vehicle: [vehicle + 1] for vehicle in range(60)}
    assert plan_faults(instance, "dimacs", alone) == []
    assert to_problem(instance, "dimacs").timed


def test_routes_stand_at_their_vehicle_where_vehicles_differ():
    instance = windows_instance(20)
    assert listed(instance, {2: [4, 5], 0: [1]}) == [[1], [4, 5]]
    instance.capacity[3] = 1.0
    assert listed(instance, {2: [4, 5], 0: [1], 3: []}) == [[1], [], [4, 5]]


def test_the_trace_has_every_second_and_only_complete_plans():
    instance = windows_instance(3)
    trace = Trace(time.monotonic() - 2.5, Review(instance, "dimacs"))
    trace.note({0: [1]})
    assert trace.each_second() == []
    trace.note({0: [1], 1: [2], 2: [3]})
    [(moment, cost)] = trace.each_second()
    assert moment >= 2.5
    later = Trace(time.monotonic() - 5.5, Review(instance, "dimacs"))
    later.found = [(0.4, 90.0), (1.7, 95.0), (3.2, 80.0)]
    assert later.each_second() == [[0.4, 90], [1.0, 90], [2.0, 90], [3.0, 90], [3.2, 80]]
    assert cost > 0


def test_a_published_cost_beside_the_file_is_the_reference(tmp_path):
    path = tmp_path / "new.vrp"
    assert reference(path, "dimacs") is None
    path.with_suffix(".sol").write_text("Route #1: 1\nCost: 12.3\n", encoding="utf-8")
    assert reference(path, "dimacs") == (123.0, "published")
    assert reference(path, "exact") == (12.3, "published")
    path.with_suffix(".sol").write_text("Route #1: 1\nCost 123\n", encoding="utf-8")
    assert reference(path, "dimacs") == (123.0, "published")


def test_a_row_of_the_table(tmp_path):
    path = tmp_path / "new.vrp"
    instance = windows_instance(3)
    results = {
        "ours": [Result(100.0, 5.0), Result(103.0, 5.1), Result(101.0, 5.0)],
        "pyvrp": [Result(None, 5.2, "no plan")],
    }
    row = table_row(path, instance, 5.0, results, ["ours", "pyvrp"])
    assert "**1.00** (0.00, 3.00, 1.00)" in row
    assert "0 of 1 (no plan)" in row
    assert "5.2" in row
    assert [usual_seconds(count) for count in (100, 200, 400, 1000)] == [5, 10, 30, 60]


def test_instances_are_found_by_name(tmp_path):
    for name in ("a.vrp", "b.txt", "c.sol", "deeper/d.VRP"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [path.stem for path in find_instances(tmp_path)] == ["a", "b", "d"]
    assert [path.stem for path in find_instances(tmp_path, "d,b")] == ["b", "d"]


@pytest.mark.parametrize(
    ("row", "reached", "words"),
    [
        (0, 0.0, "yes, stretch too"),
        (0, 0.05, "yes"),
        (0, 0.2, "no"),
        (10, 70_000, "yes"),
        (10, 50_000, "no"),
        (6, 1, "no"),
    ],
)
def test_verdicts(row, reached, words):
    assert verdict(goals()[row], reached) == words


def test_a_tight_fleet_is_the_same_file_with_fewer_vehicles():
    assert len(to_problem(tight(windows_instance(30), 4), "dimacs").vehicle_keys) == 4
