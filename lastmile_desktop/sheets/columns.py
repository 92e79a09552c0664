"""One heading against the vocabulary: which fields it may mean, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from lastmile_desktop.sheets.rule_words import ORDER_RULE_WORDS, VEHICLE_RULE_WORDS
from lastmile_desktop.sheets.spelling import Spelling
from lastmile_desktop.sheets.text import HeadingName, heading_name, word_set
from lastmile_desktop.sheets.words import prefix_words
from lastmile_desktop.sheets.words.fleet_words import DEPOT_WORDS, VEHICLE_WORDS
from lastmile_desktop.sheets.words.goods_words import GOODS_WORDS
from lastmile_desktop.sheets.words.line_words import WEEKDAYS
from lastmile_desktop.sheets.words.place_words import PLACE_WORDS
from lastmile_desktop.sheets.words.time_words import TIME_BASE_WORDS, TIME_WORDS, WINDOW_SIDES
from lastmile_desktop.sheets.words.who_words import WHO_WORDS

#: A field found with less than this is a guess, which the column's values must bear out.
SURE = 90.0

_EXACT = 100.0
_WITHOUT_DELIVERY_PREFIX = 104.0
_WITHOUT_PLAIN_PREFIX = 92.0
_OF_LOWER_LINE = 0.97
_MISSPELT = 0.85
_ASKED = 0.85
_FALLBACK_OF_UNIT = 60.0
_BILLING_FALLBACK = 56.0
_FUZZY_LEAST = 88.0
_WEIGHT_UNITS = frozenset(["kg", "g", "t", "lb"])
_VOLUME_UNITS = frozenset(["m3", "l", "ft3"])
_TIME_UNITS = frozenset(["min", "s"])
_LOAD_WORDS = word_set(
    "load ladung last charge carga carico lading ladunek max capacity kapazitat limit payload"
)
#: Headings that number the lines: an order number beside them is the better one.
_COUNTERS = frozenset(
    heading_name(word).full
    for word in [
        "no",
        "#",
        "nr",
        "number",
        "nummer",
        "numero",
        "numer",
        "n",
        "seq",
        "sequence",
        "sequence no",
        "line no",
        "row no",
        "s no",
        "sr no",
        "sl no",
        "pos",
        "position no",
        "serial no",
        "lfd nr",
        "lfd",
        "laufende nr",
        "laufende nummer",
        "pos nr",
        "lp",
        "l p",
        "volgnr",
        "volgnummer",
        "stop",
        "stop no",
        "stopp",
        "stopp nr",
        "stoppnr",
        "drop",
        "drop no",
        "arrêt",
        "parada",
        "fermata",
        "stopnr",
        "paragem",
        "stop id",
        "núm",
        "nro",
        "id",
    ]
)
_NET = word_set("net netto neto nettogewicht nettogew netweight nettovikt nettovaegt")
_QUESTION_WORDS = word_set(
    "what which how many much is are was do does you we need want would like should can suits suit best when "
    "where who shall any for please enter give tell us with by us have "
    "was wie viele viel ist sind wer wo brauchen sie wir bitte angeben ihr ihre fur den die der das "
    "quel quelle combien votre vos pour est sont avez vous cual cuantos su para quale quanti wat hoeveel uw "
    "welke ile jaki qual quantos seu"
)
#: Numbers that an order may also carry beside its own.
_SECOND_NUMBERS = word_set(
    "reference referenz referencia riferimento referentie ref rif invoice rechnung rechnungsnr facture "
    "factura fattura factuur faktury fatura tracking waybill awb delivery lieferschein ddt wz bl albaran "
    "pakbon guia consignment shipment parcel package paket colis beleg external kundenreferenz receipt po "
    "docket ticket"
)
_OF_PLACE_OF_DELIVERY = frozenset(["name", "phone", "email", "notes", *PLACE_WORDS])
#: One heading, two languages: the values tell which field is meant.
_TWO_MEANINGS: dict[str, tuple[str, ...]] = {
    "by": ("town", "window_end"),
    "fecha": ("date", "window_end"),
    "nombre": ("name", "quantity"),
    "pc": ("quantity", "postcode"),
    "van": ("vehicle", "window_start"),
    "tag": ("date", "skills"),
    "local": ("name", "address"),
    "lokal": ("name", "address_2"),
    "godzotwarcia": ("window", "window_start"),
    "orarioapertura": ("window", "window_start"),
    "tussen": ("window", "window_start"),
    "bus": ("address_2", "vehicle"),
    "st": ("region", "quantity"),
    "tur": ("address_2", "vehicle"),
    "time": ("window", "service"),
}


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
        self._delivery = sorted(_phrases(prefix_words.DELIVERY_PREFIXES), key=len, reverse=True)
        plain = _phrases(prefix_words.PLAIN_PREFIXES)
        plain += [] if kind == "vehicles" else _phrases(prefix_words.ADDRESS_PREFIXES)
        self._plain = sorted(plain, key=len, reverse=True)
        self._foreign = sorted(_phrases(prefix_words.FOREIGN_PREFIXES), key=len, reverse=True)
        self._foreign_words = frozenset(phrase[0] for phrase in self._foreign if len(phrase) == 1)
        no_field = _phrases(prefix_words.NO_FIELD)
        self._no_field = frozenset(no_field) | {("".join(phrase),) for phrase in no_field}
        self._goods = frozenset(word for phrase in _phrases(prefix_words.GOODS_WORDS) for word in phrase)
        self._time_base = frozenset(word for phrase in _phrases(TIME_BASE_WORDS) for word in phrase)
        self._sides = {
            spelling: side
            for side, text in WINDOW_SIDES.items()
            for phrase in _phrases(text)
            for spelling in (phrase, ("".join(phrase),))
        }
        self._longest_known = [known for known in self._squeezed if len(known) >= 5]
        self._cache: dict[HeadingName, dict[str, float]] = {}
        self._spelling = Spelling(self._all_words())

    def _all_words(self) -> Iterable[str]:
        for phrases in (
            self._fields,
            self._sides,
            self._delivery,
            self._plain,
            self._foreign,
            self._no_field,
        ):
            for phrase in phrases:
                yield from phrase
        yield from self._goods
        yield from self._time_base
        for week in WEEKDAYS:
            yield from week.replace("|", " ").split()

    def is_foreign(self, name: HeadingName) -> bool:
        """True for a heading that is known to say nothing about the stop (billing, prices)."""
        words = set(name.full)
        if name.full in self._no_field or words & (self._goods | self._foreign_words):
            return True
        return self._without(name.full, self._foreign) is not None

    def names_goods(self, name: HeadingName) -> bool:
        """True for a heading that names goods (Lineitem name, Artikel, SKU), not their amount."""
        words = set(name.full)
        return bool(words & self._goods) and "quantity" not in self.candidates(name)

    def candidates(self, name: HeadingName) -> dict[str, float]:
        """Fields that the heading may mean, with a score of about 100 for a sure one."""
        known = self._cache.get(name)
        if known is None:
            known = self._cache[name] = self._find(name)
        return dict(known)

    def _find(self, name: HeadingName) -> dict[str, float]:
        found: dict[str, float] = {}
        if not name.full or (self._is_no_field(name.full) and not self._is_word(name.full)):
            return found
        for words in dict.fromkeys((name.full, name.words)):
            for field, score in self._of_words(words).items():
                found[field] = max(found.get(field, 0.0), score)
        if not found and not self._names_others(name.full):
            found = self._misspelt(name.full) or self._asked(name.full)
        self._by_unit(name, found)
        return found

    def joined_candidates(self, above: HeadingName, below: HeadingName) -> dict[str, float]:
        """Fields that the lower of two heading lines means on its own, the upper one being a mere group."""
        if self._names_others(above.full):
            return {}
        return {field: score * _OF_LOWER_LINE for field, score in self.candidates(below).items()}

    def _is_no_field(self, words: tuple[str, ...]) -> bool:
        return words in self._no_field or ("".join(words),) in self._no_field

    def _is_word(self, words: tuple[str, ...]) -> bool:
        return bool(self._exact(words)) or words in self._sides

    def _names_others(self, words: tuple[str, ...]) -> bool:
        return self._without(words, self._foreign) is not None or bool(self._foreign_words & set(words))

    def _of_words(self, words: tuple[str, ...]) -> dict[str, float]:
        two = _TWO_MEANINGS.get("".join(words)) if self.kind == "orders" else None
        if two:
            return dict.fromkeys(two, _EXACT - 1)
        exact = self._exact(words)
        if exact:
            return {exact: self._certainty(exact, words)}
        if self.kind == "orders":
            window = self._window_field(words)
            if window:
                return {window: 98.0}
        if self._names_others(words):
            fields = {self._exact(rest) for rest in self._rests(words, self._foreign)}
            return dict.fromkeys(fields & {"phone", "email"}, _BILLING_FALLBACK)
        for prefixes, score in (
            (self._delivery, _WITHOUT_DELIVERY_PREFIX),
            (self._plain, _WITHOUT_PLAIN_PREFIX),
        ):
            for rest in self._rests(words, prefixes):
                if self._is_no_field(rest):
                    return {}
                field = self._exact(rest)
                if field:
                    return {field: score}
                window = self._window_field(rest) if self.kind == "orders" else ""
                if window:
                    return {window: 94.0}
        return self._partly(words)

    def _certainty(self, field: str, words: tuple[str, ...]) -> float:
        """A mere counter, or the number of an invoice, gives way to the number of the order."""
        own = self.kind == "orders" and field in _OF_PLACE_OF_DELIVERY
        if own and any(self._exact(rest) for rest in self._rests(words, self._delivery)):
            return _WITHOUT_DELIVERY_PREFIX
        if field == "weight" and _NET & set(words):
            return 95.0  # what a van carries is the gross weight
        if field != "id" or self.kind != "orders":
            return _EXACT
        if words in _COUNTERS:
            return 91.0
        return 96.0 if _SECOND_NUMBERS & set(words) else _EXACT

    def _exact(self, words: tuple[str, ...]) -> str:
        if not words:
            return ""
        return self._fields.get(words) or self._squeezed.get("".join(words), "")

    def _without(self, words: tuple[str, ...], prefixes: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
        """The words without the longest prefix that they have; None when there is none."""
        return next(self._rests(words, prefixes), None)

    @staticmethod
    def _rests(words: tuple[str, ...], prefixes: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        """The words without each prefix that they have: in front, behind in brackets, or glued on."""
        if not words:
            return
        for prefix in prefixes:
            size = len(prefix)
            if words[:size] == prefix:
                yield words[size:]
            elif words[-size:] == prefix and len(words) > size:
                yield words[:-size]
        for prefix in prefixes:
            if len(prefix) == 1 and len(prefix[0]) >= 5 and words[0].startswith(prefix[0]):
                glued = words[0][len(prefix[0]) :].removeprefix("s")
                if len(glued) >= 3:
                    yield (glued, *words[1:])

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
                    if field == "date" and size == 1 < len(words):
                        continue  # the day of some document
                    found.setdefault(field, 45 + 40 * share)
        return found or self._nearly("".join(words))

    def _misspelt(self, words: tuple[str, ...]) -> dict[str, float]:
        """What the words mean once their slips are mended; nothing when that leaves a choice of fields."""
        ways = [way for way in self._spelling.corrections(words) if not self._is_no_field(way)]
        readings = [reading for way in ways if (reading := self._of_words(way))]
        fields = {field for reading in readings for field in reading}
        if len(fields) != 1:
            return {}
        field = fields.pop()
        return {field: _MISSPELT * min(_EXACT, max(reading[field] for reading in readings))}

    def _asked(self, words: tuple[str, ...]) -> dict[str, float]:
        """What a form asks for: "How many boxes do you need?"."""
        rest = tuple(word for word in words if word not in _QUESTION_WORDS)
        if not rest or len(rest) == len(words):
            return {}
        return {field: _ASKED * score for field, score in self._of_words(rest).items()}

    def _nearly(self, squeezed: str) -> dict[str, float]:
        if len(squeezed) < 5:
            return {}
        from rapidfuzz import fuzz, process

        best = process.extractOne(squeezed, self._longest_known, scorer=fuzz.ratio, score_cutoff=_FUZZY_LEAST)
        if best is None or best[0][0] != squeezed[0]:
            return {}
        return {self._squeezed[best[0]]: 0.8 * best[1]}

    def _by_unit(self, name: HeadingName, found: dict[str, float]) -> None:
        """A unit settles what a vague word leaves open: "Load (kg)", "Time (min)", "Max lb"."""
        vague = bool(set(name.words) & _LOAD_WORDS) or len(name.words) == 0
        prefix = "capacity_" if self.kind == "vehicles" else ""
        if self.kind == "depots" or self._names_others(name.full):
            return
        for units, field in (
            (_WEIGHT_UNITS, "kg" if prefix else "weight"),
            (_VOLUME_UNITS, "m3" if prefix else "volume"),
        ):
            if name.unit in units:
                found.pop("capacity", None)
                found.pop("quantity", None)
                score = 101.0 if vague else _FALLBACK_OF_UNIT
                if not prefix and prefix + field not in found:
                    found.clear()  # nobody counts drops or orders in kilograms
                    score = max(score, 96.0)
                found[prefix + field] = max(found.get(prefix + field, 0.0), score)
        if name.unit in _TIME_UNITS and self.kind == "orders":
            was_window = found.pop("window", None) is not None
            if was_window:
                found.pop("window_start", None)
            found["service"] = max(found.get("service", 0.0), 95.0 if was_window else _FALLBACK_OF_UNIT)


_DEPOT_PLACE = tuple(PLACE_WORDS)


@cache
def matcher_for(kind: str) -> ColumnMatcher:
    """The matcher for "orders", "vehicles" or "depots"."""
    words = {
        "orders": WHO_WORDS | PLACE_WORDS | TIME_WORDS | GOODS_WORDS | ORDER_RULE_WORDS,
        "vehicles": VEHICLE_WORDS | VEHICLE_RULE_WORDS,
        "depots": DEPOT_WORDS
        | {field: PLACE_WORDS[field] for field in _DEPOT_PLACE}
        | {"phone": WHO_WORDS["phone"], "notes": GOODS_WORDS["notes"]},
    }[kind]
    return ColumnMatcher(kind, words)
