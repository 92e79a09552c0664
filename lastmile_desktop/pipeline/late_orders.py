"""A second sheet on a day that is planned already: its orders join, nothing that is there goes away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lastmile_desktop.model import DayState, ImportReport, Order, SheetProblem, SourceCell
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.importing import PositionMemory


@dataclass(frozen=True)
class LateOrders:
    """What a sheet would do to a day: orders that are new, and new versions of orders it has already."""

    new: tuple[Order, ...]
    changed: tuple[Order, ...]


def compare(state: DayState, report: ImportReport) -> LateOrders:
    """Part the sheet's orders by order number. A number that is not unique on both sides counts as new.

    Changed orders carry the day's key; new ones a key that the day does not have.
    """
    here = _by_unique_number(state.day.orders)
    there = _by_unique_number(report.orders)
    known = {number: here[number] for number in there if number in here}
    taken = {order.key for order in state.day.orders}
    new: list[Order] = []
    changed: list[Order] = []
    for order in report.orders:
        order = _from_file(order, report.file_name)
        if order.id in known:
            changed.append(replace(order, key=known[order.id].key))
        else:
            key = _free_key(f"{report.file_name}|{order.key}", taken)
            taken.add(key)
            new.append(replace(order, key=key))
    return LateOrders(tuple(new), tuple(changed))


def add_report(state: DayState, report: ImportReport, position_of: PositionMemory) -> DayState:
    """The day with a sheet's orders in addition; plan, locks, fleet, date and settings stay as they are.

    An order whose number the day has already takes the sheet's values and keeps its place on its route,
    unless it has another address now and nobody knows where that is.
    """
    late = compare(state, report)
    before = state.day.order_by_key
    changed = [_placed(order, before[order.key], position_of) for order in late.changed]
    new = [_placed(order, None, position_of) for order in late.new]
    lost = [order.key for order in changed if order.location is None and before[order.key].location]
    state = edits.change_orders(state, changed)
    if lost and state.assignment is not None:
        state = edits.move_orders(state, lost, None)
    sources = dict.fromkeys(name for name in (state.day.source_name, report.file_name) if name)
    old_rows = {before[order.key].source for order in changed}
    kept = tuple(p for p in state.problems if SourceCell(p.sheet, p.row) not in old_rows)
    problems = tuple(_problem_from_file(problem, report.file_name) for problem in report.problems)
    return replace(
        state,
        day=replace(state.day, orders=(*state.day.orders, *new), source_name=", ".join(sources)),
        problems=kept + problems,
        skipped_lines=state.skipped_lines + report.skipped_lines,
    )


def _by_unique_number(orders: Sequence[Order]) -> dict[str, Order]:
    counts = Counter(order.id for order in orders)
    return {order.id: order for order in orders if order.id and counts[order.id] == 1}


def _free_key(wanted: str, taken: set[str]) -> str:
    key, number = wanted, 2
    while key in taken:
        key, number = f"{wanted}|{number}", number + 1
    return key


def _placed(order: Order, before: Order | None, position_of: PositionMemory) -> Order:
    if order.location is not None:
        return order
    if before is not None and before.location is not None and order.address == before.address:
        return replace(order, location=before.location)
    return replace(order, location=position_of(order.name, order.address))


def _from_file(order: Order, file_name: str) -> Order:
    """Rows of two sheets may bear the same sheet name and number: the file tells them apart."""
    if order.source is None:
        return order
    return replace(order, source=replace(order.source, sheet=_sheet_of(order.source.sheet, file_name)))


def _problem_from_file(problem: SheetProblem, file_name: str) -> SheetProblem:
    return replace(problem, sheet=_sheet_of(problem.sheet, file_name))


def _sheet_of(sheet: str, file_name: str) -> str:
    return f"{sheet} ({file_name})"
