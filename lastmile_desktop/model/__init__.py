"""The nouns that every room shares: frozen values without input/output, Qt or solver.

Integers inside: seconds, metres, grams, cents, thousandths of a piece, cubic centimetres. Readers convert
once on the way in, writers format once on the way out.
"""

from lastmile_desktop.model.blocking import Block, BlockingRule, BlockingSet
from lastmile_desktop.model.day import Day, DaySettings
from lastmile_desktop.model.day_state import DayState
from lastmile_desktop.model.fleet import Break, Vehicle
from lastmile_desktop.model.goals import EvenBy, Goals, TrafficPeriod
from lastmile_desktop.model.import_report import (
    CellFix,
    ImportReport,
    Severity,
    SheetKind,
    SheetProblem,
    SheetSummary,
)
from lastmile_desktop.model.load import LOAD_DIMENSIONS, Capacity, Load
from lastmile_desktop.model.location import Depot, Location
from lastmile_desktop.model.order import Order, OrderKind, Priority, RoutePosition, SourceCell, TimeWindow
from lastmile_desktop.model.plan import (
    Assignment,
    RouteOrders,
    RouteTimetable,
    Timetable,
    Totals,
    Unassigned,
    UnassignedReason,
    Violation,
    Visit,
    VisitKind,
)
from lastmile_desktop.model.sheet_layout import (
    CELL_MARK,
    CellOverride,
    ImportOptions,
    LineKind,
    SheetLayout,
    SheetPreview,
)
from lastmile_desktop.model.travel import TravelMatrix, TravelModel

__all__ = [
    "CELL_MARK",
    "LOAD_DIMENSIONS",
    "Assignment",
    "Block",
    "BlockingRule",
    "BlockingSet",
    "Break",
    "Capacity",
    "CellFix",
    "CellOverride",
    "Day",
    "DaySettings",
    "DayState",
    "Depot",
    "EvenBy",
    "Goals",
    "ImportOptions",
    "ImportReport",
    "LineKind",
    "Load",
    "Location",
    "Order",
    "OrderKind",
    "Priority",
    "RouteOrders",
    "RoutePosition",
    "RouteTimetable",
    "Severity",
    "SheetKind",
    "SheetLayout",
    "SheetPreview",
    "SheetProblem",
    "SheetSummary",
    "SourceCell",
    "TimeWindow",
    "Timetable",
    "Totals",
    "TrafficPeriod",
    "TravelMatrix",
    "TravelModel",
    "Unassigned",
    "UnassignedReason",
    "Vehicle",
    "Violation",
    "Visit",
    "VisitKind",
]
