"""What the fields of an order are called in sentences for a dispatcher."""

from __future__ import annotations

_NAMES = {
    "id": "the order number",
    "name": "the customer",
    "first_name": "the first name",
    "last_name": "the last name",
    "contact": "the contact person",
    "company": "the firm",
    "house_number": "the house number",
    "address_2": "the second line of the address",
    "lat": "the latitude",
    "lon": "the longitude",
    "window": "the time window",
    "window_start": "the start of the time window",
    "window_end": "the end of the time window",
    "service": "the time at the stop",
    "quantity": "the quantity",
    "kind": "delivery or pickup",
    "skills": "what the vehicle must have",
    "vehicle": "the driver or vehicle",
    "notes": "notes",
    "coordinates": "the position",
}


def field_name(field: str) -> str:
    """A field in words: "the order number"."""
    return _NAMES.get(field, f"the {field.replace('_', ' ')}")
