"""Remembered values stand where today's sheet says nothing, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from days import order

from lastmile_desktop.model import DaySettings, ImportReport, Location, Order, SourceCell
from lastmile_desktop.pipeline.customers import remembered_values, with_memory
from lastmile_desktop.pipeline.importing import day_from_reports
from lastmile_desktop.pipeline.sheet_diff import compare_sheet
from lastmile_desktop.pipeline.sheet_update import apply_sheet
from lastmile_desktop.store.customers import Customer

DAY = date(2026, 11, 12)
SPOT = Location(51.2, 3.9)
CUSTOMER = Customer(
    "Name 1", "Street 1", SPOT, 480, "back door", {"location": DAY, "service_s": DAY, "notes": DAY}
)


def known(name: str, _address: str) -> Customer | None:
    return CUSTOMER if name == "Name 1" else None


def row(number: int, **fields: object) -> Order:
    base = {
        "address": f"Street {number}", "location": None, "source": SourceCell("O", number + 1),
        "assumed": frozenset({"service_s"}),
    }  # fmt: skip
    return order(number, **{**base, **fields})


def test_what_the_sheet_leaves_open_is_remembered() -> None:
    found = with_memory(row(1), known)
    assert (found.location, found.service_s, found.notes) == (SPOT, 480, "back door")
    assert with_memory(row(2), known) == row(2)


def test_what_the_sheet_says_stays() -> None:
    here = Location(51.0, 3.7)
    said = row(1, location=here, service_s=300, notes="ring", assumed=frozenset())
    assert with_memory(said, known) == said


def test_a_new_day_and_a_newer_sheet_take_it_over() -> None:
    report = ImportReport("a.xlsx", orders=(row(1), row(2)))
    settings = DaySettings(default_service_s=240)
    state = day_from_reports([report], today=DAY, known=known, settings=settings)
    assert [o.service_s for o in state.day.orders] == [480, 240]
    assert state.day.orders[0].location == SPOT
    diff = compare_sheet(state, report)
    assert (diff.is_empty, [c.before.id for c in diff.kept]) == (True, ["B-1"])
    empty = day_from_reports([replace(report, orders=(row(2),))], today=DAY, settings=settings)
    late = compare_sheet(empty, report)
    after = apply_sheet(empty, late, late.usual_choice, lambda _n, _a: None, known)
    assert [(o.service_s, o.notes) for o in after.day.orders] == [(240, ""), (480, "back door")]


def test_the_card_says_what_is_remembered() -> None:
    found = with_memory(row(1), known)
    assert [what for what, _ in remembered_values(found, CUSTOMER)] == [
        "position",
        "8 min at the door",
        "notes",
    ]
    assert list(remembered_values(found, None)) == []
