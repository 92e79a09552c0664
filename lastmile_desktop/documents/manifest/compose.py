"""Composes a driver's papers from a day's state: pure functions, the only place that words a manifest."""

from __future__ import annotations

from collections.abc import Sequence

from lastmile_desktop.documents import page_text
from lastmile_desktop.documents.manifest.content import (
    ESTIMATE_REMARK,
    LeftOut,
    LoadingLine,
    LoadingList,
    Manifest,
    NotPlanned,
    RouteDrawing,
    Row,
    RowKind,
)
from lastmile_desktop.documents.visit_facts import (
    common_windows,
    distinct,
    left_out,
    numbered,
    orders_of,
    total_load,
)
from lastmile_desktop.model import (
    Day,
    DayState,
    Depot,
    Load,
    Location,
    Order,
    OrderKind,
    Priority,
    RouteTimetable,
    Timetable,
    Unassigned,
    Vehicle,
    Visit,
    VisitKind,
    wording,
)

#: A driver waits visibly only from this on; less is no news.
_WORTH_SAYING_S = 60


def manifests(state: DayState, vehicle_keys: Sequence[str] | None = None) -> list[Manifest]:
    """One manifest per route with a stop, in the order of the timetable.

    ``vehicle_keys`` None = all vehicles; keys without a route give nothing. A state without a timetable
    gives an empty list.
    """
    timetable = state.timetable
    if timetable is None:
        return []
    wanted = None if vehicle_keys is None else set(vehicle_keys)
    return [
        _manifest(state.day, timetable, route)
        for route in timetable.routes
        if route.stop_count and (wanted is None or route.vehicle_key in wanted)
    ]


def not_planned(state: DayState) -> NotPlanned | None:
    """The page of orders on no route; None when every order is planned or nothing was planned yet."""
    orders = left_out(state)
    if state.timetable is None or not orders:
        return None
    day = state.day
    return NotPlanned(
        page_text.long_date(day.date),
        page_text.short_date(day.date),
        tuple(_left_out(day, one) for one in orders),
    )


def navigation_link(place: Location) -> str:
    """The address that opens turn-by-turn navigation to ``place`` on a phone; printed, never opened here."""
    return (
        "https://www.google.com/maps/dir/?api=1"
        f"&destination={place.lat:.6f},{place.lon:.6f}&travelmode=driving&dir_action=navigate"
    )


def _manifest(day: Day, timetable: Timetable, route: RouteTimetable) -> Manifest:
    vehicle = day.vehicle_by_key[route.vehicle_key]
    name, driver = page_text.one_line(vehicle.name), page_text.one_line(vehicle.driver)
    return Manifest(
        vehicle_key=vehicle.key,
        title=driver or name,
        subtitle=name if driver else "",
        places=_places(day, vehicle),
        date=page_text.long_date(day.date),
        short_date=page_text.short_date(day.date),
        figures=_figures(day, route),
        remark=ESTIMATE_REMARK if timetable.roads == "straight-line" else "",
        drawing=_drawing(day, vehicle, route),
        rows=(
            _leave_row(day, vehicle, route),
            *(_visit_row(day, number, visit) for number, visit in numbered(route)),
            _end_row(day, vehicle, route),
        ),
        loading=tuple(_loading_lists(day, route)),
    )


def _start(day: Day, vehicle: Vehicle) -> Depot:
    return day.depot_by_key[vehicle.start_depot]


def _end(day: Day, vehicle: Vehicle) -> Depot | None:
    return None if vehicle.end_depot is None else day.depot_by_key[vehicle.end_depot]


def _depot_name(depot: Depot) -> str:
    return page_text.one_line(depot.name) or "depot"


def _places(day: Day, vehicle: Vehicle) -> str:
    start, end = _start(day, vehicle), _end(day, vehicle)
    name, address = _depot_name(start), page_text.one_line(start.address)
    where = name if not address else f"{name}, {address}"
    if end is None:
        return f"From {where}; the day ends at the last stop"
    if end.key == start.key:
        return f"From and back to {where}"
    return f"From {where}; ends at {_depot_name(end)}"


