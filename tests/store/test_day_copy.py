"""Copying a day keeps the work that went into it and drops what was only true yesterday."""

from __future__ import annotations

import dataclasses
from datetime import date

from lastmile_desktop.store import copy_to_new_day

TOMORROW = date(2026, 11, 24)


def test_orders_fleet_and_routes_stay_and_promises_go(make_state):
    state = make_state()
    copy = copy_to_new_day(state, TOMORROW)
    assert copy.day.date == TOMORROW
    assert {order.delivery_date for order in copy.day.orders} == {TOMORROW}
    assert [
        dataclasses.replace(order, delivery_date=date(2026, 11, 23)) for order in copy.day.orders
    ] == list(state.day.orders)
    assert (copy.day.vehicles, copy.day.depots) == (state.day.vehicles, state.day.depots)
    assert (copy.day.settings, copy.day.source_name) == (state.day.settings, state.day.source_name)
    assert copy.assignment.routes == state.assignment.routes
    assert copy.assignment.locked == frozenset()
    assert (copy.timetable, copy.problems, copy.solve_s) == (None, (), 0.0)


def test_orders_without_a_date_stay_without(make_state):
    state = make_state()
    order = dataclasses.replace(state.day.orders[0], delivery_date=None)
    bare = dataclasses.replace(
        state, day=dataclasses.replace(state.day, orders=(order,)), assignment=None, timetable=None
    )
    copy = copy_to_new_day(bare, TOMORROW)
    assert copy.day.orders == (order,)
    assert copy.assignment is None
