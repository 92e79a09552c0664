"""Opt-in online search through geopy, with the provider's rules kept. Nothing here runs unless asked for.

A public Nominatim server asks for an own User-Agent with a way to reach the user, at most one request a
second, no bulk, and answers kept. A firm's own server may be asked in bulk.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lastmile_desktop import __version__
from lastmile_desktop.addresses.search import Candidate
from lastmile_desktop.model import Location
from lastmile_desktop.model.placing import PlaceLevel
from lastmile_desktop.system.atomic import write_text

#: Servers of the map's own community are public ones: the provider's rules are for them.
_COMMUNITY = "openstreetmap.org"
#: Lines that one click may send to the public server.
MOST_ON_PUBLIC = 5
_SECONDS_BETWEEN = 1.0
_TIMEOUT_S = 10
_MOST_ANSWERS = 5
_SCORE = 60
_KEPT = 5000


class OnlineError(Exception):
    """The service could not be asked; ``str(error)`` is a sentence for the user."""

    for_dispatcher = True


@dataclass(frozen=True, slots=True)
class OnlineService:
    """Which server may be asked, and how it can reach the user (an e-mail address; required in public).

    ``address`` is "" for the public server, else the address of a server of the firm's own.
    """

    address: str
    contact: str

    @property
    def is_public(self) -> bool:
        """True for a server that is not the firm's own."""
        host = urlsplit(self.address).hostname or ""
        return not self.address or host == _COMMUNITY or host.endswith(f".{_COMMUNITY}")


class OnlineSearch:
    """Asks one service; thread-safe, one request at a time, and never the same twice while it is kept.

    Answers are kept in ``cache`` as JSON.
    """

    def __init__(self, service: OnlineService, cache: Path) -> None:
        """Raises OnlineError for an address that cannot be used, or a public server without a contact."""
        self._service, self._cache = service, cache
        if service.is_public and "@" not in service.contact:
            raise OnlineError(
                "The public address service wants to know whom to write to. "
                "Add your e-mail address in Settings."
            )
        self._guard = threading.Lock()
        self._kept = _read_cache(cache)
        self._ask = _asker(service)

    def find(self, line: str) -> tuple[Candidate, ...]:
        """Places for one address, the best first. Raises OnlineError when the service does not answer."""
        line = " ".join(line.split())
        if not line:
            return ()
        with self._guard:
            key = f"{self._service.address}|{line}"
            if key not in self._kept:
                self._kept[key] = self._asked(line)
                while len(self._kept) > _KEPT:
                    del self._kept[next(iter(self._kept))]
                write_text(self._cache, json.dumps(self._kept))
            return tuple(_candidate(entry) for entry in self._kept[key])

    def find_many(self, lines: Sequence[str]) -> list[tuple[Candidate, ...]]:
        """Places for several lines. Raises OnlineError for more than a handful on a public server."""
        if self._service.is_public and len(set(lines)) > MOST_ON_PUBLIC:
            raise OnlineError(
                f"The public address service may not be asked for {len(set(lines)):,} addresses at once. "
                "Use a region, or the address of a server of your own."
            )
        return [self.find(line) for line in lines]

    def _asked(self, line: str) -> list[dict[str, Any]]:
        from geopy.exc import GeopyError

        try:
            found = self._ask(line, exactly_one=False, addressdetails=True, limit=_MOST_ANSWERS)
        except (GeopyError, OSError, ValueError) as error:
            raise OnlineError("The address service does not answer. Are you connected?") from error
        return [_entry(place.raw) for place in found or ()]


def pause_between(service: OnlineService) -> float:
    """Seconds between two requests: the public service's rule; none for a server of the firm's own."""
    return _SECONDS_BETWEEN if service.is_public else 0.0


def _asker(service: OnlineService) -> Callable[..., Any]:
    """geopy's search with our name on it and a second between requests. Raises OnlineError."""
    from geopy.extra.rate_limiter import RateLimiter
    from geopy.geocoders import Nominatim

    contact = f" ({service.contact})" if service.contact else ""
    where: dict[str, str] = {}  # geopy knows the public server itself
    if service.address:
        parts = urlsplit(service.address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise OnlineError(f"{service.address} is no address of a server.")
        where = {"domain": f"{parts.netloc}{parts.path}".rstrip("/"), "scheme": parts.scheme}
    nominatim = Nominatim(user_agent=f"LastmileDesktop/{__version__}{contact}", timeout=_TIMEOUT_S, **where)
    limited: Callable[..., Any] = RateLimiter(
        nominatim.geocode,
        min_delay_seconds=pause_between(service),
        max_retries=0,
        swallow_exceptions=False,
    )
    return limited


def _entry(raw: dict[str, Any]) -> dict[str, Any]:
    """What is kept of an answer. Raises ValueError for one that is no position."""
    details = raw.get("address") or {}
    number, street = details.get("house_number", ""), details.get("road", "")
    town = next((details[key] for key in ("city", "town", "village", "hamlet") if details.get(key)), "")
    name = f"{number} {street}".strip() or str(raw.get("display_name", "")).split(",")[0]
    location = Location(float(raw["lat"]), float(raw["lon"]))
    level = PlaceLevel.HOUSE if number else PlaceLevel.STREET if street else PlaceLevel.AREA
    return {
        "label": name[:200],
        "town": str(town)[:200],
        "postcode": str(details.get("postcode", ""))[:20],
        "level": level.value,
        "lat": location.lat,
        "lon": location.lon,
    }


def _candidate(entry: dict[str, Any]) -> Candidate:
    return Candidate(
        entry["label"],
        entry["town"],
        entry["postcode"],
        PlaceLevel(entry["level"]),
        _SCORE,
        Location(entry["lat"], entry["lon"]),
        0,
        "Found online. © OpenStreetMap contributors.",
    )


def _read_cache(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The kept answers; a damaged file begins anew."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        for entries in kept.values():
            for entry in entries:
                _candidate(entry)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return dict(kept)
