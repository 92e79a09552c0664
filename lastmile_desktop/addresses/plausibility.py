"""Whether a street fits the postcode and the town that the line names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from lastmile_desktop.addresses.index import AddressIndex, Area, metres_between, postcode_key
from lastmile_desktop.addresses.lines import Reading
from lastmile_desktop.regions.street_names import town_key

#: A place this much farther out than nearly all of a postcode or town may still count to it.
_POSTCODE_SLACK_M = 1500.0
_TOWN_SLACK_M = 3000.0
_LEAST_FUZZY_TOWN = 5


class Fit(IntEnum):
    """How well what is said fits what was found; higher is better."""

    FAR = 0
    UNKNOWN = 1
    NOT_SAID = 2
    TYPO = 3
    NEAR = 4
    SAME = 5


_POSTCODE_SCORE = {Fit.SAME: 0, Fit.NEAR: -4, Fit.TYPO: -6, Fit.NOT_SAID: -3, Fit.UNKNOWN: -12, Fit.FAR: -25}
_TOWN_SCORE = {Fit.SAME: 0, Fit.NEAR: -2, Fit.TYPO: -2, Fit.NOT_SAID: -3, Fit.UNKNOWN: -6, Fit.FAR: -18}


@dataclass(frozen=True, slots=True)
class Plausibility:
    """How postcode and town of a line fit a position."""

    postcode: Fit
    town: Fit

    @property
    def score(self) -> int:
        """What is taken off the score, 0 or less."""
        return _POSTCODE_SCORE[self.postcode] + _TOWN_SCORE[self.town]

    @property
    def possible(self) -> bool:
        """False when what is said speaks for another town; then it is another street of that name."""
        if self.postcode in (Fit.SAME, Fit.NEAR):
            return True
        if self.town in (Fit.SAME, Fit.NEAR, Fit.TYPO):
            return True
        return self.postcode >= Fit.NOT_SAID and self.town == Fit.NOT_SAID

    @property
    def confirmed(self) -> bool:
        """True when postcode or town is the very one, and neither speaks against the place."""
        said = [fit for fit in (self.postcode, self.town) if fit is not Fit.NOT_SAID]
        return bool(said) and max(said) is Fit.SAME and min(said) >= Fit.TYPO

    @property
    def twice_confirmed(self) -> bool:
        """True when postcode and town both say that this is the place."""
        return self.confirmed and Fit.NOT_SAID not in (self.postcode, self.town)

    @property
    def remark(self) -> str:
        """What does not fit, for a person; "" when all does."""
        if self.postcode in (Fit.FAR, Fit.UNKNOWN, Fit.TYPO):
            return "The postcode is another one in the map."
        return "The town is another one in the map." if self.town in (Fit.FAR, Fit.UNKNOWN) else ""


class Judge:
    """Judges positions against what one reading says."""

    def __init__(self, reading: Reading, index: AddressIndex) -> None:
        self._code = reading.postcode
        self._code_area = index.postcodes.get(reading.postcode) if reading.postcode else None
        self._town = town_key(reading.town)
        self._towns: Sequence[Area] = index.towns_called(reading.town) if self._town else ()
        self._index = index
        self._typo_ids = () if self._towns or not self._town else _mistyped(self._town, index)
        self._other_state = bool(reading.state and index.states and reading.state not in index.states)

    def judge(self, lat: float, lon: float, postcode: str, town_id: int) -> Plausibility:
        """How a position with this postcode ("" = not known) in this town fits."""
        return Plausibility(self._postcode(lat, lon, postcode), self._town_fit(lat, lon, town_id))

    def _postcode(self, lat: float, lon: float, postcode: str) -> Fit:
        from rapidfuzz.distance import OSA

        if not self._code or not self._index.postcodes:
            return Fit.NOT_SAID  # a map without postcodes cannot speak against one
        there = postcode_key(postcode)
        if there == self._code:
            return Fit.SAME
        area = self._code_area
        if area is not None:
            far = metres_between(lat, lon, area.lat, area.lon)
            if far <= area.spread_m + _POSTCODE_SLACK_M:
                return Fit.NEAR
        if there and len(there) > 3 and OSA.distance(there, self._code) == 1:
            return Fit.TYPO if area is None else Fit.UNKNOWN
        return Fit.UNKNOWN if area is None else Fit.FAR

    def _town_fit(self, lat: float, lon: float, town_id: int) -> Fit:
        if self._other_state:
            return Fit.FAR
        if not self._town or not self._index.towns:
            return Fit.NOT_SAID
        if any(town.id == town_id for town in self._towns):
            return Fit.SAME
        if town_id in self._typo_ids:
            return Fit.TYPO
        for town in self._towns:
            if metres_between(lat, lon, town.lat, town.lon) <= town.spread_m + _TOWN_SLACK_M:
                return Fit.NEAR
        return Fit.FAR if self._towns else Fit.UNKNOWN


def _mistyped(key: str, index: AddressIndex) -> tuple[int, ...]:
    """The towns that are called nearly so."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(key) < _LEAST_FUZZY_TOWN:
        return ()
    most = 1 if len(key) < 9 else 2
    near = process.extract(key, index.town_ids.keys(), scorer=OSA.distance, score_cutoff=most, limit=4)
    return tuple(number for name, _, _ in near for number in index.town_ids[name])
