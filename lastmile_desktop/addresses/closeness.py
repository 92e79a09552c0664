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

#: Distinctive letters shorter than this must be equal; from the second length on two mistakes are allowed.
_LEAST_FOR_ONE = 5
_LEAST_FOR_TWO = 9

_DIGITS = re.compile(r"\d+")


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
    """

    mistakes: int
    score: int
    same_street: bool
    same_name: bool
    remark: str = ""


def likeness(typed: StreetName, known: KnownName) -> Likeness | None:
    """How alike they are, None when they have nothing to do with each other."""
    if _DIGITS.findall(typed.core) != _DIGITS.findall(known.core):
        return None
    side_differs = bool(typed.side and known.side and typed.side != known.side)
    mistakes = _mistakes(typed, known)
    if mistakes is None:
        return None
    kind_differs = bool(typed.kind and known.kind and typed.kind != known.kind)
    score, remark = 100 - 9 * mistakes, "The street is spelt differently." if mistakes else ""
    if bool(typed.kind) != bool(known.kind) and not mistakes:
        score -= 4
    if bool(typed.side) != bool(known.side):
        score -= 5
        remark = remark or "North, south, east or west is not said as in the map."
    if kind_differs or side_differs:
        return Likeness(mistakes, score - 30, False, False, f"The map has only {known.name}.")
    same_name = not mistakes and (typed.kind, typed.side) == (known.kind, known.side)
    return Likeness(mistakes, score, True, same_name, remark)


def _mistakes(typed: StreetName, known: KnownName) -> int | None:
    """The fewest wrong signs between the two, None when they are too many for the length."""
    from rapidfuzz.distance import OSA

    if typed.core == known.core:
        return 0
    # Letters that were doubled or lost count from the known name: a short one must be right.
    allowed = _allowed(min(len(known.core), len(typed.core)))
    best: int | None = None
    if allowed:
        distance = OSA.distance(typed.core, known.core, score_cutoff=allowed)
        best = distance if distance <= allowed else None
    if not typed.kind and known.kind:
        glued = _with_kind(typed, known, _allowed(len(known.core)))
        best = glued if best is None or (glued is not None and glued < best) else best
    return best


def _with_kind(typed: StreetName, known: KnownName, allowed: int) -> int | None:
    """Mistakes when the mistake is in the kind or in the blank before it: "Rimfirec t", "Eastman Raod"."""
    from rapidfuzz.distance import OSA

    last = typed.words[-1]
    if "".join(typed.words[:-1]) == known.core and len(last) > 1:
        forms = [form for form in _FORMS_OF.get(known.kind, ()) if len(form) > 1]
        if any(OSA.distance(last, form, score_cutoff=1) <= 1 for form in forms):
            return 1
    for form in _FORMS_OF.get(known.kind, ()):
        distance = OSA.distance(typed.core, known.core + form, score_cutoff=allowed)
        if distance == 0:
            return 1
        if allowed and distance <= allowed and typed.core[0] == known.core[0] and len(form) > 2:
            return distance
    return None


def _allowed(length: int) -> int:
    return 0 if length < _LEAST_FOR_ONE else 1 if length < _LEAST_FOR_TWO else 2
