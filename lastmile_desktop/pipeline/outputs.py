"""Everything a planned day gives away, written into one folder in one pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lastmile_desktop.model import DayState, TravelModel
from lastmile_desktop.pipeline.map_ground import ground_of, still_map
from lastmile_desktop.system.atomic import files_together, write_text

if TYPE_CHECKING:
    from lastmile_desktop.pipeline.quality import Quality

PLAN_JSON = "plan.json"
PLAN_WORKBOOK = "plan.xlsx"
MANIFESTS = "manifests.pdf"
MAP_PAGE = "map.html"
DAY_FILE = "day.lastmile"


def write_outputs(
    state: DayState,
    folder: Path,
    travel: TravelModel,
    *,
    before_each: Callable[[], None] = lambda: None,
    quality: Quality | None = None,
) -> list[Path]:
    """Write plan.json, plan.xlsx, manifests.pdf, map.html and day.lastmile; give their paths.

    All are written before the first older one is replaced, so that no folder holds two plans. ``before_each``
    may raise to end the writing between two files; ``quality`` goes into plan.json. Raises OSError when they
    cannot be written.
    """
    from lastmile_desktop.documents.manifest.pdf import write_manifest_pdf
    from lastmile_desktop.documents.map_page import write_map_html
    from lastmile_desktop.documents.plan_json import plan_document
    from lastmile_desktop.documents.workbook import write_plan_workbook
    from lastmile_desktop.store.day_file import write_day_file

    ground = ground_of(state.day.settings)
    document = plan_document(state, seed=state.day.settings.seed, bound=bound_entry(quality))
    writers: list[tuple[str, Callable[[Path], object]]] = [
        (PLAN_JSON, lambda path: write_text(path, _json(document))),
        (PLAN_WORKBOOK, lambda path: write_plan_workbook(path, state)),
        (MANIFESTS, lambda path: write_manifest_pdf(path, state, line=travel.line, ground=ground)),
        (MAP_PAGE, lambda path: write_map_html(path, state, travel.line, still_map(state))),
        (DAY_FILE, lambda path: write_day_file(state, path)),
    ]
    with files_together(folder) as staging:
        for name, write in writers:
            before_each()
            write(staging / name)
    return [folder / name for name, _ in writers]


def bound_entry(quality: Quality | None) -> dict[str, object] | None:
    """What plan.json says of the quality: null percent = unknown; None = not measured."""
    if quality is None:
        return None
    return {"gap_percent": quality.percent, "method": quality.method, "message": quality.sentence}


def write_all(folder: Path, state: DayState, travel: TravelModel) -> None:
    """Every output into a folder. Raises OSError."""
    write_outputs(state, folder, travel)


def write_pdf(path: Path, state: DayState, travel: TravelModel) -> None:
    """The manifests. Raises OSError."""
    from lastmile_desktop.documents.manifest.pdf import write_manifest_pdf

    write_manifest_pdf(path, state, line=travel.line, ground=ground_of(state.day.settings))


def write_workbook(path: Path, state: DayState, _travel: TravelModel) -> None:
    """The plan as a workbook. Raises OSError."""
    from lastmile_desktop.documents.workbook import write_plan_workbook

    write_plan_workbook(path, state)


def write_map(path: Path, state: DayState, travel: TravelModel) -> None:
    """The map as a page that opens in any browser. Raises OSError."""
    from lastmile_desktop.documents.map_page import write_map_html

    write_map_html(path, state, travel.line, still_map(state))


def _json(document: dict[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
