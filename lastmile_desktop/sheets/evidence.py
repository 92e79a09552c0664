"""What the values of a column say about the field that its heading suggests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lastmile_desktop.sheets.grid import CellValue, UnreadableCell
from lastmile_desktop.sheets.text import HeadingName
from lastmile_desktop.sheets.values.choices import is_kind
from lastmile_desktop.sheets.values.coordinates import is_pair, looks_geographic, parse_coordinate
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.values.times import is_time
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_WEAK_GEOGRAPHY = {
    "breite": "lat",
    "lange": "lon",
    "laenge": "lon",
    "y": "lat",
    "x": "lon",
    "szerokosc": "lat",
    "dlugosc": "lon",
}
_BARE_NUMBER_WORDS = frozenset(["no", "nr", "number", "numer", "nummer", "numero", "num"])


def _share(values: Sequence[CellValue], test: Callable[[CellValue], bool]) -> float:
    known = [value for value in values if not isinstance(value, UnreadableCell)]
    return sum(1 for value in known if test(value)) / len(known) if known else 0.0


def _is_number(value: CellValue) -> bool:
    try:
        return parse_coordinate(value) is not None
    except UnreadableValueError:
        return False


def _is_hash_number(value: CellValue) -> bool:
    text = as_text(value)
    return text.startswith("#") and any(sign.isdigit() for sign in text)


def _is_phone(value: CellValue) -> bool:
    text = as_text(value)
    return sum(sign.isdigit() for sign in text) >= 6 and not any(sign.isalpha() for sign in text)


def evidence(
    kind: str,
    name: HeadingName,
    candidates: dict[str, float],
    values: Sequence[CellValue],
    left_field: str,
) -> dict[str, float]:
    """Candidates after a look at the column's values and at the field of the column to the left."""
    key = "".join(name.words)
    if kind == "vehicles":
        return _of_vehicle(dict(candidates), values)
    if kind == "orders" and key in _BARE_NUMBER_WORDS and left_field in ("street", "address"):
        return {"house_number": 101.0}
    found = _of_place(dict(candidates), key, values)
    return _of_order(found, values) if kind == "orders" and values else found


def _of_place(found: dict[str, float], key: str, values: Sequence[CellValue]) -> dict[str, float]:
    """Words such as Breite or x are coordinates only above geographic numbers; so are pairs in one cell."""
    if key in _WEAK_GEOGRAPHY:
        found.pop("lat", None)
        found.pop("lon", None)
        if values and _share(values, looks_geographic) >= 0.5:
            found[_WEAK_GEOGRAPHY[key]] = 100.0
    if not values:
        return found
    if "coordinates" in found and _share(values, is_pair) < 0.5:
        score = found.pop("coordinates")
        if key in ("position", "pin"):
            found["address"] = score
    if found.keys() & {"address", "window"} and _share(values, is_pair) >= 0.5:
        found = {"coordinates": 100.0}
    return found


def _of_order(found: dict[str, float], values: Sequence[CellValue]) -> dict[str, float]:
    """A Name column of #1001 is the order number; a Contact column of digits is the phone."""
    if "name" in found and _share(values, _is_hash_number) >= 0.5:
        found = {"id": 110.0}
    if (
        found.keys() & {"contact", "name"}
        and _share(values, _is_phone) >= 0.7
        and not _share(values, _is_hash_number)
    ):
        found = {"phone": 80.0}
    if "kind" in found and _share(values, is_kind) < 0.5:
        found.pop("kind")
    for side in ("window_start", "window_end"):
        if side in found and not any(any(sign.isdigit() for sign in as_text(value)) for value in values):
            found.pop(side)
    return found


def _of_vehicle(found: dict[str, float], values: Sequence[CellValue]) -> dict[str, float]:
    """Start and End of a vehicle are times or places: the values tell."""
    if not values:
        return found
    times = _share(values, is_time)
    for shift, place in (("shift_start", "start_place"), ("shift_end", "end_place")):
        if shift in found and times < 0.5 and not any(_is_number(value) for value in values):
            found[place] = found.pop(shift)
        elif place in found and times >= 0.5:
            found[shift] = found.pop(place)
    return found
