"""Small days for tests, made by hand."""

from __future__ import annotations

from datetime import date

from lastmile_desktop.model import Assignment, Day, DayState, Depot, Location, Order, RouteOrders, Vehicle

DEPOT = Depot(key="D", name="Depot", location=Location(51.05, 3.72))


def order(number: int, **fields: object) -> Order:
    location = Location(51.0 + number * 0.004, 3.7 + (number % 7) * 0.01)
    return Order(
        **{"key": f"k{number}", "id": f"B-{number}", "name": f"Name {number}", "location": location, **fields}  # type: ignore[arg-type]
    )


def vehicle(number: int, **fields: object) -> Vehicle:
    base = {"key": f"v{number}", "name": f"Van {number}", "start_depot": "D", "end_depot": "D"}
    return Vehicle(**{**base, **fields})  # type: ignore[arg-type]


def day_state(orders: int = 6, vehicles: int = 2, routes: dict[str, list[int]] | None = None) -> DayState:
    day = Day(
        date=date(2026, 11, 23),
        orders=tuple(order(number) for number in range(1, orders + 1)),
        vehicles=tuple(vehicle(number) for number in range(1, vehicles + 1)),
        depots=(DEPOT,),
    )
    assignment = None
    if routes is not None:
        assignment = Assignment(
            tuple(RouteOrders(key, tuple(f"k{n}" for n in numbers)) for key, numbers in routes.items())
        )
    return DayState(day=day, assignment=assignment)
