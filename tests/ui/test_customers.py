"""What a person types for a customer comes back, is shown, and can be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lastmile_desktop.model import DayState, Location
from lastmile_desktop.ui.card.panel import CardPanel
from lastmile_desktop.ui.order_actions import OrderActions
from lastmile_desktop.ui.orders_view.order_changes import OrderChanges
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.settings_view.known_customers import KnownCustomers
from lastmile_desktop.ui.shown_day import ShownDay

MakeState = Callable[..., DayState]
Settle = Callable[[Session], None]
SPOT = Location(51.07, 3.71)


def started(session: Session, state: DayState, settle: Settle) -> None:
    session.start_day(state)
    settle(session)


def test_what_is_typed_is_remembered_for_the_customer(
    own_session: Session, make_state: MakeState, settle: Settle
) -> None:
    started(own_session, make_state(), settle)
    changes = OrderChanges(own_session)
    changes.change("Edit", ["o1"], {"service_s": 900, "notes": "side door"})
    changes.change("Place", ["o1"], {"location": SPOT})
    settle(own_session)
    order = own_session.state.day.order_by_key["o1"]
    known = own_session.firm.customers.known(order.name, order.address)
    assert known is not None
    assert (known.location, known.service_s, known.notes) == (SPOT, 900, "side door")
    changes.change("Edit", ["o1"], {"notes": "", "phone": "1"})
    settle(own_session)
    known = own_session.firm.customers.known(order.name, order.address)
    assert known is not None
    assert known.notes is None


def test_the_card_says_it_and_forgets(
    qtbot: QtBot, own_session: Session, make_state: MakeState, settle: Settle
) -> None:
    started(own_session, make_state(), settle)
    shown, selection = ShownDay(own_session), Selection()
    card = CardPanel(shown, selection, OrderActions(own_session, shown))
    qtbot.addWidget(card)
    card.show()
    selection.select_order("o2")
    assert not card._forget.isVisible()
    OrderChanges(own_session).change("Edit", ["o2"], {"service_s": 720})
    settle(own_session)
    said = [label.text() for label in card.findChildren(QLabel)]
    assert any(text.startswith("12 min at the door (since ") for text in said)
    qtbot.mouseClick(card._forget, Qt.MouseButton.LeftButton)
    settle(own_session)
    assert own_session.firm.customers.everybody() == {}
    assert not card._forget.isVisible()
    assert own_session.state.day.order_by_key["o2"].service_s == 720
    assert not any("since" in label.text() for label in card.findChildren(QLabel) if label.isVisible())


def test_the_list_forgets_and_exports(
    qtbot: QtBot, own_session: Session, settle: Settle, tmp_path: Path
) -> None:
    book = own_session.firm.customers
    book.remember("=Anna", "Main 5", location=SPOT, notes="x")
    book.remember("Berta", "Main 7", service_s=600)
    customers = KnownCustomers(own_session)
    qtbot.addWidget(customers)
    customers.show()
    customers.export_to(tmp_path / "c.csv")
    settle(own_session)
    text = (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    assert "'=Anna" in text
    assert "51.070000" in text
    item = customers.list.item(0)
    assert item is not None
    qtbot.mouseClick(
        customers.list.viewport(), Qt.MouseButton.LeftButton, pos=customers.list.visualItemRect(item).center()
    )
    qtbot.mouseClick(customers.forget, Qt.MouseButton.LeftButton)
    settle(own_session)
    assert len(book.everybody()) == 1
    qtbot.mouseClick(customers.forget_all, Qt.MouseButton.LeftButton)
    settle(own_session)
    assert book.everybody() == {}
    assert "0 customers" in customers.words.text()
    assert not customers.forget_all.isEnabled()
