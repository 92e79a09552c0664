"""Build a region file in a process of its own: with progress, stopped at any moment, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from lastmile_desktop.regions.build.extract import inspect_extract, sorted_copy, unreadable
from lastmile_desktop.regions.build.leftovers import remove_leftovers, showing_life, workroom
from lastmile_desktop.regions.build.passes import BuildCancelled, Pass, Source
from lastmile_desktop.regions.errors import RegionError
from lastmile_desktop.regions.region_file import ATTRIBUTION, RegionFile, RegionInfo, write_info
from lastmile_desktop.regions.service_area import ServiceArea
from lastmile_desktop.system.atomic import replaced_file
from lastmile_desktop.system.beside import BesideLostError, BesideStopped, call_beside, never

#: Called with the name of the pass that is running ("extract", "roads", ...) and its share done (0 to 1).
OnProgress = Callable[[str, float], None]

#: Address space that a build may take: what the libraries need anyway, and so much for each MB of extract.
_BASE_MEMORY_MB = 3000
_MEMORY_MB_PER_MB = 60


def quiet(_part: str, _share: float) -> None:
    """Nobody watches."""


def build_region(
    extract: Path,
    target: Path,
    *,
    area: ServiceArea | None = None,
    name: str = "",
    attribution: str = ATTRIBUTION,
    on_progress: OnProgress = quiet,
    should_stop: Callable[[], bool] = never,
) -> RegionFile:
    """Build the region file ``target`` from ``extract``; blocking, for worker threads and commands.

    ``name`` is the file's name without its ending unless given. ``target`` appears, or is replaced, only when
    everything went well. Raises RegionError with one sentence, BuildCancelled when ``should_stop`` says so.
    """
    if target.exists() and extract.exists() and target.samefile(extract):
        raise RegionError(f"The region cannot take the place of its own extract {extract.name}.")
    remove_leftovers(target.parent)
    size_mb = extract.stat().st_size // 1_000_000 if extract.exists() else 0
    try:
        with replaced_file(target) as unfinished, workroom(target.parent) as room:
            call_beside(
                write_region,
                extract,
                unfinished,
                area,
                name or target.stem,
                (),
                attribution,
                room,
                should_stop=showing_life((unfinished, room), should_stop),
                on_progress=on_progress,
                memory_mb=_BASE_MEMORY_MB + _MEMORY_MB_PER_MB * size_mb,
            )
            RegionFile.open(unfinished)
    except BesideStopped as error:
        raise BuildCancelled("The region was not built: it was stopped.") from error
    except BesideLostError as error:
        raise RegionError(
            f"The region could not be built from {extract.name}: the work ended early, "
            "most likely for want of memory. Choose a smaller area."
        ) from error
    except OSError as error:
        raise RegionError(f"The region {target} cannot be written: {error.strerror or error}.") from error
    return RegionFile.open(target)


def write_region(
    extract: Path,
    target: Path,
    area: ServiceArea | None,
    name: str,
    passes: Sequence[Pass] = (),
    attribution: str = ATTRIBUTION,
    scratch: Path | None = None,
    on_progress: OnProgress = quiet,
) -> None:
    """Run all passes (or only ``passes``) into ``target``, an empty or missing file; blocking.

    What must be put aside goes to ``scratch``, None: the system's own folder. Raises RegionError, OSError.
    """
    on_progress("extract", 0.0)
    found = inspect_extract(extract, area)
    with TemporaryDirectory(prefix="lastmile-sorted-", dir=scratch, ignore_cleanup_errors=True) as folder:
        in_order = extract
        if not found.is_sorted:
            on_progress("extract", 0.5)
            try:
                in_order = sorted_copy(extract, Path(folder))
            except RuntimeError as error:
                raise unreadable(extract) from error
        source = Source(in_order, area, Path(folder))
        _write_passes(
            source,
            target,
            RegionInfo(
                name=name,
                made="",
                source_name=extract.name,
                source_time=found.made,
                area=area,
                attribution=attribution,
            ),
            passes,
            on_progress,
        )


def _write_passes(
    source: Source, target: Path, info: RegionInfo, passes: Sequence[Pass], on_progress: OnProgress
) -> None:
    from lastmile_desktop.regions.build.registry import all_passes

    target.unlink(missing_ok=True)
    database = sqlite3.connect(target)
    try:
        # Until the stamp of write_info it is no region, so that nothing need be safe against a power cut;
        # and no journal means no second file to leave behind.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "page_size = 8192"):
            database.execute(f"PRAGMA {pragma}")
        counts: dict[str, dict[str, int]] = {}
        for each in passes or all_passes():
            on_progress(each.name, 0.0)
            counts[each.name] = each.run(source, database, _throttled(each.name, on_progress))
            database.commit()
        made = datetime.now(UTC).isoformat(timespec="seconds")
        write_info(database, replace(info, made=made, bounds=_bounds(database), counts=counts))
    except sqlite3.Error as error:
        raise OSError(f"writing stopped: {error}") from error
    except RuntimeError as error:
        raise unreadable(source.path) from error
    finally:
        database.close()


def _throttled(part: str, on_progress: OnProgress) -> Callable[[float], None]:
    """At most a hundred reports a pass: each one is a message to another process."""
    last = 0.0

    def report(share: float) -> None:
        nonlocal last
        if share >= 1.0 or share - last >= 0.01:
            last = share
            on_progress(part, min(share, 1.0))

    return report


def _bounds(database: sqlite3.Connection) -> ServiceArea | None:
    """What the roads cover; their pass leaves it in ``road_bounds``."""
    row = database.execute("SELECT south, west, north, east FROM road_bounds").fetchone()
    return None if row is None else ServiceArea(*row)
