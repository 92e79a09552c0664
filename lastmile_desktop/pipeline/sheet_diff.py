"""What a sheet would do to a day that has orders: which are new, changed, gone or as before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lastmile_desktop.model import DayState, ImportReport, Order, SheetKind
from lastmile_desktop.pipeline.order_fields import FIELD_TEXTS, FieldChange, field_change
from lastmile_desktop.pipeline.sheet_choices import CORRECTION_SHEET
from lastmile_desktop.pipeline.sheet_matching import Unclear, match_orders

#: A sheet under another name that has so large a part of a known one's orders is a newer version of it.
_SAME_SHEET = 0.5


class SheetMode(StrEnum):
    """What becomes of the day's orders that the sheet does not have.

    ADD: all stay. UPDATE: those of the sheet's earlier version go. REPLACE: all others go, also those that
    were added by hand.
    """

    ADD = "add"
    UPDATE = "update"
    REPLACE = "replace"


@dataclass(frozen=True)
class ChangedOrder:
    """An order that the sheet has in another form now.

    ``before`` is the day's, ``after`` what it would become. ``changes`` go from the day's value to the
    sheet's; ``kept`` from the sheet's value to a person's own, which stays because the sheet says there what
    it said before. ``new_place``: the position has to be found anew.
    """

    before: Order
    after: Order
    changes: tuple[FieldChange, ...]
    kept: tuple[FieldChange, ...] = ()
    new_place: bool = False

    @property
    def key(self) -> str:
        """The order's key in the day."""
        return self.before.key


@dataclass(frozen=True)
class SheetDiff:
    """A sheet against the day. All orders bear the keys that they have, or would get, in the day.

    ``left_out_before`` are rows that were in the sheet before and are not in the day: a person took them out.
    ``kept`` are unchanged orders with a person's own values. ``said`` are the sheet's orders with these keys,
    as they stand there. ``files``: the names of the sheets that this one is a newer version of.
    """

    report: ImportReport
    mode: SheetMode
    files: frozenset[str]
    new: tuple[Order, ...]
    changed: tuple[ChangedOrder, ...]
    gone: tuple[Order, ...]
    unchanged: tuple[Order, ...]
    kept: tuple[ChangedOrder, ...]
    left_out_before: tuple[Order, ...]
    unclear: tuple[Unclear, ...]
    said: Mapping[str, Order]

    @property
    def is_empty(self) -> bool:
        """True when the sheet says nothing that the day does not have already."""
        return not (self.new or self.changed or self.gone or self.unclear)

    @property
    def usual_choice(self) -> frozenset[str]:
        """What is ticked at first: all that is clear, but nothing that a person has refused before."""
        gone = (order.key for order in self.gone if order.source is None or order.source.row)
        return frozenset([*(o.key for o in self.new), *(c.key for c in self.changed), *gone])


def files_of(state: DayState) -> dict[str, int]:
    """The files that the day's orders came from, with their number of orders; the largest first."""
    counts = Counter(order.source.file for order in state.day.orders if order.source and order.source.file)
    return dict(counts.most_common())


def suggested_mode(state: DayState, report: ImportReport) -> SheetMode:
    """UPDATE for a sheet by a known name or with half of a known one's orders, else ADD."""
    if any(sheet.kind is SheetKind.ORDERS and sheet.name == CORRECTION_SHEET for sheet in report.sheets):
        return SheetMode.ADD
    return SheetMode.UPDATE if earlier_versions(state, report) else SheetMode.ADD


def earlier_versions(state: DayState, report: ImportReport) -> frozenset[str]:
    """The files of the day that this sheet is, most likely, a newer version of."""
    files = files_of(state)
    if report.file_name in files:
        return frozenset((report.file_name,))
    matching = match_orders(_baselines(state), report.orders)
    orders = state.day.order_by_key
    found = Counter(
        source.file for key in matching.pairs.values() if key in orders and (source := orders[key].source)
    )
    return frozenset(file for file, count in files.items() if found[file] >= _SAME_SHEET * count)


def compare_sheet(state: DayState, report: ImportReport, mode: SheetMode | None = None) -> SheetDiff:
    """Set a sheet against the day. Without ``mode`` the most likely one is taken; nothing is changed."""
    mode = suggested_mode(state, report) if mode is None else mode
    files = earlier_versions(state, report) if mode is SheetMode.UPDATE else frozenset[str]()
    if mode is SheetMode.UPDATE and not files:
        files = frozenset(files_of(state)) or frozenset(("",))
    return _Comparison(state, report, mode, files).diff()


def day_keys(state: DayState, report: ImportReport) -> Mapping[int, str]:
    """The key of the day's order for each place in the sheet's list; what is new or unclear has none."""
    pairs = match_orders(_baselines(state), report.orders).pairs
    return {place: key for place, key in pairs.items() if key in state.day.order_by_key}


def _baselines(state: DayState) -> list[Order]:
    """The orders as their sheets had them last, else as the day has them; those taken out by hand too."""
    said = {order.key: order for order in state.sheet_orders}
    here = [said.pop(order.key, order) for order in state.day.orders]
    return [*here, *said.values()]


