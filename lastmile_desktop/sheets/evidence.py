"""What the values of a column say about the field that its heading suggests."""

from __future__ import annotations

from lastmile_desktop.sheets.column_values import ColumnValues
from lastmile_desktop.sheets.columns import SURE
from lastmile_desktop.sheets.text import HeadingName, word_set

_WEAK_GEOGRAPHY = {
    "breite": "lat",
    "lange": "lon",
    "laenge": "lon",
    "y": "lat",
    "x": "lon",
    "szerokosc": "lat",
    "dlugosc": "lon",
    "bredde": "lat",
    "breedte": "lat",
    "lengte": "lon",
    "larghezza": "lat",
    "n": "lat",
    "e": "lon",
    "nord": "lat",
    "ost": "lon",
    "north": "lat",
    "east": "lon",
}
_BARE_NUMBER_WORDS = frozenset(["no", "nr", "number", "numer", "nummer", "numero", "num", "n", "nro", "civ"])
#: Words that mean amounts of goods only above amounts.
_WEAK_AMOUNTS = word_set(
    "items units load products packages drops demand articles artikel articulos articoli artigos paczki "
    "colli boxes pakete portionen essen meals capacity loads volumes volume nombre pc cases masse box bags "
    "order items line items lineitems menus lineitem positions pieces"
)
_WEAK_SERVICE = word_set(
    "service duration minutes minuten minutos minuti obsluga descarga scarico lossen rozladunek sosta "
    "entladung unloading handling dwell stay abladen postoj"
)
#: Times of an earlier plan, not of a promise.
_ARRIVALS = word_set("arrival ankunft arrivaltime arrivee llegada arrivo aankomst przyjazd chegada passage")
#: (field, test of ``column_values``, least share of the values) that a guessed field must reach.
_PROOF: dict[str, tuple[str, float]] = {
    "lat": ("coordinate", 0.5),
    "lon": ("coordinate", 0.5),
    "quantity": ("amount", 0.6),
    "weight": ("amount", 0.6),
    "volume": ("amount", 0.6),
    "service": ("duration", 0.6),
    "phone": ("digits", 0.6),
    "email": ("email", 0.5),
    "postcode": ("postcode", 0.6),
    "date": ("date", 0.5),
    "address": ("letters", 0.5),
    "street": ("letters", 0.5),
    "town": ("letters", 0.5),
    "name": ("letters", 0.5),
    "notes": ("letters", 0.3),
    "setup": ("duration", 0.6),
    "max_late": ("duration", 0.6),
}
#: (field, test, other field): the test decides which of two meanings of a word holds.
_EITHER_OR = (
    ("window_start", "time", "vehicle"),
    ("window_end", "time", "town"),
    ("quantity", "amount", "name"),
    ("quantity", "small", "postcode"),
    ("quantity", "amount", "region"),
    ("date", "date", "skills"),
    ("address", "digits", "name"),
    ("address_2", "digits", "name"),
    ("vehicle", "letters", "address_2"),
)
_EMPTY_COLUMN = 12.0
_OF_DELIVERY = 103.0
#: What the matcher gives to headings that merely count the lines.
_COUNTER = 91.0
#: Fewer values than this cannot speak against a heading's plain word.
_ENOUGH_VALUES = 3


def is_weak_geography(name: HeadingName) -> bool:
    """True for words that are coordinates above geographic numbers only (Breite, x)."""
    return "".join(name.words) in _WEAK_GEOGRAPHY


def evidence(
    kind: str, name: HeadingName, candidates: dict[str, float], values: ColumnValues, left_field: str
) -> dict[str, float]:
    """Candidates after a look at the column's values and at the field of the column to the left."""
    key = "".join(name.words)
    if kind == "vehicles":
        return _of_vehicle(dict(candidates), values)
    if kind == "orders" and key in _BARE_NUMBER_WORDS and left_field in ("street", "address"):
        return {"house_number": 101.0}
    found = _of_place(dict(candidates), key, values)
    if kind != "orders":
        return found
    if not values:
        return {
            field: score - (_EMPTY_COLUMN if score < _OF_DELIVERY else 0.0) for field, score in found.items()
        }
    found = _of_order(found, key, values)
    return {field: score for field, score in found.items() if score >= SURE or _is_proven(field, values)}


def _is_proven(field: str, values: ColumnValues) -> bool:
    """Whether the values bear out what the heading only suggests."""
    if field.startswith("window"):
        return values.share("period") + values.share("time") >= 0.5
    test, least = _PROOF.get(field, ("letters", 0.0))
    return values.share(test) >= least or (test == "letters" and len(values.known) < _ENOUGH_VALUES)


def _of_place(found: dict[str, float], key: str, values: ColumnValues) -> dict[str, float]:
    """Words such as Breite or x are coordinates only above geographic numbers; so are pairs in one cell."""
    if key in _WEAK_GEOGRAPHY:
        found.pop("lat", None)
        found.pop("lon", None)
        degrees = values.share("geographic") >= 0.5 or (key in ("x", "y") and values.share("fraction") >= 0.5)
        if values and degrees and values.share("coordinate") >= 0.9:
            found[_WEAK_GEOGRAPHY[key]] = 100.0
    if not values:
        return found
    if "coordinates" in found and values.share("pair") < 0.5:
        score = found.pop("coordinates")
        if key in ("position", "pin", "geolocation", "geo", "posizione") and values.share("letters") >= 0.5:
            found["address"] = score - 10
    if found.keys() & {"address", "window", "notes"} and values.share("pair") >= 0.5:
        found = {"coordinates": 100.0}
    if len(values.known) >= _ENOUGH_VALUES:
        for field in ("address", "street", "town"):
            if field in found and values.share("letters") < 0.3:
                found.pop(field)
    return found


