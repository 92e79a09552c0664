"""A second sheet on a day that is planned already: its orders join, nothing that is there goes away."""

from __future__ import annotations

from dataclasses import dataclass

from lastmile_desktop.model import DayState, ImportReport, Order
from lastmile_desktop.pipeline.places import PositionMemory
from lastmile_desktop.pipeline.sheet_diff import SheetDiff, SheetMode, compare_sheet
from lastmile_desktop.pipeline.sheet_update import apply_sheet


@dataclass(frozen=True)
class LateOrders:
    """What a sheet would do to a day: orders that are new, and those that the day has already."""

    new: tuple[Order, ...]
    changed: tuple[Order, ...]


def compare(state: DayState, report: ImportReport) -> LateOrders:
    """Part the sheet's orders. Changed ones carry the day's key; new ones a key that the day does not have.

    A row of which nobody can tell which order it is counts as new.
    """
    diff = compare_sheet(state, report, SheetMode.ADD)
    return LateOrders(_arrivals(diff), (*diff.unchanged, *(one.after for one in diff.changed)))


def add_report(state: DayState, report: ImportReport, position_of: PositionMemory) -> DayState:
    """The day with a sheet's orders in addition; plan, locks, fleet, date and settings stay as they are.

    An order that the day has already takes what the sheet changed and keeps its place on its route, unless it
    has another address now and nobody knows where that is.
    """
    diff = compare_sheet(state, report, SheetMode.ADD)
    everything = [*(o.key for o in _arrivals(diff)), *(one.key for one in diff.changed)]
    return apply_sheet(state, diff, everything, position_of)


def _arrivals(diff: SheetDiff) -> tuple[Order, ...]:
    return (*diff.new, *diff.left_out_before, *(one.order for one in diff.unclear))
