"""The tables of a region's addresses, and how they are made from what was found in the extract.

``street`` rows are one name in one town; rows of one ``grp`` are pieces of one street that lie side by side.
Two streets of one name that lie apart have different ``grp``. Positions are degrees, spreads metres.
"""

from __future__ import annotations

import sqlite3

from lastmile_desktop.regions.street_names import NAMES_VERSION, street_name

SCHEMA = (
    """CREATE TABLE address_fact (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT""",
    """CREATE TABLE town (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, spread_m INTEGER NOT NULL, houses INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE town_name (
    key TEXT NOT NULL, town_id INTEGER NOT NULL, PRIMARY KEY (key, town_id)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE postcode (
    code TEXT PRIMARY KEY NOT NULL, town_id INTEGER, lat REAL NOT NULL, lon REAL NOT NULL,
    spread_m INTEGER NOT NULL, houses INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE street_name (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, core TEXT NOT NULL, name TEXT NOT NULL,
    words TEXT NOT NULL, kind TEXT NOT NULL, side TEXT NOT NULL, same_as INTEGER
) STRICT""",
    """CREATE TABLE street (
    id INTEGER PRIMARY KEY, name_id INTEGER NOT NULL, grp INTEGER NOT NULL, town_id INTEGER,
    postcode TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, spread_m INTEGER NOT NULL,
    houses INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE house (
    street_id INTEGER NOT NULL, number INTEGER NOT NULL, suffix TEXT NOT NULL, postcode TEXT NOT NULL,
    exact INTEGER NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL
) STRICT""",
)
INDEXES = (
    "CREATE UNIQUE INDEX street_name_key ON street_name (key)",
    "CREATE INDEX street_name_core ON street_name (core)",
    "CREATE INDEX street_by_name ON street (name_id)",
    "CREATE INDEX house_by_number ON house (street_id, number)",
)
#: What a pass over the extract finds, before it is put together; gone when the connection closes.
STAGING = (
    """CREATE TEMP TABLE found_house (
    name_id INTEGER, number INTEGER, suffix TEXT, town TEXT, postcode TEXT, state TEXT, exact INTEGER,
    lat REAL, lon REAL
)""",
    """CREATE TEMP TABLE found_road (name_id INTEGER, postcode TEXT, lats BLOB, lons BLOB)""",
)
_FTS = "CREATE VIRTUAL TABLE street_text USING fts5(core, content='', tokenize='trigram')"


def create(database: sqlite3.Connection) -> None:
    """Make the tables, and the staging tables of this connection."""
    for statement in (*SCHEMA, *STAGING):
        database.execute(statement)
    database.execute("INSERT INTO address_fact VALUES ('names_version', ?)", (str(NAMES_VERSION),))


def index(database: sqlite3.Connection) -> None:
    """Make the indexes, when everything is in. Without FTS5 in this SQLite the search goes another way."""
    for statement in INDEXES:
        database.execute(statement)
    try:
        database.execute(_FTS)
    except sqlite3.OperationalError:
        return
    database.execute("INSERT INTO street_text (rowid, core) SELECT id, core FROM street_name")


class NameBook:
    """Gives every distinct name of a street its number, and writes the names when all are known."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._rows: list[tuple[int, str, str, str, str, str, str]] = []
        self._same_as: dict[int, int] = {}
        self._of_text: dict[str, int | None] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def id_of(self, text: str) -> int | None:
        """The number of a name; None for one without a letter or digit."""
        if text not in self._of_text:
            self._of_text[text] = self._new(text)
        return self._of_text[text]

    def also_called(self, name_id: int, other: str) -> None:
        """``other`` is a second name of the street; where it is a first name elsewhere, it stays that."""
        alias = self.id_of(other)
        if alias is not None and alias != name_id:
            self._same_as.setdefault(alias, name_id)

    def write(self, database: sqlite3.Connection) -> None:
        """Fill ``street_name``."""
        database.executemany(
            "INSERT INTO street_name (id, key, core, name, words, kind, side, same_as) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((*row, self._same_as.get(row[0])) for row in self._rows),
        )

    def _new(self, text: str) -> int | None:
        name = street_name(text)
        if not name.core:
            return None
        known = self._ids.get(name.key)
        if known is None:
            known = self._ids[name.key] = len(self._rows) + 1
            self._rows.append(
                (known, name.key, name.core, text.strip(), " ".join(name.words), name.kind, name.side)
            )
        return known
