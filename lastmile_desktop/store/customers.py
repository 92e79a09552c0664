"""What people have confirmed about the firm's customers: where the door is, how long it takes, what to know.

A customer is a name and an address as people write them: case, spaces and punctuation do not count. The same
address under another name is another customer: "Main street 5" exists in many towns.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lastmile_desktop.model.location import Location
from lastmile_desktop.store.codec import from_json, to_json
from lastmile_desktop.store.fields import WrongShapeError

CUSTOMER_VALUE_TABLE = """CREATE TABLE customer_value (
    name TEXT NOT NULL, address TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    confirmed_at TEXT NOT NULL, PRIMARY KEY (name, address, field)
) STRICT"""
#: What can be remembered besides the position, and the words under which the customer is listed.
_SERVICE, _NOTES, _SHOWN_NAME, _SHOWN_ADDRESS = "service_s", "notes", "shown_name", "shown_address"
_SPOTS = "SELECT name, address, lat, lon, confirmed_at FROM customer"
_VALUES = "SELECT name, address, field, value, confirmed_at FROM customer_value"
_LONGEST_STOP_S = 12 * 3600

Read = Callable[..., list[Any]]
Write = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer and what is known of them; None = nothing. ``since`` says per field when it was confirmed:
    "location", "service_s", "notes"."""

    name: str
    address: str
    location: Location | None = None
    service_s: int | None = None
    notes: str | None = None
    since: Mapping[str, date] = field(default_factory=dict)


class CustomerBook:
    """The customers' part of the firm's memory. Methods may be called from any thread.

    Those that change something raise DayFileError when it cannot be recorded.
    """

    def __init__(self, read: Read, write: Write) -> None:
        """``read`` and ``write`` are the memory's own: a query with its values; an action with statements."""
        self._read, self._write = read, write

    def known(self, name: str, address: str) -> Customer | None:
        """What is known of a customer, None when that is nothing."""
        key = plain(name), plain(address)
        these = "WHERE name = ? AND address = ?"
        return _gathered(self._read(f"{_SPOTS} {these}", *key), self._read(f"{_VALUES} {these}", *key)).get(
            key
        )

    def everybody(self) -> dict[tuple[str, str], Customer]:
        """All customers of whom something is known, by (plain name, plain address)."""
        return _gathered(self._read(f"{_SPOTS} ORDER BY name, address"), self._read(_VALUES))

    def remember(
        self,
        name: str,
        address: str,
        *,
        location: Location | None = None,
        service_s: int | None = None,
        notes: str | None = None,
    ) -> None:
        """Keep what a person confirmed; None leaves a value as it is, empty notes drop the notes.

        A customer without name and address is not kept.
        """
        key = plain(name), plain(address)
        if not any(key):
            return
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        statements: list[tuple[str, Sequence[tuple[object, ...]]]] = []
        if location is not None:
            statements.append(
                (
                    "INSERT INTO customer (name, address, lat, lon, confirmed_at) VALUES (?, ?, ?, ?, ?) "
                    "ON CONFLICT (name, address) DO UPDATE SET lat = excluded.lat, lon = excluded.lon, "
                    "confirmed_at = excluded.confirmed_at",
                    [(*key, location.lat, location.lon, now)],
                )
            )
        given = {_SERVICE: service_s, _NOTES: notes or None}
        kept = [(field, to_json(value)) for field, value in given.items() if value is not None]
        if notes == "":
            statements.append(
                (
                    "DELETE FROM customer_value WHERE name = ? AND address = ? AND field = ?",
                    [(*key, _NOTES)],
                )
            )
        if kept or location is not None:
            kept += [(_SHOWN_NAME, to_json(name)), (_SHOWN_ADDRESS, to_json(address))]
        statements.append(
            (
                "INSERT INTO customer_value (name, address, field, value, confirmed_at) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (name, address, field) "
                "DO UPDATE SET value = excluded.value, "
                "confirmed_at = excluded.confirmed_at",
                [(*key, field, value, now) for field, value in kept],
            )
        )
        self._write("Remember the customer", *statements)

    def forget(self, name: str, address: str) -> None:
        """Drop all that is known of a customer."""
        key = [(plain(name), plain(address))]
        self._write(
            "Forget the customer",
            ("DELETE FROM customer WHERE name = ? AND address = ?", key),
            ("DELETE FROM customer_value WHERE name = ? AND address = ?", key),
        )

    def forget_everybody(self) -> None:
        """Drop all customers."""
        self._write(
            "Forget the customers", ("DELETE FROM customer", [()]), ("DELETE FROM customer_value", [()])
        )


def plain(text: str) -> str:
    """A text as it is compared: case, accents' encoding, punctuation and spacing do not count."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = re.sub(r"[\W_]+", " ", folded).strip()
    return words.encode("utf-8", "backslashreplace").decode("utf-8")


def _gathered(spots: Iterable[Any], values: Iterable[Any]) -> dict[tuple[str, str], Customer]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    since: dict[tuple[str, str], dict[str, date]] = {}
    for name, address, lat, lon, moment in spots:
        with contextlib.suppress(ValueError):
            found.setdefault((name, address), {})["location"] = Location(lat, lon)
            since.setdefault((name, address), {})["location"] = _day(moment)
    for name, address, what, text, moment in values:
        with contextlib.suppress(ValueError, WrongShapeError):
            value = _checked(what, from_json(text))
            found.setdefault((name, address), {})[what] = value
            since.setdefault((name, address), {})[what] = _day(moment)
    return {
        key: Customer(
            said.get(_SHOWN_NAME, key[0]),
            said.get(_SHOWN_ADDRESS, key[1]),
            said.get("location"),
            said.get(_SERVICE),
            said.get(_NOTES),
            since[key],
        )
        for key, said in found.items()
        if said.keys() - {_SHOWN_NAME, _SHOWN_ADDRESS}
    }


def _checked(what: str, value: Any) -> Any:
    if what == _SERVICE:
        if type(value) is not int or not 0 <= value <= _LONGEST_STOP_S:
            raise WrongShapeError("no time at a door")
    elif not isinstance(value, str):
        raise WrongShapeError("no text")
    return value


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()
