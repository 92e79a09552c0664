"""What cannot be planned is found before any search sees it, and said in a sentence that names it.

The model refuses what has no meaning at all (a window that ends before it starts). Here follow the values
that have one but cannot be true, or of which sums could not be held: with every number within the bounds of
this module, no sum that the engine makes leaves 64 bits, and no time or distance leaves 32.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from lastmile_desktop.engine.scales import NO_WAY_S
from lastmile_desktop.model import Day, DaySettings, Depot, Order, Unassigned, UnassignedReason, Vehicle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lastmile_desktop.model import TravelMatrix

#: Times of day and lengths of time lie within a week of midnight.
MOST_TIME_S = 7 * 86_400
#: 100 million pieces, 100,000 tonnes, 100,000 cubic metres: 10,000 of them are still less than NO_LIMIT.
MOST_AMOUNT = 10**11
#: Ten million in any currency: for leaving an order out, or for using a vehicle.
MOST_PRICE_CENTS = 10**9
MOST_PER_KM_CENTS = 10**6
MOST_PER_HOUR_CENTS = 10**7
#: More trips than this are as good as any number of them.
MOST_TRIPS = 1000
#: Longer than the way around the earth: with this many metres a leg counts as no way at all.
MOST_LEG_M = 10**8
_LEAST_DRIVE_PERCENT, _MOST_DRIVE_PERCENT = 10, 1000

_Fault = tuple[UnassignedReason, str]


class BadTravel(ValueError):
    """The travel times do not belong to the places asked about; the text is a sentence for the dispatcher."""

    for_dispatcher = True


def order_faults(day: Day) -> Mapping[str, Unassigned]:
    """Order key -> why no plan can hold it, for each order of ``day`` with a value that cannot be true."""
    found: dict[str, Unassigned] = {}
    for order in day.orders:
        fault = next(_faults_of_order(order), None)
        if fault is not None:
            reason, text = fault
            found[order.key] = Unassigned(order.key, reason, f"{order.id} cannot be planned: {text}")
    return found


def vehicle_fault(vehicle: Vehicle, depots: Mapping[str, Depot]) -> str | None:
    """A sentence about the first value of ``vehicle`` or its depots that cannot be true, None without one."""
    text = next(_faults_of_vehicle(vehicle), None)
    if text is not None:
        return f"{vehicle.name} cannot be planned: {text} Correct it in Fleet."
    for key in (vehicle.start_depot, vehicle.end_depot):
        depot = None if key is None else depots[key]
        if depot is not None and not (_is_time(depot.opens_s) and _is_time(depot.closes_s)):
            hours = "its depot's hours are not times of this week."
            return f"{vehicle.name} cannot be planned: {depot.name}: {hours} Correct it in Fleet."
    return None


def settings_fault(settings: DaySettings) -> str | None:
    """A sentence about a setting with which no time could be computed, None when all can be used."""
    percent = settings.drive_time_percent
    if not _is_whole(percent) or not _LEAST_DRIVE_PERCENT <= percent <= _MOST_DRIVE_PERCENT:
        return (
            f"The driving time is set to {_number(percent)} % of the estimate: "
            f"it must be between {_LEAST_DRIVE_PERCENT} and {_MOST_DRIVE_PERCENT} %."
        )
    if not _is_within(settings.preference_cents, MOST_PRICE_CENTS):
        return "What a preferred driver may cost is too large to add up: choose a smaller amount."
    return None


def admit_travel(matrix: TravelMatrix, count: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(seconds, metres) between ``count`` places, as int32 that can be added up; NO_WAY_S = no way.

    Where seconds or metres are negative, not a number or beyond all reason there is no way; a place is at
    distance 0 from itself. Raises BadTravel for tables of the wrong shape.
    """
    seconds, metres = np.asarray(matrix.duration_s), np.asarray(matrix.distance_m)
    if seconds.shape != (count, count) or metres.shape != (count, count):
        raise BadTravel(
            f"The travel times are for {'x'.join(map(str, seconds.shape))} places and the distances for "
            f"{'x'.join(map(str, metres.shape))}, but the day has {count}: nothing can be planned with them."
        )
    if seconds.dtype.kind not in "iuf" or metres.dtype.kind not in "iuf":
        raise BadTravel("The travel times and distances are not numbers: nothing can be planned with them.")
    with np.errstate(invalid="ignore"):
        way = (seconds >= 0) & (seconds < NO_WAY_S) & (metres >= 0) & (metres < MOST_LEG_M)
    np.fill_diagonal(way, True)
    duration_s = np.where(way, seconds, NO_WAY_S).astype(np.int32)
    distance_m = np.where(way, metres, 0).astype(np.int32)
    np.fill_diagonal(duration_s, 0)
    np.fill_diagonal(distance_m, 0)
    return duration_s, distance_m


