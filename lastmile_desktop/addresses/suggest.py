"""Places to choose from while an address is being typed."""

from __future__ import annotations

from collections import defaultdict

from lastmile_desktop.addresses.doors import door_on
from lastmile_desktop.addresses.index import AddressIndex, KnownName, Street
from lastmile_desktop.addresses.lines import Reading, readings
from lastmile_desktop.addresses.plausibility import Judge
from lastmile_desktop.addresses.search import Candidate, candidate_of, find_address
from lastmile_desktop.model.placing import PlaceLevel
from lastmile_desktop.regions.street_names import street_name, without_kind

_LEAST_TYPED = 2
_READINGS = 3
_MOST_NAMES = 25
#: What a name that only begins as typed scores at most, and what each letter not typed yet takes off.
_BEGINNING = 88
_PER_LETTER = 2
_FOR_A_HOUSE = 15


def suggest(text: str, index: AddressIndex, most: int = 8) -> tuple[Candidate, ...]:
    """The places that ``text`` may become, the likeliest first; none for less than two letters.

    A name need only begin as typed; whole lines with a typing mistake find what a search would.
    """
    if sum(sign.isalpha() for sign in text) < _LEAST_TYPED and not any(sign.isdigit() for sign in text):
        return ()
    found: dict[str, Candidate] = {}
    for candidate in find_address(text, index).candidates:
        found.setdefault(candidate.text, candidate)
    for reading in readings(text, index)[:_READINGS]:
        for candidate in _beginning(reading, index):
            found.setdefault(candidate.text, candidate)
    ranked = sorted(found.values(), key=lambda candidate: (-_rank(candidate), candidate.text))
    return tuple(ranked[:most])


def _rank(candidate: Candidate) -> int:
    """A door that the map has comes before streets that fit the letters as well."""
    return candidate.score + (_FOR_A_HOUSE if candidate.level is PlaceLevel.HOUSE else 0)


def _beginning(reading: Reading, index: AddressIndex) -> list[Candidate]:
    """Doors on the streets whose names begin as the reading's street."""
    name = street_name(reading.street)
    names: dict[int, tuple[KnownName, int]] = {}
    for typed in {name.core, without_kind(name).core}:
        if len(typed) < _LEAST_TYPED:
            continue
        for known in index.names_beginning(typed, _MOST_NAMES):
            untyped = len(known.core) - len(typed)
            names.setdefault(known.id, (known, max(0, _BEGINNING - _PER_LETTER * untyped)))
    if not names:
        return []
    judge = Judge(reading, index)
    groups: defaultdict[tuple[int, int], list[Street]] = defaultdict(list)
    for known, street in index.streets_named([known for known, _ in names.values()]):
        groups[(known.id, street.group)].append(street)
    return [
        candidate_of(door_on(streets, reading, judge, index), names[name_id][1], "", index)
        for (name_id, _), streets in groups.items()
    ]
