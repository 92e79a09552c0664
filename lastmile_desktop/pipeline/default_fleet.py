"""The fleet that is offered when nobody has named one, and the prices when a sheet has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from lastmile_desktop.model import Order, Vehicle

#: What a small van costs where nobody has said otherwise; shown in Fleet, changed there.
DEFAULT_COST_PER_KM_CENTS = 35
DEFAULT_COST_PER_HOUR_CENTS = 2200

#: A van's day is about eight hours of work; driving between two stops takes some seven minutes.
_WORK_S = 8 * 3600
_DRIVE_PER_STOP_S = 7 * 60
_MOST_VANS = 30


def default_fleet(orders: Sequence[Order], depot_key: str) -> list[Vehicle]:
    """As many plain vans, 08:00 to 17:00, as the orders' service and some driving between them need."""
    work_s = sum(order.service_s + _DRIVE_PER_STOP_S for order in orders)
    count = min(_MOST_VANS, max(2, ceil(1.15 * work_s / _WORK_S)))
    return [
        Vehicle(
            key=f"default-{number}",
            name=f"Van {number}",
            start_depot=depot_key,
            end_depot=depot_key,
            cost_per_km_cents=DEFAULT_COST_PER_KM_CENTS,
            cost_per_hour_cents=DEFAULT_COST_PER_HOUR_CENTS,
        )
        for number in range(1, count + 1)
    ]


def with_default_prices(vehicles: Sequence[Vehicle]) -> list[Vehicle]:
    """The vehicles with default prices where no vehicle of the fleet has any: without one, no plan is dear.

    A fleet with at least one price is the user's own word and stays as it is.
    """
    if any(v.fixed_cost_cents or v.cost_per_km_cents or v.cost_per_hour_cents for v in vehicles):
        return list(vehicles)
    return [
        replace(
            vehicle,
            cost_per_km_cents=DEFAULT_COST_PER_KM_CENTS,
            cost_per_hour_cents=DEFAULT_COST_PER_HOUR_CENTS,
        )
        for vehicle in vehicles
    ]