class _Comparison:
    def __init__(self, state: DayState, report: ImportReport, mode: SheetMode, files: frozenset[str]) -> None:
        self._state, self._report, self._mode, self._files = state, report, mode, files
        self._day = state.day.order_by_key
        self._base = {order.key: order for order in _baselines(state)}
        self._has_base = {order.key for order in state.sheet_orders}
        self._labels = _labels(state, report, files, mode)

    def diff(self) -> SheetDiff:
        matching = match_orders(
            list(self._base.values()),
            self._report.orders,
            other_sheet=self._mode is SheetMode.ADD and self._is_other(),
        )
        sheet_orders = self._keyed(matching.pairs)
        new: list[Order] = []
        changed: list[ChangedOrder] = []
        kept: list[ChangedOrder] = []
        unchanged: list[Order] = []
        left_out: list[Order] = []
        unclear: list[Unclear] = []
        for place, order in enumerate(sheet_orders):
            if place in matching.unclear:
                unclear.append(Unclear(order, matching.unclear[place]))
            elif place not in matching.pairs:
                new.append(order)
            elif order.key not in self._day:
                left_out.append(order)
            else:
                found = self._changed(order)
                if found.changes:
                    changed.append(found)
                else:
                    unchanged.append(found.before)
                    kept.extend([found] if found.kept else [])
        here = frozenset(matching.pairs.values()) | matching.held
        return SheetDiff(
            self._report,
            self._mode,
            self._files,
            tuple(new),
            tuple(changed),
            tuple(order for order in self._state.day.orders if order.key not in here and self._may_go(order)),
            tuple(unchanged),
            tuple(kept),
            tuple(left_out),
            tuple(unclear),
            {order.key: order for order in sheet_orders},
        )

    def _is_other(self) -> bool:
        return self._report.file_name not in files_of(self._state) and any(self._has_base)

    def _may_go(self, order: Order) -> bool:
        if self._mode is SheetMode.REPLACE:
            return True
        if self._mode is SheetMode.ADD:
            return False
        return order.source is not None and order.source.file in self._files

    def _keyed(self, pairs: Mapping[int, str]) -> list[Order]:
        """The sheet's orders under the day's keys, and from this file; rules about others follow them."""
        taken = {*self._day, *self._base}
        keys: dict[str, str] = {}
        for place, order in enumerate(self._report.orders):
            key = pairs.get(place)
            if key is None:
                key = _free_key(order.key, self._report.file_name, taken)
                taken.add(key)
            keys[order.key] = key
        return [
            replace(
                order,
                key=keys[order.key],
                after=frozenset(keys.get(key, key) for key in order.after),
                source=order.source
                and replace(
                    order.source,
                    file=self._report.file_name,
                    sheet=self._labels.get(order.source.sheet, order.source.sheet),
                ),
            )
            for order in self._report.orders
        ]

    def _changed(self, said: Order) -> ChangedOrder:
        """The day's order as it becomes: what the sheet changed is taken, everything else stays."""
        mine, base = self._day[said.key], self._base[said.key]
        known = said.key in self._has_base
        changes: list[FieldChange] = []
        kept: list[FieldChange] = []
        values: dict[str, Any] = {}
        for field in FIELD_TEXTS:
            old, now, before = (getattr(order, field) for order in (mine, said, base))
            if (
                old == now
                or (field == "location" and now is None)
                or (field == "id" and _same_row_name(mine, said))
            ):
                continue
            if field in said.assumed and field in base.assumed:
                continue  # the sheet says nothing about it, now as before
            if known and now == before:
                kept.append(field_change(field, said, mine, by_hand=True))
            else:
                changes.append(field_change(field, mine, said, by_hand=known and old != before))
                values[field] = now
        # Another address is another place, unless the sheet says where that is.
        new_place = "address" in values and said.location is None and "location" not in values
        if new_place:
            values["location"] = values["placing"] = None
        if changes or said.attention != base.attention:
            values["attention"] = said.attention
        return ChangedOrder(
            mine, replace(mine, **values, source=said.source), tuple(changes), tuple(kept), new_place
        )


def _same_row_name(mine: Order, said: Order) -> bool:
    """Orders without a number are called after their row, which a new version of the sheet moves."""
    return mine.id.startswith("Row ") and said.id.startswith("Row ")


def _labels(state: DayState, report: ImportReport, files: frozenset[str], mode: SheetMode) -> dict[str, str]:
    """How each sheet of the file is called in the day: rows of two files may bear one sheet's name."""
    others = {
        order.source.sheet
        for order in state.day.orders
        if order.source and order.source.file != report.file_name and order.source.file not in files
    }
    if mode is SheetMode.ADD and report.file_name not in files_of(state):
        others |= {problem.sheet for problem in state.problems}
    if mode is SheetMode.REPLACE:
        others = set()
    names = {sheet.name for sheet in report.sheets} | {o.source.sheet for o in report.orders if o.source}
    names |= {problem.sheet for problem in report.problems}
    return {name: f"{name} ({report.file_name})" if name in others else name for name in names}


def _free_key(wanted: str, file_name: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    key, number = f"{file_name}|{wanted}", 2
    while key in taken:
        key, number = f"{file_name}|{wanted}|{number}", number + 1
    return key


def labelled(diff: SheetDiff, state: DayState) -> dict[str, str]:
    """The day's name of each sheet of the file."""
    return _labels(state, diff.report, diff.files, diff.mode)


def counts(diff: SheetDiff) -> Sequence[tuple[str, int]]:
    """The groups with their sizes, in the order in which they are shown."""
    return (
        ("new", len(diff.new)),
        ("changed", len(diff.changed)),
        ("gone", len(diff.gone)),
        ("unclear", len(diff.unclear)),
        ("left_out_before", len(diff.left_out_before)),
        ("unchanged", len(diff.unchanged)),
    )
