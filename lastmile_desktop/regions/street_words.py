"""Words of street names in the languages of our users: what a street is called, and how that is shortened.

Only for comparing. What is shown to people is always the name as the map has it.
"""

from __future__ import annotations

from collections.abc import Mapping


def words(text: str) -> frozenset[str]:
    """The words of a text, which reads better than a column of strings."""
    return frozenset(text.split())


def _each(table: Mapping[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, forms in table.items() for word in (meaning, *forms.split())}


#: Kinds that end a name ("Eastman Road"), with the postal services' abbreviations.
LAST_KINDS = _each(
    {
        "alley": "aly ally",
        "avenue": "ave av aven avn avenu",
        "bend": "bnd",
        "boulevard": "blvd boul blv bvd",
        "bridge": "brg",
        "bypass": "byp",
        "causeway": "cswy",
        "center": "ctr centre cntr",
        "circle": "cir circ crcl",
        "close": "cl",
        "common": "cmn",
        "commons": "",
        "court": "ct crt",
        "courts": "cts",
        "cove": "cv",
        "crescent": "cres crsnt",
        "crossing": "xing crssng",
        "drive": "dr drv",
        "estate": "est",
        "estates": "ests",
        "expressway": "expy expwy",
        "extension": "ext",
        "freeway": "fwy",
        "garden": "gdn",
        "gardens": "gdns",
        "garth": "grth",
        "gate": "gt",
        "glen": "gln",
        "green": "grn",
        "grove": "grv",
        "heights": "hts",
        "highway": "hwy hiway hwa",
        "hill": "hl",
        "hills": "hls",
        "junction": "jct",
        "knoll": "knl",
        "landing": "lndg",
        "lane": "ln",
        "loop": "lp",
        "manor": "mnr",
        "mews": "mws",
        "parade": "pde",
        "park": "pk prk",
        "parkway": "pkwy pky pkway",
        "pass": "",
        "path": "",
        "pike": "",
        "place": "pl plc platz plein plac plads plats",
        "plaza": "plz",
        "point": "pt pnt",
        "ridge": "rdg",
        "rise": "",
        "road": "rd",
        "route": "rte",
        "row": "",
        "run": "",
        "square": "sq sqr",
        "station": "sta stn",
        "street": "st strt",
        "terrace": "ter terr tce",
        "trace": "trce",
        "trail": "trl tr",
        "turnpike": "tpke tnpk",
        "valley": "vly",
        "view": "vw",
        "village": "vlg",
        "walk": "wlk",
        "way": "wy",
        "strasse": "str straat stra",
        "weg": "",
        "allee": "",
        "gasse": "",
        "laan": "",
        "gracht": "",
        "kade": "",
        "dijk": "",
        "gatan": "gata gate",
        "vej": "vagen vagen veien vei",
    }
)

#: Kinds that begin a name ("Rue de la Paix", "ul. Długa"). The Polish "ulica" says nothing: maps lack it.
FIRST_KINDS = _each(
    {
        "rue": "r rua",
        "avenue": "av ave avda avd avenida avinguda avgda",
        "boulevard": "bd bld blvd boul bvd bulevar",
        "chemin": "che chem ch",
        "route": "rte",
        "impasse": "imp",
        "allee": "all allees",
        "quai": "",
        "cours": "",
        "square": "sq",
        "sentier": "",
        "passage": "pas",
        "place": "pl plac placa plaza plza praca pca piazza pza pzza piazzale ple",
        "calle": "c cl carrer",
        "camino": "cno",
        "carretera": "ctra crta",
        "paseo": "po passeig pso",
        "ronda": "rda",
        "travesia": "trv",
        "via": "v",
        "viale": "vle",
        "vicolo": "vlo",
        "corso": "cso",
        "largo": "lgo lg",
        "strada": "",
        "travessa": "tv",
        "estrada": "estr",
        "alameda": "",
        "beco": "",
        "aleja": "al aleje alei",
        "osiedle": "os osiedla",
        "rondo": "",
        "skwer": "",
        "ulica": "ul ulicy",
    }
)
#: First kinds that are words of English names too: they count only before "de", "la" and the like.
SHARED_FIRST_KINDS = frozenset(
    {"avenue", "boulevard", "route", "square", "place", "passage", "via", "ronda", "strada", "quai", "largo"}
)
#: What says nothing on its own, so that a map that has it need not be named.
EMPTY_KINDS = frozenset({"ulica"})

#: Endings that are one word with the name ("Hauptstraße", "Kerkstraat"), longest first.
JOINED_KINDS: tuple[tuple[str, str], ...] = (
    ("strasse", "strasse"),
    ("straat", "strasse"),
    ("gracht", "gracht"),
    ("platz", "place"),
    ("plein", "place"),
    ("gasse", "gasse"),
    ("allee", "allee"),
    ("vagen", "vej"),
    ("veien", "vej"),
    ("gatan", "gatan"),
    ("laan", "laan"),
    ("kade", "kade"),
    ("dijk", "dijk"),
    ("gata", "gatan"),
    ("str", "strasse"),
    ("weg", "weg"),
    ("vej", "vej"),
)

#: Small words that people leave out or put in; never the only words of a name.
FILLERS = words(
    "de la du des le les d l del della delle dello dei degli di da do dos das el los las y e the van der den "
    "of"
)
#: Those of them after which the word before is a kind that begins a Romance name.
ROMANCE_FILLERS = words("de la du des le les d l del della delle dello dei degli di da do dos das")

#: Sides of a town in American addresses.
SIDES = _each(
    {
        "n": "north no",
        "s": "south so",
        "e": "east",
        "w": "west",
        "ne": "northeast",
        "nw": "northwest",
        "se": "southeast",
        "sw": "southwest",
    }
)

#: Words that are written in two ways inside a name, not at its end.
INNER_WORDS = _each(
    {
        "saint": "st",
        "sainte": "ste",
        "sankt": "skt",
        "mount": "mt mtn mountain",
        "fort": "ft",
        "general": "gal gen gral",
        "doctor": "dr",
        "professor": "prof",
        "president": "pdt pres",
        "marechal": "mal",
        "junior": "jr",
        "old": "",
        "and": "u und et i",
    }
)

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
#: Ordinals in words; "Fifth Street" and "5th Street" are one.
ORDINALS = {word: str(number) for number, word in enumerate(_ORDINALS.split(), start=1)}
