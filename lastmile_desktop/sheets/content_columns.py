"""Columns recognised by what they hold, where a heading says nothing or there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lastmile_desktop.sheets.column_values import ColumnValues
from lastmile_desktop.sheets.values.coordinates import parse_coordinate
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_MOST = 0.8
_MANY = 0.6
_POST_TOWN = re.compile(r"\s*(?:[A-Z]{1,2}[- ])?\d{2,5}[- ]?\d{0,3}\s+[^\W\d_]{2}[^\d]*")
_STREET_LINE = re.compile(r"\d{1,4}\w?\s+[^\d,]+|[^\d,]+\s\d{1,4}\s?[a-zA-Z]?(?:[-/]\d+\w?)?")
_TOWN_POST = re.compile(r"[^\W\d_][^\d,]*\s[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}")
_SHORT_TEXT = 30

Columns = Mapping[int, ColumnValues]
Found = dict[int, tuple[str, int]]


def recognise(columns: Columns, *, taken: frozenset[str], everything: bool) -> Found:
    """Column -> (field, confidence) for columns that speak for themselves.

    ``taken`` fields are left alone. ``everything`` also tries numbers, names and notes, which only make sense
    for a sheet without any heading; otherwise only what can hardly be something else is recognised.
    """
    search = _Search(dict(columns), set(taken))
    search.positions()
    search.one("email", lambda values: values.share("email") >= _MANY, 90)
    search.one("window", lambda values: values.share("period") >= _MANY, 80)
    search.clocks()
    search.places()
    if everything:
        search.rest()
    return search.found


class _Search:
    def __init__(self, columns: dict[int, ColumnValues], taken: set[str]) -> None:
        self.columns = {number: values for number, values in columns.items() if values}
        self.taken = taken
        self.found: Found = {}

    def take(self, number: int, field: str, confidence: int) -> None:
        self.found[number] = (field, confidence)
        self.taken.add(field)
        del self.columns[number]

    def one(self, field: str, test: Callable[[ColumnValues], bool], confidence: int) -> None:
        """The first column that passes the test, when the field is free."""
        if field in self.taken:
            return
        for number, values in self.columns.items():
            if test(values):
                self.take(number, field, confidence)
                return

    def positions(self) -> None:
        if self.taken & {"lat", "lon", "coordinates"}:
            return
        self.one("coordinates", lambda values: values.share("pair") >= _MOST, 90)
        if "coordinates" in self.taken:
            return
        geographic = [n for n, values in self.columns.items() if values.share("geographic") >= _MOST]
        if len(geographic) == 2:
            first, second = geographic
            swapped = _widest(self.columns[first]) > 90
            self.take(first, "lon" if swapped else "lat", 75)
            self.take(second, "lat" if swapped else "lon", 75)

    def clocks(self) -> None:
        if any(field.startswith("window") for field in self.taken):
            return
        clocks = [n for n, values in self.columns.items() if values.share("clock") >= _MOST]
        if len(clocks) == 2:
            self.take(clocks[0], "window_start", 60)
            self.take(clocks[1], "window_end", 60)

    def places(self) -> None:
        if self.taken & {"address", "street"}:
            return
        best = max(
            (n for n, values in self.columns.items() if _is_address(values)),
            key=lambda n: (_share_of_street_lines(self.columns[n]) >= _MANY, self.columns[n].mean_length),
            default=None,
        )
        if best is None:
            self._street_and_number()
        else:
            is_whole = self.columns[best].share("whole_address") >= 0.5
            self.take(best, "address" if is_whole else "street", 60)
        self._town()

    def _street_and_number(self) -> None:
        for number, values in list(self.columns.items()):
            beside = self.columns.get(number + 1)
            if (
                beside is not None
                and values.share("letters") >= _MOST
                and values.share("digits") < 0.2
                and beside.share("house_number") >= _MOST
                and beside.mean_length <= 5
            ):
                self.take(number, "street", 55)
                self.take(number + 1, "house_number", 55)
                return

    def _town(self) -> None:
        if "town" in self.taken:
            return
        streets = [number for number, (field, _) in self.found.items() if field in ("street", "address")]
        after = max(streets, default=0)
        ordered = sorted(self.columns.items(), key=lambda entry: (entry[0] < after, entry[0]))
        for number, values in ordered:
            if "postcode" not in self.taken and values.share("postcode") >= _MOST:
                for beside in (number + 1, number - 1):
                    town = self.columns.get(beside)
                    if town is not None and town.share("letters") >= _MOST and town.share("digits") < 0.2:
                        self.take(number, "postcode", 60)
                        self.take(beside, "town", 60)
                        return
            texts = [as_text(value) for value in values.known]
            both = sum(bool(_POST_TOWN.fullmatch(text) or _TOWN_POST.fullmatch(text)) for text in texts)
            if both >= _MOST * len(values.known):
                self.take(number, "town", 60)
                return

    def rest(self) -> None:
        """Numbers, names and notes of a sheet without a heading."""
        self.one("phone", lambda v: v.share("phone") >= _MOST and v.mean_length >= 7, 60)
        self.one("id", _is_number_of_order, 60)
        self.one("weight", lambda values: values.share("weight") >= _MOST, 70)
        self.one(
            "name",
            lambda v: v.share("letters") >= 0.9 and v.share("digits") < 0.3 and v.mean_length <= 40,
            60,
        )
        self.one("name", self._is_beside_number, 50)
        small = [n for n, values in self.columns.items() if values.share("small") >= 0.9]
        if len(small) == 1 and "quantity" not in self.taken:
            self.take(small[0], "quantity", 50)
        for number, values in list(self.columns.items()):
            if values.share("letters") >= 0.9:
                self.found[number] = ("notes", 50)
                del self.columns[number]

    def _is_beside_number(self, values: ColumnValues) -> bool:
        """Short, different texts next to the order number: customers, even those with a digit ("Lidl 12")."""
        number = next(number for number, column in self.columns.items() if column is values)
        beside = any(self.found.get(other, ("", 0))[0] == "id" for other in (number - 1, number + 1))
        is_short = values.share("letters") >= 0.9 and values.mean_length <= _SHORT_TEXT
        return beside and is_short and values.distinct >= 0.9


def _share_of_street_lines(values: ColumnValues) -> float:
    """The share of "12 High Street" and "Hauptstr. 5a": a street and its number, nothing else."""
    found = sum(_STREET_LINE.fullmatch(as_text(value)) is not None for value in values.known)
    return found / len(values.known) if values.known else 0.0


def _is_number_of_order(values: ColumnValues) -> bool:
    """Different codes; or small numbers in ascending order, which count the lines."""
    if _share_of_street_lines(values) >= 0.5:
        return False
    if values.share("digits") < 0.9 or values.distinct < 0.99 or values.mean_length > 16:
        return False
    if values.share("small") == 1.0:
        small = [int(as_text(value)) for value in values.known]
        return small == sorted(small) and len(small) >= 3
    return values.share("time") < 0.5 or values.share("letters") >= 0.5 or values.mean_length >= 4


def _is_address(values: ColumnValues) -> bool:
    return (
        values.share("street") >= _MANY
        and values.share("letters") >= 0.9
        and values.mean_length >= 6
        and values.share("period") < 0.3
        and values.share("date") < 0.3
        and values.share("email") < 0.3
        and values.share("weight") < 0.3
    )


def _widest(values: ColumnValues) -> float:
    widest = 0.0
    for value in values.known:
        try:
            widest = max(widest, abs(parse_coordinate(value) or 0.0))
        except UnreadableValueError:
            continue
    return widest
