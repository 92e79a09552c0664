"""What the search pays: driving, leaving orders out, and the firm's goals."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.scales import COST_UNITS_PER_CENT, NO_WAY_S, Ints
from lastmile_desktop.model import Day, EvenBy, Location, Order, Priority, Vehicle

#: What driving is taken to cost in the search where a vehicle has neither a price per km nor per hour, so
#: that plans are sane; a timetable's cost counts the user's own prices only.
DEFAULT_PER_KM_CENTS = 30
DEFAULT_PER_HOUR_CENTS = 3000

#: How much an order that should be planned weighs when not all can be.
PRIORITY_WEIGHT = {Priority.HIGH: 9, Priority.NORMAL: 3, Priority.LOW: 1}
_LEAST_PENALTY_CENTS = 1_000_000
#: What one more van costs at the far end of "fewest vans": more than a detour, less than leaving orders out.
_FEWEST_VANS_CENTS = 200_000


def search_prices(vehicles: Sequence[Vehicle]) -> list[tuple[int, int]]:
    """(cents per km, cents per hour) of each vehicle in the search."""
    return [
        (v.cost_per_km_cents, v.cost_per_hour_cents)
        if v.cost_per_km_cents or v.cost_per_hour_cents
        else (DEFAULT_PER_KM_CENTS, DEFAULT_PER_HOUR_CENTS)
        for v in vehicles
    ]


def penalties(
    orders: Sequence[Order],
    vehicles: Sequence[Vehicle],
    duration_s: NDArray[np.int32],
    distance_m: NDArray[np.int32],
    for_each_van: int,
) -> Ints:
    """(n,) cents for leaving each order out: the user's price, or more than any detour for it could cost.

    ``for_each_van`` is what the goals add to the price of a van that is used.
    """
    base = _LEAST_PENALTY_CENTS
    if vehicles and distance_m.size:
        km = 2 * int(distance_m.max()) / 1000
        hours = 2 * int(duration_s[duration_s < NO_WAY_S].max()) / 3600 + 24
        prices = search_prices(vehicles)
        dearest = max(per_km * km + per_hour * hours for per_km, per_hour in prices)
        base = max(base, int(dearest) + max(v.fixed_cost_cents for v in vehicles)) + for_each_van
    cents = [
        order.skip_price_cents
        if order.skip_price_cents is not None
        else base * PRIORITY_WEIGHT[order.priority]
        for order in orders
    ]
    return np.array(cents, dtype=np.int64)


def setup_times(
    day: Day,
    orders: Sequence[Order],
    depots: Set[Location | None],
    locations: Sequence[Location | None],
) -> Ints:
    """(p,) the longest set-up time that an order at the place asks for; 0 at ``depots``."""
    longest: dict[Location | None, int] = {}
    for order in orders:
        door = day.doors[order.key].location
        longest[door] = max(longest.get(door, 0), order.setup_s)
    return np.array([0 if spot in depots else longest.get(spot, 0) for spot in locations], dtype=np.int64)


def even_units(
    day: Day, orders: Sequence[Order], vehicles: Sequence[Vehicle], duration_s: NDArray[np.int32]
) -> int:
    """Price of evenness: at full balance an average vehicle's work counts as much as its usual day costs."""
    goals = day.settings.goals
    if goals.balance <= 0 or not orders or not vehicles:
        return 0
    average = {EvenBy.STOPS: len(orders) / len(vehicles), EvenBy.LOAD: 1000.0}.get(goals.even_by, 0.0)
    if goals.even_by is EvenBy.HOURS:
        service_s = sum(order.service_s for order in orders)
        leg_s = float(np.median(duration_s[duration_s < NO_WAY_S])) / 2
        average = (service_s + len(orders) * leg_s) / len(vehicles) / 60
    usual_cents = 50 * search_prices(vehicles)[0][0] + 8 * search_prices(vehicles)[0][1]
    share = goals.balance / 100
    return max(1, round(share * usual_cents * COST_UNITS_PER_CENT / max(1.0, average) ** 2))


def tidy_units(day: Day, vehicles: Sequence[Vehicle], distance_m: NDArray[np.int32]) -> int:
    """Price of two near orders on different routes: at full tidiness as much as a usual leg."""
    tidiness = day.settings.goals.tidiness
    if tidiness <= 0 or not vehicles or len(distance_m) < 3:
        return 0
    nearest = np.partition(distance_m, 3 if len(distance_m) > 3 else 2, axis=1)[:, 1:3]
    per_km, per_hour = search_prices(vehicles)[0]
    leg_km = float(nearest.mean()) / 1000
    cents = leg_km * (per_km + per_hour / 30)
    return max(1, round(tidiness / 100 * cents * COST_UNITS_PER_CENT))


def van_cents(day: Day) -> int:
    """What the goal of few vans adds to the price of each van that is used."""
    return _FEWEST_VANS_CENTS * max(0, -day.settings.goals.balance) // 100
