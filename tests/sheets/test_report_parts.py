"""A report arrives as it was sent, however many orders and remarks it has."""

from __future__ import annotations

from datetime import date

import pytest

from lastmile_desktop.model import ImportReport, Order, Severity, SheetProblem
from lastmile_desktop.sheets.report_parts import PartsTogether, ReportPart, in_parts


@pytest.mark.parametrize(("orders", "problems"), [(0, 0), (1, 0), (500, 501), (1203, 7)])
def test_what_is_sent_in_parts_is_whole_again(orders: int, problems: int) -> None:
    report = ImportReport(
        "a.csv",
        orders=tuple(Order(key=str(n), id=str(n)) for n in range(orders)),
        problems=tuple(SheetProblem("a", n, "A", "", Severity.INFO, "x", "y") for n in range(problems)),
        sheet_date=date(2026, 11, 23),
    )
    *parts, last = in_parts(report)
    together = PartsTogether()
    for part in parts:
        assert isinstance(part, ReportPart)
        assert len(part.items) <= 500
        together.add(part)
    assert isinstance(last, ImportReport)
    assert (last.orders, last.problems) == ((), ())
    assert together.whole(last) == report
