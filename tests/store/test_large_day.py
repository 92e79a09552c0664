"""A day of 2,000 orders can be edited, undone, saved and opened like a small one."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

from lastmile_desktop.model import RouteOrders
from lastmile_desktop.store import DayStore


def test_two_thousand_orders(folders, make_state, tmp_path):
    store = DayStore.new(make_state(2000, 20), folders=folders)
    path = tmp_path / "big.lastmile"

    def move_an_order() -> None:
        state = store.state
        routes = list(state.assignment.routes)
        moved = routes[3].order_keys[0]
        routes[3] = RouteOrders(routes[3].vehicle_key, routes[3].order_keys[1:])
        routes[4] = RouteOrders(routes[4].vehicle_key, (moved, *routes[4].order_keys))
        orders = list(state.day.orders)
        orders[7] = dataclasses.replace(orders[7], notes=f"moved {moved}")
        new = dataclasses.replace(
            state,
            day=dataclasses.replace(state.day, orders=tuple(orders)),
            assignment=dataclasses.replace(state.assignment, routes=tuple(routes)),
        )
        store.commit("Move", new)

    start = store.state
    for _ in range(10):
        move_an_order()
    moved = store.state
    for _ in range(10):
        store.undo()
    assert store.state == start
    for _ in range(10):
        store.redo()
    assert store.state == moved
    store.save(path)
    store.close(discard=True)
    reopened = DayStore.open(path, folders=folders)
    assert reopened.state == moved
    reopened.close()


def test_the_room_needs_neither_qt_nor_anything_heavy():
    code = "import sys, lastmile_desktop.store; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    roots = {name.split(".")[0] for name in loaded.split()}
    assert not roots & {"PySide6", "numpy", "openpyxl", "ortools", "folium", "pyqtgraph", "platformdirs"}
