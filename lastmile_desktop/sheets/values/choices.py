"""Words from a short list: priority, pickup or delivery, skills, yes and no."""

from __future__ import annotations

import re

from lastmile_desktop.model import OrderKind, Priority
from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.text import fold, word_set
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_PRIORITIES = {
    word: priority
    for priority, words in {
        Priority.HIGH: (
            "high h hoch urgent eilig dringend asap critical c express vip wichtig important haut haute "
            "elevee urgente alta alto hoog spoed wysoki pilne ! !! !!! x yes ja oui si tak sim true prio top "
            "must a rush very-high highest"
        ),
        Priority.NORMAL: (
            "normal n medium m mittel standard regular normale normaal normalny media moyenne b mid "
            "no nein non nee nie"
        ),
        Priority.LOW: "low l niedrig gering tief basse baja bassa laag niski baixa optional c- lowest bas",
    }.items()
    for word in words.split()
}
_KINDS = {
    word: kind
    for kind, words in {
        OrderKind.PICKUP: """pickup pick-up p collection collect c return returns abholung abholen retoure
            rucknahme ruckholung lp enlevement ramassage recogida ritiro ophalen afhalen odbior recolha""",
        OrderKind.DELIVERY: """delivery deliver d drop dropoff drop-off lieferung zustellung liefern ld
            livraison entrega consegna levering bezorging dostawa""",
    }.items()
    for word in words.split()
}
_YES = word_set("x 1 yes y ja j oui si tak sim true wahr on aktiv active ok ✓ ✔")
_NO = word_set("0 no n nein non nee nie nao false falsch off inaktiv inactive - ✗")
_NO_SKILL = frozenset(
    ["", "-", "none", "no", "keine", "n/a", "nein", "aucun", "ninguno", "nessuno", "geen", "brak", "0"]
)
_SKILL_SEPARATORS = re.compile(r"[;,/+&|\n]+")


def parse_priority(value: CellValue, *, lowest_rank: int = 3) -> Priority:
    """A priority word or rank; rank 1 is the highest and ``lowest_rank`` the lowest.

    Raises UnreadableValueError.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        rank = float(value)
    else:
        folded = fold(as_text(value)).replace("very high", "very-high")
        if folded in ("", "-"):
            return Priority.NORMAL
        if folded in _PRIORITIES:
            return _PRIORITIES[folded]
        if not folded.isdigit():
            raise UnreadableValueError("it is not a priority")
        rank = float(folded)
    if not 0 <= rank <= max(lowest_rank, 3):
        raise UnreadableValueError("it is not a priority")
    middle = (1 + max(lowest_rank, 3)) / 2
    if rank == 0 or rank == middle:
        return Priority.NORMAL
    return Priority.HIGH if rank < middle else Priority.LOW


def parse_kind(value: CellValue) -> OrderKind:
    """Delivery or pickup. Raises UnreadableValueError."""
    folded = fold(as_text(value))
    if folded in ("", "-"):
        return OrderKind.DELIVERY
    if folded not in _KINDS:
        raise UnreadableValueError("it says neither delivery nor pickup")
    return _KINDS[folded]


def is_kind(value: CellValue) -> bool:
    """True when the cell says delivery or pickup."""
    return fold(as_text(value)) in _KINDS


def parse_skills(value: CellValue) -> frozenset[str]:
    """Skills in lower case, split at ; , / + & and line ends."""
    parts = (" ".join(part.lower().split()) for part in _SKILL_SEPARATORS.split(as_text(value)))
    return frozenset(part for part in parts if fold(part) not in _NO_SKILL)


def parse_yes_no(value: CellValue) -> bool:
    """Yes or no. Raises UnreadableValueError."""
    if isinstance(value, bool):
        return value
    folded = fold(as_text(value))
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise UnreadableValueError("it says neither yes nor no")
