"""The whole state of a day on the table: what is stored, undone and shown."""

from __future__ import annotations

from dataclasses import dataclass

from lastmile_desktop.model.day import Day
from lastmile_desktop.model.import_report import SheetProblem
from lastmile_desktop.model.order import Order
from lastmile_desktop.model.plan import Assignment, Timetable


@dataclass(frozen=True)
class DayState:
    """A day with its plan. Every user action makes a new one from the one before.

    ``timetable`` is what ``engine.schedule.evaluate`` computed for ``assignment`` (None before the first
    plan); ``problems`` are the remarks of the imports of this day that nobody has dismissed.
    ``solve_s`` is how long the planner searched for the plan on the table (0 = made by hand); ``solved_by``
    names what searched and ``certified`` is OR-Tools' verdict on that plan as a sentence (both "" for a plan
    made by hand or read from a file). ``skipped_lines`` counts the lines of the imported sheets that are no
    orders (titles, blanks, totals). ``sheet_orders`` are the orders as their sheets had them when they were
    read last, with the day's keys: what differs from the day's own orders is a person's work, and an order
    that only they have was taken out by hand.
    """

    day: Day
    assignment: Assignment | None = None
    timetable: Timetable | None = None
    problems: tuple[SheetProblem, ...] = ()
    solve_s: float = 0.0
    skipped_lines: int = 0
    solved_by: str = ""
    certified: str = ""
    sheet_orders: tuple[Order, ...] = ()
