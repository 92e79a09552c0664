"""What is said after a sheet was read: how many orders, what needs a person, what nobody has named."""

from __future__ import annotations

from datetime import date

from lastmile_desktop.model import DayState, ImportReport, Severity, wording
from lastmile_desktop.ui.session import Notice


def import_result(report: ImportReport, state: DayState) -> Notice:
    """The result line: how many orders are ready, need attention, wait for a position, or were left out."""
    orders = state.day.orders
    attention = sum(1 for order in orders if order.attention)
    waiting = sum(1 for order in orders if order.location is None and not order.attention)
    left_out = len({(p.sheet, p.row) for p in report.problems if p.severity == Severity.ERROR})
    parts = [f"{wording.count(len(orders) - waiting - attention, 'order')} ready"]
    if attention:
        parts.append(f"{attention:,} {'needs' if attention == 1 else 'need'} attention")
    if waiting:
        parts.append(f"{waiting:,} {'waits' if waiting == 1 else 'wait'} for a position")
    if left_out:
        parts.append(f"{wording.count(left_out, 'row')} left out")
    text = f"{report.file_name}: {', '.join(parts)}."
    past = state.day.date < date.today()
    if past:
        text += (
            f" The sheet is for {wording.calendar_day(state.day.date)}, which is over; change the date above."
        )
    return Notice(text, "warning" if attention or waiting or left_out or past else "ok")


def assumed(state: DayState) -> str:
    """What of the day's fleet nobody has named, and what to do about it; "" when all of it is the user's."""
    from lastmile_desktop.ui.fleet_view.fleet_edits import is_assumed, is_offered

    vans = sum(1 for vehicle in state.day.vehicles if is_offered(vehicle))
    are = f"{wording.count(vans, 'van')} {'is' if vans == 1 else 'are'} suggested"
    if any(is_assumed(depot) for depot in state.day.depots):
        also = f", and {are}" if vans else ""
        return (
            f"No depot is known: the middle of the orders stands in{also}. "
            "Set it right in Fleet before you plan."
        )
    return f"No vehicles are known: {are}. Make them yours in Fleet." if vans else ""
