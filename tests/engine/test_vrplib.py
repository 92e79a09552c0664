"""The benchmark entry reads the file forms of the contract and reports what it drove honestly."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

# The benchmarks are no part of the installed package; they are found from the project's root.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.engine_instances import (
    plan_cost,
    plan_faults,
    read_instance,
    to_problem,
)
from benchmarks.vrplib import main

CVRP = """NAME : toy-n5-k2
TYPE : CVRP
DIMENSION : 5
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 10
NODE_COORD_SECTION
1 0 0
2 3 4
3 6 8
4 -3 4
5 -6 8
DEMAND_SECTION
1 0
2 5
3 5
4 5
5 5
DEPOT_SECTION
1
-1
EOF
"""

SOLOMON = """TOY

VEHICLE
NUMBER     CAPACITY
  3         10

CUSTOMER
CUST NO.   XCOORD.    YCOORD.   DEMAND    READY TIME   DUE DATE   SERVICE TIME

    0      0         0          0          0        100          0
    1      3         4          5          20        24         10
    2      6         8          5          0        90         10
"""

MIXED = """NAME: toy-mixed
TYPE: {kind}
DIMENSION: 4
VEHICLES: 2
EDGE_WEIGHT_TYPE: EUC_2D
{head}NODE_COORD_SECTION
1\t0\t0
2\t10\t0
3\t3\t0
4\t7\t0
DEMAND_SECTION
1\t0
2\t0
3\t1
4\t1
{more}DEPOT_SECTION
1
{second}EOF
"""


def solved(tmp_path, capsys, text, *options):
    path = tmp_path / "toy.txt"
    path.write_text(text, encoding="utf-8")
    assert main([str(path), "--seconds", "1", *options]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return json.loads(out)


def test_cvrp(tmp_path, capsys):
    result = solved(tmp_path, capsys, CVRP)
    assert result["feasible"] is True
    assert result["cost"] == 40  # two trips of 5 + 5 + 10
    assert sorted(map(sorted, result["routes"])) == [[1, 2], [3, 4]]
    assert result["vehicles"] == 2
    assert result["trace"][-1][1] == 40
    assert result["seconds"] < 2.5


def test_solomon_in_dimacs_rounding(tmp_path, capsys):
    result = solved(tmp_path, capsys, SOLOMON)
    assert result["instance"] == "TOY"
    assert result["cost"] == 200
    assert result["routes"] in ([[1, 2]], [[2, 1]])
    assert result["feasible"] is True


def test_mixed_fleet_in_exact_rounding(tmp_path, capsys):
    more = "CAPACITY_SECTION\n1\t1\n2\t2\nVEHICLES_UNIT_DISTANCE_COST_SECTION\n1\t50\n2\t200\n"
    text = MIXED.format(kind="HFVRP", head="", more=more, second="")
    result = solved(tmp_path, capsys, text)
    # Node 2 is a customer without demand here: the small cheap van can take it along.
    assert result["feasible"] is True
    assert result["cost"] == pytest.approx(0.5 * 20 + 2 * 6)
    assert result["route_vehicles"] == [1, 2]


def test_several_depots_with_windows(tmp_path, capsys):
    more = (
        "SERVICE_TIME_SECTION\n1\t0\n2\t0\n3\t1\n4\t1\n"
        "TIME_WINDOW_SECTION\n1\t0\t100\n2\t0\t100\n3\t50\t60\n4\t0\t60\n"
        "VEHICLES_DEPOT_SECTION\n1\t1\n2\t2\n"
    )
    text = MIXED.format(
        kind="MDVRPTW", head="CAPACITY: 1\nVEHICLES_MAX_DURATION: 12\n", more=more, second="2\n"
    )
    result = solved(tmp_path, capsys, text)
    assert result["feasible"] is True
    assert result["cost"] == 12_000
    assert result["routes"] == [[2], [3]]  # counted from 0 with the two depots first, as published plans are


def test_faults_are_found(tmp_path):
    path = tmp_path / "toy.txt"
    path.write_text(CVRP, encoding="utf-8")
    instance = read_instance(path)
    assert plan_faults(instance, "euclid", {0: [1, 2], 1: [3, 4]}) == []
    assert plan_faults(instance, "euclid", {0: [1, 2], 1: [3]})
    assert plan_faults(instance, "euclid", {0: [1, 2, 3], 1: [4]})
    path.write_text(SOLOMON, encoding="utf-8")
    late = read_instance(path)
    assert plan_faults(late, "dimacs", {0: [2, 1]})
    assert plan_cost(late, "dimacs", {0: [2], 1: [1]}) == 300
    assert to_problem(late, "dimacs").timed


def test_a_file_that_is_none(tmp_path, capsys):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir", encoding="utf-8")
    assert main([str(path)]) == 3
    assert "cannot be read" in capsys.readouterr().err
