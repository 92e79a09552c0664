"""The rules of an order or a vehicle as short lines for a person: a label and what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lastmile_desktop.model import Day, Order, RoutePosition, Vehicle, wording

_POSITIONS = {RoutePosition.FIRST: "first", RoutePosition.LAST: "last"}


def order_rule_lines(day: Day, order: Order) -> Iterator[tuple[str, str]]:
    """Only the rules that the order has, in the order in which a dispatcher thinks of them."""
    currency = day.settings.currency
    if order.setup_s:
        yield "Set-up", wording.duration(order.setup_s)
    if order.late_cents_per_hour is not None:
        most = "" if order.max_late_s is None else f"up to {wording.duration(order.max_late_s)}, "
        yield "May be late", f"{most}{wording.money(order.late_cents_per_hour, currency)} an hour"
    if order.preferred_driver:
        yield "Own driver", order.preferred_driver
    if order.only_vehicles:
        yield "Only", _listed(order.only_vehicles)
    if order.barred_vehicles:
        yield "Never", _listed(order.barred_vehicles)
    if order.position in _POSITIONS:
        yield "On route", _POSITIONS[order.position]
    if order.same_van:
        others = [o.id for o in day.orders if o.key != order.key and o.same_van == order.same_van]
        yield "Same van", f"with {_listed(others)}" if others else order.same_van
    if order.shipment:
        others = [o.id for o in day.orders if o.key != order.key and o.shipment == order.shipment]
        yield "Transfer", f"with {_listed(others)}" if others else order.shipment
    earlier = [day.order_by_key[key].id for key in order.after if key in day.order_by_key]
    if earlier:
        yield "After", _listed(earlier)


def vehicle_rule_lines(day: Day, vehicle: Vehicle) -> Iterator[tuple[str, str]]:
    """Overtime and second trips, where the vehicle has them."""
    if vehicle.overtime_s:
        extra = wording.money(vehicle.overtime_cents_per_hour, day.settings.currency)
        yield "Overtime", f"up to {wording.duration(vehicle.overtime_s)}, {extra} more an hour"
    if vehicle.max_trips > 1:
        yield "Trips", f"up to {vehicle.max_trips}, {wording.duration(vehicle.reload_s)} to load again"


def _listed(names: Collection[str]) -> str:
    shown = sorted(names, key=str.casefold)
    return ", ".join(shown) if len(shown) <= 6 else f"{', '.join(shown[:5])} and {len(shown) - 5} more"
