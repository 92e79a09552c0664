"""Tomorrow often looks like today: a new day made from the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lastmile_desktop.model.day_state import DayState
from lastmile_desktop.model.plan import Assignment


def copy_to_new_day(state: DayState, new_date: date) -> DayState:
    """The same orders, fleet, depots and settings on ``new_date``, with the old routes as a starting plan.

    Orders that carried a delivery date carry the new one. Locks are lifted (nothing is promised yet), import
    remarks and the timetable are dropped: evaluate the assignment before showing it.
    """
    orders = tuple(
        order if order.delivery_date is None else replace(order, delivery_date=new_date)
        for order in state.day.orders
    )
    assignment = None if state.assignment is None else Assignment(state.assignment.routes)
    return DayState(day=replace(state.day, date=new_date, orders=orders), assignment=assignment)
