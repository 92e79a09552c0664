"""What the firm knows from one day to the next: its fleet, its customers' doors, recent files, settings."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from lastmile_desktop.model.fleet import Vehicle
from lastmile_desktop.model.location import Depot, Location
from lastmile_desktop.store.app_settings import AddressService, AppSettings, DistanceUnit, MapPicture, Theme
from lastmile_desktop.store.backups import file_key
from lastmile_desktop.store.codec import DEPOT, GOALS, TRAFFIC, VEHICLE, from_json, to_json
from lastmile_desktop.store.customers import CUSTOMER_VALUE_TABLE, CustomerBook
from lastmile_desktop.store.database import connect, journal_changes_durably
from lastmile_desktop.store.errors import unprepared
from lastmile_desktop.store.fields import FLAG, TEXT, WHOLE, Record, WrongShapeError, choice, many
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.store.journal import transaction
from lastmile_desktop.store.mappings import MAPPING, RememberedMapping

KEPT_RECENT = 10
KEPT_MAPPINGS = 200
#: "LMFM" at byte 68.
_APPLICATION_ID = 0x4C4D464D
_VERSION = 3
_MAPPING_TABLE = """CREATE TABLE mapping (
    fingerprint TEXT PRIMARY KEY NOT NULL, content TEXT NOT NULL, used INTEGER NOT NULL
) STRICT"""
_SCHEMA = (
    """CREATE TABLE fleet (
    kind TEXT NOT NULL, position INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (kind, position)
) STRICT""",
    """CREATE TABLE customer (
    name TEXT NOT NULL, address TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    confirmed_at TEXT NOT NULL, PRIMARY KEY (name, address)
) STRICT""",
    """CREATE TABLE recent (
    key TEXT PRIMARY KEY NOT NULL, path TEXT NOT NULL, used INTEGER NOT NULL
) STRICT""",
    "CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT",
    _MAPPING_TABLE,
    CUSTOMER_VALUE_TABLE,
)
#: What makes the next version of each older one; the tables must then read as in ``_SCHEMA``.
_UPGRADES: dict[int, tuple[str, ...]] = {1: (_MAPPING_TABLE,), 2: (CUSTOMER_VALUE_TABLE,)}
SETTINGS = Record(
    AppSettings,
    theme=choice(Theme),
    distance_unit=choice(DistanceUnit),
    currency=TEXT,
    plan_seconds=WHOLE,
    default_service_s=WHOLE,
    drive_time_percent=WHOLE,
    home_depot=TEXT,
    window_layout=TEXT,
    traffic=many(TRAFFIC.field),
    goals=GOALS.field,
    preference_cents=WHOLE,
    cluster_address=TEXT,
    same_door=FLAG,
    region=TEXT,
    drive_as=TEXT,
    ferries=FLAG,
    map_picture=choice(MapPicture),
    map_file=TEXT,
    map_address=TEXT,
    map_credit=TEXT,
    online_addresses=choice(AddressService),
    online_server=TEXT,
    online_contact=TEXT,
    day_parts=TEXT,
)
T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fleet:
    """The vehicles and depots that the next day starts with."""

    vehicles: tuple[Vehicle, ...] = ()
    depots: tuple[Depot, ...] = ()


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A day file or order sheet that was opened or saved lately."""

    path: Path

    @property
    def is_missing(self) -> bool:
        """True when it is not there now. Asks the drive: slow for a network share that does not answer."""
        try:
            return not self.path.is_file()
        except (OSError, ValueError):
            return True


class _NewerMemoryError(Exception):
    """The memory belongs to a newer version of the program."""


