"""How names of streets and towns are brought into one form, so that spellings of one name are equal.

The builder of a region and the search in it must do this alike, so it lives below both. Changing what it
gives needs a new ``NAMES_VERSION``: regions that were built before then say that they are outdated.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from lastmile_desktop.regions.street_words import (
    EMPTY_KINDS,
    FILLERS,
    FIRST_KINDS,
    INNER_WORDS,
    JOINED_KINDS,
    LAST_KINDS,
    ORDINALS,
    ROMANCE_FILLERS,
    SHARED_FIRST_KINDS,
    SIDES,
)

NAMES_VERSION = 1

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "þ": "th",
        "&": " and ",
    }
)
_DROPPED = re.compile(r"['’`´ʼ]")
_SHORTENED = re.compile(r"\b(p|v|c|l|u)\.\s?(za|zza|le|lo|so|go)\b")
_CALLE = re.compile(r"\bc/")
_NOT_WORD = re.compile(r"[\W_]+")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|e|er|eme|o|a|de|ste|os|as)")
_LEAST_JOINED = 3


@dataclass(frozen=True, slots=True)
class StreetName:
    """A street's name for comparing.

    ``words`` are what tells it from other streets, ``kind`` whether it is a street, road or rue ("" when not
    said), ``side`` the American side of town. ``core`` is ``words`` without blanks; ``key`` is equal for all
    spellings that mean the same.
    """

    words: tuple[str, ...]
    kind: str
    side: str
    core: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "core", "".join(self.words))

    @property
    def key(self) -> str:
        """What is equal for equal names."""
        return f"{self.side}|{self.core}|{self.kind}"


def plain_words(text: str) -> list[str]:
    """A text's words without case, accents, apostrophes and punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    folded = "".join(
        sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign)
    )
    folded = _SHORTENED.sub(r"\1\2", _CALLE.sub("calle ", _DROPPED.sub("", folded)))
    return _NOT_WORD.sub(" ", folded).split()


def town_key(text: str) -> str:
    """A town's name for comparing: words and usual abbreviations alike, blanks left out."""
    words = [INNER_WORDS.get(word, word) for word in plain_words(text)]
    kept = [word for word in words if word not in FILLERS] or words
    return "".join(kept)


@lru_cache(maxsize=65_536)
def street_name(text: str) -> StreetName:
    """The comparable form of a street's name as somebody wrote it. No words at all: an empty name."""
    return name_of_words(tuple(plain_words(text)))


def name_of_words(words: tuple[str, ...]) -> StreetName:
    """The comparable form of a name that ``plain_words`` has taken apart."""
    left = list(words)
    side, left = _side(left)
    kind, left = _kind(left)
    core = [_inner(word) for word in left]
    core = [word for word in core if word not in FILLERS] or core
    return StreetName(tuple(core), "" if kind in EMPTY_KINDS else kind, side)


def without_kind(name: StreetName) -> StreetName:
    """The name with its kind as a word of it: "Park Heights", where the map has a Park Heights Avenue."""
    return StreetName((*name.words, name.kind), "", name.side) if name.kind else name


def _side(words: list[str]) -> tuple[str, list[str]]:
    """The side of town, when a whole name is left without it."""
    if len(words) > 2 and words[-1] in SIDES and words[-2] in LAST_KINDS:
        return SIDES[words[-1]], words[:-1]
    if len(words) > 2 and words[0] in SIDES and not (len(words[0]) == 1 and len(words[1]) == 1):
        return SIDES[words[0]], words[1:]
    if len(words) == 2 and words[0] in SIDES and words[1] not in LAST_KINDS:
        return SIDES[words[0]], words[1:]
    return "", words


def _kind(words: list[str]) -> tuple[str, list[str]]:
    """What sort of street it is, and the words that are left."""
    if len(words) > 1:
        first = FIRST_KINDS.get(words[0])
        romance = len(words) > 2 and words[1] in ROMANCE_FILLERS
        if first is not None and (romance or words[-1] not in LAST_KINDS):
            english = words[0] in LAST_KINDS and not romance and first not in SHARED_FIRST_KINDS
            if not english:
                return first, words[1:]
        if words[-1] in LAST_KINDS:
            return LAST_KINDS[words[-1]], words[:-1]
    return _joined_kind(words)


def _joined_kind(words: list[str]) -> tuple[str, list[str]]:
    last = words[-1] if words else ""
    for ending, kind in JOINED_KINDS:
        if last.endswith(ending) and len(last) - len(ending) >= _LEAST_JOINED:
            return kind, [*words[:-1], last[: -len(ending)]]
    return "", words


def _inner(word: str) -> str:
    word = ORDINALS.get(word, word)
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal is not None:
        return ordinal[1]
    # "Old Ct Rd" is Old Court Road; but a St or Dr inside a name is a saint or a doctor.
    return INNER_WORDS.get(word) or LAST_KINDS.get(word, word)
