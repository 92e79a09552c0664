"""Hostile texts, and a server that counts whoever calls: for the tests of everything that shows text."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice, product

#: What an attack does when it runs: leave a mark in the page, call home.
_DEEDS = (
    "window.canary=1",
    "fetch('{home}/f')",
    "document.title='canary'",
    "new Image().src='{home}/i'",
    "location='{home}/l'",
)
_CARRIERS = (
    "<script>{deed}</script>",
    "</script><script>{deed}</script>",
    '<img src=x onerror="{deed}">',
    "<svg onload={deed}>",
    "${{{deed}}}",
    "`;{deed};`",
    "\\`${{{deed}}}",
    "{{{{ cycler.__init__.__globals__.os.system('{deed}') }}}}",
    "{{% for x in ().__class__.__base__.__subclasses__() %}}{deed}{{% endfor %}}",
    "{{# {deed} #}}",
    '";{deed};//',
    "');{deed};//",
    "<iframe srcdoc='<script>{deed}</script>'>",
    '<a href="javascript:{deed}">Bakery</a>',
    "<img src={home}/plain>{deed}",
    "<link rel=stylesheet href={home}/css>{deed}",
    "<meta http-equiv=refresh content='0;url={home}/m'>{deed}",
    "]]>--><!--<script>{deed}</script>",
    "<style>@import '{home}/s';</style>{deed}",
    "\u2028{deed}\u2029</ScRiPt ><sCrIpT>{deed}</script>",
    "&lt;script&gt;{deed}&lt;/script&gt;",
    "\x00<script>{deed}</script>",
    "=cmd|'/c {deed}'!A1",
    "\ud800<script>{deed}</script>",
    "\u202e<b onmouseover={deed}>",
)
_WRAPPINGS = ("{}", "Bakkerij {}", "{} 12", " \t{}", "'{}'")


def payloads(home: str, count: int) -> list[str]:
    """``count`` different hostile texts that call ``home`` or set ``window.canary`` when they run."""
    made = (
        wrapping.format(carrier.format(deed=deed.format(home=home), home=home))
        for deed, carrier, wrapping in product(_DEEDS, _CARRIERS, _WRAPPINGS)
    )
    found = list(islice(dict.fromkeys(made), count))
    assert len(found) == count
    return found


class CanaryServer:
    """Listens on this machine only and remembers the path of every request."""

    def __init__(self) -> None:
        calls: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                calls.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_GET

            def log_message(self, *_words: object) -> None:
                """Quiet."""

        self.calls = calls
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.home = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @contextmanager
    def listening(self) -> Iterator[CanaryServer]:
        """Serve within the block."""
        self._thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
