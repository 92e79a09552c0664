"""Text as people type it: cleaned for display, folded for comparison, headings taken apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


def word_set(text: str) -> frozenset[str]:
    """The words of a text; keeps long word lists readable."""
    return frozenset(text.split())


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_INVISIBLE_TABLE = {ord(sign): None for sign in _INVISIBLE}
_SPACES = re.compile(r"[^\S\n]+")
_LETTERS = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "º": "o", "ı": "i", "þ": "th"}
)
_DASHES = re.compile(r"[‐‑‒–—―−﹣－]")


def clean(text: str) -> str:
    """Text for display: no control signs, no odd spaces, nothing invisible at the ends."""
    if text.isascii() and text.isprintable() and "  " not in text and "_x" not in text:
        return text.strip(" ")  # most cells of most sheets
    text = text.replace("_x000D_", "\n").replace("\r\n", "\n").replace("\r", "\n")
    text = _SPACES.sub(" ", _CONTROL.sub("", text))
    return text.strip(" \n\t" + _INVISIBLE)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Text for comparison: lower case, no accents, no invisible signs, plain dashes and single spaces."""
    text = clean(text)
    if text.isascii():
        return " ".join(text.lower().split())
    text = text.translate(_INVISIBLE_TABLE).lower().translate(_LETTERS)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return _DASHES.sub("-", " ".join(text.split())).casefold()


#: How a unit may be written, and the one word for it. Not here: Pfund and livre, which are half a kilogram to
#: one firm and a pound to another.
UNITS: dict[str, str] = {
    word: unit
    for unit, words in {
        "kg": "kg kgs kilo kilos kilogram kilogramm kilograms kilogramme kilogrammes kilogramos kilogramo "
        "chilogrammi chilogrammo chili chilo kilogramow kilogramy quilo quilos quilograma quilogramas",
        "g": "g gr gram grams gramm gramme grammes gramo gramos grammo grammi gramow gramy grama gramas",
        "t": "t to ton tons tonne tonnes tonnen tonelada toneladas tonnellata tonnellate tony",
        "lb": "lb lbs pound pounds libbre",
        "oz": "oz ounce ounces unze unzen onces onzas",
        "mg": "mg",
        "min": "min mins minute minutes minuten minutos minuti minuut minuty minut",
        "s": "s sec secs second seconds sek sekunden secondes segundos secondi seconden",
        "h": "h hr hrs hour hours std stunde stunden heures horas ore uur godz",
        "m3": "m3 cbm m^3 kubikmeter cubm",
        "dm3": "dm3",
        "cm3": "cm3 ccm cc",
        "ml": "ml milliliter millilitre millilitres",
        "l": "l ltr lt liter liters litre litres litro litros litri litr litry litrow",
        "ft3": "ft3 cuft ft^3 cf",
        "km": "km kilometer kilometre kilometres kilometers",
        "mi": "mi mile miles meilen",
        "pcs": "pc pcs piece pieces box boxes parcel parcels package packages pkg pkgs crate crates tray "
        "trays "
        "case cases item items unit units bag bags tote totes carton pack packs bottle bottles bucket "
        "buckets "
        "sack sacks roll rolls basket baskets keg kegs drum drums envelope envelopes letter letters bundle "
        "bundles stk stuck stuecke stueck stucke kiste kisten karton kartons paket pakete packchen "
        "palette paletten pallet pallets skid skids colli kolli collo kollo packstuck packstucke eimer sacke "
        "flasche flaschen tute tuten beutel korb korbe rolle rollen fass fasser steige steigen bund gebinde "
        "colis cartons caisse caisses paquet paquets palettes sac sacs bouteille bouteilles "
        "bac bacs panier paniers fut futs "
        "bulto bultos caja cajas unidad unidades ud uds paquete paquetes pale pales palet palets saco sacos "
        "botella botellas pieza piezas cesta cestas pallet "
        "pezzo pezzi pz cartone cartoni scatola scatole pacco pacchi cassa casse cassetta cassette bancale "
        "bancali sacco sacchi bottiglia bottiglie cesto cesti "
        "doos dozen krat kratten stuk stuks st pakket pakketten zak zakken fles flessen mand manden rol "
        "rollen "
        "sztuk sztuka sztuki szt paczka paczki paczek karton kartony kartonow skrzynka skrzynki skrzynek "
        "paleta palety palet worek worki workow butelka butelki butelek opakowanie opakowania "
        "volumes caixa caixas unidade unidade encomendas palete paletes garrafa garrafas peca pecas "
        "pacote pacotes cabaz cabazes x",
    }.items()
    for word in words.split()
}
#: "Time to" is no weight in tonnes: these words are units only in brackets.
_UNIT_ONLY_IN_BRACKETS = frozenset(
    word for word, unit in UNITS.items() if unit == "pcs" or len(word) == 1 or word == "to"
)
_NOISE = word_set("optional required mandatory pflichtfeld pflicht in the of your please if any ca approx")
_BRACKETED = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_LETTER_DIGIT = re.compile(r"(?<=[a-z]{4})(?=\d)|(?<=\btw)(?=\d)")
_NUMBER_SIGN = re.compile(r"\bn[°º](?=\W|$)|№|#", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^\w€$£]+|_+")


@dataclass(frozen=True, slots=True)
class HeadingName:
    """A column heading, taken apart: its words without the unit, and the unit ("" when there is none).

    ``full`` are the words with a unit that stood among them ("stop minutes").
    """

    words: tuple[str, ...]
    full: tuple[str, ...]
    unit: str = ""


@lru_cache(maxsize=4096)
def heading_name(text: str) -> HeadingName:
    """Take a column heading apart, e.g. ``Weight* (kg)`` -> words ("weight",), unit "kg"."""
    text = _NUMBER_SIGN.sub(" no ", clean(text))
    text = _CAMEL.sub(" ", text)
    unit = ""
    trailing: list[str] = []
    for content in _BRACKETED.findall(text):
        words = _split(content)
        if len(words) == 1 and words[0] in UNITS:
            unit = UNITS[words[0]]
        elif "".join(words) in UNITS:
            unit = UNITS["".join(words)]
        else:
            trailing.extend(words)
    words = _split(_BRACKETED.sub(" ", text)) + trailing
    full = tuple(word for word in words if word not in _NOISE) or tuple(words)
    short = full
    if not unit and full and full[-1] in UNITS and full[-1] not in _UNIT_ONLY_IN_BRACKETS:
        unit = UNITS[full[-1]]
        short = full[:-1] or full
    return HeadingName(short, full, unit)


def _split(text: str) -> list[str]:
    folded = _LETTER_DIGIT.sub(" ", fold(text).replace("’", "'").replace("'", ""))
    return [word for word in _NOT_WORD.split(folded) if word]
