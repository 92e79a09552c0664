"""What the page says of a sheet against the day: groups, lines and counts, as plain values. No Qt here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lastmile_desktop.model import DayState, Order, wording
from lastmile_desktop.pipeline.order_fields import FieldChange
from lastmile_desktop.pipeline.sheet_diff import ChangedOrder, SheetDiff, SheetMode


@dataclass(frozen=True)
class DiffLine:
    """One order of a group; ``details`` are lines below it. ``key`` is what is ticked, "" for nothing."""

    key: str
    order: Order
    text: str
    details: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True)
class DiffGroup:
    """One group: its title without the count, what ticking means, and its lines."""

    name: str
    title: str
    hint: str
    lines: tuple[DiffLine, ...]
    can_tick: bool = True


def groups_of(diff: SheetDiff, state: DayState) -> list[DiffGroup]:
    """The groups that have lines, what needs a decision first."""
    routes = _route_of(state)
    found = [
        DiffGroup("unclear", "Not clear which order it is", "Ticked: added as orders of their own", tuple(
            DiffLine(one.order.key, one.order, f"{one.why[:1].upper()}{one.why[1:]}", role="warning")
            for one in diff.unclear
        )),
        DiffGroup("new", "New", "Ticked: they join the day, on no route yet", tuple(
            DiffLine(order.key, order, _facts(order)) for order in diff.new
        )),
        DiffGroup("changed", "Changed", "Ticked: they take the sheet's values and keep their place", tuple(
            _changed(one, routes) for one in diff.changed
        )),
        DiffGroup("gone", "Gone from the sheet", "Ticked: they leave the day and their route", tuple(
            DiffLine(order.key, order, _gone(order, routes), role="danger") for order in diff.gone
        )),
        DiffGroup("left_out_before", "Taken out of the day before", "Ticked: they come back", tuple(
            DiffLine(order.key, order, _facts(order)) for order in diff.left_out_before
        )),
        DiffGroup("kept", "As before, with your own values", "Your values stay", tuple(
            DiffLine("", one.before, _summed(one.kept), _details(one.kept)) for one in diff.kept
        ), can_tick=False),
        DiffGroup("unchanged", "As before", "Nothing happens to them", tuple(
            DiffLine("", order, "") for order in _plainly_unchanged(diff)
        ), can_tick=False),
    ]  # fmt: skip
    return [group for group in found if group.lines]


def mode_words(diff: SheetDiff, mode: SheetMode) -> str:
    """What the sheet is taken for, as a choice."""
    if mode is SheetMode.ADD:
        return "More orders: add them to the day"
    if mode is SheetMode.REPLACE:
        return "The whole day anew: all other orders go"
    files = sorted(file for file in diff.files if file and file != diff.report.file_name)
    of = " and ".join(files) if files else "this sheet"
    return f"A newer version of {of}: what is missing in it goes"


def head_line(diff: SheetDiff) -> str:
    """All counts in one line."""
    parts = [
        f"{len(lines):,} {word}"
        for lines, word in (
            (diff.new, "new"), (diff.changed, "changed"), (diff.gone, "gone"), (diff.unclear, "not clear"),
            (diff.left_out_before, "taken out before"), (diff.unchanged, "as before"),
        )
        if lines
    ]  # fmt: skip
    return ", ".join(parts) or "no orders"


def choice_line(diff: SheetDiff, chosen: Collection[str]) -> str:
    """What will happen to the day, in a sentence."""
    wanted = set(chosen)
    joined = [*diff.new, *diff.left_out_before, *(one.order for one in diff.unclear)]
    new = sum(order.key in wanted for order in joined)
    changed = sum(one.key in wanted for one in diff.changed)
    gone = sum(order.key in wanted for order in diff.gone)
    parts = [
        f"{wording.count(number, 'order')} {what}"
        for number, what in (
            (new, "joins" if new == 1 else "join"), (changed, "changes" if changed == 1 else "change"),
            (gone, "goes" if gone == 1 else "go"),
        )
        if number
    ]  # fmt: skip
    return f"{', '.join(parts)}. Everything else stays as it is." if parts else "The day stays as it is."


def result_line(diff: SheetDiff, chosen: Collection[str]) -> str:
    """The line after it was done."""
    return f"{diff.report.file_name}: {choice_line(diff, chosen)}"


def _changed(one: ChangedOrder, routes: dict[str, str]) -> DiffLine:
    details = _details(one.changes)
    if one.new_place:
        details += ("The position is looked for anew: the old one was for the old address.",)
    details += tuple(f"{change.label}: {change.new} stays, it is your own" for change in one.kept)
    where = f" (stays {routes[one.key]})" if one.key in routes and not one.new_place else ""
    return DiffLine(one.key, one.before, ", ".join(change.label for change in one.changes) + where, details)


def _details(changes: Collection[FieldChange]) -> tuple[str, ...]:
    return tuple(
        f"{one.label}: {one.old} → {one.new}" + (" (the old one is your own)" if one.by_hand else "")
        if not one.by_hand or one.old != one.new
        else f"{one.label}: {one.new}"
        for one in changes
    )


def _summed(changes: Collection[FieldChange]) -> str:
    shown = [f"{one.label}: {_short(one.old)} → {_short(one.new)}" for one in changes]
    return "; ".join(shown[:2]) + (f" and {len(shown) - 2} more" if len(shown) > 2 else "")


def _short(text: str) -> str:
    return text if len(text) <= 32 else f"{text[:31]}…"


def _gone(order: Order, routes: dict[str, str]) -> str:
    where = routes.get(order.key, "on no route").replace("on ", "leaves ", 1).replace("leaves no", "on no")
    kept = " – you kept it last time" if order.source is not None and order.source.row == 0 else ""
    return where + kept


def _facts(order: Order) -> str:
    parts = [wording.windows(order.windows), wording.load(order.load)]
    if order.location is None:
        parts.append("waits for a position")
    if order.attention:
        parts.append("needs a look")
    return ", ".join(part for part in parts if part)


def _route_of(state: DayState) -> dict[str, str]:
    names = {vehicle.key: vehicle.name for vehicle in state.day.vehicles}
    routes = state.assignment.routes if state.assignment else ()
    return {key: f"on {names.get(route.vehicle_key, '')}" for route in routes for key in route.order_keys}


def _plainly_unchanged(diff: SheetDiff) -> list[Order]:
    kept = {one.key for one in diff.kept}
    return [order for order in diff.unchanged if order.key not in kept]
