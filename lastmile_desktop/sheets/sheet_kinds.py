"""Which worksheet holds orders, which vehicles, which depots; and which orders sheets belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lastmile_desktop.model import ImportOptions, SheetKind
from lastmile_desktop.model.sheet_layout import GUIDE_SHEET_MARK, PLAN_SHEET_MARK
from lastmile_desktop.sheets.columns import matcher_for
from lastmile_desktop.sheets.grid import Grid
from lastmile_desktop.sheets.header import Header, find_header
from lastmile_desktop.sheets.headless import header_by_content
from lastmile_desktop.sheets.layouts import chosen_header, remembered_header
from lastmile_desktop.sheets.lines import PLACE_FIELDS
from lastmile_desktop.sheets.split_tables import split_tables
from lastmile_desktop.sheets.text import heading_name, word_set
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.words import line_words

_VEHICLE_SIGNS = word_set(
    "capacity capacity_kg capacity_m3 driver shift_start shift_end shift max_stops max_distance "
    "max_duration cost_per_km fixed_cost cost_per_hour break_minutes"
)
#: Without any of these a sheet of amounts is no fleet.
_VEHICLE_OWN = frozenset(["name", "driver", "shift_start", "shift_end", "shift"])
_NAME_BONUS = 4.0
_OLD_MALUS = 3.0
#: Two sheets that share more of their order numbers than this are one and its copy.
_SHARE_OF_COPY = 0.5


@dataclass(slots=True)
class Candidate:
    """One worksheet and what it holds. ``known`` says that a person chose or accepted its layout."""

    grid: Grid
    kind: SheetKind
    header: Header | None
    known: bool = False
    visible_only: bool = False

    @property
    def score(self) -> float:
        """How much the sheet looks like what it was taken for."""
        if self.header is None:
            return 0.0
        return self.header.score - (_OLD_MALUS if is_kept_sheet(self.grid.name) else 0.0)


def classify_all(grids: Sequence[Grid], options: ImportOptions) -> list[Candidate]:
    """Every worksheet with its kind; without any orders, sheets without a heading are looked at too."""
    single = len(grids) == 1
    candidates = [
        _classify(part, options, single=single)
        for grid in grids
        for part in ([grid] if options.layout_of(grid.name) else split_tables(grid))
    ]
    if not any(candidate.kind is SheetKind.ORDERS for candidate in candidates):
        for candidate in candidates:
            if candidate.kind is not SheetKind.IGNORED or _is_left_out(candidate.grid, options):
                continue
            header = header_by_content(candidate.grid)
            if header is not None:
                candidate.kind, candidate.header = SheetKind.ORDERS, header
    return candidates


def _is_left_out(grid: Grid, options: ImportOptions) -> bool:
    chosen = options.orders_sheet == grid.name or options.layout_of(grid.name) is not None
    return (grid.is_hidden or _is_our_own(grid)) and not chosen


def _is_our_own(grid: Grid) -> bool:
    """True for a sheet that this program wrote into a workbook for people to read: it holds no orders."""
    first = grid.rows.get(1, {}).get(1)
    return isinstance(first, str) and first.startswith((PLAN_SHEET_MARK, GUIDE_SHEET_MARK))


def _classify(grid: Grid, options: ImportOptions, *, single: bool) -> Candidate:
    layout = options.layout_of(grid.name)
    if layout is not None:
        header = chosen_header(grid, layout)
        kind = SheetKind.ORDERS if header is not None else SheetKind.IGNORED
        return Candidate(grid, kind, header, known=True, visible_only=layout.visible_only)
    if _is_left_out(grid, options):
        return Candidate(grid, SheetKind.IGNORED, None)
    remembered = remembered_header(grid, options.remembered)
    if remembered is not None:
        header, layout = remembered
        visible = layout.visible_only or options.visible_only
        return Candidate(grid, SheetKind.ORDERS, header, known=True, visible_only=visible)
    kind, header = _best_kind(grid, single=single, must_be_orders=options.orders_sheet == grid.name)
    return Candidate(grid, kind, header, visible_only=options.visible_only)


def _best_kind(grid: Grid, *, single: bool, must_be_orders: bool) -> tuple[SheetKind, Header | None]:
    hints = {kind for kind, text in line_words.SHEET_NAME_WORDS.items() if _named_like(grid.name, text)}
    found: dict[SheetKind, tuple[float, Header]] = {}
    kinds = (SheetKind.ORDERS, SheetKind.VEHICLES, SheetKind.DEPOTS)
    for kind in (SheetKind.ORDERS,) if must_be_orders else kinds:
        header = find_header(grid, matcher_for(kind.value))
        if header is None:
            continue
        named = kind.value in hints and not (single and kind is SheetKind.DEPOTS)
        fields = header.fields
        if kind is SheetKind.ORDERS and not fields & set(PLACE_FIELDS):
            continue
        if kind is SheetKind.VEHICLES and not (
            (len(fields & _VEHICLE_SIGNS) >= 2 and (named or fields & _VEHICLE_OWN))
            or (named and fields & {"name", "driver"})
        ):
            continue
        if kind is SheetKind.DEPOTS and not (named and fields & set(PLACE_FIELDS)):
            continue
        score = header.score + (_NAME_BONUS if named else 0.0)
        if kind is SheetKind.VEHICLES and not named and fields & {"address", "street", "postcode", "town"}:
            score -= _NAME_BONUS
        found[kind] = (score, header)
    if not found:
        return SheetKind.IGNORED, None
    best = max(found, key=lambda kind: found[kind][0])
    return best, found[best][1]


def _named_like(name: str, words: str) -> bool:
    named = heading_name(name).full
    known = {heading_name(word).full for word in words.split("|")}
    return any(named[i : i + 1] in known for i in range(len(named))) or named in known


def is_kept_sheet(name: str) -> bool:
    """True for worksheets that are kept, not delivered: archives, templates, examples, copies."""
    return _named_like(name, line_words.OLD_SHEET_WORDS)


def choose_orders(candidates: Sequence[Candidate], options: ImportOptions) -> list[Candidate]:
    """The sheets to read orders from: the best one, and those that go on in the same columns."""
    pool = [candidate for candidate in candidates if candidate.kind is SheetKind.ORDERS]
    chosen = [candidate for candidate in pool if options.layout_of(candidate.grid.name) is not None]
    if options.orders_sheet or chosen:
        named = [candidate for candidate in pool if candidate.grid.name == options.orders_sheet]
        return named or chosen
    with_rows = [candidate for candidate in pool if _has_rows(candidate)]
    best = max(with_rows or pool, key=lambda candidate: round(candidate.score, 1), default=None)
    if best is None:
        return []
    taken = [best]
    for candidate in with_rows:
        same_sheet = candidate.grid.name == best.grid.name
        if candidate is not best and (same_sheet or _goes_on(candidate, taken)):
            taken.append(candidate)
    return sorted(taken, key=lambda candidate: [c is candidate for c in candidates].index(True))


def _has_rows(candidate: Candidate) -> bool:
    return candidate.header is not None and candidate.grid.last_row > candidate.header.last_row


def _goes_on(candidate: Candidate, taken: Sequence[Candidate]) -> bool:
    """True for a sheet with the same headings (a day, a tour) that is no copy and no archive."""
    best = taken[0]
    if is_kept_sheet(candidate.grid.name) or is_kept_sheet(best.grid.name):
        return False
    if _heading_set(candidate) != _heading_set(best) or candidate.header is None:
        return False
    numbers = _order_numbers(candidate)
    known = set().union(*(_order_numbers(other) for other in taken))
    return not numbers or len(numbers & known) <= _SHARE_OF_COPY * len(numbers)


def _heading_set(candidate: Candidate) -> frozenset[tuple[str, ...]]:
    if candidate.header is None or candidate.header.is_missing:
        return frozenset([("no heading", candidate.grid.name)])
    return frozenset(heading_name(text).full for text in candidate.header.headings.values())


def _order_numbers(candidate: Candidate) -> set[str]:
    header = candidate.header
    column = header.first("id") if header else None
    if header is None or column is None:
        return set()
    below = candidate.grid.column_values(column.number, header.last_row, limit=10**9)
    texts = (as_text(value) for value in below)
    return {text for text in texts if any(sign.isdigit() for sign in text)}
