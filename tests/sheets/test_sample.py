"""The bundled sample day and the template go through the same door as any file."""

from __future__ import annotations

from pathlib import Path

from lastmile_desktop.sheets import read_sheet
from lastmile_desktop.sheets.sample import SAMPLE_ORDERS, write_sample_workbook, write_template_workbook


def test_the_sample_day_is_clean_and_always_the_same(tmp_path: Path) -> None:
    """60 orders, five vehicles with a break each, one depot, nothing to flag; the same bytes each time."""
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_sample_workbook(first)
    write_sample_workbook(second)
    assert first.read_bytes() == second.read_bytes()
    report = read_sheet(first)
    assert report.ok, report.message
    assert report.problems == ()
    assert len(report.orders) == SAMPLE_ORDERS
    assert all(order.location and order.weight_g for order in report.orders)
    assert [len(vehicle.breaks) for vehicle in report.vehicles] == [1] * 5
    assert [depot.name for depot in report.depots] == ["Morgenrot Bakery"]


def test_the_sample_day_shows_what_a_first_look_should(tmp_path: Path) -> None:
    """Names in four scripts, two windows, a skill that no van has, and room for the rest."""
    path = tmp_path / "sample.xlsx"
    write_sample_workbook(path)
    report = read_sheet(path)
    names = " ".join(order.name for order in report.orders)
    assert all(word in names for word in ("Łódka", "Ταβέρνα", "الياسمين", "茉莉花"))
    assert [order.id for order in report.orders if len(order.windows) == 2] == ["MR-109"]
    fleet_skills = frozenset().union(*(vehicle.skills for vehicle in report.vehicles))
    assert [order.id for order in report.orders if not order.skills <= fleet_skills] == ["MR-134"]
    places = sum(vehicle.capacity.quantity_milli or 0 for vehicle in report.vehicles)
    assert sum(order.quantity_milli for order in report.orders) < 0.8 * places


def test_the_template_imports_cleanly(tmp_path: Path) -> None:
    """A person who fills in the template sees no remark of ours."""
    path = tmp_path / "template.xlsx"
    write_template_workbook(path)
    report = read_sheet(path)
    assert report.ok
    assert report.problems == ()
    assert (len(report.orders), len(report.vehicles), len(report.depots)) == (1, 1, 1)
