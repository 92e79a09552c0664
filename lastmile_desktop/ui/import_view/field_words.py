"""What a column can hold, in a dispatcher's words, in the order in which one looks for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together. ``tint`` is the number of their colour among the routes' colours."""

    title: str
    tint: int
    fields: tuple[tuple[str, str], ...]


#: The fields most sheets have come first in the menu; the others are one level down.
GROUPS: tuple[FieldGroup, ...] = (
    FieldGroup(
        "Who",
        0,
        (
            ("id", "Order number"),
            ("name", "Name"),
            ("first_name", "First name"),
            ("last_name", "Last name"),
            ("company", "Firm"),
            ("contact", "Contact person"),
            ("phone", "Phone"),
            ("email", "E-mail"),
        ),
    ),
    FieldGroup(
        "Where",
        2,
        (
            ("address", "Address (whole)"),
            ("street", "Street"),
            ("house_number", "House number"),
            ("address_2", "Address, second line"),
            ("postcode", "Postcode"),
            ("town", "Town"),
            ("district", "District"),
            ("region", "State or province"),
            ("country", "Country"),
            ("coordinates", "Coordinates"),
            ("lat", "Latitude"),
            ("lon", "Longitude"),
        ),
    ),
    FieldGroup(
        "When",
        1,
        (
            ("window", "Time window"),
            ("window_start", "Not before"),
            ("window_end", "Not after"),
            ("window_2_start", "Second window, not before"),
            ("window_2_end", "Second window, not after"),
            ("service", "Minutes at the door"),
            ("setup", "Minutes to park"),
            ("date", "Delivery date"),
            ("max_late", "Most minutes late"),
            ("late_price", "Price per hour late"),
        ),
    ),
    FieldGroup(
        "What",
        3,
        (
            ("quantity", "Pieces"),
            ("weight", "Weight"),
            ("volume", "Volume"),
            ("notes", "Notes"),
            ("priority", "Priority"),
            ("kind", "Delivery or pickup"),
            ("skip_price", "Price for leaving out"),
        ),
    ),
    FieldGroup(
        "Which van",
        6,
        (
            ("skills", "What the van must have"),
            ("vehicle", "Driver or van"),
            ("only_vehicles", "Only these vans"),
            ("barred_vehicles", "Never these vans"),
            ("preferred_driver", "Usual driver"),
            ("same_van", "Same van as"),
            ("pair", "Pickup and delivery pair"),
            ("after_orders", "After these orders"),
            ("first_last", "First or last stop"),
        ),
    ),
)
NOT_READ = "Not read"
_WORDS = {field: words for group in GROUPS for field, words in group.fields}
_TINTS = {field: group.tint for group in GROUPS for field, _words in group.fields}


def field_words(field: str) -> str:
    """A field in plain words, "Not read" for none."""
    if not field:
        return NOT_READ
    return _WORDS.get(field, field.replace("_", " ").capitalize())


def field_tint(field: str) -> int:
    """The number of the colour that columns of this field are tinted with."""
    return _TINTS.get(field, 6)


def confidence_words(confidence: int | None) -> str:
    """How sure a column is, in words."""
    if confidence is None:
        return ""
    if confidence >= 80:
        return "sure"
    return "likely" if confidence >= 60 else "a guess"
