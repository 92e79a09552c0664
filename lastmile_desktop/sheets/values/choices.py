"""Words from a short list, in eight languages: priority, pickup or delivery, skills, yes and no.

    priority := word | ! !! !!! | rank (1 = first) | P1 Prio 2 | letter A B C or H M L C
    kind     := word for delivery | word for pickup
    skills   := skill (";" | "," | "/" | "+" | "&" | "|" | line end) skill ...
    yes-no   := x ✓ 1 yes ja oui ... | - 0 no nein non ...

Words are folded and their spaces and hyphens do not count ("pick-up", "Pick up"). The letter C is critical
beside H, M, L, and the last of A, B, C: which, only the column tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lastmile_desktop.model import OrderKind, Priority
from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.text import fold, word_set
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_PRIORITIES = {
    word: priority
    for priority, words in {
        Priority.HIGH: (
            "high h hoch urgent urgency eilig eilt sehreilig dringend asap critical express expresso "
            "espresso "
            "vip wichtig important importante haut haute elevee eleve prioritaire urgente urgenti "
            "muyurgente alta "
            "alto elevata elevado hoog hoge spoed wysoki wysoka wysokie pilne pilny pilna ! !! !!! x ✓ ✔ "
            "yes y "
            "ja j oui si s sim tak t true wahr prio priority top must a rush veryhigh highest sehrhoch "
            "treshaute "
            "muyalta moltoalta heelhoog bardzopilne muitoalta sofort immediate immediately prioritario "
            "prioritaria "
            "prioritair dringlich kritisch critique critico kritiek krytyczny critica same-day sameday"
        ),
        Priority.NORMAL: (
            "normal n medium m mittel standard regular normale normaal normaler normalny normalna media "
            "medio "
            "moyenne moyen b mid no nein non nee nie nao std default none keine usual gewoon standaard "
            "sredni "
            "srednia srednie gemiddeld routine ordinary false falsch faux falso"
        ),
        Priority.LOW: (
            "low l niedrig gering tief basse baja bajo bassa basso laag lage niski niska niskie baixa "
            "baixo "
            "optional lowest bas verylow economy sehrniedrig flexibel flexible unwichtig notime kannwarten "
            "opcional opzionale optionnel facultatif opcjonalny"
        ),
    }.items()
    for word in words.split()
}
_PRIORITY_RANK = re.compile(
    r"(?:p|prio|priority|prioritat|priorite|prioridad|prioridade|level|stufe)?\.?\s*(\d{1,2})(?:\.0)?"
)
_KINDS = {
    word: kind
    for kind, words in {
        OrderKind.PICKUP: """
            pickup p pu collection collect c return returns returned abholung abholen abhol retoure
            rucknahme ruckholung ruckgabe lp enlevement enlever ramassage collecte retour retours reprise
            recogida
            recoger devolucion retiro retirada ritiro ritirare reso resi presa ophalen afhalen ophaling
            retourzending
            odbior odebrac zwrot zwroty odbiory recolha recolher devolucao coleta levantamento""",
        OrderKind.DELIVERY: """
            delivery deliver deliveries del d drop dropoff l lieferung liefern zustellung zustellen
            ausliefern anlieferung bringen ld livraison livrer depot entrega entregar reparto consegna
            consegnare
            levering leveren bezorging bezorgen aflevering afleveren dostawa dostarczyc doreczenie
            entregas dostawy
            livraisons lieferungen consegne leveringen""",
    }.items()
    for word in words.split()
}
_YES = word_set(
    "x 1 yes y ja j oui o si s sim tak t true wahr vrai vero verdadero waar prawda verdadeiro on aktiv "
    "active ok ✓ ✔ ☑"
)
_NO = word_set(
    "0 no n nein non nee nie nao false falsch faux falso onwaar falsz off inaktiv inactive - -- ✗ ✘ ☐ 0.0"
)
_NO_SKILL = word_set(
    "- -- / none no keine kein n/a nein aucun aucune ninguno ninguna nessuno nessuna geen brak nenhum "
    "nenhuma "
    "non nee nie nao 0 standard"
) | {""}
_SKILL_SEPARATORS = re.compile(r"[;,/+&|\n]+")
_NO_PRIORITY = "it is not a priority"


def _squeezed(value: CellValue) -> str:
    """The word without spaces, hyphens and final points."""
    return re.sub(r"[\s\-_.]+", "", fold(as_text(value)))


def parse_priority(value: CellValue, *, lowest_rank: int = 3, c_is: Priority | None = None) -> Priority:
    """A priority word or rank; rank 1 is the highest and ``lowest_rank`` the lowest.

    ``c_is`` is what the letter C means in this column. Raises UnreadableValueError.
    """
    folded = fold(as_text(value))
    key = _squeezed(value)
    if key == "":
        return Priority.NORMAL
    if key == "c":
        if c_is is None:
            raise UnreadableValueError("C can mean critical or the last of A, B and C")
        return c_is
    if key in _PRIORITIES:
        return _PRIORITIES[key]
    match = _PRIORITY_RANK.fullmatch(folded)
    if match is None:
        raise UnreadableValueError(_NO_PRIORITY)
    rank = int(match.group(1))
    if not 0 <= rank <= max(lowest_rank, 3):
        raise UnreadableValueError(_NO_PRIORITY)
    middle = (1 + max(lowest_rank, 3)) / 2
    if rank == 0 or rank == middle:
        return Priority.NORMAL
    return Priority.HIGH if rank < middle else Priority.LOW


def priority_rank(value: CellValue) -> int | None:
    """The rank from 0 to 10 that a priority cell gives, None for a word."""
    match = _PRIORITY_RANK.fullmatch(fold(as_text(value)))
    return int(match.group(1)) if match and int(match.group(1)) <= 10 else None


def meaning_of_c(values: Iterable[CellValue]) -> Priority | None:
    """What the letter C stands for in a priority column; None when its other letters do not tell."""
    letters = {key for value in values if len(key := _squeezed(value)) == 1}
    abc, hml = bool(letters & {"a", "b"}), bool(letters & {"h", "m", "l"})
    if abc == hml:
        return None
    return Priority.LOW if abc else Priority.HIGH


def parse_kind(value: CellValue) -> OrderKind:
    """Delivery or pickup. Raises UnreadableValueError."""
    key = _squeezed(value)
    if key == "":
        return OrderKind.DELIVERY
    if key not in _KINDS:
        raise UnreadableValueError("it says neither delivery nor pickup")
    return _KINDS[key]


def is_kind(value: CellValue) -> bool:
    """True when the cell says delivery or pickup."""
    return _squeezed(value) in _KINDS


def parse_skills(value: CellValue) -> frozenset[str]:
    """Skills in lower case, split at ; , / + & and line ends."""
    return _skills(as_text(value))


@lru_cache(maxsize=1024)
def _skills(text: str) -> frozenset[str]:
    parts = (" ".join(part.lower().split()) for part in _SKILL_SEPARATORS.split(text))
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
