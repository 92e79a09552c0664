"""What the firm remembers of its customers, brought into a day's orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lastmile_desktop.model import Order, wording
from lastmile_desktop.pipeline.places import confirmed

if TYPE_CHECKING:
    from lastmile_desktop.store.customers import Customer, CustomerBook

#: Gives what is known of a customer by name and address, or None.
Known = Callable[[str, str], "Customer | None"]


def nobody(_name: str, _address: str) -> Customer | None:
    """The memory that knows nobody; the command line's, so that a plan is the same on every computer."""
    return None


def everybody(book: CustomerBook) -> Known:
    """A memory for many orders at once: the book is read once, as it is now."""
    from lastmile_desktop.store.customers import plain

    customers = book.everybody()
    return lambda name, address: customers.get((plain(name), plain(address)))


def with_memory(order: Order, known: Known) -> Order:
    """The order with what is remembered of its customer where today's sheet says nothing itself.

    A remembered position wins over every search for the address, because a person has confirmed it.
    """
    customer = known(order.name, order.address)
    if customer is None:
        return order
    if order.location is None and customer.location is not None:
        order = confirmed(order, customer.location)
    if "service_s" in order.assumed and customer.service_s is not None:
        order = replace(order, service_s=customer.service_s)
    if not order.notes.strip() and customer.notes:
        order = replace(order, notes=customer.notes)
    return order


def remembered_values(order: Order, customer: Customer | None) -> Iterator[tuple[str, str]]:
    """What of the order is as it is remembered: (what, since when), in words."""
    if customer is None:
        return
    if customer.location is not None and customer.location == order.location:
        yield "position", wording.calendar_day(customer.since["location"])
    if customer.service_s is not None and customer.service_s == order.service_s:
        yield (
            f"{wording.duration(order.service_s)} at the door",
            wording.calendar_day(customer.since["service_s"]),
        )
    if customer.notes and customer.notes == order.notes:
        yield "notes", wording.calendar_day(customer.since["notes"])
