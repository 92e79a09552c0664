"""QR codes as vector shapes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QRect

#: Readers want this much white on every side of the code, in modules.
QUIET_ZONE = 4


@lru_cache(maxsize=4096)
def qr_modules(text: str) -> tuple[bytes, ...]:
    """The code's rows, one byte per module (1 = dark), without the quiet zone.

    The mask is fixed: choosing the best of eight takes five times as long and no reader minds.
    """
    import segno

    return tuple(bytes(row) for row in segno.make(text, error="l", mask=0, micro=False).matrix)


@lru_cache(maxsize=4096)
def qr_rectangles(text: str) -> tuple[tuple[QRect, ...], int]:
    """The dark modules as rectangles in module units, and the width of code and quiet zone in modules."""
    rows = qr_modules(text)
    areas = (QRect(x + QUIET_ZONE, y + QUIET_ZONE, w, h) for x, y, w, h in _rectangles(rows))
    return tuple(areas), len(rows) + 2 * QUIET_ZONE


def _rectangles(rows: tuple[bytes, ...]) -> Iterator[tuple[int, int, int, int]]:
    """The dark modules as (x, y, width, height): equal runs below each other are one, to keep files small."""
    growing: dict[tuple[int, int], int] = {}
    for y, row in enumerate((*rows, b"")):
        runs = set(_runs(row))
        for (start, width), top in list(growing.items()):
            if (start, width) not in runs:
                yield start, top, width, y - top
                del growing[start, width]
        for run in runs:
            growing.setdefault(run, y)


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    x = 0
    while (start := row.find(1, x)) >= 0:
        end = row.find(0, start)
        x = len(row) if end < 0 else end
        yield start, x - start
