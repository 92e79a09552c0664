"""Slips of the pen in headings: a word that nobody knows is taken for the known word it is closest to.

Short words are left alone unless letters are only exchanged, doubled or missing: between four letters there
is no telling a slip from another word.
"""

from __future__ import annotations

from collections.abc import Iterable

_SHORTEST = 4
_SHORT = 5
_LONG = 8


class Spelling:
    """Known words, and the one that a misspelt word was meant to be."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(word for word in known if word.isalpha())
        self._long_enough = sorted(word for word in self._known if len(word) >= _SHORTEST)
        self._corrected: dict[str, tuple[str, ...]] = {}

    def corrections(self, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The words with their slips mended, in all equally close ways; none when nothing was mended."""
        ways: list[tuple[str, ...]] = [()]
        changed = False
        for word in words:
            options = self._options(word)
            changed = changed or options != (word,)
            ways = [(*way, option) for way in ways for option in options][:8]
        return ways if changed else []

    def _options(self, word: str) -> tuple[str, ...]:
        if len(word) < _SHORTEST or word in self._known or not word.isalpha():
            return (word,)
        if word not in self._corrected:
            self._corrected[word] = self._closest(word) or (word,)
        return self._corrected[word]

    def _closest(self, word: str) -> tuple[str, ...]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 2 if len(word) >= _LONG else 1
        found = process.extract(word, self._long_enough, scorer=OSA.distance, score_cutoff=allowed, limit=8)
        good = [(distance, known) for known, distance, _ in found if _is_slip(word, known, round(distance))]
        least = min((distance for distance, _ in good), default=None)
        return tuple(sorted(known for distance, known in good if distance == least))[:3]


def _is_slip(word: str, known: str, distance: int) -> bool:
    """The first letter is hardly ever wrong; in short words no letter is simply another one."""
    if word[0] != known[0] and word[:2] != known[1::-1]:
        return False
    if min(len(word), len(known)) <= _SHORT:
        return distance == 1 and (len(word) != len(known) or sorted(word) == sorted(known))
    return distance == 1 or min(len(word), len(known)) >= _LONG
