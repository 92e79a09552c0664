"""One type scale for all pages, and blocks of text measured once and drawn where they belong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainter, QTextLayout, QTextOption

from lastmile_desktop.documents.manifest.page_format import UNITS_PER_INCH

UNITS_PER_POINT = UNITS_PER_INCH / 72
_ELLIPSIS = "…"
#: Wanted families per script, best first; those that the system lacks are passed over, and Qt looks further
#: by itself for characters that none of them has.
_FAMILIES = (
    *("Noto Sans", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans"),
    *("Noto Sans Arabic", "Geeza Pro", "Noto Naskh Arabic"),
    *("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans", "Droid Sans Fallback"),
)


class Style(Enum):
    """The type scale: size in points, leading as a multiple of it, bold or not."""

    TITLE = (20.0, 1.2, True)
    NUMBER = (16.0, 1.1, True)
    HEADING = (13.0, 1.25, True)
    FIGURE = (11.0, 1.25, True)
    STRONG = (10.0, 1.3, True)
    BODY = (10.0, 1.3, False)
    SMALL = (8.5, 1.3, False)
    SMALL_STRONG = (8.5, 1.3, True)
    CAPTION = (7.0, 1.3, False)
    BADGE = (7.0, 1.3, True)
    SMALL_BADGE = (5.5, 1.3, True)

    def __init__(self, points: float, leading: float, bold: bool) -> None:
        self.size = points * UNITS_PER_POINT
        self.leading = self.size * leading
        self.bold = bold

    @property
    def baseline(self) -> float:
        """Where the first line's letters stand, below the upper edge of its block."""
        return (self.leading + self.size * 0.72) / 2

    def above(self, baseline: float) -> float:
        """The upper edge that a block needs for its first line to stand on ``baseline``."""
        return baseline - self.baseline


class Align(Enum):
    """Where lines stand in their column; always as on paper, also for scripts read from the right."""

    LEFT = Qt.AlignmentFlag.AlignLeft
    RIGHT = Qt.AlignmentFlag.AlignRight
    CENTRE = Qt.AlignmentFlag.AlignHCenter


@cache
def families() -> tuple[str, ...]:
    """The wanted families that this system has; asking for others would cost a search each time."""
    known = set(QFontDatabase.families())
    return tuple(name for name in _FAMILIES if name in known) or (QFont().family(),)


@cache
def font(style: Style) -> QFont:
    """The font of a style, sized in page units."""
    made = QFont()
    made.setFamilies(families())
    made.setPixelSize(round(style.size))
    made.setBold(style.bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("liga"), 0)  # a name copied or searched for in the PDF keeps its letters
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Text broken into lines for one column width, ready to draw; ``height`` is in page units."""

    text: str
    style: Style
    width: float
    line_count: int
    layout: QTextLayout

    @property
    def height(self) -> float:
        """Height of all lines."""
        return self.line_count * self.style.leading

    @property
    def natural_width(self) -> float:
        """Width of the longest line."""
        return max((self.layout.lineAt(i).naturalTextWidth() for i in range(self.line_count)), default=0.0)

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw with the painter's pen; (x, y) is the upper left corner of the first line."""
        self.layout.draw(painter, QPointF(x, y))


def text_block(
    text: str, style: Style, width: float, align: Align = Align.LEFT, max_lines: int = 50
) -> TextBlock:
    """Break ``text`` into lines of ``width`` units; more than ``max_lines`` end in an ellipsis.

    Lines stand on a fixed grid, so that a fallback font with tall lines moves nothing else.
    """
    layout = _broken(text, style, width, align)
    if layout.lineCount() > max_lines:
        layout = _broken(_shortened(layout, style, width, max_lines), style, width, align)
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        baseline = index * style.leading + style.baseline
        line.setPosition(QPointF(0.0, baseline - line.ascent()))
    count = min(layout.lineCount(), max_lines) if text else 0
    return TextBlock(layout.text(), style, width, count, layout)


def _broken(text: str, style: Style, width: float, align: Align) -> QTextLayout:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setAlignment(align.value | Qt.AlignmentFlag.AlignAbsolute)
    layout = QTextLayout(text.replace("\n", "\u2028"), font(style))
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return layout


def _shortened(layout: QTextLayout, style: Style, width: float, max_lines: int) -> str:
    """The text of the first lines, the last of them cut so that an ellipsis fits behind it."""
    units = layout.text().encode("utf-16-le")  # Qt counts in UTF-16 units, Python in characters
    last = layout.lineAt(max_lines - 1)
    start, end = last.textStart() * 2, (last.textStart() + last.textLength()) * 2
    kept = units[:start].decode("utf-16-le", "ignore")
    tail = units[start:end].decode("utf-16-le", "ignore").rstrip(" \u2028")
    metrics = QFontMetricsF(font(style))
    while tail and metrics.horizontalAdvance(tail + _ELLIPSIS) > width:
        tail = tail[:-1]
    return f"{kept}{tail.rstrip()}{_ELLIPSIS}"
