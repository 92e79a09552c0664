"""Where everything stands on a driver's pages: measured once, then the same on file, printer and screen."""

from __future__ import annotations

from lastmile_desktop.documents.manifest.content import (
    ESTIMATE_NOTE,
    LoadingLine,
    LoadingList,
    Manifest,
    NotPlanned,
)
from lastmile_desktop.documents.manifest.mini_map import (
    Ground,
    LegLine,
    mini_map,
    picture_aspect,
    straight_line,
)
from lastmile_desktop.documents.manifest.page_format import PageFormat
from lastmile_desktop.documents.manifest.sheet import (
    GREY,
    INK,
    STRONG_RULE,
    Box,
    Flow,
    Page,
    Picture,
    Rule,
    Text,
)
from lastmile_desktop.documents.manifest.stop_table import StopTable
from lastmile_desktop.documents.manifest.typography import Align, Style, text_block
from lastmile_desktop.documents.manifest.unplanned_table import UnplannedTable

_LOWEST_MAP, _HIGHEST_MAP = 6000.0, 9500.0
_LOADING_ROW = 620.0
_LOADING_GAP = 700.0
_LOAD_SHARE = 0.62
_FIGURE_INSET = 180.0
_DATE_Y = Style.HEADING.above(Style.TITLE.baseline)
#: Keeps order number and name in this order when the name is Arabic or Hebrew.
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"


def lay_out(
    manifest: Manifest, paper: PageFormat, line: LegLine = straight_line, ground: Ground | None = None
) -> list[Page]:
    """All pages of one driver, at least one, each with its number of how many."""
    flow = Flow(paper, lambda page, width: _running_head(page, width, manifest))
    _head(flow, manifest)
    _figures(flow, manifest)
    _picture(flow, manifest, line, ground)
    _stops(flow, manifest)
    for loading in manifest.loading:
        _loading(flow, loading)
    _sign_off(flow)
    flow.number_pages(manifest.caption, ESTIMATE_NOTE if manifest.remark else "")
    return flow.pages


def lay_out_not_planned(content: NotPlanned, paper: PageFormat) -> list[Page]:
    """The dispatcher's last pages: orders on no route, with the reason of each."""
    flow = Flow(paper, lambda page, width: _plain_head(page, width, "Not planned", content.short_date))
    page = flow.page
    page.text(0, 0, "Not planned", Style.TITLE, flow.width * 0.6)
    page.text(flow.width * 0.4, _DATE_Y, content.date, Style.HEADING, flow.width * 0.6, Align.RIGHT)
    flow.y = 900.0
    count = len(content.orders)
    said = "1 order is on no route." if count == 1 else f"{count} orders are on no route."
    flow.y += page.text(0, flow.y, said, Style.BODY, flow.width, colour=GREY) + 250
    table = UnplannedTable(flow.width)
    for index, one in enumerate(content.orders):
        row = table.row(one)
        if index == 0:
            flow.start_table(table.header, row.height)
        flow.need(row.height)
        row.put(flow.page, flow.y)
        flow.y += row.height
    flow.number_pages(f"Not planned · {content.short_date}", "")
    return flow.pages


def lay_out_nothing(date: str, short_date: str, paper: PageFormat) -> list[Page]:
    """One page that says that there is nothing to drive: a file cannot have no page."""
    flow = Flow(paper, lambda page, width: _plain_head(page, width, "Manifests", short_date))
    flow.page.text(0, 0, "Nothing to drive", Style.TITLE, flow.width)
    said = f"No route has a stop on {date}. Plan the day, then print again."
    flow.page.text(0, 1000, said, Style.BODY, flow.width, colour=GREY, max_lines=3)
    flow.number_pages(short_date, "")
    return flow.pages


def _head(flow: Flow, manifest: Manifest) -> None:
    page, width = flow.page, flow.width
    date = text_block(manifest.date, Style.HEADING, width * 0.45, Align.RIGHT, 1)
    title_width = width - date.natural_width - 500
    page.text(width * 0.55, _DATE_Y, manifest.date, Style.HEADING, width * 0.45, Align.RIGHT)
    flow.y = page.text(0, 0, manifest.title, Style.TITLE, title_width, max_lines=2)
    if manifest.subtitle:
        flow.y += page.text(0, flow.y, manifest.subtitle, Style.HEADING, title_width, max_lines=2)
    flow.y += 40
    flow.y += page.text(0, flow.y, manifest.places, Style.SMALL, width, colour=GREY, max_lines=2)
    flow.y += 220


def _figures(flow: Flow, manifest: Manifest) -> None:
    page, width, top = flow.page, flow.width, flow.y
    page.marks.append(Rule(0, top, width, top, STRONG_RULE, INK))
    cell = width / len(manifest.figures)
    style = _figure_style([value for _, value in manifest.figures], cell - _FIGURE_INSET - 60)
    for index, (label, value) in enumerate(manifest.figures):
        x = index * cell
        inset = 0.0 if index == 0 else _FIGURE_INSET
        page.text(x + inset, top + 140, label, Style.CAPTION, cell - inset, colour=GREY)
        page.text(x + inset, style.above(top + 880), value, style, cell - inset - 60)
        if index:
            page.marks.append(Rule(x, top + 170, x, top + 960))
    flow.y = top + 1120
    page.marks.append(Rule(0, flow.y, width, flow.y))
    if manifest.remark:
        flow.y += 90
        flow.y += page.text(0, flow.y, manifest.remark, Style.CAPTION, width, colour=GREY)
    flow.y += 160


