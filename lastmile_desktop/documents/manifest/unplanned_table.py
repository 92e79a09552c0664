"""The table of orders that are on no route."""

from __future__ import annotations

from lastmile_desktop.documents.manifest.content import LeftOut
from lastmile_desktop.documents.manifest.sheet import GREY, INK, STRONG_RULE, Page, Rule
from lastmile_desktop.documents.manifest.stop_table import PlacedRow, Stack
from lastmile_desktop.documents.manifest.typography import Align, Style

_HEADER_HEIGHT = 480.0
_PAD = 130.0
_BASELINE = 545.0
_GAP = 220.0
_ORDER, _WINDOW, _LOAD = 2200.0, 2200.0, 1700.0


class UnplannedTable:
    """Columns for one page width."""

    def __init__(self, width: float) -> None:
        self._width = width
        flexible = width - _ORDER - _WINDOW - _LOAD - 5 * _GAP
        self._customer_x = _ORDER + _GAP
        self._customer_width = flexible * 0.45
        self._window_x = self._customer_x + self._customer_width + _GAP
        self._load_x = self._window_x + _WINDOW + _GAP
        self._why_x = self._load_x + _LOAD + 2 * _GAP
        self._why_width = width - self._why_x

    def header(self, page: Page, y: float) -> float:
        """Draw the header row at ``y``; gives its height."""
        titles = (
            (0.0, _ORDER, "Order", Align.LEFT),
            (self._customer_x, self._customer_width, "Customer", Align.LEFT),
            (self._window_x, _WINDOW, "Window", Align.LEFT),
            (self._load_x, _LOAD, "Load", Align.RIGHT),
            (self._why_x, self._why_width, "Why, and what to do", Align.LEFT),
        )
        for x, width, title, align in titles:
            page.text(x, y + 60, title, Style.CAPTION, width, align, GREY)
        page.marks.append(Rule(0, y + _HEADER_HEIGHT, self._width, y + _HEADER_HEIGHT, STRONG_RULE, INK))
        return _HEADER_HEIGHT

    def row(self, one: LeftOut) -> PlacedRow:
        """Measure one order's row; every text is bounded, so that a row always fits on a page."""
        order = Stack(0, Style.STRONG.above(_BASELINE), _ORDER)
        order.add(one.order_id, Style.STRONG, max_lines=3)
        customer = Stack(self._customer_x, Style.STRONG.above(_BASELINE), self._customer_width)
        customer.add(one.name, Style.STRONG, max_lines=4)
        customer.add(one.address, Style.SMALL, max_lines=4)
        customer.add(one.phone, Style.SMALL, max_lines=2)
        window = Stack(self._window_x, Style.SMALL.above(_BASELINE), _WINDOW)
        for text in one.windows[:6]:
            window.add(text, Style.SMALL, GREY if text == "any time" else INK, max_lines=2)
        load = Stack(self._load_x, Style.SMALL.above(_BASELINE), _LOAD, Align.RIGHT)
        for text in one.load:
            load.add(text, Style.SMALL, max_lines=3)
        why = Stack(self._why_x, Style.SMALL.above(_BASELINE), self._why_width)
        why.add(one.why, Style.SMALL, max_lines=15)
        stacks = (order, customer, window, load, why)
        height = max(stack.y for stack in stacks) + _PAD
        marks = [mark for stack in stacks for mark in stack.marks]
        return PlacedRow(height, (*marks, Rule(0, height, self._width, height)))
