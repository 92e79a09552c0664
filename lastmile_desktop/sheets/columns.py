"""One heading against the vocabulary: which fields it may mean, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from lastmile_desktop.sheets import vocabulary
from lastmile_desktop.sheets.text import HeadingName, heading_name, word_set

_EXACT = 100.0
_WITHOUT_DELIVERY_PREFIX = 104.0
_WITHOUT_PLAIN_PREFIX = 92.0
_FALLBACK_OF_UNIT = 60.0
_BILLING_FALLBACK = 56.0
_FUZZY_LEAST = 88.0
_WEIGHT_UNITS = frozenset(["kg", "g", "t", "lb"])
_VOLUME_UNITS = frozenset(["m3", "l", "ft3"])
_TIME_UNITS = frozenset(["min", "s"])
_LOAD_WORDS = word_set(
    "load ladung last charge carga carico lading ladunek max capacity kapazitat limit payload"
)


def _phrases(text: str) -> list[tuple[str, ...]]:
    phrases: list[tuple[str, ...]] = []
    for written in text.split("|"):
        for variant in {written, _spelled_out(written)}:
            words = heading_name(variant).full
            if words:
                phrases.append(words)
    return phrases


def _spelled_out(text: str) -> str:
    """German umlauts as people type them on foreign keyboards."""
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")):
        text = text.replace(umlaut, letters)
    return text


class ColumnMatcher:
    """Scores headings against one kind of sheet (orders, vehicles or depots)."""

    def __init__(self, kind: str, words: dict[str, str]) -> None:
        self.kind = kind
        self._fields: dict[tuple[str, ...], str] = {}
        self._squeezed: dict[str, str] = {}
        for name, text in words.items():
            for phrase in _phrases(text):
                self._fields.setdefault(phrase, name)
                self._squeezed.setdefault("".join(phrase), name)
        self._delivery = sorted(_phrases(vocabulary.DELIVERY_PREFIXES), key=len, reverse=True)
        self._plain = sorted(_phrases(vocabulary.PLAIN_PREFIXES), key=len, reverse=True)
        self._foreign = sorted(_phrases(vocabulary.FOREIGN_PREFIXES), key=len, reverse=True)
        self._foreign_words = frozenset(phrase[0] for phrase in self._foreign if len(phrase) == 1)
        self._no_field = frozenset(_phrases(vocabulary.NO_FIELD))
        self._goods = frozenset(word for phrase in _phrases(vocabulary.GOODS_WORDS) for word in phrase)
        self._time_base = frozenset(
            word for phrase in _phrases(vocabulary.TIME_BASE_WORDS) for word in phrase
        )
        self._sides = {
            spelling: side
            for side, text in vocabulary.WINDOW_SIDES.items()
            for phrase in _phrases(text)
            for spelling in (phrase, ("".join(phrase),))
        }

    def is_foreign(self, name: HeadingName) -> bool:
        """True for a heading that is known to say nothing about the stop (billing, prices)."""
        words = set(name.full)
        return name.full in self._no_field or bool(words & (self._goods | self._foreign_words))

    def candidates(self, name: HeadingName) -> dict[str, float]:
        """Fields that the heading may mean, with a score of about 100 for a sure one."""
        found: dict[str, float] = {}
        if not name.full or (name.full in self._no_field and name.full not in self._fields):
            return found
        for words in dict.fromkeys((name.full, name.words)):
            for field, score in self._of_words(words).items():
                found[field] = max(found.get(field, 0.0), score)
        self._by_unit(name, found)
        return found

    def _of_words(self, words: tuple[str, ...]) -> dict[str, float]:
        exact = self._exact(words)
        if exact:
            return {exact: _EXACT}
        if self.kind == "orders":
            window = self._window_field(words)
            if window:
                return {window: 98.0}
        foreign = self._without(words, self._foreign)
        if foreign is not None:
            rest = self._exact(foreign)
            return {rest: _BILLING_FALLBACK} if rest in ("phone", "email") else {}
        delivery = self._without(words, self._delivery)
        if delivery:
            field = self._exact(delivery)
            if field:
                return {field: _WITHOUT_DELIVERY_PREFIX}
        plain = self._without(words, self._plain)
        if plain:
            field = self._exact(plain)
            if field:
                return {field: _WITHOUT_PLAIN_PREFIX}
        return self._partly(words)

    def _exact(self, words: tuple[str, ...]) -> str:
        if not words:
            return ""
        return self._fields.get(words) or self._squeezed.get("".join(words), "")

    @staticmethod
    def _without(words: tuple[str, ...], prefixes: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
        """The words without a prefix (in front, behind in brackets, or glued on); None when there is none."""
        for prefix in prefixes:
            size = len(prefix)
            if words[:size] == prefix and len(words) >= size:
                return words[size:]
            if words[-size:] == prefix and len(words) > size:
                return words[:-size]
        for prefix in prefixes:
            if len(prefix) == 1 and len(prefix[0]) >= 5 and words[0].startswith(prefix[0]):
                glued = words[0][len(prefix[0]) :].removeprefix("s") or ""
                if len(glued) >= 3:
                    return (glued, *words[1:])
        return None

    def _window_field(self, words: tuple[str, ...]) -> str:
        """``Window 2 from`` -> window_2_start; ``TW start``, ``delivery time until``."""
        numbers = [word for word in words if word in ("1", "2", "3")]
        rest = tuple(word for word in words if word not in ("1", "2", "3"))
        if not rest or len(numbers) > 1:
            return ""
        side = self._sides.get(rest)
        if side is None:
            core = tuple(word for word in rest if word not in self._time_base)
            if core:
                side = self._sides.get(core)
            elif self._fields.get(rest) == "window":
                side = "window"
        if side is None:
            return ""
        return f"window_{numbers[0]}{side.removeprefix('window')}" if numbers and numbers[0] != "1" else side

    def _partly(self, words: tuple[str, ...]) -> dict[str, float]:
        """The longest known phrase within the heading, or a known one with a slip of the pen."""
        total = sum(len(word) for word in words)
        found: dict[str, float] = {}
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                part = words[start : start + size]
                field = self._fields.get(part, "")
                share = sum(len(word) for word in part) / total
                if field and sum(len(word) for word in part) >= 3 and share >= 0.5:
                    if field in ("name", "id", "date") and self._goods & set(words):
                        continue
                    found.setdefault(field, 45 + 40 * share)
        return found or self._nearly("".join(words))

    def _nearly(self, squeezed: str) -> dict[str, float]:
        if len(squeezed) < 5:
            return {}
        from rapidfuzz import fuzz, process

        choices = [known for known in self._squeezed if len(known) >= 5]
        best = process.extractOne(squeezed, choices, scorer=fuzz.ratio, score_cutoff=_FUZZY_LEAST)
        return {self._squeezed[best[0]]: 0.8 * best[1]} if best else {}

    def _by_unit(self, name: HeadingName, found: dict[str, float]) -> None:
        """A unit settles what a vague word leaves open: "Load (kg)", "Time (min)", "Max lb"."""
        vague = bool(set(name.words) & _LOAD_WORDS) or len(name.words) == 0
        prefix = "capacity_" if self.kind == "vehicles" else ""
        if self.kind == "depots":
            return
        for units, field in (
            (_WEIGHT_UNITS, "kg" if prefix else "weight"),
            (_VOLUME_UNITS, "m3" if prefix else "volume"),
        ):
            if name.unit in units:
                found.pop("capacity", None)
                found.pop("quantity", None)
                score = 101.0 if vague else _FALLBACK_OF_UNIT
                found[prefix + field] = max(found.get(prefix + field, 0.0), score)
        if name.unit in _TIME_UNITS and self.kind == "orders":
            was_window = found.pop("window", None) is not None
            found["service"] = max(found.get("service", 0.0), 95.0 if was_window else _FALLBACK_OF_UNIT)


@cache
def matcher_for(kind: str) -> ColumnMatcher:
    """The matcher for "orders", "vehicles" or "depots"."""
    words = {
        "orders": vocabulary.ORDER_WORDS,
        "vehicles": vocabulary.VEHICLE_WORDS,
        "depots": vocabulary.DEPOT_WORDS,
    }[kind]
    return ColumnMatcher(kind, words)
