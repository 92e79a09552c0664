"""Whether two spellings mean one street. Rather no than a wrong yes: the next may be called nearly alike.

Numbers in names ("5th Street"), short names, and different kinds ("Oak Lane", "Oak Road") are never taken for
one another, and neither are the sides of a town. Distances are Damerau's, with each pair of signs exchanged
at most once (optimal string alignment).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lastmile_desktop.addresses.index import KnownName
from lastmile_desktop.regions.street_names import StreetName
from lastmile_desktop.regions.street_words import FIRST_KINDS, LAST_KINDS

#: Known names shorter than this must be right in every letter; from the second length on two mistakes may be.
_LEAST_FOR_ONE = 4
_LEAST_FOR_TWO = 9
#: A letter exchanged for another makes a new name of a shorter one than this ("Park", "Bark").
_LEAST_FOR_EXCHANGED = 5

_LONGEST_KIND_AND_SIDE = 22

_DIGITS = re.compile(r"\d+")
_SIDE_WORDS = {
    "n": "north", "s": "south", "e": "east", "w": "west",
    "ne": "northeast", "nw": "northwest", "se": "southeast", "sw": "southwest",
}  # fmt: skip


def _short_forms() -> dict[str, tuple[str, ...]]:
    forms: dict[str, set[str]] = {}
    for table in (LAST_KINDS, FIRST_KINDS):
        for word, kind in table.items():
            forms.setdefault(kind, {kind}).add(word)
    return {kind: tuple(sorted(words)) for kind, words in forms.items()}


_FORMS_OF = _short_forms()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a typed name relates to a known one. ``mistakes`` is the number of wrong signs in it.

    ``same_street`` False: only worth showing as a candidate. ``same_name``: the whole name is the same.
    ``known`` is the name in the map.
    """

    mistakes: int
    score: int
    same_street: bool
    same_name: bool
    known: KnownName
    remark: str = ""


def likeness(typed: StreetName, known: KnownName) -> Likeness | None:
    """How alike they are, None when they have nothing to do with each other."""
    if _DIGITS.findall(typed.core) != _DIGITS.findall(known.core):
        return None
    mistakes = _mistakes(typed, known)
    if mistakes is None:
        return None
    score, remark = 100 - 9 * mistakes, "The street is spelt differently." if mistakes else ""
    if bool(typed.kind) != bool(known.kind) and not mistakes:
        score -= 4
    if bool(typed.side) != bool(known.side) and not mistakes:
        score -= 5
        remark = "North, south, east or west is not said as in the map."
    kind_differs = bool(typed.kind and known.kind and _one(typed.kind) != _one(known.kind))
    if kind_differs or (typed.side and known.side and typed.side != known.side):
        return Likeness(mistakes, score - 30, False, False, known, f"The map has only {known.name}.")
    same_name = not mistakes and (_one(typed.kind), typed.side) == (_one(known.kind), known.side)
    return Likeness(mistakes, score, True, same_name, known, remark)


def _one(kind: str) -> str:
    """Gardens and Garden are one kind."""
    return kind.removesuffix("s")


def _mistakes(typed: StreetName, known: KnownName) -> int | None:
    """The fewest wrong signs between the two, None when they are too many for the length."""
    if typed.core == known.core:
        return 0
    found = [_distance(typed.core, known.core, len(known.core))]
    if (not typed.kind and known.kind) or (not typed.side and known.side):
        found.append(_in_kind_or_side(typed, known))
    return min((mistakes for mistakes in found if mistakes is not None), default=None)


def _distance(typed: str, known: str, length: int) -> int | None:
    """Wrong signs in ``typed``, None when too many for a name with ``length`` distinctive letters."""
    from rapidfuzz.distance import OSA

    allowed = 0 if length < _LEAST_FOR_ONE else 1 if length < _LEAST_FOR_TWO else 2
    distance = OSA.distance(typed, known, score_cutoff=allowed)
    if distance > allowed:
        return None
    exchanged = len(typed) == len(known) and sorted(typed) != sorted(known)
    return None if exchanged and length < _LEAST_FOR_EXCHANGED else int(distance)


def _in_kind_or_side(typed: StreetName, known: KnownName) -> int | None:
    """Mistakes when one is in the kind, the side or a blank: "Rimfirec t", "Eastman Raod", "Suth Oak Lane".

    What was not recognised as kind or side is among the typed words; so the whole names are compared.
    """
    from rapidfuzz.distance import OSA

    if not -3 < len(typed.core) - len(known.core) < _LONGEST_KIND_AND_SIDE:
        return None
    kinds = _FORMS_OF.get(known.kind, ("",)) if not typed.kind else ("",)
    whole = known.side if known.side and not typed.side else ""
    sides = (whole, _SIDE_WORDS[whole]) if whole else ("",)
    last = typed.words[-1]
    core_is_right = "".join(typed.words[:-1]) == known.core and not whole and len(last) > 1
    if core_is_right and any(OSA.distance(last, kind) <= 1 for kind in kinds if len(kind) > 1):
        return 1
    found = []
    for side in sides:
        for kind in kinds:
            for text in (side + known.core + kind, known.core + kind + side):
                if text == typed.core:
                    return 1
                if len(kind) != 1 and len(side) != 1 and text != known.core:
                    found.append(_distance(typed.core, text, len(known.core)))
    return min((mistakes for mistakes in found if mistakes is not None), default=None)
