"""The exported map in a real browser page: opens from a file, draws everything, asks for nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ui"))

from canary import CanaryServer, payloads
from map_factories import make_day
from web_pages import evaluate, pause, run, wait_for

from lastmile_desktop.documents import map_page
from lastmile_desktop.documents.map_data import straight_line
from lastmile_desktop.model import DayState
from lastmile_desktop.ui.map_view.scheme import prepare_web_engine, register_scheme

prepare_web_engine()


class Browser:
    """A page as strict as our tests and as open as a browser: it notes every address it asks for."""

    def __init__(self) -> None:
        register_scheme()
        from PySide6.QtWebEngineCore import QWebEngineProfile, QWebEngineUrlRequestInterceptor
        from PySide6.QtWebEngineWidgets import QWebEngineView

        asked: list[str] = []

        class Listener(QWebEngineUrlRequestInterceptor):
            def interceptRequest(self, info: object) -> None:
                asked.append(info.requestUrl().toString())

        self.asked = asked
        self.view = QWebEngineView()
        self._profile = QWebEngineProfile(self.view)
        self._listener = Listener(self.view)
        self._profile.setUrlRequestInterceptor(self._listener)
        self._page_class = _noting_page()
        self.page = self._page_class(self._profile, self.view)
        self.view.setPage(self.page)
        self.view.resize(1200, 700)
        self.view.show()

    def open(self, path: Path) -> None:
        loaded: list[bool] = []
        self.page.loadFinished.connect(loaded.append)
        self.asked.clear()
        self.page.messages.clear()
        self.page.load(QUrl.fromLocalFile(str(path)))
        wait_for(lambda: bool(loaded), "the file is loaded")
        assert loaded == [True]

    def close(self) -> None:
        import shiboken6

        self.view.close()
        shiboken6.delete(self.page)
        self.view.deleteLater()


def _noting_page() -> type:
    from PySide6.QtWebEngineCore import QWebEnginePage

    class Page(QWebEnginePage):
        messages: list[str] = []  # noqa: RUF012 - one page for the module

        def javaScriptConsoleMessage(self, _level: object, message: str, _line: int, _source: str) -> None:
            self.messages.append(message)

    return Page


@pytest.fixture(scope="module")
def browser(qapp: QApplication) -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


def state(name: str = "") -> DayState:
    day, timetable, assignment = make_day(routes=4, stops=10, left=3, name=name)
    return DayState(day, assignment, timetable)


def test_the_file_opens_and_draws_every_stop_and_asks_for_nothing(browser: Browser, tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    map_page.write_map_html(target, state(), straight_line)
    browser.open(target)
    counts = evaluate(browser.page, "lastmile.counts()")
    assert counts == {"routes": 4, "stops": 40, "unassigned": 3, "depots": 1}
    pause(300)
    assert browser.asked == [QUrl.fromLocalFile(str(target)).toString()]
    assert browser.page.messages == []
    assert evaluate(browser.page, "document.querySelector('.lm-legend h1').textContent") == (
        "Monday 23 November 2026"
    )
    assert evaluate(browser.page, "performance.getEntriesByType('resource').length") == 0


def test_routes_can_be_hidden_one_by_one(browser: Browser, tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    map_page.write_map_html(target, state(), straight_line)
    browser.open(target)
    drawn = "lastmile.routes.get('v1').stops.filter((mark) => mark._map).length"
    assert evaluate(browser.page, drawn) == 10
    run(browser.page, "document.querySelectorAll('.lm-legend input')[1].click()")
    assert evaluate(browser.page, drawn) == 0
    run(browser.page, "document.querySelectorAll('.lm-legend input')[1].click()")
    assert evaluate(browser.page, drawn) == 10


def test_hostile_text_stays_text_in_the_file(browser: Browser, tmp_path: Path) -> None:
    with CanaryServer().listening() as server:
        for text in payloads(server.home, 625)[::25]:
            target = tmp_path / "map.html"
            map_page.write_map_html(target, state(text), straight_line)
            browser.open(target)
            assert evaluate(browser.page, "lastmile.counts().stops") == 40
            assert evaluate(browser.page, "typeof window.canary") == "undefined"
            foreign = "document.querySelectorAll('img,iframe,svg,a,object').length"
            assert evaluate(browser.page, foreign) == 0
        pause(200)
        assert server.calls == []


def test_the_file_names_no_address_and_allows_its_own_scripts_only() -> None:
    page = map_page.exported_page(state(), straight_line)
    addresses = set(re.findall(r"https?://[\w./-]+", page))
    names = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}  # of languages, never fetched
    assert addresses - names <= {"https://leafletjs.com"}  # the library's own credit, in its code
    assert "sourceMappingURL" not in page
    _assert_policy_fits(page)


def test_the_live_page_names_no_address_but_ours() -> None:
    page = map_page.live_page()
    assert re.findall(r"https?:", page) == []
    assert set(re.findall(r"[a-z]+://\w+", page)) == {"lastmile://app"}
    _assert_policy_fits(page)


def _assert_policy_fits(page: str) -> None:
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert policy is not None
    assert page.index(policy[0]) < page.index("<script")
    assert "unsafe" not in policy[1]
    assert "default-src 'none'" in policy[1]
    for text in re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_text_comes_back_from_the_file_as_it_was(text: str) -> None:
    page = map_page.exported_page(state(text), straight_line)
    block = re.search(r'<script type="application/json" id="plan">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    assert page.count("</script>") == 7
    document = json.loads(block[1])
    assert {stop["name"] for route in document["routes"] for stop in route["stops"]} == {text}
    assert {entry["name"] for entry in document["legend"]} == {f"{text} · {text}"}


def test_no_name_of_a_day_is_ever_given_to_folium() -> None:
    """The live page is made once, without arguments: there is no way in for a sheet's text."""
    import inspect

    assert not inspect.signature(map_page.live_page).parameters
    assert map_page.live_page() is map_page.live_page()


def test_missing_map_files_are_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    map_page._web_file.cache_clear()
    with pytest.raises(map_page.MapFilesMissing, match=r"vendor/leaflet/leaflet\.css.* is missing"):
        map_page.exported_page(state(), straight_line)
    monkeypatch.undo()
    map_page._web_file.cache_clear()
