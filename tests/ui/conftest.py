"""The window's parts on a private data folder, and small days that every test can foresee."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lastmile_desktop.model import Capacity, Day, DayState, Depot, Location, Order, TimeWindow, Vehicle
from lastmile_desktop.store.firm import FirmMemory
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.map_view.scheme import prepare_web_engine
from lastmile_desktop.ui.session import Session

prepare_web_engine()  # before the tests' QApplication, as the program does

MakeState = Callable[..., DayState]
Settle = Callable[[Session], None]


@pytest.fixture(autouse=True)
def _collect_on_the_gui_thread() -> Iterator[None]:
    """As `ui.garbage` does in the program: cycles with Qt objects must not be cleared by a worker."""
    gc.disable()
    yield
    gc.collect()


def _state(orders: int = 6, vehicles: int = 2, pieces: int = 30) -> DayState:
    depot = Depot("d", "Depot", Location(51.05, 3.72))
    made = [
        Order(
            key=f"o{number}",
            id=f"B-{number:03d}",
            name=f"Customer {number}",
            address=f"Street {number}, Ghent",
            location=Location(51.0 + 0.005 * (number % 17), 3.65 + 0.007 * (number % 13)),
            windows=(TimeWindow(9 * 3600, 17 * 3600),) if number % 3 == 0 else (),
            weight_g=5000,
            phone=f"+32 9 {number:06d}",
        )
        for number in range(1, orders + 1)
    ]
    fleet = [
        Vehicle(
            key=f"v{number}",
            name=f"Van {number}",
            driver=("Sofie", "Mehmet", "Koen")[number % 3],
            capacity=Capacity(quantity_milli=pieces * 1000),
            start_depot="d",
            end_depot="d",
            cost_per_km_cents=35,
            cost_per_hour_cents=2200,
        )
        for number in range(1, vehicles + 1)
    ]
    day = Day(date(2026, 11, 23), tuple(made), tuple(fleet), (depot,), source_name="test.xlsx")
    return DayState(day)


@pytest.fixture
def make_state() -> MakeState:
    """``make_state(orders, vehicles, pieces)``: keys o1, o2 ... and v1, v2 ..., nothing planned."""
    return _state


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A data folder of the test's own."""
    home = tmp_path / "home"
    monkeypatch.setenv("LASTMILE_HOME", str(home))
    return Folders(home)


@pytest.fixture
def settle(qtbot: QtBot) -> Settle:
    """Wait until the session has done everything it was asked for."""

    def wait(session: Session) -> None:
        qtbot.waitUntil(lambda: not session.busy, timeout=20_000)

    return wait


@pytest.fixture
def own_session(qtbot: QtBot, folders: Folders) -> Iterator[Session]:
    """A session of the test's own."""
    firm = FirmMemory(folders)
    session = Session(firm, folders)
    yield session
    session.close(discard=True)
    firm.close()
