"""The marks that a page is made of, and the flow that fills page after page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lastmile_desktop.documents.manifest.mini_map import MiniMap
from lastmile_desktop.documents.manifest.page_format import PageFormat
from lastmile_desktop.documents.manifest.typography import Align, Style, TextBlock, text_block

INK = "#111111"
GREY = "#555555"
RULE = "#B8BEC6"
PALE = "#F0F2F5"
HAIR = 14.0
STRONG_RULE = 40.0
_FOOTER_HEIGHT = 620.0


@dataclass(frozen=True, slots=True)
class Text:
    """A measured block with its upper left corner at (x, y)."""

    x: float
    y: float
    block: TextBlock
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line of ``weight`` units."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float = HAIR
    colour: str = RULE


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled or outlined or both."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    weight: float = HAIR


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with its quiet zone in a square of ``size`` units."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A route drawing with its upper left corner at (x, y)."""

    x: float
    y: float
    map: MiniMap


Mark = Text | Rule | Box | Code | Picture


@dataclass(slots=True)
class Page:
    """One page's marks, in page units from the upper left corner of the area inside the margins."""

    marks: list[Mark] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        width: float,
        align: Align = Align.LEFT,
        colour: str = INK,
        max_lines: int = 1,
    ) -> float:
        """Put text on the page, cut to ``max_lines``; gives its height."""
        block = text_block(text, style, width, align, max_lines)
        if block.line_count:
            self.marks.append(Text(x, y, block, colour))
        return block.height


class Flow:
    """Fills pages from top to bottom; a new page gets the running head and whatever header is set."""

    def __init__(self, paper: PageFormat, running_head: Callable[[Page, float], float]) -> None:
        self.width = paper.width - 2 * paper.margin
        self.bottom = paper.height - 2 * paper.margin - _FOOTER_HEIGHT
        self.pages = [Page()]
        self.y = self._top = 0.0
        self.header: Callable[[Page, float], float] | None = None
        self._running_head = running_head

    @property
    def page(self) -> Page:
        """The page that is being filled."""
        return self.pages[-1]

    @property
    def at_top(self) -> bool:
        """True while nothing stands below the running head of this page."""
        return self.y == self._top

    def room(self) -> float:
        """Height left on the page."""
        return self.bottom - self.y

    def room_on_new_page(self) -> float:
        """Height that a page of its own offers below its heads."""
        scratch = Page()
        used = self._running_head(scratch, self.width)
        return self.bottom - used - (self.header(scratch, used) if self.header else 0.0)

    def need(self, height: float) -> None:
        """Begin a new page when ``height`` does not fit on this one."""
        if height > self.room():
            self.break_page()

    def break_page(self) -> None:
        """Begin a new page: running head, then the table's header row when one is set."""
        self.pages.append(Page())
        self.y = self._running_head(self.page, self.width)
        if self.header is not None:
            self.y += self.header(self.page, self.y)
        self._top = self.y

    def start_table(self, header: Callable[[Page, float], float], first_row: float) -> None:
        """Draw a table's header here, or on a new page when its first row would not fit below it."""
        self.header = None
        height = header(Page(), 0.0)
        self.need(height + first_row)
        self.y += header(self.page, self.y)
        self.header = header

    def end_table(self) -> None:
        """Later pages carry no header row any more."""
        self.header = None

    def number_pages(self, caption: str, remark: str) -> None:
        """Write the foot of every page: who and when, the remark, and "Page x of y"."""
        for index, page in enumerate(self.pages, start=1):
            y = self.bottom + 180.0
            page.marks.append(Rule(0.0, y, self.width, y))
            page.text(0.0, y + 80, caption, Style.CAPTION, self.width * 0.45, colour=GREY)
            page.text(
                self.width * 0.45, y + 80, remark, Style.CAPTION, self.width * 0.4, Align.CENTRE, colour=GREY
            )
            page.text(
                self.width * 0.85,
                y + 80,
                f"Page {index} of {len(self.pages)}",
                Style.CAPTION,
                self.width * 0.15,
                Align.RIGHT,
                INK,
            )
