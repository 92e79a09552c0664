"""Saying where an order is by its address: typing, candidates, picking, and what is remembered."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lastmile_desktop.model import DayState, Location, Order, SourceCell
from lastmile_desktop.model.placing import PlaceLevel, PlaceSource
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.places import find_places, with_places
from lastmile_desktop.store.app_settings import AddressService
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.address_search.asker import service_of
from lastmile_desktop.ui.address_search.dialog import AddressDialog
from lastmile_desktop.ui.card.facts import order_content
from lastmile_desktop.ui.main_window import MainWindow
from lastmile_desktop.ui.orders_view.order_changes import OrderChanges
from lastmile_desktop.ui.orders_view.order_columns import COLUMN_OF
from lastmile_desktop.ui.orders_view.orders_model import OrdersModel
from lastmile_desktop.ui.orders_view.place_words import place_text, place_tip
from lastmile_desktop.ui.session import Session
from tests.addresses.towns import american_town, build_addresses

ADDRESSES = {
    "house": "12 Whitethorn Road, Millbrook, VA 20111",
    "street": "1213 Greenspring Valley Road, Millbrook, VA 20111",
    "lost": "5 Nowhere Street, Millbrook, VA 20111",
    "twice": "3 Church Street",
}


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(build_addresses(american_town().write(tmp_path_factory.mktemp("r") / "town.osm.pbf")))


@pytest.fixture
def day(make_state, region: str) -> DayState:
    state = make_state(0, 1)
    orders = tuple(
        Order(key, f"B-{row}", f"Customer {row}", address, source=SourceCell("Orders", row))
        for row, (key, address) in enumerate(ADDRESSES.items(), start=2)
    )
    settings = replace(state.day.settings, region=region)
    return replace(state, day=replace(state.day, orders=orders, settings=settings))


@pytest.fixture
def session(own_session: Session, day: DayState, settle) -> Session:
    own_session.start_day(day, "Test")
    settle(own_session)
    return own_session


def order_of(session: Session, key: str) -> Order:
    return session.state.day.order_by_key[key]


def dialog_for(qtbot: QtBot, session: Session, key: str, region: str) -> AddressDialog:
    dialog = AddressDialog(order_of(session, key), region)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def rows(dialog: AddressDialog) -> list[list[str]]:
    table = dialog.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_candidates_come_while_typing_and_the_picked_one_is_remembered(
    qtbot: QtBot, session: Session, region: str, settle
) -> None:
    dialog = dialog_for(qtbot, session, "lost", region)
    changes = OrderChanges(session)
    dialog.chosen.connect(lambda candidate: changes.choose_place("lost", candidate))
    qtbot.waitUntil(lambda: "Nothing like this" in dialog.remark.text())
    assert not dialog.use_button.isEnabled()

    dialog.box.clear()
    qtbot.keyClicks(dialog.box, "4 whitet")
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0)
    assert rows(dialog)[0][:3] == ["4 Whitethorn Road", "20111 Millbrook", "House"]
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    settle(session)

    order = order_of(session, "lost")
    assert order.location is not None
    assert order.placing is not None
    assert (order.placing.source, order.placing.level) == (PlaceSource.CONFIRMED, PlaceLevel.HOUSE)
    assert place_text(order) == "Confirmed"
    assert session.firm.position_of(order.name, order.address) == order.location
    session.undo()
    settle(session)
    assert order_of(session, "lost").location is None


def test_two_streets_of_one_name_are_shown_to_choose_from(
    qtbot: QtBot, session: Session, region: str
) -> None:
    dialog = dialog_for(qtbot, session, "twice", region)
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 1)

    assert {row[1] for row in rows(dialog)[:2]} == {"20111 Millbrook", "20222 Ashford"}
    first = dialog.candidate()
    qtbot.keyClick(dialog.box, Qt.Key.Key_Down)
    assert dialog.candidate() not in (None, first)


def test_without_a_region_the_dialog_says_what_to_do(qtbot: QtBot, session: Session) -> None:
    dialog = dialog_for(qtbot, session, "house", "")

    assert "Edit, Region" in dialog.remark.text()
    assert dialog.online_button.isHidden()
    assert dialog.map_button.isEnabled()


def test_the_list_shows_how_sure_each_place_is_the_worst_first(session: Session, region: str, settle) -> None:
    places = find_places(session.state.day.orders, region)
    session.do("Look up", lambda state: with_places(state, places))
    settle(session)
    model = OrdersModel()
    model.set_state(session.state)
    column = COLUMN_OF["placing"]

    model.sort(column)

    shown = [model.text(row, column) for row in range(model.rowCount())]
    assert [text.split()[0] for text in shown] == ["Not", "Not", "Street", "House"]
    assert shown[3] == "House 100"
    street = order_of(session, "street")
    assert street.attention
    assert "1213 is not in the map" in place_tip(street.placing)


def test_the_card_says_what_was_taken_and_how_far_off_it_may_be(
    session: Session, region: str, settle
) -> None:
    places = find_places(session.state.day.orders, region)
    session.do("Look up", lambda state: with_places(state, places))
    settle(session)

    content = order_content(session.state, "street")

    said = {fact.label: fact for section in content.sections for fact in section.facts}["Place"]
    assert "Greenspring Valley Road, 20111 Millbrook" in said.value
    assert "m off" in said.value
    assert said.role == "warning"


def test_a_place_that_a_person_points_out_needs_no_look_any_more(
    session: Session, region: str, settle
) -> None:
    places = find_places(session.state.day.orders, region)
    session.do("Look up", lambda state: with_places(state, places))
    settle(session)
    assert any(problem.category == "place_unsure" for problem in session.state.problems)

    OrderChanges(session).change("Place", ["street"], {"location": Location(39.03, -77.0)})
    settle(session)

    order = order_of(session, "street")
    assert not order.attention
    assert order.placing is not None
    assert order.placing.source is PlaceSource.CONFIRMED
    assert not any(problem.category == "place_unsure" for problem in session.state.problems)


def test_a_new_address_is_looked_up_at_once(session: Session, settle) -> None:
    changes = OrderChanges(session)
    changes.change("Address", ["lost"], {"address": "1 Foundry Court, Ashford VA 20222"})
    settle(session)
    moved = order_of(session, "lost")
    assert moved.location is not None
    assert place_text(moved) == "House 100"

    changes.change("Address", ["lost"], {"address": "9 Nowhere Lane, Ashford VA 20222"})
    settle(session)
    unknown = order_of(session, "lost")
    assert unknown.location == moved.location, "the old place stays, marked for a look"
    assert unknown.attention
    assert unknown.placing is None


def test_an_order_by_phone_is_placed_by_its_address(session: Session, settle) -> None:
    OrderChanges(session).add(Order("p", "PHONE-1", "Lena", "14 Whitethorn Rd, Millbrook 20111"))
    settle(session)

    assert place_text(order_of(session, "p")) == "House 100"


@pytest.fixture
def window(qtbot: QtBot, session: Session, folders: Folders) -> Iterator[MainWindow]:
    window = MainWindow(session, folders)
    qtbot.addWidget(window)
    yield window
    window.finish()


def test_all_waiting_orders_are_looked_up_from_the_window(qtbot: QtBot, window: MainWindow, settle) -> None:
    session = window.session
    window.pages.orders.find_waiting_requested.emit()
    qtbot.waitUntil(lambda: order_of(session, "house").location is not None, timeout=20_000)
    settle(session)

    assert order_of(session, "lost").placing is not None
    assert window.pages.orders.find_all_button.isVisibleTo(window.pages.orders), "some still wait"
    session.undo()
    settle(session)
    assert order_of(session, "house").location is None


def test_a_region_that_is_chosen_later_places_the_orders_that_wait(
    qtbot: QtBot, window: MainWindow, region: str, settle
) -> None:
    session = window.session
    without = replace(session.state.day.settings, region="")
    session.do("No region", lambda state: edits.change_settings(state, without))
    settle(session)
    assert order_of(session, "house").location is None
    assert not window.pages.orders.find_all_button.isVisibleTo(window.pages.orders)

    chosen = replace(without, region=region)
    session.do("Choose the region", lambda state: edits.change_settings(state, chosen))
    qtbot.waitUntil(lambda: order_of(session, "house").location is not None, timeout=20_000)


def test_the_window_opens_the_dialog_for_an_order(qtbot: QtBot, window: MainWindow, settle) -> None:
    window.actions_.find_requested.emit("house")
    dialog = window.addresses.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0)
    assert dialog.online_button.isHidden(), "asking online is off"
    dialog.use_button.click()
    settle(window.session)

    assert place_text(order_of(window.session, "house")) == "Confirmed"


def test_nothing_leaves_the_computer_while_asking_online_is_off(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, settle
) -> None:
    asked: list[object] = []
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX:
            asked.append(address)
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *names, **_: asked.append(names) or [])
    settings = window.session.firm.settings()
    assert settings.online_addresses is AddressService.OFF
    assert (
        service_of(replace(settings, online_server="http://192.0.2.1", online_contact="a@b.example")) is None
    )

    window.actions_.find_requested.emit("lost")
    dialog = window.addresses.dialog
    assert dialog is not None
    qtbot.keyClicks(dialog.box, " 17")
    qtbot.waitUntil(lambda: "Nothing like this" in dialog.remark.text())
    window.addresses.find_waiting()
    qtbot.waitUntil(lambda: order_of(window.session, "lost").placing is not None, timeout=20_000)
    settle(window.session)
    dialog.reject()

    assert asked == []


def test_an_own_server_is_asked_when_the_button_is_pressed(
    qtbot: QtBot, window: MainWindow, own_server, settle
) -> None:
    firm = window.session.firm
    own = replace(firm.settings(), online_addresses=AddressService.OWN, online_server=own_server.address)
    firm.save_settings(own)
    window.actions_.find_requested.emit("lost")
    dialog = window.addresses.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "Nothing like this" in dialog.remark.text())
    assert own_server.asked == [], "typing alone asks nobody"

    dialog.online_button.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2, timeout=20_000)
    assert rows(dialog)[0][0] == "5 Veldstraat"
    dialog.use_button.click()
    settle(window.session)

    assert order_of(window.session, "lost").location == Location(51.05, 3.72)
    assert len(own_server.asked) == 1


@pytest.fixture
def own_server() -> Iterator[object]:
    from tests.addresses.test_online import Server, running

    with running(Server()) as server:
        yield server


def test_the_settings_keep_who_may_be_asked(folders: Folders, own_session: Session) -> None:
    firm = own_session.firm
    wanted = replace(
        firm.settings(),
        online_addresses=AddressService.PUBLIC,
        online_contact="ada@firm.example",
        online_server="https://addresses.example.com",
    )
    firm.save_settings(wanted)

    assert firm.settings() == wanted
    service = service_of(wanted)
    assert service is not None
    assert (service.address, service.contact) == ("", "ada@firm.example")
    assert Path(folders.firm_file).exists()
