"""The two map pages: the window's live page, built once by folium, and the exported file.

folium compiles text it is given as a template, so that a customer's name could run code in this process.
Therefore it gets no text and no data at all: it makes the one empty page. The exported file comes from our
own template, with the day as JSON that the page reads and draws as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from lastmile_desktop.documents.map_colours import DARK, LIGHT
from lastmile_desktop.documents.map_data import LegLine, map_document
from lastmile_desktop.model import Day, DayState, RouteTimetable, wording
from lastmile_desktop.system.atomic import write_text
from lastmile_desktop.system.resources import resource_path

#: The application's own address space in the web view; the handler of the window answers it.
ORIGIN = "lastmile://app"
_LEAFLET_JS = "vendor/leaflet/leaflet.js"
_LEAFLET_CSS = "vendor/leaflet/leaflet.css"
_LEAFLET_LICENCE = "vendor/leaflet/LICENSE"
_LIVE_SCRIPTS = ("marks.js", "frame.js", "ground.js", "map.js", "area.js", "live.js")
#: What the live page may load, below resources/web.
LIVE_FILES = (_LEAFLET_JS, _LEAFLET_CSS, "map.css", *_LIVE_SCRIPTS)

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_INLINE_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class StillMap:
    """The streets as one picture for the exported page: a ``data:`` address, edges in degrees, its maker."""

    url: str
    south: float
    west: float
    north: float
    east: float
    attribution: str


class MapFilesMissing(RuntimeError):
    """The browser-side files of the map are not where they belong; the text says what to do."""


@cache
def live_page() -> str:
    """The window's map page, without any data. Slow at first (imports folium): call it off the GUI thread.

    Raises MapFilesMissing when the map library is not installed.
    """
    for name in LIVE_FILES:
        _web_file(name)
    import folium

    empty_map = folium.Map(
        location=(50.0, 5.0),
        zoom_start=5,
        tiles=None,
        prefer_canvas=True,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.25,
        zoom_delta=0.5,
    )
    # folium's own lists name ten files on the internet.
    empty_map.default_js = [("leaflet", f"{ORIGIN}/{_LEAFLET_JS}")]
    empty_map.default_css = [("leaflet_css", f"{ORIGIN}/{_LEAFLET_CSS}")]
    page: str = empty_map.get_root().render()
    page = page.replace("</head>", f'<link rel="stylesheet" href="{ORIGIN}/map.css"/>\n</head>', 1)
    ours = "".join(
        f'<script src="{ORIGIN}/{name}"></script>\n' for name in ("qwebchannel.js", *_LIVE_SCRIPTS)
    )
    page = page.replace("</html>", f"{ours}</html>", 1)
    policy = _policy(page, sources="'self'", connect="'self'")
    return page.replace("<head>", f"<head>\n{policy}", 1)


def write_map_html(path: Path, state: DayState, line: LegLine, ground: StillMap | None = None) -> None:
    """Write the day's map as one file that opens in any browser without a network.

    Replaces ``path`` whole or not at all. Raises OSError when it cannot be written, and MapFilesMissing
    when the map library is not installed.
    """
    write_text(path, exported_page(state, line, ground))


def exported_page(state: DayState, line: LegLine, ground: StillMap | None = None) -> str:
    """The text of the exported map, with the streets as one picture where they are known.

    Raises MapFilesMissing when the map library is not installed.
    """
    day = state.day
    document = map_document(day, state.timetable, line, assignment=state.assignment)
    title = f"Routes {day.date:%d.%m.%Y}"
    document |= {
        "title": f"{day.date:%A} {day.date.day} {day.date:%B %Y}",
        "subtitle": _subtitle(state, document),
        "legend": _legend(state, document["routes"]),
        "palette": {"light": LIGHT.as_dict(), "dark": DARK.as_dict()},
        "ground": asdict(ground) if ground else None,
    }
    styles = [_without_pictures(_web_file(_LEAFLET_CSS)), _web_file("map.css")]
    names = (_LEAFLET_JS, "marks.js", "frame.js", "ground.js", "map.js", "export.js")
    scripts = [_web_file(name).replace("//# sourceMappingURL=leaflet.js.map", "") for name in names]
    return _single_file(title, styles, scripts, _json_for_html(document))


def _single_file(title: str, styles: Sequence[str], scripts: Sequence[str], data: str) -> str:
    head = "\n".join(f"<style>{style}</style>" for style in styles)
    code = "\n".join(f"<script>{script}</script>" for script in scripts)
    body = (
        '<div id="map"></div>\n<noscript>This map needs JavaScript, which is switched off in this browser.'
        f'</noscript>\n<script type="application/json" id="plan">{data}</script>\n{code}'
    )
    policy = _policy(head + code, sources="", connect="'none'")
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{policy}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{escape(title)}</title>\n{head}\n</head>\n'
        f"<body>\n{body}\n</body>\n"
        f"<!-- The map is drawn with Leaflet:\n{_web_file(_LEAFLET_LICENCE)}-->\n</html>\n"
    )


def _without_pictures(style: str) -> str:
    """The library's style without what it would load, and without the addresses in its comments."""
    return re.sub(r"url\([^)]*\)", "none", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))


