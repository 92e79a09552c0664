"""What the commands print for people."""

from __future__ import annotations

from lastmile_desktop.documents.road_words import roads_sentence
from lastmile_desktop.model import DayState, ImportReport
from lastmile_desktop.model.wording import count


def summary(state: DayState) -> str:
    assert state.timetable is not None
    totals = state.timetable.totals
    lines = [
        f"{totals.planned} of {count(totals.orders, 'order')} planned on {count(totals.routes, 'route')}, "
        f"{totals.distance_m / 1000:,.1f} km, cost {totals.cost_cents / 100:,.2f} "
        f"{state.day.settings.currency} (travel times: {state.timetable.roads})."
    ]
    if state.timetable.roads != "straight-line":
        lines += [sentence for sentence in (roads_sentence(state.timetable),) if sentence]
    lines += [f"Not planned: {missing.message}" for missing in state.timetable.unassigned]
    lines += [f"Rule broken: {violation.message}" for violation in state.timetable.violations]
    return "\n".join(lines)


def report_text(report: ImportReport) -> str:
    lines = [
        f"{report.file_name}: {count(len(report.orders), 'order')}, "
        f"{count(len(report.vehicles), 'vehicle')}, {count(len(report.depots), 'depot')}."
    ]
    lines += [
        f"  {problem.sheet} row {problem.row}{' ' + problem.column if problem.column else ''} "
        f"[{problem.severity}] {problem.message}"
        for problem in report.problems
    ]
    return "\n".join(lines)


def vehicle_name(state: DayState, key: str | None) -> str | None:
    vehicle = state.day.vehicle_by_key.get(key or "")
    return vehicle.name if vehicle else key


def order_id(state: DayState, key: str | None) -> str | None:
    order = state.day.order_by_key.get(key or "")
    return order.id if order else key