def _faults_of_order(order: Order) -> Iterator[_Fault]:
    capacity, window, shift = UnassignedReason.CAPACITY, UnassignedReason.WINDOW, UnassignedReason.SHIFT
    for word, amount in (
        ("number of pieces", order.quantity_milli),
        ("weight", 0 if order.weight_g is None else order.weight_g),
        ("volume", 0 if order.volume_cm3 is None else order.volume_cm3),
    ):
        if not _is_within(amount, MOST_AMOUNT):
            yield capacity, f"its {word} is {_beyond(amount)}. Correct it in Orders."
    for word, length in (("service time", order.service_s), ("set-up time", order.setup_s)):
        if not _is_within(length, MOST_TIME_S):
            yield shift, f"its {word} is {_beyond(length, 'longer than a week')}. Correct it in Orders."
    for one in order.windows:
        if not (_is_time(one.start_s) and _is_time(one.end_s)):
            yield window, "its time window is not a time of this week. Correct it in Orders."
        elif one.start_s is None and one.end_s is not None and one.end_s < 0:
            yield window, "its time window is over before the day begins. Correct it in Orders."
    if order.max_late_s is not None and not _is_within(order.max_late_s, MOST_TIME_S):
        yield window, "the lateness it allows is longer than a week. Correct it in Orders."
    for word, price in (
        ("price for leaving it out", order.skip_price_cents),
        ("price of an hour late", order.late_cents_per_hour),
    ):
        if price is not None and not _is_within(price, MOST_PRICE_CENTS):
            yield UnassignedReason.DROPPED, f"its {word} is {_beyond(price)}. Correct it in Orders."


def _faults_of_vehicle(vehicle: Vehicle) -> Iterator[str]:
    if not (_is_time(vehicle.shift_start_s) and _is_time(vehicle.shift_end_s)):
        yield "its shift is not within this week."
    for word, length in (("overtime", vehicle.overtime_s), ("time to load again", vehicle.reload_s)):
        if not _is_within(length, MOST_TIME_S):
            yield f"its {word} is {_beyond(length, 'longer than a week')}."
    for rest in vehicle.breaks:
        times = (_is_time(rest.earliest_s), _is_time(rest.latest_s), _is_within(rest.duration_s, MOST_TIME_S))
        if not all(times):
            yield "one of its breaks is not within this week."
    for word, limit, least in (
        ("room for pieces", vehicle.capacity.quantity_milli, 0),
        ("load in kg", vehicle.capacity.weight_g, 0),
        ("room in m³", vehicle.capacity.volume_cm3, 0),
        ("most stops", vehicle.max_stops, 0),
        ("most kilometres", vehicle.max_distance_m, 0),
        ("most hours", vehicle.max_duration_s, 0),
        ("number of trips", vehicle.max_trips, 1),
    ):
        # However large: from NO_LIMIT on a limit is none.
        if limit is not None and not (_is_whole(limit) and limit >= least):
            yield f"its {word} is {_number(limit)}, which cannot be."
    for word, price, most in (
        ("fixed price", vehicle.fixed_cost_cents, MOST_PRICE_CENTS),
        ("price per km", vehicle.cost_per_km_cents, MOST_PER_KM_CENTS),
        ("price per hour", vehicle.cost_per_hour_cents, MOST_PER_HOUR_CENTS),
        ("price of an hour's overtime", vehicle.overtime_cents_per_hour, MOST_PER_HOUR_CENTS),
    ):
        if not _is_within(price, most):
            yield f"its {word} is {_beyond(price)}."


def _is_whole(value: object) -> bool:
    """Days also come from other programs: a float, NaN or None may stand where a whole number should."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _is_within(value: Any, most: int, least: int = 0) -> bool:
    return _is_whole(value) and bool(least <= value <= most)


def _is_time(value: Any) -> bool:
    return value is None or _is_within(value, MOST_TIME_S, -MOST_TIME_S)


def _beyond(value: object, too_much: str = "too large to be true") -> str:
    if not isinstance(value, int | np.integer) or isinstance(value, bool):
        return "not a number" if value is not None else "missing"
    return "less than nothing" if value < 0 else too_much


def _number(value: object) -> str:
    text = f"{value:,}" if isinstance(value, int) else str(value)
    return text if len(text) <= 30 else f"{text[:27]}..."
