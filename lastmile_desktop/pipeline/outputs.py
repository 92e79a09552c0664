"""Everything a planned day gives away, written into one folder in one pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from lastmile_desktop.model import DayState, TravelModel
from lastmile_desktop.system.atomic import write_text

PLAN_JSON = "plan.json"
PLAN_WORKBOOK = "plan.xlsx"
MANIFESTS = "manifests.pdf"
MAP_PAGE = "map.html"
DAY_FILE = "day.lastmile"


def write_outputs(state: DayState, folder: Path, travel: TravelModel) -> list[Path]:
    """Write plan.json, plan.xlsx, manifests.pdf, map.html and day.lastmile; give their paths.

    Each file is replaced whole or not at all. Raises OSError naming the file that cannot be written.
    """
    from lastmile_desktop.documents.manifest.pdf import write_manifest_pdf
    from lastmile_desktop.documents.map_page import write_map_html
    from lastmile_desktop.documents.plan_json import plan_document
    from lastmile_desktop.documents.workbook import write_plan_workbook
    from lastmile_desktop.store.day_file import write_day_file

    folder.mkdir(parents=True, exist_ok=True)
    seed = state.day.settings.seed
    writers: list[tuple[str, Callable[[Path], object]]] = [
        (PLAN_JSON, lambda path: write_text(path, _json(plan_document(state, seed=seed)))),
        (PLAN_WORKBOOK, lambda path: write_plan_workbook(path, state)),
        (MANIFESTS, lambda path: write_manifest_pdf(path, state, line=travel.line)),
        (MAP_PAGE, lambda path: write_map_html(path, state, travel.line)),
        (DAY_FILE, lambda path: write_day_file(state, path)),
    ]
    paths = []
    for name, write in writers:
        write(folder / name)
        paths.append(folder / name)
    return paths


def _json(document: dict[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
