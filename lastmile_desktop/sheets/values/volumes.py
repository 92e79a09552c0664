"""Volumes: an amount with a unit, or the sides of a box.

cell  := amount [unit] | side x side x side [length unit]          side := number [length unit]
sides are joined by x, ×, *, or "by"; the length unit is mm, cm, m or in
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values.numbers import CUBIC_CM, parse_measure
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_CENTIMETRES = {
    "mm": Decimal("0.1"),
    "cm": Decimal(1),
    "dm": Decimal(10),
    "m": Decimal(100),
    "in": Decimal("2.54"),
    "inch": Decimal("2.54"),
    "inches": Decimal("2.54"),
    '"': Decimal("2.54"),
}
_SIDE = r"(?:[lbhwdt]\s*[:=]?\s*)?(\d+(?:[.,]\d+)?)\s*(mm|cm|dm|m|inches|inch|in|\")?"
_BOX = re.compile(rf"{_SIDE}\s*(?:x|\*|by)\s*{_SIDE}\s*(?:x|\*|by)\s*{_SIDE}\.?")
_LARGEST_CM3 = 200_000_000


def parse_volume_cm3(value: CellValue, unit: str = "m3", *, decimal_comma: bool | None = None) -> int | None:
    """Cubic centimetres; None for a blank. A number without a unit counts in ``unit``, sides in ``cm``.

    Raises UnreadableValueError.
    """
    if isinstance(value, str) and any(sign in value for sign in "xX×*y"):
        box = _of_sides(value)
        if box is not None:
            return box
    found = parse_measure(value, CUBIC_CM, unit if unit in CUBIC_CM else "m3", decimal_comma=decimal_comma)
    if found is not None and found > _LARGEST_CM3:
        raise UnreadableValueError("it is more than a lorry holds", "")
    return found


@lru_cache(maxsize=4096)
def _of_sides(text: str) -> int | None:
    match = _BOX.fullmatch(fold(text.replace("×", "x")))
    if match is None:
        return None
    sizes, units = match.groups()[0::2], match.groups()[1::2]
    named = [unit for unit in units if unit]
    if not named:
        raise UnreadableValueError("it does not say whether the sides are in cm or mm", f"{text.strip()} cm")
    if len(set(named)) > 1 and len(named) < len(units):
        raise UnreadableValueError("its sides are in different units")
    volume = Decimal(1)
    for size, unit in zip(sizes, units, strict=True):
        volume *= Decimal(size.replace(",", ".")) * _CENTIMETRES[unit or named[-1]]
    return round(volume)