def _figures(day: Day, route: RouteTimetable) -> tuple[tuple[str, str], ...]:
    goods = total_load(day.order_by_key[key] for key in route.order_keys)
    optional = (
        ("Pieces", wording.pieces(goods.quantity_milli) if goods.quantity_milli else ""),
        ("Weight", wording.weight(goods.weight_g) if goods.weight_g else ""),
        ("Volume", wording.volume(goods.volume_cm3) if goods.volume_cm3 else ""),
    )
    return (
        ("Stops", str(route.stop_count)),
        *((("Orders", str(len(route.order_keys))),) if len(route.order_keys) > route.stop_count else ()),
        *(figure for figure in optional if figure[1]),
        ("Distance", wording.distance(route.distance_m)),
        ("Driving", wording.duration(route.drive_s)),
        ("Start", wording.clock(route.start_s)),
        ("End", wording.clock(route.end_s)),
        ("Whole day", wording.duration(route.duration_s)),
    )


def _drawing(day: Day, vehicle: Vehicle, route: RouteTimetable) -> RouteDrawing:
    start, end = _start(day, vehicle), _end(day, vehicle)
    points: list[tuple[int | None, Location]] = []
    if start.location is not None:
        points.append((None, start.location))
    for number, visit in numbered(route):
        if visit.location is not None and visit.kind is not VisitKind.BREAK:
            points.append((number, visit.location))
    if end is not None and end.location is not None:
        points.append((None, end.location))
    return RouteDrawing(tuple(points))


def _leave_row(day: Day, vehicle: Vehicle, route: RouteTimetable) -> Row:
    return Row(RowKind.LINE, wording.clock(route.start_s), f"Leave {_depot_name(_start(day, vehicle))}")


def _end_row(day: Day, vehicle: Vehicle, route: RouteTimetable) -> Row:
    end = _end(day, vehicle)
    title = "End of the day at the last stop" if end is None else f"Back at {_depot_name(end)}"
    if end is not None and end.key != vehicle.start_depot:
        title = f"Arrive at {_depot_name(end)}"
    way = _way(route.last_drive_s, route.last_distance_m)
    if way and route.last_estimated:
        way += ", estimated"
    return Row(RowKind.LINE, wording.clock(route.end_s), title, timing=(way,) if way else ())


def _visit_row(day: Day, number: int | None, visit: Visit) -> Row:
    if number is None:
        return _pause_row(visit)
    orders = orders_of(visit, day)
    names = [page_text.one_line(name) for name in distinct(orders, lambda order: order.name)]
    contacts = (*distinct(orders, lambda order: order.phone),)
    return Row(
        kind=RowKind.STOP,
        time=wording.clock(visit.arrive_s),
        title=", ".join(names) or page_text.one_line(orders[0].id),
        number=number,
        windows=_window_lines(orders),
        address=", ".join(map(page_text.one_line, distinct(orders, lambda order: order.address))),
        contact=", ".join(map(page_text.one_line, contacts)),
        order_ids=_order_ids(orders),
        load=_load_lines(total_load(orders)),
        timing=tuple(_timing(visit)),
        remarks=tuple(_remarks(orders)),
        notes=_notes(orders),
        link=navigation_link(visit.location) if visit.location is not None else None,
    )


def _order_ids(orders: Sequence[Order]) -> str:
    """The order numbers; with what belongs to each where a stop has several."""
    if len(orders) == 1:
        return page_text.one_line(orders[0].id)
    loads = [wording.load(order.load) for order in orders]
    return ", ".join(
        page_text.one_line(order.id) + (f" ({load})" if load else "")
        for order, load in zip(orders, loads, strict=True)
    )


def _window_lines(orders: Sequence[Order]) -> tuple[str, ...]:
    return tuple(wording.window(one) for one in common_windows(orders)) or ("any time",)


