"""From a day to the rule arrays of a problem: who may serve what, what belongs together, what lateness costs.

``docs/rules.md`` says what each rule means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.scales import FAR_S, Ints, Windows
from lastmile_desktop.model import (
    Day,
    EvenBy,
    Order,
    OrderKind,
    RoutePosition,
    Vehicle,
)

#: What an hour of lateness costs where the flexible goal, not the order, makes a window soft.
FLEXIBLE_LATE_CENTS_PER_HOUR = 6000
_POSITIONS = {RoutePosition.FIRST: -1, RoutePosition.ANY: 0, RoutePosition.LAST: 1}


def soft_windows(order: Order, flexible_s: int) -> tuple[Windows, tuple[int, ...], int]:
    """(windows in which service may start at all, end of each as the customer has it, price of an hour late).

    Closed intervals, ascending, apart from each other; windows that touch or overlap are joined. The price is
    0 where the windows are hard; then both ends of each window are the same.
    """
    raw = sorted(
        (0 if w.start_s is None else w.start_s, FAR_S if w.end_s is None else w.end_s) for w in order.windows
    )
    joined: list[tuple[int, int]] = []
    for start, end in raw or [(0, FAR_S)]:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    due = tuple(end for _, end in joined)
    price, late_s = order.late_cents_per_hour, order.max_late_s
    if price is None:
        price, late_s = (FLEXIBLE_LATE_CENTS_PER_HOUR, flexible_s) if flexible_s else (0, 0)
    if late_s == 0:
        return tuple(joined), due, 0
    until = [*(start - 1 for start, _ in joined[1:]), FAR_S]
    longest = FAR_S if late_s is None else late_s
    return (
        tuple((start, min(end + longest, last)) for (start, end), last in zip(joined, until, strict=True)),
        due,
        price,
    )


def named(names: Iterable[str], vehicle: Vehicle) -> bool:
    """True when one of ``names`` is the vehicle's or its driver's, however it is typed."""
    own = {_plain(vehicle.name), _plain(vehicle.driver)} - {""}
    return any(_plain(name) in own for name in names)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def allowed_vehicles(orders: Sequence[Order], vehicles: Sequence[Vehicle]) -> NDArray[np.bool_]:
    """(n, m) True where the vehicle has all skills of the order and is not kept from it."""
    allowed = np.ones((len(orders), len(vehicles)), dtype=np.bool_)
    for row, order in enumerate(orders if vehicles else ()):
        if order.skills:
            allowed[row] = [order.skills <= vehicle.skills for vehicle in vehicles]
        if order.only_vehicles:
            allowed[row] &= [named(order.only_vehicles, vehicle) for vehicle in vehicles]
        if order.barred_vehicles:
            allowed[row] &= [not named(order.barred_vehicles, vehicle) for vehicle in vehicles]
    return allowed


def preferences(orders: Sequence[Order], vehicles: Sequence[Vehicle], cents: int) -> Ints:
    """(n, m) what it costs in the search that an order does not go with the driver it prefers.

    Nothing where the preferred driver does not work today: then nobody is nearer to the wish than another.
    """
    table = np.zeros((len(orders), len(vehicles)), dtype=np.int64)
    for row, order in enumerate(orders):
        if order.preferred_driver:
            liked = np.array([named((order.preferred_driver,), v) for v in vehicles], dtype=np.bool_)
            if liked.any():
                table[row] = np.where(liked, 0, cents)
    return table


def broken_shipments(orders: Sequence[Order]) -> dict[str, str]:
    """Order key -> sentence, for orders whose shipment is not exactly one pickup and one delivery."""
    members: Mapping[str, list[Order]] = defaultdict(list)
    for order in orders:
        if order.shipment:
            members[order.shipment].append(order)
    sentences: dict[str, str] = {}
    for name, group in members.items():
        kinds = sorted(order.kind for order in group)
        if kinds == [OrderKind.DELIVERY, OrderKind.PICKUP]:
            continue
        for order in group:
            sentences[order.key] = (
                f"{order.id} belongs to shipment {name}, which needs exactly one pickup and one delivery "
                f"that can be planned today; it has {kinds.count(OrderKind.PICKUP)} and "
                f"{kinds.count(OrderKind.DELIVERY)}."
            )
    return sentences


def partners(orders: Sequence[Order]) -> Ints:
    """(n,) index of the other half of each order's shipment, -1 for none. Expects no broken shipments."""
    partner = np.full(len(orders), -1, dtype=np.int64)
    first: dict[str, int] = {}
    for index, order in enumerate(orders):
        if order.shipment:
            other = first.setdefault(order.shipment, index)
            if other != index:
                partner[index], partner[other] = other, index
    return partner


def shipment_loads(orders: Sequence[Order], demand: Ints) -> Ints:
    """(n, 3) ``demand`` with the same goods at both halves of a shipment: the larger of what the two say."""
    both = demand.copy()
    for index, other in enumerate(partners(orders).tolist()):
        if other >= 0:
            both[index] = np.maximum(demand[index], demand[other])
    return both


def groups(orders: Sequence[Order]) -> Ints:
    """(n,) number of the group of orders that must share a vehicle, -1 for none or alone."""
    names: dict[str, list[int]] = defaultdict(list)
    for index, order in enumerate(orders):
        if order.same_van:
            names[_plain(order.same_van)].append(index)
    group = np.full(len(orders), -1, dtype=np.int64)
    for number, indices in enumerate(indices for indices in names.values() if len(indices) > 1):
        group[indices] = number
    return group


def positions(orders: Sequence[Order]) -> Ints:
    """(n,) -1 for orders that come first on their route, 1 for those that come last, else 0."""
    return np.array([_POSITIONS[order.position] for order in orders], dtype=np.int64)


def precedences(orders: Sequence[Order]) -> tuple[tuple[int, int], ...]:
    """(earlier, later) indices; orders that are not planned today are passed over."""
    index = {order.key: number for number, order in enumerate(orders)}
    return tuple(
        (index[key], later)
        for later, order in enumerate(orders)
        for key in sorted(order.after)
        if key in index and index[key] != later
    )


def traffic(day: Day) -> tuple[tuple[int, int], ...]:
    """(from second, percent) steps of the driving time, ascending from 0; empty when it never changes."""
    steps: list[tuple[int, int]] = [(0, 100)]
    for period in day.settings.traffic:
        for moment, percent in ((period.start_s, period.percent), (period.end_s, 100)):
            if steps[-1][0] == moment:
                steps[-1] = (moment, percent)
            elif steps[-1][1] != percent:
                steps.append((moment, percent))
    return tuple(steps) if any(percent != 100 for _, percent in steps) else ()


def even_shares(orders: Sequence[Order], demand: Ints, vehicle_count: int, even_by: EvenBy) -> Ints:
    """(n,) what each order adds to its vehicle's work where that is stops or load; zeros for hours.

    Loads are scaled to an average of 1,000 a vehicle, in the dimension that most orders have.
    """
    if even_by is EvenBy.STOPS:
        return np.ones(len(orders), dtype=np.int64)
    if even_by is EvenBy.HOURS or not len(orders):
        return np.zeros(len(orders), dtype=np.int64)
    column = int((demand > 0).sum(axis=0).argmax())
    amounts = demand[:, column].astype(np.float64)
    shares: Ints = np.rint(1000 * max(1, vehicle_count) * amounts / max(1.0, amounts.sum())).astype(np.int64)
    return shares
