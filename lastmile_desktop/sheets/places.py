"""Address and position of a row, for orders and depots alike."""

from __future__ import annotations

from dataclasses import dataclass

from lastmile_desktop.model import Location
from lastmile_desktop.sheets.rows import SheetRow
from lastmile_desktop.sheets.values.coordinates import parse_coordinate, parse_pair

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
    street = " ".join(part for part in (row.text("street"), row.code("house_number")) if part)
    whole = row.text("address")
    parts = [" ".join(part.split("\n")) for part in (whole, street, row.text("address_2")) if part]
    town = _town_line(row)
    district = row.text("district")
    parts += [district, town] if town else [district]
    if with_country:
        parts.append(row.text("country"))
    kept: list[str] = []
    for part in parts:
        if part and not any(part.lower() in earlier.lower() for earlier in kept):
            kept.append(part)
    return ", ".join(part.strip(" ,") for part in kept if part.strip(" ,"))


def _town_line(row: SheetRow) -> str:
    """Postcode, town and region in the order of their columns: 8010 Graz, but Boston MA 02108."""
    columns = [
        (row.table.columns[field][0].number, field)
        for field in ("postcode", "town", "region")
        if row.table.columns.get(field)
    ]
    return " ".join(part for _, field in sorted(columns) if (part := row.code(field)))


def read_position(row: SheetRow, consequence: str = _WAITS) -> RawPosition | None:
    """The position as written, None when there is none; half positions and nonsense are remarked on."""
    if row.has("coordinates"):
        pair = row.parse("coordinates", parse_pair, "bad_coords", consequence, "position")
        if pair is not None:
            return RawPosition(*pair)
    failed = len(row.problems)
    lat = row.parse("lat", parse_coordinate, "bad_coords", consequence, "latitude")
    lon = row.parse("lon", parse_coordinate, "bad_coords", consequence, "longitude")
    if lat is not None and lon is not None:
        return RawPosition(lat, lon)
    if (lat is None) != (lon is None) and len(row.problems) == failed:
        missing, given = ("longitude", "lat") if lon is None else ("latitude", "lon")
        row.attend(given, "bad_coords", f"The {missing} is missing. {consequence}")
    return None
