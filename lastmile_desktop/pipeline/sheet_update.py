"""A sheet's news go into the day as one step; the plan of everything else stays exactly as it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from lastmile_desktop.model import DayState, Order, SheetProblem
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.customers import Known, nobody, with_memory
from lastmile_desktop.pipeline.importing import with_usual_service
from lastmile_desktop.pipeline.places import PositionMemory, remembered
from lastmile_desktop.pipeline.sheet_diff import SheetDiff, SheetMode, labelled


def apply_sheet(
    state: DayState,
    diff: SheetDiff,
    chosen: Collection[str],
    position_of: PositionMemory,
    known: Known = nobody,
) -> DayState:
    """The day with the ``chosen`` news of a sheet (keys of new, changed, gone or unclear orders).

    Routes, sequence, locks, positions and frozen beginnings of all others stay; new orders are on no route
    yet. What was not chosen is noted as seen, so that the same sheet does not bring it up again. ``diff``
    must have been made for ``state``; orders that have gone since are passed over.
    """
    wanted = frozenset(chosen)
    here = state.day.order_by_key
    changed = [
        remembered(with_memory(one.after, known), position_of) if one.new_place else one.after
        for one in diff.changed
        if one.key in wanted and one.key in here
    ]
    changed += [
        replace(here[order.key], source=diff.said[order.key].source)
        for order in diff.unchanged
        if order.key in here
    ]
    changed += [
        replace(here[one.key], source=one.after.source)
        for one in diff.changed
        if one.key not in wanted and one.key in here
    ]
    lost = [order.key for order in changed if order.location is None and here[order.key].location is not None]
    gone = {order.key for order in diff.gone if order.key in wanted}
    staying = [
        replace(order, source=replace(order.source, row=0, file=diff.report.file_name))
        for order in diff.gone
        if order.key not in wanted and order.key in here and order.source is not None
    ]
    arrivals = [*diff.new, *diff.left_out_before, *(one.order for one in diff.unclear)]
    usual_s = state.day.settings.default_service_s
    new = [
        remembered(with_memory(with_usual_service(order, usual_s), known), position_of)
        for order in arrivals
        if order.key in wanted and order.key not in here
    ]
    after = edits.change_orders(state, [*changed, *staying])
    if lost and after.assignment is not None:
        after = edits.move_orders(after, lost, None)
    if gone:
        after = edits.remove_orders(after, gone)
    day = replace(after.day, orders=(*after.day.orders, *new), source_name=_sources(state, diff))
    return replace(
        after,
        day=day,
        problems=_problems(state, diff),
        skipped_lines=_skipped(state, diff),
        sheet_orders=_said(state, diff, wanted, gone),
    )


def _said(state: DayState, diff: SheetDiff, wanted: frozenset[str], gone: set[str]) -> tuple[Order, ...]:
    """What the sheets say now: this one's rows anew, those of others as before.

    Unclear rows that nobody took are forgotten, so that they are asked about again.
    """
    unclear = {one.order.key for one in diff.unclear} - wanted
    said = {key: order for key, order in diff.said.items() if key not in unclear}
    left = {order.key for order in diff.gone}
    before = {
        order.key: said.pop(order.key, order) for order in state.sheet_orders if order.key not in left | gone
    }
    if diff.mode is not SheetMode.ADD:
        # Rows that were taken out by hand and are not in the newer version either are over.
        here = {order.key for order in state.day.orders}
        before = {
            key: order
            for key, order in before.items()
            if key in here or key in diff.said or not _is_from(order, diff)
        }
    return (*before.values(), *said.values())


def _is_from(order: Order, diff: SheetDiff) -> bool:
    if diff.mode is SheetMode.REPLACE:
        return True
    return order.source is not None and order.source.file in diff.files


def _sources(state: DayState, diff: SheetDiff) -> str:
    name = diff.report.file_name
    if diff.mode is SheetMode.REPLACE:
        return name
    before = [part for part in state.day.source_name.split(", ") if part]
    if diff.mode is SheetMode.UPDATE:
        before = [name if part in diff.files else part for part in before]
    return ", ".join(dict.fromkeys([*before, name]))


def _problems(state: DayState, diff: SheetDiff) -> tuple[SheetProblem, ...]:
    names = labelled(diff, state)
    new = tuple(replace(p, sheet=names.get(p.sheet, p.sheet)) for p in diff.report.problems)
    if diff.mode is SheetMode.REPLACE:
        return new
    if diff.mode is SheetMode.UPDATE:
        kept = (p for p in state.problems if p.sheet not in names.values())
        return (*kept, *new)
    rows = {(source.sheet, source.row) for one in diff.changed if (source := one.before.source) is not None}
    kept_rows = tuple(p for p in state.problems if (p.sheet, p.row) not in rows)
    return kept_rows + tuple(p for p in new if p not in kept_rows)


def _skipped(state: DayState, diff: SheetDiff) -> int:
    if diff.mode is SheetMode.REPLACE or {diff.report.file_name, *diff.files} >= set(
        state.day.source_name.split(", ")
    ):
        return diff.report.skipped_lines
    return state.skipped_lines + (diff.report.skipped_lines if diff.mode is SheetMode.ADD else 0)
