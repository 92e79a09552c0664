"""One address -> its position, with an honest level, a score, a reason, and the candidates beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lastmile_desktop.addresses.closeness import Likeness, likeness
from lastmile_desktop.addresses.doors import Door, door_on
from lastmile_desktop.addresses.index import AddressIndex, Area, KnownName, Street, metres_between
from lastmile_desktop.addresses.lines import Reading, is_box, readings
from lastmile_desktop.addresses.plausibility import Judge
from lastmile_desktop.model import Location
from lastmile_desktop.model.placing import PlaceLevel
from lastmile_desktop.regions.street_names import StreetName, street_name, without_kind

_SHOWN = 8
#: A postcode alone.
_AREA_SCORE = 30
#: Two answers as good as this apart from each other leave it open which is meant.
_OPEN_SCORE = 6
_OPEN_M = 300.0
#: A mistyped name this long, in the right town, is taken without the house number being known.
_LONG_NAME = 8
#: One up to this length needs everything else to be right.
_SHORT_NAME = 4
_LEAST_TRIED = 3
_LEAST_FOR_TWO = 9
_READINGS_WITH_MISTAKES = 6
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be meant. ``label`` is what the map calls it; ``score`` 0 to 100; metres."""

    label: str
    town: str
    postcode: str
    level: PlaceLevel
    score: int
    location: Location
    spread_m: int = 0
    remark: str = ""

    @property
    def text(self) -> str:
        """The whole address: "12 Oak Lane, 21117 Owings Mills"."""
        place = " ".join(part for part in (self.postcode, self.town) if part)
        return ", ".join(part for part in (self.label, place) if part)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one line. ``location`` None exactly when the level is NOT_FOUND.

    ``found`` is the address that was taken; ``candidates`` are others, the best first (with the taken one at
    the head when there is one); ``reason`` says what is not as it should be.
    """

    level: PlaceLevel
    score: int
    reason: str
    location: Location | None = None
    spread_m: int = 0
    found: str = ""
    candidates: tuple[Candidate, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Hit:
    """One street of one reading, with its position and what the score is made of."""

    candidate: Candidate
    taken: bool
    doubtful: bool
    mistakes: int
    same_name: bool


def find_address(line: str, index: AddressIndex) -> Answer:
    """The position of an address written in one line. Never a street that the line does not name."""
    if not line.strip():
        return Answer(PlaceLevel.NOT_FOUND, 0, "There is no address.")
    if is_box(line):
        return Answer(PlaceLevel.NOT_FOUND, 0, "This is a post office box, not a door.")
    ways = readings(line, index)
    if ways and not ways[0].street:
        return _without_street(ways, index)
    hits = [hit for way in ways for hit in _hits(way, index, _equal_names(way, index))]
    if not any(hit.taken and hit.mistakes == 0 for hit in hits):
        hits += _similar_hits(ways[:_READINGS_WITH_MISTAKES], index)
    if hits:
        return _decide(_preferring_exact(hits), ways[0])
    return _without_street(ways, index)


def _similar_hits(ways: Sequence[Reading], index: AddressIndex) -> list[_Hit]:
    """What names that are spelt nearly so give; the likeliest reading with an answer ends the search."""
    hits: list[_Hit] = []
    different = {(way.street, way.town): way for way in reversed(ways)}
    for names in (_near_names, _similar_names):
        for way in reversed(different.values()):
            hits += _hits(way, index, names(way, index))
            if any(hit.taken for hit in hits):
                return hits
    return hits


# ---- names ----------------------------------------


def _equal_names(reading: Reading, index: AddressIndex) -> list[KnownName]:
    """The names with the same distinctive letters; umlauts may be written out."""
    name = street_name(reading.street)
    if not name.core:
        return []
    found = index.names_with_core(name.core)
    if name.kind:
        found += index.names_with_core(without_kind(name).core)
    return found or index.names_with_core(_short_umlauts(name.core))


def _short_umlauts(core: str) -> str:
    for long, short in _UMLAUTS:
        core = core.replace(long, short)
    return core


def _near_names(reading: Reading, index: AddressIndex) -> list[KnownName]:
    """Names with a letter lost, doubled, exchanged or wrong."""
    core = street_name(reading.street).core
    return index.names_near(core, 1 if len(core) < _LEAST_FOR_TWO else 2) if len(core) >= _LEAST_TRIED else []


def _similar_names(reading: Reading, index: AddressIndex) -> list[KnownName]:
    """Names that share pieces: the mistake may be in the kind, or in the blank before it."""
    core = street_name(reading.street).core
    return index.names_like(core) if len(core) >= _LEAST_TRIED else []


# ---- positions ----------------------------------------


def _hits(reading: Reading, index: AddressIndex, names: list[KnownName]) -> list[_Hit]:
    """What each street of these names gives for a reading."""
    typed = street_name(reading.street)
    alike = {name.id: found for name in names if (found := _likeness(typed, name)) is not None}
    if not alike:
        return []
    judge = Judge(reading, index)
    groups: defaultdict[tuple[int, int], list[Street]] = defaultdict(list)
    for name, street in index.streets_named([name for name in names if name.id in alike]):
        groups[(name.id, street.group)].append(street)
    return [
        _hit(door_on(streets, reading, judge, index), alike[name_id], typed, index)
        for (name_id, _), streets in groups.items()
    ]


def _likeness(typed: StreetName, known: KnownName) -> Likeness | None:
    """How alike they are, as they stand, with umlauts written out, or with the kind as a word."""
    found = likeness(typed, known)
    if found is None and typed.kind == known.kind and _short_umlauts(typed.core) == known.core:
        return Likeness(0, 98, True, True, known)
    # A kind may be a word of the name ("Park Heights"), but then no letter of it may be wrong.
    whole = without_kind(typed)
    if whole is not typed and whole.core == known.core:
        return likeness(whole, known)
    return found


def _hit(door: Door, alike: Likeness, typed: StreetName, index: AddressIndex) -> _Hit:
    taken = alike.same_street and door.fits.possible and _sure_enough(door, alike, typed)
    candidate = candidate_of(door, alike.score, alike.remark, index)
    return _Hit(candidate, taken, door.doubtful, alike.mistakes, alike.same_name)


def candidate_of(door: Door, name_score: int, name_remark: str, index: AddressIndex) -> Candidate:
    """A door as a candidate; what speaks against it is taken off the name's score and said."""
    town = index.towns.get(door.town_id)
    return Candidate(
        door.label,
        town.name if town is not None else "",
        door.postcode,
        door.level,
        max(0, min(100, name_score + door.score + door.fits.score)),
        Location(door.lat, door.lon),
        door.spread_m,
        " ".join(part for part in (name_remark, door.remark, door.fits.remark) if part),
    )


