"""The plan as one JSON document: the headless contract's `plan.json`, version 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lastmile_desktop.documents.visit_facts import (
    NOT_PLANNED_YET,
    common_windows,
    distinct,
    left_out,
    orders_of,
)
from lastmile_desktop.model import (
    BlockingSet,
    Day,
    DayState,
    Load,
    RouteTimetable,
    TimeWindow,
    Unassigned,
    Violation,
    Visit,
)


def plan_document(
    state: DayState, *, seed: int = 1, bound: Mapping[str, object] | None = None
) -> dict[str, object]:
    """The contract's `plan.json` as plain dicts and lists, ready for ``json.dumps``.

    Every order of the day is on exactly one stop or in ``unassigned``; without a plan all are unassigned.
    Times are seconds after midnight, windows minutes after midnight, ``cost`` whole currency units.
    ``load`` is the most on board at any moment of the route. ``depot_end`` is null for an open route.
    ``bound`` is how far the plan can be from the best possible one; null where that was not measured.
    """
    day, timetable = state.day, state.timetable or NOT_PLANNED_YET
    unassigned = left_out(state)
    locked = state.assignment.locked if state.assignment else frozenset()
    totals = timetable.totals
    return {
        "version": 1,
        "date": day.date.isoformat(),
        "summary": {
            "orders": totals.planned + len(unassigned),
            "planned": totals.planned,
            "unassigned": len(unassigned),
            "routes": totals.routes,
            "distance_m": totals.distance_m,
            "drive_s": totals.drive_s,
            "service_s": totals.service_s,
            "wait_s": totals.wait_s,
            "late_s": totals.late_s,
            "cost": totals.cost_cents / 100,
            "currency": day.settings.currency,
            "solve_s": round(state.solve_s, 2),
            "seed": seed,
            "engine": state.solved_by,
            "certified": state.certified,
            "roads": timetable.roads,
            "estimated_legs": timetable.estimated_legs,
            "bound": None if bound is None else dict(bound),
        },
        "routes": [_route(day, route, locked) for route in timetable.routes if route.stop_count],
        "unassigned": [_unassigned(day, one) for one in unassigned],
        "check": {
            "ok": not timetable.violations,
            "violations": [_violation(day, one) for one in timetable.violations],
        },
    }


def _route(day: Day, route: RouteTimetable, locked: frozenset[str]) -> dict[str, object]:
    vehicle = day.vehicle_by_key[route.vehicle_key]
    return {
        "vehicle": vehicle.name,
        "driver": vehicle.driver,
        "depot_start": day.depot_by_key[vehicle.start_depot].name,
        "depot_end": None if vehicle.end_depot is None else day.depot_by_key[vehicle.end_depot].name,
        "start_s": route.start_s,
        "end_s": route.end_s,
        "distance_m": route.distance_m,
        "drive_s": route.drive_s,
        "service_s": route.service_s,
        "wait_s": route.wait_s,
        "late_s": route.late_s,
        "cost": route.cost_cents / 100,
        "load": _load(route.peak_load),
        "last_estimated": route.last_estimated,
        "stops": [_stop(day, visit, locked) for visit in route.visits],
    }


def _stop(day: Day, visit: Visit, locked: frozenset[str]) -> dict[str, object]:
    orders = orders_of(visit, day)
    return {
        "order_ids": [order.id for order in orders],
        "kind": str(visit.kind),
        "name": ", ".join(distinct(orders, lambda order: order.name)),
        "address": ", ".join(distinct(orders, lambda order: order.address)),
        "lat": visit.location.lat if visit.location else None,
        "lon": visit.location.lon if visit.location else None,
        "arrive_s": visit.arrive_s,
        "start_s": visit.start_s,
        "leave_s": visit.leave_s,
        "late_s": visit.late_s,
        "windows": _minutes(common_windows(orders)),
        "locked": any(key in locked for key in visit.order_keys),
        "estimated": visit.estimated,
        "access_estimated": visit.access_estimated,
    }


def _load(load: Load) -> dict[str, object]:
    return {
        "quantity": _plain(load.quantity_milli / 1000),
        "weight_kg": load.weight_g / 1000,
        "volume_m3": load.volume_cm3 / 1_000_000,
    }


def _minutes(windows: Sequence[TimeWindow]) -> list[list[float | None]]:
    return [
        [None if side is None else _plain(side / 60) for side in (one.start_s, one.end_s)] for one in windows
    ]


def _plain(value: float) -> float:
    """Whole numbers as integers, so that the JSON says 540 and not 540.0."""
    return int(value) if value == int(value) else value


def _unassigned(day: Day, one: Unassigned) -> dict[str, object]:
    order = day.order_by_key[one.order_key]
    return {
        "order_id": order.id,
        "name": order.name,
        "reason": str(one.reason),
        "message": one.message,
        "blocked_by": [_blocked(day, blocking) for blocking in one.blocked],
    }


def _blocked(day: Day, one: BlockingSet) -> dict[str, object]:
    """What would have to give way on one vehicle, and what the order would then cost there.

    ``amount`` is in the unit of its rule (model.BlockingRule): seconds, metres, grams, cm3, thousandths of a
    piece; 0 where the rule is kept or not.
    """
    vehicle = day.vehicle_by_key.get(one.vehicle_key or "")
    return {
        "vehicle": vehicle.name if vehicle else None,
        "rules": [
            {
                "rule": str(block.rule),
                "amount": block.amount,
                "order_ids": [
                    day.order_by_key[key].id for key in block.order_keys if key in day.order_by_key
                ],
            }
            for block in one.rules
        ],
        "solvable": one.solvable,
        "position": one.position,
        "added_cost": one.added_cents / 100,
        "added_s": one.added_s,
        "added_m": one.added_m,
    }


def _violation(day: Day, one: Violation) -> dict[str, object]:
    vehicle = day.vehicle_by_key.get(one.vehicle_key or "")
    order = day.order_by_key.get(one.order_key or "")
    return {
        "code": one.code,
        "message": one.message,
        "vehicle": vehicle.name if vehicle else None,
        "order_id": order.id if order else None,
    }
