"""Where things stand on the pages: nothing cut in two, nothing outside, everything numbered."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from lastmile_desktop.documents.manifest.compose import manifests, not_planned
from lastmile_desktop.documents.manifest.content import Manifest
from lastmile_desktop.documents.manifest.layout import lay_out, lay_out_not_planned
from lastmile_desktop.documents.manifest.page_format import A4, LETTER, PageFormat
from lastmile_desktop.documents.manifest.sheet import Box, Code, Page, Picture, Rule, Text
from lastmile_desktop.documents.manifest.stop_table import CODE_SIZE
from lastmile_desktop.documents.manifest.typography import Style
from lastmile_desktop.model import Capacity, Order
from tests.documents import factories

pytestmark = pytest.mark.usefixtures("qapp")

GOLDEN = Path(__file__).parent / "golden"
PAPERS = [A4, LETTER, PageFormat("A5", 148.0, 210.0), PageFormat("A4 landscape", 297.0, 210.0)]


def texts(page: Page) -> list[str]:
    return [mark.block.text.replace("\u2028", "\n") for mark in page.marks if isinstance(mark, Text)]


def numbers(page: Page) -> list[tuple[int, float]]:
    """The large stop numbers of a page with their upper edges."""
    return [
        (int(mark.block.text), mark.y)
        for mark in page.marks
        if isinstance(mark, Text) and mark.block.style is Style.NUMBER
    ]


def only(manifest_orders: list[Order]) -> Manifest:
    return manifests(factories.one_route_day(manifest_orders))[0]


def hostile(number: int) -> Order:
    return factories.order(
        number,
        name="Donaudampfschifffahrtsgesellschaftskapitän Wwe. & Söhne oHG " * 2,
        address="Straße des 17. Juni 1, Hinterhof, dritter Aufgang links " * 4,
        notes="word " * (number * 90) + "\n" * 40 + "x" * 500,
        phone="+49 30 " + "0" * 70,
        id="ORDER-" + "9" * 80,
    )


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_nothing_stands_outside_the_margins(paper: PageFormat) -> None:
    manifest = only([hostile(number) for number in range(1, 9)])
    width, height = paper.width - 2 * paper.margin, paper.height - 2 * paper.margin
    for page in lay_out(manifest, paper):
        for mark in page.marks:
            left, top, right, bottom = extent(mark)
            assert left >= -0.5, mark
            assert top >= -0.5, mark
            assert right <= width + 0.5 + (160 if isinstance(mark, Code) else 0), mark  # its edge is white
            assert bottom <= height + 0.5, mark


def extent(mark: object) -> tuple[float, float, float, float]:
    match mark:
        case Text():
            layout = mark.block.layout
            rects = [layout.lineAt(index).naturalTextRect() for index in range(layout.lineCount())]
            left, right = min(rect.left() for rect in rects), max(rect.right() for rect in rects)
            return mark.x + left, mark.y, mark.x + right, mark.y + mark.block.height
        case Rule():
            return mark.x1, mark.y1, mark.x2, mark.y2
        case Box():
            return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
        case Code():
            return mark.x, mark.y, mark.x + mark.size, mark.y + mark.size
        case Picture():
            return mark.x, mark.y, mark.x + mark.map.width, mark.y + mark.map.height
    raise AssertionError(mark)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_stop_stands_whole_on_one_page_in_order(paper: PageFormat) -> None:
    pages = lay_out(only([factories.order(number) for number in range(40)]), paper)
    found = [number for page in pages for number, _ in numbers(page)]
    assert found == list(range(1, 41))
    for page in pages:
        tops = [y for _, y in numbers(page)]
        assert tops == sorted(tops)
        codes = [mark.y for mark in page.marks if isinstance(mark, Code)]
        assert len(codes) == len(tops)
        ends = [*tops[1:], float("inf")][: len(tops)]
        for (number, top), following in zip(numbers(page), ends, strict=True):
            inside = [mark for mark in page.marks if isinstance(mark, Text) and top - 1 <= mark.y < following]
            assert any(f"B-{999 + number}" in mark.block.text for mark in inside), number
        assert all(below - above >= CODE_SIZE - 200 for above, below in pairwise(tops))


def test_a_page_with_stops_begins_with_head_and_header_row() -> None:
    pages = lay_out(only([factories.order(number) for number in range(40)]), A4)
    with_stops = [page for page in pages if numbers(page)]
    assert len(with_stops) >= 3
    for page in with_stops:
        said = texts(page)
        assert said.count("Customer") == 1
        assert said.count("Done, signature") == 1
    for page in pages[1:]:
        assert texts(page)[:2] == ["Sofie Lambert · Van 1", "Mon 23 Nov 2026"]
    for page in pages:
        if not numbers(page):
            assert "Customer" not in texts(page)


def test_each_page_says_which_of_how_many_and_whose() -> None:
    pages = lay_out(only([factories.order(number) for number in range(30)]), A4)
    for index, page in enumerate(pages, start=1):
        assert f"Page {index} of {len(pages)}" in texts(page)
        assert "Sofie Lambert · Van 1 · Mon 23 Nov 2026" in texts(page)
        assert "Times are straight-line estimates" in texts(page)


def test_texts_of_every_script_reach_the_page_whole() -> None:
    orders = [factories.order(number) for number in range(14)]
    said = "\n".join(text for page in lay_out(only(orders), A4) for text in texts(page))
    for order in orders:
        for text in (order.name, order.address, order.phone, order.notes, order.id):
            assert text in said


def test_long_notes_wrap_and_an_endless_one_ends_in_an_ellipsis() -> None:
    long = factories.order(1, notes="Leave it at the side door. " * 20)
    endless = factories.order(2, notes="word " * 5000)
    pages = lay_out(only([long, endless]), A4)
    said = [text for page in pages for text in texts(page)]
    assert long.notes.strip() in said
    (cut,) = [text for text in said if text.startswith("word word")]
    assert cut.endswith("…")
    assert len(cut) > 1000


def test_an_emoji_at_the_cut_is_not_halved() -> None:
    endless = factories.order(2, notes="\U0001f69a" * 6000)
    said = [text for page in lay_out(only([endless]), A4) for text in texts(page)]
    (cut,) = [text for text in said if text.startswith("\U0001f69a\U0001f69a")]
    assert cut.rstrip("…").strip("\U0001f69a") == ""


def test_the_loading_list_runs_over_pages_without_losing_a_line() -> None:
    manifest = only([factories.order(number) for number in range(190)])
    pages = lay_out(manifest, A4)
    ticks = [m for page in pages for m in page.marks if isinstance(m, Box) and m.width == 340]
    assert len(ticks) == 190


@pytest.mark.parametrize("pieces", [3, 999_999])
def test_figures_are_never_shortened_nor_run_into_each_other(pieces: int) -> None:
    heavy = factories.order(
        1, quantity_milli=pieces * 1000, weight_g=pieces * 1_000, volume_cm3=pieces * 1_000_000
    )
    manifest = only([heavy])
    values = [value for _, value in manifest.figures]
    marks = [mark for mark in lay_out(manifest, A4)[0].marks if isinstance(mark, Text)]
    first = next(index for index, mark in enumerate(marks) if mark.block.text == values[0])
    cells = marks[first : first + 2 * len(values) : 2]
    assert [mark.block.text for mark in cells] == values
    for mark, following in pairwise(cells):
        assert mark.x + mark.block.natural_width < following.x


def test_no_number_and_no_time_is_ever_cut_short() -> None:
    orders = [factories.order(n, name="N", notes="", quantity_milli=99_999_000) for n in range(1, 130)]
    van = factories.vehicle(1, shift_end_s=40 * 3600)
    route = factories.route(van, [[one] for one in orders], start_s=23 * 3600, break_after=40)
    pages = lay_out(manifests(factories.state_of([route], [van], orders))[0], A4)
    said = [text for page in pages for text in texts(page)]
    assert [text for text in said if text.endswith("…")] == []
    assert {str(number) for number in range(1, 130)} <= set(said)
    assert "00:01 +1" in said
    assert "99,999 pcs" in said


def test_the_not_planned_page_lists_every_order_left_out() -> None:
    state = factories.planned_day()
    more = [factories.order(number, id=f"X{number}") for number in range(9100, 9160)]
    day = replace(state.day, orders=(*state.day.orders, *more))
    content = not_planned(replace(state, day=day))
    assert content is not None
    pages = lay_out_not_planned(content, A4)
    said = [text for page in pages for text in texts(page)]
    assert {"F907", "F908", *(one.id for one in more)} <= set(said)
    assert "62 orders are on no route." in said
    assert sum(text == "Why, and what to do" for text in said) == len(pages) > 1


def test_a_vehicle_without_a_driver_is_its_own_title() -> None:
    state = factories.one_route_day([factories.order(1)], driver="", capacity=Capacity())
    said = texts(lay_out(manifests(state)[0], A4)[0])
    assert said.count("Van 1") == 1


def transcript(pages: list[Page]) -> str:
    """Each mark in one line, in tenths of a millimetre; font-dependent widths are left out."""
    rows = []
    for index, page in enumerate(pages, start=1):
        rows.append(f"=== page {index}")
        rows += [described(mark) for mark in page.marks]
    return "\n".join(rows) + "\n"


def described(mark: object) -> str:
    def at(x: float, y: float) -> str:
        return f"{x / 10:.0f},{y / 10:.0f}"

    match mark:
        case Text():
            return f"{at(mark.x, mark.y)} {mark.block.style.name.lower()} {mark.block.text!r}"
        case Rule():
            return f"{at(mark.x1, mark.y1)} rule to {at(mark.x2, mark.y2)}"
        case Box():
            return f"{at(mark.x, mark.y)} box {at(mark.width, mark.height)}"
        case Code():
            return f"{at(mark.x, mark.y)} code {mark.text}"
        case Picture():
            drawn = " ".join(f"{badge.number}@{at(*badge.centre)}" for badge in mark.map.badges)
            return f"{at(mark.x, mark.y)} map {drawn} scale {mark.map.scale_text}"
    raise AssertionError(mark)


@pytest.mark.parametrize("paper", [A4, LETTER], ids=lambda paper: paper.name)
def test_golden_pages(paper: PageFormat) -> None:
    """Short texts that no font wraps: every position follows from the layout alone.

    After a wanted change of the layout: write ``transcript(pages)`` to the golden file and read the diff.
    """
    orders = [factories.order(n, name=f"Name {n}", address="Road 1", notes="Ring") for n in range(12)]
    van = factories.vehicle(1, driver="Sofie", breaks=())
    state = factories.state_of(
        [factories.route(van, [[one] for one in orders], break_after=4)], [van], orders
    )
    pages = lay_out(manifests(state)[0], paper)
    golden = GOLDEN / f"manifest-{paper.name.lower()}.txt"
    assert transcript(pages) == golden.read_text(encoding="utf-8")
