"""A second sheet on a planned day: its orders join, and nothing that is there goes away."""

from __future__ import annotations

from dataclasses import replace

from days import day_state, order
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.model import (
    DayState,
    ImportReport,
    Location,
    RouteOrders,
    Severity,
    SheetProblem,
    SourceCell,
)
from lastmile_desktop.pipeline.late_orders import add_report, compare


def nowhere(_name: str, _address: str) -> Location | None:
    return None


def planned_day() -> DayState:
    return day_state(3, 1, {"v1": [1, 2, 3]})


def test_new_orders_join_and_the_plan_stays() -> None:
    before = planned_day()
    after = add_report(before, ImportReport("late.csv", orders=(order(4),)), nowhere)
    assert [o.id for o in after.day.orders] == [order(n).id for n in (1, 2, 3, 4)]
    assert after.assignment == before.assignment
    assert after.day.vehicles == before.day.vehicles
    assert after.day.source_name.endswith("late.csv")


def test_an_order_with_a_known_number_changes_and_keeps_its_place() -> None:
    before = planned_day()
    newer = replace(order(2), key="other", notes="back door", location=None)
    after = add_report(before, ImportReport("late.csv", orders=(newer,)), nowhere)
    assert len(after.day.orders) == 3
    changed = after.day.order_by_key["k2"]
    assert changed.notes == "back door"
    assert changed.location == before.day.order_by_key["k2"].location
    assert after.assignment == before.assignment


def test_an_order_that_moved_to_an_unknown_address_leaves_its_route() -> None:
    newer = replace(order(2), address="Somewhere else 9", location=None)
    after = add_report(planned_day(), ImportReport("late.csv", orders=(newer,)), nowhere)
    assert after.day.order_by_key["k2"].location is None
    assert after.assignment is not None
    assert after.assignment.routes == (RouteOrders("v1", ("k1", "k3")),)


def test_the_same_row_of_another_file_is_another_row() -> None:
    cell = SourceCell("Orders", 7)
    first = replace(planned_day(), problems=(SheetProblem("Orders", 7, "F", "A1", Severity.INFO, "x", "y"),))
    late = replace(order(9), source=cell)
    remark = SheetProblem("Orders", 7, "F", late.id, Severity.ATTENTION, "bad_time", "No time.")
    after = add_report(first, ImportReport("late.csv", orders=(late,), problems=(remark,)), nowhere)
    source = after.day.orders[-1].source
    assert source is not None
    assert [p.order_id for p in after.problems if (p.sheet, p.row) == (source.sheet, source.row)] == [late.id]


@given(st.lists(st.integers(1, 8), max_size=12), st.lists(st.integers(1, 8), max_size=12))
def test_every_order_of_both_is_in_the_day_once(here: list[int], there: list[int]) -> None:
    empty = day_state(0, 1)
    orders = tuple(replace(order(n), key=f"k{i}") for i, n in enumerate(here))
    day = replace(empty, day=replace(empty.day, orders=orders))
    sheet = ImportReport("b.csv", orders=tuple(replace(order(n), key=f"k{i}") for i, n in enumerate(there)))
    late = compare(day, sheet)
    assert len(late.new) + len(late.changed) == len(there)
    after = add_report(day, sheet, nowhere)
    keys = [o.key for o in after.day.orders]
    assert len(keys) == len(set(keys)) == len(here) + len(late.new)
    twice = add_report(after, sheet, nowhere)
    assert len({o.key for o in twice.day.orders}) == len(twice.day.orders)