def _sure_enough(door: Door, alike: Likeness, typed: StreetName) -> bool:
    """What is not said as in the map needs the house number, postcode or town to speak for it."""
    house = door.level is PlaceLevel.HOUSE
    if alike.mistakes == 0:
        return alike.same_name or house or not door.number_said
    if alike.mistakes == 1 and len(alike.known.core) > _SHORT_NAME:
        long = len(typed.core) >= _LONG_NAME and bool(typed.side) == bool(alike.known.side)
        return door.fits.confirmed and (house or long)
    return house and door.fits.twice_confirmed


# ---- the decision ----------------------------------------


def _decide(hits: list[_Hit], reading: Reading) -> Answer:
    """The best position if it is clearly one, else the candidates."""
    hits = sorted(hits, key=lambda hit: (hit.taken, hit.candidate.score), reverse=True)
    candidates = _different([hit.candidate for hit in hits])
    best = hits[0]
    if not best.taken:
        shown = best.candidate
        reason = shown.remark or f"{reading.street or 'The street'} is not in the map."
        if reading.street and not shown.remark.startswith("The map has only"):
            reason = f"“{reading.street}” is not in the map there. Perhaps {shown.text}?"
        return Answer(PlaceLevel.NOT_FOUND, 0, reason, candidates=candidates)
    mine = best.candidate
    rivals = [
        hit
        for hit in hits[1:]
        if hit.taken
        and mine.score - hit.candidate.score <= _OPEN_SCORE
        and _rank(hit.candidate) >= _rank(mine)
        and _apart(mine, hit.candidate) > _OPEN_M
    ]
    if best.doubtful or rivals:
        where = rivals[0].candidate.text if rivals else "another door of that number"
        reason = f"It may be {mine.text} or {where}. Please choose."
        return Answer(PlaceLevel.NOT_FOUND, 0, reason, candidates=candidates)
    return Answer(mine.level, mine.score, mine.remark, mine.location, mine.spread_m, mine.text, candidates)


def _rank(candidate: Candidate) -> int:
    return 1 if candidate.level is PlaceLevel.HOUSE else 0


def _apart(one: Candidate, other: Candidate) -> float:
    return metres_between(one.location.lat, one.location.lon, other.location.lat, other.location.lon)


def _different(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    kept: dict[str, Candidate] = {}
    for candidate in candidates:
        kept.setdefault(candidate.text, candidate)
    return tuple(list(kept.values())[:_SHOWN])


def _without_street(ways: list[Reading], index: AddressIndex) -> Answer:
    """Nothing but a postcode gives its middle; a street that the map does not have gives nothing."""
    first = ways[0] if ways else Reading("")
    only_code = next((way for way in ways if not way.street and way.number is None), None)
    if only_code is not None:
        area = index.postcodes.get(only_code.postcode)
        if area is not None:
            town = index.towns.get(area.id)
            candidate = _middle_of(area, town.name if town else "")
            return Answer(
                PlaceLevel.AREA,
                candidate.score,
                candidate.remark,
                candidate.location,
                area.spread_m,
                candidate.text,
                (candidate,),
            )
        reason = "There is no street in this address."
        return Answer(PlaceLevel.NOT_FOUND, 0, reason)
    named = first.street
    reason = f"“{named}” is not in the map of this region." if named else "No street could be read."
    return Answer(PlaceLevel.NOT_FOUND, 0, reason)


def _middle_of(area: Area, town: str) -> Candidate:
    return Candidate(
        area.name,
        town,
        "",
        PlaceLevel.AREA,
        _AREA_SCORE,
        Location(area.lat, area.lon),
        area.spread_m,
        "Only the postcode is known: this is the middle of its area.",
    )


def _preferring_exact(hits: list[_Hit]) -> list[_Hit]:
    """Where a street is called just so, those that are called nearly so are candidates only."""
    if not any(hit.taken and hit.same_name for hit in hits):
        return hits
    return [hit if hit.same_name else replace(hit, taken=False) for hit in hits]
