"""The table of stops: columns, header row, and rows measured before they are placed."""

from __future__ import annotations

from dataclasses import dataclass

from lastmile_desktop.documents.manifest.content import Row, RowKind
from lastmile_desktop.documents.manifest.sheet import (
    GREY,
    INK,
    PALE,
    RULE,
    STRONG_RULE,
    Box,
    Code,
    Mark,
    Page,
    Rule,
    Text,
)
from lastmile_desktop.documents.manifest.typography import Align, Style, text_block

#: Its white edge is part of the row's padding.
CODE_SIZE = 1900.0
_CODE_EDGE = 155.0
_HEADER_HEIGHT = 480.0
_LINE_HEIGHT = 640.0
_PAD = 130.0
#: All first lines of a row stand on it.
_BASELINE = 545.0
_GAP = 220.0
_NOTES_GAP = 420.0
_TICK = 480.0
_NUMBER, _TIME, _LOAD, _DONE = 1150.0, 2350.0, 1500.0, 2450.0
_CUSTOMER_SHARE = 0.62


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A measured row: its height, and its marks relative to its upper left corner."""

    height: float
    marks: tuple[Mark, ...]

    def put(self, page: Page, y: float) -> None:
        """Add the row to ``page`` with its upper edge at ``y``."""
        page.marks.extend(_moved(mark, y) for mark in self.marks)


def _moved(mark: Mark, dy: float) -> Mark:
    match mark:
        case Text():
            return Text(mark.x, mark.y + dy, mark.block, mark.colour)
        case Rule():
            return Rule(mark.x1, mark.y1 + dy, mark.x2, mark.y2 + dy, mark.weight, mark.colour)
        case Box():
            return Box(mark.x, mark.y + dy, mark.width, mark.height, mark.fill, mark.stroke, mark.weight)
        case Code():
            return Code(mark.x, mark.y + dy, mark.size, mark.text)
        case _:
            raise TypeError(f"{type(mark).__name__} cannot stand in a table row")


class Stack:
    """Blocks of text below each other in one column."""

    def __init__(self, x: float, y: float, width: float, align: Align = Align.LEFT) -> None:
        self._x, self._width, self._align = x, width, align
        self.y = y
        self.marks: list[Mark] = []

    def add(self, text: str, style: Style, colour: str = INK, max_lines: int = 1) -> None:
        """Put ``text`` below what is there; nothing for an empty text."""
        if text and max_lines > 0:
            block = text_block(text, style, self._width, self._align, max_lines)
            self.marks.append(Text(self._x, self.y, block, colour))
            self.y += block.height


class StopTable:
    """Columns for one page width."""

    def __init__(self, width: float) -> None:
        self._width = width
        self._time_x = _NUMBER
        self._customer_x = self._time_x + _TIME
        self._code_x = width - CODE_SIZE + _CODE_EDGE
        self._done_x = self._code_x - _DONE - 60
        flexible = self._done_x - _GAP - self._customer_x - _LOAD - _GAP - _NOTES_GAP
        self._customer_width = flexible * _CUSTOMER_SHARE
        self._load_x = self._customer_x + self._customer_width + _GAP
        self._notes_x = self._load_x + _LOAD + _NOTES_GAP
        self._notes_width = flexible * (1 - _CUSTOMER_SHARE)

    def header(self, page: Page, y: float) -> float:
        """Draw the header row at ``y``; gives its height."""
        titles = (
            (0.0, _NUMBER - _GAP, "Stop", Align.LEFT),
            (self._time_x, _TIME - _GAP, "Arrival, window", Align.LEFT),
            (self._customer_x, self._customer_width, "Customer", Align.LEFT),
            (self._load_x, _LOAD, "Load", Align.RIGHT),
            (self._notes_x, self._notes_width, "Notes", Align.LEFT),
            (self._done_x, _DONE, "Done, signature", Align.LEFT),
            (self._code_x + _CODE_EDGE, CODE_SIZE - 2 * _CODE_EDGE, "Navigate", Align.LEFT),
        )
        for x, width, title, align in titles:
            page.text(x, y + 60, title, Style.CAPTION, width, align, GREY)
        page.marks.append(Rule(0, y + _HEADER_HEIGHT, self._width, y + _HEADER_HEIGHT, STRONG_RULE, INK))
        return _HEADER_HEIGHT

    def row(self, row: Row, tallest: float) -> PlacedRow:
        """Measure one row; texts that would make it taller than ``tallest`` end in an ellipsis."""
        return self._stop(row, tallest) if row.kind is RowKind.STOP else self._line(row)

    def _line(self, row: Row) -> PlacedRow:
        """A slim row: the way out, the way back, a break."""
        marks: list[Mark] = []
        if row.kind is RowKind.PAUSE:
            marks.append(Box(0, 0, self._width, _LINE_HEIGHT, fill=PALE))
        time = Stack(self._time_x, Style.STRONG.above(430), _TIME - _GAP)
        time.add(row.time, Style.STRONG)
        text = Stack(self._customer_x, Style.BODY.above(430), self._width - self._customer_x)
        text.add(" · ".join((row.title, *row.timing)), Style.BODY)
        marks += [*time.marks, *text.marks, self._rule(_LINE_HEIGHT)]
        return PlacedRow(_LINE_HEIGHT, tuple(marks))

    def _stop(self, row: Row, tallest: float) -> PlacedRow:
        room = tallest - 2 * _PAD
        style = Style.NUMBER if (row.number or 0) < 100 else Style.HEADING
        number = Stack(0, style.above(_BASELINE), _NUMBER - 100)
        number.add(str(row.number), style)
        columns = [number, self._times(row), self._customer(row), self._load(row), self._notes(row, room)]
        height = max(CODE_SIZE, *(column.y + _PAD for column in columns))
        marks = [mark for column in columns for mark in column.marks]
        marks += self._done(height)
        if row.link is not None:
            marks.append(Code(self._code_x, 0, CODE_SIZE, row.link))
        return PlacedRow(height, (*marks, self._rule(height)))

    def _times(self, row: Row) -> Stack:
        stack = Stack(self._time_x, Style.HEADING.above(_BASELINE), _TIME - _GAP)
        stack.add(row.time, Style.HEADING, max_lines=2)
        for window in row.windows[:6]:
            stack.add(window, Style.SMALL, GREY if window == "any time" else INK, max_lines=2)
        for said in row.timing:
            stack.add(said, Style.SMALL_STRONG, max_lines=2)
        return stack

    def _customer(self, row: Row) -> Stack:
        stack = Stack(self._customer_x, Style.STRONG.above(_BASELINE), self._customer_width)
        stack.add(row.title, Style.STRONG, max_lines=5)
        stack.add(row.address, Style.SMALL, max_lines=5)
        stack.add(row.contact, Style.SMALL, max_lines=2)
        if row.title != row.order_ids:
            stack.add(row.order_ids, Style.SMALL, GREY, max_lines=3)
        return stack

    def _load(self, row: Row) -> Stack:
        stack = Stack(self._load_x, Style.SMALL.above(_BASELINE), _LOAD, Align.RIGHT)
        for index, amount in enumerate(row.load):
            stack.add(amount, Style.SMALL_STRONG if index == 0 else Style.SMALL, max_lines=3)
        return stack

    def _notes(self, row: Row, room: float) -> Stack:
        stack = Stack(self._notes_x, Style.SMALL.above(_BASELINE), self._notes_width)
        for said in row.remarks:
            stack.add(said, Style.SMALL_STRONG, max_lines=6)
        stack.add(row.notes, Style.SMALL, max_lines=int((room - stack.y) // Style.SMALL.leading))
        return stack

    def _done(self, height: float) -> list[Mark]:
        line_y = height - 300
        return [
            Box(self._done_x, _CODE_EDGE + 20, _TICK, _TICK, stroke=INK, weight=28),
            Rule(self._done_x, line_y, self._done_x + _DONE, line_y, 14, INK),
        ]

    def _rule(self, height: float) -> Rule:
        return Rule(0, height, self._width, height, colour=RULE)
