"""From import reports to a day: nothing lost, nothing doubled, sensible gaps filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from days import DEPOT, order, vehicle

from lastmile_desktop.model import (
    ImportReport,
    Location,
    SheetKind,
    SheetSummary,
)
from lastmile_desktop.pipeline.importing import day_from_reports, merge_vehicles

TODAY = date(2026, 11, 22)


def report(numbers: range, **fields: object) -> ImportReport:
    return ImportReport(**{"file_name": "a.xlsx", "orders": tuple(order(n) for n in numbers), **fields})  # type: ignore[arg-type]


def test_the_sheets_own_fleet_wins_over_the_remembered_one() -> None:
    own = report(range(1, 3), vehicles=(vehicle(7),), depots=(DEPOT,))
    state = day_from_reports([own], today=TODAY, remembered_vehicles=[vehicle(1)], remembered_depots=[DEPOT])
    assert [van.key for van in state.day.vehicles] == ["v7"]


def test_without_any_fleet_the_command_line_gets_none_and_the_window_an_offer() -> None:
    assert day_from_reports([report(range(1, 40))], today=TODAY).day.vehicles == ()
    offered = day_from_reports([report(range(1, 40))], today=TODAY, offer_fleet=True).day
    assert len(offered.vehicles) >= 2
    assert offered.depots[0].location is not None
    assert {van.start_depot for van in offered.vehicles} == {offered.depots[0].key}


def test_vehicles_that_name_no_depot_start_at_the_first_one() -> None:
    lost = vehicle(1, start_depot="", end_depot="")
    open_route = vehicle(2, start_depot="", end_depot=None)
    state = day_from_reports([report(range(1, 3), vehicles=(lost, open_route), depots=(DEPOT,))], today=TODAY)
    assert [(van.start_depot, van.end_depot) for van in state.day.vehicles] == [("D", "D"), ("D", None)]


def test_prices_are_only_filled_in_where_the_fleet_has_none() -> None:
    free = report(range(1, 2), vehicles=(vehicle(1),), depots=(DEPOT,))
    assert day_from_reports([free], today=TODAY).day.vehicles[0].cost_per_km_cents > 0
    priced = replace(free, vehicles=(vehicle(1), vehicle(2, fixed_cost_cents=100)))
    assert [van.cost_per_km_cents for van in day_from_reports([priced], today=TODAY).day.vehicles] == [0, 0]


def test_several_files_make_one_day_without_clashing_keys() -> None:
    other = replace(report(range(1, 4)), file_name="b.xlsx")
    state = day_from_reports([report(range(1, 4)), other], today=TODAY)
    assert len(state.day.orders) == 6
    assert state.day.source_name == "a.xlsx, b.xlsx"


def test_the_day_is_the_coming_one_that_most_orders_are_for() -> None:
    dates = [date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 23)]
    orders = tuple(order(n, delivery_date=when) for n, when in enumerate(dates, 1))
    assert day_from_reports([report(range(0), orders=orders)], today=TODAY).day.date == date(2026, 11, 24)
    past = replace(orders[0], delivery_date=date(2025, 9, 18))
    assert day_from_reports([report(range(0), orders=(past,))], today=TODAY).day.date == date(2025, 9, 18)
    assert day_from_reports([report(range(1, 3))], today=TODAY).day.date == TODAY


def test_a_heading_line_is_not_counted_among_the_lines_ignored() -> None:
    heading = SheetSummary("Orders", SheetKind.ORDERS, header_row=4)
    clean = report(range(1, 3), sheets=(replace(heading, header_row=1),), skipped_lines=1)
    messy = report(range(1, 3), sheets=(heading,), skipped_lines=7)
    assert day_from_reports([clean], today=TODAY).skipped_lines == 0
    assert day_from_reports([messy], today=TODAY).skipped_lines == 6


def test_positions_confirmed_earlier_are_used_again() -> None:
    nowhere = order(1, location=None, name="Anna", address="Kerkstraat 1")
    known = Location(51.2, 4.4)
    state = day_from_reports(
        [report(range(0), orders=(nowhere,))],
        today=TODAY,
        position_of=lambda name, address: known if (name, address) == ("Anna", "Kerkstraat 1") else None,
    )
    assert state.day.orders[0].location == known


def test_a_fleet_can_come_from_another_file() -> None:
    state = day_from_reports([report(range(1, 3))], today=TODAY)
    fleet = ImportReport(file_name="fleet.xlsx", vehicles=(vehicle(3),), depots=(DEPOT,))
    merged = merge_vehicles(state, fleet)
    assert [van.name for van in merged.day.vehicles] == ["Van 3"]
    assert merged.day.depots == (DEPOT,)
