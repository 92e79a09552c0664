"""What a person chooses about a sheet, as pure steps; when a person is asked; counts that add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.model import (
    CELL_MARK,
    ImportOptions,
    ImportReport,
    LineKind,
    Location,
    Order,
    Severity,
    SheetKind,
    SheetLayout,
    SheetPreview,
    SheetProblem,
    SheetSummary,
)
from lastmile_desktop.pipeline import sheet_choices
from lastmile_desktop.pipeline.import_judgement import SURE, count_lines, doubts_about
from lastmile_desktop.pipeline.rows_to_correct import mapping_for_corrections, rows_to_correct

COLUMNS = (("A", "id"), ("B", "name"), ("C", "address"), ("Z", "notes"), ("AA", "phone"))
LAYOUT = SheetLayout("S", 2, 3, COLUMNS, fingerprint="f")


def summary(**values: object) -> SheetSummary:
    given = {
        "name": "S",
        "kind": SheetKind.ORDERS,
        "header_row": 2,
        "columns": COLUMNS,
        "layout": LAYOUT,
        "confidence": tuple((letter, 100) for letter, _ in COLUMNS),
        **values,
    }
    return SheetSummary(**given)  # type: ignore[arg-type]


def preview(kinds: dict[int, LineKind], hidden: frozenset[int] = frozenset(), width: int = 3) -> SheetPreview:
    lines = tuple(CELL_MARK.join(f"{letter}{row}" for letter in "ABC"[:width]) for row in kinds)
    return SheetPreview(tuple(kinds), lines, tuple(kinds.values()), hidden, width)


def order(number: int, **values: object) -> Order:
    given = {"key": str(number), "id": str(number), "location": Location(51, 3), **values}
    return Order(**given)  # type: ignore[arg-type]


# ---- choices -------------------------------------------------------------------------------------------


@given(st.integers(1, 20_000))
def test_columns_have_letters_as_in_a_spreadsheet(number: int) -> None:
    assert sheet_choices.column_number(sheet_choices.column_letter(number)) == number


def test_a_field_is_taken_from_one_column_only() -> None:
    layout = sheet_choices.with_field(ImportOptions(), summary(), "D", "name").layouts[0]
    assert layout.columns == (("A", "id"), ("C", "address"), ("D", "name"), ("Z", "notes"), ("AA", "phone"))


def test_notes_may_come_from_several_columns() -> None:
    layout = sheet_choices.with_field(ImportOptions(), summary(), "AA", "notes").layouts[0]
    assert layout.columns[-2:] == (("Z", "notes"), ("AA", "notes"))


def test_a_column_that_is_not_read_is_not_named() -> None:
    layout = sheet_choices.with_field(ImportOptions(), summary(), "B", "").layouts[0]
    assert dict(layout.columns).get("B") is None
    assert (layout.header_row, layout.first_row, layout.fingerprint) == (2, 3, "f")


def test_another_heading_leaves_the_columns_to_the_reader() -> None:
    layout = sheet_choices.with_header_row(ImportOptions(), summary(), 5).layouts[0]
    assert (layout.header_row, layout.first_row, layout.columns) == (5, 0, ())


def test_another_sheet_drops_what_was_said_of_the_first() -> None:
    options = sheet_choices.with_field(ImportOptions(), summary(), "B", "")
    changed = sheet_choices.with_orders_sheet(options, "T")
    assert (changed.orders_sheet, changed.layouts) == ("T", ())


def test_a_known_layout_says_itself_which_rows_to_take() -> None:
    known = summary(known=True)
    options = ImportOptions(remembered=(LAYOUT,))
    assert sheet_choices.with_visible_only(options, known, True).layouts[0].visible_only
    assert sheet_choices.with_visible_only(ImportOptions(), summary(), True).layouts == ()


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from("ABC"), st.text(max_size=3)), max_size=12))
def test_the_last_correction_of_a_cell_counts(cells: list[tuple[int, str, str]]) -> None:
    options = ImportOptions()
    for row, column, text in cells:
        options = sheet_choices.with_cell(options, "S", row, column, text)
    kept = {(cell.row, cell.column): cell.text for cell in options.overrides}
    assert kept == {(row, column): text for row, column, text in cells}
    assert len(options.overrides) == len(kept)
    for row, column in kept:
        options = sheet_choices.without_cell(options, "S", row, column)
    assert options == ImportOptions()


def test_rows_go_aside_once_and_come_back() -> None:
    options = sheet_choices.with_rows_aside(ImportOptions(), "S", [4, 5])
    options = sheet_choices.with_rows_aside(options, "S", [5, 6])
    assert options.set_aside == (("S", 4), ("S", 5), ("S", 6))
    assert sheet_choices.with_rows_back(options, "S", [4, 6]).set_aside == (("S", 5),)


def test_what_is_remembered_tells_a_person_which_sheet_it_is() -> None:
    shown = summary(preview=preview({1: LineKind.TITLE, 2: LineKind.HEADER, 3: LineKind.ORDER}))
    mapping = sheet_choices.mapping_of(shown, "a.xlsx", date(2026, 11, 22))
    assert mapping.headings == ("A2", "B2", "C2")
    assert (mapping.layout, mapping.file_name) == (LAYOUT, "a.xlsx")


# ---- when a person is asked ----------------------------------------------------------------------------


def report(sheet: SheetSummary, *problems: SheetProblem, orders: int = 1) -> ImportReport:
    made = tuple(order(number) for number in range(orders))
    return ImportReport("a.xlsx", sheets=(sheet,), orders=made, problems=problems)


def problem(severity: Severity, category: str = "bad_time", sheet: str = "S") -> SheetProblem:
    return SheetProblem(sheet, 3, "C", "", severity, category, "A remark.")


GUESSED = (("A", 100), ("B", SURE - 1))


@pytest.mark.parametrize(
    ("sheet", "problems", "asked"),
    [
        (summary(), (), False),
        (summary(), (problem(Severity.INFO, "waiting_for_position"),), False),
        (summary(known=True), (problem(Severity.ATTENTION),), True),
        (summary(), (problem(Severity.ERROR),), True),
        (summary(confidence=GUESSED), (), True),
        (summary(confidence=GUESSED, known=True), (), False),
        (summary(), (problem(Severity.INFO, "other_sheet", "T"),), True),
        (summary(known=True), (problem(Severity.INFO, "other_sheet", "T"),), False),
        (summary(preview=preview({2: LineKind.HEADER, 3: LineKind.ORDER}, frozenset([3]))), (), True),
        (summary(preview=preview({2: LineKind.HEADER, 3: LineKind.ORDER}, frozenset([2]))), (), False),
    ],
)
def test_a_person_is_asked_when_something_is_doubtful(
    sheet: SheetSummary, problems: tuple[SheetProblem, ...], asked: bool
) -> None:
    assert bool(doubts_about(report(sheet, *problems))) is asked


def test_a_longer_table_that_nobody_understood_is_a_doubt() -> None:
    orders = summary(preview=preview({2: LineKind.HEADER, 3: LineKind.ORDER}))
    lines = dict.fromkeys(range(1, 9), LineKind.NOTE)
    other = SheetSummary("Заказы", SheetKind.IGNORED, None, preview=preview(lines))
    found = replace(report(orders), sheets=(orders, other))
    assert doubts_about(found).other_sheets == ("Заказы",)
    hidden = replace(other, hidden_sheet=True)
    assert not doubts_about(replace(found, sheets=(orders, hidden)))
    narrow = replace(other, preview=preview(lines, width=2))
    assert not doubts_about(replace(found, sheets=(orders, narrow)))


def test_a_refused_file_is_asked_about_only_when_it_can_be_shown() -> None:
    shown = SheetSummary("S", SheetKind.IGNORED, None, preview=preview({1: LineKind.NOTE}))
    assert doubts_about(ImportReport("a", status="error", sheets=(shown,)))
    assert not doubts_about(ImportReport("a", status="error"))


# ---- counts --------------------------------------------------------------------------------------------


@given(st.dictionaries(st.integers(1, 40), st.sampled_from(LineKind), max_size=30), st.data())
def test_every_line_is_counted_once(kinds: dict[int, LineKind], data: st.DataObject) -> None:
    kinds = dict(sorted(kinds.items()))
    number = sum(kind is LineKind.ORDER for kind in kinds.values())
    flags = data.draw(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=number, max_size=number))
    orders = tuple(
        order(n, attention=attention, location=Location(51, 3) if placed else None)
        for n, (attention, placed) in enumerate(flags)
    )
    made = replace(report(summary(preview=preview(kinds))), orders=orders)
    counts = count_lines(made)
    assert counts.lines == max(kinds, default=0)
    assert counts.orders == number
    assert counts.left_out == sum(kind is LineKind.LEFT_OUT for kind in kinds.values())


# ---- rows to correct -----------------------------------------------------------------------------------


def test_rows_to_correct_are_those_that_are_not_taken_with_what_is_wrong() -> None:
    kinds = {2: LineKind.HEADER, 3: LineKind.LEFT_OUT, 4: LineKind.ORDER, 5: LineKind.SET_ASIDE}
    made = report(summary(preview=preview(kinds)), problem(Severity.ERROR))
    rows = rows_to_correct(made)
    assert rows.headings == (("A2", "B2", "C2"),)
    assert rows.rows == ((("A3", "B3", "C3"), "A remark."), (("A5", "B5", "C5"), "Set aside by hand."))
    mapping = mapping_for_corrections(made, rows, "b.xlsx", date(2026, 11, 22))
    assert mapping is not None
    assert mapping.layout.columns == COLUMNS
    assert mapping.layout.fingerprint not in ("", "f")


def test_rows_of_a_sheet_without_headings_get_some() -> None:
    bare = replace(LAYOUT, header_row=None, first_row=1, columns=(("A", "window_start"), ("C", "postcode")))
    rows = rows_to_correct(report(summary(layout=bare, preview=preview({1: LineKind.LEFT_OUT}))))
    assert rows.headings == (("From", "", "Postcode"),)
