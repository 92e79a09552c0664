"""Names for streets, put together from ordinary words; any likeness to a real town is the language's."""

from __future__ import annotations

import random

_OLD = (
    *(
        "Mühl",
        "Gerber",
        "Weber",
        "Töpfer",
        "Schmied",
        "Fischer",
        "Bäcker",
        "Küfer",
        "Seiler",
        "Färber",
        "Korn",
    ),
    *(
        "Salz",
        "Wein",
        "Markt",
        "Kloster",
        "Spital",
        "Brunnen",
        "Tor",
        "Mauer",
        "Turm",
        "Kirch",
        "Rats",
        "Heu",
    ),
    *("Milch", "Hafner", "Sattler", "Wagner", "Metzger", "Krämer", "Glocken", "Pfarr", "Schloss", "Hirten"),
)
_TREES = (
    *("Linden", "Ahorn", "Eichen", "Buchen", "Birken", "Erlen", "Ulmen", "Kastanien", "Weiden", "Eschen"),
    *("Kirsch", "Apfel", "Birnen", "Nuss", "Holunder", "Schlehen", "Tannen", "Fichten", "Lärchen", "Pappel"),
)
_FLOWERS = (
    *("Rosen", "Tulpen", "Nelken", "Flieder", "Veilchen", "Astern", "Mohn", "Enzian", "Primel", "Dahlien"),
    *("Malven", "Krokus", "Iris", "Ginster", "Jasmin", "Lavendel", "Salbei", "Kamillen"),
)
_BIRDS = (
    *(
        "Amsel",
        "Drossel",
        "Finken",
        "Meisen",
        "Star",
        "Lerchen",
        "Schwalben",
        "Falken",
        "Kranich",
        "Storchen",
    ),
    *("Reiher", "Eulen", "Spatzen", "Zeisig", "Sperber", "Kiebitz", "Elstern", "Tauben"),
)
_FIELDS = (
    *("Wiesen", "Acker", "Garten", "Feld", "Hecken", "Hang", "Höhen", "Tal", "Bach", "Quellen", "Steinbruch"),
    *(
        "Lehm",
        "Sand",
        "Weinberg",
        "Ziegel",
        "Wald",
        "Rain",
        "Sonnen",
        "Moos",
        "Furt",
        "Damm",
        "Wehr",
        "Anger",
    ),
)
_WORK = (
    *("Gewerbe", "Industrie", "Werk", "Hafen", "Lager", "Bauhof", "Kran", "Gießerei", "Maschinen"),
    *("Ladehof", "Speicher", "Säge", "Hammer", "Kessel", "Spinnerei", "Dampf", "Schleifer", "Gleis"),
)
_ENDINGS = {
    "old": (("gasse", 8), ("straße", 2), ("winkel", 1), ("steig", 1)),
    "town": (("straße", 9), ("weg", 3), ("allee", 1)),
    "suburb": (("weg", 8), ("straße", 3), ("ring", 1), ("zeile", 1)),
    "village": (("weg", 5), ("gasse", 4), ("straße", 2)),
    "work": (("straße", 3), ("weg", 1), ("ring", 1)),
}
_WORDS = {
    "old": _OLD,
    "town": (*_TREES, *_FIELDS, *_OLD),
    "suburb": (*_FLOWERS, *_BIRDS, *_TREES, *_FIELDS),
    "village": (*_FIELDS, *_TREES, *_OLD),
    "work": _WORK,
}
_PLACES = (
    *(
        "Anger",
        "Stadtgraben",
        "Wehr",
        "Sonnenhang",
        "Bahndamm",
        "Steinbruch",
        "Kirchberg",
        "Weiher",
        "Hopfengarten",
    ),
    *("Mühlbach", "Zwinger", "Rosengarten", "Schützenplatz", "Spielberg", "Obstgarten", "Brand", "Eisweiher"),
)


class Names:
    """Hands out each name once within a town."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        """A given name, noted as taken."""
        self._taken.add(name)
        return name

    def street(self, manner: str) -> str:
        """A new name in the manner of a quarter: "old", "town", "suburb", "village" or "work"."""
        for _ in range(500):
            name = self._made(manner)
            if name not in self._taken:
                return self.take(name)
        return self.take(f"Weg {len(self._taken)}")

    def _made(self, manner: str) -> str:
        if manner in ("suburb", "village") and self._chance.random() < 0.16:
            return f"Am {self._chance.choice(_PLACES)}"
        endings = _ENDINGS[manner]
        ending = self._chance.choices([word for word, _ in endings], [weight for _, weight in endings])[0]
        return self._chance.choice(_WORDS[manner]) + ending
