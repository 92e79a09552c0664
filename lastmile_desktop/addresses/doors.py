"""The house on a street: the number itself, a place between its neighbours, or the middle of the street."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lastmile_desktop.addresses.index import AddressIndex, House, Street, metres_between
from lastmile_desktop.addresses.lines import Reading
from lastmile_desktop.addresses.plausibility import Judge, Plausibility
from lastmile_desktop.model.placing import PlaceLevel

#: A number that the map lacks is placed by numbers at most this far from it.
_NEAR_NUMBERS = 20
_WIDEST_GAP = 60
_FARTHEST_NEIGHBOURS_M = 500.0
#: One number further along a street is about this far, and no estimate is better than the second figure.
_METRES_PER_NUMBER = 9.0
_LEAST_SPREAD_M = 25
#: The same number twice on one street: nearer than the first is one door, farther than the second leaves it
#: open which is meant. Between them lie large yards and shopping centres, whose middle house is taken.
_ONE_DOOR_M = 60.0
_TWO_DOORS_M = 400.0


@dataclass(frozen=True, slots=True)
class Door:
    """A position on a street. ``level`` HOUSE only for a number that the map has."""

    level: PlaceLevel
    lat: float
    lon: float
    spread_m: int
    score: int
    fits: Plausibility
    label: str
    town_id: int
    postcode: str
    number_known: bool
    number_said: bool = True
    remark: str = ""
    doubtful: bool = False


def door_on(streets: Sequence[Street], reading: Reading, judge: Judge, index: AddressIndex) -> Door:
    """The best position for the reading's number on pieces of one street."""
    if reading.number is None:
        return _middle(streets, judge, "No house number is given.", 12, said=False)
    low, high = reading.number - _WIDEST_GAP, reading.number + _WIDEST_GAP
    houses = index.houses(streets, low, high) if any(street.houses for street in streets) else []
    for number in (reading.number, *reading.others):
        same = [house for house in houses if house.number == number]
        if same:
            return _of_number(same, reading, judge)
    fitting = [house for house in houses if judge_house(judge, house).possible] or houses
    between = _between(fitting, reading.number)
    if between is None:
        return _middle(streets, judge, f"Number {_written(reading)} is not in the map.", 25)
    house, lat, lon, spread = between
    fits = judge.judge(lat, lon, house.postcode or house.street.postcode, house.street.town_id)
    remark = (
        f"Number {_written(reading)} is not in the map; this is near number {house.number}{house.suffix}."
    )
    label = house.street.name  # not with the number: the map does not have it
    town = house.street.town_id
    return Door(PlaceLevel.STREET, lat, lon, spread, -10, fits, label, town, _code(house), True, True, remark)


def judge_house(judge: Judge, house: House) -> Plausibility:
    """How postcode and town fit a house."""
    return judge.judge(house.lat, house.lon, _code(house), house.street.town_id)


def _code(house: House) -> str:
    return house.postcode or house.street.postcode


def _written(reading: Reading) -> str:
    return f"{reading.number}{reading.suffix}"


def _of_number(houses: list[House], reading: Reading, judge: Judge) -> Door:
    """The house of that number that fits best; of several alike the middle one, said to be doubtful."""
    judged = [(judge_house(judge, house), house) for house in houses]
    best = min((-fits.score, _suffix_rank(house, reading)) for fits, house in judged)
    alike = [(fits, house) for fits, house in judged if (-fits.score, _suffix_rank(house, reading)) == best]
    exact = [pair for pair in alike if pair[1].exact] or alike
    reach, (fits, house) = min(
        ((max(_far(one[1], other[1]) for other in exact), one) for one in exact), key=lambda pair: pair[0]
    )
    remark, minus = "", 0
    if house.suffix != reading.suffix:
        minus, remark = 3, f"The map has number {house.number}{house.suffix}, not {_written(reading)}."
    elif not house.exact:
        minus, remark = 3, "The map counts the number between two others."
    if reach > _ONE_DOOR_M:
        minus += 8
        remark = f"The map has this number {len(exact)} times, up to {_far_text(exact)} m apart."
    return Door(
        PlaceLevel.HOUSE,
        house.lat,
        house.lon,
        max(round(reach), 0 if house.exact else _LEAST_SPREAD_M),
        -minus,
        fits,
        f"{house.number}{house.suffix} {house.street.name}",
        house.street.town_id,
        _code(house),
        True,
        True,
        remark,
        reach > _TWO_DOORS_M,
    )


def _far(one: House, other: House) -> float:
    return metres_between(one.lat, one.lon, other.lat, other.lon)


def _far_text(pairs: Sequence[tuple[Plausibility, House]]) -> str:
    return f"{max(_far(one, other) for _, one in pairs for _, other in pairs):,.0f}"


def _suffix_rank(house: House, reading: Reading) -> int:
    return 0 if house.suffix == reading.suffix else 1 if not house.suffix else 2


def _between(houses: list[House], number: int) -> tuple[House, float, float, int] | None:
    """The nearest neighbour, a position by the numbers on both sides, and how far off it may be (metres)."""
    for step in (2, 1):  # the same side of the street first
        mine = [house for house in houses if (house.number - number) % step == 0]
        below = max((house for house in mine if house.number < number), key=lambda h: h.number, default=None)
        above = min((house for house in mine if house.number > number), key=lambda h: h.number, default=None)
        if below is not None and above is not None:
            apart = metres_between(below.lat, below.lon, above.lat, above.lon)
            if above.number - below.number <= _WIDEST_GAP and apart <= _FARTHEST_NEIGHBOURS_M:
                share = (number - below.number) / (above.number - below.number)
                nearest = below if share <= 0.5 else above
                lat = below.lat + (above.lat - below.lat) * share
                lon = below.lon + (above.lon - below.lon) * share
                return nearest, lat, lon, max(_LEAST_SPREAD_M, round(apart / 2))
        beside = [house for house in (below, above) if house is not None]
        nearest_one = min(beside, key=lambda house: abs(house.number - number), default=None)
        if nearest_one is not None and abs(nearest_one.number - number) <= _NEAR_NUMBERS:
            off = max(_LEAST_SPREAD_M, round(abs(nearest_one.number - number) * _METRES_PER_NUMBER))
            return nearest_one, nearest_one.lat, nearest_one.lon, off
    return None


def _middle(streets: Sequence[Street], judge: Judge, remark: str, minus: int, *, said: bool = True) -> Door:
    judged = [
        (judge.judge(street.lat, street.lon, street.postcode, street.town_id), street) for street in streets
    ]
    fits, street = max(judged, key=lambda pair: (pair[0].score, pair[1].spread_m))
    return Door(
        PlaceLevel.STREET,
        street.lat,
        street.lon,
        max(_LEAST_SPREAD_M, street.spread_m),
        -minus,
        fits,
        street.name,
        street.town_id,
        street.postcode,
        False,
        said,
        remark,
    )
