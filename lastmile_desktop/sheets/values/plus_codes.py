"""Open Location Codes ("plus codes") such as 9F28VMQ6+8V: ten or more signs that stand for a small square.

    code := 8 digits "+" [2 or more digits]        digits of base 20: 23456789CFGHJMPQRVWX

The pairs before the plus halve the square in both directions by twenty; each sign from the eleventh on picks
one of 4 x 5 parts (the public Open Location Code specification). A short code (VMQ6+8V Gent) needs a place
to count from and is refused.
"""

from __future__ import annotations

import re

from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_DIGITS = "23456789CFGHJMPQRVWX"
_FULL = re.compile(rf"([{_DIGITS}]{{8}})\+([{_DIGITS}]{{2,7}})", re.IGNORECASE)
_SHORT = re.compile(rf"[{_DIGITS}]{{2,6}}\+[{_DIGITS}]{{2,3}}(?:[\s,].*)?", re.IGNORECASE)


def position_of_plus_code(text: str) -> tuple[float, float] | None:
    """The middle of the square that a full code names; None when the text is no code.

    Raises UnreadableValueError for a short code.
    """
    text = text.strip()
    full = _FULL.fullmatch(text)
    if full is None:
        if _SHORT.fullmatch(text):
            raise UnreadableValueError("a short plus code needs a town to count from; copy the coordinates")
        return None
    signs = (full.group(1) + full.group(2)).upper()
    lat, lon, size_lat, size_lon = -90.0, -180.0, 400.0, 400.0
    for place in range(0, min(10, len(signs)), 2):
        size_lat, size_lon = size_lat / 20, size_lon / 20
        lat += _DIGITS.index(signs[place]) * size_lat
        lon += _DIGITS.index(signs[place + 1]) * size_lon
    for sign in signs[10:]:
        size_lat, size_lon = size_lat / 5, size_lon / 4
        row, column = divmod(_DIGITS.index(sign), 4)
        lat += row * size_lat
        lon += column * size_lon
    if not (-90 <= lat < 90 and -180 <= lon < 180):
        raise UnreadableValueError("it is no plus code that lies on the earth")
    return lat + size_lat / 2, lon + size_lon / 2
