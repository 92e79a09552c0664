"""A day's state as rows, and what changed between two states.

Every noun of a state is one row: kind, key, position (their order within the kind), content. A change is one
row before and after; it is what the journal holds, so that doing, undoing, recovering and auditing are one
mechanism.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from lastmile_desktop.model.day import Day
from lastmile_desktop.model.day_state import DayState
from lastmile_desktop.model.plan import Assignment, Timetable
from lastmile_desktop.store import codec
from lastmile_desktop.store.codec import DayHead, PlanHead, TimetableHead
from lastmile_desktop.store.fields import Record, WrongShapeError
from lastmile_desktop.store.positions import positions_for


@dataclass(frozen=True, slots=True)
class Placed:
    """A row's position and content."""

    position: int
    value: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after; None = it is not there."""

    kind: str
    key: str
    before: Placed | None
    after: Placed | None

    @property
    def reversed(self) -> Change:
        """The change that takes this one back."""
        return Change(self.kind, self.key, self.after, self.before)


#: All rows of a state: kind -> key -> row.
Rows = dict[str, dict[str, Placed]]


@dataclass(frozen=True, slots=True)
class _Kind:
    record: Record[Any]
    values: Callable[[DayState], tuple[Any, ...]]
    key: Callable[[Any], str]


def _day_head(state: DayState) -> tuple[DayHead, ...]:
    day = state.day
    return (DayHead(day.date, day.source_name, day.settings, state.solve_s, state.skipped_lines),)


def _plan_head(state: DayState) -> tuple[PlanHead, ...]:
    return () if state.assignment is None else (PlanHead(state.assignment.locked, state.assignment.frozen),)


def _timetable_head(state: DayState) -> tuple[TimetableHead, ...]:
    return () if state.timetable is None else (TimetableHead(state.timetable.roads),)


def _of_timetable(name: str) -> Callable[[DayState], tuple[Any, ...]]:
    return lambda state: () if state.timetable is None else getattr(state.timetable, name)


def _only(_: Any) -> str:
    return ""


KINDS: Mapping[str, _Kind] = {
    "day": _Kind(codec.DAY_HEAD, _day_head, _only),
    "depot": _Kind(codec.DEPOT, lambda state: state.day.depots, attrgetter("key")),
    "vehicle": _Kind(codec.VEHICLE, lambda state: state.day.vehicles, attrgetter("key")),
    "order": _Kind(codec.ORDER, lambda state: state.day.orders, attrgetter("key")),
    "problem": _Kind(
        codec.PROBLEM,
        lambda state: state.problems,
        lambda problem: f"{problem.sheet}!{problem.column}{problem.row}",
    ),
    "sheet_order": _Kind(codec.ORDER, lambda state: state.sheet_orders, attrgetter("key")),
    "plan": _Kind(codec.PLAN_HEAD, _plan_head, _only),
    "route": _Kind(
        codec.ROUTE,
        lambda state: () if state.assignment is None else state.assignment.routes,
        attrgetter("vehicle_key"),
    ),
    "timetable": _Kind(codec.TIMETABLE_HEAD, _timetable_head, _only),
    "timetable_route": _Kind(codec.ROUTE_TIMETABLE, _of_timetable("routes"), attrgetter("vehicle_key")),
    "unassigned": _Kind(codec.UNASSIGNED, _of_timetable("unassigned"), attrgetter("order_key")),
    "violation": _Kind(codec.VIOLATION, _of_timetable("violations"), attrgetter("code")),
}


def rows_of(state: DayState) -> Rows:
    """Every row of ``state``."""
    rows: Rows = {kind: {} for kind in KINDS}
    return rows_after(rows, changes_between(rows, None, state))


def changes_between(rows: Rows, old: DayState | None, new: DayState) -> list[Change]:
    """What leads from ``rows`` (those of ``old``) to ``new``; lists that are the same object are skipped."""
    changes: list[Change] = []
    for name, kind in KINDS.items():
        values = kind.values(new)
        if old is None or values is not kind.values(old):
            changes.extend(_changes_of(name, kind, rows[name], values))
    return changes


def _changes_of(
    name: str, kind: _Kind, before: Mapping[str, Placed], values: Sequence[Any]
) -> Iterable[Change]:
    keys = _unique_keys(kind, values)
    positions = positions_for(keys, {key: row.position for key, row in before.items()})
    for key, position, value in zip(keys, positions, values, strict=True):
        row = before.get(key)
        if row is None or row.position != position or (row.value is not value and row.value != value):
            yield Change(name, key, row, Placed(position, value))
    staying = set(keys)
    for key, row in before.items():
        if key not in staying:
            yield Change(name, key, row, None)


def _unique_keys(kind: _Kind, values: Sequence[Any]) -> list[str]:
    """A key for each value: its own where that is free, else with a number (two remarks about one cell)."""
    keys: dict[str, None] = {}
    last_number: dict[str, int] = {}
    for value in values:
        # A lone half of a surrogate pair cannot be stored as a key; the content still holds the true text.
        plain = kind.key(value).encode("utf-8", "backslashreplace").decode("utf-8")
        key = plain
        while key in keys:
            last_number[plain] = last_number.get(plain, 1) + 1
            key = f"{plain}#{last_number[plain]}"
        keys[key] = None
    return list(keys)


def rows_after(rows: Rows, changes: Iterable[Change]) -> Rows:
    """The rows with ``changes`` made; ``rows`` itself is not touched."""
    result = dict(rows)
    copied: set[str] = set()
    for change in changes:
        if change.kind not in copied:
            result[change.kind] = dict(result[change.kind])
            copied.add(change.kind)
        if change.after is None:
            result[change.kind].pop(change.key, None)
        else:
            result[change.kind][change.key] = change.after
    return result


def state_of(rows: Rows, previous: DayState | None = None) -> DayState:
    """The state that ``rows`` make up; parts equal to those of ``previous`` are the same objects again.

    Raises WrongShapeError when the rows do not make up a day.
    """
    lists = {
        kind: tuple([row.value for row in sorted(placed.values(), key=attrgetter("position"))])
        for kind, placed in rows.items()
    }
    head: DayHead = _single(lists["day"])
    try:
        day = Day(
            head.date, lists["order"], lists["vehicle"], lists["depot"], head.settings, head.source_name
        )
    except ValueError as error:
        raise WrongShapeError(str(error)) from error
    assignment = timetable = None
    if lists["plan"]:
        plan: PlanHead = _single(lists["plan"])
        assignment = Assignment(lists["route"], plan.locked, plan.frozen)
    if lists["timetable"]:
        timetable = Timetable(
            lists["timetable_route"],
            lists["unassigned"],
            _single(lists["timetable"]).roads,
            lists["violation"],
        )
    state = DayState(
        day,
        assignment,
        timetable,
        lists["problem"],
        head.solve_s,
        head.skipped_lines,
        sheet_orders=lists["sheet_order"],
    )
    return state if previous is None else _sharing(state, previous)


def _single(values: tuple[Any, ...]) -> Any:
    if len(values) != 1:
        raise WrongShapeError("the day's head is missing")
    return values[0]


def _sharing(state: DayState, previous: DayState) -> DayState:
    def same(new: Any, old: Any) -> Any:
        return old if new == old else new

    return DayState(
        same(state.day, previous.day),
        same(state.assignment, previous.assignment),
        same(state.timetable, previous.timetable),
        same(state.problems, previous.problems),
        state.solve_s,
        state.skipped_lines,
        sheet_orders=same(state.sheet_orders, previous.sheet_orders),
    )


def write_changes(changes: Iterable[Change]) -> list[Any]:
    """Changes as JSON values. Raises TypeError or ValueError for content that is no part of a day."""

    def side(record: Record[Any], row: Placed | None) -> list[Any] | None:
        return None if row is None else [row.position, record.write(row.value)]

    return [
        [
            change.kind,
            change.key,
            *(side(KINDS[change.kind].record, row) for row in (change.before, change.after)),
        ]
        for change in changes
    ]


def read_changes(data: Any) -> list[Change]:
    """The inverse of ``write_changes``. Raises WrongShapeError."""

    def side(kind: _Kind, row: Any) -> Placed | None:
        if row is None:
            return None
        position, content = row
        return Placed(_position(position), kind.record.read(content))

    try:
        return [
            Change(_text(kind), _text(key), side(KINDS[kind], before), side(KINDS[kind], after))
            for kind, key, before, after in data
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise WrongShapeError("a recorded step is not readable") from error


def read_row(kind: str, position: Any, content: Any) -> Placed:
    """One stored row. Raises WrongShapeError, also for a kind that does not exist."""
    if kind not in KINDS:
        raise WrongShapeError(f"{kind!r} is no part of a day")
    return Placed(_position(position), KINDS[kind].record.read(content))


def _position(data: Any) -> int:
    if type(data) is not int or abs(data) > 2**61:
        raise WrongShapeError("a position is not a number")
    return data


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise WrongShapeError("a key is not a text")
    return data
