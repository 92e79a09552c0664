"""The same sheet again: what is new, gone, changed and as before, and that the rest of the plan stays."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from days import DEPOT, order, vehicle
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.model import (
    Assignment,
    DayState,
    ImportReport,
    Location,
    Order,
    RouteOrders,
    SheetKind,
    SheetSummary,
    SourceCell,
    TimeWindow,
)
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.importing import day_from_reports
from lastmile_desktop.pipeline.order_fields import FIELD_TEXTS, NOT_FROM_SHEET
from lastmile_desktop.pipeline.planning import Planner
from lastmile_desktop.pipeline.sheet_diff import SheetMode, compare_sheet, suggested_mode
from lastmile_desktop.pipeline.sheet_update import apply_sheet


def nowhere(_name: str, _address: str) -> Location | None:
    return None


def row(number: int, at: int | None = None, **fields: object) -> Order:
    """Row ``at`` of a sheet: an order as the reader gives it, its key made of the row."""
    at = number + 1 if at is None else at
    base = {"key": f"Orders!{at}", "address": f"Street {number}", "source": SourceCell("Orders", at)}
    return order(number, **{**base, **fields})


def sheet(*orders: Order, name: str = "orders.xlsx") -> ImportReport:
    return ImportReport(
        name, sheets=(SheetSummary("Orders", SheetKind.ORDERS, 1),), orders=orders, depots=(DEPOT,)
    )


def planned(report: ImportReport) -> DayState:
    state = day_from_reports([report], today=date(2026, 11, 23), remembered_vehicles=[vehicle(1), vehicle(2)])
    keys = tuple(one.key for one in state.day.orders)
    half = len(keys) // 2
    routes = (RouteOrders("v1", keys[:half]), RouteOrders("v2", keys[half:]))
    return Planner().timed(replace(state, assignment=Assignment(routes, frozenset(keys[:1]))))


FIRST = sheet(row(1), row(2), row(3), row(4))


def ids(orders: tuple[Order, ...]) -> list[str]:
    return [one.id for one in orders]


def test_the_same_sheet_again_says_nothing() -> None:
    state = planned(FIRST)
    diff = compare_sheet(state, FIRST)
    assert (diff.mode, diff.is_empty, len(diff.unchanged)) == (SheetMode.UPDATE, True, 4)
    assert apply_sheet(state, diff, diff.usual_choice, nowhere) == state


def test_new_gone_and_changed_and_the_plan_of_the_rest_stays() -> None:
    state = planned(FIRST)
    newer = sheet(row(9, 2), row(1, 3), row(3, 4, quantity_milli=5000), row(4, 5))
    diff = compare_sheet(state, newer)
    assert (ids(diff.new), ids(diff.gone), [c.before.id for c in diff.changed]) == (["B-9"], ["B-2"], ["B-3"])
    assert [(c.label, c.old, c.new) for c in diff.changed[0].changes] == [("Pieces", "1", "5")]
    after = apply_sheet(state, diff, diff.usual_choice, nowhere)
    assert ids(after.day.orders) == ["B-1", "B-3", "B-4", "B-9"]
    assert after.assignment is not None
    assert after.assignment.routes == (
        RouteOrders("v1", ("Orders!2",)),
        RouteOrders("v2", ("Orders!4", "Orders!5")),
    )
    assert after.assignment.locked == {"Orders!2"}
    rows = {one.id: one.source.row for one in after.day.orders if one.source}
    assert rows == {"B-1": 3, "B-3": 4, "B-4": 5, "B-9": 2}
    assert Planner().timed(after).timetable is not None
    assert compare_sheet(after, newer).is_empty


def test_nothing_happens_to_what_is_not_ticked_and_it_is_not_asked_again() -> None:
    state = planned(FIRST)
    newer = sheet(row(1), row(3, notes="ring"), row(4), row(9))
    diff = compare_sheet(state, newer)
    after = apply_sheet(state, diff, (), nowhere)
    assert ids(after.day.orders) == ids(state.day.orders)
    assert after.day.order_by_key["Orders!4"].notes == ""
    assert after.assignment == state.assignment
    again = compare_sheet(after, newer)
    assert (again.new, again.changed) == ((), ())
    assert ids(again.left_out_before) == ["B-9"]
    assert [one.before.id for one in again.kept] == ["B-3"]
    assert ids(again.gone) == ["B-2"]
    assert again.usual_choice == frozenset()


def test_a_persons_edit_stays_until_the_sheet_itself_changes_that_value() -> None:
    state = planned(FIRST)
    spot = Location(51.2, 3.9)
    state = edits.set_position(state, "Orders!2", spot)
    state = edits.change_orders(
        state, [replace(state.day.order_by_key["Orders!2"], notes="mine", service_s=600)]
    )
    newer = sheet(row(1, notes="theirs", phone="1"), row(2), row(3), row(4))
    diff = compare_sheet(state, newer)
    changed = diff.changed[0]
    assert {(c.field, c.by_hand) for c in changed.changes} == {("notes", True), ("phone", False)}
    assert {c.field for c in changed.kept} == {"service_s", "location"}
    after = apply_sheet(state, diff, diff.usual_choice, nowhere).day.order_by_key["Orders!2"]
    assert (after.location, after.notes, after.service_s, after.phone) == (spot, "theirs", 600, "1")


def test_an_order_deleted_by_hand_stays_deleted() -> None:
    state = edits.remove_orders(planned(FIRST), ["Orders!3"])
    diff = compare_sheet(state, FIRST)
    assert ids(diff.left_out_before) == ["B-2"]
    assert len(apply_sheet(state, diff, diff.usual_choice, nowhere).day.orders) == 3
    back = apply_sheet(state, diff, ["Orders!3"], nowhere)
    assert len(back.day.orders) == 4


def test_an_order_added_by_hand_does_not_go() -> None:
    state = edits.add_order(planned(FIRST), order(50))
    assert compare_sheet(state, FIRST).gone == ()
    assert ids(compare_sheet(state, FIRST, SheetMode.REPLACE).gone) == ["B-50"]


def test_another_sheet_adds_and_its_newer_version_takes_only_its_own_away() -> None:
    state = planned(FIRST)
    second = sheet(row(21), row(22), name="shop.csv")
    assert suggested_mode(state, second) is SheetMode.ADD
    diff = compare_sheet(state, second)
    both = apply_sheet(state, diff, diff.usual_choice, nowhere)
    assert len(both.day.orders) == 6
    assert both.day.source_name == "orders.xlsx, shop.csv"
    assert len({(o.source.sheet, o.source.row) for o in both.day.orders if o.source}) == 6
    shorter = sheet(row(22), name="shop.csv")
    assert ids(compare_sheet(both, shorter).gone) == ["B-21"]
    assert compare_sheet(both, shorter).mode is SheetMode.UPDATE


def test_a_newer_version_under_another_name_is_known_by_its_orders() -> None:
    state = planned(FIRST)
    newer = sheet(row(1), row(2), row(3, phone="5"), name="orders (2).xlsx")
    diff = compare_sheet(state, newer)
    assert (diff.mode, diff.files) == (SheetMode.UPDATE, {"orders.xlsx"})
    after = apply_sheet(state, diff, diff.usual_choice, nowhere)
    assert after.day.source_name == "orders (2).xlsx"
    assert {o.source.file for o in after.day.orders if o.source} == {"orders (2).xlsx"}
    assert {o.key for o in after.sheet_orders} == {o.key for o in after.day.orders}


def test_without_numbers_customer_and_address_decide() -> None:
    def plain(number: int, at: int, **given: object) -> Order:
        return row(number, at, id=f"Row {at}", **given)

    state = planned(sheet(plain(1, 2), plain(2, 3), plain(3, 4)))
    newer = sheet(plain(3, 2), plain(1, 3, windows=(TimeWindow(3600, 7200),)), plain(4, 4))
    diff = compare_sheet(state, newer)
    assert [c.before.name for c in diff.changed] == ["Name 1"]
    assert [c.field for c in diff.changed[0].changes] == ["windows"]
    assert [o.name for o in diff.new] == ["Name 4"]
    assert [o.name for o in diff.gone] == ["Name 2"]


def test_rows_that_share_a_number_are_told_apart_or_said() -> None:
    first = sheet(row(1), row(2, id="X"), row(3, id="X"))
    state = planned(first)
    assert compare_sheet(state, first).is_empty
    one_changed = sheet(row(1), row(2, id="X"), row(3, id="X", phone="9"))
    assert [c.before.name for c in compare_sheet(state, one_changed).changed] == ["Name 3"]
    both = sheet(row(1), row(2, id="X", phone="8", name="?"), row(3, id="X", phone="9", name="!"))
    diff = compare_sheet(state, both)
    assert len(diff.unclear) == 2
    assert diff.gone == ()
    assert "stands 2 times in the sheet" in diff.unclear[0].why
    after = apply_sheet(state, diff, diff.usual_choice, nowhere)
    assert len(after.day.orders) == 3
    assert len(compare_sheet(after, both).unclear) == 2


def test_two_shops_may_use_the_same_number() -> None:
    state = planned(FIRST)
    other = sheet(row(30, 2, id="B-1"), name="shop.csv")
    diff = compare_sheet(state, other)
    assert (len(diff.unclear), diff.changed) == (1, ())
    assert "for Name 1" in diff.unclear[0].why


def test_another_address_is_another_place_and_leaves_the_route() -> None:
    state = planned(sheet(row(1, location=None), row(2)))
    state = edits.set_position(state, "Orders!2", Location(51.1, 3.8))
    newer = sheet(row(1, location=None, address="Elsewhere 7"), row(2))
    diff = compare_sheet(state, newer)
    assert diff.changed[0].new_place
    known = Location(51.11, 3.81)
    found = apply_sheet(state, diff, diff.usual_choice, lambda _n, address: known if "7" in address else None)
    assert found.day.order_by_key["Orders!2"].location == known
    assert found.assignment == state.assignment
    lost = apply_sheet(state, diff, diff.usual_choice, nowhere)
    assert lost.assignment is not None
    assert "Orders!2" not in lost.assignment.order_keys


def test_rules_about_other_rows_follow_them() -> None:
    state = planned(sheet(row(1), row(2, after=frozenset(["Orders!2"]))))
    newer = sheet(row(9, 2), row(1, 3), row(2, 4, after=frozenset(["Orders!3"])))
    diff = compare_sheet(state, newer)
    assert (diff.changed, ids(diff.new)) == ((), ["B-9"])


def test_every_field_that_a_sheet_gives_is_compared() -> None:
    assert {field.name for field in fields(Order)} == {*FIELD_TEXTS, *NOT_FROM_SHEET}
    one = row(1)
    for field in FIELD_TEXTS:
        assert isinstance(FIELD_TEXTS[field][1](getattr(one, field)), str)


@pytest.mark.parametrize("mode", list(SheetMode))
@given(
    here=st.lists(st.tuples(st.integers(1, 6), st.integers(0, 2)), max_size=8),
    there=st.lists(st.tuples(st.integers(1, 6), st.integers(0, 2)), max_size=8),
    numbered=st.booleans(),
)
def test_no_order_is_lost_or_doubled(
    mode: SheetMode, here: list[tuple[int, int]], there: list[tuple[int, int]], numbered: bool
) -> None:
    def rows(entries: list[tuple[int, int]]) -> ImportReport:
        return sheet(
            *(
                row(number, at, phone=str(version), **({} if numbered else {"id": f"Row {at}"}))
                for at, (number, version) in enumerate(entries, start=2)
            )
        )

    state = planned(rows(here)) if here else day_from_reports([rows(here)], today=date(2026, 11, 23))
    diff = compare_sheet(state, rows(there), mode)
    groups = (diff.new, diff.changed, diff.unchanged, diff.unclear, diff.left_out_before)
    assert sum(map(len, groups)) == len(there)
    after = apply_sheet(state, diff, diff.usual_choice, nowhere)
    assert len(after.day.orders) == len(here) + len(diff.new) - len(diff.gone)
    again = compare_sheet(after, rows(there), mode)
    assert (again.new, again.changed) == ((), ())
    before = state.assignment.order_keys if state.assignment else frozenset()
    gone = {order.key for order in diff.gone}
    assert (after.assignment.order_keys if after.assignment else frozenset()) == before - gone
