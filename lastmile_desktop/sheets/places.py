"""Address and position of a row, for orders and depots alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lastmile_desktop.model import Location
from lastmile_desktop.sheets.address_lines import habits_of, joined, street_line, town_line
from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.rows import SheetRow, Table
from lastmile_desktop.sheets.text import fold, word_set
from lastmile_desktop.sheets.values.codes import parse_code
from lastmile_desktop.sheets.values.coordinates import parse_coordinate, parse_pair, uses_o_for_west
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

#: Headings of languages in which O is east (Ost), and west (Ouest, Oeste, Ovest).
_OST_HEADINGS = word_set(
    "plz strasse ort stadt kunde empfanger adresszusatz hausnr breite lange koordinaten breitengrad "
    "langengrad auftrag auftragsnr lieferadresse anschrift zeitfenster gewicht menge"
)
_OUEST_HEADINGS = word_set(
    "ville rue commune destinataire client colis poids creneau coordonnees calle ciudad direccion cliente "
    "poblacion coordenadas cidade morada localidade indirizzo citta via comune coordinate destinatario"
)
_LOOKS_LIKE_PAIR = re.compile(r"\s*[(\[]?\s*(?:[nsNS]\s*)?[+-]?\d{1,2}(?:[.,]\d{3,}|\s*°)")
_WAITS = "The position is left out; the order waits for one."


@dataclass(slots=True)
class RawPosition:
    """Latitude and longitude as written. They may be impossible, exchanged, or have lost their point."""

    lat: float
    lon: float

    @property
    def possible(self) -> bool:
        """True when it lies on the earth and is not 0/0."""
        return abs(self.lat) <= 90 and abs(self.lon) <= 180 and not self.is_zero

    @property
    def is_zero(self) -> bool:
        """True for 0/0, which is what programs write when they know nothing."""
        return abs(self.lat) < 1e-6 and abs(self.lon) < 1e-6

    @property
    def exchanged(self) -> RawPosition:
        """The other way round."""
        return RawPosition(self.lon, self.lat)

    @property
    def location(self) -> Location:
        """The position. Raises ValueError when it is not on the earth."""
        return Location(self.lat, self.lon)


def read_address(row: SheetRow, *, with_country: bool = False) -> str:
    """The address as one line for the driver, from one column or several."""
    habits = habits_of(row.table)
    whole, street = ", ".join(row.texts("address")), row.text("street")
    if whole and not street:
        whole = street_line(whole, _house_number(row), habits) if row.has("house_number") else whole
        street = ""
    else:
        street = street_line(street, _house_number(row), habits)
    place, district = row.code("town"), row.text("district")
    if not place:
        place, district = district, ""  # an Australian suburb is the town
    town = town_line(row.code("postcode"), place, row.code("region"), habits)
    parts = [whole, street, row.text("address_2"), district, town]
    if with_country:
        parts.append(row.text("country"))
    return joined(" ".join(part.split("\n")) for part in parts)


def _house_number(row: SheetRow) -> str:
    """The house number; 3-5 that Excel made a date of is pointed out."""
    value = row.raw("house_number")
    if value is None or isinstance(value, str | int):
        return row.code("house_number")
    row.parse(
        "house_number", parse_code, "bad_address", "Correct it before the address is used.", "house number"
    )
    return "" if isinstance(value, date) else row.code("house_number")


def _pair_in_one_side(
    row: SheetRow, pair_of: Callable[[CellValue], tuple[float, float] | None]
) -> RawPosition | None:
    """Some people paste both coordinates, or the link of a map, into one of the two columns."""
    if row.has("lat") == row.has("lon"):
        return None
    value = row.raw("lat" if row.has("lat") else "lon")
    if not isinstance(value, str):
        return None
    try:
        pair = pair_of(value)
    except UnreadableValueError:
        return None
    return None if pair is None else RawPosition(*pair)


def _pair_in_address(
    row: SheetRow, pair_of: Callable[[CellValue], tuple[float, float] | None]
) -> RawPosition | None:
    """Coordinates or a map link where the address should be."""
    text = row.text("address")
    if not any(sign.isdigit() for sign in text) or not (_LOOKS_LIKE_PAIR.match(text) or "://" in text):
        return None
    try:
        pair = pair_of(text)
    except UnreadableValueError:
        return None
    if pair is None:
        return None
    row.remark("address", "position_in_address", "The address cell holds a position; it is used as one.")
    return RawPosition(*pair)


def west_is_o(table: Table) -> bool | None:
    """Whether an O behind a longitude means west (Ouest, Oeste, Ovest); None when the sheet does not tell.

    An E or W elsewhere in the columns tells, else the language of the headings.
    """
    values = [
        value
        for field in ("lon", "coordinates")
        for column in table.columns.get(field, ())
        for value in table.grid.column_values(column.number, table.header.last_row, limit=2000)
    ]
    found = uses_o_for_west(values)
    if found is not None:
        return found
    words = {word for text in table.header.headings.values() for word in fold(text).split()}
    east, west = bool(words & _OST_HEADINGS), bool(words & _OUEST_HEADINGS)
    return west if east != west else None


def read_position(
    row: SheetRow, consequence: str = _WAITS, *, west_is_o: bool | None = None
) -> RawPosition | None:
    """The position as written, None when there is none; half positions and nonsense are remarked on."""

    def degrees(value: CellValue) -> float | None:
        return parse_coordinate(value, west_is_o=west_is_o)

    def pair_of(value: CellValue) -> tuple[float, float] | None:
        return parse_pair(value, west_is_o=west_is_o)

    if row.has("coordinates"):
        pair = row.parse("coordinates", pair_of, "bad_coords", consequence, "position")
        if pair is not None:
            return RawPosition(*pair)
    failed = len(row.problems)
    whole = _pair_in_one_side(row, pair_of)
    if whole is not None:
        return whole
    lat = row.parse("lat", degrees, "bad_coords", consequence, "latitude")
    lon = row.parse("lon", degrees, "bad_coords", consequence, "longitude")
    if lat is not None and lon is not None:
        return RawPosition(lat, lon)
    if lat is None and lon is None and not row.has("coordinates") and len(row.problems) == failed:
        return _pair_in_address(row, pair_of)
    if (lat is None) != (lon is None) and len(row.problems) == failed:
        missing, given = ("longitude", "lat") if lon is None else ("latitude", "lon")
        row.attend(given, "bad_coords", f"The {missing} is missing. {consequence}")
    return None
