"""The columns of an address as one line, in the order in which its country writes it.

12 High Street, Flat 2, Bristol BS1 4AB        Hauptstr. 5, 10115 Berlin        1 Main St, Austin TX 78701
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.rows import Table
from lastmile_desktop.sheets.text import fold, word_set
from lastmile_desktop.sheets.values.plain import as_text

_SAMPLE = 100
_NUMBER_FIRST_COUNTRIES = word_set(
    "us usa gb uk gbr ie irl au aus nz nzl ca can fr fra lu lux united england ireland france canada"
)
_POSTCODE_LAST_COUNTRIES = word_set(
    "us usa gb uk gbr ie irl au aus nz nzl ca can in ind united england ireland"
)
_FRENCH_STREET = re.compile(
    r"(?:\d+\s*(?:bis|ter)?,?\s*)?(?:rue|avenue|boulevard|bd|bvd|chemin|place|quai|impasse|allees?|route|"
    r"cours|square|passage|ruelle)\b"
)
_ENGLISH_STREET = re.compile(
    r".*\S\s+(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|close|way|boulevard|blvd|terrace|row|hill|"
    r"crescent|parkway|pkwy|highway|hwy|circle|cir|trail|pike|grove|gardens|mews)\.?(?:\s+\S{1,4})?"
)
_LETTERED_LAST = re.compile(
    r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d|[a-z]\d{2} ?[a-z\d]{4}"
)
_STATE = re.compile(r"[A-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class AddressHabits:
    """How a sheet's country writes: the house number before the street, the postcode behind the town."""

    number_first: bool = False
    postcode_last: bool = False


_HABITS: WeakKeyDictionary[Table, AddressHabits] = WeakKeyDictionary()


def habits_of(table: Table) -> AddressHabits:
    """The habits of a sheet, told by its country column, its postcodes and its streets."""
    known = _HABITS.get(table)
    if known is None:
        known = _HABITS[table] = _find_habits(table)
    return known


def street_line(street: str, number: str, habits: AddressHabits) -> str:
    """Street and house number, the number on its side; one that the street says already is left out."""
    if not street or not number:
        return street or number
    words = fold(street).replace(",", " ").split()
    if fold(number) in (words[:1] + words[-1:]):
        return street
    return f"{number} {street}" if habits.number_first else f"{street} {number}"


def town_line(postcode: str, town: str, region: str, habits: AddressHabits) -> str:
    """Postcode, town and region; a region that only repeats the town is left out."""
    if fold(region) == fold(town):
        region = ""
    if postcode and fold(postcode) in fold(town):
        postcode = ""
    parts = (town, region, postcode) if habits.postcode_last else (postcode, town, region)
    return " ".join(part for part in parts if part)


def joined(parts: Iterable[str]) -> str:
    """The parts with commas between; one whose words stand together in an earlier one is left out."""
    kept: list[str] = []
    for part in (part.strip(" ,") for part in parts):
        if part and not any(_holds(earlier, part) for earlier in kept):
            kept.append(part)
    return ", ".join(kept)


def _holds(text: str, part: str) -> bool:
    """Whole words only: flat 3 is not said by number 35."""
    if len(part) < 3:
        return False
    place = text.lower().find(part.lower())
    if place < 0:
        return False
    around = (text[place - 1 : place], text[place + len(part) : place + len(part) + 1])
    return not any(sign.isalnum() for sign in around)


def _find_habits(table: Table) -> AddressHabits:
    streets = _texts(table, ("street", "address"))
    postcodes = _texts(table, ("postcode",))
    countries = {word for text in _texts(table, ("country",)) for word in text.split()}
    english = _share(streets, _ENGLISH_STREET) >= 0.5
    return AddressHabits(
        number_first=_number_first(table, streets, countries, english=english),
        postcode_last=_postcode_last(table, postcodes, countries, english=english),
    )


def _number_first(table: Table, streets: Sequence[str], countries: set[str], *, english: bool) -> bool:
    street, number = _column(table, "street") or _column(table, "address"), _column(table, "house_number")
    if street and number and number < street:
        return True
    if countries & _NUMBER_FIRST_COUNTRIES:
        return True
    return english or _share(streets, _FRENCH_STREET) > 0.5


def _postcode_last(table: Table, postcodes: Sequence[str], countries: set[str], *, english: bool) -> bool:
    if _share(postcodes, _LETTERED_LAST) >= 0.5 or countries & _POSTCODE_LAST_COUNTRIES:
        return True
    if countries:
        return False
    regions = [as_text(value) for value in _values(table, "region")]
    states = bool(regions) and sum(bool(_STATE.fullmatch(text)) for text in regions) >= 0.8 * len(regions)
    town, postcode = _column(table, "town") or _column(table, "district"), _column(table, "postcode")
    behind = bool(town and postcode and town < postcode)
    return behind and (english or states)


def _texts(table: Table, fields: tuple[str, ...]) -> list[str]:
    return [fold(as_text(value)) for field in fields for value in _values(table, field)]


def _values(table: Table, field: str) -> list[CellValue]:
    return [
        value
        for column in table.columns.get(field, [])[:1]
        for value in table.grid.column_values(column.number, table.header.last_row, limit=_SAMPLE)
    ]


def _column(table: Table, field: str) -> int:
    columns = table.columns.get(field)
    return columns[0].number if columns else 0


def _share(texts: Sequence[str], pattern: re.Pattern[str]) -> float:
    """The share of texts that fit; those patterns that end in a word boundary need only begin there."""
    if not texts:
        return 0.0
    fits = pattern.match if pattern is _FRENCH_STREET else pattern.fullmatch
    return sum(fits(text) is not None for text in texts) / len(texts)
