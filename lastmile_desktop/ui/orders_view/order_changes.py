"""What a dispatcher does to orders on the Orders page: named steps that the session takes and can undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from lastmile_desktop.addresses.search import Candidate
from lastmile_desktop.model import DayState, Order, SheetProblem
from lastmile_desktop.model.wording import count
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.places import confirmed, find_places, placed_order, remembered
from lastmile_desktop.store.customers import CustomerBook
from lastmile_desktop.system.atomic import write_bytes
from lastmile_desktop.ui.orders_view import order_edits
from lastmile_desktop.ui.orders_view.order_columns import Values
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.table_parts.cells_out import as_csv

After = Callable[[], None] | None


class OrderChanges:
    """Asks the session for edits of orders; positions that a person gives are remembered for the customer."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def called(self, order_keys: Sequence[str]) -> str:
        """Orders in a sentence: "B-1001", "3 orders"."""
        if len(order_keys) == 1:
            return self._session.state.day.order_by_key[order_keys[0]].id or "an order"
        return count(len(order_keys), "order")

    def change(self, name: str, order_keys: Sequence[str], values: Values, after: After = None) -> None:
        """Give orders new values in some fields, as one step."""
        firm = self._session.firm

        def edit(state: DayState) -> DayState:
            changed = order_edits.with_values(state, order_keys, values, firm.position_of)
            if "address" in values and "location" not in values:
                changed = self._looked_up(state, changed, order_keys)
            remember(firm.customers, changed, order_keys, values)
            return changed

        self._session.do(name, edit, after)

    def _looked_up(self, before: DayState, state: DayState, order_keys: Sequence[str]) -> DayState:
        """On the session's worker: a new address is looked up in the day's region at once."""
        readdressed = [
            replace(order, location=None) for order in state.day.orders if order.key in set(order_keys)
        ]
        places = find_places(readdressed, state.day.settings.region)
        return order_edits.readdressed(state, before, order_keys, places)

    def choose_place(self, order_key: str, candidate: Candidate, after: After = None) -> None:
        """A person picked a place for an order; it is remembered for this customer."""
        firm = self._session.firm
        name = f"Place {self.called([order_key])}"

        def edit(state: DayState) -> DayState:
            order = state.day.order_by_key[order_key]
            firm.remember_position(order.name, order.address, candidate.location)
            return order_edits.with_place(state, order_key, candidate)

        self._session.do(name, edit, after)

    def add(self, order: Order, after: After = None) -> None:
        """Add an order; a known customer's position comes with it."""
        firm = self._session.firm

        def edit(state: DayState) -> DayState:
            if order.location is None:
                known = remembered(order, firm.position_of)
                found = find_places([known], state.day.settings.region).of(known)
                looked_up = found is not None and known.location is None
                return edits.add_order(state, placed_order(known, found) if looked_up and found else known)
            firm.remember_position(order.name, order.address, order.location)
            return edits.add_order(state, confirmed(order, order.location))

        self._session.do(f"Add {order.id}", edit, after)

    def delete(self, order_keys: Sequence[str], after: After = None) -> None:
        """Delete orders."""
        name = f"Delete {self.called(order_keys)}"
        self._session.do(name, lambda state: order_edits.without_orders(state, order_keys), after)

    def unassign(self, order_keys: Sequence[str]) -> None:
        """Take orders off their routes."""

        def edit(state: DayState) -> DayState:
            known = [key for key in order_keys if key in state.day.order_by_key]
            return edits.move_orders(state, known, None)

        self._session.do(f"Take {self.called(order_keys)} off the route", edit)

    def order_after(self, later: Order, earlier: Order) -> None:
        """``later`` comes after ``earlier`` where both are on one route; a rule the other way round goes."""

        def edit(state: DayState) -> DayState:
            known = state.day.order_by_key
            second, first = known[later.key], known[earlier.key]
            return edits.change_orders(
                state,
                [
                    replace(second, after=second.after | {first.key}),
                    replace(first, after=first.after - {second.key}),
                ],
            )

        self._session.do(f"{earlier.id} before {later.id}", edit)

    def in_any_order(self, orders: Sequence[Order]) -> None:
        """These orders come after no other any more."""
        keys = [order.key for order in orders]

        def edit(state: DayState) -> DayState:
            known = state.day.order_by_key
            return edits.change_orders(
                state, [replace(known[key], after=frozenset()) for key in keys if key in known]
            )

        self._session.do(f"{self.called(keys)} in any order", edit)

    def mark_looked_at(self, order_keys: Sequence[str]) -> None:
        """A person has checked these orders."""
        name = f"Mark {self.called(order_keys)} as looked at"
        self._session.do(name, lambda state: order_edits.looked_at(state, order_keys))

    def mark_problems(self, problems: Sequence[SheetProblem]) -> None:
        """A person has dealt with these remarks."""
        name = f"Mark {count(len(problems), 'remark')} as looked at"
        self._session.do(name, lambda state: order_edits.without_problems(state, problems))

    def export(self, path: Path, rows: Sequence[Sequence[str]], after: After = None) -> None:
        """Write rows of cells to a csv file, on the session's worker; no step to undo."""

        def work(state: DayState) -> DayState:
            write_bytes(path, as_csv(rows))
            return state

        self._session.do(f"Export to {path.name}", work, after)

    def undo(self) -> None:
        """Take back the last step."""
        self._session.undo()


def remember(customers: CustomerBook, state: DayState, order_keys: Sequence[str], values: Values) -> None:
    """Keep for the customers of these orders what a person has just said: position, service time, notes."""
    said = {name: values[name] for name in ("location", "service_s", "notes") if values.get(name) is not None}
    if said:
        for key in order_keys:
            order = state.day.order_by_key.get(key)
            if order is not None:
                customers.remember(order.name, order.address, **said)
