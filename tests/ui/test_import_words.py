"""The one line after an import says all that a dispatcher must know before pressing Plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from lastmile_desktop.model import Day, DayState, ImportReport, Location, Order, wording
from lastmile_desktop.ui.import_words import import_result


def test_a_sheet_for_a_day_that_is_over_says_so() -> None:
    order = Order("k", "B-1", location=Location(51.0, 3.7))
    today = DayState(Day(date.today(), orders=(order,)))
    report = ImportReport("monday.xlsx", orders=(order,))
    assert (import_result(report, today).text, import_result(report, today).kind) == (
        "monday.xlsx: 1 order ready.",
        "ok",
    )
    long_ago = date.today() - timedelta(days=400)
    old = import_result(report, replace(today, day=replace(today.day, date=long_ago)))
    assert wording.calendar_day(long_ago) in old.text
    assert old.kind == "warning"
