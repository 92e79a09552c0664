"""The report as the contract's ``inspect --json`` document."""

from __future__ import annotations

from lastmile_desktop.model import (
    Depot,
    ImportReport,
    Order,
    RoutePosition,
    SheetProblem,
    SheetSummary,
    Vehicle,
)
from lastmile_desktop.sheets.problem_words import advice_for


def report_to_json(report: ImportReport) -> dict[str, object]:
    """The document of the contract; times of day in minutes, weights in kilograms."""
    return {
        "status": report.status,
        "message": report.message,
        "file": report.file_name,
        "date": report.sheet_date.isoformat() if report.sheet_date else None,
        "skipped_lines": report.skipped_lines,
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "filled_block_offered": report.filled_block_offered,
        "sheets": [_sheet(sheet) for sheet in report.sheets],
        "orders": [_order(order) for order in report.orders],
        "problems": [_problem(problem) for problem in report.problems],
        "vehicles": [_vehicle(vehicle) for vehicle in report.vehicles],
        "depots": [_depot(depot) for depot in report.depots],
    }


def _sheet(sheet: SheetSummary) -> dict[str, object]:
    return {
        "name": sheet.name,
        "kind": sheet.kind.value,
        "header_row": sheet.header_row,
        "columns": dict(sheet.columns),
        "confidence": dict(sheet.confidence),
        "ignored": dict(sheet.ignored),
        "fingerprint": sheet.layout.fingerprint if sheet.layout else "",
        "hidden": sheet.hidden_sheet,
    }


def _order(order: Order) -> dict[str, object]:
    return {
        "row": order.source.row if order.source else None,
        "sheet": order.source.sheet if order.source else "",
        "id": order.id,
        "name": order.name,
        "address": order.address,
        "lat": order.location.lat if order.location else None,
        "lon": order.location.lon if order.location else None,
        "windows": [[_minutes(window.start_s), _minutes(window.end_s)] for window in order.windows],
        "quantity": _scaled(order.quantity_milli, 1000),
        "weight_kg": None if order.weight_g is None else _scaled(order.weight_g, 1000),
        "volume_m3": None if order.volume_cm3 is None else _scaled(order.volume_cm3, 1_000_000),
        "service_min": _scaled(order.service_s, 60),
        "phone": order.phone,
        "email": order.email,
        "notes": order.notes,
        "skills": sorted(order.skills),
        "priority": order.priority.value,
        "date": order.delivery_date.isoformat() if order.delivery_date else None,
        "kind": order.kind.value,
        "skip_price": None if order.skip_price_cents is None else _scaled(order.skip_price_cents, 100),
        "attention": order.attention,
        "rules": _rules(order),
    }


def _rules(order: Order) -> dict[str, object]:
    """Only what is set, so that a plain order stays short."""
    late = order.late_cents_per_hour
    rules: dict[str, object] = {
        "setup_min": _scaled(order.setup_s, 60),
        "late_price_per_hour": None if late is None else _scaled(late, 100),
        "max_late_min": None if order.max_late_s is None else _scaled(order.max_late_s, 60),
        "only_vehicles": sorted(order.only_vehicles),
        "barred_vehicles": sorted(order.barred_vehicles),
        "preferred_driver": order.preferred_driver,
        "shipment": order.shipment,
        "same_van": order.same_van,
        "position": "" if order.position is RoutePosition.ANY else order.position.value,
        "after": sorted(order.after),
    }
    return {
        name: value for name, value in rules.items() if value or (name == "late_price_per_hour" and late == 0)
    }


def _problem(problem: SheetProblem) -> dict[str, object]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "id": problem.order_id,
        "severity": problem.severity.value,
        "category": problem.category,
        "message": problem.message,
        "advice": advice_for(problem.category),
        "found": problem.found,
        "fix": {fix.column: fix.text for fix in problem.fix},
    }


def _vehicle(vehicle: Vehicle) -> dict[str, object]:
    capacity = vehicle.capacity
    return {
        "name": vehicle.name,
        "driver": vehicle.driver,
        "capacity": None if capacity.quantity_milli is None else _scaled(capacity.quantity_milli, 1000),
        "capacity_kg": None if capacity.weight_g is None else _scaled(capacity.weight_g, 1000),
        "capacity_m3": None if capacity.volume_cm3 is None else _scaled(capacity.volume_cm3, 1_000_000),
        "start": _minutes(vehicle.shift_start_s),
        "end": _minutes(vehicle.shift_end_s),
        "breaks": [
            {
                "minutes": _scaled(rest.duration_s, 60),
                "earliest": _minutes(rest.earliest_s),
                "latest": _minutes(rest.latest_s),
            }
            for rest in vehicle.breaks
        ],
        "skills": sorted(vehicle.skills),
        "depot_start": vehicle.start_depot,
        "depot_end": vehicle.end_depot,
        "fixed_cost": _scaled(vehicle.fixed_cost_cents, 100),
        "cost_per_km": _scaled(vehicle.cost_per_km_cents, 100),
        "cost_per_hour": _scaled(vehicle.cost_per_hour_cents, 100),
        "max_stops": vehicle.max_stops,
        "max_km": None if vehicle.max_distance_m is None else _scaled(vehicle.max_distance_m, 1000),
        "max_hours": None if vehicle.max_duration_s is None else _scaled(vehicle.max_duration_s, 3600),
        "active": vehicle.active,
        "overtime_min": _scaled(vehicle.overtime_s, 60),
        "overtime_price_per_hour": _scaled(vehicle.overtime_cents_per_hour, 100),
        "max_trips": vehicle.max_trips,
        "reload_min": _scaled(vehicle.reload_s, 60),
    }


def _depot(depot: Depot) -> dict[str, object]:
    return {
        "name": depot.name,
        "lat": depot.location.lat if depot.location else None,
        "lon": depot.location.lon if depot.location else None,
        "address": depot.address,
        "opens": _minutes(depot.opens_s),
        "closes": _minutes(depot.closes_s),
    }


def _minutes(seconds: int | None) -> int | float | None:
    return None if seconds is None else _scaled(seconds, 60)


def _scaled(amount: int, divisor: int) -> int | float:
    """A whole number where it is one: 3, not 3.0."""
    return amount // divisor if amount % divisor == 0 else amount / divisor
