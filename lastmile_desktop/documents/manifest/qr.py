"""QR codes as vector shapes."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QPainterPath

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
def qr_path(text: str) -> tuple[QPainterPath, int]:
    """The dark modules as one path in module units, and the width of code and quiet zone in modules.

    One path and not many rectangles: painted in one go, neighbours show no hairline between them.
    """
    rows = qr_modules(text)
    path = QPainterPath()
    for y, row in enumerate(rows):
        x = 0
        while (start := row.find(1, x)) >= 0:
            end = row.find(0, start)
            x = len(row) if end < 0 else end
            path.addRect(start + QUIET_ZONE, y + QUIET_ZONE, x - start, 1)
    return path, len(rows) + 2 * QUIET_ZONE