def _policy(page: str, sources: str, connect: str) -> str:
    """A content security policy for ``page`` that knows its inline scripts and styles by their hashes.

    It stands in the page and not in a header: Qt writes header values in lower case, which spoils hashes.
    """
    scripts = " ".join(_hash(text) for text in _INLINE_SCRIPT.findall(page))
    styles = " ".join(_hash(text) for text in _INLINE_STYLE.findall(page))
    rules = {
        "default-src": "'none'",
        "script-src": f"{sources} {scripts}",
        "style-src": f"{sources} {styles}",
        "img-src": f"{sources} data:",
        "connect-src": connect,
        "frame-src": "'none'",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
    text = "; ".join(f"{name} {' '.join(value.split())}" for name, value in rules.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{text}">\n'


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _json_for_html(document: dict[str, Any]) -> str:
    """JSON that cannot end the script element it stands in, whatever names it holds."""
    text = json.dumps(document, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _web_file(name: str) -> str:
    path = resource_path("web", *name.split("/"))
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise MapFilesMissing(
            f'The map cannot be shown because its file "{name}" is missing. '
            "Run the set-up again (python dev.py setup), or install the program again."
        ) from error


def _subtitle(state: DayState, document: dict[str, Any]) -> str:
    stops = sum(len(route["stops"]) for route in document["routes"])
    parts = [wording.count(len(document["routes"]), "route"), wording.count(stops, "stop")]
    if state.timetable is not None:
        parts.append(wording.distance(state.timetable.totals.distance_m))
    left = len(document["unassigned"])
    if left:
        parts.append(f"{left} not on a route")
    return " · ".join(parts)


def _legend(state: DayState, routes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    times = state.timetable.route_by_vehicle if state.timetable else {}
    return [
        {
            "id": route["id"],
            "name": _route_name(state.day, route["id"]),
            "detail": _route_detail(len(route["stops"]), times.get(route["id"])),
            "colour": route["colour"],
        }
        for route in routes
    ]


def _route_name(day: Day, vehicle_key: str) -> str:
    vehicle = day.vehicle_by_key[vehicle_key]
    return f"{vehicle.name} · {vehicle.driver}" if vehicle.driver else vehicle.name


def _route_detail(stops: int, times: RouteTimetable | None) -> str:
    count = f"{stops} stop" if stops == 1 else f"{stops} stops"
    if times is None:
        return count
    hours = f"{wording.clock(times.start_s)}–{wording.clock(times.end_s)}"
    return f"{count} · {wording.distance(times.distance_m)} · {hours}"