def _figure_style(values: list[str], room: float) -> Style:
    """The largest style in which every figure is seen whole: a shortened figure would be a wrong one."""
    for style in (Style.FIGURE, Style.STRONG, Style.SMALL_STRONG):
        if all(text_block(value, style, 10 * room).natural_width <= room for value in values):
            return style
    return Style.CAPTION


def _picture(flow: Flow, manifest: Manifest, line: LegLine, ground: Ground | None) -> None:
    if not any(number is not None for number, _ in manifest.drawing.points):
        return
    wanted = flow.width * picture_aspect(manifest.drawing)
    height = min(max(wanted, _LOWEST_MAP), _HIGHEST_MAP, flow.room() * 0.5)
    flow.page.marks.append(Picture(0, flow.y, mini_map(manifest.drawing, flow.width, height, line, ground)))
    flow.y += height + 300


def _stops(flow: Flow, manifest: Manifest) -> None:
    table = StopTable(flow.width)
    flow.header = table.header
    tallest = flow.room_on_new_page()
    flow.end_table()
    for index, content in enumerate(manifest.rows):
        row = table.row(content, tallest)
        if index == 0:
            flow.start_table(table.header, row.height)
        flow.need(row.height)
        row.put(flow.page, flow.y)
        flow.y += row.height
    flow.end_table()


def _sign_off(flow: Flow) -> None:
    """Blanks that the driver fills in: the odometer, the times, the name."""
    flow.need(1500)
    flow.y += 900
    labels = ("Left at", "Odometer", "Back at", "Odometer", "Driver's signature")
    shares = (0.14, 0.18, 0.14, 0.18, 0.36)
    x = 0.0
    for label, share in zip(labels, shares, strict=True):
        width = flow.width * share
        flow.page.marks.append(Rule(x, flow.y, x + width - 300, flow.y, 14, INK))
        flow.page.text(x, flow.y + 60, label, Style.CAPTION, width - 300, colour=GREY)
        x += width
    flow.y += 600


def _loading(flow: Flow, loading: LoadingList) -> None:
    heading = 1150.0
    flow.y += 0 if flow.at_top else 450
    flow.need(heading + min(len(loading.lines), 4) * _LOADING_ROW)
    page = flow.page
    total = " · ".join(loading.total)
    page.text(0, flow.y, loading.title, Style.HEADING, flow.width * 0.5)
    page.text(flow.width * 0.5, flow.y + 90, total, Style.BODY, flow.width * 0.5, Align.RIGHT)
    said = "In loading order: the last stop goes in first."
    page.text(0, flow.y + 560, said, Style.CAPTION, flow.width, colour=GREY)
    flow.y += heading - 150
    page.marks.append(Rule(0, flow.y, flow.width, flow.y, STRONG_RULE, INK))
    flow.y += 60
    rest = list(loading.lines)
    while rest:
        fitting = int(flow.room() // _LOADING_ROW)
        if fitting < 1:
            flow.break_page()
            continue
        per_column = min(fitting, (len(rest) + 1) // 2)
        taken, rest = rest[: 2 * per_column], rest[2 * per_column :]
        _loading_columns(flow, taken, per_column)
        flow.y += per_column * _LOADING_ROW
        if rest:
            flow.break_page()


def _loading_columns(flow: Flow, lines: list[LoadingLine], per_column: int) -> None:
    """Down the left column, then down the right one."""
    width = (flow.width - _LOADING_GAP) / 2
    for index, line in enumerate(lines):
        x = (index // per_column) * (width + _LOADING_GAP)
        _loading_line(flow.page, x, flow.y + (index % per_column) * _LOADING_ROW, width, line)


def _loading_line(page: Page, x: float, y: float, width: float, line: LoadingLine) -> None:
    text_y = y + 120
    page.marks.append(Box(x, y + 140, 340, 340, stroke=INK, weight=22))
    page.text(x + 350, text_y - 40, str(line.number), Style.STRONG, 800, Align.RIGHT)
    most = width * _LOAD_SHARE
    load = text_block(", ".join(line.load), Style.SMALL, most, Align.RIGHT, 1)
    page.marks.append(Text(x + width - most, text_y, load))
    room = width - 1350 - load.natural_width - 150
    what = f"{_LEFT_TO_RIGHT}{line.order_ids}   {line.name}"
    page.text(x + 1350, text_y, what, Style.SMALL, room)
    page.marks.append(Rule(x, y + _LOADING_ROW, x + width, y + _LOADING_ROW))


def _running_head(page: Page, width: float, manifest: Manifest) -> float:
    name = " · ".join(part for part in (manifest.title, manifest.subtitle) if part)
    return _plain_head(page, width, name, manifest.short_date)


def _plain_head(page: Page, width: float, left: str, right: str) -> float:
    page.text(0, 0, left, Style.STRONG, width * 0.7)
    page.text(width * 0.7, 0, right, Style.BODY, width * 0.3, Align.RIGHT)
    page.marks.append(Rule(0, 560, width, 560, STRONG_RULE, INK))
    return 700.0
