"""Instance files as they come: odd spacing, any order, every form of distances, and files that are broken."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.engine_instances import InstanceError, plan_cost, plan_faults, read_instance, to_problem
from benchmarks.instances import exact_distances, leg_lengths

POINTS = [(0, 0), (3, 4), (6, 8), (-3, 4)]
HEAD = "NAME : toy\nTYPE : {kind}\nDIMENSION : 4\nCAPACITY : 10\nEDGE_WEIGHT_TYPE : EUC_2D\n"
NODES = "NODE_COORD_SECTION\n1 0 0\n2 3 4\n3 6 8\n4 -3 4\n"
DEMAND = "DEMAND_SECTION\n1 0\n2 5\n3 5\n4 5\n"
DEPOT = "DEPOT_SECTION\n1\n-1\nEOF\n"


def read(tmp_path, text, name="toy.vrp"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_instance(path)


def test_spacing_line_ends_and_section_order_do_not_matter(tmp_path):
    plain = read(tmp_path, HEAD.format(kind="CVRP") + NODES + DEMAND + DEPOT)
    odd = (
        "\ufeffNAME:\ttoy\r\nCOMMENT : (made up: by hand, NODE_COORD_SECTION is below)\r\n\r\n"
        "TYPE:CVRP\r\nDEMAND_SECTION :\r\n4\t5\r\n 1\t0\r\n3   5.0\r\n2 5\r\n"
        "DEPOT_SECTION\t\r\n 1 -1\r\nNODE_COORD_SECTION\r\n4 -3.0 4e0\r\n1 0 0 \r\n2\t3\t4\r\n3 6 8\r\n"
        "CAPACITY : 10\r\nEDGE_WEIGHT_TYPE : EUC_2D\r\nDIMENSION 4\r\nEOF\r\nanything\r\n"
    )
    strange = read(tmp_path, odd)
    assert strange == plain
    assert plain.customers == [1, 2, 3]
    assert len(plain.capacity) == 3  # nobody says how many: one each is the most that can be of use
    assert plan_cost(plain, "euclid", {0: [1, 2], 1: [3]}) == 30
    assert plan_faults(plain, "euclid", {0: [1, 2], 1: [3]}) == []
    assert plan_faults(plain, "euclid", {0: [1, 2, 3]}) == ["vehicle 1 is overloaded"]


MATRIX = np.array([[0, 1, 2, 3], [1, 0, 4, 5], [2, 4, 0, 6], [3, 5, 6, 0]], dtype=float)


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("FULL_MATRIX", "0 1 2 3\n1 0 4 5 2\n4 0 6 3 5 6 0"),
        ("LOWER_ROW", "1\n2 4\n3 5 6"),
        ("LOWER_DIAG_ROW", "0 1 0 2 4 0 3 5 6 0"),
        ("UPPER_ROW", "1 2 3\n4 5\n6"),
        ("UPPER_DIAG_ROW", "0 1 2 3 0 4 5 0 6 0"),
        ("UPPER_COL", "1 2 4 3 5 6"),
        ("LOWER_COL", "1 2 3 4 5 6"),
    ],
)
def test_matrices_of_every_form(tmp_path, form, numbers):
    head = HEAD.format(kind="CVRP").replace("EUC_2D", f"EXPLICIT\nEDGE_WEIGHT_FORMAT: {form}")
    instance = read(tmp_path, f"{head}EDGE_WEIGHT_SECTION\n{numbers}\n{DEMAND}{DEPOT}")
    assert (exact_distances(instance) == MATRIX).all()


def test_a_matrix_may_differ_by_direction(tmp_path):
    head = HEAD.format(kind="ACVRP").replace("EUC_2D", "EXPLICIT\nEDGE_WEIGHT_FORMAT: FULL_MATRIX")
    instance = read(tmp_path, f"{head}EDGE_WEIGHT_SECTION\n{' '.join(map(str, range(16)))}\n{DEMAND}{DEPOT}")
    assert exact_distances(instance)[1, 2] == 6
    assert exact_distances(instance)[2, 1] == 9
    assert plan_cost(instance, "euclid", {0: [1, 2]}) == 1 + 6 + 8


@pytest.mark.parametrize(
    ("metric", "expected"), [("CEIL_2D", 6), ("FLOOR_2D", 5), ("MAN_2D", 7), ("MAX_2D", 5), ("ATT", 2)]
)
def test_other_metrics(tmp_path, metric, expected):
    text = (
        HEAD.format(kind="CVRP").replace("EUC_2D", metric) + NODES.replace("2 3 4", "2 2 5") + DEMAND + DEPOT
    )
    assert exact_distances(read(tmp_path, text))[0, 1] == expected


def test_numbers_from_zero_and_a_depot_elsewhere(tmp_path):
    from_zero = HEAD.format(kind="CVRP") + (
        "NODE_COORD_SECTION\n0 0 0\n1 3 4\n2 6 8\n3 -3 4\nDEMAND_SECTION\n0 0\n1 5\n2 5\n3 5\n"
        "DEPOT_SECTION\n0\n-1\nEOF\n"
    )
    assert read(tmp_path, from_zero).number == [0, 1, 2, 3]
    last = HEAD.format(kind="CVRP") + NODES + DEMAND.replace("1 0", "1 5").replace("4 5", "4 0")
    instance = read(tmp_path, last + "DEPOT_SECTION\n4\n-1\n")
    assert [instance.number[node] for node in instance.customers] == [1, 2, 3]
    assert plan_cost(instance, "euclid", {0: [1]}) == 10


def test_amounts_and_times_with_decimals(tmp_path):
    text = (
        HEAD.format(kind="VRPTW").replace(
            "CAPACITY : 10", "VEHICLES : 2\nCAPACITY : 1.25\nSERVICE_TIME : 0.25"
        )
        + NODES.replace("2 3 4", "2 3.5 4.25")
        + "DEMAND_SECTION\n1 0\n2 0.5\n3 0.75\n4 0.5\n"
        + "TIME_WINDOW_SECTION\n1 0 100\n2 0.05 10.5\n3 0 20\n4 0 20\n"
        + DEPOT
    )
    instance = read(tmp_path, text)
    problem = to_problem(instance, "dimacs")
    assert problem.demand[:, 0].tolist() == [50, 75, 50]
    assert problem.capacity[0, 0] == 125
    assert problem.service_s.tolist() == [2, 2, 2]
    assert problem.windows[0] == ((0, 105),)
    # Exact times are rounded against us: what is feasible in the problem is feasible in the file.
    exact = to_problem(instance, "exact")
    assert exact.windows[0] == ((50, 10_500),)
    assert (exact.duration_s >= 1000 * leg_lengths(instance, "exact") - 1e-6).all()


def test_a_mixed_fleet_without_limit_is_offered_in_part(tmp_path):
    rows = [(i, 7 if i <= 100 else 10) for i in range(1, 201)]
    text = (
        HEAD.format(kind="HFVRP").replace("CAPACITY : 10\n", "VEHICLES : 200\n")
        + NODES
        + DEMAND
        + "CAPACITY_SECTION\n"
        + "".join(f"{i} {capacity}\n" for i, capacity in rows)
        + "VEHICLES_FIXED_COST_SECTION\n"
        + "".join(f"{i} {100 * capacity}\n" for i, capacity in rows)
        + DEPOT
    )
    instance = read(tmp_path, text)
    problem = to_problem(instance, "exact")
    assert problem.vehicle_keys == ("1", "2", "3", "101", "102", "103")
    assert problem.fixed_cents.tolist() == [7000] * 3 + [10000] * 3
    assert plan_cost(instance, "exact", {100: [1, 2], 0: [3]}) == pytest.approx(20 + 10 + 10 + 7)
    assert instance.is_mixed


def test_who_may_go_where_prizes_and_pairs(tmp_path):
    text = HEAD.format(kind="SDVRPTW").replace(
        "CAPACITY", "VEHICLES : 2\nVEHICLES_MAX_DISTANCE : 12\nCAPACITY"
    )
    text += (
        NODES
        + DEMAND
        + "VEHICLES_ALLOWED_CLIENTS_SECTION\n1\t2\t3\n2\t4\nPRIZE_SECTION\n1 0\n2 0\n3 7\n4 0\n"
    )
    instance = read(tmp_path, text + DEPOT)
    problem = to_problem(instance, "euclid")
    assert problem.allowed.tolist() == [[True, False], [True, False], [False, True]]
    assert problem.optional.tolist() == [False, True, False]
    assert problem.penalty_cents[1] == 7
    assert plan_faults(instance, "euclid", {0: [1], 1: [3]}) == []
    assert plan_cost(instance, "euclid", {0: [1], 1: [3]}) == 27
    assert plan_faults(instance, "euclid", {1: [1], 0: [3]}) == [
        "vehicle 2 goes where it may not",
        "vehicle 1 goes where it may not",
    ]
    assert plan_faults(instance, "euclid", {0: [1, 2], 1: [3]}) == ["vehicle 1 drives too far"]


LI_LIM = (
    "2\t10\t1\r\n0\t0\t0\t0\t0\t100\t0\t0\t0\r\n1\t3\t4\t5\t0\t90\t1\t0\t2\r\n2\t6\t8\t-5\t0\t90\t1\t1\t0\r\n"
)


def test_pairs_of_li_and_lim(tmp_path):
    instance = read(tmp_path, LI_LIM, "lr1.txt")
    assert (instance.name, instance.kind) == ("lr1", "PDPTW")
    problem = to_problem(instance, "euclid")
    assert problem.partner.tolist() == [1, 0]
    assert problem.is_pickup.tolist() == [True, False]
    assert plan_faults(instance, "scaled", {0: [1, 2]}) == []
    assert plan_faults(instance, "scaled", {0: [2, 1]}) == ["vehicle 1 brings something before collecting it"]
    assert len(plan_faults(instance, "scaled", {0: [1], 1: [2]})) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dear Sir", "neither sections nor a table"),
        ("{}", "no day of parcels"),
        ("", "neither sections nor a table"),
        (HEAD.format(kind="CVRP") + NODES + "DEMAND_SECTION\n1 0\n2 5\n3 five\n" + DEPOT, "is no number"),
        (HEAD.format(kind="CVRP") + NODES + "DEMAND_SECTION\n1 0\n2 5\n3 5\n" + DEPOT, "wanted for node 4"),
        (HEAD.format(kind="CVRP") + NODES + DEMAND + "DEPOT_SECTION\n9\n", "names node 9"),
        (HEAD.format(kind="CVRP") + NODES + DEMAND + "TOUR_SECTION\n1\n", "TOUR"),
        (HEAD.format(kind="CVRP").replace("EUC_2D", "EUC_9D") + NODES + DEMAND + DEPOT, "EUC_9D"),
        (HEAD.format(kind="CVRP").replace(": 4", ": 5") + NODES + DEMAND + DEPOT, "DIMENSION is 5"),
        (HEAD.format(kind="CVRP") + NODES + DEMAND.replace("2 5", "2 -5") + DEPOT, "negative"),
        (HEAD.format(kind="CVRP") + NODES + DEMAND.replace("2 5", "2 nan") + DEPOT, "finite"),
        (HEAD.format(kind="GVRP") + NODES + DEMAND + "MUTUALLY_EXCLUSIVE_GROUP_SECTION\n1 2 3\n", "MUTUALLY"),
        ("toy\nVEHICLE\nNUMBER CAPACITY\n 3 10\nCUSTOMER\n0 0 0 0 0 9 0\n", "no customer"),
    ],
)
def test_broken_files_are_refused_in_words(tmp_path, text, words):
    with pytest.raises(InstanceError, match=words):
        exact_distances(read(tmp_path, text))


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda data: data.decode("latin-1")))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "x.txt"
    path.write_text(HEAD.format(kind="CVRP") + text, encoding="utf-8")
    try:
        instance = read_instance(path)
    except InstanceError:
        return
    assert instance.customers


@given(st.data())
def test_a_file_cut_anywhere_is_read_or_refused(tmp_path_factory, data):
    text = HEAD.format(kind="CVRP") + NODES + DEMAND + DEPOT
    path = tmp_path_factory.mktemp("cut") / "x.vrp"
    start = data.draw(st.integers(0, len(text)))
    path.write_text(text[:start] + text[start + data.draw(st.integers(0, 20)) :], encoding="utf-8")
    try:
        instance = read_instance(path)
    except InstanceError:
        return
    assert len(instance.demand) == len(instance.number)
