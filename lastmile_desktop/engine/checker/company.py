"""The checker's look at who goes with whom: bans, shipments, orders of one van, sequence on a route.

Like ``check`` it shares no code with the search or the evaluator: everything comes from the day and the
timetable's own words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lastmile_desktop.model import (
    Day,
    Load,
    Order,
    OrderKind,
    RoutePosition,
    RouteTimetable,
    Timetable,
    Vehicle,
    Violation,
)


@dataclass(frozen=True)
class Shipment:
    """What is collected at ``pickup`` and brought to ``delivery``; both name the goods, the larger counts."""

    pickup: Order
    delivery: Order

    @property
    def load(self) -> Load:
        """The goods."""
        pairs = zip(self.pickup.load.as_tuple, self.delivery.load.as_tuple, strict=True)
        return Load(*(max(pair) for pair in pairs))


def shipments_of(day: Day) -> tuple[dict[str, Shipment], frozenset[str]]:
    """The shipment of each order key, and the keys of orders whose shipment cannot be planned today.

    That is one that is not exactly one pickup and one delivery with positions and for this day.
    """
    members: dict[str, list[Order]] = defaultdict(list)
    for order in day.orders:
        today = order.delivery_date is None or order.delivery_date == day.date
        if order.shipment and today and order.location is not None:
            members[order.shipment].append(order)
    whole: dict[str, Shipment] = {}
    stray: set[str] = set()
    for orders in members.values():
        pickups = [order for order in orders if order.kind == OrderKind.PICKUP]
        deliveries = [order for order in orders if order.kind == OrderKind.DELIVERY]
        if len(pickups) == len(deliveries) == 1:
            shipment = Shipment(pickups[0], deliveries[0])
            whole[pickups[0].key] = whole[deliveries[0].key] = shipment
        else:
            stray.update(order.key for order in orders)
    return whole, frozenset(stray)


def loads_aboard(shipments: Mapping[str, Shipment], orders: Sequence[Order]) -> list[Load]:
    """What is on board at the start of a route and after each of its orders.

    Deliveries come from the depot, pickups stay until the end; a shipment's goods are on board between its
    two orders. A half that was never collected brings nothing.
    """
    aboard = Load()
    for order in orders:
        if order.kind == OrderKind.DELIVERY and order.key not in shipments:
            aboard += order.load
    loads = [aboard]
    collected: set[str] = set()
    for order in orders:
        shipment = shipments.get(order.key)
        goods = order.load if shipment is None else shipment.load
        if order.kind == OrderKind.PICKUP:
            aboard += goods
            collected.add(order.key)
        elif shipment is None or shipment.pickup.key in collected:
            aboard -= goods
        loads.append(aboard)
    return loads


def check_company(day: Day, timetable: Timetable) -> Iterator[Violation]:
    """Violations of the codes vehicle_ban, shipment, same_van, position and before."""
    routes = [
        (day.vehicle_by_key[route.vehicle_key], _orders_on(day, route))
        for route in timetable.routes
        if route.vehicle_key in day.vehicle_by_key
    ]
    for vehicle, orders in routes:
        yield from _check_bans(vehicle, orders)
        yield from _check_positions(vehicle, orders)
        yield from _check_before(vehicle, orders)
    driver_of = {order.key: vehicle for vehicle, orders in routes for order in orders}
    yield from _check_shipments(day, driver_of, routes)
    yield from _check_same_van(day, driver_of)


def _orders_on(day: Day, route: RouteTimetable) -> list[Order]:
    return [day.order_by_key[key] for key in route.order_keys if key in day.order_by_key]


def _plain(name: str) -> str:
    """However a name is typed."""
    return " ".join(name.casefold().split())


def _names(vehicle: Vehicle) -> frozenset[str]:
    return frozenset(_plain(name) for name in (vehicle.name, vehicle.driver) if name.strip())


def _check_bans(vehicle: Vehicle, orders: Sequence[Order]) -> Iterator[Violation]:
    own = _names(vehicle)
    for order in orders:
        if order.only_vehicles and own.isdisjoint(map(_plain, order.only_vehicles)):
            wanted = " or ".join(sorted(order.only_vehicles))
            text = f"Order {order.id} is on {vehicle.name}, but may only go with {wanted}."
            yield Violation("vehicle_ban", text, vehicle.key, order.key)
        barred = sorted(name for name in order.barred_vehicles if _plain(name) in own)
        if barred:
            text = f"Order {order.id} is on {vehicle.name}, but must not go with {barred[0]}."
            yield Violation("vehicle_ban", text, vehicle.key, order.key)


def _check_positions(vehicle: Vehicle, orders: Sequence[Order]) -> Iterator[Violation]:
    for place, order in enumerate(orders):
        if order.position == RoutePosition.FIRST:
            others, word = orders[:place], "first"
        elif order.position == RoutePosition.LAST:
            others, word = orders[place + 1 :], "last"
        else:
            continue
        wrong = [other for other in others if other.position != order.position]
        if wrong:
            side = "before" if word == "first" else "after"
            text = f"Order {order.id} should be {word} on {vehicle.name}, but {wrong[0].id} comes {side} it."
            yield Violation("position", text, vehicle.key, order.key)


def _check_before(vehicle: Vehicle, orders: Sequence[Order]) -> Iterator[Violation]:
    place = {order.key: number for number, order in enumerate(orders)}
    for order in orders:
        for key in sorted(order.after):
            if key != order.key and place.get(key, -1) > place[order.key]:
                other = orders[place[key]]
                text = f"Order {order.id} on {vehicle.name} should come after {other.id}, not before."
                yield Violation("before", text, vehicle.key, order.key)


def _check_shipments(
    day: Day, driver_of: Mapping[str, Vehicle], routes: Sequence[tuple[Vehicle, Sequence[Order]]]
) -> Iterator[Violation]:
    place = {order.key: number for _, orders in routes for number, order in enumerate(orders)}
    for shipment in {id(one): one for one in shipments_of(day)[0].values()}.values():
        pickup, delivery = shipment.pickup, shipment.delivery
        first, second = driver_of.get(pickup.key), driver_of.get(delivery.key)
        name = f"shipment {pickup.shipment}"
        if first is not None and second is not None:
            if first.key != second.key:
                text = (
                    f"{pickup.id} is on {first.name} and {delivery.id} on {second.name}, "
                    f"but both are {name} and need one vehicle."
                )
            elif place[pickup.key] > place[delivery.key]:
                text = f"{delivery.id} on {first.name} comes before {pickup.id}, where {name} is collected."
            else:
                continue
            yield Violation("shipment", text, second.key, delivery.key)
        elif first is not None:
            text = f"{pickup.id} is on {first.name} without {delivery.id}, to which {name} is brought."
            yield Violation("shipment", text, first.key, pickup.key)
        elif second is not None:
            text = f"Order {delivery.id} is on {second.name} without {pickup.id}, where {name} is collected."
            yield Violation("shipment", text, second.key, delivery.key)


def _check_same_van(day: Day, driver_of: Mapping[str, Vehicle]) -> Iterator[Violation]:
    groups: dict[str, list[Order]] = defaultdict(list)
    for order in day.orders:
        if order.same_van and order.key in driver_of:
            groups[_plain(order.same_van)].append(order)
    for orders in groups.values():
        home = driver_of[orders[0].key]
        for order in orders[1:]:
            vehicle = driver_of[order.key]
            if vehicle.key != home.key:
                text = (
                    f"Order {order.id} is on {vehicle.name} and {orders[0].id} on {home.name}, "
                    f"but both belong on one vehicle ({orders[0].same_van})."
                )
                yield Violation("same_van", text, vehicle.key, order.key)
