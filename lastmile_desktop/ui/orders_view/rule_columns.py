"""The columns of the orders table that hold rules beyond window, load and skills (docs/rules.md)."""

from __future__ import annotations

from dataclasses import replace

from lastmile_desktop.model import Location, Order, RoutePosition
from lastmile_desktop.pipeline import typed_values
from lastmile_desktop.ui.orders_view.column_kinds import (
    Column,
    Values,
    amount_column,
    choice_column,
    text_column,
)

POSITION_WORDS = {RoutePosition.ANY: "Anywhere", RoutePosition.FIRST: "First", RoutePosition.LAST: "Last"}
#: What an hour late costs where a person allows lateness and names no price.
USUAL_LATE_CENTS = 6000


def _names_column(field: str, title: str, noun: str, hint: str) -> Column:
    def text(order: Order) -> str:
        return ", ".join(sorted(getattr(order, field), key=str.casefold))

    def parse(typed: str, _near: Location | None) -> Values:
        return {field: typed_values.read_names(typed)}

    return Column(
        field, title, noun, 120, text, lambda order: text(order).casefold() or "\uffff", parse, hint=hint
    )


def _read_setup_s(text: str) -> int:
    return typed_values.read_service_s(text) or 0


def _late_minutes(typed: str, _near: Location | None) -> Values:
    """Empty or 0 is strict; minutes alone cost the usual price."""
    seconds = typed_values.read_service_s(typed)
    if not seconds:
        return {"max_late_s": None, "late_cents_per_hour": None}
    return {"max_late_s": seconds, "late_cents_per_hour": USUAL_LATE_CENTS}


def _late_price(typed: str, _near: Location | None) -> Values:
    cents = typed_values.read_cents(typed)
    return {"late_cents_per_hour": cents, **({"max_late_s": None} if cents is None else {})}


def _late_column() -> Column:
    column = amount_column(
        "max_late_s",
        "Late min",
        "allowed lateness",
        76,
        60,
        typed_values.read_service_s,
        "Minutes it may start too late, at a price; empty = the window is strict",
    )
    return replace(column, parse=_late_minutes)


def _late_price_column() -> Column:
    column = amount_column(
        "late_cents_per_hour",
        "Late per h",
        "price of lateness",
        84,
        100,
        typed_values.read_cents,
        "What an hour too late costs; empty = the window is strict",
    )
    return replace(column, parse=_late_price)


RULE_COLUMNS: tuple[Column, ...] = (
    amount_column(
        "setup_s",
        "Set-up min",
        "set-up minutes",
        88,
        60,
        _read_setup_s,
        "Minutes to park and find the door, once per stop",
    ),
    text_column(
        "preferred_driver", "Own driver", "preferred driver", 110, "Who should bring it, if possible"
    ),
    _names_column("only_vehicles", "Only", "allowed vehicles", "Only these vehicles or drivers, with commas"),
    _names_column(
        "barred_vehicles", "Never", "barred vehicles", "Never these vehicles or drivers, with commas"
    ),
    text_column("same_van", "Same van", "same van", 84, "Orders with the same word here go on one van"),
    text_column("shipment", "Transfer", "transfer", 84, "The same word on a pickup and its delivery"),
    choice_column("position", "On route", 86, POSITION_WORDS, "place on the route"),
    _late_column(),
    _late_price_column(),
)
