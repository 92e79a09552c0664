"""Asking online: off means that nothing leaves, on means that the provider's rules are kept."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lastmile_desktop.addresses.online import (
    MOST_ON_PUBLIC,
    OnlineError,
    OnlineSearch,
    OnlineService,
    pause_between,
)
from lastmile_desktop.model.placing import PlaceLevel

ANSWER = [
    {
        "lat": "51.0500",
        "lon": "3.7200",
        "display_name": "5, Veldstraat, Gent",
        "address": {"house_number": "5", "road": "Veldstraat", "city": "Gent", "postcode": "9000"},
    },
    {"lat": "51.06", "lon": "3.73", "display_name": "Gent", "address": {"city": "Gent"}},
]


class Server(ThreadingHTTPServer):
    """A server of the firm's own, on this computer; it notes what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[dict[str, list[str]], str, float]] = []
        self.answer: Any = ANSWER
        self.status = 200

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        self.server.asked.append((query, self.headers["User-Agent"], time.monotonic()))
        body = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server on a thread, until the block ends."""
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server()) as own:
        yield own


def test_an_own_server_is_asked_with_our_name_and_gives_candidates(server: Server, tmp_path: Path) -> None:
    search = OnlineSearch(OnlineService(server.address, "ada@firm.example"), tmp_path / "kept.json")

    house, town = search.find("Veldstraat 5, Gent")

    query, agent, _ = server.asked[0]
    assert query["q"] == ["Veldstraat 5, Gent"]
    assert agent.startswith("LastmileDesktop/")
    assert "ada@firm.example" in agent
    assert (house.text, house.level) == ("5 Veldstraat, 9000 Gent", PlaceLevel.HOUSE)
    assert (house.location.lat, house.location.lon) == (51.05, 3.72)
    assert town.level is PlaceLevel.AREA
    assert "OpenStreetMap" in house.remark


def test_the_same_question_is_asked_once_even_after_a_restart(server: Server, tmp_path: Path) -> None:
    service, kept = OnlineService(server.address, ""), tmp_path / "kept.json"
    first = OnlineSearch(service, kept)

    assert first.find("Veldstraat 5") == first.find("  Veldstraat   5 ")
    assert OnlineSearch(service, kept).find("Veldstraat 5") == first.find("Veldstraat 5")
    assert len(server.asked) == 1
    kept.write_text("damaged", encoding="utf-8")
    OnlineSearch(service, kept).find("Veldstraat 5")
    assert len(server.asked) == 2


def test_a_server_in_trouble_is_said_in_words(server: Server, tmp_path: Path) -> None:
    search = OnlineSearch(OnlineService(server.address, ""), tmp_path / "kept.json")
    server.status = 503
    with pytest.raises(OnlineError, match="does not answer"):
        search.find("Veldstraat 5")
    server.status, server.answer = 200, [{"lat": "nowhere", "lon": "0"}]
    with pytest.raises(OnlineError, match="does not answer"):
        search.find("Veldstraat 6")
    server.answer = []
    assert search.find("Veldstraat 7") == ()


def test_the_public_server_gets_no_bulk_and_wants_to_know_whom_to_write_to(tmp_path: Path) -> None:
    with pytest.raises(OnlineError, match="whom to write to"):
        OnlineSearch(OnlineService("", ""), tmp_path / "kept.json")
    public = OnlineSearch(OnlineService("", "ada@firm.example"), tmp_path / "kept.json")
    with pytest.raises(OnlineError, match="may not be asked for 6 addresses"):
        public.find_many([f"Street {n}" for n in range(MOST_ON_PUBLIC + 1)])
    assert pause_between(OnlineService("", "")) >= 1.0
    assert pause_between(OnlineService("https://nominatim.openstreetmap.org", "")) >= 1.0
    assert pause_between(OnlineService("http://192.168.0.5/search", "")) == 0.0


def test_an_own_server_may_be_asked_in_bulk(server: Server, tmp_path: Path) -> None:
    search = OnlineSearch(OnlineService(server.address, ""), tmp_path / "kept.json")

    assert len(search.find_many([f"Street {n}" for n in range(12)])) == 12
    assert len(server.asked) == 12


def test_what_is_no_address_of_a_server_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OnlineError, match="no address of a server"):
        OnlineSearch(OnlineService("ftp://x", ""), tmp_path / "kept.json")