class FirmMemory:
    """The firm's own small database in the application's data; several windows may use it at once.

    Methods may be called from any thread; those that change something raise DayFileError when it cannot be
    recorded. ``notice`` is a sentence to show when the memory was damaged and had to be begun anew, or cannot
    be used, else "".
    """

    def __init__(self, folders: Folders) -> None:
        """Open it, make it, or set a damaged one aside. Raises DayFileError for a folder without access."""
        self.notice = ""
        self._guard = threading.RLock()
        #: What people confirmed about customers.
        self.customers = CustomerBook(self._read, self._write)
        try:
            file = folders.firm_file
            try:
                self._connection = _opened(file)
            except _NewerMemoryError:
                self.notice = (
                    "The fleet and settings were kept by a newer Lastmile and are left as they are; "
                    "what you change in this one is forgotten when it closes. Update Lastmile."
                )
                self._connection = _opened(":memory:")
            except (sqlite3.DatabaseError, WrongShapeError) as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                aside = _set_aside(file)
                self.notice = (
                    "The remembered fleet, customers' positions and settings were damaged and begin anew; "
                    f"the old file was kept as {aside.name} in the data folder."
                )
                self._connection = _opened(file)
        except (sqlite3.Error, OSError) as error:
            raise unprepared(error, "Open the firm's memory") from error

    def close(self) -> None:
        """End the use; harmless when closed already."""
        with self._guard:
            self._connection.close()

    def fleet(self) -> Fleet:
        """The fleet as saved last; entries that cannot be read are left out and ``notice`` says so."""
        return Fleet(self._read_list("vehicle", VEHICLE), self._read_list("depot", DEPOT))

    def save_fleet(self, vehicles: Sequence[Vehicle], depots: Sequence[Depot]) -> None:
        """Keep this fleet for tomorrow, in this order."""
        written = (("vehicle", map(VEHICLE.write, vehicles)), ("depot", map(DEPOT.write, depots)))
        entries = [
            (kind, position, to_json(value))
            for kind, values in written
            for position, value in enumerate(values)
        ]
        self._write(
            "Remember the fleet",
            ("DELETE FROM fleet", [()]),
            ("INSERT INTO fleet (kind, position, content) VALUES (?, ?, ?)", entries),
        )

    def position_of(self, name: str, address: str) -> Location | None:
        """Where a person confirmed this customer's door to be."""
        customer = self.customers.known(name, address)
        return None if customer is None else customer.location

    def remember_position(self, name: str, address: str, location: Location) -> None:
        """Keep a position that a person confirmed; one without name and address is not kept."""
        self.customers.remember(name, address, location=location)

    def recent(self) -> list[RecentFile]:
        """The files used last, newest first, at most ten."""
        return [
            RecentFile(Path(path))
            for (path,) in self._read("SELECT path FROM recent ORDER BY used DESC LIMIT ?", KEPT_RECENT)
        ]

    def add_recent(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        full = Path(path).absolute()
        self._write(
            "Remember the file",
            (
                "INSERT INTO recent (key, path, used) "
                "VALUES (?, ?, (SELECT coalesce(max(used), 0) + 1 FROM recent)) "
                "ON CONFLICT (key) DO UPDATE SET path = excluded.path, used = excluded.used",
                [(file_key(full), str(full))],
            ),
            (
                "DELETE FROM recent WHERE key NOT IN (SELECT key FROM recent ORDER BY used DESC LIMIT ?)",
                [(KEPT_RECENT,)],
            ),
        )

    def forget_recent(self, path: Path | None = None) -> None:
        """Drop one file from the recent ones, or all of them."""
        if path is None:
            self._write("Clear the recent files", ("DELETE FROM recent", [()]))
        else:
            self._write("Forget the file", ("DELETE FROM recent WHERE key = ?", [(file_key(path),)]))

    def mappings(self) -> list[RememberedMapping]:
        """How sheets with known headings are read, the one used last first; unreadable ones are left out."""
        found = []
        for (content,) in self._read("SELECT content FROM mapping ORDER BY used DESC"):
            try:
                found.append(MAPPING.read(from_json(content)))
            except WrongShapeError as error:
                _log.warning("a remembered mapping is not readable: %s", error)
        return found

    def remember_mapping(self, mapping: RememberedMapping) -> None:
        """Keep how a sheet is read, by its fingerprint; a layout without one cannot be known again."""
        if mapping.layout.fingerprint:
            self._write(
                "Remember the columns",
                (
                    "INSERT INTO mapping (fingerprint, content, used) "
                    "VALUES (?, ?, (SELECT coalesce(max(used), 0) + 1 FROM mapping)) "
                    "ON CONFLICT (fingerprint) DO UPDATE SET content = excluded.content, "
                    "used = excluded.used",
                    [(mapping.layout.fingerprint, to_json(MAPPING.write(mapping)))],
                ),
                (
                    "DELETE FROM mapping WHERE fingerprint NOT IN "
                    "(SELECT fingerprint FROM mapping ORDER BY used DESC LIMIT ?)",
                    [(KEPT_MAPPINGS,)],
                ),
            )

    def forget_mapping(self, fingerprint: str) -> None:
        """Drop one remembered mapping; its sheet is read as if seen for the first time."""
        self._write("Forget the columns", ("DELETE FROM mapping WHERE fingerprint = ?", [(fingerprint,)]))

    def settings(self) -> AppSettings:
        """The settings; one that is missing or not readable has its default, so that the program starts."""
        given: dict[str, Any] = {}
        for name, value in self._read("SELECT name, value FROM setting"):
            field = SETTINGS.fields.get(name)
            if field is not None:
                with contextlib.suppress(WrongShapeError):
                    given[name] = field.read(from_json(value))
        return AppSettings(**given)

    def save_settings(self, settings: AppSettings) -> None:
        """Keep all settings."""
        entries = [(name, to_json(value)) for name, value in SETTINGS.write(settings).items()]
        self._write(
            "Keep the settings",
            (
                "INSERT INTO setting (name, value) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                entries,
            ),
        )

    def _read_list(self, kind: str, record: Record[T]) -> tuple[T, ...]:
        values: list[T] = []
        for (content,) in self._read("SELECT content FROM fleet WHERE kind = ? ORDER BY position", kind):
            try:
                values.append(record.read(from_json(content)))
            except WrongShapeError as error:
                _log.warning("a remembered %s is not readable: %s", kind, error)
                self.notice = f"A remembered {kind} could not be read and is left out; check the fleet."
        return tuple(values)

    def _read(self, query: str, *values: object) -> list[Any]:
        with self._guard:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.Error as error:
                _log.warning("the firm's memory could not be read: %s", error)
                self.notice = "The firm's memory could not be read; remembered values are missing for now."
                return []

    def _write(self, action: str, *statements: tuple[str, Sequence[tuple[object, ...]]]) -> None:
        with self._guard:
            try:
                with transaction(self._connection):
                    for statement, rows in statements:
                        self._connection.executemany(statement, rows)
            except sqlite3.Error as error:
                raise unprepared(error, action) from error


def _opened(file: Path | str) -> sqlite3.Connection:
    connection = connect(file)
    try:
        with transaction(connection):
            if not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
                for statement in _SCHEMA:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id={_APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version={_VERSION}")
            _upgrade(connection)
        if connection.execute("PRAGMA user_version").fetchone()[0] > _VERSION:
            raise _NewerMemoryError
        if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise WrongShapeError("damaged pages")
        tables = {row[0] for row in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
        if tables != set(_SCHEMA):
            raise WrongShapeError("not the tables of this version")
        journal_changes_durably(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _upgrade(connection: sqlite3.Connection) -> None:
    """Give a memory of an older version the tables of this one; its contents stay."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for older in range(max(1, version), _VERSION):
        for statement in _UPGRADES[older]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={older + 1}")


def _set_aside(file: Path) -> Path:
    """Rename a damaged memory and its log, so that someone can still look into it. Raises OSError."""
    stamp = datetime.now().strftime("%Y-%m-%d %H.%M.%S")
    aside = file.with_name(f"firm damaged {stamp}.db")
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{file}{suffix}").replace(f"{aside}{suffix}")
    file.replace(aside)
    return aside
