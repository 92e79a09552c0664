"""Runs the real window by itself and does random things in it, saying each state it has announced.

Started by test_killed_app.py as a program of its own, to be killed at any moment:
    python killed_app.py SHEET SEED
"""

from __future__ import annotations

import hashlib
import random
import sys
from dataclasses import replace
from pathlib import Path


def fingerprint(state: object) -> str:
    """The same for the same orders and routes, in any process."""
    day, assignment = state.day, state.assignment  # type: ignore[attr-defined]
    orders = [(order.key, order.notes, str(order.location)) for order in day.orders]
    routes = [] if assignment is None else [(r.vehicle_key, r.order_keys) for r in assignment.routes]
    locked = [] if assignment is None else sorted(assignment.locked)
    return hashlib.sha256(repr((orders, sorted(routes), locked)).encode()).hexdigest()[:16]


def main(sheet: Path, seed: int) -> None:
    from PySide6.QtCore import QTimer

    from lastmile_desktop.pipeline import edits
    from lastmile_desktop.store.firm import FirmMemory
    from lastmile_desktop.store.folders import default_folders
    from lastmile_desktop.ui.app import _application
    from lastmile_desktop.ui.main_window import MainWindow
    from lastmile_desktop.ui.session import Session

    application = _application()
    folders = default_folders()
    session = Session(FirmMemory(folders), folders)
    window = MainWindow(session, folders)
    session.changed.connect(lambda _change: print("state", fingerprint(session.state), flush=True))
    window.show()
    window.open_path(sheet)
    dice = random.Random(seed)
    step = 0

    def act() -> None:
        nonlocal step
        orders = session.state.day.orders
        if not orders or session.busy or window.planning.running:
            return
        step += 1
        keys = [order.key for order in dice.sample(orders, k=dice.randint(1, 3))]
        vehicles = [vehicle.key for vehicle in session.state.day.vehicles]
        print("acting", step, flush=True)
        match dice.randint(0, 5):
            case 0 | 1:
                window.actions_.move(keys, dice.choice(vehicles))
            case 2:
                window.actions_.unassign(keys)
            case 3 if not (session.status.undo_name or "Open").startswith("Open"):
                session.undo()  # never the import itself: an empty day is not worth recovering
            case 4:
                order = replace(orders[0], notes=f"note {step}")
                session.do("Note", lambda state: edits.change_orders(state, [order]))
            case 5:
                session.do("Lock", lambda state: edits.set_locked(state, keys, locked=True))

    timer = QTimer()
    timer.timeout.connect(act)
    timer.start(15)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
