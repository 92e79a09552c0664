"""Positions in pasted map links, found by their pattern alone: nothing is ever fetched.

    place    := !3d<lat>!4d<lon>             the pinned place
    marker   := mlat=<lat>&mlon=<lon>        the marker
    query    := (q | query | ll | daddr | destination | center | cp | sll | point)=<lat>(, | ~ | space)<lon>
    path     := /<lat>,<lon>
    view     := @<lat>,<lon> | #map=zoom/<lat>/<lon>      the middle of the picture
    geo      := geo:<lat>,<lon>

The first form that is found counts, in this order: what was pinned before what was only looked at.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_DEGREE = r"([+-]?\d{1,3}\.\d+)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"!3d{_DEGREE}!4d{_DEGREE}",
        rf"mlat={_DEGREE}.*?mlon={_DEGREE}",
        rf"[?&#](?:q|query|ll|daddr|destination|center|cp|point|sll)=(?:loc:|point\.)?\s*"
        rf"{_DEGREE}\s*[,~_ ]\s*{_DEGREE}",
        rf"^geo:{_DEGREE},{_DEGREE}",
        rf"/{_DEGREE}\s*,\s*{_DEGREE}(?=[/?&,]|$)",
        rf"@{_DEGREE},{_DEGREE}",
        rf"#map=\d+(?:\.\d+)?/{_DEGREE}/{_DEGREE}",
        rf"[?&]lat(?:itude)?={_DEGREE}.*?[?&]l(?:on|ng|ongitude)={_DEGREE}",
    )
)


def position_in_link(text: str) -> tuple[float, float]:
    """Latitude and longitude written in a map link. Raises UnreadableValueError."""
    plain = unquote_plus(unquote_plus(text)) if "%" in text else text
    for form in _FORMS:
        found = form.search(plain)
        if found:
            return float(found.group(1)), float(found.group(2))
    raise UnreadableValueError("the link does not hold the position itself; open it and copy the coordinates")