def _of_order(found: dict[str, float], key: str, values: ColumnValues) -> dict[str, float]:
    if "name" in found:
        found = _of_name(found, values)
    elif "contact" in found and values.share("phone") >= 0.7:
        found = {"phone": 80.0}
    if "phone" in found and values.share("email") >= 0.5:
        found = {"email": 95.0}
    if "email" in found and values.share("email") < 0.3:
        found.pop("email")
    if "kind" in found and values.share("kind") < 0.5:
        found.pop("kind")
    enough = len(values.known) >= _ENOUGH_VALUES
    if "postcode" in found and enough and len(key) <= 4 and values.share("postcode") < 0.4:
        found.pop("postcode")
    if "house_number" in found and values.share("digits") < 0.4:
        found.pop("house_number")
    if "skills" in found and values.share("letters") < 0.3:
        found.pop("skills")
    _of_id(found, values)
    _of_amounts(found, key, values)
    _of_times(found, key, values)
    _of_two_meanings(found, values)
    return found


def _of_two_meanings(found: dict[str, float], values: ColumnValues) -> None:
    """One word, two fields: a Dutch Van is a start, an English one a vehicle."""
    for field, test, other in _EITHER_OR:
        if field in found and other in found:
            found.pop(other if values.share(test) >= 0.5 else field)


def _of_id(found: dict[str, float], values: ColumnValues) -> None:
    """A Bestellung of "6x water, 2x juice" is what was ordered, not its number."""
    if "id" in found and values.share("goods") >= 0.5:
        found.pop("id")
    counts = found.get("id", 0.0) <= _COUNTER and len(values.known) >= _ENOUGH_VALUES
    if "id" in found and counts and values.distinct < 0.8:
        found.pop("id")  # stops counted anew on each route


def _of_name(found: dict[str, float], values: ColumnValues) -> dict[str, float]:
    """A Name column of #1001 is the order number; a Contact column of digits is the phone."""
    if values.share("hash") >= 0.5:
        return {"id": 110.0}
    if values.share("phone") >= 0.7:
        return {"phone": 80.0}
    if values.share("email") >= 0.7:
        return {"email": 90.0}
    if values.share("whole_address") >= 0.6 and values.share("digits") >= 0.8:
        return {"address": 95.0}
    if values.share("letters") < 0.2 and found.get("name", 0.0) >= SURE:
        found["name"] = SURE  # numbers of customers or shops: any real name is better
    return found


def _of_amounts(found: dict[str, float], key: str, values: ColumnValues) -> None:
    if "quantity" in found:
        if values.share("weight") >= 0.5:
            found["weight"] = found.pop("quantity")
        elif values.share("amount") < 0.4 and (key in _WEAK_AMOUNTS or values.share("digits") < 0.2):
            found.pop("quantity")
    if "weight" in found and values.share("amount") < 0.2 and values.share("digits") < 0.2:
        found.pop("weight")
    no_duration = values.share("duration") < 0.3 and (key in _WEAK_SERVICE or values.share("digits") < 0.3)
    if "service" in found and (no_duration or values.share("zero_first") >= 0.5):
        found.pop("service")


def _of_times(found: dict[str, float], key: str, values: ColumnValues) -> None:
    periods, times = values.share("period"), values.share("time")
    _of_dates(found, key, values)
    _of_sides(found, values)
    if "window" not in found:
        return
    if "service" in found:  # "Time" alone
        is_service = values.share("duration") >= 0.6 and values.share("clock") < 0.3 and periods < 0.3
        found.pop("window" if is_service else "service")
    if "window_start" in found:
        found.pop("window_start" if periods >= 0.3 else "window")
    if values.share("date") >= 0.6 and periods < 0.2 and times < 0.2 and "window" in found:
        found["date"] = found.pop("window")
    is_arrival = key in _ARRIVALS and values.share("clock") >= 0.5 and periods < 0.2
    is_text = values.share("digits") < 0.1 and values.mean_length > 25
    if is_arrival or is_text:
        found.pop("window", None)


def _of_dates(found: dict[str, float], key: str, values: ColumnValues) -> None:
    if "date" not in found:
        return
    if values.share("period") >= 0.5:
        found["window"] = found.pop("date")
    elif values.share("date") < 0.3 and len(values.known) >= _ENOUGH_VALUES:
        found.pop("date")
    elif key in ("date", "datum", "fecha", "data") and values.share("timestamp") >= 0.8:
        found.pop("date")  # written by a shop's clock when the order came in


def _of_sides(found: dict[str, float], values: ColumnValues) -> None:
    enough = len(values.known) >= _ENOUGH_VALUES
    few = values.share("period") + values.share("time") < 0.3
    for side in ("window_start", "window_end"):
        if side not in found:
            continue
        no_time = enough and few and _looks_like_no_time(values)
        if values.share("digits") == 0.0 or no_time or values.are_minutes:
            found.pop(side)


def _looks_like_no_time(values: ColumnValues) -> bool:
    """Words, or amounts beyond any clock: a From that names a place, a Do that is a Thursday."""
    return values.share("letters") >= 0.6 or values.share("date") < 0.3


def _of_vehicle(found: dict[str, float], values: ColumnValues) -> dict[str, float]:
    """Start and End of a vehicle are times or places: the values tell."""
    if not values:
        return found
    times = values.share("time")
    for shift, place in (("shift_start", "start_place"), ("shift_end", "end_place")):
        if shift in found and times < 0.5 and not values.share("coordinate"):
            found[place] = found.pop(shift)
        elif place in found and times >= 0.5:
            found[shift] = found.pop(place)
    return found