def _load_lines(load: Load) -> tuple[str, ...]:
    """The amounts of a load one by one: ("3 pcs", "12.5 kg")."""
    return tuple(
        wording.load(one)
        for one in (Load(load.quantity_milli), Load(0, load.weight_g), Load(0, 0, load.volume_cm3))
        if one != Load()
    )


def _pause_row(visit: Visit) -> Row:
    what = "Break" if visit.kind is VisitKind.BREAK else "Load again at the depot"
    until = f"until {wording.clock(visit.leave_s)} ({wording.duration(visit.service_s)})"
    return Row(RowKind.PAUSE, wording.clock(visit.start_s), what, timing=(until,))


def _way(drive_s: int, distance_m: int) -> str:
    return f"{wording.distance(distance_m)}, {wording.duration(drive_s)}" if distance_m or drive_s else ""


def _timing(visit: Visit) -> list[str]:
    said = []
    if visit.wait_s >= _WORTH_SAYING_S:
        said.append(f"start {wording.clock(visit.start_s)}")
    if visit.late_s >= _WORTH_SAYING_S:
        said.append(f"{wording.duration(visit.late_s)} late")
    if visit.estimated:
        said.append("drive estimated")
    if visit.access_estimated:
        said.append("access estimated")
    return said


def _remarks(orders: Sequence[Order]) -> list[str]:
    said = [f"{len(orders)} orders, one stop"] if len(orders) > 1 else []
    kinds = {order.kind for order in orders}
    if kinds == {OrderKind.PICKUP}:
        said.append("PICK UP")
    elif OrderKind.PICKUP in kinds:
        ids = ", ".join(page_text.one_line(order.id) for order in orders if order.kind is OrderKind.PICKUP)
        said.append(f"PICK UP {ids}, deliver the rest")
    if any(order.priority is Priority.HIGH for order in orders):
        said.append("Priority")
    skills = sorted({page_text.one_line(skill) for order in orders for skill in order.skills})
    if skills:
        said.append("Needs " + ", ".join(skills))
    return said


def _notes(orders: Sequence[Order]) -> str:
    """The sheet's notes; with the order number before each when a stop has more than one."""
    if len(orders) == 1:
        return page_text.printable(orders[0].notes).strip()
    lines = [
        f"{page_text.one_line(order.id)}: {page_text.printable(order.notes).strip()}"
        for order in orders
        if order.notes.strip()
    ]
    return "\n".join(lines)


def _loading_lists(day: Day, route: RouteTimetable) -> list[LoadingList]:
    """One list per trip: what is delivered after the start, and after each reload."""
    trips: list[list[tuple[int, Visit]]] = [[]]
    for number, visit in numbered(route):
        if visit.kind is VisitKind.RELOAD:
            trips.append([])
        elif number is not None:
            trips[-1].append((number, visit))
    result = []
    for index, trip in enumerate(trips, start=1):
        lines, total = _loading_lines(day, trip)
        if lines:
            title = "Loading list" if len(trips) == 1 else f"Loading list, trip {index} of {len(trips)}"
            result.append(LoadingList(title, lines, _load_lines(total)))
    return result


def _loading_lines(day: Day, trip: Sequence[tuple[int, Visit]]) -> tuple[tuple[LoadingLine, ...], Load]:
    lines, total = [], Load()
    for number, visit in reversed(trip):
        goods = [order for order in orders_of(visit, day) if order.kind is OrderKind.DELIVERY]
        if not goods:
            continue
        load = total_load(goods)
        total += load
        name = ", ".join(map(page_text.one_line, distinct(goods, lambda order: order.name)))
        ids = ", ".join(page_text.one_line(order.id) for order in goods)
        lines.append(LoadingLine(number, name, ids, _load_lines(load)))
    return tuple(lines), total


def _left_out(day: Day, one: Unassigned) -> LeftOut:
    order = day.order_by_key[one.order_key]
    return LeftOut(
        page_text.one_line(order.id),
        page_text.one_line(order.name),
        page_text.one_line(order.address),
        page_text.one_line(order.phone),
        _window_lines([order]),
        _load_lines(order.load),
        page_text.one_line(one.message),
    )
