"""From what an import found to a day that can be planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from lastmile_desktop.model import (
    Day,
    DaySettings,
    DayState,
    Depot,
    ImportOptions,
    ImportReport,
    Location,
    Order,
    SheetKind,
    Vehicle,
)
from lastmile_desktop.pipeline.customers import Known, nobody, with_memory
from lastmile_desktop.pipeline.default_fleet import default_fleet, with_default_prices
from lastmile_desktop.pipeline.places import NO_PLACES, FoundPlaces, PositionMemory, placed, remembered

_Item = TypeVar("_Item")
#: Nothing was chosen by a person.
AS_FOUND = ImportOptions()


def _no_memory(_name: str, _address: str) -> Location | None:
    return None


def import_file(
    path: Path,
    *,
    options: ImportOptions = AS_FOUND,
    should_stop: Callable[[], bool] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Read one order sheet in a child process; blocking. A bad file gives a report that says why.

    ``options`` are what a person chose; without them the reader finds everything itself, so that the command
    line reads a file the same way on every computer. Raises ``sheets.ReadCancelled`` when ``should_stop``
    says so.
    """
    from lastmile_desktop.sheets import read_sheet

    if should_stop is None:
        return read_sheet(path, options=options, on_progress=on_progress)
    return read_sheet(path, options=options, should_stop=should_stop, on_progress=on_progress)


def day_from_reports(
    reports: Sequence[ImportReport],
    *,
    today: date,
    remembered_vehicles: Sequence[Vehicle] = (),
    remembered_depots: Sequence[Depot] = (),
    settings: DaySettings | None = None,
    position_of: PositionMemory = _no_memory,
    offer_fleet: bool = False,
    known: Known = nobody,
    places: FoundPlaces = NO_PLACES,
) -> DayState:
    """A new day from one or more readable reports, without a plan.

    The fleet comes from the sheets, else from memory; with ``offer_fleet`` a default one fills the gap
    (the window shows it as an offer), without it the day may have no vehicles or no depot. What is ``known``
    of a customer stands where the sheet says nothing; else the settings' usual service time. ``places`` are
    what was found for addresses without a position.
    """
    many = len(reports) > 1
    said = [_from_file(order, report, many) for report in reports for order in report.orders]
    usual_s = (settings or DaySettings()).default_service_s
    usual = [with_usual_service(order, usual_s) for order in said]
    known_to_firm = tuple(remembered(with_memory(order, known), position_of) for order in usual)
    remarks = tuple(
        replace(problem, sheet=_sheet_name(problem.sheet, report, many))
        for report in reports
        for problem in report.problems
    )
    orders, problems = placed(known_to_firm, remarks, places)
    depots = _first_filled([report.depots for report in reports], remembered_depots)
    vehicles = _first_filled([report.vehicles for report in reports], remembered_vehicles)
    if offer_fleet and not depots:
        depots = _assumed_depot(orders)
    if offer_fleet and not vehicles and depots:
        vehicles = default_fleet(orders, depots[0].key)
    day = Day(
        date=_choose_date(reports, today),
        orders=orders,
        vehicles=tuple(_at_known_depots(with_default_prices(vehicles), depots)),
        depots=tuple(depots),
        settings=settings or DaySettings(),
        source_name=", ".join(report.file_name for report in reports),
    )
    # A heading line is no order either, but nobody would look for it among the orders.
    headings = sum(
        sheet.kind == SheetKind.ORDERS and sheet.header_row is not None
        for report in reports
        for sheet in report.sheets
    )
    skipped = max(0, sum(report.skipped_lines for report in reports) - headings)
    return DayState(day=day, problems=problems, skipped_lines=skipped, sheet_orders=tuple(said))


def merge_vehicles(state: DayState, report: ImportReport) -> DayState:
    """The day with the fleet and depots of another sheet (``plan --vehicles FILE``)."""
    depots = list(report.depots) or list(state.day.depots)
    vehicles = list(report.vehicles) or list(state.day.vehicles)
    day = replace(
        state.day,
        vehicles=tuple(_at_known_depots(with_default_prices(vehicles), depots)),
        depots=tuple(depots),
    )
    return replace(state, day=day, problems=state.problems + report.problems)


def _from_file(order: Order, report: ImportReport, many: bool) -> Order:
    """The order with the name of its file, and a key of its own where there are several files."""
    key = f"{report.file_name}|{order.key}" if many else order.key
    source = order.source
    if source is not None:
        source = replace(source, file=report.file_name, sheet=_sheet_name(source.sheet, report, many))
    return replace(order, key=key, source=source)


def _sheet_name(sheet: str, report: ImportReport, many: bool) -> str:
    """Rows of two files may bear one sheet's name and number: the file tells them apart."""
    return f"{sheet} ({report.file_name})" if many else sheet


def with_usual_service(order: Order, usual_s: int) -> Order:
    """The order with the day's usual service time where its sheet gave none."""
    if "service_s" not in order.assumed or order.service_s == usual_s:
        return order
    return replace(order, service_s=usual_s)


def _first_filled(found: Sequence[Sequence[_Item]], otherwise: Sequence[_Item]) -> list[_Item]:
    return next((list(items) for items in found if items), list(otherwise))


def _at_known_depots(vehicles: Sequence[Vehicle], depots: Sequence[Depot]) -> list[Vehicle]:
    """Vehicles that name no depot, or one the day does not have, start and end at the first one."""
    known = {depot.key for depot in depots}
    first = depots[0].key if depots else None
    if first is None:
        return []
    placed = []
    for vehicle in vehicles:
        start = vehicle.start_depot if vehicle.start_depot in known else first
        end = vehicle.end_depot if vehicle.end_depot is None or vehicle.end_depot in known else start
        placed.append(replace(vehicle, start_depot=start, end_depot=end))
    return placed


def _assumed_depot(orders: Sequence[Order]) -> list[Depot]:
    """No depot anywhere: the middle of the orders stands in, under a name that says so."""
    placed = [order.location for order in orders if order.location is not None]
    if not placed:
        return []
    lats = sorted(location.lat for location in placed)
    lons = sorted(location.lon for location in placed)
    middle = Location(lats[len(lats) // 2], lons[len(lons) // 2])
    return [Depot(key="assumed", name="Depot (assumed, please move)", location=middle)]


def _choose_date(reports: Sequence[ImportReport], today: date) -> date:
    """The coming day that most orders are for; else the last past one; else the sheet's date; else today."""
    counts = Counter(
        order.delivery_date
        for report in reports
        for order in report.orders
        if order.delivery_date is not None
    )
    if counts:
        coming = {day: count for day, count in counts.items() if day >= today}
        if coming:
            return min(coming, key=lambda day: (-coming[day], day))
        return max(counts)
    return next((report.sheet_date for report in reports if report.sheet_date is not None), today)
